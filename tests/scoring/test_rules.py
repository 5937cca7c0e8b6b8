"""From ticks to stars. Every expectation is computed by hand from the printed table."""

from fractions import Fraction

import pytest

from scoring import rules
from scoring.errors import BadBallot
from scoring.library import Library
from scoring.rulebook import Rulebook
from tests.scoring.conftest import DECISION, top_choices


def rating(rulebook: Rulebook, choices: dict[str, int | None]) -> rules.Rating:
    return rules.rate(rulebook, rules.averages([rules.points_of(rulebook, choices)]))


def test_the_best_of_every_row_is_a_hundred_points_and_five_stars(jam: Rulebook) -> None:
    result = rating(jam, top_choices(jam))

    assert result.parts == {"A": 40, "B": 25, "C": 35}
    assert (result.total, result.band, result.stars, result.shortfalls) == (100, 5, 5, ())


def test_ninety_two_points_miss_four_stars_by_one_row(jam: Rulebook) -> None:
    choices = top_choices(jam) | {
        "3.5": 0,  # −2: one point where four stars ask for two
        "1.3": 0,  # −2, no star mark
        "3.3": 0,  # −2, no star mark
        "1.7": 0,  # −1, no star mark
        "10": 0,  # −1, no star mark
    }

    result = rating(jam, choices)

    assert result.parts == {"A": 33, "B": 25, "C": 34}
    assert (result.total, result.band, result.stars) == (92, 5, 3)
    [row] = result.shortfalls
    assert (row.code, row.stars, row.minimum, row.reached) == ("3.5", 4, 2, 1)
    assert row.title == "Sở hữu trí tuệ"


def test_a_row_that_fails_the_lowest_minimum_leaves_no_certificate(jam: Rulebook) -> None:
    result = rating(jam, top_choices(jam) | {"2.3": None})  # labels: one point is asked for three stars

    assert (result.total, result.band, result.stars) == (97, 5, 2)
    assert [(row.code, row.stars, row.minimum) for row in result.shortfalls] == [("2.3", 3, 1)]


@pytest.mark.parametrize(
    ("total", "stars"),
    [
        ("0", 1),
        ("2999/100", 1),
        ("30", 2),
        ("4999/100", 2),
        ("449999/9000", 2),  # 49.99988…, shown as 50.00
        ("50", 3),
        ("139/2", 3),  # 69.5: no gap between the bands
        ("70", 4),
        ("179/2", 4),  # 89.5
        ("89999/1000", 4),
        ("90", 5),
        ("100", 5),
    ],
)
def test_bands_are_cut_on_the_exact_total(total: str, stars: int) -> None:
    assert rules.band_of(Fraction(total)) == stars


def test_averages_are_exact(jam: Rulebook) -> None:
    best = rules.points_of(jam, top_choices(jam))
    lower = rules.points_of(jam, top_choices(jam) | {"1.1": 1})  # 2 instead of 3

    mean = rules.averages([best, best, lower])

    assert mean["1.1"] == Fraction(8, 3)
    assert rules.rate(jam, mean).total == Fraction(299, 3)


def test_points_come_from_the_ticked_option_alone(jam: Rulebook) -> None:
    points = rules.points_of(jam, {row.code: None for row in jam.rows} | {"4.1": 3, "2.4": 1, "7": 2})

    assert {code: value for code, value in points.items() if value} == {"4.1": 5, "2.4": 1, "7": 3}


def test_without_a_story_its_structure_and_identity_earn_nothing(jam: Rulebook) -> None:
    points = rules.points_of(jam, top_choices(jam) | {"5.1": 0})

    assert (points["5.1"], points["5.2"], points["5.3"]) == (0, 0, 0)
    assert sum(points.values()) == 100 - 5 - 2 - 5


def test_tourism_rows_five_two_and_five_three_stand_alone(library: Library) -> None:
    tourism = library.rulebook_for(DECISION, 26)

    points = rules.points_of(tourism, top_choices(tourism) | {"5.1": None})

    assert points["5.2"] > 0
    assert points["5.3"] > 0


def test_two_ticks_on_a_row_are_refused(jam: Rulebook) -> None:
    row = jam.by_code["1.1"]

    assert rules.one_tick(row, [2]) == 2
    assert rules.one_tick(row, []) is None
    with pytest.raises(BadBallot, match=r"1\.1 có 2 mức"):
        rules.one_tick(row, [0, 2])
    with pytest.raises(BadBallot, match=r"1\.1 không có mức 3"):
        rules.one_tick(row, [3])


def test_a_service_is_judged_as_one_case_throughout(library: Library) -> None:
    tourism = library.rulebook_for(DECISION, 26)
    community = top_choices(tourism)  # rows 8, 9, 15 by case 1

    rules.check_choices(tourism, community)
    with pytest.raises(BadBallot, match="8, 9, 15 phải chấm theo cùng một trường hợp"):
        rules.check_choices(tourism, community | {"9": 3})


def test_a_ballot_names_all_that_is_wrong_with_it(jam: Rulebook) -> None:
    choices = top_choices(jam) | {"99": 0, "2.1": 9, "4.2": -1}
    del choices["11"]

    with pytest.raises(BadBallot) as refusal:
        rules.check_choices(jam, choices)

    assert refusal.value.members == {"rows": ["99", "11", "2.1", "4.2"]}


def test_spread_is_the_highest_less_the_lowest() -> None:
    assert rules.spread([81, 84, 91]) == 10
    assert rules.spread([Fraction(161, 2), 91, 90]) == Fraction(21, 2)
    assert rules.spread([80]) == 0


@pytest.mark.parametrize(("level", "forwarded"), [("province", True), ("ministry", False)])
def test_five_stars_of_a_province_go_to_the_ministry(jam: Rulebook, level: str, forwarded: bool) -> None:
    assert rules.goes_to_ministry(level, rating(jam, top_choices(jam))) is forwarded


def test_ninety_points_held_at_three_stars_by_a_row_stay_with_the_province(jam: Rulebook) -> None:
    assert not rules.goes_to_ministry("province", rating(jam, top_choices(jam) | {"3.5": 0}))
