"""Phụ lục II as data for its template: the criteria table of one product set, ticked."""

from random import Random
from typing import Any

from infra.samples.criteria import Claim, CriteriaTable, Criterion
from infra.samples.fiction import Person, Story
from infra.samples.papers import Paper, digits, filled, here, signing, tick

DECISIONS = {  # as Phụ lục II and its forerunner say where they come from
    "qd26-2026": "26/2026/QĐ-TTg ngày 22 tháng 5 năm 2026",
    "qd148-2023": "148/QĐ-TTg ngày 24 tháng 02 năm 2023",
}


def score_sheet(story: Story, table: CriteriaTable, claims: dict[str, Claim], assessor: Person, rng: Random) -> Paper:
    """Phụ lục II, ticked."""
    who = story.applicant
    total = sum(claim.points for claim in claims.values())
    return {
        "form": "score-sheet",
        "kind": "score-sheet",
        "decision": DECISIONS[table.rulebook],
        "old": table.rulebook.startswith("qd148"),
        "set-no": str(table.set_no),
        "set-name": table.set_name,
        "entries": [
            ("Tên sản phẩm", filled("product.name", story.product.name)),
            ("Mã số sản phẩm", filled("product.code", story.product.code)),
            ("Tên chủ thể sản xuất", filled("applicant.name", who.name)),
            ("Số điện thoại", filled("applicant.phone", who.phone, digits(who.phone))),
            ("Địa chỉ", filled("applicant.address", who.address)),
        ],
        "disqualified": table.disqualified_if.rstrip(".") if table.disqualified_if else None,
        "rows": _sheet_rows(table, claims, rng),
        "legend": table.legend,
        "opinion": ["Sản phẩm đạt tổng số ", str(total), "/100 điểm."],
        "sign": signing(
            rng, ["Người đánh giá"], assessor.name, "Ký và ghi rõ họ tên", date=here(story, story.submitted)
        ),
    }


def _sheet_rows(table: CriteriaTable, claims: dict[str, Claim], rng: Random) -> list[dict[str, Any]]:
    """The rows of the printed table, top to bottom. Any: JSON."""
    rows: list[dict[str, Any]] = []
    for part, title, maximum in table.parts:
        rows.append({"kind": "part", "text": f"PHẦN {part}: {title}", "points": str(maximum)})
        for row in table.criteria:
            if row.part == part:
                rows.extend(_criterion_rows(row, claims.get(row.code), rng))
    rows.append({"kind": "total", "text": "TỔNG CỘNG", "points": "100"})
    return rows


def _criterion_rows(row: Criterion, claim: Claim | None, rng: Random) -> list[dict[str, Any]]:
    """A criterion, its notes, and a row for each option with its box and its stars. Any: JSON."""
    heading: dict[str, Any] = {"kind": "criterion", "text": f"{row.code}. {row.title}", "points": str(row.max_points)}
    if claim is not None:
        heading["claim"] = {
            "code": row.code,
            "points": claim.points,
            "option": claim.option,
            "has-boxes": bool(row.options),
        }
        if not row.options and not claim.points:
            heading["points"] = ""  # a row without boxes carries its point itself, or nothing
    rows = [heading, *({"kind": "note", "text": note, "points": ""} for note in row.notes)]
    case: int | None = None
    for index, option in enumerate(row.options):
        if option.case is not None and option.case != case:
            case = option.case
            rows.append({"kind": "case", "text": f"Trường hợp {case}: {row.cases[case]}", "points": ""})
        ticked = claim is not None and claim.option == index
        rows.append(
            {
                "kind": "option",
                "text": option.text,
                "points": f"{option.points}{'*' * (option.min_star or 0)}",
                "tick": tick(rng, ticked, criterion=row.code, option=index),
            }
        )
    return rows
