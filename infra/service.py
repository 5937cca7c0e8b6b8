"""What a service declares, and what it is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from fastapi import APIRouter
from sqlalchemy import Connection

from infra.clock import Clock
from infra.database import Database
from infra.events.base import Event
from infra.objects import ObjectStore
from infra.settings import InfraSettings

Write = Callable[[Connection], Sequence[Event]]
"""Runs inside delivery's transaction: writes rows and returns the events that follow from them."""

Reaction = Event | Sequence[Event] | Write | None

Handler = Callable[[Any], Reaction]
"""Takes one event. Slow work happens in the handler, outside any transaction, and must be harmless to do twice;
rows that must appear exactly once are written by the `Write` it returns. Any: the table in Service fixes the type."""


class Outbox(Protocol):
    def announce(self, write: Write) -> list[Event]:
        """Run `write` and put the events it returns in the outbox: rows and events commit together."""
        ...


@dataclass(frozen=True)
class Resources:
    """What a service works with."""

    settings: InfraSettings
    database: Database
    objects: ObjectStore
    outbox: Outbox
    clock: Clock


def nothing() -> None:
    """Start or stop nothing."""


@dataclass(frozen=True)
class Service:
    """One room of the house, as the runtime sees it."""

    name: str
    handlers: Mapping[type[Event], Handler] = field(default_factory=dict)
    publishes: tuple[type[Event], ...] = ()
    routes: APIRouter = field(default_factory=APIRouter)
    parallel: Mapping[str, int] = field(default_factory=dict)  # topic → events handled side by side; 1 if not named
    health: Mapping[str, Callable[[], None]] = field(default_factory=dict)  # name → check that raises when unfit
    on_start: Callable[[], None] = nothing
    on_stop: Callable[[], None] = nothing

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics this service reads."""
        return tuple(sorted({event.topic for event in self.handlers}))
