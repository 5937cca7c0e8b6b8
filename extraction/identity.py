"""Numbers that carry their own check: tax codes, personal ids, telephone numbers, e-mail addresses."""

import re

from rapidfuzz.distance import Levenshtein

# Tax code of 10 digits, the last a check digit; 10-3 for branches (Thông tư 105/2020/TT-BTC, Điều 5). Since 1 July 2025
# a person's or household's tax code is the personal id of 12 digits (Thông tư 86/2024/TT-BTC).
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
# First three digits of a personal id: where the birth was registered (Thông tư 59/2021/TT-BCA, Phụ lục).
BIRTH_PLACES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 "
    "038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 "
    "080 082 083 084 086 087 089 091 092 093 094 095 096".split()
)
OLD_ID_DIGITS, ID_DIGITS = 9, 12
CENTURIES = {"0": 1900, "1": 1900, "2": 2000, "3": 2000}  # man, woman; the fourth digit
MOBILE = re.compile(r"0[35789]\d{8}")
LANDLINE = re.compile(r"02\d{9}")
HOTLINE = re.compile(r"1[89]00\d{4,6}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}", re.ASCII)
MAIL_HOSTS = ("gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com", "icloud.com")
DIGIT_OR_LETTER = re.compile(r"\d[lIOo]$|\d[lIOo]\d")


def tax_code_complaint(code: str) -> str | None:
    """What is wrong with a tax code of digits and perhaps a hyphen; None if it can be one."""
    if re.fullmatch(r"\d{12}", code):
        return personal_id_complaint(code)
    match = re.fullmatch(r"(\d{10})(-\d{3})?", code)
    if match is None:
        return "Mã số thuế không đúng dạng (10 chữ số, 10-3 chữ số, hoặc 12 chữ số định danh cá nhân)."
    digits = match.group(1)
    rest = sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, digits, strict=False)) % 11
    return None if 10 - rest == int(digits[9]) else "Mã số thuế sai chữ số kiểm tra; có chữ số bị đọc nhầm."


def personal_id_complaint(number: str) -> str | None:
    """The same of a personal id (căn cước, 12 digits) or an old identity card (9)."""
    if not number.isdigit() or len(number) not in (OLD_ID_DIGITS, ID_DIGITS):
        return "Số căn cước không đúng dạng (12 chữ số; chứng minh nhân dân cũ: 9)."
    if len(number) == OLD_ID_DIGITS:
        return None
    if number[:3] not in BIRTH_PLACES:
        return f"Số căn cước có mã tỉnh {number[:3]} không tồn tại."
    return None if number[3] in CENTURIES else "Số căn cước có chữ số thế kỷ, giới tính không hợp lệ."


def phone_complaint(digits: str) -> str | None:
    """The same of a telephone number, digits only."""
    good = any(form.fullmatch(digits) for form in (MOBILE, LANDLINE, HOTLINE))
    return None if good else "Số điện thoại không đúng dạng (di động 10 chữ số, cố định 11 chữ số bắt đầu bằng 02)."


JOINED_TO_NUMBER = re.compile(r"0\d{8,10}[a-z]")  # a telephone number, and behind it without a blank the address


def email_complaint(address: str) -> str | None:
    """The same of an e-mail address in small letters; hosts that nearly are a known one were misread."""
    if not EMAIL.fullmatch(address):
        return "Thư điện tử không đúng dạng."
    name, host = address.split("@")
    near = near_host(host)
    if near is not None:
        return f"Tên miền gần giống {near}; kiểm tra lại thư điện tử."
    if JOINED_TO_NUMBER.match(name):
        return "Trước thư điện tử có thể còn số điện thoại; kiểm tra lại."
    return "Thư điện tử có thể lẫn chữ l, O với số 1, 0." if DIGIT_OR_LETTER.search(name) else None


def near_host(host: str) -> str | None:
    """The well-known host of mail boxes that this one misses by a letter; None if it is itself one, or near none."""
    if host in MAIL_HOSTS:
        return None
    return next((known for known in MAIL_HOSTS if Levenshtein.distance(host, known) == 1), None)
