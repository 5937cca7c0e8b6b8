"""Labels in a line: which of a form's labels stand there, however they are misread, numbered or remarked upon."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from rapidfuzz import fuzz

from extraction import values
from extraction.folding import fold
from extraction.lines import Line
from extraction.readings import Word

NUMBERING = re.compile(  # `[01]`, `1.`, `1)`, `(1)`, `1/`, `1-`, `a)`, `II/`, `- 1.2`
    r"^[\s\-–+•*]*(?:\[\d{1,2}\]\s*)?(\(?(\d{1,2}\s*[./):\-–]|[a-zđ]\s*[./)]|[IVX]{1,4}\s*[./)])\s*)*(\d{1,2}(\.\d{1,2})*[.)]?\s+)?",
    re.IGNORECASE,
)
LEAST_LIKENESS = 90
LONG_ENOUGH = 10  # signs: shorter labels are not read tolerantly, one letter makes another word of them
LEAST_LISTED, LISTED_WORDS = 3, 9  # words of a label behind its first comma; “Phạm vi, quy mô:” is another
SHORT = 3  # signs: such labels (“Số”, “ĐT”) look like too many other words
REMARK_WORDS = (  # folded words that may stand between a label and its colon
    "lien he ocop dang ky san xuat chinh tham gia day du di dong co dinh so chu the pham dich vu cua don vi phap luat "
    "lac ly theo nguoi dai dien hien nay nhan tai noi kinh doanh va hoac ten truong hop danh gia phan hang cap"
)
MOST_OF_JOINT = 16  # words of a label that asks for several things
BETWEEN_LABELS = (",", ";", "/", "-", "–", "và")
DASHES = ("-", "–", "—")  # “Tháng 6 năm 2026 - Số: 07/DS-PLX”
SAID_OF = ("cua", "cho", "voi")  # folded: “Báo cáo của chủ thể: 01 bản” tells of none
LEADERS = ("…", "...")
REMARKS = frozenset(REMARK_WORDS.split())


@dataclass(frozen=True, eq=False)  # each is itself: looked up often
class Label:
    """What a form prints before a value. `field` None: it only ends the value before it."""

    field: str | None
    names: tuple[str, ...]
    parse: values.Parser = values.text
    more_lines: int = 0  # how many further lines the value may run over
    anywhere: bool = False  # also in the middle of a line
    colon: bool = False  # known by the colon or the leaders behind it only


@dataclass(frozen=True)
class Found:
    """A label in a line: it covers the words `start` … `end` (excluded)."""

    label: Label
    start: int
    end: int
    joint: tuple["Label", ...] = ()  # all it asks for, where that are several


def find_labels(line: Line, labels: Sequence[Label]) -> list[Found]:
    """The labels in a line, left to right; of two at one place the longer wins."""
    names = _names_of(tuple(labels))
    sought = _sought(line)
    first = _first_word(line)
    found: list[Found] = []
    start = first
    while start < len(line.words):
        best = _label_at(sought, start, names, at_start=start == first)
        if best is None:
            start += 1
            continue
        found.append(_joint(line, best, names) or best)
        start = found[-1].end
    return found


def joint_labels(words: Sequence[str], labels: Sequence[Label]) -> tuple[Label, ...]:
    """What each part of a label asks for, where these are several things: `Điện thoại, Email`; else nothing."""
    return _joint_of(words, _names_of(tuple(labels)))


def _joint(line: Line, begun: Found, names: "_Names") -> Found | None:
    """The label, where it is the first part of one that asks for several things."""
    texts = [word.text for word in line.words[begun.start : begun.start + MOST_OF_JOINT]]
    end = next((at + 1 for at, text in enumerate(texts) if text.endswith(":")), None)
    if end is None or any(text in LEADERS or text.startswith("(") for text in texts[:end]):
        return None
    told = _joint_of(texts[:end], names)
    return Found(begun.label, begun.start, begun.start + end, told) if told else None


def _joint_of(words: Sequence[str], names: "_Names") -> tuple[Label, ...]:
    parts: list[list[str]] = [[]]
    for word in words:
        bare = word.strip(":")
        if bare and bare not in BETWEEN_LABELS:
            for number, piece in enumerate(bare.rstrip(",;/").split("/")):
                parts += [[]] if number else []
                parts[-1] += fold(piece).split()
        if bare in BETWEEN_LABELS or word.endswith(BETWEEN_LABELS):
            parts.append([])
    told = [names.called(part) for part in parts if part]
    known = tuple(label for label in told if label is not None)
    several = len({label.field for label in known}) > 1
    return known if several and len(known) == len(told) else ()  # “Tên cơ sở, nhóm hộ hoặc đơn vị” is but one


@dataclass(frozen=True)
class _Sought:
    """A line in which labels are sought; of each word where it begins and ends in the folded text."""

    line: Line
    folded: str
    begins: Sequence[int]
    ends: Sequence[int]
    known: dict[int, tuple[int, bool]] = field(default_factory=dict)

    def behind(self, place: int) -> tuple[int, bool]:
        """Where a label ends, with its remark, whose last word stands here; whether that parts label and value."""
        if place not in self.known:
            end = _with_remark(self.line, place + 1)
            self.known[place] = end, _separated(self.line, end)
        return self.known[place]


def _sought(line: Line) -> _Sought:
    ends = list(accumulate((len(part) + bool(part) for part in line.folded_words), initial=-1))
    folded = " ".join(part for part in line.folded_words if part)
    return _Sought(line, folded, begins=[end + 1 for end in ends], ends=ends[1:])


@dataclass(frozen=True)
class _Name:
    """What a label may read as."""

    text: str
    label: Label
    most: int  # words, where one was read as several

    def reads_as(self, spoken: str) -> bool:
        if spoken == self.text:
            return True
        return len(self.text) >= LONG_ENOUGH and fuzz.ratio(spoken, self.text, score_cutoff=LEAST_LIKENESS) > 0


class _Names:
    """The names of some labels, shortest first, those of one length in the labels' order."""

    def __init__(self, labels: Sequence[Label]) -> None:
        names = (_Name(name, label, len(name.split()) + 3) for label in labels for name in label.names)
        self.names = sorted(names, key=lambda name: len(name.text))
        self.by_text = {name.text: name.label for name in reversed(self.names)}
        self.like = cache(self._like)

    def called(self, words: Sequence[str]) -> Label | None:
        """The label that these folded words are, whatever remark follows them."""
        for end in range(len(words), 0, -1):
            if set(words[end:]) <= REMARKS and (found := self.by_text.get(" ".join(words[:end]))) is not None:
                return found
        return None

    def _like(self, beginning: str) -> tuple[list[int], list[_Name]]:
        """Those that may begin with a word that begins so (its first two signs, folded), and their lengths."""
        found = [each for each in self.names if _alike(each.text, beginning)]
        return [len(each.text) for each in found], found


def _alike(name: str, beginning: str) -> bool:
    """Of long names one of two signs is alike, of short ones the first."""
    return name[0] == beginning[0] or (len(name) >= LONG_ENOUGH and name[1] == beginning[1:])


@cache
def _names_of(labels: tuple[Label, ...]) -> _Names:
    return _Names(labels)


def _label_at(sought: _Sought, start: int, names: _Names, *, at_start: bool) -> Found | None:
    """The longest label that begins with this word, of several the first."""
    if not sought.line.folded_words[start]:
        return None
    found = max(_names_at(sought, start, names, at_start), key=lambda each: len(each[0].text), default=None)
    return None if found is None else Found(found[0].label, start, sought.behind(found[1])[0])


def _names_at(sought: _Sought, start: int, names: _Names, at_start: bool) -> Iterator[tuple[_Name, int]]:
    """The names that begin with this word, and their last word: the one that makes what is read long enough."""
    lengths, like = names.like(sought.line.folded_words[start][:2])
    if not like:
        return
    begin, shortest = sought.begins[start], 0
    words = sought.line.words
    for place in range(start, len(sought.ends)):
        if shortest > lengths[-1]:
            return
        longest = sought.ends[place] - begin + 1
        by_case = _told_by_case(sought.line, sought.behind(place)[0])
        listed = words[place].text.endswith(";") and not (at_start and start and place + 1 < len(words))
        said_of = not at_start and sought.line.folded_words[start - 1] in SAID_OF
        dated = words[place + 1].text[:1].isdigit() if place + 1 < len(words) else False
        parting = at_start or by_case or dated or sought.behind(place)[1]
        if parting and not listed and not said_of:
            spoken = sought.folded[begin : sought.ends[place]]
            for name in like[bisect_left(lengths, shortest) : bisect_right(lengths, longest)]:
                if place - start >= name.most or not name.reads_as(spoken):
                    continue
                end, parted = sought.behind(place)
                parted = parted or (by_case and not name.label.colon)
                parted = parted or (
                    dated and name.label.field == "registration.date" and _after_break(sought.line, start)
                )
                # “Nhóm hộ trồng …” is no label and its value
                goes_on = " " not in name.text and end < len(words) and words[end].text[:1].islower()
                told = parted or (at_start and not name.label.colon and len(name.text) > SHORT and not goes_on)
                if name.label.colon and not at_start and end >= len(words):
                    told = words[-1].text.endswith((":", ".", "…"))  # “… tổ chức đánh / giá” is no label
                inner = name.text == spoken and _begins_capitalised(words, start, place)
                if told and (at_start or name.label.anywhere or inner or _after_break(sought.line, start)):
                    yield name, place
        if words[place].text.endswith(":"):  # “Phân nhóm: Sản phẩm …” is a shorter label and its value
            return
        shortest = longest + 1


def _begins_capitalised(words: Sequence[Word], start: int, last: int) -> bool:
    """“… Plei Bông Sản phẩm: Khăn choàng”: a label of several words with a capital, a colon, and a name behind it."""
    label, behind = words[start : last + 1], words[last + 1 : last + 2]
    named = bool(behind) and behind[0].text[:1].isalpha()
    return named and len(label) > 1 and label[0].text[:1].isupper() and label[-1].text.endswith(":")


def _separated(line: Line, end: int) -> bool:
    """Inside a line a label is known by its colon, leaders, or by ending the line."""
    return (
        line.words[end - 1].text.rstrip().endswith((":", ".", "…", ");"))  # a colon in small print
        or end >= len(line.words)
        or line.words[end].text.startswith((":", ".", "…"))
    )


def _told_by_case(line: Line, end: int) -> bool:
    """Whether a label in capitals is told from its value by them: `TÊN CHỦ THỂ Hợp tác xã …`."""
    return end < len(line.words) and _in_capitals(line.words[end - 1].text) and _is_value(line.words[end].text)


def _in_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_value(word: str) -> bool:
    """Whether a word tells a label in capitals from the value that it begins; single letters begin names."""
    return word[:1].isalnum() and not _in_capitals(word)


def _with_remark(line: Line, end: int) -> int:
    """A label's end behind what a form adds to it: `liên hệ:`, `OCOP:`, `(HTX, công ty, hộ …):`."""
    if end >= len(line.words) or _separated(line, end):
        return end
    if line.words[end - 1].text.endswith(","):
        return _listed_on(line, end)
    if line.words[end].text.startswith("("):
        closing = (place for place in range(end, min(end + 12, len(line.words))) if ")" in line.words[place].text)
        return next(closing, end - 1) + 1
    for place in range(end, min(end + 6, len(line.words))):
        if line.words[place].text.startswith(":"):
            return place + (line.words[place].text == ":")
        if fold(line.words[place].text) not in REMARKS:
            return end
        if line.words[place].text.endswith(":"):
            return place + 1
    return end


def _listed_on(line: Line, end: int) -> int:
    """The end of a label that names several things: `Tên cơ sở, nhóm hộ hoặc đơn vị:`."""
    for place in range(end, min(end + LISTED_WORDS, len(line.words))):
        text = line.words[place].text
        if not text[:1].islower() or text.endswith((".", ";")):
            return end
        if text.endswith(":"):
            return place + 1 if place - end >= LEAST_LISTED - 1 else end
    return end


def _after_break(line: Line, start: int) -> bool:
    before = line.words[start - 1]
    gap = line.words[start].box[0] - before.box[2]
    if start > 1 and not line.words[start].text.isupper() and " ".join(w.text for w in line.words[:start]).isupper():
        return True  # behind an office's name in capitals: the other column of a letter head
    return before.text.endswith((";", ".", ",", "…", ":", ")", "/")) or before.text in DASHES or gap > 1.2 * line.height


def _first_word(line: Line) -> int:
    """Behind the numbering: `1.`, `a)`, `-`."""
    taken = NUMBERING.match(line.text)
    length, position = taken.end() if taken else 0, 0
    for number, word in enumerate(line.words):
        if position >= length:
            return number
        position += len(word.text) + 1
    return 0
