"""Scans in pure black and white: paper that is not quite white, or shows its back, became a cloud of black grains.

A grain by itself is no ink, but clouds of them hide letters, run into lines and are taken for print. The share of
grains around a place is the grey that the paper had there: where they abound, grey is made anew and evened.
"""

import cv2
import numpy as np

from extraction.bits import Bits
from extraction.pages import Mask, PageImage, Pixels, grey

STEP = 8  # every which pixel tells at a glance whether there is any grey
GREYS = (60, 195)  # between black and white …
SHARE_OF_INK = 0.25  # … lie at most so many pixels, as a share of the black ones: the edges that a JPEG has softened
INK = 128
GRAINS = 0.0005  # share of all pixels that are grains without a neighbour, on a page that is looked at closely
TILE = 16  # pixels a side over which grains are counted
FULL = 0.005  # share of a tile's pixels that are grains: from here on only the grey made anew counts
NEAR = 5  # tiles a side that make up a surrounding
SOFT = 1.0  # pixels of spread: grains are gone, letters are not
LIGHT, LIT = 8, 9  # pixels a side over which the paper's grey is averaged; so many of them hold some paper
DARKEST = 60  # grey of paper
STRIP = 256  # rows
THROUGH = 100  # grey levels darker than the paper around it that print on the back of the sheet may be


def without_grain(page: PageImage) -> PageImage:
    """The page with the grains taken out and letters kept; the very same page if it is grey or has hardly any."""
    if not _is_two_valued(page.pixels):
        return page
    alone = _alone(page.pixels)
    if np.count_nonzero(alone) < GRAINS * alone.size:
        return page
    return page.with_pixels(_mixed(page.pixels, _grey_anew(page.pixels), _share_made_anew(alone)))


def _is_two_valued(pixels: Pixels) -> bool:
    """Whether hardly anything is between black and white."""
    seen = pixels[::STEP, ::STEP]
    between = np.count_nonzero((seen >= GREYS[0]) & (seen < GREYS[1]))
    return bool(between <= SHARE_OF_INK * np.count_nonzero(seen < GREYS[0]))


def _alone(pixels: Pixels) -> Mask:
    """Ink pixels with no other above, below or to either side."""
    ink = Bits.of(grey(cv2.threshold(pixels, INK - 1, 255, cv2.THRESH_BINARY_INV)[1]))
    beside = ink.moved(-1, 0) | ink.moved(1, 0) | ink.moved(0, -1) | ink.moved(0, 1)
    return ink.without(beside).mask


def _share_made_anew(alone: Mask) -> Pixels:
    """How much of each pixel is to be made anew: 255 if all of it."""
    height, width = alone.shape
    tiles = cv2.resize(alone, (max(1, width // TILE), max(1, height // TILE)), interpolation=cv2.INTER_AREA)
    share = np.clip(cv2.blur(tiles.astype(np.float32) / 255, (NEAR, NEAR)) / FULL, 0, 1)
    wider = cv2.blur(cv2.dilate(share, np.ones((3, 3), np.uint8)), (3, 3))
    return grey(cv2.resize((255 * wider).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR))


def _mixed(pixels: Pixels, anew: Pixels, share: Pixels) -> Pixels:
    """A strip at a time: whole pages of anything finer than bytes would be four pages' memory."""
    mixed = np.empty_like(pixels)
    for top in range(0, len(pixels), STRIP):
        rows = np.s_[top : top + STRIP]
        part = share[rows].astype(np.float32) / 255
        mixed[rows] = part * anew[rows] + (1 - part) * pixels[rows]
    return mixed


def _grey_anew(pixels: Pixels) -> Pixels:
    """The page's grey as its grains tell it, on paper made white: 0..255."""
    soft = grey(cv2.GaussianBlur(pixels, (0, 0), SOFT))
    height, width = soft.shape
    small = cv2.resize(soft, (max(1, width // LIGHT), max(1, height // LIGHT)), interpolation=cv2.INTER_AREA)
    lit = cv2.dilate(cv2.medianBlur(small, 5), np.ones((LIT, LIT), np.uint8))
    paper = np.maximum(cv2.resize(cv2.blur(lit, (LIT, LIT)), (width, height)), DARKEST)
    darkness = 255 - cv2.divide(soft, paper, scale=255)
    table = np.clip((np.arange(256) - THROUGH) * 255 / (255 - THROUGH), 0, 255)
    return grey(255 - cv2.LUT(darkness, table.astype(np.uint8)))
