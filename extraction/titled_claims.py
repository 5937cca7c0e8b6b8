"""Claims of Mẫu số 02 Part III whose paragraphs name their criteria and bear no codes: “(3) Về năng lực sản xuất: …”.

A paragraph's title says in fewer or other words what the criteria table prints. Titles alone would mislead; they come
in the table's order, which tells the rest: of all ways to give paragraphs criteria in order, the one whose titles fit
best. A paragraph may speak of two neighbours, one sentence each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from extraction.claimed_points import points_in
from extraction.folding import fold
from extraction.forms import PrintedCriterion, PrintedTable
from extraction.lines import is_page_number, lines_of
from extraction.readings import PageReading, Word
from extraction.totals import TOTAL

TITLE = re.compile(
    r"^(?P<number>\(?\d{1,2}\s?[.):/]\s*|\(?[a-zđ]\)\s*|[-–+•*]\s*)?"
    r"(?P<title>(?:(?:Về|Đối với)\s+)?[^\W\d_][^:.;()\d]{3,80}?)\s*:\s"
)
SENTENCE_TITLE = re.compile(
    r"^(?P<title>[A-ZĐÀ-Ỹ][^:()\d]{5,160}?)[.]\s+(?=[A-ZĐÀ-Ỹ\d])"
)  # “Gia tăng giá trị. Chiết cao lỏng, …”
ROW = re.compile(
    r"^[-–+•*]?\s*(?P<title>[A-ZĐÀ-Ỹ][^\d]{5,180}?)[\s.…_]+\d{1,2}(?:\s?/\s?\d{1,2})?\s?(?:điểm|đ)[.;]?$"
)  # “- Gia tăng giá trị ……… 2 điểm”
PART_TOTAL = re.compile(r"^(?:cong|tong)\b.*\bdiem\b")  # folded
ENDED = (".", ":", ";", "!", "?", ")")
PARTS = re.compile(r"[;.]\s+")
LEAST_FIT = 45.0  # of a title, for its paragraph to be a criterion's
HEADING_FIT, HALF = 90.0, 0.5  # of a title alone on its line, which no colon tells; how much of it stands there
SHARED_FIT = 60.0  # of two sentences of one paragraph that both fit
LITTLE = frozenset("ve doi voi va cua cac cho theo co san pham".split())  # folded: words that tell no criterion
BULLETS, FEWEST_WORDS = "-–+•* ", 4
FEWEST = 3  # paragraphs so titled, at least: one alone may be anything


@dataclass(frozen=True)
class Told:
    """A paragraph: its title and text, and where it begins."""

    title: str
    text: str
    words: tuple[Word, ...]
    page: int


@dataclass(frozen=True)
class TitledClaim:
    """What a paragraph, or one of its sentences, says of a criterion; how well its title fits, 0..100."""

    criterion: PrintedCriterion
    told: Told
    text: str
    fit: float


def titled_claims(pages: Sequence[PageReading], table: PrintedTable) -> list[TitledClaim]:
    """The claims of paragraphs with titles, in the table's order; none where too few are titled so."""
    criteria = [criterion for criterion in table.criteria if criterion.scorable]
    told = [each for each in _paragraphs(pages, criteria) if points_in(each.text, each.text) is not None]
    if len(told) < FEWEST:
        return []
    fits = np.array([[_fit(each.title, criterion) for criterion in criteria] for each in told])
    given = in_order(fits)
    if len(given) < FEWEST:
        return []
    own = {place: each for each, place in given}
    claims: list[TitledClaim] = []
    for each, place in given:
        beside = [at for at in (place - 1, place + 1) if at not in own and 0 <= at < len(criteria)]
        claims += _shared(told[each], place, beside, float(fits[each, place]), criteria)
    first: dict[str, TitledClaim] = {}
    for claim in sorted(claims, key=lambda claim: -claim.fit):
        first.setdefault(claim.criterion.code, claim)
    return list(first.values())


def _paragraphs(pages: Sequence[PageReading], criteria: Sequence[PrintedCriterion]) -> list[Told]:
    """Those that begin with a title and a colon, or below a title alone on its line or two."""
    found: list[tuple[int, list[Word], str]] = []
    for page in pages:
        tables = [table.box for table in page.tables if len(table.cells) >= 6]
        before = "."
        for line in lines_of(page):
            inside = any(box[1] <= (line.box[1] + line.box[3]) / 2 <= box[3] for box in tables)
            if inside or is_page_number(line, page):
                continue
            title = TITLE.match(f"{line.text} ")
            if PART_TOTAL.match(line.folded) or TOTAL.search(line.folded):
                found.append((page.number, [], ""))
            elif title is not None and (title["number"] or _is_over(before)) and _names(title["title"], criteria):
                found.append((page.number, list(line.words), title["title"]))
            elif (titled := SENTENCE_TITLE.match(line.text)) and _is_heading(titled["title"], criteria):
                found.append((page.number, list(line.words), titled["title"]))
            elif (row := ROW.match(line.text)) and _is_heading(row["title"], criteria):
                found.append((page.number, list(line.words), row["title"]))
            elif _is_heading(line.text, criteria):
                found.append((page.number, [], line.text))
            elif found:
                found[-1][1].extend(line.words)
            before = line.text.rstrip()
    return [
        Told(title.strip(), " ".join(word.text for word in words), tuple(words), page)
        for page, words, title in found
        if title
    ]


def _names(title: str, criteria: Sequence[PrintedCriterion]) -> bool:
    """Whether what stands before a colon may be a criterion's title; “Điểm tự chấm: 3” goes on with the paragraph."""
    return title[:1].isupper() and any(_fit(title, each) >= LEAST_FIT for each in criteria)


def _is_heading(text: str, criteria: Sequence[PrintedCriterion]) -> bool:
    """Whether a line is a criterion's title alone, or the first half of one."""
    bare = text.lstrip(BULLETS)
    if not bare[:1].isupper() or bare.endswith((".", ",", ";", ":")):
        return False
    said = fold(bare)
    begun = len(said.split()) >= FEWEST_WORDS  # of a title that goes on in brackets: “Công bố chất lượng (…)”
    return any(
        (begun and each.folded.startswith(f"{said} "))
        or (len(said) >= HALF * len(each.folded) and fuzz.ratio(said, each.folded[: len(said)]) >= HEADING_FIT)
        for each in criteria
    )


def _is_over(before: str) -> bool:
    """Whether the line before a title ends a sentence, or is a heading."""
    return before.endswith(ENDED) or before.isupper()


def _fit(title: str, criterion: PrintedCriterion) -> float:
    """How well a title names a criterion: the words that tell, whatever their order."""
    said, printed = (_telling(text) for text in (fold(title), criterion.folded))
    if not said or not printed:
        return 0.0
    shared = set(said.split()) & set(printed.split())
    if len(shared) < min(2, len(said.split())):
        return 0.0
    return max(fuzz.ratio(said, printed), 0.95 * fuzz.token_set_ratio(said, printed))


def _telling(folded: str) -> str:
    return " ".join(word for word in folded.split() if word not in LITTLE)


def in_order(fits: np.ndarray) -> list[tuple[int, int]]:
    """(paragraph, criterion) pairs, both rising, whose fits beyond the least add up to the most."""
    gains = np.maximum(fits - LEAST_FIT, 0.0)
    best = np.zeros((gains.shape[0] + 1, gains.shape[1] + 1))
    for row in range(gains.shape[0]):
        for column in range(gains.shape[1]):
            taken = best[row, column] + gains[row, column]
            best[row + 1, column + 1] = max(best[row, column + 1], best[row + 1, column], taken)
    row, column = gains.shape
    pairs: list[tuple[int, int]] = []
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            pairs.append((row, column))
    return pairs[::-1]


def _shared(
    told: Told, place: int, free: Sequence[int], fit: float, criteria: Sequence[PrintedCriterion]
) -> list[TitledClaim]:
    """The paragraph for its criterion; or its sentences for it and for a neighbour that no other paragraph names."""
    parts = [part for part in PARTS.split(told.text) if points_in(part, part) is not None]
    whole = [TitledClaim(criteria[place], told, told.text, fit)]
    if len(parts) != 2 or not free:
        return whole
    pairs = [sorted((place, other)) for other in free]
    fits = [[_fit(part, criteria[at]) for part, at in zip(parts, pair, strict=True)] for pair in pairs]
    best = max(range(len(pairs)), key=lambda at: sum(fits[at]))
    if min(fits[best]) < LEAST_FIT:
        return whole
    return [
        TitledClaim(criteria[at], told, part, max(SHARED_FIT, each))
        for part, at, each in zip(parts, pairs[best], fits[best], strict=True)
    ]
