"""Rings that a pen drew about tick boxes.

From the middle of a box, the first ink outside of it is looked for in all directions. Other boxes stand as close above
and below, labels at one side, and lines of a table all around, worn to dashes or taken away together with the parts of
a ring that they touch. So ink must lie in most directions, and that on one side must bend as a ring does.
"""

import numpy as np

from extraction.layout.components import Floats
from extraction.layout.ink import Ink
from extraction.readings import Box

RAYS, RINGED = 48, 0.6  # directions; share of them that must hit ink
NEAREST, FARTHEST = 3, 1.15  # pixels outside of the box's own line; how far from the box a ring lies, in half boxes
SIDEWAYS = 0.6  # cosine of the directions that look to a side
SIDE_RINGED = 0.65  # share of them that must hit ink
BEND = 0.45  # of a side, times how far off it is: rings have 0.6 and more, worn lines and letters 0.35 at most
OFF_PARABOLA = 0.13  # in half boxes, for the median hit
TURNS = np.arange(RAYS) * (2 * np.pi / RAYS)
STEPS: Floats = np.stack([np.cos(TURNS), np.sin(TURNS)], 1)


def ring_around(box: Box, ink: Ink) -> Box | None:
    """The box around the ring that was drawn about a tick box; None if there is none."""
    left, top, right, bottom = box
    middle = np.array([left + right - 1, top + bottom - 1]) / 2
    half = max(right - left, bottom - top) / 2
    distances = _first_ink(middle, half, ink)
    hit = np.isfinite(distances)
    if hit.mean() < RINGED:
        return None
    places = distances[hit, None] * STEPS[hit]
    looking = STEPS[hit, 0]
    if not any(_bends(places[side > SIDEWAYS] * (way, 1) / half) for way, side in ((1, looking), (-1, -looking))):
        return None
    (x0, y0), (x1, y1) = ((middle + edge(places, 0)).round().astype(int).tolist() for edge in (np.min, np.max))
    return x0, y0, x1 + 1, y1 + 1


def _first_ink(middle: Floats, half: float, ink: Ink) -> Floats:
    """How far from the middle the first ink outside of the box is, in each direction; infinite where there is none."""
    starts = half / np.abs(STEPS).max(1) + NEAREST
    ends = np.maximum(starts, 1.1 * half) + FARTHEST * half
    distances = starts[:, None] + np.arange(np.ceil((ends - starts).max()))
    xs, ys = (
        np.rint(place + distances * step[:, None]).astype(int) for place, step in zip(middle, STEPS.T, strict=True)
    )
    rows, columns = ink.mask.shape
    there = (distances < ends[:, None]) & (xs >= 0) & (xs < columns) & (ys >= 0) & (ys < rows)
    drawn = there & (ink.mask[ys.clip(0, rows - 1), xs.clip(0, columns - 1)] > 0)
    return np.asarray(np.where(drawn, distances, np.inf).min(1))


def _bends(places: Floats) -> bool:
    """Whether the places of ink to the right of a box, from its middle, lie on one curve that is hollow towards it."""
    if len(places) < SIDE_RINGED * np.count_nonzero(STEPS[:, 0] > SIDEWAYS):
        return False
    across, down = places.T
    curve = np.polyfit(down, across, 2)
    return bool(
        curve[0] * across.max() <= -BEND and np.median(np.abs(np.polyval(curve, down) - across)) <= OFF_PARABOLA
    )
