"""What healthy and degraded mean."""

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from configuration import subjects
from configuration.jsonpath_rules import check_path, check_use
from configuration.matchers import Matcher, Reading, Subject
from configuration.models.fields import HeaderName
from configuration.models.model import Model, all_wrong, wrong
from configuration.models.spike import Spike, switched
from configuration.problem import Finding
from configuration.wording import quoted


def _matcher(subject: Subject) -> PlainValidator:
    """Return a validator that reads a matcher for `subject`."""

    def validate(value: object) -> Matcher:
        reading = Reading()
        matcher = reading.matcher(value, subject)
        if reading.findings:
            raise all_wrong(reading.findings, value)
        return matcher

    return PlainValidator(validate)


def _schema(name: str) -> WithJsonSchema:
    """Return a reference that `configuration.schema` resolves."""
    return WithJsonSchema({"matcher": name})


def json_path(path: str) -> str:
    """Return a path that can be evaluated."""
    problem = check_path(path)
    if problem:
        raise wrong(f"the JSON path {quoted(path)}: {problem}", _rooted(path))
    return path


def _rooted(path: str) -> str | None:
    """Return the path with its beginning: `status` is probably `$.status`."""
    meant = path if path.startswith("$") else f"${path}" if path.startswith((".", "[")) else f"$.{path}"
    return meant if meant != path and check_path(meant) is None else None


def _uses(matchers: dict[str, Matcher]) -> dict[str, Matcher]:
    """Refuse matchers that say nothing of what their path may find."""
    problems = {path: check_use(path, matcher) for path, matcher in matchers.items()}
    findings = [Finding(location=(path,), message=problem) for path, problem in problems.items() if problem]
    if findings:
        raise all_wrong(findings, matchers)
    return matchers


def _in_order(matcher: Matcher) -> Matcher:
    """Return the matcher with whole answers as the probe gives them: a list of text, sorted."""
    whole = {name: matcher[name] for name in ("eq", "ne") if name in matcher}
    for name, operand in whole.items():
        items = operand if isinstance(operand, list) else [operand]
        if not all(isinstance(item, str) for item in items):
            raise wrong("answers are texts; put what stands for a number in quotes")
        whole[name] = sorted(items)
    return matcher | whole


StatusMatcher = Annotated[Matcher, _matcher(subjects.STATUS), _schema("status")]
JsonMatcher = Annotated[Matcher, _matcher(subjects.JSON), _schema("json")]
HeaderMatcher = Annotated[Matcher, _matcher(subjects.HEADER), _schema("header")]
BodyMatcher = Annotated[Matcher, _matcher(subjects.BODY), _schema("body")]
AnswersMatcher = Annotated[Matcher, _matcher(subjects.ANSWERS), AfterValidator(_in_order), _schema("json")]
CountMatcher = Annotated[Matcher, _matcher(subjects.COUNT), _schema("count")]
AgeMatcher = Annotated[Matcher, _matcher(subjects.AGE), _schema("age")]
LatencyMatcher = Annotated[Matcher, _matcher(subjects.LATENCY), _schema("latency")]
SpanMatcher = Annotated[Matcher, _matcher(subjects.EXPIRES_IN), _schema("expires_in")]


class Certificate(Model):
    """The certificate that the server showed."""

    expires_in: SpanMatcher = Field(description="How long it is still valid.")


class Expectation(Model):
    """What is looked at in an answer; a bare value means equals, a mapping holds operators."""

    status: StatusMatcher | None = Field(
        default=None, description="The status code: `200`, `2xx`, a list of them, or operators."
    )
    json_: (
        Annotated[
            dict[Annotated[str, AfterValidator(json_path)], JsonMatcher],
            Field(min_length=1),
            AfterValidator(_uses),
        ]
        | None
    ) = Field(default=None, alias="json", description="Values in a JSON body, by JSON path.")
    headers: dict[HeaderName, HeaderMatcher] | None = Field(
        default=None, min_length=1, description="Headers of the answer, by name."
    )
    body: BodyMatcher | None = Field(default=None, description="The body as text.")
    answers: AnswersMatcher | None = Field(
        default=None, description="The records that a name server answers with, as a list of text."
    )
    latency: LatencyMatcher | None = Field(default=None, description="The time that the whole exchange took.")
    certificate: Certificate | None = Field(default=None, description="The certificate that the server showed.")
    depth: CountMatcher | None = Field(default=None, description="Messages that wait in the queue.")
    in_flight: CountMatcher | None = Field(default=None, description="Messages that somebody works on.")
    delayed: CountMatcher | None = Field(default=None, description="Messages that are held back for a while.")
    oldest: AgeMatcher | None = Field(default=None, description="How long the oldest message has waited.")

    @model_validator(mode="after")
    def something_is_asked(self) -> Self:
        """Refuse an empty mapping: nothing at all always holds."""
        if not self.model_fields_set:
            raise wrong("found an empty mapping, which every answer meets; say what to look at, or leave it out")
        return self


class Degraded(Expectation):
    """What makes an answer degraded: the same questions, and how the time compares with the monitor's own past."""

    spike: Annotated[Spike | None, BeforeValidator(switched, json_schema_input_type=bool | Spike)] = Field(
        default=None, description="Whether being much slower than usual is degraded: `true`, or the settings."
    )
