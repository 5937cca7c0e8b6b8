"""What is true about a sample dossier: exact, because we drew it. Written as JSON beside the scan.

Boxes are `(left, top, right, bottom)` in pixels of the page turned upright by `rotation`, as the scan shows it: a
skewed page has its boxes moved with the skew, keeping their size; `straightened` gives them before the skew. On a
photo (`warp`) a box is the least upright one around what became of its four corners. `as_fed`: before any turning.
"""

from math import cos, radians, sin
from typing import Literal

from pydantic import BaseModel, ConfigDict

from infra.events.values import Box as Box

Level = Literal["clean", "office", "poor", "photo", "fax"]
Warp = tuple[float, float, float, float, float, float, float, float, float]  # a 3 × 3 homography, row by row
Source = Literal["score-sheet", "self-assessment"]
FieldValue = str | bool
DefectKind = Literal[
    "sum-differs",
    "claim-differs-from-tick",
    "expired",
    "impossible-date",
    "bad-tax-code",
    "evidence-missing",
    "limit-exceeded",
]


class Truth(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WordTruth(Truth):
    text: str
    box: Box


class TickTruth(Truth):
    """A printed box. `criterion` and `option` (from 0) in a score sheet, else `name` of the field it answers.

    `mark`: the shape somebody drew, empty where nothing is said of it. `crossed_out`: a tick struck out again, which
    is none. `look`: a clerk should look, since a tick of this question was struck out.
    """

    box: Box
    ticked: bool
    mark: str = ""
    crossed_out: bool = False
    look: bool = False
    criterion: str | None = None
    option: int | None = None
    name: str | None = None


class CellTruth(Truth):
    row: int  # from 0 on each page
    col: int
    row_span: int
    col_span: int
    box: Box
    text: str


class TableTruth(Truth):
    box: Box
    cells: tuple[CellTruth, ...]


class FieldTruth(Truth):
    """A value on a page. `raw` as printed, `value` normalised as `ocop read` promises."""

    name: str
    value: FieldValue
    raw: str
    page: int
    box: Box


class CriterionTruth(Truth):
    """What was claimed for one row: `option` counts from 0; None where the row has no options or nothing is ticked."""

    code: str
    source: Source
    points: int
    option: int | None
    page: int
    box: Box


class DefectTruth(Truth):
    """A mistake put in on purpose. `key`: the field or criterion it concerns; `page`: None where a paper is missing.

    `printed` is what stands there, `right` what should.
    """

    kind: DefectKind
    key: str
    page: int | None
    printed: str
    right: str


class PageTruth(Truth):
    """One page. `rotation`: degrees clockwise that make the scan upright; width, height: of the upright page.

    `skew_degrees`: how far the upright page leans clockwise. `stamps`: where red stamps lie over the print.
    `dpi_down`: pixels an inch from top to bottom where they are not as many as across (fax). `warp`: takes a point of
    the flat sheet (of the same width and height) to the photo.
    """

    number: int
    kind: str
    rotation: int
    skew_degrees: float
    width: int
    height: int
    dpi: int
    text: str
    words: tuple[WordTruth, ...]
    ticks: tuple[TickTruth, ...]
    tables: tuple[TableTruth, ...]
    fields: tuple[FieldTruth, ...]
    stamps: tuple[Box, ...]
    dpi_down: int | None = None
    warp: Warp | None = None


class DossierTruth(Truth):
    """The whole dossier: `parts` and `total` are the sums of the score sheet, `stars` the rank they make.

    With defects planted the sheet may print another total; then `defects` says so.
    """

    seed: int
    level: Level
    decision: str
    rulebook: str
    set_no: int
    parts: dict[str, int]
    total: int
    stars: int
    fields: tuple[FieldTruth, ...]
    criteria: tuple[CriterionTruth, ...]
    pages: tuple[PageTruth, ...]
    defects: tuple[DefectTruth, ...] = ()

    def claims(self, source: Source) -> dict[str, CriterionTruth]:
        """The rows of one paper by criterion code."""
        return {row.code: row for row in self.criteria if row.source == source}

    def value(self, name: str) -> FieldValue:
        """The first value of that name. Raises KeyError where the dossier has none."""
        for field in self.fields:
            if field.name == name:
                return field.value
        raise KeyError(name)


def leaning(box: Box, degrees: float, width: int, height: int) -> Box:
    """The box after its page (width × height) leaned `degrees` clockwise about its middle; its size stays."""
    left, top, right, bottom = box
    from_middle_x, from_middle_y = (left + right - width) / 2, (top + bottom - height) / 2
    turn = radians(degrees)
    x = width / 2 + from_middle_x * cos(turn) - from_middle_y * sin(turn)
    y = height / 2 + from_middle_x * sin(turn) + from_middle_y * cos(turn)
    new_left, new_top = round(x - (right - left) / 2), round(y - (bottom - top) / 2)
    return new_left, new_top, new_left + right - left, new_top + bottom - top


def warped(box: Box, warp: Warp) -> Box:
    """The least upright box around the box's four corners once the homography moved them."""
    left, top, right, bottom = box
    points = [_moved(x, y, warp) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    across, down = [x for x, _ in points], [y for _, y in points]
    return round(min(across)), round(min(down)), round(max(across)), round(max(down))


def _moved(x: float, y: float, warp: Warp) -> tuple[float, float]:
    depth = warp[6] * x + warp[7] * y + warp[8]
    return (warp[0] * x + warp[1] * y + warp[2]) / depth, (warp[3] * x + warp[4] * y + warp[5]) / depth


def undone(warp: Warp) -> Warp:
    """The homography that takes points back: the adjugate, scaled by its last number."""
    a, b, c, d, e, f, g, h, i = warp
    back = (e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f)
    last = (d * h - e * g, b * g - a * h, a * e - b * d)
    return (*(one / last[2] for one in (*back, *last)),)  # type: ignore[return-value]  # nine numbers


def straightened(box: Box, page: PageTruth) -> Box:
    """Where the box would lie on the flat, level sheet (to within a pixel; from a photo a little larger)."""
    if page.warp is not None:
        return warped(box, undone(page.warp))
    return leaning(box, -page.skew_degrees, page.width, page.height)


def as_fed(box: Box, page: PageTruth) -> Box:
    """The box on the picture as it came off the machine, before it is turned by `rotation` clockwise."""
    left, top, right, bottom = box
    if page.rotation == 90:  # the scan's right edge becomes its foot: what is at the top came from the left
        return top, page.width - right, bottom, page.width - left
    if page.rotation == 180:
        return page.width - right, page.height - bottom, page.width - left, page.height - top
    if page.rotation == 270:
        return page.height - bottom, left, page.height - top, right
    return box
