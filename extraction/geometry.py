"""Boxes between the upright page as scanned (the contract) and the straightened page (where rows are level)."""

import math
from collections.abc import Callable

from extraction.readings import Box, PageReading

Move = Callable[[Box], Box]


def overlap(one: Box, other: Box) -> bool:
    """Whether the boxes have a pixel in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def holds(outer: Box, box: Box) -> bool:
    """Whether the middle of `box` lies in `outer`: words reach over the rules of their cells by a pixel or two."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= down <= outer[3]


def turned_about_middle(box: Box, degrees: float, width: int, height: int) -> Box:
    """The box, of unchanged size, where its middle goes when the page is turned clockwise about its own middle."""
    if degrees == 0:
        return box
    angle = math.radians(degrees)
    across, down = (width - 1) / 2, (height - 1) / 2
    x, y = (box[0] + box[2]) / 2 - across, (box[1] + box[3]) / 2 - down
    new_x = x * math.cos(angle) - y * math.sin(angle) + across
    new_y = x * math.sin(angle) + y * math.cos(angle) + down
    half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    left = min(max(0, round(new_x - half_x)), max(0, width - 1))
    top = min(max(0, round(new_y - half_y)), max(0, height - 1))
    return left, top, max(left + 1, min(width, round(new_x + half_x))), max(top + 1, min(height, round(new_y + half_y)))


def on_page(box: Box, width: int, height: int) -> Box:
    """The part of the box that lies on the page, one pixel at least."""
    left, top = min(max(0, box[0]), width - 1), min(max(0, box[1]), height - 1)
    return left, top, max(left + 1, min(width, box[2])), max(top + 1, min(height, box[3]))


def as_scanned(box: Box, page: PageReading) -> Box:
    """A box of the straightened page on the upright page as scanned."""
    return turned_about_middle(box, page.skew_degrees, page.width, page.height)


def straightened_reading(page: PageReading) -> PageReading:
    """The reading with level rows, as those want it who look for values beside labels. Undo boxes with `as_scanned`."""
    if page.skew_degrees == 0:
        return page
    return with_boxes(page, lambda box: turned_about_middle(box, -page.skew_degrees, page.width, page.height))


def with_boxes(page: PageReading, move: Move) -> PageReading:
    """The reading with every box moved."""
    return page.model_copy(
        update={
            "words": tuple(word.model_copy(update={"box": move(word.box)}) for word in page.words),
            "ticks": tuple(tick.model_copy(update={"box": move(tick.box)}) for tick in page.ticks),
            "tables": tuple(
                table.model_copy(
                    update={
                        "box": move(table.box),
                        "cells": tuple(cell.model_copy(update={"box": move(cell.box)}) for cell in table.cells),
                    }
                )
                for table in page.tables
            ),
        }
    )
