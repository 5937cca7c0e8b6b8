"""Streaks: thin lines down the page that dust on a scanner's glass or a fax's drum draws through everything."""

import cv2
import numpy as np

from extraction.layout.components import closed, components, dilated, opened
from extraction.layout.ink import Ink
from extraction.layout.rules import Rules
from extraction.pages import Mask, grey, without
from extraction.readings import Box

LONG_MM = 25.0  # the scan is as long as the dust lies there
WORN_MM = 8.0  # gaps, where letters hide it
FREE_MM = 1.5  # no rule across ends this close to an end of a streak
BESIDE_MM = 0.9  # print so close on both sides is one line of text; cells and columns keep away from their rules
LINE_MM = 1.5  # print at heights closer than this is of one line
STROKE_MM = 0.35  # print beside it is this high at least; specks are not
CROSSED = {2: 3, 1: 4}  # lines of text that it runs through at least, by the number of its ends that meet no rule
CROSSED_ALONE = 2  # … by a line that meets none anywhere, as no line of a table does


def find_streaks(ink: Ink, rules: Rules) -> Mask:
    """The pixels of streaks, same shape as the ink: lines down that begin or end nowhere and run through text."""
    found = np.zeros_like(ink.mask)
    lines = components(closed(rules.down, 1, ink.pixels(WORN_MM)))
    for line in np.flatnonzero(lines.height >= ink.pixels(LONG_MM)).tolist():
        left, top, right, bottom = lines.box(line)
        pad = ink.pixels(BESIDE_MM, 2) + 1
        around = np.s_[top:bottom, max(0, left - pad) : right + pad]
        mine = grey((lines.labels[around] == line + 1) * 255)
        text = without(ink.mask[around], dilated(rules.across[around], 1, 5))
        free = _free_ends(rules.across, (left, top, right, bottom), ink)
        alone = free == 2 and not (dilated(mine, 3, 3) & rules.across[around]).any()
        if free and _crossed(text, mine, ink) >= (CROSSED_ALONE if alone else CROSSED[free]):
            found[around] |= mine
    return found


def without_streaks(mask: Mask, streaks: Mask) -> Mask:
    """The ink without them; a stroke that goes on at both sides stays whole."""
    widest = 7  # pixels of a streak and its blur at layout resolution
    bare = without(mask, streaks)
    return grey(bare | (closed(bare, widest, 1) & mask))


def _free_ends(across: Mask, box: Box, ink: Ink) -> int:
    """How many of the line's two ends meet no rule."""
    left, top, right, bottom = box
    reach = ink.pixels(FREE_MM, 2)
    columns = np.s_[max(0, left - reach) : right + reach]
    return sum(not across[max(0, end - reach) : end + reach, columns].any() for end in (top, bottom))


def _crossed(text: Mask, line: Mask, ink: Ink) -> int:
    """How many lines of text have print close on both sides of the line at one height."""
    reach = ink.pixels(BESIDE_MM, 2)
    bare = without(text, line)
    row = np.ones((1, reach + 1), np.uint8)
    sides = (cv2.dilate(line, row, anchor=(start, 0)) for start in (reach, 0))
    left, right = (_rows_of_print(grey(bare & grey(side)), ink) for side in sides)
    return len(components(grey(left & right)))


def _rows_of_print(beside: Mask, ink: Ink) -> Mask:
    """Which rows lie in a line of text that has print in the columns beside a streak, as a mask one column wide."""
    rows = grey(np.where((beside > 0).any(1), 255, 0)).reshape(-1, 1)
    return closed(opened(rows, 1, ink.pixels(STROKE_MM, 2)), 1, ink.pixels(LINE_MM))
