"""Values by their labels in ruled tables: a cell that is a label, and the cell beside it or below it."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from extraction import values
from extraction.field_values import NAMED, NUMBER, reading_of
from extraction.folding import fold, unmarked
from extraction.geometry import holds
from extraction.joint_labels import joint_fields
from extraction.label_search import LONG_ENOUGH, NUMBERING, Label, find_labels, joint_labels
from extraction.lines import Line, parted
from extraction.lists import has_codes_beside, is_list
from extraction.readings import Box, Cell, FieldReading, PageReading, Table, Word
from extraction.translations import in_each_language, without_translation

ROOM = 0.12  # of a cell's width that a line may leave free before a word that would have fitted
OF_ADDRESSES = frozenset(
    "thon xom ap to khu khom so duong xa phuong huyen tinh ban buon lang doi quan thanh thi km ngo hem".split()
)  # folded: words with which addresses begin
WITH_VALUE = re.compile(r":[ \t]+(\S.*)")
WITH_NUMBER = re.compile(r":[ \t]+\S*\d")
CELLS = 4096  # whose labels are remembered
LONGEST_LABEL = 60  # folded signs
MOST_BESIDE, ROOM_BESIDE = 3, 20  # times a label's signs, and signs more, that its cell holds with its translation
LEAST_ROWS = 3  # of a form around a row of heads and one of their values
LEAST_OWN = 3  # cells of a form that hold a label and its value, one above the other
LEAST_HEADS = 2  # columns of a table whose heads are labels


def fields_in_cells(page: PageReading, labels: Sequence[Label]) -> tuple[list[FieldReading], list[Box]]:
    """Forms drawn as tables: a cell that is a label, and the cell to its right; also the boxes of the cells read."""
    fields: list[FieldReading] = []
    used: list[Box] = []
    for table in page.tables:
        listed = is_list(table)  # a list of things, not a form: its head holds names of columns
        if listed and {cell.row for cell in table.cells} != {0, 1}:
            continue
        owned, boxed = _in_own_cells(page, table, labels)
        fields += owned
        used += boxed
        headed, filled = _under_heads(page, table, labels)
        filled += boxed
        fields += headed
        used += filled
        rest = [cell for cell in table.cells if cell.box not in filled]
        if listed or (headed and len({cell.row for cell in rest}) < LEAST_ROWS):
            continue
        for cell in rest:
            beside = next((c for c in table.cells if c.row == cell.row and c.col == cell.col + cell.col_span), None)
            joint = _joint_of_cell(cell, labels) if beside is not None else ()
            if beside is not None and joint:
                words = list(parted(word for word in page.words if holds(beside.box, word.box)))
                fields += joint_fields(words, joint, page.number, beside.box)
                used += [cell.box, beside.box]
                continue
            label = _label_of_cell(cell, labels)
            if label is None or label.field is None:
                continue
            if _heads_list(table, cell, labels):
                used += [each.box for each in table.cells]
                break
            if beside is None or _label_of_cell(beside, labels):
                continue
            words = list(parted(word for word in page.words if holds(beside.box, word.box)))
            inner = find_labels(Line(page.number, tuple(words)), labels)
            if inner and inner[0].start == 0:
                continue  # the cell beside has its own label: read as text
            words = words[: inner[0].start] if inner else words
            words = _first_line(words, beside.box) if label.parse in values.TEXTS else words
            used += [cell.box] if inner else [cell.box, beside.box]
            reading = reading_of(label.field, label.parse, words, page.number, beside.box)
            if reading is not None:
                fields.append(reading)
    return fields, used


def _in_own_cells(page: PageReading, table: Table, labels: Sequence[Label]) -> tuple[list[FieldReading], list[Box]]:
    """Cells with a small label in their first line and its value below: “(2) Mã số thuế / 2803 014 662”; also boxes."""
    found: list[tuple[Cell, Label, int]] = []
    for cell in table.cells:
        head, _, below = cell.text.partition("\n")
        label = _label_called(head, tuple(labels)) if below.strip() else None
        if label is not None and label.field is not None:
            found.append((cell, label, len(head.split())))
    rows = {cell.row for cell, *_ in found}
    if len(found) < LEAST_OWN or any("\n" not in each.text for each in table.cells if each.row in rows):
        return [], []
    fields = []
    for cell, label, count in found:
        words = list(parted(word for word in page.words if holds(cell.box, word.box)))[count:]
        fields.append(reading_of(label.field or "", label.parse, words, page.number, cell.box))
    return [field for field in fields if field is not None], [cell.box for cell, *_ in found]


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
        free = before.box[2] + word.box[2] - word.box[0] < cell[2] - ROOM * (cell[2] - cell[0])
        if below and free and not _runs_on(before, word):
            return words[:at]
    return words


def _runs_on(before: Word, word: Word) -> bool:
    """Whether a list or a sentence goes on with a word in small letters, which begins no address."""
    open_ended = not before.text.endswith((".", ";", ":"))
    return open_ended and word.text[:1].islower() and fold(word.text) not in OF_ADDRESSES


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
        if wide and all(label and label.field for label, _ in named) and sum(told) >= LEAST_HEADS:
            told = [True] * len(told)  # where every head is a label, none needs its colon
        fields = []
        for (label, _), cell, known in zip(named, below, told, strict=True):
            words = list(parted(word for word in page.words if holds(cell.box, word.box)))
            reading = known and label and reading_of(label.field or "", label.parse, words, page.number, cell.box)
            fields += [reading] if reading else []
        dates = [field for field in fields if isinstance(field.value, date) and field.reason is None]
        if all(told) or alone or (len(fields) >= LEAST_HEADS and dates):
            return fields, [cell.box for cell in (*over, *below)]
    return [], []


def _label_of_cell(cell: Cell, labels: Sequence[Label]) -> Label | None:
    """The label that a whole cell reads as, whatever number stands before it."""
    return _label_called(cell.text, tuple(labels)) if cell.text else None


def _joint_of_cell(cell: Cell, labels: Sequence[Label]) -> tuple[Label, ...]:
    """All that a cell asks for: “4. Đại diện pháp luật; giới tính; dân tộc”; nothing if that is one thing."""
    text = NUMBERING.sub("", cell.text, count=1)
    if len(text) > MOST_BESIDE * LONGEST_LABEL:
        return ()
    stacked = [_label_called(line, tuple(labels)) for line in text.splitlines()]
    if len(stacked) > 1 and all(stacked) and len({label.field for label in stacked if label}) == len(stacked):
        return tuple(label for label in stacked if label)
    return joint_labels(text.split(), labels)


@lru_cache(maxsize=CELLS)
def _label_called(said_in: str, labels: tuple[Label, ...]) -> Label | None:
    text = NUMBERING.sub("", said_in, count=1)
    behind = WITH_VALUE.search(text)
    if WITH_NUMBER.search(text) or (behind and unmarked(behind[1]) != behind[1].lower()):
        return None  # “Số/ No.: NHV-25/10-3382.1”, “Ở tại: Làng Plei Ơi” say it all; “Tên mẫu: Sample” does not
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
