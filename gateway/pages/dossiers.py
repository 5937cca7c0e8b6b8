"""Dossiers: the list, handing one in, its status, its pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from gateway.names import STEP_OF
from gateway.pages.office import Facts, Form, Office, Upstream, files, go, text, texts
from gateway.registry import PAGE
from gateway.routing import HANDING_IN, READING
from gateway.services import Services
from gateway.status import DossierStatus, Status
from gateway.warnings import warnings_of
from infra.errors import BadInput, NotFound, PipelineError
from infra.http import Person, requires
from infra.identity import ROLES, Identity

SUPPLEMENTABLE = (  # until a council sits; also after reading failed, which is what a new version is for
    Status.RECEIVED,
    Status.READING,
    Status.PARTIAL,
    Status.READ,
    Status.FAILED,
    Status.RULEBOOK_UNKNOWN,
    Status.SHEET_PREPARED,
)
MOVING = (Status.RECEIVED, Status.READING, Status.PARTIAL, Status.READ)  # the page looks again by itself


def routes(office: Office) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=Response)

    @router.get("/dossiers", dependencies=[requires(*ROLES)])
    def dossier_list(
        request: Request,
        status: Annotated[list[str] | None, Query()] = None,
        q: Annotated[str, Query(max_length=200)] = "",
        skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> Response:
        chosen = [each for each in Status if each in (status or ())]  # the form sends “all” as an empty one
        found, total = office.registry.find(chosen, q, skip)
        shown: Facts = {"dossiers": found, "total": total, "chosen": chosen, "q": q, "skip": skip, "page": PAGE}
        return office.show(request, "dossiers.html", counts=office.registry.counts(), **shown)

    @router.get("/dossiers/new", dependencies=[requires(*HANDING_IN)])
    def hand_in(request: Request) -> Response:
        return office.show(request, "upload.html", letter=None, typed={})

    @router.post("/dossiers/new", dependencies=[requires(*HANDING_IN)])
    async def receive(request: Request, form: Form, person: Person, services: Upstream) -> Response:
        """The way without JavaScript; the files lie on disk while they pass."""
        typed = {name: text(form, name) for name in ("product", "province", "commune")}
        scans = [("files", (scan.filename, scan.file, scan.content_type)) for scan in files(form, "files")]
        try:
            if not scans:
                raise BadInput("Chưa chọn tệp nào. Hãy chọn ít nhất một tệp PDF, JPEG, PNG hoặc TIFF rồi gửi lại.")
            key = {"idempotency-key": text(form, "key")} if text(form, "key") else {}
            data = {name: value for name, value in typed.items() if value}
            where = "/api/v1/dossiers"
            receipt = await services.json(person, "intake", where, "POST", files=scans, data=data, headers=key)
        except PipelineError as error:
            return office.show(request, "upload.html", 422, letter=str(error), typed=typed)
        finally:
            await form.close()
        return go(f"/dossiers/{receipt['dossier_id']}")

    @router.get("/dossiers/{dossier_id}", dependencies=[requires(*ROLES)])
    async def dossier(request: Request, dossier_id: UUID, person: Person, services: Upstream) -> Response:
        found, others = await run_in_threadpool(_look_up, office, dossier_id)
        if found is None:
            # Just handed in: the fact is still on its way here.
            return office.show(request, "dossier_soon.html", 404, dossier_id=dossier_id)
        pages = await _pages(services, person, dossier_id)
        changes = await _changes(services, person, dossier_id) if found.revision > 1 else None
        return office.show(
            request,
            "dossier.html",
            dossier=found,
            warnings=warnings_of(found, others),
            squares=_squares(found, pages),
            changes=changes,
            supplementable=found.status in SUPPLEMENTABLE,
            done=STEP_OF[found.status],
            moving=found.status in MOVING,
        )

    @router.post("/dossiers/{dossier_id}/files", dependencies=[requires(*HANDING_IN)])
    async def supplement(dossier_id: UUID, form: Form, person: Person, services: Upstream) -> Response:
        """The next version: files ticked off fall away, new ones come behind the others."""
        scans = [("files", (scan.filename, scan.file, scan.content_type)) for scan in files(form, "files")]
        request: Facts = {"files": scans} if scans else {}
        where = f"/api/v1/dossiers/{dossier_id}/files"
        try:
            await services.ask(person, "intake", where, "POST", data={"left_out": texts(form, "left_out")}, **request)
        finally:
            await form.close()
        return go(f"/dossiers/{dossier_id}")

    @router.post("/dossiers/{dossier_id}/withdraw", dependencies=[requires(*HANDING_IN)])
    async def withdraw(dossier_id: UUID, form: Form, person: Person, services: Upstream) -> Response:
        reason = {"reason": text(form, "reason")}
        await services.ask(person, "intake", f"/api/v1/dossiers/{dossier_id}/withdraw", "POST", json=reason)
        return go(f"/dossiers/{dossier_id}")

    @router.get("/dossiers/{dossier_id}/pages/{number}", dependencies=[requires(*READING)])
    async def page(request: Request, dossier_id: UUID, number: int, person: Person, services: Upstream) -> Response:
        found, _ = await run_in_threadpool(_look_up, office, dossier_id)
        total = found.progress.total if found else 0
        if not 1 <= number <= max(total, 1):
            raise NotFound(f"Hồ sơ này có {total} trang, không có trang {number}. Hãy chọn trang trong danh sách.")
        address = f"/api/v1/dossiers/{dossier_id}/pages/{number}"
        letter, reading = None, None
        try:
            reading = await services.json(person, "extraction", address)
        except NotFound as error:
            letter = str(error)
        shown: Facts = {"dossier": found, "dossier_id": dossier_id, "number": number, "total": total, "letter": letter}
        return office.show(request, "page.html", reading=reading, image=f"{address}/image", **shown)

    return router


def _look_up(office: Office, dossier_id: UUID) -> tuple[DossierStatus | None, list[UUID]]:
    try:
        return office.registry.dossier(dossier_id), office.registry.others_with_same_bytes(dossier_id)
    except NotFound:
        return None, []


async def _pages(services: Services, person: Identity, dossier_id: UUID) -> list[Facts]:
    """The pages read so far; none while the reading room is silent, and the status shows all the same."""
    try:
        found: list[Facts] = await services.json(person, "extraction", f"/api/v1/dossiers/{dossier_id}/pages")
    except PipelineError:
        return []
    return found


async def _changes(services: Services, person: Identity, dossier_id: UUID) -> Facts | None:
    """What the newest version changes, by page number; None while the reading room is silent or knows of none."""
    try:
        told: Facts = await services.json(person, "extraction", f"/api/v1/dossiers/{dossier_id}/changes")
    except PipelineError:
        return None
    return {**told, "new": [each["page"] for each in told["pages"] if each["was"] is None]}


def _squares(dossier: DossierStatus, pages: list[Facts]) -> list[Facts]:
    """One square for every page, read or not."""
    known = {page["number"]: page for page in pages}
    bad = {each.page: each.reason for each in dossier.quarantined}
    waiting = {"source": "waiting", "kind": None, "reason": None}
    squares = []
    for number in range(1, dossier.progress.total + 1):
        square = {**waiting, **known.get(number, {}), "number": number}
        if number in bad:
            square |= {"source": "quarantined", "reason": square["reason"] or bad[number]}
        squares.append(square)
    return squares
