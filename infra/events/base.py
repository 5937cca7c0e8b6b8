"""The envelope of every event."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4, uuid5

from pydantic import AwareDatetime, Field

from infra.events.values import Value


class Event(Value):
    """Something that happened to one dossier."""

    event_type: ClassVar[str]
    topic: ClassVar[str]
    event_id: UUID = Field(default_factory=uuid4)
    dossier_id: UUID
    caused_by: UUID | None = None
    occurred_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))

    @property
    def partition_key(self) -> str:
        """Events with one key keep their order on the bus."""
        return str(self.dossier_id)

    @classmethod
    def following(cls, cause: "Event", *, part: str = "", **facts: Any) -> Self:
        """What `cause` led to. The same cause gives the same id, so repeats are visible.

        `part` tells apart several events of one type that follow one cause. `facts` is Any: pydantic checks it.
        """
        return cls(
            event_id=uuid5(cause.event_id, f"{cls.event_type}{part}"),
            dossier_id=cause.dossier_id,
            caused_by=cause.event_id,
            **facts,
        )
