"""How well exported weights read rendered lines: fonts and texts trained on, and those kept out, apart."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from random import Random
from typing import Any

from rapidfuzz.distance import Levenshtein

from extraction.engines import LineReading, Sign
from extraction.engines.reader import Reader
from extraction.training.lines import Press

WIDTHS = (128, 256, 448, 768)  # columns at the reader's height


@dataclass(frozen=True)
class Result:
    lines: int
    signs: int
    sign_errors: float  # edits for each sign
    lines_right: float


def evaluate(reader: Reader, press: Press, lines: int, seed: str) -> tuple[Result, list[tuple[float, bool]]]:
    """The result, and for each word read its raw confidence and whether it is right."""
    rng = Random(seed)
    wrong = length = right = 0
    words: list[tuple[float, bool]] = []
    for count in range(lines):
        crop, text = press.crop(rng, WIDTHS[count % len(WIDTHS)], fill=rng.random() < 0.5)
        reading = reader.read(crop)
        said = " ".join(reading.text.split())
        wrong += Levenshtein.distance(said, text)
        length += len(text)
        right += said == text
        words += judged(reading, text)
    return Result(lines, length, round(wrong / max(1, length), 5), round(right / max(1, lines), 4)), words


def judged(reading: LineReading, text: str) -> list[tuple[float, bool]]:
    """Each word read: its least sure sign's confidence, and whether it stands so in the line, in its place."""
    read = words_of(reading.signs)
    said, printed = [word for word, _ in read], text.split()
    good = {
        place
        for block in SequenceMatcher(None, said, printed, autojunk=False).get_matching_blocks()
        for place in range(block.a, block.a + block.size)
    }
    return [(sure, place in good) for place, (_, sure) in enumerate(read)]


def words_of(signs: Sequence[Sign]) -> list[tuple[str, float]]:
    groups: list[list[Sign]] = [[]]
    for sign in signs:
        if sign.text == " ":
            groups.append([])
        else:
            groups[-1].append(sign)
    return [("".join(sign.text for sign in group), min(sign.confidence for sign in group)) for group in groups if group]


def as_json(results: dict[str, Result]) -> dict[str, Any]:
    return {name: asdict(result) for name, result in results.items()}
