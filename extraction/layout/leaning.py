"""Straight lines that lean as no print on a straightened page does: the sides of stamps held askew."""

import cv2
import numpy as np

from extraction.layout.components import Flags, Floats
from extraction.pages import Mask
from extraction.readings import Box

SHORTEST_MM, GAP, VOTES = 10.0, 3, 24  # of a line; pixels that it may lack; pixels that speak for it
LEAST_LEANING, MOST_LEANING = 1.7, 16.0  # degrees; pages are straightened to less
APART, BAND = 4.0, 2.0  # pixels between two lines, and from a line to its ink
MOST_LINES, MOST_POINTS = 6, 6000


def leaning_lines(mask: Mask, mm: float) -> list[tuple[Box, float]]:
    """The longest straight lines that lean a little, each once: the boxes around them, and by how many degrees.

    Source: J. Matas, C. Galambos, J. Kittler, Robust Detection of Lines Using the Progressive Probabilistic Hough
    Transform, Computer Vision and Image Understanding 78(1), 2000 (OpenCV's implementation).
    """
    drawn = cv2.HoughLinesP(mask, 1, np.pi / 360, VOTES, minLineLength=SHORTEST_MM * mm, maxLineGap=GAP)
    ends = np.zeros((0, 4)) if drawn is None else np.asarray(drawn, np.float64).reshape(-1, 4)
    across, down = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    leaning = np.abs(np.degrees(np.arctan2(down, across)))
    ends = ends[(leaning >= LEAST_LEANING) & (leaning <= MOST_LEANING)]
    longest = np.argsort(-np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]), kind="stable")
    lines: list[tuple[Box, float]] = []
    known: list[tuple[Floats, Floats]] = []  # middle and direction
    for start, end in ends[longest].reshape(-1, 2, 2):
        if len(lines) == MOST_LINES:
            break
        middle, along = _fitted(mask, start, end)
        degrees = float(np.degrees(np.arctan2(along[1], along[0])))
        apart = all(abs(float(_beside(middle - place, way))) >= APART for place, way in known)
        if apart and abs(degrees) >= LEAST_LEANING:
            known.append((middle, along))
            box = *np.minimum(start, end).astype(int).tolist(), *(np.maximum(start, end).astype(int) + 1).tolist()
            lines.append((box, degrees))
    return lines


def _fitted(mask: Mask, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """(middle, direction) of the straight line through the ink about one from `start` to `end`; it runs rightwards."""
    low = np.maximum(0, np.minimum(start, end) - BAND).astype(int)
    high = (np.maximum(start, end) + BAND + 1).astype(int)
    points = points_of(mask[low[1] : high[1], low[0] : high[0]] > 0, int(low[0]), int(low[1]))
    along = (end - start) / np.hypot(*(end - start))
    points = points[np.abs(_beside(points - start, along)) <= BAND]
    if len(points) < 2:
        return (start + end) / 2, along if along[0] >= 0 else -along
    dx, dy, x, y = np.ravel(cv2.fitLine(points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01)).tolist()
    return np.array([x, y]), np.array([dx, dy]) * (1 if dx >= 0 else -1)


def _beside(points: Floats, along: Floats) -> Floats:
    """How far (n, 2) points, or one, lie beside a line through the origin; `along`: its direction, of length 1."""
    return np.asarray(points[..., 1] * along[0] - points[..., 0] * along[1])


def points_of(there: Flags, left: int, top: int) -> Floats:
    """(n, 2) x and y on the page of the pixels that are there, or of as many as will do."""
    y, x = np.nonzero(there)
    some = slice(None, None, max(1, len(x) // MOST_POINTS))  # bands of a side are filled by a few of them
    return np.stack([x[some] + left, y[some] + top], axis=1).astype(np.float64)
