"""An event as what is published: one message with a form for each kind of subscriber."""

import json

from functions.domain.event import Event
from functions.notify.audience import Audience
from functions.notify.document import UNREADABLE, document, unreadable_document
from functions.notify.email import email
from functions.notify.subject import LIMIT, subject
from functions.notify.text import ascii_name
from functions.topic import Message


def compose(event: Event, audience: Audience) -> Message:
    """Return the message for `event`: JSON for machines, text for e-mail, the subject alone for SMS."""
    line = subject(event, audience)
    return Message(
        subject=line,
        body=json.dumps({"default": document(event, audience), "email": email(event, audience), "sms": line}),
        attributes={
            "event": event.kind.value,
            "monitor": event.monitor,
            "page": audience.page_id,
            "severity": event.severity.value,
            "verdict": event.verdict.value,
        },
    )


def compose_unreadable(event_id: str, *, audience: Audience) -> Message:
    """Return the message for an event that cannot be read: somebody should look, and nothing behind it shall wait."""
    shown = ascii_name(event_id, otherwise="without an id", limit=LIMIT - 30)
    line = f"[CHECK] Unreadable event {shown}"
    text = (
        "An event was recorded that this version cannot read, so what happened cannot be told here. "
        f"The page tells what is known.\n\n{audience.page_url}\n\nEvent {shown}\n"
    )
    machines = unreadable_document(
        event_id, page_id=audience.page_id, page_title=audience.page_title, page_url=audience.page_url
    )
    return Message(
        subject=line,
        body=json.dumps({"default": machines, "email": text, "sms": line}),
        attributes={"event": UNREADABLE, "page": audience.page_id, "severity": "warning"},
    )
