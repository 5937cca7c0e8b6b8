"""Whether somebody ticked a box: the ink inside of its lines, strokes that leave it, rings about it, paler ink.

It counts as ticked by the share of ink inside; a stroke that mostly leaves the box still counts, with less confidence.
"""

from dataclasses import dataclass, replace

import numpy as np

from extraction.geometry import overlap
from extraction.layout.components import Flags, components
from extraction.layout.ink import Ink
from extraction.layout.rules import Rules
from extraction.pages import Mask, Pixels
from extraction.readings import Box

CORE = 0.2  # of the ink's levels, from the darkest: its edges are paler
STROKE_MM = 1.3  # thickest edge
CROSSED = 0.9  # a row so full is a level line
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


@dataclass(frozen=True)
class TickBox:
    box: Box
    ticked: bool
    confidence: float


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


def with_rings(ticks: tuple[TickBox, ...], rings: dict[Box, Box]) -> tuple[TickBox, ...]:
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
