"""Province, commune and year of a dossier where no form prints them after a label or in its title.

They are taken from what every form says in passing: the letter head, the addressee, the applicant's address, the day.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise

from extraction import values
from extraction.communes import has_double_name
from extraction.field_values import reading_of
from extraction.folding import fold, tidy
from extraction.lines import Line, lines_of
from extraction.provinces import known_province
from extraction.readings import FieldReading, PageReading, Word

LONGEST_PROVINCE, LONGEST_COMMUNE = 4, 6  # words
PROVINCE_KINDS = (("tinh",), ("thanh", "pho"), ("tp",))  # folded
COMMUNE_KINDS = (("xa",), ("phuong",), ("dac", "khu"), ("thi", "tran"))
PROVINCES_BEGIN = frozenset({"tinh", "tp", "huyen"})
OTHER_WORDS = frozenset({"tac", "thi", "htx"})  # folded, before “xã”
COMMITTEE = frozenset({"dan", "ubnd", "hdnd"})  # folded: the last word before a commune whose committee is named
SIGNS = ',;.:)”"'
NAME_ENDS = tuple(SIGNS)
HEAD = 0.6  # of the page's height: further down stands what a form tells of others
TITLES = 0.4  # of it, in which titles stand
ROUND = re.compile(
    r"\b(?:ocop|danh gia|dang ky|tu cham|dot|ky)\b.*\bnam (?P<year>20\d\d)\b|\bnam danh gia (?P<said>20\d\d)\b"
    r"|\bnam (?P<alone>20\d\d)$"
)  # folded
DAY = re.compile(r"\bngay \d{1,2} thang \d{1,2} nam (?P<written>20\d\d)\b|\bngay \d{1,2} \d{1,2} (?P<short>20\d\d)\b")


def places_told(forms: Sequence[PageReading], known: frozenset[str]) -> list[FieldReading]:
    """Those of `province`, `commune.name` and `year` that are not `known` by name, as the forms say them in passing."""
    ways: dict[str, Callable[[PageReading], Iterator[FieldReading]]] = {
        "province": _provinces,
        "commune.name": _communes,
        "year": _years,
    }
    found = (next(chain.from_iterable(map(way, forms)), None) for name, way in ways.items() if name not in known)
    return [field for field in found if field is not None]


def _head_words(page: PageReading) -> list[Word]:
    return [word for line in lines_of(page) if line.box[1] <= HEAD * max(page.height, 1) for word in line.words]


def _named_behind(words: Sequence[Word], kinds: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where the name behind each such word (“tỉnh”, “thành phố”) begins, and where that word itself does."""
    folded = [fold(word.text) for word in words]
    for at in range(len(words)):
        for kind in kinds:
            end = at + len(kind)
            if tuple(folded[at:end]) == kind and end < len(words) and not words[end - 1].text.endswith(NAME_ENDS):
                yield end, at


def _provinces(page: PageReading) -> Iterator[FieldReading]:
    words = _head_words(page)
    for start, _ in _named_behind(words, PROVINCE_KINDS):
        for count in range(LONGEST_PROVINCE, 0, -1):
            name = words[start : start + count]
            inner = any(word.text.endswith(NAME_ENDS) for word in name[:-1])
            if inner or known_province(" ".join(word.text for word in name).strip(SIGNS)) is None:
                continue
            reading = reading_of("province", values.province, name, page.number, name[0].box)
            yield from [reading] if reading else []
            break


def _communes(page: PageReading) -> Iterator[FieldReading]:
    """Those whose committee is named, then any other; names that a line's end may have cut come last."""
    words = _head_words(page)
    folded = [fold(word.text) for word in words]
    found = [
        (ended, folded[at - 1] in COMMITTEE, name)
        for start, at in _named_behind(words, COMMUNE_KINDS)
        if folded[start] != "hoi" and (not at or folded[at - 1] not in OTHER_WORDS)  # “xã hội”, “hợp tác xã”, “thị xã”
        for name, ended in [_commune_name(words, start)]
        if name
    ]
    for _, _, name in sorted(found, key=lambda each: (not each[0], not each[1])):
        said = tidy(" ".join(word.text for word in name)).strip(SIGNS)
        said = said.title() if said.isupper() else said
        reading = reading_of("commune.name", values.always(said), name, page.number, name[0].box)
        yield from [reading] if reading else []


def _double_name(words: Sequence[Word], start: int) -> list[Word]:
    """A commune's name with a dash in it: “Xuân Hương - Đà Lạt”; empty if none stands there."""
    taken = words[start : start + LONGEST_COMMUNE]
    dash = next((place for place, word in enumerate(taken) if word.text in ("-", "–")), len(taken))
    ends = range(len(taken), dash + 1, -1)
    return next((list(taken[:end]) for end in ends if has_double_name(" ".join(w.text for w in taken[:end]))), [])


def _commune_name(words: Sequence[Word], start: int) -> tuple[list[Word], bool]:
    """The words with capitals from there on; whether they end at a sign, a small letter or the province."""
    double = _double_name(words, start)
    if double:
        return double, True
    name: list[Word] = []
    for word in words[start : start + LONGEST_COMMUNE]:
        text = word.text.strip(SIGNS)
        if not text[:1].isupper() or (name and fold(text) in PROVINCES_BEGIN):
            return name, True
        if name and (word.box[1] > name[-1].box[3] or text.isupper() != name[0].text.isupper()):
            return name, name[0].text.isupper()  # a letter head has its name on one line
        name.append(word)
        if word.text.endswith(NAME_ENDS):
            return name, True
    return name, False


def _years(page: PageReading) -> Iterator[FieldReading]:
    """That of the round, else that of the form's day."""
    lines = [line for line in lines_of(page) if line.folded]
    heads = [line for line in lines if line.box[1] <= TITLES * max(page.height, 1)]
    heads += [Line(page.number, (*line.words, *below.words)) for line, below in pairwise(heads)]
    for pattern, told in ((ROUND, heads), (DAY, lines)):
        for line in told:
            found = pattern.search(line.folded)
            if found is None:
                continue
            year = next(part for part in found.groups() if part)
            words = [word for word in line.words if year in word.text]
            reading = reading_of("year", values.year, words, page.number, line.box)
            yield from [reading] if reading else []
