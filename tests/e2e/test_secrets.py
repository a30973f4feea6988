"""Credentials that a check sends: resolved at run time, and found nowhere else."""

import json

from tests.e2e.deployment import Deployment
from tests.e2e.monitors import BAD, KEY, TOKEN
from tests.e2e.target import Target


def test_secrets_of_both_stores_are_sent_and_kept_nowhere(deployment: Deployment, target: Target) -> None:
    """The probe's role may read them; neither the table, the asset, the logs nor the site holds them."""
    deployment.run(BAD)
    deployment.invoke("render", {"reason": "test"})

    assert target.headers["/secret"]["authorization"] == f"Bearer {TOKEN}"
    assert target.headers["/secret"]["x-key"] == KEY
    assert deployment.monitor("secret")["status"] == "operational"
    [config] = deployment.places.deployment.glob("assembly/asset.*/config.json")
    kept = [
        config.read_text(),
        str(deployment.items("")),
        json.dumps(deployment.logs()),
        *(deployment.page(path).text for path in ("/", "/status.json", "/monitors/secret")),
    ]
    for text in kept:
        assert TOKEN not in text
        assert KEY not in text
