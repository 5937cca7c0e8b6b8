"""Tick boxes: small drawn squares, two short level strokes above one another whose ends upright ones join."""

from collections.abc import Sequence
from itertools import product
from math import log

import numpy as np

from extraction.bits import Bits
from extraction.geometry import overlap
from extraction.layout.components import Components, Flags, Ints, components, row_blocks
from extraction.layout.ink import Ink
from extraction.layout.letterforms import Around, is_left_by_a_stroke, is_letter
from extraction.layout.rings import ring_around, ringed_above_and_below
from extraction.layout.rules import Rules
from extraction.layout.second_look import hidden_boxes
from extraction.layout.tick_marks import (
    CROSSED,
    INSET_MM,
    SCRIBBLED_SHARE,
    TICKED_SHARE,
    TickBox,
    judged,
    with_rings,
)
from extraction.pages import Mask, grey
from extraction.readings import Box

SMALLEST_MM, LARGEST_MM = 2.4, 7.6
SMALL_PRINT, FEWEST_SMALL = 0.83, 3  # … of smaller print; so many below one another, at least
FEWEST_ALIKE = 3  # boxes of one size that tell how large another is
FEWEST_RULES, TABLE_MM = 5, 60.0  # level lines of such a table, at least; how much of each is drawn
MOST_LINES = 4  # level ones across a box; more are a dark area
MOST_EDGES = 5_000  # a full page of text has a thousand; more is noise
NEAR_MM = 0.9  # how far the ends of a box's two level edges may be apart
SIDE_DRAWN = 0.8  # share of each upright side that must be ink
SMALL_DRAWN = 0.88  # for squares as small as letters
LETTER_MM = 3.8  # capitals of 16 point; larger squares are hardly letters
FREE_OF_STROKE = 0.25  # of a side, that a tick's stroke along it leaves as thin as the others
THICK_SIDE = 0.4  # of the side of a small box: an edge thicker than this is the stem of a bold letter
APART_MM = 0.4  # from a box's edge to one of its neighbours
BESIDE_MM = 0.6  # closer than any label stands to its box, farther than letters stand apart …
ABOVE_COMMA = 0.6  # of a box's height: what stands lower behind it is a comma or full stop
CLEAR_MM = 1.1  # from there to so far off, nothing stands beside a box that a steep stroke leaves
UNEVEN, FAR_BESIDE_MM = 0.13, 1.0  # … but for large ones, which also make boxes that are not quite square
CORNER = 0.18  # of the white inside a box
CODE_CORNERS, CODE_DARK, CODE_LIGHT = 3, 0.9, 0.35  # of a QR code; shares of ink in the square, and about it
FILLED, BEYOND_MM = 0.9, 1.2  # share of a dark area that is ink; how far above or below a box it goes on


def find_ticks(page: Ink, rules: Rules) -> tuple[TickBox, ...]:
    """All tick boxes, from top to bottom. Ruled lines are taken out first: boxes stand close to the edge of cells."""
    unruled = page.bits.without(_long(rules, page))
    ink = Ink(unruled.mask, page.mm)
    edges = components(unruled.dilated(1, 3).closed(3, 1).opened(ink.pixels(SMALLEST_MM * 0.8, 5), 1))
    least, most = ink.pixels(SMALLEST_MM * 0.85), ink.pixels(LARGEST_MM * 1.1)
    fits = (edges.width >= least) & (edges.width <= most) & (edges.height <= 0.5 * edges.width + 3)
    pairs = _pairs(edges, np.flatnonzero(fits), ink)
    between = [(edges.box(upper), edges.box(lower)) for upper, lower in pairs]
    found = [box for two in between if (box := _between(*two, ink)) is not None]
    sizes = _common_sizes(_apart(found))
    if sizes:
        found += [box for two in between if (box := _between(*two, ink, sizes)) is not None]
    boxes = _without_codes(_apart(found), ink)
    hidden = {box for box in hidden_boxes(ink, boxes, page.mask) if not _is_of_area(box, page)}
    boxes = sorted([*boxes, *hidden], key=lambda box: (box[1], box[0]))
    return with_rings(
        tuple(judged(box, page, ink) if box in hidden else judged(box, ink) for box in boxes),
        {box: ring for box in boxes if (ring := ring_around(box, ink)) is not None},
    )


def _common_sizes(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Widths and heights of boxes that others are as large as."""
    sizes = [(box[2] - box[0], box[3] - box[1]) for box in boxes]
    return [size for size in dict.fromkeys(sizes) if sum(_as_large(size, other) for other in sizes) >= FEWEST_ALIKE]


def _as_large(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 1


def find_small_ticks(page: Ink, rules: Rules) -> tuple[TickBox, ...]:
    """Boxes as small as capitals of the text, “□” of a typeface: those of a table that stand below one another.

    Found as usual ones are, in print that is smaller by a sixth. Letters that look like boxes stand anywhere in a line,
    and look ticked.
    """
    if _long_level_lines(rules, page) < FEWEST_RULES or not rules.down.any():
        return ()
    found = find_ticks(Ink(page.mask, page.mm * SMALL_PRINT), rules)
    near = page.pixels(NEAR_MM, 3)
    below = [box for box in found if sum(abs(box.box[0] - other.box[0]) <= near for other in found) >= FEWEST_SMALL]
    return tuple(below) if 2 * sum(box.ticked for box in below) <= len(below) else ()


def _long_level_lines(rules: Rules, page: Ink) -> int:
    """How many rows of a wide table are ruled, about: lines at different heights with so much ink."""
    ruled = np.bitwise_count(rules.level.words).sum(axis=0) >= page.pixels(TABLE_MM)
    return int(np.count_nonzero(np.diff(ruled.astype(np.int8), prepend=0) == 1))


def _without_codes(boxes: list[Box], ink: Ink) -> list[Box]:
    """The boxes but the three corners of QR codes: squares within squares of one size."""
    corners = [box for box in boxes if _is_corner_of_code(box, ink.mask)]
    return boxes if len(corners) < CODE_CORNERS else [box for box in boxes if box not in corners]


def _is_corner_of_code(box: Box, mask: Mask) -> bool:
    """ISO/IEC 18004: a dark square of three modules, a light ring of one, a dark one of one."""
    left, top, right, bottom = box
    inside = mask[top:bottom, left:right] > 0
    step = min(inside.shape) / 7
    core = inside[round(2.4 * step) : round(4.6 * step), round(2.4 * step) : round(4.6 * step)]
    ring = inside[round(1.2 * step) : round(5.8 * step), round(1.2 * step) : round(5.8 * step)].copy()
    ring[round(0.8 * step) : round(3.8 * step), round(0.8 * step) : round(3.8 * step)] = False
    around = step * step * 7  # pixels of a light ring, about
    return core.size > 0 and float(core.mean()) >= CODE_DARK and float(ring.sum()) <= CODE_LIGHT * around


def _is_of_area(box: Box, page: Ink) -> bool:
    """Whether it is filled, and what fills it goes on above or below: a dark band that ruled lines cut to pieces."""
    left, top, right, bottom = box
    reach = page.pixels(BEYOND_MM)
    rows = slice(top, bottom), slice(max(0, top - reach), top), slice(bottom, bottom + reach)
    parts = (page.mask[each, left:right] for each in rows)
    inside, above, below = (part.size > 0 and float((part > 0).mean()) >= FILLED for part in parts)
    return inside and (above or below)


def _pairs(edges: Components, chosen: Ints, ink: Ink) -> list[tuple[int, int]]:
    """Edges that stand above one another, as far apart as a box is high; their ends about level."""
    if len(chosen) > MOST_EDGES:
        return []
    chosen = chosen[np.argsort(edges.left[chosen])]
    left, right, top, bottom = edges.left[chosen], edges.right[chosen], edges.top[chosen], edges.bottom[chosen]
    near, least, most = ink.pixels(NEAR_MM, 3), ink.pixels(SMALLEST_MM), ink.pixels(LARGEST_MM)
    pairs: list[tuple[int, int]] = []
    for rows in row_blocks(len(chosen)):
        first, last = (int(left[at]) for at in (rows.start, rows.stop - 1))
        others = slice(*np.searchsorted(left, (first - near, last + near + 1)).tolist())
        high = bottom[None, others] - top[rows, None] - 2
        fits = np.abs(left[rows, None] - left[None, others]) <= near
        fits &= (np.abs(right[rows, None] - right[None, others]) <= near) & (high >= least) & (high <= most)
        upper, lower = np.nonzero(fits)
        pairs += zip(chosen[rows][upper].tolist(), chosen[others][lower].tolist(), strict=True)
    return sorted(pairs)


def _apart(candidates: list[Box]) -> list[Box]:
    """Boxes that do not overlap, top to bottom; of those that do, the most nearly square: two rows make no box."""
    chosen: list[Box] = []
    for box in sorted(candidates, key=_unevenness):
        if not any(overlap(box, other) for other in chosen):
            chosen.append(box)
    return sorted(chosen, key=lambda box: (box[1], box[0]))


def _unevenness(box: Box) -> float:
    return abs(log((box[2] - box[0]) / (box[3] - box[1])))


def _long(rules: Rules, ink: Ink) -> Bits:
    """Ruled lines too long for the side of a box."""
    length = ink.pixels(LARGEST_MM * 1.15)
    return rules.level.opened(length, 1) | rules.upright.opened(1, length)


def _between(upper: Box, lower: Box, ink: Ink, sizes: Sequence[tuple[int, int]] = ()) -> Box | None:
    """The box with these two edges, if there is one. `sizes`: of other boxes of the page.

    An edge may have grown together with that of the next box, or with a ring around that, which would look like a tick:
    of all level lines drawn across, the two that are as far apart as the box is wide are its edges.
    """
    left, right = max(upper[0], lower[0]), min(upper[2], lower[2]) - 1
    top, bottom = upper[1] + 1, lower[3] - 1  # edges were thickened by one pixel
    inside = ink.mask[top:bottom, left + 1 : right] > 0
    if not inside.size or not all(_may_have_side(ink, place, (top, bottom)) for place in (left, right)):
        return None
    shares = np.add.reduce(inside, axis=1, dtype=np.int64) / inside.shape[1]
    solid = np.concatenate(([False], shares >= CROSSED, [False]))
    lines = np.flatnonzero(solid[1:] != solid[:-1]).reshape(-1, 2)  # where each begins and ends
    height, apart = bottom - top, ink.pixels(APART_MM, 3)
    begins = {0, *lines[lines[:, 0] >= apart, 0].tolist()}
    ends = {height, *lines[lines[:, 1] <= height - apart, 1].tolist()}
    parts = [(start, end) for start, end in product(begins, ends) if end - start >= ink.pixels(SMALLEST_MM)]
    if not parts or len(lines) > MOST_LINES:
        return None
    start, end = min(parts, key=lambda part: abs(log((right - left) / (part[1] - part[0]))))
    return _square((top + start, top + end), (left, right), ink, sizes)


def _may_have_side(ink: Ink, place: int, rows: tuple[int, int]) -> bool:
    """Whether columns about `place` have as much ink as the smallest box's side: most edges are letters' strokes."""
    near, least = ink.pixels(NEAR_MM, 3), SIDE_DRAWN * ink.pixels(SMALLEST_MM)
    strip = ink.mask[slice(*rows), max(0, place - near) : place + near + 1]
    if strip.size == 0:
        return False
    inked: list[int] = np.add.reduce(strip > 0, axis=0, dtype=np.int64).tolist()
    beside = zip([0, *inked], inked, [*inked[1:], 0], strict=False)  # a side may lean by a pixel
    return any(sum(three) >= least for three in beside)


def _square(
    rows: tuple[int, int], columns: tuple[int, int], ink: Ink, sizes: Sequence[tuple[int, int]] = ()
) -> Box | None:
    """The box of these rows, if it has four straight sides that meet in corners, and is about square.

    A tick's stroke may lengthen an edge, so the upright sides are looked for near the `columns` where both end;
    letters such as D or O have no corners.
    """
    near = ink.pixels(NEAR_MM, 3)
    (first, last), (top, bottom) = columns, rows
    letter_like = bottom - top < ink.pixels(LETTER_MM)
    drawn, slack = (SMALL_DRAWN, 1.22) if letter_like else (SIDE_DRAWN, 1.55)
    height, least, most = bottom - top, ink.pixels(SMALLEST_MM), ink.pixels(LARGEST_MM)
    narrowest, widest = last - first + 1 - 2 * near, last - first + 1 + 2 * near
    if narrowest / height > slack or widest / height < 1 / slack or not least <= height <= most:
        return None
    lefts = _sides(ink.mask, first, near, (top, bottom), drawn)
    rights = _sides(ink.mask, last, near, (top, bottom), drawn) if lefts else []
    if not lefts or not rights:
        return None
    # a ring's sides may stand as upright beside the box's own, which make the better square
    outermost = [at for at in lefts if at - 1 not in lefts], [at + 1 for at in rights if at + 1 not in rights]
    left, right = min(product(*outermost), key=lambda sides: abs(log(max(1, sides[1] - sides[0]) / height)))
    box, width = (left, top, right, bottom), right - left
    if not least <= width <= most or not 1 / slack <= width / height <= slack:
        return None
    beside = _crowded(ink, box, letter_like) or _goes_on(ink.mask, box)
    ticked = _is_ticked_steeply(ink, box) or _is_ticked_as_others(ink, box, sizes)
    beside = beside or (is_letter(ink.mask, box) and not ticked)
    if beside and not _is_ringed(box, ink):
        return None
    corners = all(_meets(ink.mask, x, y, 1 if letter_like else 2) for x in (left, right - 1) for y in (top, bottom - 1))
    edges = (ink.mask[max(0, y - 1) : y + 2, left:right] for y in (top, bottom - 1))
    if not corners or not all(_reaches_ends(edge, drawn) for edge in edges):
        return None
    inside = ink.mask[top:bottom, left:right] > 0
    thickest = THICK_SIDE * min(width, height) if letter_like else float("inf")
    return box if _evenly_thick(inside, thickest) and not _is_round(inside) else None


def _is_ticked_steeply(ink: Ink, box: Box) -> bool:
    """Whether what looks like a letter's stem is the stroke of a tick: no letters stand near, and ink lies inside."""
    left, top, right, bottom = box
    near, far, inset = ink.pixels(BESIDE_MM, 3), ink.pixels(CLEAR_MM, 6), ink.pixels(INSET_MM, 3)
    beside = (
        ink.mask[top:bottom, max(0, left - far) : max(0, left - near)],
        ink.mask[top:bottom, right + near : right + far],
    )
    inside = ink.mask[top + inset : bottom - inset, left + inset : right - inset] > 0
    ticked = inside.size > 0 and TICKED_SHARE <= float(inside.mean()) <= SCRIBBLED_SHARE
    return ticked and not any(strip.any() for strip in beside) and is_left_by_a_stroke(ink.mask, box)


def _is_ticked_as_others(ink: Ink, box: Box, sizes: Sequence[tuple[int, int]]) -> bool:
    """Whether what looks like a letter is as large as other boxes are, and has a tick inside that leaves one side."""
    left, top, right, bottom = box
    if not any(_as_large((right - left, bottom - top), size) for size in sizes):
        return False
    inset, around = ink.pixels(INSET_MM, 3), Around(ink.mask, box)
    inside = ink.mask[top + inset : bottom - inset, left + inset : right - inset] > 0
    ticked = inside.size > 0 and TICKED_SHARE <= float(inside.mean()) <= SCRIBBLED_SHARE
    return ticked and not around.has_serifs() and around.bellies() <= 1 and around.stems() <= 1


def _is_ringed(box: Box, ink: Ink) -> bool:
    """Whether an empty box stands in a ring; letters with as many letters around them have strokes inside."""
    inset = ink.pixels(INSET_MM, 3)
    left, top, right, bottom = box
    inside = ink.mask[top + inset : bottom - inset, left + inset : right - inset]
    empty = inside.size > 0 and not inside.any()
    return empty and ring_around(box, ink) is not None and ringed_above_and_below(box, ink)


def _is_round(inside: Flags) -> bool:
    """Whether the white in the middle lacks all four corners, as that of an O does and no tick's does."""
    height, width = inside.shape
    holes = components(grey(~inside * 255))
    hole = int(holes.labels[height // 2, width // 2]) - 1
    if hole < 0:
        return False
    left, top, right, bottom = holes.box(hole)
    if abs(left + right - width) > 0.2 * width or abs(top + bottom - height) > 0.2 * height:
        return False  # one of the corners that a cross leaves white
    white = holes.labels[top:bottom, left:right] == hole + 1
    wide, high = max(2, round(CORNER * (right - left))), max(2, round(CORNER * (bottom - top)))
    corners = (white[:high, :wide], white[:high, -wide:], white[-high:, :wide], white[-high:, -wide:])
    return all(float(corner.mean()) < 0.5 for corner in corners)


def _goes_on(mask: Mask, box: Box) -> bool:
    """Whether much of the ink above or below the edges belongs to the same shape: they cut through a round letter."""
    left, top, right, bottom = box
    outside = (mask[max(0, top - 3) : max(0, top - 1), left:right], mask[bottom + 1 : bottom + 3, left:right])
    return any(rows.size > 0 and float((rows > 0).mean(1).max()) > 0.4 for rows in outside)


def _reaches_ends(edge: Mask, drawn: float) -> bool:
    """Whether a level edge is drawn nearly all along and up to its ends; the top of an O is not."""
    there = np.asarray((edge > 0).any(0))
    end = max(2, len(there) // 6)
    return bool(there.mean() >= drawn and min(there[:end].mean(), there[-end:].mean()) >= 0.6)


def _evenly_thick(inside: Flags, thickest: float) -> bool:
    """Whether all four sides are of one fine pen; the stems of letters are several times as thick as their serifs.

    A tick's stroke along one side makes it thick, but not all of it.
    """
    sides = [_runs(lines) for lines in (inside, inside[:, ::-1], inside.T, inside.T[:, ::-1])]
    *others, (_, stroke) = sorted(((float(np.median(side)), side) for side in sides), key=lambda side: side[0])
    most = min(thickest, 2.2 * others[0][0] + 1)
    return others[-1][0] <= most and float(np.quantile(stroke, FREE_OF_STROKE)) <= most


def _runs(lines: Flags) -> Ints:
    """Lengths of the ink runs that rows start with, the gap of a worn pixel before them forgiven."""
    shifted = np.where(lines[:, :1], lines, np.roll(lines, -1, axis=1))
    runs = np.where(shifted.all(1), shifted.shape[1], np.argmin(shifted, axis=1))
    return np.asarray(runs[runs > 0] if (runs > 0).any() else np.zeros(1), np.int64)


def _crowded(ink: Ink, box: Box, letter_like: bool) -> bool:
    """Whether something stands as close beside the box as letters of a word do: then it is letters itself."""
    left, top, right, bottom = box
    reach = ink.pixels(BESIDE_MM if _unevenness(box) < UNEVEN else FAR_BESIDE_MM, 3)
    beside = (
        ink.mask[top:bottom, max(0, left - reach) : max(0, left - 1)],
        ink.mask[top:bottom, right + 1 : right + reach],
    )
    most = 0.25 if letter_like else 0.5  # a tick's stroke that leaves the box covers less
    before, behind = (np.asarray((strip > 0).any(1)) for strip in beside)
    comma = not behind[: round(ABOVE_COMMA * len(behind))].any()
    return any(rows.size > 0 and float(rows.mean()) > most for rows in (before, behind[:0] if comma else behind))


def _sides(mask: Mask, place: int, near: int, rows: tuple[int, int], drawn: float) -> list[int]:
    """The columns within `near` of `place` that are ink nearly all the way down, a share of `drawn` at least."""
    start = max(0, place - near)
    strip, wide = mask[slice(*rows), start : place + near + 1], _thickened(mask, place, near, rows)
    if wide.size == 0:
        return []
    full = np.add.reduce(wide, axis=0, dtype=np.int64) / len(wide) >= drawn
    return [start + column for column in full.nonzero()[0].tolist() if strip[:, column].any()]


def _thickened(mask: Mask, place: int, near: int, rows: tuple[int, int]) -> Flags:
    """The ink within `near` columns of `place`, a pixel thicker to either side: a box's side may lean by one."""
    strip = mask[slice(*rows), max(0, place - near) : place + near + 1] > 0
    wide = strip.copy()
    wide[:, 1:] |= strip[:, :-1]
    wide[:, :-1] |= strip[:, 1:]
    return np.asarray(wide)


def _meets(mask: Mask, x: int, y: int, reach: int) -> bool:
    """Whether there is ink at a corner; worn corners are a little round."""
    return bool(mask[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1].any())
