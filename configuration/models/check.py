"""What the models of all kinds of check have in common."""

from typing import ClassVar

from configuration.models.model import Model


class CheckModel(Model):
    """One kind of check; `secret:NAME` may stand in any text of it."""

    claims: ClassVar[tuple[str, ...]]
    """What can be asked of its answer: keys of `expect` and `degraded`."""

    def compiled(self, asked: frozenset[str]) -> dict[str, object]:  # noqa: ARG002 - for the kinds that need to know
        """Return the fields that are set, by the names of the domain's class; `asked` are the claims on its answer."""
        fields = type(self).model_fields
        return {fields[name].alias or name: getattr(self, name) for name in fields if name in self.model_fields_set}

    def expected(self) -> dict[str, object] | None:
        """Return what is expected where the monitor does not say, as config.json has it; None: any answer."""
        return None
