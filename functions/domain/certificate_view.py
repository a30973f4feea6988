"""For how long a monitor's certificate is still good, as the page and its badges say it."""

from datetime import datetime, timedelta

from functions.domain.state import State

_DAY = timedelta(days=1)


def certificate_days(state: State | None, *, at: datetime) -> int | None:
    """Return the whole days that are left at `at`, below 0 where it has expired; None where none was seen.

    Where regions see different ones, that of the one that expires first.
    """
    if state is None:
        return None
    expiries = [
        view.certificate_expires_at for view in state.regions.values() if view.certificate_expires_at is not None
    ]
    return (min(expiries) - at) // _DAY if expiries else None
