"""What the commune says in Mẫu số 03 (QĐ 26/2026/QĐ-TTg, Phụ lục II): four views, in whatever form its letter has."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extraction import values
from extraction.commune_view_names import ASKED_FOR, WORDS_OF_A_VIEWS_NAME, named_shortly, view_named, without_caption
from extraction.commune_view_options import (
    FEWEST_OPTIONS,
    beside_one_another,
    chosen_of,
    options_beside,
    ticks_level_with,
)
from extraction.commune_view_tables import PROPOSAL, VIEW_ENDS, views_in_tables
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.lines import NUMBERED_HEADING, ORDINAL, Line, after_colon, body_lines
from extraction.readings import FieldReading, PageReading, Word

NEXT_HEADING = re.compile(
    rf"^\s*(?:\(?(\d{{1,2}}(?:\.\d{{1,2}})?|[IVX]+)\s*[./)]\s|(?:Mục|Phần)\s+(?:\d{{1,2}}|[IVX]+)\s*[.:]|(?i:{ORDINAL}))"
)
VIEW_ENDS_LINE = ("de nghi ", "tren day la", "can cu ket qua", "ket luan", "de xuat", "chu tich", "kt chu tich")
QUESTION = re.compile(r"^\s*(?:Câu(?: hỏi)?|Nội dung|Tiêu chí|Mục|Ý)\s+(?:số\s+)?(?:\d{1,2}|[IVX]+)\b", re.IGNORECASE)
LETTERED = re.compile(r"^\s*[a-eđ]\s?[.)]\s")
APART = 1.5  # line heights between two columns
LINES_OF_A_VIEW = 12
CUT_VIEW = "Ý kiến có thể còn tiếp sau chỗ đọc được; xem trang giấy."
FEWEST_IN_A_SENTENCE = 2
PARTS_OF_A_VIEWS_NAME = 2


def commune_views(page: PageReading) -> list[FieldReading]:
    """The four assessments that Mẫu số 03 asks for: as rows of a table, paragraphs under headings or one sentence."""
    found: dict[str, FieldReading] = {}
    for view in (*views_in_tables(page), *_views_under_headings(page), *_views_in_a_sentence(page)):
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
    return view_named(fold(said[0].text)) if len(row) > 1 and len(said) == 1 else None


def _named_in_last_line(page: PageReading) -> str | None:
    last = next(iter(body_lines(page)[-1:]), None)
    if last is None or not NUMBERED_HEADING.match(last.text) or _behind_heading(last):
        return None
    return view_named(last.folded)


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
        options = options_beside(page, view)
        if len(options) >= FEWEST_OPTIONS:
            chosen = chosen_of(name, page, options)
            found += [chosen] if chosen is not None else []
            continue
        behind, below = _behind_heading(lines[number]), [word for line in view for word in line.words]
        judged = _judged(name, page, lines[number], behind)
        if judged is not None and not below:
            found.append(judged)
            continue
        words = without_caption(below) if judged is not None else [*behind, *below]
        field = reading_of(name, values.prose, words, page.number, lines[number].box)
        cut = number + len(view) == len(lines) - 1 or len(view) == LINES_OF_A_VIEW
        if field is not None:
            found.append(_doubted_if_cut(field) if cut else field)
    return found


def _judged(name: str, page: PageReading, heading: Line, behind: Sequence[Word]) -> FieldReading | None:
    """Which of the boxes behind a heading is ticked: “1. Nguyên liệu tại chỗ ☑ Đạt ☐ Không đạt”; None without boxes."""
    if not behind:
        return None
    line = Line(page.number, tuple(behind))
    near = [tick for tick in ticks_level_with(page, line) if tick.box[0] > heading.box[0]]
    return chosen_of(name, page, beside_one_another(line, near)) if len(near) >= FEWEST_OPTIONS else None


def _view_headed(line: Line) -> str | None:
    """Which view a numbered heading or question names, if one."""
    if not any(each.match(line.text) for each in (NUMBERED_HEADING, QUESTION, LETTERED)):
        return None
    asked = next((name for name, word in ASKED_FOR if word in line.folded), None) if line.text.endswith("?") else None
    return view_named(line.folded) or asked or named_shortly(line.text)


def _behind_heading(line: Line) -> Sequence[Word]:
    """What a heading's own line says of its view, behind a colon or the sentence that is but the name of the view."""
    behind = after_colon(line)
    if behind:
        return behind
    for number in range(2, min(len(line.words), WORDS_OF_A_VIEWS_NAME)):
        before = line.words[:number]
        apart = line.words[number].box[0] - before[-1].box[2] > APART * line.height  # in the next column
        told = " ".join(word.text for word in before)
        if (apart or before[-1].text.endswith(".")) and (view_named(fold(told)) or named_shortly(told)):
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
        name = None if comma is None else view_named(fold(" ".join(word.text for word in words[start : comma + 1])))
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
