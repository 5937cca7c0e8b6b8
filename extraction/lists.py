"""Tables that list things, goods or tests: told from forms that are drawn as tables."""

import re
from collections import Counter
from collections.abc import Sequence

from extraction.lines import around
from extraction.readings import Box, Cell, Table

LONG_NUMBER = re.compile(r"\d[\d .\-/]{3,}")
LEAST_COLUMNS, LEAST_FILLED = 5, 4  # of the table; of one of its rows


def is_list(table: Table) -> bool:
    """Whether the table has rows of more cells than a form's: cells of two and of three to a row make six columns."""
    beside = Counter(row for cell in table.cells for row in range(cell.row, cell.row + cell.row_span))
    return max(beside.values(), default=0) >= LEAST_COLUMNS


def rows_of_lists(tables: Sequence[Table]) -> list[Box]:
    """Heads and rows of lists: the names of their columns are no labels."""
    return [box for table in tables if is_list(table) for box in _filled_rows(table)]


def _filled_rows(table: Table) -> list[Box]:
    """The rows that have something in most columns; a colon is that of a form's label."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    texts = {row: [cell.text for cell in cells if cell.text.strip()] for row, cells in rows.items()}
    return [
        around(cell.box for cell in cells)
        for row, cells in rows.items()
        if len(texts[row]) >= LEAST_FILLED and not any(":" in text for text in texts[row])
    ]


def has_codes_beside(table: Table, column: int) -> bool:
    """Whether all rows but the head hold nothing but a long number beside this column: a list of things and codes."""
    others = [cell for cell in table.cells if cell.col != column]
    return bool(others) and all(bool(cell.row) == bool(LONG_NUMBER.fullmatch(cell.text.strip())) for cell in others)
