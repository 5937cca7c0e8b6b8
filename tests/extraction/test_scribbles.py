"""Seals and signatures on pages without colour."""

import cv2
import numpy as np
import pytest

from extraction.layout.components import Components, components
from extraction.layout.page import page_layout
from extraction.layout.scribbles import Circle, find_circles, pale_ink, seals
from extraction.pages import PageImage, Pixels, coloured
from extraction.preprocessing import LAYOUT_DPI, background_normalised, ink_of_even, shrunk
from tests.extraction.sheets import DPI, MM, Sheet

MIDDLE, RADIUS = (100.0, 60.0), 18.0  # millimetres
STROKES = [(88, 62), (94, 52), (97, 66), (102, 51), (106, 66), (111, 52), (116, 64), (130, 55)]


def sealed(pixels: Pixels, level: int) -> Pixels:
    """The sheet with a round seal: a double ring and six letters around its middle, as dark as `level`."""
    seal = np.full(pixels.shape, 255, np.uint8)
    middle = round(MIDDLE[0] * MM), round(MIDDLE[1] * MM)
    for radius in (RADIUS, 0.93 * RADIUS):
        cv2.circle(seal, middle, round(radius * MM), (level,), 6, cv2.LINE_AA)
    for turn in np.arange(0, 2 * np.pi, np.pi / 3):
        place = MIDDLE[0] + 0.75 * RADIUS * np.cos(turn) - 2, MIDDLE[1] + 0.75 * RADIUS * np.sin(turn) + 2
        cv2.putText(seal, "H", (round(place[0] * MM), round(place[1] * MM)), 0, 1.6, (level,), 4, cv2.LINE_AA)
    return np.minimum(pixels, seal)


def signed(pixels: Pixels) -> Pixels:
    """The sheet with a folded line of a pen, dark as print."""
    places = np.round(np.array(STROKES) * MM).astype(np.int32)
    return np.asarray(cv2.polylines(pixels.copy(), [places], False, (30,), 6, cv2.LINE_AA), np.uint8)


def text() -> Sheet:
    sheet = Sheet().write(40, 30, "Chi cục Quản lý chất lượng nông lâm sản", 13)
    return sheet.write(85, 72, "Phan Thị Nhàn Hạnh", 14, bold=True)


def _pieces(page: PageImage) -> Components:
    return components(ink_of_even(page))


def boxes(pixels: Pixels) -> list[tuple[int, int]]:
    """Left edge and width of each line, in millimetres, top to bottom."""
    layout = page_layout(PageImage(pixels, DPI, 1))
    lines = sorted(layout.lines, key=lambda line: line.box[1])
    return [
        (round(line.box[0] * layout.scale / MM), round((line.box[2] - line.box[0]) * layout.scale / MM))
        for line in lines
    ]


def test_a_grey_seal_leaves_the_lines_of_the_page_as_they_are() -> None:
    plain = text().pixels

    assert boxes(sealed(plain, 120)) == boxes(plain)


def test_thin_soft_print_under_the_rim_of_a_grey_seal_stays_a_line() -> None:
    """As scans show it: strokes with soft edges, which are as pale as the seal."""
    sheet = text().write(84, 44, "(Ký tên, đóng dấu)", 11)
    plain = np.asarray(cv2.GaussianBlur(sheet.pixels, (0, 0), 1.6), np.uint8)

    assert boxes(sealed(plain, 150)) == boxes(plain)


def test_the_thin_lines_of_a_table_do_not_make_print_look_as_pale_as_a_seal() -> None:
    """Scanned, they are grey: of a page's ink, they can be the larger half."""
    sheet = text().write(84, 44, "(Ký tên, đóng dấu)", 11)
    table = Sheet().grid([20 + 8 * at for at in range(22)], [90 + 4 * at for at in range(15)]).pixels
    faint = np.where(table < 128, 120, 255).astype(np.uint8)
    plain = np.asarray(cv2.GaussianBlur(np.minimum(sheet.pixels, faint), (0, 0), 1.0), np.uint8)

    assert boxes(sealed(plain, 120)) == boxes(plain)


@pytest.mark.parametrize("colour_of_seal", [(215, 60, 60), (50, 70, 190)])
def test_print_under_a_coloured_seal_stays_a_line_and_its_letters_are_none(
    colour_of_seal: tuple[int, int, int],
) -> None:
    sheet = text().write(84, 44, "(Ký tên, đóng dấu)", 11)
    grey_seal = sealed(np.full_like(sheet.pixels, 255), 0)
    colour = np.repeat(sheet.pixels[:, :, None], 3, axis=2)
    colour[grey_seal < 128] = np.minimum(colour[grey_seal < 128], colour_of_seal)
    page = coloured(np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), np.uint8), colour, DPI, 1)

    layout = page_layout(page)

    assert len(layout.lines) == len(boxes(sheet.pixels)) == 3


def test_a_seal_as_dark_as_print_adds_no_lines() -> None:
    plain = Sheet().write(40, 30, "Chi cục Quản lý chất lượng nông lâm sản", 13).pixels

    assert boxes(sealed(plain, 20)) == boxes(plain)


def test_a_signature_is_no_line_of_text() -> None:
    plain = text().pixels

    assert boxes(signed(plain)) == boxes(plain)


def test_a_seal_is_where_its_rim_is_and_round_letters_are_none() -> None:
    letters = Sheet().write(20, 30, "OOOOO CO 000 Ơ QUY ĐỊNH", 48, bold=True).page()
    small, plain = (
        background_normalised(shrunk(page, LAYOUT_DPI))
        for page in (PageImage(sealed(text().pixels, 120), DPI, 1), letters)
    )

    (circle,) = find_circles(small, _pieces(small), LAYOUT_DPI / 25.4)
    pixels_per_mm = LAYOUT_DPI / 25.4
    assert abs(circle.x / pixels_per_mm - MIDDLE[0]) < 1
    assert abs(circle.y / pixels_per_mm - MIDDLE[1]) < 1
    assert abs(circle.radius / pixels_per_mm - RADIUS) < 1.2
    assert find_circles(plain, _pieces(plain), LAYOUT_DPI / 25.4) == []


def pale_share(pixels: Pixels, circle: tuple[float, float, float], distinct: float) -> float:
    """Share of a circle (millimetres) on the page that is taken for the ink of a seal."""
    even = background_normalised(shrunk(PageImage(pixels, DPI, 1), LAYOUT_DPI))
    x, y, radius = (edge * LAYOUT_DPI / 25.4 for edge in circle)
    drawn = Circle(x, y, radius, distinct)
    ink = ink_of_even(even)
    return float((pale_ink(even, ink, [drawn]) > 0).sum() / (drawn.disc(ink.shape) > 0).sum())


def test_pale_print_is_no_ink_of_a_seal() -> None:
    """A page whose upper half is short of toner, and a circle found where there are letters only."""
    sheet = Sheet()
    for line in range(14):
        sheet = sheet.write(20, 15 + 6 * line, "Chi cục Quản lý chất lượng nông lâm sản và thủy sản tỉnh", 11)
    levels = sheet.pixels.astype(np.float64)
    levels[: round(66 * MM)] = 255 - 0.7 * (255 - levels[: round(66 * MM)])
    pale = np.asarray(levels, np.uint8)

    assert pale_share(pale, (60, 40, 14), distinct=0.3) == 0
    assert pale_share(pale, (60, 40, 14), distinct=0.9) == 0
    assert pale_share(sealed(pale, 150), (*MIDDLE, RADIUS), distinct=0.5) > 0.05


def test_a_chance_circle_through_grey_words_is_no_seal() -> None:
    """What is pale inside is no rim: the circle's own is print, and what lies in it stays."""
    sheet = Sheet()
    for line in range(14):
        sheet = sheet.write(20, 15 + 6 * line, "Chi cục Quản lý chất lượng nông lâm sản và thủy sản tỉnh", 11)
    pixels = sheet.pixels
    grey_words = Sheet().write(45, 33, "CÔNG VĂN ĐẾN", 26, bold=True).write(45, 42, "Ngày 12/3", 26, bold=True).pixels
    mixed = np.minimum(pixels, np.where(grey_words < 128, 150, 255)).astype(np.uint8)

    assert pale_share(mixed, (68, 40, 20), distinct=0.2) == 0


def test_a_circle_with_print_all_around_it_is_a_seal_only_if_its_rim_is_a_marks_own_ink() -> None:
    shape, chance = (400, 400), Circle(200, 200, 100, distinct=0.25)
    nothing, rim = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    cv2.circle(rim, (200, 200), 100, (255,), 3)

    assert seals([chance], nothing) == []
    assert seals([chance], rim) == [chance]
    assert seals([Circle(200, 200, 100, distinct=0.7)], nothing) != []
