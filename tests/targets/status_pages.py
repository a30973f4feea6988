"""Status pages of a made-up upstream, in the shapes that real ones have."""

import json
from datetime import datetime, timedelta
from email.utils import format_datetime

_AT = "2026-11-22T11:40:00.000Z"


def statuspage(indicator: str = "none", description: str = "All Systems Operational", **components: str) -> bytes:
    """Return a `summary.json` with an API and webhooks, which are operational unless `components` says otherwise."""
    status = {"api": "operational", "webhooks": "operational", **components}
    incident = {
        "id": "p31zjtct2jer",
        "name": "Elevated API errors",
        "status": "investigating",
        "created_at": _AT,
        "updated_at": _AT,
        "monitoring_at": None,
        "resolved_at": None,
        "impact": indicator,
        "shortlink": "https://stspg.example/p31zjtct2jer",
        "started_at": _AT,
        "page_id": "y2j98763l56x",
        "incident_updates": [
            {"id": "qxs7c1w9h0dr", "status": "investigating", "body": "We are looking into it.", "created_at": _AT}
        ],
    }
    return json.dumps(
        {
            "page": {
                "id": "y2j98763l56x",
                "name": "Payments Inc",
                "url": "https://status.payments.example",
                "time_zone": "Etc/UTC",
                "updated_at": _AT,
            },
            "components": [
                {
                    "id": f"{name}-b13yz5g2cw10",
                    "name": name.title(),
                    "status": state,
                    "created_at": _AT,
                    "updated_at": _AT,
                    "position": position,
                    "description": None,
                    "showcase": False,
                    "start_date": None,
                    "group_id": None,
                    "page_id": "y2j98763l56x",
                    "group": False,
                    "only_show_if_degraded": False,
                }
                for position, (name, state) in enumerate(status.items(), start=1)
            ],
            "incidents": [] if indicator in {"none", "maintenance"} else [incident],
            "scheduled_maintenances": [],
            "status": {"indicator": indicator, "description": description},
        }
    ).encode()


def rss(*entries: tuple[datetime, str, str]) -> bytes:
    """Return an RSS feed of (time, title, HTML)."""
    items = "".join(
        f"<item><title>{title}</title><description>&lt;p&gt;{text}&lt;/p&gt;</description>"
        f"<pubDate>{format_datetime(at)}</pubDate><guid>https://status.payments.example/{n}</guid></item>"
        for n, (at, title, text) in enumerate(entries)
    )
    channel = f"<title>Payments Inc Status</title><link>https://status.payments.example</link>{items}"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{channel}</channel></rss>'.encode()


def atom(*entries: tuple[datetime, str, str]) -> bytes:
    """Return an Atom feed of (time, title, HTML); each entry was published a day before it was last changed."""
    items = "".join(
        f"<entry><id>tag:status.payments.example,2005:Incident/{n}</id><title>{title}</title>"
        f"<published>{(at - timedelta(days=1)).isoformat()}</published><updated>{at.isoformat()}</updated>"
        f'<content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry>'
        for n, (at, title, text) in enumerate(entries)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed xml:lang="en-US" xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Payments Inc Status</title>{items}</feed>"
    ).encode()
