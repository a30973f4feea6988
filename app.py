"""The CDK app: pulseboard.yaml to stacks. `cdk synth`, `cdk deploy` and `pulseboard up` start it.

Exit 2, with the problems on standard error, where pulseboard.yaml or an option cannot be used; then nothing was made.
"""

import os
import sys
from pathlib import Path

# The interpreter's own Node, where there is one: jsii looks for whatever `node` is on the path.
_NODE = Path(sys.executable).with_name("node")
if _NODE.exists():
    os.environ.setdefault("JSII_NODE", str(_NODE))

import aws_cdk as cdk  # noqa: E402 (jsii reads JSII_NODE when it is imported)

from configuration import ConfigurationError, load  # noqa: E402
from infra.dependencies import DependenciesError  # noqa: E402
from infra.options import OptionError, read_options  # noqa: E402
from infra.stacks import build  # noqa: E402

# Where neither pulseboard.yaml nor the CDK's environment names a region.
DEFAULT_REGION = "us-east-1"


def main() -> int:
    """Write the cloud assembly; return the exit code."""
    app = cdk.App()
    try:
        options = read_options(app.node)
        configuration = load(options.config)
        for warning in configuration.warnings:
            print(warning, file=sys.stderr)  # noqa: T201 (the CDK shows what its app prints)
        build(app, configuration, options, default_region=os.environ.get("CDK_DEFAULT_REGION") or DEFAULT_REGION)
    except (ConfigurationError, DependenciesError, OptionError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    app.synth()
    return 0


if __name__ == "__main__":
    sys.exit(main())
