"""Boxes that were typed, not drawn: `[ ]`, `[x]`, `(x)`. They are read as words, and are ticks like any other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.geometry import overlap
from extraction.lines import around, lines_of
from extraction.readings import PageReading, Tick, Word

MARKS = "xX×✕✗vV✓✔√"
SQUARE = re.compile(rf"\[([{MARKS}]?)\]")
ROUND = re.compile(rf"\(([{MARKS}]?)\)")
MISREAD = re.compile(rf"\[([{MARKS}]?)[1lIiJj|)]")  # a closing bracket read as a letter
SCRAWLED = re.compile(r"\(([<>«»^~*+%#&/\\|])\)")  # a pen's cross between typed brackets read as another sign
ODD = re.compile(r"\[([^\W\d])\]")  # a mark read as another letter
OPEN = re.compile(r"\[()")  # the closing bracket, and what stood before it, were not read
GLUED = re.compile(rf"([\[(][{MARKS}]?[\])])([^\W_].*)")  # no blank behind the box
SURE_OF_MISREAD, SURE_OF_ODD = 0.8, 0.4
WAYS = (
    (SQUARE, 1.0),
    (ROUND, 1.0),
    (MISREAD, SURE_OF_MISREAD),
    (SCRAWLED, SURE_OF_MISREAD),
    (ODD, SURE_OF_ODD),
)  # of reading a box, and how sure each is at most
LONGEST = 3  # words that one box may be read as: “[”, “x”, “]”
LEAST_ALIKE = 2  # boxes on a page: a form has several, a text that tells how to fill it in shows one


@dataclass(frozen=True)
class _Typed:
    """A typed box and the words it was read as. `clear`: as it is typed, with square brackets."""

    words: tuple[Word, ...]
    ticked: bool
    confidence: float
    clear: bool
    curved: bool = False

    @property
    def tick(self) -> Tick:
        return Tick(box=around(word.box for word in self.words), ticked=self.ticked, confidence=self.confidence)


def with_typed_boxes(page: PageReading) -> PageReading:
    """The page with its typed boxes among the ticks and no longer among the words; the same page if it has none."""
    if not any(word.text[:1] in ("[", "(") for word in page.words):
        return page
    found = list(_typed_boxes(page))
    clear, curved = sum(each.clear for each in found), sum(each.curved for each in found)
    squares = clear + sum(not each.clear and not each.curved for each in found)
    kept = [
        each
        for each in found
        if (curved >= LEAST_ALIKE if each.curved else clear >= 1 and squares >= LEAST_ALIKE)
        and not any(overlap(each.tick.box, tick.box) for tick in page.ticks)
    ]
    if not kept:
        return page
    boxes = {word.box for each in kept for word in each.words}
    words = tuple(word for whole in page.words for word in _unglued(whole) if word.box not in boxes)
    return page.model_copy(update={"words": words, "ticks": (*page.ticks, *(each.tick for each in kept))})


def _typed_boxes(page: PageReading) -> Iterator[_Typed]:
    for line in lines_of(page):
        words = [word for whole in line.words for word in _unglued(whole)]
        start = 0
        while start < len(words):
            box = None if _explained(words, start) else _box_at(words, start)
            if box is not None:
                yield box
            start += len(box.words) if box is not None else 1


def _explained(words: Sequence[Word], start: int) -> bool:
    """Whether the text speaks of the mark: “đánh dấu [x] vào ô”."""
    return start > 0 and words[start - 1].text.lower() == "dấu"


def _box_at(words: Sequence[Word], start: int) -> _Typed | None:
    """The box that begins with this word, by the way of reading it that needs the least to be guessed."""
    if words[start].text[:1] not in ("[", "("):
        return None
    for pattern, at_most in WAYS:
        for end in range(start + 1, min(len(words), start + LONGEST) + 1):
            taken = tuple(words[start:end])
            said = "".join(word.text for word in taken).replace(" ", "")
            curved = pattern in (ROUND, SCRAWLED)
            match = pattern.fullmatch(said.rstrip(";,.") if curved else said)
            if match is not None and (not curved or _at_an_end(words, start, end)):
                sure = min(at_most, *(word.confidence for word in taken))
                return _Typed(taken, bool(match.group(1)), sure, pattern is SQUARE, curved)
    if OPEN.fullmatch(words[start].text):
        return _Typed((words[start],), False, min(SURE_OF_ODD, words[start].confidence), clear=False)
    return None


def _at_an_end(words: Sequence[Word], start: int, end: int) -> bool:
    """Round brackets stand in any text; a box begins its line or ends it, or other words stand well apart."""
    if start == 0 or end == len(words) or words[end - 1].text.endswith(";"):
        return True
    height = max(1, words[start].box[3] - words[start].box[1])
    return words[start].box[0] - words[start - 1].box[2] > height or words[end].box[0] - words[end - 1].box[2] > height


def _unglued(word: Word) -> Iterator[Word]:
    """`[x]Lần` → `[x]`, `Lần`."""
    match = GLUED.fullmatch(word.text)
    if match is None:
        yield word
        return
    left, top, right, bottom = word.box
    middle = round(left + (right - left) * len(match.group(1)) / len(word.text))
    yield word.model_copy(update={"text": match.group(1), "box": (left, top, middle, bottom), "second": None})
    yield word.model_copy(update={"text": match.group(2), "box": (middle, top, right, bottom), "second": None})
