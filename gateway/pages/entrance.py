"""Coming in and going out: login, password, language, the first page."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.params import Form as Field
from starlette.concurrency import run_in_threadpool

from gateway.accounts import Login
from gateway.door import COOKIE, address_of
from gateway.errors import TooManyAttempts
from gateway.pages.office import Form, Office, go, text
from gateway.registry import stages
from infra.errors import BadInput, Unauthenticated
from infra.http import public


def routes(office: Office) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=Response)

    @router.get("/")
    def home(request: Request) -> Response:
        newest, total = office.registry.find()
        counts = office.registry.counts()
        return office.show(request, "home.html", newest=newest[:8], total=total, counts=counts, stages=stages(counts))

    @router.get("/login")
    @public
    def ask_for_login(request: Request, next: str = "/") -> Response:
        if getattr(request.state, "login", None):
            return go(_inside(next))
        return office.show(request, "login.html", next=_inside(next), name="", letter=None)

    @router.post("/login")
    @public
    def log_in(
        request: Request,
        name: Annotated[str, Field(max_length=200)] = "",
        password: Annotated[str, Field(max_length=1000)] = "",
        next: Annotated[str, Field()] = "/",
    ) -> Response:
        try:
            login = office.accounts.log_in(name, password, address_of(request))
        except (Unauthenticated, TooManyAttempts) as error:
            status = 429 if isinstance(error, TooManyAttempts) else 401
            return office.show(request, "login.html", status, next=_inside(next), name=name, letter=str(error))
        return _seated(request, office, login, "/change-password" if login.user.must_change_password else _inside(next))

    @router.post("/logout")
    def log_out(request: Request, form: Form) -> Response:
        login: Login = request.state.login
        if login.session:
            office.accounts.log_out(login.session)
        answer = go("/login")
        answer.delete_cookie(COOKIE, path="/")
        return answer

    @router.get("/change-password")
    def ask_for_password(request: Request) -> Response:
        return office.show(request, "change_password.html", letter=None)

    @router.post("/change-password")
    async def change_password(request: Request, form: Form) -> Response:
        login: Login = request.state.login
        old, new, again = text(form, "old"), text(form, "new"), text(form, "again")
        try:
            if new != again:
                raise BadInput("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.")
            change = office.accounts.change_password
            fresh = await run_in_threadpool(change, login.user.name, old, new, address_of(request))
        except (BadInput, Unauthenticated, TooManyAttempts) as error:
            return office.show(request, "change_password.html", 422, letter=str(error))
        return _seated(request, office, fresh, "/")

    return router


def _seated(request: Request, office: Office, login: Login, place: str) -> Response:
    answer = go(place)
    answer.set_cookie(
        COOKIE,
        login.session or "",
        httponly=True,
        samesite="lax",
        secure=office.settings.https or request.url.scheme == "https",
        path="/",
    )
    return answer


def _inside(place: str) -> str:
    """Only an address of our own: never a way out to somebody else's page."""
    safe = place.startswith("/") and not place.startswith(("//", "/\\")) and place.isprintable()
    return place if safe else "/"
