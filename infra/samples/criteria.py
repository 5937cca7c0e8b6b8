"""The criteria table as data, and which boxes an office would tick in it to end at a wanted star."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import yaml

from infra.reference import RULEBOOKS
from infra.samples.variant import Era

BANDS = {1: (0, 29), 2: (30, 49), 3: (50, 69), 4: (70, 89), 5: (90, 100)}  # QĐ 26/2026 Art. 3


@dataclass(frozen=True)
class Option:
    text: str
    points: int
    min_star: int | None
    case: int | None


@dataclass(frozen=True)
class Criterion:
    code: str
    part: str
    title: str
    max_points: int
    scorable: bool
    notes: tuple[str, ...]
    options: tuple[Option, ...]
    cases: dict[int, str]


@dataclass(frozen=True)
class CriteriaTable:
    decision: str
    rulebook: str
    set_no: int
    set_name: str
    sector: str
    group: str | None
    subgroup: str | None
    disqualified_if: str | None
    legend: bool
    parts: tuple[tuple[str, str, int], ...]  # code, title, maximum
    criteria: tuple[Criterion, ...]

    @property
    def scorable(self) -> tuple[Criterion, ...]:
        return tuple(row for row in self.criteria if row.scorable)


@dataclass(frozen=True)
class Claim:
    points: int
    option: int | None


@cache
def criteria_table(set_no: int, era: Era = "26/2026") -> CriteriaTable:
    """One of the 26 sets of QĐ 26/2026, or of QĐ 148/2023. Raises ValueError for another number."""
    number, year = era.split("/")
    found = sorted(RULEBOOKS.glob(f"qd{number}-{year}-{set_no:02d}-*.yaml"))
    if not found:
        raise ValueError(f"QĐ {era} has no set {set_no}: choose 1 to 26")
    raw = yaml.safe_load(found[0].read_text(encoding="utf-8"))
    if "sector_vi" not in raw:  # not carried over from 148, whose sets have the same numbers and sectors
        now = criteria_table(set_no)
        raw |= {"sector_vi": now.sector, "group_vi": now.group, "subgroup_vi": now.subgroup}
    return CriteriaTable(
        decision=raw["decision"],
        rulebook=raw["rulebook"],
        set_no=raw["set_no"],
        set_name=raw["set_name_vi"],
        sector=raw["sector_vi"],
        group=raw["group_vi"],
        subgroup=raw["subgroup_vi"],
        disqualified_if=raw.get("disqualified_if_vi"),
        legend=bool(raw.get("min_star_note_printed")),
        parts=tuple((part["code"], part["title_vi"], part["max_points"]) for part in raw["parts"]),
        criteria=tuple(_criterion(row) for row in raw["criteria"]),
    )


def _criterion(row: dict[str, Any]) -> Criterion:  # Any: YAML
    return Criterion(
        code=row["code"],
        part=row["part"],
        title=row["title_vi"],
        max_points=row["max_points"],
        scorable=row["scorable"],
        notes=tuple(row.get("notes_vi", ())),
        options=tuple(
            Option(option["text_vi"], option["points"], option.get("min_star"), option.get("case"))
            for option in row["options"]
            if option["points"] is not None  # a gap in the transcription of 148
        ),
        cases={case["case"]: case["label_vi"] for case in row.get("cases", ())},
    )


def claims_for(table: CriteriaTable, stars: int, rng: Random, facts: dict[str, int]) -> dict[str, Claim]:
    """Claims that end exactly at `stars`: total in its band, every minimum up to it met.

    `facts` fixes rows that follow from who the applicant is: criterion code to option. Of two cases the first counts.
    Raises ValueError where stars is not 1 to 5.
    """
    if stars not in BANDS:
        raise ValueError(f"stars must be 1 to 5, not {stars}")
    low, high = BANDS[stars]
    goal = rng.randint(low + (high - low) // 4, high - (high - low) // 4)
    choices = {row.code: _allowed(row, stars, facts.get(row.code)) for row in table.scorable}
    claims = {code: rng.choice(allowed) for code, allowed in choices.items()}
    for _ in range(2000):
        total = sum(claim.points for claim in claims.values())
        if low <= total <= high and abs(total - goal) <= 2:
            return claims
        code = rng.choice(sorted(choices))
        better = [claim for claim in choices[code] if (claim.points > claims[code].points) == (total < goal)]
        if better:
            claims[code] = rng.choice(better)
    raise ValueError(f"set {table.set_no} cannot end at {stars} stars")


def _allowed(row: Criterion, stars: int, fixed: int | None) -> list[Claim]:
    """The claims that do not miss a minimum of `stars`; below three stars a row may be left empty."""
    if not row.options:
        return [Claim(0, None), Claim(row.max_points, None)]
    options = [Claim(option.points, index) for index, option in enumerate(row.options) if option.case in (None, 1)]
    if fixed is not None:
        return [claim for claim in options if claim.option == fixed]
    least = max((option.points for option in row.options if option.min_star and option.min_star <= stars), default=0)
    if row.title == "Câu chuyện sản phẩm":
        least = max(least, 1)  # the rows below it apply only where there is a story
    allowed = [claim for claim in options if claim.points >= least]
    return [*allowed, Claim(0, None)] if stars <= 2 and row.title != "Câu chuyện sản phẩm" else allowed


def stars_of(table: CriteriaTable, claims: dict[str, Claim]) -> int:
    """The highest star whose band and minimums (all up to it) are met, at least 1."""
    total = sum(claim.points for claim in claims.values())
    best = 1
    for stars in (2, 3, 4, 5):
        met = all(claims[row.code].points >= _least(row, stars) for row in table.scorable)
        if total >= BANDS[stars][0] and met:
            best = stars
    return best


def _least(row: Criterion, stars: int) -> int:
    return max((option.points for option in row.options if option.min_star and option.min_star <= stars), default=0)
