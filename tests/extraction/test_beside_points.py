"""A pen's tick beside the points of an option, where its box is left empty."""

import cv2
import numpy as np
import pytest

from extraction.layout.page import page_layout
from extraction.layout.tick_marks import BESIDE_SURE
from extraction.pages import PageImage
from tests.extraction.sheets import DPI, MM, Sheet


def score_sheet() -> Sheet:
    sheet = Sheet().grid([20, 150, 185], [30, 42, 54, 66, 78])
    for row, text in enumerate(("4.1. Khu vực phân phối chính", "Thị trường trong xã", "Ngoài xã", "Quốc tế")):
        sheet.write(32, 33 + 12 * row, text)
        sheet.write(163, 33 + 12 * row, str((5, 1, 2, 3)[row]))
        if row:
            sheet.box(23, 34 + 12 * row)
    return sheet


def ticked_beside(sheet: Sheet, row: int, how: list[tuple[float, float]]) -> PageImage:
    """The sheet with a pen's line through these places, in millimetres from beside the row's points."""
    pixels = sheet.pixels
    places = [(round((171 + x) * MM), round((36 + 12 * row + y) * MM)) for x, y in how]
    cv2.polylines(pixels, [np.array(places, np.int32)], False, (40,), 5, cv2.LINE_AA)
    return PageImage(pixels, DPI, 1)


TICK = [(0.0, 0.5), (1.2, 2.6), (5.0, -2.0)]


@pytest.mark.parametrize("row", [1, 2, 3])
def test_a_tick_beside_the_points_is_found(row: int) -> None:
    ticks = page_layout(ticked_beside(score_sheet(), row, TICK)).ticks

    (found,) = [tick for tick in ticks if tick.ticked]
    assert found.confidence == BESIDE_SURE
    assert (42, 54, 66)[row - 1] * MM / 1.5 <= found.box[1] <= (54, 66, 78)[row - 1] * MM / 1.5


def test_points_and_stars_are_no_ticks() -> None:
    sheet = score_sheet().write(168, 57, "***").write(168, 69, "14")

    assert not any(tick.ticked for tick in page_layout(sheet.page()).ticks)


def test_two_strokes_in_one_cell_are_somebody_s_letters() -> None:
    page = ticked_beside(score_sheet(), 2, TICK)
    cv2.polylines(page.pixels, [np.array([(2120, 700), (2140, 740), (2170, 690)], np.int32)], False, (40,), 5)

    assert not any(tick.ticked for tick in page_layout(page).ticks)


def test_a_word_in_a_row_without_a_box_is_no_tick() -> None:
    sheet = Sheet().grid([20, 150, 185], [30, 42, 54, 66]).box(23, 34).box(23, 58)
    for row, text in enumerate(("Vị", "Mùi", "Ngọt")):
        sheet.write(32, 33 + 12 * row, text).write(163, 33 + 12 * row, ("3", "Nga", "4")[row])

    assert not any(tick.ticked for tick in page_layout(sheet.page()).ticks)
