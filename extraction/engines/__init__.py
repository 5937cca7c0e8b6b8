"""Line engines: a grey picture of one text line → its signs, where they stand, and how sure the engine is.

ENGINES lists them all. Adding one is a file with a class that fits LineEngine, and a line in the table.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from extraction.pages import Pixels

os.environ["OMP_THREAD_LIMIT"] = "1"  # before tesseract loads: its own threads make it three to four times slower


Others = Callable[[int], Sequence[tuple[str, float]]]  # what else a sign may be ("" for nothing), with probabilities


@dataclass(frozen=True)
class Sign:
    """One character (or blank between words) and the columns of the line picture it covers."""

    text: str
    left: float
    right: float
    confidence: float  # 0..1


@dataclass(frozen=True)
class LineReading:
    """What an engine read in one line picture, left to right. No signs: nothing was read."""

    signs: tuple[Sign, ...] = ()

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @property
    def confidence(self) -> float:
        """Mean over the signs; 0 for nothing. Orders attempts at the same pixels, is no probability."""
        letters = [sign.confidence for sign in self.signs if sign.text != " "]
        return sum(letters) / len(letters) if letters else 0.0


FAINT = 25  # grey levels between paper and ink below which a picture is empty paper


def is_empty(line: Pixels) -> bool:
    """Whether a line picture shows paper only: engines read letters into noise."""
    return int(line.max(initial=0)) - int(line.min(initial=255)) < FAINT


class LineEngine(Protocol):
    """Reads one line at a time; a worker process keeps one engine alive."""

    name: str  # with its version: two engines of the same name read the same

    def read(self, line: Pixels) -> LineReading:
        """Read a grey (height, width) picture of one upright line: dark ink on lighter paper, NFC text out."""


class Remembering:
    """An engine that reads a picture it has just read no second time."""

    def __init__(self, engine: LineEngine, *, most: int = 32) -> None:
        self.engine, self.most, self.name = engine, most, engine.name
        self.known: dict[tuple[tuple[int, ...], bytes], LineReading] = {}

    def read(self, line: Pixels) -> LineReading:
        key = line.shape, line.tobytes()
        if key in self.known:
            return self.known.pop(key)
        reading = self.engine.read(line)
        if len(self.known) < self.most:
            self.known[key] = reading
        return reading


ENGINES: dict[str, str] = {  # name in settings and on the command line → class
    "reader": "extraction.engines.reader:Reader",
    "tesserocr": "extraction.engines.tesserocr_engine:TesserocrEngine",
    "pytesseract": "extraction.engines.pytesseract_engine:PytesseractEngine",
}


def load_engine(name: str = "reader") -> LineEngine:
    """A new engine. Raises ValueError for an unknown name."""
    if name not in ENGINES:
        raise ValueError(f"no engine {name!r}; there are: {', '.join(ENGINES)}")
    module, kind = ENGINES[name].split(":")
    return cast(Callable[[], LineEngine], getattr(import_module(module), kind))()
