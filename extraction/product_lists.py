"""Products listed in a table of Mẫu số 01, one a row, with sector, group and sub-group in columns."""

from collections.abc import Sequence

from extraction import values
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import around, parted
from extraction.readings import Box, Cell, FieldReading, PageReading, Table

COLUMNS: dict[str, tuple[str, ...]] = {
    "product.name": ("ten san pham", "san pham", "ten san pham dang ky", "ten san pham dich vu", "ten sp"),
    "product.sector": ("nganh", "nganh hang", "nganh san pham"),
    "product.group": ("nhom", "nhom san pham"),
    "product.subgroup": ("phan nhom", "phan nhom san pham"),
}
SEVERAL = "Phiếu liệt kê nhiều sản phẩm; kiểm tra sản phẩm của hồ sơ này."


def listed_products(page: PageReading) -> tuple[list[FieldReading], list[Box]]:
    """What the list says, and where it stands. Of several products only what all have in common is sure."""
    fields: list[FieldReading] = []
    boxes: list[Box] = []
    for table in page.tables:
        head = _head_of(table)
        if head is None:
            continue
        row, columns = head
        below = [cell for cell in table.cells if cell.row >= row]
        boxes.append(around(cell.box for cell in below))
        for name, column in columns.items():
            cells = [cell for cell in below if cell.row > row and cell.col == column and fold(cell.text)]
            fields += _column(page, name, cells)
    return fields, boxes


def _head_of(table: Table) -> tuple[int, dict[str, int]] | None:
    """The row that names the columns, and the column of each field; None where it lists goods of another kind."""
    for row in sorted({cell.row for cell in table.cells}):
        cells = [(fold(cell.text), cell.col) for cell in table.cells if cell.row == row]
        columns = {name: col for name, heads in COLUMNS.items() for text, col in cells if text in heads}
        if "product.name" in columns and len(columns) > 1:
            return row, columns
    return None


def _column(page: PageReading, name: str, cells: Sequence[Cell]) -> list[FieldReading]:
    """One reading where all rows say the same, else one a row, each in doubt."""
    found: list[FieldReading] = []
    for cell in cells:
        words = list(parted(word for word in page.words if holds(cell.box, word.box)))
        field = reading_of(name, values.text, words, page.number, cell.box)
        found += [field] if field is not None else []
    if len({field.value for field in found}) <= 1:
        return found[:1]
    return [field.model_copy(update={"needs_review": True, "reason": field.reason or SEVERAL}) for field in found]
