"""A second, independent look at the words that decide and are doubtful: another engine, at each word's own pixels.

Two readers that were made differently seldom make the same mistake. Of words our reader doubts, tesseract agreed with
one in 350 wrong ones and with nine of ten right ones; a word costs it some 2.5 ms.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

import cv2
import numpy as np

from extraction.doubt import agree
from extraction.engines import LineReading
from extraction.evidence import evidence_fields
from extraction.fields import form_fields
from extraction.folding import fold
from extraction.geometry import holds
from extraction.kinds import classify
from extraction.pages import Pixels, grey, turned
from extraction.readings import Box, PageKind, PageReading, PageSource, Word
from extraction.understanding import FORM_KINDS

SURE, SURE_OF_DIGITS = 0.9, 0.97  # words above it are not read again
MOST = 16  # words of one page
LEAST_OPINION = 0.6  # mean confidence below which the other engine has none either
MARGINS = ((0.15, 0.1), (0.3, 0.0))  # beside and above the word, in its heights: two attempts
FRAME = 0.4  # heights of paper put around: engines want some
LEAST_HEIGHT = 32.0  # pixels; smaller words are enlarged
RULE = 0.8  # share of a column at the edge that is dark: a table's rule
LONG_PAGE = 350  # words
NUMBER = re.compile(r"^[(]?\d{1,6}([.,/-]\d{1,6}){0,4}[).,;:%]?$")
POINTS = re.compile(r"d\w{0,3}m?$")
NUMBER_SIGNS = frozenset("0123456789.,/-:()")


class SecondEngine(Protocol):
    def read(self, line: Pixels) -> LineReading:
        """As a LineEngine does."""

    def read_digits(self, line: Pixels) -> LineReading:
        """The same of a picture that can only hold digits and what stands between them."""


@dataclass(frozen=True)
class SecondOpinion:
    """Reads doubtful words of a page again, at the pixels it was read from."""

    engine: SecondEngine

    def of(self, page: PageReading, scanned: Pixels) -> PageReading:
        """The page with `second` on the words that were read again; never raises for the pixels.

        `scanned`: the levels of the page as scanned in which coloured ink is palest.
        """
        chosen = doubtful_words(page)
        if not chosen:
            return page
        levels = turned(scanned, page.rotation)
        words = list(page.words)
        for place in chosen:
            words[place] = words[place].model_copy(update={"second": self._look(words[place], levels)})
        return page.model_copy(update={"words": tuple(words)})

    def _look(self, word: Word, levels: Pixels) -> str | None:
        """What the other engine reads; of two attempts the one that agrees, else the surer one. None: no opinion."""
        found = []
        for margins in MARGINS:
            picture = word_picture(word.box, levels, margins)
            read = self.engine.read_digits if set(word.text) <= NUMBER_SIGNS else self.engine.read
            reading = read(picture)
            if agree(word.text, reading.text):
                return reading.text
            found.append(reading)
        best = max(found, key=lambda reading: reading.confidence)
        return best.text if best.confidence >= LEAST_OPINION and best.text.strip(" |.…") else None


def doubtful_words(page: PageReading) -> list[int]:
    """Places of the words to read again: not sure, and part of a value or a number; the least sure first."""
    if page.source is not PageSource.OCR:
        return []
    doubtful = [
        place
        for place, word in enumerate(page.words)
        if (word.confidence < _sure(word) or word.under_stamp) and any(sign.isalnum() for sign in word.text)
    ]
    kind = classify([page])[0] if doubtful else PageKind.OTHER
    values = _value_boxes(page, kind) if doubtful else []
    inside = [place for place in doubtful if any(holds(box, page.words[place].box) for box in values)]
    amounts = _amounts(page) if kind is not PageKind.SCORE_SHEET else frozenset()
    numbers = [place for place in doubtful if place not in inside and place in amounts]
    ranked = sorted(inside, key=lambda place: page.words[place].confidence)
    return [*ranked, *sorted(numbers, key=lambda place: page.words[place].confidence)][:MOST]


def _sure(word: Word) -> float:
    """Spelling helps with words, and nothing with digits: these are doubted sooner."""
    return SURE_OF_DIGITS if any(sign.isdigit() for sign in word.text) else SURE


def _amounts(page: PageReading) -> frozenset[int]:
    """Places of numbers that may be claimed points or measured results: before “điểm”, or alone in a table's cell."""
    alone = {cell.text.strip() for table in page.tables for cell in table.cells if NUMBER.match(cell.text.strip())}
    return frozenset(
        place
        for place, (word, after) in enumerate(zip_longest(page.words, page.words[1:]))
        if NUMBER.match(word.text) and (word.text in alone or (after is not None and POINTS.match(fold(after.text))))
    )


def _value_boxes(page: PageReading, kind: PageKind) -> Sequence[Box]:
    """Where this page alone shows values. A long page that is no form is prose, and would cost too much to search."""
    if kind in FORM_KINDS:
        return [field.box for field in form_fields(page, kind)]
    return [field.box for field in evidence_fields(page)] if len(page.words) <= LONG_PAGE else []


def word_picture(box: Box, levels: Pixels, margins: tuple[float, float]) -> Pixels:
    """The word cut out, a table's rules beside it painted over, with paper around."""
    left, top, right, bottom = box
    height = max(1, bottom - top)
    side, above = round(margins[0] * height), round(margins[1] * height)
    rows, columns = levels.shape
    cut = levels[max(0, top - above) : min(rows, bottom + above), max(0, left - side) : min(columns, right + side)]
    if cut.size == 0:
        return np.full((8, 8), 255, np.uint8)
    paper, ink = (int(np.quantile(cut, share)) for share in (0.9, 0.02))
    dark = (cut < (paper + ink) / 2).mean(axis=0)
    edge = np.zeros(cut.shape[1], bool)
    edge[: side + height // 4] = edge[len(edge) - side - height // 4 :] = True
    cleaned = np.where((dark > RULE) & edge & (cut.shape[1] > 2 * height), paper, cut)
    framed = np.pad(grey(cleaned), round(FRAME * height), constant_values=paper)
    factor = max(1.0, LEAST_HEIGHT / height)
    return (
        framed if factor == 1 else grey(cv2.resize(framed, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC))
    )
