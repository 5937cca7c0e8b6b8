"""Days as papers write them: `ngày 05 tháng 3 năm 2026`, `5.3.2026`, `20 tháng Mười năm 2025`, `August 4, 2025`."""

import re
import unicodedata
from contextlib import suppress
from datetime import date

EARLIEST_YEAR, LATEST_YEAR = 1945, 2100
DAY_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})\s*,?\s*th\w{1,2}ng\s*,?\s*(?:\(\w+\)\s*)?(\d{1,2})\s*,?\s*n\w{1,2}[mn]\s*(?:\(\w+\)\s*)?"
    r"(\d{4})(?!\d)",
    re.IGNORECASE,
)  # tone marks may be misread; “tháng (month) 06”
DAY_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-–]\s*(\d{1,2})\s*[/.\-–]\s*(\d{4})(?!\d)")
MONTHS = ("giêng|một", "hai", "ba", "tư", "năm", "sáu", "bảy|bẩy", "tám", "chín", "mười", "mười một", "mười hai|chạp")
MONTHS_IN_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split("|")} | {
    name: number for number, name in enumerate(MONTHS_IN_ENGLISH, 1)
}
DAY_SPOKEN = re.compile(
    r"(?<!\d)(\d{1,2})\s*,?\s*th\w{1,2}ng\s+"
    rf"({'|'.join(sorted('|'.join(MONTHS).split('|'), key=len, reverse=True))})\s*,?\s*n\w{{1,2}}m\s*(\d{{4}})(?!\d)",
    re.IGNORECASE,
)  # “20 tháng Mười năm 2025”
ENGLISH = rf"({'|'.join(MONTHS_IN_ENGLISH)})[a-z]{{0,6}}\.?"
DAY_ENGLISH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]*{ENGLISH}[\s,\-]*(\d{{4}})(?!\d)", re.IGNORECASE
)  # “15 Jan 2026”
DAY_AMERICAN = re.compile(rf"\b{ENGLISH}\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(\d{{4}})(?!\d)", re.IGNORECASE)
DAY_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
DAY_FORMS = (  # and which groups are year, month and day
    (DAY_WORDS, (2, 1, 0)),
    (DAY_SPOKEN, (2, 1, 0)),
    (DAY_NUMBERS, (2, 1, 0)),
    (DAY_ISO, (0, 1, 2)),
    (DAY_ENGLISH, (2, 1, 0)),
    (DAY_AMERICAN, (2, 0, 1)),
)


def find_day(raw: str) -> date | None:
    """The first date in any of the usual forms; None if there is none, or none that exists."""
    return next((found for _, found in days_in(raw)), None)


def days_in(raw: str) -> list[tuple[tuple[int, int], date]]:
    """Every date in the text that exists, in any of the usual forms, with where it begins and ends; in order."""
    found: dict[int, tuple[tuple[int, int], date]] = {}
    for pattern, order in DAY_FORMS:
        for match in pattern.finditer(raw):
            year, month, number = (_number(match.group(place + 1)) for place in order)
            if EARLIEST_YEAR <= year <= LATEST_YEAR:
                with suppress(ValueError):
                    found.setdefault(match.start(), (match.span(), date(year, month, number)))
    return [found[start] for start in sorted(found)]


def _number(written: str) -> int:
    """“03”, or the name of a month."""
    return int(written) if written.isdigit() else MONTH_NUMBERS[unicodedata.normalize("NFC", written).lower()]
