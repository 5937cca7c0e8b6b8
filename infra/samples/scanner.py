"""What an office does to a typeset page: signs it, stamps it, and scans it on a machine of some age.

Every step takes pixels and returns pixels of the same shape; randomness comes in as a generator.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from infra.samples.drawing import DPI, PIXELS, Signature
from infra.samples.ink import RED, lay, seal, signature, worn
from infra.samples.truth import Box, Level, Warp

Pixels = npt.NDArray[np.uint8]  # (height, width, 3) RGB, or (height, width) grey


@dataclass(frozen=True)
class Wear:
    """How far a level goes; each number is the most that may happen."""

    skew: float  # degrees
    quality: tuple[int, int]  # JPEG
    noise: float  # standard deviation of grey levels
    blur: float  # pixels, standard deviation
    shade: float  # share of light lost in the darkest corner
    through: float  # how strongly the back of the sheet shows
    toner: float  # how pale the print may get
    fax: float  # share of pages in pure black and white
    creases: int


WEAR: dict[Level, Wear] = {
    "clean": Wear(0.0, (90, 92), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0),
    "office": Wear(1.5, (50, 80), 5.0, 0.8, 0.12, 0.07, 0.12, 0.0, 1),
    "poor": Wear(3.0, (30, 50), 13.0, 1.4, 0.28, 0.16, 0.38, 0.2, 3),
    "photo": Wear(0.0, (60, 85), 6.0, 1.3, 0.1, 0.0, 0.08, 0.0, 1),
    "fax": Wear(1.2, (95, 95), 8.0, 0.9, 0.1, 0.06, 0.2, 1.0, 1),
}
FAX = (204, 196)  # dots an inch across and down: "fine" of ITU-T T.4


@dataclass(frozen=True)
class Scan:
    """What came off the machine. `skew`: degrees clockwise; `warp`: of a photo; `dpi_down`: where it differs."""

    pixels: Pixels
    quality: int  # JPEG
    skew: float
    dpi: int
    dpi_down: int | None = None
    warp: Warp | None = None


def sign(page: Pixels, places: tuple[Signature, ...], pen: str) -> tuple[Pixels, tuple[Box, ...]]:
    """Put signatures, and stamps over their left third, on a colour page. Returns it and the stamps' boxes."""
    signed, stamps = page.copy(), []
    colour = (int(pen[1:3], 16), int(pen[3:5], 16), int(pen[5:7], 16))
    for place in places:
        rng = np.random.default_rng(place.seed)
        x, y = round(place.x * PIXELS), round(place.y * PIXELS)
        strokes = signature(rng)
        left, top = (
            x - strokes.shape[1] // 2 + int(rng.integers(-30, 50)),
            y - strokes.shape[0] // 2 + int(rng.integers(-20, 20)),
        )
        lay(signed, strokes, colour, left, top)
        if place.stamp:
            mark = worn(seal(place.stamp), rng)
            stamp_left = left + strokes.shape[1] // 3 - mark.shape[1] // 2 - int(rng.integers(60, 130))
            stamps.append(lay(signed, mark, RED, stamp_left, y - mark.shape[0] // 2 + int(rng.integers(-30, 50))))
    return signed, tuple(stamps)


def scan(page: Pixels, level: Level, colour: bool, rng: np.random.Generator, dpi: int = DPI) -> Scan:
    """Scan (or photograph, or fax) an upright page of 300 dpi."""
    wear = WEAR[level]
    pixels = page if colour or level == "photo" else np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    quality = int(rng.integers(wear.quality[0], wear.quality[1] + 1))
    if level == "clean":
        return Scan(sampled(pixels, dpi, dpi), quality, 0.0, dpi)
    skew = round(float(rng.uniform(-wear.skew, wear.skew)), 2)
    pixels = faded(pixels, wear.toner, rng)
    pixels = shining_through(pixels, wear.through, rng)
    pixels = creased(pixels, wear.creases, rng)
    if level == "photo":
        return photographed(sampled(pixels, dpi, dpi), quality, dpi, rng)
    pixels = leaning_page(pixels, skew)
    pixels = shaded(pixels, wear.shade, rng)
    pixels = blurred(pixels, float(rng.uniform(0.3, 1.0)) * wear.blur)
    across, down = FAX if level == "fax" else (dpi, dpi)
    pixels = sampled(pixels, across, down)
    pixels = noisy(pixels, float(rng.uniform(0.4, 1.0)) * wear.noise, rng)
    if rng.random() < wear.fax:
        pixels = faxed(pixels, rng)
    if level == "fax":
        pixels = streaked(pixels, rng)
    return Scan(pixels, quality, skew, across, down if down != across else None)


def sampled(page: Pixels, across: int, down: int) -> Pixels:
    """The page of 300 dpi with so many pixels an inch."""
    if (across, down) == (DPI, DPI):
        return page
    size = (round(page.shape[1] * across / DPI), round(page.shape[0] * down / DPI))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)


def photographed(page: Pixels, quality: int, dpi: int, rng: np.random.Generator) -> Scan:
    """A phone's picture of the sheet on a desk: not quite from above, in the shadow of whoever holds the phone."""
    height, width = page.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inset = rng.uniform((0.025, 0.02), (0.075, 0.06), (4, 2)) * (width, height)
    corners = flat + inset * ((1, 1), (-1, 1), (-1, -1), (1, -1))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-1.2, 1.2)), 1.0)
    turned = np.clip(cv2.transform(corners[None], turn)[0], (4, 4), (width - 5, height - 5)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(flat, turned)
    picture = desk(width, height, rng)
    cv2.warpPerspective(page, matrix, (width, height), picture, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    picture = shadowed(picture, rng)
    picture = blurred(picture, float(rng.uniform(0.5, 1.0)) * WEAR["photo"].blur * dpi / DPI)
    picture = noisy(picture, float(rng.uniform(0.4, 1.0)) * WEAR["photo"].noise, rng)
    warp = tuple(float(number) for number in matrix.ravel())
    across = (
        matrix @ (width, height / 2, 1)
        - matrix @ (0, height / 2, 1) * (matrix @ (width, height / 2, 1))[2] / (matrix @ (0, height / 2, 1))[2]
    )
    skew = round(float(np.degrees(np.arctan2(across[1], across[0]))), 2)
    return Scan(picture, quality, skew, dpi, warp=warp)  # type: ignore[arg-type]  # nine numbers


def desk(width: int, height: int, rng: np.random.Generator) -> Pixels:
    """A table top: a dark or wooden colour with a grain along it."""
    colour = np.asarray(((96, 66, 44), (58, 60, 66), (140, 110, 80), (84, 92, 84))[int(rng.integers(4))], np.float32)
    grain = cv2.resize(rng.normal(1, 0.12, (9, 160)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(colour * grain[..., None], 0, 255), np.uint8)


def shadowed(page: Pixels, rng: np.random.Generator) -> Pixels:
    """Light that falls off to one side, and a soft shadow with an edge across the picture."""
    height, width = page.shape[:2]
    down, across = np.mgrid[0:1:64j, 0:1:48j].astype(np.float32)
    angle = float(rng.uniform(0, 2 * np.pi))
    along = (across - 0.5) * np.cos(angle) + (down - 0.5) * np.sin(angle)
    fall = 1 - float(rng.uniform(0.05, 0.3)) * (along + 0.7) / 1.4
    edge, depth, soft = float(rng.uniform(-0.3, 0.3)), float(rng.uniform(0.15, 0.42)), float(rng.uniform(0.02, 0.12))
    tilt = angle + float(rng.uniform(0.6, 2.2))
    over = (across - 0.5) * np.cos(tilt) + (down - 0.5) * np.sin(tilt) - edge
    light = np.clip(fall * (1 - depth / (1 + np.exp(-over / soft))) * 250, 0, 255).astype(np.uint8)
    lamp = np.asarray(cv2.resize(light, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    lit = np.asarray(cv2.multiply(page, _like(lamp, page), scale=1 / 255), np.uint8)
    for channel, least in ((0, 0.97), (2, 0.86)):  # lamps are warm
        lit[..., channel] = cv2.convertScaleAbs(lit[..., channel], alpha=float(rng.uniform(least, 1.0)))
    return lit


def streaked(page: Pixels, rng: np.random.Generator) -> Pixels:
    """Dirt on the glass draws lines down the sheet; the telephone line loses rows and sprinkles specks."""
    marked = page.copy()
    height, width = page.shape[:2]
    for _ in range(int(rng.integers(0, 4))):
        x, top = int(rng.integers(0, width)), int(rng.integers(0, height // 2))
        marked[top : top + int(rng.integers(height // 6, height)), x : x + int(rng.integers(1, 3))] = 0
    for _ in range(int(rng.integers(0, 5))):
        marked[int(rng.integers(0, height)), int(rng.integers(0, width // 2)) :] = 255
    for _ in range(int(rng.integers(20, 160))):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        marked[y : y + int(rng.integers(1, 4)), x : x + int(rng.integers(1, 4))] = 0
    return marked


def faded(page: Pixels, most: float, rng: np.random.Generator) -> Pixels:
    """Print gone pale, more in some patches than in others."""
    height, width = page.shape[:2]
    pale = cv2.resize(
        rng.uniform(0, most, (6, 5)).astype(np.float32), (width // 8, height // 8), interpolation=cv2.INTER_CUBIC
    )
    lift = cv2.resize(np.clip(pale * 255, 0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    lost = cv2.multiply(cv2.bitwise_not(page), _like(_bytes(lift), page), scale=1 / 255)
    return np.asarray(cv2.add(page, lost), np.uint8)


def shining_through(page: Pixels, most: float, rng: np.random.Generator) -> Pixels:
    """The back of the sheet, mirrored, faint and soft (here: the same page, shifted)."""
    strength = float(rng.uniform(0.2, 1.0)) * most
    small = cv2.resize(cv2.flip(page, 1), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    back = cv2.resize(np.roll(small, int(rng.integers(8, 40)), axis=0), (page.shape[1], page.shape[0]))
    return np.asarray(cv2.subtract(page, cv2.convertScaleAbs(cv2.bitwise_not(back), alpha=strength)), np.uint8)


def creased(page: Pixels, most: int, rng: np.random.Generator) -> Pixels:
    """Fold lines and the two holes of a folder."""
    marked = page.copy()
    height, width = page.shape[:2]
    for _ in range(int(rng.integers(0, most + 1))):
        y, tilt = int(rng.integers(height // 4, 3 * height // 4)), int(rng.integers(-12, 12))
        strip = marked[max(0, y - 14) : y + 18]
        fold = np.zeros(strip.shape[:2], np.uint8)
        cv2.line(fold, (0, 14), (width, 14 + tilt), 46, 3, cv2.LINE_AA)
        strip[:] = cv2.subtract(strip, _like(fold, page))
    if rng.random() < 0.5:
        for y in (height // 2 - 472, height // 2 + 472):  # holes 80 mm apart
            cv2.circle(marked, (110, y), 34, (120,) * 3, -1, cv2.LINE_AA)
            cv2.circle(marked, (113, y + 3), 32, (205,) * 3, -1, cv2.LINE_AA)
    return np.asarray(marked, np.uint8)


def leaning_page(page: Pixels, degrees: float) -> Pixels:
    """The page turned clockwise about its middle; what comes into view is paper."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(252,) * 3), np.uint8
    )


def shaded(page: Pixels, most: float, rng: np.random.Generator) -> Pixels:
    """Uneven light and paper that is not quite white."""
    height, width = page.shape[:2]
    light = 1 - rng.uniform(0, most, (3, 3)).astype(np.float32)
    soft = cv2.resize(light, (width // 16, height // 16), interpolation=cv2.INTER_CUBIC)
    lamp = cv2.resize(np.clip(soft * 253, 0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    lit = np.asarray(cv2.multiply(page, _like(_bytes(lamp), page), scale=1 / 255), np.uint8)
    if lit.ndim == 3:
        lit[..., 2] = cv2.convertScaleAbs(lit[..., 2], alpha=float(rng.uniform(0.95, 1.0)))  # a yellowish paper
    return lit


def blurred(page: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.uint8) if sigma > 0.2 else page


def noisy(page: Pixels, sigma: float, rng: np.random.Generator) -> Pixels:
    """Sensor noise: one grey tile of it, laid side by side from a random corner."""
    tile = np.clip(rng.normal(128, sigma, (1024, 1024)), 0, 255).astype(np.uint8)
    tile = np.roll(tile, (int(rng.integers(0, 1024)), int(rng.integers(0, 1024))), (0, 1))
    height, width = page.shape[:2]
    field = np.tile(tile, (height // 1024 + 1, width // 1024 + 1))[:height, :width]
    return np.asarray(cv2.addWeighted(page, 1.0, _like(field, page), 1.0, -128.0), np.uint8)


def faxed(page: Pixels, rng: np.random.Generator) -> Pixels:
    """Pure black and white, with pepper and salt."""
    grey = page if page.ndim == 2 else np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    level = float(rng.uniform(140, 175))
    flat = np.asarray(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)[1], np.uint8)
    for value in (0, 255):
        count = flat.size // 4000
        flat[rng.integers(0, flat.shape[0], count), rng.integers(0, flat.shape[1], count)] = value
    return flat


def _bytes(image: Any) -> Pixels:
    """What OpenCV returned, as the array it is (its type hints promise less than it keeps)."""
    return np.asarray(image, dtype=np.uint8)


def _like(field: Pixels, page: Pixels) -> Pixels:
    """A grey field with as many channels as the page."""
    return field if page.ndim == 2 else np.asarray(cv2.merge([field] * page.shape[2]), np.uint8)
