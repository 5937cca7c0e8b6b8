"""Tesseract as a program, through pytesseract: for machines on which tesserocr cannot be installed."""

import unicodedata
from collections.abc import Iterator

import pytesseract

from extraction.engines import LineReading, Sign, is_empty
from extraction.pages import Pixels


class PytesseractEngine:
    """One process a line: slow, but portable."""

    def __init__(self) -> None:
        self.name = f"pytesseract {pytesseract.get_tesseract_version()} (vie)"

    def read(self, line: Pixels) -> LineReading:
        if is_empty(line):
            return LineReading()
        table = pytesseract.image_to_data(
            line, lang="vie", config="--psm 7 --oem 1 --dpi 300", output_type=pytesseract.Output.DICT
        )
        words = zip(table["text"], table["left"], table["width"], table["conf"], strict=True)
        signs: list[Sign] = []
        for text, left, width, confidence in words:
            if not text.strip():
                continue
            if signs:
                signs.append(Sign(" ", signs[-1].right, max(signs[-1].right, left), 1.0))
            signs.extend(_spread(unicodedata.normalize("NFC", text), left, width, confidence / 100))
        return LineReading(tuple(signs))


def _spread(word: str, left: float, width: float, confidence: float) -> Iterator[Sign]:
    """The program places words, not signs: share the word's width evenly."""
    step = width / len(word)
    sure = min(1.0, max(0.0, confidence))
    return (Sign(sign, left + i * step, left + (i + 1) * step, sure) for i, sign in enumerate(word))
