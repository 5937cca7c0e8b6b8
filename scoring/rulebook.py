"""A criteria table: what a council may tick, what each tick is worth, and what must be reached for a star.

The tables are facts of law (Phụ lục II of QĐ 26/2026/QĐ-TTg and its forerunners); see design notes in the README.
"""

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Self

from pydantic import BaseModel, ConfigDict

STARS = (1, 2, 3, 4, 5)
STARRED = (3, 4, 5)  # ranks with minimums and certificates
YES_NO = (("Không", 0), ("Có", None))  # None: the row's maximum


class Fact(BaseModel):
    """Part of a rulebook; frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Fact):
    """One tick box. `case`: of two alternative lists of a row, the one it belongs to."""

    text: str
    points: int
    min_star: int | None = None  # 3, 4 or 5: the least a product must reach on this row for that rank
    case: int | None = None


class Criterion(Fact):
    """One row. Section rows (`scorable` false) carry the sum of their children and no options."""

    code: str
    part: str
    parent: str | None = None
    title: str
    max_points: int
    scorable: bool
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    evidence: tuple[str, ...] = ()
    cases: dict[int, str] = {}
    some_points_for: int | None = None  # stars printed on the row itself: that rank needs some points here
    is_yes_no: bool = False  # printed without boxes; its two options are ours

    def minimum_for(self, stars: int) -> int:
        """Points this row must reach for a rank; marks of lower ranks count too. 0 where nothing is asked."""
        marked = [option.points for option in self.options if option.min_star and option.min_star <= stars]
        if self.some_points_for and self.some_points_for <= stars:
            marked.append(min((option.points for option in self.options if option.points), default=0))
        return max(marked, default=0)

    @property
    def is_alternative(self) -> bool:
        return any(option.case is not None for option in self.options)

    def with_boxes(self) -> Self:
        """A scorable row printed without boxes is worth 0 or its maximum; give it those two, so that indexes work."""
        if not self.scorable or self.options:
            return self
        boxes = tuple(Option(text=text, points=self.max_points if best is None else best) for text, best in YES_NO)
        return self.model_copy(update={"options": boxes, "is_yes_no": True})


class Part(Fact):
    code: str  # A, B, C
    title: str
    max_points: int


class Rulebook(Fact):
    """One product set's table under one decision. Only `usable` ones may be scored with."""

    family: str  # qd26-2026
    decision: str  # QĐ 26/2026/QĐ-TTg
    set_no: int
    name: str
    sector: str | None = None
    group: str | None = None
    subgroup: str | None = None
    agency: str | None = None
    effective_from: date
    effective_to: date | None = None
    disqualified_if: str | None = None
    parts: tuple[Part, ...]
    criteria: tuple[Criterion, ...]
    usable: bool = True
    flaws: tuple[str, ...] = ()  # why it is not usable
    doubts: tuple[str, ...] = ()  # values to compare with the signed decision

    @cached_property
    def rows(self) -> tuple[Criterion, ...]:
        """The scorable criteria, in printed order."""
        return tuple(row for row in self.criteria if row.scorable)

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        return {row.code: row for row in self.criteria}

    @cached_property
    def has_stars(self) -> bool:
        return any(row.minimum_for(5) for row in self.rows)

    def was_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


def flaws_of(rulebook: Rulebook) -> list[str]:
    """What is wrong with a table as it stands, in Vietnamese; empty if it can be scored with."""
    return [*_code_flaws(rulebook), *_sum_flaws(rulebook), *_option_flaws(rulebook)]


def _code_flaws(rulebook: Rulebook) -> list[str]:
    counts = Counter(row.code for row in rulebook.criteria)
    repeated = [f"mã tiêu chí {code} lặp lại" for code, count in counts.items() if count > 1]
    parts = {part.code for part in rulebook.parts}
    lost = [
        f"tiêu chí {row.code} không thuộc phần hoặc mục nào"
        for row in rulebook.criteria
        if row.part not in parts or (row.parent is not None and row.parent not in counts)
    ]
    return repeated + lost


def _sum_flaws(rulebook: Rulebook) -> list[str]:
    flaws = []
    for part in rulebook.parts:
        total = sum(row.max_points for row in rulebook.rows if row.part == part.code)
        if total != part.max_points:
            flaws.append(f"các tiêu chí phần {part.code} cộng được {total} điểm, phần này ghi {part.max_points} điểm")
    if (total := sum(part.max_points for part in rulebook.parts)) != 100:
        flaws.append(f"ba phần cộng được {total} điểm thay vì 100")
    return flaws


def _option_flaws(rulebook: Rulebook) -> list[str]:
    flaws = []
    for row in rulebook.rows:
        best = max(option.points for option in row.with_boxes().options)
        if best != row.max_points:
            flaws.append(f"tiêu chí {row.code} tối đa {row.max_points} điểm nhưng mức cao nhất ghi {best} điểm")
        marks = sorted((option.min_star, option.points) for option in row.options if option.min_star)
        if any(stars not in STARRED for stars, _ in marks):
            flaws.append(f"tiêu chí {row.code} có mức sao lạ")
        if [points for _, points in marks] != sorted(points for _, points in marks):
            flaws.append(f"tiêu chí {row.code} đòi ít điểm hơn cho hạng sao cao hơn")
    return flaws
