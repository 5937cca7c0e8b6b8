"""Events in, events out: an extraction becomes a score sheet."""

from collections.abc import Sequence

from sqlalchemy import Connection

from infra.database import upsert
from infra.events.base import Event
from infra.events.extraction import DossierExtracted
from infra.events.intake import DossierWithdrawn
from infra.events.scoring import RulebookUnknown, ScoreSheetPrepared
from infra.service import Write
from scoring import tables
from scoring.sheets import Prepared, Sheets


def prepare_score_sheet(extracted: DossierExtracted, sheets: Sheets) -> Write:
    """Make the sheet outside the transaction, then row and event together."""
    prepared = sheets.prepare(extracted.dossier_id, extracted.revision, extracted.extraction, extracted.rulebook)

    def write(connection: Connection) -> Sequence[Event]:
        fresh = sheets.keep(connection, extracted.dossier_id, extracted.revision, extracted.extraction, prepared)
        return [_announcement(extracted, prepared)] if fresh else []

    return write


def _announcement(extracted: DossierExtracted, prepared: Prepared) -> Event:
    if prepared.sheet is None or prepared.reference is None:
        return RulebookUnknown.following(extracted, revision=extracted.revision, reason=prepared.reason)
    return ScoreSheetPrepared.following(
        extracted,
        revision=extracted.revision,
        score_sheet=prepared.reference,
        rulebook=prepared.sheet.rulebook,
        product=prepared.sheet.product or extracted.product or "",
        applicant=prepared.sheet.applicant or extracted.applicant or "",
    )


def forget_dossier(event: DossierWithdrawn) -> Write:
    """No council opens on a withdrawn dossier; what was already decided stays."""

    def write(connection: Connection) -> Sequence[Event]:
        upsert(connection, tables.withdrawn, ("dossier_id",), {"dossier_id": event.dossier_id}, replace=False)
        return []

    return write
