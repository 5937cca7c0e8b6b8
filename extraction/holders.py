"""Whose paper it is, where no label says so: the name alone on its line, above an address, or in a sentence."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from extraction import values
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import Line, words_within
from extraction.mentions import mentioned
from extraction.organisations import told_about
from extraction.parties import GROUPS, HOLDER, HOLDERS, contract_party, holder_named
from extraction.readings import FieldReading, PageKind, PageReading

HOUSEHOLDS = ("ho ong ", "ho ba ", "ho gia dinh ")
OF_MAKER = re.compile(r"của (?:Công ty|Hợp tác xã|HTX|Tổ hợp tác|Hộ|Cơ sở|Doanh nghiệp|Nhóm) [^,;:()]{3,80}$")
CERTIFIES = re.compile(r"(?:Chứng nhận|Công nhận) [A-ZĐÀ-Ỹ]")  # what is made, in the line above the maker
TITLE = re.compile(r"(?:co so|doanh nghiep)(?: san xuat)?(?: kinh doanh)?(?: (?:du|dap ung) dieu kien\b.*)?$")  # folded
OF_PARTIES = (PageKind.MATERIAL_ORIGIN, PageKind.MARKET)  # contracts and invoices, of which the applicant is one party
SAME_NAME = 90  # likeness of folded names
PERSON = re.compile(
    r"^(?:tặng|trao tặng|trao cho|cấp cho|chứng nhận)\s*:?\s+(?:ông|bà)\s*:?\s+(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE
)
MYSELF = re.compile(
    r"^(?:Tôi (?:là|tên là)|Tên tôi là|Họ và tên|Chúng tôi là)\s*:?\s+(?:ông|bà|Ông|Bà)?\s*(?=[A-ZĐÀ-Ỹ])"
)
MY_BUSINESS = re.compile(
    r",(?: là)? (?:[Gg]iám đốc|[Cc]hủ nhiệm|[Cc]hủ tịch(?: HĐQT)?|(?:người )?[Đđ]ại diện(?: cho| của)?|[Cc]hủ) "
    r"(?P<name>(?:Công ty|Hợp tác xã|HTX|Tổ hợp tác|Cơ sở|Hộ kinh doanh|Doanh nghiệp) [^,;:]{3,80})(?=[,;]|$)"
)  # behind the name of who writes
HEAD_OF = re.compile(
    r"^(?:Là|Chức vụ|Hiện là)\s?:?\s+(?:[Tt]ổ trưởng|[Gg]iám đốc|[Cc]hủ nhiệm|[Cc]hủ tịch HĐQT|[Cc]hủ) "
    r"(?P<name>(?:Công ty|Hợp tác xã|HTX|Tổ hợp tác|Cơ sở|Hộ kinh doanh|Doanh nghiệp) [^,;:()]{3,80}?)(?=\s*[(,;.]|$)"
)  # on the next line
IN_ENGLISH = re.compile(r"\b(?:COMPANY|CO\.?,? LTD|LIMITED|JSC|CORPORATION|COOPERATIVE)\b\.?$")
A_PERSON = re.compile(r"(?:Ông|Bà|ÔNG|BÀ):? (?=[A-ZĐÀ-Ỹ])")
OF_WHOSE = re.compile(  # a household without a business
    r"\bhộ (?:sản xuất|gia đình|kinh doanh) do (?:ông|bà) (?P<name>[A-ZĐÀ-Ỹ]\S*(?: [A-ZĐÀ-Ỹ]\S*){1,5}) làm chủ\b"
    r"|\b[Cc]ho phép (?P<allowed>(?:hộ )?(?:ông|bà) [A-ZĐÀ-Ỹ]\S*(?: [A-ZĐÀ-Ỹ][^\s,]*){1,5}),"
)
NAME_ENDS = (",", ";", ".", "-", "–")
GIVEN_TO = (
    "cua",
    "cho",
    "cho phep",
    "chung nhan",
    "chung nhan don vi",
    "xac nhan don vi",
    "xac nhan",
    "rang",
    "tang",
    "trao",
    "certifies that",
    "certify that",
    "issued to",
    "system of",
)
BELOW_NAMES = ("dia chi", "chu co so", "dai dien", "nguoi dai dien", "ma so thue", "mst")  # what stands below a name
ADDRESS_BEHIND = re.compile(
    r"(?:\s[–-]\s(?=(?:khóm|khối|ấp|thôn|xã|số|tổ|khu|phường|đường|bản|xóm|buôn|làng|huyện|tỉnh)\b)"
    r"|,\s(?=(?:khóm|khối|ấp|thôn|xã|số \d|khu|phường|đường|xóm|buôn|huyện|tỉnh)\b)).*",
    re.IGNORECASE,
)
FOUNDED = re.compile(
    r"\b(?:lập nên|lập ra|thành lập|gây dựng|mở|sáng lập) (?:nên |ra )?"
    r"(?P<name>(?:Công ty|Hợp tác xã|HTX|Tổ hợp tác|Cơ sở|Hộ kinh doanh|Doanh nghiệp) [^,;:.()]{3,60}?)"
    r"(?=[.,;(]| (?:với|năm|vào|để|do|và|gồm|từ)\b)"
)
CALLED_SO = re.compile(
    r"(?P<name>(?:Công ty|CÔNG TY|Hợp tác xã|HỢP TÁC XÃ|HTX|Tổ hợp tác|Cơ sở|Hộ kinh doanh|Doanh nghiệp)"
    r" [^,;:()]{3,80}?)"
    r" \((?:sau|dưới) đây gọi (?:tắt )?là (?:chủ|cơ sở|đơn vị|doanh nghiệp)"
)
LISTS = (
    *("bang tong hop dai ly", "bang ke dai ly", "danh muc dai ly", "danh sach dai ly", "danh sach diem ban"),
    *("danh sach khach hang", "danh sach nha phan phoi"),
)  # folded
RECEIVERS = ("ben nhan", "ben mua", "ben su dung", "ben b", "khach hang")  # folded
SHOP = ("gian hang", "nguoi ban", "shop", "tham gia tu", "xem shop", "theo doi")  # folded, below whose shop it is
OTHER_PARTY = "Không thấy chủ thể trong đơn trên giấy này; kiểm tra xem giấy của ai."
IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")  # “chứng nhận (hereby certifies that)”
SEVERAL = "Giấy nhắc đến nhiều tổ chức; kiểm tra xem giấy này của ai."


def holder_of(page: PageReading, lines: Sequence[Line], known: Mapping[str, str], issuer: str) -> list[FieldReading]:
    """The holder that no label tells; none or one. `known`: the applicant by the forms; the `issuer` is none."""
    return (
        given_to(page, lines)
        or _at_address(page, lines)
        or mentioned(page, lines, HOLDER, known)
        or _myself(page, lines)
        or _of_whose(page, lines)
        or _of_shop(page, lines)
        or _called_so(page, lines)
        or _of_story(page, lines)
        or _of_list(page, lines, issuer)
        or _told_about(page, lines, issuer)
        or _in_english(page, lines)
    )


def _says_to_whom(folded: str) -> bool:
    return f" {folded}".endswith(tuple(f" {words}" for words in GIVEN_TO))


def _in_english(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“This is to certify that … of / BA VI MILK JOINT STOCK COMPANY”, where no name is told in Vietnamese."""
    for above, line in pairwise(lines):
        if _says_to_whom(above.folded) and line.text.isupper() and IN_ENGLISH.search(line.text):
            return holder_named(page, line.words, line.box)
    return []


def _myself(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Tôi là Hoàng Thị Slín, sinh năm …”: who writes the paper, a small producer without a business."""
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        found = MYSELF.match(line.text)
        if found is None:
            continue
        heads = HEAD_OF.match(below.text) if below is not None else None
        if below is not None and heads is not None:
            return holder_named(page, words_within(below.words, *heads.span("name")), below.box)
        both = Line(line.page, (*line.words, *(below.words if below is not None else ())))
        business = MY_BUSINESS.search(both.text)
        if business is not None and business.start() < len(line.text):
            words = words_within(both.words, *business.span("name"))
            return holder_named(page, words, line.box)
        name = list(line.words[found.group().count(" ") :])
        end = next((at for at, word in enumerate(name) if word.text.endswith(NAME_ENDS)), len(name) - 1)
        reading = reading_of(HOLDER, values.person, name[: end + 1], page.number, line.box)
        return [reading] if reading else []
    return []


def _of_whose(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“… là hộ sản xuất do bà Nông Thị Sao làm chủ”, “Cho phép hộ ông Lê Trọng Thấn, …”."""
    for line in lines:
        found = OF_WHOSE.search(line.text)
        if found is not None:
            name = "name" if found["name"] else "allowed"
            return holder_named(page, words_within(line.words, *found.span(name)), line.box)
    return []


def _of_shop(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“HTX Ong Mật … / Gian hàng chính hãng · Tham gia từ …”: whose shop in the net shows the goods."""
    for above, line in pairwise(lines if page.kind is PageKind.PROMOTION else ()):
        if above.folded.startswith(HOLDERS) and line.folded.startswith(SHOP):
            return holder_named(page, above.words, above.box)
    return []


def _called_so(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“1. Công ty cổ phần … (sau đây gọi là chủ cơ sở) đã đăng ký …”."""
    for line in lines:
        called = CALLED_SO.search(line.text)
        if called is not None:
            words = words_within(line.words, *called.span("name"))
            return holder_named(page, words, line.box)
    return []


def _of_story(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“… gom mười một hộ lập nên Hợp tác xã Rượu men lá bản Kéo.”: whose story it is."""
    words = [word for line in (lines if page.kind is PageKind.STORY else ()) for word in line.words]
    found = FOUNDED.search(" ".join(word.text for word in words))
    if found is None:
        return []
    named = words_within(words, *found.span("name"))
    return holder_named(page, named, named[0].box)


def _of_list(page: PageReading, lines: Sequence[Line], issuer: str) -> list[FieldReading]:
    """A list of agents, whose head is that of the business that drew it up; none of those listed is the holder."""
    listed = any(line.folded.startswith(LISTS) and line.text.isupper() for line in lines)
    if page.kind is not PageKind.MARKET or not listed or not fold(issuer).startswith(HOLDERS):
        return []
    head = next((line for line in lines if fold(issuer).startswith(line.folded)), None)
    reading = head and reading_of(HOLDER, values.text, head.words, page.number, head.box)
    return [reading.model_copy(update={"value": issuer})] if reading else []


def _told_about(page: PageReading, lines: Sequence[Line], issuer: str) -> list[FieldReading]:
    """“… xác nhận Hợp tác xã …, địa chỉ …”: the business that the sentences name, to be looked at if several."""
    found = told_about(lines, issuer)
    if not found:
        return []
    reading = reading_of(HOLDER, values.text, found[0].words, page.number, (0, 0, 0, 0))
    if reading is None:
        return []
    reading = reading.model_copy(update={"value": found[0].name})
    if len(found) > 1 and reading.reason is None:
        reading = reading.model_copy(update={"needs_review": True, "reason": SEVERAL})
    return [reading]


def party(
    page: PageReading, lines: Sequence[Line], labelled: Sequence[FieldReading], known: Mapping[str, str]
) -> list[FieldReading]:
    """Of those that labels tell, and of the parties to a contract or invoice, the one that the forms tell."""
    name = known.get(HOLDER)
    parties = [field for field in labelled if field.name == HOLDER]
    if name is None and page.kind is PageKind.BARCODE_TRACEABILITY:
        return [field for field in parties if _receives(field, lines)][:1]
    if name is None and page.kind in OF_PARTIES:
        return contract_party(page, lines)
    if name is None or not (parties or page.kind in OF_PARTIES):
        return []
    told = [field for field in parties if fold(str(field.value)).startswith(fold(name))]
    alike = [field for field in parties if _same(str(field.value)[: len(name)], name)]
    return told[:1] or mentioned(page, lines, HOLDER, known) or alike[:1]


def _receives(field: FieldReading, lines: Sequence[Line]) -> bool:
    """Whether it is the party that stamps, codes or software are handed to."""
    own = next((line for line in lines if holds(line.box, field.box)), None)
    return own is not None and own.folded.startswith(RECEIVERS)


def doubted_party(field: FieldReading, kind: PageKind, known: Mapping[str, str]) -> FieldReading:
    """The holder of a contract or invoice, to be looked at where it is not the applicant whom the forms tell."""
    name = known.get(HOLDER)
    if field.name != HOLDER or name is None or kind not in OF_PARTIES or field.reason is not None:
        return field
    if _same(str(field.value), name):
        return field
    return field.model_copy(update={"needs_review": True, "reason": OTHER_PARTY})


def _same(one: str, other: str) -> bool:
    return fuzz.ratio(fold(one), fold(other)) >= SAME_NAME


def known_part(field: FieldReading, known: Mapping[str, str]) -> FieldReading:
    """A holder without what stands behind the name that the forms tell: an address, the name in another language."""
    name = known.get(HOLDER, "")
    value = str(field.value)
    if field.name != HOLDER or not name:
        return field
    if not fold(value).startswith(f"{fold(name)} "):
        return field.model_copy(update={"value": _with_dashes_of(value, name)})
    words = value.split(" ")
    end = next(at for at in range(1, len(words) + 1) if len(fold(" ".join(words[:at]))) >= len(fold(name)))
    return field.model_copy(update={"value": " ".join(words[:end]).rstrip(",;:")})


def _with_dashes_of(value: str, name: str) -> str:
    """The same name with the lone signs of the one that the forms tell: a dash is easily lost or misread."""
    said = [word for word in value.split() if any(map(str.isalnum, word))]
    parts = name.split()
    if [word.casefold() for word in said] != [part.casefold() for part in parts if any(map(str.isalnum, part))]:
        return value
    letters = iter(said)
    return " ".join(next(letters) if any(map(str.isalnum, part)) else part for part in parts)


def given_to(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Tặng bà …”, “CHỨNG NHẬN / HỢP TÁC XÃ …”, “… hệ thống quản lý của / CÔNG TY …”: the name alone on its line."""
    for line in lines:
        told = PERSON.match(line.text)
        if told is not None:
            name = line.words[told.group().count(" ") :]
            return holder_named(page, name, line.box)
    for above, line in pairwise(lines):
        person = A_PERSON.match(line.text) if above.folded in ("tang", "tang cho", "trao tang") else None
        if person is not None:
            return holder_named(page, line.words[person.group().count(" ") :], line.box)
        of = OF_MAKER.match(line.text)
        if of is not None and CERTIFIES.match(above.text):
            return holder_named(page, line.words[1:], line.box)
        named = line.folded.startswith((*HOLDERS, *GROUPS, *HOUSEHOLDS)) and not TITLE.match(line.folded)
        alone = line.text.isupper() or "," not in line.text  # no sentence about it
        given = _says_to_whom(fold(IN_BRACKETS.sub("", above.text)))
        if given and named and alone and len(line.folded.split()) > 2:
            return holder_named(page, line.words, line.box)
    return []


def _at_address(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“HỢP TÁC XÃ … / Địa chỉ: …”: the name alone on its line, or on two, above where the holder sits."""
    for number, line in enumerate(lines[1:], 1):
        if not line.folded.startswith(BELOW_NAMES):
            continue
        for name in (lines[number - 1 : number], lines[max(0, number - 2) : number]):
            first = name[0].folded
            if first.startswith(HOLDERS) and not TITLE.match(first) and ":" not in name[0].text:
                words = [word for each in name for word in each.words]
                return holder_named(page, words, name[0].box) if len(words) > 2 else []
    return []
