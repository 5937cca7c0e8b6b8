"""Stamps that certify a copy: `CHỨNG THỰC BẢN SAO …`, `SAO Y BẢN CHÍNH`. Their numbers and days are not the paper's."""

import re

from extraction.lines import Line, lines_of
from extraction.readings import PageReading

COPY = re.compile(
    r"\b(?:chung thuc ban sao|ban sao dung voi|chung thuc dung voi"
    r"|sao y(?: ban ch\w{1,4}(?: \w{1,2})?)?$|sao luc(?: ban chinh)?$)"
)  # folded
OF_STAMP = re.compile(
    r"^(?:ban )?chinh$|^(?:dung voi )?ban chinh\b|\bso chung thuc\b|\bquyen so\b|^(?:\S+ ){0,4}ngay \d"
)  # folded
LINES, REACH = 6, 1.0  # below its first line; of that line's width, how far beside it they may begin or end


def without_copy_stamps(page: PageReading) -> PageReading:
    """The page without the lines of such stamps but for who signed them; the page itself without any."""
    lines = lines_of(page)
    taken: set[int] = set()
    for at, line in enumerate(lines):
        if COPY.search(line.folded) is None:
            continue
        taken.add(at)
        below = range(at + 1, min(len(lines), at + 1 + LINES))
        taken.update(each for each in below if OF_STAMP.search(lines[each].folded) and _is_under(line, lines[each]))
    if not taken:
        return page
    words = tuple(word for at, line in enumerate(lines) if at not in taken for word in line.words)
    return page.model_copy(update={"words": words})


def _is_under(head: Line, line: Line) -> bool:
    reach = REACH * (head.box[2] - head.box[0])
    return line.box[1] >= head.box[1] and line.box[0] < head.box[2] + reach and line.box[2] > head.box[0] - reach
