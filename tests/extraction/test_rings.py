"""A ring that a pen drew about a box ticks it; lines of a table around a box, however worn, are no ring."""

import cv2
import numpy as np
import pytest

from extraction.layout.components import Floats
from extraction.layout.ink import Ink
from extraction.layout.page import page_layout
from extraction.layout.rings import ring_around, ringed_above_and_below, ringed_figures
from extraction.layout.tick_marks import TickBox
from extraction.pages import PageImage, Pixels
from extraction.preprocessing import LAYOUT_DPI
from extraction.readings import Box
from tests.extraction.sheets import MM, Sheet, worn

SIDE, LEFT, TOP, STEP = 42, 300, 300, 62  # pixels at 300 dpi: boxes of 3.6 mm in rows of a table


def rows_of_boxes(count: int, step: int = STEP) -> Pixels:
    page = np.full((1100, 1500), 255, np.uint8)
    for row in range(count):
        y = TOP + row * step
        cv2.rectangle(page, (LEFT, y), (LEFT + SIDE, y + SIDE), (30,), 4)
        cv2.putText(page, "Co hop dong", (LEFT + 90, y + SIDE - 8), cv2.FONT_HERSHEY_COMPLEX, 1.0, (20,), 2)
    return page


def dashes(page: Pixels, start: tuple[int, int], end: tuple[int, int]) -> None:
    """A ruled line of which dashes are left, every other two pixels beside it."""
    length, gap = 16, 8
    way = np.sign(np.subtract(end, start))
    for number, done in enumerate(range(0, int(np.abs(np.subtract(end, start)).max()), length + gap)):
        first = np.add(start, way * done) + abs(way[::-1]) * 2 * (number % 2)
        last = first + way * length
        cv2.line(page, tuple(first.tolist()), tuple(last.tolist()), (20,), 3)


def ring(page: Pixels, row: int, across: int = 40, down: int = 38, step: int = STEP) -> None:
    middle = (LEFT + SIDE // 2, TOP + row * step + SIDE // 2)
    cv2.ellipse(page, middle, (across, down), 10, 0, 350, (40,), 4)


def tick(page: Pixels, row: int) -> None:
    x, y = LEFT, TOP + row * STEP
    cv2.polylines(page, [np.array([(x + 9, y + 20), (x + 18, y + 33), (x + 34, y + 9)])], False, (30,), 5)


def ticks_on(page: Pixels) -> list[TickBox]:
    return list(page_layout(PageImage(page, 300.0, 1)).ticks)


def test_lines_worn_to_dashes_around_boxes_are_no_rings() -> None:
    page = np.full((1100, 1500), 255, np.uint8)
    for row in range(5):
        y = TOP + row * 2 * STEP
        cv2.rectangle(page, (LEFT, y), (LEFT + SIDE, y + SIDE), (30,), 4)
        for line in (y - 16, y + SIDE + 16):
            dashes(page, (LEFT - 16, line), (900, line))
    dashes(page, (LEFT - 16, TOP - 40), (LEFT - 16, TOP + 10 * STEP))

    assert [box.ticked for box in ticks_on(page)] == [False] * 5


@pytest.mark.parametrize("lines", [(), ("above", "below"), ("above", "below", "right")])
def test_a_ring_of_which_ruled_lines_take_parts_ticks_its_box(lines: tuple[str, ...]) -> None:
    """Where a ruled line touches the ring, both are taken for the line."""
    page = rows_of_boxes(1)
    ring(page, 0)
    if "above" in lines:
        cv2.line(page, (200, TOP - 9), (900, TOP - 9), (20,), 3)
    if "below" in lines:
        cv2.line(page, (200, TOP + SIDE + 9), (900, TOP + SIDE + 9), (20,), 3)
    if "right" in lines:
        cv2.line(page, (LEFT + SIDE + 15, TOP - 60), (LEFT + SIDE + 15, TOP + SIDE + 60), (20,), 3)

    assert [box.ticked for box in ticks_on(page)] == [True]


def test_a_ring_between_a_label_and_the_table_s_side_is_one() -> None:
    """It runs into the label's first letter, and the rule beside it has taken some of its other side along."""
    inf = np.inf
    right = [1.6, 1.81, 1.77, 1.75, 1.75, 1.66]  # in half boxes: a letter, from level downwards
    below = [2.55, inf, 1.62, 1.62, 1.64, 1.61, 1.53, 1.61, 1.57, 1.62, 1.62, inf, inf]
    left = [1.66, inf, 1.75, 1.7, 1.74, 1.67, 1.74, 1.7, 1.75, inf, inf]
    above = [inf, 1.66, 1.55, 1.55, 1.5, 1.48, 1.47, 1.48, 1.5, 1.55, 1.49, 1.66]
    letter = [inf, 1.53, 1.55, 1.55, 1.57, 1.61]
    hits = np.array(right + below + left + above + letter)
    box = (85, 85, 115, 115)

    def around(distances: Floats) -> Box | None:
        mask = np.zeros((200, 200), np.uint8)
        for turn, far in enumerate(distances.tolist()):
            if np.isfinite(far):
                way = np.array([np.cos(turn * np.pi / 24), np.sin(turn * np.pi / 24)])
                x, y = np.rint(99.5 + (far * 15 + 1) * way).astype(int).tolist()
                mask[y - 1 : y + 2, x - 1 : x + 2] = 255
        return ring_around(box, Ink(mask, LAYOUT_DPI / 25.4))

    assert around(hits) is not None
    hits[8:17] = inf  # nothing below
    assert around(hits) is None


def test_a_tick_next_to_another_box_s_ring_counts() -> None:
    page = rows_of_boxes(3)
    tick(page, 0)
    ring(page, 1, across=40, down=36)

    first, second, third = ticks_on(page)

    assert (first.ticked, first.confidence) == (True, 0.99)
    assert second.ticked
    assert not third.ticked


def test_what_another_box_s_ring_put_into_a_box_is_no_tick() -> None:
    page = rows_of_boxes(3, step=52)
    ring(page, 1, across=44, down=46, step=52)

    first, second, third = ticks_on(page)

    assert [box.ticked for box in (first, second, third)] == [False, True, False]


@pytest.mark.parametrize("reach", [34, 36])
def test_a_ring_that_touches_the_corners_of_its_box_ticks_it(reach: int) -> None:
    """Its sides are as upright beside the box as the box's own, and its ink as close as letters of a word stand."""
    page = rows_of_boxes(2)
    ring(page, 0, across=reach + 1, down=reach)

    assert [box.ticked for box in ticks_on(page)] == [True, False]


def test_a_ring_that_touches_its_box_s_corners_and_loses_head_and_foot_to_ruled_lines_ticks_it() -> None:
    page = rows_of_boxes(3)
    for row in range(4):
        cv2.line(page, (200, TOP - 10 + row * STEP), (1300, TOP - 10 + row * STEP), (20,), 3)
    cv2.circle(page, (LEFT + SIDE // 2, TOP + STEP + SIDE // 2), 33, (40,), 7)

    assert [box.ticked for box in ticks_on(page)] == [False, True, False]


def test_points_that_are_ringed_are_a_mark_of_their_own() -> None:
    """Rings reach over the rules of their rows; other points, and those at a row's edge, are none."""
    sheet = Sheet(210, 100).grid([20, 150, 190], [10, 20, 30, 40, 50])
    for row in range(4):
        sheet.box(23, 13 + 10 * row).write(30, 12 + 10 * row, "Có hợp đồng liên kết").write(
            168, 12 + 10 * row, str(row)
        )
    page = sheet.pixels
    cv2.ellipse(page, (round(169.4 * MM), round(35 * MM)), (52, 60), 10, 0, 350, (40,), 5)

    marks = ticks_on(page)

    assert [mark.ticked for mark in marks] == [False, False, False, False, True]
    left, top, right, bottom = marks[-1].box
    assert left < 169.4 / 25.4 * LAYOUT_DPI < right
    assert top < 35 / 25.4 * LAYOUT_DPI < bottom


def test_points_are_ringed_on_sheets_without_boxes_too() -> None:
    """A narrow last column of so many rows is one of points."""
    sheet = Sheet().grid([20, 30, 165, 190], [10 + 10 * row for row in range(13)])
    for row in range(12):
        sheet.write(35, 12 + 10 * row, "Có hợp đồng liên kết").write(176, 12 + 10 * row, str(row % 4))
    page = sheet.pixels
    for row in (1, 6, 10):
        cv2.ellipse(page, (round(177.4 * MM), round((15 + 10 * row) * MM)), (52, 40), 5, 0, 350, (40,), 5)

    marks = ticks_on(page)

    assert [mark.ticked for mark in marks] == [True, True, True]
    assert [round(mark.box[1] / LAYOUT_DPI * 25.4 / 10) for mark in marks] == [2, 7, 11]


@pytest.mark.parametrize("unit", ["", "d"])
def test_points_are_ringed_at_the_ends_of_lines_without_rules(unit: str) -> None:
    """“+ Có hợp đồng liên kết ………… 2”: a column of lone figures, one of which has a ring; or of “2 đ”."""
    sheet = Sheet()
    for row in range(14):
        sheet.write(20, 10 + 9 * row, "+ Có hợp đồng liên kết sản xuất").write(180, 10 + 9 * row, str(row % 4))
        sheet.write(184, 10 + 9 * row, unit)
    page = sheet.pixels
    for row in (2, 11):
        cv2.ellipse(page, (round(181.4 * MM), round((12.7 + 9 * row) * MM)), (46, 40), 5, 0, 350, (40,), 5)

    marks = ticks_on(page)

    assert [mark.ticked for mark in marks] == [True, True]
    assert all(179 < mark.box[0] / LAYOUT_DPI * 25.4 + 2 < 183 for mark in marks)
    assert not ticks_on(sheet.pixels)


def test_letters_on_both_sides_of_a_square_are_no_ring_about_it() -> None:
    """Tall letters close by are hit in most directions, but none of them stands above or below."""
    mask = np.zeros((120, 200), np.uint8)
    for left in (40, 58, 120, 138):
        mask[30:90, left : left + 10] = 255
    ringed = np.zeros_like(mask)
    cv2.circle(ringed, (95, 60), 26, (255,), 3)
    box = (84, 49, 106, 71)

    assert not ringed_above_and_below(box, Ink(mask, LAYOUT_DPI / 25.4))
    assert ringed_above_and_below(box, Ink(ringed, LAYOUT_DPI / 25.4))


def test_letters_all_around_a_figure_are_no_ring_but_a_line_that_ruled_lines_cut_is() -> None:
    """In a cell full of text, small letters stand above, below and on both sides of each other."""
    figure, middle = (90, 50, 105, 70), (97, 60)
    line, letters = np.zeros((120, 200), np.uint8), np.zeros((120, 200), np.uint8)
    cv2.circle(line, middle, 26, (255,), 3)
    for start in range(0, 360, 30):
        cv2.ellipse(letters, middle, (26, 26), 0, start, start + 16, (255,), 2)
    line[(45, 46, 74, 75), :] = 0

    assert len(ringed_figures([figure], [], Ink(line, LAYOUT_DPI / 25.4))) == 1
    assert ringed_figures([figure], [], Ink(letters, LAYOUT_DPI / 25.4)) == []


def test_a_narrow_ring_that_touches_its_figure_and_the_star_behind_it_is_found() -> None:
    mask = np.zeros((80, 120), np.uint8)
    cv2.ellipse(mask, (40, 40), (19, 17), 0, 0, 360, (255,), 3)
    cv2.putText(mask, "2", (33, 50), cv2.FONT_HERSHEY_COMPLEX, 0.8, (255,), 2)
    cv2.line(mask, (40, 48), (40, 57), (255,), 2)  # the figure's foot touches the ring
    ink, figure = Ink(mask, LAYOUT_DPI / 25.4), (33, 30, 48, 52)

    assert ringed_figures([figure], [(20, 22, 61, 59)], ink) == [(20, 22, 61, 59)]
    cv2.line(mask, (58, 40), (72, 40), (255,), 3)
    cv2.line(mask, (66, 34), (70, 46), (255,), 3)
    (ring,) = ringed_figures([figure], [(20, 22, 73, 59)], ink)
    assert ring[2] <= 64


def test_a_large_letter_or_a_bare_ring_is_no_ringed_figure() -> None:
    figure = (33, 30, 48, 52)
    for draw in (
        lambda mask: cv2.ellipse(mask, (40, 40), (19, 17), 0, 0, 360, (255,), 3),
        lambda mask: cv2.putText(mask, "B", (22, 57), cv2.FONT_HERSHEY_COMPLEX, 1.7, (255,), 3),
        lambda mask: cv2.rectangle(mask, (22, 24), (58, 56), (255,), 3),
    ):
        mask = np.zeros((80, 120), np.uint8)
        draw(mask)
        rows, columns = np.nonzero(mask)
        box = (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
        assert ringed_figures([figure], [box], Ink(mask, LAYOUT_DPI / 25.4)) == []


@pytest.mark.parametrize("aside", [0.3, 0.9])
def test_letters_in_the_last_column_of_a_form_s_table_are_no_ringed_points(aside: float) -> None:
    """Noise joins the letters about the ấ of “Giấy” to what looks like a ring."""
    sheet = (
        Sheet().grid([20, 70, 195], [30, 42, 64, 90]).write(22, 33, "b) Công bố", 12).write(22, 46, "c) Điều kiện", 12)
    )
    boxes = (
        (33, "Đã công bố chất lượng sản phẩm"),
        (45, "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm"),
        (54, "Giấy chứng nhận đủ điều kiện sản xuất bắt buộc"),
        (68, "Đã đăng ký bảo hộ sở hữu trí tuệ, gồm:"),
    )
    for y, text in boxes:
        sheet.box(72, y + 0.5, 3.1).write(77 + aside, y, text, 12)
    page = cv2.resize(worn(sheet.pixels, 12), None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)

    assert len(page_layout(PageImage(np.asarray(page, np.uint8), 200.0, 1)).ticks) == len(boxes)


def test_a_typeface_s_circled_figure_is_a_mark_to_be_looked_at() -> None:
    """“③” among bare figures of a column of points, hardly higher than they are."""
    sheet = Sheet().grid([25, 160, 185], [20 + 8 * row for row in range(12)])
    for row in range(11):
        sheet.write(27, 21.5 + 8 * row, "• Có hợp đồng liên kết sản xuất").write(171, 21.5 + 8 * row, str(row % 4), 11)
    x, y = 172.1 * MM, (21.5 + 8 * 3 + 2.9) * MM
    sheet.pen.ellipse((x - 2.1 * MM, y - 2.1 * MM, x + 2.1 * MM, y + 2.1 * MM), outline=20, width=3)

    marks = page_layout(sheet.page()).ticks

    assert [(mark.ticked, mark.confidence < 0.6) for mark in marks] == [(True, True)]
