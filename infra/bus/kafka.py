"""The bus on Apache Kafka, by kafka-python ≥ 3.0.12. Its calls block: never call them on an HTTP server's event loop.

What the defaults would get wrong, and is set here: idempotence is asked for explicitly (else conflicting settings
silently turn it off), offsets are committed by us and only for the contiguous finished prefix, a new group starts at
the earliest message, partitions move cooperatively, topics are made by an explicit step.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.consumer.subscription_state import ConsumerRebalanceListener
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import CommitFailedError, KafkaError, TopicAlreadyExistsError
from kafka.structs import OffsetAndMetadata

from infra.bus import NOT_BEFORE, Message, Position, Received
from infra.errors import Unavailable
from infra.log import logger

SEND_SECONDS = 30.0
SESSION_MS = 15_000  # how long a killed consumer's partitions wait; heartbeats run on the client's own thread
POLL_DEADLINE_MS = 120_000  # our consumers poll every second, busy or not
LONGEST_WAIT_SECONDS = 1.0  # of one fetch, so that a message that falls due meanwhile is not late
CHECK_MS = 5_000
LARGEST_MESSAGE = 4 << 20  # bytes; bodies are claim checks, far smaller


@contextmanager
def _answering(servers: str) -> Iterator[None]:
    try:
        yield
    except KafkaError as error:
        raise Unavailable(
            f"Máy chủ Kafka {servers} không trả lời ({type(error).__name__}). Sự kiện được giữ trong hộp thư đi và sẽ "
            "gửi lại; kiểm tra máy chủ Kafka bằng ./ocop doctor."
        ) from error


class KafkaBus:
    def __init__(self, servers: str, partitions: int = 6, replication: int = 1) -> None:
        self.servers, self.partitions, self.replication = servers, partitions, replication
        self.lock = threading.Lock()
        self._producer: Any = None  # the client carries no types
        self._admin: Any = None

    def publish(self, messages: Sequence[Message]) -> None:
        with _answering(self.servers):
            sent = [
                self.producer().send(
                    message.topic,
                    key=message.key.encode(),
                    value=message.body,
                    headers=[(name, value.encode()) for name, value in message.headers.items()],
                )
                for message in messages
            ]
            for each in sent:
                each.get(timeout=SEND_SECONDS)  # raises if the broker does not have it

    def subscribe(self, group: str, topics: Sequence[str]) -> "KafkaSubscription":
        return KafkaSubscription(self.servers, group, topics)

    def create_topics(self, topics: Sequence[str]) -> list[str]:
        with _answering(self.servers), self.lock:
            admin = self.admin()
            missing = sorted(set(topics) - set(admin.list_topics()))
            options = {"num_partitions": self.partitions, "replication_factor": self.replication}
            for topic in missing:
                try:
                    admin.create_topics({topic: options}, wait_for_metadata=True)
                except TopicAlreadyExistsError:  # another service was faster
                    continue
        return missing

    def check(self) -> None:
        with _answering(self.servers), self.lock:
            self.admin().list_topics()

    def close(self) -> None:
        with self.lock:
            if self._producer is not None:
                self._producer.close(timeout=SEND_SECONDS)
            if self._admin is not None:
                self._admin.close()
            self._producer = self._admin = None

    def producer(self) -> Any:
        """One producer for all threads, made when first needed."""
        with self.lock:
            if self._producer is None:
                self._producer = KafkaProducer(
                    bootstrap_servers=self.servers.split(","),
                    enable_idempotence=True,
                    acks="all",
                    linger_ms=2,
                    max_request_size=LARGEST_MESSAGE,
                )
            return self._producer

    def admin(self) -> Any:
        if self._admin is None:
            self._admin = KafkaAdminClient(bootstrap_servers=self.servers.split(","), request_timeout_ms=CHECK_MS)
        return self._admin


@dataclass
class _Partition:
    """What this consumer holds of one partition."""

    next: int  # offset after the last one handed out
    unfinished: set[int] = field(default_factory=set)
    waiting: deque[Any] = field(default_factory=deque)  # records fetched but not due, or fetched with no worker free
    committed: int = -1

    @property
    def finished(self) -> int:
        """The offset to commit: everything before it is finished."""
        return min(self.unfinished, default=self.next)


class KafkaSubscription(ConsumerRebalanceListener):  # type: ignore[misc]  # the client carries no types
    """One member of a group. Belongs to one thread."""

    def __init__(self, servers: str, group: str, topics: Sequence[str]) -> None:
        self.servers, self.group = servers, group
        self.partitions: dict[TopicPartition, _Partition] = {}
        self.log = logger("bus")
        with _answering(servers):
            self.consumer = KafkaConsumer(
                bootstrap_servers=servers.split(","),
                group_id=group,
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                partition_assignment_strategy=[CooperativeStickyAssignor],
                session_timeout_ms=SESSION_MS,
                max_poll_interval_ms=POLL_DEADLINE_MS,
                max_partition_fetch_bytes=LARGEST_MESSAGE,
            )
            self.consumer.subscribe(topics=list(topics), listener=self)

    def poll(self, free: int, timeout_seconds: float) -> list[Received]:
        with _answering(self.servers):
            self._commit()
            deadline = time.monotonic() + timeout_seconds
            while True:
                found = self._due(free)
                room = free - len(found)
                self._pause(room)
                left = 0.0 if found else max(0.0, min(deadline - time.monotonic(), LONGEST_WAIT_SECONDS))
                self._keep(self.consumer.poll(timeout_ms=int(left * 1000), max_records=max(1, room)))
                found += self._due(room)
                if found or time.monotonic() >= deadline:
                    return found

    def done(self, position: Position) -> None:
        """Committed with the next poll. A partition that moved on to another member is that member's affair."""
        held = self.partitions.get(TopicPartition(position.topic, position.partition))
        if held is not None:
            held.unfinished.discard(position.offset)

    def close(self) -> None:
        with _answering(self.servers):
            self._commit()
            self.consumer.close(autocommit=False)

    def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """New partitions begin where the group had finished; they come un-paused, which `poll` sets right."""

    def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        self._commit(revoked)
        self.on_partitions_lost(revoked)

    def on_partitions_lost(self, lost: Sequence[TopicPartition]) -> None:
        for partition in lost:
            self.partitions.pop(partition, None)

    def _pause(self, room: int) -> None:
        """Fetch nothing while no worker is free, nor behind a message that waits."""
        for partition in self.consumer.assignment():
            held = self.partitions.get(partition)
            if room == 0 or (held is not None and held.waiting):
                self.consumer.pause(partition)
            else:
                self.consumer.resume(partition)

    def _keep(self, batches: dict[TopicPartition, list[Any]]) -> None:
        """Remember what was fetched. A rebalance in the middle of a poll can bring records that nobody has room for.

        They are kept rather than sought again: a partition that is sought and paused can stay silent in this client.
        """
        for partition, records in batches.items():
            held = self.partitions.setdefault(partition, _Partition(next=records[0].offset))
            held.waiting.extend(records)

    def _due(self, room: int) -> list[Received]:
        """Kept messages whose time has come, at most `room`, in each partition's order."""
        found: list[Received] = []
        now = datetime.now(UTC)
        for partition, held in self.partitions.items():
            while held.waiting and len(found) < room:
                message = _message(held.waiting[0])
                due = _not_before(message)
                if due is not None and due > now:
                    break
                offset = held.waiting.popleft().offset
                held.next = offset + 1
                held.unfinished.add(offset)
                found.append(Received(message, Position(partition.topic, partition.partition, offset)))
        return found

    def _commit(self, only: Sequence[TopicPartition] | None = None) -> None:
        offsets = {
            partition: OffsetAndMetadata(held.finished, "", -1)
            for partition, held in self.partitions.items()
            if held.finished > held.committed and (only is None or partition in only)
        }
        if not offsets:
            return
        try:
            self.consumer.commit(offsets)
        except CommitFailedError:  # a rebalance came first: the messages come again, the inbox knows them
            self.log.warning("A commit came too late.", group=self.group)
            return
        for partition, offset in offsets.items():
            self.partitions[partition].committed = offset.offset


def _message(record: Any) -> Message:
    headers = {name: value.decode() for name, value in record.headers}
    return Message(record.topic, (record.key or b"").decode(), record.value or b"", headers)


def _not_before(message: Message) -> datetime | None:
    stated = message.headers.get(NOT_BEFORE)
    return datetime.fromisoformat(stated) if stated else None
