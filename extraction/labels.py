"""Values by the labels that stand before them: `Điện thoại: …… Email: ……`, in running text or in table cells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import inf

from rapidfuzz import fuzz

from extraction import values
from extraction.doubt import doubt_of, doubt_of_prose
from extraction.folding import fold, tidy
from extraction.kind_phrases import PAPERS
from extraction.label_search import LONG_ENOUGH, NUMBERING, Found, Label, find_labels
from extraction.lines import Line, around, is_centred, lines_of, parted
from extraction.lists import has_codes_beside, is_list, rows_of_lists
from extraction.readings import Box, Cell, FieldContent, FieldReading, PageReading, Table, Word
from extraction.translations import (
    in_each_language,
    in_vietnamese,
    is_foreign,
    is_gloss,
    line_without_translations,
    without_translation,
)

NUMBERED = re.compile(r"^\s*[-–+•]?\s*\(?(\d{1,2}(\.\d{1,2})*|[a-zđ]|[IVX]{1,4})\s*[./)]\s", re.IGNORECASE)
ROOM = 0.12  # of a cell's width that a line may leave free before a word that would have fitted
MOST_OF_CODE = 4  # words of a number below its label
CELLS = 4096  # whose labels are remembered
LONGEST_LABEL = 60  # folded signs
MOST_BESIDE, ROOM_BESIDE = 3, 20  # times a label's signs, and signs more, that its cell holds with its translation
LEAST_ROWS = 3  # of a form around a row of heads and one of their values
LEAST_HEADS = 2  # columns of a table whose heads are labels
LABEL_LIKE = re.compile(r"^\s*[-–+•]?\s*[A-ZĐÀ-Ỹ][^:]{1,45}:(?:\s|$)")
BEGUN_LABEL = 3  # words of a label, at most, that stand on the line before the others
MOST_LINES = 4  # of a value in a narrow column, where each but the last is full
EDGE = 0.02  # of the page's width: a line that ends so far before its column's edge is full
FULL_LINE = 0.2  # of the page's width: a line that ends so far before the others is not broken by the margin
ACROSS = 0.45  # of the page's width: how far right of its label a value may stand
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
SENTENCE = re.compile(
    r"^(?:(?:Đã|Được|Đạt|Có|Là|Hiện|Trong|Tại|Theo|Nay|MST|Mã số thuế|Trụ sở)\b|(?:Do|[Đđ]ại diện|Người đại diện) "
    r"|[Cc]ủa (?:chủ thể|cơ sở|đơn vị|công ty|hợp tác))"
)
UNENDED_NAMES = (" tnhh", " co phan", " mot thanh vien", " mtv", " va", "hop tac xa", " htx", " thuong mai va dich vu")
NUMBER = "evidence.number"
NAMED = ("evidence.holder", "evidence.product")
NEXT_PART = re.compile(
    r"(?:xã|phường|thị trấn|ấp|thôn|khóm|bản|làng|tổ|quyền|có địa|trồng|được|đã|thu hoạch|sản lượng|do|tại|với)\b"
)
TITLES = ("bao cao", "giay chung nhan", "giay xac nhan", "hop dong", "phieu ket qua", "hoa don")  # folded
MARGIN = 0.2  # of the page's width: a line that begins further off is another block


def labelled_fields(page: PageReading, labels: Sequence[Label]) -> list[FieldReading]:
    """Every value on the page that stands behind one of the labels: in the next cell, or further on in the text."""
    in_cells, used = _in_cells(page, labels)
    used += rows_of_lists(page.tables)
    free = (line for line in lines_of(page) if not any(_within(line.box, box) for box in used))
    free = (line for line in free if not TO_SIGN.match(line.folded))
    lines = _with_whole_labels([line_without_translations(line) for line in free], labels)
    marks = [find_labels(line, labels) for line in lines]
    across = _values_across(lines, marks, page.width)
    names = frozenset(name for label in labels for name in label.names)
    ends = frozenset(across.values()) | {number for number, line in enumerate(lines) if line.folded in names}
    whole = _Page(lines, marks, page.width, ends)
    fields = []
    for number, (line, found) in enumerate(zip(lines, marks, strict=True)):
        for place, mark in enumerate(found):
            if mark.label.field is None:
                continue
            last = place + 1 == len(found)
            following = len(line.words) if last else found[place + 1].start
            words = list(line.words[mark.end : following])
            at = across.get(number, number) if last else number
            if at != number:
                words = list(lines[at].words[: marks[at][0].start] if marks[at] else lines[at].words)
            if last:
                words += _carried_on(whole, at, mark.label, words)
            elif line.words[following].box[0] - line.words[following - 1].box[2] > COLUMN_GAP * line.height:
                words += _carried_on(whole.cut(number, following, place + 1), number, mark.label, words)
            spoken = in_vietnamese(words) if mark.label.parse is values.text else words
            reading = reading_of(mark.label.field, mark.label.parse, spoken, page.number, line.box)
            if reading is not None:
                fields.append(reading)
    return in_cells + fields


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

    def cut(self, number: int, end: int, labels: int) -> "_Page":
        """Without what stands in a line from the word `end` on: in another column. `labels`: how many stay in it."""
        lines, marks = list(self.lines), list(self.marks)
        lines[number], marks[number] = lines[number].part(0, end), marks[number][:labels]
        return _Page(lines, marks, self.width, self.ends)


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


def _carried_on(page: _Page, number: int, label: Label, begun: Sequence[Word]) -> list[Word]:
    """What the next lines add to a value; to one of a checked form only what it lacks."""
    if label.parse is values.text:
        lines = label.more_lines or (0 if begun else 1)  # the whole value may stand below its label
        found = _continuation(page, number, lines, begun)
        found = _up_to_sentence(found) if label.field in NAMED else found
        small = lines > 0 or (bool(found) and found[0].text[:1].islower())
        return [] if not small or (begun and _is_address(label, found)) else found
    known = label.parse(_spoken(begun))
    if label.parse is values.code and known.reason is not None and begun and begun[-1].text.endswith(BREAKS):
        more = _continuation(page, number, 1, begun, unfinished=True)
        return more if len(more) == 1 and CODE_PART.fullmatch(more[0].text) else []
    if known.content is not None:
        return []
    more = _continuation(page, number, max(1, label.more_lines), begun, unfinished=True)
    whole = label.parse(_spoken([*begun, *more]))
    alone = not begun and len(more) <= MOST_OF_CODE  # on a line of its own, though it may fail a check
    return more if whole.content is not None and (whole.reason is None or alone) else []


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


def _in_cells(page: PageReading, labels: Sequence[Label]) -> tuple[list[FieldReading], list[Box]]:
    """Forms drawn as tables: a cell that is a label, and the cell to its right; also the boxes of the cells read."""
    fields: list[FieldReading] = []
    used: list[Box] = []
    for table in page.tables:
        listed = is_list(table)  # a list of things, not a form: its head holds names of columns
        if listed and {cell.row for cell in table.cells} != {0, 1}:
            continue
        headed, filled = _under_heads(page, table, labels)
        fields += headed
        used += filled
        rest = [cell for cell in table.cells if cell.box not in filled]
        if listed or (headed and len({cell.row for cell in rest}) < LEAST_ROWS):
            continue
        for cell in rest:
            label = _label_of_cell(cell, labels)
            beside = next((c for c in table.cells if c.row == cell.row and c.col == cell.col + cell.col_span), None)
            if label is None or label.field is None:
                continue
            if _heads_list(table, cell, labels):
                used += [each.box for each in table.cells]
                break
            if beside is None or _label_of_cell(beside, labels):
                continue
            words = list(parted(word for word in page.words if _within(word.box, beside.box)))
            inner = find_labels(Line(page.number, tuple(words)), labels)
            if inner and inner[0].start == 0:
                continue  # the cell beside has its own label: read as text
            words = words[: inner[0].start] if inner else words
            words = _first_line(words, beside.box) if label.parse is values.text else words
            used += [cell.box] if inner else [cell.box, beside.box]
            reading = reading_of(label.field, label.parse, words, page.number, beside.box)
            if reading is not None:
                fields.append(reading)
    return fields, used


def _heads_list(table: Table, cell: Cell, labels: Sequence[Label]) -> bool:
    """Whether the cell names a column of a list: “Mặt hàng | Đơn giá | Thành tiền” above rows without labels."""
    if cell.row or len({each.row for each in table.cells}) <= LEAST_HEADS:
        return False
    if len({each.col for each in table.cells}) <= LEAST_HEADS and not has_codes_beside(table, cell.col):
        return False
    below = [each for each in table.cells if each.col == cell.col and each.row > 0]
    return bool(below) and not any(_label_of_cell(each, labels) for each in below)


def _first_line(words: list[Word], cell: Box) -> list[Word]:
    """The words of a cell up to where a line ends short of the next word: below a name stands its address."""
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        below = word.box[1] > (before.box[1] + before.box[3]) / 2
        if below and before.box[2] + word.box[2] - word.box[0] < cell[2] - ROOM * (cell[2] - cell[0]):
            return words[:at]
    return words


def _under_heads(page: PageReading, table: Table, labels: Sequence[Label]) -> tuple[list[FieldReading], list[Box]]:
    """`Ngành | Nhóm | Phân nhóm` and a row of values below: each value by the head of its column; the cells read."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for (_, over), (_, below) in pairwise(sorted(rows.items())):
        heads = [head for head in over if head.row_span == 1]  # another names both rows
        named = [(_label_of_cell(head, labels), head) for head in heads]
        if len(heads) < LEAST_HEADS or [each.col for each in heads] != [each.col for each in below]:
            continue
        fields_of = {label.field for label, _ in named if label is not None}
        wide = len(heads) > LEAST_HEADS and not any(_label_of_cell(cell, labels) for cell in below)
        alone = len(rows) == LEAST_HEADS and wide and bool(fields_of.intersection(NAMED))  # one row: whom it is about
        days = len(rows) == LEAST_HEADS and any(label and label.field and not label.colon for label, _ in named)
        beside = (*(NAMED if alone else ()), *((NUMBER,) if days else ()))
        told = [bool(label and label.field and (label.field in beside or not label.colon)) for label, _ in named]
        fields = []
        for (label, _), cell, known in zip(named, below, told, strict=True):
            words = list(parted(word for word in page.words if _within(word.box, cell.box)))
            reading = known and label and reading_of(label.field or "", label.parse, words, page.number, cell.box)
            fields += [reading] if reading else []
        dates = [field for field in fields if isinstance(field.value, date) and field.reason is None]
        if all(told) or alone or (len(fields) >= LEAST_HEADS and dates):
            return fields, [cell.box for cell in (*over, *below)]
    return [], []


def _label_of_cell(cell: Cell, labels: Sequence[Label]) -> Label | None:
    """The label that a whole cell reads as, whatever number stands before it."""
    return _label_called(cell.text, tuple(labels)) if cell.text else None


@lru_cache(maxsize=CELLS)
def _label_called(said_in: str, labels: tuple[Label, ...]) -> Label | None:
    text = NUMBERING.sub("", said_in, count=1)
    whole = len(fold(text))  # its value may stand below it, in the same cell
    said = dict.fromkeys([fold(without_translation(text)) or fold(said_in), *map(fold, in_each_language(text))])
    for folded in said:
        if not folded or len(folded) > LONGEST_LABEL:
            continue
        for label in labels:
            if any(_reads_as(folded, name) and whole <= MOST_BESIDE * len(name) + ROOM_BESIDE for name in label.names):
                return label
    return None


def _reads_as(folded: str, name: str) -> bool:
    return folded == name or (len(name) >= LONG_ENOUGH and fuzz.ratio(folded, name, score_cutoff=92) > 0)


def _within(box: Box, outer: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= down <= outer[3]


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
    edge = min(max((line.box[2] for line in lines), default=0), _column_edge(first, lines))
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
        heading = line.text.isupper() and not first.text.isupper() and not _in_capitals([*begun, *words], line)
        heading = heading or (line.text.isupper() and line.folded.startswith(TITLES))
        if not near or not beside or ended or heading or REMARK.match(line.text) or following in page.ends:
            break
        if page.marks[following]:
            words += _before_label(line, page.marks[following][0])
            break
        if LABEL_LIKE.match(line.text) or PLACE_AND_DATE.match(line.text) or SENTENCE.match(line.text):
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
    """“lịch; Nhóm: …”: the end of a value before the next label; nothing if it does not end there."""
    end = line.words[: mark.start]
    return end if end and end[-1].text.endswith((";", ",")) else ()


def _margins(line: Line, begun: Sequence[Word]) -> list[int]:
    """Where a value's next line may begin, beside under a label: under the line, the value, or a column of the line."""
    columns = [
        word.box[0] for left, word in pairwise(line.words) if word.box[0] - left.box[2] > COLUMN_GAP * line.height
    ]
    return [line.box[0], *columns, *(word.box[0] for word in begun[:1])]


def reading_of(
    name: str, parse: Callable[[str], values.Value], words: Sequence[Word], page: int, beside: Box
) -> FieldReading | None:
    """The words as a field; None if nothing is written there."""
    words = [word for word in words if word.text.strip(".…_")]
    raw = " ".join(word.text for word in words)
    if not fold(raw):
        return None
    value = parse(raw)
    if value.content is None and value.reason is None:
        return None
    confidence, doubt = _doubt(value.content, parse, words)
    reason = value.reason or doubt
    return FieldReading(
        name=name,
        value=value.content,
        raw=tidy(raw) or raw.strip(),
        page=page,
        box=around(word.box for word in words) if words else beside,
        confidence=round(confidence, 4),
        needs_review=reason is not None,
        reason=reason,
    )


def _doubt(
    content: FieldContent, parse: Callable[[str], values.Value], words: Sequence[Word]
) -> tuple[float, str | None]:
    """Of a date only its numbers decide, of sentences no single word."""
    if parse is values.prose:
        return doubt_of_prose(words)
    numbers = [word for word in words if any(sign.isdigit() for sign in word.text)]
    return doubt_of(numbers if isinstance(content, date) and numbers else words)
