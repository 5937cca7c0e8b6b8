"""Marks that the picture leaves open are told by the words beside; letters, names and what is sure are left alone."""

from collections.abc import Sequence

import pytest

from extraction.engines import Sign
from extraction.engines.pairs import paired, pairs_of

KNOWN = pairs_of(
    (
        "Khả năng tiếp thị; khả năng xuất khẩu",
        "Tổ chức sản xuất",
        "Tinh dầu sả",
        "xã Tân Hòa",
        "ký, đóng dấu",
        "hiệu lực kể từ ngày",
        "văn bản",
    )
)


def read(text: str, others: dict[int, Sequence[tuple[str, float]]], sure: float = 0.8) -> str:
    """The line read, each sign in `others` doubted and the rest sure."""
    line = [Sign(sign, at, at + 1, sure if at in others else 1.0) for at, sign in enumerate(text)]
    return "".join(sign.text for sign in paired(line, lambda at: others.get(at, ()), KNOWN))


@pytest.mark.parametrize(
    ("text", "others", "meant"),
    [
        ("B: KHÁ NĂNG", {5: [("Ả", 0.13)]}, "B: KHẢ NĂNG"),  # the word behind tells
        ("1. TỔ CHÚC", {8: [("Ứ", 0.2)]}, "1. TỔ CHỨC"),  # the word before tells
        ("B: KHÁ NĂNG", {5: [("Ả", 0.001)]}, "B: KHẢ NĂNG"),  # marks over capitals are a few dots high
        ("hiệu lực kế từ ngày", {10: [("ể", 0.008)]}, "hiệu lực kể từ ngày"),  # both neighbours tell
        ("Tỉnh dầu sả", {1: [("i", 0.1)]}, "Tinh dầu sả"),  # a capital that begins the line, before a small word
        ("đóng đấu)", {5: [("d", 0.1)]}, "đóng dấu)"),
    ],
)
def test_a_doubted_mark_becomes_the_one_that_goes_with_a_neighbour(
    text: str, others: dict[int, Sequence[tuple[str, float]]], meant: str
) -> None:
    assert read(text, others) == meant


@pytest.mark.parametrize(
    ("text", "others", "why"),
    [
        ("B: KHÁ NĂNG", {5: [("Ả", 0.0003)]}, "the picture hardly allows it"),
        ("Khá năng", {2: [("ả", 0.005)]}, "of small letters more is seen"),
        ("TRẦN VĂN BAN", {10: [("Ả", 0.005)]}, "the parts of names go with any other"),
        ("TỔ CHÚC", {4: [("Ứ", 0.2)]}, "another sign was doubted"),
        ("KHÁ, NĂNG", {2: [("Ả", 0.13)]}, "a comma stands between"),
        ("KHÁ/NĂNG", {2: [("Ả", 0.13)]}, "a stroke stands between"),
        ("xã Tần Hòa", {4: [("â", 0.3)]}, "a name goes with any other"),
        ("khả nang", {2: [("á", 0.3)]}, "no pair is known with the other mark"),
        ("Tổ chực", {5: [("x", 0.3)]}, "another letter, not another mark"),
        ("tinh dầu", {1: [("ỉ", 0.3)]}, "the word goes with its neighbour as it is"),
    ],
)
def test_all_else_stays_as_read(text: str, others: dict[int, Sequence[tuple[str, float]]], why: str) -> None:
    assert read(text, others) == text, why


def test_what_is_surely_read_is_not_doubted() -> None:
    assert read("KHÁ NĂNG", {2: [("Ả", 0.13)]}, sure=0.9999) == "KHÁ NĂNG"


def test_the_mark_put_in_is_no_surer_than_the_picture_makes_it() -> None:
    line = [Sign(sign, at, at + 1, 0.8) for at, sign in enumerate("KHÁ NĂNG")]

    assert paired(line, lambda at: [("Ả", 0.13)] if at == 2 else [], KNOWN)[2] == Sign("Ả", 2, 3, 0.13)


def test_pairs_are_words_with_nothing_but_a_blank_between() -> None:
    assert pairs_of(["Hồ sơ, giấy tờ (nếu có) 12 bản"]) == {"hồ sơ", "giấy tờ", "nếu có"}
    assert pairs_of(["một hai ba"]) == {"một hai", "hai ba"}


def test_a_slip_among_many_is_no_pair() -> None:
    assert pairs_of(["khả năng"] * 21 + ["khá năng"]) == {"khả năng"}
    assert pairs_of(["khả năng"] * 20 + ["khá năng"]) == {"khả năng", "khá năng"}
