"""Extraction over HTTP: pages with the values found on them, page pictures, the whole extraction."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy import select

from extraction import tables
from extraction.assembly import Extraction, page_alone
from extraction.changes import Changes, page_changes, value_changes
from extraction.forms import Forms
from extraction.handlers import FILES
from extraction.originals import Originals
from extraction.page_work import picture_one
from extraction.ranges import place_of
from extraction.readings import PageReading, PageSource
from extraction.settings import Settings
from infra.errors import NotFound
from infra.events.values import ObjectRef
from infra.http import requires
from infra.sandbox import Sandbox
from infra.service import Resources

READERS = ("clerk", "member", "secretary", "certifier", "administrator")
PICTURE_WIDTH = 1240  # pixels by default: A4 at 150 dpi


class UnknownPages(NotFound):
    def __init__(self) -> None:
        super().__init__("Hồ sơ này chưa có trang nào được đọc. Kiểm tra mã hồ sơ, hoặc đợi vài phút rồi mở lại.")


class UnknownPage(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"Trang {number} chưa được đọc hoặc không có trong hồ sơ.")


class NotExtracted(NotFound):
    def __init__(self) -> None:
        super().__init__("Hồ sơ chưa đọc xong; kết quả trích xuất có khi mọi trang đã đọc. Đợi vài phút rồi mở lại.")


class Readings:
    """What is stored of a dossier: of its newest revision, where none is named."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources

    def revisions(self, dossier_id: UUID) -> list[Any]:  # Rows of the revision table
        """Newest first, never empty."""
        mine = select(tables.revision).where(tables.revision.c.dossier_id == dossier_id)
        with self.resources.database.reading() as connection:
            rows = connection.execute(mine.order_by(tables.revision.c.revision.desc())).all()
        if not rows:
            raise UnknownPages
        return list(rows)

    def revision(self, dossier_id: UUID) -> Any:  # a Row of the revision table
        return self.revisions(dossier_id)[0]

    def pages(self, dossier_id: UUID, revision: int | None = None) -> list[Any]:
        chosen = revision or self.revision(dossier_id).revision
        mine = (tables.page.c.dossier_id == dossier_id) & (tables.page.c.revision == chosen)
        with self.resources.database.reading() as connection:
            return list(connection.execute(select(tables.page).where(mine).order_by(tables.page.c.number)))

    def page(self, dossier_id: UUID, number: int) -> PageReading:
        row = next((row for row in self.pages(dossier_id) if row.number == number), None)
        if row is None:
            raise UnknownPage(number)
        content = self.resources.objects.read(ObjectRef.model_validate(row.reading))
        return PageReading.model_validate_json(content).model_copy(update={"number": number})

    def extraction(self, dossier_id: UUID) -> Extraction | None:
        return self._stored(self.revision(dossier_id))

    def changes(self, dossier_id: UUID) -> Changes:
        """What the newest revision changes; of its pages those that are read so far."""
        newest, *older = self.revisions(dossier_id)
        if not older:
            return Changes(revision=newest.revision)
        contents = [
            {row.number: row.content for row in self.pages(dossier_id, each.revision)} for each in (older[0], newest)
        ]
        pages, gone = page_changes(*contents)
        if len(contents[1]) < newest.total_pages:
            gone = ()  # it may still turn up
        before, after = self._stored(older[0]), self._stored(newest)
        values = value_changes(before, after) if before and after else ()
        return Changes(revision=newest.revision, previous=older[0].revision, pages=pages, gone=gone, values=values)

    def _stored(self, revision: Any) -> Extraction | None:
        if revision.extraction is None:
            return None
        reference = ObjectRef.model_validate(revision.extraction)
        return Extraction.model_validate_json(self.resources.objects.read(reference))


def routes(resources: Resources, originals: Originals, sandbox: Sandbox, settings: Settings, forms: Forms) -> APIRouter:
    router = APIRouter(prefix="/api/v1/dossiers/{dossier_id}", tags=["extraction"], dependencies=[requires(*READERS)])
    readings = Readings(resources)

    @router.get("/pages")
    def pages(dossier_id: UUID) -> list[dict[str, Any]]:
        """Every page done so far, in order; `kind` once the whole dossier is understood."""
        extraction = readings.extraction(dossier_id)
        kinds = {page.number: page.kind for page in extraction.pages} if extraction else {}
        return [
            {"number": row.number, "source": row.source, "reason": row.reason, "kind": kinds.get(row.number)}
            for row in readings.pages(dossier_id)
        ]

    @router.get("/pages/{number}")
    def page(dossier_id: UUID, number: int) -> dict[str, Any]:
        """One page's reading, with the fields and criteria found on it; by itself, until all pages are read."""
        reading = readings.page(dossier_id, number)
        extraction = readings.extraction(dossier_id) or page_alone(reading, forms)
        understood = next((each for each in extraction.pages if each.number == number), reading)
        return {
            **understood.model_dump(mode="json"),
            "fields": [each.model_dump(mode="json") for each in extraction.fields if each.page == number],
            "criteria": [each.model_dump(mode="json") for each in extraction.criteria if each.page == number],
        }

    @router.get("/pages/{number}/image")
    def image(dossier_id: UUID, number: int, width: int = PICTURE_WIDTH) -> Response:
        """The upright page as a JPEG `width` pixels wide (100 to 2600); boxes of the reading scale with it."""
        files = FILES.validate_python(readings.revision(dossier_id).files)
        place = place_of(files, number)
        if place is None:
            raise UnknownPage(number)
        file_no, page = place
        turn, skew = _stance(readings, dossier_id, number)
        content = files[file_no].content
        with originals.copy(content) as path:
            picture = sandbox.run(
                picture_one,
                str(path),
                content.media_type,
                page,
                turn,
                skew,
                min(2600, max(100, width)),
                seconds=settings.page_seconds,
                memory_mb=settings.page_memory_mb,
            )
        return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})

    @router.get("/extraction")
    def extraction(dossier_id: UUID) -> dict[str, Any]:
        """The whole extraction, as `ocop read` would print it, over all files of the dossier."""
        found = readings.extraction(dossier_id)
        if found is None:
            raise NotExtracted
        return {"dossier_id": str(dossier_id), **found.model_dump(mode="json")}

    @router.get("/changes")
    def changes(dossier_id: UUID) -> Changes:
        """The newest version beside the one before: pages drawn the same, new and gone ones, values that differ."""
        return readings.changes(dossier_id)

    return router


def _stance(readings: Readings, dossier_id: UUID, number: int) -> tuple[int, float]:
    """How the page was turned and straightened to be read; not at all if it was not read."""
    try:
        reading = readings.page(dossier_id, number)
    except NotFound:
        return 0, 0.0
    if reading.source is PageSource.QUARANTINED:
        return 0, 0.0
    return reading.rotation, reading.skew_degrees
