"""Which way up a page is: by reading a few of its lines each way.

Nearly every page arrives upright, so that is tried first and costs nothing but lines that are read anyway. Only a page
that reads badly is tried upside down (the same lines, turned) and lying (a layout of its own).
"""

from collections.abc import Sequence

import numpy as np

from extraction.engines import LineEngine
from extraction.layout.lines import Line
from extraction.layout.page import Layout, page_layout
from extraction.linereading import crop_box, line_picture
from extraction.pages import PageImage, turned
from extraction.preprocessing import LAYOUT_DPI, shrunk, skew_degrees, straightened

TRIED_LINES = 7
CERTAIN = 0.93  # mean sign confidence of upright text at office quality is 0.98, of turned text 0.6
WORTH = 12.0  # letter heights of line length that make a full witness


def rotation_of(page: PageImage, engine: LineEngine, layout: Layout | None = None) -> int:
    """Degrees clockwise (0, 90, 180, 270) the page must be turned to stand upright; 0 if nothing tells.

    `layout`, if given, is that of the page as it is, straightened.
    """
    scores: dict[int, float] = {}
    here = page_layout(page) if layout is None else layout
    scores[0] = upright_score(here, engine)
    if scores[0] >= CERTAIN:
        return 0
    scores[180] = upright_score(here, engine, upside_down=True)
    if scores[180] >= CERTAIN:
        return 180
    lying = shrunk(page, LAYOUT_DPI).turned(90)
    lying = straightened(lying, skew_degrees(lying))
    there = page_layout(lying)
    scores[90] = upright_score(there, engine)
    scores[270] = upright_score(there, engine, upside_down=True)
    best = max(scores, key=lambda degrees: scores[degrees])
    return best if scores[best] > scores[0] + 0.05 else 0


def upright_score(layout: Layout, engine: LineEngine, *, upside_down: bool = False) -> float:
    """How well a few of the page's lines read, 0..1; long lines are better witnesses than short ones."""
    chosen = witnesses(layout.lines)
    if not chosen:
        return 0.0
    sure, weight = 0.0, 0.0
    for line in chosen:
        picture = line_picture(layout, crop_box(line, layout.scale))
        reading = engine.read(turned(picture, 180) if upside_down else picture)
        length = min(WORTH, (line.box[2] - line.box[0]) / line.letter)
        letters = sum(sign.text.isalpha() for sign in reading.signs)
        plausible = min(1.0, letters / max(1.0, 0.35 * length))  # turned text reads as few signs, surely
        sure += length * reading.confidence * plausible
        weight += length
    # A page with one short line is a weaker witness than a page full of them.
    return float(sure / max(weight, WORTH))


def witnesses(lines: Sequence[Line]) -> list[Line]:
    """Lines to try: of middling length rather than the longest, which may be grown together, spread over the page."""
    wide = [line for line in lines if 5 <= (line.box[2] - line.box[0]) / line.letter <= 80]
    if len(wide) <= TRIED_LINES:
        return wide or list(lines)[:TRIED_LINES]
    longest = sorted(wide, key=lambda line: line.box[2] - line.box[0], reverse=True)[: 3 * TRIED_LINES]
    placed = sorted(longest, key=lambda line: line.box[1])
    return [placed[round(at)] for at in np.linspace(0, len(placed) - 1, TRIED_LINES)]
