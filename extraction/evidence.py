"""Evidence papers: their decisive fields, and which pages may prove which criterion."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from extraction import values
from extraction.folding import fold, tidy
from extraction.forms import PrintedTable
from extraction.labels import Label, labelled_fields, reading_of
from extraction.lines import Line, lines_of
from extraction.readings import EVIDENCE_KINDS, EvidenceLink, FieldReading, PageKind, PageReading, Word

LABELS: tuple[Label, ...] = (
    Label(
        "evidence.number",
        (
            "so",
            "ma so",
            "so giay chung nhan",
            "giay chung nhan so",
            "so phieu",
            "so dang ky",
            "so hop dong",
            "hop dong so",
            "so hieu",
            "ma so doanh nghiep",
            "so chung nhan",
            "ma so mau",
            "so cong bo",
            "ma so phieu",
            "so vao so",
            "quyet dinh so",
            "can cu quyet dinh so",
            "ma so mau thu",
            "quyet dinh so",
            "so bang",
        ),
        values.code,
    ),
    Label(
        "evidence.issuer",
        (
            "co quan cap",
            "don vi cap",
            "to chuc chung nhan",
            "noi cap",
            "to chuc cap",
            "phong thu nghiem",
            "don vi thu nghiem",
            "co quan chung nhan",
            "to chuc cap chung nhan",
        ),
        more_lines=1,
    ),
    Label(
        "evidence.holder",
        (
            "co so",
            "ten don vi",
            "ten co so",
            "chu the",
            "ten chu the",
            "khach hang",
            "ten khach hang",
            "chu giay chung nhan",
            "cap cho",
            "chu van bang",
            "to chuc ca nhan",
            "ten doanh nghiep",
            "ten hop tac xa",
            "ten cong ty",
            "ten ho kinh doanh",
            "don vi gui mau",
            "noi gui mau",
            "chu so huu",
            "chu nhan hieu",
            "ten to chuc",
            "don vi",
            "ten ho",
            "ben ban",
            "ben a",
            "nguoi nop don",
            "chung nhan cho",
            "trao cho",
            "tang cho",
            "ten to chuc ca nhan",
            "chu so huu nhan hieu",
            "doanh nghiep",
        ),
        more_lines=1,
    ),
    Label(
        "evidence.product",
        (
            "ten san pham",
            "san pham",
            "ten mau",
            "ten mau thu",
            "mau thu",
            "san pham dich vu",
            "cho san pham",
            "nhom san pham",
            "pham vi",
            "pham vi chung nhan",
            "mat hang",
            "san xuat kinh doanh san pham",
            "du dieu kien an toan thuc pham de san xuat kinh doanh san pham",
            "ten hang hoa",
            "nhan hieu dung cho san pham",
            "dung cho san pham",
            "hang hoa",
            "danh muc san pham",
        ),
        more_lines=1,
    ),
    Label(
        "evidence.issued",
        (
            "ngay cap",
            "cap ngay",
            "ngay ban hanh",
            "ngay tra ket qua",
            "ngay ky",
            "dang ky lan dau",
            "ngay chung nhan",
            "ngay phat hanh",
            "ngay bao cao",
            "ngay cong bo",
            "ngay hieu luc",
            "dang ky lan dau ngay",
            "co hieu luc tu",
            "hieu luc tu ngay",
        ),
        values.day,
        anywhere=True,
    ),
    Label(
        "evidence.valid_until",
        (
            "co hieu luc den",
            "co hieu luc den ngay",
            "co gia tri den",
            "co gia tri den ngay",
            "hieu luc den",
            "hieu luc den ngay",
            "gia tri den ngay",
            "ngay het han",
            "ngay het hieu luc",
            "het han ngay",
            "giay chung nhan co hieu luc den",
            "giay chung nhan nay co hieu luc den",
            "giay nay co gia tri den",
            "giay chung nhan nay co gia tri den",
            "den ngay",
            "co hieu luc den het ngay",
            "hieu luc giay chung nhan den",
            "thoi han hieu luc den ngay",
        ),
        values.day,
        more_lines=1,
        anywhere=True,
    ),
    Label(
        None,
        (
            "dia chi",
            "dien thoai",
            "email",
            "fax",
            "nganh nghe kinh doanh",
            "von dieu le",
            "nguoi dai dien",
            "nguoi dai dien theo phap luat",
            "chuc danh",
            "chuc vu",
            "ngay nhan mau",
            "ngay lay mau",
            "tinh trang mau",
            "website",
            "dia chi tru so chinh",
            "quy cach",
            "dai dien",
            "ghi chu",
            "tieu chuan",
            "ngay thu nghiem",
            "thoi gian thu nghiem",
            "phuong phap",
            "ma so thue",
            "gioi tinh",
            "quoc tich",
            "dan toc",
            "ten chi tieu",
            "thoi han",
            "dia diem",
            "so luong",
            "can cu",
            "noi nhan",
            "nhan hieu",
            "thanh phan",
            "han su dung",
        ),
        anywhere=True,
    ),
)

WITH_COLON = tuple(replace(label, colon=label.parse is not values.day) for label in LABELS)

VALID_MARK = re.compile(r"(?:hieu luc|gia tri|thoi han|het han).{0,20}\bden\b|het han|het hieu luc")
MOTTO = ("cong hoa xa hoi", "doc lap tu do")
BROKEN_DATE = re.compile(r"\bngay( \d{1,2}( thang( \d{1,2}( nam)?)?)?)?$")  # folded, at the end of a line
TOP_SHARE = 0.25
LEAST_LETTERS = 4  # “SỞ Y TẾ”; less is a stray mark

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


def evidence_fields(page: PageReading) -> list[FieldReading]:
    """Number, issuer, holder, product, issue and expiry of the paper on this page."""
    found = _one_of_each(labelled_fields(page, WITH_COLON))
    names = {field.name for field in found}
    lines = lines_of(page)
    if "evidence.issuer" not in names:
        found += _certifying(page, lines) or _letter_head(page, lines)
    for name, dated in (("evidence.valid_until", True), ("evidence.issued", False)):
        if name not in names:
            found += _dated_line(page, lines, name, until=dated)
    return found


def evidence_map(pages: Sequence[PageReading], table: PrintedTable) -> tuple[EvidenceLink, ...]:
    """For each scorable criterion the pages whose kind of paper can prove it (names of Mẫu số 02, matched to kinds)."""
    by_kind: dict[PageKind, list[int]] = {}
    for page in pages:
        if page.kind in EVIDENCE_KINDS:
            by_kind.setdefault(page.kind, []).append(page.number)
    links = []
    for criterion in table.criteria:
        if not criterion.scorable:
            continue
        wanted = _kinds_for(criterion.folded, criterion.evidence)
        present = [kind for kind in wanted if kind in by_kind]
        numbers = sorted({number for kind in present for number in by_kind[kind]})
        links.append(EvidenceLink(code=criterion.code, pages=tuple(numbers), reason=_reason(wanted, present)))
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


def _reason(wanted: Sequence[PageKind], present: Sequence[PageKind]) -> str:
    if not wanted:
        return "Tiêu chí này không cần giấy tờ minh chứng riêng; xem sản phẩm mẫu và báo cáo."
    if not present:
        return f"Chưa thấy minh chứng: cần {', '.join(KIND_NAMES[kind] for kind in wanted)}."
    return f"Có {', '.join(KIND_NAMES[kind] for kind in present)}."


def _one_of_each(found: Sequence[FieldReading]) -> list[FieldReading]:
    """The first good reading of each name; a page carries one paper."""
    best: dict[str, FieldReading] = {}
    for field in found:
        known = best.get(field.name)
        if known is None or (known.value is None and field.value is not None):
            best[field.name] = field
    return [field for field in best.values() if field.value is not None]


def _certifying(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Chi cục … / CHỨNG NHẬN”: the line above the word is the issuer."""
    for above, line in pairwise(lines):
        certifies = line.folded in ("chung nhan", "chung nhan rang", "cap giay chung nhan")
        if certifies and len(above.folded) > 8 and not any(mark in above.folded for mark in MOTTO):
            reading = reading_of("evidence.issuer", values.text, above.words, page.number, above.box)
            return [reading] if reading else []
    return []


def _letter_head(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """The issuer as the letter head's left column says: capital lines at the top that are not the national motto."""
    words: list[Word] = []
    for line in lines:
        if line.box[1] > TOP_SHARE * page.height or line.box[0] > 0.5 * page.width:
            continue
        capital = line.text.isupper() and len(line.folded) >= LEAST_LETTERS
        if any(fuzz.partial_ratio(motto, line.folded) > 85 for motto in MOTTO) or not capital:
            if words:
                break
            continue
        if fold(line.text).startswith(("giay ", "phieu ", "ban ", "hop dong", "bao cao", "mau so", "danh sach")):
            break
        words += line.words
    reading = reading_of("evidence.issuer", values.text, words, page.number, (0, 0, 0, 0)) if words else None
    return [reading] if reading else []


def _dated_line(page: PageReading, lines: Sequence[Line], name: str, *, until: bool) -> list[FieldReading]:
    """A date by what its line says: “có hiệu lực đến …”, or place and date above the signature."""
    dated = _with_broken_dates(lines)
    chosen = [line for line in dated if values.find_day(line.text) and bool(VALID_MARK.search(line.folded)) is until]
    if not chosen:
        return []
    place_and_date = [line for line in chosen if re.search(r"\bngay \d+ thang", line.folded)]
    line = (place_and_date or chosen)[0 if until else -1]
    day = values.find_day(line.text)
    reading = reading_of(name, values.always(day), line.words, page.number, line.box)
    return [reading.model_copy(update={"raw": tidy(line.text)})] if reading else []


def _with_broken_dates(lines: Sequence[Line]) -> list[Line]:
    """The lines, with “…, ngày 01 tháng 03 năm” and the “2025” below it as one."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        broken = before is not None and bool(BROKEN_DATE.search(before.folded)) and not values.find_day(before.text)
        if before is not None and broken and 0 < line.box[1] - before.box[1] <= 2.5 * before.height:
            found[-1] = Line(line.page, before.words + line.words)
        else:
            found.append(line)
    return found
