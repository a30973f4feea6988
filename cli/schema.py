"""`pulseboard schema`: the JSON Schema of pulseboard.yaml, for editors."""

import typer


def schema() -> None:
    """Print the JSON Schema of pulseboard.yaml: what pulseboard.schema.json holds."""
    from configuration.schema import schema_text  # noqa: PLC0415 (only this command pays for it)

    typer.echo(schema_text(), nl=False)
