"""What a pen and a stamp leave on paper: signatures, and red seals drawn with Typst so that they carry Vietnamese."""

import json
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import typst

FORMS = Path(__file__).parent / "forms"
Pixels = npt.NDArray[np.uint8]  # (height, width, 3) RGB
Cover = npt.NDArray[np.uint8]  # (height, width): 255 where ink lies fully, 0 where none
RED = (205, 28, 40)


def lay(page: Pixels, cover: Cover, colour: tuple[int, int, int], left: int, top: int) -> tuple[int, int, int, int]:
    """Print ink on `page` in place, what is below shows through. Returns the box, as far as it lies on the page."""
    height, width = cover.shape
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(page.shape[1], left + width), min(page.shape[0], top + height)
    if x1 <= x0 or y1 <= y0:
        return x0, y0, x0, y0
    part = cover[y0 - top : y1 - top, x0 - left : x1 - left, None].astype(np.float32) / 255
    below = page[y0:y1, x0:x1].astype(np.float32)
    ink = 1 - part * (1 - np.asarray(colour, np.float32) / 255)
    page[y0:y1, x0:x1] = (below * ink).astype(np.uint8)
    return x0, y0, x1, y1


@lru_cache(maxsize=32)
def seal(name: str) -> Cover:
    """A round stamp, 36 mm across at 300 dpi, with the name around a star."""
    compiler = typst.Compiler(str(FORMS / "seal.typ"), root=str(FORMS), sys_inputs={"name": json.dumps(name.upper())})
    pdf = compiler.compile(format="pdf")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    document = pdfium.PdfDocument(pdf)
    try:
        drawn = document[0].render(scale=300 / 72, grayscale=True).to_numpy()
    finally:
        document.close()
    return np.asarray(255 - drawn.reshape(drawn.shape[0], drawn.shape[1]), np.uint8)


def worn(cover: Cover, rng: np.random.Generator) -> Cover:
    """The stamp as it came down this time: turned a little, paler in patches, speckled."""
    height, width = cover.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-14, 14)), 1.0)
    turned = cv2.warpAffine(cover, turn, (width, height), flags=cv2.INTER_LINEAR)
    patches = cv2.resize(
        rng.uniform(0.55, 1.0, (7, 7)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    speckle = rng.random((height // 2, width // 2)) > 0.06
    grain = cv2.resize(speckle.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(turned * patches * grain * 0.88, 0, 255), np.uint8)


def signature(rng: np.random.Generator) -> Cover:
    """One person's quick strokes, about 45 by 20 mm at 300 dpi."""
    width, height = 560, 250
    cover = np.zeros((height, width), np.uint8)
    waves = int(rng.integers(2, 9))
    x = np.linspace(60, width - 90, waves * 2 + 1) + rng.normal(0, 14, waves * 2 + 1)
    fall = np.linspace(1, float(rng.uniform(0.15, 1.0)), waves * 2 + 1)[:: int(rng.choice((-1, 1)))]  # names trail off
    y = height * 0.55 + np.where(np.arange(waves * 2 + 1) % 2, -1, 1) * rng.uniform(14, 95, waves * 2 + 1) * fall
    x = x + float(rng.uniform(-0.5, 0.5)) * (y - height / 2)  # the hand's slant
    _stroke(cover, np.column_stack([x, y]), rng)
    flourish = np.array([[30, 0.75], [200, 0.86], [380, 0.7], [540, rng.uniform(0.1, 0.9)]]) * [1, height]
    _stroke(cover, flourish + rng.normal(0, 10, flourish.shape), rng)
    if rng.random() < 0.4:
        loop = np.array([[90, 0.8], [60, 0.3], [140, 0.12], [150, 0.6], [100, 0.9]]) * [1, height]
        _stroke(cover, loop + rng.normal(0, 8, loop.shape), rng)
    return np.asarray(cv2.GaussianBlur(cover, (0, 0), 0.8), np.uint8)


def _stroke(cover: Cover, knots: npt.NDArray[np.float64], rng: np.random.Generator) -> None:
    """A smooth line through the knots (Catmull-Rom), thicker where the pen is slow."""
    ends = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    points = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        t = np.linspace(0, 1, 14)[:, None]
        points.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    path = np.vstack(points).round().astype(np.int32)
    base = rng.uniform(2.5, 4.5)
    for start, end in pairwise(path):
        speed = float(np.hypot(*(end - start)))
        thickness = max(2, round(base + 2.2 - speed / 9))
        cv2.line(cover, (int(start[0]), int(start[1])), (int(end[0]), int(end[1])), 235, thickness, cv2.LINE_AA)
