"""Evidence papers: their decisive fields, by labels, and in the ways that papers without labels tell them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from extraction import values
from extraction.bare_names import bare
from extraction.captions import with_captions_before
from extraction.citations import is_cited, of_a_card, place_of, said_before
from extraction.copies import without_copy_stamps
from extraction.evidence_labels import CHANGES, LABELS, RECEIPT, WEAK_LABELS
from extraction.field_values import NUMBER
from extraction.folding import fold
from extraction.goods import PRODUCT, product_of
from extraction.holders import doubted_party, given_to, holder_of, known_part, party
from extraction.identity import tax_code_complaint
from extraction.issuers import ISSUER, OFFICE_HOLDER, ORGANISATION, issuer_of
from extraction.labels import PLACE_AND_DATE, labelled_fields
from extraction.lines import Line, lines_of
from extraction.mentions import mentioned
from extraction.paper_days import ISSUED, VALID_UNTIL, ends_after, issued, last_change, valid_until
from extraction.paper_numbers import numbered_title, weaker_number
from extraction.parties import HOLDER, HOLDERS
from extraction.readings import FieldReading, PageKind, PageReading
from extraction.subjects import subject_of

WITH_COLON, WEAK_WITH_COLON = (
    tuple(replace(label, colon=label.parse not in (values.day, values.last_day)) for label in labels)
    for labels in (LABELS, WEAK_LABELS)
)

NAMES_OF_LABELS = frozenset(name for label in LABELS for name in label.names)
OF_OTHERS = re.compile(
    r"^(?:nhan|gui|lay|san xuat|sinh|nop|thu nghiem|phan tich|thu hoach|giao|nhap|tiep nhan|bat dau|ket thuc)\b"
)  # folded, behind “ngày”: days of the sample, not of the paper
NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})
TAX_CODE = re.compile(r"\d{10}(-\d{3})?")
CUT_SHORT = "Tên này chỉ là phần đầu của tên ghi trong đơn; có thể còn tiếp ở dòng dưới."
OWN_PAPERS = (
    *(PageKind.LOCAL_LABOUR, PageKind.BUSINESS_GROWTH, PageKind.QUALITY_DECLARATION),
    *(PageKind.STORY, PageKind.PROMOTION),
)
A_PERSON = re.compile(r"(?:ông|bà)\s", re.IGNORECASE)
OF_BUSINESS = re.compile(
    r"\bdang ky (?:doanh nghiep|kinh doanh|hop tac xa|ho kinh doanh|dau tu)\b.*\bdang ky lan dau\b"
)  # folded: whose first registration another paper cites
OTHER_CERTIFICATE = re.compile(r"\bso giay chung nhan co so du dieu kien\b")  # folded, in a self-declaration
REPLACED = re.compile(r"\bthay the (?:cho )?(?:giay|so|ban)\b.{0,90}\bcap ngay(?: \d+)*$")  # folded: what it stands for
PLANT = re.compile(r"(?:xuong|nha may|khu|du an|co so (?:che bien|san xuat|so che|giet mo|rang))\b")  # folded
POLICE = ("cong an", "cuc canh sat")  # who issues cards
NO_VALIDITY = re.compile(r"\b(?:luu mau|mau luu|luu den|dien ra|to chuc tu|trung bay)\b")  # folded
TO_A_DAY = re.compile(r"\bden(?: het)?(?: ngay)?$")
VALIDITY = re.compile(r"\b(?:hieu luc|gia tri|thoi han|han|su dung tu|valid|expir\w*|until)\b")
OF_LAW = re.compile(r"/(?:NĐ-CP|QH\d{2}|TT-B[A-ZĐ]+|TTLT-)")
AN_ADDRESS = re.compile(r"(?:Lô|Số|Khu|Tầng|Thôn|Đường|Tòa nhà)\s.*(?:,|Tel|ĐT|Hotline)")
HEAD_OF_OFFICE = re.compile(r"^CHỦ TỊCH\s+(?=ỦY BAN|UỶ BAN|UBND)", re.IGNORECASE)
BARE_ISSUERS = (
    "certification body to chuc chung nhan",
    "to chuc chung nhan",
    "certification body",
    "co quan cap",
)  # folded
MENU = re.compile(r"\b(?:dang nhap|gio hang|trang chu)\b")  # folded: of a page of the net
NO_NAME = re.compile(
    r"(?:giay chung nhan|giay xac nhan|cong hoa xa hoi|doc lap tu do)\b"  # a title
    r"|(?:ten|dia chi|dai dien|muc cong bo|muc gioi han|ket qua|phuong phap\w*|so luong|don gia"
    r"|(?:ma )?gtin(?: \d+)?|ma vach|stt|tt|ma so)$"
    r"|\d+ (?:ten|noi|so luong|phuong tien|cua nhap)\b"  # another item's label
    r"|(?:duoc|da|cua|dat) (?:chung nhan|cong nhan|cap|dang ky)\b|ben [abc]\b"
    r"|(?:pho )?(?:tong )?(?:giam doc|chu tich|truong phong|chu nhiem|chi cuc truong)$"  # who signs
    r"|ben (?:dai ly|giao|giao dai ly|nhan|mua|ban|phan phoi|cung cap)(?: ben [abc])?$"
)  # folded
GIVEN_IN_BRACKETS = re.compile(r"\w.*\([^()]*\bcấp ngày\s*$")  # “Mã số đăng ký …: 72/CN (Cục Trồng trọt cấp ngày / …”
FIRST_ISSUE = re.compile(r"\b(?:cap|chung nhan) lan dau\b|\bngay cap (?:lan )?dau\b")  # folded
PLACE_OF_ISSUE = re.compile(r"\bnoi cap\b")  # folded
NOTE = re.compile(r"[IVX]+\.\d{1,2}")  # of a balance sheet: “Thuyết minh: VI.1”
REMARK = re.compile(r"\s*\([^()]*\)\s*$")
CALLED = re.compile(  # “đăng ký OCOP là “Nhang trầm” …”, “giao quyền bán các mặt hàng: Nước tắm …”, “mặt hàng kén tằm”
    r"(?:\S+ ){0,5}?(?:là|tên|tên là) [“\"](?P<quoted>[^”\"]{3,80})[”\"]"
    r"|(?:\S+ ){0,12}?mặt hàng:? (?P<goods>\S.+?)(?=\s(?:tại|theo|để|với|trên)\s|[.;]|$)"
)
GOES_ON = re.compile(
    r"(?:[,;]|\s[–-])\s+(?:(?:sản|khối|số) lượng|nơi tiêu thụ|thay thế)\b.*$|(?<=\S)\s\d[\d.,]*\s?(?:kg|tấn|cartons?)$",
    re.IGNORECASE,
)
BY_DECISION = re.compile(r"^(?:cap )?theo (?:quyet dinh|nghi quyet)\b")  # folded


def evidence_fields(page: PageReading, known: Mapping[str, str] = NOTHING_KNOWN) -> list[FieldReading]:
    """Number, issuer, holder, product, issue and expiry of the paper on this page.

    `known`: what the forms say of the same dossier, by these names: found again in a paper's sentences.
    """
    page = with_captions_before(without_copy_stamps(page), LABELS)
    lines = lines_of(page)
    changed = [each for each in labelled_fields(page, CHANGES) if each.value is not None]
    changed = [each for each in changed if not fold(each.raw).startswith("dau ")]  # “lần đầu” is nearly “lại”
    changed = [each for each in changed or last_change(page, lines) if not _is_of_other_paper(each, lines)]
    labelled = [each for each in labelled_fields(page, WITH_COLON) if not _is_cited_day(each, lines, page.kind)]
    labelled = [each for each in labelled if not _is_of_another(each, lines, page.kind) and not _is_no_value(each)]
    labelled, first_issue = _without_first_issue(labelled, lines, page.kind)
    labelled = [_facility(each, page.kind) for each in [*party(page, lines, labelled, known), *labelled]]
    found = _one_of_each([*changed[-1:], *numbered_title(page, lines), *_whole_numbers_first(labelled)])
    people = [field for field in found if field.name == HOLDER and A_PERSON.match(str(field.value))]
    found = [field for field in found if field not in people]  # “Chủ cơ sở: bà …”, whose business stands above
    ways: tuple[tuple[str, Callable[[], list[FieldReading]]], ...] = (  # where no label says it
        (NUMBER, lambda: weaker_number(page, lines, _weak_number(page))),
        (ISSUER, lambda: issuer_of(page, lines)),
        (PRODUCT, lambda: _product(page, lines, known)),
        (VALID_UNTIL, lambda: valid_until(page, lines)),
        (ISSUED, lambda: _received(page) or issued(page, lines) or first_issue or _one_of_each(_first_days(page))),
    )
    names = {field.name for field in found}
    found += [field for name, way in ways if name not in names for field in way() if not _is_no_value(field)]
    if all(field.name != HOLDER for field in found):
        found += given_to(page, lines)
    found += _own_paper(found, page.kind)
    if all(field.name != HOLDER for field in found):
        issuer = next((str(field.value) for field in found if field.name == ISSUER), "")
        found += holder_of(page, lines, known, issuer) or people or _head_of_contract(found, page.kind)
    if all(field.name != VALID_UNTIL for field in found):
        found += [each for field in found if field.name == ISSUED for each in ends_after(page, lines, field)]
    found = [_alone(field) if field.name == PRODUCT else field for field in found]
    found = [_of_committee(field) if page.kind is PageKind.OCOP_CERTIFICATE else field for field in found]
    whole = (_whole(bare(_own_code(known_part(field, known), page.kind)), known) for field in found)
    return _in_order([doubted_party(field, page.kind, known) for field in whole])


def _of_committee(field: FieldReading) -> FieldReading:
    """The issuer of an OCOP certificate is the committee, whose chairman its head may name."""
    bare_name = HEAD_OF_OFFICE.sub("", str(field.value))
    return field.model_copy(update={"value": bare_name}) if field.name == ISSUER else field


def _alone(field: FieldReading) -> FieldReading:
    """A product without what goes on behind its name: how much of it is made, which standard another one replaces."""
    value = str(field.value)
    called = CALLED.match(value)
    alone = (called["quoted"] or called["goods"]) if called else GOES_ON.sub("", value).rstrip(" ,;–-")
    return field.model_copy(update={"value": alone}) if alone and alone != value else field


def _without_first_issue(
    labelled: Sequence[FieldReading], lines: Sequence[Line], kind: PageKind
) -> tuple[list[FieldReading], list[FieldReading]]:
    """The fields without the day of a paper's first issue, and that day: it is this one's only if no other is told."""
    first = [field for field in labelled if field.name == ISSUED and _is_first_issue(field, lines)]
    if kind is PageKind.BUSINESS_REGISTRATION:
        return list(labelled), []
    return [field for field in labelled if field not in first], first[:1]


def _is_first_issue(field: FieldReading, lines: Sequence[Line]) -> bool:
    place = place_of(field.box, lines)
    return place is not None and FIRST_ISSUE.search(lines[place[0]].folded) is not None


def _whole_numbers_first(labelled: Sequence[FieldReading]) -> list[FieldReading]:
    """The fields, a number before another that is but its beginning: a narrow cell holds no more."""
    numbers = [str(field.value) for field in labelled if field.name == NUMBER]
    parts = [
        field
        for field in labelled
        if field.name == NUMBER
        and any(other != field.value and other.startswith(str(field.value)) for other in numbers)
    ]
    return [*(field for field in labelled if field not in parts), *parts]


def _product(page: PageReading, lines: Sequence[Line], known: Mapping[str, str]) -> list[FieldReading]:
    """The product of the forms if the paper's sentences tell it, else the one that they tell, else what it is about."""
    return mentioned(page, lines, PRODUCT, known) or product_of(page, lines, known) or subject_of(page, lines)


def _head_of_contract(found: Sequence[FieldReading], kind: PageKind) -> list[FieldReading]:
    """An invoice or contract that names no party but in its head: the seller's own."""
    heads = [field for field in found if field.name == ISSUER and fold(str(field.value)).startswith(HOLDERS)]
    return [heads[0].model_copy(update={"name": HOLDER})] if heads and kind is PageKind.MARKET else []


def _own_paper(found: Sequence[FieldReading], kind: PageKind) -> list[FieldReading]:
    """What a business draws up itself bears its head: it is holder and issuer, whichever of them the paper tells."""
    told = {field.name: field for field in found if field.name in (ISSUER, HOLDER)}
    if kind not in OWN_PAPERS or len(told) != 1:
        return []
    (field,) = told.values()
    if not fold(str(field.value)).startswith(HOLDERS):
        return []
    return [field.model_copy(update={"name": HOLDER if field.name == ISSUER else ISSUER})]


def _whole(field: FieldReading, known: Mapping[str, str]) -> FieldReading:
    """Doubted where a name is but the beginning of the one that the forms tell: the rest may stand a line below."""
    name = known.get(field.name)
    if name is None or field.reason is not None or not fold(name).startswith(f"{fold(str(field.value))} "):
        return field
    return field.model_copy(update={"needs_review": True, "reason": CUT_SHORT})


def _weak_number(page: PageReading) -> list[FieldReading]:
    return _one_of_each([field for field in labelled_fields(page, WEAK_WITH_COLON) if field.name == NUMBER])


def _received(page: PageReading) -> list[FieldReading]:
    """“Ngày tiếp nhận: …” of a product's declaration, which bears the number and day of its receipt."""
    return _one_of_each(labelled_fields(page, RECEIPT)) if page.kind is PageKind.QUALITY_DECLARATION else []


def _first_days(page: PageReading) -> list[FieldReading]:
    """“Có hiệu lực từ ngày …”, where a paper tells no other day."""
    lines = lines_of(page)
    weak = (field for field in labelled_fields(page, WEAK_WITH_COLON) if field.name == ISSUED)
    return [field for field in weak if not _is_cited_day(field, lines, page.kind)]


def _facility(field: FieldReading, kind: PageKind) -> FieldReading:
    """What papers about the environment name is the plant: “Tên cơ sở: Xưởng chế biến …” is what they are about."""
    plant = kind is PageKind.ENVIRONMENT and field.name == HOLDER and PLANT.match(fold(str(field.value)))
    return field.model_copy(update={"name": PRODUCT}) if plant else field


def _is_no_value(field: FieldReading) -> bool:
    """Whether what was taken for a value is a law's number, an office's head, an address, the name of another column,
    or goes on with the sentence of its label."""
    said, folded = str(field.value), fold(str(field.value))
    if field.name == NUMBER:
        return bool(NOTE.fullmatch(said) or OF_LAW.search(said)) or not any(map(str.isdigit, said))
    if field.name == ISSUER:
        return (
            folded in BARE_ISSUERS
            or folded.startswith("ngay ")
            or bool(OFFICE_HOLDER.match(folded) or AN_ADDRESS.match(said))
        )
    if field.name == PRODUCT and not any(map(str.isalpha, said)):
        return True
    if field.name == HOLDER and (MENU.search(folded) or not (said[:1].isupper() or A_PERSON.match(said))):
        return True
    is_label = fold(REMARK.sub("", said)) in NAMES_OF_LABELS  # which stands in the other column
    return field.name in (HOLDER, PRODUCT) and (is_label or NO_NAME.match(folded) is not None)


def _is_of_another(field: FieldReading, lines: Sequence[Line], kind: PageKind) -> bool:
    """Whether an issuer is that of a card or paper cited, or of none; and whether an end is that of something else."""
    if field.name == ISSUER and kind is PageKind.QUALITY_DECLARATION:
        return True  # that of the certificate which the declaration names
    place = place_of(field.box, lines) if field.name in (ISSUER, VALID_UNTIL) else None
    if place is None:
        return False
    before = said_before(lines, *place)
    if field.name == VALID_UNTIL:
        spoken = f"{before} {lines[place[0]].folded}"
        return (
            NO_VALIDITY.search(before) is not None or (TO_A_DAY.search(before) and not VALIDITY.search(spoken)) is True
        )
    value = str(field.value)
    other = is_cited(before) or of_a_card(lines, place[0], before) or fold(value).startswith(POLICE)
    if PLACE_OF_ISSUE.search(f"{before} {lines[place[0]].folded}") and not ORGANISATION.search(fold(value)):
        return True  # “Nơi cấp: Đồng Đăng”
    return other or PLACE_AND_DATE.match(value) is not None


def _is_cited_day(field: FieldReading, lines: Sequence[Line], kind: PageKind) -> bool:
    """Whether a date belongs to a law or paper that the sentence before it cites; an award's, to its decision."""
    if field.name == ISSUED and OF_OTHERS.match(fold(field.raw)):
        return True  # “Ngày” and “nhận / Received 01/12/2025”
    place = place_of(field.box, lines) if field.name == ISSUED else None
    before = "" if place is None else said_before(lines, *place)
    cited = place is not None and kind is not PageKind.BUSINESS_REGISTRATION and _of_business(lines, place[0])
    if cited or _is_of_other_paper(field, lines):
        return True
    return is_cited(before) or (kind is PageKind.AWARD and BY_DECISION.match(before) is not None)


def _of_business(lines: Sequence[Line], number: int) -> bool:
    """Whether the line, or it and the one above, cites the registration of a business."""
    return OF_BUSINESS.search(" ".join(line.folded for line in lines[max(0, number - 1) : number + 1])) is not None


def _is_of_other_paper(field: FieldReading, lines: Sequence[Line]) -> bool:
    """Whether a date is that of a card, or of the certificate that a self-declaration names there or a line above."""
    place = place_of(field.box, lines) if field.name == ISSUED else None
    if place is None:
        return False
    near = " ".join(line.folded for line in lines[max(0, place[0] - 1) : place[0] + 1])
    words = [word for line in lines[max(0, place[0] - 1) : place[0]] for word in line.words]
    words += lines[place[0]].words[: place[1]]
    if REPLACED.search(" ".join(line.folded for line in lines[max(0, place[0] - 2) : place[0] + 1])):
        return True
    if GIVEN_IN_BRACKETS.search(" ".join(word.text for word in words)):
        return True
    return OTHER_CERTIFICATE.search(near) is not None or of_a_card(lines, place[0], "")


def _own_code(field: FieldReading, kind: PageKind) -> FieldReading:
    """A business is registered under its tax code, whose last digit checks the others; older papers have numbers."""
    is_code = field.name == NUMBER and TAX_CODE.fullmatch(str(field.value)) is not None
    complaint = tax_code_complaint(str(field.value)) if is_code and kind is PageKind.BUSINESS_REGISTRATION else None
    if complaint is None or field.reason is not None:
        return field
    return field.model_copy(update={"needs_review": True, "reason": complaint})


def _in_order(found: Sequence[FieldReading]) -> list[FieldReading]:
    """A paper is not valid until a day before its issue: then one of the two dates was misread."""
    days = {field.name: field.value for field in found if isinstance(field.value, date)}
    begin, end = days.get(ISSUED), days.get(VALID_UNTIL)
    if begin is None or end is None or begin < end:
        return list(found)
    reason = "Ngày hết hiệu lực không sau ngày cấp; kiểm tra lại hai ngày này."
    return [
        field.model_copy(update={"needs_review": True, "reason": reason})
        if field.name in (ISSUED, VALID_UNTIL)
        else field
        for field in found
    ]


def _one_of_each(found: Sequence[FieldReading]) -> list[FieldReading]:
    """The first good reading of each name; a page carries one paper."""
    best: dict[str, FieldReading] = {}
    for field in found:
        known = best.get(field.name)
        if known is None or (known.value is None and field.value is not None):
            best[field.name] = field
    return [field for field in best.values() if field.value is not None]
