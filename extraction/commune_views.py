"""What the commune says in Mẫu số 03 (QĐ 26/2026/QĐ-TTg, Phụ lục II): four views, in whatever form its letter has."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extraction import values
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import NUMBERED_HEADING, ORDINAL, Line, after_colon, body_lines, lines_of
from extraction.readings import Cell, FieldReading, PageReading, Table, Tick, Word

COMMUNE_VIEWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "commune.local_materials",
        (
            *("nguyen lieu dia phuong", "nguon goc nguyen lieu", "su dung nguyen lieu", "nguon nguyen lieu"),
            *("nguyen lieu tai cho", "nguyen lieu trong xa", "nguyen lieu tren dia ban"),
        ),
    ),
    (
        "commune.local_labour",
        (
            *("lao dong dia phuong", "su dung lao dong", "lao dong tai cho", "lao dong trong xa"),
            *("lao dong tren dia ban", "nguoi lam trong xa", "nguoi lam tai cho"),
            *("nhan cong dia phuong", "nhan cong tai cho"),
        ),
    ),
    ("commune.idea_origin", ("y tuong",)),
    ("commune.local_identity", ("ban sac", "tri tue dia phuong", "ban sac dia phuong")),
)
NEXT_HEADING = re.compile(
    rf"^\s*(?:\(?(\d{{1,2}}(?:\.\d{{1,2}})?|[IVX]+)\s*[./)]\s|(?:Mục|Phần)\s+(?:\d{{1,2}}|[IVX]+)\s*[.:]|(?i:{ORDINAL}))"
)
VIEW_ENDS = (
    "noi nhan",
    "kinh de nghi",
    "kinh trinh",
    "kinh chuyen",
    "de nghi uy ban nhan dan",
    "t m uy ban",
    "tm uy ban",
    "iii ",
    "kien nghi",
)
VIEW_ENDS_LINE = ("de nghi ", "tren day la", "can cu ket qua", "ket luan", "de xuat", "chu tich", "kt chu tich")
PROPOSAL = re.compile(  # folded: how the sentence to the province begins, and what it says
    r"^(?:(?:tren|theo) co so|can cu|tu (?:nhung |cac )?(?:ket qua|noi dung)|tren day|qua |sau khi|vi vay|do do|vi the"
    r"|uy ban nhan dan|ubnd|xet thay|nhan thay).*\b(?:de nghi|kien nghi|de xuat|kinh trinh|trinh (?:uy ban|ubnd))\b"
)
QUESTION = re.compile(r"^\s*(?:Câu(?: hỏi)?|Nội dung|Tiêu chí|Mục|Ý)\s+(?:số\s+)?(?:\d{1,2}|[IVX]+)\b", re.IGNORECASE)
LETTERED = re.compile(r"^\s*[a-eđ]\s?[.)]\s")
LOCAL = (  # folded, with a few words between
    ("commune.local_materials", re.compile(r"\bnguyen lieu(?: \w+){0,3} dia phuong\b")),
    ("commune.local_labour", re.compile(r"\blao dong(?: \w+){0,3} dia phuong\b")),
    ("commune.local_identity", re.compile(r"\b(?:tri tue|ban sac|van hoa)(?: \w+){0,4} dia phuong\b")),
)
ASKED_FOR = (  # folded words that tell a view in a heading that is a question: “Lao động ở đâu đến?”
    ("commune.local_materials", "nguyen lieu"),
    ("commune.local_labour", "lao dong"),
    ("commune.idea_origin", "y tuong"),
    ("commune.local_identity", "ban sac"),
)
BARE_ORDINAL = re.compile(rf"(?i:{ORDINAL})|\s*\d{{1,2}}\s?[./)I]")
ASKED_SHORTLY = (  # folded words of a heading of few: “Hai là người làm.”
    ("commune.local_materials", ("nguyen lieu",)),
    ("commune.local_labour", ("lao dong", "nguoi lam")),
    ("commune.idea_origin", ("y tuong",)),
    ("commune.local_identity", ("ban sac", "cai rieng", "net rieng")),
)
BOX_NEAR, BOX_OVER = 4.0, 0.3  # line heights between a line and its box at most, and over its end
APART = 1.5  # line heights between two columns
LINES_OF_A_VIEW = 12
FEWEST_OPTIONS = 2  # of a view that is ticked, not written
ONE_OPTION = "Phải chọn đúng một ý kiến ở mục này; xem trang giấy."
CUT_VIEW = "Ý kiến có thể còn tiếp sau chỗ đọc được; xem trang giấy."
WORDS_OF_A_VIEWS_NAME, WORDS_OF_A_SMALL_HEADING = 14, 4
WORDS_OF_A_SHORT_NAME = 7
FEWEST_IN_A_SENTENCE = 2
PARTS_OF_A_VIEWS_NAME = 2


def commune_views(page: PageReading) -> list[FieldReading]:
    """The four assessments that Mẫu số 03 asks for: as rows of a table, paragraphs under headings or one sentence."""
    found: dict[str, FieldReading] = {}
    for view in (*_views_in_rows(page), *_views_under_headings(page), *_views_in_a_sentence(page)):
        found.setdefault(view.name, view)
    return list(found.values())


def with_continued_views(fields: Sequence[FieldReading], reports: Sequence[PageReading]) -> list[FieldReading]:
    """The fields, views that a page's end cut with what the report's next page adds, up to its next heading."""
    pages = {page.number: page for page in reports}
    told = {field.name for field in fields}
    fields = [*fields, *(view for view in _views_of_next_page(pages) if view.name not in told)]
    return [
        _continued(field, pages[field.page + 1]) if field.reason == CUT_VIEW and field.page + 1 in pages else field
        for field in fields
    ]


def _views_of_next_page(pages: Mapping[int, PageReading]) -> list[FieldReading]:
    """Views that the last row of a page's table, or its last line, names and no more: they begin the next page."""
    found: list[FieldReading] = []
    for number, page in pages.items():
        following = pages.get(number + 1)
        if following is None:
            continue
        name = _named_in_last_row(page) or _named_in_last_line(page)
        ends = min((table.box[1] for table in following.tables), default=following.height)
        lines = [line for line in body_lines(following) if line.box[3] <= ends] if name else []
        words = [word for line in _lines_of_view(lines) for word in line.words]
        view = reading_of(name, values.prose, words, following.number, lines[0].box) if name and words else None
        found += [view] if view is not None else []
    return found


def _named_in_last_row(page: PageReading) -> str | None:
    last = max((cell for table in page.tables for cell in table.cells), key=lambda cell: cell.box[3], default=None)
    if last is None:
        return None
    row = [cell for table in page.tables for cell in table.cells if cell.box[1] == last.box[1]]
    said = [cell for cell in row if cell.text.strip()]
    return _view_named(fold(said[0].text)) if len(row) > 1 and len(said) == 1 else None


def _named_in_last_line(page: PageReading) -> str | None:
    last = next(iter(body_lines(page)[-1:]), None)
    if last is None or not NUMBERED_HEADING.match(last.text) or _behind_heading(last):
        return None
    return _view_named(last.folded)


def _continued(view: FieldReading, page: PageReading) -> FieldReading:
    lines = _lines_of_view(body_lines(page))
    if not lines or lines[0].text.isupper():
        return view
    words = [word for line in lines for word in line.words]
    rest = reading_of(view.name, values.prose, words, page.number, lines[0].box)
    if rest is None:
        return view
    told = {"value": f"{view.value} {rest.value}", "raw": f"{view.raw} {rest.raw}"}
    sure = min(view.confidence, rest.confidence)
    return view.model_copy(
        update={**told, "confidence": sure, "needs_review": rest.needs_review, "reason": rest.reason}
    )


def _views_in_rows(page: PageReading) -> list[FieldReading]:
    """A cell names what is assessed; the longest text to its right is the opinion, not the note beside it."""
    found: list[FieldReading] = []
    for table in page.tables:
        for cell in table.cells:
            own = _view_in_own_cell(page, cell)
            if own is not None and own.name not in {view.name for view in found}:
                found.append(own)
                continue
            name = _view_named(fold(cell.text))
            if name is None or len(cell.text.split()) > WORDS_OF_A_VIEWS_NAME or name in {view.name for view in found}:
                continue
            right = [each for each in table.cells if each.row == cell.row and each.col > cell.col and each.text.strip()]
            heads = any(_view_named(fold(each.text)) not in (None, name) for each in right) or (
                not right and any(view.name in _named_before(table, cell) for view in found)
            )
            view = _view_below(name, page, table, cell) if heads else _view_beside(name, page, right)
            found += [view] if view is not None else []
    return found


def _named_before(table: Table, cell: Cell) -> frozenset[str]:
    """The views that cells before one in its row name: it is the last of a row of heads."""
    before = (each for each in table.cells if each.row == cell.row and each.col < cell.col)
    return frozenset(name for each in before if (name := _view_named(fold(each.text))))


def _view_below(name: str, page: PageReading, table: Table, head: Cell) -> FieldReading | None:
    """What stands below a card's head: in the cell there, or in its column up to the next heads or the proposal."""
    below = [each for each in table.cells if each.col == head.col and each.row == head.row + 1 and each.text.strip()]
    if below:
        inside = [word for word in page.words if holds(below[0].box, word.box)]
        return reading_of(name, values.prose, inside, page.number, below[0].box)
    left, _, right, bottom = head.box
    ends = [cell.box[1] for table in page.tables for cell in table.cells if _is_head_below(cell, head)]
    after = [line for line in body_lines(page) if line.box[1] >= bottom]
    ends += [line.box[1] for line in after if line.folded.startswith(VIEW_ENDS) or PROPOSAL.match(line.folded)]
    end = min(ends, default=page.height)
    places = [(word, (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2) for word in page.words]
    words = [word for word, x, y in places if left <= x <= right and bottom <= y < end]
    return reading_of(name, values.prose, words, page.number, head.box)


def _is_head_below(cell: Cell, head: Cell) -> bool:
    return cell.box[1] >= head.box[3] and _view_named(fold(cell.text.partition("\n")[0])) is not None


def _view_beside(name: str, page: PageReading, right: Sequence[Cell]) -> FieldReading | None:
    """The longest text beside; of a cell of options the one that is ticked, and the remark beside that."""
    inside = {cell.col: [word for word in page.words if holds(cell.box, word.box)] for cell in right}
    options = {cell.col: found for cell in right if (found := _options_in(page, cell, inside[cell.col]))}
    if not options:
        longest = max(right, key=lambda each: len(each.text), default=None)
        words = inside[longest.col] if longest is not None else []
        return reading_of(name, values.prose, words, page.number, longest.box) if longest is not None else None
    col, first = next(iter(options.items()))
    chosen = _chosen(name, page, first)
    remarks = [word for other, words in inside.items() if other != col and other not in options for word in words]
    if chosen is None or not remarks:
        return chosen
    remark = reading_of(name, values.prose, remarks, page.number, chosen.box)
    return chosen if remark is None else _with_remark(chosen, remark)


def _options_in(page: PageReading, cell: Cell, words: Sequence[Word]) -> list[tuple[Tick, list[Word]]]:
    """The boxes of a cell with their words: several, one below the other or beside one another; else none."""
    ticks = sorted((tick for tick in page.ticks if holds(cell.box, tick.box)), key=lambda tick: tick.box[1])
    if len(ticks) < FEWEST_OPTIONS:
        return []
    return _options(page, lines_of(page.model_copy(update={"words": tuple(words), "ticks": tuple(ticks)})))


def _with_remark(chosen: FieldReading, remark: FieldReading) -> FieldReading:
    """“Từ 50% đến dưới 75%. Có 5 trên 8 lao động là người trong xã”."""
    doubted = chosen if chosen.needs_review else remark
    return chosen.model_copy(
        update={
            "value": f"{str(chosen.value).rstrip('. ')}. {remark.value}",
            "raw": f"{chosen.raw} {remark.raw}",
            "confidence": min(chosen.confidence, remark.confidence),
            "needs_review": doubted.needs_review,
            "reason": doubted.reason,
        }
    )


def _view_in_own_cell(page: PageReading, cell: Cell) -> FieldReading | None:
    """“Nguyên liệu / Gạo tẻ mua của nông dân …”: a small heading, and the view below it in the same cell."""
    head, _, below = cell.text.partition("\n")
    if not below or len(head.split()) > WORDS_OF_A_SMALL_HEADING:
        return None
    name = next((name for name, word in ASKED_FOR if word in fold(head)), None)
    words = [word for word in page.words if holds(cell.box, word.box)][len(head.split()) :]
    if name is None or len(words) <= len(head.split()):
        return None
    return reading_of(name, values.prose, words, page.number, cell.box)


def _view_named(folded: str) -> str | None:
    named = next((name for name, phrases in COMMUNE_VIEWS if any(phrase in folded for phrase in phrases)), None)
    return named or next((name for name, pattern in LOCAL if pattern.search(folded)), None)


def _views_under_headings(page: PageReading) -> list[FieldReading]:
    """Each from its heading to the next heading or the closing sentence."""
    lines = body_lines(page)
    starts: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        name = _view_headed(line)
        if name and name not in {known for _, known in starts}:
            starts.append((number, name))
    found: list[FieldReading] = []
    for number, name in starts:
        view = _lines_of_view(lines[number + 1 :])
        options = _options(page, view)
        if len(options) >= FEWEST_OPTIONS:
            chosen = _chosen(name, page, options)
            found += [chosen] if chosen is not None else []
            continue
        words = [*_behind_heading(lines[number]), *(word for line in view for word in line.words)]
        field = reading_of(name, values.prose, words, page.number, lines[number].box)
        cut = number + len(view) == len(lines) - 1 or len(view) == LINES_OF_A_VIEW
        if field is not None:
            found.append(_doubted_if_cut(field) if cut else field)
    return found


def _view_headed(line: Line) -> str | None:
    """Which view a numbered heading or question names, if one."""
    if not any(each.match(line.text) for each in (NUMBERED_HEADING, QUESTION, LETTERED)):
        return None
    asked = next((name for name, word in ASKED_FOR if word in line.folded), None) if line.text.endswith("?") else None
    return _view_named(line.folded) or asked or _named_shortly(line.text)


def _named_shortly(text: str) -> str | None:
    """The view that few words behind an ordinal name: “Hai là người làm. …”."""
    ordinal = BARE_ORDINAL.match(text)
    subject = fold(text[ordinal.end() :].partition(".")[0]) if ordinal else ""
    if len(subject.split()) > WORDS_OF_A_SHORT_NAME:
        return None
    return next((name for name, words in ASKED_SHORTLY if any(word in subject for word in words)), None)


def _options(page: PageReading, lines: Sequence[Line]) -> list[tuple[Tick, list[Word]]]:
    """The boxes beside the lines, each with the words of its own line and of those below without a box."""
    found: list[tuple[Tick, list[Word]]] = []
    for line in lines:
        height, middle = max(1, line.height), (line.box[1] + line.box[3]) / 2
        level = [tick for tick in page.ticks if tick.box[1] <= middle <= tick.box[3]]
        if len(level) >= FEWEST_OPTIONS:
            found += _beside_one_another(line, sorted(level, key=lambda tick: tick.box[0]))
            continue
        gaps = [(max(line.box[0] - tick.box[2], tick.box[0] - line.box[2]), tick) for tick in level]
        gap, tick = min(gaps, key=lambda each: each[0], default=(BOX_NEAR * height + 1, None))
        if tick is not None and -BOX_OVER * height <= gap <= BOX_NEAR * height:
            found.append((tick, list(line.words)))
        elif found:
            found[-1][1].extend(line.words)
        else:
            return []  # prose, in which boxes may stand
    return found


def _beside_one_another(line: Line, ticks: Sequence[Tick]) -> list[tuple[Tick, list[Word]]]:
    """“☐ Dưới 50% ☑ Từ 50% …”, or the boxes behind their words: each box with the words up to the next."""
    before = ticks[0].box[0] < line.box[0] + line.height
    words: list[list[Word]] = [[] for _ in ticks]
    for word in line.words:
        beyond = sum(tick.box[0] < word.box[0] for tick in ticks)
        words[min(len(ticks) - 1, max(0, beyond - before))].append(word)
    return list(zip(ticks, words, strict=True))


def _chosen(name: str, page: PageReading, options: Sequence[tuple[Tick, list[Word]]]) -> FieldReading | None:
    """The view of the option that is ticked; to be looked at where not exactly one is."""
    ticked = [(tick, words) for tick, words in options if tick.ticked]
    said = [word for _, words in (ticked or options) for word in words]
    view = reading_of(name, values.prose, said, page.number, options[0][0].box)
    if view is None:
        return None
    if len(ticked) == 1:
        return view.model_copy(update={"confidence": min(view.confidence, ticked[0][0].confidence)})
    return view.model_copy(update={"needs_review": True, "reason": ONE_OPTION})


def _behind_heading(line: Line) -> Sequence[Word]:
    """What a heading's own line says of its view, behind a colon or the sentence that is but the name of the view."""
    behind = after_colon(line)
    if behind:
        return behind
    for number in range(2, min(len(line.words), WORDS_OF_A_VIEWS_NAME)):
        before = line.words[:number]
        apart = line.words[number].box[0] - before[-1].box[2] > APART * line.height  # in the next column
        told = " ".join(word.text for word in before)
        if (apart or before[-1].text.endswith(".")) and (_view_named(fold(told)) or _named_shortly(told)):
            return line.words[number:]
    return ()


def _views_in_a_sentence(page: PageReading) -> list[FieldReading]:
    """“… có ý kiến như sau: về nguyên liệu địa phương, …; về lao động địa phương, …”: no views unless two at least."""
    words = [word for line in body_lines(page) for word in line.words]
    starts = [
        (number, after, name)
        for number, (before, word) in enumerate(pairwise(words), 1)
        if fold(word.text) == "ve" and before.text.endswith((":", ";", "."))
        for after, name in _named_between_commas(words, number + 1)
    ]
    if len({name for *_, name in starts}) < FEWEST_IN_A_SENTENCE:
        return []
    ends = [*(number for number, *_ in starts[1:]), len(words)]
    found: list[FieldReading] = []
    for (_, start, name), end in zip(starts, ends, strict=True):
        view = words[start : _end_of_sentence(words, start, end)]
        field = reading_of(name, _clause, view, page.number, view[0].box) if view else None
        found += [] if field is None else [_doubted_if_cut(field)]
    return found


def _clause(raw: str) -> values.Value:
    """Prose without the semicolon before the next view."""
    return values.prose(raw.rstrip(" ;"))


def _named_between_commas(words: Sequence[Word], start: int) -> list[tuple[int, str]]:
    """Where the view begins behind its name from `start` on (“bản sắc, trí tuệ địa phương,”), and which it is."""
    found: list[tuple[int, str]] = []
    for _ in range(PARTS_OF_A_VIEWS_NAME):
        near = range(start, min(start + WORDS_OF_A_VIEWS_NAME // 2, len(words)))
        comma = next((number for number in near if words[number].text.endswith((",", ":"))), None)
        name = None if comma is None else _view_named(fold(" ".join(word.text for word in words[start : comma + 1])))
        if comma is None or name is None or (found and found[0][1] != name):
            break
        found, start = [(comma + 1, name)], comma + 1
    return found


def _end_of_sentence(words: Sequence[Word], start: int, end: int) -> int:
    """Behind the first word from `start` on that ends a sentence; `end` if none does before."""
    for number in range(start, end):
        following = words[number + 1].text[:1] if number + 1 < len(words) else ""
        if words[number].text.endswith(".") and not following.islower() and not following.isdigit():
            return number + 1
    return end


def _lines_of_view(lines: Sequence[Line]) -> Sequence[Line]:
    """Those below a view's heading that are still its own."""
    for number, line in enumerate(lines[:LINES_OF_A_VIEW]):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if _ends_view(line, following):
            return lines[:number]
    return lines[:LINES_OF_A_VIEW]


def _doubted_if_cut(view: FieldReading) -> FieldReading:
    """A view that goes on to the page's end in the middle of a sentence may go on further."""
    if view.needs_review or view.raw.rstrip("”\"’') ").endswith((".", "!", "?", ";")) or str(view.value)[-1:] in ".!?;":
        return view
    return view.model_copy(update={"needs_review": True, "reason": CUT_VIEW})


def _ends_view(line: Line, following: Line | None) -> bool:
    """Whether the line is the next heading, begins the proposal to the province, or belongs to the signature."""
    if any(each.match(line.text) for each in (NEXT_HEADING, QUESTION, LETTERED)) or any(
        end in line.folded for end in VIEW_ENDS
    ):
        return True
    if line.folded.startswith(VIEW_ENDS_LINE) or ("uy ban nhan dan" in line.folded and "de nghi" in line.folded):
        return True
    two = line.folded if following is None else f"{line.folded} {following.folded}"
    return bool(line.text[:1].isupper() and PROPOSAL.match(two))
