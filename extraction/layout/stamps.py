"""Round seals: found in red ink by their outline, so that text printed red stays text."""

import numpy as np

from extraction.layout.components import closed, components, dilated
from extraction.pages import Mask
from extraction.readings import Box

SMALLEST_MM, LARGEST_MM = 17.0, 55.0  # NĐ 99/2016: round seals are 28 to 42 mm wide
SECTORS = 48


def round_seals(red: Mask, mm: float) -> list[Box]:
    """Boxes of red pieces whose outline is a circle or oval. `mm` is pixels per millimetre."""
    gap = max(1, round(1.5 * mm))
    pieces = components(closed(red, gap, gap))
    seals = []
    for piece in np.flatnonzero((pieces.width >= SMALLEST_MM * mm) & (pieces.height >= SMALLEST_MM * mm)):
        box = pieces.box(int(piece))
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if max(wide, high) > LARGEST_MM * mm or not 0.6 <= wide / high <= 1.67:
            continue
        if _outline_share(red[top:bottom, left:right]) >= 0.6:
            seals.append(box)
    return seals


def _outline_share(red: Mask) -> float:
    """In how many of the directions from the middle there is ink near the ellipse that fills the box."""
    rows, columns = np.nonzero(red)
    height, width = red.shape
    y, x = (rows + 0.5) / height * 2 - 1, (columns + 0.5) / width * 2 - 1
    radius = np.hypot(x, y)
    rim = (radius > 0.85) & (radius < 1.05)
    sector = ((np.arctan2(y[rim], x[rim]) / (2 * np.pi) + 0.5) * SECTORS).astype(np.int64) % SECTORS
    return len(np.unique(sector)) / SECTORS


def seal_ink(red: Mask, mm: float) -> Mask:
    """Red ink that belongs to round seals, a little thickened to take the pale edge of the strokes along."""
    kept = np.zeros_like(red)
    for left, top, right, bottom in round_seals(red, mm):
        kept[top:bottom, left:right] = red[top:bottom, left:right]
    return dilated(kept, 3, 3)
