"""Score sheets as they are kept: made from an extraction, stored under their hash, found by dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exists, select

from infra.clock import local_date
from infra.database import upsert
from infra.errors import PipelineError
from infra.events.base import Event
from infra.events.scoring import ScoreSheetPrepared
from infra.events.values import ObjectRef, RulebookRef
from infra.service import Resources
from scoring import tables
from scoring.errors import (
    CouncilAtWork,
    DossierIsWithdrawn,
    NoScoreSheet,
    NotExtracted,
    UnusableRulebook,
)
from scoring.extracted import Extracted
from scoring.library import Library
from scoring.rulebook import Rulebook
from scoring.score_sheet import ScoreSheet, prepare_sheet

KIND = "score-sheets"  # in the object store


@dataclass(frozen=True)
class Prepared:
    """A sheet and where it lies; `sheet` is None when no table could be used, for `reason`."""

    reference: ObjectRef | None
    sheet: ScoreSheet | None
    reason: str | None = None


class Sheets:
    """The shelf of score sheets."""

    def __init__(self, resources: Resources, library: Library) -> None:
        self.resources, self.library = resources, library

    def usable(self, decision: str, set_no: int) -> Rulebook:
        """Raises UnknownRulebook or UnusableRulebook."""
        rulebook = self.library.rulebook_for(decision, set_no)
        if not rulebook.usable:
            raise UnusableRulebook(rulebook.name, rulebook.flaws)
        return rulebook

    def prepare(self, dossier_id: UUID, revision: int, extraction: ObjectRef, rulebook: RulebookRef | None) -> Prepared:
        """Make and store the sheet. Harmless to do twice: the same sheet gets the same key.

        Raises UnreadableExtraction; a table that cannot be used is no error but a reason.
        """
        extracted = self._extracted(extraction)
        found = rulebook or _recognised(extracted)
        if found is None:
            return Prepared(None, None, "Không nhận ra bộ tiêu chí trong bản quét. Thư ký chọn bộ tiêu chí cho hồ sơ.")
        try:
            table = self.usable(found.decision, found.set_no)
        except PipelineError as error:
            return Prepared(None, None, str(error))
        sheet, reference = self._make(dossier_id, revision, extracted, table)
        return Prepared(reference, sheet)

    def _make(
        self, dossier_id: UUID, revision: int, extracted: Extracted, table: Rulebook
    ) -> tuple[ScoreSheet, ObjectRef]:
        sheet = prepare_sheet(dossier_id, revision, table, extracted, local_date(self.resources.clock()))
        return sheet, self.resources.objects.put(sheet.model_dump_json().encode(), "application/json", kind=KIND)

    def keep(
        self, connection: Connection, dossier_id: UUID, revision: int, extraction: ObjectRef, prepared: Prepared
    ) -> bool:
        """Write the row, unless a newer revision is there or the dossier was withdrawn; returns whether it was."""
        newest = connection.execute(
            select(tables.sheet.c.revision).where(tables.sheet.c.dossier_id == dossier_id).with_for_update()
        ).scalar()
        if (newest is not None and newest > revision) or is_withdrawn(connection, dossier_id):
            return False
        row = {
            "dossier_id": dossier_id,
            "revision": revision,
            "extraction": extraction.model_dump(mode="json"),
            "score_sheet": prepared.reference.model_dump(mode="json") if prepared.reference else None,
            "reason": prepared.reason,
            "prepared_at": self.resources.clock(),
        }
        return upsert(connection, tables.sheet, ("dossier_id",), row)

    def choose_rulebook(self, dossier_id: UUID, decision: str, set_no: int) -> ScoreSheet:
        """A secretary names the table; the sheet is made again. Raises what `usable` raises, or a Conflict."""
        table = self.usable(decision, set_no)
        row = self._row(dossier_id)
        if row is None:
            raise NotExtracted
        extraction = ObjectRef.model_validate(row.extraction)
        chosen = RulebookRef(decision=table.decision, set_no=table.set_no)
        sheet, reference = self._make(dossier_id, row.revision, self._extracted(extraction), table)
        prepared = Prepared(reference, sheet)

        def write(connection: Connection) -> Sequence[Event]:
            if has_assessment(connection, dossier_id):
                raise CouncilAtWork
            if not self.keep(connection, dossier_id, sheet.revision, extraction, prepared):
                raise DossierIsWithdrawn
            return [
                ScoreSheetPrepared(
                    dossier_id=dossier_id,
                    occurred_at=self.resources.clock(),
                    revision=sheet.revision,
                    score_sheet=reference,
                    rulebook=chosen,
                    product=sheet.product,
                    applicant=sheet.applicant,
                )
            ]

        self.resources.outbox.announce(write)
        return sheet

    def newest(self, dossier_id: UUID) -> tuple[ScoreSheet, ObjectRef, datetime]:
        """The sheet, where it lies, and when it was made. Raises NoScoreSheet."""
        row = self._row(dossier_id)
        if row is None or row.score_sheet is None:
            raise NoScoreSheet
        reference = ObjectRef.model_validate(row.score_sheet)
        return self.read(reference), reference, row.prepared_at

    def read(self, reference: ObjectRef) -> ScoreSheet:
        return ScoreSheet.model_validate_json(self.resources.objects.read(reference))

    def _extracted(self, reference: ObjectRef) -> Extracted:
        return Extracted.parse(self.resources.objects.read(reference))

    def _row(self, dossier_id: UUID) -> Any:  # a Row of the sheet table, or None
        with self.resources.database.reading() as connection:
            return connection.execute(select(tables.sheet).where(tables.sheet.c.dossier_id == dossier_id)).first()


def _recognised(extracted: Extracted) -> RulebookRef | None:
    found = extracted.rulebook
    return RulebookRef(decision=found.decision, set_no=found.set_no) if found else None


def is_withdrawn(connection: Connection, dossier_id: UUID) -> bool:
    query = select(exists().where(tables.withdrawn.c.dossier_id == dossier_id))
    return bool(connection.execute(query).scalar())


def has_assessment(connection: Connection, dossier_id: UUID) -> bool:
    query = select(exists().where(tables.assessment.c.dossier_id == dossier_id))
    return bool(connection.execute(query).scalar())
