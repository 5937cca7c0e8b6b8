"""Laboratory reports as a table: what was measured, its result, the limit, and whether the limit is exceeded."""

import re
from collections.abc import Sequence
from fractions import Fraction

from extraction.doubt import doubt_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import around
from extraction.readings import Cell, LaboratoryResult, PageReading, Table

COLUMNS: dict[str, tuple[str, ...]] = {  # folded beginnings or parts of headings; the first that fits counts
    "limit": (
        *("muc cong bo", "muc quy dinh", "gioi han toi da", "gioi han cho phep", "gioi han", "muc toi da", "nguong"),
        *(
            "tieu chuan cong bo",
            "yeu cau",
            "quy dinh",
            "qcvn",
            "muc cho phep",
            "muc chat luong",
            "limit",
            "requirement",
        ),
    ),
    "result": ("ket qua", "result"),
    "unit": ("don vi", "dvt", "unit"),
    "parameter": ("chi tieu", "ten chi tieu", "thong so", "parameter", "noi dung thu", "test"),
}
NOT_LIMITS = ("gioi han phat hien", "lod", "loq", "gioi han dinh luong", "mdl")  # of the method, not of the product
NOT_FOUND = re.compile(r"\b(khong phat hien|kph|k ph|nd|not detected|khong co|khong duoc co|am tinh|negative)\b")
FOUND = re.compile(r"^(phat hien|co|duong tinh|positive|detected)$")
POWER = re.compile(r"(\d+(?:[.,]\d+)?)\s*[x×.*]\s*10\s*\^?\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d)")
TEN_TO = re.compile(r"\b10\s*(?:\^\s*(\d)|([⁰¹²³⁴⁵⁶⁷⁸⁹]+))")
NUMBER = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?")
LOWER_BOUND = ("≥", ">", "khong nho hon", "khong thap hon", "toi thieu", "min")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NO_RESULT = "Không đọc được kết quả của chỉ tiêu này."
EXCEEDS = "Kết quả {result} vượt mức {limit} của chỉ tiêu {parameter}."


def laboratory_results(page: PageReading) -> list[LaboratoryResult]:
    """The rows of every table on the page whose heading names a parameter and a result."""
    found: list[LaboratoryResult] = []
    for table in page.tables:
        rows = _rows(table)
        head, columns = _head(rows)
        if not {"parameter", "result"} <= set(columns):
            continue
        for cells in rows[head + 1 :]:
            result = _result(page, cells, columns)
            found += [result] if result is not None else []
    return found


def number_of(text: str) -> Fraction | None:
    """The first number as Vietnamese papers write it: `0,05`, `10 000`, `1.000`, `2,5 x 10³`; None if there is none."""
    power = POWER.search(text)
    if power:
        return Fraction(power.group(1).replace(",", ".")) * _ten_to(power.group(2))
    power = TEN_TO.search(text)
    if power:
        return _ten_to(power.group(1) or power.group(2))
    match = NUMBER.search(text)
    if match is None:
        return None
    digits = match.group()
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", digits) and not digits.startswith("0"):
        digits = digits.replace(" ", "").replace(".", "")
    return Fraction(digits.replace(",", "."))


def _ten_to(exponent: str) -> Fraction:
    return Fraction(f"1e{int(exponent.translate(SUPERSCRIPTS))}")


def exceeds(result: str, limit: str) -> bool | None:
    """Whether the result breaks the limit; None if one of the two says no amount."""
    nothing = bool(NOT_FOUND.search(fold(result)))
    if NOT_FOUND.search(fold(limit)):
        measured = number_of(result)
        return False if nothing or "<" in result else True if measured or FOUND.match(fold(result)) else None
    most = _bounds(limit)
    if most is None:
        return None
    low, high = most
    if nothing:
        return low is not None and low > 0
    measured = number_of(result)
    if measured is None:
        return None
    if "<" in result or "≤" in result:  # below what the method can see
        return False if high is not None and measured <= high else None
    return (high is not None and measured > high) or (low is not None and measured < low)


def _bounds(limit: str) -> tuple[Fraction | None, Fraction | None] | None:
    """(least, most) that is allowed: `≤ 10`, `min 6`, `5 - 7`."""
    folded = fold(limit)
    span = re.search(r"(\d+(?:[.,]\d+)?)\s*(?:[-–÷]|đến)\s*(\d+(?:[.,]\d+)?)", limit)
    if span:
        low, high = number_of(span.group(1)), number_of(span.group(2))
        return (low, high) if low is not None and high is not None and low < high else None
    number = number_of(limit)
    if number is None:
        return None
    least = any(mark in limit or mark in folded for mark in LOWER_BOUND)
    return (number, None) if least else (None, number)


def _rows(table: Table) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(cells, key=lambda cell: cell.col) for _, cells in sorted(rows.items())]


def _head(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]]:
    """(place of the heading row, meaning → column) of the first rows' best; no columns: no such heading."""
    best: tuple[int, dict[str, int]] = (0, {})
    for place, cells in enumerate(rows[:3]):
        columns: dict[str, int] = {}
        for cell in cells:
            meaning = _meaning(fold(cell.text))
            if meaning is not None:
                columns.setdefault(meaning, cell.col)
        if len(columns) > len(best[1]):
            best = (place, columns)
    return best


def _meaning(folded: str) -> str | None:
    if any(name in folded.split() or folded.startswith(name) for name in NOT_LIMITS):
        return None
    return next((meaning for meaning, names in COLUMNS.items() if any(name in folded for name in names)), None)


def _result(page: PageReading, cells: Sequence[Cell], columns: dict[str, int]) -> LaboratoryResult | None:
    """One row; None if it names no parameter."""
    by_column = {cell.col: cell for cell in cells}
    texts = {meaning: _text(by_column.get(column)) for meaning, column in columns.items()}
    if not fold(texts["parameter"]) or not any(cell.text.strip() for cell in cells if cell.col != columns["parameter"]):
        return None
    decisive = [by_column[columns[name]] for name in ("result", "limit") if columns.get(name) in by_column]
    words = [word for word in page.words if any(holds(cell.box, word.box) for cell in decisive)]
    confidence, doubt = doubt_of(words)
    over = exceeds(texts["result"], texts.get("limit", ""))
    reason = EXCEEDS.format(**texts) if over else doubt if texts["result"] else NO_RESULT
    return LaboratoryResult(
        parameter=texts["parameter"],
        result=texts["result"],
        unit=texts.get("unit", ""),
        limit=texts.get("limit", ""),
        exceeds=over,
        page=page.number,
        box=around(cell.box for cell in cells),
        confidence=round(confidence, 4),
        needs_review=reason is not None,
        reason=reason,
    )


def _text(cell: Cell | None) -> str:
    return " ".join(cell.text.split()) if cell is not None else ""
