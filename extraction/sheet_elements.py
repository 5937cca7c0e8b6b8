"""The paragraphs of Phụ lục II as a page prints them: rows of its table, or lines, each with its place and points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extraction.folding import fold
from extraction.geometry import Floats, held, holds, middles
from extraction.lines import PAGE_NUMBER, Line, around, lines_of
from extraction.readings import Box, Cell, PageReading, Table, Tick, Word
from extraction.typed_boxes import with_typed_boxes

LEADING_MARK = re.compile(r"^[\s\[\](){}|lIUuVvXxOo0□☐☑✓√DCL.\-–]{0,3}\s+(?=\S)")
CODE_START = re.compile(r"^\(?(\d{1,2}(?:\.\d{1,2}){0,2})[.)]?\s+")
MARK = re.compile(r"\s*[xX×vV✓✔√]\s*")
POINTS_ONLY = re.compile(
    r"^\d{1,3}\s*[*#⁴³²¹'\"]{0,5}(?:\s*(?:đ|điểm))?$"
)  # stars are small: one may be read as a raised figure
FIGURE = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,2}[.)]?|[-–A-C]")  # alone in a line: points, codes, dust
CODE = re.compile(r"\d{1,2}\.\d{1,2}[.)]?")
NOT_OPTIONS = ("tong cong", "tong so diem", "tong diem", "ghi chu", "y kien", "nguoi danh gia", "ho so bi loai")
COLUMN_HEADS = ("cac tieu chi", "tieu chi", "noi dung tieu chi", "noi dung", "cac tieu chi thang diem")
POINTS_COLUMN = 0.7  # of the width of the page, or the column: further right stand the points
OPTION_TEXT = 8  # folded signs of an option, at least
MOST_LEAKED = 0.15
BULLET = re.compile(r"[+•◦▪*–-]\s+\S")
COLUMN_LINES, COLUMN_JUMP = 8, 0.3  # lines of each of two columns at least; of the page's height, from one to the next
FEWEST_LISTED = 2  # options behind bullets
FEW_OF_TEXT = 6  # one of so many lines of a column at least is longer than points are
FEW_FURTHER_LEFT = 10  # one of so many lines of a column may begin further left: what stands below both columns
COLUMN_MARGIN = 24  # of the page's width, how far before a column's lines it begins: boxes stand there


@dataclass(frozen=True)
class Element:
    """A printed paragraph of the table: a title, an option, a note."""

    page: int
    text: str
    folded: str
    box: Box  # of the paragraph
    row: Box  # of its table row, all columns
    first: Box  # of its first word: beside the box, so that a slanting page does not matter
    confidence: float
    points: str | None  # what stands in the points column
    mark: Box | None = None  # a cell of the row that holds but a mark: “x”


def elements_of(page: PageReading) -> list[Element]:
    """Table rows where ruled cells were found, else paragraphs of lines; top to bottom."""
    page = with_typed_boxes(page)
    places = middles([word.box for word in page.words])
    inside = [table for table in page.tables if len(table.cells) >= 6 and not _leaks(table, places)]
    found: list[Element] = []
    for table in inside:
        rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(cell)
        for _, cells in sorted(rows.items()):
            ordered = sorted(cells, key=lambda cell: cell.col)
            parts: list[Element] = []
            for told in _telling(page, ordered):
                words = [page.words[at] for at in held(told.box, places).nonzero()[0].tolist()]
                parts += _paragraphs_of(page, told, words, around(cell.box for cell in ordered), ordered[-1].text)
            mark = next((cell.box for cell in ordered if MARK.fullmatch(cell.text)), None)
            found += [replace(parts[0], mark=mark)] if len(parts) == 1 else parts
    if inside:
        top, bottom = min(table.box[1] for table in inside), max(table.box[3] for table in inside)
        outside = [each for each in _line_paragraphs(page) if not top <= (each.box[1] + each.box[3]) / 2 <= bottom]
        return _merged(found, outside)
    return _line_paragraphs(page)


def _merged(tabled: Sequence[Element], others: Sequence[Element]) -> list[Element]:
    """Those of tables among the others, from top to bottom; those of a table above two columns before both."""
    merged: list[Element] = []
    rest = sorted(tabled, key=lambda element: element.box[1])
    for element in others:
        while rest and rest[0].box[1] < element.box[1]:
            merged.append(rest.pop(0))
        merged.append(element)
    return merged + rest


def _telling(page: PageReading, row: Sequence[Cell]) -> list[Cell]:
    """The cell with most of a row's text; behind a title with a long note, also the one with the options' boxes."""
    widest = max(row, key=lambda cell: len(cell.text))
    boxed = [cell for cell in row if any(holds(cell.box, tick.box) for tick in page.ticks)]
    if widest in boxed:
        return [widest]
    return [widest, *(cell for cell in boxed if len(fold(cell.text)) >= OPTION_TEXT)]


def joined_over_pages(elements: Sequence[Element]) -> list[Element]:
    """The sheet's paragraphs, page by page, with those put together that a page's end parts."""
    found: list[Element] = []
    for element in elements:
        if element.folded in COLUMN_HEADS or PAGE_NUMBER.fullmatch(element.text):
            continue  # stand between the two parts
        last = found[-1] if found else None
        if last is not None and element.page == last.page + 1 and element.text.lstrip()[:1].islower():
            text = f"{last.text} {element.text}"
            found[-1] = replace(last, text=text, folded=f"{last.folded} {element.folded}")
        else:
            found.append(element)
    return found


def _leaks(table: Table, places: Floats) -> bool:
    """Whether much of the text inside the table lies in none of its cells: then its rules were not all found.

    `places`: the middles of the page's words.
    """
    within = places[held(table.box, places)]
    inside = np.zeros(len(within), np.bool_)
    for cell in table.cells:
        if cell.text.strip():
            inside |= held(cell.box, within)
    return bool((~inside).sum() > MOST_LEAKED * max(1, len(within)))


def _paragraphs_of(page: PageReading, cell: Cell, words: Sequence[Word], row: Box, points: str) -> list[Element]:
    """A cell is one paragraph, or several where a box stands before each. `words`: those in it."""
    boxes = sorted((tick.box for tick in page.ticks if holds(cell.box, tick.box)), key=lambda box: box[1])
    listed = _listed(page, words) if len(boxes) < 2 else []
    if listed:
        return [_part_of_row(page, group, row, points) for group in listed]
    if len(boxes) < 2 or not words:
        return [
            _element(
                page.number, cell.text, words, cell.box if not words else around(w.box for w in words), row, points
            )
        ]
    height = max(1, min(box[3] - box[1] for box in boxes))
    starts = [box[1] - 0.4 * height for box in boxes]
    groups: list[list[Word]] = [[] for _ in range(len(boxes) + 1)]
    for word in words:
        middle = (word.box[1] + word.box[3]) / 2
        groups[sum(1 for start in starts if middle >= start)].append(word)
    return [_part_of_row(page, group, row, points) for group in groups if group]


def _part_of_row(page: PageReading, words: Sequence[Word], row: Box, points: str) -> Element:
    """Some words of a cell as a paragraph, with the part of the row that is level with them."""
    box = around(word.box for word in words)
    text = " ".join(word.text for word in words)
    return _element(page.number, text, words, box, (row[0], box[1], row[2], box[3]), points)


def _listed(page: PageReading, words: Sequence[Word]) -> list[list[Word]]:
    """The title and the options of a cell that lists these behind bullets; none where it does not."""
    groups: list[list[Word]] = [[]]
    for line in lines_of(page.model_copy(update={"words": tuple(words), "tables": ()})):
        if BULLET.match(line.text):
            groups.append([])
        groups[-1] += line.words
    return [group for group in groups if group] if len(groups) > FEWEST_LISTED else []


def _line_paragraphs(page: PageReading) -> list[Element]:
    """Without rules: a paragraph begins at a code, at a box, or after a wide gap; columns one after the other."""
    columns = _columns_of(page)
    if len(columns) == 1:
        return _paragraphs_in(page, columns[0], (0, page.width))
    lefts = [sorted(line.box[0] for line in column)[len(column) // FEW_FURTHER_LEFT] for column in columns]
    cuts = [left - page.width // COLUMN_MARGIN for left in lefts[1:]]  # before the boxes of the next column
    spans = list(pairwise([0, *cuts, page.width]))
    return [part for column, span in zip(columns, spans, strict=True) for part in _paragraphs_in(page, column, span)]


def _columns_of(page: PageReading) -> list[list[Line]]:
    """The lines of each column, where reading goes on far above to the right; what stands over both is of the first."""
    columns: list[list[Line]] = [[]]
    lowest = 0
    for line in _behind_figures(lines_of(page)):
        beyond = columns[-1] and line.box[0] > max(each.box[0] for each in columns[-1][-COLUMN_LINES:])
        if beyond and line.box[1] < lowest - COLUMN_JUMP * page.height and len(columns[-1]) >= COLUMN_LINES:
            columns.append([])
            lowest = 0
        columns[-1].append(line)
        lowest = max(lowest, line.box[1])
    columns = _with_points(columns)
    return columns if min(map(len, columns)) >= COLUMN_LINES else [[line for each in columns for line in each]]


def _with_points(columns: Sequence[list[Line]]) -> list[list[Line]]:
    """The columns of text, each with the points that stand right of it."""
    joined = list(columns[:1])
    for column in columns[1:]:
        if _is_of_text(column):
            joined.append(column)
        else:
            joined[-1] = [*joined[-1], *column]
    return joined


def _is_of_text(column: Sequence[Line]) -> bool:
    """Whether a column has sentences to read, and not points only: “4 đ”."""
    return sum(len(line.text) >= OPTION_TEXT for line in column) * FEW_OF_TEXT >= len(column)


def _behind_figures(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines of a sheet whose boxes, points and codes all stand left of its text: codes before it, points let go."""
    figures = [line for line in lines if FIGURE.fullmatch(line.text)]
    texts = [line for line in lines if not FIGURE.fullmatch(line.text)]
    if len(figures) < COLUMN_LINES or len(texts) < COLUMN_LINES:
        return lines
    left = sorted(line.box[0] for line in texts)[len(texts) // 2]
    before = [line for line in figures if line.box[2] < left]
    if sum(POINTS_ONLY.match(line.text) is not None for line in before) < COLUMN_LINES:
        return lines
    codes = [line for line in before if CODE.fullmatch(line.text)]
    with_codes = [_with_code(line, codes) for line in texts]
    return with_codes + [line for line in figures if line.box[2] >= left]


def _with_code(line: Line, codes: Sequence[Line]) -> Line:
    middle = (line.box[1] + line.box[3]) / 2
    level = [code for code in codes if code.box[1] <= middle <= code.box[3] and code.box[2] < line.box[0]]
    return Line(line.page, (*level[-1].words, *line.words)) if level else line


def _paragraphs_in(page: PageReading, lines: Sequence[Line], span: tuple[int, int]) -> list[Element]:
    found: list[list[Word]] = []
    before: Box | None = None
    ticks = [tick for tick in page.ticks if span[0] <= tick.box[0] < span[1]]
    for line in sorted(lines, key=lambda line: (line.box[1], line.box[0])):
        if POINTS_ONLY.match(line.text) and line.box[0] > span[0] + POINTS_COLUMN * (span[1] - span[0]):
            continue
        has_box = any(_beside(tick, line.box) for tick in ticks)
        near = before is not None and -2 <= line.box[1] - before[3] <= 0.9 * line.height
        begins = has_box or bool(CODE_START.match(line.text)) or line.folded.startswith(NOT_OPTIONS)
        begins = begins or BULLET.match(line.text) is not None
        if found and near and not begins:
            found[-1] += line.words
        else:
            found.append(list(line.words))
        before = line.box
    elements = []
    for words in found:
        box = around(word.box for word in words)
        text = " ".join(word.text for word in words)
        elements.append(_element(page.number, text, words, box, (span[0], box[1], span[1], box[3]), None))
    return elements


def _element(page: int, text: str, words: Sequence[Word], box: Box, row: Box, points: str | None) -> Element:
    confidence = min((word.confidence for word in words), default=0.5)
    first = next((word.box for word in words if len(fold(word.text)) > 1), box)
    return Element(page, text, fold(LEADING_MARK.sub("", text)), box, row, first, confidence, points)


def _beside(tick: Tick, line: Box) -> bool:
    """Whether a box stands at the beginning of a line."""
    middle = (tick.box[1] + tick.box[3]) / 2
    height = max(1, line[3] - line[1])
    return line[1] - 0.4 * height <= middle <= line[3] + 0.4 * height and tick.box[0] <= line[0] + 1.5 * height
