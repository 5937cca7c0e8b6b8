"""Which way up a page is: by reading a few of its lines each way.

The profiles of its ink tell what to try first; then nearly every page costs nothing but lines that are read anyway.
Only a page that reads badly is tried upside down (the same lines, turned), and if its lines turn out to be columns of
letters, lying (a layout of its own).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extraction.engines import LineEngine
from extraction.layout.components import Floats, components
from extraction.layout.lines import Line
from extraction.layout.page import Layout, page_layout
from extraction.linereading import crop_box, line_picture
from extraction.pages import PageImage, grey, turned
from extraction.preprocessing import (
    LAYOUT_DPI,
    background_normalised,
    ink_threshold,
    inked_places,
    shrunk,
    skew_degrees,
    straightened,
)
from extraction.syllables import possible

STRIPS = 2  # side by side: columns may have rows of their own; in narrow ones single letters look like rows
LETTER_MM = 1.0, 8.0  # the longer side of letters, and of words that have run together
THINNEST = 4  # times as long as wide
LEAST_POINTS = 200  # pixels
SURELY_ROWS, ROWS = 1.4, 0.85  # how much sharper rows are than columns; most pages are not lying
EVEN = 0.03
TRIED_LINES = 7
CERTAIN = 0.93  # mean sign confidence of upright text at office quality is 0.98, of turned text 0.6
IN_ROWS = 0.55  # lines of a page on its head reach 0.6, columns of letters taken for lines 0.4
IMPOSSIBLE = 0.3  # taken from the score of a line none of whose words is Vietnamese; other languages read surely
FULL_WITNESSES = 3
WORTH = 12.0  # letter heights of line length that make a full witness


def likely_turn(page: PageImage) -> tuple[int, float]:
    """Degrees clockwise (0, 90, 180, 270) that would make letters stand in rows, feet down, and the skew left then.

    A guess from the ink's profiles in the page's overview, which says what to try first: rows of letters rise and fall
    more sharply than columns do, and more sharply at the line they stand on than at their heads, where capitals,
    ascenders and accents are.
    """
    page = page.overview
    skew = skew_degrees(page)
    rows, columns = _letter_points(page)
    if len(rows) < LEAST_POINTS:
        return 0, skew
    across, down = _steps(rows, columns, skew), _steps(columns, -rows, skew)
    if (across**2).sum() < SURELY_ROWS * (down**2).sum():
        lying_skew = skew_degrees(page.turned(90))
        down = _steps(columns, -rows, lying_skew)
        if (across**2).sum() < ROWS * (down**2).sum():
            return 90 if _feet_last(down) else 270, lying_skew
    return 0 if _feet_last(across) else 180, skew


def _letter_points(page: PageImage) -> tuple[Floats, Floats]:
    """Rows and columns of the ink of pieces as large as letters and short words, and no parts of worn rules."""
    even = background_normalised(page).pixels
    pieces = components(grey((even < ink_threshold(even)) * 255))
    longer, shorter = np.maximum(pieces.width, pieces.height), np.minimum(pieces.width, pieces.height)
    least, most = (limit * page.dpi / 25.4 for limit in LETTER_MM)
    columns, rows = inked_places(pieces.mask((longer >= least) & (longer <= most) & (longer <= THINNEST * shorter)))
    return rows.astype(np.float64), columns.astype(np.float64)


def _steps(rows: Floats, columns: Floats, degrees: float) -> Floats:
    """(STRIPS, rows) differences from row to row of how much ink there is, in strips side by side."""
    angle = np.deg2rad(degrees)
    down = rows * np.cos(angle) - columns * np.sin(angle)
    along = columns * np.cos(angle) + rows * np.sin(angle)
    row = (down - down.min()).astype(np.int64) + 1
    strip = ((along - along.min()) / (np.ptp(along) + 1) * STRIPS).astype(np.int64)
    high = int(row.max()) + 2
    return np.diff(np.bincount(strip * high + row, minlength=STRIPS * high).reshape(STRIPS, high).astype(np.float64))


def _feet_last(steps: Floats) -> bool:
    """Whether ink ends more sharply than it begins; what is nearly even counts as upright text, as most is."""
    return bool((steps**3).sum() < EVEN * (np.abs(steps) ** 3).sum())


@dataclass(frozen=True)
class Witnessed:
    """How well a few lines read, 0..1, and how long they are together, in letter heights."""

    score: float
    length: float

    @property
    def convincing(self) -> float:
        """A few scraps that happen to read well tell less than lines of text that read fairly."""
        return self.score * min(1.0, self.length / (FULL_WITNESSES * WORTH))


def rotation_of(page: Callable[[], PageImage], engine: LineEngine, here: Layout, turned_by: int = 0) -> int:
    """Degrees clockwise (0, 90, 180, 270) the page must still be turned to stand upright.

    If nothing tells, it goes back to how it was before it was `turned_by` so many degrees. `here` is the layout of the
    page as it is, straightened; the `page` itself is seldom asked for.
    """
    scores: dict[int, Witnessed] = {}
    back = -turned_by % 360
    scores[0] = upright_score(here, engine)
    if scores[0].score >= CERTAIN:
        return 0
    scores[180] = upright_score(here, engine, upside_down=True)
    if scores[180].score >= CERTAIN:
        return 180
    if max(each.score for each in scores.values()) >= IN_ROWS:
        return _best(scores, back)
    there = page_layout(_lying(page))
    scores[90] = upright_score(there, engine)
    scores[270] = upright_score(there, engine, upside_down=True)
    return _best(scores, back)


def _lying(page: Callable[[], PageImage]) -> PageImage:
    lying = shrunk(page(), LAYOUT_DPI).turned(90)
    return straightened(lying, skew_degrees(lying))


def _best(scores: Mapping[int, Witnessed], back: int) -> int:
    """The turn with the most convincing score, if it is clearly better than going back to how the page was."""
    best = max(scores, key=lambda degrees: scores[degrees].convincing)
    before = scores[back].convincing if back in scores else 0.0
    return best if scores[best].convincing > before + 0.05 else back


def upright_score(layout: Layout, engine: LineEngine, *, upside_down: bool = False) -> Witnessed:
    """How well a few of the page's lines read; long lines are better witnesses than short ones."""
    chosen = witnesses(layout.lines)
    if not chosen:
        return Witnessed(0.0, 0.0)
    sure, weight = 0.0, 0.0
    for line in chosen:
        picture = line_picture(layout, crop_box(line, layout.scale))
        reading = engine.read(turned(picture, 180) if upside_down else picture)
        length = min(WORTH, (line.box[2] - line.box[0]) / line.letter)
        told = sum(sign.text.isalnum() for sign in reading.signs)  # figures too: an invoice holds little else
        plausible = min(1.0, told / max(1.0, 0.35 * length))  # turned text reads as few signs, surely
        plausible *= 1 - IMPOSSIBLE * (1 - _share_possible(reading.text))
        sure += length * reading.confidence * plausible
        weight += length
    # A page with one short line is a weaker witness than a page full of them.
    return Witnessed(float(sure / max(weight, WORTH)), weight)


def _share_possible(text: str) -> float:
    """Share of the words that can be Vietnamese: large print on its head is read as nonsense, and surely."""
    words = [word for word in (word.strip(".,;:()") for word in text.split()) if len(word) > 1 and word.isalpha()]
    return sum(map(possible, words)) / len(words) if words else 1.0


def witnesses(lines: Sequence[Line]) -> list[Line]:
    """Lines to try: of middling length rather than the longest, which may be grown together, spread over the page."""
    wide = [line for line in lines if 5 <= (line.box[2] - line.box[0]) / line.letter <= 80]
    if len(wide) <= TRIED_LINES:
        return wide or list(lines)[:TRIED_LINES]
    longest = sorted(wide, key=lambda line: line.box[2] - line.box[0], reverse=True)[: 3 * TRIED_LINES]
    placed = sorted(longest, key=lambda line: line.box[1])
    return [placed[round(at)] for at in np.linspace(0, len(placed) - 1, TRIED_LINES)]
