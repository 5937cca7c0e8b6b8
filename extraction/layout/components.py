"""Connected pieces of ink with their boxes, as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
import numpy.typing as npt

from extraction.bits import Bits
from extraction.pages import Mask, grey
from extraction.readings import Box

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.integer[Any]]
BYTE = np.iinfo(np.uint8).max
ONE_BY_ONE = 3_000  # pixels that could be looked up in the time one piece takes to be drawn alone
FEW = 0.5  # share of the columns below which it pays to look at those with ink only
COMPARED = 1 << 16  # pairs of things that are compared at a time


@dataclass(frozen=True, eq=False)
class Components:
    """Piece i has label i + 1 in `labels`; all other arrays are one value a piece."""

    labels: Labels
    left: Ints
    top: Ints
    width: Ints
    height: Ints
    area: Ints

    @property
    def right(self) -> Ints:
        return self.left + self.width

    @property
    def bottom(self) -> Ints:
        return self.top + self.height

    def __len__(self) -> int:
        return len(self.left)

    def box(self, piece: int) -> Box:
        left, top = int(self.left[piece]), int(self.top[piece])
        return left, top, left + int(self.width[piece]), top + int(self.height[piece])

    def touching(self, where: Flags) -> Flags:
        """Which pieces have a pixel there; `where` is as large as the page."""
        labels = np.unique(self.labels[where])
        touched = np.zeros(len(self), np.bool_)
        touched[labels[labels > 0].astype(np.int64) - 1] = True
        return touched

    def mask(self, chosen: Flags) -> Mask:
        """The pixels of the chosen pieces."""
        drawn = np.zeros(self.labels.shape, np.uint8)
        members = np.flatnonzero(chosen)
        if not len(members):
            return drawn
        left, top, right, bottom = (edge[members] for edge in (self.left, self.top, self.right, self.bottom))
        around = np.s_[int(top.min()) : int(bottom.max()), int(left.min()) : int(right.max())]
        if int((self.width * self.height)[members].sum()) + ONE_BY_ONE * len(members) < drawn[around].size:
            for piece in members.tolist():
                x, y, end_x, end_y = self.box(piece)
                drawn[y:end_y, x:end_x][self.labels[y:end_y, x:end_x] == piece + 1] = 255
            return drawn
        table = np.zeros(len(self) + 1, np.uint8)
        table[1:][chosen] = 255
        drawn[around] = table[self.labels[around]]
        return drawn


def components(mask: Mask | Bits) -> Components:
    """The 8-connected pieces of a mask.

    OpenCV finds them in little time and measures them in much, pixel by pixel of the paper, too. So only rows with ink
    are looked at (and one between any two groups of them), only columns with ink where these are few, and only runs of
    ink are measured.
    """
    rows = _apart(mask.inked_rows if isinstance(mask, Bits) else np.flatnonzero(mask.max(axis=1)))
    if not len(rows):
        nothing = np.zeros(0, np.int64)
        return Components(np.zeros(mask.shape, np.uint8), nothing, nothing, nothing, nothing, nothing)
    inked = mask.in_rows(rows) if isinstance(mask, Bits) else mask[rows]
    columns = _apart(np.flatnonzero(inked.max(axis=0)))
    if len(columns) > FEW * mask.shape[1]:
        columns = np.arange(mask.shape[1])
    packed = np.zeros((len(rows), len(columns) + 1), np.uint8)  # no run goes on into the next row
    packed[:, :-1] = inked if len(columns) == mask.shape[1] else inked[:, columns]
    del inked
    edges = _edges(packed)
    short = len(edges) // 2 < np.iinfo(np.uint16).max  # no more pieces than runs: half the bytes will do
    count, found = cv2.connectedComponents(packed, connectivity=8, ltype=cv2.CV_16U if short else cv2.CV_32S)
    del packed
    inner = cast(Labels, found)
    measured = _measured(edges, inner, rows, columns, count)
    labels = np.zeros(mask.shape, np.uint8 if count <= BYTE else inner.dtype)
    labels[rows if len(columns) == mask.shape[1] else np.ix_(rows, columns)] = inner[:, :-1]
    return Components(labels, *measured)


def _apart(inked: Ints) -> Ints:
    """The rows (or columns) with ink, and the first without behind each group but the last: so groups stay apart."""
    ends = inked[:-1][np.diff(inked) > 1]
    return np.asarray(np.sort(np.concatenate((inked, ends + 1))), dtype=np.int64)


def _edges(packed: Mask) -> Ints:
    """Where runs of ink begin and where they end, in turn, counted through all rows; the last column is empty."""
    levels = packed.ravel()
    edges = np.flatnonzero(levels[1:] != levels[:-1]) + 1
    return np.concatenate((np.zeros(1, np.int64), edges)) if levels[0] else edges


def _measured(edges: Ints, labels: Labels, rows: Ints, columns: Ints, count: int) -> tuple[Ints, ...]:
    """Left, top, width, height and area of all labels but 0, from their runs of ink, which come row by row.

    `edges`: where each run begins and ends, counted through all rows; `rows` and `columns`: those of the page.
    """
    wide = labels.shape[1]
    starts, ends = edges[::2], edges[1::2]
    label = labels.ravel()[starts].astype(np.int64) - 1
    row = rows[starts // wide]
    first, last = columns[starts % wide], columns[(ends - 1) % wide] + 1
    left, right = np.full(count - 1, columns[-1] + 1, np.int64), np.zeros(count - 1, np.int64)
    np.minimum.at(left, label, first)
    np.maximum.at(right, label, last)
    top, bottom = np.zeros(count - 1, np.int64), np.zeros(count - 1, np.int64)
    top[label[::-1]] = row[::-1]  # of several values for one place, the last one stays
    bottom[label] = row
    area = np.bincount(label, weights=ends - starts, minlength=count - 1).astype(np.int64)
    return left, top, right - left, bottom - top + 1, area


def opened(mask: Mask, width: int, height: int) -> Mask:
    """Only what a solid rectangle of this size fits into."""
    return Bits.of(mask).opened(width, height).mask


def closed(mask: Mask, width: int, height: int) -> Mask:
    """Gaps smaller than the rectangle filled; the page's edge is no ink."""
    return Bits.of(mask).closed(width, height).mask


def dilated(mask: Mask, width: int, height: int) -> Mask:
    """Everything thicker by half the rectangle either way."""
    if not cv2.hasNonZero(mask):
        return np.zeros_like(mask)
    return grey(cv2.dilate(mask, np.ones((height, width), np.uint8)))


def row_blocks(count: int) -> Iterator[slice]:
    """The rows of a (count, count) matrix, so many at a time that no part of it is large."""
    step = max(1, COMPARED // max(1, count))
    for first in range(0, count, step):
        yield slice(first, min(count, first + step))


def union(boxes: list[Box]) -> Box:
    """The smallest box around all of them."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
