"""How Vietnamese a page reads, and what is said of one that does not."""

import pytest

from extraction.health import FOREIGN, HOPELESS, TONELESS, UNCLEAR, health_of, with_health
from extraction.readings import PageReading, PageSource
from extraction.syllables import possible
from tests.extraction.papers import blank, page

VIETNAMESE = "Hợp tác xã nông nghiệp đề nghị hội đồng đánh giá và phân hạng sản phẩm theo quy định"
BARE = "Hop tac xa nong nghiep de nghi hoi dong danh gia va phan hang san pham theo quy dinh"
ENGLISH = "We hereby certify that the food safety management system of the following firm was found to conform"
NOISE = "Ửpk xmr gđơt ktqo lbrn ịưq ftpz rrnm xkqă bdgt vvcl ưưkt zqm pbdg ntrx kgld qrts mnbv lkhg dsfp"


@pytest.mark.parametrize("word", ["quốc", "hòa", "hoà", "uỷ", "ủy", "kĩ", "kỹ", "lý", "gì", "giêng", "quýt", "yết"])
def test_what_people_write_is_possible_however_they_set_the_mark(word: str) -> None:
    assert possible(word)


@pytest.mark.parametrize("word", ["tàc", "ngê", "kang", "nghan", "bacg", "report", "ờủ"])
def test_what_nobody_writes_is_not(word: str) -> None:
    assert not possible(word)


def test_shares_are_of_words_made_of_letters_without_abbreviations() -> None:
    health = health_of(["UBND", "xã", "Tân", "Hoa,", "số", "12/HTX", "fax:", "0912"])

    assert health.words == 5  # xã, Tân, Hoa, số, fax
    assert (health.possible, health.foreign, health.bare) == (0.8, 0.2, 0.25)


@pytest.mark.parametrize(
    ("line", "confidence", "reason"),
    [
        (VIETNAMESE, 0.93, None),
        (VIETNAMESE, 0.6, UNCLEAR),
        (BARE, 0.95, TONELESS),
        (ENGLISH, 0.95, FOREIGN),
        (NOISE, 0.4, HOPELESS),
    ],
)
def test_a_page_that_does_not_read_as_vietnamese_says_why(line: str, confidence: float, reason: str | None) -> None:
    judged = with_health(page([line] * 3, confidence=confidence))

    assert (judged.needs_review, judged.reason) == (reason is not None, reason)


def test_a_few_words_read_badly_are_told() -> None:
    assert with_health(page(["Họ tên: Nguyễn Văn An"], confidence=0.6)).reason == UNCLEAR
    assert not with_health(page(["7 1"], confidence=0.6)).needs_review


def test_a_few_words_say_nothing_about_a_page() -> None:
    assert not with_health(page(["ISO HACCP certificate"])).needs_review


def test_pages_without_text_keep_what_is_said_of_them() -> None:
    quarantined = PageReading(number=1, width=0, height=0, dpi=0, source=PageSource.QUARANTINED, reason="hỏng")

    assert with_health(quarantined) == quarantined
    assert with_health(blank(1)) == blank(1)
