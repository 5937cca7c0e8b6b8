"""Dotted leaders: rows of equal dots that guide the pen on a form. They are no text."""

import numpy as np

from extraction.layout.components import Components, Flags, Floats, Ints

LEAST_DOTS = 5
DOT_MM = 0.85  # largest dot: the full stop of 18 point


def leader_dots(pieces: Components, mm: float) -> Flags:
    """Which pieces are dots of a leader: at least five small round ones at one height, evenly and closely spaced."""
    size = DOT_MM * mm
    dots = np.flatnonzero((pieces.width <= size) & (pieces.height <= size) & (pieces.area >= 1))
    chosen = np.zeros(len(pieces), np.bool_)
    middle_x = pieces.left + pieces.width / 2
    middle_y = pieces.top + pieces.height / 2
    for row in _rows(dots, middle_y, max(1.0, 0.2 * mm)):
        ordered = row[np.argsort(middle_x[row])]
        gaps = np.diff(middle_x[ordered])
        for run in np.split(ordered, np.flatnonzero(gaps > 2.2 * mm) + 1):
            if _is_leader(run, middle_x, middle_y, pieces):
                chosen[run] = True
    return chosen


def _rows(dots: Ints, middle_y: Floats, near: float) -> list[Ints]:
    """Dots grouped by height: a new row starts where the next dot is more than `near` lower than the last."""
    if not len(dots):
        return []
    ordered = dots[np.argsort(middle_y[dots])]
    return np.split(ordered, np.flatnonzero(np.diff(middle_y[ordered]) > near) + 1)


def _is_leader(run: Ints, middle_x: Floats, middle_y: Floats, pieces: Components) -> bool:
    """Enough dots, evenly spaced, of like size, in a straight line. Accents above a word fail at the spacing."""
    if len(run) < LEAST_DOTS:
        return False
    gaps = np.diff(middle_x[run])
    usual = float(np.median(gaps))
    even = (np.abs(gaps - usual) <= 0.3 * usual + 1).mean()
    close = usual <= 4.5 * max(2.0, float(np.median(pieces.width[run])))
    if usual <= 0:
        return False
    first, last = run[0], run[-1]
    fall = (middle_y[last] - middle_y[first]) / (middle_x[last] - middle_x[first])
    level = middle_y[first] + fall * (middle_x[run] - middle_x[first])
    straight = float(np.abs(middle_y[run] - level).mean()) <= 1.0
    return bool(even >= 0.7 and close and straight)
