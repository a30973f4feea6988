"""What `make bench` runs.

The interpreter's own Node, where there is one, is used for the CDK: jsii looks for whatever `node` is on the path, and
reads JSII_NODE when it is imported, so this comes before any module that imports it.
"""

import os
import sys
from pathlib import Path

_NODE = Path(sys.executable).with_name("node")
if _NODE.exists():
    os.environ.setdefault("JSII_NODE", str(_NODE))
