"""What the scoring service announces."""

from typing import ClassVar, Literal
from uuid import UUID

from infra.events.base import Event
from infra.events.values import ObjectRef, Points, RulebookRef, Sha256, Value

Level = Literal["province", "ministry"]  # since 22/5/2026 (QĐ 26/2026/QĐ-TTg Art. 4, 7)


class PartPoints(Value):
    A: Points
    B: Points
    C: Points


class ScoreSheetPrepared(Event):
    """A pre-filled score sheet is ready for the council."""

    event_type: ClassVar[str] = "score-sheet.prepared.v1"
    topic: ClassVar[str] = "scoring"
    revision: int
    score_sheet: ObjectRef  # JSON
    rulebook: RulebookRef
    product: str
    applicant: str


class RulebookUnknown(Event):
    """No criteria table could be told from the scan: a secretary must choose one before a sheet can be made."""

    event_type: ClassVar[str] = "score-sheet.rulebook-unknown.v1"
    topic: ClassVar[str] = "scoring"
    revision: int
    reason: str


class AssessmentOpened(Event):
    """A council was set up for a dossier."""

    event_type: ClassVar[str] = "assessment.opened.v1"
    topic: ClassVar[str] = "scoring"
    assessment_id: UUID
    level: Level
    members: int


class BallotSealed(Event):
    """A member handed in a sealed ballot. Who and what it says stays closed until all are opened."""

    event_type: ClassVar[str] = "ballot.sealed.v1"
    topic: ClassVar[str] = "scoring"
    assessment_id: UUID
    digest: Sha256
    ballots: int  # sealed so far
    members: int


class RescoringRequested(Event):
    """Members differ by more than the council's limit: they discuss and score again."""

    event_type: ClassVar[str] = "assessment.rescoring-requested.v1"
    topic: ClassVar[str] = "scoring"
    assessment_id: UUID
    round: int  # the round that begins, from 2


class AssessmentClosed(Event):
    """All ballots were opened and counted."""

    event_type: ClassVar[str] = "assessment.closed.v1"
    topic: ClassVar[str] = "scoring"
    assessment_id: UUID
    level: Level
    closed_by: str
    disqualified_because: str | None = None  # rejected before points counted: no ProductRated follows


class ProductRated(Event):
    """The council's result. `stars` 1 to 5; only 3 and more lead to a certificate (QĐ 26/2026/QĐ-TTg Art. 4)."""

    event_type: ClassVar[str] = "product.rated.v1"
    topic: ClassVar[str] = "scoring"
    assessment_id: UUID
    level: Level
    rulebook: RulebookRef
    product: str
    applicant: str
    address: str
    province: str | None = None
    parts: PartPoints
    total: Points
    stars: int
    year: int  # of the assessment


class DossierForwarded(Event):
    """The province's result reaches 90 points: the dossier goes on to the ministry."""

    event_type: ClassVar[str] = "dossier.forwarded.v1"
    topic: ClassVar[str] = "scoring"
    assessment_id: UUID
    to: Level
