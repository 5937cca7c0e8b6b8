"""Streaks of dirty scanners part no text and make no tables; ruled lines still do."""

import numpy as np

from extraction.engines import LineEngine
from extraction.layout.ink import Ink
from extraction.layout.rules import find_rules
from extraction.layout.streaks import find_streaks
from extraction.preprocessing import LAYOUT_DPI, ink_of, shrunk
from extraction.reading import read_page
from tests.extraction.sheets import Sheet, letter


def ink_on(sheet: Sheet) -> Ink:
    return Ink(ink_of(shrunk(sheet.page(), LAYOUT_DPI)), LAYOUT_DPI / 25.4)


def test_a_line_through_the_text_is_a_streak(reader: LineEngine) -> None:
    clean = read_page(letter().page(), reader)
    sheet = letter().rule(71, 10, 71.2, 285, 0.2)

    ink = ink_on(sheet)
    reading = read_page(sheet.page(), reader)

    assert find_streaks(ink, find_rules(ink)).any()
    assert len(reading.text.splitlines()) == 12
    wrong = [(one, other) for one, other in zip(clean.text.split(), reading.text.split(), strict=True) if one != other]
    assert len(wrong) <= 12  # one word a line at most, that under the streak


def test_a_streak_between_words_is_one_though_it_touches_no_letter(reader: LineEngine) -> None:
    sheet = Sheet(210, 200).rule(15, 10, 195, 10, 0.6).rule(15, 190, 195, 190, 0.6)
    for row in range(4):
        sheet.write(25, 30 + 9 * row, "Hợp tác xã Nông").write(63.5, 30 + 9 * row, "nghiệp và Dịch vụ Hòa Thuận")
    sheet.rule(62.4, 5, 62.4, 160, 0.2)

    reading = read_page(sheet.page(), reader)

    assert reading.text.splitlines() == ["Hợp tác xã Nông nghiệp và Dịch vụ Hòa Thuận"] * 4


def test_a_streak_across_a_table_adds_no_cells(reader: LineEngine) -> None:
    rows = [60.0 + 12 * row for row in range(9)]
    sheet = Sheet(210, 200).grid([25, 100, 185], rows)
    for row in range(8):
        sheet.write(28, 63 + 12 * row, "Chỉ tiêu chất lượng sản phẩm").write(104, 63 + 12 * row, "Không phát hiện")
    sheet.rule(55, 5, 55, 195, 0.2)

    reading = read_page(sheet.page(), reader)

    assert [len(table.cells) for table in reading.tables] == [16]


def test_a_rule_between_two_columns_is_no_streak() -> None:
    sheet = Sheet(210, 200)
    for row in range(15):
        sheet.write(20, 20 + 8 * row, "Bên giao hàng cam kết đủ số lượng").write(
            112, 20 + 8 * row, "và đúng chất lượng như mẫu"
        )
    sheet.rule(108, 15, 108, 150)

    ink = ink_on(sheet)

    assert not find_streaks(ink, find_rules(ink)).any()


def test_the_rules_of_a_table_are_no_streaks_though_text_touches_them() -> None:
    rows = [40.0 + 10 * row for row in range(11)]
    sheet = Sheet(210, 200).grid([25, 60, 185], rows)
    for row in range(10):
        sheet.write(26, 42 + 10 * row, "Nguồn nguyên liệu").write(60.2, 42 + 10 * row, "Hợp tác xã")

    ink = ink_on(sheet)

    assert not np.any(find_streaks(ink, find_rules(ink)))


def test_a_streak_that_ends_at_a_frame_parts_no_certificate(reader: LineEngine) -> None:
    sheet = letter().rule(15, 15, 195, 15).rule(195, 15, 195, 280).rule(195, 280, 15, 280).rule(15, 280, 15, 15)
    sheet.rule(71, 2, 71.2, 280, 0.2)

    reading = read_page(sheet.page(), reader)

    assert reading.tables == ()
    assert len(reading.text.splitlines()) == 12
