"""Mẫu số 02 Part III: the points the applicant claims, criterion by criterion, as prose or as a table."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rapidfuzz import fuzz

from extraction.claimed_points import POINTS, points_in
from extraction.doubt import LOW, LOW_CONFIDENCE, doubt_of
from extraction.folding import fold
from extraction.forms import PrintedCriterion, PrintedTable
from extraction.geometry import holds
from extraction.lines import Line, around, is_page_number, lines_of
from extraction.named_claims import named_claims
from extraction.readings import Box, Cell, CriterionReading, PageReading, Table, Word
from extraction.titled_claims import TitledClaim, titled_claims
from extraction.totals import DUST, TOTAL

CODE = re.compile(
    r"^[-–+•*\s]*(?:(?:(?:ở|tại|với|đối với|về|theo|riêng|còn) )?(?:tiêu chí|tiểu mục|mục)(?:\s+số)?\s+)?"
    r"\(?(\d{1,2}(?:\s?[.,]{1,2}\s?\d{1,2}){0,2}|[\dlIO]{1,2}(?:[.,][\dlIO]{1,2}){1,2}|[IVX]{1,4}\.\d{1,2})\s?[.):/]?"
    r"(?:\s+|$)",
    re.IGNORECASE,
)  # a digit of a code may be read as a letter, and dirt as a second dot
IN_ROMAN = re.compile(r"(I{1,3}|IV|VI{0,3}|IX|X)\.(\d{1,2})")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
LETTERS_AS_DIGITS = str.maketrans("lIO", "110")
LIKE_DIGITS = re.compile(r"[\dlIO]{1,2}")  # old figures: a 1 drawn as a small I
CRITERION_WORD = r"(?:tiêu\s+chí|tiểu\s+mục|mục)"  # what stands before a code
INNER = re.compile(rf"\b{CRITERION_WORD}(?:\s+số)?\s+" r"(\d{1,2}(?:\.\d{1,2}){1,2})(?![\d.]*\d)", re.IGNORECASE)
NAMED = re.compile(
    r"^[-–+•*\s]*(?:(?:Về|Đối với|Với|Ở|Tại|Riêng)\s+)?(?P<title>[^\W\d][^().:;\d]{1,80}?)\s*"
    rf"\((?:{CRITERION_WORD}\s+|(?=\d{{1,2}}\.))"
    r"(?P<code>\d{1,2}(?:\.\d{1,2}){0,2})\)\s*[:.,]?\s*",
    re.IGNORECASE,
)  # the title before its code
NAMED_INSIDE = re.compile(
    r"(?<=[.;]\s)(?:Về\s+)?(?P<title>[^\W\d][^().:;\d]{1,80}?)\s*"
    rf"\({CRITERION_WORD}\s+"
    r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,2})\)\s*[:.,]?\s*",
    re.IGNORECASE,
)  # another of the same paragraph
TITLE_IN_CELL = re.compile(
    r"^(?P<title>[^()]{3,}?)\s*\("
    rf"{CRITERION_WORD}"
    r"(?:\s+(?P<code>\d{1,2}(?:\.\d{1,2}){0,2})\)\.?)?\s*$",
    re.IGNORECASE,
)  # “TÍNH ĐỘC ĐÁO (tiêu chí 7)”, the code of which a page's end may cut off
SECTION_TOTAL = re.compile(r"^(?:tong |cong )+(?:diem )?(?:cua )?phan [abc]\b|^phan [abc] (?:cong|tong|dat|duoc)\b")
TITLE_ENDS = re.compile(r"[.:;(–]|\s-\s")
NUMBER_ONLY = re.compile(r"^\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:điểm|đ)?\s*$", re.IGNORECASE)
SENTENCE_END = (".", ":", ";", "!", "?", ")")
LEAST_COLUMNS = 3
PLAIN_HEADS = ("diem", "so diem", "diem so", "diem tu cham")  # folded
LONGEST_HEAD = 20  # folded signs of the names below a common one: “Số điểm”, and below it “Chuẩn | Tự chấm”
LEAST_ROWS = 4  # with points in a column, for it to be compared with the maxima
LEAST_CODED = 2  # rows of a column that tell that the codes stand there
TITLE_ALIKE = 60
CODED = 0.5  # share of the criteria that codes tell, below which paragraphs without any are looked for
SHORTENED, SHORTEST = 75.0, 2  # how well a title fits of which words were left out; words that are left at least
UNSURE_COLUMN = 0.4
NOT_LISTED = "Số điểm tự chấm không phải là mức điểm của tiêu chí này."
AMBIGUOUS = "Nhiều lựa chọn có cùng số điểm; chọn theo mô tả gần nhất."
MISMATCH = "Tên tiêu chí không khớp với mã số; kiểm tra lại."
OTHERWISE = "Đọc theo cách khác thì tiêu chí này được số điểm khác; đối chiếu với ảnh trang."
NO_POINTS = "Không thấy số điểm tự chấm của tiêu chí này."


@dataclass(frozen=True)
class Claim:
    """A paragraph or table row that begins with a criterion's code."""

    code: str
    title: str
    points: Fraction | None
    description: str
    page: int
    box: Box
    confidence: float
    doubt: str | None = None  # why the points must be looked at, if they were read twice
    beside: tuple[str, ...] = ()  # the other cells of its row, one of which may be the title


def find_claims(pages: Sequence[PageReading], table: PrintedTable) -> list[Claim]:
    """Everything that looks like a claim on the self-assessment's pages: those in tables, then those in prose."""
    most = {criterion.code: criterion.max_points for criterion in table.criteria if criterion.scorable}
    return [*_in_tables(pages, most), *_in_prose(pages)]


def claimed_criteria(pages: Sequence[PageReading], table: PrintedTable) -> list[CriterionReading]:
    """The claims as readings of the table's rows; of several for one row, the one whose title fits best."""
    best: dict[str, tuple[float, CriterionReading]] = {}
    for claim in find_claims(pages, table):
        criterion, fit = _criterion_of(claim, table)
        if criterion is None:
            continue
        reading = _reading(claim, criterion, fit)
        score = fit + (0 if claim.points is None else 100)
        if criterion.code not in best or score > best[criterion.code][0]:
            best[criterion.code] = (score, reading)
    if len(best) < CODED * sum(criterion.scorable for criterion in table.criteria):
        ways = sorted((titled_claims(pages, table), named_claims(pages, table)), key=len, reverse=True)
        for titled in (each for way in ways for each in way):
            found = _of_titled(titled)
            known = best.get(titled.criterion.code)
            if known is None or (known[1].points is None and found.points is not None):
                best[titled.criterion.code] = titled.fit, found
            elif known[1].points != found.points and found.points is not None and not known[1].needs_review:
                doubted = known[1].model_copy(update={"needs_review": True, "reason": OTHERWISE})
                best[titled.criterion.code] = known[0], doubted
    return [best[criterion.code][1] for criterion in table.criteria if criterion.code in best]


def _of_titled(titled: TitledClaim) -> CriterionReading:
    """The reading of a paragraph, or a sentence, that names its criterion and bears no code."""
    points = points_in(titled.text, titled.text)
    told, number = titled.told, points.group(1) if points else None
    claim = _claim(titled.criterion.code, told.title, number, titled.text, told.words, told.page)
    return _reading(claim, titled.criterion, titled.fit)


def _in_prose(pages: Sequence[PageReading]) -> list[Claim]:
    """Paragraphs `1.1. Title: 3 điểm. Mô tả: … Minh chứng: …`, also over a page's end."""
    paragraphs: list[tuple[int, list[Word]]] = []
    for page in pages:
        tables = [table.box for table in page.tables if len(table.cells) >= 6]
        before, ended = "", False
        for line in lines_of(page):
            inside = any(box[1] <= (line.box[1] + line.box[3]) / 2 <= box[3] for box in tables)
            if inside or is_page_number(line, page):
                continue
            if _begins_claim(line, before):
                paragraphs.append((page.number, list(line.words)))
                ended = False
            elif TOTAL.search(line.folded) or SECTION_TOTAL.match(line.folded):
                ended = True  # what follows is no criterion's
            elif paragraphs and not ended:
                paragraphs[-1][1].extend(line.words)
            before = line.text
    return [claim for number, words in paragraphs for claim in _from_prose(number, words)]


def _begins_claim(line: Line, before: str) -> bool:
    """Whether a line begins with a criterion's code, not with a number of the sentence that runs over from `before`."""
    if NAMED.match(line.text):
        first = line.text.lstrip("-–+•* ")[:1]
        return first.isupper() and (not before or before.isupper() or before.rstrip().endswith(SENTENCE_END))
    code = CODE.match(line.text)
    if code is None or len(line.folded.split()) < 2 or POINTS.match(line.text.lstrip()):
        return False
    runs_on = bool(before) and not before.rstrip().endswith(SENTENCE_END) and line.text[code.end() :][:1].islower()
    return not runs_on


def _from_prose(page: int, words: Sequence[Word]) -> list[Claim]:
    """What a paragraph claims: for its own criterion, or for several of its section, one after the other."""
    text = " ".join(word.text for word in words)
    named = NAMED.match(text)
    if named is not None:
        several = [named, *NAMED_INSIDE.finditer(text, named.end())]
        ends = [found.start() for found in several[1:]] + [len(text)]
        return [
            _told(page, words, found["code"], f"{found['title']}: {text[found.end() : end]}")
            for found, end in zip(several, ends, strict=True)
        ]
    own = CODE.match(text)
    if own is None:
        return []
    inner = [found for found in INNER.finditer(text, own.end()) if found[1].startswith(f"{own[1]}.")]
    if not inner:
        return [_told(page, words, own[1], text[own.end() :])]
    ends = [found.start() for found in inner[1:]] + [len(text)]
    return [_told(page, words, found[1], text[found.end() : end]) for found, end in zip(inner, ends, strict=True)]


def _told(page: int, words: Sequence[Word], code: str, rest: str) -> Claim:
    """The claim for a criterion of whose paragraph `rest` stands behind its code."""
    described = re.split(r"\b(?:Mô tả|Mồ tả|Mo ta|Diễn giải|Thuyết minh)\s*:?", rest, maxsplit=1)
    head = described[0]
    match = points_in(head, rest)
    title = head[: match.start()] if match and match.start() < len(head) else head
    description = described[1] if len(described) > 1 else rest[match.end() :] if match else ""
    return _claim(code, title, match.group(1) if match else None, description, words, page)


def _in_tables(pages: Sequence[PageReading], most: Mapping[str, Fraction]) -> list[Claim]:
    """Rows `code | title | points | description | evidence`, columns in any order.

    A table that goes on over pages names its columns on the first one only. `most`: the points of each criterion's best
    option, which another column may print.
    """
    claims = []
    columns: dict[int, int] = {}  # number of columns → the one with the applicant's points
    coded: dict[int, int] = {}  # … and the one that begins with the code
    for page in pages:
        for table in page.tables:
            rows: dict[int, list[Cell]] = {}
            for cell in (*table.cells, *_open_row(page, table)):
                rows.setdefault(cell.row, []).append(cell)
            width = max((cell.col + cell.col_span for cell in table.cells), default=0)
            named = _points_column(_with_parted_head(page, rows))
            if named is not None:
                columns[width] = named
            coded[width] = _coded_column(rows, coded.get(width, 0))
            beside = _beside_maxima(rows, coded[width], columns.get(width), most)
            if beside is not None:
                columns[width] = beside
            for _, cells in sorted(rows.items()):
                claim = _from_row(page, _code_first(cells, coded[width]), columns.get(width))
                claims += [claim] if claim is not None else []
    return claims


def _beside_maxima(
    rows: Mapping[int, Sequence[Cell]], coded: int, known: int | None, most: Mapping[str, Fraction]
) -> int | None:
    """The column of points where the one `known`, or the first, prints the maxima of all criteria; None elsewhere."""
    numbers: dict[int, dict[str, Fraction]] = {}
    for cells in rows.values():
        code = next(
            (found[1] for cell in cells if cell.col == coded and (found := CODE.match(cell.text.strip()))), None
        )
        for cell in cells if code in most else ():
            if cell.col != coded and (number := _number(cell.text)) is not None:
                numbers.setdefault(cell.col, {})[str(code)] = Fraction(number.replace(",", "."))
    told = sorted(col for col, said in numbers.items() if len(said) >= LEAST_ROWS)
    maxima = [col for col in told if all(number == most[code] for code, number in numbers[col].items())]
    others = [col for col in told if col not in maxima]
    return others[0] if len(others) == 1 and maxima and known in (None, *maxima) else None


def _with_parted_head(page: PageReading, rows: dict[int, list[Cell]]) -> dict[int, list[Cell]]:
    """The rows, a head in one cell parted as the columns below it are: on a dark ground no rules are seen."""
    if not rows or len(rows[min(rows)]) != 1:
        return rows
    head, below = rows[min(rows)][0], max(rows.values(), key=len)
    if len(below) < LEAST_COLUMNS:
        return rows
    boxes = [(cell.box[0], head.box[1], cell.box[2], head.box[3]) for cell in below]
    texts = [" ".join(word.text for word in page.words if holds(box, word.box)) for box in boxes]
    cells = [
        cell.model_copy(update={"row": head.row, "box": box, "text": text})
        for cell, box, text in zip(below, boxes, texts, strict=True)
    ]
    return {**rows, head.row: cells}


def _coded_column(rows: dict[int, list[Cell]], before: int) -> int:
    """The column whose cells begin with criteria's codes: the first one, or another with “1.1. Nguồn nguyên liệu”."""
    counts: Counter[int] = Counter()
    for cell in (cell for cells in rows.values() for cell in cells):
        code = CODE.match(cell.text.strip())
        alone = code is not None and code.end() == len(cell.text.strip())
        titled = code is not None and any(sign.isalpha() for sign in cell.text[code.end() :])
        counts[cell.col] += (titled or alone) and "." in (code[1] if code else "")
    most, count = max(counts.items(), key=lambda each: (each[1], -each[0]), default=(before, 0))
    return most if count >= LEAST_CODED else before


def _code_first(cells: Sequence[Cell], coded: int) -> list[Cell]:
    """A row's cells from left to right, behind the one with the code."""
    return sorted(cells, key=lambda cell: (cell.col != coded, cell.col))


def _open_row(page: PageReading, table: Table) -> list[Cell]:
    """A row below the last rule: it goes on over the page's end, where none was drawn. None unless a code begins it."""
    bottom = max((cell.row for cell in table.cells), default=0)
    last = sorted((cell for cell in table.cells if cell.row == bottom), key=lambda cell: cell.col)
    if len(last) < LEAST_COLUMNS or any(each.box[1] >= table.box[3] for each in page.tables if each is not table):
        return []
    below = [word for line in lines_of(page) if not is_page_number(line, page) for word in line.words]
    below = [word for word in below if (word.box[1] + word.box[3]) / 2 > table.box[3]]
    end = max((word.box[3] for word in below), default=0)
    boxes = [(cell.box[0], table.box[3], cell.box[2], end) for cell in last]
    texts = [" ".join(word.text for word in below if holds(box, word.box)) for box in boxes]
    first = min((word.box[1] for word in below), default=0)
    code = CODE.match(texts[0].strip())
    begins = any(word.box[1] <= first + (word.box[3] - word.box[1]) for word in below if holds(boxes[0], word.box))
    numbers = sum(NUMBER_ONLY.match(text.strip(DUST)) is not None for text in texts[1:])
    if code is None or not begins or not numbers:
        return []
    return [
        Cell(row=bottom + 1, col=cell.col, col_span=cell.col_span, box=box, text=text)
        for cell, box, text in zip(last, boxes, texts, strict=True)
    ]


def _from_row(page: PageReading, cells: Sequence[Cell], column: int | None) -> Claim | None:
    """A row that begins with a code. Where no column is known to hold the points, of several numbers none is sure."""
    titled = next((cell for cell in cells if TITLE_IN_CELL.match(cell.text)), None)
    if titled is not None and len(cells) >= LEAST_COLUMNS:
        return _from_titled_row(page, cells, titled, column)
    code = CODE.match(cells[0].text.strip())
    if code is None or len(cells) < 2:
        return None
    own = cells[0].text.strip()[code.end() :].strip()
    own = own if any(sign.isalpha() for sign in own) else ""  # a second piece of the number
    others = [cell.text for cell in cells[1:] if cell.col != column]
    title, description = (own, " ".join(others)) if own else (others[0] if others else "", " ".join(others[1:]))
    numbers = [found for cell in cells[1:] if column in (None, cell.col) and (found := _number(cell.text)) is not None]
    box = around(cell.box for cell in cells)
    inside = [word for word in page.words if _within(word.box, box)]
    claim = _claim(code.group(1), title, numbers[0] if numbers else None, description, inside, page.number, box)
    claim = replace(claim, beside=tuple(others))
    return claim if len(set(numbers)) <= 1 else replace(claim, confidence=UNSURE_COLUMN)


def _from_titled_row(page: PageReading, cells: Sequence[Cell], titled: Cell, column: int | None) -> Claim | None:
    """A row `23 | 2/2 | Tạp chất (tiêu chí 6.1.1) | …`, whose first number only counts the rows."""
    named = TITLE_IN_CELL.match(titled.text)
    points = next((found for cell in cells if cell.col == column and (found := _number(cell.text)) is not None), None)
    if named is None or points is None:
        return None
    told = " ".join(cell.text for cell in cells if cell is not titled and cell.col != column)
    box = around(cell.box for cell in cells)
    inside = [word for word in page.words if _within(word.box, box)]
    title = " ".join(named["title"].split())
    return _claim(named["code"] or "", title, points, told, inside, page.number, box)


def _within(box: Box, outer: Box) -> bool:
    return outer[1] <= (box[1] + box[3]) / 2 <= outer[3] and outer[0] <= box[0] <= outer[2]


def _points_column(rows: dict[int, list[Cell]]) -> int | None:
    """The column whose heading speaks of the applicant's points; the printed maxima are another column.

    A part's title across all columns, “PHẦN B: … – tự chấm 19 điểm”, is no heading of one.
    """
    heads = [(cells, _names_of(cells)) for _, cells in sorted(rows.items())[:3] if len(cells) > 1]
    for cells, named in heads:
        if len(cells) < LEAST_COLUMNS and max(len(text) for _, text in named) > LONGEST_HEAD:
            continue
        own = [col for col, text in named if "tu cham" in text or "tu danh gia" in text or "diem dat" in text]
        if own and not any(_numbers_in(rows, col) for col in own):
            own += [col for col, text in named if text in PLAIN_HEADS]
        if own:  # “Diễn giải, căn cứ tự chấm”, “Nội dung tự đánh giá” may be among them
            return max(own, key=lambda col: (_numbers_in(rows, col), -col))
    for named in (named for cells, named in heads if len(cells) >= LEAST_COLUMNS):
        plain = [col for col, text in named if text in PLAIN_HEADS]
        if plain:
            return plain[-1]
    return None


def _names_of(cells: Sequence[Cell]) -> list[tuple[int, str]]:
    return [(cell.col, fold(cell.text)) for cell in sorted(cells, key=lambda cell: cell.col)]


def _numbers_in(rows: dict[int, list[Cell]], column: int) -> int:
    return sum(
        bool(NUMBER_ONLY.match(cell.text.strip(DUST)))
        for cells in rows.values()
        for cell in cells
        if cell.col == column
    )


def _number(text: str) -> str | None:
    said = text.strip(DUST)
    said = said.translate(LETTERS_AS_DIGITS) if LIKE_DIGITS.fullmatch(said) else said
    match = NUMBER_ONLY.match(said) or POINTS.search(text)
    return match.group(1) if match else None


def _claim(
    code: str,
    title: str,
    points: str | None,
    description: str,
    words: Sequence[Word],
    page: int,
    box: Box | None = None,
) -> Claim:
    confidence, doubt = _points_doubt(words, points)
    code = IN_ROMAN.sub(lambda found: f"{ROMAN.index(found[1]) + 1}.{found[2]}", re.sub(r"\s", "", code))
    normal = re.sub(r"[.,]+", ".", code.translate(LETTERS_AS_DIGITS)).strip(".")
    number = Fraction(points.replace(",", ".")) if points else None
    return Claim(normal, title, number, description, page, box or around(w.box for w in words), confidence, doubt)


def _points_doubt(words: Sequence[Word], points: str | None) -> tuple[float, str | None]:
    """Of the word that carries the points: the value that decides."""
    carrying = [
        word for word in words if points and re.search(rf"(?<![\d.,]){re.escape(points)}(?![.,]?\d)", word.text)
    ]
    return doubt_of(carrying) if carrying else (min((word.confidence for word in words), default=0.5), None)


def _criterion_of(claim: Claim, table: PrintedTable) -> tuple[PrintedCriterion | None, float]:
    """By code if the title agrees, else by the title alone; how well it fits, 0..100."""
    title = fold(claim.title)
    by_code = table.by_code.get(claim.code)
    fit = max((_fit(said, by_code) for said in (claim.title, *claim.beside)), default=0.0) if by_code else 0.0
    if by_code and by_code.scorable and (fit >= TITLE_ALIKE or (not title and claim.points is not None)):
        return by_code, max(fit, 50.0)
    scorable = [criterion for criterion in table.criteria if criterion.scorable]
    best = max(scorable, key=lambda criterion: _alike(title, criterion.folded))
    likeness = _alike(title, best.folded)
    if likeness >= 85:
        return best, likeness - 20
    if by_code and "." in claim.code and claim.points in by_code.listed:
        return by_code, fit  # to be looked at
    return None, 0.0


def _fit(title: str, criterion: PrintedCriterion) -> float:
    return max(_alike(fold(title), criterion.folded), _shortened(title, criterion.folded))


def _shortened(title: str, printed: str) -> float:
    """How well a title fits that leaves out words of the printed one, and what it says of it afterwards."""
    words, rest = fold(TITLE_ENDS.split(title.strip(" (.:–-"), maxsplit=1)[0]).split(), iter(printed.split())
    return SHORTENED if len(words) >= SHORTEST and all(word in rest for word in words) else 0.0


def _alike(title: str, printed: str) -> float:
    """A title may be cut short or run on into a remark."""
    if not title:
        return 0.0
    return max(fuzz.ratio(title, printed), fuzz.ratio(title[: len(printed)], printed[: len(title)]) - 4)


def _reading(claim: Claim, criterion: PrintedCriterion, fit: float) -> CriterionReading:
    option, reason = _option_of(claim, criterion)
    if claim.points is None:
        reason = NO_POINTS
    elif claim.points not in criterion.listed:
        reason = NOT_LISTED
    elif fit < TITLE_ALIKE:
        reason = MISMATCH
    elif reason is None and (claim.doubt is not None or claim.confidence < LOW_CONFIDENCE):
        reason = claim.doubt or LOW
    return CriterionReading(
        code=criterion.code,
        source="self-assessment",
        points=float(claim.points) if claim.points is not None else None,
        option=option,
        page=claim.page,
        box=claim.box,
        confidence=round(claim.confidence, 4),
        needs_review=reason is not None and reason != AMBIGUOUS,
        reason=reason,
    )


def _option_of(claim: Claim, criterion: PrintedCriterion) -> tuple[int | None, str | None]:
    """The option with these points; of several, the one whose text the description is closest to."""
    if claim.points is None:
        return None, None
    if criterion.is_binary:
        return (1 if claim.points == criterion.max_points else 0), None
    fitting = [number for number, option in enumerate(criterion.options) if option.points == claim.points]
    if len(fitting) <= 1:
        return (fitting[0] if fitting else None), None
    described = fold(claim.description)
    closest = max(fitting, key=lambda number: fuzz.partial_ratio(criterion.options[number].folded, described))
    return closest, AMBIGUOUS
