"""The bus: logs of messages that groups of consumers read, each group at its own pace.

Contract (tests/contracts/test_bus.py runs it on every adapter):
- `publish` returns once the messages are durable; one key keeps its order within a topic;
- every group gets every message at least once, from the earliest on; a message not reported `done` comes again;
- only the contiguous finished prefix is committed, so a crash never skips an unfinished message;
- a message with a `not-before` header is held back until then, and so is what lies behind it in its partition;
- a subscription belongs to one thread: `poll`, `done` and `close` are called from there alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

NOT_BEFORE = "not-before"  # header: ISO 8601 with time zone


@dataclass(frozen=True, slots=True)
class Message:
    topic: str
    key: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class Received:
    message: Message
    position: Position


class Subscription(Protocol):
    def poll(self, free: int, timeout_seconds: float) -> list[Received]:
        """At most `free` messages, waiting up to the timeout for the first; `free=0` only keeps the membership."""
        ...

    def done(self, position: Position) -> None:
        """This message has had its effect."""
        ...

    def close(self) -> None: ...


class Bus(Protocol):
    def publish(self, messages: Sequence[Message]) -> None: ...

    def subscribe(self, group: str, topics: Sequence[str]) -> Subscription: ...

    def create_topics(self, topics: Sequence[str]) -> list[str]:
        """Create what is missing; returns the names created."""
        ...

    def check(self) -> None:
        """Raise infra.errors.Unavailable with the reason if the bus does not answer."""
        ...

    def close(self) -> None: ...
