"""What the extraction service announces, and (topic `extraction.work`) the work it gives to itself."""

from typing import ClassVar

from infra.events.base import Event
from infra.events.values import ObjectRef, RulebookRef


class ReadPages(Event):
    """Work: read pages `first_page` … `last_page` of one file (numbered within that file, both included, at most 8)."""

    event_type: ClassVar[str] = "work.read-pages.v1"
    topic: ClassVar[str] = "extraction.work"
    revision: int
    file_no: int  # from 0
    content: ObjectRef
    first_page: int
    last_page: int

    @property
    def partition_key(self) -> str:
        """Ranges of one dossier spread over all workers."""
        return f"{self.dossier_id}/{self.revision}/{self.file_no}/{self.first_page}"


class AssembleDossier(Event):
    """Work: every page of the revision is read or quarantined; make the extraction of the whole dossier."""

    event_type: ClassVar[str] = "work.assemble-dossier.v1"
    topic: ClassVar[str] = "extraction.work"
    revision: int


class PagesRead(Event):
    """A page range is done: progress. Page numbers run through the whole dossier."""

    event_type: ClassVar[str] = "pages.read.v1"
    topic: ClassVar[str] = "extraction"
    revision: int
    first_page: int
    last_page: int
    total_pages: int


class PageQuarantined(Event):
    """One page could not be read; the rest of the dossier goes on."""

    event_type: ClassVar[str] = "page.quarantined.v1"
    topic: ClassVar[str] = "extraction"
    revision: int
    page: int
    reason: str  # a Vietnamese sentence for the clerk


class DossierExtracted(Event):
    """Every page was read or quarantined. Final for this revision: a second reading is a new event, never an edit."""

    event_type: ClassVar[str] = "dossier.extracted.v1"
    topic: ClassVar[str] = "extraction"
    revision: int
    extraction: ObjectRef  # extraction.json
    pages: int
    quarantined: tuple[int, ...] = ()
    engine: str  # name and version
    rulebook: RulebookRef | None = None
    product: str | None = None
    applicant: str | None = None


class ExtractionFailed(Event):
    """The dossier cannot be read at all, and trying again will not help."""

    event_type: ClassVar[str] = "dossier.extraction-failed.v1"
    topic: ClassVar[str] = "extraction"
    revision: int
    reason: str  # a Vietnamese sentence for the clerk
