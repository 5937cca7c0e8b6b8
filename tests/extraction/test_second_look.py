"""Boxes that a pen hides are found in line with the others, and what was crossed out or circled is doubted."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from extraction.layout.page import page_layout
from extraction.layout.tick_marks import TickBox
from extraction.pages import PageImage, Pixels
from tests.extraction.sheets import Sheet

SIZE, LEFT, STEP, TOP = 42, 300, 130, 300  # pixels at 300 dpi: boxes of 3.6 mm in a column
Pen = Callable[[Pixels, int, int], None]


def filled(page: Pixels, x: int, y: int) -> None:
    for row in range(y + 6, y + SIZE - 4, 5):
        cv2.line(page, (x + 4, row), (x + SIZE - 4, row + 4), (40,), 6)


def wide_tick(page: Pixels, x: int, y: int) -> None:
    cv2.polylines(page, [np.array([(x - 8, y + 14), (x + 20, y + SIZE - 4), (x + 66, y - 22)])], False, (40,), 7)


def crossed_out(page: Pixels, x: int, y: int) -> None:
    cv2.polylines(page, [np.array([(x + 8, y + 16), (x + 20, y + 34), (x + 36, y + 4)])], False, (40,), 5)
    for row in range(y + 10, y + SIZE - 4, 8):
        cv2.line(page, (x - 14, row), (x + SIZE + 14, row + 3), (40,), 5)


def large_cross(page: Pixels, x: int, y: int) -> None:
    cv2.line(page, (x - 10, y - 8), (x + SIZE + 12, y + SIZE + 10), (40,), 5)
    cv2.line(page, (x - 8, y + SIZE + 10), (x + SIZE + 10, y - 10), (40,), 5)


def circled(page: Pixels, x: int, y: int) -> None:
    cv2.ellipse(page, (x + SIZE // 2 + 2, y + SIZE // 2 - 2), (38, 36), 10, 0, 350, (40,), 5)


def nothing(page: Pixels, x: int, y: int) -> None:
    """An empty box."""


def column(pen: Pen) -> dict[int, TickBox]:
    """A column of five boxes with labels; the pen has been at the third. Found boxes by their place in the column."""
    page = np.full((1100, 1500), 255, np.uint8)
    for place in range(5):
        y = TOP + place * STEP
        cv2.rectangle(page, (LEFT, y), (LEFT + SIZE, y + SIZE), (30,), 4)
        cv2.putText(page, "Co lien ket san xuat", (LEFT + 90, y + SIZE - 6), cv2.FONT_HERSHEY_COMPLEX, 1.2, (20,), 3)
    pen(page, LEFT, TOP + 2 * STEP)
    layout = page_layout(PageImage(page, 300.0, 1))
    return {round((tick.box[1] * layout.scale - TOP) / STEP): tick for tick in layout.ticks}


@pytest.mark.parametrize("pen", [filled, wide_tick])
def test_a_box_under_the_pen_is_found_and_ticked(pen: Pen) -> None:
    ticks = column(pen)

    assert sorted(ticks) == [0, 1, 2, 3, 4]
    assert [ticks[place].ticked for place in range(5)] == [False, False, True, False, False]


def test_what_is_crossed_out_is_doubted() -> None:
    ticks = column(crossed_out)

    assert sorted(ticks) == [0, 1, 2, 3, 4]
    assert ticks[2].confidence <= 0.6
    assert not any(tick.ticked for tick in ticks.values())


def test_a_large_cross_is_no_crossing_out() -> None:
    ticks = column(large_cross)

    assert [ticks[place].ticked for place in range(5)] == [False, False, True, False, False]


def test_a_ring_that_touches_the_row_above_ticks_its_own_box() -> None:
    page = np.full((1100, 1500), 255, np.uint8)
    rows = [TOP + place * (SIZE + 16) for place in range(5)]
    for y in rows:
        cv2.rectangle(page, (LEFT, y), (LEFT + SIZE, y + SIZE), (30,), 3)
        cv2.line(page, (200, y - 8), (900, y - 8), (20,), 3)
    circled(page, LEFT, rows[3])

    ticks = page_layout(PageImage(page, 300.0, 1)).ticks

    assert [tick.ticked for tick in ticks] == [False, False, False, True, False]


def test_a_ring_around_a_box_ticks_it() -> None:
    ticks = column(circled)

    assert sorted(ticks) == [0, 1, 2, 3, 4]
    assert [ticks[place].ticked for place in range(5)] == [False, False, True, False, False]


def test_empty_boxes_are_surely_empty() -> None:
    assert {(tick.ticked, tick.confidence) for tick in column(nothing).values()} == {(False, 0.99)}


def test_text_in_line_with_boxes_makes_none() -> None:
    page = np.full((1100, 1500), 255, np.uint8)
    cv2.rectangle(page, (LEFT, TOP), (LEFT + SIZE, TOP + SIZE), (30,), 4)
    for place, text in enumerate(("DOB HEO 08", "ODDO BOD", "HHHH EEEE"), start=1):
        y = TOP + place * STEP
        cv2.putText(page, text, (LEFT - 2, y + SIZE), cv2.FONT_HERSHEY_DUPLEX, 1.9, (20,), 5)
        cv2.putText(page, text, (LEFT + 90, TOP + SIZE), cv2.FONT_HERSHEY_DUPLEX, 1.9, (20,), 5)

    assert len(page_layout(PageImage(page, 300.0, 1)).ticks) == 1


def test_boxes_that_fill_their_rows_share_the_table_s_lines() -> None:
    """Of a column of boxes some stand free; others touch the row's lines and each other, so their sides run on."""
    page = np.full((1500, 1500), 255, np.uint8)
    for place in range(3):
        y = TOP + place * STEP
        cv2.rectangle(page, (LEFT, y), (LEFT + SIZE, y + SIZE), (30,), 3)
    for place in range(6):
        y = 800 + place * (SIZE + 5)
        cv2.rectangle(page, (LEFT, y), (LEFT + SIZE, y + SIZE), (30,), 3)
        cv2.line(page, (LEFT - 14, y - 2), (1300, y - 2), (30,), 3)
        cv2.putText(page, "Co hop dong", (LEFT + 90, y + SIZE - 8), cv2.FONT_HERSHEY_COMPLEX, 1.0, (20,), 2)
    cv2.line(page, (LEFT - 14, 798), (LEFT - 14, 800 + 6 * (SIZE + 5)), (30,), 3)
    cv2.polylines(page, [np.array([(LEFT + 8, 860), (LEFT + 18, 880), (LEFT + 36, 855)])], False, (30,), 5)

    ticks = page_layout(PageImage(page, 300.0, 1)).ticks

    assert len(ticks) == 9
    assert [tick.ticked for tick in ticks] == [False] * 4 + [True] + [False] * 4


def worn_column(gaps: dict[int, list[int]]) -> Pixels:
    """Six boxes in a column; of some, gaps at these places are worn into all four sides."""
    page = np.full((1300, 1500), 255, np.uint8)
    for place in range(6):
        y = TOP + place * STEP
        cv2.rectangle(page, (LEFT, y), (LEFT + SIZE, y + SIZE), (30,), 4)
        for gap in gaps.get(place, []):
            page[y + gap : y + gap + 4, LEFT - 4 : LEFT + 6] = 255
            page[y + gap : y + gap + 4, LEFT + SIZE - 6 : LEFT + SIZE + 5] = 255
            page[y - 4 : y + 6, LEFT + gap : LEFT + gap + 4] = 255
            page[y + SIZE - 6 : y + SIZE + 5, LEFT + gap : LEFT + gap + 4] = 255
        cv2.putText(page, "Co lien ket san xuat", (LEFT + 90, y + SIZE - 6), cv2.FONT_HERSHEY_COMPLEX, 1.2, (20,), 3)
    return page


def test_a_box_worn_to_dashes_is_found_in_a_column_of_others_and_its_tick_seen() -> None:
    page = worn_column({2: [8, 20, 32], 4: [8, 20, 32]})
    x, y = LEFT, TOP + 4 * STEP
    cv2.polylines(page, [np.array([(x + 10, y + 20), (x + 18, y + 31), (x + 32, y + 10)])], False, (30,), 4)

    ticks = page_layout(PageImage(page, 300.0, 1)).ticks

    assert [tick.ticked for tick in ticks] == [False, False, False, False, True, False]


def test_letters_in_a_column_of_boxes_are_not_taken_for_worn_ones() -> None:
    page = worn_column({})
    for place, text in enumerate(("Khe De Bo", "5.3. Ho so", "DE BO HO", "eb ch ho", "tat ca ha")):
        for row, size in ((0, 1.6), (1, 1.9)):
            y = 90 + 70 * row if place == 0 else TOP + place * STEP - 20
            cv2.putText(page, text, (LEFT - 2, y), cv2.FONT_HERSHEY_COMPLEX, size if place == 0 else 1.0, (20,), 4)

    assert len(page_layout(PageImage(page, 300.0, 1)).ticks) == 6


def test_a_bold_heading_in_line_with_boxes_makes_none() -> None:
    """The feet of its capitals run together, so two stems have level lines above and below."""
    sheet = Sheet(210, 150)
    for place in range(4):
        sheet.box(40, 60 + 10 * place, 3.5)
    for points in (14, 15, 16, 17):
        sheet.write(32, 10 + 10 * (points - 14), "PHIẾU ĐĂNG KÝ HIỆP HỘI NHIỆM KỲ", points, bold=True)

    assert len(page_layout(sheet.page()).ticks) == 4
