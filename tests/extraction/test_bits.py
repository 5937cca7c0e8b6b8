"""Morphology on packed masks does what it says of any mask, by any rectangle; beyond the page is no ink."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from extraction.bits import Bits
from extraction.pages import Mask

SIDES = st.one_of(st.integers(1, 9), st.integers(60, 70), st.integers(126, 131))
SHAPES = st.tuples(st.integers(1, 30), st.integers(1, 150))
INK_OR_PAPER = st.sampled_from([0, 255])
MASKS = st.one_of(
    arrays.arrays(np.uint8, SHAPES, elements=INK_OR_PAPER, fill=st.just(255)),
    arrays.arrays(np.uint8, SHAPES, elements=INK_OR_PAPER, fill=st.just(0)),
)


def around(mask: Mask, width: int, height: int) -> Mask:
    """The mask with so much paper about it that no rectangle reaches beyond."""
    return np.pad(mask, ((height, height), (width, width)))


def by_opencv(mask: Mask, width: int, height: int, steps: str) -> Mask:
    """Erosions (-) and dilations (+); the second of two looks the other way, so that nothing moves."""
    done, kernel = around(mask, width, height), np.ones((height, width), np.uint8)
    for step, anchor in zip(steps, [(width // 2, height // 2), ((width - 1) // 2, (height - 1) // 2)], strict=False):
        change = cv2.dilate if step == "+" else cv2.erode
        done = np.asarray(change(done, kernel, anchor=anchor, borderType=cv2.BORDER_CONSTANT, borderValue=(0,)))
    return done[height:-height, width:-width]


@given(MASKS, SIDES, SIDES)
def test_rectangles_thicken_thin_open_and_close(mask: Mask, width: int, height: int) -> None:
    bits = Bits.of(mask)

    assert (bits.dilated(width, height).mask == by_opencv(mask, width, height, "+")).all()
    assert (bits.eroded(width, height).mask == by_opencv(mask, width, height, "-")).all()
    assert (bits.opened(width, height).mask == by_opencv(mask, width, height, "-+")).all()
    assert (bits.closed(width, height).mask == by_opencv(mask, width, height, "+-")).all()


@given(MASKS, st.integers(-131, 131), st.integers(-40, 40))
def test_what_moves_off_the_page_is_gone(mask: Mask, right: int, down: int) -> None:
    height, width = mask.shape
    aside, above = abs(right), abs(down)
    expected = np.pad(mask, ((above, above), (aside, aside)))[
        above - down : above - down + height, aside - right : aside - right + width
    ]

    assert (Bits.of(mask).moved(right, down).mask == expected).all()


@given(MASKS, st.integers(0, 2**32 - 1))
def test_masks_come_back_as_they_were_and_are_joined_pixel_by_pixel(mask: Mask, seed: int) -> None:
    other = np.asarray(np.random.default_rng(seed).choice([0, 255], mask.shape), np.uint8)
    bits, others = Bits.of(mask), Bits.of(other)

    assert (bits.mask == mask).all()
    assert ((bits & others).mask == mask & other).all()
    assert ((bits | others).mask == mask | other).all()
    assert (bits.without(others).mask == mask & ~other).all()
    assert bits.count() == np.count_nonzero(mask)
    assert bits.any() == mask.any()


@pytest.mark.parametrize("value", [1, 7, 255])
def test_every_level_but_nought_is_a_pixel(value: int) -> None:
    assert Bits.of(np.array([[0, value, 0]], np.uint8)).mask.tolist() == [[0, 255, 0]]
