"""Words → printed lines, in the order the page is read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extraction.doubt import part_of
from extraction.folding import fold
from extraction.readings import Box, PageReading, Word

PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–\s]*", re.IGNORECASE)
ORDINAL = r"(?:một|hai|ba|bốn|năm) là\b|thứ (?:nhất|hai|ba|tư|năm)\b"  # “Một là, …”
NUMBERED_HEADING = re.compile(  # a lone 1 is read as a stroke
    rf"^\s*[-–+•]?\s*(?:\(?(?:\d{{1,2}}|[Il|])\s*[./)]|\d[Il|](?=\s[A-ZĐÀ-Ỹ])|(?i:{ORDINAL})"
    r"|Câu(?: hỏi)?\s+\d{1,2}\b)"
)
CENTRED = 0.02  # of the width: how far apart the middles of centred lines may lie
PAGE_EDGE = 0.08  # of the page's height: where its number stands
NEW_COLUMN = 3.0  # a gap of so many letter heights starts another block
GLUED = re.compile(  # no blank beside leaders, behind a colon, between a number and a label, behind an item's number …
    r"(\.{2,}|…+|_{2,})|(?<=[^\W\d_]{2}:)(?=[^/\s])|(?<=\d)(?=(?:[A-ZĐ][a-zà-ỹ]{2,}|E-?mail):)"
    r"|(?<=^\d[./)])(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])|(?<=^tỉnh)(?=[A-ZĐ])|(?<=[a-zà-ỹ]{2})(?=năm(?:[.…\d]|$))"
)  # … nor where leaders stood about a value: “tỉnhHà Tĩnhnăm…2026”
MOTTO = (("cong", "hoa", "xa"), ("doc", "lap"))  # stands beside the issuer, on one height with it


@dataclass(frozen=True)
class Line:
    """Words that stand beside each other."""

    page: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def folded_words(self) -> tuple[str, ...]:
        return tuple(fold(word.text) for word in self.words)

    @cached_property
    def box(self) -> Box:
        return around(word.box for word in self.words)

    @property
    def height(self) -> int:
        return max(1, self.box[3] - self.box[1])

    def part(self, start: int, end: int) -> "Line":
        return Line(self.page, self.words[start:end])


def are_level(one: Line, other: Line) -> bool:
    """Whether they stand beside each other, at least in part."""
    return one.box[1] < other.box[3] and other.box[1] < one.box[3]


def is_centred(before: Line, line: Line, width: int) -> bool:
    """Whether both lines are set about one middle."""
    return abs(before.box[0] + before.box[2] - line.box[0] - line.box[2]) <= 2 * CENTRED * width


def is_page_number(line: Line, page: PageReading) -> bool:
    """`3`, `- 3 -`, `Trang 3/12` at the page's edge."""
    edge = PAGE_EDGE * page.height
    return bool(PAGE_NUMBER.fullmatch(line.text)) and (line.box[3] <= edge or line.box[1] >= page.height - edge)


def body_lines(page: PageReading) -> list[Line]:
    """The page's lines without its number, and without what stands apart from them at its upper or lower edge."""
    lines = [line for line in lines_of(page) if not is_page_number(line, page)]
    edge = PAGE_EDGE * page.height
    feet = [line for line in lines if line.box[1] >= page.height - edge]
    heads = [line for line in lines if line.box[3] <= edge]
    body = [line for line in lines if line not in feet and line not in heads]
    last, first = max((line.box[3] for line in body), default=0), min((line.box[1] for line in body), default=0)
    running = [line for line in feet if line.box[1] - last >= line.height]
    running += [line for line in heads if first - line.box[3] >= line.height]
    return [line for line in lines if line not in running]


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all; (0, 0, 0, 0) for none."""
    found = list(boxes)
    if not found:
        return (0, 0, 0, 0)
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


Known = dict[tuple[int, int], tuple[tuple[Word, ...], tuple[Line, ...]]]  # page, id of its words → they, and its lines
_known: ContextVar[Known | None] = ContextVar("_known", default=None)


@contextmanager
def lines_remembered() -> Iterator[None]:
    """While it lasts, `lines_of` makes the lines of a page once: many ask for them."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def lines_of(page: PageReading) -> Sequence[Line]:
    """The page's lines. A word starts a new one when it stands lower, further left, or far to the right."""
    known = _known.get()
    if known is None:
        return _lines(page)
    key = page.number, id(page.words)
    if key not in known:
        known[key] = page.words, _lines(page)  # keeps the words, so that no others get their id
    return known[key][1]


def _lines(page: PageReading) -> tuple[Line, ...]:
    words = list(parted(page.words))
    starts = [0, *(np.flatnonzero(~_follow(words)) + 1).tolist(), len(words)]
    lines = (words[start:end] for start, end in pairwise(starts))
    return tuple(Line(page.number, tuple(part)) for line in lines for part in _beside_motto(line) if part)


def parted(words: Iterable[Word]) -> Iterable[Word]:
    """The words, with those apart that were read as one: `vị:......HTX` → `vị:`, `......`, `HTX`."""
    for word in words:
        if len(word.text) > 2 and GLUED.search(word.text):
            yield from _apart(word)
        else:
            yield word


def _apart(word: Word) -> Iterable[Word]:
    left, _, right, _ = word.box
    width = (right - left) / len(word.text)
    position = 0
    for part in (part for part in GLUED.split(word.text) if part):
        start, position = position, position + len(part)
        box = (round(left + start * width), word.box[1], round(left + position * width), word.box[3])
        yield word.model_copy(update={"text": part, "box": box, "second": part_of(word, part)})


def _beside_motto(words: list[Word]) -> tuple[list[Word], ...]:
    """The national motto apart from what stands left of it."""
    folded = [fold(word.text) for word in words]
    mottos = [motto for motto in MOTTO if motto[0] in folded]
    for place in range(1, len(words) - 1) if mottos else ():
        if any(tuple(folded[place : place + len(motto)]) == motto for motto in mottos):
            return words[:place], words[place:]
    return (words,)


def _follow(words: Sequence[Word]) -> npt.NDArray[np.bool_]:
    """Of each word but the first, whether it goes on in the line of the word before it."""
    left, top, right, bottom = np.asarray([word.box for word in words], np.int64).reshape(-1, 4).T
    high = bottom - top
    height = np.maximum(1, np.minimum(high[:-1], high[1:]))
    middle = (top[1:] + bottom[1:]) / 2
    gap = left[1:] - right[:-1]
    same_row = (top[:-1] - 0.2 * height <= middle) & (middle <= bottom[:-1] + 0.2 * height)
    return np.asarray(same_row & (-0.8 * height <= gap) & (gap <= NEW_COLUMN * np.maximum(high[:-1], 1)))


def after_colon(line: Line) -> tuple[Word, ...]:
    """The words behind the line's first colon."""
    for number, word in enumerate(line.words):
        if word.text.endswith(":"):
            return line.words[number + 1 :]
    return ()


def words_within(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """The words that cover the signs `start` … `end` of their text, joined by blanks."""
    found, position = [], 0
    for word in words:
        if position < end and position + len(word.text) > start:
            found.append(word)
        position += len(word.text) + 1
    return found
