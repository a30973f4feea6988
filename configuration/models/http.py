"""The HTTP request that a monitor makes."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from configuration.address import AddressError, check_url
from configuration.models.check import CheckModel
from configuration.models.fields import HeaderValue, RequestHeaderName
from configuration.models.model import Model, wrong
from configuration.wording import found
from functions.domain.secret import REFERENCE

MOST_REDIRECTS = 20


def _url(url: str) -> str:
    try:
        check_url(url)
    except AddressError as error:
        raise wrong(error.message, error.suggestion) from error
    return url


def _redirects(value: object) -> int:
    if value is False or value == "none":
        return 0
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_REDIRECTS:
        return value
    raise wrong(f"found {found(value)}; allowed: how many to follow, 0 to {MOST_REDIRECTS}, or `none`")


def reference(text: str) -> str:
    """Return a reference to a secret, which is all that may stand for a certificate and its key."""
    if not REFERENCE.fullmatch(text):
        raise wrong("a certificate and its key are never written here; give the secret that holds both: `secret:NAME`")
    return text


Url = Annotated[str, AfterValidator(_url)]


class Basic(Model):
    """A user and a password."""

    user: str = Field(min_length=1, description="The user.")
    password: str = Field(description="The password: `secret:NAME`.")


class Auth(Model):
    """One way to say who asks."""

    basic: Basic | None = Field(default=None, description="HTTP basic authentication.")
    bearer: str | None = Field(default=None, min_length=1, description="A bearer token: `secret:NAME`.")


class Http(CheckModel):
    """One request. `secret:NAME` may stand in any text; it is resolved when the check runs and never stored."""

    claims: ClassVar[tuple[str, ...]] = ("status", "json", "headers", "body", "latency", "certificate")

    url: Url = Field(
        description="The address to ask, `https://` or `http://`. Private addresses need `allow_private_targets`.",
        json_schema_extra={"pattern": "^(https?://|\\$\\{)"},
    )
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] | None = Field(
        default=None, description="The method. Default GET; a body needs one that is named."
    )
    headers: dict[RequestHeaderName, HeaderValue] | None = Field(
        default=None, description="Headers to send; values are text."
    )
    query: dict[str, str] | None = Field(
        default=None, description="Parameters that are added to the URL's query; values are text."
    )
    json_: object = Field(default=None, alias="json", description="A body to send as JSON. `null` is a body too.")
    form: dict[str, str] | None = Field(default=None, description="A body to send as a form; values are text.")
    text: str | None = Field(default=None, description="A body to send as it is.")
    auth: Auth | None = Field(default=None, description="Who asks: `basic` or `bearer`.")
    redirects: (
        Annotated[
            int,
            PlainValidator(_redirects),
            WithJsonSchema(
                {"anyOf": [{"type": "integer", "minimum": 0, "maximum": MOST_REDIRECTS}, {"enum": ["none", False]}]}
            ),
        ]
        | None
    ) = Field(default=None, description="How many redirects to follow, 0 to 20, or `none`. Default 5.")
    http2: bool | None = Field(default=None, description="Offer HTTP/2. Default false.")
    verify: bool | None = Field(default=None, description="Verify the server's certificate. Default true.")
    client_certificate: Annotated[str, AfterValidator(reference)] | None = Field(
        default=None, description="The secret that holds a PEM certificate and its key: `secret:NAME`."
    )

    def compiled(self, asked: frozenset[str]) -> dict[str, object]:
        """Return the fields that are set; credentials are a list that begins with their kind."""
        fields = super().compiled(asked)
        if self.auth:
            basic = self.auth.basic
            fields["auth"] = ["basic", basic.user, basic.password] if basic else ["bearer", self.auth.bearer or ""]
        return fields

    @classmethod
    def nullable(cls) -> frozenset[str]:
        """Return `json`: nothing is a JSON value."""
        return frozenset({"json_"})
