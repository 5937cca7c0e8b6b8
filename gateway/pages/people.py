"""Users and their roles, for the administrator."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from gateway.pages.office import Form, Office, go, text, texts
from gateway.users import roles_named
from infra.errors import PipelineError
from infra.http import requires


def routes(office: Office) -> APIRouter:
    router = APIRouter(
        include_in_schema=False, default_response_class=Response, dependencies=[requires("administrator")]
    )

    @router.get("/users")
    def users(request: Request) -> Response:
        return _list(request, office)

    @router.post("/users")
    async def add(request: Request, form: Form) -> Response:
        name, full_name = text(form, "name"), text(form, "full_name")
        try:
            roles = roles_named(texts(form, "roles"))
            password = await run_in_threadpool(office.accounts.add, name, roles, full_name)
        except PipelineError as error:
            return await run_in_threadpool(_list, request, office, 422, letter=str(error), typed=name)
        return await run_in_threadpool(_list, request, office, told=name, secret=password, kind="password")

    @router.post("/users/{name}/roles")
    async def set_roles(request: Request, name: str, form: Form) -> Response:
        try:
            active = text(form, "active") == "yes"
            await run_in_threadpool(office.accounts.set_roles, name, roles_named(texts(form, "roles")), active)
        except PipelineError as error:
            return await run_in_threadpool(_list, request, office, 409, letter=str(error))
        return go("/users")

    @router.post("/users/{name}/password")
    async def reset_password(request: Request, name: str, form: Form) -> Response:
        password = await run_in_threadpool(office.accounts.reset_password, name)
        return await run_in_threadpool(_list, request, office, told=name, secret=password, kind="password")

    @router.post("/users/{name}/token")
    async def new_token(request: Request, name: str, form: Form) -> Response:
        token = await run_in_threadpool(office.accounts.new_token, name)
        return await run_in_threadpool(_list, request, office, told=name, secret=token, kind="token")

    return router


def _list(request: Request, office: Office, status: int = 200, **said: Any) -> Response:
    """The list, with what just happened: a secret is shown once and stands in no address and no log."""
    facts = {"letter": None, "typed": "", "told": None, "secret": None, "kind": None, **said}
    return office.show(request, "users.html", status, people=office.accounts.everybody(), **facts)
