"""Scoring over HTTP: score sheets, rulebooks, assessments."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from infra.clock import Clock, local_date
from infra.events.scoring import Level
from infra.http import content_disposition, requires, wants_pdf
from infra.identity import Identity
from scoring.assessments import Assessments, Facts, Row, sealed_ballot
from scoring.council import Ballot, Council, Regulation, count
from scoring.errors import NotOnCouncil
from scoring.library import Entry, Library
from scoring.rendering import Filled, render_sheet
from scoring.rulebook import Rulebook
from scoring.score_sheet import ScoreSheet
from scoring.settings import Settings
from scoring.sheets import Sheets
from scoring.views import WATCHERS, AssessmentView, Closed, assessment_view, closed_view

READERS = ("clerk", "member", "secretary", "certifier", "administrator")
COUNCIL = ("member", "secretary", "certifier", "operator", "administrator")
RUNNERS = ("secretary", "administrator")
PDF = "application/pdf"

UserName = Annotated[str, Field(min_length=1, max_length=100)]
Line = Annotated[str, Field(max_length=1000)]


class RulebookChoice(BaseModel):
    decision: Line
    set_no: int


class NewAssessment(BaseModel):
    """A council for a dossier. Names and address correct the scan's reading; `regulation` the office's Quy chế."""

    dossier_id: UUID
    level: Level = "province"
    members: Annotated[list[UserName], Field(max_length=100)]
    chair: UserName
    secretary: UserName | None = None
    regulation: Regulation | None = None
    product: Line | None = None
    applicant: Line | None = None
    address: Line | None = None
    province: Line | None = None

    @property
    def facts(self) -> Facts:
        return Facts(product=self.product, applicant=self.applicant, address=self.address, province=self.province)


class NewBallot(BaseModel):
    """Every scorable row with the index (from 0) of its ticked option, or null where none applies."""

    choices: dict[str, int | None]
    comment: Annotated[str, Field(max_length=5000)] = ""
    disqualify: Annotated[str, Field(min_length=1, max_length=1000)] | None = None


class Sealed(BaseModel):
    """Receipt of a ballot. `digest`: SHA-256 that the ballot must still hash to when it is opened."""

    assessment_id: UUID
    round: int
    digest: str


class Correction(BaseModel):
    product: Line | None = None
    applicant: Line | None = None
    address: Line | None = None
    province: Line | None = None


def sheet_routes(sheets: Sheets, library: Library, clock: Clock) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["score sheets"])

    @router.get("/dossiers/{dossier_id}/score-sheet", response_model=ScoreSheet, dependencies=[requires(*READERS)])
    @router.get(
        "/dossiers/{dossier_id}/score-sheet.pdf",
        response_model=None,
        response_class=Response,
        dependencies=[requires(*READERS)],
    )
    def score_sheet(dossier_id: UUID, request: Request) -> ScoreSheet | Response:
        """The newest pre-filled sheet: JSON, or PDF by `.pdf`, `?format=pdf` or `Accept: application/pdf`."""
        sheet, _, prepared_at = sheets.newest(dossier_id)
        if not wants_pdf(request):
            return sheet
        return _pdf(render_sheet(sheet, prepared_at), f"phieu-cham-{dossier_id}.pdf")

    @router.put("/dossiers/{dossier_id}/rulebook")
    @router.post("/dossiers/{dossier_id}/rulebook")
    def choose_rulebook(dossier_id: UUID, choice: RulebookChoice, person: Identity = requires(*RUNNERS)) -> ScoreSheet:
        """Name the criteria table where the scan did not tell it, and make the sheet again."""
        return sheets.choose_rulebook(dossier_id, choice.decision, choice.set_no)

    @router.get("/rulebooks")
    def rulebooks() -> list[Entry]:
        """All criteria tables, those in force first."""
        return library.entries(local_date(clock()))

    @router.get("/rulebooks/{decision:path}/{set_no}")
    def rulebook(decision: str, set_no: int) -> Rulebook:
        """One table; `decision` as printed or its family (qd26-2026)."""
        return library.rulebook_for(decision, set_no)

    return router


def assessment_routes(assessments: Assessments, library: Library, settings: Settings) -> APIRouter:
    router = APIRouter(prefix="/api/v1/assessments", tags=["assessments"])

    def view(row: Row, person: Identity) -> AssessmentView:
        previous = assessments.ballots(row, row.round - 1) if row.round > 1 else {}
        return assessment_view(row, person, assessments.ballots(row), previous)

    @router.post("", status_code=201)
    def open_assessment(
        new: NewAssessment, response: Response, person: Identity = requires(*RUNNERS)
    ) -> AssessmentView:
        """Set up a council for a dossier."""
        own = new.regulation
        given = {name: getattr(own, name) for name in own.model_fields_set} if own else {}
        council = Council(
            members=tuple(new.members),
            chair=new.chair,
            secretary=new.secretary or person.subject,
            regulation=settings.regulation.model_copy(update=given),
        )
        opened = assessments.open(new.dossier_id, new.level, council, new.facts, person)
        response.headers["Location"] = f"/api/v1/assessments/{opened}"
        return view(assessments.row(opened), person)

    @router.get("")
    def list_assessments(dossier_id: UUID | None = None, person: Identity = requires(*COUNCIL)) -> list[AssessmentView]:
        """Newest first; a member sees those of her councils."""
        rows = assessments.of_dossier(dossier_id)
        return [view(row, person) for row in rows if _may_see(row, person)]

    @router.get("/{assessment_id}")
    def show(assessment_id: UUID, person: Identity = requires(*COUNCIL)) -> AssessmentView:
        """Before the close: who has voted (secretary), one's own ballot (member). After it: the result."""
        row = assessments.row(assessment_id)
        if not _may_see(row, person):
            raise NotOnCouncil
        return view(row, person)

    @router.put("/{assessment_id}/ballots")
    @router.post("/{assessment_id}/ballots")
    def vote(assessment_id: UUID, new: NewBallot, person: Identity = requires("member")) -> Sealed:
        """Hand in one's ballot. It is sealed at once and final, unless the council must score again."""
        ballot = Ballot(member=person.subject, **new.model_dump())
        digest, round_no = assessments.seal(assessment_id, ballot, person.name)
        return Sealed(assessment_id=assessment_id, round=round_no, digest=digest)

    @router.post("/{assessment_id}/close")
    def close(
        assessment_id: UUID, correction: Correction | None = None, person: Identity = requires(*RUNNERS)
    ) -> Closed:
        """Open all ballots at once and decide; 409 if ballots are missing or members must score again."""
        facts = Facts(**correction.model_dump()) if correction else Facts()
        row = assessments.close(assessment_id, facts, person)
        return closed_view(row, person, assessments.ballots(row))

    @router.get("/{assessment_id}/score-sheet", response_model=ScoreSheet)
    @router.get("/{assessment_id}/score-sheet.pdf", response_model=None, response_class=Response)
    def ballot_sheet(
        assessment_id: UUID, request: Request, person: Identity = requires(*COUNCIL)
    ) -> ScoreSheet | Response:
        """The sheet this council votes by; as PDF with one's own ticks, once the ballot is sealed."""
        row = assessments.row(assessment_id)
        if not _may_see(row, person):
            raise NotOnCouncil
        sheet = assessments.sheet_of(row)
        if not wants_pdf(request):
            return sheet
        table = library.rulebook_for(row.decision, row.set_no)
        filled = _filled(table, assessments.ballots(row).get(person.subject), person)
        return _pdf(render_sheet(sheet, row.opened_at, filled), f"phieu-cham-{assessment_id}.pdf")

    return router


def _filled(rulebook: Rulebook, row: Row | None, person: Identity) -> Filled | None:
    if row is None:
        return None
    sealed = sealed_ballot(row)
    vote = count(rulebook, Regulation(), [sealed]).votes[0]
    return Filled(ballot=sealed.ballot, vote=vote, name=person.name, signed_on=local_date(row.sealed_at))


def _may_see(row: Row, person: Identity) -> bool:
    """Those who run the office, and the council's own members; others once it is closed."""
    runs = not person.roles.isdisjoint(WATCHERS)
    return runs or person.subject in row.council["members"] or (row.result is not None and "certifier" in person.roles)


def _pdf(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": content_disposition(name, inline=True), "Cache-Control": "private, no-cache"}
    return Response(content, media_type=PDF, headers=headers)
