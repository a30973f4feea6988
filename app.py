"""The CDK app: pulseboard.yaml to stacks. `cdk synth`, `cdk deploy` and `pulseboard up` start it.

Exit 2, with the problems on standard error, where pulseboard.yaml or an option cannot be used; then nothing was made.
"""

import os
import sys
from pathlib import Path

from configuration import Configuration, ConfigurationError, load
from infra.dependencies import DependenciesError
from infra.options import OptionError, Options, read_options

# Where neither pulseboard.yaml nor the CDK's environment names a region.
DEFAULT_REGION = "us-east-1"


def main() -> int:
    """Write the cloud assembly; return the exit code."""
    try:
        options = read_options(os.environ)
        configuration = load(options.config)
        for warning in configuration.warnings:
            print(warning, file=sys.stderr)  # noqa: T201 (the CDK shows what its app prints)
        synthesise(configuration, options)
    except (ConfigurationError, DependenciesError, OptionError) as error:
        print(error, file=sys.stderr)  # noqa: T201 (as above)
        return 2
    return 0


def synthesise(configuration: Configuration, options: Options) -> None:
    """Write the assembly of a valid configuration. Raises DependenciesError, OptionError."""
    # The interpreter's own Node, where there is one: jsii takes whatever `node` is on the path.
    node = Path(sys.executable).with_name("node")
    if node.exists():
        os.environ.setdefault("JSII_NODE", str(node))
    # Only now: the CDK takes seconds to load, and a typing error is to be told at once.
    import aws_cdk as cdk  # noqa: PLC0415

    from infra.stacks import build  # noqa: PLC0415 (it loads the CDK)

    app = cdk.App()
    build(app, configuration, options, default_region=os.environ.get("CDK_DEFAULT_REGION") or DEFAULT_REGION)
    app.synth()


if __name__ == "__main__":
    sys.exit(main())
