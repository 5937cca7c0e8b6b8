"""Outbox → bus. Also carries on what an earlier, crashed process left in the outbox."""

import threading
from datetime import timedelta

from sqlalchemy import delete, func, select

from infra import metrics
from infra.bus import Bus, Message
from infra.clock import Clock
from infra.database import Database, dead_letter, outbox, relay_turn

BATCH = 200  # rows
QUIET_SECONDS = 1.0  # after which rows that nobody told of are looked for: those of a crashed process
TURN_SECONDS = 0.1  # after which a relay asks for its turn again


class Relay:
    def __init__(self, service: str, database: Database, bus: Bus, clock: Clock) -> None:
        self.service, self.database, self.bus, self.clock = service, database, bus, clock
        self.news = threading.Event()
        self.pause = QUIET_SECONDS

    def wake(self) -> None:
        """There is something to publish: called by whoever committed it, on any thread."""
        self.news.set()

    def rest(self) -> None:
        """Wait for news, but not for ever."""
        self.news.wait(self.pause)
        self.news.clear()

    def sweep(self) -> int:
        """Publish what waits, in order; returns how many went out.

        Rows are deleted only after the bus has them, so a crash between publishes again (the inbox sees to repeats).
        One relay has its turn at a time, so the order of a dossier's events holds even with several processes.
        """
        self.pause = QUIET_SECONDS
        with self.database.reading() as connection:
            if connection.execute(select(outbox.c.number).limit(1)).first() is None:
                return 0
        with self.database.transaction() as connection:
            turn = select(relay_turn.c.turn).with_for_update(skip_locked=True)
            if connection.execute(turn).first() is None:
                self.pause = TURN_SECONDS  # the other may have looked before these rows were there
                return 0
            rows = connection.execute(select(outbox).order_by(outbox.c.number).limit(BATCH)).all()
            if not rows:
                return 0
            self.bus.publish([Message(row.topic, row.key, row.body, row.headers) for row in rows])
            connection.execute(delete(outbox).where(outbox.c.number.in_([row.number for row in rows])))
        return len(rows)

    def measure(self) -> None:
        """Tell Prometheus what waits."""
        with self.database.reading() as connection:
            waiting, oldest = connection.execute(select(func.count(), func.min(outbox.c.created_at))).one()
            dead = connection.execute(select(func.count()).select_from(dead_letter)).scalar_one()
        age = self.clock() - oldest if oldest else timedelta(0)
        metrics.OUTBOX.labels(self.service).set(waiting)
        metrics.OUTBOX_AGE.labels(self.service).set(age.total_seconds())
        metrics.DEAD_LETTERS.labels(self.service).set(dead)
