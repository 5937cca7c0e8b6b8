"""What paper each page belongs to, by the phrases that such papers carry.

A page whose own phrases say nothing continues the paper before it. The phrases stand in `kind_phrases`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from extraction.citations import said_before
from extraction.folding import fold
from extraction.kind_phrases import OPINIONS, PAPERS, TITLES, K
from extraction.lines import NUMBERED_HEADING, Line, lines_of
from extraction.readings import PageKind, PageReading, PageSource

FORMS = (K.REGISTRATION_FORM, K.SELF_ASSESSMENT, K.COMMUNE_REPORT, K.SCORE_SHEET)
COVER_PHRASES = dict(TITLES)[K.COVER]
FORM_WEIGHT = 1.6  # a form names other papers in its text; its own title outweighs them
TOP_SHARE = 0.42  # of the page's height: where a heading stands
BEGIN_SHARE = 0.25
RUNNING_HEAD = 0.06  # a dossier's name there stands on all its pages: it makes no cover of a short last one
BEGINNINGS = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc", "mau so 01", "mau so 02", "mau so 03")
COMMUNE = re.compile(r"\b(?:uy ban nhan dan|ubnd) (?:xa|phuong|dac khu|thi tran)\b")  # folded
COMMUNE_ALONE = re.compile(r"(?:xa|phuong|dac khu|thi tran) \w")
PROVINCE = re.compile(r"^kinh gui\b.*\b(?:uy ban nhan dan|ubnd|so|hoi dong|van phong)\b.*")
LEAST_OPINIONS, LONGEST_SUBJECT = 2, 60  # signs of a cell that names one
OWN_VIEW = re.compile(
    r"\b(?:phan )?(?:iii|3)\b.{0,20}\btu (?:danh gia|cham)|\b(?:phieu|bang|bieu)(?: \w+){0,2} tu (?:danh gia|cham)\b"
    r"|\b(?:chung toi|co so) tu (?:cham|cho diem|nhan xet)\b|\bbao cao tu (?:nhan xet|cham)\b"
    r"|^tu (?:danh gia|cham diem) (?:theo|cua)\b|^ket qua tu (?:danh gia|cham)\b|^bao cao tu danh gia\b"
)  # folded
GROUND = re.compile(r"\s*[-–+•(]?\s*(?:căn cứ|kính gửi|xét|(?:gửi )?kèm theo)\b", re.IGNORECASE)
ACCREDITED = re.compile(r"\bdang ky hoat dong (?:chung nhan|thu nghiem|giam dinh)\b")  # folded: what certifiers have
OCOP_STARS = re.compile(r"\bdat (?:san pham )?(?:ocop )?(?:hang )?\d sao\b|\bocop (?:dat )?(?:hang )?\d sao\b")
HONOURED = re.compile(
    r"\bchung nhan\b.*\bla (?:san pham|tac pham) (?:\w+ ){0,4}tieu bieu\b"
    r"|\b(?:dat|cong nhan|danh hieu)\b.*\b(?:tieu bieu|giai|danh hieu|binh chon|thuong hieu)\b"
)
VALUE = re.compile(
    r"^(?P<label>(?!Báo cáo tự|Phiếu đăng ký)[^:]{2,70}?)\s?:\s+\S"
)  # the colon of `ISO 22000:2018` ends no label
LINES_JOINED = 3  # a heading may run over so many lines
TOP_WEIGHT, BODY_WEIGHT = 3.0, 1.0
LEAST_LIKENESS = 88
LEAST_ALIKE = 8  # signs; shorter phrases are known exactly or not at all
SHORTER, LONGER = 4, (2.6, 12)  # signs a heading may lack; and so many times the phrase, and signs more, it may have
LEAST = 2.5  # below this a page says nothing of its own
FORM_LISTED, LISTED = re.compile(r"\bmau (?:so )?0?([123])\b"), 3  # a list of contents names all three forms; folded
CONTENTS = re.compile(
    r"\b(?:danh muc|muc luc|bang ke (?:ho so|tai lieu|giay to)|bang kiem|thanh phan ho so|kiem tra ho so)\b"
)
LEAF_OF = re.compile(r"\btu trang \d+ den(?: trang)? \d+\b")  # folded: what a separator says of the pages behind it
MENU = re.compile(
    r"\b(?:trang chu|home)\b.*\b(?:lien he|gio hang|tin tuc|gioi thieu|dang nhap|contact)\b"
)  # of a website
FEW_WORDS, COVER_WORDS = 30, 120  # a separator carries one line, a cover a few
SHEET_CODES = re.compile(r"^\(?\d{1,2}\.\d{1,2}")
STARRED = re.compile(r"\d\*{3,5}")
STANDARD = re.compile(
    r"\b(?:vietgap|vietgahp|globalgap|viet gap|tcvn 11892|iso (?:\d{4,5})|c?gmp|haccp|fssc|halal|huu co)\b"
    r"|\bchung nhan(?: rang)? he thong quan ly\b"
)
IN_FORCE = re.compile(
    r"\b(?:hieu luc|gia tri) .*\b(?:so )?(?:giay )?chung (?:nhan|chi)\b|\bchung (?:nhan|chi)\b.* hieu luc\b"
)
SHOWN = re.compile(
    r"\b(?:website|fanpage|hotline|livestream|facebook|zalo|tiktok|youtube|shopee|lazada|mang xa hoi|hoi cho|trien lam|"
    r"gian hang|trang chu|trang thong tin|to roi|banner|video|phong su|quang ba|quang cao)\b"
)
SHOP = re.compile(
    r"\b(?:mua ngay|gio hang|da ban|nguoi theo doi|theo doi shop|xem shop|van chuyen|chi tiet san pham|mo ta san pham|"
    r"kho hang|danh gia san pham|danh gia shop|san pham tuong tu|voucher|xuat xu|thuong hieu|gian hang|trang chu|"
    r"tham gia tu)\b"
)  # of a page in an e-shop
LEAST_SHOWN, LEAST_OF_SHOP = 3, 4  # ways of making a product known, and words of shops, on one page
FORM_NUMBER = re.compile(r"(?:mau|bieu) so \d")
RUNNING, FIRST_WORDS = 0.6, (3, 8)  # of the width that lines take; words with which a title is told
GOES_ON = {  # folded: what later pages of a form without a head say
    K.REGISTRATION_FORM: re.compile(r"\b(?:tai lieu|ho so|giay to)(?: minh chung)? (?:nop )?(?:kem theo|cung phieu)\b"),
    K.COMMUNE_REPORT: re.compile(r"\buy ban nhan dan xa\b.*\bde nghi (?:uy ban nhan dan|ubnd)\b"),
}
RECEIVED = re.compile(r"\bdanh cho (?:ubnd|uy ban nhan dan) cap xa\b.*\bphieu so\b")  # foot of the registration form
ASKED = re.compile(
    r"\bve (nguyen lieu dia phuong|(?:su dung )?lao dong dia phuong|nguon goc y tuong|(?:tri tue|ban sac))"
)  # folded
ASKED_IN_REGISTRATION = ("ten san pham", "lan dang ky danh gia", "lan dau", "nang hang", "danh gia lai")  # folded
BARE_TITLES = ("giay xac nhan", "xac nhan", "thong bao", "quyet dinh", "giay chung nhan", "giay phep")  # folded
SUBJECT = re.compile(r"(?:ve viec|v v) ")  # folded
ATTENDED = re.compile(r"\btham gia\b.*\b(?:gian hang|hoi cho|trien lam|trung bay|tuan hang|xuc tien)\b")
CERTIFICATE = re.compile(r"^(?:giay chung nhan|chung nhan|chung chi|certificate)\b")
ANNEX = re.compile(
    r"^phu luc (?:so )?(?:\d+|[ivx]+)$|^minh chung (so )?\d+$"
    r"|^phan (?:(?:thu )?(?:mot|nhat|hai|ba|bon|tu|nam|sau)|[a-e]|[ivx]+|\d)$"
)
STORY_LINES = 3  # of the top, among which its title is
STORY_HEAD = re.compile(
    r"^cau chuyen (?:san pham|thuong hieu|ve|cua) "
    r"|^chuyen (?:con|cay|ke|cua|ve|ba|ong|nguoi|lang|ban|nghe|mot|hat|trai|qua|chiec|o|tu|que|nha)\b"
)  # folded: “Chuyện con tôm đất …”
ITEM = re.compile(r"\s*[-–+•*]\s+\S")  # of a list
GIVEN_FOR = re.compile(r"\btang\b.*\bda co (?:nhieu )?thanh tich\b")  # folded: what an award says, however it is titled
PLAN_REGISTERED = re.compile(r"\bxac nhan\b.{0,160}\b(?:ke hoach bao ve moi truong|dang ky moi truong)\b")
NOTICE, TAXED = re.compile(r"thong bao\b"), re.compile(r"\b(?:doanh thu khoan|so thue phai nop|nop thue theo)\b")
INSURED = re.compile(r"\bdong (?:bhxh|bao hiem xa hoi)\b.*\b\d+ lao dong\b")


def classify(pages: Sequence[PageReading]) -> tuple[PageKind, ...]:
    """The kind of each page, in order."""
    kinds: list[PageKind] = []
    paper = K.OTHER
    for page in pages:
        if page.source is PageSource.BLANK:
            kinds.append(K.BLANK)
            continue
        if page.source is PageSource.QUARANTINED:
            kinds.append(K.OTHER)
            continue
        own = kind_of(page)
        if own in (K.COVER, K.SEPARATOR):
            paper = K.OTHER
            kinds.append(own)
            continue
        paper = _continued(paper, own, page)
        kinds.append(paper)
    return tuple(kinds)


def kind_of(page: PageReading) -> PageKind:
    """What the page's own phrases say; OTHER if nothing."""
    top, body = _headings(page)
    told = _told(top, body)
    scores = {kind: _weighed(kind, phrases, told) for kind, phrases in TITLES}
    count = len(page.words)
    apart = " minh chung " in f" {body} " or any(map(ANNEX.match, top)) or LEAF_OF.search(body)
    if count <= FEW_WORDS and apart:
        return K.SEPARATOR
    if any(map(MENU.search, top)):
        return K.PROMOTION
    if count > FEW_WORDS:
        scores[K.SEPARATOR] = 0.0
    if count > COVER_WORDS:
        scores[K.COVER] = 0.0
    else:
        below = _told(*_headings(page, RUNNING_HEAD))
        scores[K.COVER] = _score(COVER_PHRASES, below)
        if "tham gia danh gia phan hang" in below.body and "dat hang" not in body:
            return K.COVER
    if _looks_like_sheet(page):
        scores[K.SCORE_SHEET] += TOP_WEIGHT
    if _tells_commune_s_opinion(page):
        return K.COMMUNE_REPORT
    if RECEIVED.search(body):
        return K.REGISTRATION_FORM
    if len(set(FORM_LISTED.findall(body))) == LISTED and CONTENTS.search(body):
        return K.COVER
    best = max(scores, key=lambda kind: scores[kind])
    if best is K.SCORE_SHEET and _is_of_applicant(page):
        return K.SELF_ASSESSMENT
    return best if scores[best] >= LEAST else _untitled(top, body)


def _is_of_applicant(page: PageReading) -> bool:
    """Whether a table of criteria is headed as the applicant's own: “Phần III. Chủ thể tự đánh giá …”."""
    lines = lines_of(page)
    return any(OWN_VIEW.search(line.folded) for line in lines if line.box[1] <= BEGIN_SHARE * max(page.height, 1))


def _untitled(top: Sequence[str], body: str) -> PageKind:
    """A page whose title tells nothing: a form by its questions, a certificate by its standard, publicity by where."""
    if all(asked in body for asked in ASKED_IN_REGISTRATION) or "dang ky y tuong san pham" in top:
        return K.REGISTRATION_FORM
    if any(map(STORY_HEAD.match, top[:STORY_LINES])):
        return K.STORY
    if len(set(SHOWN.findall(body))) >= LEAST_SHOWN or len(set(SHOP.findall(body))) >= LEAST_OF_SHOP:
        return K.PROMOTION
    if "giay xac nhan" in top and ATTENDED.search(body):
        return K.PROMOTION
    if any(map(NOTICE.match, top)) and TAXED.search(body):
        return K.BUSINESS_GROWTH
    if GIVEN_FOR.search(body):
        return K.AWARD
    if PLAN_REGISTERED.search(body):
        return K.ENVIRONMENT
    if INSURED.search(body):
        return K.LOCAL_LABOUR
    if "chung nhan" not in body and "certificate" not in body:
        return K.OTHER
    if OCOP_STARS.search(body):
        return K.OCOP_CERTIFICATE
    if HONOURED.search(body):
        return K.AWARD
    if "one commune one product" in body or ("giay chung nhan" in body and "dat hang san pham" in body):
        return K.OCOP_CERTIFICATE
    titled = any(map(CERTIFICATE.match, top)) or IN_FORCE.search(body)
    return K.QUALITY_SYSTEM if STANDARD.search(body) and titled else K.OTHER


def _continued(paper: PageKind, own: PageKind, page: PageReading) -> PageKind:
    """A following page keeps its paper's kind unless it clearly begins another."""
    if own is K.OTHER:
        return K.OTHER if _begins(page) else paper
    if own is paper or paper in (K.OTHER, K.COVER, K.SEPARATOR):
        return own
    more = GOES_ON.get(paper)
    if more is not None and not _begins(page) and more.search(" ".join(line.folded for line in lines_of(page))):
        return paper
    if paper in (K.SELF_ASSESSMENT, K.SCORE_SHEET) and not _begins(page):
        return own if own is K.SCORE_SHEET and _looks_like_sheet(page) else paper
    return own


def _begins(page: PageReading) -> bool:
    """Whether the page has a head: the national motto, a form's number, or a paper's name as a heading."""
    lines = [line for line in lines_of(page) if line.folded and line.box[1] <= BEGIN_SHARE * max(page.height, 1)]
    return any(_heading_quality(mark, line.folded) > 0 for line in lines for mark in BEGINNINGS) or any(
        line.text.isupper() and line.folded.startswith(PAPERS) for line in lines
    )


def _headings(page: PageReading, margin: float = 0.0) -> tuple[list[str], str]:
    """(single and joined lines of the top, folded; the whole page, folded), both without lines in the top margin."""
    height = max(page.height, 1)
    lines = [line for line in lines_of(page) if line.folded and line.box[3] > margin * height]
    wide = max((line.box[2] for line in lines), default=0) - min((line.box[0] for line in lines), default=0)
    heads = [
        line
        for number, line in enumerate(lines)
        if line.box[1] <= TOP_SHARE * height and not _names_other(line.text) and not _runs_on(lines, number, wide)
    ]
    top = [line.folded for line in heads]
    joined = [" ".join(top[start : start + count]) for count in range(1, LINES_JOINED + 1) for start in range(len(top))]
    return [*joined, *_beginnings(heads)], " ".join(line.folded for line in lines)


def _runs_on(lines: Sequence[Line], number: int, wide: int) -> bool:
    """Whether the line carries a sentence on from the one above: what it names is no heading."""
    line = lines[number]
    long = line.box[2] - line.box[0] >= RUNNING * wide and not line.text.isupper()
    return long and said_before(lines, number, 1) != line.folded_words[0]


def _beginnings(heads: Sequence[Line]) -> list[str]:
    """The first words of long titles: “DANH SÁCH LAO ĐỘNG … LÀM VIỆC THƯỜNG XUYÊN TẠI …”, “Về việc xác nhận …”."""
    found: list[str] = []
    for above, line in zip([None, *heads], heads, strict=False):
        words = line.folded.split()
        subject = SUBJECT.match(line.folded)
        words = words[subject.group().count(" ") :] if subject else words
        below = above is not None and above.folded in BARE_TITLES
        if (subject or below or line.text.isupper()) and len(words) > FIRST_WORDS[0]:
            found += [" ".join(words[:count]) for count in range(FIRST_WORDS[0], min(FIRST_WORDS[1], len(words)) + 1)]
    return found


def _names_other(text: str) -> bool:
    """Whether the line is a label with its value, a ground or an addressee: what is named there is no heading."""
    if GROUND.match(text) or ITEM.match(text) or ACCREDITED.search(fold(text)):
        return True
    label = VALUE.match(text)
    return label is not None and not label["label"].isupper()


@dataclass(frozen=True)
class _Told:
    """What a page says. `top`: the lines of its top, shortest first; `lines`, `body`: they and all, in one text."""

    top: Sequence[str]
    lengths: Sequence[int]
    lines: str
    body: str
    words: frozenset[str]


def _told(top: Sequence[str], body: str) -> _Told:
    by_length = sorted(set(top), key=len)
    lengths = [len(line) for line in by_length]
    return _Told(by_length, lengths, f" {'  '.join(by_length)} ", f" {body} ", frozenset(body.split()))


def _weighed(kind: PageKind, phrases: Sequence[str], told: _Told) -> float:
    """The score of a kind. A form's number alone may be that of another decree's form: it outweighs no title."""
    if kind not in FORMS:
        return _score(phrases, told)
    numbers, titles = _numbers_and_titles(tuple(phrases))
    return max(FORM_WEIGHT * _score(titles, told), _score(numbers, told))


@cache
def _numbers_and_titles(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    numbers = tuple(each for each in phrases if FORM_NUMBER.match(each))
    return numbers, tuple(each for each in phrases if each not in numbers)


@cache
def _words(phrase: str) -> frozenset[str]:
    return frozenset(phrase.split())


def _score(phrases: Sequence[str], told: _Told) -> float:
    """Long phrases that head the page weigh most; a phrase in running text weighs little."""
    best = 0.0
    for phrase in phrases:
        weight = 0.7 + min(1.0, len(phrase) / 24)
        if weight * TOP_WEIGHT <= best:
            continue
        sought = f" {phrase} " if _words(phrase) <= told.words else None  # a phrase is mostly not there at all
        heading = _best_heading(phrase, told, within=sought is not None and sought in told.lines)
        running = BODY_WEIGHT if sought is not None and sought in told.body else 0.0
        best = max(best, weight * max(TOP_WEIGHT * heading, running))
    return best


def _best_heading(phrase: str, told: _Told, *, within: bool) -> float:
    """The highest `_heading_quality` among the top's lines. `within`: one of them holds the phrase."""
    length, lengths = len(phrase), told.lengths
    if within:
        most = LONGER[0] * length + LONGER[1]
        fitting = told.top[bisect_left(lengths, length - SHORTER) : bisect_right(lengths, most)]
        return max((_heading_quality(phrase, line) for line in fitting), default=0.0)
    if length < LEAST_ALIKE or _is_exact(phrase):
        return 0.0
    near = told.top[bisect_left(lengths, length - SHORTER) : bisect_right(lengths, length + SHORTER)]
    near = [line for line in near if line not in phrase]  # “đánh giá sản phẩm” is no “tự đánh giá sản phẩm”
    found = process.extractOne(phrase, near, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS) if near else None
    return found[1] / 100 - 0.05 if found else 0.0


def _is_exact(phrase: str) -> bool:
    """Whether another phrase is too like it: “Biểu số 02” is no “Biểu số 01”, “phiếu tự …” no “phiếu đánh giá”."""
    return phrase[-1].isdigit() or phrase.startswith(("phieu tu ", "bang tu "))


def _heading_quality(phrase: str, line: str) -> float:
    """0..1: a heading is mostly the phrase; a misread sign or two matter little, but an exact phrase wins."""
    length = len(line)
    if length < len(phrase) - SHORTER or length > LONGER[0] * len(phrase) + LONGER[1]:
        return 0.0
    if phrase in line and f" {phrase} " in f" {line} ":
        return 1.0
    if len(phrase) < LEAST_ALIKE or abs(length - len(phrase)) > SHORTER or _is_exact(phrase):
        return 0.0
    alike = fuzz.ratio(phrase, line, score_cutoff=LEAST_LIKENESS)
    return alike / 100 - 0.05 if alike else 0.0


def _tells_commune_s_opinion(page: PageReading) -> bool:
    """A letter of a commune to the province with opinions that Mẫu số 03 asks for, however its title is worded."""
    lines = [line for line in lines_of(page) if line.folded]
    heads = [line for line in lines if line.box[1] <= TOP_SHARE * max(page.height, 1)]
    top = [line.folded for line in heads]
    alone = any(line.text.isupper() and COMMUNE_ALONE.match(line.folded) for line in heads)  # below its province
    if COMMUNE.search(" ".join(top)) is None and not alone:
        return False
    headings = [line.folded for line in lines if NUMBERED_HEADING.match(line.text)]
    told = sum(any(_is_about(opinion, line) for line in headings) for opinion in OPINIONS)
    if _asks_all_opinions(page, headings) and not _looks_like_sheet(page):
        return True
    if not any(map(PROVINCE.search, top)):
        return told > LEAST_OPINIONS and any(line.startswith("bao cao") for line in top)
    if len(set(ASKED.findall(" ".join(line.folded for line in lines)))) > LEAST_OPINIONS:
        return True  # one after the other in a sentence
    return told >= LEAST_OPINIONS


def _asks_all_opinions(page: PageReading, headings: Sequence[str]) -> bool:
    """Whether headings, questions or rows of a table name each of the four subjects, and little else."""
    cells = [fold(cell.text) for table in page.tables for cell in table.cells if len(cell.text) <= LONGEST_SUBJECT]
    asked = [line.folded for line in lines_of(page) if line.text.endswith("?")]
    said = [*headings, *asked, *cells]
    return all(any(word in line for line in said for word in words) for words, *_ in OPINIONS)


def _is_about(opinion: Sequence[Sequence[str]], line: str) -> bool:
    return all(any(word in line for word in words) for words in opinion)


def _looks_like_sheet(page: PageReading) -> bool:
    """Many boxes in a ruled table, or criteria codes with a column of points."""
    coded = sum(1 for line in lines_of(page) if SHEET_CODES.match(line.text))
    starred = sum(1 for word in page.words if "***" in word.text and STARRED.fullmatch(word.text))
    return (len(page.ticks) >= 6 and bool(page.tables) and coded >= 1) or starred >= 2
