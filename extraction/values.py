"""What stands on the paper → the value it means, with a reason where it fails a check."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from extraction.folding import fold, tidy
from extraction.provinces import known_province
from extraction.readings import FieldContent

EARLIEST_YEAR, LATEST_YEAR = 1945, 2100


@dataclass(frozen=True)
class Value:
    """A normalised value; `reason` says why a person must look, None if nobody must."""

    content: FieldContent
    reason: str | None = None


Parser = Callable[[str], Value]

DAY_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})\s*,?\s*th\w{1,2}ng\s*(\d{1,2})\s*,?\s*n\w{1,2}m\s*(\d{4})(?!\d)", re.IGNORECASE
)  # tone marks may be misread
DAY_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
DAY_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
EMAIL = re.compile(r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$", re.ASCII)
LETTERS_AS_DIGITS = str.maketrans("OoQlI|SBZ", "000111582")


def always(content: FieldContent) -> Parser:
    """For what is told in another way than from the words themselves."""
    return lambda _: Value(content)


def text(raw: str) -> Value:
    found = tidy(raw)
    return Value(found or None, None if found else "Không có giá trị.")


def prose(raw: str) -> Value:
    """Sentences, as they stand."""
    found = " ".join(raw.split())
    return Value(found or None, None if found else "Không có nội dung.")


def day(raw: str) -> Value:
    """The first date in the text, as a `date`."""
    found = find_day(raw)
    return Value(found) if found else Value(None, "Không nhận ra ngày tháng hợp lệ.")


def last_day(raw: str) -> Value:
    """The date behind “đến”, or the last one in the text: until when a paper is valid."""
    folded_to = re.split(r"\b(?:đến|tới|hết)\b", raw, flags=re.IGNORECASE)
    for part in (folded_to[-1], raw):
        found = find_day(part)
        if found:
            return Value(found)
    return Value(None, "Không nhận ra ngày tháng hợp lệ.")


def find_day(raw: str) -> date | None:
    """The first date in any of the usual forms; None if there is none, or none that exists."""
    found: list[tuple[int, date]] = []
    for pattern, order in ((DAY_WORDS, (2, 1, 0)), (DAY_NUMBERS, (2, 1, 0)), (DAY_ISO, (0, 1, 2))):
        for match in pattern.finditer(raw):
            year, month, number = (int(match.group(place + 1)) for place in order)
            if EARLIEST_YEAR <= year <= LATEST_YEAR:
                try:
                    found.append((match.start(), date(year, month, number)))
                except ValueError:
                    continue
    return min(found)[1] if found else None


def phone(raw: str) -> Value:
    """Digits only; Vietnamese numbers have 9 to 11, or 84 before them."""
    token = re.split(r"[;,/]| - |[A-Za-zÀ-ỹ]{3,}", tidy(raw))[0].translate(LETTERS_AS_DIGITS)
    digits = re.sub(r"\D", "", token)
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    if not digits:
        return Value(None, "Không có số điện thoại.")
    good = 9 <= len(digits) <= 11 and digits.startswith("0")
    return Value(digits, None if good else "Số điện thoại không đúng dạng (9–11 chữ số, bắt đầu bằng 0).")


def email(raw: str) -> Value:
    found = tidy(raw).replace(" ", "").replace("(a)", "@").lower()
    if not found:
        return Value(None, "Không có thư điện tử.")
    return Value(found, None if EMAIL.match(found) else "Thư điện tử không đúng dạng.")


def year(raw: str) -> Value:
    match = re.search(r"(?<!\d)(20\d\d)(?!\d)", raw)
    return Value(int(match.group(1))) if match else Value(None, "Không nhận ra năm.")


def gender(raw: str) -> Value:
    words = fold(raw).split()
    if "nu" in words:
        return Value("Nữ")
    if "nam" in words:
        return Value("Nam")
    return Value(tidy(raw) or None, "Giới tính không phải Nam hay Nữ.")


def person(raw: str) -> Value:
    """A person's name: no digits, at least two words, without the title before it."""
    found = re.sub(r"^(Ông|Bà|ông|bà)(/bà|/Bà)?[ :.]+", "", tidy(raw))
    capital = all(part[0].isupper() for part in found.split())
    good = len(found.split()) >= 2 and capital and not any(sign.isdigit() for sign in found)
    return Value(found or None, None if good else "Họ tên không đúng dạng.")


def code(raw: str) -> Value:
    """A paper's number: what stands before the first blank that is followed by words."""
    found = tidy(raw).split("  ")[0]
    found = re.split(r"\s+(?=[A-ZĐ]?[a-zà-ỹđ]{2,})|[;,]\s", found)[0]
    has_digit = any(sign.isdigit() for sign in found)
    return Value(found.replace(" ", "") or None, None if has_digit else "Số giấy tờ không có chữ số.")


def product_code(raw: str) -> Value:
    """(tỉnh)-(xã)-(số thứ tự)-(năm), QĐ 26/2026/QĐ-TTg Phụ lục II; five parts under the rules of 2019."""
    found = tidy(raw).replace(" ", "")
    good = re.fullmatch(r"\d{2}-(\d{3}-)?\d{5}-\d+-20\d\d", found)  # codes of QĐ 19/2025/QĐ-TTg, and older ones
    return Value(found or None, None if good else "Mã số sản phẩm không đúng dạng (tỉnh)-(xã)-(số)-(năm).")


def place(raw: str) -> Value:
    """A province or commune: the leading words that are written with capitals."""
    found = tidy(raw)
    found = re.split(r"\s+(?:năm|và|xem|về|theo)\s|[,;(]|\s\d", f"{found} ")[0].strip()
    return Value(found or None, None if found else "Không nhận ra địa danh.")


def province(raw: str) -> Value:
    """One of the provinces there are or were, with its own tone marks."""
    found = place(raw)
    known = known_province(str(found.content)) if found.content else None
    return Value(known) if known else Value(found.content, found.reason or "Không có tỉnh, thành phố nào tên như vậy.")
