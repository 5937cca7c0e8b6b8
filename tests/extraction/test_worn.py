"""Tables whose lines a coarse scan has all but lost."""

import numpy as np
import pytest

from extraction.layout.page import page_layout
from extraction.readings import Table
from tests.extraction.sheets import Sheet

ROWS = [30.0, 40.0, 50.0, 60.0, 70.0, 80.0]
OPTIONS = ["Chưa có hợp đồng", "Có hợp đồng", "Có hợp đồng liên kết", "Có vùng nguyên liệu", "Có nhãn hiệu"]


def specks(sheet: Sheet, start: tuple[float, float], end: tuple[float, float], share: float, seed: int = 1) -> Sheet:
    """What is left of a hairline: so much of it, in pieces of a third of a millimetre."""
    random = np.random.default_rng(seed)
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    for at in np.arange(0, length, 0.33).tolist():
        if random.random() < share:
            x, y = (start[i] + (end[i] - start[i]) * at / length for i in (0, 1))
            along = (end[0] - start[0]) / length * 0.3, (end[1] - start[1]) / length * 0.3
            sheet.rule(x, y, x + along[0], y + along[1], 0.18)
    return sheet


def filled(sheet: Sheet, *, points: bool = True) -> Sheet:
    for row, text in enumerate(OPTIONS):
        sheet.write(24, 32.4 + 10 * row, text, 11)
        if points:
            sheet.write(168, 32.4 + 10 * row, str(row), 11)
    return sheet


def places(table: Table) -> list[tuple[int, int, int]]:
    return [(cell.row, cell.col, cell.row_span) for cell in table.cells]


WHOLE = [(row, col, 1) for row in range(5) for col in range(2)]


@pytest.mark.parametrize("share", [0.12, 0.3, 0.5])
def test_level_lines_go_on_over_specks_to_the_line_at_the_side(share: float) -> None:
    sheet = filled(Sheet())
    for x in (20, 160, 180):
        sheet.rule(x, 30, x, 80, 0.18)
    for at, y in enumerate(ROWS):
        sheet.rule(100 + 5 * at, y, 180, y, 0.18)
        specks(sheet, (20, y), (100 + 5 * at, y), share, at)

    (table,) = page_layout(sheet.page()).tables

    assert places(table) == WHOLE


def test_an_upright_line_goes_on_over_specks_to_further_rows() -> None:
    sheet = filled(Sheet())
    sheet.rule(160, 30, 160, 80, 0.18).rule(180, 30, 180, 80, 0.18).rule(20, 30, 20, 42, 0.18)
    specks(sheet, (20, 42), (20, 80), 0.3)
    for at, y in enumerate(ROWS):
        sheet.rule(100, y, 180, y, 0.18)
        specks(sheet, (20, y), (100, y), 0.4, at)

    (table,) = page_layout(sheet.page()).tables

    assert places(table) == WHOLE


def test_a_row_that_is_nothing_but_specks_parts_the_cells_above_and_below() -> None:
    sheet = filled(Sheet())
    for x in (20, 160, 180):
        sheet.rule(x, 30, x, 80, 0.18)
    for at, y in enumerate(ROWS):
        if y == 50:
            specks(sheet, (20, y), (180, y), 0.25)
        else:
            sheet.rule(50, y, 180, y, 0.18)
            specks(sheet, (20, y), (50, y), 0.3, at)

    (table,) = page_layout(sheet.page()).tables

    assert places(table) == WHOLE


def worn_in_the_middle(sheet: Sheet) -> Sheet:
    """All lines are half gone; of those between the points, nothing is left but the first and the last."""
    for x in (20, 160, 180):
        sheet.rule(x, 30, x, 80, 0.18)
    for at, y in enumerate(ROWS):
        sheet.rule(40, y, 70, y, 0.18)
        specks(sheet, (20, y), (160, y), 0.5, at)
    return sheet.rule(160, 30, 180, 30, 0.18).rule(160, 80, 180, 80, 0.18)


def test_a_worn_line_of_which_nothing_is_left_parts_texts_that_stand_above_and_below_it() -> None:
    (table,) = page_layout(filled(worn_in_the_middle(Sheet())).page()).tables

    assert places(table) == WHOLE


def test_one_text_beside_worn_rows_keeps_its_cell() -> None:
    sheet = filled(worn_in_the_middle(Sheet()), points=False).write(168, 52.4, "5", 11)

    (table,) = page_layout(sheet.page()).tables

    assert [cell.row_span for cell in table.cells if cell.col == 1] == [5]


def test_sharp_lines_that_end_at_an_upright_one_are_not_drawn_on() -> None:
    sheet = filled(Sheet())
    for x in (20, 160, 180):
        sheet.rule(x, 30, x, 80)
    for y in ROWS:
        sheet.rule(20, y, 180 if y in (30, 80) else 160, y)

    (table,) = page_layout(sheet.page()).tables

    assert [cell.row_span for cell in table.cells if cell.col == 1] == [5]


def test_leaders_and_lines_to_write_on_part_no_cell() -> None:
    sheet = Sheet().grid([20, 100, 180], [30, 55, 80])
    for x in (24, 104):
        for y in (34, 59):
            sheet.write(x, y, "Tên: ............................................", 12)
            sheet.write(x, y + 8, "Ký:", 12).rule(x + 12, y + 13, x + 70, y + 13, 0.18)

    (table,) = page_layout(sheet.page()).tables

    assert len(table.cells) == 4
