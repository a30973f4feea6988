"""A page's badges to config.json: only what is said, since the defaults stand in `functions.domain.badge_look`."""

from collections.abc import Iterable

from configuration.models.badges import Badges
from configuration.models.monitor import Monitor


def compile_badges(badges: Badges | None, shown: Iterable[Monitor]) -> dict[str, object]:
    """Return the look of a page's badges, with the labels of the monitors that it shows; response times in ms."""
    said = {} if badges is None else badges.model_dump(exclude_unset=True)
    if "response_time" in said:
        said["response_time"] = [seconds * 1000 for seconds in said["response_time"]]
    labels = {monitor.id: monitor.badge_labels for monitor in shown if monitor.badge_labels}
    return {**said, **({"monitors": labels} if labels else {})}
