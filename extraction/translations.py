"""Labels that are printed in two languages: `Khách hàng/Client:` reads as `Khách hàng:`."""

import re
from collections.abc import Sequence

from extraction.lines import Line
from extraction.readings import Word

TRANSLATED = re.compile(r"\s*/\s*[A-Z][a-z]+(?:\s+[A-Za-z]+){0,4}\s*(?P<end>:|$)")  # no marks: not Vietnamese
MOST_WORDS = 5
FIRST, OTHERS = re.compile(r"[A-Z][a-z]+:?"), re.compile(r"[A-Za-z]+:?")


def without_translation(text: str) -> str:
    """A label's text without its translation: `Tên mẫu / Sample name:` → `Tên mẫu:`."""
    return TRANSLATED.sub(lambda found: found.group("end"), text)


def line_without_translations(line: Line) -> Line:
    """The same of every label in a line; the words of a translation are left out, its colon ends the label."""
    if not any("/" in word.text for word in line.words):
        return line
    words: list[Word] = []
    at = 0
    while at < len(line.words):
        taken = _translation_at(line.words, at)
        head = line.words[at].text.partition("/")[0]
        if taken is None or not (head or words):
            words.append(line.words[at])
            at += 1
            continue
        label = line.words[at] if head else words.pop()
        words.append(label.model_copy(update={"text": f"{head or label.text}:", "second": None}))
        at += taken
    return Line(line.page, tuple(words))


def _translation_at(words: Sequence[Word], at: int) -> int | None:
    """How many words from the one with the slash to the one with the colon; None if they are no translation."""
    _, slash, tail = words[at].text.partition("/")
    if not slash:
        return None
    told = [tail] if tail else []
    for place in range(at + (not tail), min(len(words), at + MOST_WORDS + 1)):
        told += [words[place].text] if place > at else []
        if not (FIRST if len(told) == 1 else OTHERS).fullmatch(told[-1]):
            return None
        if told[-1].endswith(":"):
            return place - at + 1
    return None
