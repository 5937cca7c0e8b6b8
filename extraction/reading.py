"""read_page: one page image → everything that stands on it."""

from collections.abc import Sequence
from typing import Protocol

from extraction.engines import LineEngine, Remembering
from extraction.flattening import sheet_in
from extraction.geometry import as_scanned, on_page, with_boxes
from extraction.layout.components import union
from extraction.layout.order import Item, reading_order
from extraction.layout.page import Layout, page_layout
from extraction.linereading import ReadLine, read_line
from extraction.negatives import positive
from extraction.orientation import likely_turn, rotation_of
from extraction.pages import PageImage
from extraction.preprocessing import is_blank, skew_degrees, straightened
from extraction.readings import Box, PageKind, PageReading, PageSource, Table, Tick, Word
from extraction.resolution import believable

COARSE_DPI = 140.0  # pages below this are enlarged for reading
LARGEST = 20_000_000  # pixels to which a page is enlarged at most: A3 at 300 dpi is 17 million
LEAST_SIDE = 24  # pixels; nothing smaller holds a letter


class Sheet(Protocol):
    """What a blank page still has."""

    @property
    def number(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def dpi(self) -> float: ...


def read_page(page: PageImage, engine: LineEngine, *, written: bool = False) -> PageReading:
    """Words, cells and ticks of a page in reading order; its kind stays open (`other`, or `blank`).

    `written`: it is known not to be blank.

    Boxes are pixels of the page as given, turned upright by `rotation` but not straightened. Never raises for what
    the pixels are.
    """
    if min(page.width, page.height) < LEAST_SIDE:
        return blank_reading(page)
    sheet = sheet_in(page)
    if sheet is not None:
        return blank_reading(page) if is_blank(sheet.flat) else sheet.on_picture(_read_sized(sheet.flat, engine), page)
    page = believable(page)
    if not written and is_blank(page):
        return blank_reading(page)
    return _read_sized(page, engine)


def _read_sized(page: PageImage, engine: LineEngine) -> PageReading:
    """The reading of a page that is not blank, enlarged for it where it is coarse."""
    page = positive(page)
    if page.dpi < COARSE_DPI:
        most = (LARGEST / (page.width * page.height)) ** 0.5
        enlarged = page.scaled(max(1.0, min(4.0, most, 2 * COARSE_DPI / page.dpi)))
        return _shrunk_back(_read_written(enlarged, engine), page)
    return _read_written(page, engine)


def blank_reading(page: Sheet) -> PageReading:
    """The reading of a page on which nothing is written."""
    return PageReading(
        number=page.number,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        source=PageSource.BLANK,
        kind=PageKind.BLANK,
    )


def _read_written(page: PageImage, engine: LineEngine) -> PageReading:
    engine = Remembering(engine)  # lines that told which way up the page is
    rotation, skew = likely_turn(page)
    page = page.turned(rotation)
    layout = page_layout(straightened(page, skew))  # which alone holds the straightened page, and lets go of it
    further = rotation_of(page, engine, layout, rotation)
    if further:
        page = page.turned(further)
        skew = skew_degrees(page)
        layout = page_layout(straightened(page, skew))
        rotation = (rotation + further) % 360
    reading = _read_straight(page, layout, engine)
    reading = reading.model_copy(update={"rotation": rotation, "skew_degrees": skew})
    width, height = reading.width, reading.height
    return with_boxes(reading, lambda boxes: [on_page(box, width, height) for box in as_scanned(boxes, reading)])


def _read_straight(page: PageImage, layout: Layout, engine: LineEngine) -> PageReading:
    """The reading of a page, boxes in pixels of the straightened page, which is as large."""
    lines = [line for line in (read_line(layout, each, engine) for each in layout.lines) if line is not None]
    empty = PageReading(
        number=page.number, width=page.width, height=page.height, dpi=round(page.dpi, 2), source=PageSource.OCR
    )
    ticks = tuple(
        Tick(box=_scaled(tick.box, layout.scale), ticked=tick.ticked, confidence=tick.confidence)
        for tick in layout.ticks
    )
    found = empty.model_copy(update={"ticks": ticks})
    return assembled(found, lines, [_scaled_table(table, layout.scale) for table in layout.tables])


def assembled(page: PageReading, lines: Sequence[ReadLine], tables: Sequence[Table]) -> PageReading:
    """The page with its words and text in reading order and its tables filled. Lines in any order."""
    free, inside = _shared_out(lines, tables)
    filled = [_filled(table, cells) for table, cells in zip(tables, inside, strict=True)]
    text, words = _in_order(free, filled, inside)
    return page.model_copy(update={"text": text, "words": words, "tables": tuple(filled)})


def _scaled(box: Box, scale: float) -> Box:
    return round(box[0] * scale), round(box[1] * scale), round(box[2] * scale), round(box[3] * scale)


CellLines = dict[int, list[ReadLine]]  # index of a cell → the lines in it


def _scaled_table(table: Table, scale: float) -> Table:
    cells = tuple(cell.model_copy(update={"box": _scaled(cell.box, scale)}) for cell in table.cells)
    return Table(box=_scaled(table.box, scale), cells=cells)


def _shared_out(lines: Sequence[ReadLine], tables: Sequence[Table]) -> tuple[list[ReadLine], list[CellLines]]:
    """Lines outside of all tables, and for each table its cells' lines. A line belongs where its middle lies."""
    free: list[ReadLine] = []
    inside: list[CellLines] = [{} for _ in tables]
    for line in lines:
        x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
        for table, cells in zip(tables, inside, strict=True):
            cell = next((i for i, cell in enumerate(table.cells) if _contains(cell.box, x, y)), None)
            if cell is not None:
                cells.setdefault(cell, []).append(line)
                break
        else:
            free.append(line)
    return free, inside


def _contains(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _ordered(lines: Sequence[ReadLine]) -> list[list[ReadLine]]:
    """Printed rows of lines in reading order."""
    items = [Item(line.box, key, line.letter) for key, line in enumerate(lines)]
    return [[lines[key] for key in row] for row in reading_order(items)]


def _row_text(row: Sequence[ReadLine]) -> str:
    return " ".join(line.text for line in row)


def _filled(table: Table, inside: CellLines) -> Table:
    texts = {i: "\n".join(_row_text(row) for row in _ordered(lines)) for i, lines in inside.items()}
    cells = tuple(cell.model_copy(update={"text": texts.get(i, "")}) for i, cell in enumerate(table.cells))
    return table.model_copy(update={"cells": cells})


def _in_order(free: list[ReadLine], tables: Sequence[Table], inside: list[CellLines]) -> tuple[str, tuple[Word, ...]]:
    """The page's text and words: rows of free lines, and each table where it stands, row by row and cell by cell."""
    items = [Item(line.box, key, line.letter) for key, line in enumerate(free)]
    items += [
        Item(_occupied(table, cells), -1 - i, 1.0, whole=True)
        for i, (table, cells) in enumerate(zip(tables, inside, strict=True))
    ]
    rows: list[str] = []
    words: list[Word] = []
    for keys in reading_order(items):
        if keys[0] < 0:
            number = -1 - keys[0]
            rows.append(table_text(tables[number]))
            for cell in range(len(tables[number].cells)):
                for row in _ordered(inside[number].get(cell, [])):
                    words.extend(word for line in row for word in line.words)
        else:
            rows.append(_row_text([free[key] for key in keys]))
            words.extend(word for key in keys for word in free[key].words)
    return "\n".join(row for row in rows if row), tuple(words)


def _occupied(table: Table, inside: CellLines) -> Box:
    return union([table.box, *(line.box for lines in inside.values() for line in lines)])


def table_text(table: Table) -> str:
    """A table as text: a line a row, tabs between its cells, a cell's own lines joined by blanks."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
    return "\n".join("\t".join(text for text in row if text) for _, row in sorted(rows.items()) if any(row))


def _shrunk_back(reading: PageReading, page: PageImage) -> PageReading:
    """A reading of the enlarged page in pixels of the page itself."""
    lying = reading.rotation in (90, 270)
    width, height = (page.height, page.width) if lying else (page.width, page.height)
    factor = width / reading.width
    sized = reading.model_copy(update={"width": width, "height": height, "dpi": page.dpi})
    return with_boxes(sized, lambda boxes: [on_page(_scaled(box, factor), width, height) for box in boxes])
