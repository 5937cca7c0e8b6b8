"""Roman numbers of nothing but I: their strokes are better counted than read, since like signs run together."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extraction.engines import Sign
from extraction.pages import Pixels

NUMBER = re.compile(r"(?<![^ ])I{1,3}(?=[.:]?(?: |$))")
MOST = 3  # strokes; four are IV
BETWEEN = 0.3, 0.7  # of the strokes' height: where they have no feet, and dots and colons beside them no ink
ALIKE = 0.8  # share of the rows that must show the same number of strokes


def counted(signs: Sequence[Sign], levels: Pixels, stride: int) -> list[Sign]:
    """The signs, with as many I in a number as there are strokes.

    `levels`: the line's ink, dark print being high, `stride` columns for each unit of the signs' places.
    """
    found = list(signs)
    text = "".join(sign.text if len(sign.text) == 1 else "?" for sign in signs)
    for number in reversed(list(NUMBER.finditer(text))):
        first, end = number.span()
        left = round(stride * _middle(signs[first - 1])) if first else 0
        behind = text.find(" ", end)
        right = levels.shape[1] if behind < 0 else round(stride * _middle(signs[behind]))
        strokes = _strokes(levels[:, left:right])
        if strokes and strokes != end - first:
            start, step = signs[first].left, (signs[end - 1].right - signs[first].left) / strokes
            found[first:end] = [
                replace(signs[first], left=start + at * step, right=start + (at + 1) * step) for at in range(strokes)
            ]
    return found


def _middle(sign: Sign) -> float:
    return (sign.left + sign.right) / 2


def _strokes(levels: Pixels) -> int:
    """How many upright strokes the columns hold; 0 if that cannot be told."""
    if levels.size == 0:
        return 0
    ink = levels > (int(levels.max()) + int(levels.min())) / 2
    inked = np.concatenate(([False], ink.any(1), [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2)  # of accents above and of the next line, too
    if not len(edges):
        return 0
    top, bottom = edges[int(np.argmax(edges[:, 1] - edges[:, 0]))].tolist()
    high = bottom - top
    inner = np.pad(ink[round(top + BETWEEN[0] * high) : round(top + BETWEEN[1] * high)], ((0, 0), (1, 0)))
    runs = (inner[:, 1:] & ~inner[:, :-1]).sum(1)
    counts = np.bincount(runs)
    likeliest = int(counts.argmax())
    return likeliest if 1 <= likeliest <= MOST and counts[likeliest] >= ALIKE * len(runs) else 0
