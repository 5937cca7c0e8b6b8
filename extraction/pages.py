"""PageImage: the pixels of one page, their resolution, and the page's number."""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extraction.readings import Box

Pixels = npt.NDArray[np.uint8]  # (height, width), 0 = black, 255 = white
Mask = npt.NDArray[np.uint8]  # (height, width), 255 = yes, 0 = no


@dataclass(frozen=True, eq=False)
class PageImage:
    """One page in grey.

    `red`, where the scan has colour and the page has red ink: its mask, same shape as `pixels`.
    """

    pixels: Pixels
    dpi: float
    number: int  # from 1
    red: Mask | None = None

    def __post_init__(self) -> None:
        if self.pixels.ndim != 2 or 0 in self.pixels.shape or self.pixels.dtype != np.uint8:
            raise ValueError(f"page {self.number}: pixels must be a (height, width) array of uint8, and not empty")

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    def with_pixels(self, pixels: Pixels) -> "PageImage":
        """The same page with other grey levels."""
        return replace(self, pixels=pixels)

    def turned(self, degrees: int) -> "PageImage":
        """The page turned clockwise by 0, 90, 180 or 270 degrees."""
        red = None if self.red is None else turned(self.red, degrees)
        return replace(self, pixels=turned(self.pixels, degrees), red=red)

    def scaled(self, factor: float) -> "PageImage":
        """The page with `factor` times as many pixels a side, at least one."""
        if factor == 1:
            return self
        size = (max(1, round(self.width * factor)), max(1, round(self.height * factor)))
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        red = None if self.red is None else grey(cv2.resize(self.red, size, interpolation=cv2.INTER_NEAREST))
        pixels = grey(cv2.resize(self.pixels, size, interpolation=how))
        return replace(self, pixels=pixels, dpi=self.dpi * factor, red=red)

    def crop(self, box: Box) -> Pixels:
        """The pixels inside `box`, as far as it lies on the page."""
        left, top, right, bottom = box
        return self.pixels[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]


def grey(image: Any) -> Pixels:
    """What OpenCV returned, as the array it is (its type hints promise less than it keeps)."""
    return np.asarray(image, dtype=np.uint8)


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """The array turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -(degrees // 90) % 4))


def red_ink(colour: npt.NDArray[np.uint8]) -> Mask | None:
    """Where the ink is red, in a (height, width, 3) RGB picture; None if hardly anywhere.

    Tried on every eighth pixel first, since most pages have no red at all.
    """
    if _redness(colour[::8, ::8]).mean() < 255 * 0.0004:
        return None
    return _redness(colour)


def _redness(colour: npt.NDArray[np.uint8]) -> Mask:
    """Red clearly above both green and blue: stamp ink, also where it is pale."""
    red, green, blue = cv2.split(np.ascontiguousarray(colour))
    over = cv2.subtract(red, cv2.max(green, blue))
    return grey(cv2.threshold(over, 40, 255, cv2.THRESH_BINARY)[1])
