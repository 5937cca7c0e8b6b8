"""PageImage: the pixels of one page, their resolution, and the page's number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extraction.readings import Box

Pixels = npt.NDArray[np.uint8]  # (height, width), 0 = black, 255 = white
Mask = npt.NDArray[np.uint8]  # (height, width), 255 = yes, 0 = no
RED, BLUE = 0, 2  # channels
RED_EXCESS, BLUE_EXCESS = 40, 30  # grey levels above the other two colours; a pen's ink is darker than a stamp's
PALE_SHARE, PALE_REACH = 0.5, 5  # of that excess, and how many pixels around: scans keep little of thin ink's colour
SURE, UNSURE = 255, 128  # levels of the masks of coloured ink
STRIP = 64  # rows
OVERVIEW_DPI = 75.0
INK_DPI = 150.0  # strokes of pens and stamps are three pixels wide
LEAST_LINEAR = 0.6  # scale below which linear interpolation would leave pixels out
FEWEST_RED, FEWEST_BLUE = 0.0004, 0.0002  # shares of the page below which there is no stamp, no signature


@dataclass(frozen=True)
class Outline:
    """What is known of a page without its pixels."""

    number: int  # from 1
    width: int
    height: int
    dpi: float


@dataclass(frozen=True, eq=False)
class PageImage:
    """One page in grey.

    Where the scan has colour and the page has red or blue ink: `red` and `blue`, their masks, and `lightest`, the
    lightest of each pixel's three colours, in which coloured ink is pale and black print is not. The masks are `SURE`
    where the colour is clear and `UNSURE` where it is half as clear close by. They may be coarser than the page, which
    `scaled` makes good: nothing looks for ink finer than `INK_DPI`.
    """

    pixels: Pixels
    dpi: float
    number: int  # from 1
    red: Mask | None = None
    blue: Mask | None = None
    lightest: Pixels | None = None

    def __post_init__(self) -> None:
        if self.pixels.ndim != 2 or 0 in self.pixels.shape or self.pixels.dtype != np.uint8:
            raise ValueError(f"page {self.number}: pixels must be a (height, width) array of uint8, and not empty")

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def outline(self) -> Outline:
        return Outline(self.number, self.width, self.height, self.dpi)

    @property
    def palest(self) -> Pixels:
        """The levels in which coloured ink covers print least."""
        return self.pixels if self.lightest is None else self.lightest

    @property
    def in_grey(self) -> "PageImage":
        """The page without its coloured inks."""
        return replace(self, red=None, blue=None, lightest=None)

    def inked(self, least: int) -> "PageImage":
        """The page whose masks have one level: where they are at least as sure."""
        return self.moved(
            lambda pixels: pixels, lambda mask: grey(cv2.threshold(mask, least - 1, 255, cv2.THRESH_BINARY)[1])
        )

    @cached_property
    def overview(self) -> "PageImage":
        """The page in grey, so coarse that lines of text can just be told; made once."""
        return self.in_grey.scaled(min(1.0, OVERVIEW_DPI / self.dpi))

    def with_pixels(self, pixels: Pixels) -> "PageImage":
        """The same page with other grey levels."""
        return replace(self, pixels=pixels)

    def turned(self, degrees: int) -> "PageImage":
        """The page turned clockwise by 0, 90, 180 or 270 degrees."""
        return self.moved(lambda pixels: turned(pixels, degrees), lambda mask: turned(mask, degrees))

    def scaled(self, factor: float) -> "PageImage":
        """The page with `factor` times as many pixels a side, at least one."""
        if factor == 1:
            return self
        size = (max(1, round(self.width * factor)), max(1, round(self.height * factor)))
        sized = self.moved(
            lambda pixels: _resized(pixels, size, factor),
            lambda mask: grey(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST)),
        )
        return replace(sized, dpi=self.dpi * factor)

    def moved(self, levels: Callable[[Pixels], Pixels], mask: Callable[[Mask], Mask]) -> "PageImage":
        """The page with its grey levels and its masks put through these, which must agree about the new shape."""
        return replace(
            self,
            pixels=levels(self.pixels),
            red=None if self.red is None else mask(self.red),
            blue=None if self.blue is None else mask(self.blue),
            lightest=None if self.lightest is None else levels(self.lightest),
        )

    def crop(self, box: Box) -> Pixels:
        """The pixels inside `box`, as far as it lies on the page."""
        left, top, right, bottom = box
        return self.pixels[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]


def grey(image: Any) -> Pixels:
    """What OpenCV returned, as the array it is (its type hints promise less than it keeps)."""
    return np.asarray(image, dtype=np.uint8)


def without(mask: Mask, other: Mask) -> Mask:
    """The pixels of the one mask that are none of the other's."""
    return grey(cv2.subtract(mask, other))


def level_below(pixels: Pixels, mask: Mask, share: float) -> int | None:
    """The grey level that this share of the mask's pixels does not exceed; None if it has none."""
    levels = levels_below(pixels, mask, (share,))
    return levels[0] if levels else None


def levels_below(pixels: Pixels, mask: Mask, shares: Sequence[float]) -> list[int]:
    """For each share the grey level that so many of the mask's pixels do not exceed; none if it has no pixels."""
    counts = cv2.calcHist([pixels], [0], mask, [256], [0, 256]).ravel().cumsum()
    return [int(np.searchsorted(counts, share * counts[-1])) for share in shares] if counts[-1] else []


def quantile(pixels: Pixels, share: float) -> float:
    """The same as NumPy's, counted instead of sorted: a tenth of its time on whole pages."""
    counts = cv2.calcHist([np.ascontiguousarray(pixels)], [0], None, [256], [0, 256]).ravel().cumsum(dtype=np.int64)
    at = share * (int(counts[-1]) - 1)
    before, after = (int(np.searchsorted(counts, round_to(at), side="right")) for round_to in (floor, ceil))
    return before + (after - before) * (at - floor(at))


def _resized(pixels: Pixels, size: tuple[int, int], factor: float) -> Pixels:
    """Grey levels in (width, height) pixels: means of areas, or of two neighbours where areas are hardly larger."""
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_LINEAR if factor > LEAST_LINEAR else cv2.INTER_AREA
    return grey(cv2.resize(pixels, size, interpolation=how))


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """The array turned clockwise by a multiple of 90 degrees."""
    how = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}.get(degrees % 360)
    return pixels if how is None else grey(cv2.rotate(pixels, how))


def coloured(pixels: Pixels, colour: npt.NDArray[np.uint8], dpi: float, number: int) -> PageImage:
    """The page of a grey picture and its (height, width, 3) RGB original, with the coloured inks it has.

    They are looked for in every eighth pixel first, since most pages have none at all.
    """
    sample = cv2.split(np.ascontiguousarray(colour[::8, ::8]))
    red = float(_excess(sample, RED, RED_EXCESS).mean()) >= 255 * FEWEST_RED
    blue = float(_excess(sample, BLUE, BLUE_EXCESS).mean()) >= 255 * FEWEST_BLUE
    if not red and not blue:
        return PageImage(pixels, dpi, number)
    step = max(1, int(dpi / INK_DPI + 0.05))
    size = colour.shape[1] // step, colour.shape[0] // step
    coarser = cv2.resize(colour[: size[1] * step, : size[0] * step], size, interpolation=cv2.INTER_NEAREST)
    planes = cv2.split(coarser)
    return PageImage(
        pixels,
        dpi,
        number,
        red=_inked(planes, RED, RED_EXCESS) if red else None,
        blue=_inked(planes, BLUE, BLUE_EXCESS) if blue else None,
        lightest=_lightest(colour),
    )


def _lightest(colour: npt.NDArray[np.uint8]) -> Pixels:
    """The lightest of each pixel's three colours, a strip at a time: whole planes of them would be a page's memory."""
    lightest = np.empty(colour.shape[:2], np.uint8)
    for top in range(0, len(colour), STRIP):
        red, green, blue = cv2.split(colour[top : top + STRIP])
        cv2.max(cv2.max(red, green), blue, dst=lightest[top : top + STRIP])
    return lightest


def _inked(planes: Sequence[Any], channel: int, least: int) -> Mask:
    """Where one of three colours is clearly above both others, and where it is half as clear close by."""
    sure, unsure = _excess(planes, channel, least), _excess(planes, channel, round(PALE_SHARE * least))
    near = cv2.bitwise_and(unsure, cv2.dilate(sure, np.ones((PALE_REACH, PALE_REACH), np.uint8)))
    return grey(cv2.max(sure, np.minimum(near, UNSURE)))


def _excess(planes: Sequence[Any], channel: int, least: int) -> Mask:
    """Where one of three colours is clearly above both others: that ink, also where it is pale."""
    one, other = (plane for at, plane in enumerate(planes) if at != channel)
    over = cv2.subtract(planes[channel], cv2.max(one, other))
    return grey(cv2.threshold(over, least, 255, cv2.THRESH_BINARY, dst=over)[1])
