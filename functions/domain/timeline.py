"""How long a timeline may get, and what is left out of one that gets longer."""

from functions.domain.incident import Origin, Update

TIMELINE_LIMIT = 100
"""Entries that a timeline keeps: an item holds 400 KB and a flapping monitor never ends."""


def shortened(updates: tuple[Update, ...]) -> tuple[Update, ...]:
    """Return the timeline without the judge's oldest entries but the first; what people wrote is never left out."""
    excess = len(updates) - TIMELINE_LIMIT
    kept = list(updates[:1])
    for update in updates[1:]:
        if excess > 0 and update.origin is Origin.JUDGE:
            excess -= 1
        else:
            kept.append(update)
    return tuple(kept)
