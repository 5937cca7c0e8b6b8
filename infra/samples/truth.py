"""What is true about a sample dossier: exact, because we drew it. Written as JSON beside the scan.

Boxes are `(left, top, right, bottom)` in pixels of the page turned upright by `rotation`, as the scan shows it: a
skewed page has its boxes moved with the skew, keeping their size; `straightened` gives them before the skew.
"""

from math import cos, radians, sin
from typing import Literal

from pydantic import BaseModel, ConfigDict

from infra.events.values import Box as Box

Level = Literal["clean", "office", "poor"]
Source = Literal["score-sheet", "self-assessment"]
FieldValue = str | bool


class Truth(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WordTruth(Truth):
    text: str
    box: Box


class TickTruth(Truth):
    """A printed box. `criterion` and `option` (from 0) in a score sheet, else `name` of the field it answers."""

    box: Box
    ticked: bool
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


class PageTruth(Truth):
    """One page. `rotation`: degrees clockwise that make the scan upright; width, height: of the upright page.

    `skew_degrees`: how far the upright page leans clockwise. `stamps`: where red stamps lie over the print.
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


class DossierTruth(Truth):
    """The whole dossier: `parts` and `total` are the sums of the score sheet, `stars` the rank they make."""

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


def straightened(box: Box, page: PageTruth) -> Box:
    """Where the box would lie had the page not been skewed (to within a pixel)."""
    return leaning(box, -page.skew_degrees, page.width, page.height)
