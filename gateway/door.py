"""The door itself: who knocks, whether they may come in, and who answers them. Closed to everything not named here."""

import hmac
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.accounts import Accounts, Login
from gateway.errors import ForeignForm, TooManyAttempts
from gateway.limits import RateLimit
from gateway.routing import route_for
from gateway.services import ClientGone, Services, forwarded_headers
from gateway.settings import Settings
from gateway.users import is_form_token
from infra import http
from infra.clock import Clock
from infra.errors import Forbidden, NotFound, PipelineError, TooLarge, Unauthenticated
from infra.identity import Identity

COOKIE = "ocop_session"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
OPEN_PATHS = ("/login", "/verify", "/health/live", "/health/ready")  # and what lies below /verify and /static
BEFORE_NEW_PASSWORD = ("/change-password", "/logout")
OPENAPI, OWN_OPENAPI = "/api/v1/openapi.json", "/api/v1/office.json"
STATIC = Path(__file__).parent / "static"

SECURITY_HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # not stricter: browsers then send forms with “Origin: null”
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

Letter = Callable[[int, str, str, HTTPConnection], str]  # status, title, detail → an error as a page


class Door:
    """ASGI application in front of the gateway's own pages and of every other service."""

    def __init__(
        self, own: ASGIApp, services: Services, accounts: Accounts, settings: Settings, clock: Clock, letter: Letter
    ) -> None:
        self.own, self.services, self.accounts, self.settings, self.letter = own, services, accounts, settings, letter
        self.static = StaticFiles(directory=STATIC)
        self.verifying = RateLimit(settings.verify_per_minute, clock)
        self.logging_in = RateLimit(settings.logins_per_minute, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.own(scope, receive, send)
            await self.services.close()
        elif scope["type"] == "http":
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection({**scope, "state": {"login": None}})
        answer = self._as_letter(connection, _guarded(send, connection))
        try:
            self._limit(connection)
            receive = self._measured(connection, receive)
            if _below(scope["path"], "/static"):
                await self.static({**scope, "path": scope["path"], "root_path": "/static"}, receive, answer)
                return
            connection.state.login = await run_in_threadpool(self._login, connection)
            self._check_origin(connection)
            await self._admitted(connection, receive, answer)
        except PipelineError as error:
            await _problem(error)(scope, receive, answer)
        except ClientGone:
            return

    async def _admitted(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        scope, login = connection.scope, connection.state.login
        path, method = scope["path"], scope["method"]
        route = route_for(method, path)
        is_open = route.is_public if route else _is_open(path) or self._is_watcher(connection)
        if login is None and not is_open:
            raise Unauthenticated("Bạn chưa đăng nhập hoặc phiên đã hết hạn. Hãy đăng nhập rồi thử lại.")
        person = identity_of(login) if login else None
        waits = login and login.session and login.user.must_change_password
        if waits and not is_open and path not in BEFORE_NEW_PASSWORD:
            await self._new_password_first(connection, receive, send)
            return
        if route:
            if person:
                route.admit(person)
            await self.services.forward(scope, receive, send, route.service, person)
        else:
            await self._own(connection, receive, send, person)

    async def _own(self, connection: HTTPConnection, receive: Receive, send: Send, person: Identity | None) -> None:
        """The gateway's own pages trust the same signed identity as every other service."""
        scope = connection.scope
        path = OWN_OPENAPI if scope["path"] == OPENAPI else scope["path"]
        if path == "/metrics" and person and person.roles.isdisjoint(("operator", "administrator")):
            raise Forbidden("Số liệu vận hành chỉ dành cho người vận hành. Nhờ quản trị viên cấp vai trò operator.")
        signed = self.services.signed(person) if person else None
        kept = [each for each in scope["headers"] if each[0] in (b"cookie", b"x-csrf-token")]
        headers = forwarded_headers(scope["headers"], signed) + kept
        await self.own({**scope, "path": path, "raw_path": path.encode(), "headers": headers}, receive, send)

    def _login(self, connection: HTTPConnection) -> Login | None:
        """Who knocks. A bearer token that is not good is refused, not ignored."""
        kind, _, secret = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and not self._is_watcher(connection):
            login = self.accounts.by_token(secret.strip())
            if login is None:
                raise Unauthenticated("Mã truy cập (token) không đúng hoặc đã bị thu hồi. Hãy xin mã mới.")
            return login
        cookie = connection.cookies.get(COOKIE)
        return self.accounts.by_session(cookie) if cookie else None

    def _is_watcher(self, connection: HTTPConnection) -> bool:
        """Prometheus reads the numbers, and nothing else, with a token of its own."""
        token, path = self.settings.metrics_token, connection.scope["path"]
        given = connection.headers.get("authorization", "").removeprefix("Bearer ")
        return bool(
            token and path == "/metrics" and hmac.compare_digest(given.encode(), token.get_secret_value().encode())
        )

    def _check_origin(self, connection: HTTPConnection) -> None:
        """A write that carries a cookie must come from our own pages (OWASP CSRF Prevention, 2025)."""
        login: Login | None = connection.state.login
        scope, headers = connection.scope, connection.headers
        if scope["method"] in SAFE or (login and not login.session):
            return
        origin = headers.get("origin")
        ours = bool(origin) and urlsplit(origin or "").netloc in self._hosts(headers)
        if (origin and not ours) or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            raise ForeignForm
        if login and login.session and _below(scope["path"], "/api"):
            token = headers.get("x-csrf-token", "")
            if not ours and not is_form_token(token, login.session):
                raise ForeignForm

    def _hosts(self, headers: Headers) -> set[str]:
        return {headers.get("host", ""), urlsplit(self.settings.public_url or "").netloc} - {""}

    def _limit(self, connection: HTTPConnection) -> None:
        path, address = connection.scope["path"], address_of(connection)
        if any(piece in (".", "..") for piece in path.split("/")):
            raise NotFound("Địa chỉ này không có. Hãy quay lại trang chủ.")
        if _below(path, "/verify") or _below(path, "/api/v1/verify"):
            self.verifying.count(address)
        if path == "/login" and connection.scope["method"] == "POST":
            self.logging_in.count(address)

    def _measured(self, connection: HTTPConnection, receive: Receive) -> Receive:
        """Refuse bodies over the limit, whether they say their length or not."""
        path, settings = connection.scope["path"], self.settings
        limit = settings.body_limit_mb * 1024**2
        if path in ("/api/v1/dossiers", "/dossiers/new"):
            limit = settings.upload_limit_mb * 1024**2
        letter = (
            f"Dữ liệu gửi lên vượt quá {limit // 1024**2} MB cho một lần gửi. Hãy chia thành nhiều lần hoặc quét ở "
            "300 dpi, thang xám, rồi gửi lại."
        )
        stated = connection.headers.get("content-length", "0")
        if not stated.isdigit() or int(stated) > limit:
            raise TooLarge(letter)
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooLarge(letter)
            return message

        return counted

    async def _new_password_first(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        if not _wants_page(connection):
            raise Forbidden("Mật khẩu dùng một lần phải được đổi trước. Hãy đăng nhập trên trang web và đổi mật khẩu.")
        await RedirectResponse("/change-password", 303)(connection.scope, receive, send)

    def _as_letter(self, connection: HTTPConnection, send: Send) -> Send:
        """Problem details become a page, or the way to the login, when a browser asks for a page."""
        if not _wants_page(connection):
            return send
        held: list[Message] = []
        parts: list[bytes] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_problem(message):
                held.append(message)
            elif not held:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    await self._page_of(connection, b"".join(parts))(connection.scope, _nothing, send)

        return sending

    def _page_of(self, connection: HTTPConnection, body: bytes) -> Response:
        found = json.loads(body)
        if found["status"] == 401 and connection.scope["method"] == "GET":
            query = connection.scope["query_string"].decode()
            place = connection.scope["path"] + (f"?{query}" if query else "")
            return RedirectResponse(f"/login?next={quote(place, safe='/')}", 303)
        page = self.letter(found["status"], found["title"], found["detail"], connection)
        retry = found.get("retry_after_seconds")
        headers = {"retry-after": str(retry)} if retry else None
        return Response(page, found["status"], headers, "text/html; charset=utf-8")


def identity_of(login: Login) -> Identity:
    return Identity(login.user.name, login.user.full_name, frozenset(login.user.roles))


def address_of(connection: HTTPConnection) -> str:
    """Where the request comes from; behind a proxy uvicorn puts the forwarded address here, if told to trust it."""
    return connection.client.host if connection.client else "unknown"


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or _below(path, "/verify")


def _below(path: str, place: str) -> bool:
    return path == place or path.startswith(place + "/")


def _wants_page(connection: HTTPConnection) -> bool:
    return "text/html" in connection.headers.get("accept", "")


def _is_problem(message: Message) -> bool:
    headers = dict(message.get("headers", ()))
    return bool(message["status"] >= 400 and headers.get(b"content-type", b"").startswith(b"application/problem+json"))


def _problem(error: PipelineError) -> Response:
    if isinstance(error, TooManyAttempts):
        answer = http.problem(429, "Quá nhiều lần thử", str(error), **error.members)
        answer.headers["retry-after"] = str(error.wait_seconds)
        return answer
    status, title = next(http.STATUS[kind] for kind in type(error).__mro__ if kind in http.STATUS)
    return http.problem(status, title, str(error))


def _guarded(send: Send, connection: HTTPConnection) -> Send:
    """Every answer carries the security headers; what is not public stays out of shared caches."""
    extra = dict(SECURITY_HEADERS)
    if not _below(connection.scope["path"], "/static"):
        extra["cache-control"] = "no-store"

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            given = {name.lower(): value for name, value in headers}
            if b"cache-control" in given:
                extra.pop("cache-control", None)
            if given.get(b"content-type", b"").startswith(b"application/pdf"):
                extra["content-security-policy"] = "frame-ancestors 'none'"  # more would hinder browsers' PDF viewers
            kept = [(name, value) for name, value in headers if name.lower().decode() not in SECURITY_HEADERS]
            message = {**message, "headers": kept + [(k.encode(), v.encode()) for k, v in extra.items()]}
        await send(message)

    return guarded


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
