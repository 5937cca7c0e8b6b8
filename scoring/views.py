"""What people see of an assessment: before it closes who voted, afterwards everything that was decided."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from infra.events.values import RulebookRef
from infra.identity import Identity
from scoring import rules
from scoring.council import Ballot, Council, Tally, shown, shown_parts

Row = Any  # a Row of the assessment or the ballot table, which SQLAlchemy cannot type further

WATCHERS = frozenset({"secretary", "operator", "administrator"})  # see who has voted
NAMERS = frozenset({"secretary", "administrator"})  # see, once closed, who gave which points

AUTHORITIES = {3: "Chủ tịch Ủy ban nhân dân cấp tỉnh", 4: "Chủ tịch Ủy ban nhân dân cấp tỉnh"}  # QĐ 26/2026 Art. 4
MINISTER = "Bộ trưởng Bộ Nông nghiệp và Môi trường"


class OwnBallot(BaseModel):
    """A member's own ballot, as she handed it in."""

    round: int
    choices: dict[str, int | None]
    comment: str
    disqualify: str | None
    digest: str
    sealed_at: datetime


class BallotsView(BaseModel):
    """`voted` only for those who run the assessment; `mine` only for the member herself."""

    sealed: int
    members: int
    needed: int
    voted: list[str] | None = None
    mine: OwnBallot | None = None
    previous: OwnBallot | None = None  # of the round before, while rescoring


class ShortfallView(BaseModel):
    code: str
    title: str
    stars: int
    minimum: int
    reached: float


class VoteView(BaseModel):
    """One opened ballot; `member` only for the secretary."""

    member: str | None
    name: str | None
    points: dict[str, int]
    parts: dict[str, float]
    total: float
    comment: str
    disqualify: str | None


class Result(BaseModel):
    """The council's decision. Numbers are rounded for people; `exact` holds fractions such as "583/9".

    A disqualified dossier has no points and no stars.
    """

    parts: dict[str, float] | None
    total: float | None
    band: int | None  # rank by points alone
    stars: int | None
    spread: float
    shortfalls: list[ShortfallView]
    rows: dict[str, float]  # criterion → mean points
    exact: dict[str, str]
    authority: str | None  # who certifies
    forwarded: bool  # to the ministry
    disqualified_because: list[str]
    votes: list[VoteView]


class AssessmentView(BaseModel):
    assessment_id: UUID
    dossier_id: UUID
    level: str
    status: str  # open, rescoring, closed
    round: int
    rulebook: RulebookRef
    product: str
    applicant: str
    address: str
    province: str | None
    council: Council
    ballots: BallotsView
    opened_by: str
    opened_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    result: Result | None
    links: dict[str, str]


class Closed(Result):
    """Answer to closing: the result, with what it belongs to."""

    assessment_id: UUID
    dossier_id: UUID
    level: str
    status: str = "closed"
    product: str
    applicant: str


def status_of(row: Row) -> str:
    if row.result is not None:
        return "closed"
    return "rescoring" if row.round > 1 else "open"


def assessment_view(
    row: Row, person: Identity, ballots: Mapping[str, Row], previous: Mapping[str, Row]
) -> AssessmentView:
    """`ballots` of the round in progress, `previous` of the one before. No score leaves before the close."""
    council = Council.model_validate(row.council)
    place = f"/api/v1/assessments/{row.id}"
    watches = not person.roles.isdisjoint(WATCHERS)
    seen = BallotsView(
        sealed=len(ballots),
        members=len(council.voters),
        needed=council.ballots_needed,
        voted=sorted(ballots) if watches else None,
        mine=_own(ballots.get(person.subject)),
        previous=_own(previous.get(person.subject)),
    )
    return AssessmentView(
        assessment_id=row.id,
        dossier_id=row.dossier_id,
        level=row.level,
        status=status_of(row),
        round=row.round,
        rulebook=RulebookRef(decision=row.decision, set_no=row.set_no),
        product=row.product,
        applicant=row.applicant,
        address=row.address,
        province=row.province,
        council=council,
        ballots=seen,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        result=result_view(row, person, ballots) if row.result is not None else None,
        links={
            "self": place,
            "ballots": f"{place}/ballots",
            "close": f"{place}/close",
            "score_sheet": f"{place}/score-sheet",
            "dossier": f"/api/v1/dossiers/{row.dossier_id}",
        },
    )


def result_view(row: Row, person: Identity, ballots: Mapping[str, Row]) -> Result:
    """The stored tally as numbers for people."""
    tally = Tally.model_validate(row.result)
    decimals = Council.model_validate(row.council).regulation.decimals
    rating = tally.rating
    return Result(
        parts=shown_parts(rating.parts, decimals) if rating else None,
        total=shown(rating.total, decimals) if rating else None,
        band=rating.band if rating else None,
        stars=rating.stars if rating else None,
        spread=shown(tally.spread, decimals),
        shortfalls=[
            ShortfallView(**{**each.model_dump(), "reached": shown(each.reached, decimals)})
            for each in (rating.shortfalls if rating else ())
        ],
        rows=shown_parts(tally.rows, decimals),
        exact=_exact(rating),
        authority=authority(row.level, rating),
        forwarded=rating is not None and rules.goes_to_ministry(row.level, rating),
        disqualified_because=list(tally.disqualified_because),
        votes=_votes(tally, person, ballots, decimals),
    )


def closed_view(row: Row, person: Identity, ballots: Mapping[str, Row]) -> Closed:
    return Closed(
        **result_view(row, person, ballots).model_dump(),
        assessment_id=row.id,
        dossier_id=row.dossier_id,
        level=row.level,
        product=row.product,
        applicant=row.applicant,
    )


def authority(level: str, rating: rules.Rating | None) -> str | None:
    """Who certifies so many stars: the province 3 and 4, the Minister 5; nobody fewer (QĐ 26/2026 Art. 4)."""
    if rating is None:
        return None
    return MINISTER if rating.stars == 5 else AUTHORITIES.get(rating.stars)


def _exact(rating: rules.Rating | None) -> dict[str, str]:
    if rating is None:
        return {}
    return {**{code: str(points) for code, points in rating.parts.items()}, "total": str(rating.total)}


def _votes(tally: Tally, person: Identity, ballots: Mapping[str, Row], decimals: int) -> list[VoteView]:
    """By points, so that the order tells nobody's name."""
    named = not person.roles.isdisjoint(NAMERS)

    def highest_first(total: Fraction, member: str) -> tuple[Fraction, str]:
        return -total, member if named else ""

    return [
        VoteView(
            member=vote.member if named else None,
            name=ballots[vote.member].name if named and vote.member in ballots else None,
            points=vote.points,
            parts=shown_parts(vote.parts, decimals),
            total=shown(vote.total, decimals),
            comment=vote.comment,
            disqualify=vote.disqualify,
        )
        for vote in sorted(tally.votes, key=lambda vote: highest_first(vote.total, vote.member))
    ]


def _own(row: Row | None) -> OwnBallot | None:
    if row is None:
        return None
    ballot = Ballot.model_validate(row.content)
    return OwnBallot(
        round=row.round,
        choices=ballot.choices,
        comment=ballot.comment,
        disqualify=ballot.disqualify,
        digest=row.digest,
        sealed_at=row.sealed_at,
    )
