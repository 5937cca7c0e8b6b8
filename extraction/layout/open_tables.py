"""Tables of which only level lines are drawn, one below each row: white parts their columns.

Level lines as long as one another stand below one another, and between them texts begin at the same places. The head
may be ruled all around; then its columns are those of the rows below.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extraction.layout.components import Flags, components
from extraction.layout.ink import Ink
from extraction.layout.lines import Line
from extraction.layout.rules import Rules, numbered
from extraction.readings import Box, Table

WIDE_MM, ALIKE_MM = 90.0, 4.0  # how long such lines are at least, and how far their ends may differ
ROW_MM = (4.0, 75.0)  # height of a row
FEWEST_ROWS, UNDER_HEAD = 4, 2  # with texts side by side; below a head that is ruled all around
GUTTER_MM, APART_MM = 1.5, 1.8  # white between columns; and in a line of text that runs over a column's end
SHORT, LEVEL = 0.45, 0.5  # share of a column that its figures take at most; of a text's height that it is level with
PARTED, CROSSED = 3, 0.2  # rows that a gutter parts, at least; share of them across which a text may lie


@dataclass(frozen=True)
class _Lines:
    """Level lines below one another, alike: where each is from the top; and the table whose last line is the first."""

    left: int
    right: int
    ys: list[int]
    head: Table | None


def with_open_tables(
    tables: Sequence[Table], texts: Sequence[Line], rules: Rules, ink: Ink
) -> tuple[tuple[Table, ...], list[Line]]:
    """The ruled tables, and those that have level lines alone; the lines of text, cut where such a column ends."""
    found, texts = list(tables), list(texts)
    for lines in _alike(rules, tables, ink):
        edges = _edges(lines, texts, ink)
        if edges:
            texts = [part for text in texts for part in _parts_of(text, lines, edges, ink)]
            found = [each for each in found if each is not lines.head]
            found.append(_table(_with_worn_away(lines, edges, [text.box for text in texts]), edges, texts, ink))
    return tuple(sorted(found, key=lambda table: (table.box[1], table.box[0]))), texts


def _edges(lines: _Lines, texts: Sequence[Line], ink: Ink) -> list[int]:
    """Where columns end but at the side; none if too few rows have texts side by side."""
    rows = _rows(lines, [text.box for text in texts])
    if sum(len(row) > 1 for row in rows) < (FEWEST_ROWS if lines.head is None else UNDER_HEAD):
        return []
    return _gutters(rows, lines, ink) if lines.head is None else _edges_of(lines.head)


def _rows(lines: _Lines, texts: Sequence[Box]) -> list[list[Box]]:
    inside = [box for box in texts if lines.left <= (box[0] + box[2]) / 2 <= lines.right]
    return [[box for box in inside if top <= (box[1] + box[3]) / 2 < bottom] for top, bottom in pairwise(lines.ys)]


def _parts_of(text: Line, lines: _Lines, edges: Sequence[int], ink: Ink) -> list[Line]:
    """A line of text, cut where it runs over a column's end and more white than between words is before the next."""
    left, top, right, bottom = text.box
    if not lines.ys[0] <= (top + bottom) / 2 < lines.ys[-1]:
        return [text]
    written = np.asarray((ink.mask[top:bottom, left:right] > 0).any(0))
    ends = np.flatnonzero(np.diff(written.astype(np.int8)) == -1) + 1
    for edge in (each for each in edges if left < each < right):
        start = next((end for end in ends[::-1].tolist() if left + end <= edge), None)
        if start is None:
            continue
        after = start + int(np.argmax(written[start:]))
        if after - start >= ink.pixels(APART_MM) and left + after - edge <= ink.pixels(ALIKE_MM):
            cut = left + start, left + after
            rest = replace(text, box=(cut[1], top, right, bottom))
            return [replace(text, box=(left, top, cut[0], bottom)), *_parts_of(rest, lines, edges, ink)]
    return [text]


def _alike(rules: Rules, tables: Sequence[Table], ink: Ink) -> list[_Lines]:
    """Groups of long level lines outside of all tables, or at the foot of one."""
    if not rules.across.any():
        return []
    pieces = components(rules.level.closed(ink.pixels(3), 1))
    boxes = [pieces.box(piece) for piece in np.flatnonzero(pieces.width >= ink.pixels(WIDE_MM)).tolist()]
    near, touch = ink.pixels(ALIKE_MM), ink.pixels(1.0, 2)
    boxes = [box for box in boxes if not any(_is_within(box, table.box, touch) for table in tables)]
    groups: list[_Lines] = []
    for left, top, right, bottom in sorted(boxes, key=lambda box: box[1]):
        y = (top + bottom) // 2
        group = next(
            (each for each in groups if abs(each.left - left) <= near and abs(each.right - right) <= near), None
        )
        if group is not None and ink.pixels(ROW_MM[0]) <= y - group.ys[-1] <= ink.pixels(ROW_MM[1]):
            group.ys.append(y)
            continue
        groups = [each for each in groups if each is not group or len(each.ys) > FEWEST_ROWS]
        head = next((each for each in tables if _is_foot(each, left, right, y, near, ink.pixels(ROW_MM[1]))), None)
        groups.append(_Lines(left, right, [y] if head is None else [head.box[3], y], head))
    return groups


def _is_within(line: Box, table: Box, touch: int) -> bool:
    middle = (line[1] + line[3]) / 2
    return table[1] - touch <= middle <= table[3] + touch and line[0] < table[2] and table[0] < line[2]


def _is_foot(table: Table, left: int, right: int, y: int, near: int, high: int) -> bool:
    """Whether a table ends so close above a line, as wide as the line, that the line goes on with it."""
    alike = abs(table.box[0] - left) <= near and abs(table.box[2] - right) <= near
    return alike and 0 < y - table.box[3] <= high


def _with_worn_away(lines: _Lines, edges: Sequence[int], texts: Sequence[Box]) -> _Lines:
    """With the lines that are missing between rows: a column of figures has one in each, level with another text."""
    ys = list(lines.ys)
    for row, top in zip(_rows(lines, texts), lines.ys, strict=False):
        columns: list[list[Box]] = [[] for _ in range(len(edges) + 1)]
        for box in sorted(row, key=lambda box: box[1]):
            columns[int(np.searchsorted(edges, (box[0] + box[2]) / 2))].append(box)
        xs = [lines.left, *edges, lines.right]
        for at, column in enumerate(columns):
            short = all(box[2] - box[0] <= SHORT * (xs[at + 1] - xs[at]) for box in column)
            others = [box for other in columns if other is not column for box in other]
            level = [[other for other in others if _is_level(box, other)] for box in column]
            if len(column) > 1 and short and all(level) and (lines.head is not None or top > lines.ys[0]):
                tops = (min(box[1], *(each[1] for each in near)) for box, near in zip(column, level, strict=True))
                ys += [begin - 1 for begin in tops][1:]
                break
    return replace(lines, ys=sorted(ys))


def _is_level(box: Box, other: Box) -> bool:
    over = min(box[3], other[3]) - max(box[1], other[1])
    return over >= LEVEL * min(box[3] - box[1], other[3] - other[1])


def _table(lines: _Lines, edges: Sequence[int], texts: Sequence[Line], ink: Ink) -> Table:
    """The table between the lines; cells are joined where a text runs over the end of its column."""
    xs = [lines.left, *edges, lines.right]
    boxes = [cell.box for cell in lines.head.cells] if lines.head is not None else []
    for row, (top, bottom) in zip(_rows(lines, [text.box for text in texts]), pairwise(lines.ys), strict=True):
        kept = [x for x in edges if not any(box[0] + ink.pixels(1) < x < box[2] - ink.pixels(1) for box in row)]
        boxes += [(left, top, right, bottom) for left, right in pairwise([lines.left, *kept, lines.right])]
    top = lines.ys[0] if lines.head is None else lines.head.box[1]
    return Table(box=(xs[0], top, xs[-1], lines.ys[-1]), cells=numbered(_snapped(boxes, xs, ink.pixels(ALIKE_MM))))


def _edges_of(head: Table) -> list[int]:
    """Where the columns of a head's last row end but at the table's side."""
    last = [cell for cell in head.cells if cell.box[3] >= head.box[3] - 1]
    return sorted({cell.box[0] for cell in last} - {min(cell.box[0] for cell in last)})


def _snapped(boxes: Sequence[Box], xs: Sequence[int], near: int) -> list[Box]:
    """The boxes, sides that nearly are the table's or a column's moved there."""

    def at(x: int) -> int:
        closest = min(xs, key=lambda each: abs(each - x))
        return closest if abs(closest - x) <= near else x

    return [(at(left), top, at(right), bottom) for left, top, right, bottom in boxes]


def _gutters(rows: Sequence[Sequence[Box]], lines: _Lines, ink: Ink) -> list[int]:
    """The middles of white that parts texts in several rows, and that hardly any text crosses."""
    wide = lines.right - lines.left + 1
    parted, crossed = np.zeros(wide, np.int64), np.zeros(wide, np.int64)
    for row in rows:
        covered = np.zeros(wide, np.bool_)
        for box in row:
            covered[max(0, box[0] - lines.left) : max(0, box[2] - lines.left)] = True
        inked = np.flatnonzero(covered)
        if len(inked):
            between = np.zeros(wide, np.bool_)
            between[inked[0] : inked[-1] + 1] = True
            parted += between & ~covered
            crossed += covered
    white = (parted >= PARTED) & (crossed <= CROSSED * parted)
    clearest = [
        start + _longest(crossed[start:end] == crossed[start:end].min())
        for start, end in _runs(white)
        if end - start >= ink.pixels(GUTTER_MM)
    ]
    return [lines.left + middle for middle in clearest]


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """From where to where the flags are set."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    return [(start, end) for start, end in edges.tolist()]


def _longest(flags: Flags) -> int:
    """The middle of the longest run of set flags."""
    start, end = max(_runs(flags), key=lambda run: run[1] - run[0])
    return (start + end) // 2
