"""Assessments: a secretary opens and closes them, members tick their score sheets."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from gateway.pages.office import Facts, Form, Office, Upstream, go, text, texts
from gateway.routing import COUNCIL, RUNNING
from gateway.services import Services
from gateway.users import Role, User
from infra.errors import BadInput, PipelineError
from infra.http import Person, requires
from infra.identity import Identity

PLACE = "/api/v1/assessments"
CORRECTIONS = ("product", "applicant", "address", "province")
NO_OPTION = "none"  # ticked deliberately: none of the options fits


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/assessments", include_in_schema=False, default_response_class=Response)
    _opening(router, office)
    _voting(router, office)
    return router


def _opening(router: APIRouter, office: Office) -> None:
    @router.get("", dependencies=[requires(*COUNCIL)])
    async def all_of_mine(request: Request, person: Person, services: Upstream) -> Response:
        found: list[Facts] = await services.json(person, "scoring", PLACE)
        return office.show(request, "assessments.html", assessments=found)

    @router.get("/new", dependencies=[requires(*RUNNING)])
    async def ask_for_council(request: Request, dossier: UUID, person: Person, services: Upstream) -> Response:
        return await _council_form(request, office, services, person, dossier, FormData(), None)

    @router.post("", dependencies=[requires(*RUNNING)])
    async def open_assessment(request: Request, form: Form, person: Person, services: Upstream) -> Response:
        council: Facts = {
            "dossier_id": text(form, "dossier"),
            "level": text(form, "level"),
            "members": texts(form, "members"),
            "chair": text(form, "chair"),
            **_corrections(form),
        }
        try:
            if not council["members"] or not council["chair"]:
                raise BadInput("Chưa chọn thành viên hoặc chủ tịch hội đồng. Hãy chọn rồi gửi lại.")
            opened: Facts = await services.json(person, "scoring", PLACE, "POST", json=council)
        except PipelineError as error:
            dossier = _dossier_of(form)
            return await _council_form(request, office, services, person, dossier, form, str(error))
        return go(f"/assessments/{opened['assessment_id']}")


def _voting(router: APIRouter, office: Office) -> None:
    @router.get("/{assessment_id}", dependencies=[requires(*COUNCIL)])
    async def show(request: Request, assessment_id: UUID, person: Person, services: Upstream) -> Response:
        return await _assessment(request, office, services, person, assessment_id, {}, None)

    @router.post("/{assessment_id}/ballots", dependencies=[requires("member")])
    async def seal(request: Request, assessment_id: UUID, form: Form, person: Person, services: Upstream) -> Response:
        choices = _choices(form)
        ballot: Facts = {"choices": choices, "comment": text(form, "comment")}
        if text(form, "disqualify"):
            ballot["disqualify"] = text(form, "disqualify")
        try:
            await services.ask(person, "scoring", f"{PLACE}/{assessment_id}/ballots", "POST", json=ballot)
        except PipelineError as error:
            return await _assessment(request, office, services, person, assessment_id, ballot, str(error))
        return go(f"/assessments/{assessment_id}")

    @router.post("/{assessment_id}/close", dependencies=[requires(*RUNNING)])
    async def close(request: Request, assessment_id: UUID, form: Form, person: Person, services: Upstream) -> Response:
        try:
            await services.ask(person, "scoring", f"{PLACE}/{assessment_id}/close", "POST", json=_corrections(form))
        except PipelineError as error:
            return await _assessment(request, office, services, person, assessment_id, {}, str(error))
        return go(f"/assessments/{assessment_id}")


async def _council_form(
    request: Request,
    office: Office,
    services: Services,
    person: Identity,
    dossier: UUID,
    form: FormData,
    letter: str | None,
) -> Response:
    sheet: Facts = await services.json(person, "scoring", f"/api/v1/dossiers/{dossier}/score-sheet")
    people = await run_in_threadpool(office.accounts.everybody)
    eligible = [user for user in people if user.active and user.has(Role.MEMBER)]
    typed = {name: text(form, name) or sheet.get(name) or "" for name in CORRECTIONS}
    return office.show(
        request,
        "assessment_new.html",
        422 if letter else 200,
        dossier=dossier,
        sheet=sheet,
        eligible=eligible,
        chosen=texts(form, "members"),
        chair=text(form, "chair"),
        level=text(form, "level") or "province",
        typed=typed,
        letter=letter,
    )


async def _assessment(
    request: Request,
    office: Office,
    services: Services,
    person: Identity,
    assessment_id: UUID,
    ballot: Facts,
    letter: str | None,
) -> Response:
    """The assessment as this person may see it; `ballot` is what a member had ticked before something went wrong."""
    found: Facts = await services.json(person, "scoring", f"{PLACE}/{assessment_id}")
    ballots, council = found["ballots"], found["council"]
    voters = [name for name in council["members"] if council["regulation"]["chair_votes"] or name != council["chair"]]
    votes_now = person.subject in voters and found["status"] != "closed" and not ballots["mine"]
    sheet: Facts = await services.json(person, "scoring", f"{PLACE}/{assessment_id}/score-sheet")
    people = await run_in_threadpool(office.accounts.everybody)
    before = ballot or ballots["previous"] or {}
    return office.show(
        request,
        "assessment.html",
        422 if letter else 200,
        assessment=found,
        sheet=sheet,
        voters=voters,
        votes_now=votes_now and "member" in person.roles,
        chosen=before.get("choices", {}),
        comment=before.get("comment", ""),
        disqualify=before.get("disqualify") or "",
        people=_names(people),
        letter=letter,
    )


def _names(people: list[User]) -> dict[str, str]:
    return {user.name: user.full_name for user in people}


def _choices(form: FormData) -> dict[str, int | None]:
    """Rows answered, by code; a row without an answer is left out, and scoring names it."""
    choices: dict[str, int | None] = {}
    for key, value in form.multi_items():
        code = key.removeprefix("choice.")
        if code != key and isinstance(value, str):
            if value == NO_OPTION:
                choices[code] = None
            elif value.isdecimal():
                choices[code] = int(value)
    return choices


def _corrections(form: FormData) -> Facts:
    return {name: text(form, name) for name in CORRECTIONS if text(form, name)}


def _dossier_of(form: FormData) -> UUID:
    """Raises BadInput."""
    try:
        return UUID(text(form, "dossier"))
    except ValueError:
        raise BadInput("Thiếu mã hồ sơ. Hãy mở phiên đánh giá từ trang của hồ sơ.") from None
