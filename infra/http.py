"""What every service's HTTP side has in common: identity, problem details, health, metrics, dead letters."""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import select
from starlette.exceptions import HTTPException

from infra import errors, identity, metrics
from infra.bus import Bus
from infra.database import dead_letter
from infra.identity import Identity
from infra.log import logger
from infra.service import Resources, Service

STATUS: dict[type[errors.PipelineError], tuple[int, str]] = {  # most special first
    errors.TooLarge: (413, "Vượt quá giới hạn"),
    errors.BadInput: (422, "Không dùng được dữ liệu gửi lên"),
    errors.NotFound: (404, "Không tìm thấy"),
    errors.Conflict: (409, "Trạng thái không cho phép"),
    errors.Unauthenticated: (401, "Chưa đăng nhập"),
    errors.Forbidden: (403, "Không có quyền"),
    errors.Unavailable: (503, "Tạm thời không phục vụ được"),
    errors.PipelineError: (500, "Lỗi hệ thống"),
}
ROUTINE_TITLES = {404: "Không tìm thấy", 405: "Không hỗ trợ cách gọi này"}

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def problem(status: int, title: str, detail: str, **more: Any) -> JSONResponse:
    """RFC 9457 problem details; `more` holds extension members that JSON can carry."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(body, status, media_type="application/problem+json")


def public(endpoint: Endpoint) -> Endpoint:
    """Mark a route that answers without a login. Every other route refuses."""
    endpoint.__public__ = True  # type: ignore[attr-defined]
    return endpoint


def _authenticate(request: Request) -> None:
    route = request.scope.get("route")
    if getattr(getattr(route, "endpoint", None), "__public__", False):
        return
    token = request.headers.get(identity.HEADER)
    if not token:
        raise errors.Unauthenticated("Yêu cầu này cần đăng nhập. Đăng nhập qua cổng rồi thử lại.")
    request.state.identity = identity.verify(token, request.app.state.secret)


def who(request: Request) -> Identity:
    """FastAPI dependency: the person asking."""
    found: Identity = request.state.identity
    return found


Person = Annotated[Identity, Depends(who)]


def requires(*roles: str) -> Any:
    """FastAPI dependency (of a route or in its signature): the person must have one of `roles`; yields the Identity."""

    def check(person: Person) -> Identity:
        if person.roles.isdisjoint(roles):
            raise errors.Forbidden(
                f"Tài khoản {person.subject} không có quyền làm việc này (cần: {', '.join(roles)}). "
                "Nhờ quản trị viên cấp quyền nếu đây là việc của bạn."
            )
        return person

    return Depends(check)


def wants_pdf(request: Request) -> bool:
    """Whether the caller asks for the PDF form of a thing: `.pdf`, `?format=pdf` or `Accept: application/pdf`."""
    return (
        request.url.path.endswith(".pdf")
        or request.query_params.get("format") == "pdf"
        or request.headers.get("accept", "").startswith("application/pdf")
    )


def install_problem_handlers(app: FastAPI, room: str) -> None:
    log = logger(room)

    @app.exception_handler(errors.PipelineError)
    def expected(request: Request, error: errors.PipelineError) -> JSONResponse:
        status, title = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        return problem(status, title, str(error), **getattr(error, "members", {}))

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        places = [{"field": ".".join(map(str, each["loc"][1:])), "message": each["msg"]} for each in error.errors()]
        letter = "Một số mục thiếu hoặc sai; xem danh sách rồi gửi lại."
        return problem(422, "Dữ liệu không hợp lệ", letter, errors=places)

    @app.exception_handler(HTTPException)
    def routine(request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, ROUTINE_TITLES.get(error.status_code, "Lỗi"), str(error.detail))

    @app.exception_handler(Exception)
    def bug(request: Request, error: Exception) -> JSONResponse:
        log.error("A request failed unexpectedly.", path=request.url.path, exc_info=error)
        letter = "Máy chủ gặp lỗi ngoài dự kiến; đã ghi nhật ký. Thử lại sau hoặc báo quản trị viên."
        return problem(500, "Lỗi hệ thống", letter)


def api(service: Service, resources: Resources, bus: Bus) -> FastAPI:
    """The HTTP side of one service: closed by default, `public` routes excepted."""
    app = FastAPI(
        title=f"OCOP {service.name}",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(_authenticate)],
    )
    app.state.secret = resources.settings.secret()
    install_problem_handlers(app, service.name)
    app.include_router(service.routes)
    app.include_router(_housekeeping(service, resources, bus))
    app.middleware("http")(_timed(service.name))
    return app


def _housekeeping(service: Service, resources: Resources, bus: Bus) -> APIRouter:
    routes = APIRouter()
    checks = {
        "database": resources.database.check,
        "bus": bus.check,
        "objects": resources.objects.check,
        **service.health,
    }

    @routes.get("/health/live", include_in_schema=False)
    @public
    def live() -> dict[str, str]:
        return {"status": "ok", "service": service.name}

    @routes.get("/health/ready", include_in_schema=False)
    @public
    def ready() -> JSONResponse:
        results = {name: _result(check) for name, check in checks.items()}
        fit = all(result == "ok" for result in results.values())
        return JSONResponse({"status": "ok" if fit else "unfit", "checks": results}, 200 if fit else 503)

    @routes.get("/metrics", include_in_schema=False)
    @public
    def numbers() -> PlainTextResponse:
        return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @routes.get("/api/v1/operations/dead-letters", dependencies=[requires("operator", "administrator")])
    def dead_letters() -> list[dict[str, Any]]:
        """Events this service could not handle, newest first; never their content."""
        columns = [column for column in dead_letter.c if column.name not in ("body", "headers", "key")]
        with resources.database.reading() as connection:
            rows = connection.execute(select(*columns).order_by(dead_letter.c.failed_at.desc()).limit(500))
            return [dict(row._mapping) for row in rows]

    return routes


def _result(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as error:  # a health check reports, whatever goes wrong
        return type(error).__name__
    return "ok"


def _timed(name: str) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    async def measure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        started = perf_counter()
        response = await call_next(request)
        route = getattr(request.scope.get("route"), "path", "other")
        labels = (name, request.method, route, str(response.status_code))
        metrics.REQUESTS.labels(*labels).observe(perf_counter() - started)
        return response

    return measure


def content_disposition(name: str, *, inline: bool = False) -> str:
    """A Content-Disposition that carries any file name (RFC 6266, RFC 8187)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
