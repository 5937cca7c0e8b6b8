"""Reading order: blocks top to bottom, two-column heads and signatures column by column, rows left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.readings import Box

COLUMN_GAP = 1.6  # letter heights of white that part two columns
REACHING = 0.8  # of a gap: so far into it may a row of one of its columns reach
FEW_ROWS, FLUSH = 5, 0.8  # rows in which gaps may stand below one another by chance; letter heights
LABELLED = 0.5  # of a column's rows are labels with something beside them, in a form that is read across
PROSE_LINES, PROSE_WIDE = 4, 12  # lines of a column of prose, at least; their width in letter heights
PROSE_FLUSH, PROSE_SHARE = 0.1, 0.6  # of its width, most lines begin and end so close to its sides; how many of them
NUMBER = 3.6  # letter heights: no wider are the numbers of a list's entries, which are read with them
FIGURES, FEWEST_FIGURES, ANSWERED = 9, 4, 0.8  # letter heights; items; share of them beside something
COLUMN_LINES = 3  # of each of two columns with a drawn line between them, at least
BESIDE = 0.6  # of the line, there are columns beside it; a scanner's streak runs on past them
LYING, FOLD, FOLD_AT = 1.2, 0.03, (0.42, 0.58)  # times as wide as high; of its width, white; where it may lie
SHEET_LINES, SHEET_HIGH = 10, 0.4  # of one of two pages on a picture, at least; share of its height
ROOM, SIGNATURE_ROOM = 4, 16  # letter heights of white in a column: at most; where people sign, above their names
SIGNERS_APART, SIGNED_ROWS = 8, (3, 6)  # letter heights between two who sign; rows: office, how to sign, name …


@dataclass(frozen=True)
class Item:
    """Something to be read: a line (`key` is its index) or a whole table."""

    box: Box
    key: int
    letter: float
    whole: bool = False  # a table: never beside anything else in a row
    label: bool = False  # what it names stands after it


def rows_of(items: Sequence[Item]) -> list[list[Item]]:
    """Items grouped into visual rows, top to bottom, each from left to right."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=lambda item: (item.box[1] + item.box[3], item.box[0])):
        row = next((row for row in reversed(rows[-3:]) if _same_row(item, row)), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return [sorted(row, key=lambda item: item.box[0]) for row in rows]


def _same_row(item: Item, row: list[Item]) -> bool:
    """Whether the item stands at the height of the row's nearest member and over none of its members."""
    if item.whole or any(other.whole for other in row):
        return False
    if any(item.box[0] < other.box[2] and other.box[0] < item.box[2] for other in row):
        return False
    nearest = min(row, key=lambda other: abs(other.box[0] - item.box[0]))
    over = min(item.box[3], nearest.box[3]) - max(item.box[1], nearest.box[1])
    return over >= 0.5 * min(item.box[3] - item.box[1], nearest.box[3] - nearest.box[1])


def sheets_of(items: Sequence[Item], width: int, height: int) -> list[Sequence[Item]]:
    """The items of each sheet on the picture: two where it lies and a white fold in its middle parts two full pages."""
    if width < LYING * height:
        return [items]
    edges = sorted((item.box[0], item.box[2]) for item in items if item.box[2] > item.box[0])
    reached, fold = 0, None
    for left, right in edges:
        middle = (reached + left) / 2
        if left - reached >= FOLD * width and FOLD_AT[0] * width <= middle <= FOLD_AT[1] * width:
            fold = middle
        reached = max(reached, right)
    if fold is None:
        return [items]
    sides = [[item for item in items if (item.box[0] >= fold) == right] for right in (False, True)]
    full = (len(side) >= SHEET_LINES and _height_of(side) >= SHEET_HIGH * height for side in sides)
    return list(sides) if all(full) else [items]


def _height_of(items: Sequence[Item]) -> int:
    return max(item.box[3] for item in items) - min(item.box[1] for item in items)


def reading_order(items: Sequence[Item], gutters: Sequence[Box] = ()) -> list[list[int]]:
    """Keys in the order a person reads them, one list a printed row. `gutters`: lines drawn between columns."""
    ordered: list[list[int]] = []
    rows = rows_of(items)
    at = 0
    while at < len(rows):
        end, gutter = _drawn_columns(rows, at, gutters) or _columns(rows, at)
        if gutter is None:
            ordered.append([item.key for item in rows[at]])
            at += 1
            continue
        zone = [item for row in rows[at:end] for item in row]
        for side in (0, 1):
            column = [item for item in zone if (item.box[0] >= gutter) == bool(side)]
            ordered.extend(reading_order(column))  # which may be two, where three sign
        at = end
    return ordered


def _drawn_columns(rows: list[list[Item]], start: int, gutters: Sequence[Box]) -> tuple[int, float] | None:
    """To which row from `start` a drawn line parts two columns, and where; None where none does."""
    for left, top, right, bottom in gutters:
        middle, end = (left + right) / 2, start
        while end < len(rows) and _is_beside(rows[end], middle, top, bottom):
            end += 1
        zone = [item for row in rows[start:end] for item in row]
        sides = [[item for item in zone if (item.box[0] >= middle) == bool(side)] for side in (0, 1)]
        beside = max(item.box[3] for item in zone) - min(item.box[1] for item in zone) if zone else 0
        if min(map(len, sides)) >= COLUMN_LINES and beside >= BESIDE * (bottom - top):
            return end, middle
    return None


def _is_beside(row: list[Item], middle: float, top: int, bottom: int) -> bool:
    """Whether the row stands beside an upright line, and none of it across."""
    height = (row[0].box[1] + row[0].box[3]) / 2
    across = any(item.whole or item.box[0] < middle < item.box[2] for item in row)
    return top - row[0].letter <= height <= bottom + row[0].letter and not across


def _columns(rows: list[list[Item]], start: int) -> tuple[int, float | None]:
    """To which row from `start` a white gutter parts two columns, and where it is; (start + 1, None) if none does.

    A head has its two halves centred, or its rows do not stand at the same heights; rows of a form ("label … label …")
    are set to tab stops, and are read across.
    """
    nothing = start + 1, None
    if any(item.whole for item in rows[start]):
        return nothing
    best: tuple[int, float | None] = nothing
    for gap in _gaps(_first_of_both(rows[start : start + 2])):
        left, right = gap
        end = start + 1
        last = rows[start]
        while end < len(rows) and not any(item.whole for item in rows[end]):
            narrowed = _narrowed((left, right), rows[end])
            room = (rows[end][0].box[1] - last[0].box[3]) / rows[end][0].letter
            if narrowed is None or room > SIGNATURE_ROOM:
                break
            if room > ROOM:  # the names may stand below, or something else
                best = _better(best, rows, start, end, (left + right) / 2)
            left, right = narrowed
            last = rows[end]
            end += 1
        best = _better(best, rows, start, end, (left + right) / 2)
    return best


def _better(
    best: tuple[int, float | None], rows: list[list[Item]], start: int, end: int, middle: float
) -> tuple[int, float | None]:
    """The rows up to `end`, parted at `middle`, if they reach further than the best and are two blocks."""
    zone = [item for row in rows[start:end] for item in row]
    return (end, middle) if end > best[0] and _is_two_blocks(zone, middle, end - start) else best


def _first_of_both(rows: list[list[Item]]) -> list[Item]:
    """A row, and with it the next if the two are the first lines of columns, each at a height of its own."""
    first, following = rows[0], rows[-1]
    if len(first) > 1 or len(rows) == 1 or any(item.whole for item in following):
        return first
    over = first[0].box[3] - min(item.box[1] for item in following)
    return sorted(first + following, key=lambda item: item.box[0]) if over > 0 else first


def _gaps(row: list[Item]) -> list[tuple[float, float]]:
    """The wide white spaces between the items of a row."""
    return [
        (float(one.box[2]), float(other.box[0]))
        for one, other in pairwise(row)
        if other.box[0] - one.box[2] >= COLUMN_GAP * max(one.letter, other.letter)
    ]


def _narrowed(gap: tuple[float, float], row: list[Item]) -> tuple[float, float] | None:
    """What is left of the gap when the row's items are taken out; None if one of them reaches far into it."""
    left, right = gap
    reach = REACHING * (right - left)
    for item in row:
        if item.box[0] + item.box[2] <= left + right and item.box[2] <= gap[0] + reach:
            left = max(left, float(item.box[2]))
        elif item.box[0] + item.box[2] > left + right and item.box[0] >= gap[1] - reach:
            right = min(right, float(item.box[0]))
        else:
            return None
    return (left, right) if right - left >= COLUMN_GAP * row[0].letter * 0.6 else None


def _is_two_blocks(zone: list[Item], gutter: float, rows: int) -> bool:
    if _is_signed(rows_of(zone), gutter):
        return True
    if rows <= FEW_ROWS and _justified(zone):
        return False
    sides = [[item for item in zone if (item.box[0] >= gutter) == bool(side)] for side in (0, 1)]
    if rows < 2 or min(len(side) for side in sides) < 1 or max(len(side) for side in sides) < 2:
        return False
    if all(item.box[2] - item.box[0] <= NUMBER * item.letter for item in sides[0]):
        return False
    if _are_figures(*sides):
        return False
    if min(len(side) for side in sides) < 2:
        return len(zone) >= 3 and any(_centred(side) for side in sides)
    if any(_centred(side) for side in sides) or all(_is_prose(side) for side in sides):
        return True
    return not _are_labels(*sides) and _unlevel(sides[0], sides[1]) >= 0.5


def _are_labels(left: list[Item], right: list[Item]) -> bool:
    """Whether much of a column names what stands beside it: “Số đơn: | 4-2022-31846”."""
    answered = sum(item.label and any(_level(item, other) for other in right) for item in left)
    return answered >= max(1, LABELLED * len(rows_of(left)))


def _are_figures(left: list[Item], right: list[Item]) -> bool:
    """Whether a narrow flush column stands beside rows, as points do: “Tiện nghi …… 3 điểm”."""
    slack = FLUSH * right[0].letter
    narrow = all(item.box[2] - item.box[0] <= FIGURES * item.letter for item in right)
    flush = max(item.box[2] for item in right) - min(item.box[2] for item in right) <= slack
    answered = sum(any(_same_row(item, [other]) for other in left) for item in right)
    return len(right) >= FEWEST_FIGURES and narrow and flush and answered >= ANSWERED * len(right)


def _is_prose(column: list[Item]) -> bool:
    """Whether the lines of a column fill it from side to side, but for the last of its paragraphs."""
    left, right = min(item.box[0] for item in column), max(item.box[2] for item in column)
    slack = PROSE_FLUSH * (right - left)
    filled = sum(item.box[0] - left <= slack and right - item.box[2] <= slack for item in column)
    wide = right - left >= PROSE_WIDE * column[0].letter
    return wide and len(column) >= PROSE_LINES and filled >= PROSE_SHARE * len(column)


def _is_signed(rows: list[list[Item]], gutter: float) -> bool:
    """Whether two sign side by side, with room for both hands above both names, however wide their lines are."""
    if not SIGNED_ROWS[0] <= len(rows) <= SIGNED_ROWS[1]:
        return False
    for row in rows:
        apart = row[-1].box[0] - row[0].box[2]
        if len(row) != 2 or not row[0].box[2] <= gutter <= row[1].box[0] or apart < SIGNERS_APART * row[0].letter:
            return False
    return any(below[0].box[1] - above[0].box[3] > ROOM * below[0].letter for above, below in pairwise(rows))


def _justified(zone: list[Item]) -> bool:
    """Whether all rows begin and end at the same places: words of a narrow column that were set far apart."""
    rows = [row for row in rows_of(zone) if len(row) > 1]
    starts, ends = [row[0].box[0] for row in rows], [row[-1].box[2] for row in rows]
    slack = FLUSH * zone[0].letter
    return len(rows) > 1 and max(starts) - min(starts) <= slack and max(ends) - min(ends) <= slack


def _centred(column: list[Item]) -> bool:
    """Whether the items share their middle rather than an edge: figures below one another share the right one."""
    if len(column) < 2:
        return False
    middles = [(item.box[0] + item.box[2]) / 2 for item in column]
    lefts, rights = ([item.box[edge] for item in column] for edge in (0, 2))
    spread, ragged = max(middles) - min(middles), min(max(edges) - min(edges) for edges in (lefts, rights))
    return spread <= 2.5 * column[0].letter and ragged > 1.5 * spread and ragged > column[0].letter


def _unlevel(left: list[Item], right: list[Item]) -> float:
    """Share of the right column's items that stand beside no item of the left at the same height."""
    return sum(not any(_level(item, other) for other in left) for item in right) / len(right)


def _level(item: Item, other: Item) -> bool:
    return abs(item.box[3] - other.box[3]) <= 0.5 * max(item.letter, other.letter)
