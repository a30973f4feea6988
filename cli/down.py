"""`pulseboard down`: end the local stack."""

from rich.console import Console

from cli.local.places import Places
from cli.local.stack import LocalStack
from cli.steps import Steps


def down() -> None:
    """End the local stack, also one that crashed; its state stays for the next `up`."""
    console = Console(highlight=False)
    stack = LocalStack(places=Places(), step=Steps(console), warn=console.print)
    ended = stack.down()
    names = {"aws": "embedded AWS", "demo": "demo service"}
    console.print(f"Ended: {', '.join(names[process.name] for process in ended)}." if ended else "Nothing was running.")
