"""Events of the other services → the gateway's own rows: every fact once, and the status they add up to."""

import unicodedata
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select, update

from gateway.status import DossierStatus, status_of
from gateway.tables import dossiers, facts, same_bytes
from infra.database import upsert
from infra.events import EVENT_BY_TYPE
from infra.events.base import Event
from infra.events.intake import DossierReceived
from infra.service import Write


def remember(event: Event) -> Write:
    """Add one event to what is known of its dossier."""

    def write(connection: Connection) -> Sequence[Event]:
        _hold(connection, event)
        row = {
            "event_id": event.event_id,
            "dossier_id": event.dossier_id,
            "event_type": event.event_type,
            "body": event.model_dump(mode="json"),
        }
        upsert(connection, facts, ["event_id"], row, replace=False)
        if isinstance(event, DossierReceived):
            _warn_both_sides(connection, event)
        _project(connection, event.dossier_id)
        return ()

    return write


def _hold(connection: Connection, event: Event) -> None:
    """Write the dossier's row first: events of two topics that arrive at once then wait for each other."""
    row = {
        "dossier_id": event.dossier_id,
        "status": "received",
        "changed_at": event.occurred_at,
        "search": "",
        "summary": {},
    }
    upsert(connection, dossiers, ["dossier_id"], row, replace=False)
    held = dossiers.c.dossier_id == event.dossier_id
    connection.execute(update(dossiers).where(held).values(dossier_id=event.dossier_id))


def _project(connection: Connection, dossier_id: UUID) -> None:
    rows = connection.execute(select(facts.c.event_type, facts.c.body).where(facts.c.dossier_id == dossier_id))
    status = status_of(EVENT_BY_TYPE[row.event_type].model_validate(row.body) for row in rows)
    connection.execute(
        update(dossiers)
        .where(dossiers.c.dossier_id == dossier_id)
        .values(
            status=status.status,
            received_at=status.received_at,
            changed_at=status.changed_at,
            submitted_by=status.submitted_by,
            search=_searchable(status),
            summary=status.model_dump(mode="json"),
        )
    )


def _warn_both_sides(connection: Connection, received: DossierReceived) -> None:
    for other in received.same_bytes_in:
        for one, two in ((received.dossier_id, other), (other, received.dossier_id)):
            row = {"dossier_id": one, "other_id": two}
            upsert(connection, same_bytes, ["dossier_id", "other_id"], row, replace=False)


def _searchable(status: DossierStatus) -> str:
    certificate = status.certificate.number if status.certificate else None
    words = (status.product, status.applicant, status.commune, status.province, certificate, str(status.dossier_id))
    return plain(" ".join(word for word in words if word))


def plain(text: str) -> str:
    """Lower case without accents, as people type into a search box."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
