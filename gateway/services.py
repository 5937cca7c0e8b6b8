"""The other services, as the gateway reaches them: in this process, or over HTTP."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import ServiceSilent
from infra.clock import Clock
from infra.errors import BadInput, Conflict, Forbidden, NotFound, PipelineError, TooLarge, Unauthenticated, Unavailable
from infra.identity import HEADER, Identity, sign

Headers = list[tuple[bytes, bytes]]

ERRORS: dict[int, type[PipelineError]] = {
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: TooLarge,
    422: BadInput,
}
HOP_BY_HOP = frozenset(  # RFC 9110 7.6.1
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding "
    b"upgrade".split()
)
NOT_FORWARDED = HOP_BY_HOP | {b"cookie", b"authorization", b"x-csrf-token", b"forwarded", HEADER.encode()}
NOT_RETURNED = HOP_BY_HOP | {b"set-cookie", b"server", b"date", HEADER.encode()}


class ClientGone(Exception):
    """The browser went away in the middle of its request."""


class Services:
    """Speaks to the other services in the name of a person."""

    def __init__(self, upstreams: Mapping[str, ASGIApp | str], secret: str, clock: Clock, seconds: float) -> None:
        self.upstreams, self.secret, self.clock = upstreams, secret, clock
        self.seconds = seconds
        self._client: httpx.AsyncClient | None = None

    def signed(self, person: Identity) -> str:
        return sign(person, self.secret, self.clock())

    async def ask(
        self, person: Identity | None, service: str, path: str, method: str = "GET", **request: Any
    ) -> httpx.Response:
        """The service's answer, held in memory: for pages. Raises what the service's problem stands for.

        `request` goes to httpx as it is: params, json, files, data, headers.
        """
        answer = await self.look(service, path, method, person=person, **request)
        if answer.is_error:
            raise _error_in(answer, service)
        return answer

    async def look(
        self, service: str, path: str, method: str = "GET", person: Identity | None = None, **request: Any
    ) -> httpx.Response:
        """The answer as it is, problem or not. Raises ServiceSilent only."""
        headers = dict(request.pop("headers", {}))
        if person:
            headers[HEADER] = self.signed(person)
        upstream = self._upstream(service)
        try:
            if isinstance(upstream, str):
                url = upstream.rstrip("/") + path
                return await self._over_http().request(method, url, headers=headers, **request)
            inside = httpx.ASGITransport(upstream, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=inside, base_url=f"http://{service}", timeout=None) as client:
                return await client.request(method, path, headers=headers, **request)
        except httpx.TransportError as error:
            raise ServiceSilent(service) from error

    async def json(self, person: Identity | None, service: str, path: str, method: str = "GET", **request: Any) -> Any:
        """The JSON a service answers with. Any: its shape is the service's affair."""
        answer = await self.ask(person, service, path, method, **request)
        return answer.json() if answer.content else None

    async def forward(self, scope: Scope, receive: Receive, send: Send, service: str, person: Identity | None) -> None:
        """Hand a request on, and its answer back, both as they come: nothing is held in memory."""
        headers = forwarded_headers(scope["headers"], self.signed(person) if person else None)
        upstream = self._upstream(service)
        if isinstance(upstream, str):
            await self._forward_http(scope, receive, send, service, upstream, headers)
        else:
            await upstream({**_bare(scope), "headers": headers}, receive, _returning(send))

    async def close(self) -> None:
        if self._client:
            await self._client.aclose()

    def _upstream(self, service: str) -> ASGIApp | str:
        if service not in self.upstreams:
            raise ServiceSilent(service)
        return self.upstreams[service]

    def _over_http(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=100, max_keepalive_connections=20)
            patience = httpx.Timeout(10, read=self.seconds, write=self.seconds)
            self._client = httpx.AsyncClient(timeout=patience, limits=limits, trust_env=False)
        return self._client

    async def _forward_http(
        self, scope: Scope, receive: Receive, send: Send, service: str, url: str, headers: Headers
    ) -> None:
        client = self._over_http()
        target = httpx.URL(url.rstrip("/")).copy_with(path=scope["path"], query=scope["query_string"] or None)
        carries = any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])
        request = client.build_request(
            scope["method"],
            target,
            headers=[(name, value) for name, value in headers if name != b"host"],
            content=_body(receive) if carries else None,
        )
        try:
            answer = await client.send(request, stream=True)
        except httpx.TransportError as error:
            raise ServiceSilent(service) from error
        try:
            await _returning(send)(
                {
                    "type": "http.response.start",
                    "status": answer.status_code,
                    "headers": [(name.lower(), value) for name, value in answer.headers.raw],
                }
            )
            async for chunk in answer.aiter_raw():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await answer.aclose()


def forwarded_headers(headers: Headers, signed: str | None) -> Headers:
    """A client's headers without its claims to be somebody, and with the gateway's."""
    kept = [(name, value) for name, value in headers if name.lower() not in NOT_FORWARDED]
    return [*kept, (HEADER.encode(), signed.encode())] if signed else kept


def _bare(scope: Scope) -> Scope:
    """The request alone: no trace of the gateway's own routing."""
    names = ("type", "asgi", "http_version", "method", "scheme", "path", "raw_path", "query_string", "client", "server")
    return {**{name: scope[name] for name in names if name in scope}, "root_path": ""}


def _returning(send: Send) -> Send:
    async def returning(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in NOT_RETURNED]
            message = {**message, "headers": kept}
        await send(message)

    return returning


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        more = message.get("more_body", False)
        yield message.get("body", b"")


def _error_in(answer: httpx.Response, service: str) -> PipelineError:
    try:
        detail = str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return ServiceSilent(service)
    return ERRORS.get(answer.status_code, Unavailable)(detail)
