"""The Quy chế: who must vote, how far apart members may be, and what a seal promises."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from scoring.council import Ballot, Council, Regulation, SealedBallot, Tally, count, shown
from scoring.errors import BadCouncil, BrokenSeal, NoQuorum
from scoring.rulebook import Rulebook
from scoring.rules import Rating
from tests.scoring.conftest import NINE, top_choices


def council(members: int = 9, **regulation: object) -> Council:
    return Council(members=tuple(NINE[:members]), chair="uyvien1", regulation=Regulation.model_validate(regulation))


def sealed(member: str, choices: Mapping[str, int | None], disqualify: str | None = None) -> SealedBallot:
    ballot = Ballot(member=member, choices=dict(choices), disqualify=disqualify)
    return SealedBallot(ballot=ballot, nonce="ab12", digest=ballot.seal("ab12"))


def test_three_quarters_must_vote_the_chair_among_them() -> None:
    nine = council()

    assert nine.ballots_needed == 7  # 6.75 rounded up
    nine.check_quorum(NINE[:7])
    with pytest.raises(NoQuorum, match="đã có 6 phiếu, cần ít nhất 7"):
        nine.check_quorum(NINE[:6])
    with pytest.raises(NoQuorum, match="chủ tịch"):
        nine.check_quorum(NINE[1:])


def test_a_chair_who_does_not_score_is_not_waited_for() -> None:
    eight = council(chair_votes=False)

    assert len(eight.voters) == 8
    eight.check_quorum(NINE[1:7])  # 6 of 8


@pytest.mark.parametrize(
    ("members", "chair", "problem"),
    [
        (("a", "b"), "a", "2 thành viên"),
        (("a", "b", "b"), "a", "hai lần"),
        (("a", "b", "c"), "d", "chủ tịch d"),
    ],
)
def test_a_council_that_breaks_its_own_rules_is_refused(members: tuple[str, ...], chair: str, problem: str) -> None:
    with pytest.raises(BadCouncil, match=problem):
        Council(members=members, chair=chair).check()


@pytest.mark.parametrize(("spread", "too_wide"), [("10", False), ("21/2", True), ("1001/100", True), ("0", False)])
def test_exactly_ten_points_apart_is_allowed(spread: str, too_wide: bool) -> None:
    tally = Tally(
        votes=(), rows={}, spread=Fraction(spread), rating=Rating(parts={}, total=Fraction(80), band=4, stars=4)
    )

    assert tally.is_too_wide(Regulation()) is too_wide


def test_members_ten_points_apart_pass_and_eleven_do_not(jam: Rulebook) -> None:
    best = top_choices(jam)
    ten_less = best | {"1.1": 0, "1.3": 0, "3.1": 0, "3.3": 0, "10": 0, "1.7": 0}  # −2 −2 −2 −2 −1 −1
    eleven_less = ten_less | {"2.4": 0}

    near = count(jam, Regulation(), [sealed("a", best), sealed("b", ten_less)])
    far = count(jam, Regulation(), [sealed("a", best), sealed("b", eleven_less)])

    assert (near.spread, near.is_too_wide(Regulation())) == (10, False)
    assert (far.spread, far.is_too_wide(Regulation())) == (11, True)


def test_a_row_minimum_is_tested_on_the_mean_or_by_most_members(jam: Rulebook) -> None:
    best = top_choices(jam)
    weak = best | {"2.1": 0}  # 0 where four stars ask for 3
    ballots = [sealed("a", best), sealed("b", best), sealed("c", weak)]  # mean 2, yet two of three say 3

    by_mean = count(jam, Regulation(), ballots).rating
    by_most = count(jam, Regulation(minimums="majority"), ballots).rating

    assert by_mean is not None
    assert by_most is not None
    assert (by_mean.total, by_mean.stars) == (99, 3)
    assert (by_most.total, by_most.stars) == (99, 5)


def test_the_gate_comes_before_the_points(jam: Rulebook) -> None:
    best = top_choices(jam)
    forged = "Giả mạo hồ sơ"

    most = count(jam, Regulation(), [sealed("a", best), sealed("b", best, forged), sealed("c", best, forged)])
    half = count(jam, Regulation(), [sealed("a", best), sealed("b", best, forged)])

    assert most.rating is None
    assert most.disqualified_because == (forged,)
    assert half.rating is not None
    assert half.disqualified_because == ()


def test_a_seal_holds_for_one_ballot_of_one_member_only(jam: Rulebook) -> None:
    ballot = Ballot(member="a", choices=top_choices(jam), comment="Tốt")
    seal = ballot.seal("nonce")

    assert SealedBallot(ballot=ballot, nonce="nonce", digest=seal).opened() == ballot
    reordered = ballot.model_copy(update={"choices": dict(reversed(ballot.choices.items()))})
    assert reordered.seal("nonce") == seal
    for forged in (
        ballot.model_copy(update={"choices": {**ballot.choices, "1.1": 0}}),
        ballot.model_copy(update={"member": "b"}),
        ballot.model_copy(update={"comment": "Kém"}),
    ):
        with pytest.raises(BrokenSeal):
            SealedBallot(ballot=forged, nonce="nonce", digest=seal).opened()
    assert ballot.seal("other nonce") != seal


@pytest.mark.parametrize(
    ("points", "decimals", "number"),
    [("583/9", 2, 64.78), ("139/2", 0, 70.0), ("1/8", 2, 0.13), ("181/2", 1, 90.5), ("89999/1000", 2, 90.0)],
)
def test_points_are_rounded_for_people_only(points: str, decimals: int, number: float) -> None:
    assert shown(Fraction(points), decimals) == number
