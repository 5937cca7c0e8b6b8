"""Facts → HTML, in the reader's language."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection

from gateway import names
from gateway.accounts import Login
from gateway.users import Role, form_token
from infra.clock import VIETNAM

HERE = Path(__file__).parent
LANGUAGES = ("vi", "en")
LANGUAGE_COOKIE = "ocop_lang"


class Pages:
    """The office's pages. Vietnamese text stands in the templates; `english.yaml` translates it."""

    def __init__(self) -> None:
        self.english: Mapping[str, str] = yaml.safe_load((HERE / "english.yaml").read_text())
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self.templates.filters.update(points=points, day=day, moment=moment, size=size, reading=reading)
        self.templates.globals["names"] = names

    def __call__(self, request: HTTPConnection, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
        """A whole page. `facts` are what the template names: any type Jinja can show."""
        answer = HTMLResponse(self.text(request, template, **facts), status)
        if request.query_params.get("lang") in LANGUAGES:
            answer.set_cookie(
                LANGUAGE_COOKIE, language(request), max_age=365 * 86400, httponly=True, samesite="lax", path="/"
            )
        return answer

    def text(self, request: HTTPConnection, template: str, **facts: Any) -> str:
        lang = language(request)

        def translated(text: str, **values: Any) -> str:
            said = self.english.get(text, text) if lang == "en" else text
            return said.format(**values) if values else said

        login: Login | None = getattr(request.state, "login", None)
        user = login.user if login else None
        common = {
            "_": translated,
            "lang": lang,
            "path": request.scope["path"],
            "user": user,
            "csrf": form_token(login.session) if login and login.session else "",
            "may": lambda *roles: bool(user and user.has(*roles)),
            "roles": [str(role) for role in Role],
        }
        return self.templates.get_template(template).render(**{**common, **facts})

    def letter(self, status: int, title: str, detail: str, request: HTTPConnection) -> str:
        """An error as a page: what failed, why, what to do next."""
        return self.text(request, "letter.html", status=status, title=title, detail=detail)


def language(request: HTTPConnection) -> str:
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return "vi"


def points(value: str | float | int | None, places: int = 2) -> str:
    """Exact points as people read them: at most two decimals, decimal comma. `583/9` → `64,78`."""
    if value is None:
        return "–"
    exact = Fraction(str(value))
    shown = f"{float(round(exact, places)):.{places}f}".rstrip("0").rstrip(".") if places else str(round(exact))
    return shown.replace(".", ",")


def day(value: date | str | None) -> str:
    """2026-11-23 → 23/11/2026."""
    if not value:
        return "–"
    return (date.fromisoformat(value[:10]) if isinstance(value, str) else value).strftime("%d/%m/%Y")


def moment(value: datetime | str | None, seconds: bool = False) -> str:
    """A time on the office's clock."""
    if not value:
        return "–"
    time = datetime.fromisoformat(value) if isinstance(value, str) else value
    return time.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y" if seconds else "%H:%M %d/%m/%Y")


def reading(value: str | int | float) -> str:
    """A value read from a page: dates as people write them, everything else as it is."""
    text = str(value)
    return day(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text


def size(count: int) -> str:
    """Bytes as people read them."""
    for unit, power in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if count >= power:
            return f"{count / power:.1f} {unit}".replace(".", ",")
    return f"{count} B"
