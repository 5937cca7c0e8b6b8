"""What all pages work with."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from gateway.accounts import Accounts, Login
from gateway.errors import ForeignForm
from gateway.registry import Registry
from gateway.rendering import Pages
from gateway.services import Services
from gateway.settings import Settings
from gateway.users import is_form_token
from infra.clock import Clock

MOST_FILES = 500


@dataclass(frozen=True)
class Office:
    accounts: Accounts
    registry: Registry
    show: Pages
    settings: Settings
    clock: Clock


def upstream(request: Request) -> Services:
    """FastAPI dependency: the other services."""
    services: Services = request.app.state.services
    return services


Upstream = Annotated[Services, Depends(upstream)]


async def own_form(request: Request) -> FormData:
    """FastAPI dependency: a form that one of our pages made for this session. Raises ForeignForm."""
    form = await request.form(max_files=MOST_FILES, max_fields=2000)
    login: Login | None = getattr(request.state, "login", None)
    token = form.get("csrf")
    if not (login and login.session and isinstance(token, str) and is_form_token(token, login.session)):
        await form.close()
        raise ForeignForm
    return form


Form = Annotated[FormData, Depends(own_form)]


def text(form: FormData, name: str) -> str:
    """A field as typed, without blanks around it; empty if it is missing."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def texts(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]


def files(form: FormData, name: str) -> list[UploadFile]:
    return [value for value in form.getlist(name) if isinstance(value, UploadFile) and value.filename]


def go(place: str) -> RedirectResponse:
    """After a form: the page that shows what became of it, so that reloading sends nothing twice."""
    return RedirectResponse(place, 303)


Facts = dict[str, Any]  # JSON of another service; its shape is that service's affair
