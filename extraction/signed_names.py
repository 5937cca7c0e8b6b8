"""The applicant's representative where only the signature tells: “ĐẠI DIỆN THEO PHÁP LUẬT”, and below it the name."""

import re

from extraction import values
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.lines import Line, lines_of
from extraction.readings import FieldReading, PageReading

HEAD = re.compile(
    r"nguoi dung ten(?: co so)?"
    r"|(?:nguoi )?dai dien(?: (?:theo|cua|hop phap|phap luat|phap ly|chu the|don vi|co so|hop tac xa|to hop tac"
    r"|ho kinh doanh|cong ty|doanh nghiep|ky ten))*"
)  # folded
REACH, ASIDE = 0.22, 0.12  # of the page's height below the head, and of its width beside, within which the name stands
LOWER_HALF = 0.4  # of the page's height, below which people sign
PARTS = (2, 6)  # words of a name
NO_NAMES = ("ky ", "giam doc", "chu ", "to truong")  # folded
SIGNED = "Chỉ đọc được ở chỗ ký; đối chiếu với ảnh trang."
NAME_PART = re.compile(r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:['’\-][^\W\d_]+)*")


def signed_name(page: PageReading) -> list[FieldReading]:
    """The name below the head of the representative's signature; none if nothing there is a name."""
    lines = lines_of(page)
    for head in lines:
        if head.box[1] < LOWER_HALF * page.height or not HEAD.fullmatch(head.folded):
            continue
        below = (line for line in lines if _stands_below(line, head, page))
        named = next((line for line in sorted(below, key=lambda line: line.box[1]) if _is_name(line)), None)
        reading = named and reading_of("representative.name", values.person, named.words, page.number, named.box)
        if reading:
            return [reading.model_copy(update={"needs_review": True, "reason": reading.reason or SIGNED})]
    return []


def _stands_below(line: Line, head: Line, page: PageReading) -> bool:
    apart = abs(line.box[0] + line.box[2] - head.box[0] - head.box[2]) / 2
    return 0 < line.box[1] - head.box[3] <= REACH * page.height and apart <= ASIDE * page.width


def _is_name(line: Line) -> bool:
    words = [word.text.strip(".,") for word in line.words]
    named = PARTS[0] <= len(words) <= PARTS[1] and all(map(NAME_PART.fullmatch, words))
    return named and not line.text.isupper() and not fold(line.text).startswith(NO_NAMES)
