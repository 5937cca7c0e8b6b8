"""Round seals and signatures in coloured ink: found by their shapes, so that text printed in colour stays text.

Where they lie on print, the lightest of the three colours shows the print alone: red ink is light in the red channel.
"""

from dataclasses import replace

import cv2
import numpy as np

from extraction.layout.components import closed, components, dilated
from extraction.pages import Mask, PageImage, Pixels, grey
from extraction.readings import Box

SMALLEST_MM, LARGEST_MM = 17.0, 55.0  # NĐ 99/2016: round seals are 28 to 42 mm wide
RIM_GAPS_MM = (5.0, 1.5)
SECTORS = 48
PEN_MM = 7.0  # an unbroken stroke of the pen this high is no letter
PEN_GAP_MM = 0.5  # gaps in a stroke that noise leaves
NEAR_PEN_MM = 1.5  # how far pieces of a signature lie from its main stroke
EDGE_MM = 0.3  # how far the pale edge of a stroke reaches


def without_marks(page: PageImage, marks: Mask) -> PageImage:
    """The page with its pale or coloured marks bleached, black print below them kept.

    `marks` may be of a lower resolution.
    """
    if not marks.any():
        return page
    lightest = page.pixels if page.lightest is None else page.lightest
    pixels = page.pixels.copy()
    scale = page.width / marks.shape[1]
    reach = max(1, round(EDGE_MM * page.dpi / 25.4 / scale))
    wide = dilated(marks, 2 * reach + 1, 2 * reach + 1)
    groups = components(wide)
    for group in range(len(groups)):
        left, top, right, bottom = groups.box(group)
        place = np.s_[round(top * scale) : round(bottom * scale), round(left * scale) : round(right * scale)]
        part = pixels[place]
        chosen = _sized(grey((groups.labels[top:bottom, left:right] == group + 1) * 255), part.shape)
        ink = _sized(marks[top:bottom, left:right], part.shape)
        part[chosen > 0] = _bleached(lightest[place], ink)[chosen > 0]
    return replace(page, pixels=pixels)


def _sized(mask: Mask, shape: tuple[int, ...]) -> Mask:
    return grey(cv2.resize(mask, (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST))


def _bleached(lightest: Pixels, ink: Mask) -> Pixels:
    """Grey levels stretched so that the coloured ink is as light as the paper around it."""
    paper = float(np.quantile(lightest, 0.85))
    pure = float(np.quantile(lightest[ink > 0], 0.3)) if (ink > 0).any() else paper
    stretched = np.arange(256) * (paper / max(60.0, min(pure, paper)))
    return grey(cv2.LUT(lightest, np.minimum(stretched, paper).astype(np.uint8)))


def round_seals(red: Mask, mm: float) -> list[Box]:
    """Boxes of red pieces whose outline is a circle or oval. `mm` is pixels per millimetre.

    A rim that a signature or wear has broken is mended by wider gaps, which may join other red ink; so both are tried.
    """
    seals: list[Box] = []
    for width in RIM_GAPS_MM:
        for box in _round_pieces(red, max(1, round(width * mm)), mm):
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if not any(other[0] < x < other[2] and other[1] < y < other[3] for other in seals):
                seals.append(box)
    return seals


def _round_pieces(red: Mask, gap: int, mm: float) -> list[Box]:
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


def seal_ink(page: PageImage, mm: float) -> Mask:
    """Red ink that belongs to round seals, a little thickened to take the pale edge of the strokes along."""
    kept = np.zeros_like(page.pixels)
    if page.red is None:
        return kept
    for left, top, right, bottom in round_seals(page.red, mm):
        kept[top:bottom, left:right] = page.red[top:bottom, left:right]
    return dilated(kept, 3, 3)


def pen_ink(page: PageImage, mm: float) -> Mask:
    """Blue ink of strokes higher than any letter, and of the pieces about them: signatures, not blue text or ticks."""
    if page.blue is None:
        return np.zeros_like(page.pixels)
    gap = max(1, round(PEN_GAP_MM * mm)) | 1
    pieces = components(closed(page.blue, gap, gap))
    long = (pieces.height >= PEN_MM * mm) & (pieces.area < 0.5 * pieces.width * pieces.height)
    if not long.any():
        return np.zeros_like(page.pixels)
    reach = 2 * round(NEAR_PEN_MM * mm) + 1
    near = np.unique(pieces.labels[dilated(pieces.mask(long), reach, reach) > 0])
    chosen = long.copy()
    chosen[near[near > 0] - 1] = True
    return dilated(grey(pieces.mask(chosen) & page.blue), 3, 3)
