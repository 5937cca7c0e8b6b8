"""Tick boxes: small drawn squares, and whether somebody ticked them.

A box is two short horizontal strokes above one another whose ends are joined by two vertical ones. It counts as
ticked by the share of ink inside; a stroke that mostly leaves the box still counts, with less confidence.
"""

from dataclasses import dataclass, replace
from itertools import product
from math import log

import numpy as np

from extraction.bits import Bits
from extraction.geometry import overlap
from extraction.layout.components import Components, Flags, Ints, components, row_blocks
from extraction.layout.ink import Ink
from extraction.layout.letterforms import is_left_by_a_stroke, is_letter
from extraction.layout.rings import ring_around, ringed_above_and_below
from extraction.layout.rules import Rules
from extraction.layout.second_look import hidden_boxes
from extraction.pages import Mask, Pixels, grey
from extraction.readings import Box

SMALLEST_MM, LARGEST_MM = 2.4, 7.6
CORE = 0.2  # of the ink's levels, from the darkest: its edges are paler
STROKE_MM = 1.3  # thickest edge
MOST_EDGES = 5_000  # a full page of text has a thousand; more is noise
NEAR_MM = 0.9  # how far the ends of a box's two level edges may be apart
SIDE_DRAWN = 0.8  # share of each upright side that must be ink
SMALL_DRAWN = 0.88  # for squares as small as letters
LETTER_MM = 3.8  # capitals of 16 point; larger squares are hardly letters
FREE_OF_STROKE = 0.25  # of a side, that a tick's stroke along it leaves as thin as the others
THICK_SIDE = 0.4  # of the side of a small box: an edge thicker than this is the stem of a bold letter
APART_MM = 0.4  # from a box's edge to one of its neighbours
CROSSED, MOST_LINES = 0.9, 4  # a row so full is a level edge; more of them are a dark area
BESIDE_MM = 0.6  # closer than any label stands to its box, farther than letters stand apart …
ABOVE_COMMA = 0.6  # of a box's height: what stands lower behind it is a comma or full stop
CLEAR_MM = 1.1  # from there to so far off, nothing stands beside a box that a steep stroke leaves
UNEVEN, FAR_BESIDE_MM = 0.13, 1.0  # … but for large ones, which also make boxes that are not quite square
TICKED_SHARE = 0.06
EMPTY_SHARE, FULL_SHARE = 0.02, 0.13  # below and above, nobody would doubt
SCRIBBLED_SHARE = 0.75
STROKE_SHARE = 0.16  # of the inside, that a whole tick covers
STRUCK_SHARE, STRUCK_HIGH = 0.25, 0.2  # ink inside, and of the height beside, of what is crossed out
DOUBTED, RING_SURE = 0.5, 0.7  # how sure of a box that another stroke may have reached, and of a ringed one
BESIDE_SURE = 0.55  # how sure of a stroke beside the points
PALER, FEWEST = 45, 2  # grey levels that a stamp's letters are lighter than the page's other ticks are, if so many
LEANING = 3  # pixels from a box's side, within which its line begins
INSET_MM = 0.6  # from a box's side to where it is empty
CORNER = 0.18  # of the white inside a box
CODE_CORNERS, CODE_DARK, CODE_LIGHT = 3, 0.9, 0.35  # of a QR code; shares of ink in the square, and about it
FILLED, BEYOND_MM = 0.9, 1.2  # share of a dark area that is ink; how far above or below a box it goes on


@dataclass(frozen=True)
class TickBox:
    box: Box
    ticked: bool
    confidence: float


def find_ticks(page: Ink, rules: Rules) -> tuple[TickBox, ...]:
    """All tick boxes, from top to bottom. Ruled lines are taken out first: boxes stand close to the edge of cells."""
    unruled = page.bits.without(_long(rules, page))
    ink = Ink(unruled.mask, page.mm)
    edges = components(unruled.dilated(1, 3).closed(3, 1).opened(ink.pixels(SMALLEST_MM * 0.8, 5), 1))
    least, most = ink.pixels(SMALLEST_MM * 0.85), ink.pixels(LARGEST_MM * 1.1)
    fits = (edges.width >= least) & (edges.width <= most) & (edges.height <= 0.5 * edges.width + 3)
    pairs = _pairs(edges, np.flatnonzero(fits), ink)
    found = (_between(edges.box(upper), edges.box(lower), ink) for upper, lower in pairs)
    boxes = _without_codes(_apart([box for box in found if box is not None]), ink)
    hidden = {box for box in hidden_boxes(ink, boxes, page.mask) if not _is_of_area(box, page)}
    boxes = sorted([*boxes, *hidden], key=lambda box: (box[1], box[0]))
    return _with_rings(
        tuple(judged(box, page, ink) if box in hidden else judged(box, ink) for box in boxes),
        {box: ring for box in boxes if (ring := ring_around(box, ink)) is not None},
    )


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


def _between(upper: Box, lower: Box, ink: Ink) -> Box | None:
    """The box with these two edges, if there is one.

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
    return _square((top + start, top + end), (left, right), ink)


def _may_have_side(ink: Ink, place: int, rows: tuple[int, int]) -> bool:
    """Whether a column about `place` has as much ink as the smallest box's side: most edges are letters' strokes."""
    drawn = _thickened(ink.mask, place, ink.pixels(NEAR_MM, 3), rows)
    return drawn.size > 0 and int(np.add.reduce(drawn, axis=0, dtype=np.int64).max()) >= SIDE_DRAWN * ink.pixels(
        SMALLEST_MM
    )


def _square(rows: tuple[int, int], columns: tuple[int, int], ink: Ink) -> Box | None:
    """The box of these rows, if it has four straight sides that meet in corners, and is about square.

    A tick's stroke may lengthen an edge, so the upright sides are looked for near the `columns` where both end;
    letters such as D or O have no corners.
    """
    near = ink.pixels(NEAR_MM, 3)
    (first, last), (top, bottom) = columns, rows
    letter_like = bottom - top < ink.pixels(LETTER_MM)
    drawn, slack = (SMALL_DRAWN, 1.22) if letter_like else (SIDE_DRAWN, 1.55)
    height, sizes = bottom - top, (ink.pixels(SMALLEST_MM), ink.pixels(LARGEST_MM))
    narrowest, widest = last - first + 1 - 2 * near, last - first + 1 + 2 * near
    if narrowest / height > slack or widest / height < 1 / slack or not sizes[0] <= height <= sizes[1]:
        return None
    lefts = _sides(ink.mask, first, near, (top, bottom), drawn)
    rights = _sides(ink.mask, last, near, (top, bottom), drawn) if lefts else []
    if not lefts or not rights:
        return None
    # a ring's sides may stand as upright beside the box's own, which make the better square
    outermost = [at for at in lefts if at - 1 not in lefts], [at + 1 for at in rights if at + 1 not in rights]
    left, right = min(product(*outermost), key=lambda sides: abs(log(max(1, sides[1] - sides[0]) / height)))
    box, width = (left, top, right, bottom), right - left
    if not sizes[0] <= width <= sizes[1] or not 1 / slack <= width / height <= slack:
        return None
    beside = _crowded(ink, box, letter_like) or _goes_on(ink.mask, box)
    beside = beside or (is_letter(ink.mask, box) and not _is_ticked_steeply(ink, box))
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


def _edges(ink: Ink, box: Box) -> tuple[int, int, int, int]:
    """How thick the box's own lines are, in pixels, left, top, right and bottom: how far in from each side its rows
    and columns stay solid.

    Where a side leans or is worn, they become so a little further in. A tick's stroke along a side makes it thicker.
    """
    left, top, right, bottom = box
    inside = ink.mask[top:bottom, left:right] > 0
    most = ink.pixels(STROKE_MM)

    def thick(lines: Flags) -> int:
        solid = np.append(lines[:most].mean(1) > 0.7, False)
        outer = int(solid[:LEANING].argmax())
        return max(1, outer + int(np.argmin(solid[outer:])))

    return thick(inside.T), thick(inside), thick(inside.T[::-1]), thick(inside[::-1])


def _inside(box: Box, ink: Ink, edges: tuple[int, int, int, int]) -> Flags:
    """The ink inside of the box's lines and their blurred rims, of a third of the box at least."""
    left, top, right, bottom = box
    rim, most_x, most_y = ink.pixels(0.2, 1), (right - left) // 3, (bottom - top) // 3
    x, end_x = left + min(edges[0] + rim, most_x), right - min(edges[2] + rim, most_x)
    y, end_y = top + min(edges[1] + rim, most_y), bottom - min(edges[3] + rim, most_y)
    return np.asarray(ink.mask[y:end_y, x:end_x] > 0)


def judged(box: Box, ink: Ink, unruled: Ink | None = None) -> TickBox:
    """Whether the box, given by the outer edges of its lines, is ticked, by the ink inside of it.

    `unruled`: the ink without ruled lines, for a box found in line with others only: what a pen drew beside it may
    reach into it.
    """
    left, top, right, bottom = box
    edges = _edges(ink, box)
    inset = min(max(edges) + ink.pixels(0.2, 1), (right - left) // 3, (bottom - top) // 3)
    inside = _inside(box, ink, edges)
    share = float(inside.mean()) if inside.size else 0.0
    ticked = share >= TICKED_SHARE
    if not ticked and share >= EMPTY_SHARE and _leaves(box, inset, ink):
        return TickBox(box, True, 0.7)
    if share >= STRUCK_SHARE and _is_struck(box, unruled or ink, middle=True):
        return TickBox(box, False, DOUBTED)
    if share >= SCRIBBLED_SHARE:  # a black square, or a tick that was scribbled out
        return TickBox(box, True, 0.6)
    if share >= STRUCK_SHARE and _is_struck(box, unruled or ink, middle=False):
        return TickBox(box, True, DOUBTED)
    if ticked and (_is_run_through(box, inset, ink) or (unruled and share < STROKE_SHARE)):
        return TickBox(box, True, DOUBTED)
    doubt = (share - EMPTY_SHARE) / (FULL_SHARE - EMPTY_SHARE)
    sure = 0.99 if not 0 < doubt < 1 else 0.99 - 0.45 * (1 - abs(doubt - 0.36) / 0.64)
    return TickBox(box, ticked, round(max(0.5, sure), 3))


def _is_struck(box: Box, ink: Ink, *, middle: bool) -> bool:
    """Whether strokes leave the box on the left and on the right over much of its height: a tick was crossed out.

    A large cross leaves it near the corners: only what leaves it in the `middle` has surely struck it out.
    """
    left, top, right, bottom = box
    reach = max(3, (right - left) // 3)
    margin = (bottom - top) // 4 if middle else 0
    rows = slice(top + margin, bottom - margin)
    near = max(2, (right - left) // 8)  # blurred edges and strokes that end on them do not count
    beside = slice(max(0, left - reach), max(0, left - near)), slice(right + near, right + reach)
    sides = (ink.mask[rows, columns] > 0 for columns in beside)
    return all(side.size > 0 and float(side.any(1).mean()) >= STRUCK_HIGH for side in sides)


def _is_run_through(box: Box, inset: int, ink: Ink) -> bool:
    """Whether a level line comes in on one side and leaves on the other: of a stamp's frame rather than of a tick."""
    left, top, right, bottom = box
    reach = (right - left) // 4
    rows = ink.mask[top + inset : bottom - inset, max(0, left - reach) : right + reach] > 0
    return bool(rows.size and rows.mean(1).max() >= CROSSED)


def _with_rings(ticks: tuple[TickBox, ...], rings: dict[Box, Box]) -> tuple[TickBox, ...]:
    """A ring about a box ticks it; boxes into which another's ring reaches are no ticked ones, but to be looked at."""

    def reached(tick: TickBox) -> bool:
        """Where it reaches into the box, the box's own line is what was met first."""
        left, top, right, bottom = tick.box
        around = left - 1, top - 1, right + 1, bottom + 1
        return any(other != tick.box and overlap(around, ring) for other, ring in rings.items())

    def told(tick: TickBox) -> TickBox:
        if tick.box in rings:
            return tick if tick.ticked else TickBox(tick.box, True, RING_SURE)
        return TickBox(tick.box, False, DOUBTED) if tick.ticked and reached(tick) else tick

    return tuple(told(tick) for tick in ticks)


def with_pale_doubted(ticks: tuple[TickBox, ...], levels: Pixels, ink: Ink) -> tuple[TickBox, ...]:
    """The boxes, less sure of those that ink much paler than all other ticks' ticks: it may be that of a stamp.

    `levels`: the page at the ink's resolution, its paper white everywhere.
    """
    cores = {tick: core for tick in ticks if tick.ticked and (core := _core(tick.box, levels, ink)) is not None}
    if len(cores) <= FEWEST:
        return ticks
    pale = float(np.median(list(cores.values()))) + PALER
    return tuple(
        replace(tick, confidence=min(DOUBTED, tick.confidence)) if cores.get(tick, 0.0) >= pale else tick
        for tick in ticks
    )


def _core(box: Box, levels: Pixels, ink: Ink) -> float | None:
    """How dark the dark part of the ink inside a box is; None if there is none."""
    left, top, right, bottom = box
    inset = ink.pixels(INSET_MM, 3)
    inside = np.s_[top + inset : bottom - inset, left + inset : right - inset]
    drawn = levels[inside][ink.mask[inside] > 0]
    return float(np.quantile(drawn, CORE)) if drawn.size else None


def _leaves(box: Box, inset: int, ink: Ink) -> bool:
    """Whether a stroke that touches the inside of the box goes on outside of it."""
    left, top, right, bottom = box
    reach = (right - left) // 2
    around = tick_strokes(box, ink)
    outside = around.copy()
    y, x = min(top, reach), min(left, reach)
    outside[max(0, y - inset) : y + bottom - top + inset, max(0, x - inset) : x + right - left + inset] = 0
    return float((outside > 0).sum()) > 0.04 * (right - left) * (bottom - top)


def tick_strokes(box: Box, ink: Ink) -> Mask:
    """Ink connected with the box, within half its size around: the box itself and the strokes of its tick."""
    left, top, right, bottom = box
    reach = (right - left) // 2
    y0, x0 = max(0, top - reach), max(0, left - reach)
    around = ink.mask[y0 : bottom + reach, x0 : right + reach]
    pieces = components(np.ascontiguousarray(around))
    touching = np.unique(pieces.labels[top - y0 : bottom - y0, left - x0 : right - x0])
    chosen = np.zeros(len(pieces), np.bool_)
    chosen[[label - 1 for label in touching if label > 0]] = True
    return pieces.mask(chosen)


def erase_ticks(ink: Ink, ticks: tuple[TickBox, ...], rules: Rules) -> Mask:
    """Mask of all tick boxes with their strokes: no letters. Ruled lines that pass close by stay."""
    erased = np.zeros_like(ink.mask)
    for tick in ticks:
        left, top, right, bottom = tick.box
        reach = (right - left) // 2
        y0, x0 = max(0, top - reach), max(0, left - reach)
        strokes = tick_strokes(tick.box, ink)
        part = erased[y0 : bottom + reach, x0 : right + reach]
        part[strokes > 0] = 255
        part[rules.mask[y0 : bottom + reach, x0 : right + reach] > 0] = 0
        erased[top:bottom, left:right] = 255
    return erased
