"""Light print on dark ground: bars of table heads and headings, and whole pages, turned to dark print on paper."""

from dataclasses import dataclass
from math import ceil
from typing import Self

import cv2
import numpy as np

from extraction.geometry import area, overlap
from extraction.layout.components import Flags, closed, components, opened
from extraction.pages import Mask, PageImage, Pixels, grey, quantile, without
from extraction.readings import Box

LOOKED_AT_DPI = 75.0
GROUND = 0.68  # of the paper's grey: darker is a ground on which print may be light
SOLID_MM = 1.3  # thicker than the strokes of letters
LOWEST_MM, HIGHEST_MM, NARROWEST_MM = 4.0, 160.0, 8.0  # a bar, or a label's panel: lower is a rule, higher a picture
PRINTED_MM = 5.0  # large print, and the light lines of a table's head, part a ground no further
STRIP, STRIP_MM = 2, 4.0  # pixels high and millimetres long is what is left of a ground above and below letters
PARTED, SIDES = 0.93, 0.7  # share of a ground that are its bars; of each of its sides that is ground
FILLED = 0.6  # share of the bar that is ground; the rest is print
EVEN = 12  # grey levels: how far apart most of a ground's pixels are; a picture's differ more
GROUNDS = 4  # different greys of ground looked for
APART = 60  # grey levels between ground and print at least
PRINT = 0.01  # share of the bar that is print at least; black bars without any hide something
INKED = 0.12  # of the light print, there may be ink darker than the ground; print in a shadow is all dark
SHARP, SHARP_SIDES = 0.4, 2  # how much lighter or darker it is right outside, and of how many sides
BESIDE = 4  # pixels that are right outside
BAND_SIDES = 0.95  # of each side of a band at the page's edge that is ground
SIGN_MM, FEWEST_SIGNS = (1.0, 9.0), 6  # height of its light signs, some of which run together; how many there are
EVEN_SIDES, EVEN_SHARE = 0.75, 0.85  # of its usual height a bar has almost everywhere; on how much of its length
BLURRED = 5  # pixels above and below, together
FRAME_MM = 0.3  # left dark around a bar: the rule that its edge is
NEGATIVE = 80  # median grey below which a page is white on black


def positive(page: PageImage) -> PageImage:
    """The page with its light print on dark ground made dark on light; the same page where there is none."""
    step = max(1, round(page.dpi / LOOKED_AT_DPI))
    small = _shrunk(page, step)
    middle = quantile(small, 0.5)
    lit = middle < NEGATIVE and quantile(small, 0.995) - middle >= APART
    if lit and float((np.abs(small - middle) < 2 * EVEN).mean()) >= FILLED:
        page = PageImage(grey(255 - page.pixels), page.dpi, page.number)
        small = grey(255 - small)
    bars = _bars(small, page.dpi / step / 25.4)
    if not bars:
        return page
    pixels, lightest = page.pixels.copy(), None if page.lightest is None else page.lightest.copy()
    red, blue = (None if mask is None else mask.copy() for mask in (page.red, page.blue))
    inset = round(FRAME_MM * page.dpi / 25.4)
    for bar in bars:
        left, top, right, bottom = bar.box
        place = np.s_[top * step : bottom * step, left * step : right * step]
        inside = bar.enlarged(step, inset)
        turned = _turned(pixels[place], inside)
        pixels[place][inside] = turned[inside]
        if lightest is not None:
            lightest[place][inside] = turned[inside]
        for mask in (red, blue):
            if mask is not None:
                share = step * mask.shape[1] / page.width
                rows = slice(int(top * share), int(bottom * share) + 1)
                mask[rows, int(left * share) : int(right * share) + 1] = 0
    return PageImage(pixels, page.dpi, page.number, red, blue, lightest)


def _shrunk(page: PageImage, step: int) -> Pixels:
    """The page with means of `step` times as many pixels a side: its overview, which others ask for, if that is it."""
    overview = page.overview
    if (overview.width * step, overview.height * step) == (page.width, page.height):
        return overview.pixels
    size = max(1, page.width // step), max(1, page.height // step)
    whole = page.pixels[: size[1] * step, : size[0] * step]
    return grey(cv2.resize(whole, size, interpolation=cv2.INTER_AREA))


@dataclass(frozen=True, eq=False)
class _Bar:
    """A ground with light print. `region`, as large as its box: from its first to its last pixel in each column.

    On a slanting page the box holds more: the paper above one end of the bar and below the other, and rules around it.
    """

    box: Box
    region: Flags

    @classmethod
    def of(cls, near: Mask, box: Box) -> Self:
        left, top, right, bottom = box
        ground = near[top:bottom, left:right] > 0
        rows = np.arange(len(ground))[:, None]
        last = len(ground) - 1 - np.argmax(ground[::-1], axis=0)
        return cls(box, (rows >= np.argmax(ground, axis=0)) & (rows <= last) & ground.any(axis=0))

    @property
    def is_even(self) -> bool:
        """Whether it is as high everywhere, or as wide: the star of a seal is not."""
        return any(
            float((extent >= EVEN_SIDES * np.median(extent)).mean()) >= EVEN_SHARE
            for extent in (self.region.sum(axis=0), self.region.sum(axis=1))
        )

    def overlaps(self, other: Self) -> bool:
        """Whether the regions do; boxes on a slanting page often touch."""
        left, top, right, bottom = (
            *(max(one, two) for one, two in zip(self.box[:2], other.box[:2], strict=True)),
            *(min(one, two) for one, two in zip(self.box[2:], other.box[2:], strict=True)),
        )
        if left >= right or top >= bottom:
            return False
        mine, others = (
            each.region[top - each.box[1] : bottom - each.box[1], left - each.box[0] : right - each.box[0]]
            for each in (self, other)
        )
        return bool((mine & others).any())

    def enlarged(self, step: int, inset: int) -> Flags:
        """The region on the page itself, without so many pixels at its edge."""
        height, width = self.region.shape
        whole = cv2.resize(self.region.astype(np.uint8), (width * step, height * step), interpolation=cv2.INTER_NEAREST)
        framed = cv2.copyMakeBorder(whole, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0,))
        side = 2 * inset + 1
        return np.asarray(cv2.erode(framed, np.ones((side, side), np.uint8))[1:-1, 1:-1] > 0)


def _bars(small: Pixels, mm: float) -> list[_Bar]:
    """Even dark areas with light print in them: those of the commonest dark grey, then of the next."""
    darkest = quantile(small, 0.7) * GROUND
    side = max(2, round(SOLID_MM * mm))
    solid = opened(_between(small, 0, ceil(darkest) - 1), side, side)
    bars: list[_Bar] = []
    for _ in range(GROUNDS):
        counts = cv2.calcHist([small], [0], solid, [256], [0, 256]).ravel()
        if not counts.any():
            break
        ground = int(counts.argmax())
        near = _between(small, max(0, ground - EVEN), ground + EVEN)
        pieces, reach = opened(near, side, side), round(PRINTED_MM * mm)
        large = _large(pieces, mm)
        bands = (_band(small, near, box, ground, mm) for box in large if _at_edge(box, small))
        parts = [box for box in large if _is_ground(small, near, box, ground)]
        parts += [band for band in bands if band is not None]
        for whole in _large(closed(pieces, reach, reach), mm):
            inside = [part for part in parts if overlap(part, whole)]
            parted = sum(map(area, inside)) >= PARTED * area(whole)  # by lines darker than the ground
            if not parted and _framed(near, whole) and _is_ground(small, near, whole, ground):
                parts = [whole, *(part for part in parts if part not in inside)]
        uneven = _between(small, max(0, ground - 2 * EVEN), ground + 2 * EVEN)  # in a light from one side
        long = [box for box in _large(_with_strips(uneven, side, mm), mm) if _is_ground(small, uneven, box, ground)]
        long = [box for box in long if sum(area(part) for part in parts if overlap(part, box)) < PARTED * area(box)]
        found = [_Bar.of(uneven, box) for box in long]
        found += [_Bar.of(near, part) for part in parts if not any(overlap(part, box) for box in long)]
        bars += [bar for bar in found if not any(bar.overlaps(other) for other in bars)]
        solid = without(solid, near)
    return bars


def _with_strips(near: Mask, side: int, mm: float) -> Mask:
    """The ground with what is left of it above and below bold letters, which stand too close to leave much between."""
    return grey(opened(near, side, side) | opened(near, round(STRIP_MM * mm), STRIP))


def _between(small: Pixels, first: int, last: int) -> Mask:
    """Where the grey levels are from `first` to `last`."""
    return grey(cv2.inRange(small, (first,), (last,)))


def _large(mask: Mask, mm: float) -> list[Box]:
    """Boxes of the pieces that are as large as bars are, the largest first."""
    pieces = components(mask)
    short, long = np.minimum(pieces.height, pieces.width), np.maximum(pieces.height, pieces.width)
    likely = (short >= LOWEST_MM * mm) & (short <= HIGHEST_MM * mm)  # pages lie on their sides, too
    chosen = np.flatnonzero(likely & (long >= NARROWEST_MM * mm))
    return [pieces.box(piece) for piece in chosen[np.argsort(-pieces.area[chosen])].tolist()]


def _framed(near: Mask, box: Box) -> bool:
    """Whether ground lies all along the box's sides, as it does around print, and not around large letters."""
    left, top, right, bottom = box
    inside = near[top:bottom, left:right] > 0
    sides = inside[1], inside[-2], inside[:, 1], inside[:, -2]
    return all(float(side.mean()) >= SIDES for side in sides)


def _is_ground(small: Pixels, near: Mask, box: Box, ground: int) -> bool:
    """Whether it is filled but for its print, which is light, and lies inside the page: shadows lie at its edge."""
    left, top, right, bottom = box
    if _at_edge(box, small):
        return False
    inner = np.s_[2:-2, 2:-2]  # without the blur of its edges
    bar = _Bar.of(near, box)
    if not bar.is_even:
        return False
    region = cv2.erode(bar.region.astype(np.uint8), np.ones((BLURRED, 1), np.uint8))[inner] > 0
    above = small[top:bottom, left:right][inner][region].astype(np.int16) - ground
    lit, inked = above >= 0.5 * APART, above <= -0.5 * APART
    filled = near[top:bottom, left:right][inner] > 0
    if not lit.size or filled.mean() < FILLED or not PRINT <= lit.mean() <= 1 - FILLED:
        return False
    return bool(inked.mean() < INKED * lit.mean()) and _ends_sharply(small, box, ground)


def _at_edge(box: Box, small: Pixels) -> bool:
    left, top, right, bottom = box
    return left <= 1 or top <= 1 or right >= small.shape[1] - 1 or bottom >= small.shape[0] - 1


def _band(small: Pixels, near: Mask, box: Box, ground: int, mm: float) -> Box | None:
    """The largest upright part of a ground at the page's edge that is ground all around, if light letters stand in it.

    Shadows and the scanner's black hold none; certificates and leaflets bear their heads on coloured bands.
    """
    left, top, right, bottom = box
    while bottom - top > LOWEST_MM * mm and right - left > NARROWEST_MM * mm:
        sides = near[top, left:right], near[bottom - 1, left:right], near[top:bottom, left], near[top:bottom, right - 1]
        shares = [float((side > 0).mean()) for side in sides]
        if min(shares) >= BAND_SIDES:
            break
        worst = shares.index(min(shares))
        top, bottom, left, right = top + (worst == 0), bottom - (worst == 1), left + (worst == 2), right - (worst == 3)
    else:
        return None
    inner = np.s_[top:bottom, left:right]
    lit = components(grey((small[inner].astype(np.int16) - ground >= 0.5 * APART) * 255))
    letters = (lit.height >= SIGN_MM[0] * mm) & (lit.height <= SIGN_MM[1] * mm) & (lit.width <= 3 * SIGN_MM[1] * mm)
    filled = float((near[inner] > 0).mean()) >= FILLED
    return (left, top, right, bottom) if filled and int(letters.sum()) >= FEWEST_SIGNS else None


def _ends_sharply(small: Pixels, box: Box, ground: int) -> bool:
    """Whether much lighter paper is right outside of two sides, or a darker rule of three: shadows end softly.

    A frame around the page, which a shadow crosses, is at two of its sides at most.
    """
    left, top, right, bottom = box
    beside = (
        small[max(0, top - BESIDE) : top, left:right],
        small[bottom : bottom + BESIDE, left:right],
        small[top:bottom, max(0, left - BESIDE) : left].T,
        small[top:bottom, right : right + BESIDE].T,
    )
    ends = ((np.median(each.max(axis=0)), np.median(each.min(axis=0))) for each in beside if each.size)
    sharp = SHARP * APART
    sides = [(bool(lightest - ground >= sharp), bool(ground - darkest >= sharp)) for lightest, darkest in ends]
    return sum(lit for lit, _ in sides) >= SHARP_SIDES or sum(lit or ruled for lit, ruled in sides) > SHARP_SIDES


def _turned(levels: Pixels, inside: Flags) -> Pixels:
    """Ground to white, the lightest print to black. `inside`: where they are."""
    if not inside.any():
        return levels
    ground = float(np.median(levels[inside]))
    lightest = max(float(np.quantile(levels[inside], 0.995)), ground + APART)
    return grey(np.clip(255 - (levels.astype(np.float32) - ground) * (235 / (lightest - ground)), 0, 255))
