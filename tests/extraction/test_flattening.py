"""Sheets in photos are found, read as if scanned, and their boxes lie where the photo shows them."""

import cv2
import numpy as np
import pytest

from extraction.engines import LineEngine
from extraction.flattening import sheet_in
from extraction.pages import PageImage, Pixels, grey, turned
from extraction.reading import read_page
from extraction.readings import PageKind
from tests.extraction.sheets import Sheet, letter

TABLE = 60  # grey level of the desk on which the sheet lies
CORNERS = [(230.0, 180.0), (2300.0, 260.0), (2420.0, 3350.0), (90.0, 3280.0)]  # in a photo of 2480 × 3508 pixels


def photo_of(sheet: Pixels, corners: list[tuple[float, float]] = CORNERS) -> PageImage:
    """A photo of an A4 sheet whose corners, from top left clockwise, lie there on a dark desk."""
    high, wide = sheet.shape
    edges = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    how = cv2.getPerspectiveTransform(edges, np.array(corners, np.float32))
    seen = cv2.warpPerspective(sheet, how, (2480, 3508), flags=cv2.INTER_AREA, borderValue=(TABLE,))
    return PageImage(grey(seen), 300, 1)


def test_the_sheet_is_found_to_a_pixel_or_two() -> None:
    found = sheet_in(photo_of(letter().pixels))

    assert found is not None
    flat = found.flat
    edges = np.array([(0, 0, 1), (flat.width, 0, 1), (flat.width, flat.height, 1), (0, flat.height, 1)]) @ found.back.T
    assert np.abs(edges[:, :2] / edges[:, 2:] - CORNERS).max() < 12  # of 3508
    assert flat.height / flat.width == pytest.approx(2**0.5, rel=0.01)


def test_a_scan_is_no_photo() -> None:
    shaded = letter().pixels
    shaded[:, :60] = 90  # the shadow of a book's back

    assert sheet_in(PageImage(letter().pixels, 300, 1)) is None
    assert sheet_in(PageImage(shaded, 300, 1)) is None
    assert sheet_in(PageImage(np.full((3508, 2480), 20, np.uint8), 300, 1)) is None


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_stand_where_the_photo_shows_them(reader: LineEngine, turn: int) -> None:
    pixels = letter().pixels
    photo = photo_of(pixels)
    page = PageImage(turned(photo.pixels, turn), 300, 1)

    reading = read_page(page, reader)

    assert (reading.rotation + turn) % 360 == 0
    assert (reading.width, reading.height) == (2480, 3508)
    assert [word.text for word in reading.words][:5] == ["Hợp", "tác", "xã", "Nông", "nghiệp"]
    for word in (reading.words[0], reading.words[-1]):
        left, top, right, bottom = word.box
        inside = photo.pixels[top:bottom, left:right]
        assert (inside < 140).mean() > 0.08  # there is print in its box …
        assert (photo.pixels[top:bottom, left - 6 : left] < 140).mean() < 0.05  # … and none before it


def test_a_photo_of_an_empty_sheet_is_a_blank_page(reader: LineEngine) -> None:
    reading = read_page(photo_of(np.full((3508, 2480), 235, np.uint8)), reader)

    assert reading.kind is PageKind.BLANK
    assert (reading.width, reading.height) == (2480, 3508)


def test_a_table_in_a_photo_keeps_its_cells(reader: LineEngine) -> None:
    sheet = Sheet(210, 297).grid([25, 80, 150, 185], [60.0 + 12 * row for row in range(9)])
    for row in range(8):
        sheet.write(28, 63 + 12 * row, f"Chỉ tiêu {row + 1}").write(84, 63 + 12 * row, "Không phát hiện")

    reading = read_page(photo_of(sheet.pixels), reader)

    assert [len(table.cells) for table in reading.tables] == [24]
    assert [cell.text for cell in reading.tables[0].cells][:5] == [
        "Chỉ tiêu 1",
        "Không phát hiện",
        "",
        "Chỉ tiêu 2",
        "Không phát hiện",
    ]


def test_a_shadow_over_the_sheet_cuts_nothing_off() -> None:
    photo = photo_of(letter().pixels)
    light = np.ones((3508, 1), np.float32)
    light[1800:] = 0.5  # a fold, and the lower half turned from the lamp
    shaded = photo.with_pixels((photo.pixels * cv2.blur(light, (1, 301))).astype(np.uint8))

    whole, found = sheet_in(photo), sheet_in(shaded)

    assert whole is not None
    assert found is not None
    assert abs(found.flat.height - whole.flat.height) < 40
    assert abs(found.flat.width - whole.flat.width) < 40
