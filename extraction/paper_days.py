"""When a paper was issued and until when it is valid, where no label says it: its head, or above the signature."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extraction import values
from extraction.citations import is_cited, of_a_card, said_before
from extraction.days import LATEST_YEAR, days_in, find_day
from extraction.field_values import reading_of
from extraction.folding import fold, tidy
from extraction.geometry import holds
from extraction.lines import Line
from extraction.lists import rows_of_lists
from extraction.readings import FieldContent, FieldReading, PageReading, Word

ISSUED, VALID_UNTIL = "evidence.issued", "evidence.valid_until"
VALID_MARK = re.compile(
    r"(?:hieu luc|gia tri|thoi han|het han|su dung tu).{0,60}\bden\b(?: het)?(?: ngay)? \d|het han|het hieu luc"
    r"|keo dai den(?: het)?(?: ngay)? \d|thoi han.{0,60}\bket thuc (?:vao )?(?:het )?ngay \d"
    r"|thoi (?:han|gian) (?:cua )?hop (?:dong|tac).{0,45}\bden\b"
)  # folded
FIRST_ISSUED = ("cap lan dau", "dang ky lan dau", "ngay cap lan dau")  # folded: of the paper itself
CHANGED = re.compile(
    r"\b(?:thay đổi|cấp lại|điều chỉnh|sửa đổi) lần (?:thứ )?\S{1,4}[,:]? ?(?=(?:ngày )?\d)", re.IGNORECASE
)
TERM = re.compile(
    r"\b(?:hieu luc|gia tri|thoi han)\b(?: \w+){0,4}? (?P<count>\d{1,2})(?: \w+)? (?P<unit>nam|thang) "
    r"(?:ke )?tu ngay (?:duoc )?(?:cap|ky|ban hanh|chung nhan|phe duyet)\b"
)  # folded
BROKEN_DATE = re.compile(r"\bngay(?: \d{1,2}(?: thang(?: \d{1,2}(?: nam)?)?)?)?$")  # folded, at the end of a line
OTHER_DAYS = re.compile(
    r"\bngay (?:nhan|gui|lay|san xuat|nop|thu nghiem|phan tich|sinh|thanh lap|hoan thanh|bat dau|ket thuc|tiep nhan|"
    r"giao|nhap|thu hoach|dong goi)\b"
    r"|\b(?:thoi gian|han su dung|nsx|hsd|sinh|nam tai chinh|ke toan|ket thuc|tinh den|cho den|den|truoc|sau|nop|tai|"
    r"vao|thi hanh|ap dung|thoi diem|hieu luc)(?: het)?(?: tu| ke tu)?(?: ngay)?$"
    r"|\b(?:nam tai chinh|nien do|ky ke toan|thi hanh)\b"
)  # folded, before a date: of the sample, the person, the test, the year reported on; not of the paper
IN_FORCE = re.compile(r"\bhieu luc (?:ke )?tu(?: ngay)?$")  # folded: the first day, where no other is told
LABELLED = re.compile(r"(?:^|\W)(?:ngày|date)\s*:\s*$", re.IGNORECASE)  # “Date / Ngày: 14/07/2026”
NO_TERM = re.compile(r"\b(?:cong bao|khieu nai|thanh toan|nop phi|bao hanh|luu mau)\b")  # folded
PRINTED = re.compile(r"\bin luc(?: \d+)*(?: ngay)?$")  # folded: a page of the net
TODAY = re.compile(r"\bhom nay(?: la)?(?: ngay)?$")  # folded: the day on which a contract is signed
PLACE = re.compile(
    r"(?:[^\d:;,]{2,40},\s*)?(?:\S+\s+)?ng\S{1,3}\s*|(?-i:[A-ZĐ])[^\d:;,.]{1,30},\s*", re.IGNORECASE
)  # “Hà Nội, ngày ” before the day
HEAD_PLACE = re.compile(
    r"^.{0,45}?(?:^|,|\s)\s*ng\S{1,3}(?=\W|\d).{0,14}?\bth\S{1,3}ng.{0,12}?\bn\S{1,2}m\b", re.IGNORECASE
)
WORDS_OF_DATE = re.compile(r",.{0,14}\bth\S{1,3}ng\s*\d{1,2}\s*n\S{1,2}m\s*\d{4}\W*$", re.IGNORECASE)
NUMBER_BEFORE = re.compile(r"^\W*S[ốôoóồỗ]\s*:?\s*\S*/\S+\s+", re.IGNORECASE)  # read as one line with the head's date
HEAD = 0.35  # of the page's height: where the letter head and its date stand
MOST_BEFORE, MOST_BEHIND = 10, 3  # words around a date that is the paper's own
LONGEST = 14  # words of a line with place and date
COMPUTED = "Giấy chỉ ghi thời hạn; ngày hết hạn tính từ ngày cấp."
NO_DAY = "Ngày ở đầu hoặc cuối giấy không đọc được (có thể viết tay); nhập theo ảnh trang."


@dataclass(frozen=True)
class Dated:
    """A date on the page: its words, the text before and behind it in its line, the folded sentence before it."""

    number: int
    line: Line
    words: tuple[Word, ...]
    day: date
    lead: str
    behind: str
    before: str

    @property
    def placed(self) -> bool:
        """“Cà Mau, ngày 05 tháng 9 năm 2026”, a line of its own but for the paper's number."""
        lead = NUMBER_BEFORE.sub("", self.lead)
        alone = self.before == fold(self.lead) or bool(NUMBER_BEFORE.match(self.lead))
        return alone and PLACE.fullmatch(lead) is not None and len(self.behind.split()) <= MOST_BEHIND


def valid_until(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“… có hiệu lực đến ngày 15 tháng 8 năm 2027”: the first line that says so."""
    for line in joined_dates(lines):
        if find_day(line.text) and VALID_MARK.search(line.folded):
            return _read(page, VALID_UNTIL, line.words, values.last_day(line.text).content, line)
    return []


def last_change(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Cấp lần đầu ngày …; thay đổi lần thứ 2 ngày 21-01-2026”: the day of the last change in a sentence."""
    own = (line for line in joined_dates(lines) if line.folded.startswith(FIRST_ISSUED))
    found = [(line, told) for line in own for told in CHANGED.finditer(line.text)]
    for line, told in reversed(found):
        day = find_day(line.text[told.end() :])
        if day is not None:
            return _read(page, ISSUED, line.words, day, line)
    return []


def ends_after(page: PageReading, lines: Sequence[Line], issue: FieldReading) -> list[FieldReading]:
    """“… có hiệu lực 05 năm kể từ ngày cấp”: the last day as the day of issue tells it, to be looked at."""
    begin = issue.value
    for above, line in zip([None, *lines], lines, strict=False):
        spoken = line.folded if above is None else f"{above.folded} {line.folded}"
        found = TERM.search(spoken)
        if found is None or not isinstance(begin, date) or NO_TERM.search(spoken):
            continue
        months = int(found["count"]) * (12 if found["unit"] == "nam" else 1)
        until = _months_later(begin, months)
        if until is None:
            return []
        reading = _read(page, VALID_UNTIL, line.words, until, line)
        return [each.model_copy(update={"needs_review": True, "reason": COMPUTED}) for each in reading]
    return []


def _months_later(day: date, months: int) -> date | None:
    """The same day so many months later, or the month's last; None beyond what a calendar holds."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > LATEST_YEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def issued(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """The date of the head, else that above the signature, else one that a short line tells of the paper itself.

    Where the head's own date cannot be read no other one stands for it.
    """
    joined = joined_dates(lines)
    lists = rows_of_lists(page.tables)
    own = [each for each in _dates(joined) if not _of_others(joined, each)]
    own = [each for each in own if not any(holds(row, each.words[0].box) for row in lists)]
    placed = [each for each in own if each.placed]
    unread = _unread(joined, own)
    top = HEAD * page.height
    candidates: list[Dated | Line] = [
        *[each for each in own if TODAY.search(each.before)][:1],
        *[each for each in own if PRINTED.search(each.before)][:1],
        *[each for each in own if LABELLED.search(each.lead)][:1],
        *[each for each in placed if each.line.box[1] <= top][:1],
        *[line for line in unread if line.box[1] <= top][:1],
        *placed[-1:],
        *unread[-1:],
        *[each for each in own if len(each.before.split()) <= MOST_BEFORE][-1:],
    ]
    candidates += [each for each in _dates(joined) if IN_FORCE.search(each.before) and not is_cited(each.before)][:1]
    found = next(iter(candidates), None)
    if found is None:
        return []
    return _no_day(page, found) if isinstance(found, Line) else _read(page, ISSUED, found.words, found.day, found.line)


def joined_dates(lines: Sequence[Line]) -> list[Line]:
    """The lines, with “…, ngày 01 tháng 03 năm” and the “2025” below or beside it as one."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        broken = before is not None and bool(BROKEN_DATE.search(before.folded))
        if before is not None and broken and -0.5 * before.height < line.box[1] - before.box[1] <= 2.5 * before.height:
            kept = tuple(word for word in before.words if any(map(str.isalnum, word.text)))  # a margin's stroke is none
            found[-1] = Line(line.page, kept + line.words)
        else:
            found.append(line)
    return found


def _dates(lines: Sequence[Line]) -> Iterator[Dated]:
    for number, line in enumerate(lines):
        for (start, stop), day in days_in(line.text):
            begin = len(line.text[:start].split(" ")) - 1
            end = begin + len(line.text[start:stop].split(" "))
            yield Dated(
                number=number,
                line=line,
                words=line.words[begin:end],
                day=day,
                lead=line.text[:start],
                behind=line.text[stop:],
                before=said_before(lines, number, begin),
            )


def _of_others(lines: Sequence[Line], each: Dated) -> bool:
    """Whether the date is of a law, another paper, a card, a sample, a year reported on, or the end of validity."""
    around = fold(each.lead)
    return not TODAY.search(each.before) and (
        bool(VALID_MARK.search(around))
        or bool(OTHER_DAYS.search(each.before))
        or is_cited(each.before)
        or of_a_card(lines, each.number, each.before)
    )


def _unread(lines: Sequence[Line], own: Sequence[Dated]) -> list[Line]:
    """Lines that print place and date, but whose day cannot be read: left open, or written by hand."""
    read = {each.number for each in own}
    return [
        line
        for number, line in enumerate(lines)
        if number not in read
        and len(line.words) <= LONGEST
        and (HEAD_PLACE.search(line.text) or WORDS_OF_DATE.search(line.text))
        and not find_day(line.text)
        and not VALID_MARK.search(line.folded)
        and not OTHER_DAYS.search(line.folded)
        and not is_cited(line.folded)
        and said_before(lines, number, 1) == line.folded_words[0]
    ]


def _read(page: PageReading, name: str, words: Sequence[Word], day: FieldContent, line: Line) -> list[FieldReading]:
    reading = reading_of(name, values.always(day), words, page.number, line.box)
    return [reading.model_copy(update={"raw": tidy(line.text)})] if reading else []


def _no_day(page: PageReading, line: Line) -> list[FieldReading]:
    """A date that is there, and that a person must read."""
    unread = FieldReading(
        name=ISSUED,
        value=None,
        raw=tidy(line.text),
        page=page.number,
        box=line.box,
        confidence=0.0,
        needs_review=True,
        reason=NO_DAY,
    )
    return [unread]
