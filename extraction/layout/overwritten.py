"""Lines whose first or last letters a signature runs into: pen and letters are one piece of ink, which is no text.

Where the pen's ink goes on at a line's height, letters may stand in it. The line says so, and is also read with them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extraction.layout.lines import Line
from extraction.pages import Mask

REACH, GAP = 4.0, 1.0  # letter heights: how far letters are looked for, and the widest blank between them


def with_hidden_ends(lines: Sequence[Line], signed: Mask) -> list[Line]:
    """The lines, each with how many pixels further to the left and right it may go. `signed`: ink of signatures."""
    if not signed.any():
        return list(lines)
    return [replace(line, beyond=(_hidden(line, lines, signed, -1), _hidden(line, lines, signed, 1))) for line in lines]


def _hidden(line: Line, lines: Sequence[Line], signed: Mask, side: int) -> int:
    """How far ink of signatures goes on at one side of the line.

    Between two lines, letters belong to the right one: most often it is the beginning of a word that is hidden.
    """
    left, top, right, bottom = line.box
    reach, gap = round(REACH * line.letter), round(GAP * line.letter)
    level = [other.box for other in lines if other is not line and _is_level(other, line)]
    if side < 0:
        end = max([max(0, left - reach), *(box[2] + gap // 4 for box in level if box[0] < left)])
        strip = signed[top:bottom, min(end, left) : left][:, ::-1]
    elif any(right <= box[2] and box[0] <= right + 2 * reach for box in level):
        return 0
    else:
        strip = signed[top:bottom, right : right + reach]
    inked = np.flatnonzero((strip > 0).any(0))
    if not len(inked) or inked[0] > gap:
        return 0
    wide = np.flatnonzero(np.diff(inked) > gap)
    return int(inked[wide[0]] if len(wide) else inked[-1]) + 1


def _is_level(other: Line, line: Line) -> bool:
    return min(other.box[3], line.box[3]) - max(other.box[1], line.box[1]) > 0.3 * line.letter
