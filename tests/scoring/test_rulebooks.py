"""Criteria tables are facts of law: loaded as they stand, refused where the transcription has gaps."""

from datetime import date

import pytest

from scoring.errors import UnknownRulebook
from scoring.library import Library
from scoring.rulebook import Criterion, Option, flaws_of
from tests.scoring.conftest import DECISION

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("set_no", range(1, 27))
def test_every_set_of_the_decision_in_force_can_be_scored_with(library: Library, set_no: int) -> None:
    table = library.rulebook_for(DECISION, set_no)

    assert table.usable
    assert {part.code: part.max_points for part in table.parts} == {"A": 40, "B": 25, "C": 35}
    assert sum(max(option.points for option in row.options) for row in table.rows) == 100


def test_of_all_tables_the_nine_with_gaps_are_shown_but_not_usable(library: Library) -> None:
    unusable = [(entry.family, entry.set_no) for entry in library.entries(TODAY) if not entry.usable]

    assert sorted(unusable) == [
        ("qd148-2023", 7),
        ("qd148-2023", 11),
        ("qd148-2023", 12),
        ("qd148-2023", 13),
        ("qd148-2023", 18),
        ("qd781-2020", 2),
        ("qd781-2020", 21),
        ("qd781-2020", 23),
        ("qd781-2020", 24),
    ]
    table = library.rulebook_for("QĐ 148/QĐ-TTg", 12)
    assert not table.usable
    assert "các tiêu chí phần C cộng được 32 điểm, phần này ghi 35 điểm" in table.flaws


def test_a_row_printed_without_boxes_gets_no_and_yes(library: Library) -> None:
    row = library.rulebook_for(DECISION, 7).by_code["2.4"]

    assert row.is_yes_no
    assert [(option.text, option.points) for option in row.options] == [("Không", 0), ("Có", 1)]


def test_star_marks_of_lower_ranks_count_for_higher_ones(library: Library) -> None:
    row = library.rulebook_for(DECISION, 7).by_code["3.5"]  # 1***, 2****, 3

    assert [row.minimum_for(stars) for stars in (1, 2, 3, 4, 5)] == [0, 0, 1, 2, 2]


def test_stars_printed_on_a_row_of_148_ask_for_some_points(library: Library) -> None:
    row = library.rulebook_for("qd148-2023", 1).by_code["3.6"]  # ****, options 1 and 2

    assert [row.minimum_for(stars) for stars in (3, 4, 5)] == [0, 1, 1]


def test_a_table_is_found_by_the_decision_as_printed_or_by_its_family(library: Library) -> None:
    by_family = library.rulebook_for("qd26-2026", 26)

    assert library.rulebook_for("QĐ 26/2026/QĐ-TTg", 26) is by_family
    assert library.rulebook_for("QĐ 26/2026/QĐ-TTg (22/5/2026)", 26) is by_family
    assert by_family.name == "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch"


def test_an_unknown_table_is_named_in_the_letter(library: Library) -> None:
    with pytest.raises(UnknownRulebook, match="bộ tiêu chí số 27 của QĐ 26/2026"):
        library.rulebook_for(DECISION, 27)


@pytest.mark.parametrize(
    ("on", "submitted", "kind", "family"),
    [
        (date(2019, 1, 1), None, None, None),
        (date(2022, 6, 1), None, None, "qd781-2020"),
        (date(2025, 1, 1), None, None, "qd148-2023"),
        (date(2026, 5, 22), None, None, "qd26-2026"),
        (date(2026, 7, 21), date(2026, 5, 21), "first", "qd148-2023"),  # 60 days to finish
        (date(2026, 7, 22), date(2026, 5, 21), "first", "qd26-2026"),
        (date(2026, 6, 21), date(2026, 5, 21), "reassessment", "qd148-2023"),  # 30 days to finish
        (date(2026, 6, 22), date(2026, 5, 21), "reassessment", "qd26-2026"),
        (date(2026, 6, 1), date(2026, 5, 22), "first", "qd26-2026"),  # handed in under the new decision
    ],
)
def test_which_decision_judges_a_dossier(
    library: Library, on: date, submitted: date | None, kind: str | None, family: str | None
) -> None:
    assert library.family_in_force(on, submitted, kind) == family  # type: ignore[arg-type]


def test_a_table_that_breaks_its_own_sums_is_found_out(library: Library) -> None:
    table = library.rulebook_for(DECISION, 7)
    first, *rest = table.criteria
    stray = Criterion(
        code="1.1",
        part="D",
        title="Thừa",
        max_points=2,
        scorable=True,
        options=(Option(text="ít", points=3, min_star=3), Option(text="nhiều", points=1, min_star=4)),
    )
    broken = table.model_copy(update={"criteria": (first, *rest, stray)})
    broken.__dict__.pop("rows", None)  # computed for the whole table

    assert flaws_of(broken) == [
        "mã tiêu chí 1.1 lặp lại",
        "tiêu chí 1.1 không thuộc phần hoặc mục nào",
        "tiêu chí 1.1 tối đa 2 điểm nhưng mức cao nhất ghi 3 điểm",
        "tiêu chí 1.1 đòi ít điểm hơn cho hạng sao cao hơn",
    ]
