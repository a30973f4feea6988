"""The local stack as a whole: up, down."""

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from cli.local import demo, emulator
from cli.local.clients import Clients
from cli.local.live import go_live
from cli.local.places import Places
from cli.local.ports import free_port
from cli.local.processes import Process, Register
from cli.local.secrets import seed
from cli.local.stack_file import StackFile
from cli.local.toolkit import Toolkit
from configuration import Configuration, load

DEFAULT_REGION = "us-east-1"
ACCOUNT = "000000000000"
_ENDING = 20.0
_PAUSE = 0.1

Step = Callable[[str], AbstractContextManager[object]]
"""Shows what is being done for as long as the context lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStack:
    """Starts what does not run yet, deploys, and waits; what runs already is used as it is.

    The ports are those that are taken where they are free; 0 takes any.
    """

    places: Places
    step: Step
    warn: Callable[[str], None]
    aws_port: int = 4566
    demo_port: int = 8000

    def up(self, config: Path) -> StackFile:
        """Bring everything up for the pulseboard.yaml at `config` and return where it is.

        Raises ConfigurationError before anything is started; EmulatorError, DemoError, ToolkitError, NotLiveError.
        """
        register = Register(self.places.processes)
        shop = register.alive("demo")
        demo_port = shop.port if shop else free_port(self.demo_port)
        demo_url = demo.address(demo_port)
        configuration = load(config, environment={**os.environ, "DEMO_URL": demo_url})
        regions = configuration.deployment.regions or (DEFAULT_REGION,)
        if shop is None:
            with self.step("Demo service"):
                register.enter(
                    demo.start_demo(
                        root=self.places.project,
                        port=demo_port,
                        state=self.places.demo,
                        log=self.places.log("demo"),
                    )
                )
        aws = register.alive("aws")
        if aws is None:
            with self.step("Embedded AWS"):
                aws = emulator.start_emulator(
                    interpreter=self.places.emulator,
                    home=self.places.aws,
                    region=regions[0],
                    log=self.places.log("aws"),
                    preferred_port=self.aws_port,
                )
                register.enter(aws)
        outputs = self._deploy(configuration, config, port=aws.port, regions=regions, demo_url=demo_url)
        stack = StackFile.of(outputs, demo_url=demo_url, endpoint_url=emulator.endpoint(aws.port), region=regions[0])
        with self.step("First run"):
            go_live(stack, configuration)
        stack.write(self.places.stack_file)
        return stack

    def _deploy(
        self, configuration: Configuration, config: Path, *, port: int, regions: tuple[str, ...], demo_url: str
    ) -> dict[str, str]:
        """Return the home stack's outputs."""
        toolkit = Toolkit(
            root=self.places.project,
            environment={**emulator.client_environment(port, region=regions[0]), "DEMO_URL": demo_url},
            log=self.places.log("cdk"),
        )
        for region in regions:
            if not Clients.local(port, region=region).is_bootstrapped():
                with self.step(f"Bootstrap of {region}"):
                    toolkit.bootstrap(ACCOUNT, region, workspace=self.places.deployment / "bootstrap")
            for name in seed(Clients.local(port, region=region), configuration.deployment.secrets, os.environ):
                self.warn(f"{name} is not set: what needs that secret cannot be checked.")
        with self.step("Deployment"):
            outputs = toolkit.deploy(
                context={"config": str(config.resolve()), "local": str(port)}, output=self.places.deployment
            )
        return outputs[f"Pulseboard-{configuration.deployment.page}"]

    def down(self) -> list[Process]:
        """End all that runs, also what a crash left behind; return what was ended. State stays."""
        self.places.stack_file.unlink(missing_ok=True)
        return Register(self.places.processes).end_all()

    def stays_up(self) -> bool:
        """Return whether the embedded AWS runs, and is not just being ended: that takes it some seconds."""
        deadline = time.monotonic() + _ENDING
        while Register(self.places.processes).alive("aws") is not None:
            if self.places.stack_file.exists() or time.monotonic() > deadline:
                return True
            time.sleep(_PAUSE)
        return False
