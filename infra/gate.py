"""What stands before private pages: a function at the edge and the store of what opens them."""

import json
from pathlib import Path

from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.edge.password import LOCAL_NAME, LOCAL_PASSWORD, stored
from infra.response_headers import headers_policy
from infra.variant import Variant

CODE = Path(__file__).parent / "edge" / "gate.js"
_PLACE = "PAGE_ID"
_IMPORT = "import cf from 'cloudfront';"


class Gate(Construct):
    """One key-value store for all private pages of the deployment; `pulseboard access` writes to it.

    No secret passes through the template, and a page for which nothing was written is closed. Functions cost $0.10 a
    million requests, reads of the store $0.03.
    """

    def __init__(self, scope: Construct, construct_id: str, *, variant: Variant) -> None:
        super().__init__(scope, construct_id)
        self._local = variant.is_local
        self.store = cloudfront.KeyValueStore(self, "Store", comment="Who may see Pulseboard's private pages")
        self.headers = headers_policy(self, "Headers", tls=variant.tls, private=True)

    def before(self, page: str) -> cloudfront.FunctionAssociation:
        """Return what asks everybody who comes to `page`."""
        return cloudfront.FunctionAssociation(
            event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
            function=cloudfront.Function(
                self,
                f"Page-{page}",
                code=cloudfront.FunctionCode.from_inline(gate_code(page, local=self._local)),
                runtime=cloudfront.FunctionRuntime.JS_2_0,
                key_value_store=self.store,
                comment=f"Asks for a name and a password before the page {page}",
            ),
        )


def gate_code(page: str, *, local: bool = False) -> str:
    """Return the function's code for `page`, whose id has lower-case letters, digits and hyphens only.

    The embedded AWS runs functions, but without the store: LOCAL_NAME and LOCAL_PASSWORD open every page there.
    """
    code = CODE.read_text(encoding="utf-8").replace(_PLACE, page)
    if not local:
        return code
    entry = json.dumps(stored(LOCAL_NAME, LOCAL_PASSWORD, salt="local"))
    kept = f"{{ get: async (key) => (key === '{page}/{LOCAL_NAME}' ? {entry} : '') }}"
    return code.replace(_IMPORT, f"const cf = {{ kvs: () => ({kept}) }};")
