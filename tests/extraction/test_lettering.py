"""What training lines show that the fonts at hand do not: marks put together anew, digits of a pen."""

from itertools import pairwise
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageFont

from extraction.pages import Pixels, grey
from extraction.training.lettering import Lettering, Stack, plain_of, stacked
from extraction.training.pens import WAYS, Hand
from tests.extraction.sheets import FONTS

FONT = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), 48, layout_engine=ImageFont.Layout.BASIC)
SMALL = Stack(hat=(0.7, 0.6), tone=(0.6, 0.6), gap=0.2, aside=0.0, overlap=0.0)


def drawn(lettering: Lettering, text: str) -> Pixels:
    picture = Image.new("L", (600, 120), 0)
    lettering.draw(picture, 10, 90, text)
    return grey(picture)


@pytest.mark.parametrize(("sign", "plain"), [("Ế", "E"), ("Ậ", "Ạ"), ("Ở", "Ơ"), ("ằ", "a"), ("Đ", "Đ"), ("7", "7")])
def test_only_marks_above_a_letter_are_taken_off(sign: str, plain: str) -> None:
    assert plain_of(sign) == plain


@pytest.mark.parametrize(("sign", "marks"), [("Ế", 2), ("É", 1), ("Ê", 1), ("Ị", 0), ("Đ", 0)])
def test_each_mark_above_is_a_piece_of_its_own_over_the_letter(sign: str, marks: int) -> None:
    pieces = stacked(FONT, sign, SMALL)
    top = FONT.getbbox(plain_of(sign), anchor="ls")[1]

    assert len(pieces) == marks
    assert all(piece.y + piece.ink.shape[0] <= top for piece in pieces)
    assert all(lower.y >= upper.y + upper.ink.shape[0] for lower, upper in pairwise(pieces))


def test_small_marks_make_a_lower_letter_than_the_font_s() -> None:
    assert Lettering(FONT, SMALL).rows("QUYẾT")[0] > Lettering(FONT).rows("QUYẾT")[0]


def test_letters_without_such_marks_look_as_the_font_has_them() -> None:
    assert np.array_equal(drawn(Lettering(FONT, SMALL), "NAM"), drawn(Lettering(FONT), "NAM"))


@pytest.mark.parametrize("digit", WAYS)
def test_a_hand_writes_each_digit_as_high_as_it_writes_and_alike_every_time(digit: str) -> None:
    hand = Hand(seed=4, high=60, wide=1, thick=3, lean=0.2, shaking=0.02)
    ink = hand.written(digit, 0)

    assert 54 <= ink.shape[0] <= 78
    assert 0.02 <= float((ink > 128).mean()) <= 0.6
    assert np.array_equal(ink, hand.written(digit, 0))


def test_a_pen_writes_digits_and_leaves_letters_to_the_font() -> None:
    hands = [Hand.any(Random(seed), 48) for seed in range(20)]

    words = [drawn(Lettering(FONT, hand=hand), "237") for hand in hands]

    assert 5 <= sum(not np.array_equal(word, drawn(Lettering(FONT), "237")) for word in words) < 20
    assert all(
        np.array_equal(drawn(Lettering(FONT, hand=hand), "Số:"), drawn(Lettering(FONT), "Số:")) for hand in hands
    )


def test_a_word_is_as_long_as_its_drawing_reaches() -> None:
    hand = next(
        hand
        for hand in (Hand.any(Random(seed), 48) for seed in range(20))
        if Lettering(FONT, hand=hand).length("237") != FONT.getlength("237")
    )
    lettering = Lettering(FONT, hand=hand)
    columns = np.flatnonzero(drawn(lettering, "237").max(0))

    assert abs(columns[-1] - columns[0] - lettering.length("237")) <= 8
