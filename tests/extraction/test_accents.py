"""Capitals with accents: high enough to look like ruled lines or like lines of their own, and neither."""

import cv2
import pytest

from extraction.engines import LineEngine
from extraction.pages import PageImage, grey
from extraction.reading import read_page
from tests.extraction.sheets import MM, Sheet

TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize("points", [13, 18, 22])
def test_blurred_capitals_with_accents_stay_one_line(reader: LineEngine, points: float) -> None:
    sheet = Sheet().write(20, 60, TITLE, points, bold=True).write(20, 90, "Độc lập - Tự do - Hạnh phúc", 13)
    blurred = grey(cv2.GaussianBlur(sheet.pixels, (0, 0), 0.2 * MM))

    reading = read_page(PageImage(blurred, 300, 1), reader)

    assert reading.text == f"{TITLE}\nĐộc lập - Tự do - Hạnh phúc"


def test_a_page_of_100_dots_an_inch_keeps_the_accents_of_its_title(reader: LineEngine) -> None:
    sheet = Sheet().write(20, 60, "QUYẾT ĐỊNH", 14, bold=True).write(20, 70, "Về việc ban hành Quy chế", 14)
    coarse = grey(cv2.resize(sheet.pixels, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA))

    reading = read_page(PageImage(coarse, 100, 1), reader)

    assert reading.text == "QUYẾT ĐỊNH\nVề việc ban hành Quy chế"


@pytest.mark.parametrize("tall", [6.0, 8.0, 14.0])
def test_a_low_table_keeps_its_vertical_lines(reader: LineEngine, tall: float) -> None:
    sheet = Sheet().grid([30, 90, 150], [60, 60 + tall]).write(32, 60 + tall / 2 - 2.5, "Điểm", 11)

    reading = read_page(sheet.page(), reader)

    assert [cell.text for table in reading.tables for cell in table.cells] == ["Điểm", ""]


def test_capitals_at_the_margin_of_a_photo_taken_close_are_no_punch_holes(reader: LineEngine) -> None:
    sheet = Sheet().write(12, 40, "Nghị định này quy định về công tác", 21).write(12, 60, "Nhà nước và văn thư", 21)

    reading = read_page(sheet.page(), reader)

    assert reading.text == "Nghị định này quy định về công tác\nNhà nước và văn thư"


def test_accents_over_a_line_that_falls_stay_its_own(reader: LineEngine) -> None:
    sheet = Sheet().write(20, 60, "Cơ quan quản lý và sử dụng con dấu, thiết bị lưu khóa bí mật ấy", 14)
    turn = cv2.getRotationMatrix2D((105 * MM, 60 * MM), -0.9, 1.0)
    fallen = grey(cv2.warpAffine(sheet.pixels, turn, sheet.pixels.shape[::-1], borderValue=(255,)))
    level = Sheet(height=100)
    for y in range(20, 90, 10):  # the page itself is straight
        level.write(20, y, "Điều này áp dụng đối với cơ quan, tổ chức nhà nước", 14)

    reading = read_page(PageImage(grey(cv2.vconcat([fallen[: int(90 * MM)], level.pixels])), 300, 1), reader)

    assert reading.text.splitlines()[0] == "Cơ quan quản lý và sử dụng con dấu, thiết bị lưu khóa bí mật ấy"
