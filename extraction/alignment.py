"""Laying what is read beside what is known to be printed: two sequences, matched in order.

S. B. Needleman, C. D. Wunsch, J. Mol. Biol. 48 (1970) 443–453, with free gaps on both sides.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

LEAST_LIKENESS = 62.0  # 0..100; below it two texts are not the same


def likeness(read: Sequence[str], printed: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """How alike each read text is to each printed one, 0..100, shape (read, printed)."""
    if not read or not printed:
        return np.zeros((len(read), len(printed)), np.float32)
    return process.cdist(read, printed, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, dtype=np.float32)


def align(read: Sequence[str], printed: Sequence[str], weights: Sequence[float] | None = None) -> dict[int, int]:
    """index of printed → index of read, both increasing, with the greatest sum of likeness over the threshold."""
    scores = likeness(read, printed)
    gains = np.where(scores > 0, scores - LEAST_LIKENESS + 1, 0.0)
    if weights is not None:
        gains = gains * np.asarray(weights, np.float64)[None, :]
    best = np.zeros((len(read) + 1, len(printed) + 1))
    for row in range(1, len(read) + 1):
        diagonal = best[row - 1, :-1] + gains[row - 1]
        candidate = np.maximum(best[row - 1, 1:], diagonal)
        best[row, 1:] = np.maximum.accumulate(np.maximum(candidate, 0))
    return _traced(best, gains)


def _traced(
    best: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
    gains: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
) -> dict[int, int]:
    pairs: dict[int, int] = {}
    row, column = best.shape[0] - 1, best.shape[1] - 1
    while row > 0 and column > 0:
        if best[row, column] == best[row, column - 1]:
            column -= 1
        elif best[row, column] == best[row - 1, column]:
            row -= 1
        else:
            if gains[row - 1, column - 1] > 0:
                pairs[column - 1] = row - 1
            row, column = row - 1, column - 1
    return pairs
