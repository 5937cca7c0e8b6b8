"""What stands on the paper → the value it means, with a reason where it fails a check."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from extraction.days import DAY_NUMBERS, DAY_WORDS, find_day
from extraction.folding import fold, tidy, unmarked
from extraction.identity import email_complaint, near_host, personal_id_complaint, phone_complaint, tax_code_complaint
from extraction.provinces import begins_province, known_province, near_province
from extraction.readings import FieldContent

MARKED_ADDRESS = "Thư điện tử đọc ra có dấu, đã bỏ dấu; kiểm tra lại."


@dataclass(frozen=True)
class Value:
    """A normalised value; `reason` says why a person must look, None if nobody must."""

    content: FieldContent
    reason: str | None = None


Parser = Callable[[str], Value]

OPEN_YEAR = re.compile(r"\b20(?=[\s.…_]|$)")  # “……/……/20……”
NUMBER_AND_BRANCH = re.compile(r"(\d[\d .]{7,}\d)(?:\s?[-–]\s?(\d{3}))?(?!\d)")
REGISTERED = re.compile(r"\d[\d.\-–]*/PĐK-([\d.]+-){0,2}20\d\d")
BOTH_GENDERS = re.compile(
    r"\bnam\W+(?:ho[aặ]c\W+|hay\W+)?n[ữưu]\b|\bn[ữưu]\W+(?:ho[aặ]c\W+|hay\W+)?nam\b", re.IGNORECASE
)
BEGUN_DAY = re.compile(r"^\W*(?:hết\s+)?(?:ngày\s*)?\d{1,2}(?:\s*tháng(?:\s*\d{1,2}(?:\s*năm)?)?)?\W*$", re.IGNORECASE)
GAP = re.compile(r"\d \d")
BLANK = re.compile(r"(?<![^\W\d_]) | (?![^\W_])")  # in a number: printed ones stand behind letters, “MV 3815/2024”
NO_PERSONS = ("ho kinh doanh", "ho kinh", "hop tac xa", "htx", "cong ty", "to hop tac")  # folded
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
LETTERS_AS_DIGITS = str.maketrans("OoQlI|SBZ", "000111582")
NOT_OF_NAME = re.compile(  # “Tôn Thất Hảo (Nam, dân tộc Kinh)”, “Tẩn Lở Mẩy, dân tộc Dao”, “Đặng Quốc Toản, Giám đốc”
    r"\s*\((?:[Nn]am|[Nn]ữ)\b.*$|\s+Nam\W+Nữ\b.*$|\s+giữ (?:việc|chức)\s.*$"
    r"|[,;]\s+(?:[a-zđ]|Giám đốc|Phó|Chủ (?:tịch|nhiệm|hộ|cơ sở)|Tổ trưởng|Trưởng).*$"
)
MIDDLE_NAMES = (" thi", " van")  # folded: behind which a given name stands
UNENDED_ADDRESSES = (" tỉnh", " thành phố", " xã", " phường", " huyện", " quận", " thị trấn", " thôn", " ấp", ",")
PROVINCE_NAMED = re.compile(
    r"(?P<kind>\b(?:tỉnh|thành phố))\s(?P<name>[A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*){0,3})", re.UNICODE
)
PACKED = re.compile(r"\s[-–—]\s(?:quy cách|tiêu chuẩn|đóng gói)\b.*$", re.IGNORECASE | re.DOTALL)  # behind a name
LAST_PROVINCE = re.compile(r"\b(?:[Tt]ỉnh|[Tt]hành phố|TP\.?)(?P<name>(?: [^\W\d_]+){0,3})$")
ARROW = re.compile(r"\s[v▾▼]$")  # of a list that a web form drops down
PLACE_WORD = re.compile(
    r"\b(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố|tp|thôn|xóm|ấp|bản|buôn|làng|plei|khóm|khối|tổ|số|đường|phố|khu|"
    r"huyện|quận|km|kiệt|ngõ|hẻm|chợ|đội|nhà)\b|\d",
    re.IGNORECASE,
)


def always(content: FieldContent) -> Parser:
    """For what is told in another way than from the words themselves."""
    return lambda _: Value(content)


def text(raw: str) -> Value:
    found = ARROW.sub("", tidy(raw))
    closed = found.find(")")
    if closed > 0 and "(" not in found[:closed]:  # “(Sản phẩm: …. Nhóm: Đồ uống có cồn) Tên sản phẩm …”
        found = found[:closed].rstrip()
    if found.count("(") > found.count(")"):
        return Value(found, "Ngoặc mở ra mà chưa đóng; có thể đọc thiếu.")
    return Value(found or None, None if found else "Không có giá trị.")


def prose(raw: str) -> Value:
    """Sentences, as they stand, without the dash or bullet before them."""
    found = " ".join(raw.split()).lstrip("-–•+* ")
    return Value(found or None, None if found else "Không có nội dung.")


def day(raw: str) -> Value:
    """The first date in the text, as a `date`."""
    found = find_day(raw)
    if found is None and not re.search(r"\d", OPEN_YEAR.sub("", raw)):
        return Value(None)  # left open
    return Value(found) if found else Value(None, _no_day(raw))


def last_day(raw: str) -> Value:
    """The date behind “đến”, or the last one in the text: until when a paper is valid."""
    folded_to = re.split(r"\b(?:đến|tới|hết)\b", raw, flags=re.IGNORECASE)
    unended = len(folded_to) > 1 and BEGUN_DAY.search(folded_to[-1]) is not None
    for part in folded_to[-1:] if unended else (*folded_to[:0:-1], raw):
        found = find_day(part)
        if found:
            return Value(found)
    return Value(None, _no_day(raw))


def _no_day(raw: str) -> str:
    """Why the text says no day: it names one that no calendar has, or none at all."""
    for pattern in (DAY_WORDS, DAY_NUMBERS):
        match = pattern.search(raw)
        if match is not None:
            return f"Không có ngày {'/'.join(match.groups())} trong lịch."
    return "Không nhận ra ngày tháng hợp lệ."


def phone(raw: str) -> Value:
    """Digits only, a leading 84 as 0."""
    token = re.split(r"[;,/]| - |[A-Za-zÀ-ỹ]{3,}", tidy(raw))[0].translate(LETTERS_AS_DIGITS)
    digits = re.sub(r"\D", "", token)
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    return Value(digits, phone_complaint(digits)) if digits else Value(None, "Không có số điện thoại.")


def email(raw: str) -> Value:
    """In small letters. Addresses bear no marks: where some are read they are dropped, and a person looks.

    So does a person where a letter of a well-known host was misread, which is put right.
    """
    read = unicodedata.normalize("NFC", tidy(raw).replace(" ", "").replace("(a)", "@").lower())
    found = unmarked(read)
    if not found:
        return Value(None, "Không có thư điện tử.")
    complaint = email_complaint(found) or (None if found == read else MARKED_ADDRESS)
    name, _, host = found.partition("@")
    near = near_host(host)
    return Value(found if near is None else f"{name}@{near}", complaint)


def tax_code(raw: str) -> Value:
    """10 digits, 10-3 for a branch, or a personal id of 12."""
    match = NUMBER_AND_BRANCH.search(tidy(raw).translate(LETTERS_AS_DIGITS))
    if match is None:
        return Value(None, "Không có mã số thuế.")
    digits, branch = (re.sub(r"\D", "", part or "") for part in match.groups())
    if len(digits) == 13:
        digits, branch = digits[:10], digits[10:]
    found = f"{digits}-{branch}" if branch else digits
    return Value(found, tax_code_complaint(found))


def personal_id(raw: str) -> Value:
    """Số căn cước, 12 digits; an old identity card's has 9."""
    match = re.match(r"[\d .]+", tidy(raw).translate(LETTERS_AS_DIGITS))
    digits = re.sub(r"\D", "", match.group()) if match else ""
    return Value(digits, personal_id_complaint(digits)) if digits else Value(None, "Không có số căn cước.")


def year(raw: str) -> Value:
    match = re.search(r"(?<!\d)(20\d\d)(?!\d)", raw)
    return Value(int(match.group(1))) if match else Value(None, "Không nhận ra năm.")


def gender(raw: str) -> Value:
    words = fold(raw).split()
    if BOTH_GENDERS.search(raw):
        return Value(tidy(raw), "Ghi cả Nam và Nữ; xem người khai đã chọn gì.")
    if "nu" in words:
        return Value("Nữ")
    if "nam" in words:
        return Value("Nam")
    return Value(tidy(raw) or None, "Giới tính không phải Nam hay Nữ.")


def address(raw: str) -> Value:
    """Where somebody lives or works: a number, a hamlet, a commune or a province; provinces as they are written."""
    found = PROVINCE_NAMED.sub(_as_written, tidy(raw))
    if not PLACE_WORD.search(found) or found.endswith("?"):
        return Value(found or None, "Địa chỉ không đúng dạng; có thể đọc nhầm chỗ.")
    cut = found.lower().endswith(UNENDED_ADDRESSES) or begun_province(found) is not None
    return Value(found, "Địa chỉ bị ngắt ở cuối dòng; có thể đọc thiếu." if cut else None)


def begun_province(address: str) -> str | None:
    """What there is of a province's name whose rest the next line holds, “tỉnh An”: none of it behind “tỉnh”."""
    last = LAST_PROVINCE.search(address)
    name = last["name"].strip() if last else None
    return name if name == "" or (name and begins_province(name)) else None


def _as_written(found: re.Match[str]) -> str:
    """“tỉnh Điên Biên”: of a province, marks that dust took are no other name."""
    known = known_province(found["name"])
    return f"{found['kind']} {known}" if known and not found["name"].isupper() else found.group()


def ethnicity(raw: str) -> Value:
    """The name of a people, up to what else its line says."""
    found = re.split(r"[;,(]|\s\d", tidy(raw))[0].strip()
    return Value(found or None)


def sample(raw: str) -> Value:
    """What a laboratory was sent; “Mẫu số: 01/TNDN” is a form's number."""
    found = text(raw)
    told = str(found.content or "")
    return found if told[:1].isupper() and not any(map(str.isdigit, told)) else Value(None)


def product(raw: str) -> Value:
    """A product's name, without how it is packed or by which standard it is made."""
    return text(PACKED.sub("", raw))


def name(raw: str) -> Value:
    """What begins with a capital or figure; sentences that begin with a small letter are no names."""
    found = tidy(raw)
    return Value(None) if found[:1].islower() else Value(found or None)


TEXTS: tuple[Parser, ...] = (
    text,
    address,
    name,
    product,
)  # which end where another language or another line of a cell begins


def person(raw: str) -> Value:
    """A person's name: no digits, at least two words, without the title before it, or what is said behind it."""
    if fold(raw).startswith(("cua ", "ky ")):
        return Value(None)  # “Đại diện pháp luật / của chủ thể là nữ …” is a criterion, “Người đại diện ký tên” a place
    found = re.sub(r"^(Ông|Bà|ông|bà)(/bà|/Bà)?[ :.]+", "", tidy(raw))
    found = NOT_OF_NAME.sub("", found)
    capital = all(part[0].isupper() for part in found.split()) and not fold(found).startswith(NO_PERSONS)
    good = len(found.split()) >= 2 and capital and not any(sign.isdigit() for sign in found)
    if good and fold(found).endswith(MIDDLE_NAMES):
        return Value(found, "Họ tên còn thiếu tên gọi; có thể đọc thiếu.")
    return Value(found or None, None if good else "Họ tên không đúng dạng.")


def code(raw: str) -> Value:
    """A paper's number: what stands before the first blank that is followed by words."""
    found = tidy(raw).split("  ")[0]
    found = re.split(r"\s+(?=[A-ZĐ]?[a-zà-ỹđ]{2,})|[;,]\s", found)[0]
    found = found if "(" in found else found.rstrip(")")  # “(Số 118/GXN-UBND)”
    reason = None if any(sign.isdigit() for sign in found) else "Số giấy tờ không có chữ số."
    if reason is None and TONES & set(unicodedata.normalize("NFD", found)):
        reason = "Số giấy tờ có chữ mang dấu thanh; có thể đọc nhầm."
    if reason is None and raw.rstrip()[-1:] in ("-", "–", "/"):
        reason = "Số giấy tờ bị ngắt ở cuối dòng; có thể đọc thiếu."
    if reason is None and GAP.search(found):
        reason = "Giữa các chữ số có khoảng trống; có thể mất dấu gạch."
    return Value(BLANK.sub("", found) or None, reason)


def registration_number(raw: str) -> Value:
    """(số)/PĐK-(tỉnh)-(xã)-(năm), the receiving office's mark on Mẫu số 01 of QĐ 26/2026/QĐ-TTg; tỉnh, xã may lack."""
    found = code(raw)
    good = REGISTERED.fullmatch(str(found.content or ""))
    reason = None if good else "Phiếu số không đúng dạng (số)/PĐK-(mã tỉnh)-(mã xã)-(năm); có thể đọc thiếu."
    return Value(found.content, found.reason or reason)


def product_code(raw: str) -> Value:
    """(tỉnh)-(xã)-(số thứ tự)-(năm), QĐ 26/2026/QĐ-TTg Phụ lục II; five parts under the rules of 2019."""
    found = tidy(raw).replace(" ", "")
    good = re.fullmatch(r"\d{2}-(\d{3}-)?\d{5}-\d+-20\d\d", found)  # codes of QĐ 19/2025/QĐ-TTg, and older ones
    return Value(found or None, None if good else "Mã số sản phẩm không đúng dạng (tỉnh)-(xã)-(số)-(năm).")


def product_code_alone(raw: str) -> Value:
    """A product's code, or nothing: other things have a “Mã số”, too."""
    found = product_code(raw.split()[0] if raw.split() else "")
    return found if found.reason is None else Value(None)


def place(raw: str) -> Value:
    """A province or commune: the leading words that are written with capitals."""
    found = tidy(raw)
    found = re.split(r"\s+(?:năm|và|xem|về|theo)\s|[,;(•·|]|\s\d", f"{found} ")[0].strip()
    return Value(found or None, None if found else "Không nhận ra địa danh.")


def province(raw: str) -> Value:
    """One of the provinces there are or were, with its own tone marks."""
    found = place(raw)
    if not found.content:
        return found
    read = str(found.content)
    known = known_province(read)
    if known is None:
        near = near_province(read)
        return Value(read, f"Không có tỉnh, thành phố nào tên “{read}”{f'; có thể là “{near}”' if near else ''}.")
    plain = read.isascii() or _spoken(read) == _spoken(known)
    return Value(known, None if plain else f"Đọc là “{read}”, hiểu là “{known}”; kiểm tra lại.")


def _spoken(name: str) -> str:
    """Without capitals, hyphens, and the place of the tone mark: Hòa, Hoà."""
    return "".join(sorted(unicodedata.normalize("NFD", re.sub(r"[\s\-–]+", "", name.lower()))))
