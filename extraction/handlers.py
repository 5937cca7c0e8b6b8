"""Received dossiers become page readings, and those one extraction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid5

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, select, update

from extraction import tables
from extraction.assembly import Extraction, SourceFile, assemble
from extraction.forms import Forms
from extraction.memory import PageMemory
from extraction.metrics import REMEMBERED, REVIEWS
from extraction.originals import Originals
from extraction.page_reader import PageReader
from extraction.ranges import first_pages, split
from extraction.readings import PageReading, PageSource
from infra.clock import local_date
from infra.database import Database, upsert
from infra.events.base import Event
from infra.events.extraction import (
    AssembleDossier,
    DossierExtracted,
    ExtractionFailed,
    PageQuarantined,
    PagesRead,
    ReadPages,
)
from infra.events.intake import DossierReceived, DossierWithdrawn, StoredFile
from infra.events.values import ObjectRef, RulebookRef
from infra.objects import ObjectStore
from infra.service import Reaction, Write

FILES = TypeAdapter(tuple[StoredFile, ...])
NOTHING_READ = (
    "Không đọc được trang nào của hồ sơ. Các bản gốc vẫn được giữ. Mở thử từng tệp; nếu tệp mở được, hãy quét lại ở "
    "300 dpi rồi nộp lại."
)


def split_dossier(received: DossierReceived) -> Write:
    """Give every page range of the dossier to the workers."""

    def write(connection: Connection) -> Sequence[Event]:
        key = {"dossier_id": received.dossier_id, "revision": received.revision}
        row = {
            **key,
            "files": FILES.dump_python(received.files, mode="json"),
            "total_pages": sum(file.pages for file in received.files),
            "received_at": received.occurred_at,
            "withdrawn": False,
        }
        upsert(connection, tables.revision, tuple(key), row, replace=False)
        return [
            ReadPages.following(
                received,
                part=f"/{each.file_no}/{each.first}",
                revision=received.revision,
                file_no=each.file_no,
                content=received.files[each.file_no].content,
                first_page=each.first,
                last_page=each.last,
            )
            for each in split([file.pages for file in received.files])
        ]

    return write


def forget_dossier(withdrawn: DossierWithdrawn) -> Write:
    """Pages of a withdrawn dossier that are still waiting are not read."""

    def write(connection: Connection) -> Sequence[Event]:
        chosen = update(tables.revision).where(tables.revision.c.dossier_id == withdrawn.dossier_id)
        connection.execute(chosen.values(withdrawn=True))
        return ()

    return write


@dataclass(frozen=True)
class DonePage:
    """A page read now or before; `seconds` is what it took now."""

    reading: PageReading
    stored: ObjectRef
    content: str
    seconds: float

    def moved(self, pages: int) -> "DonePage":
        """The page as it is numbered in the whole dossier."""
        return replace(self, reading=self.reading.model_copy(update={"number": self.reading.number + pages}))


class ReadRange:
    """Handler of ReadPages: each page in a worker process, then the rows of the range at once."""

    def __init__(self, objects: ObjectStore, originals: Originals, reader: PageReader, memory: PageMemory) -> None:
        self.database, self.objects, self.originals = memory.database, objects, originals
        self.reader, self.memory = reader, memory

    def __call__(self, work: ReadPages) -> Reaction:
        files, withdrawn = self._revision(work)
        if withdrawn:
            return None
        offset = first_pages(files)[work.file_no] - 1
        done = [page.moved(offset) for page in self._pages(work)]
        rows = [
            {
                "dossier_id": work.dossier_id,
                "revision": work.revision,
                "number": page.reading.number,
                "source": page.reading.source.value,
                "reason": page.reading.reason,
                "reading": page.stored.model_dump(mode="json"),
                "seconds": page.seconds,
                "content": page.content,
            }
            for page in done
        ]
        return partial(self._record, work, rows, offset)

    def _revision(self, work: ReadPages) -> tuple[tuple[StoredFile, ...], bool]:
        with self.database.reading() as connection:
            row = connection.execute(_revision_of(work)).one()
        return FILES.validate_python(row.files), row.withdrawn

    def _pages(self, work: ReadPages) -> list[DonePage]:
        """The pages of the range, remembered or read; a file all of whose pages are remembered is not even opened."""
        pages, sha256 = list(range(work.first_page, work.last_page + 1)), work.content.sha256
        contents = self.memory.contents(sha256, pages)
        new = [page for page in pages if page not in contents]
        done = {page: self._remembered(page, content, "file") for page, content in contents.items()}
        if all(done.get(page) for page in pages):
            return [each for page in pages if (each := done[page])]
        with self.originals.copy(work.content) as path:
            if new:
                contents |= self.reader.contents(path, sha256, new)
                self.memory.note(sha256, contents)
            return [
                done.get(page)
                or self._remembered(page, contents[page], "picture")
                or self._read(path, work.content.media_type, page, contents[page])
                for page in pages
            ]

    def _remembered(self, page: int, content: str, known_by: str) -> DonePage | None:
        stored = self.memory.recall(content)
        if stored is None:
            return None
        REMEMBERED.labels(known_by).inc()
        reading = PageReading.model_validate_json(self.objects.read(stored))
        return DonePage(reading.model_copy(update={"number": page}), stored, content, 0.0)

    def _read(self, path: Path, media_type: str, page: int, content: str) -> DonePage:
        reading, seconds = self.reader.read(path, media_type, page)
        stored = self.objects.put(reading.model_dump_json().encode(), "application/json", kind="readings")
        if reading.source is not PageSource.QUARANTINED:  # what failed once gets another chance
            self.memory.keep(content, stored)
        return DonePage(reading, stored, content, seconds)

    def _record(
        self,
        work: ReadPages,
        rows: Sequence[dict[str, Any]],
        offset: int,
        connection: Connection,
    ) -> Sequence[Event]:
        """The rows of the range; whoever completes the dossier asks for its assembly."""
        total = connection.execute(_revision_of(work).with_for_update()).one().total_pages
        for row in rows:
            upsert(connection, tables.page, ("dossier_id", "revision", "number"), row)
        mine = (tables.page.c.dossier_id == work.dossier_id) & (tables.page.c.revision == work.revision)
        done = connection.execute(select(func.count()).select_from(tables.page).where(mine)).scalar_one()
        first, last = offset + work.first_page, offset + work.last_page
        events: list[Event] = [
            PagesRead.following(work, revision=work.revision, first_page=first, last_page=last, total_pages=total)
        ]
        events += [
            PageQuarantined.following(
                work, part=f"/{row['number']}", revision=work.revision, page=row["number"], reason=row["reason"]
            )
            for row in rows
            if row["source"] == PageSource.QUARANTINED
        ]
        if done == total:
            events.append(
                AssembleDossier(
                    event_id=uuid5(work.dossier_id, f"assemble/{work.revision}"),
                    dossier_id=work.dossier_id,
                    caused_by=work.event_id,
                    revision=work.revision,
                )
            )
        return events


class Assemble:
    """Handler of AssembleDossier: all page readings become extraction.json."""

    def __init__(self, database: Database, objects: ObjectStore, forms: Forms, engine: str) -> None:
        self.database, self.objects, self.forms, self.engine = database, objects, forms, engine

    def __call__(self, work: AssembleDossier) -> Reaction:
        with self.database.reading() as connection:
            row = connection.execute(_revision_of(work)).one()
            mine = (tables.page.c.dossier_id == work.dossier_id) & (tables.page.c.revision == work.revision)
            pages = connection.execute(select(tables.page).where(mine).order_by(tables.page.c.number)).all()
        if all(page.source == PageSource.QUARANTINED for page in pages):
            return ExtractionFailed.following(work, revision=work.revision, reason=NOTHING_READ)
        readings = [
            PageReading.model_validate_json(self.objects.read(ObjectRef.model_validate(page.reading))).model_copy(
                update={"number": page.number}
            )
            for page in pages
        ]
        files = FILES.validate_python(row.files)
        sources = [
            SourceFile(name=file.name, sha256=file.content.sha256, first_page=first, pages=file.pages)
            for file, first in zip(files, first_pages(files), strict=True)
        ]
        seconds, day = sum(page.seconds for page in pages), local_date(row.received_at)
        extraction = assemble(readings, self.forms, self.engine, seconds, sources, day)
        _count_reviews(extraction)
        ref = self.objects.put(extraction.model_dump_json().encode(), "application/json", kind="extractions")
        return partial(self._record, work, extraction, ref)

    def _record(
        self, work: AssembleDossier, extraction: Extraction, ref: ObjectRef, connection: Connection
    ) -> Sequence[Event]:
        mine = (tables.revision.c.dossier_id == work.dossier_id) & (tables.revision.c.revision == work.revision)
        connection.execute(update(tables.revision).where(mine).values(extraction=ref.model_dump(mode="json")))
        rulebook = extraction.rulebook
        return [
            DossierExtracted.following(
                work,
                revision=work.revision,
                extraction=ref,
                pages=len(extraction.pages),
                quarantined=tuple(page.number for page in extraction.pages if page.source is PageSource.QUARANTINED),
                engine=extraction.engine,
                rulebook=RulebookRef(decision=rulebook.decision, set_no=rulebook.set_no) if rulebook else None,
                product=extraction.text_of("product.name"),
                applicant=extraction.text_of("applicant.name"),
            )
        ]


def _revision_of(work: ReadPages | AssembleDossier) -> Any:  # a Select over all columns, which has no short type
    revision = tables.revision
    return select(revision).where(revision.c.dossier_id == work.dossier_id, revision.c.revision == work.revision)


def _count_reviews(extraction: Extraction) -> None:
    doubts = [value.needs_review for value in extraction.fields] + [value.needs_review for value in extraction.criteria]
    for doubt in doubts:
        REVIEWS.labels(str(doubt).lower()).inc()
