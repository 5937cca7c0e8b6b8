"""Ruled lines of which a coarse scan has left specks: whether one goes on is told by all of the way it would take.

A hairline breaks to dashes, then to dots, and in the end to a few specks that alone say nothing. But where a level line
ends short of an upright one, or an upright one is gone between two rows, it is known where the rest must lie: a few
specks there and none beside it are enough.
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from extraction.bits import Bits
from extraction.layout.components import Components, Flags, Ints, closed, components, dilated
from extraction.layout.ink import Ink
from extraction.pages import Mask, without

MEET_MM = 2.0  # how far from an upright line a level one may end and still meet it
BRIDGED_MM = 3.0  # gaps within one piece of a line
ALIKE_MM = 1.2  # how far pieces of one upright line may stand apart sideways
FEWEST_LEVEL, FEWEST_LOOSE = 4, 2  # lines of a table that is looked at again; lines that end nowhere
SPECKS, ALONE, FEWEST_SPECKS = 0.04, 3.0, 3  # share of the way that is specks, and how often that beside it, at least
BARRED = 0.25  # share of the way on which letters stand, at most
HALF = 0.4  # of the way from one upright line to the next; what is drawn on that much of it is drawn on all
WORN = 0.75  # share of a line that is ink, at most: of what is left of it on another part nothing may be
TEXT_MM, MARGIN_MM = 7.0, 1.2  # how far from a line that parts them texts stand at most; what is at their sides is none
BEYOND_MM = 15.0  # below and above the upright lines, level ones are looked for
ASIDE = (4, 8)  # pixels from the way that are beside it
STRIP_MM = 20.0  # between upright lines so far apart, level ones are looked for of which nothing was found
ROW, ROW_ALONE = 0.15, 4.0  # share of such a row that is specks, and how often that of the rows beside it, at least
PART = 0.3  # of a strip, a line found there covers at least
REGULAR = 1.6, 0.3  # usual gaps, in their median; their deviation, in their mean: less has a dotted leader
ROW_MM = 3.0  # a table's rows are higher
TOUCHED = 3  # pixels


@dataclass(frozen=True, eq=False)
class Specks:
    """What lines may be left of, having no ink right beside it: `level` and `upright` ones; and all ink."""

    level: Mask
    upright: Mask
    ink: Ink


@dataclass
class _Column:
    """An upright line: from where to where each piece of it goes, and where it stands there, from top to bottom."""

    x: list[float]
    y: list[int]

    def at(self, y: float) -> float:
        """Where it stands at this height, also beyond its ends."""
        return float(np.interp(y, self.y, self.x))

    def spans(self, y: float, reach: int) -> bool:
        return self.y[0] - reach <= y <= self.y[-1] + reach


def completed(across: Mask, down: Mask, level: Bits, upright: Bits, ink: Ink) -> tuple[Mask, Mask]:
    """The level and the upright lines, drawn on to where they meet as far as specks show the way.

    `level`, `upright`: ink that such lines may be, having none right beside it.
    """
    gap = ink.pixels(BRIDGED_MM)
    levels = components(closed(across, gap, 1))
    if len(levels) < FEWEST_LEVEL:
        return across, down
    uprights = components(closed(down, 1, gap))
    if not len(uprights) or not _is_loose(levels, uprights, ink):
        return across, down
    specks = Specks(without(level.mask, across), without(upright.mask, down), ink)
    across, down = across.copy(), down.copy()
    columns = _columns(uprights, ink)
    _lengthen(columns, levels.top + levels.height // 2, down, specks)
    _lengthen(columns, _draw_rows(columns, across, specks), down, specks)
    levels = components(closed(across, gap, 1))
    for line in range(len(levels)):
        _reach_out(levels, line, columns, across, specks)
    return across, down


def _is_loose(levels: Components, uprights: Components, ink: Ink) -> bool:
    """Whether some level lines beside upright ones end where there is none."""
    near = ink.pixels(MEET_MM)
    x = uprights.left + uprights.width / 2
    y = (levels.top + levels.height / 2)[:, None]
    beside = (y >= uprights.top - near) & (y <= uprights.bottom + near)
    ends = (levels.left, levels.right)
    met = np.stack([((np.abs(end[:, None] - x) <= near) & beside).any(1) for end in ends])
    return int((beside.any(1) & ~met.all(0)).sum()) >= FEWEST_LOOSE


def _columns(uprights: Components, ink: Ink) -> list[_Column]:
    """The upright lines, the pieces of each together."""
    alike = ink.pixels(ALIKE_MM)
    columns: list[_Column] = []
    for piece in np.argsort(uprights.top, kind="stable").tolist():
        left, top, right, bottom = uprights.box(piece)
        x = (left + right - 1) / 2
        column = min(columns, key=lambda each: abs(each.x[-1] - x), default=None)
        if column is None or abs(column.x[-1] - x) > alike:
            columns.append(_Column([x, x], [top, bottom]))
        elif bottom > column.y[-1]:
            column.x += [x, x]
            column.y += [max(top, column.y[-1]), bottom]
    return columns


def _lengthen(columns: list[_Column], rows: Ints, down: Mask, specks: Specks) -> None:
    """Join the pieces of each column, and draw it on to further rows."""
    for column in columns:
        for at in range(2, len(column.y), 2):
            start, end = (column.x[at - 1], column.y[at - 1]), (column.x[at], column.y[at])
            if end[1] > start[1] and _shows(specks, start, end, upright=True):
                _draw(down, start, end)
        below, above = np.sort(rows[rows > column.y[-1]]), np.sort(rows[rows < column.y[0]])[::-1]
        for last, further in ((-1, below), (0, above)):
            for row in further.tolist():
                top, bottom = sorted((column.y[last], row))
                way = (column.x[last], top), (column.x[last], bottom)
                if not _shows(specks, *way, upright=True):
                    break
                _draw(down, *way)
                column.y[last] = row


def _draw_rows(columns: list[_Column], across: Mask, specks: Specks) -> Ints:
    """Draw level lines that are nothing but specks, between neighbouring upright lines; where they are."""
    wide, beyond = specks.ink.pixels(STRIP_MM), specks.ink.pixels(BEYOND_MM)
    drawn: list[int] = []
    for left, right in pairwise(sorted(columns, key=lambda each: each.x[0])):
        x0, x1 = round(max(left.x)) + TOUCHED, round(min(right.x)) - TOUCHED
        top = max(0, min(left.y[0], right.y[0]) - beyond)
        bottom = max(left.y[-1], right.y[-1]) + beyond
        if x1 - x0 < wide or max(left.y[0], right.y[0]) >= min(left.y[-1], right.y[-1]):
            continue
        for row in _rows(specks.level[top:bottom, x0:x1], across[top:bottom, x0:x1], specks.ink.pixels(ROW_MM)):
            across[top + row - 1 : top + row + 2, x0:x1] = 255
            drawn.append(top + row)
    return np.asarray(drawn, np.int64)


def _rows(specks: Mask, across: Mask, apart: int) -> list[int]:
    """In which rows of a strip there are specks and hardly any beside, and no line yet.

    None if no table's lines were found there, so many pixels `apart`, but those of a frame.
    """
    lines = np.flatnonzero((across > 0).mean(axis=1) >= PART)
    if int((np.diff(lines, prepend=-apart) >= apart).sum()) < FEWEST_LEVEL:
        return []
    thick = dilated(specks, 1, 3)
    share = thick.mean(axis=1) / 255
    known = dilated(across, 1, 2 * TOUCHED + 1).any(axis=1)
    near, far = ASIDE
    rows = []
    for row in np.flatnonzero((share >= ROW) & ~known).tolist():
        above, below = share[max(0, row - far) : max(0, row - near + 1)], share[row + near : row + far + 1]
        alone = max(above.max(initial=0), below.max(initial=0)) * ROW_ALONE <= share[row]
        first = share[row] > share[max(0, row - near) : row].max(initial=0)
        best = first and share[row] >= share[row : row + near].max()
        if alone and best and not _is_leader(thick[row] > 0):
            rows.append(row)
    return rows


def _is_leader(dots: Flags) -> bool:
    """Whether the dots of a row stand so regularly that they were printed as dots; some of them may be missing."""
    gaps = np.diff(np.flatnonzero(np.diff(dots.astype(np.int8)) == 1))
    if len(gaps) < FEWEST_SPECKS:
        return False
    usual = gaps[gaps <= REGULAR[0] * np.median(gaps)]
    return float(usual.std()) < REGULAR[1] * float(usual.mean())


def _reach_out(levels: Components, line: int, columns: list[_Column], across: Mask, specks: Specks) -> None:
    """Draw a level line on, from upright line to upright line on either side, as far as it seems to have gone."""
    near = specks.ink.pixels(MEET_MM)
    left, top, right, bottom = levels.box(line)
    y = (top + bottom - 1) // 2
    there = sorted(column.at(y) for column in columns if column.spans(y, near))
    ends, worn = {1: right, -1: left}, False
    for _ in range(2):  # first where specks show the way; that done, it is known how worn the line is
        for way in ends:
            ahead = [x for x in there[::way] if x * way > ends[way] * way + near]
            behind = [x for x in there[::way] if x not in ahead]
            for passed, x in pairwise([behind[-1] if behind else ends[-way], *ahead]):
                start, stop = sorted((float(ends[way]), x))
                shown = _shows(specks, (start, y), (stop, y), upright=False)
                if not shown and not (worn and _may_pass(specks.ink, passed, ends[way], x, y)):
                    break
                _draw(across, (start, y), (stop, y))
                ends[way] = round(x)
        worn = _is_worn(specks.ink, ends[-1], ends[1], y)


def _is_worn(ink: Ink, left: int, right: int, y: int) -> bool:
    """Whether so little is left of a level line that of another part of it there may be nothing."""
    return float((ink.mask[y - 1 : y + 2, left:right] > 0).any(0).mean()) <= WORN


def _may_pass(ink: Ink, passed: float, end: float, x: float, y: int) -> bool:
    """Whether a worn line that ends between two upright lines, of which it has `passed` one, went on to the other.

    It did if most of the way is behind it and no letters bar the rest; or if it parts what is written above it from
    what is below.
    """
    start, stop = sorted((round(end), round(x)))
    if abs(end - passed) > ink.pixels(MEET_MM):
        barred = float((ink.mask[y - 1 : y + 2, start:stop] > 0).any(0).mean())
        return abs(x - end) <= (1 - HALF) * abs(x - passed) and barred <= BARRED
    margin, reach = ink.pixels(MARGIN_MM), ink.pixels(TEXT_MM)
    inside = ink.mask[max(0, y - reach) : y + reach, start + margin : stop - margin] > 0
    above, on, below = np.split(inside, [min(y, reach) - 2, min(y, reach) + 3])
    text = ink.pixels(1.0) ** 2 // 2
    return not on.any() and int(above.sum()) >= text and int(below.sum()) >= text


def _shows(specks: Specks, start: tuple[float, float], end: tuple[float, float], *, upright: bool) -> bool:
    """Whether there are specks on the way from one place to another, hardly any beside it, and no letters on it."""
    mask, drawn = (specks.upright.T, specks.ink.mask.T) if upright else (specks.level, specks.ink.mask)
    (x0, y0), (x1, y1) = (start[::-1], end[::-1]) if upright else (start, end)
    steps = np.arange(round(x0), round(x1) + 1)
    if len(steps) <= TOUCHED:
        return True
    way = np.rint(np.interp(steps, [x0, x1], [y0, y1])).astype(np.int64)
    on = _along(mask, steps, way)
    beside = max(float(_along(mask, steps, way + aside).mean()) for near in ASIDE for aside in (-near, near))
    share = float(on.mean())
    enough = int(on.sum()) >= FEWEST_SPECKS and share >= max(SPECKS, ALONE * beside)
    return enough and float((_along(drawn, steps, way) & ~on).mean()) <= BARRED


def _along(mask: Mask, steps: Ints, way: Ints) -> Flags:
    """At which steps there is ink on the way, or a pixel to either side."""
    rows = np.clip(way[None] + np.arange(-1, 2)[:, None], 0, mask.shape[0] - 1)
    return np.asarray((mask[rows, np.clip(steps, 0, mask.shape[1] - 1)[None]] > 0).any(0))


def _draw(mask: Mask, start: tuple[float, float], end: tuple[float, float]) -> None:
    cv2.line(mask, (round(start[0]), round(start[1])), (round(end[0]), round(end[1])), (255,), 3)
