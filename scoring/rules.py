"""How ticks become stars: one function a rule, each with its source. Exact fractions, no I/O.

Sources: QĐ 26/2026/QĐ-TTg, its Phụ lục II, and what is known of provincial Quy chế where the decision is silent.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from scoring.errors import BadBallot
from scoring.rulebook import STARRED, STARS, Criterion, Rulebook

Choices = Mapping[str, int | None]
"""Criterion code → index (from 0) of the ticked option; None: nothing ticked."""

BANDS: Mapping[int, int] = {5: 90, 4: 70, 3: 50, 2: 30, 1: 0}  # rank → lowest total, Art. 3
STORY = "5.1"
STORY_ROWS = ("5.2", "5.3")
NO_STORY = "không có câu chuyện"


class Shortfall(BaseModel):
    """A row that keeps the product from a rank its points would give."""

    model_config = ConfigDict(frozen=True)

    code: str
    title: str
    stars: int  # the rank it keeps the product from
    minimum: int
    reached: Fraction


class Rating(BaseModel):
    """`band`: the rank by points alone. `stars`: the rank with every minimum met."""

    model_config = ConfigDict(frozen=True)

    parts: dict[str, Fraction]
    total: Fraction
    band: int
    stars: int
    shortfalls: tuple[Shortfall, ...] = ()


def one_tick(row: Criterion, ticks: Collection[int]) -> int | None:
    """The row's tick; exactly one option of exactly one case may be ticked (Phụ lục II; tourism rows 8, 9, 15).

    No tick stands for 0 points where nothing applies: 12 to 16 rows a goods set print no 0 (inferred, the decision is
    silent). Raises BadBallot for two ticks or an option the row does not have.
    """
    strange = [tick for tick in ticks if not 0 <= tick < len(row.options)]
    if strange:
        raise BadBallot([f"Tiêu chí {row.code} không có mức {strange[0]}."], [row.code])
    if len(set(ticks)) > 1:
        raise BadBallot([f"Tiêu chí {row.code} có {len(set(ticks))} mức được đánh dấu; chỉ chọn một mức."], [row.code])
    return next(iter(ticks), None)


def check_choices(rulebook: Rulebook, choices: Choices) -> None:
    """Every row answered, no strange row, listed options only, one case within a part. Raises BadBallot naming all."""
    problems, rows = [], []
    if strange := sorted(set(choices) - {row.code for row in rulebook.rows}):
        problems.append(f"Bộ tiêu chí này không có tiêu chí {', '.join(strange)}.")
        rows += strange
    if missing := [row.code for row in rulebook.rows if row.code not in choices]:
        problems.append(f"Chưa chấm tiêu chí {', '.join(missing)} (nếu không mức nào phù hợp, để trống có chủ ý).")
        rows += missing
    for row in rulebook.rows:
        tick = choices.get(row.code)
        if tick is not None and not 0 <= tick < len(row.options):
            problems.append(f"Tiêu chí {row.code} không có mức {tick}.")
            rows.append(row.code)
    if mixed := mixed_cases(rulebook, choices):
        problems.append(f"Các tiêu chí {', '.join(mixed)} phải chấm theo cùng một trường hợp.")
        rows += mixed
    if problems:
        raise BadBallot(problems, rows)


def mixed_cases(rulebook: Rulebook, choices: Choices) -> list[str]:
    """Rows of one part answered for different cases: a service is run by a community or by an operator, not both.

    Exactly one case counts (Phụ lục II set 26, rows 8, 9, 15); that it is the same for all is inferred.
    """
    for part in rulebook.parts:
        cases = {
            row.code: row.options[tick].case
            for row in rulebook.rows
            if row.part == part.code
            and row.is_alternative
            and (tick := choices.get(row.code)) is not None
            and tick < len(row.options)
        }
        if len(set(cases.values())) > 1:
            return list(cases)
    return []


def points_of(rulebook: Rulebook, choices: Choices) -> dict[str, int]:
    """Points of every row: what is printed at the tick, and nothing else (Phụ lục II)."""
    ticked = {row.code: choices.get(row.code) for row in rulebook.rows}
    points = {row.code: 0 if (tick := ticked[row.code]) is None else row.options[tick].points for row in rulebook.rows}
    return without_story(rulebook, points)


def without_story(rulebook: Rulebook, points: Mapping[str, int]) -> dict[str, int]:
    """Rows 5.2 and 5.3 apply only when there is a product story (note of row 5.2, Phụ lục II; 148 and 1048 alike)."""
    story = rulebook.by_code.get(STORY)
    asks = story is not None and any(NO_STORY in option.text.lower() for option in story.options)
    if not asks or points.get(STORY, 0) > 0:
        return dict(points)
    return {code: 0 if code in STORY_ROWS else value for code, value in points.items()}


def part_totals(rulebook: Rulebook, points: Mapping[str, Fraction] | Mapping[str, int]) -> dict[str, Fraction]:
    """Parts A, B, C as sums of their rows (Art. 3)."""
    return {
        part.code: sum((Fraction(points[row.code]) for row in rulebook.rows if row.part == part.code), Fraction())
        for part in rulebook.parts
    }


def averages(sheets: Sequence[Mapping[str, int]]) -> dict[str, Fraction]:
    """Row by row, the mean over members ("tổng điểm trung bình", Art. 3; Quy chế). Raises ValueError for no sheet."""
    if not sheets:
        raise ValueError("no ballot, no average")
    return {code: Fraction(sum(sheet[code] for sheet in sheets), len(sheets)) for code in sheets[0]}


def band_of(total: Fraction) -> int:
    """The rank by points, on the exact total before any rounding: 90, 70, 50, 30 (Art. 3)."""
    return next(stars for stars, lowest in BANDS.items() if total >= lowest)


def rate(rulebook: Rulebook, points: Mapping[str, Fraction], meets: Callable[[str, int], bool] | None = None) -> Rating:
    """The highest rank whose band and whose row minimums, those of lower ranks included, are all met.

    ★ marks: legend of Phụ lục II. That a missed minimum caps the rank is inferred: the decision does not say.
    `meets(code, minimum)` tests a row; by default its points.
    """
    test = meets or (lambda code, minimum: points[code] >= minimum)
    parts = part_totals(rulebook, points)
    total = sum(parts.values(), Fraction())
    band = band_of(total)
    missed = {stars: _missed(rulebook, stars, test) for stars in STARRED if stars <= band}
    stars = max((rank for rank in STARS if rank <= band and not missed.get(rank)), default=1)
    shortfalls = {
        row.code: Shortfall(
            code=row.code, title=row.title, stars=rank, minimum=row.minimum_for(rank), reached=points[row.code]
        )
        for rank in sorted(missed, reverse=True)  # the lowest rank a row blocks is told
        if rank > stars
        for row in missed[rank]
    }
    in_order = tuple(shortfalls[row.code] for row in rulebook.rows if row.code in shortfalls)
    return Rating(parts=parts, total=total, band=band, stars=stars, shortfalls=in_order)


def _missed(rulebook: Rulebook, stars: int, meets: Callable[[str, int], bool]) -> list[Criterion]:
    wanted = ((row, row.minimum_for(stars)) for row in rulebook.rows)
    return [row for row, minimum in wanted if minimum and not meets(row.code, minimum)]


def spread(totals: Sequence[Fraction] | Sequence[int]) -> Fraction:
    """How far members' totals lie apart, highest less lowest (Quy chế of Tây Ninh, Đồng Tháp; not in 26/2026)."""
    return Fraction(max(totals)) - Fraction(min(totals)) if totals else Fraction()


def goes_to_ministry(level: str, rating: Rating) -> bool:
    """A province's five-star proposal is decided by the Minister (Art. 4, 7): from 90 points, minimums met.

    A product of 90 points that a row minimum holds at 3 or 4 stars stays with the province (inferred).
    """
    return level == "province" and rating.stars == 5
