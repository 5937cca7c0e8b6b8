"""read_page: one page image → everything that stands on it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Protocol

import numpy as np

from extraction.engines import LineEngine, Remembering
from extraction.flattening import Placed, sheet_in
from extraction.geometry import area, as_scanned, on_page, with_boxes
from extraction.grain import without_grain
from extraction.layout.components import union
from extraction.layout.order import Item, reading_order, sheets_of
from extraction.layout.page import Layout, page_layout
from extraction.linereading import ReadLine, read_line
from extraction.negatives import positive
from extraction.orientation import likely_turn, rotation_of
from extraction.pages import Outline, PageImage
from extraction.preprocessing import brought_out, is_blank, skew_degrees, straightened
from extraction.readings import Box, PageKind, PageReading, PageSource, Table, Tick, Word
from extraction.resolution import believable
from extraction.second_opinion import SecondOpinion

COARSE_DPI = 140.0  # pages below this are enlarged for reading
LARGEST = 20_000_000  # pixels to which a page is enlarged at most: A3 at 300 dpi is 17 million
FRAMED_LINES, FRAMED_SHARE = 2, 0.7  # lines in a frame at least; the share of it that its one cell takes
FRAME_CELLS, FRAMED_PAGE = 9, 0.5  # of a page's frame at most, and the share of the page that it takes at least
ALL_BUT_A_STAMP, HALF_FRAMED = 0.8, 0.5  # share of the lines in one cell; of the frame that this cell takes then
BORDER_SHARE, BORDER_WIDE, FEWEST_ORNAMENTS = 0.14, 0.01, 12  # of the width: where a frame is, how wide; its signs
WITHIN, WIDER = 0.85, 1.5  # of a word's width is in its cell; times the usual blank is the one between two cells
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


class _Desk:
    """The page that is being read. Each step puts another picture of it in place of the last, which is let go of.

    While a layout is made, nothing else needs to hold the page if it can be made `again`.
    """

    def __init__(self, page: PageImage, again: Callable[[], PageImage] | None) -> None:
        self.page: PageImage | None = page
        self.outline, self.again = page.outline, again
        self.rotation, self.skew = 0, 0.0

    def whole(self) -> PageImage:
        """The page as it is turned now."""
        if self.page is None:
            assert self.again is not None  # or it had not been let go of
            self.page = self.again().turned(self.rotation)
        return self.page

    def turn(self, degrees: int, skew: float | None = None) -> None:
        """Turn the page clockwise; `skew`, by which it then falls, is measured if not given."""
        self.page = self.whole().turned(degrees)
        self.outline = self.page.outline
        self.rotation = (self.rotation + degrees) % 360
        self.skew = skew_degrees(self.page) if skew is None else skew

    def layout(self) -> Layout:
        return page_layout(straightened(self.once(), self.skew))  # which alone holds the straightened page

    def once(self) -> PageImage:
        """The page as it is turned now, let go of at once if it can be made again."""
        page = self.whole()
        if self.again is not None:
            self.page = None
        return page


def read_page(
    page: PageImage,
    engine: LineEngine,
    second: SecondOpinion | None = None,
    *,
    written: bool = False,
    again: Callable[[], PageImage] | None = None,
) -> PageReading:
    """Words, cells and ticks of a page in reading order; its kind stays open (`other`, or `blank`).

    `second` looks again at the words it doubts. `written`: the page is known not to be blank. `again` makes the same
    page once more, so that less memory need be held: it is seldom called.

    Boxes are pixels of the page as given, turned upright by `rotation` but not straightened. Never raises for what
    the pixels are.
    """
    if min(page.width, page.height) < LEAST_SIDE:
        return blank_reading(page)
    scanned, levels = page.outline, page.palest
    flat, placed = _flat(page)
    del page
    if (placed is not None or not written) and is_blank(flat):
        return blank_reading(flat if placed is None else scanned)
    outline, flat = flat.outline, _legible(flat)
    desk = _Desk(flat, None if again is None else lambda: _legible(_flat(again())[0]))
    del flat
    reading = _read_written(desk, Remembering(engine))
    if outline.dpi < COARSE_DPI:
        reading = _shrunk_back(reading, outline)
    if placed is not None:
        reading = placed.on_picture(reading, scanned)
    return reading if second is None else second.of(reading, levels)


def _flat(page: PageImage) -> tuple[PageImage, Placed | None]:
    """The page as a scanner would have taken it, and where it lies if the picture is a photo of it."""
    sheet = sheet_in(page)
    return (without_grain(believable(page)), None) if sheet is None else (sheet.flat, sheet.placed)


def _legible(page: PageImage) -> PageImage:
    """The page with dark print on light ground, pale print made dark, enlarged where it is coarse."""
    page = brought_out(positive(page))
    if page.dpi >= COARSE_DPI:
        return page
    most = (LARGEST / (page.width * page.height)) ** 0.5
    return page.scaled(max(1.0, min(4.0, most, 2 * COARSE_DPI / page.dpi)))


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


def _read_written(desk: _Desk, engine: LineEngine) -> PageReading:
    """The reading of a page that is not blank. `engine` remembers the lines that told which way up the page is."""
    desk.turn(*likely_turn(desk.whole()))
    layout = desk.layout()
    further = rotation_of(desk.once, engine, layout, desk.rotation)
    if further:
        del layout  # before another is made
        desk.turn(further)
        layout = desk.layout()
    reading = _read_straight(desk.outline, layout, engine)
    reading = reading.model_copy(update={"rotation": desk.rotation, "skew_degrees": desk.skew})
    width, height = reading.width, reading.height
    return with_boxes(reading, lambda boxes: [on_page(box, width, height) for box in as_scanned(boxes, reading)])


def _read_straight(page: Outline, layout: Layout, engine: LineEngine) -> PageReading:
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
    gutters = [_scaled(box, layout.scale) for box in layout.gutters]
    return assembled(found, lines, [_scaled_table(table, layout.scale) for table in layout.tables], gutters)


def assembled(
    page: PageReading, lines: Sequence[ReadLine], tables: Sequence[Table], gutters: Sequence[Box] = ()
) -> PageReading:
    """The page with its words and text in reading order and its tables filled. Lines in any order.

    `gutters`: upright lines drawn between columns of text.
    """
    lines = _without_borders(lines, tables, page.width)
    free, inside = _shared_out(lines, tables)
    whole = page.width * page.height
    framed = [_is_frame(table, cells, whole) for table, cells in zip(tables, inside, strict=True)]
    if any(framed):
        tables = [table for table, frame in zip(tables, framed, strict=True) if not frame]
        free, inside = _shared_out(lines, tables)
    filled = [_filled(table, cells) for table, cells in zip(tables, inside, strict=True)]
    text, words = _in_order(free, filled, inside, (page.width, page.height), gutters)
    return page.model_copy(update={"text": text, "words": words, "tables": tuple(filled)})


def _without_borders(lines: Sequence[ReadLine], tables: Sequence[Table], width: int) -> Sequence[ReadLine]:
    """The lines without the ornaments of a frame that were read as signs: one above the other on both of its sides.

    A score sheet's column of points is on one side only, and in a table.
    """
    edge = BORDER_SHARE * width
    tabled = [table.box for table in tables if len(table.cells) > FRAME_CELLS]
    lone = [each for each in lines if len(each.text) == 1 and not any(_contains(box, *_middle(each)) for box in tabled)]
    sides = (
        _one_above_the_other([each for each in lone if each.box[2] < edge], width),
        _one_above_the_other([each for each in lone if each.box[0] > width - edge], width),
    )
    if not all(sides):
        return lines
    ornaments = {id(each) for side in sides for each in side}
    return [each for each in lines if id(each) not in ornaments]


def _one_above_the_other(lines: Sequence[ReadLine], width: int) -> list[ReadLine]:
    """Those in a narrow column of at least so many as a frame has ornaments."""
    middles = np.array([_middle(each)[0] for each in lines])
    near = (np.abs(middles[:, None] - middles[None]) <= BORDER_WIDE * width).sum(1) >= FEWEST_ORNAMENTS
    return [each for each, found in zip(lines, near.tolist(), strict=True) if found]


def _middle(line: ReadLine) -> tuple[float, float]:
    return (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2


def _scaled(box: Box, scale: float) -> Box:
    return round(box[0] * scale), round(box[1] * scale), round(box[2] * scale), round(box[3] * scale)


CellLines = dict[int, list[ReadLine]]  # index of a cell → the lines in it


def _scaled_table(table: Table, scale: float) -> Table:
    cells = tuple(cell.model_copy(update={"box": _scaled(cell.box, scale)}) for cell in table.cells)
    return Table(box=_scaled(table.box, scale), cells=cells)


def _shared_out(lines: Sequence[ReadLine], tables: Sequence[Table]) -> tuple[list[ReadLine], list[CellLines]]:
    """Lines outside of all tables, and for each table its cells' lines. A line belongs where its middle lies.

    Of a table in the frame of another, the lines are its own.
    """
    free: list[ReadLine] = []
    inside: list[CellLines] = [{} for _ in tables]
    smallest_first = sorted(zip(tables, inside, strict=True), key=lambda each: area(each[0].box))
    by_size = [table for table, _ in smallest_first]
    for line in (part for each in lines for part in _cut_at_cells(each, by_size)):
        x, y = _middle(line)
        for table, cells in smallest_first:
            cell = next((i for i, cell in enumerate(table.cells) if _contains(cell.box, x, y)), None)
            if cell is not None:
                cells.setdefault(cell, []).append(line)
                break
        else:
            free.append(line)
    return free, inside


def _cut_at_cells(line: ReadLine, tables: Sequence[Table]) -> list[ReadLine]:
    """The line, or its parts where its words stand in cells beside one another, between which the rule was not seen."""
    table = next((table for table in tables if _contains(table.box, *_middle(line))), None)
    if table is None or len(line.words) < 2 or len(table.cells) <= FRAME_CELLS:
        return [line]
    if any(_holds_most(cell.box, line.box) for cell in table.cells):
        return [line]
    cells = [
        next((i for i, cell in enumerate(table.cells) if _holds_most(cell.box, word.box)), None) for word in line.words
    ]
    if None in cells or len(set(cells)) == 1:
        return [line]
    gaps = [
        (after.box[0] - before.box[2], cells[at] == cells[at + 1])
        for at, (before, after) in enumerate(pairwise(line.words))
    ]
    within = [gap for gap, same in gaps if same]
    usual = float(np.median(within)) if within else line.letter / 2
    if any(gap < WIDER * usual for gap, same in gaps if not same):
        return [line]  # a rule through the words of a line is none
    groups = [[line.words[at] for at, _ in group] for _, group in groupby(enumerate(cells), key=lambda each: each[1])]
    return [replace(line, box=union([word.box for word in words]), words=tuple(words)) for words in groups]


def _holds_most(cell: Box, word: Box) -> bool:
    """Whether a word stands in a cell but for a letter's edge."""
    across = min(cell[2], word[2]) - max(cell[0], word[0])
    return across >= WITHIN * (word[2] - word[0]) and cell[1] <= (word[1] + word[3]) / 2 < cell[3]


def _is_frame(table: Table, inside: CellLines, page: int) -> bool:
    """Whether it only frames what stands in its one large cell, as certificates and labels are framed.

    `page`: its area. A frame around all of it may be of several lines, or a signature's line parts it in two.
    """
    if area(table.box) >= FRAMED_PAGE * page and len(table.cells) <= FRAME_CELLS:
        largest = max(area(cell.box) for cell in table.cells)
        one_column = len({(cell.col, cell.col_span) for cell in table.cells}) == 1
        said = sum(map(len, inside.values()))
        alone = max(map(len, inside.values()), default=0) >= ALL_BUT_A_STAMP * said  # a stamp's sides cut the frame
        least = HALF_FRAMED if alone and said >= FRAMED_LINES else FRAMED_SHARE
        return one_column or largest >= least * area(table.box)
    if len(inside) != 1:
        return False
    ((cell, lines),) = inside.items()
    return len(lines) >= FRAMED_LINES and area(table.cells[cell].box) >= FRAMED_SHARE * area(table.box)


def _contains(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _ordered(lines: Sequence[ReadLine]) -> list[list[ReadLine]]:
    """Printed rows of lines in reading order."""
    return [[lines[key] for key in row] for row in reading_order(_items(lines))]


def _items(lines: Sequence[ReadLine]) -> list[Item]:
    return [Item(line.box, key, line.letter, label=line.text.endswith(":")) for key, line in enumerate(lines)]


def _row_text(row: Sequence[ReadLine]) -> str:
    return " ".join(line.text for line in row)


def _filled(table: Table, inside: CellLines) -> Table:
    texts = {i: "\n".join(_row_text(row) for row in _ordered(lines)) for i, lines in inside.items()}
    cells = tuple(cell.model_copy(update={"text": texts.get(i, "")}) for i, cell in enumerate(table.cells))
    return table.model_copy(update={"cells": cells})


def _in_order(
    free: list[ReadLine],
    tables: Sequence[Table],
    inside: list[CellLines],
    size: tuple[int, int],
    gutters: Sequence[Box],
) -> tuple[str, tuple[Word, ...]]:
    """The page's text and words: rows of free lines, and each table where it stands, row by row and cell by cell."""
    items = _items(free)
    items += [
        Item(_occupied(table, cells), -1 - i, 1.0, whole=True)
        for i, (table, cells) in enumerate(zip(tables, inside, strict=True))
    ]
    rows: list[str] = []
    words: list[Word] = []
    for keys in (keys for sheet in sheets_of(items, *size) for keys in reading_order(sheet, gutters)):
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


def _shrunk_back(reading: PageReading, page: Outline) -> PageReading:
    """A reading of the enlarged page in pixels of the page itself."""
    lying = reading.rotation in (90, 270)
    width, height = (page.height, page.width) if lying else (page.width, page.height)
    factor = width / reading.width
    sized = reading.model_copy(update={"width": width, "height": height, "dpi": page.dpi})
    return with_boxes(sized, lambda boxes: [on_page(_scaled(box, factor), width, height) for box in boxes])
