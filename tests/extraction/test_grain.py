"""Scans in pure black and white of paper that was not quite white are read as those of white paper."""

import cv2
import numpy as np
import pytest

from extraction.engines import LineEngine
from extraction.grain import without_grain
from extraction.pages import PageImage
from extraction.preprocessing import is_blank
from extraction.reading import read_page
from tests.extraction.sheets import Sheet, letter

LEVEL = 160  # below it the scanner draws black


def black_and_white(page: PageImage, paper: float, back: PageImage | None = None) -> PageImage:
    """The page on paper of this grey, darker towards the foot, as a noisy scanner draws it in black and white."""
    rng = np.random.default_rng(5)
    grey = page.pixels.astype(float) * np.linspace(1, paper / 255, page.height)[:, None]
    if back is not None:
        grey -= (255 - back.pixels[:, ::-1].astype(float)) * 0.12
    noisy = grey + rng.normal(0, 18, grey.shape)
    return page.with_pixels(np.where(noisy < LEVEL, 0, 255).astype(np.uint8))


def test_a_page_in_clouds_of_grain_reads_as_the_clean_one(reader: LineEngine) -> None:
    clean = letter().page()
    grainy = black_and_white(clean, 158)

    assert read_page(grainy, reader).text == read_page(clean, reader).text


def test_a_table_in_clouds_of_grain_keeps_its_cells(reader: LineEngine) -> None:
    sheet = Sheet().grid([25, 105, 185], [20, 30, 40, 50, 60])
    rows = [("Chỉ tiêu", "Kết quả"), ("Độ ẩm", "12,5"), ("Hàm lượng chì", "0,02"), ("Nấm men", "không có")]
    for at, (name, value) in enumerate(rows):
        sheet.write(28, 22 + 10 * at, name).write(108, 22 + 10 * at, value)

    reading = read_page(black_and_white(sheet.page(), 158), reader)

    assert [[cell.text for cell in table.cells] for table in reading.tables] == [[text for row in rows for text in row]]


def test_print_of_the_back_is_not_read(reader: LineEngine) -> None:
    front, back = Sheet().write(25, 20, "Phụ lục kèm theo hợp đồng"), Sheet()
    for y in range(60, 120, 12):
        back.write(25, y, "Bên bán giao hàng tại kho", 16)

    reading = read_page(black_and_white(front.page(), 166, back.page()), reader)

    assert reading.text == "Phụ lục kèm theo hợp đồng"


def test_grainy_paper_without_print_is_blank() -> None:
    assert is_blank(without_grain(black_and_white(Sheet(210, 297).page(), 170)))


def test_grey_pages_and_clean_black_and_white_ones_stay_as_they_are() -> None:
    page = letter().page()
    soft = page.with_pixels(np.asarray(cv2.GaussianBlur(page.pixels, (0, 0), 1.5), np.uint8))
    noisy = soft.with_pixels(
        np.clip(soft.pixels * 0.8 + np.random.default_rng(2).normal(0, 12, soft.pixels.shape), 0, 255).astype(np.uint8)
    )
    sharp = page.with_pixels(np.where(page.pixels < LEVEL, 0, 255).astype(np.uint8))

    for kept in (soft, noisy, sharp):
        assert without_grain(kept) is kept


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (7, 7), (90, 17), (260, 33)])
def test_any_size_keeps_its_shape(size: tuple[int, int]) -> None:
    grains = np.where(np.random.default_rng(3).random(size) < 0.2, 0, 255).astype(np.uint8)

    assert without_grain(PageImage(grains, 300.0, 1)).pixels.shape == size
