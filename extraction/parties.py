"""The parties to a contract or invoice: whether the applicant buys or sells, and which of them makes the product."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from extraction import values
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.issuers import SELLER
from extraction.kinds import TOP_SHARE
from extraction.lines import Line, are_level, lines_of, words_within
from extraction.readings import Box, FieldReading, PageKind, PageReading, Word

HOLDER = "evidence.holder"
HOLDERS = ("hop tac xa", "htx", "cong ty", "ho kinh doanh", "to hop tac", "doanh nghiep", "co so", "lien hiep", "dntn")
GROUPS = ("nhom nong dan", "nhom ho", "nhom san xuat", "ho san xuat")  # folded: makers without a business
SELLER_AND_BUYER = ("ben ban", "ben mua")  # folded
LIKE_NAME = 88  # likeness of folded names
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


def bought(page: PageReading, applicant: str) -> bool:
    """Whether a contract or invoice is of what the applicant bought: another one sells, and the applicant is named.

    It tells where the material comes from; invoices of what was sold prove the market.
    """
    lines, name = lines_of(page), fold(applicant)
    below = _is_below_buyer(lines, name)
    if below is not None:
        return below
    spoken = " ".join(line.folded for line in lines)
    if re.search(rf"\b(?:ben|don vi|nguoi|to chuc) mua(?: \w+){{0,4}} {re.escape(name)}\b", spoken):
        return True
    if not any(line.folded.startswith("hoa don") for line in lines if line.box[1] <= TOP_SHARE * page.height):
        return False
    sellers = [
        " ".join(each.folded for each in lines[at : at + 1 + line.text.endswith(":")])
        for at, line in enumerate(lines)
        if _sells(line)
    ]
    others = bool(sellers) and not any(fuzz.partial_ratio(name, seller) > LIKE_NAME for seller in sellers)
    return others and fuzz.partial_ratio(name, spoken) > LIKE_NAME


def sold(page: PageReading, applicant: str) -> bool:
    """Whether a contract is of what the applicant sells, whatever its title: it proves the market."""
    lines, name = lines_of(page), fold(applicant)
    if not any(line.folded.startswith("hop dong") for line in lines if line.box[1] <= TOP_SHARE * page.height):
        return False
    below = _is_below_buyer(lines, name)
    if below is not None:
        return not below
    spoken = " ".join(line.folded for line in lines)
    return re.search(rf"\bben ban(?: \w+){{0,4}} {re.escape(name)}\b", spoken) is not None


def _is_below_buyer(lines: Sequence[Line], name: str) -> bool | None:
    """Of parties in columns, whether the one of this name stands below the word for the buyer; None if they are not."""
    sells, buys = (
        next((line for line in lines if f" {party} " in f" {line.folded} "), None) for party in SELLER_AND_BUYER
    )
    if sells is None or buys is None or not are_level(sells, buys):
        return None
    seller, buyer = (_place_of(line, party) for line, party in zip((sells, buys), SELLER_AND_BUYER, strict=True))
    below = (line for line in lines if line.box[1] >= max(sells.box[3], buys.box[3]) and name in line.folded)
    named = next((_place_of(line, name) for line in below), None)
    return None if named is None else abs(named - buyer) < abs(named - seller)


def _place_of(line: Line, spoken: str) -> int:
    """Where in a line, in pixels from the page's left side, these folded words begin."""
    before = len(f" {line.folded} ".split(f" {spoken} ", 1)[0].split())
    return line.words[min(before, len(line.words) - 1)].box[0]


def _sells(line: Line) -> bool:
    return SELLER.match(line.folded) is not None and ":" in line.text


def holder_named(page: PageReading, words: Sequence[Word], box: Box) -> list[FieldReading]:
    """The holder that these words name, at `box` of the page; none where they have no text."""
    reading = reading_of(HOLDER, values.text, words, page.number, box)
    return [reading] if reading else []


def contract_party(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """Who buys material or sells a product, as holder of the contract; none or one."""
    buyer = _buyer(page, lines) if page.kind is PageKind.MATERIAL_ORIGIN else []
    return _by_role(page, lines) or _in_rows(page) or buyer


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
    return holder_named(page, _name_atop(column[at:]), column[at].box)


def _in_rows(page: PageReading) -> list[FieldReading]:
    """“BÊN B (Nhà sản xuất) | CÔNG TY …” in a table with a row for each of the parties."""
    own = SELLS if page.kind is PageKind.MARKET else BUYS
    for table in page.tables:
        roles = [cell for cell in table.cells if cell.col == 0 and cell.text.startswith(("BÊN ", "NHÀ "))]
        told = next((cell for cell in roles if own.search(cell.text.replace("\n", " "))), None)
        if told is None or len(roles) < 2:
            continue
        beside = next((cell for cell in table.cells if (cell.row, cell.col) == (told.row, told.col_span)), None)
        words = [] if beside is None else [word for word in page.words if holds(beside.box, word.box)]
        lines = lines_of(page.model_copy(update={"words": tuple(words), "tables": ()}))
        if lines and lines[0].folded.startswith(HOLDERS):
            return holder_named(page, _name_atop(lines), lines[0].box)
    return []


def _name_atop(lines: Sequence[Line]) -> list[Word]:
    """The words of a name on the first line, which runs on to the second where that is in capitals."""
    name = [lines[0], *(line for line in lines[1:2] if line.text.isupper() and ":" not in line.text)]
    return [word for line in name for word in line.words]


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
            return holder_named(page, words_within(line.words, *found.span("name")), line.box)
    return []
