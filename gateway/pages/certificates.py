"""Certificates: the register, one certificate, and the public check that needs no login."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Request, Response, UploadFile

from gateway.pages.office import Facts, Form, Office, Upstream, go, text
from infra.errors import NotFound, PipelineError
from infra.http import Person, public, requires
from infra.identity import ROLES

PLACE = "/api/v1/certificates"


def routes(office: Office) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=Response)
    _register(router, office)
    _public(router, office)
    return router


def _register(router: APIRouter, office: Office) -> None:
    @router.get("/certificates", dependencies=[requires(*ROLES)])
    async def register(request: Request, person: Person, services: Upstream) -> Response:
        found: list[Facts] = await services.json(person, "certificates", PLACE)
        return office.show(request, "certificates.html", certificates=found)

    @router.get("/certificates/{number}", dependencies=[requires(*ROLES)])
    async def certificate(request: Request, number: str, person: Person, services: Upstream) -> Response:
        found: Facts = await services.json(person, "certificates", f"{PLACE}/{quote(number, safe='')}")
        return office.show(request, "certificate.html", certificate=found, letter=None)

    @router.post("/certificates/{number}/revoke", dependencies=[requires("certifier")])
    async def revoke(number: str, form: Form, person: Person, services: Upstream) -> Response:
        ground = {"ground": text(form, "ground")}
        await services.ask(person, "certificates", f"{PLACE}/{quote(number, safe='')}/revoke", "POST", json=ground)
        return go(f"/certificates/{quote(number, safe='')}")


def _public(router: APIRouter, office: Office) -> None:
    @router.get("/verify")
    @public
    def ask_for_number(request: Request, number: str = "") -> Response:
        if number.strip():
            return go(f"/verify/{quote(number.strip(), safe='')}")
        return office.show(request, "verify.html", certificate=None, number="", letter=None, check=None)

    @router.post("/verify")
    @public
    async def check_file(request: Request, file: Annotated[UploadFile, File()], services: Upstream) -> Response:
        """A PDF, compared byte by byte with what was issued."""
        facts: Facts = {"certificate": None, "number": "", "letter": None, "check": None}
        sent = {"file": (file.filename or "x.pdf", file.file, "application/pdf")}
        try:
            facts["check"] = await services.json(None, "certificates", "/api/v1/verify", "POST", files=sent)
        except PipelineError as error:
            facts["letter"] = str(error)
        return office.show(request, "verify.html", 422 if facts["letter"] else 200, **facts)

    @router.get("/verify/{number}")
    @public
    async def verify(request: Request, number: str, services: Upstream) -> Response:
        facts: Facts = {"certificate": None, "number": number, "letter": None, "check": None}
        try:
            facts["certificate"] = await services.json(None, "certificates", f"/api/v1/verify/{quote(number, safe='')}")
        except NotFound as error:
            facts["letter"] = str(error)
        return office.show(request, "verify.html", 404 if facts["letter"] else 200, **facts)
