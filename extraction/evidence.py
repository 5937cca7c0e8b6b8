"""Evidence papers: their decisive fields, and which pages may prove which criterion."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz import fuzz

from extraction import values
from extraction.citations import is_cited, place_of, said_before
from extraction.evidence_labels import CHANGES, LABELS, WEAK_LABELS
from extraction.folding import fold
from extraction.forms import PrintedTable
from extraction.identity import tax_code_complaint
from extraction.issuers import ISSUER, LONE_NUMBER, issuer_of
from extraction.labels import PLACE_AND_DATE, labelled_fields, reading_of
from extraction.lines import Line, lines_of
from extraction.mentions import mentioned
from extraction.paper_days import ISSUED, VALID_UNTIL, ends_after, issued, valid_until
from extraction.readings import EVIDENCE_KINDS, EvidenceLink, FieldReading, PageKind, PageReading
from extraction.translations import is_foreign

WITH_COLON, WEAK_WITH_COLON = (
    tuple(replace(label, colon=label.parse not in (values.day, values.last_day)) for label in labels)
    for labels in (LABELS, WEAK_LABELS)
)

HOLDER, PRODUCT = "evidence.holder", "evidence.product"
OF_OTHERS = re.compile(
    r"^(?:nhan|gui|lay|san xuat|sinh|nop|thu nghiem|phan tich|thu hoach|giao|nhap|tiep nhan|bat dau|ket thuc)\b"
)  # folded, behind “ngày”: days of the sample, not of the paper
NUMBERED_SO = re.compile(r"(?:Quyết định |Giấy chứng nhận |Văn bằng )?[Ss]ố\s(?=\S*\d)\S*[-/]\S+")
OWN_TITLE = re.compile(r"(?:giay chung nhan|bang doc quyen|van bang|dang ky (?:nhan hieu|kieu dang))\b")  # folded
OWN_NUMBER = re.compile(r"[Ss]ố\s(?=\S*\d)[\w/.-]*\w")
LISTED = re.compile(r"\b(?:san xuat|kinh doanh) (?:cac )?(?:san pham|mat hang)$")  # folded
DISTINGUISHED = re.compile(
    r"\b[Ss]ản phẩm:? [“\"]?(?P<name>[A-ZĐÀ-Ỹ][^.:;]{3,80}?)[”\"]? "
    r"(?:đã )?(?:đạt|đoạt|được (?:công nhận|bình chọn|chứng nhận))\b"
)
NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})
TAX_CODE = re.compile(r"\d{10}(-\d{3})?")
COUNTRY, FIRST_OF_LIST = re.compile(r"\s*\((?:VN|Việt Nam)\)$", re.IGNORECASE), re.compile(r"^1\s*[.)/]\s+")
CUT_SHORT = "Tên này chỉ là phần đầu của tên ghi trong đơn; có thể còn tiếp ở dòng dưới."
NUMBER_SHARE = 0.4  # of the page's height: further down a lone number is not the paper's
HOLDERS = ("hop tac xa", "htx", "cong ty", "ho kinh doanh", "to hop tac", "doanh nghiep", "co so", "lien hiep")
NO_HOLDERS = (
    "co so du dieu kien",
    "co so san xuat",
    "co so san xuat kinh doanh",
    "doanh nghiep du dieu kien",
)  # titles
OWN_PAPERS = (PageKind.LOCAL_LABOUR, PageKind.BUSINESS_GROWTH)
OF_PARTIES = (PageKind.MATERIAL_ORIGIN, PageKind.MARKET)  # contracts and invoices, of which the applicant is one party
SAME_NAME = 90  # likeness of folded names
GOODS = re.compile(r"^\W*Nhóm\b(?:\s*/\s*Class)?\s*:?\s*\d{1,2}\s*[:.–-]\s*(?=\S)", re.IGNORECASE)  # of a trademark
BY_DECISION = re.compile(r"^(?:cap )?theo (?:quyet dinh|nghi quyet)\b")  # folded
AWARDING = re.compile(r"[Qq]uyết định (?:khen thưởng )?số:?\s+(?=\S*\d)(?P<number>\S*[-/]\S+)")
PERSON = re.compile(
    r"^(?:tặng|trao tặng|trao cho|cấp cho|chứng nhận)\s*:?\s+(?:ông|bà)\s*:?\s+(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE
)
GIVEN_TO = ("cua", "cho", "chung nhan", "rang", "tang", "trao", "certifies that", "certify that", "issued to")
EVIDENCE_NAMES: dict[str, tuple[PageKind, ...]] = {  # Mẫu số 02's evidence names, folded beginnings → kinds of paper
    "giay dang ky kinh doanh": (PageKind.BUSINESS_REGISTRATION,),
    "giay chung nhan co so du dieu kien": (PageKind.PRODUCTION_ELIGIBILITY,),
    "nguon goc nguyen lieu": (PageKind.MATERIAL_ORIGIN,),
    "bao ve moi truong": (PageKind.ENVIRONMENT,),
    "su dung lao dong": (PageKind.LOCAL_LABOUR,),
    "tang truong san xuat": (PageKind.BUSINESS_GROWTH,),
    "so huu tri tue": (PageKind.INTELLECTUAL_PROPERTY,),
    "phat trien thi truong": (PageKind.MARKET,),
    "quang ba san pham": (PageKind.PROMOTION,),
    "cau chuyen": (PageKind.STORY,),
    "cong bo chat luong": (PageKind.QUALITY_DECLARATION,),
    "phieu ket qua": (PageKind.TEST_REPORT,),
    "ma so ma vach": (PageKind.BARCODE_TRACEABILITY,),
    "he thong quan ly": (PageKind.QUALITY_SYSTEM,),
    "giai thuong": (PageKind.AWARD,),
}

KIND_NAMES: dict[PageKind, str] = {
    PageKind.BUSINESS_REGISTRATION: "giấy đăng ký kinh doanh",
    PageKind.PRODUCTION_ELIGIBILITY: "giấy chứng nhận cơ sở đủ điều kiện sản xuất",
    PageKind.MATERIAL_ORIGIN: "giấy tờ về nguồn gốc nguyên liệu",
    PageKind.ENVIRONMENT: "hồ sơ bảo vệ môi trường",
    PageKind.LOCAL_LABOUR: "danh sách lao động",
    PageKind.BUSINESS_GROWTH: "báo cáo tăng trưởng kinh doanh",
    PageKind.INTELLECTUAL_PROPERTY: "văn bằng sở hữu trí tuệ",
    PageKind.MARKET: "hợp đồng, chứng từ thị trường",
    PageKind.PROMOTION: "tài liệu quảng bá",
    PageKind.STORY: "câu chuyện sản phẩm",
    PageKind.QUALITY_DECLARATION: "bản công bố chất lượng",
    PageKind.TEST_REPORT: "phiếu kết quả kiểm nghiệm",
    PageKind.BARCODE_TRACEABILITY: "mã số mã vạch, truy xuất nguồn gốc",
    PageKind.QUALITY_SYSTEM: "chứng nhận hệ thống quản lý chất lượng",
    PageKind.AWARD: "giải thưởng, bình chọn",
}

BY_TITLE: tuple[tuple[str, tuple[PageKind, ...]], ...] = (  # rows whose evidence the rulebook does not name
    ("loai hinh to chuc", (PageKind.BUSINESS_REGISTRATION,)),
    ("dai dien phap luat", (PageKind.BUSINESS_REGISTRATION,)),
    ("cau chuyen", (PageKind.STORY,)),
    ("tri tue ban sac", (PageKind.STORY,)),
    ("nang luc san xuat", (PageKind.BUSINESS_GROWTH, PageKind.MARKET)),
    ("cong bo chat luong", (PageKind.QUALITY_DECLARATION, PageKind.TEST_REPORT)),
)


def evidence_fields(page: PageReading, known: Mapping[str, str] = NOTHING_KNOWN) -> list[FieldReading]:
    """Number, issuer, holder, product, issue and expiry of the paper on this page.

    `known`: what the forms say of the same dossier, by these names: found again in a paper's sentences.
    """
    lines = lines_of(page)
    changed = [each for each in labelled_fields(page, CHANGES) if each.value is not None]
    labelled = [each for each in labelled_fields(page, WITH_COLON) if not _is_cited_day(each, lines, page.kind)]
    labelled = [each for each in labelled if not (each.name == ISSUER and PLACE_AND_DATE.match(str(each.value)))]
    labelled = [*_party(page, lines, labelled, known), *labelled]
    found = _one_of_each([*changed[-1:], *_numbered_title(page, lines), *labelled])
    ways: tuple[tuple[str, Callable[[], list[FieldReading]]], ...] = (  # where no label says it
        ("evidence.number", lambda: _weaker_number(page, lines)),
        (ISSUER, lambda: issuer_of(page, lines)),
        (HOLDER, lambda: _given_to(page, lines) or _at_address(page, lines) or mentioned(page, lines, HOLDER, known)),
        (PRODUCT, lambda: mentioned(page, lines, PRODUCT, known) or _named_product(page, lines)),
        (VALID_UNTIL, lambda: valid_until(page, lines)),
        (ISSUED, lambda: issued(page, lines) or _one_of_each(_first_days(page))),
    )
    names = {field.name for field in found}
    found += [field for name, way in ways if name not in names for field in way()]
    found += _own_paper(found, page.kind)
    if all(field.name != VALID_UNTIL for field in found):
        found += [each for field in found if field.name == ISSUED for each in ends_after(page, lines, field)]
    return _in_order([_whole(_bare(_own_code(_known_part(field, known), page.kind)), known) for field in found])


def _party(
    page: PageReading, lines: Sequence[Line], labelled: Sequence[FieldReading], known: Mapping[str, str]
) -> list[FieldReading]:
    """Of the parties to a contract or invoice the one that the forms tell, whatever its label."""
    name = known.get(HOLDER)
    parties = [field for field in labelled if field.name == HOLDER]
    if name is None or page.kind not in OF_PARTIES:
        return []
    told = [field for field in parties if fuzz.ratio(fold(str(field.value))[: len(fold(name))], fold(name)) >= SAME_NAME]
    return told[:1] or mentioned(page, lines, HOLDER, known)


def _known_part(field: FieldReading, known: Mapping[str, str]) -> FieldReading:
    """A holder without what stands behind the name that the forms tell: an address, the name in another language."""
    name = known.get(HOLDER, "")
    value = str(field.value)
    if field.name != HOLDER or not name or not fold(value).startswith(f"{fold(name)} "):
        return field
    words = value.split(" ")
    end = next(at for at in range(1, len(words) + 1) if len(fold(" ".join(words[:at]))) >= len(fold(name)))
    return field.model_copy(update={"value": " ".join(words[:end]).rstrip(",;:")})


def _own_paper(found: Sequence[FieldReading], kind: PageKind) -> list[FieldReading]:
    """Lists and accounts bear the head of the business that draws them up: it is their holder, too."""
    issuer = next((field for field in found if field.name == ISSUER), None)
    holder = next((field for field in found if field.name == HOLDER), None)
    if kind is PageKind.QUALITY_DECLARATION and issuer is None and holder is not None:
        return [holder.model_copy(update={"name": ISSUER})]  # declared by itself
    if holder is not None or issuer is None or kind not in OWN_PAPERS or not fold(str(issuer.value)).startswith(HOLDERS):
        return []
    return [issuer.model_copy(update={"name": HOLDER})]


def _bare(field: FieldReading) -> FieldReading:
    """Without the country behind a holder's name, and the number before the first of several products."""
    mark = {"evidence.holder": COUNTRY, "evidence.product": FIRST_OF_LIST}.get(field.name)
    if mark is None or not isinstance(field.value, str):
        return field
    value = mark.sub("", field.value) or field.value
    if value.endswith(")") and value.count(")") > value.count("("):
        value = value[:-1].rstrip()  # “(V/v phân phối sản phẩm …)”
    return field.model_copy(update={"value": value})


def _whole(field: FieldReading, known: Mapping[str, str]) -> FieldReading:
    """Doubted where a name is but the beginning of the one that the forms tell: the rest may stand a line below."""
    name = known.get(field.name)
    if name is None or field.reason is not None or not fold(name).startswith(f"{fold(str(field.value))} "):
        return field
    return field.model_copy(update={"needs_review": True, "reason": CUT_SHORT})


def _first_days(page: PageReading) -> list[FieldReading]:
    """“Có hiệu lực từ ngày …”, where a paper tells no other day."""
    return [field for field in labelled_fields(page, WEAK_WITH_COLON) if field.name == ISSUED]


def _is_cited_day(field: FieldReading, lines: Sequence[Line], kind: PageKind) -> bool:
    """Whether a date belongs to a law or paper that the sentence before it cites; an award's, to its decision."""
    if field.name == ISSUED and OF_OTHERS.match(fold(field.raw)):
        return True  # “Ngày” and “nhận / Received 01/12/2025”
    place = place_of(field.box, lines) if field.name == ISSUED else None
    before = "" if place is None else said_before(lines, *place)
    return is_cited(before) or (kind is PageKind.AWARD and BY_DECISION.match(before) is not None)


def _own_code(field: FieldReading, kind: PageKind) -> FieldReading:
    """A business is registered under its tax code, whose last digit checks the others; older papers have numbers."""
    is_code = field.name == "evidence.number" and TAX_CODE.fullmatch(str(field.value)) is not None
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


def evidence_map(
    pages: Sequence[PageReading], table: PrintedTable, remarks: Mapping[int, str] | None = None
) -> tuple[EvidenceLink, ...]:
    """For each scorable criterion the pages whose kind of paper can prove it (names of Mẫu số 02, matched to kinds).

    `remarks`: what speaks against the paper on a page, told to the council beside the page's number.
    """
    by_kind: dict[PageKind, list[int]] = {}
    for page in pages:
        if page.kind in EVIDENCE_KINDS:
            by_kind.setdefault(page.kind, []).append(page.number)
    links = []
    for criterion in table.criteria:
        if not criterion.scorable:
            continue
        wanted = _kinds_for(criterion.folded, criterion.evidence)
        present = {kind: by_kind[kind] for kind in wanted if kind in by_kind}
        numbers = sorted({number for found in present.values() for number in found})
        reason = _reason(wanted, present)
        said = [f"Trang {number}: {remarks[number]}" for number in numbers if remarks and number in remarks]
        links.append(EvidenceLink(code=criterion.code, pages=tuple(numbers), reason=" ".join([reason, *said])))
    return tuple(links)


def _kinds_for(title: str, names: Sequence[str]) -> tuple[PageKind, ...]:
    kinds: list[PageKind] = []
    for name in names:
        folded = fold(name)
        for start, proving in EVIDENCE_NAMES.items():
            if folded.startswith(start):
                kinds += proving
    if not kinds:
        kinds = [kind for start, proving in BY_TITLE if title.startswith(start) for kind in proving]
    return tuple(dict.fromkeys(kinds))


def _reason(wanted: Sequence[PageKind], present: Mapping[PageKind, Sequence[int]]) -> str:
    if not wanted:
        return "Tiêu chí này không cần giấy tờ minh chứng riêng; xem sản phẩm mẫu và báo cáo."
    if not present:
        return f"Chưa thấy minh chứng: cần {', '.join(KIND_NAMES[kind] for kind in wanted)}."
    there = f"Có {', '.join(f'{KIND_NAMES[kind]} (trang {_ranges(pages)})' for kind, pages in present.items())}."
    absent = [KIND_NAMES[kind] for kind in wanted if kind not in present]
    return f"{there} Chưa thấy {', '.join(absent)}." if absent else there


def _ranges(numbers: Sequence[int]) -> str:
    """`12–14, 20`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _one_of_each(found: Sequence[FieldReading]) -> list[FieldReading]:
    """The first good reading of each name; a page carries one paper."""
    best: dict[str, FieldReading] = {}
    for field in found:
        known = best.get(field.name)
        if known is None or (known.value is None and field.value is not None):
            best[field.name] = field
    return [field for field in best.values() if field.value is not None]


def _given_to(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Tặng bà …”, “CHỨNG NHẬN / HỢP TÁC XÃ …”, “… hệ thống quản lý của / CÔNG TY …”: the name alone on its line."""
    for line in lines:
        told = PERSON.match(line.text)
        if told is not None:
            name = line.words[told.group().count(" ") :]
            reading = reading_of(HOLDER, values.text, name, page.number, line.box)
            return [reading] if reading else []
    for above, line in pairwise(lines):
        named = line.folded.startswith(HOLDERS) and not line.folded.startswith(NO_HOLDERS)
        if above.folded.endswith(GIVEN_TO) and named and len(line.folded.split()) > 2:
            reading = reading_of("evidence.holder", values.text, line.words, page.number, line.box)
            return [reading] if reading else []
    return []


def _named_product(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    return _distinguished(page, lines) or _first_listed(page, lines) or _goods(page, lines)


def _goods(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Nhóm 30: Mật ong; phấn hoa; …”: the goods that a trademark is registered for, to the end of their sentence."""
    for number, line in enumerate(lines if page.kind is PageKind.INTELLECTUAL_PROPERTY else ()):
        found = GOODS.match(line.text)
        if found is None:
            continue
        words = list(line.words[found.group().count(" ") :])
        for below in lines[number + 1 : number + 3]:
            if words[-1].text.endswith(".") or not below.text[:1].islower():
                break
            words += below.words
        reading = reading_of(PRODUCT, values.text, words, page.number, line.box)
        return [reading] if reading else []
    return []


def _first_listed(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“… để sản xuất, kinh doanh sản / phẩm:” and a list, with the sentence in another language between."""
    for number, (above, line) in enumerate(pairwise(lines), 1):
        said = f"{above.folded} {line.folded}"
        if not (line.text.endswith(":") and LISTED.search(said) and len(line.words) <= 2):
            continue
        below = [each for each in lines[number + 1 : number + 5] if not is_foreign(each)]
        item = next((each for each in below if FIRST_OF_LIST.match(each.text)), None)
        reading = item and reading_of(PRODUCT, values.text, item.words, page.number, item.box)
        return [reading] if reading else []
    return []


def _distinguished(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Đã có sản phẩm Nước mắm … đạt danh hiệu …”: the product that a paper honours, over two lines too."""
    words = [word for line in lines for word in line.words]
    text = " ".join(word.text for word in words)
    found = DISTINGUISHED.search(text)
    if found is None:
        return []
    first = text.count(" ", 0, found.start("name"))
    named = words[first : first + found["name"].count(" ") + 1]
    reading = reading_of(PRODUCT, values.text, named, page.number, (0, 0, 0, 0))
    return [reading] if reading else []


def _at_address(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“HỢP TÁC XÃ … / Địa chỉ: …”: the name alone on its line, or on two, above where the holder sits."""
    for number, line in enumerate(lines[1:], 1):
        if not line.folded.startswith("dia chi"):
            continue
        for name in (lines[number - 1 : number], lines[max(0, number - 2) : number]):
            first = name[0].folded
            if first.startswith(HOLDERS) and not first.startswith(NO_HOLDERS) and ":" not in name[0].text:
                words = [word for each in name for word in each.words]
                reading = reading_of(HOLDER, values.text, words, page.number, name[0].box)
                return [reading] if reading and len(words) > 2 else []
    return []


def _numbered_title(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“GIẤY CHỨNG NHẬN / ĐĂNG KÝ NHÃN HIỆU / Số 561207”: the paper's own number, whatever decision granted it."""
    for title, line in pairwise(lines):
        if line.box[1] > NUMBER_SHARE * page.height:
            break
        if title.text.isupper() and OWN_TITLE.match(title.folded) and OWN_NUMBER.fullmatch(line.text):
            reading = reading_of("evidence.number", values.code, line.words[-1:], page.number, line.box)
            return [reading] if reading else []
    return []


def _weaker_number(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """A number without a colon, else that of a holder or register, else one without any label."""
    said = (line for line in lines if NUMBERED_SO.fullmatch(line.text))
    for line in said:
        reading = reading_of("evidence.number", values.code, line.words[-1:], page.number, line.box)
        return [reading] if reading else []
    weak = [field for field in labelled_fields(page, WEAK_WITH_COLON) if field.name == "evidence.number"]
    return _of_decision(page, lines) or _one_of_each(weak) or _lone_number(page, lines)


def _of_decision(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“(Theo) Quyết định số 63-QĐ/HNDT”: what an award was given by, where it has no number of its own."""
    for line in lines if page.kind is PageKind.AWARD else ():
        found = AWARDING.search(line.text)
        if found is not None:
            word = line.words[line.text.count(" ", 0, found.start("number"))]
            reading = reading_of("evidence.number", values.code, [word], page.number, line.box)
            return [reading] if reading else []
    return []


def _lone_number(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """A number without a label, as laboratories print it: `KT3-01234ATP5/1` alone on its line near the top."""
    for line in lines:
        if line.box[1] <= NUMBER_SHARE * page.height and LONE_NUMBER.fullmatch(line.text):
            reading = reading_of("evidence.number", values.code, line.words, page.number, line.box)
            return [reading] if reading else []
    return []
