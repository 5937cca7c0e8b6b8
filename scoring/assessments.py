"""Assessments as they are kept: a council is opened, ballots are sealed, the secretary closes, the result stands."""

import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4, uuid5

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, select, update

from infra.clock import local_date
from infra.database import upsert
from infra.errors import BadInput
from infra.events.base import Event
from infra.events.scoring import (
    AssessmentClosed,
    AssessmentOpened,
    BallotSealed,
    DossierForwarded,
    Level,
    PartPoints,
    ProductRated,
    RescoringRequested,
)
from infra.events.values import ObjectRef, RulebookRef
from infra.identity import Identity
from infra.service import Resources
from scoring import errors, rules, tables
from scoring.council import Ballot, Council, SealedBallot, Tally, count
from scoring.score_sheet import ScoreSheet
from scoring.sheets import Sheets, is_withdrawn

Row = Any  # a Row of the assessment table, which SQLAlchemy cannot type further


class Facts(BaseModel):
    """What the certificate will say; the scan's reading where a secretary corrects nothing."""

    model_config = ConfigDict(frozen=True)

    product: str | None = None
    applicant: str | None = None
    address: str | None = None
    province: str | None = None

    def over(self, known: "Facts") -> "Facts":
        return known.model_copy(update={name: value.strip() for name, value in self if value and value.strip()})


class Assessments:
    """The office's book of assessments."""

    def __init__(self, resources: Resources, sheets: Sheets) -> None:
        self.resources, self.sheets = resources, sheets

    def open(self, dossier_id: UUID, level: Level, council: Council, facts: Facts, person: Identity) -> UUID:
        """Set up a council for a dossier. Raises BadCouncil, NoScoreSheet or a Conflict that says why not."""
        council.check()
        sheet, reference, _ = self.sheets.newest(dossier_id)
        read = Facts(product=sheet.product, applicant=sheet.applicant, address=sheet.address, province=sheet.province)
        known = facts.over(read)
        assessment_id, now = uuid4(), self.resources.clock()
        row = {
            "id": assessment_id,
            "dossier_id": dossier_id,
            "level": level,
            "council": council.model_dump(mode="json"),
            "score_sheet": reference.model_dump(mode="json"),
            "decision": sheet.rulebook.decision,
            "set_no": sheet.rulebook.set_no,
            **known.model_dump(),
            "round": 1,
            "opened_by": person.subject,
            "opened_at": now,
        }

        def write(connection: Connection) -> Sequence[Event]:
            if is_withdrawn(connection, dossier_id):
                raise errors.DossierIsWithdrawn
            if level == "ministry" and not _was_forwarded(connection, dossier_id):
                raise errors.NotForwarded
            if not upsert(connection, tables.assessment, ("dossier_id", "level"), row, replace=False):
                raise errors.AssessmentExists(str(_existing(connection, dossier_id, level)))
            return [
                AssessmentOpened(
                    event_id=uuid5(assessment_id, AssessmentOpened.event_type),
                    dossier_id=dossier_id,
                    occurred_at=now,
                    assessment_id=assessment_id,
                    level=level,
                    members=len(council.voters),
                )
            ]

        self.resources.outbox.announce(write)
        return assessment_id

    def seal(self, assessment_id: UUID, ballot: Ballot, name: str) -> tuple[str, int]:
        """Take in a member's ballot; returns its seal and the round. The same ballot again changes nothing.

        Raises BadBallot, NotOnCouncil, BallotIsSealed, AssessmentIsClosed.
        """
        row = self.row(assessment_id)
        council = _seat(row, ballot.member)
        rules.check_choices(self.sheets.usable(row.decision, row.set_no), ballot.choices)
        nonce, now = secrets.token_hex(16), self.resources.clock()
        sealed: list[tuple[str, int]] = []

        def write(connection: Connection) -> Sequence[Event]:
            current = _locked(connection, assessment_id)
            known = _ballots(connection, assessment_id, current.round).get(ballot.member)
            if known is not None and sealed_ballot(known).opened() == ballot:
                sealed.append((known.digest, current.round))
                return []
            if current.result is not None:
                raise errors.AssessmentIsClosed
            if known is not None:
                raise errors.BallotIsSealed
            digest = ballot.seal(nonce)
            entry = {
                "assessment_id": assessment_id,
                "round": current.round,
                "member": ballot.member,
                "name": name,
                "content": ballot.model_dump(mode="json"),
                "nonce": nonce,
                "digest": digest,
                "sealed_at": now,
            }
            connection.execute(tables.ballot.insert().values(**entry))
            sealed.append((digest, current.round))
            return [
                BallotSealed(
                    event_id=uuid5(assessment_id, digest),
                    dossier_id=current.dossier_id,
                    occurred_at=now,
                    assessment_id=assessment_id,
                    digest=digest,
                    ballots=len(_ballots(connection, assessment_id, current.round)),
                    members=len(council.voters),
                )
            ]

        self.resources.outbox.announce(write)
        return sealed[0]

    def close(self, assessment_id: UUID, facts: Facts, person: Identity) -> Row:
        """Open all ballots at once and decide; closing again changes nothing and gives the same row.

        Raises NoQuorum; SpreadTooWide after a new round was begun; BadInput if product or applicant is unknown.
        """
        too_wide: list[errors.SpreadTooWide] = []

        def write(connection: Connection) -> Sequence[Event]:
            row = _locked(connection, assessment_id)
            if row.result is not None:
                return []
            if is_withdrawn(connection, row.dossier_id):
                raise errors.DossierIsWithdrawn
            council = Council.model_validate(row.council)
            ballots = _ballots(connection, assessment_id, row.round)
            council.check_quorum(ballots)
            rulebook = self.sheets.usable(row.decision, row.set_no)
            tally = count(rulebook, council.regulation, [sealed_ballot(each) for each in ballots.values()])
            if tally.is_too_wide(council.regulation):
                too_wide.append(errors.SpreadTooWide(f"{float(council.regulation.max_spread):g}", row.round + 1))
                return self._rescore(connection, row)
            return self._decide(connection, row, tally, facts, person)

        self.resources.outbox.announce(write)
        if too_wide:
            raise too_wide[0]
        return self.row(assessment_id)

    def _rescore(self, connection: Connection, row: Row) -> Sequence[Event]:
        """The limit is the Quy chế's: members discuss, then each scores again; nobody is told a score."""
        begins = row.round + 1
        connection.execute(update(tables.assessment).where(tables.assessment.c.id == row.id).values(round=begins))
        again = RescoringRequested(
            event_id=uuid5(row.id, f"{RescoringRequested.event_type} {begins}"),
            dossier_id=row.dossier_id,
            occurred_at=self.resources.clock(),
            assessment_id=row.id,
            round=begins,
        )
        return [again]

    def _decide(
        self, connection: Connection, row: Row, tally: Tally, facts: Facts, person: Identity
    ) -> Sequence[Event]:
        known = facts.over(_facts(row))
        if tally.rating and not (known.product and known.applicant):
            raise BadInput(
                "Chưa đọc được tên sản phẩm hoặc tên chủ thể từ bản quét. Ghi hai tên này khi kết thúc phiên đánh giá."
            )
        changes = {
            **known.model_dump(),
            "closed_by": person.subject,
            "closed_at": self.resources.clock(),
            "result": tally.model_dump(mode="json"),
        }
        connection.execute(update(tables.assessment).where(tables.assessment.c.id == row.id).values(**changes))
        return self._verdict(row, tally, known, person)

    def _verdict(self, row: Row, tally: Tally, known: Facts, person: Identity) -> list[Event]:
        """What a closed assessment announces; ids follow from the assessment, so repeats are visible."""
        now = self.resources.clock()
        about = {"dossier_id": row.dossier_id, "assessment_id": row.id, "occurred_at": now}
        events: list[Event] = [
            AssessmentClosed(
                event_id=uuid5(row.id, AssessmentClosed.event_type),
                level=row.level,
                closed_by=person.subject,
                disqualified_because="; ".join(tally.disqualified_because) or None,
                **about,
            )
        ]
        rating = tally.rating
        if rating is None:
            return events
        events.append(
            ProductRated(
                event_id=uuid5(row.id, ProductRated.event_type),
                level=row.level,
                rulebook=RulebookRef(decision=row.decision, set_no=row.set_no),
                **known.model_dump(),
                parts=PartPoints(**{code: str(points) for code, points in rating.parts.items()}),
                total=str(rating.total),
                stars=rating.stars,
                year=local_date(now).year,
                **about,
            )
        )
        if rules.goes_to_ministry(row.level, rating):
            events.append(DossierForwarded(event_id=uuid5(row.id, DossierForwarded.event_type), to="ministry", **about))
        return events

    def row(self, assessment_id: UUID) -> Row:
        """Raises UnknownAssessment."""
        with self.resources.database.reading() as connection:
            return _one(connection, assessment_id, lock=False)

    def ballots(self, row: Row, round_no: int | None = None) -> dict[str, Row]:
        """Rows of the ballot table by member, of the round in progress unless another is named."""
        with self.resources.database.reading() as connection:
            return _ballots(connection, row.id, round_no or row.round)

    def sheet_of(self, row: Row) -> ScoreSheet:
        """The sheet as it stood when the council was set up."""
        return self.sheets.read(ObjectRef.model_validate(row.score_sheet))

    def of_dossier(self, dossier_id: UUID | None) -> list[Row]:
        """Newest first."""
        query = select(tables.assessment).order_by(tables.assessment.c.opened_at.desc()).limit(500)
        if dossier_id is not None:
            query = query.where(tables.assessment.c.dossier_id == dossier_id)
        with self.resources.database.reading() as connection:
            return list(connection.execute(query))


def sealed_ballot(row: Row) -> SealedBallot:
    """A row of the ballot table, still closed."""
    return SealedBallot(ballot=Ballot.model_validate(row.content), nonce=row.nonce, digest=row.digest)


def _seat(row: Row, member: str) -> Council:
    """The council, if the member votes in it."""
    council = Council.model_validate(row.council)
    if member not in council.members:
        raise errors.NotOnCouncil
    if member not in council.voters:
        raise errors.ChairDoesNotVote
    return council


def _facts(row: Row) -> Facts:
    return Facts(product=row.product, applicant=row.applicant, address=row.address, province=row.province)


def _one(connection: Connection, assessment_id: UUID, *, lock: bool) -> Row:
    query = select(tables.assessment).where(tables.assessment.c.id == assessment_id)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise errors.UnknownAssessment
    return row


def _locked(connection: Connection, assessment_id: UUID) -> Row:
    """The row, held until the transaction ends: ballots and closing come one after the other."""
    return _one(connection, assessment_id, lock=True)


def _ballots(connection: Connection, assessment_id: UUID, round_no: int) -> dict[str, Row]:
    mine = (tables.ballot.c.assessment_id == assessment_id) & (tables.ballot.c.round == round_no)
    rows = connection.execute(select(tables.ballot).where(mine).order_by(tables.ballot.c.member))
    return {row.member: row for row in rows}


def _existing(connection: Connection, dossier_id: UUID, level: str) -> UUID:
    same = (tables.assessment.c.dossier_id == dossier_id) & (tables.assessment.c.level == level)
    found: UUID = connection.execute(select(tables.assessment.c.id).where(same)).scalar_one()
    return found


def _was_forwarded(connection: Connection, dossier_id: UUID) -> bool:
    same = (tables.assessment.c.dossier_id == dossier_id) & (tables.assessment.c.level == "province")
    result = connection.execute(select(tables.assessment.c.result).where(same)).scalar()
    return bool(result and result["rating"] and result["rating"]["stars"] == 5)
