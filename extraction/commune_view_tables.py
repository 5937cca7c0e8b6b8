"""Views of a commune in tables: in rows, beside boxes and remarks, in cards below their heads."""

import re
from collections.abc import Sequence

from extraction import values
from extraction.commune_view_names import ASKED_FOR, WORDS_OF_A_VIEWS_NAME, view_named
from extraction.commune_view_options import FEWEST_OPTIONS, chosen_of, options_beside
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import body_lines, lines_of
from extraction.readings import Cell, FieldReading, PageReading, Table, Tick, Word

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
PROPOSAL = re.compile(  # folded: how the sentence to the province begins, and what it says
    r"^(?:(?:tren|theo) co so|can cu|tu (?:nhung |cac )?(?:ket qua|noi dung)|tren day|qua |sau khi|vi vay|do do|vi the"
    r"|uy ban nhan dan|ubnd|xet thay|nhan thay).*\b(?:de nghi|kien nghi|de xuat|kinh trinh|trinh (?:uy ban|ubnd))\b"
)
WORDS_OF_A_SMALL_HEADING = 4
FEWEST_WORDS_SAID = 3  # of an opinion before its name, no ordinal


def views_in_tables(page: PageReading) -> list[FieldReading]:
    """A cell names what is assessed; the longest text to its right is the opinion, not the note beside it."""
    found: list[FieldReading] = []
    for table in page.tables:
        for cell in table.cells:
            own = _view_in_own_cell(page, cell)
            if own is not None and own.name not in {view.name for view in found}:
                found.append(own)
                continue
            name = view_named(fold(cell.text))
            if name is None or len(cell.text.split()) > WORDS_OF_A_VIEWS_NAME or name in {view.name for view in found}:
                continue
            right = [each for each in table.cells if each.row == cell.row and each.col > cell.col and each.text.strip()]
            if _named_again(right, cell):
                continue  # an opinion, and behind it what it is on
            heads = any(view_named(fold(each.text)) not in (None, name) for each in right) or (
                not right and any(view.name in _named_before(table, cell) for view in found)
            )
            said = right or _said_before(table, cell)
            view = _view_below(name, page, table, cell) if heads else _view_beside(name, page, said)
            found += [view] if view is not None else []
    return found


def _named_again(right: Sequence[Cell], cell: Cell) -> bool:
    """Whether all that stands right of a longer text is the name of the same view."""
    name, names = view_named(fold(cell.text)), [view_named(fold(each.text)) for each in right]
    return bool(right) and set(names) == {name} and all(len(each.text) < len(cell.text) for each in right)


def _said_before(table: Table, cell: Cell) -> list[Cell]:
    """The opinions in a row whose last column names what they are on."""
    before = (each for each in table.cells if each.row == cell.row and each.col < cell.col)
    return [each for each in before if len(each.text.split()) >= FEWEST_WORDS_SAID]


def _named_before(table: Table, cell: Cell) -> frozenset[str]:
    """The views that cells before one in its row name: it is the last of a row of heads."""
    before = (each for each in table.cells if each.row == cell.row and each.col < cell.col)
    return frozenset(name for each in before if (name := view_named(fold(each.text))))


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
    return cell.box[1] >= head.box[3] and view_named(fold(cell.text.partition("\n")[0])) is not None


def _view_beside(name: str, page: PageReading, right: Sequence[Cell]) -> FieldReading | None:
    """The longest text beside; of a cell of options the one that is ticked, and the remark beside that."""
    inside = {cell.col: [word for word in page.words if holds(cell.box, word.box)] for cell in right}
    options = {cell.col: found for cell in right if (found := _options_in(page, cell, inside[cell.col]))}
    if not options:
        longest = max(right, key=lambda each: len(each.text), default=None)
        words = inside[longest.col] if longest is not None else []
        return reading_of(name, values.prose, words, page.number, longest.box) if longest is not None else None
    col, first = next(iter(options.items()))
    chosen = chosen_of(name, page, first)
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
    return options_beside(page, lines_of(page.model_copy(update={"words": tuple(words), "ticks": tuple(ticks)})))


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
