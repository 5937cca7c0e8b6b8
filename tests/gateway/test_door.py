"""The door: nobody in without a login, no forged identity through, no foreign form, nothing held in memory."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import uvicorn
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from gateway.app import door
from gateway.door import COOKIE
from gateway.routing import ROUTES, route_for
from gateway.users import form_token
from infra.identity import HEADER, Identity, sign

from .conftest import BROWSER, Desk, StandIn

DOSSIER = "11111111-1111-4111-8111-111111111111"
OPEN_TO_ALL = {"/login", "/verify", "/verify/{number}", "/health/live", "/health/ready"}
OPEN_SERVICES = {"/api/v1/verify", "/api/v1/verify/{rest:path}"}
JSON = {"accept": "application/json"}


def filled(path: str) -> str:
    for name in ("dossier_id", "dossier", "assessment_id", "assessment"):
        path = path.replace(f"{{{name}}}", DOSSIER)
    return path.replace("{number}", "1").replace("{name}", "an").replace("{rest:path}", "x").replace(":path}", "}")


def own_endpoints(desk: Desk) -> list[tuple[str, str]]:
    """Every route of the gateway itself, however deep it was included."""

    def walk(routes: Iterable[Any]) -> Iterator[APIRoute]:
        for route in routes:
            if isinstance(route, APIRoute):
                yield route
            yield from walk(getattr(getattr(route, "original_router", None), "routes", ()))

    found = {(method, route.path) for route in walk(desk.room.app.routes) for method in route.methods}
    assert len(found) > 35
    assert {("GET", "/"), ("GET", "/api/v1/me"), ("POST", "/users"), ("GET", "/metrics")} <= found
    return sorted(found)


def test_no_page_and_no_endpoint_answers_without_a_login(desk):
    client = desk.stranger()
    for method, path in own_endpoints(desk):
        if path not in OPEN_TO_ALL:
            assert client.request(method, filled(path), headers=JSON).status_code == 401, (method, path)
    for route in ROUTES:
        if route.path not in OPEN_SERVICES:
            for method in route.methods.split():
                assert client.request(method, filled(route.path), headers=JSON).status_code == 401, route
    for path in ("/metrics", "/docs", "/api/v1/openapi.json", "/openapi.json", "/redoc", "/api/v1/nothing", "/nothing"):
        assert client.get(path, headers=JSON).status_code == 401, path
    assert not any(service.seen for service in desk.behind.values())


def test_what_is_open_is_open(desk):
    client = desk.stranger()
    client.headers["accept"] = "*/*"
    for path in ("/login", "/verify", "/health/live", "/health/ready", "/static/style.css", "/api/v1/verify/X-1"):
        assert client.get(path).status_code == 200, path
    assert HEADER not in desk.behind["certificates"].last["headers"]


def test_a_browser_is_led_to_the_login_and_a_program_is_told(desk):
    assert desk.stranger().get("/users").headers["location"] == "/login?next=/users"
    told = desk.stranger().get("/api/v1/dossiers", headers=JSON)
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["title"] == "Chưa đăng nhập"


def test_every_answer_carries_the_security_headers(desk):
    desk.hires("an", "clerk")
    client = desk.browser("an")
    for path in ("/", "/login", "/static/style.css", "/nothing", "/api/v1/dossiers", "/api/v1/rulebooks"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_only_the_gateways_own_identity_passes(desk):
    desk.hires("an", "clerk")
    forged = sign(Identity("ke-gian", "Kẻ gian", frozenset(["administrator"])), desk.secret, desk.clock())
    desk.script("an").get(f"/api/v1/dossiers/{DOSSIER}/pages", headers={HEADER.upper(): forged})
    assert desk.identity_seen_by("extraction") == Identity("an", "an", frozenset(["clerk"]))
    answer = desk.stranger().get("/api/v1/me", headers={HEADER: forged, **JSON})
    assert answer.status_code == 401
    assert desk.script("an").get("/api/v1/users", headers={HEADER: forged}).status_code == 403


def test_cookies_and_tokens_stay_at_the_door(desk):
    desk.hires("an", "clerk")
    answer = desk.browser("an").get("/api/v1/rulebooks", headers={"te": "trailers", "keep-alive": "1"})
    seen = desk.behind["scoring"].last["headers"]
    assert not {"cookie", "authorization", "te", "keep-alive", "connection"} & set(seen)
    assert "set-cookie" not in answer.headers
    desk.script("an").get("/api/v1/rulebooks")
    assert "authorization" not in desk.behind["scoring"].last["headers"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"x-csrf-token": "sai"}, 403),
        ({"origin": "https://example.org"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site", "x-csrf-token": "đúng"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"x-csrf-token": "đúng"}, 200),
    ],
)
def test_a_write_with_a_cookie_must_come_from_our_own_page(desk, headers, status):
    desk.hires("an", "clerk")
    client = desk.browser("an")
    token = form_token(str(client.cookies[COOKIE]))
    given = {name: token if value == "đúng" else value for name, value in headers.items()}
    given = {name: value.encode() for name, value in given.items()}
    assert client.post("/api/v1/dossiers", headers={**JSON, **given}).status_code == status
    assert len(desk.behind["intake"].seen) == (status == 200)


def test_a_program_with_a_token_needs_no_form(desk):
    desk.hires("an", "clerk")
    assert desk.script("an").post("/api/v1/dossiers").status_code == 200


def test_no_form_is_taken_that_we_did_not_make(desk):
    desk.hires("an", "clerk", "member", "secretary", "certifier", "operator", "administrator")
    client = desk.browser("an")
    forms = [path for method, path in own_endpoints(desk) if method == "POST" and not path.startswith("/api/")]
    assert len(forms) >= 9
    for path in set(forms) - {"/login", "/verify"}:
        for csrf in ({}, {"csrf": "sai"}, {"csrf": form_token("phiên khác")}):
            answer = client.post(filled(path), data={"name": "x", **csrf})
            assert answer.status_code == 403, path
            assert "không thuộc phiên làm việc của bạn" in answer.text
    assert not any(service.seen for service in desk.behind.values())


def test_nobody_is_logged_in_from_a_foreign_page(desk):
    password = desk.hires("an", "clerk")
    headers = {"origin": "https://example.org"}
    answer = desk.stranger().post("/login", data={"name": "an", "password": password}, headers=headers)
    assert answer.status_code == 403


def test_a_silent_service_is_told_in_the_offices_words(desk):
    desk.hires("an", "clerk")
    app = door(desk.room.resources, desk.room.app, {"scoring": "http://127.0.0.1:9"})
    headers = {"authorization": f"Bearer {desk.accounts.new_token('an')}"}
    with TestClient(app, headers=headers) as client:
        for path in ("/api/v1/rulebooks", "/api/v1/certificates"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert "hiện không trả lời" in answer.json()["detail"]


def test_what_is_not_in_the_table_does_not_exist(desk):
    desk.hires("an", "clerk")
    client = desk.script("an")
    for path in ("/api/v1/assessments/../users", "/api/v1/dossiers/x/../../users", "/api/v2/dossiers", "/api/v1/x"):
        assert client.get(path.replace("..", "%2e%2e")).status_code == 404, path
    assert client.delete(f"/api/v1/dossiers/{DOSSIER}/files").status_code in (404, 405)
    assert not any(service.seen for service in desk.behind.values())


@pytest.mark.parametrize(
    ("method", "path", "service"),
    [
        ("POST", "/api/v1/dossiers", "intake"),
        ("GET", f"/api/v1/dossiers/{DOSSIER}/files/1", "intake"),
        ("HEAD", f"/api/v1/dossiers/{DOSSIER}/files/1", "intake"),
        ("GET", f"/api/v1/dossiers/{DOSSIER}/pages/3/image", "extraction"),
        ("GET", f"/api/v1/dossiers/{DOSSIER}/score-sheet.pdf", "scoring"),
        ("POST", f"/api/v1/assessments/{DOSSIER}/ballots", "scoring"),
        ("GET", "/api/v1/certificates/X-1.pdf", "certificates"),
        ("GET", "/api/v1/verify/X-1", "certificates"),
    ],
)
def test_each_address_has_one_owner(method, path, service):
    assert route_for(method, path).service == service


@pytest.mark.parametrize("path", ["/api/v1/dossiers", f"/api/v1/dossiers/{DOSSIER}", "/api/v1/me", "/login"])
def test_the_gateways_own_addresses_go_nowhere_else(path):
    assert route_for("GET", path) is None


def test_the_public_check_is_limited_by_address(desk):
    client = desk.stranger()
    answers = [client.get("/api/v1/verify/X-1", headers=JSON) for _ in range(62)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0
    desk.clock.goes_on(seconds=61)
    assert client.get("/api/v1/verify/X-1", headers=JSON).status_code == 200


def test_prometheus_reads_the_numbers_with_a_token_of_its_own(desk, monkeypatch):
    monkeypatch.setenv("GATEWAY_METRICS_TOKEN", "so-lieu")
    client = TestClient(door(desk.room.resources, desk.room.app, {}))
    assert client.get("/metrics", headers={"authorization": "Bearer so-lieu"}).status_code == 200
    assert client.get("/metrics", headers={"authorization": "Bearer sai"}).status_code == 401
    assert client.get("/api/v1/me", headers={"authorization": "Bearer so-lieu"}).status_code == 401


def test_numbers_are_for_operators(desk):
    desk.hires("an", "clerk")
    desk.hires("binh", "operator")
    assert desk.script("an").get("/metrics").status_code == 403
    assert "ocop_http_request_seconds" in desk.script("binh").get("/metrics").text


def test_a_body_over_the_limit_is_refused_stated_or_not(desk, monkeypatch):
    monkeypatch.setenv("GATEWAY_UPLOAD_LIMIT_MB", "1")
    desk.hires("an", "clerk")
    client = TestClient(door(desk.room.resources, desk.room.app, desk.behind), raise_server_exceptions=False)
    client.headers["authorization"] = f"Bearer {desk.accounts.new_token('an')}"
    stated = client.post("/api/v1/dossiers", content=b"x" * (1 << 20) + b"x")
    hidden = client.post("/api/v1/dossiers", content=(b"x" * (1 << 19) for _ in range(3)))
    assert stated.status_code == hidden.status_code == 413
    assert "vượt quá 1 MB" in stated.json()["detail"]


@pytest.fixture
def far_away() -> Iterator[tuple[StandIn, str]]:
    """A stand-in that really listens, on this machine."""
    stand_in = StandIn("intake")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(stand_in, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield stand_in, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_over_http_the_same_holds(desk, far_away):
    stand_in, address = far_away
    desk.hires("an", "clerk")
    app = door(desk.room.resources, desk.room.app, {"intake": address})
    headers = {"authorization": f"Bearer {desk.accounts.new_token('an')}", HEADER: "giả"}
    headers = {name: value.encode() for name, value in headers.items()}
    with TestClient(app, headers=headers) as client:
        sent = client.post("/api/v1/dossiers", content=b"x" * 100_000)
        listed = client.get(f"/api/v1/dossiers/{DOSSIER}/files/1?a=1&b=%C4%90")
    assert (sent.status_code, listed.status_code) == (200, 200)
    assert [each["size"] for each in stand_in.seen] == [100_000, 0]
    assert "set-cookie" not in sent.headers
    desk.behind["intake"] = stand_in
    assert desk.identity_seen_by("intake").subject == "an"
    assert "authorization" not in stand_in.last["headers"]


@pytest.mark.parametrize("distance", ["embedded", "http"])
def test_an_upload_passes_piece_by_piece(desk, far_away, distance):
    """What the client still has to send is never waited for: at most a few pieces are on their way at once."""
    stand_in, address = far_away
    desk.hires("an", "clerk")
    upstream = stand_in if distance == "embedded" else address
    app = door(desk.room.resources, desk.room.app, {"intake": upstream})
    token, pieces, piece = desk.accounts.new_token("an"), 200, b"x" * 65_536
    given, answers = 0, []

    async def receive():
        nonlocal given
        given += 1
        return {"type": "http.request", "body": piece, "more_body": given < pieces}

    async def send(message):
        answers.append(message)

    headers = [(b"authorization", f"Bearer {token}".encode()), (b"content-length", b"%d" % (pieces * len(piece)))]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/v1/dossiers",
        "query_string": b"",
        "headers": [*headers, (b"host", b"testserver")],
        "client": ("127.0.0.1", 1),
    }
    asyncio.run(app(scope, receive, send))
    assert answers[0]["status"] == 200
    assert stand_in.last["size"] == pieces * len(piece)
    assert stand_in.most_held <= 4 * len(piece)


def test_errors_are_letters_for_people_and_problems_for_programs(desk):
    desk.hires("an", "clerk")
    page = desk.browser("an").get("/dossiers/new?x=<script>")
    assert page.status_code == 200
    letter = desk.browser("an").get(f"/api/v1/dossiers/{DOSSIER}")
    assert letter.status_code == 404
    assert letter.headers["content-type"].startswith("text/html")
    assert "tìm hồ sơ trong danh sách" in letter.text
    problem = desk.script("an").get(f"/api/v1/dossiers/{DOSSIER}")
    assert problem.json()["status"] == 404
    assert BROWSER["accept"] in letter.request.headers["accept"]


def test_the_api_describes_itself_as_a_whole(desk):
    desk.hires("an", "clerk")
    described = {
        "paths": {
            "/api/v1/rulebooks": {"get": {"responses": {"200": {"$ref": "#/components/schemas/Book"}}}},
            "/api/v1/secret": {"get": {}},
            "/health/live": {"get": {}},
        },
        "components": {"schemas": {"Book": {"type": "object"}}},
    }
    desk.behind["scoring"].answers["GET", "/api/v1/openapi.json"] = 200, described
    document = desk.script("an").get("/api/v1/openapi.json").json()
    book = document["paths"]["/api/v1/rulebooks"]["get"]["responses"]["200"]["$ref"]
    assert book == "#/components/schemas/scoring.Book"
    assert "scoring.Book" in document["components"]["schemas"]
    assert "/api/v1/dossiers" in document["paths"]
    assert not {"/api/v1/secret", "/health/live"} & set(document["paths"])
    assert "/api/v1/rulebooks" in desk.browser("an").get("/docs").text
