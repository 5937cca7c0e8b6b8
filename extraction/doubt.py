"""Why a value must be looked at, told from the words it is made of."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from extraction.readings import Word
from extraction.syllables import TONE_MARKS, possible

LOW_CONFIDENCE = 0.6
AGREED = 0.99  # how sure two independent readers that say the same are
WELL_READ = 0.75  # a word that can be, read so surely, stands against nonsense
DOTTED = 0.55  # how sure at most of a word whose tone cannot be seen
CLEAR = 0.9  # a word read so surely needs nothing more, also under a stamp
SEEN_WELL = 0.95  # … and this surely against another reader's nonsense
TONED = 0.97  # … unless it bears a tone and is no syllable
WEAK_SHARE = 0.05
SURE_WITNESS = 0.97  # how surely the same reader must read elsewhere what another one reads as another word
LOW = "Độ tin cậy của bộ đọc thấp."
UNDER_STAMP = "Dấu hoặc chữ ký đè lên chữ; đối chiếu với ảnh trang."
OVER_DOTS = "Chữ đè lên dòng chấm nên không rõ có dấu nặng hay không; đối chiếu với ảnh trang."
IMPOSSIBLE = "Có âm tiết không thể có trong tiếng Việt"
TWO_READINGS = "Hai lần đọc khác nhau"
DIFFERING = re.compile(rf"{TWO_READINGS}: “.*” và “(?P<second>.*)”")
LOOK_ALIKES = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": ".", "Ð": "Đ", "⁄": "/"})
DIGIT_LETTERS = {"0": "oq", "1": "lij", "2": "z", "5": "s", "6": "b", "8": "sb"}  # digit → letters that look like it
BRACKETS = re.compile(r"[()\[\]@®\s]+")  # what the other engine takes for each other
DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}$")
PARTS_OF_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$")
DAY_ALIKE = re.compile(r"[\d/]{6,10}$")
ODD_SIGN = re.compile(r"[^\w\s.,:;/()%+*'\"&@°²³⁴-]|[ØøÞþßÆæŒœÑñ]")
# a Đ, a stroke, or the first letter of a word, that the other engine saw twice: “sSín”
DOUBLED = re.compile(r"[Đđ]{2,}|%/|^([^\W\d_])\1(?=[^\W\d_])", re.IGNORECASE)
EDGES = " .,:;|_'\"*•-"


def agree(text: str, second: str) -> bool:
    """Whether two readings say the same; case, leaders, and where a tone mark stands in its rime do not matter."""
    one, other = _plain(text), _plain(second)
    days = [tuple(map(int, day.group(1, 3, 4))) for day in map(PARTS_OF_DAY.match, (one, other)) if day]
    if len(days) == len((one, other)):
        return days[0] == days[1]  # 18-09-2025 and 18-9-2025
    if DAY.match(one) and DAY_ALIKE.match(
        other
    ):  # strokes between the numbers are lost easily; a date has its own check
        return re.sub(r"\D", "", one) == re.sub(r"\D", "", other)
    return bool(one) and (one == other or _look_alike(one, other) or _lost_strokes(one, other))


def _lost_strokes(one: str, other: str) -> bool:
    """`116/GXN-UBND` and `116GXN-UBND`: all but strokes, which the second reading lost or doubled."""
    strokes = one.count("/")
    return strokes > 0 and one.replace("/", "") == other.replace("/", "") and other.count("/") != strokes


def _look_alike(one: str, other: str) -> bool:
    """`82/2026` and `s2i2o26`: letters that look like the digits of a run, or like strokes."""
    if len(one) != len(other):
        return False
    for place, (first, second) in enumerate(zip(one, other, strict=True)):
        in_run = one[place - 1 : place].isdigit() or one[place + 1 : place + 2].isdigit()
        stroke = first == "/" and second in "il1j"
        tail = first == "q" and second in "o0"  # which is lost more easily than seen where there is none
        if first != second and not stroke and not tail and not (in_run and second in DIGIT_LETTERS.get(first, "")):
            return False
    return True


def doubt_of(words: Sequence[Word]) -> tuple[float, str | None]:
    """(confidence, reason) of a value made of these words: that of its weakest word, after second looks."""
    confidence = min((_sureness(word) for word in words), default=0.0)
    differing = [word for word in words if _contradicted(word)]
    if differing:
        weakest = min(differing, key=lambda word: word.confidence)
        return min(confidence, 0.5), _differing(weakest)
    if any(word.under_stamp and _sureness(word) < CLEAR for word in words):
        return confidence, UNDER_STAMP
    if confidence < LOW_CONFIDENCE:
        return confidence, LOW
    if any(word.dotted for word in words):
        return min(confidence, DOTTED), OVER_DOTS
    odd = next((word.text for word in words if not _can_be(word.text) and _sureness(word) < _clear(word.text)), None)
    return confidence, f"{IMPOSSIBLE}: “{odd}”." if odd else None


def _clear(text: str) -> float:
    """How surely a word that cannot be is to be read: foreign ones, which some are, bear no Vietnamese tone."""
    return TONED if TONE_MARKS & set(unicodedata.normalize("NFD", text)) else CLEAR


def doubt_of_prose(words: Sequence[Word]) -> tuple[float, str | None]:
    """The same of sentences: no single word decides, but many weak ones, or words that cannot be, cast doubt."""
    confidence = sum(_sureness(word) for word in words) / max(1, len(words))
    weak = [word for word in words if _sureness(word) < LOW_CONFIDENCE and not _can_be(word.text)]
    if confidence < LOW_CONFIDENCE or len(weak) > WEAK_SHARE * len(words):
        return confidence, LOW
    other = next((word for word in words if word.confidence < _well_read(word) and _has_alternative(word)), None)
    return confidence, _differing(other) if other else None


def _well_read(word: Word) -> float:
    """How sure of a word in a sentence the reader must be: of one that hardly any paper holds, surer."""
    core = word.text.strip(EDGES)
    return WELL_READ if not core.islower() or core in usual_words() else CLEAR


@cache
def usual_words() -> frozenset[str]:
    """The words of the pairs that the reader knows: those of criteria tables, forms and plans."""
    return frozenset((Path(__file__).parent / "engines" / "weights" / "pairs.txt").read_text(encoding="utf-8").split())


def _has_alternative(word: Word) -> bool:
    """Whether the second reading is another word that can be; nonsense is no alternative."""
    second = word.second or ""
    return bool(second) and not agree(word.text, second) and second.strip(EDGES).isalpha() and _can_be(second)


def _differing(word: Word) -> str:
    return f"{TWO_READINGS}: “{word.text}” và “{word.second}”."


def _can_be(text: str) -> bool:
    """Whether a word may stand in Vietnamese text: a syllable, an abbreviation, or no word at all."""
    core = text.strip(EDGES + "()?!/")
    return not core.isalpha() or core.isupper() or possible(core)


def _contradicted(word: Word) -> bool:
    """Whether the second reading speaks against the first. What can be no word says little against one that can."""
    if word.second is None or agree(word.text, word.second):
        return False
    first, second = word.text.strip(EDGES), _once(word.second.strip(EDGES))
    if first.isalpha() and possible(first) and word.confidence >= WELL_READ:
        return second.isalpha() and possible(second)
    return word.confidence < SEEN_WELL or not _says_nothing(first, second)


def _once(text: str) -> str:
    return DOUBLED.sub(lambda found: found.group()[-1], text)


def _says_nothing(first: str, second: str) -> bool:
    """Whether a second reading holds signs that stand in no word or number here, or hardly any of the first's."""
    spoken = sum(map(str.isalnum, second))
    return ODD_SIGN.search(second.translate(LOOK_ALIKES)) is not None or 2 * spoken <= sum(map(str.isalnum, first))


def merely_unsure(reason: str | None) -> bool:
    """Whether nothing but the reader's own doubt speaks against a value: then another paper can confirm it."""
    return reason is not None and (
        reason in (LOW, UNDER_STAMP, OVER_DOTS) or reason.startswith((TWO_READINGS, IMPOSSIBLE))
    )


def says_another_word(reason: str | None) -> bool:
    """Whether the other reader read a word that can be: one that this reader takes for another on every paper."""
    found = DIFFERING.match(reason or "")
    word = found["second"].strip(EDGES) if found else ""
    return word.isalpha() and possible(word)


def part_of(word: Word, text: str) -> str | None:
    """What the second reading says of a part of the word: the part itself where it is found there."""
    if word.second is None or agree(word.text, word.second) or text in word.second:
        return None if word.second is None else text
    return word.second


def _sureness(word: Word) -> float:
    agreed = word.second is not None and agree(word.text, word.second)
    return max(word.confidence, AGREED) if agreed else word.confidence


def _plain(text: str) -> str:
    """Compared without case, edges and the place of the tone mark: hòa and hoà are one word."""
    told = _once(text.translate(LOOK_ALIKES))
    signs = unicodedata.normalize("NFD", BRACKETS.sub("", told).strip(EDGES).lower())
    letters = [sign for sign in signs if sign not in TONE_MARKS]
    tones = sorted(sign for sign in signs if sign in TONE_MARKS)
    return "".join(letters) + "".join(tones)
