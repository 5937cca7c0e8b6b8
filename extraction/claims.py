"""Mẫu số 02 Part III: the points the applicant claims, criterion by criterion, as prose or as a table."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extraction.claim_parts import CODE, CRITERION_WORD, Claim, claim_of
from extraction.claimed_points import POINTS, points_in
from extraction.doubt import LOW, LOW_CONFIDENCE
from extraction.folding import fold
from extraction.forms import PrintedCriterion, PrintedTable
from extraction.lines import Line, is_page_number, lines_of
from extraction.named_claims import named_claims
from extraction.readings import CriterionReading, PageReading, Word
from extraction.table_claims import claims_in_tables
from extraction.titled_claims import TitledClaim, titled_claims
from extraction.totals import TOTAL

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
SECTION_TOTAL = re.compile(r"^(?:tong |cong )+(?:diem )?(?:cua )?phan [abc]\b|^phan [abc] (?:cong|tong|dat|duoc)\b")
TITLE_ENDS = re.compile(r"[.:;(–]|\s-\s")
SENTENCE_END = (".", ":", ";", "!", "?", ")")
TITLE_ALIKE = 60
CODED = 0.5  # share of the criteria that codes tell, below which paragraphs without any are looked for
SHORTENED, SHORTEST = 75.0, 2  # how well a title fits of which words were left out; words that are left at least
NOT_LISTED = "Số điểm tự chấm không phải là mức điểm của tiêu chí này."
AMBIGUOUS = "Nhiều lựa chọn có cùng số điểm; chọn theo mô tả gần nhất."
MISMATCH = "Tên tiêu chí không khớp với mã số; kiểm tra lại."
OTHERWISE = "Đọc theo cách khác thì tiêu chí này được số điểm khác; đối chiếu với ảnh trang."
NO_POINTS = "Không thấy số điểm tự chấm của tiêu chí này."


def find_claims(pages: Sequence[PageReading], table: PrintedTable) -> list[Claim]:
    """Everything that looks like a claim on the self-assessment's pages: those in tables, then those in prose."""
    most = {criterion.code: criterion.max_points for criterion in table.criteria if criterion.scorable}
    return [*claims_in_tables(pages, most), *_in_prose(pages)]


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
    claim = claim_of(titled.criterion.code, told.title, number, titled.text, told.words, told.page)
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
            if _beginsclaim_of(line, before):
                paragraphs.append((page.number, list(line.words)))
                ended = False
            elif TOTAL.search(line.folded) or SECTION_TOTAL.match(line.folded):
                ended = True  # what follows is no criterion's
            elif paragraphs and not ended:
                paragraphs[-1][1].extend(line.words)
            before = line.text
    return [claim for number, words in paragraphs for claim in _from_prose(number, words)]


def _beginsclaim_of(line: Line, before: str) -> bool:
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
    return claim_of(code, title, match.group(1) if match else None, description, words, page)


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
