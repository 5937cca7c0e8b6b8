"""Handle every event once in effect: inbox and outbox in one transaction of the service's own database.

On the wire delivery is at least once. A handler's failure is *transient* (tried again after 30 s, 5 min, 1 h), or a
*bug* or *bad input* nobody turned into a failure event (a dead letter, shown to operators, driven again by a command).
"""

import json
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from time import perf_counter
from uuid import UUID, uuid5

import pydantic
from sqlalchemy import Connection, select

from infra import metrics
from infra.bus import NOT_BEFORE, Message, Received
from infra.clock import Clock
from infra.database import Database, dead_letter, inbox, outbox, upsert
from infra.errors import PipelineError
from infra.events import EVENT_BY_TYPE
from infra.events.base import Event
from infra.log import logger
from infra.service import Handler, Reaction, Service, Write, nothing

RETRY_DELAYS: Mapping[str, timedelta] = {
    "30s": timedelta(seconds=30),
    "5min": timedelta(minutes=5),
    "1h": timedelta(hours=1),
}
MESSAGE_NAMESPACE = UUID("6a9f2f6e-1f0c-4f6a-9b0e-0c0f6b1d7a51")  # ids of messages too broken to carry their own


def retry_topic(topic: str, group: str, delay: str) -> str:
    return f"{topic}.{group}.retry.{delay}"


def dead_letter_topic(topic: str, group: str) -> str:
    return f"{topic}.{group}.dlt"


def topics_of(service: Service) -> tuple[str, ...]:
    """Every topic the service reads or writes: facts, retries and dead letters."""
    own = {event.topic for event in service.publishes} | set(service.topics)
    retries = {retry_topic(topic, service.name, delay) for topic in service.topics for delay in RETRY_DELAYS}
    return tuple(sorted(own | retries | {dead_letter_topic(topic, service.name) for topic in service.topics}))


def to_message(event: Event) -> Message:
    """CloudEvents 1.0, binary mode: attributes in headers, the event as JSON in the body."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": str(event.event_id),
        "ce_type": event.event_type,
        "ce_source": f"/ocop/{event.topic}",
        "ce_subject": str(event.dossier_id),
        "ce_time": event.occurred_at.isoformat(),
        "content-type": "application/json",
    }
    return Message(event.topic, event.partition_key, event.model_dump_json().encode(), headers)


def from_message(message: Message) -> Event | None:
    """The event, or None if its type is not (or no longer) known here. Raises pydantic.ValidationError."""
    kind = EVENT_BY_TYPE.get(message.headers.get("ce_type", ""))
    return kind.model_validate_json(message.body) if kind else None


def append_to_outbox(connection: Connection, messages: Sequence[Message], now: datetime) -> None:
    for message in messages:
        connection.execute(
            outbox.insert().values(
                topic=message.topic,
                key=message.key,
                body=message.body,
                headers=dict(message.headers),
                created_at=now,
            )
        )


class Announcer:
    """The outbox as HTTP routes use it: what a person did becomes rows and events in one transaction."""

    def __init__(self, database: Database, clock: Clock, committed: Callable[[], None] = nothing) -> None:
        """`committed` is called after each transaction that left something in the outbox."""
        self.database, self.clock, self.committed = database, clock, committed

    def announce(self, write: Write) -> list[Event]:
        with self.database.transaction() as connection:
            events = list(write(connection))
            append_to_outbox(connection, [to_message(event) for event in events], self.clock())
        if events:
            self.committed()
        return events


class Delivery:
    """Hands messages of one service to its handlers. `committed` is called after what may have filled the outbox."""

    def __init__(
        self, service: Service, database: Database, clock: Clock, committed: Callable[[], None] = nothing
    ) -> None:
        self.service, self.database, self.clock, self.committed = service, database, clock, committed
        self.log = logger(service.name)

    def handle(self, received: Received) -> None:
        """Give one message its effect, once. Raises only if the database itself does not answer."""
        message = received.message
        try:
            event = from_message(message)
        except pydantic.ValidationError as error:
            self._bury(message, None, error)
            return
        handler = self.service.handlers.get(type(event)) if event else None
        if event is None or handler is None:
            return
        ids = {"event_id": str(event.event_id), "dossier_id": str(event.dossier_id)}
        with_ids = {**ids, "event_type": event.event_type}
        started = perf_counter()
        try:
            outcome = self._deliver(event, handler)
        except Exception as error:  # the one place: every failure ends as a retry or a dead letter
            self.log.warning("Handling failed.", error=type(error).__name__, reason=str(error)[:500], **with_ids)
            outcome = self._fail(message, event, error)
        metrics.EVENTS.labels(self.service.name, event.event_type, outcome).inc()
        metrics.HANDLING.labels(self.service.name, event.event_type).observe(perf_counter() - started)
        self.log.info("Handled an event.", outcome=outcome, **with_ids)

    def _deliver(self, event: Event, handler: Handler) -> str:
        """Work outside the transaction; then the inbox row and what follows commit together."""
        with self.database.reading() as connection:
            if self._has_handled(connection, event.event_id):
                return "repeated"
        reaction = handler(event)
        with self.database.transaction() as connection:
            if not self._mark_handled(connection, event.event_id):
                return "repeated"
            following = _events(reaction, connection)
            append_to_outbox(connection, [to_message(each) for each in following], self.clock())
        if following:
            self.committed()
        return "handled"

    def _fail(self, message: Message, event: Event, error: Exception) -> str:
        attempt = int(message.headers.get("attempt", "1"))
        if not isinstance(error, (PipelineError, OSError)) or not getattr(error, "retriable", True):
            self._bury(message, event, error)
            return "dead"
        if attempt > len(RETRY_DELAYS):
            self._bury(message, event, error)
            return "dead"
        delay = list(RETRY_DELAYS)[attempt - 1]
        topic = retry_topic(event.topic, self.service.name, delay)
        headers = {
            **message.headers,
            "attempt": str(attempt + 1),
            "original-topic": event.topic,
            "error-class": type(error).__name__,
            NOT_BEFORE: (self.clock() + RETRY_DELAYS[delay]).isoformat(),
        }
        with self.database.transaction() as connection:
            append_to_outbox(connection, [Message(topic, message.key, message.body, headers)], self.clock())
        self.committed()
        return "postponed"

    def _bury(self, message: Message, event: Event | None, error: Exception) -> None:
        """Keep what cannot be handled where an operator sees it, and let the rest go on."""
        topic = event.topic if event else message.topic
        event_id = event.event_id if event else uuid5(MESSAGE_NAMESPACE, message.body.hex())
        place = traceback.extract_tb(error.__traceback__)[-1:]
        where = f" ({place[0].filename.rsplit('/', 1)[-1]}:{place[0].lineno})" if place else ""
        headers = {**message.headers, "original-topic": topic, "error-class": type(error).__name__}
        with self.database.transaction() as connection:
            new = upsert(
                connection,
                dead_letter,
                ("consumer", "event_id"),
                {
                    "event_id": event_id,
                    "consumer": self.service.name,
                    "event_type": message.headers.get("ce_type", "?"),
                    "dossier_id": event.dossier_id if event else None,
                    "topic": topic,
                    "key": message.key,
                    "body": message.body,
                    "headers": json.loads(json.dumps(headers)),
                    "error_class": type(error).__name__,
                    "message": f"{str(error)[:2000]}{where}",
                    "attempts": int(message.headers.get("attempt", "1")),
                    "failed_at": self.clock(),
                },
            )
            letter = Message(dead_letter_topic(topic, self.service.name), message.key, message.body, headers)
            append_to_outbox(connection, [letter] if new else [], self.clock())
        self.committed()

    def _has_handled(self, connection: Connection, event_id: UUID) -> bool:
        found = select(inbox.c.event_id).where(inbox.c.consumer == self.service.name, inbox.c.event_id == event_id)
        return connection.execute(found).first() is not None

    def _mark_handled(self, connection: Connection, event_id: UUID) -> bool:
        """False if another worker was first."""
        row = {"consumer": self.service.name, "event_id": event_id, "handled_at": self.clock()}
        return upsert(connection, inbox, ("consumer", "event_id"), row, replace=False)


def _events(reaction: Reaction, connection: Connection) -> Sequence[Event]:
    if reaction is None:
        return ()
    if isinstance(reaction, Event):
        return (reaction,)
    if callable(reaction):
        return reaction(connection)
    return reaction
