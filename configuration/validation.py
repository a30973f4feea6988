"""A source against the models and the rules: everything that is wrong with it, at once."""

from pydantic import ValidationError

from configuration.explanation import explain
from configuration.models.document import Document
from configuration.problem import ConfigurationError, Problem
from configuration.rules import RULES, WARNINGS
from configuration.source import Source


def validate(source: Source) -> tuple[Document, tuple[Problem, ...]]:
    """Return the document and the warnings. Raises ConfigurationError with all problems."""
    document, findings = None, []
    try:
        document = Document.model_validate(source.value)
    except ValidationError as error:
        findings = [explain(details) for details in error.errors(include_url=False)]
    findings += [finding for rule in RULES for finding in rule(source)]
    problems = source.problems(findings)
    if problems or document is None:
        raise ConfigurationError(problems)
    return document, source.problems(finding for warning in WARNINGS for finding in warning(source))
