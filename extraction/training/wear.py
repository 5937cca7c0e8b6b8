"""What printing, stamping, scanning, copying and faxing do to a line; ranges wider than offices show."""

import math
from random import Random

import cv2
import numpy as np
import numpy.typing as npt

from extraction.pages import Pixels, grey
from extraction.training.typesetting import EDGE, Strip

Levels = npt.NDArray[np.float32]
COARSE = 22  # em in pixels of lines scanned at less than about 120 dpi
SHRUNK = 20  # em in pixels of the smallest lines that resolution is taken from
FINE = 50  # em in pixels at which blur and noise have the sizes given below


class Noise:
    """Noise made once and cut from anywhere: white, blotchy and uniform fields of (400, 6000)."""

    ROWS, COLUMNS = 400, 6000

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        shape = self.ROWS, self.COLUMNS
        self.white: Levels = rng.standard_normal(shape, dtype=np.float32)
        coarse = cv2.GaussianBlur(self.white, (0, 0), 1.0)
        self.grain = levels(coarse / coarse.std())
        slow = rng.random((12, 160)).astype(np.float32)
        self.light = levels(cv2.resize(slow, (self.COLUMNS, self.ROWS), interpolation=cv2.INTER_CUBIC))
        self.uniform: Levels = rng.random(shape, dtype=np.float32)

    def cut(self, field: Levels, rng: Random, rows: int, columns: int) -> Levels:
        top, left = rng.randrange(self.ROWS - rows), rng.randrange(self.COLUMNS - columns)
        return field[top : top + rows, left : left + columns]


def levels(values: npt.ArrayLike) -> Levels:
    return np.asarray(values, dtype=np.float32)


def worn(rng: Random, strip: Strip, noise: Noise) -> Pixels:
    """The strip as a grey crop (rows, columns) of a scanned page, its borders cut off.

    A strip without text always gets pieces of a seal or a signature: what the reader must keep silent about.
    """
    ink = _spread(rng, strip.ink, strip.em)
    ink = _bent(rng, ink, strip)
    if rng.random() < 0.15:
        ink = _squeezed(rng, ink)
    picture, paper = _printed(rng, ink, noise)
    if not strip.text or rng.random() < 0.17:
        picture = _stamped(rng, picture, paper, strip.em)
    picture = _lit(rng, picture, noise)
    picture = _scanned(rng, picture, noise, strip.em)
    stored = _stored(rng, grey(np.clip(picture, 0, 255).astype(np.uint8)), strip.em)
    if rng.random() < 0.06:
        stored = _patched(rng, stored, strip, paper)
    cut = stored[EDGE:-EDGE, EDGE:-EDGE]
    return _enlarged(rng, cut) if strip.em < COARSE and rng.random() < 0.6 else cut


def _enlarged(rng: Random, picture: Pixels) -> Pixels:
    """As pages of few dots are enlarged before they are read."""
    factor = rng.uniform(1.5, 3.5)
    how = rng.choice((cv2.INTER_CUBIC, cv2.INTER_CUBIC, cv2.INTER_LINEAR, cv2.INTER_LANCZOS4))
    return grey(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how))


def _spread(rng: Random, ink: Pixels, em: int) -> Pixels:
    """Ink runs, or is thin."""
    kind = rng.random()
    if kind < 0.10 and em >= 28:
        return grey(cv2.dilate(ink, np.ones(rng.choice(((2, 2), (1, 2), (2, 1))), np.uint8)))
    if kind < 0.16 and em >= 36:
        return grey(cv2.erode(ink, np.ones((2, 2), np.uint8)))
    return ink


def _squeezed(rng: Random, ink: Pixels) -> Pixels:
    """Narrow and wide typefaces, and sheets scanned at unlike resolutions along and across."""
    return grey(cv2.resize(ink, None, fx=rng.uniform(0.75, 1.15), fy=1, interpolation=cv2.INTER_AREA))


def _bent(rng: Random, ink: Pixels, strip: Strip) -> Pixels:
    """Skew left over after straightening (to 3 degrees on short lines), shear, the waves of a photographed sheet."""
    height, width = ink.shape
    if rng.random() < 0.6:
        degrees = rng.gauss(0, 0.35) if rng.random() < 0.75 else rng.uniform(-3, 3)
        most = math.degrees(0.35 * strip.em / width)  # no line may leave its crop
        angle = math.radians(max(-most - 0.3, min(most + 0.3, degrees)))
        shear = rng.uniform(-0.14, 0.14) if rng.random() < 0.15 else 0.0
        how = np.array([[1, shear - angle, (angle - shear) * strip.base], [angle, 1, -angle * width / 2]], np.float32)
        ink = grey(cv2.warpAffine(ink, how, (width, height), flags=cv2.INTER_LINEAR))
    if rng.random() < 0.08:
        columns = np.arange(width, dtype=np.float32)
        waves = np.sin(columns / rng.uniform(2, 10) / strip.em + rng.uniform(0, 6)) * rng.uniform(0.01, 0.08) * strip.em
        rows = (np.arange(height, dtype=np.float32)[:, None] + waves).astype(np.float32)
        across = np.ascontiguousarray(np.broadcast_to(columns, (height, width)))
        ink = grey(cv2.remap(ink, across, rows, cv2.INTER_LINEAR))
    return ink


def _printed(rng: Random, ink: Pixels, noise: Noise) -> tuple[Levels, float]:
    """Grey levels of black on white, grey on grey, or low toner; and the paper's level."""
    height, width = ink.shape
    cover = ink.astype(np.float32) * (rng.uniform(0.75, 1) / 255)
    paper, black = rng.uniform(150, 255), rng.uniform(0, 70)
    if rng.random() < 0.15:
        black = paper - rng.uniform(45, 120)
    if rng.random() < 0.18:
        blotches = np.clip(noise.cut(noise.light, rng, height, width) - 0.3, 0, 1)
        grain = noise.cut(noise.grain, rng, height, width)
        cover *= np.clip(0.85 - rng.uniform(0.2, 0.6) * blotches - rng.uniform(0, 0.16) * grain, 0.1, 1)
    return levels(paper - (paper - black) * cover), paper


def _stamped(rng: Random, picture: Levels, paper: float, em: int) -> Levels:
    """Rims, stars and letters of seals, strokes of signatures, over the text."""
    height, width = picture.shape
    marks = np.zeros((height, width), np.uint8)
    seal = rng.random() < 0.5
    for _ in range(rng.choice((1, 1, 2, 3))):
        if seal:
            _seal(rng, marks, em)
        else:
            _stroke(rng, marks, em)
    if seal and rng.random() < 0.4:
        cv2.fillPoly(marks, [_star(rng.uniform(0, width), rng.uniform(0, height), rng.uniform(0.5, 1.6) * em)], 255)
    darkness = rng.uniform(80, 170) if seal else rng.uniform(10, 120)
    return levels(np.minimum(picture, paper - (paper - darkness) * (marks * (rng.uniform(0.5, 1) / 255))))


def _seal(rng: Random, marks: Pixels, em: int) -> None:
    height, width = marks.shape
    radius = int(rng.uniform(1, 8) * em)
    middle = int(rng.uniform(0, width)), int(height / 2 + rng.uniform(-1.2, 1.2) * radius)
    cv2.ellipse(marks, middle, (radius, radius), 0, 0, 360, 255, rng.choice((1, 2, 3, 5, 7)), cv2.LINE_AA)


def _stroke(rng: Random, marks: Pixels, em: int) -> None:
    """A pen's curve through random points (quadratic pieces)."""
    height, width = marks.shape
    points = [(rng.uniform(0, width), height / 2 + rng.uniform(-0.5, 0.5) * em)]
    for _ in range(8):
        points.append((points[-1][0] + rng.gauss(0.1, 0.8) * em, points[-1][1] + rng.gauss(0, 0.7) * em))
    curve = []
    for first in range(0, 7, 2):
        for step in np.linspace(0, 1, 9):
            weights = (1 - step) ** 2, 2 * step * (1 - step), step * step
            xs, ys = zip(*points[first : first + 3], strict=True)
            curve.append((np.dot(weights, xs), np.dot(weights, ys)))
    cv2.polylines(marks, [np.array(curve, np.int32)], False, 255, rng.choice((1, 2, 3, 4)), cv2.LINE_AA)


def _star(x: float, y: float, radius: float) -> npt.NDArray[np.int32]:
    corners = [
        (x + radius * (1 if corner % 2 == 0 else 0.4) * math.cos(math.pi / 5 * corner),
         y + radius * (1 if corner % 2 == 0 else 0.4) * math.sin(math.pi / 5 * corner))
        for corner in range(10)
    ]  # fmt: skip
    return np.array(corners, np.int32)


def _lit(rng: Random, picture: Levels, noise: Noise) -> Levels:
    """Uneven light, a crease, print shining through from the back."""
    height, width = picture.shape
    if rng.random() < 0.3:
        picture = levels(picture * (1 - rng.uniform(0, 0.35) * noise.cut(noise.light, rng, height, width)))
    if rng.random() < 0.1:
        upright = rng.random() < 0.5
        along = np.arange(width if upright else height, dtype=np.float32)
        away = (along - rng.uniform(0, len(along))) / rng.uniform(3, 16)
        shade = 1 - rng.uniform(0.08, 0.35) * np.exp(-(away**2))
        picture = levels(picture * (shade[None] if upright else shade[:, None]))
    if rng.random() < 0.12:
        back = (noise.cut(noise.uniform, rng, height, width) > 0.93).astype(np.float32)
        picture = levels(picture - rng.uniform(8, 40) * cv2.GaussianBlur(back, (0, 0), 3) * 4)
    return picture


def _scanned(rng: Random, picture: Levels, noise: Noise, em: int) -> Levels:
    """Blur (also of a moved camera), low resolution enlarged again, sensor noise, salt and pepper."""
    height, width = picture.shape
    fine = em / FINE
    if rng.random() < 0.75:
        picture = levels(cv2.GaussianBlur(picture, (0, 0), max(0.3, rng.uniform(0.2, 1.9) * fine)))
    if rng.random() < 0.05:
        reach = max(2, round(rng.uniform(0.04, 0.14) * em))
        kernel = np.ones((1, reach) if rng.random() < 0.6 else (reach, 1), np.float32) / reach
        picture = levels(cv2.filter2D(picture, -1, kernel))
    if em >= SHRUNK and rng.random() < 0.34:
        factor = rng.uniform(0.45, 0.75) if rng.random() < 0.35 or em < 26 else rng.uniform(10.5, 20) / em
        small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        how = rng.choice((cv2.INTER_LINEAR, cv2.INTER_CUBIC))
        picture = levels(cv2.resize(small, (width, height), interpolation=how))
    if rng.random() < 0.8:
        strength = rng.uniform(1, 17) if rng.random() < 0.7 else rng.uniform(0, 5)
        picture = levels(picture + strength * min(1, 0.5 + fine / 2) * noise.cut(noise.white, rng, height, width))
    if rng.random() < 0.2:
        share, chance = rng.uniform(0.0003, 0.006), noise.cut(noise.uniform, rng, height, width)
        picture = levels(np.where(chance < share / 2, 0, np.where(chance > 1 - share / 2, 255, picture)))
    return picture


def _stored(rng: Random, picture: Pixels, em: int) -> Pixels:
    """As a fax of one bit, or as JPEG."""
    kind = rng.random()
    if kind < 0.10:
        return _faxed(rng, picture, em)
    if kind < 0.50:
        coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(28, 85)])[1]
        return grey(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE))
    return picture


def _faxed(rng: Random, picture: Pixels, em: int) -> Pixels:
    """One bit a pixel, the threshold set by the strip's own ink and paper as scanners do."""
    height, width = picture.shape
    ink, paper = (float(level) for level in np.quantile(picture, (0.01, 0.8)))
    contrast = max(30.0, paper - ink)
    factor = rng.uniform(0.6, 0.8) if rng.random() < 0.7 and em > 34 else 1.0
    lower = rng.uniform(0.5, 1.0) if rng.random() < 0.2 and em > 40 else 1.0  # a fax has half as many rows as columns
    small = cv2.resize(picture, None, fx=factor, fy=factor * lower, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.7:
        how = cv2.ADAPTIVE_THRESH_MEAN_C
        small = cv2.adaptiveThreshold(small, 255, how, cv2.THRESH_BINARY, 41, rng.uniform(0.06, 0.18) * contrast)
    else:
        small = cv2.threshold(small, ink + rng.uniform(0.4, 0.72) * contrast, 255, cv2.THRESH_BINARY)[1]
    return grey(cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST))


def _patched(rng: Random, picture: Pixels, strip: Strip, paper: float) -> Pixels:
    """Paper painted over the margins, as page layout erases rules, boxes and leaders beside the text."""
    patched = picture.copy()
    rows = rng.choice((slice(0, EDGE + 2), slice(-EDGE - 2, None)))
    patched[rows] = np.maximum(patched[rows], int(paper) if paper < 255 else 255)
    columns = rng.choice((slice(0, EDGE + strip.em // 12), slice(-EDGE - strip.em // 12, None)))
    patched[:, columns] = np.maximum(patched[:, columns], int(min(255, paper)))
    return grey(patched)
