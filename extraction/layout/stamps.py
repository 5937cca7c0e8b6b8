"""Round seals, framed stamps and signatures in coloured ink: found by their shapes, so that coloured text stays text.

Where they lie on print, the lightest of the three colours shows the print alone: red ink is light in the red channel.
"""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extraction.layout.components import Components, Flags, closed, components, dilated
from extraction.pages import Mask, PageImage, Pixels, grey, level_below
from extraction.readings import Box

SMALLEST_MM, LARGEST_MM = 17.0, 55.0  # NĐ 99/2016: round seals are 28 to 42 mm wide
RIM_GAPS_MM = (5.0, 1.5)
SECTORS = 48
PEN_MM, PEN_MOST_MM = 7.0, 120.0  # an unbroken stroke of the pen this high is no letter; a longer one is a frame
PEN_GAP_MM = 0.5  # gaps in a stroke that noise leaves
LETTERS_ALIKE, ROW_OF_LETTERS, MOST_STROKES = 0.55, 15.0, 4  # share of a height; heights; strokes as high in a row
NEAR_PEN_MM = 1.5  # how far pieces of a signature lie from its main stroke
FRAME_MM = (12.0, 95.0), (5.0, 50.0)  # the longer and the shorter side of stamps like “ĐẾN” or “SAO Y BẢN CHÍNH”
FRAME_LINE_MM, FREE_MM = 0.95, 1.8  # a frame's line lies in the first, and next to nothing from there to the second
FRAME_STEP_MM = 2.0
FRAMED, SIDE_FRAMED = 0.45, 0.2  # share of the whole outline, and of each side, that is drawn, if faintly
NOT_FREE = 0.4  # of what is drawn: blocks of coloured text have as much ink behind their edge as at it
PRINT_BELOW = 0.01  # share of a stamp's area that black print must cover for the stamp to be in the way
PEN_DARKER = 0.6  # of a stamp's usual grey level: darker ink of its colour is a pen's, or lies on print
EDGE_MM = 0.3  # how far the pale edge of a stroke reaches


def without_marks(page: PageImage, marks: Mask, areas: Mask | None = None) -> PageImage:
    """The page with its pale or coloured marks bleached, black print below them kept.

    `marks`, their ink, may be of a lower resolution; `areas`, as large, are bleached whole: where ink of two colours
    mixes, the mask of one has gaps.
    """
    if not marks.any():
        return page
    lightest = page.palest
    pixels = page.pixels.copy()
    scale = page.width / marks.shape[1]
    reach = max(1, round(EDGE_MM * page.dpi / 25.4 / scale))
    covered = marks if areas is None else grey(cv2.bitwise_or(marks, areas))
    wide = dilated(covered, 2 * reach + 1, 2 * reach + 1)
    del covered
    groups = components(wide)
    for group in range(len(groups)):
        left, top, right, bottom = groups.box(group)
        place = np.s_[round(top * scale) : round(bottom * scale), round(left * scale) : round(right * scale)]
        part = pixels[place]
        chosen = _sized(grey((groups.labels[top:bottom, left:right] == group + 1) * 255), part.shape)
        ink = _sized(marks[top:bottom, left:right], part.shape)
        np.copyto(part, _bleached(lightest[place], ink), where=chosen > 0)
    return replace(page, pixels=pixels)


def _sized(mask: Mask, shape: tuple[int, ...]) -> Mask:
    return grey(cv2.resize(mask, (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST))


def _bleached(lightest: Pixels, ink: Mask) -> Pixels:
    """Grey levels stretched so that the coloured ink is as light as the paper around it."""
    paper = float(np.quantile(lightest, 0.85))
    pure = level_below(lightest, ink, 0.3)
    stretched = np.arange(256) * (paper / max(60.0, paper if pure is None else min(pure, paper)))
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
    """Red or blue ink that belongs to round seals, a little thickened to take the pale edge of the strokes along."""
    kept = np.zeros_like(page.pixels)
    if page.red is not None:
        for left, top, right, bottom in round_seals(page.red, mm):
            kept[top:bottom, left:right] = page.red[top:bottom, left:right]
    if page.blue is not None:
        for box in round_seals(page.blue, mm):
            kept |= page.blue & _ellipse(box, page.blue.shape)  # beside it there may be blue text
    return dilated(kept, 3, 3)


def _ellipse(box: Box, shape: tuple[int, ...]) -> Mask:
    """What lies inside the ellipse that fills the box."""
    left, top, right, bottom = box
    middle, halves = ((left + right) // 2, (top + bottom) // 2), ((right - left) // 2 + 2, (bottom - top) // 2 + 2)
    return grey(cv2.ellipse(np.zeros(shape, np.uint8), middle, halves, 0, 0, 360, (255,), -1))


def framed_stamps(page: PageImage, lightest: Pixels, mm: float) -> tuple[Mask, Mask]:
    """Ink of the framed stamps that lie on black print, and the areas inside their frames, tilted as they are.

    A stamp beside the print stays: what it says may be wanted. `lightest` is of the page at any resolution.
    """
    ink, areas = np.zeros_like(page.pixels), np.zeros_like(page.pixels)
    scale = lightest.shape[1] / page.width
    for colour in [each for each in (page.red, page.blue) if each is not None]:
        for corners in _frames(colour, mm):
            area = np.zeros_like(page.pixels)
            cv2.fillPoly(area, [np.rint(corners).astype(np.int32)], 255)
            stamped = grey(cv2.bitwise_and(colour, dilated(area, 3, 3)))
            if _on_print(lightest, area, stamped, scale):
                areas |= area
                ink |= stamped
    return dilated(ink, 3, 3), areas


def _frames(ink: Mask, mm: float) -> list[npt.NDArray[np.float32]]:
    """Corners (4, 2) of the slanting rectangles whose sides are drawn in this ink, each once."""
    found: list[npt.NDArray[np.float32]] = []
    (longest, shortest), most = (FRAME_MM[0][0], FRAME_MM[1][0]), FRAME_MM[0][1]
    for width in RIM_GAPS_MM:
        gap = max(1, round(width * mm))
        pieces = components(closed(ink, gap, gap))
        large = (np.maximum(pieces.width, pieces.height) >= longest * mm) & (
            np.minimum(pieces.width, pieces.height) >= shortest * mm
        )
        for piece in np.flatnonzero(large & (pieces.width <= most * mm) & (pieces.height <= most * mm)).tolist():
            left, top, right, bottom = pieces.box(piece)
            own = (pieces.labels[top:bottom, left:right] == piece + 1) & (ink[top:bottom, left:right] > 0)
            rows, columns = np.nonzero(own)
            corners = _frame_of(np.stack([columns + left, rows + top], axis=1).astype(np.float32), mm)
            middle = None if corners is None else corners.mean(axis=0)
            if middle is not None and all(np.abs(other.mean(axis=0) - middle).max() > shortest * mm for other in found):
                found.append(np.asarray(corners, np.float32))
    return found


def _frame_of(points: npt.NDArray[np.float32], mm: float) -> npt.NDArray[np.float32] | None:
    """The corners of the smallest rectangle around the (n, 2) points, if points lie all along its four sides."""
    if len(points) < 50:
        return None
    rectangle = cv2.minAreaRect(points)
    corners = np.asarray(cv2.boxPoints(rectangle), np.float32)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    long, short = float(sides.max()), float(sides.min())
    if not (FRAME_MM[0][0] * mm <= long <= FRAME_MM[0][1] * mm and FRAME_MM[1][0] * mm <= short <= FRAME_MM[1][1] * mm):
        return None
    drawn = behind = whole = 0
    for start, end, length in zip(corners, np.roll(corners, -1, axis=0), sides.tolist(), strict=True):
        along = (end - start) / length
        away = points - start
        inward = np.abs(away @ np.array([-along[1], along[0]]))
        steps = max(2, round(length / (FRAME_STEP_MM * mm)))
        place = np.clip((away @ along) / length * steps, 0, steps - 1).astype(np.int64)
        ends = (place == 0) | (place == steps - 1)  # where the sides across begin
        line = len(np.unique(place[inward <= FRAME_LINE_MM * mm]))
        if line < SIDE_FRAMED * steps:
            return None
        filled = (inward > FRAME_LINE_MM * mm) & (inward <= FREE_MM * mm) & ~ends
        drawn, behind, whole = drawn + line, behind + len(np.unique(place[filled])), whole + steps
    return corners if drawn >= FRAMED * whole and behind <= NOT_FREE * drawn else None


def _on_print(lightest: Pixels, area: Mask, ink: Mask, scale: float) -> bool:
    """Whether much in the area is darker than the stamp's ink in its lightest colour: black print."""
    left, top, width, height = cv2.boundingRect(area)
    rows, columns = slice(top, top + height), slice(left, left + width)
    edges = [round(edge * scale) for edge in (top, top + height, left, left + width)]
    part = lightest[edges[0] : edges[1], edges[2] : edges[3]]
    if part.size == 0 or not ink.any():
        return False
    inside, own = (_sized(mask[rows, columns], part.shape) > 0 for mask in (area, ink))
    if not own.any() or not inside.any():
        return False
    return float((part[inside] < 0.6 * np.quantile(part[own], 0.3)).mean()) >= PRINT_BELOW


def darker_ink(page: PageImage, stamped: Mask) -> Mask:
    """What a pen drew across framed stamps, whose ink is paler: a ring about a tick box that a stamp has reached."""
    usual = level_below(page.pixels, stamped, 0.5) if stamped.any() else None
    if usual is None:
        return stamped
    return grey(cv2.threshold(page.pixels, PEN_DARKER * usual, 255, cv2.THRESH_BINARY_INV)[1]) & stamped


def _among_letters(pieces: Components, chosen: Flags) -> Flags:
    """Which of the chosen pieces stand in a row of others as high: the capitals of a heading, grown together or not."""
    among = np.zeros(len(pieces), np.bool_)
    for piece in np.flatnonzero(chosen).tolist():
        height = int(pieces.height[piece])
        alike = (pieces.height >= LETTERS_ALIKE * height) & (pieces.height <= height / LETTERS_ALIKE)
        shared = np.minimum(pieces.bottom, pieces.bottom[piece]) - np.maximum(pieces.top, pieces.top[piece])
        near = np.abs(pieces.left - pieces.left[piece]) <= ROW_OF_LETTERS * height
        among[piece] = int((alike & near & (shared >= 0.5 * height)).sum()) > MOST_STROKES
    return among


def pen_ink(page: PageImage, mm: float) -> Mask:
    """Blue ink of strokes higher than any letter, and of the pieces about them: signatures, not blue text or ticks."""
    if page.blue is None:
        return np.zeros_like(page.pixels)
    gap = max(1, round(PEN_GAP_MM * mm)) | 1
    pieces = components(closed(page.blue, gap, gap))
    long = (pieces.height >= PEN_MM * mm) & (pieces.area < 0.5 * pieces.width * pieces.height)
    long &= (pieces.height <= PEN_MOST_MM * mm) & (pieces.width <= PEN_MOST_MM * mm)
    long &= ~_among_letters(pieces, long)
    if not long.any():
        return np.zeros_like(page.pixels)
    reach = 2 * round(NEAR_PEN_MM * mm) + 1
    near = pieces.touching(dilated(pieces.mask(long), reach, reach) > 0)
    return dilated(grey(pieces.mask(long | near) & page.blue), 3, 3)
