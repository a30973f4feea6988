"""Objects of the site, by what they are."""


def kind_of_object(key: str) -> str:
    """Return a key without what tells one page, monitor or incident from another."""
    folder, _, rest = key.partition("/")
    if folder == "badge":
        page_or_monitor = "monitor" if rest.count("/") > 1 else "page"
        return f"badge of a {page_or_monitor}: {rest.rpartition('/')[2]}"
    return f"{folder}/…" if rest else key
