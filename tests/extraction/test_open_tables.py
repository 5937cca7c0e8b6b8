"""Tables with level lines alone: white parts their columns, and their cells are read like any other's."""

from extraction.engines import LineEngine
from extraction.layout.page import page_layout
from extraction.reading import read_page
from tests.extraction.sheets import Sheet

ROWS = [
    ("TT", "Tiêu chí", "Giải trình"),
    ("1", "Tạp chất", "Không lẫn tạp chất"),
    ("2", "Màu nước", "Xanh vàng, trong"),
    ("3", "Mùi nước", "Hương cốm non"),
    ("4", "Vị nước", "Chát dịu"),
]
LEFT, RIGHT, TOP, HIGH = 20.0, 190.0, 40.0, 12.0
COLUMNS = (22.0, 40.0, 100.0)


def ruled(rows: list[tuple[str, ...]], *, head: bool = False) -> Sheet:
    """Texts in three columns, a level line above and below each row; with the first row ruled all around, or not."""
    sheet = Sheet()
    for at in range(len(rows) + 1):
        sheet.rule(LEFT, TOP + at * HIGH, RIGHT, TOP + at * HIGH, 0.25)
    for x in (LEFT, 38.0, 98.0, RIGHT) if head else ():
        sheet.rule(x, TOP, x, TOP + HIGH, 0.25)
    for at, row in enumerate(rows):
        for x, text in zip(COLUMNS, row, strict=True):
            if text:
                sheet.write(x, TOP + at * HIGH + 3, text)
    return sheet


def test_white_parts_the_columns_of_a_table_without_upright_lines(reader: LineEngine) -> None:
    (table,) = read_page(ruled(ROWS).page(), reader).tables

    assert [cell.text for cell in table.cells] == [text for row in ROWS for text in row]
    assert {(cell.row, cell.col) for cell in table.cells} == {(row, col) for row in range(5) for col in range(3)}


def test_the_columns_of_a_ruled_head_are_those_of_the_open_rows_below(reader: LineEngine) -> None:
    rows = [*ROWS[:2], ("", "Nhóm 6. CHỈ TIÊU CẢM QUAN CỦA SẢN PHẨM", ""), *ROWS[2:]]

    (table,) = read_page(ruled(rows, head=True).page(), reader).tables

    texts = {(cell.row, cell.col): cell.text for cell in table.cells}
    assert [texts[1, col] for col in range(3)] == list(ROWS[1])
    assert texts[2, 1] == "Nhóm 6. CHỈ TIÊU CẢM QUAN CỦA SẢN PHẨM"
    assert [texts[5, col] for col in range(3)] == list(ROWS[4])


def test_a_text_that_reaches_close_to_the_next_column_stays_apart_from_it(reader: LineEngine) -> None:
    rows = [*ROWS[:3], ("3", "Mùi nước pha lần hai và ba", "Hương cốm"), ROWS[4]]

    (table,) = read_page(ruled(rows, head=True).page(), reader).tables

    assert [cell.text for cell in table.cells if cell.row == 3] == list(rows[3])


def test_rows_whose_line_is_worn_away_are_parted_by_their_figures(reader: LineEngine) -> None:
    rows = [
        *[("6.1 Tạp chất", "2 đ"), ("6.2 Màu sắc", "3 đ"), ("6.3 Mùi", "1 đ"), ("7 Tính độc đáo", "3 đ")],
        ("8 Hướng dẫn sử dụng để đảm bảo sản phẩm có chất lượng cho người dùng", "2 đ"),
        ("9 Cơ hội", "1 đ"),
    ]
    sheet = Sheet()
    for at, (title, points) in enumerate(rows):
        sheet.write(22, TOP + at * HIGH + 3, title).write(178, TOP + at * HIGH + 3, points)
    for at in (0, 1, 2, 4, 5, 6):  # none between the third row and the fourth
        sheet.rule(LEFT, TOP + at * HIGH, RIGHT, TOP + at * HIGH, 0.25)

    (table,) = read_page(sheet.page(), reader).tables

    assert [cell.text for cell in table.cells] == [text for row in rows for text in row]


def test_lines_to_write_on_and_underlined_headings_are_no_table() -> None:
    sheet = Sheet()
    for at in range(6):
        sheet.write(20, 40 + 14 * at, "Mô tả sản phẩm của chủ thể tham gia đánh giá").rule(
            20, 50 + 14 * at, 190, 50 + 14 * at, 0.25
        )

    assert page_layout(sheet.page()).tables == ()
