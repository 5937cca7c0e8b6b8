"""Letters whose capitals are only larger, told by their height where the reader hesitates: “số 35”, “Số 35”."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from extraction.engines import Sign
from extraction.engines.spelling import SAME_SHAPE, bare
from extraction.pages import Pixels

Flags = npt.NDArray[np.bool_]
SMALL = frozenset("acemnorsuvwxz")  # small letters as high as an x
OPEN_ABOVE = frozenset("vwx")  # with nothing at their heads' middle: their height is not seen there
TALL = frozenset("ABDEFGHKLMNPRTUYbhkl0123456789")
DOUBTED = 0.95  # a sign less sure may be of the other case
FEWEST = 2  # signs of each height, by which a third is measured
LEAST_ROWS = 2  # between the heads of small letters and capitals
CLEAR = 0.3  # of the difference of both heights, that it may be off
INNER = 0.5  # of a sign's width, in which its own ink lies


def told_by_height(signs: Sequence[Sign], levels: Pixels, stride: int) -> list[Sign]:
    """The signs, doubted ones of two like cases as high as they stand in the picture.

    `levels`: the line's ink, dark print being high, `stride` columns for each unit of the signs' places.
    """
    doubted = [at for at, sign in enumerate(signs) if is_doubted(sign)]
    if not doubted:
        return list(signs)
    ink = np.asarray(levels > (int(levels.max()) + int(levels.min())) / 2)
    sure = [(sign.text, _top(sign, ink, stride)) for sign in signs if not is_doubted(sign)]
    small, tall = ([top for text, top in sure if text in heights and top >= 0] for heights in (SMALL, TALL))
    if min(len(small), len(tall)) < FEWEST:
        return list(signs)
    low, high = float(np.median(small)), float(np.median(tall))
    found = list(signs)
    for at in doubted if low - high >= LEAST_ROWS else ():
        top = _top(signs[at], ink, stride)
        share = (low - top) / (low - high)  # 0: as high as small letters, 1: as capitals
        if top >= 0 and min(abs(share), abs(1 - share)) <= CLEAR:
            text = signs[at].text
            found[at] = replace(signs[at], text=text.lower() if share < 0.5 else text.upper())
            found[at + 1 : at + 2] = [_as_small(sign) if share < 0.5 else sign for sign in found[at + 1 : at + 2]]
    return found


def _as_small(behind: Sign) -> Sign:
    """The sign behind a small letter, which is small, too, if only its size told a capital: "sỐ 74"."""
    return replace(behind, text=behind.text.lower()) if bare(behind.text).lower() in SAME_SHAPE else behind


def is_doubted(sign: Sign) -> bool:
    """Whether its case is to be told by its height."""
    return sign.text.lower() in SAME_SHAPE - OPEN_ABOVE and sign.confidence < DOUBTED


def _top(sign: Sign, ink: Flags, stride: int) -> int:
    """The first row with ink in the middle of a sign; -1 if there is none."""
    aside = (1 - INNER) / 2 * (sign.right - sign.left)
    columns = ink[:, round((sign.left + aside) * stride) : round((sign.right - aside) * stride) + 1]
    rows = np.flatnonzero(columns.any(1))
    return int(rows[0]) if len(rows) else -1
