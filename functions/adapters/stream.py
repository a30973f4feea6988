"""What DynamoDB's stream hands to a function, turned into the domain's types.

An image is in DynamoDB's own JSON, with binary values in base64.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from functions.domain.event import Event
from functions.domain.event_codec import decode_event
from functions.domain.packing import FormatError
from functions.domain.run import Run
from functions.domain.run_codec import RunFormatError, decode_run


class UnreadableRecordError(Exception):
    """A record that no retry will make readable."""


def run_of(image: Mapping[str, Any]) -> Run:
    """Return the run that a new image holds; raises UnreadableRecordError."""
    try:
        return decode_run(base64.b64decode(image["data"]["B"], validate=True))
    except (KeyError, TypeError, binascii.Error, RunFormatError) as error:
        raise UnreadableRecordError(f"not a run: {error!r}") from error


def event_of(image: Mapping[str, Any]) -> Event:
    """Return the event that a new image holds; raises UnreadableRecordError."""
    try:
        return decode_event(image["data"]["S"])
    except (KeyError, TypeError, FormatError) as error:
        raise UnreadableRecordError(f"not an event: {error!r}") from error
