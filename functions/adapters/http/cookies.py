"""The cookies of one chain of requests, kept as a browser keeps them and dropped at its end."""

import httpx


class Cookies:
    """By the rules of Python's `http.cookiejar`: its domain and path, and whether it is for HTTPS only."""

    def __init__(self) -> None:
        self._jar = httpx.Cookies()

    def attach_to(self, request: httpx.Request) -> None:
        """Add what there is for its address; a `cookie` header that the request has by itself is left alone."""
        if "cookie" not in request.headers:
            request.headers.encoding = "utf-8"  # a cookie may hold anything; by itself httpx takes ASCII alone
            self._jar.set_cookie_header(request)

    def take_from(self, response: httpx.Response) -> None:
        """Keep what it sets."""
        self._jar.extract_cookies(response)

    def values(self) -> tuple[str, ...]:
        """Return their values: a session is as good as a password."""
        return tuple(cookie.value for cookie in self._jar.jar if cookie.value)
