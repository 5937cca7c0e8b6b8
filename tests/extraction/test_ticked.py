"""Whether a box is ticked, however worn its own lines are and whatever runs across it."""

import cv2
import numpy as np
import pytest

from extraction.layout.ink import Ink
from extraction.layout.page import page_layout
from extraction.layout.tick_marks import TickBox, judged
from extraction.pages import PageImage, Pixels
from tests.extraction.sheets import MM, Sheet

SIDE, LEFT, TOPS = 46, 300, (300, 420, 540)  # pixels at 300 dpi: boxes of 3.9 mm


def boxes(thick: int) -> Pixels:
    page = np.full((1100, 1500), 255, np.uint8)
    for y in TOPS:
        page[y : y + SIDE, LEFT : LEFT + SIDE] = 30
        page[y + thick : y + SIDE - thick, LEFT + thick : LEFT + SIDE - thick] = 255
        cv2.putText(page, "Co lien ket san xuat", (LEFT + 90, y + SIDE - 6), cv2.FONT_HERSHEY_COMPLEX, 1.2, (20,), 3)
    return page


def ticks_on(page: Pixels) -> tuple[TickBox, ...]:
    return page_layout(PageImage(page, 300.0, 1)).ticks


def test_thick_lines_whose_outer_edge_is_worn_are_no_tick() -> None:
    """At 200 dpi: lines five pixels thick, of whose outermost pixels half are left, about an empty middle."""
    mask = np.zeros((100, 100), np.uint8)
    mask[30:60, 30:60] = 255
    mask[35:55, 35:55] = 0
    mask[30, 40:55] = mask[59, 40:55] = mask[40:55, 30] = mask[40:55, 59] = 0

    assert not judged((30, 30, 60, 60), Ink(mask, 200 / 25.4)).ticked


def test_a_tick_whose_stroke_follows_a_side_makes_only_that_side_thicker() -> None:
    """At 200 dpi: a small tick goes down to the lower side and up over the right one."""
    drawn = """
.............................##
..######################....###
.#######################...####
.########################.#####
.#################...##########
.###..................########.
.###..................#######..
.###..................######...
.###..................######...
####..................#####....
.###.................#####.....
.###................#####......
.###...............######......
.###..............#######......
.###..............#######......
.####............########......
.#####..........#########......
.#######.......#####..###......
.########.....#####...###......
.#########...#####....###......
.###.######..#####....###......
.###..###########.....###......
.###.#############...####......
.########################......
.########################......
..######..#####..#######.......
...........#...................
""".split()
    mask = np.zeros((60, 60), np.uint8)
    mask[19:46, 9:40] = [[255 * (sign == "#") for sign in row] for row in drawn]

    assert judged((10, 20, 34, 44), Ink(mask, 200 / 25.4)).ticked


def test_a_box_is_found_whose_side_a_thick_stroke_follows() -> None:
    """Of 3.6 mm, as small as a letter; the tick begins on its left side and leaves it at the top right."""
    page = Sheet().write(20, 50, "Đã được bảo hộ sở hữu trí tuệ").box(88, 50.6, side=3.6).pixels
    left, top = (round(place / 25.4 * 300) for place in (88, 50.6))
    stroke = [(left + 4, top + 10), (left + 12, top + 40), (left + 48, top - 12)]
    cv2.polylines(page, [np.array(stroke)], isClosed=False, color=(20,), thickness=10)

    (tick,) = ticks_on(page)

    assert tick.ticked


def test_a_box_in_a_sentence_has_a_comma_right_behind_it() -> None:
    page = Sheet().write(20, 50, "d) Sở hữu trí tuệ").box(62, 50.6, side=3.5).write(68, 50, "trong đó:").pixels
    right, foot = round(65.5 / 25.4 * 300), round(54.1 / 25.4 * 300)
    page[foot - 16 : foot + 10, right + 3 : right + 9] = 20

    (tick,) = ticks_on(page)

    assert not tick.ticked


def test_a_line_that_runs_level_through_a_box_is_doubted() -> None:
    """The frame of a stamp does; whoever ticks or strikes out draws no level line."""
    page = boxes(thick=3)
    cv2.line(page, (LEFT - 18, TOPS[1] + 24), (LEFT + SIDE + 18, TOPS[1] + 24), (30,), 5)

    first, second, third = ticks_on(page)

    assert second.confidence <= 0.5
    assert [(tick.ticked, tick.confidence) for tick in (first, third)] == [(False, 0.99)] * 2


def test_letters_of_a_stamp_in_a_box_are_doubted_since_they_are_paler_than_the_ticks() -> None:
    page = boxes(thick=3)
    for y, level in zip(TOPS, (40, 150, 45), strict=True):
        cv2.line(page, (LEFT + 10, y + 12), (LEFT + SIDE - 10, y + SIDE - 10), (level,), 5)
        cv2.line(page, (LEFT + 10, y + SIDE - 10), (LEFT + SIDE - 10, y + 12), (level,), 5)

    first, second, third = ticks_on(page)

    assert [tick.ticked for tick in (first, second, third)] == [True] * 3
    assert second.confidence <= 0.5 < min(first.confidence, third.confidence)


def test_the_corners_of_a_qr_code_are_no_boxes() -> None:
    page = np.full((900, 900), 255, np.uint8)
    module = 10
    for x, y in ((200, 200), (440, 200), (200, 440)):
        cv2.rectangle(page, (x, y), (x + 7 * module - 1, y + 7 * module - 1), (20,), -1)
        cv2.rectangle(page, (x + module, y + module), (x + 6 * module - 1, y + 6 * module - 1), (255,), -1)
        cv2.rectangle(page, (x + 2 * module, y + 2 * module), (x + 5 * module - 1, y + 5 * module - 1), (20,), -1)

    assert ticks_on(page) == ()


@pytest.mark.parametrize("slant", [-4, 0, 4])
def test_a_lone_box_whose_tick_goes_steeply_up_over_its_corner_is_found(slant: int) -> None:
    """A letter's stem would look the same, but has letters beside it and nothing inside its loop."""
    page, top, right = boxes(thick=3), TOPS[1], LEFT + SIDE - 3
    page[: top - 40] = page[top + SIDE + 30 :] = 255
    stroke = [(right - slant, top - 30), (right, top + 6), (LEFT + 22, top + SIDE - 8), (LEFT + 10, top + 24)]
    cv2.polylines(page, [np.array(stroke, np.int32)], isClosed=False, color=(30,), thickness=4)

    assert [tick.ticked for tick in ticks_on(page)] == [True]


@pytest.mark.parametrize("hook", [10, 14, 18])
def test_a_tick_that_begins_beside_its_box_makes_no_letter_of_it(hook: int) -> None:
    """The hook bulges out of the left side as the belly of a letter would; three others tell what size boxes have."""
    sheet = Sheet()
    for row in range(4):
        sheet.box(60 + 9 * row, 20 + 8 * row, 4.1).write(20, 20 + 8 * row, "Đã có giấy:")
    page, left, top = sheet.pixels, round(60 * MM), round(20 * MM)
    stroke = [(left - hook, top + 20), (left + 6, top + 42), (left + 52, top - 14)]
    cv2.polylines(page, [np.array(stroke, np.int32)], isClosed=False, color=(20,), thickness=10)

    assert [tick.ticked for tick in ticks_on(page)] == [True, False, False, False]
