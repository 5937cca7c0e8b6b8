"""Framed stamps on pages without colour: their paler ink goes, the print below stays."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extraction.layout.page import Layout, page_layout
from extraction.pages import PageImage, Pixels
from tests.extraction.sheets import DPI, FONTS, MM, Sheet

STAMP = (40.0, 41.0, 45.0, 17.0)  # left, top, width and height in millimetres
LINES = (
    "Phiếu này xác nhận kết quả của mẫu đã gửi ngày 12/3/2026 như sau:",
    "Hàm lượng đường tổng của mẫu mật ong hoa cà phê là 23,42 %,",
    "độ ẩm là 18,1 %, không phát hiện dư lượng thuốc bảo vệ thực vật.",
    "Kết quả chỉ có giá trị với mẫu thử. Phiếu có hai trang, một bản",
    "giao cho khách hàng, một bản lưu tại phòng thử nghiệm.",
)


def text() -> Pixels:
    sheet = Sheet()
    for row, line in enumerate(LINES):
        sheet.write(25, 35 + 8 * row, line, 12)
    return sheet.pixels


def stamped(pixels: Pixels, level: int, degrees: float) -> Pixels:
    """The page with a framed stamp of this grey across its lines, held askew."""
    left, top, width, height = STAMP
    stamp = Image.new("L", pixels.shape[::-1], 255)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((left * MM, top * MM, (left + width) * MM, (top + height) * MM), outline=level, width=8)
    font = ImageFont.truetype(str(FONTS / "LiberationSans-Bold.ttf"), round(4.5 * MM))
    pen.text(((left + 3) * MM, (top + 1.5) * MM), "CÔNG VĂN ĐẾN", font=font, fill=level)
    pen.text(((left + 3) * MM, (top + 9) * MM), "Số: 41/2026", font=font, fill=level)
    middle = (left + width / 2) * MM, (top + height / 2) * MM
    turned = stamp.rotate(-degrees, Image.Resampling.BICUBIC, center=middle, fillcolor=255)
    return np.asarray(np.minimum(pixels, np.asarray(turned)), np.uint8)


def layout_of(pixels: Pixels) -> Layout:
    return page_layout(PageImage(pixels, DPI, 1))


def boxes(layout: Layout) -> list[float]:
    """All edges of the lines, in millimetres, top to bottom."""
    lines = sorted(layout.lines, key=lambda line: line.box[1])
    return [edge * layout.scale / MM for line in lines for edge in line.box]


@pytest.mark.parametrize("degrees", [-11.0, -4.0, 0.0, 2.5, 8.0])
def test_a_grey_stamp_leaves_the_lines_below_it_as_they_are(degrees: float) -> None:
    plain = text()
    layout = layout_of(stamped(plain, 140, degrees))

    assert boxes(layout) == pytest.approx(boxes(layout_of(plain)), abs=0.7)
    assert layout.marks.any()


def test_a_grey_stamp_beside_the_print_keeps_its_words() -> None:
    sheet = Sheet()
    for row, line in enumerate(LINES):
        sheet.write(25, 80 + 8 * row, line, 12)

    assert len(layout_of(stamped(sheet.pixels, 140, 2.0)).lines) == len(LINES) + 2  # what the stamp says


@pytest.mark.parametrize("hidden", [43.0, 56.0])
def test_a_frame_of_which_dark_print_hides_half_a_side_is_one(hidden: float) -> None:
    """A line of bold capitals lies along the upper side, or the lower one."""
    plain = Sheet().write(20, hidden - 3.4, "ĐẠI DIỆN THEO PHÁP LUẬT", 16, bold=True).pixels
    layout = layout_of(stamped(plain, 140, -4.0))

    assert layout.marks.any()
    assert len(layout.lines) == 1


def test_a_leaning_stamp_across_a_table_s_lines_leaves_its_words() -> None:
    sheet = Sheet().grid([20, 32, 190], list(range(24, 95, 10)))
    for row, words in enumerate((*LINES, *LINES[:2])):
        sheet.write(25, 26 + 10 * row, str(row + 1), 12).write(36, 26 + 10 * row, words, 12)
    layout = layout_of(stamped(sheet.pixels, 130, -5.0))

    assert boxes(layout) == pytest.approx(boxes(layout_of(sheet.pixels)), abs=0.7)


def test_a_pale_ruled_line_below_a_stamp_still_parts_its_cells() -> None:
    sheet = Sheet()
    for row, words in enumerate((*LINES, *LINES[:2])):
        sheet.write(25, 26 + 10 * row, str(row + 1), 12).write(42, 26 + 10 * row, words[:20], 12)
        sheet.write(92, 26 + 10 * row, words[-40:], 12)
    ruled = Sheet().grid([20, 38, 88, 190], list(range(24, 95, 10))).pixels
    pale = np.where(ruled < 128, 120, 255).astype(np.uint8)

    (table,) = layout_of(stamped(np.minimum(sheet.pixels, pale), 130, -5.0)).tables

    assert len(table.cells) == 21


def test_the_print_below_stays_dark_and_the_stamp_becomes_paper() -> None:
    plain = text()
    paged = stamped(plain, 140, 5.0)
    printed = layout_of(paged).printed.pixels
    near_print = cv2.erode(plain, np.ones((17, 17), np.uint8)) < 200

    assert (printed[plain < 60] < 100).mean() > 0.98
    assert (printed[(paged < 200) & ~near_print] > 200).mean() > 0.98


def test_a_stamp_as_dark_as_print_is_left_where_it_is() -> None:
    paged = stamped(text(), 20, 5.0)
    layout = layout_of(paged)

    assert not layout.marks.any()
    assert (layout.printed.pixels == paged).all()


def test_cells_of_a_table_drawn_in_grey_are_no_stamps() -> None:
    sheet = Sheet()
    for row, words in enumerate(LINES):
        sheet.write(26, 35 + 10 * row, words[:18], 12).write(81, 35 + 10 * row, words[-18:], 12)
    pixels = sheet.pixels
    ruled = np.full_like(pixels, 255)
    for y in range(33, 94, 10):
        ruled[round(y * MM) : round(y * MM) + 5, round(24 * MM) : round(140 * MM)] = 140
    for x in (24, 79, 139.6):
        ruled[round(33 * MM) : round(93 * MM) + 5, round(x * MM) : round(x * MM) + 5] = 140
    layout = layout_of(np.minimum(pixels, ruled))

    assert not layout.marks.any()
    assert [len(table.cells) for table in layout.tables] == [12]


def test_cards_of_a_form_side_by_side_are_no_stamps() -> None:
    """Grey frames with grey text below a printed head, two of one size in a row: nobody stamps so."""
    sheet = Sheet()
    font = ImageFont.truetype(str(FONTS / "LiberationSans-Regular.ttf"), round(11 / 72 * DPI))
    for left in (20, 110):
        sheet.pen.rectangle((left * MM, 30 * MM, (left + 80) * MM, 60 * MM), outline=130, width=6)
        sheet.write(left + 3, 32, "Nguyên liệu địa phương", 13, bold=True)
        for row in range(3):
            place = ((left + 3) * MM, (40 + 6 * row) * MM)
            sheet.pen.text(place, "Toàn bộ mơ được mua của các hộ trong xã", font=font, fill=110)

    layout = layout_of(sheet.pixels)

    assert not layout.marks.any()
    assert len(layout.lines) == 8
