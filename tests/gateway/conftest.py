"""A gateway with stand-ins behind it: they answer anything and remember what reached them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from gateway.accounts import Accounts
from gateway.app import door
from gateway.door import COOKIE, Door
from gateway.settings import Settings
from gateway.users import Role, form_token
from infra.identity import HEADER, Identity, verify
from infra.runtime import Room, Runtime
from infra.settings import InfraSettings

PASSWORD = "mot cau de nho"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # the real one takes a tenth of a second
BROWSER = {"accept": "text/html"}


@dataclass
class Wrist:
    """A clock that a test sets."""

    time: datetime

    def __call__(self) -> datetime:
        return self.time

    def goes_on(self, **span: float) -> None:
        self.time += timedelta(**span)


@dataclass
class StandIn:
    """An ASGI app in place of a service: remembers requests, answers what it was told to."""

    name: str
    seen: list[dict[str, object]] = field(default_factory=list)
    answers: dict[tuple[str, str], tuple[int, object]] = field(default_factory=dict)
    most_held: int = 0  # bytes of the largest piece of a body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size, more = 0, True
        while more:
            message = await receive()
            more = message.get("more_body", False)
            size += len(message.get("body", b""))
            self.most_held = max(self.most_held, len(message.get("body", b"")))
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.seen.append({"method": scope["method"], "path": scope["path"], "headers": headers, "size": size})
        status, body = self.answers.get((scope["method"], scope["path"]), (200, {"service": self.name}))
        problem = status >= 400
        kind = b"application/problem+json" if problem else b"application/json"
        given = [(b"content-type", kind), (b"set-cookie", b"theirs=1"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": status, "headers": given})
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})

    def refuses(self, method: str, path: str, status: int, detail: str) -> None:
        self.answers[method, path] = status, {"title": "Không được", "status": status, "detail": detail}

    @property
    def last(self) -> dict[str, object]:
        return self.seen[-1]


@dataclass
class Desk:
    """The office as a test sees it."""

    room: Room
    app: Door
    accounts: Accounts
    clock: Wrist
    behind: dict[str, StandIn]
    secret: str

    def hires(self, name: str, *roles: str) -> str:
        """A user with a password of their own; returns it."""
        once = self.accounts.add(name, [Role(role) for role in roles])
        self.accounts.change_password(name, once, PASSWORD, "127.0.0.1")
        return PASSWORD

    def stranger(self) -> TestClient:
        return TestClient(self.app, headers=BROWSER, follow_redirects=False, raise_server_exceptions=False)

    def browser(self, name: str) -> TestClient:
        """`name` at a browser, logged in."""
        client = self.stranger()
        client.cookies.set(COOKIE, str(self.accounts.log_in(name, PASSWORD, "127.0.0.1").session))
        return client

    def script(self, name: str) -> TestClient:
        """A program of `name`, with a bearer token."""
        headers = {"authorization": f"Bearer {self.accounts.new_token(name)}"}
        return TestClient(self.app, headers=headers, follow_redirects=False, raise_server_exceptions=False)

    def form(self, client: TestClient, **fields: str) -> dict[str, str]:
        """Form fields as our own page would send them."""
        return {"csrf": form_token(str(client.cookies[COOKIE])), **fields}

    def identity_seen_by(self, service: str) -> Identity:
        headers = self.behind[service].last["headers"]
        assert isinstance(headers, dict)
        return verify(headers[HEADER], self.secret)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """It begins with the real time: signed identities are checked against that."""
    clock, settings = Wrist(datetime.now(UTC)), InfraSettings(data_dir=tmp_path)
    runtime = Runtime(["gateway"], settings, clock=clock)
    room = runtime.rooms["gateway"]
    behind = {name: StandIn(name) for name in ("intake", "extraction", "scoring", "certificates")}
    app = door(room.resources, room.app, behind)
    assert isinstance(app, Door)
    accounts = Accounts(room.database, clock, Settings(), CHEAP)
    yield Desk(room, app, accounts, clock, behind, settings.secret())
    runtime.stop()
