"""A shop that lets in who has logged in: what `steps` are for."""

import asyncio
import json
from dataclasses import dataclass, field

from tests.targets.server import Call, answer

TOKEN = 'tok"en/with ?every&thing=é'
SESSION = "5e55-10n"


@dataclass(slots=True, kw_only=True)
class Shop:
    """Answers by path, and remembers what it was asked; `failing` paths answer 500, `hanging` ones nothing.

    `/login` gives a token (`token`) and a session's cookie, `/orders` wants the token, `/basket` the cookie; `/echo`
    quotes what it was sent of these, in an error.
    """

    token: object = TOKEN
    location: str = "/orders/7?full=1"
    failing: frozenset[str] = frozenset()
    hanging: frozenset[str] = frozenset()
    paths: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def __call__(self, call: Call) -> None:
        """Answer."""
        path = call.path.partition("?")[0]
        self.paths.append(call.path)
        self.headers.append(call.headers)
        self.bodies.append(await call.body())
        if path in self.hanging:
            await asyncio.sleep(600)
        await call.send(self._answer(path, call.headers))

    def _answer(self, path: str, headers: dict[str, str]) -> bytes:
        if path in self.failing:
            return answer(b"oops", status="500 Internal Server Error")
        if not _let_in(path, headers):
            return answer(b'{"detail":"who are you?"}', status="401 Unauthorized")
        cookie = f"set-cookie: session={SESSION}; Path=/; HttpOnly"
        token = json.dumps({"access_token": self.token, "user": {"id": 7, "admin": False}}).encode()
        private = {name: headers[name] for name in ("cookie", "x-token", "authorization") if name in headers}
        answers = {
            "/login": lambda: answer(token, headers=(cookie,)),
            "/sign-in": lambda: answer(b"", status="302 Found", headers=("location: /welcome", cookie)),
            "/create": lambda: answer(status="201 Created", headers=(f"location: {self.location}",)),
            "/echo": lambda: answer(json.dumps({"error": private}).encode(), status="400 Bad Request"),
        }
        return answers.get(path, answer)()


def _let_in(path: str, headers: dict[str, str]) -> bool:
    if path == "/orders":
        return headers.get("authorization", "").encode("latin-1") == f"Bearer {TOKEN}".encode()
    return path not in ("/basket", "/welcome") or f"session={SESSION}" in headers.get("cookie", "")
