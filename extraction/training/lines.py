"""Training lines: typeset, worn, and brought to the form in which the reader gets lines. Endless, and seeded."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
import numpy.typing as npt

from extraction.engines.reader import HEIGHT, PAPER, STRIDE, ink_levels
from extraction.pages import Pixels
from extraction.training.fonts import Fonts
from extraction.training.signs import classes_of
from extraction.training.texts import Texts
from extraction.training.typesetting import typeset, unwritten
from extraction.training.wear import Noise, worn

TRIES = 20
MIDDLE, MOST_INK = 120, 0.6  # a level between paper and ink; bold capitals cover half of their crop


@dataclass(frozen=True)
class Press:
    """Makes lines. The same generator state gives the same line on the same machine with the same fonts."""

    texts: Texts
    fonts: Fonts
    noise: Noise
    silence: float = 0.0  # share of pictures with seals and signatures but no text; their text is empty

    def crop(self, rng: Random, columns: int, fill: bool = True) -> tuple[Pixels, str]:
        """A grey crop of a scanned page, at most `columns` wide when it is HEIGHT rows high, and the text."""
        for _ in range(TRIES):
            silent = rng.random() < self.silence
            strip = (
                unwritten(rng, columns, HEIGHT)
                if silent
                else typeset(rng, self.texts, self.fonts, columns, HEIGHT, fill)
            )
            picture = worn(rng, strip, self.noise)
            wide = round(picture.shape[1] * HEIGHT / picture.shape[0])
            if wide <= columns and (silent or strip.text) and readable(wide, strip.text) and legible(picture):
                return picture, strip.text
        raise ValueError(f"No line of {columns} columns came out in {TRIES} tries; ask for wider lines.")

    def line(self, rng: Random, columns: int, fill: bool = True) -> tuple[Pixels, str]:
        """(HEIGHT, at most `columns`) ink levels as the network gets them, and the text."""
        picture, text = self.crop(rng, columns, fill)
        return ink_levels(picture), text

    def batch(
        self, rng: Random, columns: int, count: int, fill: bool = True
    ) -> tuple[npt.NDArray[np.uint8], list[str]]:
        """(count, HEIGHT, columns) ink levels, lines at the left or anywhere; and their texts."""
        pictures = np.full((count, HEIGHT, columns), PAPER, np.uint8)
        said = []
        for place in range(count):
            picture, text = self.line(rng, columns, fill)
            start = rng.randrange(columns - picture.shape[1] + 1) if rng.random() < 0.3 else 0
            pictures[place, :, start : start + picture.shape[1]] = picture
            said.append(text)
        return pictures, said


def readable(columns: int, text: str) -> bool:
    """Whether the network has frames enough to say it: one a sign, and one between two like ones."""
    doubled = sum(a == b for a, b in pairwise(text))
    return len(text) + doubled <= columns // STRIDE


def legible(picture: Pixels) -> bool:
    """Whether it is not all ink: wear may go too far, and such lines teach nothing."""
    return float((ink_levels(picture) > MIDDLE).mean()) < MOST_INK


def targets(texts: list[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """All classes one after another, and each text's length."""
    classes = [each for text in texts for each in classes_of(text)]
    return np.array(classes, np.int64), np.array([len(text) for text in texts], np.int64)
