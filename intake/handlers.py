"""Events in: a council's dossier is closed at the counter."""

from collections.abc import Sequence

from sqlalchemy import Connection

from infra.events.base import Event
from infra.events.scoring import AssessmentOpened
from infra.service import Write
from intake.counter import Counter


def close_dossier(opened: AssessmentOpened, counter: Counter) -> Write:
    """What a council scores must not change under its hands."""

    def write(connection: Connection) -> Sequence[Event]:
        counter.close(connection, opened.dossier_id)
        return []

    return write
