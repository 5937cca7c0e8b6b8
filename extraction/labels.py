"""Values by the labels that stand before them in running text: `Điện thoại: …… Email: ……`, and in table cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from extraction import values
from extraction.cell_labels import fields_in_cells
from extraction.field_values import NAMED, reading_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.joint_labels import joint_fields
from extraction.kind_phrases import PAPERS
from extraction.label_search import NUMBERING, Found, Label, find_labels
from extraction.lines import Line, is_centred, lines_of
from extraction.lists import rows_of_lists
from extraction.provinces import known_province
from extraction.readings import FieldReading, PageReading, Word
from extraction.translations import (
    in_vietnamese,
    is_foreign,
    is_gloss,
    line_without_translations,
)

NUMBERED = re.compile(
    r"^\s*[-–+•]?\s*(?:\(?(\d{1,2}(\.\d{1,2})*|[a-zđ]|[IVX]{1,4})\s*[./)]\s|Câu(?: hỏi)? \d{1,2}\b)", re.IGNORECASE
)
MOST_OF_END = 3  # words of a value's end before a full stop and the next label
MOST_OF_NAME = 2  # words of a person's name on the next line
WORDS_OF_PROVINCE = 3  # on the next line
MOST_OF_CODE = 4  # words of a number below its label
LABEL_LIKE = re.compile(r"^\s*[-–+•]?\s*[A-ZĐÀ-Ỹ][^:]{1,45}:(?:\s|$)")
BEGUN_LABEL = 3  # words of a label, at most, that stand on the line before the others
MOST_LINES = 4  # of a value in a narrow column, where each but the last is full
EDGE = 0.02  # of the page's width: a line that ends so far before its column's edge is full
FULL_LINE = 0.2  # of the page's width: a line that ends so far before the others is not broken by the margin
ACROSS = 0.45  # of the page's width: how far right of its label a value may stand
INDENT, BELOW, FEWEST_STACKED = 3.0, 3.0, 5  # line heights that a value below its label is set in, and lower; of a page
COLUMN_GAP = 1.2  # line heights: a wider gap in a line begins another column
ADDRESS = re.compile(
    r"^(?:số \d|(?:thôn|ấp|bản|xóm|buôn|làng|tổ|khu|khóm|đường|phố|xã|phường|thị trấn)\s).*,"
    r"|^[^,:;]{3,40},\s(?:tỉnh|thành phố|tp\.)\s\S+(?:\s\S+){0,3}\.?$",
    re.IGNORECASE,
)
BREAKS, CODE_PART = ("-", "–", "/"), re.compile(r"[A-ZĐ\d][A-ZĐ\d.\-/]*")
REMARK = re.compile(r"\s*\((?![+\d])")  # “(+84) 912 …” is none
PLACE_AND_DATE = re.compile(r"^[^\d,:]{2,40},\s*ngày\s*\d", re.IGNORECASE)
TO_SIGN = re.compile(r"ky\b.*\bten\b")  # folded: “(Ký, ghi rõ họ tên)” asks for a name, and tells none
PART_HEAD = re.compile(r"(?:PHẦN|Phần)\s+(?:[A-C]|[IVX]{1,4}|\d)\b")
SENTENCE = re.compile(
    r"^(?:(?:Đã|Được|Đạt|Có|Là|Hiện|Trong|Tại|Theo|Nay|MST|Mã số thuế|Trụ sở)\b|(?:Do|[Đđ]ại diện|Người đại diện) "
    r"|[Cc]ủa (?:chủ thể|cơ sở|đơn vị|công ty|hợp tác))"
)
UNENDED_NAMES = (" tnhh", " co phan", " mot thanh vien", " mtv", " va", "hop tac xa", " htx", " thuong mai va dich vu")
NEXT_PART = re.compile(
    r"(?:xã|phường|thị trấn|ấp|thôn|khóm|bản|làng|tổ|quyền|có địa|trồng|được|đã|thu hoạch|sản lượng|do|tại|với)\b"
)
TITLES = ("bao cao", "giay chung nhan", "giay xac nhan", "hop dong", "phieu ket qua", "hoa don")  # folded
NEXT_NUMBER = re.compile(r"\(?\d{1,2}(?:[.)/]|\.\d{1,2}[.)/]?)")
MARGIN = 0.2  # of the page's width: a line that begins further off is another block


def labelled_fields(page: PageReading, labels: Sequence[Label]) -> list[FieldReading]:
    """Every value on the page that stands behind one of the labels: in the next cell, or further on in the text."""
    in_cells, used = fields_in_cells(page, labels)
    used += rows_of_lists(page.tables)
    free = (line for line in lines_of(page) if not any(holds(box, line.box) for box in used))
    free = (line for line in free if not TO_SIGN.match(line.folded))
    lines = _with_whole_labels([line_without_translations(line) for line in free], labels)
    marks = [find_labels(line, labels) for line in lines]
    across = _values_across(lines, marks, page.width)
    across = {label: at for label, at in across.items() if not _has_own_below(lines[label], lines[at], page)}
    across = {**_values_below(lines, marks, across), **across}
    names = frozenset(name for label in labels for name in label.names)
    ends = frozenset(across.values()) | {number for number, line in enumerate(lines) if line.folded in names}
    whole = _Page(lines, marks, page.width, ends)
    fields: list[FieldReading] = []
    for number, (line, found) in enumerate(zip(lines, marks, strict=True)):
        for place, mark in enumerate(found):
            field = mark.label.field
            if field is None and not mark.joint:
                continue
            told = replace(mark.label, parse=values.text, more_lines=1) if mark.joint else mark.label
            last = place + 1 == len(found)
            following = len(line.words) if last else found[place + 1].start
            words = list(line.words[mark.end : following])
            if not last and words and NEXT_NUMBER.fullmatch(words[-1].text):
                words.pop()  # “1. Tên sản phẩm: … 2. Mã số: …”
            at = across.get(number, number) if last else number
            if at != number:
                words = list(lines[at].words[: marks[at][0].start] if marks[at] else lines[at].words)
            if last:
                words += _carried_on(whole, at, told, words)
            elif _ends_column(line, following, told, words):
                words += _carried_on(whole.cut(number, following, place + 1), number, told, words)
            if mark.joint or field is None:
                fields += joint_fields(words, mark.joint, page.number, line.box)
                continue
            spoken = in_vietnamese(words) if mark.label.parse in values.TEXTS else words
            reading = reading_of(field, mark.label.parse, spoken, page.number, line.box)
            if reading is not None:
                fields.append(reading)
    return in_cells + fields


def _ends_column(line: Line, following: int, label: Label, words: Sequence[Word]) -> bool:
    """Whether a value ends where the next label begins another column: behind a gap, or cut in a province's name."""
    gap = line.words[following].box[0] - line.words[following - 1].box[2]
    cut = label.parse is values.address and values.begun_province(_spoken(words)) is not None
    return cut or gap > COLUMN_GAP * line.height


def _with_whole_labels(lines: list[Line], labels: Sequence[Label]) -> list[Line]:
    """The lines, with the beginnings of labels that ended one moved to the next, which ends them."""
    for number in range(len(lines) - 1):
        line, below = lines[number], lines[number + 1]
        begun = _begun_label(line.words, below, labels)
        if 0 < begun < len(line.words):
            lines[number] = line.part(0, len(line.words) - begun)
            moved = tuple(_beside(word, below) for word in line.words[-begun:])
            lines[number + 1] = Line(below.page, (*moved, *below.words))
    return lines


def _beside(word: Word, line: Line) -> Word:
    """The word as if it stood right before a line."""
    left, top, _, bottom = line.box
    return word.model_copy(update={"box": (left, top, left + 1, bottom)})


def _begun_label(words: Sequence[Word], below: Line, labels: Sequence[Label]) -> int:
    """How many of the last words begin a label that the next line ends: `dân tộc: Mông; nơi`, `thường trú: …`."""
    cut = next((place for place in range(len(words) - 1, -1, -1) if words[place].text.endswith((";", ","))), None)
    tail = [] if cut is None else words[cut + 1 :]
    if not 0 < len(tail) <= BEGUN_LABEL:
        return 0
    whole = next(iter(find_labels(Line(below.page, (*tail, *below.words)), labels)), None)
    if whole is None or whole.start > 0 or whole.end <= len(tail):
        return 0
    own = next(iter(find_labels(below, labels)), None)
    return len(tail) if own is None or own.start > 0 or own.label.field == whole.label.field else 0


@dataclass(frozen=True)
class _Page:
    """Its lines, the labels in each, and which lines are whole labels, or values that stand across from one."""

    lines: Sequence[Line]
    marks: Sequence[Sequence[Found]]
    width: int
    ends: frozenset[int]
    edge: float = inf  # where the other column begins, beside a line that was cut there

    def cut(self, number: int, end: int, labels: int) -> "_Page":
        """Without what stands in a line from the word `end` on: in another column. `labels`: how many stay in it."""
        lines, marks = list(self.lines), list(self.marks)
        lines[number], marks[number] = lines[number].part(0, end), marks[number][:labels]
        return _Page(lines, marks, self.width, self.ends, self.lines[number].words[end].box[0])


def _values_across(lines: Sequence[Line], marks: Sequence[Sequence[Found]], width: int) -> dict[int, int]:
    """Line with nothing behind its label → the line on the same row further right, in forms set in two columns."""
    pairs: dict[int, int] = {}
    for number, (line, found) in enumerate(zip(lines, marks, strict=True)):
        if not found or any(word.text.strip(".…_:") for word in line.words[found[-1].end :]):
            continue
        _, top, right, bottom = line.box
        row = [
            (other.box[0], place)
            for place, other in enumerate(lines)
            if right <= other.box[0] <= right + ACROSS * width
            and min(bottom, other.box[3]) - max(top, other.box[1]) >= 0.5 * min(line.height, other.height)
        ]
        if row:
            _, nearest = min(row)
            before = lines[nearest].words[: marks[nearest][0].start] if marks[nearest] else lines[nearest].words
            if any(NUMBERING.sub("", word.text, count=1).strip(".)/:") for word in before):  # more than “2.”
                pairs[number] = nearest
    return pairs


def _has_own_below(label: Line, beside: Line, page: PageReading) -> bool:
    """Whether a label's value stands with it in its cell of a table, and what is level with it is another cell's."""
    cell = next((cell for table in page.tables for cell in table.cells if holds(cell.box, label.box)), None)
    return cell is not None and len(cell.text.split()) > len(label.words) and not holds(cell.box, beside.box)


def _values_below(lines: Sequence[Line], marks: Sequence[Sequence[Found]], across: Mapping[int, int]) -> dict[int, int]:
    """Line that is but a label → the line right below it, of web forms that have all their values there."""
    pairs: dict[int, int] = {}
    for number, (line, found) in enumerate(zip(lines, marks, strict=True)):
        if number in across or len(found) != 1 or found[0].start or fold(_spoken(line.words[found[0].end :])):
            continue
        left, _, _, bottom = line.box
        under = (
            (other.box[1], place)
            for place, other in enumerate(lines)
            if -line.height <= other.box[0] - left <= INDENT * line.height
            and 0 < other.box[1] - bottom + line.height / 2 <= BELOW * line.height
        )
        nearest = min(under, default=None)
        if nearest is not None and not marks[nearest[1]]:
            pairs[number] = nearest[1]
    return pairs if len(pairs) >= FEWEST_STACKED else {}


def _carried_on(page: _Page, number: int, label: Label, begun: Sequence[Word]) -> list[Word]:
    """What the next lines add to a value; to one of a checked form only what it lacks."""
    if label.parse in values.TEXTS:
        lines = label.more_lines or (0 if begun else 1)  # the whole value may stand below its label
        found = _continuation(page, number, lines, begun)
        found = _up_to_sentence(found) if label.field in NAMED else found
        if label.parse is values.address and not found:
            found = _rest_of_province(begun, _continuation(page, number, 1, begun, unfinished=True))
        small = lines > 0 or (bool(found) and found[0].text[:1].islower())
        return [] if not small or (begun and _is_address(label, found)) else found
    known = label.parse(_spoken(begun))
    if label.parse is values.person and known.reason is not None and fold(_spoken(begun)).endswith(values.MIDDLE_NAMES):
        more = _continuation(page, number, 1, begun, unfinished=True)
        return more if len(more) <= MOST_OF_NAME else []
    if label.parse is values.code and known.reason is not None and begun and begun[-1].text.endswith(BREAKS):
        more = _continuation(page, number, 1, begun, unfinished=True)
        return more if len(more) == 1 and CODE_PART.fullmatch(more[0].text) else []
    if known.content is not None:
        return []
    more = _continuation(page, number, max(1, label.more_lines), begun, unfinished=True)
    whole = label.parse(_spoken([*begun, *more]))
    alone = not begun and len(more) <= MOST_OF_CODE  # on a line of its own, though it may fail a check
    return more if whole.content is not None and (whole.reason is None or alone) else []


def _rest_of_province(begun: Sequence[Word], more: Sequence[Word]) -> list[Word]:
    """“… tỉnh An / Giang” in a narrow column: the words that end the province's name, and no further one."""
    name = values.begun_province(_spoken(begun))
    if name is None:
        return []
    ends = range(1, min(len(more), WORDS_OF_PROVINCE) + 1)
    whole = (list(more[:end]) for end in ends if known_province(f"{name} {_spoken(more[:end])}".strip(" .;")))
    return max(whole, key=len, default=[])


def _up_to_sentence(words: Sequence[Word]) -> list[Word]:
    """The words of further lines up to one that begins with an address, or goes on with the sentence about the name."""
    for at, word in enumerate(words):
        begins = at == 0 or word.box[1] > words[at - 1].box[3] - (words[at - 1].box[3] - words[at - 1].box[1]) / 2
        if begins and NEXT_PART.match(" ".join(each.text for each in words[at : at + 2])):
            return list(words[:at])
    return list(words)


def _is_address(label: Label, words: Sequence[Word]) -> bool:
    """Whether the words are an address below the value of another label: it stands there without its own."""
    return not (label.field or "").endswith("address") and bool(ADDRESS.match(_spoken(words)))


def _spoken(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _continuation(
    page: _Page, number: int, more: int, begun: Sequence[Word], *, unfinished: bool = False
) -> list[Word]:
    """The words of the lines that carry a value on, up to the next label, number, heading or gap.

    `unfinished`: the value itself says that it goes on, wherever the margin is: in a narrow cell.
    """
    words: list[Word] = []
    lines = page.lines
    first = before = lines[number]
    margins = [*_margins(first, begun), *(first.words[mark.start].box[0] for mark in page.marks[number])]
    edge = min(max((line.box[2] for line in lines), default=0), _column_edge(first, lines), page.edge)
    right = edge - FULL_LINE * page.width
    row = [each.box[0] for each in lines if each.box[1] < first.box[3] and first.box[1] < each.box[3]]
    row_left = min(row, default=first.box[0])
    taken = 0  # lines
    for following in range(number + 1, len(lines)):
        line = lines[following]
        small = line.words[0].text[:1].islower() and _no_room(before, line, right)
        goes_on = small and abs(line.box[0] - row_left) <= EDGE * page.width
        right_of = line.box[0] > max(first.box[2], before.box[2])
        beyond = right_of or (line.box[2] < first.box[0] and not goes_on)
        if beyond and line.box[1] < before.box[3] + before.height:
            continue  # of the other column
        full = small or _no_room(before, line, edge - EDGE * page.width) or before.folded.endswith(UNENDED_NAMES)
        if taken >= max(more, MOST_LINES - 1) or (taken >= more and not full):
            break
        if is_gloss(line):
            before = line
            continue
        again = is_foreign(line) or (before is not first and is_foreign(line, 1))  # which may take two lines
        if again and not begun and not words:
            before = line  # the label again, in another language
            continue
        if is_foreign(line) and not is_foreign(Line(line.page, (*begun, *words))):
            break  # the value again
        near = 0 <= line.box[1] - before.box[1] <= 2.6 * max(before.height, line.height)
        beside = (
            goes_on
            or is_centred(before, line, page.width)
            or any(abs(line.box[0] - margin) <= MARGIN * max(page.width, 1) for margin in margins)
        )
        ended = bool(begun or words) and (
            bool(NUMBERED.match(line.text)) or not (unfinished or _broken(before, line, right))
        )
        heading = (
            line.text.partition("(")[0].isupper()
            and not first.text.isupper()
            and not _in_capitals([*begun, *words], line)
        )
        heading = heading or (line.text.isupper() and line.folded.startswith(TITLES))
        remark = REMARK.match(line.text) and not (begun and full and line.text.rstrip(".;").endswith(")"))
        if not near or not beside or ended or heading or remark or following in page.ends:
            break
        if page.marks[following]:
            words += _before_label(line, page.marks[following][0])
            break
        if any(each.match(line.text) for each in (LABEL_LIKE, PLACE_AND_DATE, SENTENCE, PART_HEAD)):
            break
        words += line.words
        before = line
        taken += 1
    return words


def _column_edge(line: Line, lines: Sequence[Line]) -> float:
    """Where another column begins beside the line; infinitely far where there is none."""
    beside = (
        other.box[0]
        for other in lines
        if other.box[0] > line.box[2] and other.box[1] < line.box[3] and line.box[1] < other.box[3]
    )
    return min(beside, default=inf)


def _in_capitals(value: Sequence[Word], line: Line) -> bool:
    """Whether a line in capitals may be of the value: it begins it, below its label, or all of it is in capitals."""
    return _spoken(value).isupper() if value else not line.folded.startswith(PAPERS)


def _broken(before: Line, line: Line, right: float) -> bool:
    """Whether the second line carries the first on: its first word found no room, or the sentence is not at its end."""
    unended = before.text.rstrip().endswith((",", "-", "–")) or before.folded.endswith(UNENDED_NAMES)
    return _no_room(before, line, right) or unended or line.words[0].text[:1].islower()


def _no_room(before: Line, line: Line, right: float) -> bool:
    """Whether the second line's first word would have reached over `right` at the end of the first."""
    first = line.words[0]
    return before.box[2] + first.box[2] - first.box[0] >= right


def _before_label(line: Line, mark: Found) -> Sequence[Word]:
    """“lịch; Nhóm: …”, “Skốth. Địa chỉ: …”: a value's end before the next label; nothing if it does not end there."""
    end = line.words[: mark.start]
    if not end or any(word.text.endswith(":") for word in end[:-1]):
        return ()
    sentence = len(end) <= MOST_OF_END and end[-1].text.endswith(".") and end[-1].text[:1].isalpha()
    return end if sentence or end[-1].text.endswith((";", ",")) else ()


def _margins(line: Line, begun: Sequence[Word]) -> list[int]:
    """Where a value's next line may begin, beside under a label: under the line, the value, or a column of the line."""
    columns = [
        word.box[0] for left, word in pairwise(line.words) if word.box[0] - left.box[2] > COLUMN_GAP * line.height
    ]
    return [line.box[0], *columns, *(word.box[0] for word in begun[:1])]
