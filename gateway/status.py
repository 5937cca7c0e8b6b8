"""The events of a dossier → its status. A pure function of the set of events: neither order nor repeats matter."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from infra.events.base import Event
from infra.events.certificates import CertificateIssued, CertificateRevoked
from infra.events.extraction import DossierExtracted, ExtractionFailed, PageQuarantined, PagesRead
from infra.events.intake import DossierReceived, DossierWithdrawn
from infra.events.scoring import (
    AssessmentClosed,
    AssessmentOpened,
    BallotSealed,
    DossierForwarded,
    ProductRated,
    RescoringRequested,
    RulebookUnknown,
    ScoreSheetPrepared,
)

SEEN: tuple[type[Event], ...] = (
    DossierReceived,
    DossierWithdrawn,
    PagesRead,
    PageQuarantined,
    DossierExtracted,
    ExtractionFailed,
    ScoreSheetPrepared,
    RulebookUnknown,
    AssessmentOpened,
    BallotSealed,
    RescoringRequested,
    AssessmentClosed,
    ProductRated,
    DossierForwarded,
    CertificateIssued,
    CertificateRevoked,
)

Kind = TypeVar("Kind", bound=Event)


class Status(StrEnum):
    """Where a dossier stands, in the order of its journey."""

    RECEIVED = "received"
    READING = "reading"
    PARTIAL = "partial"  # read, but some pages could not be
    READ = "read"
    RULEBOOK_UNKNOWN = "rulebook-unknown"  # a secretary must choose the criteria table
    SHEET_PREPARED = "sheet-prepared"
    ASSESSING = "assessing"
    RESCORING = "rescoring"
    RATED = "rated"
    DISQUALIFIED = "disqualified"  # rejected by the council before points counted
    FORWARDED = "forwarded"
    CERTIFIED = "certified"
    REVOKED = "revoked"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class FileOfDossier(Part):
    number: int  # from 1, as in intake's addresses
    name: str
    pages: int
    first_page: int  # where it begins in the whole dossier, from 1
    size: int  # bytes
    media_type: str


class Progress(Part):
    done: int
    total: int


class BadPage(Part):
    page: int
    reason: str


class Ballots(Part):
    sealed: int
    members: int
    round: int  # from 1


class Result(Part):
    """`parts` and `total` are exact fractions, as in the event."""

    parts: dict[str, str]
    total: str
    stars: int
    level: str


class CertificateNote(Part):
    number: str
    issued_on: date
    valid_until: date
    revoked_on: date | None = None


class Moment(Part):
    at: datetime
    event: str  # event type
    count: int = 1  # repeated facts (page ranges, ballots) are told once, at their last time


class DossierStatus(Part):
    """All that the gateway knows of one dossier."""

    dossier_id: UUID
    status: Status
    revision: int
    received_at: datetime | None
    changed_at: datetime
    submitted_by: str | None = None
    product: str | None = None
    applicant: str | None = None
    province: str | None = None
    commune: str | None = None
    files: tuple[FileOfDossier, ...] = ()
    progress: Progress
    quarantined: tuple[BadPage, ...] = ()
    rulebook: str | None = None
    reason: str | None = None  # why it failed, waits or was withdrawn
    assessment_id: UUID | None = None
    ballots: Ballots | None = None
    result: Result | None = None
    certificate: CertificateNote | None = None
    timeline: tuple[Moment, ...] = ()


class Facts:
    """The events of one dossier, each once, to be asked for by kind."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = sorted({event.event_id: event for event in events}.values(), key=_when)
        received = self.all(DossierReceived)
        self.revision = max((event.revision for event in received), default=1)

    def all(self, kind: type[Kind]) -> list[Kind]:
        """Oldest first."""
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, kind: type[Kind]) -> Kind | None:
        """The newest of its kind; of kinds that carry a revision, only of the present one."""
        fitting = [event for event in self.all(kind) if getattr(event, "revision", self.revision) == self.revision]
        return fitting[-1] if fitting else None


def _when(event: Event) -> tuple[datetime, str]:
    return event.occurred_at, str(event.event_id)


def status_of(events: Iterable[Event]) -> DossierStatus:
    """The status that these events of one dossier add up to. Raises ValueError if there are none."""
    facts = Facts(events)
    if not facts.events:
        raise ValueError("no event, no status")
    received, extracted = facts.last(DossierReceived), facts.last(DossierExtracted)
    sheet, rated = facts.last(ScoreSheetPrepared), facts.last(ProductRated)
    opened = facts.last(AssessmentOpened)
    named = rated or sheet
    rulebook = named.rulebook if named else extracted.rulebook if extracted else None
    return DossierStatus(
        dossier_id=facts.events[0].dossier_id,
        status=_stage(facts),
        revision=facts.revision,
        received_at=min((event.occurred_at for event in facts.all(DossierReceived)), default=None),
        changed_at=facts.events[-1].occurred_at,
        submitted_by=received.submitted_by if received else None,
        product=_first("product", named, extracted, received),
        applicant=_first("applicant", named, extracted),
        province=_first("province", rated, received),
        commune=received.commune if received else None,
        files=_files(received),
        progress=_progress(facts),
        quarantined=_bad_pages(facts),
        rulebook=f"{rulebook.decision}, bộ số {rulebook.set_no}" if rulebook else None,
        reason=_reason(facts),
        assessment_id=opened.assessment_id if opened else None,
        ballots=_ballots(facts, opened) if opened else None,
        result=_result(rated) if rated else None,
        certificate=_certificate(facts),
        timeline=_timeline(facts),
    )


def _stage(facts: Facts) -> Status:
    """The furthest point reached. Later points come first: an early event that arrives late changes nothing."""
    certificate = _certificate(facts)
    if certificate:
        return Status.REVOKED if certificate.revoked_on else Status.CERTIFIED
    if facts.last(DossierWithdrawn):
        return Status.WITHDRAWN
    council = _council_stage(facts)
    if council:
        return council
    if facts.last(ScoreSheetPrepared):
        return Status.SHEET_PREPARED
    if facts.last(RulebookUnknown):
        return Status.RULEBOOK_UNKNOWN
    if facts.last(DossierExtracted):
        return Status.PARTIAL if _bad_pages(facts) else Status.READ
    if facts.last(ExtractionFailed):
        return Status.FAILED
    return Status.READING if _progress(facts).done else Status.RECEIVED


def _council_stage(facts: Facts) -> Status | None:
    opened, rated, forwarded = facts.last(AssessmentOpened), facts.last(ProductRated), facts.last(DossierForwarded)
    closed = facts.last(AssessmentClosed)
    if closed and closed.disqualified_because and not (opened and opened.assessment_id != closed.assessment_id):
        return Status.DISQUALIFIED
    if opened and not _is_rated(facts, opened.assessment_id):
        again = [event for event in facts.all(RescoringRequested) if event.assessment_id == opened.assessment_id]
        return Status.RESCORING if again else Status.ASSESSING
    if forwarded and not any(event.level == forwarded.to for event in facts.all(ProductRated)):
        return Status.FORWARDED
    if rated:
        return Status.RATED
    voting = facts.all(BallotSealed), facts.all(AssessmentClosed)
    return Status.ASSESSING if any(voting) else None


def _is_rated(facts: Facts, assessment_id: UUID) -> bool:
    return any(event.assessment_id == assessment_id for event in facts.all(ProductRated))


def _progress(facts: Facts) -> Progress:
    received, extracted = facts.last(DossierReceived), facts.last(DossierExtracted)
    ranges = [event for event in facts.all(PagesRead) if event.revision == facts.revision]
    in_files = sum(file.pages for file in received.files) if received else 0
    total = max([in_files, *(event.total_pages for event in ranges), extracted.pages if extracted else 0])
    done = {page for event in ranges for page in range(event.first_page, event.last_page + 1)}
    return Progress(done=total if extracted else min(len(done), total), total=total)


def _files(received: DossierReceived | None) -> tuple[FileOfDossier, ...]:
    files, first = [], 1
    for number, file in enumerate(received.files if received else (), start=1):
        content = file.content
        files.append(
            FileOfDossier(
                number=number,
                name=file.name,
                pages=file.pages,
                first_page=first,
                size=content.size,
                media_type=content.media_type,
            )
        )
        first += file.pages
    return tuple(files)


def _bad_pages(facts: Facts) -> tuple[BadPage, ...]:
    told = {event.page: event.reason for event in facts.all(PageQuarantined) if event.revision == facts.revision}
    extracted = facts.last(DossierExtracted)
    pages = set(extracted.quarantined) if extracted else set(told)
    return tuple(BadPage(page=page, reason=told.get(page, "Trang này không đọc được.")) for page in sorted(pages))


def _reason(facts: Facts) -> str | None:
    stage = _stage(facts)
    if stage is Status.FAILED:
        return facts.all(ExtractionFailed)[-1].reason
    if stage is Status.RULEBOOK_UNKNOWN:
        return facts.all(RulebookUnknown)[-1].reason
    if stage is Status.DISQUALIFIED:
        return facts.all(AssessmentClosed)[-1].disqualified_because
    if stage is Status.WITHDRAWN:
        return facts.all(DossierWithdrawn)[-1].reason
    return None


def _ballots(facts: Facts, opened: AssessmentOpened) -> Ballots:
    again = [event for event in facts.all(RescoringRequested) if event.assessment_id == opened.assessment_id]
    since = again[-1].occurred_at if again else opened.occurred_at
    sealed = [event for event in facts.all(BallotSealed) if event.assessment_id == opened.assessment_id]
    present = [event.ballots for event in sealed if event.occurred_at >= since]
    number = max((event.round for event in again), default=1)
    return Ballots(sealed=max(present, default=0), members=opened.members, round=number)


def _result(rated: ProductRated) -> Result:
    return Result(parts=rated.parts.model_dump(), total=rated.total, stars=rated.stars, level=rated.level)


def _certificate(facts: Facts) -> CertificateNote | None:
    issued = facts.all(CertificateIssued)
    if not issued:
        return None
    revoked = {event.number: event.revoked_on for event in facts.all(CertificateRevoked)}
    standing = [event for event in issued if event.number not in revoked] or issued
    newest = standing[-1]
    return CertificateNote(
        number=newest.number,
        issued_on=newest.issued_on,
        valid_until=newest.valid_until,
        revoked_on=revoked.get(newest.number),
    )


def _timeline(facts: Facts) -> tuple[Moment, ...]:
    told: dict[str, list[datetime]] = {}
    for event in facts.events:
        told.setdefault(event.event_type, []).append(event.occurred_at)
    moments = [Moment(at=times[-1], event=kind, count=len(times)) for kind, times in told.items()]
    return tuple(sorted(moments, key=lambda moment: (moment.at, moment.event)))


def _first(name: str, *sources: Event | None) -> str | None:
    """What the most trusted of `sources` that says anything says of `name`."""
    said = (getattr(source, name) for source in sources if source)
    return next((value for value in said if value), None)
