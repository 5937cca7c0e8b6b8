"""Printed totals beside the sum of the rows: where they agree doubt falls, where not the weakest row is looked at."""

import re
from collections.abc import Sequence

from extraction.doubt import merely_unsure
from extraction.forms import PrintedTable
from extraction.lines import lines_of
from extraction.readings import CriterionReading, PageReading

UNCLEAR_MARK = "Nét đánh dấu không rõ."
WRITTEN_POINTS = "Tiêu chí này không in ô lựa chọn; người đánh giá ghi điểm trực tiếp."
TOTAL = re.compile(r"\btong (?:so |cong )*diem\b|^tong cong( \d+)*$|\btong so \d")  # folded; not of workers or money
TOTAL_POINTS = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:[.,]\d+)?)\s*(?:/\s*(100))?\s*[đd]\w{0,2}[eêểiế]\w?m?\b", re.IGNORECASE
)
TOTAL_BEHIND = re.compile(r"(\d{1,3}(?:[.,]\d+)?)(?:\s*/\s*100)?\s*(?:[đd]\w*m)?[.;]?\s*$", re.IGNORECASE)


def printed_total(pages: Sequence[PageReading], at_most: float) -> float | None:
    """The total an assessor wrote, the last one; the table's own maximum says nothing."""
    for page in reversed(pages):
        for line in reversed(lines_of(page)):
            if not TOTAL.search(line.folded):
                continue
            match = TOTAL_POINTS.search(line.text) or TOTAL_BEHIND.search(line.text)
            total = float(match.group(1).replace(",", ".")) if match else None
            if total is not None and total < at_most:
                return total
    return None


def checked_by_total(
    rows: Sequence[CriterionReading], total: float | None, table: PrintedTable, others: Sequence[CriterionReading]
) -> list[CriterionReading]:
    """The rows of one paper beside its printed total. `others`: the rows of the other paper, as witnesses.

    Says nothing unless every scorable row was found. Rows without boxes are worth what the total leaves.
    """
    complete = len(rows) == sum(criterion.scorable for criterion in table.criteria)
    open_rows = [row for row in rows if row.points is None]
    if not complete or total is None:
        return list(rows)
    left = total - sum(row.points or 0.0 for row in rows)
    if not open_rows:
        return [_confirmed(row) for row in rows] if left == 0 else _questioned(rows, total)
    if any(row.reason != WRITTEN_POINTS for row in open_rows):
        return list(rows)  # a tick is missing, which is said already
    most = sum(float(table.by_code[row.code].max_points) for row in open_rows)
    if not 0 <= left <= most:
        return _questioned(rows, total)
    return [_worth(row, left, others) if row in open_rows and len(open_rows) == 1 else row for row in rows]


def _worth(row: CriterionReading, left: float, others: Sequence[CriterionReading]) -> CriterionReading:
    """An open row with the points that the total leaves for it; sure only if the other paper says the same."""
    witness = next((other.points for other in others if other.code == row.code), None)
    if witness is not None and witness == left:
        return row.model_copy(update={"points": left, "confidence": 0.95, "needs_review": False, "reason": None})
    return row


def _confirmed(row: CriterionReading) -> CriterionReading:
    doubted = merely_unsure(row.reason) or row.reason == UNCLEAR_MARK
    return row.model_copy(update={"needs_review": False, "reason": None}) if doubted and row.confidence > 0 else row


def _questioned(rows: Sequence[CriterionReading], total: float) -> list[CriterionReading]:
    weakest = min((row for row in rows if row.points is not None), key=lambda row: row.confidence, default=None)
    reason = f"Tổng điểm in trên giấy ({total:g}) không bằng tổng các dòng."
    return [
        row.model_copy(update={"needs_review": True, "reason": row.reason or reason}) if row is weakest else row
        for row in rows
    ]
