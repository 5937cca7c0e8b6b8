"""Claims of Mẫu số 02 Part III in prose, or in rows without codes, that name each criterion as the table prints it.

“… với tiêu chí “Gia tăng giá trị” chúng tôi tự chấm 2 điểm trên tối đa 3 điểm. Về Năng lực sản xuất …: …, xin nhận 3/3
điểm.” The points stand between a criterion's name and the next one's; the names come in the table's order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extraction.claimed_points import points_in
from extraction.folding import fold
from extraction.forms import PrintedCriterion, PrintedTable
from extraction.lines import is_page_number, lines_of
from extraction.readings import PageReading, Word
from extraction.titled_claims import PART_TOTAL, TitledClaim, Told, in_order
from extraction.totals import TOTAL

FEWEST = 5  # criteria so named, at least: names occur in other sentences, too
SHORTEST = 2  # words of a name; shorter ones are words of any sentence
EXACT = 100.0
BEFORE = 8  # words before a name, in which its points may be given: “(đạt 2/3 điểm) là phần Năng lực sản xuất”
GIVEN_BEFORE = re.compile(r"\((?P<points>[^()]{0,12}\d{1,2}(?:\s?/\s?\d{1,2})?\s?điểm)\) là (?:phần|mục|tiêu chí)\W*$")
LONGEST = 120  # words from a name to its points


@dataclass(frozen=True)
class _Spoken:
    """A word of the report, its folded parts, and its page. Without a word: here a part's total ends what went on."""

    word: Word | None
    folded: str
    page: int


def named_claims(pages: Sequence[PageReading], table: PrintedTable) -> list[TitledClaim]:
    """The claims of the criteria that the pages' prose names, in the table's order; none where too few are named."""
    criteria = [criterion for criterion in table.criteria if criterion.scorable]
    spoken = list(_spoken(pages))
    named = _named(spoken, criteria)
    if len(named) < FEWEST:
        return []
    told: list[tuple[int, Told]] = []
    for (start, end, place), (following, *_) in zip(named, [*named[1:], (len(spoken), 0, 0)], strict=True):
        said = _up_to_total(spoken[end : min(following, end + LONGEST)])
        text = " ".join(each.word.text for each in said if each.word is not None)
        before = " ".join(each.word.text for each in spoken[max(0, start - BEFORE) : start] if each.word is not None)
        ahead = GIVEN_BEFORE.search(before)
        text = ahead["points"] if ahead else GIVEN_BEFORE.sub("", text)  # the next one's
        if points_in(text, text) is not None:
            words = tuple(each.word for each in spoken[start:end] + said if each.word is not None)
            told.append((place, Told(criteria[place].title, text, words, spoken[start].page)))
    gains = np.array([[EXACT if place == at else 0.0 for at in range(len(criteria))] for place, _ in told])
    given = in_order(gains) if told else []
    if len(given) < FEWEST:
        return []
    return [TitledClaim(criteria[place], told[each][1], told[each][1].text, EXACT) for each, place in given]


def _spoken(pages: Sequence[PageReading]) -> Iterator[_Spoken]:
    for page in pages:
        for line in lines_of(page):
            if is_page_number(line, page):
                continue
            if PART_TOTAL.match(line.folded) or TOTAL.search(line.folded):
                yield _Spoken(None, "", page.number)
                continue
            yield from (_Spoken(word, fold(word.text), page.number) for word in line.words)


def _up_to_total(said: list[_Spoken]) -> list[_Spoken]:
    end = next((at for at, each in enumerate(said) if each.word is None), len(said))
    return said[:end]


def _named(spoken: Sequence[_Spoken], criteria: Sequence[PrintedCriterion]) -> list[tuple[int, int, int]]:
    """(first word, word behind, criterion) of all names in the text, none within a longer one."""
    folded = [each.folded for each in spoken]
    found: list[tuple[int, int, int]] = []
    for place, criterion in enumerate(criteria):
        name = criterion.folded.split()
        if len(name) >= SHORTEST:
            found += [(at, end, place) for at in _starts(folded, name[0]) if (end := _end_of(folded, at, name))]
    return sorted(each for each in found if not any(_is_within(each, other) for other in found))


def _starts(folded: Sequence[str], first: str) -> Iterator[int]:
    return (at for at, word in enumerate(folded) if word.split()[:1] == [first])


def _end_of(folded: Sequence[str], at: int, name: Sequence[str]) -> int:
    """Behind the last word of a name that begins here; 0 if it does not. A word may fold to none or several."""
    said: list[str] = []
    while at < len(folded) and len(said) < len(name):
        said += folded[at].split()
        at += 1
        if said != list(name[: len(said)]):
            return 0
    return at if said == list(name) else 0


def _is_within(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0]
