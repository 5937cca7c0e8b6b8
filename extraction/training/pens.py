"""Digits as a pen writes them: numbers and days are often filled in by hand on printed letters.

Each digit has a few ways of being written, as strokes through places in a square one unit high; hands lean, shrink and
shake. The 1 with a long upstroke and the 7 with a bar are what Vietnamese schools teach.
"""

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
import numpy.typing as npt

from extraction.pages import Pixels, grey

Stroke = tuple[tuple[float, float], ...]  # x and y, from the upper left corner

WAYS: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": (
        (((0.32, 0.02), (0.06, 0.3), (0.08, 0.75), (0.32, 0.98), (0.58, 0.72), (0.56, 0.25), (0.32, 0.02)),),
        (((0.42, 0.06), (0.15, 0.15), (0.04, 0.6), (0.22, 0.96), (0.5, 0.85), (0.6, 0.4), (0.4, 0.04), (0.28, 0.12)),),
    ),
    "1": (
        (((0.0, 0.5), (0.38, 0.02)), ((0.38, 0.02), (0.32, 0.98))),
        (((0.08, 0.32), (0.32, 0.03)), ((0.32, 0.03), (0.3, 1.0))),
        (((0.0, 0.66), (0.46, 0.0)), ((0.46, 0.0), (0.36, 1.0))),
        (((0.2, 0.0), (0.18, 1.0)),),
    ),
    "2": (
        (((0.05, 0.25), (0.22, 0.03), (0.5, 0.1), (0.5, 0.4), (0.25, 0.72), (0.02, 0.97)),
         ((0.02, 0.97), (0.58, 0.95))),
        (
            (
                (0.06, 0.22), (0.28, 0.02), (0.52, 0.18), (0.42, 0.5), (0.12, 0.88), (0.02, 0.92), (0.1, 0.76),
                (0.28, 0.88), (0.6, 0.96),
            ),
        ),
    ),
    "3": (
        (((0.06, 0.12), (0.3, 0.01), (0.5, 0.18), (0.38, 0.42), (0.2, 0.46)),
         ((0.2, 0.46), (0.5, 0.56), (0.54, 0.82), (0.28, 0.99), (0.03, 0.88))),
        (((0.05, 0.04), (0.5, 0.04)), ((0.5, 0.04), (0.22, 0.4)),
         ((0.22, 0.4), (0.52, 0.52), (0.52, 0.84), (0.26, 0.99), (0.02, 0.9))),
    ),
    "4": (
        (((0.34, 0.02), (0.04, 0.62)), ((0.04, 0.62), (0.62, 0.6)), ((0.44, 0.34), (0.4, 1.0))),
        (((0.08, 0.04), (0.06, 0.5)), ((0.06, 0.5), (0.54, 0.48)), ((0.48, 0.02), (0.44, 1.0))),
        (((0.46, 0.0), (0.02, 0.66)), ((0.02, 0.66), (0.64, 0.66)), ((0.46, 0.0), (0.44, 1.0))),
    ),
    "5": (
        (((0.5, 0.03), (0.12, 0.05)), ((0.12, 0.05), (0.08, 0.44)),
         ((0.08, 0.44), (0.36, 0.4), (0.54, 0.64), (0.4, 0.92), (0.14, 0.99), (0.0, 0.9))),
        (((0.14, 0.06), (0.1, 0.42), (0.4, 0.42), (0.52, 0.7), (0.3, 0.98), (0.02, 0.9)), ((0.14, 0.06), (0.58, 0.0))),
    ),
    "6": (
        (((0.46, 0.02), (0.16, 0.34), (0.05, 0.74), (0.28, 0.99), (0.54, 0.8), (0.4, 0.54), (0.1, 0.68)),),
        (((0.34, 0.0), (0.06, 0.5), (0.12, 0.92), (0.4, 0.98), (0.5, 0.72), (0.3, 0.56), (0.08, 0.74)),),
    ),
    "7": (
        (((0.02, 0.08), (0.56, 0.04)), ((0.56, 0.04), (0.26, 1.0)), ((0.18, 0.5), (0.58, 0.46))),
        (((0.02, 0.14), (0.08, 0.05), (0.56, 0.04)), ((0.56, 0.04), (0.3, 0.5), (0.24, 1.0)),
         ((0.12, 0.52), (0.56, 0.5))),
        (((0.04, 0.06), (0.56, 0.03)), ((0.56, 0.03), (0.3, 0.5), (0.2, 1.0))),
    ),
    "8": (
        (
            (
                (0.5, 0.16), (0.28, 0.01), (0.1, 0.18), (0.3, 0.44), (0.54, 0.74), (0.3, 0.99), (0.06, 0.76),
                (0.28, 0.48), (0.5, 0.2), (0.42, 0.06),
            ),
        ),
        (((0.3, 0.02), (0.1, 0.2), (0.3, 0.45), (0.5, 0.2), (0.3, 0.02)),
         ((0.3, 0.45), (0.05, 0.72), (0.3, 0.99), (0.56, 0.72), (0.3, 0.45))),
    ),
    "9": (
        (((0.5, 0.2), (0.28, 0.02), (0.06, 0.22), (0.2, 0.46), (0.46, 0.34), (0.52, 0.12)),
         ((0.52, 0.12), (0.44, 1.0))),
        (((0.5, 0.14), (0.24, 0.02), (0.06, 0.26), (0.24, 0.46), (0.48, 0.26), (0.52, 0.1), (0.46, 0.7), (0.24, 0.98),
          (0.04, 0.9)),),
    ),
}  # fmt: skip
FINE = 4  # parts of a pixel in which strokes are drawn
SMOOTH = 8  # points from one place of a stroke to the next


@dataclass(frozen=True)
class Hand:
    """How one person writes on this line: digits so many pixels high, `thick` strokes, their lean and shaking."""

    seed: int
    high: float
    wide: float  # times as wide as in the templates
    thick: float
    lean: float
    shaking: float  # shares of the height

    @classmethod
    def any(cls, rng: Random, em: int) -> "Hand":
        return cls(
            seed=rng.randrange(1 << 30),
            high=rng.uniform(0.62, 1.05) * em,
            wide=rng.uniform(0.75, 1.35),
            thick=max(1.0, rng.uniform(0.045, 0.13) * em),
            lean=rng.uniform(-0.05, 0.4),
            shaking=rng.uniform(0.01, 0.05),
        )

    def written(self, digit: str, place: int) -> Pixels:
        """The digit as ink 0..255, cut out; the same for the same `place` in a word."""
        rng = Random(f"{self.seed}/{digit}/{place}")
        chosen = Random(f"{self.seed}/{digit}").choice(WAYS[digit])  # a person writes each digit one way
        strokes = [self._moved(stroke, rng) for stroke in chosen]
        margin = self.thick
        low = np.min([stroke.min(0) for stroke in strokes], axis=0) - margin
        size = np.ceil(np.max([stroke.max(0) for stroke in strokes], axis=0) + margin - low).astype(int)
        canvas = np.zeros((int(size[1]) * FINE, int(size[0]) * FINE), np.uint8)
        for stroke in strokes:
            points = np.rint((_smooth(stroke) - low) * FINE).astype(np.int32)
            cv2.polylines(canvas, [points], False, (255,), max(1, round(self.thick * FINE)), cv2.LINE_AA)
        return grey(cv2.resize(canvas, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA))

    def _moved(self, stroke: Stroke, rng: Random) -> npt.NDArray[np.float64]:
        """The stroke's places in pixels, as this hand writes them this time."""
        shaken = np.array([(x + rng.gauss(0, self.shaking), y + rng.gauss(0, self.shaking)) for x, y in stroke])
        x, y = shaken[:, 0] * self.wide + self.lean * (1 - shaken[:, 1]), shaken[:, 1]
        return np.stack([x, y], axis=1) * self.high


def _smooth(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Points on a Catmull-Rom spline through the places."""
    if len(places) < 3:
        return places
    around = np.concatenate([places[:1], places, places[-1:]])
    t = np.linspace(0, 1, SMOOTH, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * (b - c) + d - a) * t**3))
    return np.concatenate([*parts, places[-1:]])
