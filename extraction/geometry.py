"""Boxes between the upright page as scanned (the contract) and the straightened page (where rows are level)."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from extraction.readings import Box, Cell, PageReading, Table, Tick, Word

Move = Callable[[Sequence[Box]], Sequence[Box]]
Placed = TypeVar("Placed", Word, Cell, Tick)
Floats = npt.NDArray[np.float64]


def overlap(one: Box, other: Box) -> bool:
    """Whether the boxes have a pixel in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def area(box: Box) -> int:
    """In pixels."""
    return (box[2] - box[0]) * (box[3] - box[1])


def holds(outer: Box, box: Box) -> bool:
    """Whether the middle of `box` lies in `outer`: words reach over the rules of their cells by a pixel or two."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= down <= outer[3]


def middles(boxes: Sequence[Box]) -> Floats:
    """The middle of each box, shape (boxes, 2)."""
    edges = np.asarray(boxes, np.float64).reshape(-1, 4)
    return np.asarray((edges[:, :2] + edges[:, 2:]) / 2)


def held(outer: Box, places: Floats) -> npt.NDArray[np.bool_]:
    """Which of these middles lie in `outer`: `holds` for many boxes."""
    return np.asarray(((places >= outer[:2]) & (places <= outer[2:])).all(1))


def turned_about_middle(boxes: Sequence[Box], degrees: float, width: int, height: int) -> list[Box]:
    """The boxes, of unchanged size, where their middles go when the page is turned clockwise about its own middle."""
    if degrees == 0:
        return list(boxes)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    size, own = np.array([width, height]), np.array([width - 1, height - 1]) / 2
    edges = np.asarray(boxes, np.float64).reshape(-1, 4)
    middle, half = (edges[:, :2] + edges[:, 2:]) / 2 - own, (edges[:, 2:] - edges[:, :2]) / 2
    x, y = middle.T
    turned = np.stack([x * cos - y * sin, x * sin + y * cos], 1) + own
    first = np.clip(np.rint(turned - half), 0, np.maximum(0, size - 1))
    last = np.maximum(first + 1, np.minimum(size, np.rint(turned + half)))
    return [(a, b, c, d) for a, b, c, d in np.hstack([first, last]).astype(np.int64).tolist()]


def on_page(box: Box, width: int, height: int) -> Box:
    """The part of the box that lies on the page, one pixel at least."""
    left, top = min(max(0, box[0]), width - 1), min(max(0, box[1]), height - 1)
    return left, top, max(left + 1, min(width, box[2])), max(top + 1, min(height, box[3]))


def as_scanned(boxes: Sequence[Box], page: PageReading) -> list[Box]:
    """Boxes of the straightened page on the upright page as scanned."""
    return turned_about_middle(boxes, page.skew_degrees, page.width, page.height)


def straightened_reading(page: PageReading) -> PageReading:
    """The reading with level rows, as those want it who look for values beside labels. Undo boxes with `as_scanned`."""
    if page.skew_degrees == 0:
        return page
    return with_boxes(page, lambda boxes: turned_about_middle(boxes, -page.skew_degrees, page.width, page.height))


def with_boxes(page: PageReading, move: Move) -> PageReading:
    """The reading with every box moved."""
    parts: list[Word | Tick | Table | Cell] = [*page.words, *page.ticks, *page.tables]
    parts += [cell for table in page.tables for cell in table.cells]
    boxes = [part.box for part in parts]
    moved = dict(zip(boxes, move(boxes), strict=True))
    return page.model_copy(
        update={
            "words": tuple(_placed(word, moved) for word in page.words),
            "ticks": tuple(_placed(tick, moved) for tick in page.ticks),
            "tables": tuple(
                Table(box=moved[table.box], cells=tuple(_placed(cell, moved) for cell in table.cells))
                for table in page.tables
            ),
        }
    )


def _placed(part: Placed, moved: Mapping[Box, Box]) -> Placed:
    """The part with its box moved: made anew, which takes less time than `model_copy`."""
    return type(part).model_validate({**part.__dict__, "box": moved[part.box]})
