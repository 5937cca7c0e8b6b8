"""What a file says of its resolution is believed only where it makes a sheet of paper."""

from dataclasses import replace

import pytest

from extraction.engines import LineEngine
from extraction.pages import PageImage
from extraction.reading import read_page
from extraction.resolution import believable
from tests.extraction.sheets import Sheet

LINES = ("Tên chủ thể: Hợp tác xã Nông nghiệp", "Địa chỉ: thôn Trung Tâm, xã Long Khê", "Điện thoại: 0912 345 678")


def letter_page(width: float = 210, height: float = 297) -> PageImage:
    sheet = Sheet(width, height)
    for row in range(12):
        sheet.write(25, 30 + 8 * row, LINES[row % 3], 13)
    return sheet.page()


@pytest.mark.parametrize("stated", [72.0, 96.0, 600.0, 1200.0])
def test_a_wrong_resolution_is_put_right(stated: float) -> None:
    assert believable(replace(letter_page(), dpi=stated)).dpi == pytest.approx(300, rel=0.02)


@pytest.mark.parametrize("stated", [200.0, 300.0, 400.0])
def test_what_makes_a_sheet_is_believed(stated: float) -> None:
    page = replace(letter_page(), dpi=stated)

    assert believable(page) is page


def test_a_slip_of_paper_is_believed_if_its_letters_are_of_usual_size() -> None:
    slip = letter_page(120, 140)

    assert believable(slip) is slip


def test_a_banner_without_letters_is_taken_for_a4() -> None:
    assert believable(replace(Sheet(210, 297).page(), dpi=72.0)).dpi == pytest.approx(300, rel=0.01)


def test_boxes_are_found_whatever_resolution_the_file_states(reader: LineEngine) -> None:
    sheet = Sheet(210, 297)
    for row in range(12):
        sheet.write(25, 30 + 8 * row, LINES[row % 3], 13)
    sheet.box(30, 150).write(37, 150, "Cá nhân", 13).box(30, 160).cross(30, 160).write(37, 160, "Hợp tác xã", 13)

    reading = read_page(replace(sheet.page(), dpi=72.0), reader)

    assert [tick.ticked for tick in reading.ticks] == [False, True]
    assert reading.text.splitlines()[0] == LINES[0]
