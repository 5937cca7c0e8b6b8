"""Framed stamps in coloured ink: bleached where they lie on print, left alone where they do not."""

import cv2
import numpy as np
import pytest

from extraction.layout.page import page_layout
from extraction.layout.stamps import framed_stamps, pen_ink, without_marks
from extraction.pages import SURE, UNSURE, PageImage, coloured, grey
from extraction.preprocessing import LAYOUT_DPI, shrunk

RED, VIOLET, BLACK = (200, 40, 50), (80, 60, 160), (25, 25, 25)
DPI = 300.0
MM = LAYOUT_DPI / 25.4


def sheet() -> np.ndarray:
    return np.full((1200, 1600, 3), 240, np.uint8)


def stamp(page: np.ndarray, colour: tuple[int, int, int], degrees: float = 3.0, thick: int = 7) -> None:
    """A frame of 42 × 12 mm with a word in it, around the middle of the sheet."""
    corners = cv2.boxPoints(((800, 600), (500, 140), degrees))
    cv2.polylines(page, [np.rint(corners).astype(np.int32)], True, colour, thick)
    cv2.putText(page, "DA NHAN", (640, 620), cv2.FONT_HERSHEY_DUPLEX, 2, colour, 5)


def print_below(page: np.ndarray) -> None:
    cv2.putText(page, "Cong hoa xa hoi chu nghia", (420, 640), cv2.FONT_HERSHEY_COMPLEX, 1.6, BLACK, 4)


def as_scanned(page: np.ndarray) -> PageImage:
    return coloured(grey(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)), page, DPI, 1)


def stamps_on(image: PageImage) -> tuple[PageImage, np.ndarray, np.ndarray]:
    small = shrunk(image, LAYOUT_DPI)
    assert image.lightest is not None
    return (small, *framed_stamps(small, image.lightest, MM))


@pytest.mark.parametrize("colour", [RED, VIOLET])
@pytest.mark.parametrize("degrees", [0.0, 4.0, -6.0])
def test_a_stamp_on_print_is_bleached_and_the_print_stays(colour: tuple[int, int, int], degrees: float) -> None:
    page = sheet()
    stamp(page, colour, degrees)
    print_below(page)
    image = as_scanned(page)

    _, ink, areas = stamps_on(image)
    bleached = without_marks(image, ink, areas).pixels

    black = np.all(page == BLACK, axis=2)
    stamped = np.all(page == colour, axis=2)
    assert np.median(bleached[black]) < 80
    assert np.median(bleached[stamped]) > 200


def test_a_stamp_beside_the_print_keeps_its_words() -> None:
    page = sheet()
    stamp(page, RED)
    cv2.putText(page, "Cong hoa", (100, 200), cv2.FONT_HERSHEY_COMPLEX, 1.6, BLACK, 4)

    _, ink, areas = stamps_on(as_scanned(page))

    assert not ink.any()
    assert not areas.any()


def test_a_ring_of_a_pen_stays_where_a_stamp_reaches_it() -> None:
    page = sheet()
    print_below(page)
    stamp(page, VIOLET, 0.0)
    for top in (645, 900):
        cv2.rectangle(page, (980, top), (1022, top + 42), BLACK, 4)
    cv2.circle(page, (1001, 666), 44, (30, 30, 90), 6)

    assert [tick.ticked for tick in page_layout(as_scanned(page)).ticks] == [True, False]


def test_a_block_of_blue_text_among_black_is_no_stamp() -> None:
    page = sheet()
    for row in range(460, 760, 60):
        cv2.putText(page, "Nguyen Thi Hoa 0912", (500, row), cv2.FONT_HERSHEY_COMPLEX, 1.5, (40, 50, 190), 4)
    cv2.putText(page, "Ho ten", (820, 610), cv2.FONT_HERSHEY_COMPLEX, 1.5, BLACK, 4)

    _, ink, _ = stamps_on(as_scanned(page))

    assert not ink.any()


def test_a_frame_broken_by_wear_and_print_is_still_one() -> None:
    page = sheet()
    stamp(page, RED, 2.0)
    page[:, ::90] = 240
    page[:, 1::90] = 240
    print_below(page)

    _, ink, _ = stamps_on(as_scanned(page))

    assert ink.any()


def test_a_blue_frame_around_a_certificate_is_no_stroke_of_a_pen() -> None:
    page = np.full((3000, 2200, 3), 240, np.uint8)
    cv2.rectangle(page, (100, 100), (2100, 2900), (40, 60, 170), 9)
    cv2.rectangle(page, (118, 118), (2082, 2882), (40, 60, 170), 3)
    cv2.polylines(page, [np.array([(1400, 2300), (1450, 2150), (1500, 2320), (1600, 2180)])], False, (40, 60, 170), 6)

    pen = pen_ink(shrunk(as_scanned(page), LAYOUT_DPI), MM)

    rows = np.flatnonzero(pen.any(axis=1)) * DPI / LAYOUT_DPI
    assert rows.min() > 2130
    assert rows.max() < 2340


def test_a_blue_heading_in_large_capitals_is_no_stroke_of_a_pen() -> None:
    """Its letters are as high as a signature, and stand in a row of their like."""
    page = sheet()
    cv2.putText(page, "GIAY CHUNG NHAN", (120, 700), cv2.FONT_HERSHEY_DUPLEX, 4.6, (40, 50, 190), 10)

    assert not pen_ink(shrunk(as_scanned(page), LAYOUT_DPI), MM).any()


def test_thin_ink_of_which_a_scan_kept_half_the_colour_belongs_to_the_clear_ink_beside_it() -> None:
    """Far from clear ink, as little colour is that of paper, or of the edges of black letters."""
    page = sheet()
    cv2.rectangle(page, (400, 400), (800, 412), RED, -1)
    cv2.rectangle(page, (400, 412), (800, 418), (180, 155, 155), -1)
    cv2.rectangle(page, (400, 900), (800, 906), (180, 155, 155), -1)

    red = as_scanned(page).red

    assert red is not None
    assert [int(red[row // 2, 300]) for row in (406, 415, 903)] == [SURE, UNSURE, 0]
