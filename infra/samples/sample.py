"""Make a sample dossier: its scan, its vector PDF, and what is true of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image

from infra.samples.criteria import stars_of
from infra.samples.dossier import Dossier, compose, shortened
from infra.samples.drawing import DPI, PIXELS, Drawing, DrawnPage, read_back, typeset, with_boxes
from infra.samples.scan_pdf import JpegPage, write_image_pdf
from infra.samples.scanner import Pixels, scan, sign
from infra.samples.truth import CriterionTruth, DossierTruth, Level, PageTruth, leaning

Seen = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True)
class SamplePage:
    """One scanned page as it came off the machine (turned, if the clerk fed it so), and its truth."""

    jpeg: bytes
    truth: PageTruth

    @property
    def image(self) -> npt.NDArray[np.uint8]:
        """The pixels of the scan as fed, (height, width) grey or (height, width, 3) RGB."""
        return np.asarray(Image.open(BytesIO(self.jpeg)))

    @property
    def upright(self) -> npt.NDArray[np.uint8]:
        """The pixels turned upright: what the truth's boxes refer to."""
        return np.ascontiguousarray(np.rot90(self.image, -(self.truth.rotation // 90)))

    @property
    def png(self) -> bytes:
        out = BytesIO()
        Image.open(BytesIO(self.jpeg)).save(out, "PNG", dpi=(DPI, DPI))
        return out.getvalue()

    def for_pdf(self) -> JpegPage:
        with Image.open(BytesIO(self.jpeg)) as picture:
            return JpegPage(self.jpeg, picture.width, picture.height, picture.mode != "L")


@dataclass(frozen=True)
class Sample:
    """A dossier with its truth. `vector_pdf` has a text layer and no scanner's marks; its pages all stand upright."""

    truth: DossierTruth
    vector_pdf: bytes = field(repr=False)
    pages: tuple[SamplePage, ...] = field(repr=False)

    @cached_property
    def pdf(self) -> bytes:
        """The scan: an image-only PDF of all pages at 300 dpi."""
        return self.excerpt(*range(1, len(self.pages) + 1))

    def excerpt(self, *numbers: int) -> bytes:
        """An image-only PDF of the pages with these numbers, in this order."""
        out = BytesIO()
        write_image_pdf(out, (self.pages[number - 1].for_pdf() for number in numbers))
        return out.getvalue()

    def tiff(self, *numbers: int) -> bytes:
        """A multi-page TIFF (JPEG inside) of these pages, or of all."""
        chosen = [self.pages[number - 1] for number in numbers or range(1, len(self.pages) + 1)]
        pictures = [Image.open(BytesIO(page.jpeg)) for page in chosen]
        out = BytesIO()
        pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], compression="jpeg", dpi=(DPI, DPI))
        return out.getvalue()


def make(
    seed: int = 1,
    set_no: int = 7,
    level: Level = "office",
    stars: int = 4,
    pages: int | None = None,
    seen: Seen | None = None,
) -> Sample:
    """A whole sample in memory. For hundreds of pages prefer `write_scan`.

    Raises ValueError for an unknown set, stars outside 1 to 5, or fewer pages than the main papers need.
    """
    dossier, drawing = _draw(seed, set_no, stars, pages)
    scanned: list[SamplePage] = []
    criteria: list[CriterionTruth] = []
    for page, rows in _scanned(dossier, drawing, level):
        scanned.append(page)
        criteria.extend(rows)
        if seen:
            seen(len(scanned), len(drawing.plans))
    return Sample(_whole(dossier, level, [page.truth for page in scanned], criteria), drawing.pdf, tuple(scanned))


def write_scan(
    path: Path,
    seed: int = 1,
    set_no: int = 7,
    level: Level = "office",
    stars: int = 4,
    pages: int | None = None,
    seen: Seen | None = None,
) -> DossierTruth:
    """Write the scan (the same bytes as `make(...).pdf`) to `path` page by page, in flat memory."""
    dossier, drawing = _draw(seed, set_no, stars, pages)
    truths: list[PageTruth] = []
    criteria: list[CriterionTruth] = []

    def passing() -> Iterator[JpegPage]:
        for page, rows in _scanned(dossier, drawing, level):
            truths.append(page.truth)
            criteria.extend(rows)
            yield page.for_pdf()
            if seen:
                seen(len(truths), len(drawing.plans))

    with path.open("wb") as out:
        write_image_pdf(out, passing())
    return _whole(dossier, level, truths, criteria)


def _draw(seed: int, set_no: int, stars: int, pages: int | None) -> tuple[Dossier, Drawing]:
    """Compose and typeset; with `pages`, so much further evidence that it comes out at exactly so many."""
    dossier = compose(seed, set_no, stars)
    drawing = typeset(dossier)
    if pages is None:
        return dossier, drawing
    if pages < len(drawing.plans):
        raise ValueError(f"the main papers alone are {len(drawing.plans)} pages: ask for at least as many, not {pages}")
    dossier = compose(seed, set_no, stars, extra=pages - len(drawing.plans))
    drawing = typeset(dossier)
    if len(drawing.plans) > pages:  # some papers take two pages
        begins = [plan.number for plan in drawing.plans if plan.begins]
        dossier = shortened(dossier, begins, pages)
        drawing = typeset(dossier)
    return dossier, drawing


def _scanned(
    dossier: Dossier, drawing: Drawing, level: Level
) -> Iterator[tuple[SamplePage, tuple[CriterionTruth, ...]]]:
    """The pages one at a time."""
    document = pdfium.PdfDocument(drawing.pdf)
    try:
        for plan in drawing.plans:
            page = document[plan.number - 1]
            drawn = read_back(page, plan)
            picture = np.asarray(page.render(scale=PIXELS, rev_byteorder=True).to_numpy(), np.uint8)
            page.close()
            yield _through_scanner(dossier, drawn, picture[: drawn.truth.height, : drawn.truth.width, :3], level)
    finally:
        document.close()


def _through_scanner(
    dossier: Dossier, drawn: DrawnPage, picture: Pixels, level: Level
) -> tuple[SamplePage, tuple[CriterionTruth, ...]]:
    """Sign, stamp, scan, turn and store one page; move its truth along."""
    truth, style = drawn.truth, dossier.style
    rng = np.random.default_rng((dossier.seed, dossier.table.set_no, truth.number))
    signed, stamps = sign(picture, drawn.signatures, style.pen)
    colour = style.scanner == "colour" or (style.scanner == "mixed" and bool(stamps))
    pixels, skew, quality = scan(signed, level, colour, rng)
    place = partial(leaning, degrees=skew, width=truth.width, height=truth.height)
    rotation = int(rng.choice((90, 270))) if truth.width > truth.height else 0
    moved = with_boxes(truth.model_copy(update={"skew_degrees": skew, "rotation": rotation, "stamps": stamps}), place)
    rows = tuple(row.model_copy(update={"box": place(row.box)}) for row in drawn.criteria)
    return SamplePage(_jpeg(np.rot90(pixels, rotation // 90), quality), moved), rows


def _jpeg(pixels: npt.NDArray[np.uint8], quality: int) -> bytes:
    out = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=quality, dpi=(DPI, DPI))
    return out.getvalue()


def _whole(dossier: Dossier, level: Level, pages: list[PageTruth], rows: list[CriterionTruth]) -> DossierTruth:
    """The truth of the dossier, from its claims and its pages."""
    ticked = {
        tick.criterion: (page.number, tick.box)
        for page in pages
        for tick in page.ticks
        if tick.criterion and tick.ticked
    }
    criteria = [
        row.model_copy(update=dict(zip(("page", "box"), ticked[row.code], strict=True)))
        if row.source == "score-sheet" and row.code in ticked
        else row
        for row in rows
    ]  # the box of a row at the foot of a page may be ticked on the next one
    parts = {code: 0 for code, _, _ in dossier.table.parts}
    for criterion in dossier.table.scorable:
        parts[criterion.part] += dossier.claims[criterion.code].points
    return DossierTruth(
        seed=dossier.seed,
        level=level,
        decision=dossier.table.decision,
        rulebook=dossier.table.rulebook,
        set_no=dossier.table.set_no,
        parts=parts,
        total=sum(parts.values()),
        stars=stars_of(dossier.table, dossier.claims),
        fields=tuple(found for page in pages for found in page.fields),
        criteria=tuple(criteria),
        pages=tuple(pages),
    )
