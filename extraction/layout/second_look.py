"""Tick boxes that a pen hides: looked for again where the page's other boxes show that one may stand.

The boxes of a form are of one size and stand in columns or rows. In line with a box that was surely found, four drawn
sides of its size are a box, however much ink of a pen lies in or around them. Where a whole column of boxes was found,
sides worn to dashes are enough.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from extraction.geometry import overlap
from extraction.layout.components import Flags, Floats, Ints, dilated
from extraction.layout.ink import Ink
from extraction.layout.letterforms import Around
from extraction.pages import Mask
from extraction.readings import Box

ALIGNED_MM = 0.7  # how far out of line a box of the same column or row may stand
SMALLER, LARGER = 1, 1  # pixels by which a box's size may differ from that of the box it is in line with
SIDE, SIDES = 0.85, 0.92  # share of each side, and of all four, that must be drawn
COLUMN, COLUMN_PIXELS = 3, 2  # boxes that make a column; how far out of line they stand
WORN_SMALLER = 3  # pixels: of worn lines only the middle is left
WORN_SIDE, WORN_SIDES = 0.6, 0.86
BESIDE_MM, BESIDE = 0.6, 0.12  # from a worn side; share of two lines along it that may be ink: more are letters
CLEARANCE = 0.8  # share of the paper just around that strokes may cover: more is a dark area, not a box
AROUND_MM = 0.7
SHORTEST = 4  # pixels of a side


def hidden_boxes(ink: Ink, found: Sequence[Box], drawn: Mask) -> list[Box]:
    """Boxes in line with those found and as large, overlapping none of them; `ink` without long ruled lines.

    `drawn`: the page with its ruled lines. In a column of boxes, a line between two rows may be an edge of a box, and
    the sides of boxes that touch look like one long line.
    """
    added: list[Box] = []
    for strip in _strips(found, ink):
        for box in _in_strip(ink, drawn if strip.upright else ink.mask, strip.down, strip.across, strip.size):
            known = any(overlap(box, other) for other in (*found, *added))
            if not known and not Around(ink.mask, box).has_serifs():
                added.append(box)
    added += _worn_boxes(ink, [*found, *added])
    return sorted(added, key=lambda box: (box[1], box[0]))


def _worn_boxes(ink: Ink, found: Sequence[Box]) -> list[Box]:
    """Boxes in columns of those found, as large and overlapping none of them, of whose lines dashes are left."""
    added: list[Box] = []
    unknown = ink.mask.copy()
    for left, top, right, bottom in found:
        unknown[top:bottom, left:right] = 0
    for left, width, height in _columns(found):
        across = slice(max(0, left - COLUMN_PIXELS), left + width + COLUMN_PIXELS)
        down = slice(0, ink.mask.shape[0])
        for x0, y0, x1, y1 in _in_strip(ink, unknown, down, across, (width, height), worn=True):
            x, y = max(0, (x0 + x1 - width) // 2), max(0, (y0 + y1 - height) // 2)
            box = x, y, x + width, y + height
            if _is_outline(ink, box) and not any(overlap(box, other) for other in (*found, *added)):
                added.append(box)
    return added


def _is_outline(ink: Ink, box: Box) -> bool:
    """Whether there is little ink along the sides, inside and outside of them; a tick may cross there."""
    left, top, right, bottom = box
    near = ink.pixels(BESIDE_MM, 3)
    beside = 0.0
    for inset in (near, -near):
        x0, y0, x1, y1 = left + inset, top + inset, right - inset, bottom - inset
        around = ink.mask[max(0, y0) : y1, max(0, x0) : x1] > 0
        beside += float(np.mean([line.mean() for line in (around[0], around[-1], around[:, 0], around[:, -1])]))
    return beside <= BESIDE


def _columns(found: Sequence[Box]) -> list[tuple[int, int, int]]:
    """(left, width, height) of each column of like boxes: those of the box in its middle."""
    columns: list[tuple[int, int, int]] = []
    places = sorted((left, right - left, bottom - top) for left, top, right, bottom in found)
    while places:
        column = [
            each for each in places if max(abs(a - b) for a, b in zip(each, places[0], strict=True)) <= COLUMN_PIXELS
        ]
        places = [each for each in places if each not in column]
        if len(column) >= COLUMN:
            columns.append(column[len(column) // 2])
    return columns


@dataclass(frozen=True)
class _Strip:
    """A part of the page in which more boxes of a size may stand: a column of boxes, or a row of them."""

    size: tuple[int, int]
    down: slice
    across: slice
    upright: bool


def _strips(found: Sequence[Box], ink: Ink) -> Iterator[_Strip]:
    """The column and the row of each box; of boxes of the same size, each column and each row once."""
    near = ink.pixels(ALIGNED_MM, 2)
    rows, columns = ink.mask.shape
    whole = slice(0, rows), slice(0, columns)
    known: dict[tuple[bool, tuple[int, int]], list[int]] = {}
    for left, top, right, bottom in found:
        size = right - left, bottom - top
        down = slice(max(0, top - near), min(rows, bottom + near + 2))
        across = slice(max(0, left - near), min(columns, right + near + 2))
        for upright, place in ((True, left), (False, top)):
            places = known.setdefault((upright, size), [])
            if all(abs(place - other) > near // 2 for other in places):
                places.append(place)
                yield _Strip(size, whole[0], across, True) if upright else _Strip(size, down, whole[1], False)


def _in_strip(
    ink: Ink, edges: Mask, down: slice, across: slice, size: tuple[int, int], *, worn: bool = False
) -> list[Box]:
    """Boxes of about this size in a strip of the page, the best drawn first; none overlaps another.

    `edges`: where their four sides may be drawn. `worn`: with gaps.
    """
    strip = np.ascontiguousarray(edges[down, across])
    along = 3 if worn else 1
    level, upright = _sums(dilated(strip, along, 3), axis=1), _sums(dilated(strip, 3, along), axis=0)
    smaller, least = (WORN_SMALLER, (WORN_SIDE, WORN_SIDES)) if worn else (SMALLER, (SIDE, SIDES))
    wides, highs = (
        range(min(side + LARGER, most), max(side - smaller, SHORTEST) - 1, -1)
        for side, most in zip(size, strip.shape[::-1], strict=True)
    )
    tops = {wide: _Runs.of(level[:, wide:] - level[:, :-wide], wide, least[0]) for wide in wides}
    sides = {high: _Runs.of(upright[high:] - upright[:-high], high, least[0]) for high in highs}
    found = [_drawn(tops[wide], sides[high], least[1]) for wide, high in product(wides, highs)]
    if not found:
        return []
    drawn = np.concatenate([each for each, _ in found])
    places = np.concatenate([each for _, each in found]) + np.array([across.start, down.start] * 2)
    return _best(ink, places[np.argsort(-drawn, kind="stable")])


def _sums(drawn: Mask, axis: int) -> Ints:
    """Along the axis, how many pixels are ink before each and behind the last."""
    counted = np.cumsum(drawn > 0, axis=axis, dtype=np.int32)
    return np.asarray(np.pad(counted, [(int(each == axis), 0) for each in (0, 1)]))


@dataclass(frozen=True, eq=False)
class _Runs:
    """Of the runs of one length from each place of a strip: how much is ink, and whether that will do for a side."""

    length: int
    inked: Ints
    enough: Flags

    @classmethod
    def of(cls, inked: Ints, length: int, least: float) -> "_Runs":
        """`least`: the share of a run that must be ink."""
        return cls(length, inked, inked >= next(count for count in range(length + 1) if count / length >= least))


def _drawn(tops: _Runs, sides: _Runs, least: float) -> tuple[Floats, Ints]:
    """Of the boxes of this size that are drawn well enough: how well, and where.

    `least`: the share of all four sides that must be drawn.
    """
    wide, high = tops.length, sides.length
    rows, columns = sides.inked.shape[0], tops.inked.shape[1]
    there = tops.enough[:rows] & tops.enough[high - 1 :] & sides.enough[:, :columns] & sides.enough[:, wide - 1 :]
    y, x = np.nonzero(there)
    level = tops.inked[y, x] + tops.inked[y + high - 1, x]
    mean = (level / wide + (sides.inked[y, x] + sides.inked[y, x + wide - 1]) / high) / 4
    good = mean >= least
    y, x = y[good], x[good]
    return mean[good], np.stack([x, y, x + wide, y + high], 1)


def _best(ink: Ink, places: Ints) -> list[Box]:
    """Of boxes, the best first, those that stand free and overlap no better one."""
    chosen: list[Box] = []
    lefts, tops, rights, bottoms = places.T
    left_over = np.arange(len(places))
    while len(left_over):
        at, left_over = left_over[0], left_over[1:]
        left, top, right, bottom = places[at].tolist()
        box = left, top, right, bottom
        if _stands_free(ink, box):
            chosen.append(box)
            apart = (lefts >= right) | (rights <= left) | (tops >= bottom) | (bottoms <= top)
            left_over = left_over[apart[left_over]]
    return chosen


def _stands_free(ink: Ink, box: Box) -> bool:
    """Whether there is enough paper just around the box."""
    left, top, right, bottom = box
    reach = ink.pixels(AROUND_MM, 3)
    y0, x0 = max(0, top - reach), max(0, left - reach)
    around = ink.mask[y0 : bottom + reach, x0 : right + reach] > 0
    ring = np.ones(around.shape, np.bool_)
    ring[max(0, top - y0 - 1) : bottom - y0 + 1, max(0, left - x0 - 1) : right - x0 + 1] = False
    return bool(ring.any() and float(around[ring].mean()) <= CLEARANCE)
