"""One page or several, each with an address and an id of its own, and with something to show."""

from collections.abc import Iterator, Mapping

from configuration.nearest import nearest
from configuration.problem import Finding, Location
from configuration.raw import items, look_up, mapping, monitors
from configuration.source import Source
from configuration.wording import listed, quoted

LIMIT = 20
"""Each page is a CloudFront distribution; an account has 200, and CloudFormation 500 resources for a stack."""


def one_or_several(source: Source) -> Iterator[Finding]:
    """Find files with no page at all, with `page` beside `pages`, and with more pages than fit."""
    if "page" not in source.value and "pages" not in source.value:
        message = "the key `page` is missing; it has to be there, or `pages` where there are several"
        yield Finding(location=(), message=message)
    if "page" in source.value and "pages" in source.value:
        message = "`page` and `pages` are both there; put the one page first in the list `pages`"
        yield Finding(location=("pages",), message=message, at_key=True)
    found = len(items(source.value.get("pages")))
    if found > LIMIT:
        yield Finding(location=("pages",), message=f"found {found} pages; at most {LIMIT} are allowed", at_key=True)


def repeated_names(source: Source) -> Iterator[Finding]:
    """Find pages with the id or the domain of an earlier one."""
    for what, steps in (("id", ("id",)), ("domain", ("domain", "name"))):
        taken: dict[str, int] = {}
        for location, page in pages_of(source):
            name, where = look_up(page, *steps), (*location, *steps)
            if not isinstance(name, str):
                continue
            if name in taken:
                message = f"the {what} `{name}` is taken by the page in line {taken[name]}; every page has its own"
                yield Finding(location=where, message=message)
            else:
                taken[name] = source.place(where)[1].line


def unknown_members(source: Source) -> Iterator[Finding]:
    """Find monitors and groups that there are not."""
    ids = [str(monitor["id"]) for _, monitor in monitors(source) if isinstance(monitor.get("id"), str)]
    groups = list(dict.fromkeys(str(m["group"]) for _, m in monitors(source) if isinstance(m.get("group"), str)))
    for location, page in pages_of(source):
        for position, monitor in enumerate(items(page.get("monitors"))):
            if isinstance(monitor, str) and monitor not in ids:
                yield Finding(
                    location=(*location, "monitors", position),
                    message=f"{quoted(monitor)} is not the id of a monitor",
                    suggestion=nearest(monitor, ids),
                )
        for position, group in enumerate(items(page.get("groups"))):
            if isinstance(group, str) and group not in groups:
                there = f"; there are {listed(groups)}" if groups else ", and no monitor has one"
                yield Finding(
                    location=(*location, "groups", position),
                    message=f"{quoted(group)} is not the group of a monitor{there}",
                    suggestion=nearest(group, groups),
                )


def pages_of(source: Source) -> Iterator[tuple[Location, Mapping[str, object]]]:
    """Yield every page as far as it is a mapping, and where it stands."""
    if "page" in source.value:
        yield ("page",), mapping(source.value["page"])
    for position, page in enumerate(items(source.value.get("pages"))):
        yield ("pages", position), mapping(page)


def nowhere(source: Source) -> Iterator[Finding]:
    """Find monitors that no page shows: somebody may watch them by alerts alone, or may have forgotten them."""
    pages = [page for _, page in pages_of(source)]
    if not pages or any("monitors" not in page and "groups" not in page for page in pages):
        return
    shown = {str(monitor) for page in pages for monitor in items(page.get("monitors"))}
    groups = {str(group) for page in pages for group in items(page.get("groups"))}
    for location, monitor in monitors(source):
        if str(monitor.get("id")) not in shown and str(monitor.get("group")) not in groups:
            message = "no page shows this monitor; it alerts, and that is all"
            yield Finding(location=(*location, "id"), message=message)


def everything_in_public(source: Source) -> Iterator[Finding]:
    """Find public pages that show all monitors because nothing is said, where a private page shows some of them."""
    pages = list(pages_of(source))
    private = [str(page.get("id")) for _, page in pages if page.get("private") is True]
    if not private:
        return
    for location, page in pages:
        if page.get("private") is not True and not page.get("monitors") and not page.get("groups"):
            message = (
                f"this page is public and shows all monitors, also those of the private {listed(private)};"
                " say with `monitors` or `groups` which it shows"
            )
            yield Finding(location=(*location, "id"), message=message)
