"""Claims of Mẫu số 02 Part III in tables: `code | title | points | description | evidence`, columns in any order."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from extraction.claim_parts import CODE, CRITERION_WORD, LETTERS_AS_DIGITS, Claim, claim_of
from extraction.claimed_points import POINTS
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import around, is_page_number, lines_of
from extraction.readings import Box, Cell, PageReading, Table
from extraction.totals import DUST

LIKE_DIGITS = re.compile(r"[\dlIO]{1,2}")  # old figures: a 1 drawn as a small I
TITLE_IN_CELL = re.compile(
    r"^(?P<title>[^()]{3,}?)\s*\("
    rf"{CRITERION_WORD}"
    r"(?:\s+(?P<code>\d{1,2}(?:\.\d{1,2}){0,2})\)\.?)?\s*$",
    re.IGNORECASE,
)  # “TÍNH ĐỘC ĐÁO (tiêu chí 7)”, the code of which a page's end may cut off
NUMBER_ONLY = re.compile(r"^\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:điểm|đ)?\s*$", re.IGNORECASE)
LEAST_COLUMNS = 3
PLAIN_HEADS = ("diem", "so diem", "diem so", "diem tu cham")  # folded
LONGEST_HEAD = 20  # folded signs of the names below a common one: “Số điểm”, and below it “Chuẩn | Tự chấm”
LEAST_ROWS = 4  # with points in a column, for it to be compared with the maxima
LEAST_CODED = 2  # rows of a column that tell that the codes stand there
UNSURE_COLUMN = 0.4


def claims_in_tables(pages: Sequence[PageReading], most: Mapping[str, Fraction]) -> list[Claim]:
    """Rows `code | title | points | description | evidence`, columns in any order.

    A table that goes on over pages names its columns on the first one only. `most`: the points of each criterion's best
    option, which another column may print.
    """
    claims = []
    columns: dict[int, int] = {}  # number of columns → the one with the applicant's points
    coded: dict[int, int] = {}  # … and the one that begins with the code
    for page in pages:
        for table in page.tables:
            rows: dict[int, list[Cell]] = {}
            for cell in (*table.cells, *_open_row(page, table)):
                rows.setdefault(cell.row, []).append(cell)
            width = max((cell.col + cell.col_span for cell in table.cells), default=0)
            named = _points_column(_with_parted_head(page, rows))
            if named is not None:
                columns[width] = named
            coded[width] = _coded_column(rows, coded.get(width, 0))
            rows = _with_parted_numbers(page, rows, coded[width])
            beside = _beside_maxima(rows, coded[width], columns.get(width), most)
            if beside is not None:
                columns[width] = beside
            for _, cells in sorted(rows.items()):
                claim = _from_row(page, _code_first(cells, coded[width]), columns.get(width))
                claims += [claim] if claim is not None else []
    return claims


def _beside_maxima(
    rows: Mapping[int, Sequence[Cell]], coded: int, known: int | None, most: Mapping[str, Fraction]
) -> int | None:
    """The column of points where the one `known`, or the first, prints the maxima of all criteria; None elsewhere."""
    numbers: dict[int, dict[str, Fraction]] = {}
    for cells in rows.values():
        code = next(
            (found[1] for cell in cells if cell.col == coded and (found := CODE.match(cell.text.strip()))), None
        )
        for cell in cells if code in most else ():
            if cell.col != coded and (number := _number(cell.text)) is not None:
                numbers.setdefault(cell.col, {})[str(code)] = Fraction(number.replace(",", "."))
    told = sorted(col for col, said in numbers.items() if len(said) >= LEAST_ROWS)
    maxima = [col for col in told if all(number == most[code] for code, number in numbers[col].items())]
    others = [col for col in told if col not in maxima]
    return others[0] if len(others) == 1 and maxima and known in (None, *maxima) else None


def _with_parted_head(page: PageReading, rows: dict[int, list[Cell]]) -> dict[int, list[Cell]]:
    """The rows, a head in one cell parted as the columns below it are: on a dark ground no rules are seen."""
    if not rows or len(rows[min(rows)]) != 1:
        return rows
    head, below = rows[min(rows)][0], max(rows.values(), key=len)
    if len(below) < LEAST_COLUMNS:
        return rows
    boxes = [(cell.box[0], head.box[1], cell.box[2], head.box[3]) for cell in below]
    texts = [" ".join(word.text for word in page.words if holds(box, word.box)) for box in boxes]
    cells = [
        cell.model_copy(update={"row": head.row, "box": box, "text": text})
        for cell, box, text in zip(below, boxes, texts, strict=True)
    ]
    return {**rows, head.row: cells}


def _with_parted_numbers(page: PageReading, rows: dict[int, list[Cell]], coded: int) -> dict[int, list[Cell]]:
    """The rows, each with its own of the numbers that one cell holds beside several codes: rules are worn."""
    parted = {row: list(cells) for row, cells in rows.items()}
    for cell in (each for cells in rows.values() for each in cells if each.row_span > 1 and each.col != coded):
        beside = [each for row in range(cell.row, cell.row + cell.row_span) for each in rows.get(row, ())]
        beside = [each for each in beside if each.col == coded and each.row_span == 1 and CODE.match(each.text.strip())]
        words = [word for word in page.words if holds(cell.box, word.box)]
        numbers = [word for word in words if NUMBER_ONLY.match(word.text.strip(DUST))]
        level = [
            [word.text for word in numbers if each.box[1] <= (word.box[1] + word.box[3]) / 2 < each.box[3]]
            for each in beside
        ]
        if not len(beside) == cell.row_span == len(words) or any(len(texts) != 1 for texts in level):
            continue
        parted[cell.row].remove(cell)
        for each, (text,) in zip(beside, level, strict=True):
            box = (cell.box[0], each.box[1], cell.box[2], each.box[3])
            own = {"row": each.row, "row_span": 1, "box": box, "text": text}
            parted[each.row].append(cell.model_copy(update=own))
    return parted


def _coded_column(rows: dict[int, list[Cell]], before: int) -> int:
    """The column whose cells begin with criteria's codes: the first one, or another with “1.1. Nguồn nguyên liệu”."""
    counts: Counter[int] = Counter()
    for cell in (cell for cells in rows.values() for cell in cells):
        code = CODE.match(cell.text.strip())
        alone = code is not None and code.end() == len(cell.text.strip())
        titled = code is not None and any(sign.isalpha() for sign in cell.text[code.end() :])
        counts[cell.col] += (titled or alone) and "." in (code[1] if code else "")
    most, count = max(counts.items(), key=lambda each: (each[1], -each[0]), default=(before, 0))
    return most if count >= LEAST_CODED else before


def _code_first(cells: Sequence[Cell], coded: int) -> list[Cell]:
    """A row's cells from left to right, behind the one with the code."""
    return sorted(cells, key=lambda cell: (cell.col != coded, cell.col))


def _open_row(page: PageReading, table: Table) -> list[Cell]:
    """A row below the last rule: it goes on over the page's end, where none was drawn. None unless a code begins it."""
    bottom = max((cell.row for cell in table.cells), default=0)
    last = sorted((cell for cell in table.cells if cell.row == bottom), key=lambda cell: cell.col)
    if len(last) < LEAST_COLUMNS or any(each.box[1] >= table.box[3] for each in page.tables if each is not table):
        return []
    below = [word for line in lines_of(page) if not is_page_number(line, page) for word in line.words]
    below = [word for word in below if (word.box[1] + word.box[3]) / 2 > table.box[3]]
    end = max((word.box[3] for word in below), default=0)
    boxes = [(cell.box[0], table.box[3], cell.box[2], end) for cell in last]
    texts = [" ".join(word.text for word in below if holds(box, word.box)) for box in boxes]
    first = min((word.box[1] for word in below), default=0)
    code = CODE.match(texts[0].strip())
    begins = any(word.box[1] <= first + (word.box[3] - word.box[1]) for word in below if holds(boxes[0], word.box))
    numbers = sum(NUMBER_ONLY.match(text.strip(DUST)) is not None for text in texts[1:])
    if code is None or not begins or not numbers:
        return []
    return [
        Cell(row=bottom + 1, col=cell.col, col_span=cell.col_span, box=box, text=text)
        for cell, box, text in zip(last, boxes, texts, strict=True)
    ]


def _from_row(page: PageReading, cells: Sequence[Cell], column: int | None) -> Claim | None:
    """A row that begins with a code. Where no column is known to hold the points, of several numbers none is sure."""
    titled = next((cell for cell in cells if TITLE_IN_CELL.match(cell.text)), None)
    if titled is not None and len(cells) >= LEAST_COLUMNS:
        return _from_titled_row(page, cells, titled, column)
    code = CODE.match(cells[0].text.strip())
    if code is None or len(cells) < 2:
        return None
    own = cells[0].text.strip()[code.end() :].strip()
    own = own if any(sign.isalpha() for sign in own) else ""  # a second piece of the number
    others = [cell.text for cell in cells[1:] if cell.col != column]
    title, description = (own, " ".join(others)) if own else (others[0] if others else "", " ".join(others[1:]))
    numbers = [found for cell in cells[1:] if column in (None, cell.col) and (found := _number(cell.text)) is not None]
    box = around(cell.box for cell in cells)
    inside = [word for word in page.words if _within(word.box, box)]
    claim = claim_of(code.group(1), title, numbers[0] if numbers else None, description, inside, page.number, box)
    claim = replace(claim, beside=tuple(others))
    return claim if len(set(numbers)) <= 1 else replace(claim, confidence=UNSURE_COLUMN)


def _from_titled_row(page: PageReading, cells: Sequence[Cell], titled: Cell, column: int | None) -> Claim | None:
    """A row `23 | 2/2 | Tạp chất (tiêu chí 6.1.1) | …`, whose first number only counts the rows."""
    named = TITLE_IN_CELL.match(titled.text)
    points = next((found for cell in cells if cell.col == column and (found := _number(cell.text)) is not None), None)
    if named is None or points is None:
        return None
    told = " ".join(cell.text for cell in cells if cell is not titled and cell.col != column)
    box = around(cell.box for cell in cells)
    inside = [word for word in page.words if _within(word.box, box)]
    title = " ".join(named["title"].split())
    return claim_of(named["code"] or "", title, points, told, inside, page.number, box)


def _within(box: Box, outer: Box) -> bool:
    return outer[1] <= (box[1] + box[3]) / 2 <= outer[3] and outer[0] <= box[0] <= outer[2]


def _points_column(rows: dict[int, list[Cell]]) -> int | None:
    """The column whose heading speaks of the applicant's points; the printed maxima are another column.

    A part's title across all columns, “PHẦN B: … – tự chấm 19 điểm”, is no heading of one.
    """
    heads = [(cells, _names_of(cells)) for _, cells in sorted(rows.items())[:3] if len(cells) > 1]
    for cells, named in heads:
        if len(cells) < LEAST_COLUMNS and max(len(text) for _, text in named) > LONGEST_HEAD:
            continue
        own = [col for col, text in named if "tu cham" in text or "tu danh gia" in text or "diem dat" in text]
        if own and not any(_numbers_in(rows, col) for col in own):
            own += [col for col, text in named if text in PLAIN_HEADS]
        if own:  # “Diễn giải, căn cứ tự chấm”, “Nội dung tự đánh giá” may be among them
            return max(own, key=lambda col: (_numbers_in(rows, col), -col))
    for named in (named for cells, named in heads if len(cells) >= LEAST_COLUMNS):
        plain = [col for col, text in named if text in PLAIN_HEADS]
        if plain:
            return plain[-1]
    return None


def _names_of(cells: Sequence[Cell]) -> list[tuple[int, str]]:
    return [(cell.col, fold(cell.text)) for cell in sorted(cells, key=lambda cell: cell.col)]


def _numbers_in(rows: dict[int, list[Cell]], column: int) -> int:
    return sum(
        bool(NUMBER_ONLY.match(cell.text.strip(DUST)))
        for cells in rows.values()
        for cell in cells
        if cell.col == column
    )


def _number(text: str) -> str | None:
    said = text.strip(DUST)
    said = said.translate(LETTERS_AS_DIGITS) if LIKE_DIGITS.fullmatch(said) else said
    match = NUMBER_ONLY.match(said) or POINTS.search(text)
    return match.group(1) if match else None
