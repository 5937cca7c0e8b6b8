"""When a dossier was handed in, as its own papers date it: papers must be in force then."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from extraction.days import find_day
from extraction.lines import lines_of
from extraction.readings import PageKind, PageReading

DATED_FORMS = (PageKind.REGISTRATION_FORM, PageKind.SELF_ASSESSMENT, PageKind.COMMUNE_REPORT)
PLACE_AND_DATE = re.compile(r"(?:^|[,.…] ?)ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}\W*$", re.IGNORECASE)


def handed_in(pages: Sequence[PageReading]) -> date | None:
    """The last day above a signature of Mẫu số 01 to 03, of the year that most of them name. `pages`: with kinds."""
    signed = [
        day
        for page in pages
        if page.kind in DATED_FORMS
        for line in lines_of(page)
        if PLACE_AND_DATE.search(line.text) and (day := find_day(line.text)) is not None
    ]
    if not signed:
        return None
    year, _ = Counter(day.year for day in signed).most_common(1)[0]
    return max(day for day in signed if day.year == year)
