"""What a sentence says before a date or number: whether it is the paper's own or that of a law, paper or card cited."""

import re
from collections.abc import Sequence

from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import Line, is_centred
from extraction.readings import Box

DOCUMENT = (
    r"(?:quyet dinh|giay chung nhan|giay xac nhan|giay phep|giay dang ky|hop dong|bien ban|ke hoach|bao cao|van ban|"
    r"phieu|thong bao|don|to trinh)"
)
LAW = re.compile(
    r"\b(?:bo luat|luat|nghi dinh|nghi quyet|thong tu|chi thi|phap lenh|hien phap|cong van)\b"
    r"|\b(?:nd cp|qh\d+|qd ttg|ttlt|tt \w{2,}(?: \w+)?)\b(?= ngay|$)"
)  # folded: what is only cited in papers
OWN = re.compile(rf"(?:cap theo |theo )?(?:{DOCUMENT}|so)(?: nay)?\b(?! {DOCUMENT})")  # at the start of a sentence
CITED = re.compile(
    r"\b(?:can cu|chieu theo|kem theo|thay the|thay doi|sua doi|bo sung|bai bo|de nghi|trich)\b"
    r"|\b(?:ban hanh tai|quy dinh tai|ngay cap noi cap)\b|\bso giay chung nhan co so du dieu kien\b"
    rf"|\b(?:tai|theo) (?:cac )?{DOCUMENT}\b|\b{DOCUMENT}(?: \w+){{0,6}} so \S*\d"
)
CARD = re.compile(r"\b(?:can cuoc|cccd|cmnd|cmt|chung minh|ho chieu|giay to phap ly|giay to chung thuc)\b")
END_OF_SENTENCE = (".", ";", "!", "?")
OPENED = re.compile(r"\([A-ZĐÀ-Ỹ][a-zà-ỹ]+$")  # “(Thay thế Giấy chứng nhận số … cấp ngày …)”
ABBREVIATED = re.compile(r"(?<![\w/-])(?:[A-ZĐ]{1,3}|ThS|TS|No)\.$")
ITEM = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ][.)]|Điều \d)\s")
PLACED = re.compile(r"[A-ZĐÀ-Ỹ][^\d:;,]{1,40},\s*ng\S{1,3}\s*\d", re.IGNORECASE)  # “Hà Nội, ngày 5” begins anew
MOST_LINES = 4  # a sentence is followed back so far
LINE_GAP = 1.3  # of a line's height: a wider gap parts paragraphs
INDENT = 0.05  # of the width that the lines take: how much further right than the line above one may begin


def said_before(lines: Sequence[Line], number: int, place: int) -> str:
    """The folded words of the sentence before a word of a line, over the lines above it too."""
    words = lines[number].words[:place]
    parts: list[str] = []
    for _ in range(MOST_LINES):
        begins = ((at, words[at].text) for at in range(len(words) - 1, -1, -1))
        start = next((at + _ends(text) for at, text in begins if _ends(text) or OPENED.match(text)), None)
        parts.append(fold(" ".join(word.text for word in words[start:])))
        above = None if start is not None else _above(lines, number)
        if above is None:
            break
        number, words = above, lines[above].words
    return " ".join(part for part in reversed(parts) if part)


def is_cited(before: str) -> bool:
    """Whether what follows these folded words of a sentence belongs to a law or another paper."""
    if LAW.search(before):
        return True
    return OWN.match(before) is None and CITED.search(before) is not None


def of_a_card(lines: Sequence[Line], number: int, before: str) -> bool:
    """Whether it is a person's identity card that is told of, in the sentence or on the line above it."""
    above = _directly_above(lines, number)
    spoken = " ".join((lines[above].folded if above is not None else "", lines[number].folded, before))
    return CARD.search(spoken) is not None


def place_of(box: Box, lines: Sequence[Line]) -> tuple[int, int] | None:
    """(line, word) where a value with this box begins; None if it stands on no line."""
    places = ((number, place, word) for number, line in enumerate(lines) for place, word in enumerate(line.words))
    return next(((number, place) for number, place, word in places if holds(box, word.box)), None)


def _ends(text: str) -> bool:
    return text.endswith(END_OF_SENTENCE) and not ABBREVIATED.search(text)


def _above(lines: Sequence[Line], number: int) -> int | None:
    """The line that this one carries on; None where a sentence of its own begins."""
    line, opened = lines[number], _opening(lines, number)
    if opened is not None:
        return opened
    above = _directly_above(lines, number)
    if above is None or ITEM.match(line.text) or PLACED.match(line.text):
        return None
    before = lines[above]
    if _ends(before.text) or before.text.isupper() or (before.text.endswith(":") and not line.text[:1].isdigit()):
        return None
    small = line.text[:1].islower() or line.text[:1].isdigit() or line.text[:1] in "(\"'“"
    full = before.box[2] >= max(each.box[2] for each in lines) - INDENT * _width(lines)
    return above if small or full else None


def _opening(lines: Sequence[Line], number: int) -> int | None:
    """The line not far above, in whatever column, on which the bracket opens that this one closes."""
    text = lines[number].text
    if text.count(")") <= text.count("("):
        return None
    above = range(number - 1, max(-1, number - 1 - MOST_LINES), -1)
    return next((place for place in above if lines[place].text.count("(") > lines[place].text.count(")")), None)


def _directly_above(lines: Sequence[Line], number: int) -> int | None:
    line = lines[number]
    near = [
        (line.box[1] - other.box[3], place)
        for place, other in enumerate(lines)
        if other.box[1] < line.box[1] - 0.5 * line.height
        and line.box[1] - other.box[3] <= LINE_GAP * max(line.height, other.height)
        and other.box[0] < line.box[2]
        and other.box[2] > line.box[0]
        and (line.box[0] <= other.box[0] + INDENT * _width(lines) or is_centred(other, line, _width(lines)))
    ]
    return min(near)[1] if near else None


def _width(lines: Sequence[Line]) -> int:
    return max(line.box[2] for line in lines) - min(line.box[0] for line in lines)
