"""Letters that capitals only enlarge: how high they stand in the line tells their case where the reader hesitates."""

import numpy as np
import pytest

from extraction.engines import Sign
from extraction.engines.cases import told_by_height
from extraction.pages import Pixels

TALL, SMALL, FOOT = 8, 16, 32  # rows in which letters begin and end


def line(text: str, tall: str, *, doubted: int, confidence: float = 0.66) -> tuple[list[Sign], Pixels]:
    """A line of bars, those of the signs in `tall` as high as capitals; one sign is doubted."""
    levels = np.full((40, 4 * 6 * len(text)), 20, np.uint8)
    signs = []
    for at, sign in enumerate(text):
        left, right = 6 * at, 6 * at + 5
        if sign != " ":
            levels[TALL if sign in tall else SMALL : FOOT, 4 * left + 4 : 4 * right - 4] = 220
        signs.append(Sign(sign, left, right, confidence if at == doubted else 0.99))
    return signs, levels


@pytest.mark.parametrize(("tall", "meant"), [("35", "s 35, ven"), ("35S", "S 35, ven")])
@pytest.mark.parametrize("read", ["S 35, ven", "s 35, ven"])
def test_a_doubted_letter_is_as_high_as_it_stands(read: str, tall: str, meant: str) -> None:
    signs, levels = line(read, tall + read[0] * ("S" in tall), doubted=0)

    assert "".join(sign.text for sign in told_by_height(signs, levels, 4)) == meant


@pytest.mark.parametrize(("tall", "meant"), [("74", "xem, số 74"), ("74S", "xem, SỐ 74")])
def test_no_capital_stands_behind_a_letter_that_is_small(tall: str, meant: str) -> None:
    """Of the "số" of an address, both letters of which capitals only enlarge."""
    signs, levels = line("xem, SỐ 74", tall, doubted=5)

    assert "".join(sign.text for sign in told_by_height(signs, levels, 4)) == meant


def test_a_sure_letter_is_left_alone() -> None:
    signs, levels = line("S 35, ven", "35", doubted=0, confidence=0.99)

    assert told_by_height(signs, levels, 4) == signs


def test_without_letters_of_both_heights_nothing_is_told() -> None:
    signs, levels = line("S ven", "", doubted=0)

    assert told_by_height(signs, levels, 4) == signs


@pytest.mark.parametrize("letter", "VWX")
def test_a_letter_open_above_is_left_alone(letter: str) -> None:
    """In the middle of "VT-5567" the strokes of the V begin far below its head."""
    signs, levels = line(f"{letter} 35, ven", "35", doubted=0)

    assert told_by_height(signs, levels, 4) == signs
