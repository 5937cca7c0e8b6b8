"""Certificate numbers: each given out once, to one assessment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from certificates import tables
from certificates.certificate import Authority
from certificates.settings import Settings
from infra.clock import local_date
from infra.database import upsert


@dataclass(frozen=True)
class Reservation:
    """A number and the moment that fixes the issue day: trying again gives the same."""

    number: str
    reserved_at: datetime
    decision_number: str | None
    decision_date: date | None

    @property
    def issued_on(self) -> date:
        return local_date(self.reserved_at)


@dataclass(frozen=True)
class Decision:
    """The authority's decision, as the certifier enters it; absent when certificates are issued automatically."""

    number: str | None = None
    day: date | None = None


def reserve(
    connection: Connection,
    assessment_id: UUID,
    authority: Authority,
    decision: Decision,
    now: datetime,
    settings: Settings,
) -> Reservation:
    """The assessment's number: the one it has, or the next. Runs in the caller's transaction."""
    year = local_date(now).year
    key = {"authority": authority, "year": year}
    upsert(connection, tables.serial, tuple(key), {**key, "last": 0}, replace=False)
    mine = (tables.serial.c.authority == authority) & (tables.serial.c.year == year)
    last = connection.execute(select(tables.serial.c.last).where(mine).with_for_update()).scalar_one()
    known = connection.execute(
        select(tables.reservation).where(tables.reservation.c.assessment_id == assessment_id)
    ).first()
    if known is not None:
        return Reservation(known.number, known.reserved_at, known.decision_number, known.decision_date)
    connection.execute(update(tables.serial).where(mine).values(last=last + 1))
    pattern = settings.ministry_number_pattern if authority == "ministry" else settings.number_pattern
    number = pattern.format(year=year, serial=last + 1)
    reserved = Reservation(number, now, decision.number, decision.day)
    row = {"decision_number": decision.number, "decision_date": decision.day}
    connection.execute(
        tables.reservation.insert().values(assessment_id=assessment_id, number=number, reserved_at=now, **row)
    )
    return reserved
