"""Roman numbers: like strokes side by side are counted."""

import numpy as np
import pytest

from extraction.engines import Sign
from extraction.engines.numerals import counted
from extraction.engines.reader import Reader
from extraction.pages import Pixels
from tests.extraction.sheets import Sheet

STRIDE = 4


def signs(text: str, places: list[float]) -> list[Sign]:
    return [Sign(sign, place - 2, place + 2, 0.9) for sign, place in zip(text, places, strict=True)]


def strokes(*columns: int, wide: int = 200) -> Pixels:
    """Ink 40 rows high with upright strokes of three columns, feet and all, that begin at these columns."""
    levels = np.full((40, wide), 20, np.uint8)
    for column in columns:
        levels[8:34, column : column + 3] = 220
        levels[8:10, column - 2 : column + 5] = levels[32:34, column - 2 : column + 5] = 220
    return levels


@pytest.mark.parametrize(
    ("read", "columns", "told"),
    [
        ("I. A", (20, 28), "II. A"),
        ("I. A", (20,), "I. A"),
        ("II. A", (20, 28, 36), "III. A"),
        ("III. A", (20, 28), "II. A"),
        ("I. A", (20, 28, 36, 44), "I. A"),  # four strokes are no such number
        ("X. A", (20, 28), "X. A"),
    ],
)
def test_a_number_has_as_many_signs_as_there_are_strokes(read: str, columns: tuple[int, ...], told: str) -> None:
    places = [6.0 + at for at in range(len(read) - 2)] + [20.0, 30.0]
    levels = strokes(*columns)
    levels[20:34, 118:126] = 220  # the letter behind

    assert "".join(sign.text for sign in counted(signs(read, places), levels, STRIDE)) == told


def test_marks_of_the_line_below_are_no_part_of_a_number() -> None:
    levels = strokes(20, 28, wide=60)
    levels[34:36] = 20
    levels[37:40, 10:16] = levels[37:40, 40:46] = 220

    assert "".join(sign.text for sign in counted(signs("I", [6]), levels, STRIDE)) == "II"


def test_paper_and_dirt_leave_the_number_as_it_was_read() -> None:
    rng = np.random.default_rng(1)
    for levels in (np.full((40, 60), 20, np.uint8), rng.integers(0, 255, (40, 60)).astype(np.uint8)):
        assert "".join(sign.text for sign in counted(signs("II.", [5, 8, 11]), levels, STRIDE)) == "II."


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("number", ["I.", "II.", "III.", "II"])
def test_printed_numbers_are_read_to_the_stroke(number: str, bold: bool) -> None:
    sheet = Sheet(120, 20).write(5, 5, f"{number} THÔNG TIN CHUNG", 13, bold)

    assert Reader().read(sheet.pixels[50:140, 30:1300]).text == f"{number} THÔNG TIN CHUNG"
