"""Tick boxes that a pen hides: looked for again where the page's other boxes show that one may stand.

The boxes of a form are of one size and stand in columns or rows. In line with a box that was surely found, four drawn
sides of its size are a box, however much ink of a pen lies in or around them.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from extraction.geometry import overlap
from extraction.layout.components import Flags, dilated
from extraction.layout.ink import Ink
from extraction.pages import Mask
from extraction.readings import Box

ALIGNED_MM = 0.7  # how far out of line a box of the same column or row may stand
SIDE, SIDES = 0.85, 0.92  # share of each side, and of all four, that must be drawn
CLEARANCE = 0.8  # share of the paper just around that strokes may cover: more is a dark area, not a box
AROUND_MM = 0.7
Shares = npt.NDArray[np.float64]


def hidden_boxes(ink: Ink, found: Sequence[Box], drawn: Mask) -> list[Box]:
    """Boxes in line with those found and as large, overlapping none of them; `ink` without long ruled lines.

    `drawn`: the page with its ruled lines. In a column of boxes, a line between two rows may be an edge of a box, and
    the sides of boxes that touch look like one long line.
    """
    added: list[Box] = []
    for left, top, width, height in _templates(found, ink):
        near = ink.pixels(ALIGNED_MM, 2)
        rows, columns = ink.mask.shape
        strips = (
            (slice(0, rows), slice(max(0, left - near), min(columns, left + near + width + 2))),
            (slice(max(0, top - near), min(rows, top + near + height + 2)), slice(0, columns)),
        )
        for edges, (down, across) in zip((drawn, ink.mask), strips, strict=True):
            for box in _in_strip(ink, edges, down, across, (width, height)):
                if not any(overlap(box, other) for other in (*found, *added)):
                    added.append(box)
    return sorted(added, key=lambda box: (box[1], box[0]))


def _templates(found: Sequence[Box], ink: Ink) -> list[tuple[int, int, int, int]]:
    """(left, top, width, height), each column and each row of boxes once."""
    chosen: list[tuple[int, int, int, int]] = []
    near = ink.pixels(ALIGNED_MM, 2)
    for left, top, right, bottom in found:
        size = right - left, bottom - top
        alike = [each for each in chosen if abs(each[2] - size[0]) <= 2 and abs(each[3] - size[1]) <= 2]
        known_column = any(abs(each[0] - left) <= near // 2 for each in alike)
        known_row = any(abs(each[1] - top) <= near // 2 for each in alike)
        if not (known_column and known_row):
            chosen.append((left, top, *size))
    return chosen


def _in_strip(ink: Ink, edges: Mask, down: slice, across: slice, size: tuple[int, int]) -> list[Box]:
    """Boxes of about this size in a strip of the page, the best drawn first; none overlaps another.

    `edges`: where their four sides may be drawn.
    """
    strip = np.ascontiguousarray(edges[down, across])
    level = dilated(strip, 1, 3) > 0
    upright = dilated(strip, 3, 1) > 0
    marks: list[tuple[float, Box]] = []
    for wide, high in product(range(size[0] - 1, size[0] + 2), range(size[1] - 1, size[1] + 2)):
        if wide < 4 or high < 4 or strip.shape[0] < high or strip.shape[1] < wide:
            continue
        tops, sides = _runs(level, wide, axis=1), _runs(upright, high, axis=0)
        rows, columns = strip.shape[0] - high + 1, strip.shape[1] - wide + 1
        four = (tops[:rows, :columns], tops[high - 1 :, :columns], sides[:rows, :columns], sides[:rows, wide - 1 :])
        least, mean = np.minimum.reduce(four), np.mean(four, axis=0)
        for y, x in np.argwhere((least >= SIDE) & (mean >= SIDES)).tolist():
            left, top = across.start + x, down.start + y
            marks.append((float(mean[y, x]), (left, top, left + wide, top + high)))
    chosen: list[Box] = []
    for _, box in sorted(marks, key=lambda mark: -mark[0]):
        if not any(overlap(box, other) for other in chosen) and _stands_free(ink, box):
            chosen.append(box)
    return chosen


def _runs(drawn: Flags, length: int, axis: int) -> Shares:
    """The share of ink in each run of `length` pixels along the axis, by the run's first pixel."""
    sums = np.cumsum(np.insert(drawn.astype(np.int32), 0, 0, axis=axis), axis=axis)
    ahead, behind = (sums[:, length:], sums[:, :-length]) if axis == 1 else (sums[length:], sums[:-length])
    return np.asarray((ahead - behind) / length, np.float64)


def _stands_free(ink: Ink, box: Box) -> bool:
    """Whether there is enough paper just around the box."""
    left, top, right, bottom = box
    reach = ink.pixels(AROUND_MM, 3)
    y0, x0 = max(0, top - reach), max(0, left - reach)
    around = ink.mask[y0 : bottom + reach, x0 : right + reach] > 0
    ring = np.ones(around.shape, np.bool_)
    ring[max(0, top - y0 - 1) : bottom - y0 + 1, max(0, left - x0 - 1) : right - x0 + 1] = False
    return bool(ring.any() and float(around[ring].mean()) <= CLEARANCE)
