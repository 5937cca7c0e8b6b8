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
from infra.samples.defects import Planted
from infra.samples.dossier import Dossier, compose, shortened
from infra.samples.drawing import PIXELS, Drawing, DrawnPage, read_back, typeset, with_boxes
from infra.samples.office_stamp import overprinted
from infra.samples.scan_pdf import JpegPage, group4, write_image_pdf
from infra.samples.scanner import Pixels, Scan, scan, sign
from infra.samples.truth import (
    Box,
    CriterionTruth,
    DefectTruth,
    DossierTruth,
    Level,
    PageTruth,
    leaning,
    warped,
)
from infra.samples.variant import USUAL, Turned, Variant

Seen = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True)
class SamplePage:
    """One scanned page as it came off the machine (turned, if the clerk fed it so), and its truth.

    `bilevel`: a fax; its JPEG is only for looking at, `image` and the PDF have pure black and white.
    """

    jpeg: bytes
    truth: PageTruth
    bilevel: bool = False

    @property
    def image(self) -> npt.NDArray[np.uint8]:
        """The pixels of the scan as fed, (height, width) grey or (height, width, 3) RGB."""
        pixels = np.asarray(Image.open(BytesIO(self.jpeg)))
        return np.where(pixels < 128, 0, 255).astype(np.uint8) if self.bilevel else pixels

    @property
    def upright(self) -> npt.NDArray[np.uint8]:
        """The pixels turned upright: what the truth's boxes refer to."""
        return np.ascontiguousarray(np.rot90(self.image, -(self.truth.rotation // 90)))

    @property
    def png(self) -> bytes:
        out = BytesIO()
        Image.fromarray(self.image).save(out, "PNG", dpi=self.dpi)
        return out.getvalue()

    @property
    def dpi(self) -> tuple[int, int]:
        """Pixels an inch of the picture as fed, across and down."""
        across, down = self.truth.dpi, self.truth.dpi_down or self.truth.dpi
        return (across, down) if self.truth.rotation in (0, 180) else (down, across)

    def for_pdf(self) -> JpegPage:
        across, down = self.dpi
        if self.bilevel:
            pixels = self.image
            return JpegPage(group4(pixels), pixels.shape[1], pixels.shape[0], False, across, down, bilevel=True)
        with Image.open(BytesIO(self.jpeg)) as picture:
            return JpegPage(self.jpeg, picture.width, picture.height, picture.mode != "L", across, down)


@dataclass(frozen=True)
class Sample:
    """A dossier with its truth. `vector_pdf` has a text layer and no scanner's marks; its pages all stand upright."""

    truth: DossierTruth
    vector_pdf: bytes = field(repr=False)
    pages: tuple[SamplePage, ...] = field(repr=False)

    @cached_property
    def pdf(self) -> bytes:
        """The scan: an image-only PDF of all pages."""
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
        pictures[0].save(
            out, "TIFF", save_all=True, append_images=pictures[1:], compression="jpeg", dpi=self.pages[0].dpi
        )
        return out.getvalue()


def make(
    seed: int = 1,
    set_no: int = 7,
    level: Level = "office",
    stars: int = 4,
    pages: int | None = None,
    seen: Seen | None = None,
    variant: Variant = USUAL,
) -> Sample:
    """A whole sample in memory. For hundreds of pages prefer `write_scan`.

    Raises ValueError for an unknown set, stars outside 1 to 5, or fewer pages than the main papers need.
    """
    dossier, drawing = _draw(seed, set_no, stars, pages, variant)
    scanned: list[SamplePage] = []
    criteria: list[CriterionTruth] = []
    for page, rows in _scanned(dossier, drawing, level, variant):
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
    variant: Variant = USUAL,
) -> DossierTruth:
    """Write the scan (the same bytes as `make(...).pdf`) to `path` page by page, in flat memory."""
    dossier, drawing = _draw(seed, set_no, stars, pages, variant)
    truths: list[PageTruth] = []
    criteria: list[CriterionTruth] = []

    def passing() -> Iterator[JpegPage]:
        for page, rows in _scanned(dossier, drawing, level, variant):
            truths.append(page.truth)
            criteria.extend(rows)
            yield page.for_pdf()
            if seen:
                seen(len(truths), len(drawing.plans))

    with path.open("wb") as out:
        write_image_pdf(out, passing())
    return _whole(dossier, level, truths, criteria)


def _draw(seed: int, set_no: int, stars: int, pages: int | None, variant: Variant) -> tuple[Dossier, Drawing]:
    """Compose and typeset; with `pages`, so much further evidence that it comes out at exactly so many."""
    dossier = compose(seed, set_no, stars, variant=variant)
    drawing = typeset(dossier)
    if pages is None:
        return dossier, drawing
    if pages < len(drawing.plans):
        raise ValueError(f"the main papers alone are {len(drawing.plans)} pages: ask for at least as many, not {pages}")
    dossier = compose(seed, set_no, stars, extra=pages - len(drawing.plans), variant=variant)
    drawing = typeset(dossier)
    if len(drawing.plans) > pages:  # some papers take two pages
        begins = [plan.number for plan in drawing.plans if plan.begins]
        dossier = shortened(dossier, begins, pages)
        drawing = typeset(dossier)
    return dossier, drawing


def _scanned(
    dossier: Dossier, drawing: Drawing, level: Level, variant: Variant
) -> Iterator[tuple[SamplePage, tuple[CriterionTruth, ...]]]:
    """The pages one at a time."""
    document = pdfium.PdfDocument(drawing.pdf)
    try:
        for plan in drawing.plans:
            page = document[plan.number - 1]
            drawn = read_back(page, plan)
            picture = np.asarray(page.render(scale=PIXELS, rev_byteorder=True).to_numpy(), np.uint8)
            page.close()
            upright = picture[: drawn.truth.height, : drawn.truth.width, :3]
            yield _through_scanner(dossier, drawn, upright, level, variant)
    finally:
        document.close()


def _through_scanner(
    dossier: Dossier, drawn: DrawnPage, picture: Pixels, level: Level, variant: Variant
) -> tuple[SamplePage, tuple[CriterionTruth, ...]]:
    """Sign, stamp, scan, turn and store one page; move its truth along."""
    truth, style = drawn.truth, dossier.style
    rng = np.random.default_rng((dossier.seed, dossier.table.set_no, truth.number))
    more = np.random.default_rng((dossier.seed, dossier.table.set_no, truth.number, 1))  # what variants need
    signed, stamps = sign(picture, drawn.signatures, style.pen)
    if variant.stamps:
        stamps += overprinted(signed, [word.box for word in truth.words], more)
    colour = style.scanner == "colour" or (style.scanner == "mixed" and bool(stamps))
    scanned = scan(signed, level, colour, rng, variant.dpi)
    rotation = int(rng.choice((90, 270))) if truth.width > truth.height else 0
    rotation = _fed(rotation, variant.turned, more)
    place = partial(_moved, scanned=scanned, width=truth.width, height=truth.height)
    height, width = scanned.pixels.shape[:2]
    facts = {
        "skew_degrees": scanned.skew,
        "rotation": rotation,
        "stamps": stamps,
        "width": width,
        "height": height,
        "dpi": scanned.dpi,
        "dpi_down": scanned.dpi_down,
        "warp": scanned.warp,
    }
    moved = with_boxes(truth.model_copy(update=facts), place)
    rows = tuple(row.model_copy(update={"box": place(row.box)}) for row in drawn.criteria)
    dpi = (scanned.dpi, scanned.dpi_down or scanned.dpi)
    jpeg = _jpeg(np.rot90(scanned.pixels, rotation // 90), scanned.quality, dpi if rotation % 180 == 0 else dpi[::-1])
    return SamplePage(jpeg, moved, bilevel=level == "fax"), rows


def _fed(rotation: int, turned: Turned, rng: np.random.Generator) -> int:
    """Degrees clockwise that will make the page upright; `rotation`: as it would lie without a wish."""
    if turned == "some" and not rotation:
        return int(rng.choice((0, 0, 0, 0, 0, 0, 90, 180, 270)))
    return int(turned) if turned.isdigit() else rotation


def _moved(box: Box, scanned: Scan, width: int, height: int) -> Box:
    """Where a box of the typeset page (width × height at 300 dpi) lies on the scan."""
    left, top, right, bottom = leaning(box, scanned.skew, width, height) if scanned.warp is None else box
    high, wide = scanned.pixels.shape[:2]
    across, down = wide / width, high / height
    sized = (round(left * across), round(top * down), round(right * across), round(bottom * down))
    return sized if scanned.warp is None else warped(sized, scanned.warp)


def _jpeg(pixels: npt.NDArray[np.uint8], quality: int, dpi: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=quality, dpi=dpi)
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
        defects=tuple(_placed(defect, pages, criteria) for defect in dossier.defects),
    )


def _placed(defect: Planted, pages: list[PageTruth], rows: list[CriterionTruth]) -> DefectTruth:
    """The mistake with the page it lies on: of its criterion, of its field, or the last of its paper with its print."""
    found = [row.page for row in rows if (row.code, row.source) == (defect.key, defect.paper)]
    own = [page for page in pages if page.kind == defect.paper]
    found += [page.number for page in own if any(field.name == defect.key for field in page.fields)]
    found += [page.number for page in reversed(own) if defect.printed in page.text]
    page = None if defect.kind == "evidence-missing" else found[0]
    return DefectTruth(kind=defect.kind, key=defect.key, page=page, printed=defect.printed, right=defect.right)
