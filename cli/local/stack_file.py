""".local/stack.json: where everything of the local stack is, for people and programs."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

FUNCTIONS = ("probe", "judge", "notify", "render", "api", "operator", "rollup")


@dataclass(frozen=True, slots=True, kw_only=True)
class StackFile:
    """Addresses and names; `functions` has each function's name in AWS by its name here."""

    page_url: str
    api_url: str
    demo_url: str
    endpoint_url: str
    region: str
    table: str
    bucket: str
    topic_arn: str
    functions: Mapping[str, str]
    other_pages: Mapping[str, str] = field(default_factory=dict)
    """The address of each page beside the main one, by its id."""

    @classmethod
    def of(cls, outputs: Mapping[str, str], *, demo_url: str, endpoint_url: str, region: str) -> "StackFile":
        """Return what the home stack's `outputs` say."""
        return cls(
            page_url=outputs["PageUrl"],
            api_url=outputs["ApiUrl"],
            demo_url=demo_url,
            endpoint_url=endpoint_url,
            region=region,
            table=outputs["TableName"],
            bucket=outputs["BucketName"],
            topic_arn=outputs["TopicArn"],
            functions={name: outputs[f"{name.title()}Function"] for name in FUNCTIONS},
            other_pages={page: place["url"] for page, place in json.loads(outputs.get("OtherPages", "{}")).items()},
        )

    @classmethod
    def read(cls, file: Path) -> "StackFile":
        """Return what `file` says. Raises FileNotFoundError."""
        return cls(**json.loads(file.read_text()))

    def write(self, file: Path) -> None:
        """Write `file` at once: whoever finds it finds all of it."""
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self), indent=2) + "\n")
        partial.replace(file)
