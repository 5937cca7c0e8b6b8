"""How often words are right that the network is so sure of: what confidence means, measured on lines not trained on."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

KNOTS = 24


def reliability(raw: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """A rising line through (raw confidence, share of words that are right): pool adjacent violators.

    Source: M. Ayer et al., An Empirical Distribution Function for Sampling with Incomplete Information, 1955.
    """
    sure, good = np.round(np.asarray(raw), 4), np.asarray(right)
    pools: list[list[float]] = []  # sum of raw, number right, words
    for at in np.unique(sure):
        same = good[sure == at]
        pools.append([float(at) * len(same), float(same.sum()), float(len(same))])
        while len(pools) > 1 and pools[-2][1] * pools[-1][2] >= pools[-1][1] * pools[-2][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    points = [(total / count, (good + 0.5) / (count + 1)) for total, good, count in pools]
    step = max(1, len(points) // KNOTS)
    chosen = [*points[::step], points[-1]]
    risen: list[tuple[float, float]] = []
    for at, share in chosen:
        if not risen or (at > risen[-1][0] and share >= risen[-1][1]):
            risen.append((round(at, 5), round(share, 5)))
    return risen


def write_reliability(points: Sequence[tuple[float, float]], out: Path) -> None:
    out.write_text(
        json.dumps({"raw": [a for a, _ in points], "right": [b for _, b in points]}) + "\n", encoding="utf-8"
    )
