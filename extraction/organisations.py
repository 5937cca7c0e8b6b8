"""Businesses and cooperatives that a paper's sentences name: `… xác nhận Hợp tác xã Nông sản Hoàng Tiến, địa chỉ …`.

Where no label says whose paper it is, this is how it is told. A name begins with what kind of body it is, with a
capital, goes on over the end of a full line, and stops at a comma, a bracket, or a word that begins the next part of
the sentence. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extraction.folding import fold
from extraction.kind_phrases import PAPERS
from extraction.lines import NUMBERED_HEADING, Line
from extraction.readings import Word

KINDS = (  # folded, longest first
    "lien hiep hop tac xa",
    "doanh nghiep tu nhan",
    "co so san xuat",
    "co so che bien",
    "hop tac xa",
    "ho kinh doanh",
    "ho san xuat",
    "to hop tac",
    "cong ty",
    "trang trai",
    "co so",
    "htx",
    "hkd",
    "dntn",
)
LONGEST, LONGEST_KIND = 18, 4  # words
ENDS = (",", ";", ":", ".", ")", "/.")
GOES_ON = re.compile(  # words in small letters that begin the next part of the sentence
    r"đối với\b|(?:có )?(?:địa chỉ|trụ sở|nơi|mã số|mst|mã đơn vị|người|ông|bà)\b|"
    r"(?:đã|được|do|là|tại|đại diện|theo|với|trong|"
    r"trên|hiện|đang|đạt|để|cam kết|phù hợp|sử dụng|nhằm|khi|thực hiện|đáp ứng|phải|từ|đến|nhận|thuộc|có giấy|về|"
    r"tổng hợp|lập|sản xuất tại)\b"
)
NO_NAME = re.compile(
    r"(?:co so|doanh nghiep) (?:san xuat kinh doanh )?(?:du dieu kien|thuc pham|khong thuoc|thuoc dien)\b"
)  # folded: titles
OTHER_PAPER = re.compile(
    r"và (?:biên bản|hồ sơ|kết quả|đơn|văn bản|tờ trình|công văn|quyết định|giấy)\b", re.IGNORECASE
)
HEADS = ("cong hoa xa hoi", "doc lap tu do", "giam doc", "chu tich", "uy ban", "so ")  # folded
LABEL = re.compile(r"[^:]{1,25}:\s")
ABROAD = re.compile(r"\b(?:company|limited|co ltd|jsc|corporation|joint stock)\b")  # folded: the name in English
COLUMN_LINES = 4  # at least
GIVEN = re.compile(r"\b(?:chung nhan|xac nhan|cong nhan|cho|cua|cap cho|tang|kinh gui|cho phep|dieu \d+|rang|ben)$")
SAME_COLUMN = 0.15  # of that width, at most, between where a line and the next one begin
FULL = 0.12  # of the width that lines take: a line that ends no further from the right edge is full
ALIKE = 90  # likeness of folded names that mean the same


@dataclass(frozen=True)
class Organisation:
    """A name, and what is said before it (folded, a few words of its line)."""

    words: tuple[Word, ...]
    before: str
    cut: bool = False  # by the end of its line, behind which it may go on

    @property
    def name(self) -> str:
        return " ".join(word.text for word in self.words).rstrip(",;:.")

    @property
    def folded(self) -> str:
        return fold(self.name)


def told_about(lines: Sequence[Line], issuer: str) -> list[Organisation]:
    """The bodies that the paper may be about, the likeliest first: named most often, and as whom it is given to.

    `issuer`: who issued it, whom it is not about.
    """
    own = fold(issuer)
    found = [each for each in organisations_in(lines) if not own or not _same(each.folded, own)]
    groups: list[list[Organisation]] = []
    for each in found:
        group = next((group for group in groups if _same(group[0].folded, each.folded)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    groups.sort(key=lambda group: -len(group) - 2 * any(GIVEN.search(each.before) for each in group))
    return [_whole(group) for group in groups]


def _whole(group: Sequence[Organisation]) -> Organisation:
    """The first mention, or, if the end of its line may have cut it, one that says more, up to another capital."""
    first = group[0]
    longer = (each for each in group if first.cut and each.folded.startswith(f"{first.folded} "))
    return next((each for each in longer if each.words[-1].text[:1].isupper()), first)


def _same(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= ALIKE or one in other or other in one


def organisations_in(lines: Sequence[Line]) -> Iterator[Organisation]:
    """Every body that is named, in reading order."""
    right = max((line.box[2] for line in lines), default=0)
    left = min((line.box[0] for line in lines), default=0)
    for number, line in enumerate(lines):
        place = 0
        while place < len(line.words):
            name = _name_at(lines, number, place, right, right - left)
            if name:
                before = fold(" ".join(word.text for word in line.words[max(0, place - 4) : place]))
                if not before and number:
                    before = fold(" ".join(word.text for word in lines[number - 1].words[-4:]))
                cut = name[-1] is line.words[-1] and not _ended(name[-1])
                yield Organisation(tuple(name), before, cut)
            place += max(1, len(name))


def _name_at(lines: Sequence[Line], number: int, place: int, right: int, wide: int) -> list[Word]:
    """The words of the name that begins here; none if no name does. `right`, `wide`: of all lines."""
    words = list(lines[number].words[place:])
    if not words or not (words[0].text[:1].isupper() or _begins_small(words)):
        return []
    below = lines[number + 1] if number + 1 < len(lines) else None
    full = lines[number].box[2] >= right - FULL * wide or (place > 0 and _fills_column(lines[number], lines))
    if below is not None and (full or _is_of_capitals(lines[number], below)) and not NUMBERED_HEADING.match(below.text):
        other = below.folded.startswith(HEADS) or LABEL.match(below.text)
        same_column = not other and abs(below.box[0] - lines[number].box[0]) <= SAME_COLUMN * wide
        words += below.words if same_column else ()
    kind = _kind_of(words)
    if not kind or _kind_of(words[kind:]):  # “Cơ sở Hộ kinh doanh …”: the name begins with the second
        return []
    capitals = all(word.text.isupper() for word in words[:kind])
    name = words[:kind]
    for at in range(kind, min(len(words), LONGEST)):
        if _ended(name[-1]) or _stops(words, at, capitals):
            break
        name.append(words[at])
    proper = [word for word in name[kind:] if word.text[:1].isupper()]
    return name if proper and not NO_NAME.match(fold(" ".join(word.text for word in name))) else []


def _begins_small(words: Sequence[Word]) -> bool:
    """“của hộ kinh doanh Homestay Đồi Mận”: what kind of body it is in small letters, right before its name."""
    kind = _kind_of(words)
    return kind > 1 and kind + 1 < len(words) and all(word.text[:1].isupper() for word in words[kind : kind + 2])


def _is_of_capitals(line: Line, below: Line) -> bool:
    """Whether a name in capitals may go on in capitals right below: in a narrow cell it finds no room."""
    close = abs(below.box[0] - line.box[0]) <= line.height / 2 and below.box[1] - line.box[3] <= line.height
    other = below.folded.startswith((*PAPERS, *HEADS)) or ABROAD.search(below.folded)
    return close and line.text.isupper() and below.text.isupper() and not other


def _fills_column(line: Line, lines: Sequence[Line]) -> bool:
    """Whether it goes as far as the others that begin below one another, in a column of prose."""
    column = [other.box[2] for other in lines if abs(other.box[0] - line.box[0]) <= line.height]
    wide = max(column) - line.box[0]
    return len(column) >= COLUMN_LINES and line.box[2] >= max(column) - FULL / 2 * wide


def _kind_of(words: Sequence[Word]) -> int:
    """How many words say what kind of body it is."""
    spoken = [fold(word.text) for word in words[:LONGEST_KIND]]
    for kind in KINDS:
        count = kind.count(" ") + 1
        if " ".join(spoken[:count]) == kind and not any(_ended(word) for word in words[: count - 1]):
            return count
    return 0


def _ended(word: Word) -> bool:
    return word.text.endswith(ENDS) and not re.fullmatch(r"(?:TP|Tp|CP|T\.P)\.", word.text)


def _stops(words: Sequence[Word], at: int, capitals: bool) -> bool:
    """Whether the name has ended before this word."""
    text = words[at].text
    if text.startswith(("(", "-", "–", "“", '"', "[")) or not fold(text):
        return True
    if capitals and not text.isupper():
        return True
    said = " ".join(word.text for word in words[at : at + 3])
    return OTHER_PAPER.match(said) is not None or (text[:1].islower() and GOES_ON.match(said) is not None)
