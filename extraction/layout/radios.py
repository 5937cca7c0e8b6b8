"""Round boxes: circles as high as capitals that stand alone before their answers, `○ Lần đầu ◉ Nâng hạng`.

They are told from the letter O by standing alone, from bullets by being hollow, and by their likes in the same row or
column: a question has several answers.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from extraction.layout.components import Components
from extraction.layout.tick_marks import DOUBTED, TickBox
from extraction.pages import Mask
from extraction.readings import Box

SMALLEST, LARGEST = 1.1, 2.3  # times the height of most letters; an “o” is as high as these
ROUND = 0.15  # of its width, that a circle may be higher or lower
TURNS = 24  # directions in which the rim is looked at
EVEN, EVEN_SHARE = 0.14, 0.92  # of the way from the middle, how far off a circle its rim may lie, and in how many
ALIKE = 0.14  # of a circle's width, that another of the page may be larger or smaller
IN_LINE = 0.75  # of its width, how far beside or above another of its row or column it may stand
ALONE, ABOVE = 0.3, 0.45  # of its width: nothing stands so close beside, nor above or below it
ANSWER = 3.0  # widths behind it, within which its answer begins
INNER = 0.62  # of the way to its rim: there a mark stands
EMPTY_SHARE, TICKED_SHARE, SURE_SHARE = 0.04, 0.12, 0.25  # of the inner disc that is ink
STRUCK = 2.4  # times as large as a circle is one with the stroke that leaves it, at most
RIM_HIT = 0.9  # share of the directions in which a struck circle's rim is found
SURE, STRUCK_SURE = 0.95, 0.8


def find_radios(pieces: Components, letter: float, taken: Sequence[TickBox]) -> tuple[TickBox, ...]:
    """The round boxes among the pieces of ink, from top to bottom; `letter`: the height of most letters."""
    low, high = SMALLEST * letter, LARGEST * letter
    fits = (pieces.width >= low) & (pieces.width <= high)
    fits &= np.abs(pieces.width - pieces.height) <= np.maximum(1, ROUND * pieces.width)
    boxes = [(each, pieces.box(each)) for each in np.flatnonzero(fits).tolist()]
    round_ones = ((each, box, _filled(pieces, box)) for each, box in boxes)
    rims = [(box, share) for each, box, share in round_ones if share is not None and _alone(pieces, each, letter)]
    hollow = [box for box, share in rims if share <= EMPTY_SHARE]
    if not hollow:
        return ()
    wide = float(np.median([box[2] - box[0] for box in hollow]))
    found = [_judged(box, share) for box, share in rims if abs(box[2] - box[0] - wide) <= max(1, ALIKE * wide)]
    found += _struck(pieces, [tick.box for tick in found], wide, letter)
    found = [tick for tick in found if not any(_meet(tick.box, other.box) for other in taken)]
    found = [tick for tick in found if any(_in_line(tick.box, other.box) for other in found if other is not tick)]
    return tuple(sorted(found, key=lambda tick: (tick.box[1], tick.box[0])))


def erase_radios(erased: Mask, radios: Sequence[TickBox]) -> None:
    """Add the round boxes to the mask of what is not text."""
    for left, top, right, bottom in (tick.box for tick in radios):
        erased[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = 255


def _alone(pieces: Components, piece: int, letter: float) -> bool:
    """Whether nothing touches it but what lies in it, no mark stands above it, and something to answer behind it."""
    left, top, right, bottom = pieces.box(piece)
    wide = right - left
    level = (pieces.top < bottom) & (pieces.bottom > top) & (pieces.height >= 0.3 * letter)
    inside = (pieces.left >= left) & (pieces.right <= right) & (pieces.top >= top) & (pieces.bottom <= bottom)
    near = level & ~inside & (pieces.right > left - ALONE * wide) & (pieces.left < right + ALONE * wide)
    over = (pieces.left < right) & (pieces.right > left) & ~inside & (pieces.width <= 1.5 * wide)
    over &= (pieces.bottom > top - ABOVE * wide) & (pieces.top < bottom + ABOVE * wide) & (pieces.area > 4)
    behind = level & ~inside & (pieces.left >= right) & (pieces.left <= right + ANSWER * wide)
    return not near.any() and not over.any() and bool(behind.any())


def _filled(pieces: Components, box: Box) -> float | None:
    """The share of ink within a circle's rim; None if the box holds no circle."""
    left, top, right, bottom = box
    ink = pieces.labels[top:bottom, left:right] > 0
    rows, columns = np.nonzero(ink)
    across = (2 * columns - (right - left - 1)) / (right - left)
    down = (2 * rows - (bottom - top - 1)) / (bottom - top)
    far = np.hypot(across, down)
    turns = (np.arctan2(down, across) / (2 * np.pi) % 1 * TURNS).astype(int)
    outermost = np.zeros(TURNS)
    np.maximum.at(outermost, turns, far)
    if float((np.abs(outermost - 1) <= EVEN).mean()) < EVEN_SHARE:
        return None
    return _share_within(ink)


def _share_within(ink: Mask | np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> float:
    """The share of ink in the middle disc of a square."""
    high, wide = ink.shape
    down, across = np.ogrid[:high, :wide]
    disc = np.hypot((2 * across - wide + 1) / wide, (2 * down - high + 1) / high) <= INNER
    return float(ink[disc].mean())


def _judged(box: Box, share: float) -> TickBox:
    if EMPTY_SHARE < share < SURE_SHARE:
        return TickBox(box, share >= TICKED_SHARE, DOUBTED)
    return TickBox(box, share >= SURE_SHARE, SURE)


def _struck(pieces: Components, known: Sequence[Box], wide: float, letter: float) -> Iterator[TickBox]:
    """Circles that a pen's stroke leaves, in a row or a column with others."""
    large = (np.minimum(pieces.width, pieces.height) >= wide * (1 - ALIKE)) & (
        np.maximum(pieces.width, pieces.height) <= STRUCK * wide
    )
    for piece in np.flatnonzero(large).tolist():
        box = pieces.box(piece)
        if box in known:
            continue
        beside = any(abs(box[1] + box[3] - other[1] - other[3]) <= wide for other in known)
        under = any(abs(box[0] + box[2] - other[0] - other[2]) <= wide for other in known)
        if (beside or under) and _alone(pieces, piece, letter):
            circle = _circle_in(pieces, box, round(wide))
            if circle is not None:
                yield TickBox(circle, True, STRUCK_SURE)


def _circle_in(pieces: Components, box: Box, wide: int) -> Box | None:
    """The circle of this width whose rim is drawn in the box; None if there is none, or nothing in it."""
    left, top, right, bottom = box
    ink = np.pad(pieces.labels[top:bottom, left:right] > 0, 1)
    rim = _rim(wide)
    best, at = 0.0, (0, 0)
    for y in range(ink.shape[0] - wide + 1):
        for x in range(ink.shape[1] - wide + 1):
            part = ink[y : y + wide, x : x + wide]
            hit = float(part[rim].mean())
            if hit > best:
                best, at = hit, (y, x)
    y, x = at
    if best < RIM_HIT or _share_within(ink[y : y + wide, x : x + wide]) < TICKED_SHARE:
        return None
    return left + x - 1, top + y - 1, left + x - 1 + wide, top + y - 1 + wide


def _rim(wide: int) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Rows and columns of the middle of a circle's line, in all directions."""
    turns = np.arange(TURNS) * (2 * np.pi / TURNS)
    radius, middle = wide / 2 - 1.5, (wide - 1) / 2
    return (
        np.rint(middle + radius * np.sin(turns)).astype(np.int64),
        np.rint(middle + radius * np.cos(turns)).astype(np.int64),
    )


def _in_line(one: Box, other: Box) -> bool:
    """Whether two stand in one row or column, as the answers to a question do; a letter stands anywhere."""
    wide = one[2] - one[0]
    return (
        min(abs(one[0] + one[2] - other[0] - other[2]), abs(one[1] + one[3] - other[1] - other[3]))
        <= 2 * IN_LINE * wide
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
