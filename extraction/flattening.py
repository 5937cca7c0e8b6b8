"""Photographed sheets: where the paper lies in the picture, and the page as if a scanner had taken it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from extraction.geometry import on_page, with_boxes
from extraction.pages import Mask, Outline, PageImage, Pixels, grey
from extraction.readings import Box, PageReading

Points = npt.NDArray[np.float64]  # (n, 2): x, y
Matrix = npt.NDArray[np.float64]  # (3, 3), of homogeneous points

LOOKED_AT = 640  # pixels of the longer side in which the sheet is looked for
RIM = 0.012  # of the shorter side: what of a photo lies around nearly any sheet
RIM_DARK, RIM_LEVEL = 0.4, 0.78  # share of the rim that is darker than this share of the paper
COVERED = (0.3, 0.985)  # of the picture
LEVELS = (0.35, 0.42, 0.5, 0.58, 0.66, 0.74, 0.82)  # of the paper's grey: where a sheet may end
EDGE = 1.14  # how many times lighter than what is around it a sheet is
SOLID = 0.95  # share of the four-sided outline that is sheet
CORNER_DEGREES = 28.0  # how far from a right angle perspective takes a corner
A4_RATIO, A4_TOLERATED = 2**0.5, 0.14
A4_INCHES = 297 / 25.4


@dataclass(frozen=True, eq=False)
class Placed:
    """Where a flat sheet of this size lies in a picture: `back` takes its points (edges of pixels) to the picture's."""

    back: Matrix
    width: int
    height: int

    def on_picture(self, reading: PageReading, picture: Outline) -> PageReading:
        """The reading of the flat sheet with boxes, size and skew of the picture."""
        turn = reading.rotation
        wide, high = (picture.height, picture.width) if turn in (90, 270) else (picture.width, picture.height)
        move = _turning(turn, picture.width, picture.height) @ self.back
        move = move @ np.linalg.inv(_turning(turn, self.width, self.height))
        ends = _moved(move, [(0, reading.height / 2), (reading.width, reading.height / 2)])
        lean = math.degrees(math.atan2(ends[1, 1] - ends[0, 1], ends[1, 0] - ends[0, 0]))
        update = {"width": wide, "height": high, "dpi": round(picture.dpi, 2)}
        sized = reading.model_copy(update={**update, "skew_degrees": round(reading.skew_degrees + lean, 2)})
        return with_boxes(sized, lambda boxes: [on_page(_box_moved(box, move), wide, high) for box in boxes])


@dataclass(frozen=True, eq=False)
class FlatSheet:
    """A sheet in a picture: `flat` as if scanned, and where it lies."""

    flat: PageImage
    back: Matrix

    @property
    def placed(self) -> Placed:
        return Placed(self.back, self.flat.width, self.flat.height)


def sheet_in(page: PageImage) -> FlatSheet | None:
    """The sheet of paper in a photo; None where the picture is all paper, as scans are."""
    step = max(1, max(page.width, page.height) // LOOKED_AT)
    small = cv2.blur(page.pixels[::step, ::step], (3, 3)) if step > 1 else page.pixels
    if min(small.shape) < 64 or not _has_dark_rim(grey(small)):
        return None
    corners = _corners(grey(small))
    if corners is None:
        return None
    return _flattened(page, corners * step)


def _has_dark_rim(small: Pixels) -> bool:
    """Whether much around the picture's edge is darker than the paper in it: nearly no scan has that."""
    wide = max(2, round(RIM * min(small.shape)))
    paper = float(np.quantile(small[::2, ::2], 0.7))
    sides = (small[:wide].ravel(), small[-wide:].ravel(), small[:, :wide].ravel(), small[:, -wide:].ravel())
    return float((np.concatenate(sides) < RIM_LEVEL * paper).mean()) >= RIM_DARK


def _corners(small: Pixels) -> Points | None:
    """The sheet's corners from top left clockwise; None where no light four-sided piece stands out.

    Of the levels that part a sheet from what is around it, the best is that which gives the sharpest sides: a higher
    one cuts off what lies in shadow, a lower one takes in what the sheet lies on.
    """
    paper = float(np.quantile(small[::2, ::2], 0.7))
    found = [_outlined(grey((small >= share * paper) * 255)) for share in LEVELS]
    best = max((corners for corners in found if corners is not None), key=lambda it: _contrast(small, it), default=None)
    return best if best is not None and _contrast(small, best) >= EDGE else None


def _outlined(light: Mask) -> Points | None:
    """The corners of the largest light piece, if it has four."""
    light = grey(cv2.morphologyEx(light, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8)))
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    area = cv2.contourArea(largest)
    if not COVERED[0] <= area / light.size <= COVERED[1]:
        return None
    hull = cv2.convexHull(largest)
    for slack in (0.02, 0.03, 0.05):
        outline = cv2.approxPolyDP(hull, slack * cv2.arcLength(hull, True), True)
        if len(outline) == 4:
            break
    else:
        return None
    corners = _from_top_left(np.asarray(outline, np.float64).reshape(4, 2))
    if area < SOLID * cv2.contourArea(corners.astype(np.float32)) or not _upright_enough(corners):
        return None
    return _refined(corners, np.asarray(largest, np.int32).reshape(-1, 2))


def _contrast(small: Pixels, corners: Points) -> float:
    """How many times lighter it is just inside of each side than just outside, at the least sharp of them.

    One side may lie outside of the picture.
    """
    middle, ratios = corners.mean(0), []
    for at in range(4):
        start, end = corners[at], corners[(at + 1) % 4]
        side = start + np.linspace(0.1, 0.9, 60)[:, None] * (end - start)
        inward = np.array([start[1] - end[1], end[0] - start[0]]) / np.linalg.norm(end - start)
        inward = inward if float(inward @ (middle - start)) > 0 else -inward
        step = max(2.0, 0.008 * max(small.shape))
        inside, outside = (_levels_at(small, side + way * step * inward) for way in (1, -1))
        if min(len(inside), len(outside)) >= 20:
            ratios.append(float(np.median(inside)) / max(1.0, float(np.median(outside))))
    return min(ratios) if len(ratios) >= 3 else 0.0


def _levels_at(small: Pixels, points: Points) -> Pixels:
    """The grey levels at those of the points that lie in the picture."""
    x, y = np.rint(points).astype(np.int64).T
    there = (x >= 0) & (y >= 0) & (x < small.shape[1]) & (y < small.shape[0])
    return grey(small[y[there], x[there]])


def _from_top_left(corners: Points) -> Points:
    middle = corners.mean(0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    around = corners[np.argsort(angles)]  # clockwise on a picture, whose y grows downward
    return np.roll(around, -int(np.argmin(around.sum(1))), axis=0)


def _upright_enough(corners: Points) -> bool:
    """Whether all corners are near right angles."""
    for at in range(4):
        one, other = corners[at - 1] - corners[at], corners[(at + 1) % 4] - corners[at]
        cosine = float(one @ other / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(other))))
        if abs(90 - math.degrees(math.acos(max(-1.0, min(1.0, cosine))))) > CORNER_DEGREES:
            return False
    return True


def _refined(corners: Points, outline: npt.NDArray[np.int32]) -> Points:
    """Corners where straight lines through the sheet's sides meet: a corner may be rounded, bent or torn."""
    lines = []
    for at in range(4):
        start, end = corners[at], corners[(at + 1) % 4]
        along = (end - start) / np.linalg.norm(end - start)
        place = (outline - start) @ along / np.linalg.norm(end - start)
        off = np.abs((outline - start) @ np.array([-along[1], along[0]]))
        near = outline[(place > 0.08) & (place < 0.92) & (off < 0.02 * np.linalg.norm(end - start))]
        if len(near) < 10:
            return corners
        fit = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01)
        lines.append(np.asarray(fit, np.float64).ravel())
    met = []
    for at in range(4):
        (ax, ay, px, py), (bx, by, qx, qy) = lines[at - 1], lines[at]
        crossing = ax * by - ay * bx
        if abs(crossing) < 0.3:
            return corners
        reach = ((qx - px) * by - (qy - py) * bx) / crossing
        met.append((px + reach * ax, py + reach * ay))
    return np.asarray(met, np.float64)


def _flattened(page: PageImage, corners: Points) -> FlatSheet:
    sides = [float(np.linalg.norm(corners[(at + 1) % 4] - corners[at])) for at in range(4)]
    wide, high = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    dpi = page.dpi
    long, short = max(wide, high), min(wide, high)
    if abs(long / short / A4_RATIO - 1) <= A4_TOLERATED:
        short, dpi = long / A4_RATIO, long / A4_INCHES
        wide, high = (short, long) if high > wide else (long, short)
    size = (max(1, round(wide)), max(1, round(high)))
    rectangle = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    back = np.asarray(cv2.getPerspectiveTransform(rectangle, corners.astype(np.float32)), np.float64)
    paper = int(np.quantile(page.pixels[::16, ::16], 0.7))

    def levels(pixels: Pixels) -> Pixels:
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return grey(cv2.warpPerspective(pixels, back, size, flags=how, borderValue=(paper,)))

    def mask_moved(mask: Mask) -> Mask:
        share = mask.shape[1] / page.width
        coarse = np.diag([share, share, 1.0]) @ back @ np.diag([1 / share, 1 / share, 1.0])
        there = (max(1, round(size[0] * share)), max(1, round(size[1] * share)))
        return grey(cv2.warpPerspective(mask, coarse, there, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP))

    return FlatSheet(replace(page.moved(levels, mask_moved), dpi=dpi), back)


def _turning(degrees: int, width: int, height: int) -> Matrix:
    """Takes points of a page of this size to those of the page turned clockwise."""
    rows = {
        0: ((1, 0, 0), (0, 1, 0)),
        90: ((0, -1, height), (1, 0, 0)),
        180: ((-1, 0, width), (0, -1, height)),
        270: ((0, 1, 0), (-1, 0, width)),
    }[degrees]
    return np.array([*rows, (0, 0, 1)], np.float64)


def _moved(move: Matrix, points: Sequence[tuple[float, float]]) -> Points:
    there = np.array([(*point, 1.0) for point in points]) @ move.T
    return np.asarray(there[:, :2] / there[:, 2:], np.float64)


def _box_moved(box: Box, move: Matrix) -> Box:
    """The upright box through the places to which the middles of the four sides go."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    sides = _moved(move, [(left, y), (x, top), (right, y), (x, bottom)])
    return round(sides[0, 0]), round(sides[1, 1]), round(sides[2, 0]), round(sides[3, 1])
