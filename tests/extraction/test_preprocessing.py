import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.pages import PageImage
from extraction.preprocessing import (
    background_normalised,
    brought_out,
    ink_of,
    is_blank,
    skew_degrees,
    straightened,
)
from tests.extraction.sheets import Sheet, letter, worn


def leaning(degrees: float) -> PageImage:
    """The letter, turned clockwise on its sheet."""
    page = letter().page()
    turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), -degrees, 1)
    return page.with_pixels(
        np.asarray(cv2.warpAffine(page.pixels, turn, (page.width, page.height), borderValue=(255,)), np.uint8)
    )


@pytest.mark.parametrize("degrees", [-3.0, -1.1, 0.0, 0.4, 2.5])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float) -> None:
    assert skew_degrees(leaning(degrees)) == pytest.approx(degrees, abs=0.1)


def test_straightening_undoes_the_skew_and_keeps_the_size() -> None:
    page = leaning(1.7)
    straight = straightened(page, skew_degrees(page))

    assert straight.pixels.shape == page.pixels.shape
    assert abs(skew_degrees(straight)) <= 0.1


def test_empty_paper_is_blank_however_it_was_scanned() -> None:
    sheet = Sheet(210, 297)
    assert is_blank(sheet.page())
    assert is_blank(sheet.page().with_pixels(worn(sheet.pixels)))


def test_punch_holes_do_not_make_a_page_written() -> None:
    sheet = Sheet(210, 297)
    for y in (100, 180):
        sheet.pen.ellipse((100, y * 11.8, 165, y * 11.8 + 65), fill=140)

    assert is_blank(sheet.page())


def test_one_short_line_is_not_blank() -> None:
    assert not is_blank(Sheet(210, 297).write(90, 140, "Phụ lục kèm theo").page())


def test_ink_is_found_on_unevenly_lit_paper() -> None:
    sheet = Sheet(100, 60).rule(20, 30, 80, 30, 1)
    ink = ink_of(sheet.page().with_pixels(worn(sheet.pixels)))

    assert ink[354, 300:900].mean() == 255  # on the rule
    assert ink[100:300].mean() < 1  # above it


def test_normalised_paper_is_white() -> None:
    sheet = Sheet(100, 60).write(20, 20, "Mẫu số 01")
    even = background_normalised(sheet.page().with_pixels(worn(sheet.pixels)))

    assert np.quantile(even.pixels, 0.5) > 225


@settings(max_examples=40, deadline=None)
@given(
    height=st.integers(1, 90),
    width=st.integers(1, 90),
    levels=st.sampled_from([(0, 0), (255, 255), (0, 255), (100, 130), (7, 9)]),
    dpi=st.sampled_from([30.0, 72.0, 150.0, 300.0, 1200.0]),
)
def test_stages_keep_the_shape_of_any_page(height: int, width: int, levels: tuple[int, int], dpi: float) -> None:
    rng = np.random.default_rng(height * 100 + width)
    page = PageImage(rng.integers(levels[0], levels[1] + 1, (height, width)).astype(np.uint8), dpi, 1)

    assert background_normalised(page).pixels.shape == (height, width)
    assert ink_of(page).shape == (height, width)
    assert straightened(page, skew_degrees(page)).pixels.shape == (height, width)
    assert is_blank(page) in (True, False)


def faint(lines: int, level: int, blur: float = 0.0) -> PageImage:
    """A sheet on which no ink is darker than `level`."""
    sheet = Sheet(210, 297)
    for row in range(lines):
        sheet.write(30, 40 + 9 * row, "Nộp ba quyển báo cáo bìa mềm nêu rõ quá trình đi thực tập", 13)
    pixels = 255 - ((255 - sheet.pixels.astype(np.float64)) * (255 - level) / 235)
    pixels = cv2.GaussianBlur(pixels, (0, 0), blur) if blur else pixels
    return sheet.page().with_pixels(np.clip(pixels, 0, 255).astype(np.uint8))


def test_pale_print_is_no_blank_page_and_is_made_as_dark_as_usual() -> None:
    page = faint(20, level=140)

    assert not is_blank(page)
    assert brought_out(page).pixels.min() < 60
    assert brought_out(page).pixels.max() == 255


def test_what_shines_through_from_the_back_makes_no_page_written() -> None:
    page = faint(20, level=205, blur=4.0)

    assert is_blank(page)
    assert brought_out(page) is page


def test_usual_print_is_left_as_it_is() -> None:
    page = Sheet(210, 297).write(30, 40, "Phụ lục kèm theo").page()

    assert brought_out(page) is page
