"""The parties to a contract: which of them makes the product, where no form tells the applicant."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extraction import values
from extraction.labels import reading_of
from extraction.lines import Line, are_level, words_within
from extraction.readings import FieldReading, PageKind, PageReading, Word

HOLDER = "evidence.holder"
HOLDERS = ("hop tac xa", "htx", "cong ty", "ho kinh doanh", "to hop tac", "doanh nghiep", "co so", "lien hiep")
SELLS = re.compile(
    r"\b(?:BÊN BÁN|BÊN CUNG CẤP|NHÀ CUNG CẤP|BÊN GIAO|NHÀ SẢN XUẤT)\b(?: HÀNG)?(?: \([^()]*\))?", re.IGNORECASE
)
BUYS = re.compile(
    r"\b(?:BÊN MUA|NHÀ PHÂN PHỐI|BÊN PHÂN PHỐI|BÊN NHẬN|ĐẠI LÝ|BÊN TIÊU THỤ)\b(?: HÀNG)?(?: \([^()]*\))?", re.IGNORECASE
)
HEAD_WORDS = 8  # of the words for the parties
PARTY_LINES, COLUMN_GAP = 3, 0.7  # below the words for the parties, their names; line heights between columns
BUYER = re.compile(
    r"\bbên mua(?: hàng)?(?:\s*\([^()]*\))?\)?\s*:\s*(?P<name>[^,;:]{6,90}?)"
    r"(?=\s*(?:[,;.]\s|[,;.]?$|đại diện\b|địa chỉ\b))",
    re.IGNORECASE,
)


def contract_party(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """Who buys material or sells a product, as holder of the contract; none or one."""
    return _by_role(page, lines) or (_buyer(page, lines) if page.kind is PageKind.MATERIAL_ORIGIN else [])


def _by_role(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“NHÀ PHÂN PHỐI | NHÀ CUNG CẤP” over two columns: who buys material, or sells a product, makes the product."""
    sells, buys = (next((found for line in lines if (found := _role_in(line, roles))), None) for roles in (SELLS, BUYS))
    if sells is None or buys is None or not are_level(sells, buys):
        return []
    own, other = (sells, buys) if page.kind is PageKind.MARKET else (buys, sells)
    below = [part for line in lines if line.box[1] >= max(own.box[3], other.box[3]) for part in _columns(line)]
    column = [part for part in below if _is_nearer(part.words, own.words, other.words)][:PARTY_LINES]
    at = next((at for at, part in enumerate(column) if part.folded.startswith(HOLDERS)), None)
    if at is None:
        return []
    name = [column[at], *(part for part in column[at + 1 : at + 2] if part.text.isupper() and ":" not in part.text)]
    words = [word for part in name for word in part.words]
    reading = reading_of(HOLDER, values.text, words, page.number, column[at].box)
    return [reading] if reading else []


def _role_in(line: Line, roles: re.Pattern[str]) -> Line | None:
    """The words of a line that name such a party, with what stands in brackets behind them."""
    heads = line.text.isupper() or (len(line.words) <= HEAD_WORDS and line.text.startswith(("BÊN ", "NHÀ ")))
    found = roles.search(line.text) if heads else None
    return None if found is None else Line(line.page, tuple(words_within(line.words, *found.span())))


def _columns(line: Line) -> list[Line]:
    """The parts of a line on either side of its widest gap, if that is wider than a blank."""
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(line.words)]
    if not gaps or max(gaps) <= COLUMN_GAP * line.height:
        return [line]
    cut = gaps.index(max(gaps)) + 1
    return [line.part(0, cut), line.part(cut, len(line.words))]


def _is_nearer(words: Sequence[Word], own: Sequence[Word], other: Sequence[Word]) -> bool:
    return abs(_middle(words) - _middle(own)) < abs(_middle(words) - _middle(other))


def _middle(words: Sequence[Word]) -> float:
    return (words[0].box[0] + words[-1].box[2]) / 2


def _buyer(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“BÊN B (BÊN MUA): CÔNG TY …”: who buys material makes the product."""
    for line in lines:
        found = BUYER.search(line.text)
        if found is not None:
            reading = reading_of(
                HOLDER, values.text, words_within(line.words, *found.span("name")), page.number, line.box
            )
            return [reading] if reading else []
    return []
