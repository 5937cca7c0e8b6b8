"""Which line of text each small mark belongs to: tones and dots to the letters they stand on, commas to their line."""

import numpy as np

from extraction.layout.components import COMPARED, Components, Floats, Ints

MARK_GAP, SIGN_GAP = 0.8, 1.3  # letter heights between a line and a comma, and the sign of "≤ 10" or the dash of a list
DASH = 0.35  # letter heights that a dash is long
MARK_REACH = 0.45  # letter heights from a mark to the line above or below it
ROOT = 0.25  # letter heights from a tone to its letter


def nearest_lines(boxes: Floats, sizes: Floats, pieces: Components, marks: Ints, letter: float) -> tuple[Ints, Ints]:
    """The marks that are near enough to a line, and the line that each belongs to."""
    wide, high = pieces.width[marks], pieces.height[marks]
    reach = np.where((high >= 0.5 * letter) | (wide >= DASH * letter), SIGN_GAP, MARK_GAP)
    owners = np.full(len(marks), -1, np.int64)
    step = max(1, COMPARED // len(boxes))
    for first in range(0, len(marks), step):
        some = marks[first : first + step, None]
        beside = np.maximum(boxes[:, 0] - pieces.right[some], pieces.left[some] - boxes[:, 2])
        above = np.maximum(boxes[:, 1] - pieces.bottom[some], pieces.top[some] - boxes[:, 3])
        near = beside <= reach[first : first + step, None] * sizes
        distance = np.where(near, np.maximum(above, 0), np.inf)
        close = distance <= MARK_REACH * sizes
        nearest = distance.argmin(1)
        for row in np.flatnonzero(close.sum(1) > 1).tolist():
            either = np.flatnonzero(close[row])
            if _stands_on_letter(pieces, int(some[row, 0]), ROOT * float(sizes[either].min())):
                nearest[row] = either[np.argmax(boxes[either, 1])]
        known = close[np.arange(len(nearest)), nearest]
        owners[first : first + step] = np.where(known, nearest, -1)
    return marks[owners >= 0], owners[owners >= 0]


def _stands_on_letter(pieces: Components, mark: int, reach: float) -> bool:
    """Whether a mark between two tightly set lines has a letter right below it, and not as close above: its tone."""
    beside = (pieces.left < pieces.right[mark]) & (pieces.right > pieces.left[mark])
    beside[mark] = False
    below, above = pieces.top[beside] - pieces.bottom[mark], pieces.top[mark] - pieces.bottom[beside]
    lower = below[pieces.bottom[beside] > pieces.bottom[mark] + reach]
    upper = above[pieces.top[beside] < pieces.top[mark] - reach]
    return bool(lower.min(initial=1e9) <= min(reach, upper.min(initial=1e9) - 1))
