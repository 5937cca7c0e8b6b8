"""The pre-filled score sheet of a dossier, and the choice of its criteria table."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from gateway.pages.office import Facts, Form, Office, Upstream, go, text
from gateway.routing import READING, RUNNING
from gateway.services import Services
from infra.errors import BadInput, NotFound, PipelineError
from infra.http import Person, requires
from infra.identity import Identity


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}", include_in_schema=False, default_response_class=Response)

    @router.get("/score-sheet", dependencies=[requires(*READING)])
    async def score_sheet(request: Request, dossier_id: UUID, person: Person, services: Upstream) -> Response:
        sheet: Facts = await services.json(person, "scoring", f"/api/v1/dossiers/{dossier_id}/score-sheet")
        assessment_id = await run_in_threadpool(_assessment_of, office, dossier_id)
        return office.show(request, "score_sheet.html", sheet=sheet, assessment_id=assessment_id)

    @router.get("/rulebook", dependencies=[requires(*RUNNING)])
    async def rulebooks(request: Request, dossier_id: UUID, person: Person, services: Upstream) -> Response:
        return await _choice(request, office, dossier_id, services, person, None)

    @router.post("/rulebook", dependencies=[requires(*RUNNING)])
    async def choose(request: Request, dossier_id: UUID, form: Form, person: Person, services: Upstream) -> Response:
        try:
            choice = _chosen(text(form, "table"))
            await services.ask(person, "scoring", f"/api/v1/dossiers/{dossier_id}/rulebook", "POST", json=choice)
        except PipelineError as error:
            return await _choice(request, office, dossier_id, services, person, str(error))
        return go(f"/dossiers/{dossier_id}/score-sheet")

    return router


def _assessment_of(office: Office, dossier_id: UUID) -> UUID | None:
    try:
        return office.registry.dossier(dossier_id).assessment_id
    except NotFound:
        return None


def _chosen(table: str) -> Facts:
    """`decision|set` as the list sends it. Raises BadInput."""
    decision, _, set_no = table.rpartition("|")
    if not decision or not set_no.isdecimal():
        raise BadInput("Chưa chọn bộ tiêu chí. Hãy chọn một bộ trong danh sách rồi gửi lại.")
    return {"decision": decision, "set_no": int(set_no)}


async def _choice(
    request: Request, office: Office, dossier_id: UUID, services: Services, person: Identity, letter: str | None
) -> Response:
    tables: list[Facts] = await services.json(person, "scoring", "/api/v1/rulebooks")
    usable = [table for table in tables if table["usable"]]
    status = 422 if letter else 200
    return office.show(request, "rulebook.html", status, dossier_id=dossier_id, tables=usable, letter=letter)
