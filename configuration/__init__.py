"""pulseboard.yaml: read, validated with everything that is wrong at once, and compiled to what the functions read.

Used at synth (`infra`) and by the command line (`cli`); never at run time.

    configuration = load(Path("pulseboard.yaml"))
    configuration.runtime      # what ships as config.json
    configuration.deployment   # what the stacks are made of
"""

from configuration.deployment import Configuration, Deployment, Domain, SecretReference
from configuration.loading import load
from configuration.problem import ConfigurationError, Problem

__all__ = [
    "Configuration",
    "ConfigurationError",
    "Deployment",
    "Domain",
    "Problem",
    "SecretReference",
    "load",
]
