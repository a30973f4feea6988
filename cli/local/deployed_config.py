"""config.json as it is deployed, which need not be what lies on this machine."""

import io
import json
import zipfile
from urllib.request import urlopen

from cli.local.deployed import Deployed, NotDeployedError
from functions.config import Config, decode_config

_TIMEOUT = 60.0


def deployed_config(deployed: Deployed) -> Config:
    """Return the config in the code of a deployment's functions.

    Raises what boto3 raises where the function may not be read, and NotDeployedError where its code cannot be fetched.
    """
    code = deployed.clients.functions().get_function(FunctionName=deployed.functions["api"])["Code"]["Location"]
    try:
        with urlopen(code, timeout=_TIMEOUT) as answer:  # noqa: S310 - the address is AWS's
            archive = zipfile.ZipFile(io.BytesIO(answer.read()))
    except OSError as error:
        raise NotDeployedError(f"The code of the functions of {deployed.name} cannot be fetched: {error}") from error
    return decode_config(json.loads(archive.read("config.json")))
