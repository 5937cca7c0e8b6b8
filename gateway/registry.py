"""Reading the status of dossiers from the gateway's own tables."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from gateway.handlers import plain
from gateway.status import DossierStatus, Status
from gateway.tables import dossiers, same_bytes
from infra.database import Database
from infra.errors import NotFound

PAGE = 50  # dossiers in one list


class Registry:
    """Dossiers, as far as the gateway has heard of them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def dossier(self, dossier_id: UUID) -> DossierStatus:
        """Raises NotFound."""
        with self.database.reading() as connection:
            row = connection.execute(
                select(dossiers.c.summary).where(dossiers.c.dossier_id == dossier_id)
            ).one_or_none()
        if row is None or not row.summary:
            raise NotFound(
                f"Không có hồ sơ mang mã {dossier_id}. Nếu vừa gửi, hãy đợi vài giây rồi tải lại; nếu không, tìm hồ sơ "
                "trong danh sách."
            )
        return DossierStatus.model_validate(row.summary)

    def others_with_same_bytes(self, dossier_id: UUID) -> list[UUID]:
        with self.database.reading() as connection:
            rows = connection.execute(select(same_bytes.c.other_id).where(same_bytes.c.dossier_id == dossier_id))
            return sorted(row.other_id for row in rows)

    def find(self, statuses: Iterable[Status] = (), words: str = "", skip: int = 0) -> tuple[list[DossierStatus], int]:
        """One page of dossiers, newest first, and how many there are in all."""
        wanted = _narrow(select(dossiers.c.summary), list(statuses), words)
        counted = _narrow(select(func.count()).select_from(dossiers), list(statuses), words)
        newest = wanted.order_by(dossiers.c.received_at.desc(), dossiers.c.dossier_id).offset(skip).limit(PAGE)
        with self.database.reading() as connection:
            found = [DossierStatus.model_validate(row.summary) for row in connection.execute(newest) if row.summary]
            return found, connection.execute(counted).scalar_one()

    def counts(self) -> dict[Status, int]:
        """How many dossiers stand where."""
        query = select(dossiers.c.status, func.count().label("number")).group_by(dossiers.c.status)
        with self.database.reading() as connection:
            return {Status(row.status): row.number for row in connection.execute(query)}


def _narrow(query: Select[Any], statuses: list[Status], words: str) -> Select[Any]:
    """Any: a query keeps its own row type."""
    if statuses:
        query = query.where(dossiers.c.status.in_(statuses))
    for word in plain(words).split()[:8]:
        query = query.where(dossiers.c.search.contains(word, autoescape=True))
    return query


STAGES: dict[str, dict[str, tuple[Status, ...]]] = {
    "reading": {
        "waiting": (Status.RECEIVED,),
        "in_progress": (Status.READING,),
        "done": (
            Status.PARTIAL,
            Status.READ,
            Status.RULEBOOK_UNKNOWN,
            Status.SHEET_PREPARED,
            Status.ASSESSING,
            Status.RESCORING,
            Status.RATED,
            Status.DISQUALIFIED,
            Status.FORWARDED,
            Status.CERTIFIED,
            Status.REVOKED,
        ),
        "failed": (Status.FAILED,),
    },
    "score_sheet": {
        "waiting": (Status.PARTIAL, Status.READ),
        "in_progress": (),
        "done": (
            Status.SHEET_PREPARED,
            Status.ASSESSING,
            Status.RESCORING,
            Status.RATED,
            Status.DISQUALIFIED,
            Status.FORWARDED,
            Status.CERTIFIED,
            Status.REVOKED,
        ),
        "failed": (Status.RULEBOOK_UNKNOWN,),
    },
    "council": {
        "waiting": (Status.SHEET_PREPARED,),
        "in_progress": (Status.ASSESSING, Status.RESCORING),
        "done": (Status.RATED, Status.DISQUALIFIED, Status.FORWARDED, Status.CERTIFIED, Status.REVOKED),
        "failed": (),
    },
    "certificate": {
        "waiting": (Status.RATED,),
        "in_progress": (Status.FORWARDED,),
        "done": (Status.CERTIFIED,),
        "failed": (Status.REVOKED,),
    },
}
"""What an operator sees of each stage, by the status of the dossiers."""


def stages(counts: dict[Status, int]) -> dict[str, dict[str, int]]:
    return {
        stage: {column: sum(counts.get(status, 0) for status in statuses) for column, statuses in columns.items()}
        for stage, columns in STAGES.items()
    }
