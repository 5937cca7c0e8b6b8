"""Ticks that a pen made beside the points of a score sheet's row, instead of in the box before its option."""

from collections.abc import Sequence

import numpy as np

from extraction.geometry import held
from extraction.layout.components import Components, Flags
from extraction.layout.tick_marks import BESIDE_SURE, TickBox
from extraction.readings import Cell, Table

WIDE, HIGH = 1.4, 1.1  # letter heights that a pen's tick is wide and high at least
OBLONG = 0.75  # of its height, that it is wide at least: figures are narrower
THIN = 0.32  # of its box, that its ink covers at most: most letters and stars cover more
LEAST, MOST_FIGURES = 0.9, 2  # letter heights of what is no star; so many figures points have
FIGURE = (1.0, 2.2)  # letter heights that figures are high


def ticks_beside_points(
    pieces: Components, letter: float, tables: Sequence[Table], boxes: Sequence[TickBox]
) -> tuple[TickBox, ...]:
    """Lone thin strokes beside a figure in the last column of a row that has a box of its own, left empty or not.

    `letter`: the height of small letters.
    """
    strokes, figures = _strokes(pieces, letter), _figures(pieces, letter)
    if not strokes.any():
        return ()
    other = ~strokes & (pieces.height >= LEAST * letter)
    places = np.stack([pieces.left + pieces.width / 2, pieces.top + pieces.height / 2], 1)
    found = []
    for table in tables:
        last = max(cell.col for cell in table.cells)
        for cell in (each for each in table.cells if each.col == last and each.row > 0 and last > 0):
            inside = held(cell.box, places)
            marks, beside = np.flatnonzero(inside & strokes), np.flatnonzero(inside & other)
            lone = len(marks) == 1 and 0 < len(beside) <= MOST_FIGURES and figures[beside].all()
            if lone and any(_is_before(box, cell) for box in boxes):
                found.append(TickBox(pieces.box(int(marks[0])), True, BESIDE_SURE))
    return tuple(found)


def _is_before(box: TickBox, cell: Cell) -> bool:
    """Whether a box stands in the row of a cell, before it."""
    return box.box[2] <= cell.box[0] and cell.box[1] <= (box.box[1] + box.box[3]) / 2 < cell.box[3]


def _strokes(pieces: Components, letter: float) -> Flags:
    large = (pieces.width >= WIDE * letter) & (pieces.height >= HIGH * letter)
    thin = pieces.area <= THIN * pieces.width * pieces.height
    return np.asarray(large & thin & (pieces.width >= OBLONG * pieces.height))


def _figures(pieces: Components, letter: float) -> Flags:
    high = (pieces.height >= FIGURE[0] * letter) & (pieces.height <= FIGURE[1] * letter)
    return np.asarray(high & (pieces.width < OBLONG * pieces.height))
