"""A paper's own number where no label with a colon tells it: below its title, in a sentence, of a decision, alone."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extraction import values
from extraction.field_values import NUMBER, reading_of
from extraction.issuers import LONE_NUMBER
from extraction.lines import Line, words_within
from extraction.readings import FieldReading, PageKind, PageReading, Word

NUMBERED_SO = re.compile(
    r"\(?(?:(?:Quyết định |Giấy chứng nhận |Giấy phép |Văn bằng )?[Ss]ố|Hợp đồng|HỢP ĐỒNG)"
    r"\s(?P<number>(?=\S*\d)\S*[-/]\S+?)\)?"
    r"(?:$|\s+(?:[•·|-]\s+)?(?=(?:[Kk]ý )?ngày \d)|\s+(?=\(kèm theo ))"  # its day beside it, or what it belongs to
)
STANDARD = re.compile(r"TCCS\s(?=\S*\d)\S*[:/-]\S+")  # of a business's own, by which a declaration is known
OWN_TITLE = re.compile(r"(?:giay chung nhan|bang doc quyen|van bang|dang ky (?:nhan hieu|kieu dang))\b")  # folded
OWN_NUMBER = re.compile(r"(?:[Ss]ố|SỐ)\s(?=\S*\d)(?:[\w/.-]*\w|\d{2,4}(?: \d{3}){1,2})")  # “Số 0538 216”
OF_TRADEMARK = re.compile(r"4-\d{7}-\d{3}")  # since 2020, Cục Sở hữu trí tuệ
NUMBER_SHARE = 0.4  # of the page's height: further down a lone number is not the paper's
NUMBER_SAID = re.compile(
    r"(?:^(?:N[°º]|No\.?|Reg\. No\.?|(?:Certificate|Report) No\.?\s?/\s?Số)|"
    r"\b[Ss]ố (?:giấy chứng nhận|giấy phép|chứng nhận|chứng chỉ|cấp))"
    r"\s(?P<number>(?:[A-Z]+-[A-Z-]+\s)?(?=\S*\d)[\w./-]+?)[,;.]?(?=\s|$)"
)  # without a colon
BESIDE = re.compile(r"\b[Ss]ố (?:giấy chứng nhận|giấy phép|chứng nhận|chứng chỉ|cấp)$")  # a number stands right of it
OWN_LABEL = re.compile(r"[Ss]ố (?:giấy chứng nhận|giấy phép|chứng nhận|chứng chỉ|cấp)(?:\s?/\s?[A-Z][a-z. ]+)?\s?:")
CODE_ALONE = re.compile(r"(?=\S*\d)\S*[-/]\S+")  # below it
REGISTERED = re.compile(
    r"\b(?:vào sổ[^\d:]{0,30}số|số vào sổ[^\d:]{0,25})\s?:?\s+(?P<number>\d\S*[-/]\S+)", re.IGNORECASE
)
GIVEN_BY_DECISION = (PageKind.AWARD, PageKind.OCOP_CERTIFICATE)
AWARDING = re.compile(r"[Qq]uyết định (?:khen thưởng )?số:?\s+(?=\S*\d)(?P<number>\S*[-/]\S+)")


def numbered_title(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“GIẤY CHỨNG NHẬN / ĐĂNG KÝ NHÃN HIỆU / Số 561207”: the paper's own number, whatever decision granted it."""
    for title, line in pairwise(lines):
        if line.box[1] > NUMBER_SHARE * page.height:
            break
        if title.text.isupper() and OWN_TITLE.match(title.folded) and OWN_NUMBER.fullmatch(line.text):
            return _read(page, line.words[1:], line)
        if page.kind is PageKind.INTELLECTUAL_PROPERTY and OF_TRADEMARK.fullmatch(line.text):
            return _read(page, line.words, line)
    return []


def weaker_number(page: PageReading, lines: Sequence[Line], weak: Sequence[FieldReading]) -> list[FieldReading]:
    """A number without a colon, else that of a decision, else the `weak` one of a register, else a lone one."""
    if page.kind in GIVEN_BY_DECISION and (said := _registered(page, lines)):
        return said  # not the decision by which it was given
    for line in lines:
        own = page.kind is PageKind.QUALITY_DECLARATION and STANDARD.fullmatch(line.text) is not None
        told = NUMBERED_SO.match(line.text)
        if own or told is not None:
            words = line.words if told is None else words_within(line.words, *told.span("number"))
            return _read(page, words, line)
    if said := _in_one_line(page, lines, NUMBER_SAID):
        return said
    for label, line in pairwise(lines):
        right = line.box[0] > label.box[2] and line.box[1] < label.box[3] and label.box[1] < line.box[3]
        if right and BESIDE.search(label.text) and any(map(str.isdigit, line.text)):
            return _read(page, line.words, line)
        below = line.box[1] > label.box[1] and abs(line.box[0] - label.box[0]) <= label.height
        if below and OWN_LABEL.fullmatch(label.text) and CODE_ALONE.fullmatch(line.text):
            return _read(page, line.words, line)
    return _registered(page, lines) or _of_decision(page, lines) or list(weak) or _lone_number(page, lines)


def _registered(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Vào sổ số: 14/2025/CNNTTB”: a number of its own, where more than the count of the register's entries."""
    return _in_one_line(page, lines, REGISTERED)


def _of_decision(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“(Theo) Quyết định số 63-QĐ/HNDT”: what an award was given by, where it has no number of its own."""
    return _in_one_line(page, lines, AWARDING) if page.kind is PageKind.AWARD else []


def _in_one_line(page: PageReading, lines: Sequence[Line], pattern: re.Pattern[str]) -> list[FieldReading]:
    """What the pattern calls `number` in the first line that holds it."""
    for line in lines:
        found = pattern.search(line.text)
        if found is not None:
            return _read(page, words_within(line.words, *found.span("number")), line)
    return []


def _lone_number(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """A number without a label, as laboratories print it: `KT3-01234ATP5/1` alone on its line near the top."""
    for line in lines:
        if line.box[1] <= NUMBER_SHARE * page.height and LONE_NUMBER.fullmatch(line.text):
            return _read(page, line.words, line)
    return []


def _read(page: PageReading, words: Sequence[Word], line: Line) -> list[FieldReading]:
    reading = reading_of(NUMBER, values.code, words, page.number, line.box)
    return [reading] if reading else []
