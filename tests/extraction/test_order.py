"""Reading order: what a person reads first, block by block, row by row."""

import pytest

from extraction.layout.order import Item, reading_order, sheets_of


def item(key: int, left: int, top: int, right: int, height: int = 30) -> Item:
    return Item((left, top, right, top + height), key, letter=15)


def test_a_head_of_two_centred_columns_is_read_column_by_column() -> None:
    left = [item(0, 100, 10, 400), item(1, 180, 60, 320)]
    right = [item(2, 600, 10, 1100), item(3, 680, 60, 1020)]
    below = [item(4, 100, 150, 1100)]

    assert reading_order([*left, *right, *below]) == [[0], [1], [2], [3], [4]]


def test_rows_of_a_form_are_read_across() -> None:
    items = [item(0, 100, 10, 300), item(1, 600, 10, 900), item(2, 100, 60, 400), item(3, 600, 60, 700)]

    assert reading_order(items) == [[0, 1], [2, 3]]


def test_a_left_column_may_reach_past_the_middle_of_the_gap_that_its_first_line_leaves() -> None:
    """“ỦY BAN TIÊU CHUẨN ĐO / LƯỜNG CHẤT LƯỢNG QUỐC GIA” beside the national motto."""
    left = [Item((484, 283, 1064, 334), 0, 32), Item((392, 340, 1156, 398), 1, 32)]
    right = [Item((1247, 284, 2165, 337), 2, 32), Item((1388, 351, 2024, 403), 3, 32)]

    assert reading_order([*left, *right]) == [[0], [1], [2], [3]]


def test_names_below_the_room_for_signatures_belong_to_their_columns() -> None:
    titles = [item(0, 120, 0, 340), item(3, 620, 0, 840)]
    notes = [item(1, 115, 30, 345), item(4, 618, 30, 842)]
    names = [item(2, 180, 230, 280), item(5, 670, 230, 790)]

    assert reading_order([*titles, *notes, *names]) == [[0], [1], [2], [3], [4], [5]]


def test_two_who_sign_are_read_one_after_the_other_where_all_their_lines_are_as_wide_as_one_another() -> None:
    """“ĐẠI DIỆN BÊN B | ĐẠI DIỆN BÊN A”, how to sign, and names that begin and end where the titles do."""
    titles = [Item((600, 1748, 993, 1806), 0, 35), Item((1605, 1737, 1997, 1796), 3, 35)]
    notes = [Item((618, 1815, 978, 1862), 1, 35), Item((1617, 1804, 1987, 1859), 4, 35)]
    names = [Item((610, 2159, 997, 2217), 2, 35), Item((1619, 2155, 1993, 2206), 5, 35)]

    assert reading_order([*titles, *notes, *names]) == [[0], [1], [2], [3], [4], [5]]


def test_rows_set_to_tab_stops_are_read_across_after_white_too() -> None:
    items = [item(0, 100, 0, 300), item(1, 600, 0, 800), item(2, 100, 200, 340), item(3, 600, 200, 700)]

    assert reading_order(items) == [[0, 1], [2, 3]]


def test_a_table_stands_in_the_order_as_a_whole() -> None:
    table = Item((100, 100, 900, 400), -1, 1.0, whole=True)

    assert reading_order([item(1, 100, 450, 500), table, item(0, 100, 20, 500)]) == [[0], [-1], [1]]


def test_words_of_a_narrow_justified_cell_are_read_across() -> None:
    items = [item(0, 0, 0, 60), item(1, 240, 0, 300), item(2, 0, 40, 70), item(3, 200, 40, 300)]

    assert reading_order(items) == [[0, 1], [2, 3]]


def test_figures_at_the_right_are_read_with_their_rows() -> None:
    widths = (100, 60, 80, 110, 70, 90, 60)
    items = [item(row, 0, 40 * row, 200 + 30 * (row % 3)) for row in range(7)]
    items += [item(10 + row, 500 - wide, 40 * row, 500) for row, wide in enumerate(widths)]

    assert reading_order(items) == [[row, 10 + row] for row in range(7)]


def test_the_numbers_of_a_list_are_read_with_its_entries() -> None:
    numbers = [item(row, 0, 40 * row, 18 + row) for row in (0, 3, 6)]
    entries = [item(10 + row, 60, 40 * row, 400 - 20 * row) for row in range(7)]

    assert reading_order([*numbers, *entries]) == [[0, 10], [11], [12], [3, 13], [14], [15], [6, 16]]


@pytest.mark.parametrize(("size", "sheets"), [((1600, 1130), 2), ((1600, 2260), 1)])
def test_two_pages_on_a_lying_picture_are_read_one_after_the_other(size: tuple[int, int], sheets: int) -> None:
    left = [Item((100, 60 + 40 * row, 700, 90 + 40 * row), row, 20.0) for row in range(20)]
    right = [Item((880, 70 + 40 * row, 1500, 100 + 40 * row), 20 + row, 20.0) for row in range(18)]

    parts = sheets_of([*right, *left], *size)

    assert len(parts) == sheets
    if sheets == 2:
        assert [{item.key for item in part} for part in parts] == [set(range(20)), set(range(20, 38))]


def test_a_line_across_the_middle_makes_one_page_of_a_lying_picture() -> None:
    rows = [
        Item((x, 60 + 40 * row, x + 600, 90 + 40 * row), 2 * row + at, 20.0)
        for row in range(20)
        for at, x in enumerate((100, 880))
    ]

    assert sheets_of([*rows, Item((300, 10, 1300, 40), 99, 20.0)], 1600, 1130)[0][-1].key == 99


def test_columns_with_a_line_drawn_between_them_are_read_one_after_the_other() -> None:
    """Though their rows stand at the same heights, as those of a form do that is read across."""
    left = [Item((100, 60 + 40 * row, 500 - 60 * (row % 3), 90 + 40 * row), row, 20.0) for row in range(6)]
    right = [Item((700, 60 + 40 * row, 1100 - 70 * (row % 2), 90 + 40 * row), 10 + row, 20.0) for row in range(6)]
    below = Item((100, 320, 1100, 350), 99, 20.0)
    across = [[row, 10 + row] for row in range(6)]

    assert reading_order([*left, *right, below]) == [*across, [99]]
    assert reading_order([*left, *right, below], [(600, 50, 603, 300)]) == [
        *([row] for row in range(6)),
        *([10 + row] for row in range(6)),
        [99],
    ]


def test_columns_of_prose_are_read_one_after_the_other_wherever_their_lines_stand() -> None:
    """They fill their columns from side to side, but for the last of a paragraph."""
    left = [item(row, 0, 40 * row, 200 if row == 3 else 400) for row in range(6)]
    for off in (0, 12, 20):
        right = [item(10 + row, 450, 40 * row + off, 650 if row == 5 else 850) for row in range(6)]
        assert reading_order([*left, *right]) == [*([row] for row in range(6)), *([10 + row] for row in range(6))]


def test_values_of_more_lines_than_their_labels_are_read_with_them() -> None:
    """“(732) Chủ Giấy chứng nhận: | Công ty … / tỉnh …”."""
    labels = [Item((0, 40 * row, 160 + 20 * row, 40 * row + 30), row, 15, label=True) for row in (0, 1, 2, 6)]
    values = [item(10 + row, 300, 40 * row, 500 + 30 * row) for row in range(6)]

    assert reading_order([*labels, *values]) == [[0, 10], [1, 11], [2, 12], [13], [14], [15], [6]]


def test_three_who_sign_are_read_one_after_the_other() -> None:
    columns = [
        [item(key, middle - 70, 0, middle + 70), item(key + 1, middle - 60, 40, middle + 60),
         item(key + 2, middle - 80, 200, middle + 80)]
        for key, middle in ((0, 200), (3, 700), (6, 1200))
    ]  # fmt: skip

    assert reading_order([each for column in columns for each in column]) == [[key] for key in range(9)]


def test_a_head_is_parted_where_little_white_is_left_between_its_longest_lines() -> None:
    """“Đơn vị báo cáo: … / ĐẠI PHAN RÍ / Địa chỉ: …” beside “Mẫu số B02 - DNN / (Ban hành theo …)”."""
    left = [item(0, 0, 0, 400), item(1, 0, 32, 180), item(2, 0, 64, 390)]
    right = [item(3, 500, 0, 640), item(4, 424, 32, 716), item(5, 428, 64, 712)]

    assert reading_order([*left, *right]) == [[0], [1], [2], [3], [4], [5]]


def test_points_in_a_narrow_column_are_read_with_their_rows() -> None:
    """“Tiện nghi …… 3 điểm”: whatever hangs below the line of the one and not of the other."""
    titles = [Item((100, 40 * row, 500 + 20 * row, 40 * row + 38), row, 15) for row in range(6)]
    points = [Item((900, 40 * row, 1000, 40 * row + 26), 6 + row, 15) for row in range(6)]

    assert reading_order([*titles, *points]) == [[row, 6 + row] for row in range(6)]
