"""Connected pieces of ink with their boxes, as arrays."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extraction.pages import Mask, grey
from extraction.readings import Box

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Components:
    """Piece i has label i + 1 in `labels`; all other arrays are one value a piece."""

    labels: npt.NDArray[np.int32]
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

    def mask(self, chosen: Flags) -> Mask:
        """The pixels of the chosen pieces."""
        table = np.zeros(len(self) + 1, np.uint8)
        table[1:][chosen] = 255
        return np.asarray(table[self.labels], dtype=np.uint8)


def components(mask: Mask) -> Components:
    """The 8-connected pieces of a mask."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    columns = np.asarray(stats[1:], dtype=np.int64)
    return Components(np.asarray(labels, dtype=np.int32), *(columns[:, i] for i in range(5)))


def opened(mask: Mask, width: int, height: int) -> Mask:
    """Only what a solid rectangle of this size fits into."""
    return grey(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((height, width), np.uint8)))


def closed(mask: Mask, width: int, height: int) -> Mask:
    """Gaps smaller than the rectangle filled; the page's edge is no ink."""
    padded = cv2.copyMakeBorder(mask, height, height, width, width, cv2.BORDER_CONSTANT, value=(0,))
    done = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8))
    return grey(np.ascontiguousarray(done[height : height + mask.shape[0], width : width + mask.shape[1]]))


def dilated(mask: Mask, width: int, height: int) -> Mask:
    """Everything thicker by half the rectangle either way."""
    return grey(cv2.dilate(mask, np.ones((height, width), np.uint8)))


def union(boxes: list[Box]) -> Box:
    """The smallest box around all of them."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
