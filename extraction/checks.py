"""Checks across fields and papers: days in order, papers in force, places that exist. Only doubt is added."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

from rapidfuzz.distance import Levenshtein

from extraction.communes import commune_complaint
from extraction.doubt import AGREED, SURE_WITNESS, agree, merely_unsure, says_another_word
from extraction.paper_days import COMPUTED
from extraction.provinces import merged_complaint
from extraction.readings import FieldReading, LaboratoryResult

Content = TypeVar("Content")

WITNESSES = {"evidence.holder": ("applicant.name",), "evidence.product": ("product.name",)}
NEARLY = "Gần giống nhưng không bằng “{near}” ghi ở chỗ khác của hồ sơ; kiểm tra lại."
COMMUNE_IN_ADDRESS = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\s+([^,;]+)", re.IGNORECASE)
LONG_NAME, MISREAD = 8, 2  # signs
LONGEST_AHEAD = 60  # years: a paper valid for longer was misread
EXPIRED = "Giấy tờ hết hiệu lực ngày {until:%d/%m/%Y}, trước ngày xét hồ sơ {day:%d/%m/%Y}."
ISSUED_LATER = "Ngày cấp {issued:%d/%m/%Y} sau ngày xét hồ sơ {day:%d/%m/%Y}; kiểm tra lại."
FAR_AHEAD = "Ngày hết hiệu lực {until:%d/%m/%Y} quá xa; kiểm tra lại."
GROUPS = ("product.sector", "product.group", "product.subgroup")
OTHER_GROUP = "Phân loại sản phẩm (Phụ lục I) viết là “{near}”; kiểm tra lại."
GROUPS_TOGETHER = "Ngành, nhóm và phân nhóm đọc lẫn vào nhau; kiểm tra lại."
OTHER_YEAR = "Ngày nhận hồ sơ không thuộc năm đánh giá {year}; kiểm tra lại hai giá trị này."
YEARS_BEFORE = 1  # a round may judge what was handed in late in the year before


def checked(fields: Sequence[FieldReading], day: date | None = None, signed: date | None = None) -> list[FieldReading]:
    """The fields, with a reason on those that fail.

    `day`: when the round judges; else the day of registration, else the one on which the forms were `signed`.
    """
    judged_on = day or _content_of(fields, "registration.date", date) or signed
    found = []
    first: dict[str, FieldReading] = {}
    for field in fields:
        first.setdefault(field.name, field)
    for field in (_beside_first(_witnessed(each, fields), first[each.name]) for each in fields):
        known = field.reason is not None and field.reason != COMPUTED
        complaint = None if known else _complaint(field, fields, judged_on)
        if complaint is None:
            found.append(field)
        else:
            found.append(field.model_copy(update={"needs_review": True, "reason": complaint}))
    return found


def compared_with_groups(fields: Sequence[FieldReading], known: Collection[str]) -> list[FieldReading]:
    """The fields, doubt on those of the product's group that are nearly, but not quite, one of the `known` names."""
    return [_compared_with_groups(field, known) if field.name in GROUPS else field for field in fields]


def _compared_with_groups(field: FieldReading, known: Collection[str]) -> FieldReading:
    if field.reason or not isinstance(field.value, str):
        return field
    if ";" in field.value:  # what parts sector, group and sub-group
        return field.model_copy(update={"needs_review": True, "reason": GROUPS_TOGETHER})
    said = field.value.lower()
    near = next((name for name in sorted(known) if nearly(said, name.lower())), None)
    if near is None or any(said == name.lower() for name in known):
        return field
    return field.model_copy(update={"needs_review": True, "reason": OTHER_GROUP.format(near=near)})


def _witnessed(field: FieldReading, fields: Sequence[FieldReading]) -> FieldReading:
    """A name on a paper beside the form's: equal ones confirm each other, nearly equal ones were misread."""
    said = _said_elsewhere(field.name, fields)
    if not isinstance(field.value, str):
        return field
    if field.reason is None and field.confidence < SURE_WITNESS and (reason := _spoken_against(field, fields)):
        return field.model_copy(update={"needs_review": True, "reason": reason})
    if not said:
        return field
    if any(agree(field.value, each) for each in said):
        if not merely_unsure(field.reason) or (says_another_word(field.reason) and not _surely_said(field, fields)):
            return field
        return field.model_copy(update={"confidence": AGREED, "needs_review": False, "reason": None})
    near = next((each for each in said if nearly(field.value, each)), None)
    if near is None or field.reason:
        return field
    return field.model_copy(update={"needs_review": True, "reason": NEARLY.format(near=near)})


def _of_form(field: FieldReading, fields: Sequence[FieldReading]) -> list[FieldReading]:
    """The form's readings of the same name, letter by letter the same."""
    names = WITNESSES.get(field.name, ())
    return [each for each in fields if each.name in names and agree(str(each.value), str(field.value))]


def _surely_said(field: FieldReading, fields: Sequence[FieldReading]) -> bool:
    """Whether the form says the same beyond doubt: the same reader makes the same mistake everywhere."""
    return any(not each.needs_review and each.confidence >= SURE_WITNESS for each in _of_form(field, fields))


def _spoken_against(field: FieldReading, fields: Sequence[FieldReading]) -> str | None:
    """Why the form's same name is doubted, if that is since another reader reads another word there."""
    like = [] if _surely_said(field, fields) else _of_form(field, fields)
    return next((each.reason for each in like if says_another_word(each.reason)), None)


def _beside_first(field: FieldReading, first: FieldReading) -> FieldReading:
    """A value of a form that is nearly, but not quite, the most trusted one of its name was misread."""
    if field.name.startswith("evidence.") or field.reason or not isinstance(field.value, str):
        return field
    near = first.value
    if not isinstance(near, str) or agree(field.value, near) or not nearly(field.value, near):
        return field
    return field.model_copy(update={"needs_review": True, "reason": NEARLY.format(near=near)})


def _said_elsewhere(name: str, fields: Sequence[FieldReading]) -> list[str]:
    """What the forms surely say of the same thing; of a commune, what the applicant's address says."""
    sure = [field for field in fields if isinstance(field.value, str) and not field.needs_review]
    if name == "commune.name":
        addresses = [str(field.value) for field in sure if field.name == "applicant.address"]
        return [match.group(1).strip() for address in addresses if (match := COMMUNE_IN_ADDRESS.search(address))]
    return [str(field.value) for field in sure if field.name in WITNESSES.get(name, ())]


def nearly(one: str, other: str) -> bool:
    """Whether two names differ in a sign or two, of short ones in one."""
    allowed = MISREAD if min(len(one), len(other)) >= LONG_NAME else 1
    return Levenshtein.distance(one.lower(), other.lower(), score_cutoff=allowed) <= allowed


def _complaint(field: FieldReading, fields: Sequence[FieldReading], day: date | None) -> str | None:
    if isinstance(field.value, date):
        return _of_day(field.name, field.value, fields, day)
    if not isinstance(field.value, str):
        return None
    if field.name == "province":
        return merged_complaint(field.value, _content_of(fields, "year", int) or 0)
    if field.name == "commune.name":
        return commune_complaint(field.value, _content_of(fields, "province", str))
    return None


def _of_day(name: str, value: date, fields: Sequence[FieldReading], day: date | None) -> str | None:
    if name == "registration.date":
        year = _content_of(fields, "year", int)
        good = year is None or year - YEARS_BEFORE <= value.year <= year
        return None if good else OTHER_YEAR.format(year=year)
    if day is None:
        return None
    if name == "evidence.valid_until" and value < day:
        return EXPIRED.format(until=value, day=day)
    if name == "evidence.valid_until" and value.year > day.year + LONGEST_AHEAD:
        return FAR_AHEAD.format(until=value)
    if name == "evidence.issued" and value > day:
        return ISSUED_LATER.format(issued=value, day=day)
    return None


def _content_of(fields: Sequence[FieldReading], name: str, kind: type[Content]) -> Content | None:
    """The most trusted reading's value, if it is of this kind."""
    return next((field.value for field in fields if field.name == name and isinstance(field.value, kind)), None)


def remarks_of(fields: Sequence[FieldReading], laboratory: Sequence[LaboratoryResult]) -> dict[int, str]:
    """Page → what speaks against the paper on it: no longer valid, or a result over its limit."""
    expired = EXPIRED.split("{", maxsplit=1)[0]
    found = {field.page: field.reason for field in fields if field.reason and field.reason.startswith(expired)}
    return found | {result.page: result.reason for result in laboratory if result.exceeds and result.reason}
