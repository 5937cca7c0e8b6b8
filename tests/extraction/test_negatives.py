"""Light print on dark ground is read like any other."""

import cv2
import numpy as np
import pytest
from PIL import ImageFont
from rapidfuzz import fuzz

from extraction.engines import LineEngine
from extraction.negatives import positive
from extraction.pages import PageImage
from extraction.reading import read_page
from tests.extraction.sheets import DPI, FONTS, MM, Sheet, letter

WHITE, BLACK = 255, 15


def bar(sheet: Sheet, x: float, y: float, wide: float, text: str, ground: int) -> None:
    """White text on a filled bar 10 mm high."""
    sheet.pen.rectangle((x * MM, y * MM, (x + wide) * MM, (y + 10) * MM), fill=ground)
    font = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), round(13 / 72 * DPI))
    sheet.pen.text(((x + 3) * MM, (y + 2) * MM), text, font=font, fill=WHITE)


@pytest.mark.parametrize("ground", [BLACK, 70, 120])
def test_a_white_heading_on_a_dark_bar_is_read(reader: LineEngine, ground: int) -> None:
    sheet = Sheet()
    bar(sheet, 25, 20, 160, "PHẦN B. CHẤT LƯỢNG SẢN PHẨM", ground)
    sheet.write(25, 40, "Sản phẩm được trồng tại địa phương")

    reading = read_page(sheet.page(), reader)

    assert reading.text.splitlines() == ["PHẦN B. CHẤT LƯỢNG SẢN PHẨM", "Sản phẩm được trồng tại địa phương"]


def test_a_table_keeps_its_white_on_dark_head(reader: LineEngine) -> None:
    sheet = Sheet()
    bar(sheet, 25, 20, 80, "Chỉ tiêu", 90)
    bar(sheet, 105, 20, 80, "Kết quả", 90)
    sheet.grid([25, 105, 185], [20, 30, 40, 50])
    sheet.write(28, 32, "Độ ẩm").write(108, 32, "12,5").write(28, 42, "Chì").write(108, 42, "0,02")

    reading = read_page(sheet.page(), reader)

    assert [[cell.text for cell in table.cells] for table in reading.tables] == [
        ["Chỉ tiêu", "Kết quả", "Độ ẩm", "12,5", "Chì", "0,02"]
    ]


def test_a_page_white_on_black_is_read_as_its_positive(reader: LineEngine) -> None:
    sheet = letter().page()

    negative = read_page(sheet.with_pixels((255 - sheet.pixels).astype(np.uint8)), reader)

    assert negative.text == read_page(sheet, reader).text


def test_dark_print_large_letters_and_pictures_stay_as_they_are() -> None:
    sheet = letter().write(25, 160, "GIẤY CHỨNG NHẬN", 40, bold=True).grid([25, 60, 90], [190, 200, 210])
    sheet.pen.rectangle((120 * MM, 190 * MM, 160 * MM, 200 * MM), fill=BLACK)  # a bar without print
    page = sheet.page()
    picture = np.random.default_rng(1).normal(90, 45, (300, 700))
    page.pixels[2600:2900, 300:1000] = np.clip(picture, 0, 255).astype(np.uint8)

    assert positive(page) is page


def test_masks_of_coloured_ink_forget_the_ground_of_a_blue_bar() -> None:
    sheet = Sheet()
    bar(sheet, 25, 20, 160, "PHẦN B. CHẤT LƯỢNG SẢN PHẨM", 90)
    pixels = sheet.pixels
    blue = ((pixels > 60) & (pixels < 120)).astype(np.uint8) * 255
    page = PageImage(pixels, DPI, 1, blue=blue[::2, ::2].copy(), lightest=pixels.copy())

    found = positive(page)

    assert found.blue is not None
    assert found.blue[round(25 * MM / 2), round(100 * MM / 2)] == 0
    assert found.pixels[round(21 * MM), round(170 * MM)] > 230
    assert found.pixels.shape == pixels.shape


def test_a_labels_panel_with_large_light_print_is_read_as_a_whole(reader: LineEngine) -> None:
    sheet = Sheet(210, 200)
    sheet.pen.rectangle((20 * MM, 20 * MM, 110 * MM, 150 * MM), fill=60)
    font = ImageFont.truetype(str(FONTS / "LiberationSans-Bold.ttf"), round(24 / 72 * DPI))
    for row, text in enumerate(("NƯỚC MẮM", "CÁ CƠM", "THAN Ủ")):
        sheet.pen.text((28 * MM, (40 + 14 * row) * MM), text, font=font, fill=WHITE)
    sheet.write(118, 30, "Thành phần: cá cơm, muối")

    lines = read_page(sheet.page(), reader).text.splitlines()

    assert {"NƯỚC MẮM", "CÁ CƠM", "THAN Ủ", "Thành phần: cá cơm, muối"} <= set(lines)


def test_a_head_of_cells_parted_by_light_lines_is_read(reader: LineEngine) -> None:
    sheet = Sheet()
    bar(sheet, 25, 20, 160, "Chỉ tiêu", BLACK)
    font = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), round(13 / 72 * DPI))
    sheet.pen.text((108 * MM, 22 * MM), "Kết quả", font=font, fill=WHITE)
    sheet.pen.line((105 * MM, 20 * MM, 105 * MM, 30 * MM), fill=WHITE, width=4)
    sheet.grid([25, 105, 185], [20, 30, 40]).write(28, 32, "Độ ẩm").write(108, 32, "12,5")

    reading = read_page(sheet.page(), reader)

    assert [cell.text for table in reading.tables for cell in table.cells] == ["Chỉ tiêu", "Kết quả", "Độ ẩm", "12,5"]


def test_a_page_that_was_fed_sideways_keeps_its_banner(reader: LineEngine) -> None:
    sheet = Sheet()
    bar(sheet, 15, 20, 180, "CHUYẾN THUYỀN GỌI NẮNG", 60)
    for row in range(6):
        sheet.write(25, 40 + 9 * row, "Người Hải Thắng tin rằng nắng đầu hạ là do con thuyền chở về.")
    page = sheet.page()

    reading = read_page(page.with_pixels(np.ascontiguousarray(np.rot90(page.pixels))), reader)

    assert reading.text.splitlines()[0] == "CHUYẾN THUYỀN GỌI NẮNG"


def test_print_in_a_soft_shadow_is_no_light_print_on_dark_ground() -> None:
    """As a hand's shadow falls on the sheet a phone photographs: even grey, dark print in it, a soft round edge."""
    sheet = Sheet(210, 297)
    for row in range(12):
        sheet.write(20, 20 + 13 * row, "Đủ điều kiện an toàn thực phẩm để sản xuất", 13)
    down, across = np.indices(sheet.pixels.shape) / MM
    away = np.hypot(across - 100, down - 100) - 45  # millimetres from the shadow's edge, less than 0 in it
    lit = 0.55 + 0.45 / (1 + np.exp(-away / 3))
    page = sheet.page().with_pixels((sheet.pixels * lit).astype(np.uint8))

    assert positive(page) is page


def test_a_head_on_a_dark_band_at_the_page_s_edge_is_read_and_an_empty_one_left_alone(reader: LineEngine) -> None:
    sheet = Sheet(height=120)
    sheet.pen.rectangle((0, 0, 210 * MM, 18 * MM), fill=60)
    sheet.pen.rectangle((0, 100 * MM, 210 * MM, 120 * MM), fill=60)
    font = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), round(13 / 72 * DPI))
    sheet.pen.text((40 * MM, 6 * MM), "CÔNG TY CỔ PHẦN CHỨNG NHẬN", font=font, fill=WHITE)
    sheet.write(25, 40, "Sản phẩm được trồng tại địa phương")

    reading = read_page(sheet.page(), reader)

    assert reading.text.splitlines() == ["CÔNG TY CỔ PHẦN CHỨNG NHẬN", "Sản phẩm được trồng tại địa phương"]
    assert positive(sheet.page()).pixels[round(110 * MM), round(100 * MM)] == 60


@pytest.mark.parametrize("degrees", [0.0, 1.3])
def test_a_dark_head_of_many_ruled_cells_is_read_on_a_slanting_page_too(reader: LineEngine, degrees: float) -> None:
    """Two dark rows below one another, of different greys, black rules around all of their cells."""
    sheet, columns = Sheet(), [20, 38, 80, 140, 162, 190]
    head = ("STT", "Tiêu chí", "Nội dung tự đánh giá", "Điểm", "Tab")
    font = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), round(13 / 72 * DPI))
    sheet.pen.rectangle((20 * MM, 20 * MM, 190 * MM, 28 * MM), fill=99)
    sheet.pen.rectangle((20 * MM, 28 * MM, 190 * MM, 38 * MM), fill=66)
    sheet.grid([float(x) for x in columns], [20, 28])
    for x, text in zip(columns, head, strict=False):
        sheet.pen.text(((x + 2) * MM, 21.5 * MM), text, font=font, fill=WHITE)
    sheet.pen.text((40 * MM, 30 * MM), "PHẦN A. SẢN PHẨM", font=font, fill=WHITE)
    sheet.grid([float(x) for x in columns], [38, 48, 58]).rule(20, 28, 20, 38).rule(190, 28, 190, 38)
    for x, text in zip(columns, ("1.1", "Nguyên liệu", "Mua trong tỉnh", "4", "03"), strict=False):
        sheet.write(x + 2, 40, text)
    page = sheet.page()
    turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), -degrees, 1)
    turned = cv2.warpAffine(page.pixels, turn, (page.width, page.height), borderValue=(255,))

    reading = read_page(page.with_pixels(np.asarray(turned, np.uint8)), reader)

    texts = [cell.text for table in reading.tables for cell in table.cells if cell.text]
    assert texts[:6] == [*head, "PHẦN A. SẢN PHẨM"]


def test_the_grey_star_of_a_seal_is_no_bar() -> None:
    turns = np.arange(10) * np.pi / 5 - np.pi / 2
    reach = np.where(np.arange(10) % 2 == 0, 7.0, 3.5)
    points = [(float(100 + far * np.cos(turn)) * MM, float(60 + far * np.sin(turn)) * MM)
              for far, turn in zip(reach, turns, strict=True)]  # fmt: skip
    sheet = letter()
    sheet.pen.polygon(points, fill=158)
    page = sheet.page()

    assert positive(page) is page


@pytest.mark.parametrize("degrees", [0.0, 0.7])
def test_a_low_bar_full_of_bold_print_in_a_slanting_light_is_read(reader: LineEngine, degrees: float) -> None:
    """Its letters stand so close that hardly any ground is left between them; one end is darker than the other."""
    sheet = Sheet().write(25, 30, "1.1. Nguồn nguyên liệu của sản phẩm được đánh giá")
    left, top, right, bottom = 25 * MM, 20 * MM, 185 * MM, 25.6 * MM
    sheet.pen.rectangle((left, top, right, bottom), fill=70)
    font = ImageFont.truetype(str(FONTS / "LiberationSans-Bold.ttf"), round(10 / 72 * DPI))
    sheet.pen.text((27 * MM, 20.7 * MM), "PHẦN A. SẢN PHẨM VÀ SỨC MẠNH CỦA CỘNG ĐỒNG", font=font, fill=WHITE)
    lighter = np.linspace(0, 14, sheet.pixels.shape[1])[None, :]
    pixels = np.clip(sheet.pixels + lighter, 0, 255).astype(np.uint8)
    middle = (pixels.shape[1] / 2, pixels.shape[0] / 2)
    turned = cv2.warpAffine(pixels, cv2.getRotationMatrix2D(middle, degrees, 1), pixels.shape[::-1], borderValue=(255,))

    reading = read_page(PageImage(np.asarray(turned, np.uint8), DPI, 1), reader)

    assert fuzz.ratio(reading.text.splitlines()[0], "PHẦN A. SẢN PHẨM VÀ SỨC MẠNH CỦA CỘNG ĐỒNG") > 90
