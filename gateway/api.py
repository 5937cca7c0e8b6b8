"""The gateway's own part of the API: the status of dossiers, people, the state of the line."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from gateway.documents import merged
from gateway.operations import state_of_services
from gateway.pages.office import Office, Upstream
from gateway.registry import PAGE, stages
from gateway.status import DossierStatus, Status
from gateway.users import User, roles_named
from gateway.warnings import warnings_of
from infra.http import Person, requires
from infra.identity import ROLES

ADMINISTRATION = [requires("administrator")]


class Dossier(DossierStatus):
    """A dossier's status, with what to look at and where to go."""

    warnings: list[str]
    links: dict[str, str]


class DossierList(BaseModel):
    items: list[DossierStatus]
    total: int
    skip: int
    limit: int = PAGE


class NewUser(BaseModel):
    name: Annotated[str, Field(max_length=60)]
    full_name: Annotated[str, Field(max_length=200)] = ""
    roles: list[str]


class Roles(BaseModel):
    roles: list[str]
    active: bool = True


class UserFacts(BaseModel):
    name: str
    full_name: str
    roles: list[str]
    active: bool
    must_change_password: bool


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["gateway"])
    _dossier_routes(router, office)
    _user_routes(router, office)

    @router.get("/operations", dependencies=[requires("operator", "administrator")])
    async def operations(request: Request, person: Person, services: Upstream) -> dict[str, Any]:
        """What waits, is in progress, done and failed at each stage; readiness and dead letters of each service."""
        counts = await run_in_threadpool(office.registry.counts)
        states = await state_of_services(services, person, request.app)
        return {"dossiers": counts, "stages": stages(counts), "services": states}

    @router.get("/office.json", include_in_schema=False)
    async def openapi(request: Request, person: Person, services: Upstream) -> dict[str, Any]:
        """Answered at `/api/v1/openapi.json`: the whole API as one document."""
        return await merged(request.app, services, person)

    return router


def _dossier_routes(router: APIRouter, office: Office) -> None:
    @router.get("/dossiers", dependencies=[requires(*ROLES)])
    def dossiers(
        status: Annotated[list[Status] | None, Query()] = None,
        q: Annotated[str, Query(max_length=200)] = "",
        skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> DossierList:
        """Dossiers, newest first; `q` looks for product, applicant, commune, province, certificate number."""
        found, total = office.registry.find(status or (), q, skip)
        return DossierList(items=found, total=total, skip=skip)

    @router.get("/dossiers/{dossier_id}", dependencies=[requires(*ROLES)])
    def dossier(dossier_id: UUID) -> Dossier:
        """Status, pages done and in all, warnings and links of one dossier."""
        found = office.registry.dossier(dossier_id)
        others = office.registry.others_with_same_bytes(dossier_id)
        facts = {**found.model_dump(), "warnings": warnings_of(found, others), "links": _links(found)}
        return Dossier.model_validate(facts)


def _links(dossier: DossierStatus) -> dict[str, str]:
    place = f"/api/v1/dossiers/{dossier.dossier_id}"
    links = {"self": place, "files": f"{place}/files", "pages": f"{place}/pages"}
    reached = {each.event for each in dossier.timeline}
    if "dossier.extracted.v1" in reached:
        links["extraction"] = f"{place}/extraction"
    if "score-sheet.prepared.v1" in reached:
        links |= {"score_sheet": f"{place}/score-sheet", "score_sheet_pdf": f"{place}/score-sheet.pdf"}
    if dossier.assessment_id:
        links["assessment"] = f"/api/v1/assessments/{dossier.assessment_id}"
    if dossier.certificate:
        number = dossier.certificate.number
        links |= {
            "certificate": f"/api/v1/certificates/{number}",
            "certificate_pdf": f"/api/v1/certificates/{number}.pdf",
            "verify": f"/verify/{number}",
        }
    return links


def _user_routes(router: APIRouter, office: Office) -> None:
    @router.get("/me")
    def me(person: Person) -> UserFacts:
        """Who asks, as the office knows them."""
        return _facts(office.accounts.user(person.subject))

    @router.get("/users", dependencies=ADMINISTRATION)
    def users() -> list[UserFacts]:
        return [_facts(user) for user in office.accounts.everybody()]

    @router.post("/users", status_code=201, dependencies=ADMINISTRATION)
    def add(user: NewUser) -> dict[str, str]:
        """A new user with a one-time password, shown here and never again."""
        password = office.accounts.add(user.name, roles_named(user.roles), user.full_name)
        return {"name": user.name, "one_time_password": password}

    @router.put("/users/{name}/roles", dependencies=ADMINISTRATION)
    def set_roles(name: str, roles: Roles) -> UserFacts:
        """These roles instead of the old; `active: false` closes the account."""
        return _facts(office.accounts.set_roles(name, roles_named(roles.roles), roles.active))

    @router.post("/users/{name}/password", dependencies=ADMINISTRATION)
    def reset_password(name: str) -> dict[str, str]:
        """A new one-time password; sessions and tokens of the user end."""
        return {"one_time_password": office.accounts.reset_password(name)}


def _facts(user: User) -> UserFacts:
    return UserFacts(
        name=user.name,
        full_name=user.full_name,
        roles=sorted(user.roles),
        active=user.active,
        must_change_password=user.must_change_password,
    )
