"""Labels that ask for several things at once: `Điện thoại, Email:`, `Họ tên, chức vụ người đại diện pháp lý:`.

What stands behind them is parted as the label is, where that can be told; else a person must look.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from extraction import values
from extraction.boxes import ORGANISATION_TYPES
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.label_search import Label
from extraction.readings import Box, FieldReading, Word

CHECKED = (values.phone, values.email, values.tax_code, values.personal_id, values.gender, values.day)
BETWEEN: tuple[Callable[[Word], bool], ...] = (  # what may part values, the surest first
    lambda word: word.text.endswith(";"),
    lambda word: word.text in ("/", "|"),
    lambda word: word.text in ("-", "–", "—"),
    lambda word: word.text.endswith(","),
)
IN_BRACKETS = re.compile(r"[^()]+\([^()]+\)[.;,]?")
PACKING = re.compile(
    r"(?:quy cách|đóng (?:gói|chai|hộp|túi)|chai|hũ|túi|hộp|gói|lọ|bao|can|bình|tiêu chuẩn|TCCS|TCVN|QCVN"
    r"|\d+ ?(?:g|kg|ml|lít)\b)",
    re.IGNORECASE,
)
NOT_PARTED = "Nhãn này hỏi nhiều điều, chưa tách được phần nào là của mục này; đối chiếu với ảnh trang."

Part = tuple[Label, Sequence[Word]]


def joint_fields(words: Sequence[Word], labels: Sequence[Label], page: int, beside: Box) -> Iterator[FieldReading]:
    """The fields that the words say, behind a label that asks for all `labels`."""
    parts = _parts(words, labels)
    if parts is None:
        first = next((label for label in labels if label.field is not None), labels[0])
        parse = first.parse if first.parse in CHECKED else values.text
        whole = reading_of(first.field, parse, words, page, beside) if first.field else None
        if whole is not None:
            yield whole.model_copy(update={"needs_review": True, "reason": whole.reason or NOT_PARTED})
        return
    for label, part in parts:
        reading = reading_of(label.field, label.parse, part, page, beside) if label.field else None
        if reading is not None:
            yield reading


def _parts(words: Sequence[Word], labels: Sequence[Label]) -> list[Part] | None:
    """Each label with its words; None where it cannot be told."""
    if labels[0].field == "product.name":
        return _with_name_first(words, labels[0])
    rows = _rows_of(words)
    if len(rows) == len(labels) and all(map(_fits, rows, labels)):
        return _of_fields(rows, labels)
    for between in BETWEEN:
        cut = _cut(words, between, len(labels))
        if len(cut) == len(labels) and all(map(_fits, cut, labels)):
            return _of_fields(cut, labels)
    told = " ".join(word.text for word in words)
    if len(labels) == 2 and IN_BRACKETS.fullmatch(told):
        at = next(place for place, word in enumerate(words) if word.text.startswith("("))
        return _of_fields((words[:at], _bare(words[at:])), labels)
    return _by_checks(words, labels)


def _with_name_first(words: Sequence[Word], label: Label) -> list[Part] | None:
    """A product's name, behind which its packing and standard stand: “…; chai thủy tinh 500 ml; TCCS 01:2025/KPL”."""
    for place, word in enumerate(words[:-1]):
        if word.text.endswith(";") or (word.text.endswith(",") and PACKING.match(_told(words[place + 1 :]))):
            return [(label, words[: place + 1])]
    return None if any(word.text.endswith(",") for word in words) else [(label, words)]


def _rows_of(words: Sequence[Word]) -> list[Sequence[Word]]:
    """The words line by line, as a cell has values one below the other."""
    ends = [at for at, (one, other) in enumerate(pairwise(words), 1) if other.box[1] > (one.box[1] + one.box[3]) / 2]
    return [words[start:end] for start, end in pairwise([0, *ends, len(words)])]


def _cut(words: Sequence[Word], between: Callable[[Word], bool], most: int) -> list[Sequence[Word]]:
    """The words in `most` parts or fewer: the last, an address or a standard, keeps what could part it further."""
    parts: list[Sequence[Word]] = []
    start = 0
    for place, word in enumerate(words):
        if between(word) and start <= place < len(words) - 1 and len(parts) < most - 1:
            parts.append(words[start : place + any(map(str.isalnum, word.text))])
            start = place + 1
    return [*parts, words[start:]]


def _fits(words: Sequence[Word], label: Label) -> bool:
    """Whether the words may be what the label asks for, as far as that can be checked."""
    if label.field == "applicant.organisation_type":
        return any(kind in fold(_told(words)) for kind in ORGANISATION_TYPES)
    if label.parse not in (*CHECKED, values.person, values.ethnicity):
        return bool(fold(_told(words)))
    value = label.parse(_told(words))
    return value.content is not None and value.reason is None


def _by_checks(words: Sequence[Word], labels: Sequence[Label]) -> list[Part] | None:
    """One value for several labels, where only one of them can be meant: a telephone number and no address."""
    fitting = [each for each in labels if each.parse in CHECKED and _fits(words, each)]
    return [(fitting[0], words)] if len(fitting) == 1 else None


def _of_fields(parts: Sequence[Sequence[Word]], labels: Sequence[Label]) -> list[Part]:
    return list(zip(labels, parts, strict=True))


def _told(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).strip(" ;,/|–-")


def _bare(words: Sequence[Word]) -> list[Word]:
    return [word.model_copy(update={"text": word.text.strip("();,.")}) for word in words]
