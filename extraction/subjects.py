"""What a paper is about where it names no product: the trades of a registration, a plant, the work of the employed."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from extraction.folding import fold
from extraction.geometry import holds
from extraction.goods import in_one_line, in_sentences, product
from extraction.lines import Line
from extraction.readings import Cell, FieldReading, PageKind, PageReading, Word
from extraction.translations import in_each_language, in_vietnamese, is_foreign

TRADE_HEAD = re.compile(r"ten (?:nganh|nganh nghe)(?: kinh doanh)?$")  # folded
TRADES = re.compile(r"(?:\d+ )?nganh nghe(?: kinh doanh)?$")  # folded: a heading over the only trade
TRADES_BESIDE = re.compile(r"^\W*(?:\d+[.)]?\s*)?Ngành,? nghề(?: kinh doanh)?:?\s+(?=[A-ZĐÀ-Ỹ])")  # without a colon
NUMBERED = re.compile(r"^(?:STT|TT|\d+\s*[.)])")
OPEN_SENTENCE = re.compile(  # folded: what follows it is the product, alone on its line
    r"\b(?:de san xuat(?: kinh doanh)?|(?:cho|trong) pham vi(?: chung nhan)?|dung cho|su dung cho|"
    r"regulations for|for (?:the )?following products|(?:for|in) the scope [o0]f)$"
)
LONGEST = 16  # words
PLANT_IN_TITLE = re.compile(
    r"^(?:của|cho|đối với) (?:(?:cơ sở|dự án):? (?=[A-ZĐÀ-Ỹ])|(?=(?:Cơ sở|Dự án|Xưởng|Nhà máy) ))(?P<name>[^:;]{6,90})$"
)
NAMED_PLANT = re.compile(r"\b(?:cơ sở|dự án)\s+[“\"](?P<name>[^”\"]{6,90})[”\"]", re.IGNORECASE)
QUOTED_PLANT = re.compile(r"[“\"](?P<name>(?:Cơ sở|Xưởng|Nhà máy|Dự án) [^”\"]{4,90})[”\"]")
IN_SCOPE = re.compile(r"\b(?:cho|trong) phạm vi(?: chứng nhận)?\s?:\s+(?P<name>[A-ZĐÀ-Ỹ][^.:;/]{4,90}?)(?=\s*[.;/]|$)")
SPOKEN_PLANT = re.compile(
    r"\b(?:đối với|của) (?P<name>(?:[Cc]ơ sở|[Xx]ưởng|[Dd]ự án)(?! (?:nêu|này|trên|đó)\b)(?: [a-zà-ỹđ]+){2,14}?)"
    r"(?=,| (?:tại|ở|của|do|với|thuộc|theo|có|được|đã)\b|\.)"
)
PROJECT = re.compile(
    r"\b(?:của|cho) dự án:? (?P<name>(?:Đầu tư|Xây dựng) [^.:;]{6,90}?)(?= (?:ngày|tại|của|do)\b|\s*[,.;])"
)
ACTIVITY = re.compile(
    r"\bđối với hoạt động (?P<name>(?!(?:nêu|này|trên|của)\b)[a-zà-ỹđ]+ [^.:;()]{4,80}?(?:\.\d{3}[^.:;()]{1,20}?)?)"
    r"(?= (?:tại|ở|của|theo)\b)"
)
WORK = re.compile(
    r"\b(?:lao động (?:cho|trong) (?:việc|khâu)|tham gia (?:vào )?(?:việc )?sản xuất|trong việc)"
    r" (?P<name>(?!sản phẩm|và\b)[^.:;,()]{4,60}?)(?=\s*[.,;(]|,? (?:tại|của|tính|ở|trong|với|năm|theo)\b|$)"
)
MOST_TRADES_COLUMNS = 5


def subject_of(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """What the paper is about, as a product; none or one."""
    ways = WAYS.get(page.kind, ())
    return next((found for way in (*ways, _in_scope, _below_an_open_sentence) if (found := way(page, lines))), [])


def _first_trade(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """The first row below “Tên ngành”, or what stands beside or alone below “Ngành, nghề kinh doanh”."""
    for table in page.tables:
        head = next((cell for cell in table.cells if _is_trade_head(cell)), None)
        first = head and next((c for c in table.cells if (c.row, c.col) == (head.row + 1, head.col)), None)
        if first is not None:
            return _read(page, [word for word in page.words if holds(first.box, word.box)])
    for line in lines:
        label = TRADES_BESIDE.match(line.text)
        if label is not None:
            return _read(page, line.words[label.group().rstrip().count(" ") + 1 :])
    for heading, line in pairwise(lines):
        if TRADES.match(heading.folded) and not NUMBERED.match(line.text) and ":" not in line.text:
            return _read(page, line.words)
    return []


def _is_trade_head(cell: Cell) -> bool:
    return cell.col < MOST_TRADES_COLUMNS and any(TRADE_HEAD.match(fold(part)) for part in in_each_language(cell.text))


def _below_an_open_sentence(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“… phù hợp với quy định cho phạm vi / for the scope of / Sản xuất nước mắm”: on the next Vietnamese line."""
    for number, line in enumerate(lines):
        if OPEN_SENTENCE.search(line.folded) is None:
            continue
        below = next((each for each in lines[number + 1 : number + 3] if not _goes_on_open(each)), None)
        if below is not None and ":" not in below.text and 1 < len(below.words) <= LONGEST:
            return _read(page, below.words)
    return []


def _in_scope(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“for the following scope / cho phạm vi: Sản xuất chả mực”, on one line."""
    return in_one_line(page, lines, IN_SCOPE)


def _goes_on_open(line: Line) -> bool:
    return OPEN_SENTENCE.search(line.folded) is not None or is_foreign(line)


def _plant(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    return in_one_line(page, lines, PLANT_IN_TITLE) or in_sentences(
        page, lines, NAMED_PLANT, QUOTED_PLANT, PROJECT, SPOKEN_PLANT, ACTIVITY
    )


def _work(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    return in_sentences(page, lines, WORK)


def _read(page: PageReading, words: Sequence[Word]) -> list[FieldReading]:
    return product(page, in_vietnamese(words))


WAYS: dict[PageKind, tuple[Callable[[PageReading, Sequence[Line]], list[FieldReading]], ...]] = {
    PageKind.BUSINESS_REGISTRATION: (_first_trade,),
    PageKind.BUSINESS_GROWTH: (_first_trade,),
    PageKind.ENVIRONMENT: (_plant,),
    PageKind.LOCAL_LABOUR: (_work,),
}
