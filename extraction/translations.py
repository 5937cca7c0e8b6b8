"""Labels that are printed in two languages: `Khách hàng/Client:` reads as `Khách hàng:`."""

import re
from collections.abc import Sequence

from extraction.folding import fold
from extraction.lines import Line
from extraction.readings import Word
from extraction.syllables import possible

TRANSLATED = re.compile(r"\s*/\s*[A-Z][a-z]+(?:\s+[A-Za-z]+){0,4}\s*(?P<end>:|$)")  # no marks: not Vietnamese
MOST_WORDS = 5
FIRST, OTHERS = re.compile(r"[A-Z][a-z]+[.,]?:?"), re.compile(r"[A-Za-z]+[.,]?:?")  # in plain letters
ENDED = (":", ",", ".")  # a colon in small italics is read as any of them
SLASH_READ = re.compile(r"^([Ss]ố)[Il|1](No\.?:?)?$")
STROKE, NUMBER_IN_ENGLISH = ("I", "l", "|", "1"), re.compile(r"No\.?:?$")  # “Số I No.: …”
PARTS = re.compile(r"\s*/\s*|\n")
LEAST_FOREIGN, FOREIGN_SHARE = 4, 0.5  # words of a line, and the share of them that no Vietnamese word can be
OF_ISSUE = ("date of issue", "issue date", "issued date", "date issued")  # “Ngày / Date of issue”: the paper's own day
LABEL_IN_ENGLISH = frozenset(
    "name of the organization organisation individual enterprise company establishment business household cooperative "
    "address date issue issued valid until number no registration type code codes tel telephone phone fax product "
    "products customer client sample holder certificate owner producer manufacturer applicant tax".split()
)
LABEL_WORDS = 6  # of a label, before the slash, for a translation without a colon to be known behind it


def without_translation(text: str) -> str:
    """A label's text without its translation: `Tên mẫu / Sample name:` → `Tên mẫu:`."""
    return TRANSLATED.sub(lambda found: found.group("end"), text)


def line_without_translations(line: Line) -> Line:
    """The same of every label in a line; the words of a translation are left out, its colon ends the label."""
    line = _with_slashes(line)
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
        said = fold(" ".join(word.text for word in line.words[at : at + taken]))
        issue = fold(head or label.text) == "ngay" and said.endswith(OF_ISSUE)
        words.append(
            label.model_copy(update={"text": "Ngày cấp:" if issue else f"{head or label.text}:", "second": None})
        )
        at += taken
    return Line(line.page, tuple(words))


def _with_slashes(line: Line) -> Line:
    """The line with the stroke before a translation that was read as a letter or figure.

    “SốI No.”, “SốINo.:” is “Số/No.:”, and “Địa chỉ 1 Address:” is “Địa chỉ / Address:”.
    """
    texts = [SLASH_READ.sub(r"\1/\2", word.text) for word in line.words]
    for place in range(1, len(texts) - 1):
        number = fold(texts[place - 1]) == "so" and NUMBER_IN_ENGLISH.match(texts[place + 1])
        translated = FIRST.fullmatch(texts[place + 1]) and _is_foreign(texts[place + 1])
        if texts[place] in STROKE and (number or (translated and texts[place - 1].isalpha())):
            texts[place] = "/"
    if all(text == word.text for text, word in zip(texts, line.words, strict=True)):
        return line
    words = (word.model_copy(update={"text": text}) for text, word in zip(texts, line.words, strict=True))
    return Line(line.page, tuple(words))


def in_each_language(text: str) -> list[str]:
    """A label in two languages, one behind a slash or below the other, as each of them says it."""
    return [part for part in PARTS.split(text) if part]


def in_vietnamese(words: Sequence[Word]) -> Sequence[Word]:
    """Of a value said in two languages, “Processing of dried shrimp / Chế biến tôm khô”, the words of ours."""
    places = [place for place, word in enumerate(words) if word.text == "/"]
    if len(places) != 1:
        return words
    parts = words[: places[0]], words[places[0] + 1 :]
    ours = [not _mostly_foreign(part) for part in parts]
    return words if ours[0] == ours[1] else parts[ours.index(True)]


def _translation_at(words: Sequence[Word], at: int) -> int | None:
    """How many words from the one with the slash to the one with the colon; None if they are no translation.

    Where the colon is missing or misread, one of the words must be such as Vietnamese cannot have.
    """
    _, slash, tail = words[at].text.partition("/")
    if not slash:
        return None
    told = [tail] if tail else []
    for place in range(at + (not tail), min(len(words), at + MOST_WORDS + 1)):
        told += [words[place].text] if place > at else []
        if not (FIRST if len(told) == 1 else OTHERS).fullmatch(told[-1]) and not _is_foreign(told[-1]):
            return None
        if told[-1].endswith(":") or told[-1] == "No.":
            return place - at + 1
        ended = told[-1].endswith(ENDED) or place == len(words) - 1
        if ended and at < LABEL_WORDS and any(map(_is_foreign, told)):
            return place - at + 1
    return None


def is_gloss(line: Line) -> bool:
    """Whether a line says nothing but a label in English: “Name of organization/”, “individual”."""
    return all(fold(word.text) in LABEL_IN_ENGLISH or not fold(word.text) for word in line.words)


def _is_foreign(word: str) -> bool:
    """Whether it is letters, but no Vietnamese syllable: a foreign word, with whatever marks it was read."""
    letters = word.strip(".,:")
    spelt = letters.isalpha() and (letters.islower() or letters.istitle())  # “03/BBTL” is a number
    return len(letters) > 2 and spelt and not possible(letters)


def is_foreign(line: Line, least: int = LEAST_FOREIGN) -> bool:
    """Whether most words of a line, `least` or more, cannot be Vietnamese: something said again in another language."""
    return _mostly_foreign(line.words, least)


def _mostly_foreign(words: Sequence[Word], least: int = 1) -> bool:
    spoken = [word.text.strip(".,:;()") for word in words]
    spoken = [word for word in spoken if len(word) > 1 and not word.isdigit()]
    return len(spoken) >= least and sum(not possible(word) for word in spoken) > FOREIGN_SHARE * len(spoken)
