"""Rings that a pen drew about tick boxes, or about the points of a row.

From the middle of a box, the first ink outside of it is looked for in all directions. Other boxes stand as close above
and below, labels at one side, and lines of a table all around, worn to dashes or taken away together with the parts of
a ring that they touch. So ink must lie in most directions, and that on one side must bend as a ring does.
"""

from collections.abc import Sequence

import numpy as np

from extraction.geometry import overlap
from extraction.layout.components import Floats, components
from extraction.layout.ink import Ink
from extraction.readings import Box

RAYS, RINGED = 48, 0.6  # directions; share of them that must hit ink
NEAREST, FARTHEST = 3, 1.15  # pixels outside of the box's own line; how far from the box a ring lies, in half boxes
SIDEWAYS = 0.6  # cosine of the directions that look to a side
SIDE_RINGED = 0.65  # share of them that must hit ink …
ALMOST, SIDE_LEFT = 0.8, 0.55  # … or so many, where almost all directions do: a rule took some of the side along
UPRIGHT, UPRIGHT_RINGED = 0.8, 0.5  # sine of the directions that look up and down; share of them that must hit ink
BEND = 0.45  # of a side, times how far off it is: rings have 0.6 and more, worn lines and letters 0.35 at most …
OUTER_BEND = 0.65  # … and 0.7 of a ring's outer edge, where it touches the corners of its box
ROOM = (1.35, 1.9)  # times as large as a figure are the squares about which a ring is looked for
THICKEST = 8  # pixels of a pen's line
OFF_PARABOLA = 0.13  # in half boxes, for the median hit
CIRCLED = 0.86  # of its height, a circled figure is wide at least; figures are narrower
ALONE = 0.7  # share of a column's figures that nothing stands beside
TIED_ROOM = 1.35  # times as high as a figure is a ring that touches it, at least
OFF_ELLIPSE, ELLIPSE = 0.16, 0.85  # of the way to its middle, most of a ring's outer edge is off an ellipse; how much
FIGURE_WITHIN, FIGURE_INK = 0.55, 0.08  # of that way, within which a figure stands; share of the ink that it is
PIECES, OF_PIECES = 4, 0.8  # into which a ring may be cut by rules; share of the directions that meet one of them
TURNS = np.arange(RAYS) * (2 * np.pi / RAYS)
STEPS: Floats = np.stack([np.cos(TURNS), np.sin(TURNS)], 1)


def ring_around(box: Box, ink: Ink) -> Box | None:
    """The box around the ring that was drawn about a tick box; None if there is none."""
    middle, half = _middle(box)
    distances, thick = _first_ink(middle, half, ink)
    hit = np.isfinite(distances)
    if hit.mean() < RINGED:
        return None
    places = distances[hit, None] * STEPS[hit]
    edges = ((places, BEND), ((distances + thick)[hit, None] * STEPS[hit], OUTER_BEND))
    if not any(_bends(edge / half, bend) for edge, bend in edges):
        return None
    (x0, y0), (x1, y1) = ((middle + edge(places, 0)).round().astype(int).tolist() for edge in (np.min, np.max))
    return x0, y0, x1 + 1, y1 + 1


def ringed_above_and_below(box: Box, ink: Ink) -> bool:
    """Whether there is ink close above and below as well: letters stand beside each other only."""
    distances, _ = _first_ink(*_middle(box), ink)
    upright = np.abs(STEPS[:, 1]) > UPRIGHT
    above = STEPS[:, 1] < 0
    return all(float(np.isfinite(distances[upright & side]).mean()) >= UPRIGHT_RINGED for side in (above, ~above))


def ringed_figures(figures: Sequence[Box], tied: Sequence[Box], ink: Ink) -> list[Box]:
    """The rings that were drawn about the figures of a column, each once. `ink` without rules.

    `tied`: pieces of ink in that column which may be a figure and the ring that it touches.
    """
    usual = int(np.median([bottom - top for _, top, _, bottom in figures])) if figures else 0
    rings: list[Box] = []
    for figure in figures:
        about = [_square_about(figure, round(room * usual)) for room in ROOM]
        found = ((square, ring_around(square, ink)) for square in about)
        ring = next((each for square, each in found if each is not None and _is_of_few_pieces(square, each, ink)), None)
        if ring is not None and not any(overlap(ring, other) for other in rings):
            rings.append(ring)
    larger = (box for box in tied if figures and box[3] - box[1] >= TIED_ROOM * usual)
    larger = (box for box in larger if not any(overlap(box, ring) for ring in rings))
    return rings + [ring for box in larger if (ring := _ring_with_figure(box, ink)) is not None]


def circled_figures(figures: Sequence[Box], ink: Ink) -> list[Box]:
    """Figures of a typeface in circles, ③, as some offices type the points that were chosen; one may be struck out."""
    usual = int(np.median([bottom - top for _, top, _, bottom in figures])) if figures else 0
    alone = [box for box in figures if _stands_alone(box, figures)]
    if len(alone) < ALONE * len(figures):
        return []  # of words
    round_ones = (box for box in alone if _is_as_wide_as_high(box, usual))
    return [box for box in round_ones if _is_ring_with_figure(box, ink)]


def _is_as_wide_as_high(box: Box, usual: int) -> bool:
    """Whether a piece is so: a typeface's ③ is hardly higher than its 3."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return wide >= CIRCLED * high and high >= usual


def _stands_alone(box: Box, figures: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    wide = right - left
    beside = (other for other in figures if other[1] < bottom and top < other[3] and other != box)
    return not any(other[0] < right + wide and left - wide < other[2] for other in beside)


def _ring_with_figure(box: Box, ink: Ink) -> Box | None:
    """The ring that a piece is, with the figure it touches, before the stars that it may touch, too; None if none."""
    left, top, right, bottom = box
    widths = range(min(right - left, bottom - top), right - left + 1, 2)
    parts = ((left, top, left + wide, bottom) for wide in (right - left, *widths))
    return next((part for part in parts if _is_ring_with_figure(part, ink)), None)


def _is_ring_with_figure(box: Box, ink: Ink) -> bool:
    """Whether the outermost ink of a piece is an ellipse as large as its box, and within it stands something."""
    left, top, right, bottom = box
    inside = ink.mask[top:bottom, left:right] > 0
    rows, columns = np.nonzero(inside)
    across = (2 * columns - (right - left - 1)) / (right - left)
    down = (2 * rows - (bottom - top - 1)) / (bottom - top)
    far = np.hypot(across, down)  # 1: on the ellipse
    turns = ((np.arctan2(down, across) / (2 * np.pi) % 1) * RAYS / 2).astype(int)
    outermost = np.zeros(RAYS // 2)
    np.maximum.at(outermost, turns, far)
    even = np.abs(outermost - 1) <= OFF_ELLIPSE
    return float(even.mean()) >= ELLIPSE and float((far < FIGURE_WITHIN).mean()) >= FIGURE_INK


def _is_of_few_pieces(square: Box, ring: Box, ink: Ink) -> bool:
    """Whether the first ink about a square is that of a pen's line, and not of the many letters of a text around it."""
    left, top, right, bottom = ring
    pieces = components(np.ascontiguousarray(ink.mask[top:bottom, left:right]))
    middle, half = _middle(square)
    distances, _ = _first_ink(middle, half, ink)
    hit = np.isfinite(distances)
    across, down = np.rint(middle + distances[hit, None] * STEPS[hit]).astype(int).T
    met = np.bincount(pieces.labels[down - top, across - left], minlength=1)
    return bool(np.sort(met)[-PIECES:].sum() >= OF_PIECES * np.count_nonzero(hit))


def _middle(box: Box) -> tuple[Floats, float]:
    """The middle of a box, and half its longer side."""
    left, top, right, bottom = box
    return np.array([left + right - 1, top + bottom - 1]) / 2, max(right - left, bottom - top) / 2


def _square_about(box: Box, side: int) -> Box:
    x, y = (box[0] + box[2] - side) // 2, (box[1] + box[3] - side) // 2
    return x, y, x + side, y + side


def _first_ink(middle: Floats, half: float, ink: Ink) -> tuple[Floats, Floats]:
    """How far from the middle the first ink outside of the box is, in each direction, and how thick it is there.

    Infinitely far, and not thick, where there is none.
    """
    starts = half / np.abs(STEPS).max(1) + NEAREST
    ends = np.maximum(starts, 1.1 * half) + FARTHEST * half
    distances = starts[:, None] + np.arange(np.ceil((ends - starts).max()) + THICKEST)
    xs, ys = (
        np.rint(place + distances * step[:, None]).astype(int) for place, step in zip(middle, STEPS.T, strict=True)
    )
    rows, columns = ink.mask.shape
    drawn = (xs >= 0) & (xs < columns) & (ys >= 0) & (ys < rows)
    drawn &= ink.mask[ys.clip(0, rows - 1), xs.clip(0, columns - 1)] > 0
    first = np.where(drawn & (distances < ends[:, None]), distances, np.inf).min(1)
    paper = np.where(~drawn & (distances > first[:, None]), distances, np.inf).min(1)
    thick, there = np.zeros(len(first)), np.isfinite(first)
    thick[there] = np.minimum(paper[there] - first[there], THICKEST) - 1
    return np.asarray(first), thick


def _bends(places: Floats, least: float) -> bool:
    """Whether the places of ink on one side of a box, from its middle, lie on a curve that is hollow towards it."""
    needed = SIDE_LEFT if len(places) >= ALMOST * RAYS else SIDE_RINGED
    for way in (1, -1):
        across, down = (places * (way, 1)).T
        side = across > SIDEWAYS * np.hypot(across, down)
        if np.count_nonzero(side) < needed * np.count_nonzero(STEPS[:, 0] > SIDEWAYS):
            continue
        curve = np.polyfit(down[side], across[side], 2)
        off = np.abs(np.polyval(curve, down[side]) - across[side])
        if curve[0] * across[side].max() <= -least and np.median(off) <= OFF_PARABOLA:
            return True
    return False
