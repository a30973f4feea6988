"""Which monitors are checked together, where, and how long that may take."""

from configuration import Configuration, SecretReference
from functions.domain.monitor import Confirmation, Shard
from tests.configuration.texts import HEAD, compiled, deployed


def watching(*monitors: str, before: str = "") -> Configuration:
    """Return the configuration of these monitors; each is the inside of a flow mapping."""
    entries = "\n".join(f"  - {{{monitor}, http: {{url: 'https://x.example'}}}}" for monitor in monitors)
    return compiled(f"{HEAD}{before}monitors:\n{entries}\n")


def test_monitors_of_one_interval_share_a_shard_in_the_order_of_the_file() -> None:
    """Two intervals make two shards, whatever stands between."""
    shards = watching("id: a", "id: b, interval: 5m", "id: c").deployment.shards
    assert shards == (
        Shard(id="60s-0", interval=60, regions=(), monitors=("a", "c")),
        Shard(id="300s-0", interval=300, regions=(), monitors=("b",)),
    )


def test_a_shard_holds_a_hundred_monitors() -> None:
    """The hundred and first begins the next."""
    shards = watching(*(f"id: m{number}" for number in range(201))).deployment.shards
    assert [(shard.id, len(shard.monitors)) for shard in shards] == [("60s-0", 100), ("60s-1", 100), ("60s-2", 1)]
    assert shards[1].monitors[0] == "m100"


def test_a_set_of_regions_of_its_own_makes_a_shard_that_renumbers_no_other() -> None:
    """Ids are unique over sets of regions, and those of the full set stay what they were."""
    before = "regions: [eu-central-1, us-east-1, eu-west-1]\n"
    alone = watching("id: a", "id: b", before=before).deployment.shards
    mixed = watching("id: c, regions: [us-east-1]", "id: a", "id: b", "id: d, regions: [eu-west-1]", before=before)
    ids = [shard.id for shard in mixed.deployment.shards]
    assert alone == (mixed.deployment.shards[1],)
    assert alone[0].id == "60s-0"
    assert len(set(ids)) == len(ids) == 3
    assert all(shard_id.startswith("60s-") for shard_id in ids)
    assert [shard.regions for shard in mixed.deployment.shards] == [
        ("us-east-1",),
        ("eu-central-1", "us-east-1", "eu-west-1"),
        ("eu-west-1",),
    ]


def test_regions_are_in_the_order_of_the_file_however_a_monitor_names_them() -> None:
    """The same set is the same shard."""
    before = "regions: [eu-central-1, us-east-1, eu-west-1]\n"
    shards = watching(
        "id: a, regions: [eu-west-1, us-east-1]", "id: b, regions: [us-east-1, eu-west-1]", before=before
    ).deployment.shards
    assert [(shard.regions, shard.monitors) for shard in shards] == [(("us-east-1", "eu-west-1"), ("a", "b"))]


def test_regions_of_the_defaults_count_where_a_monitor_names_none() -> None:
    """A monitor's own list replaces them."""
    before = "regions: [eu-central-1, us-east-1]\ndefaults: {regions: [us-east-1]}\n"
    shards = watching("id: a", "id: b, regions: [eu-central-1]", before=before).deployment.shards
    assert [(shard.regions, shard.monitors) for shard in shards] == [
        (("us-east-1",), ("a",)),
        (("eu-central-1",), ("b",)),
    ]


def test_an_invocation_may_take_as_long_as_its_slowest_monitor() -> None:
    """Checks run at the same time: 2 x 10s + 2s, or 3 x 12.5s + 2 x 1s, and 10s to start and to record."""
    timeouts = watching(
        "id: a", "id: b, timeout: 12.5s, attempts: 3, attempt_gap: 1s", "id: c, interval: 2m"
    ).deployment.probe_timeouts
    assert timeouts == {"60s-0": 50, "120s-0": 32}


def test_the_longest_check_still_fits_in_a_function() -> None:
    """An interval of a day leaves no more than Lambda does."""
    configuration = watching("id: a, interval: 24h, attempts: 1, timeout: 880s")
    assert configuration.deployment.probe_timeouts == {"86400s-0": 890}


def test_no_gap_between_attempts_is_a_choice() -> None:
    """Zero is not the same as nothing said."""
    configuration = watching("id: a, attempt_gap: 0s", before="defaults: {attempt_gap: 3s}\n")
    assert deployed(configuration).monitors["a"].attempt_gap == 0


def test_confirmation_is_merged_key_by_key() -> None:
    """A monitor that says one number takes the other from the defaults."""
    configuration = watching(
        "id: a, confirmation: {failures: 3}", before="defaults: {confirmation: {failures: 2, recoveries: 4}}\n"
    )
    assert deployed(configuration).monitors["a"].confirmation == Confirmation(failures=3, recoveries=4)


def test_secrets_are_collected_once_each_with_their_store() -> None:
    """The probe's role may read these and no others."""
    configuration = compiled(
        f"""{HEAD}monitors:
  - id: a
    http:
      url: https://x.example/secret:path-token
      method: POST
      headers: {{authorization: "Bearer secret:acme/token", x-again: "secret:acme/token"}}
      query: {{q: "secret:/acme/query"}}
      json: {{deep: ["secret:ssm:plain", "secret:acme/json#field"]}}
      client_certificate: secret:acme/pem
"""
    )
    assert configuration.deployment.secrets == (
        SecretReference(store="secretsmanager", name="path-token"),
        SecretReference(store="secretsmanager", name="acme/token"),
        SecretReference(store="ssm", name="/acme/query"),
        SecretReference(store="ssm", name="plain"),
        SecretReference(store="secretsmanager", name="acme/json"),
        SecretReference(store="secretsmanager", name="acme/pem"),
    )
    assert configuration.warnings == ()
