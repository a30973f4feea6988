"""`pulseboard access`: lets people in to private pages, and out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from cli.access.store import AccessStore
from cli.asking import deployment
from cli.hint import hint
from cli.local.deployed import Deployed
from cli.local.deployed_config import deployed_config
from cli.options import BAD_INPUT, Region, Stack
from configuration.nearest import nearest
from infra.edge.password import LOCAL_NAME, LOCAL_PASSWORD, BadPasswordError, generate, store_key, stored

access = typer.Typer(help="Say who may see a private page.", no_args_is_help=True)

_Page = Annotated[str, typer.Argument(help="The page's id.")]
_Name = Annotated[str, typer.Argument(help="The name that is asked for.")]


@access.command("set")
def let_in(
    page: _Page,
    name: _Name,
    *,
    generated: Annotated[bool, typer.Option("--generate", help="Make a password and print it, once.")] = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Let NAME see PAGE, by a password that is asked for; one that NAME had before ends."""
    with _opened(page, stack=stack, region=region) as store:
        key = store_key(page, name)
        password = generate() if generated else typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        store.put(key, stored(name, password))
    if generated:
        typer.echo(password)
    typer.echo(f"{name} may see the page {page}, within seconds.", err=True)


@access.command("remove")
def let_out(page: _Page, name: _Name, *, stack: Stack = None, region: Region = None) -> None:
    """Let NAME see PAGE no longer."""
    with _opened(page, stack=stack, region=region) as store:
        names = list(store.names(page))
        if name not in names:
            meant = nearest(name, names)
            typer.echo(f"{name} may not see {page} anyway.{f' Did you mean {meant}?' if meant else ''}", err=True)
            raise typer.Exit(BAD_INPUT)
        store.delete(store_key(page, name))
    typer.echo(f"{name} may not see the page {page} any more, within seconds.", err=True)


@access.command("list")
def who(page: _Page, *, stack: Stack = None, region: Region = None) -> None:
    """Print who may see PAGE, a name a line."""
    with _opened(page, stack=stack, region=region) as store:
        names = sorted(store.names(page))
    for name in names:
        typer.echo(name)
    if not names:
        typer.echo(f"Nobody: the page {page} is closed until `pulseboard access set {page} NAME`.", err=True)


@contextmanager
def _opened(page: str, *, stack: str | None, region: str | None) -> Iterator[AccessStore]:
    """Give the store, where `page` is a private page of the deployment; else exit with status 2, or 1."""
    try:
        with deployment(stack=stack, region=region) as deployed:
            _check(page, deployed)
            if stack is None:
                typer.echo(
                    f"The local stack's gate cannot read the store: there, {LOCAL_NAME} and {LOCAL_PASSWORD} open every"
                    " private page. --stack NAME means a deployment in your account.",
                    err=True,
                )
            yield AccessStore(deployed.clients.key_values(), deployed.outputs["AccessStore"])
    except BadPasswordError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from error


def _check(page: str, deployed: Deployed) -> None:
    private = [one.id for one in deployed_config(deployed).pages if one.private]
    if page not in private:
        typer.echo(f"There is no private page `{page}`. {hint(page, private)}", err=True)
        raise typer.Exit(BAD_INPUT)
