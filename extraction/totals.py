"""Printed totals beside the sum of the rows: where they agree doubt falls, where not the weakest row is looked at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from extraction import values
from extraction.doubt import merely_unsure
from extraction.field_values import reading_of
from extraction.forms import PrintedTable
from extraction.geometry import holds
from extraction.lines import Line, lines_of
from extraction.readings import CriterionReading, FieldReading, PageKind, PageReading, Word

UNCLEAR_MARK = "Nét đánh dấu không rõ."
WRITTEN_POINTS = "Tiêu chí này không in ô lựa chọn; người đánh giá ghi điểm trực tiếp."
CLAIMED = "Mẫu số 02 ghi {points:g} điểm."
SUM_DIFFERS = "Tổng điểm in trên giấy ({total:g}) không bằng tổng các dòng ({right:g})."
TOTAL = re.compile(  # folded; not of workers or money. "Tổng cộng (A + B + C): 87,5 điểm" names the parts it adds up
    r"\btong (?:so |cong )*diem\b|^tong cong(?: phan)?(?: (?:[abc]|va|\d+))*(?: diem)?$|\bdiem tong (?:so|cong)\b"
    r"|\btong (?:so|cong) \d{1,3} diem\b|\btong so \d|^tong(?: cong)?(?: la| dat)?(?: \d{1,3}){1,3} diem\b"
    r"|\btu cham cong lai \d{1,3} diem\b"
)
TOTAL_POINTS = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:[.,]\d+)?)\s*(?:/\s*(100))?\s*[đd]\w{0,2}[eêểiế]\w?m?\b"
    r"(?!\s+(?:bán|đến|phân|giới|trưng|thu)\b)",  # places, not points
    re.IGNORECASE,
)
TOTAL_BEHIND = re.compile(r"(\d{1,3}(?:[.,]\d+)?)(?:\s*/\s*100)?\s*(?:[đd]\w*m)?[.;]?\s*$", re.IGNORECASE)
TOTAL_ROW = re.compile(
    r"^diem hoi dong(?: da)? thong nhat(?: \d{1,3})*$"
    r"|^cong(?: \d{1,3}){0,2}$"
    r"|^(?:\d{1,3} ){0,2}tong(?: cong)?(?: so| cong)?(?: diem)?(?: tu)?(?: cham| danh gia| dat)?(?: [abc])*"
    r"(?: (?:cua|boi) (?:nguoi danh gia|nguoi cham|thanh vien(?: hoi dong)?|hoi dong))?(?: \d{1,3})*$"
)  # folded
OF_HUNDRED = re.compile(r"(?<![\d.,/])(\d{1,3}(?:[.,]\d+)?)\s*/\s*100(?!\d)")
OVER_LINES = re.compile(r"\btong (?:cong|so)(?: la)? \d{1,3}$")  # folded
HUNDRED_READ = re.compile(r"(?<=\d) [1lI|/] 100(?= điểm\b)")  # the stroke of “80 / 100 điểm” as a letter
LEADERS = re.compile(r"…|\.{2,}")
UNIT = ("điểm", "đ")
NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?:/100)?")
DUST = " .,;:'`~*_|–-"  # what worn paper adds beside a number


@dataclass(frozen=True)
class PrintedTotal:
    """The total that an assessor wrote, and the words of its line."""

    points: float
    page: int
    words: tuple[Word, ...]


def find_total(pages: Sequence[PageReading], at_most: float) -> PrintedTotal | None:
    """The total an assessor wrote, the last one; the table's own maximum says nothing."""
    for page in reversed(pages):
        lines = lines_of(page)
        for line, below in reversed(list(zip_longest(lines, lines[1:]))):
            found = _in_row(page, line, at_most) or _in_line(line, at_most) or _in_two_lines(line, below, at_most)
            if found is not None:
                return found
    return None


def _in_line(line: Line, at_most: float) -> PrintedTotal | None:
    if not TOTAL.search(line.folded) or TOTAL_ROW.match(line.folded):
        return None
    text = LEADERS.sub(" ", line.text)
    said = max(text.lower().rfind("tổng"), 0)  # “Phần A 33 điểm, Phần B 17 điểm; tổng cộng 75/100 điểm”
    text = HUNDRED_READ.sub("/100", text)
    ways = (TOTAL_POINTS.search(text, said), TOTAL_POINTS.search(text), TOTAL_BEHIND.search(text))
    match = next(filter(None, (*ways, OF_HUNDRED.search(text))), None)
    total = _number(match.group(1)) if match else None
    if match is None or total is None or total >= at_most:
        return None
    written = tuple(word for word in line.words if match.group(1) in word.text)
    return PrintedTotal(total, line.page, written or line.words)


def _in_two_lines(line: Line, below: Line | None, at_most: float) -> PrintedTotal | None:
    """“… đạt tổng cộng 82 / điểm, tương ứng mức 4 sao”."""
    if below is None or not OVER_LINES.search(line.folded) or not below.folded.startswith("diem"):
        return None
    return _in_line(Line(line.page, (*line.words, *below.words)), at_most)


def _in_row(page: PageReading, line: Line, at_most: float) -> PrintedTotal | None:
    """`Tổng cộng | 100 | 85`: the one number of its row that is not the maximum; none where two columns differ.

    A row of a table may add up workers or tons: then neither points nor the maximum are named.
    """
    whole, line = line, _without_remark(line)
    if not TOTAL_ROW.match(line.folded):
        return None
    left, top, right, bottom = line.box
    row = [word for word in page.words if top <= (word.box[1] + word.box[3]) / 2 <= bottom and word.text.strip(DUST)]
    row = [
        word for word in row if word.text.strip(DUST).lower() not in UNIT and word not in whole.words[len(line.words) :]
    ]
    before, beside = ([word for word in row if word.box[2] < left], [word for word in row if word.box[0] > right])
    if all(_is_number(word, at_most) for word in beside):  # “81 | TỔNG SỐ ĐIỂM | 100”: the maximum alone, or nothing
        beside = [*before, *beside]
    beside = _in_cells_of_numbers(page, beside)
    behind = [*(word for word in line.words if any(sign.isdigit() for sign in word.text)), *beside]
    if not all(NUMBER.fullmatch(word.text.strip(DUST)) for word in behind):
        return None
    numbers = [(_number(word.text.strip(DUST)), word) for word in behind]
    given = {number for number, _ in numbers if number != at_most}
    named = "diem" in line.folded or not beside or any(number == at_most for number, _ in numbers)
    named = named or page.kind is PageKind.SCORE_SHEET or any("/" in word.text for word in behind)
    if line.folded.startswith("cong"):  # of a part of the table, unless the maximum is all of it
        named = any(number == at_most for number, _ in numbers)
    if not named or len(given) != 1 or max(given) > at_most:
        return None
    (total,) = given
    return PrintedTotal(total, page.number, tuple(word for number, word in numbers if number == total))


def _without_remark(line: Line) -> Line:
    """“TỔNG ĐIỂM TỰ CHẤM 100 82 Dự kiến xếp hạng: 4 sao” without what stands behind the numbers."""
    numbers = [at for at, word in enumerate(line.words) if NUMBER.fullmatch(word.text.strip(DUST))]
    behind = next((at for at in numbers if at + 1 < len(line.words) and at + 1 not in numbers), None)
    if not behind or not line.words[behind + 1].text[:1].isupper():  # “68 triệu đồng”
        return line
    return line.part(0, behind + 1)


def _is_number(word: Word, number: float) -> bool:
    text = word.text.strip(DUST)
    return NUMBER.fullmatch(text) is not None and _number(text) == number


def _in_cells_of_numbers(page: PageReading, words: Sequence[Word]) -> list[Word]:
    """The words but those in a table's cells of text: “TỔNG CỘNG | 100 | 84 | Hạng sao tự đánh giá: 4 sao”."""
    cells = [cell for table in page.tables for cell in table.cells]
    numbers = [cell.box for cell in cells if NUMBER.fullmatch(cell.text.strip(DUST))]
    texts = [cell.box for cell in cells if any(map(_is_said, cell.text.split()))]
    if not any(holds(box, word.box) for box in numbers for word in words):
        return list(words)
    return [word for word in words if not any(holds(box, word.box) for box in texts)]


def _is_said(word: str) -> bool:
    return any(map(str.isalpha, word)) and word.strip(DUST).lower() not in UNIT


def _number(text: str) -> float:
    return float(text.partition("/")[0].replace(",", "."))


def total_field(
    name: str,
    printed: PrintedTotal | None,
    rows: Sequence[CriterionReading],
    table: PrintedTable,
    others: Sequence[CriterionReading],
) -> list[FieldReading]:
    """The printed total as a value, doubted where it is not the sum of its paper's rows; none or one."""
    if printed is None:
        return []
    reading = reading_of(name, values.always(printed.points), printed.words, printed.page, (0, 0, 0, 0))
    if reading is None:
        return []
    right = _sum(rows, table, others)
    if right is None or right == printed.points:
        return [reading]
    reason = SUM_DIFFERS.format(total=printed.points, right=right)
    return [reading.model_copy(update={"needs_review": True, "reason": reason})]


def _sum(rows: Sequence[CriterionReading], table: PrintedTable, others: Sequence[CriterionReading]) -> float | None:
    """What the rows of a paper add up to; None while rows are missing. Rows without boxes: as the other paper says."""
    if not _complete(rows, table):
        return None
    said = {row.code: row.points for row in others}
    worth = [said.get(row.code) if row.points is None else row.points for row in rows]
    known = [points for points in worth if points is not None]
    return sum(known) if len(known) == len(worth) else None


def _complete(rows: Sequence[CriterionReading], table: PrintedTable) -> bool:
    return len(rows) == sum(criterion.scorable for criterion in table.criteria)


def checked_by_total(
    rows: Sequence[CriterionReading], total: float | None, table: PrintedTable, others: Sequence[CriterionReading]
) -> list[CriterionReading]:
    """The rows of one paper beside its printed total. `others`: the rows of the other paper, as witnesses.

    Rows without boxes are worth what the total leaves; the rest is said only where every scorable row was found.
    """
    open_rows = [row for row in rows if row.points is None]
    if not _complete(rows, table) or total is None:
        return [_proposed(row, others) for row in rows]
    left = total - sum(row.points or 0.0 for row in rows)
    if not open_rows:
        return [_confirmed(row) for row in rows] if left == 0 else _questioned(rows, total, others)
    if any(row.reason != WRITTEN_POINTS for row in open_rows):
        return list(rows)  # a tick is missing, which is said already
    most = sum(float(table.by_code[row.code].max_points) for row in open_rows)
    if not 0 <= left <= most:
        return [_proposed(row, others) for row in _questioned(rows, total, others)]
    return [_worth(row, left, others) if row in open_rows and len(open_rows) == 1 else row for row in rows]


def _worth(row: CriterionReading, left: float, others: Sequence[CriterionReading]) -> CriterionReading:
    """An open row with the points that the total leaves for it; sure only if the other paper says the same."""
    witness = next((other.points for other in others if other.code == row.code), None)
    if witness is not None and witness == left:
        return row.model_copy(update={"points": left, "confidence": 0.95, "needs_review": False, "reason": None})
    return _proposed(row, others)


def _proposed(row: CriterionReading, others: Sequence[CriterionReading]) -> CriterionReading:
    """An open row of the sheet with the points that the report claims: still to be looked at."""
    if row.points is not None or row.reason != WRITTEN_POINTS:
        return row
    other = next((each for each in others if each.code == row.code and each.points is not None), None)
    if other is None or other.needs_review:
        return row
    reason = f"{WRITTEN_POINTS} {CLAIMED.format(points=other.points)}"
    return row.model_copy(update={"points": other.points, "reason": reason})


def _confirmed(row: CriterionReading) -> CriterionReading:
    doubted = merely_unsure(row.reason) or row.reason == UNCLEAR_MARK
    return row.model_copy(update={"needs_review": False, "reason": None}) if doubted and row.confidence > 0 else row


def _questioned(
    rows: Sequence[CriterionReading], total: float, others: Sequence[CriterionReading]
) -> list[CriterionReading]:
    """One row must be wrong, or the total: the weakest that the other paper does not say too."""
    said = {other.code: other.points for other in others if not other.needs_review}
    alone = [row for row in rows if row.points is not None and said.get(row.code) != row.points]
    weakest = min(alone, key=lambda row: row.confidence, default=None)
    reason = f"Tổng điểm in trên giấy ({total:g}) không bằng tổng các dòng."
    return [
        row.model_copy(update={"needs_review": True, "reason": row.reason or reason}) if row is weakest else row
        for row in rows
    ]
