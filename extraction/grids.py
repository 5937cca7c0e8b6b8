"""Tables and tick boxes from the strokes of a born-digital page: exact places, no pixels.

The same rules as for scans (`layout/rules.py`, `layout/ticks.py`): a table is a group of strokes that meet; a box is
four short strokes that make a square. Places are PDF points, origin top left.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from extraction.drawn import Strokes
from extraction.layout.rules import LONG_MM, NARROW_MM, TALL_MM, TOUCH_MM
from extraction.layout.ticks import LARGEST_MM, NEAR_MM, SMALLEST_MM

POINTS_PER_MM = 72 / 25.4
MOST_STROKES = 3_000  # more is a drawing, not a table
LEAST_WIDE_MM = 15.0  # of a table
SQUARE = 1.55  # a box may be so much longer than wide
SIDE_DRAWN = 0.8
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Rect = tuple[float, float, float, float]  # left, top, right, bottom
PLACE, START, END = 0, 1, 2


def tables_of(level: Strokes, upright: Strokes) -> list[list[Rect]]:
    """The cells of each ruled table of at least two, tables from top to bottom."""
    level = level[level[:, END] - level[:, START] >= LONG_MM / 2 * POINTS_PER_MM]
    upright = upright[upright[:, END] - upright[:, START] >= TALL_MM / 2 * POINTS_PER_MM]
    if not 0 < len(level) <= MOST_STROKES or not 0 < len(upright) <= MOST_STROKES:
        return []
    meet = _meeting(level, upright)
    found = []
    for mine in _groups(meet):
        cells = _cells(level[mine[0]], upright[mine[1]])
        if len(cells) >= 2:
            found.append(cells)
    return sorted(found, key=lambda cells: (min(cell[1] for cell in cells), min(cell[0] for cell in cells)))


def _meeting(level: Strokes, upright: Strokes) -> Flags:
    """(level, upright) matrix: which strokes meet."""
    touch = TOUCH_MM * POINTS_PER_MM
    y, left, right = (level[:, at, None] for at in (PLACE, START, END))
    x, top, bottom = (upright[None, :, at] for at in (PLACE, START, END))
    return np.asarray((x >= left - touch) & (x <= right + touch) & (y >= top - touch) & (y <= bottom + touch))


def _groups(meet: Flags) -> Iterator[tuple[Ints, Ints]]:
    """Level and upright strokes that hang together; those that meet fewer than two others stand alone."""
    meet = meet.copy()
    for _ in range(2):
        meet[meet.sum(1) < 2] = False
        meet[:, meet.sum(0) < 2] = False
    left: Flags = np.asarray(meet.any(1))
    while left.any():
        mine = np.zeros(len(left), np.bool_)
        mine[np.argmax(left)] = True
        while True:
            crossing = meet[mine].any(0)
            wider = meet[:, crossing].any(1)
            if not (wider & ~mine).any():
                break
            mine |= wider
        left &= ~mine
        yield np.flatnonzero(mine), np.flatnonzero(crossing)


def _cells(level: Strokes, upright: Strokes) -> list[Rect]:
    """The cells between these strokes, joined where no stroke parts them."""
    ys, xs = _places(level[:, PLACE]), _places(upright[:, PLACE])
    far = 5 * POINTS_PER_MM  # a table whose sides are not drawn reaches as far as its level strokes
    left, right = float(level[:, START].min()), float(level[:, END].max())
    xs = [*([left] if xs[0] - left > far else []), *xs, *([right] if right - xs[-1] > far else [])]
    if xs[-1] - xs[0] < LEAST_WIDE_MM * POINTS_PER_MM or ys[-1] - ys[0] < TALL_MM * POINTS_PER_MM:
        return []
    if len(xs) * len(ys) > MOST_STROKES:
        return []
    beside = _parted(upright, xs[1:-1], ys)  # (inner upright places, rows)
    below = _parted(level, ys[1:-1], xs)  # (inner level places, columns)
    narrow = NARROW_MM * POINTS_PER_MM
    return [
        cell for cell in _regions(xs, ys, beside, below) if cell[2] - cell[0] >= narrow and cell[3] - cell[1] >= narrow
    ]


def _places(middles: npt.NDArray[np.float64]) -> list[float]:
    """Middles closer than lines that meet are one grid line."""
    ordered = np.sort(middles)
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > TOUCH_MM * POINTS_PER_MM) + 1)
    return [float(group.mean()) for group in groups]


def _parted(strokes: Strokes, places: list[float], along: list[float]) -> Flags:
    """For each place and each piece between neighbours of `along`: whether half of the piece is drawn there."""
    drawn = np.zeros((len(places), len(along) - 1), np.bool_)
    starts, ends = np.asarray(along[:-1]), np.asarray(along[1:])
    for at, place in enumerate(places):
        mine = strokes[np.abs(strokes[:, PLACE] - place) <= POINTS_PER_MM]
        over = np.minimum(mine[:, END, None], ends) - np.maximum(mine[:, START, None], starts)
        drawn[at] = np.maximum(over, 0).sum(0) >= 0.5 * (ends - starts)
    return drawn


def _regions(xs: list[float], ys: list[float], beside: Flags, below: Flags) -> list[Rect]:
    """Boxes of the cells: elementary cells joined where nothing is drawn between them, if a rectangle comes out."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = np.arange(rows * columns).reshape(rows, columns)
    for row in range(rows):
        for col in range(columns):
            if col + 1 < columns and not beside[col, row]:
                owner[owner == owner[row, col + 1]] = owner[row, col]
            if row + 1 < rows and not below[row, col]:
                owner[owner == owner[row + 1, col]] = owner[row, col]
    boxes: list[Rect] = []
    for one in np.unique(owner):
        cells = np.argwhere(owner == one)
        (top, left), (bottom, right) = cells.min(0), cells.max(0)
        if len(cells) == (bottom - top + 1) * (right - left + 1):
            boxes.append((xs[left], ys[top], xs[right + 1], ys[bottom + 1]))
        else:
            boxes.extend((xs[col], ys[row], xs[col + 1], ys[row + 1]) for row, col in cells)
    return boxes


def squares_of(level: Strokes, upright: Strokes) -> list[Rect]:
    """Squares of the size of tick boxes, drawn by four strokes that go no further; none overlaps another."""
    least, most = SMALLEST_MM * 0.85 * POINTS_PER_MM, LARGEST_MM * 1.1 * POINTS_PER_MM
    flat, tall = (part[_between(part[:, END] - part[:, START], least, most)] for part in (level, upright))
    if not 0 < len(flat) <= MOST_STROKES or not 0 < len(tall) <= MOST_STROKES:
        return []
    near = NEAR_MM * POINTS_PER_MM
    flat = flat[np.argsort(flat[:, PLACE])]
    high = flat[None, :, PLACE] - flat[:, None, PLACE]
    fits = _between(high, SMALLEST_MM * POINTS_PER_MM, LARGEST_MM * POINTS_PER_MM)
    for end in (START, END):
        fits &= np.abs(flat[:, None, end] - flat[None, :, end]) <= near
    found = [box for one, other in np.argwhere(fits) if (box := _square(flat[one], flat[other], tall)) is not None]
    return _apart(found)


def besides(strokes: Strokes, squares: list[Rect], *, upright: bool) -> Strokes:
    """The strokes that are no sides of these squares: a box that touches a table's rule is no cell of it."""
    kept = np.ones(len(strokes), np.bool_)
    near = 1.0
    for left, top, right, bottom in squares:
        low, high, start, end = (left, right, top, bottom) if upright else (top, bottom, left, right)
        inside = _between(strokes[:, PLACE], low - near, high + near)
        kept &= ~(inside & (strokes[:, START] >= start - near) & (strokes[:, END] <= end + near))
    return strokes[kept]


def _between(values: npt.NDArray[np.float64], least: float, most: float) -> Flags:
    return np.asarray((values >= least) & (values <= most))


def _square(upper: npt.NDArray[np.float64], lower: npt.NDArray[np.float64], tall: Strokes) -> Rect | None:
    """The box with these two edges, if upright strokes close it on both sides."""
    top, bottom = float(upper[PLACE]), float(lower[PLACE])
    left, right = float(min(upper[START], lower[START])), float(max(upper[END], lower[END]))
    if not 1 / SQUARE <= (right - left) / (bottom - top) <= SQUARE:
        return None
    over = np.minimum(tall[:, END], bottom) - np.maximum(tall[:, START], top)
    sides = tall[(over >= SIDE_DRAWN * (bottom - top)) & (tall[:, END] - tall[:, START] <= 1.3 * (bottom - top))]
    near = NEAR_MM * POINTS_PER_MM
    if not all((np.abs(sides[:, PLACE] - side) <= near).any() for side in (left, right)):
        return None
    return left, top, right, bottom


def _apart(boxes: list[Rect]) -> list[Rect]:
    """Boxes that do not overlap, from top to bottom; of those that do, the smallest: two rows make no box."""
    chosen: list[Rect] = []
    for box in sorted(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])):
        if not any(box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in chosen):
            chosen.append(box)
    return sorted(chosen, key=lambda box: (box[1], box[0]))
