"""Round boxes before their answers, as web forms and some offices print them: empty, filled, or struck by a pen."""

import cv2
import numpy as np
import pytest

from extraction.engines import LineEngine
from extraction.layout.page import page_layout
from extraction.layout.tick_marks import TickBox
from extraction.reading import read_page
from tests.extraction.sheets import MM, Sheet

ANSWERS = ((25.0, "Lần đầu"), (65.0, "Nâng hạng"), (110.0, "Đánh giá lại"))
RADIUS, RIM = 1.5, 3  # millimetres; pixels


def circle(sheet: Sheet, x: float, y: float, *, dot: bool = False) -> None:
    """A circle about (x, y), with a dot in it or not."""
    left, top, right, bottom = ((x - RADIUS) * MM, (y - RADIUS) * MM, (x + RADIUS) * MM, (y + RADIUS) * MM)
    sheet.pen.ellipse((left, top, right, bottom), outline=20, width=RIM)
    if dot:
        inset = 0.55 * RADIUS * MM
        sheet.pen.ellipse((left + inset, top + inset, right - inset, bottom - inset), fill=20)


def asked(chosen: int | None) -> Sheet:
    """A question with three answers, a sentence above and below."""
    sheet = Sheet().write(25, 20, "4. Lần đăng ký đánh giá của sản phẩm trong chương trình")
    for number, (x, answer) in enumerate(ANSWERS):
        circle(sheet, x, 33, dot=number == chosen)
        sheet.write(x + 4, 30.5, answer)
    return sheet.write(25, 42, "Chúng tôi cam kết những thông tin trên là đúng.")


def ticks_of(sheet: Sheet) -> list[TickBox]:
    return sorted(page_layout(sheet.page()).ticks, key=lambda tick: tick.box[0])


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_a_filled_circle_among_empty_ones_is_ticked(chosen: int) -> None:
    assert [tick.ticked for tick in ticks_of(asked(chosen))] == [number == chosen for number in range(3)]


def test_a_circle_that_a_pen_s_stroke_leaves_is_ticked() -> None:
    sheet = asked(None)
    x, y = ANSWERS[2][0], 33
    stroke = np.array([(x - 0.8, y), (x - 0.1, y + 1), (x + 1.6, y - 2)]) * MM
    pixels = sheet.pixels.copy()
    cv2.polylines(pixels, [stroke.round().astype(np.int32)], False, (40,), 4)

    layout = page_layout(sheet.page().with_pixels(pixels))

    assert [tick.ticked for tick in sorted(layout.ticks, key=lambda tick: tick.box[0])] == [False, False, True]


def test_circles_are_no_letters_of_their_answers(reader: LineEngine) -> None:
    reading = read_page(asked(1).page(), reader)

    assert "Lần đầu Nâng hạng Đánh giá lại" in reading.text.replace("\t", " ")


def test_a_lone_circle_and_letters_are_no_boxes() -> None:
    """“Ô Lắc” and “O” are names; one circle alone may be anything."""
    sheet = Sheet().write(25, 20, "Xã Ô Lắc có hai ấp: ấp O và ấp Ô, cách nhau 0 cây số")
    circle(sheet, 25, 43)
    sheet.write(30, 40.5, "Vườn dừa của xã")

    assert ticks_of(sheet) == []
