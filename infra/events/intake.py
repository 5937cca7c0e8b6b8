"""What the intake service announces."""

from typing import ClassVar
from uuid import UUID

from infra.events.base import Event
from infra.events.values import ObjectRef, Value


class StoredFile(Value):
    """One uploaded scan, kept unchanged."""

    name: str  # as the clerk's computer named it, without folders
    content: ObjectRef
    pages: int  # as the file itself says; each is numbered on through the whole dossier


class DossierReceived(Event):
    """A clerk handed in a dossier; its originals are in the object store."""

    event_type: ClassVar[str] = "dossier.received.v1"
    topic: ClassVar[str] = "intake"
    revision: int = 1
    files: tuple[StoredFile, ...]
    submitted_by: str  # user name
    product: str | None = None  # as the clerk typed it; the scan decides
    province: str | None = None
    commune: str | None = None
    same_bytes_in: tuple[UUID, ...] = ()  # other dossiers holding one of these files: both sides are warned


class DossierWithdrawn(Event):
    """The applicant took the dossier back before it was rated."""

    event_type: ClassVar[str] = "dossier.withdrawn.v1"
    topic: ClassVar[str] = "intake"
    withdrawn_by: str
    reason: str
