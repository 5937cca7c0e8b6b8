"""Values that were typed over a form's dotted leader: its dots are no letters, and the letters' own dots stay."""

import numpy as np
import pytest

from extraction.doubt import DOTTED, OVER_DOTS, doubt_of
from extraction.engines import LineEngine
from extraction.layout.components import components
from extraction.layout.leaders import leader_dots
from extraction.pages import Mask
from extraction.reading import read_page
from tests.extraction.sheets import Sheet

STEP, LEVEL = 8, 40


def leader(mask: Mask, first: int, last: int) -> Mask:
    for x in range(first, last, STEP):
        mask[LEVEL - 1 : LEVEL + 2, x : x + 3] = 255
    return mask


def letters(mask: Mask, *spans: tuple[int, int]) -> Mask:
    """Blocks that stand on the leader's line and hide its dots."""
    for left, right in spans:
        mask[LEVEL - 20 : LEVEL + 2, left:right] = 255
    return mask


def columns_of_leader(mask: Mask) -> list[int]:
    pieces = components(mask)
    dots, _ = leader_dots(pieces, letter=20, mm=7.9)
    return sorted(pieces.left[dots].tolist())


def empty() -> Mask:
    return np.zeros((80, 900), np.uint8)


def test_dots_between_letters_belong_to_the_leader_that_goes_on_behind_them() -> None:
    mask = letters(leader(empty(), 100, 800), (122, 138), (146, 170), (200, 232))

    assert columns_of_leader(mask) == [x for x in range(100, 800, STEP) if mask[LEVEL - 15, x : x + 3].max() == 0]


@pytest.mark.parametrize("at", [300, 303])  # above a dot of the leader, between two
def test_the_dot_of_a_tone_that_stands_on_a_leader_of_small_dots_stays(at: int) -> None:
    """A value that a machine underlines with dots: “Thị”, “bột”."""
    mask = empty()
    for x in range(100, 800, 4):
        mask[LEVEL : LEVEL + 2, x : x + 2] = 255
    mask[LEVEL - 4 : LEVEL + 1, at : at + 5] = 255
    pieces = components(mask)

    dots, _ = leader_dots(pieces, letter=20, mm=7.9)

    assert not dots[pieces.labels[LEVEL - 3, at + 2] - 1]
    assert dots.sum() >= 170


def test_stops_of_a_number_before_a_leader_stay() -> None:
    mask = letters(leader(empty(), 300, 800), (100, 138), (148, 194), (204, 250), (260, 298))
    for x in (140, 196, 252):  # "4.500.000.000", its stops in step with the leader by chance
        mask[LEVEL - 1 : LEVEL + 2, x : x + 3] = 255

    assert columns_of_leader(mask) == list(range(300, 800, STEP))


def test_the_leader_ends_at_the_colon_before_it() -> None:
    mask = letters(leader(empty(), 100, 800), (60, 92), (140, 170))
    mask[LEVEL - 14 : LEVEL - 11, 100:103] = 255  # the colon's upper dot

    assert min(columns_of_leader(mask)) == 108


def test_a_text_without_leader_beneath_keeps_its_stops() -> None:
    mask = letters(leader(empty(), 500, 800), (100, 120), (140, 160), (180, 200))
    for x in (124, 164, 204):
        mask[LEVEL - 1 : LEVEL + 2, x : x + 3] = 255

    assert columns_of_leader(mask) == list(range(500, 800, STEP))


def form(rise: float) -> Sheet:
    """A line of a form, its value typed `rise` millimetres above the dots."""
    sheet = Sheet().write(20, 40, "Họ và tên: " + "." * 120).write(20, 55, "Địa chỉ: " + "." * 120)
    return sheet.write(46, 40 - rise, "Trần Văn Mận").write(40, 55 - rise, "thôn Yên, xã Sơn Lộ")


@pytest.mark.parametrize("rise", [0.0, 0.5])
def test_a_value_typed_over_a_leader_is_read_without_its_dots(reader: LineEngine, rise: float) -> None:
    text = read_page(form(rise).page(), reader).text

    assert text.splitlines()[0] == "Họ và tên: Trần Văn Mận"


def test_a_tone_that_a_leader_may_have_made_or_hidden_is_doubted(reader: LineEngine) -> None:
    words = {word.text.strip(",."): word for word in read_page(form(0.5).page(), reader).words}

    assert not words["Trần"].dotted  # bears another tone
    assert words["Văn"].dotted
    assert doubt_of([words["Trần"]])[1] is None
    assert doubt_of([words["Trần"], words["Văn"]]) == (DOTTED, OVER_DOTS)
