"""Ruled lines, and the tables they make: cells with row, column and spans.

A table is a group of crossing lines. Its lines' places give a grid; where a piece of grid line is not drawn, the two
cells beside it are one. So a gap worn into a line costs nothing as long as half of its piece is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from extraction.bits import Bits
from extraction.layout.components import Components, Flags, Floats, Ints, components, dilated
from extraction.layout.ink import Ink
from extraction.layout.worn import completed
from extraction.pages import Mask, grey, without
from extraction.readings import Box, Cell, Table

LONG_MM, TALL_MM = 8.0, 5.0  # shortest horizontal and vertical line: no letter has such strokes
SURE_MM = 10.0  # a vertical stroke shorter than this may be a tall letter with its accents, run together
THICK_MM = 1.6  # a rule is thinner, a filled area is not
DASH_MM, GAP_MM, DASHED_MM = 1.5, 2.2, 20.0  # what a level hairline may be broken into, and its whole length
TALL_DASH_MM, TALL_GAP_MM = 2.0, 1.4  # the same of an upright one
DOT_GAP_MM, CLEAR_MM = 1.1, (0.35, 1.0)  # of dotted upright ones; from where to where ink beside makes it a letter's
FOOT_MM = 0.6  # of a letter, to each side of its stem
CORNER_MM, BOX_MM = 2.0, 8.0  # sides of tick boxes: the shortest, and the longest
TEETH_MM, TOOTH_WIDE_MM, FEWEST_TEETH = (2.8, 6.5), 0.8, 5  # height and width of lines between figures; in a row
HAIR = 5  # pixels: thicker lines do not break
WORN_MM = 6.0  # longest gap of a horizontal line that is filled: boxes and strokes close by hide that much
BESIDE = 5  # pixels: as far as an upright line reaches from a gap before it
TOUCH_MM = 1.2  # lines that come this close meet …
WORN_END_MM = 2.0  # … and so do those of one table, the end of one of them worn away
FEET_MM = 25.0  # longer, no letters' feet grow together
STEMS, STEM_MM = 0.2, 0.4  # share of a line's length from which strokes rise, or hang, that far: it is their feet
SIDE_NEAR, SIDES_MM = 2, 25.0  # pixels beside sides of tick boxes, and how far on, upright lines are such sides …
SIDES = 0.5  # … if that much of them lies there
FEWEST = 2  # boxes
BRIDGED_MM = 60.0  # the widest stamp that may have hidden a part of a line
NARROW_MM = 2.0  # a cell narrower or lower is the gap of a double line


@dataclass(frozen=True, eq=False)
class Rules:
    """Masks of the page's horizontal and vertical ruled lines, same shape as the ink, a pixel wider than drawn."""

    across: Mask
    down: Mask

    @cached_property
    def drawn(self) -> Mask:
        """The lines as thick as they are drawn: what may be erased without eating the marks of letters beside them."""
        return (self.level.eroded(1, 3) | self.upright.eroded(3, 1)).mask

    @cached_property
    def level(self) -> Bits:
        """The horizontal lines, packed once."""
        return Bits.of(self.across)

    @cached_property
    def upright(self) -> Bits:
        """The vertical lines, packed once."""
        return Bits.of(self.down)

    @cached_property
    def mask(self) -> Mask:
        return grey(cv2.bitwise_or(self.across, self.down))


def bridged(rules: Rules, before: Rules, ink: Ink) -> Rules:
    """The lines, whole again where something was taken off the page that they lay under, as they were `before`."""
    reach = ink.pixels(BRIDGED_MM)
    across = rules.level.closed(reach, 1) & before.level
    down = rules.upright.closed(1, reach) & before.upright
    return Rules((across | rules.level).mask, (down | rules.upright).mask)


def without_sides(rules: Rules, boxes: Sequence[Box], ink: Ink) -> Rules:
    """The rules without upright lines that are sides of tick boxes, which stand so close that they run together.

    Such a line goes on where at least two boxes above or below have their sides.
    """
    if len(boxes) < FEWEST or not rules.down.any():
        return rules
    beside, reach = np.zeros_like(rules.down), ink.pixels(SIDES_MM)
    for left, top, right, bottom in boxes:
        for x in (left, right - 1):
            beside[max(0, top - reach) : bottom + reach, max(0, x - SIDE_NEAR) : x + SIDE_NEAR + 1] += 1
    sides = beside >= FEWEST
    lines = components(rules.down)
    dropped = lines.touching(sides)
    for line in np.flatnonzero(dropped).tolist():
        left, top, right, bottom = lines.box(line)
        own = lines.labels[top:bottom, left:right] == line + 1
        shared = (own & sides[top:bottom, left:right]).any(1)
        dropped[line] = float(shared.mean()) >= SIDES
    return Rules(rules.across, without(rules.down, lines.mask(dropped))) if dropped.any() else rules


def find_rules(ink: Ink) -> Rules:
    """The long straight lines. A little thickening lets a line that falls by a pixel stay one line."""
    thick, drawn = ink.pixels(THICK_MM, 3), ink.bits
    boxless = _without_boxes(drawn, ink)
    alone = _alone(boxless, ink)
    upright = drawn.dilated(3, 1).opened(1, ink.pixels(TALL_MM, 6)) | _dashed(boxless, ink) | _dotted(alone, ink)
    free = _free(drawn, upright, ink)
    level = drawn.dilated(1, 3).closed(3, 1).opened(ink.pixels(LONG_MM, 8), 1)
    level = _with_dashes(level, free, ink)
    upright = upright | _teeth(drawn, level, ink)
    level, upright = level.without(level.opened(1, thick + 2)), upright.without(upright.opened(thick + 2, 1))
    level = _continued(_without_feet(level.opened(ink.pixels(LONG_MM / 2, 4), 1), ink), free, ink)
    across = level.mask
    upright = _held(upright.opened(1, ink.pixels(TALL_MM / 2, 3)), across, ink)
    across, down = _mended(level, across, upright, ink.pixels(WORN_MM)), upright.mask
    return Rules(*completed(across, down, free, alone, ink))


def _teeth(drawn: Bits, level: Bits, ink: Ink) -> Bits:
    """Short upright lines that part a row of boxes for one figure each, all from one level line to another."""
    least, most = ink.pixels(TEETH_MM[0], 4), ink.pixels(TEETH_MM[1], 6)
    between = level.drawn_out(most) & level.drawn_out(-most)
    strokes = drawn.dilated(3, 1).opened(1, least) & between.dilated(1, 3)
    if not strokes.any():
        return strokes
    pieces, rows = components(strokes), level.dilated(1, 3).mask > 0
    found: dict[tuple[int, int], list[int]] = {}
    for piece in np.flatnonzero((pieces.height <= most + 4) & (pieces.width <= ink.pixels(TOOTH_WIDE_MM, 4))).tolist():
        left, top, right, bottom = pieces.box(piece)
        ends = rows[max(0, top - 2) : top + 2, left:right], rows[bottom - 2 : bottom + 2, left:right]
        if all(end.any() for end in ends):
            found.setdefault((round(top / least), round((bottom - top) / 4)), []).append(piece)
    chosen = np.zeros(len(pieces), np.bool_)
    for row in found.values():
        chosen[row] = len(row) >= FEWEST_TEETH
    return Bits.of(pieces.mask(chosen))


def _dashed(drawn: Bits, ink: Ink) -> Bits:
    """Upright hairlines that a coarse scan has broken to long dashes and short gaps, as leaning ones: at every step."""
    hair = drawn.without(drawn.opened(HAIR, HAIR))  # level lines that cross it stay
    dashes = hair.opened(1, ink.pixels(TALL_DASH_MM, 2)).dilated(3, 1)
    return dashes.closed(1, ink.pixels(TALL_GAP_MM, 2)).opened(1, ink.pixels(DASHED_MM))


def _with_dashes(level: Bits, free: Bits, ink: Ink) -> Bits:
    """The level lines, and hairlines so broken."""
    dashes = free.opened(ink.pixels(DASH_MM, 2), 1)
    if dashes.without(level).count() < ink.pixels(LONG_MM):
        return level
    return level | dashes.dilated(1, 3).closed(ink.pixels(GAP_MM, 2), 1).opened(ink.pixels(DASHED_MM), 1)


def _dotted(alone: Bits, ink: Ink) -> Bits:
    """Upright hairlines of which even less is left. Level ones would be leaders."""
    return alone.dilated(3, 1).closed(1, ink.pixels(DOT_GAP_MM, 2)).opened(1, ink.pixels(DASHED_MM))


def _alone(drawn: Bits, ink: Ink) -> Bits:
    """What has no ink close on both sides: letters have."""
    near, far = ink.pixels(CLEAR_MM[0], 2), ink.pixels(CLEAR_MM[1], 3)
    beside = drawn.dilated(far - near, 1)
    middle = near + (far - near) // 2
    return drawn.without(beside.moved(middle, 0) & beside.moved(-middle, 0))


def _without_boxes(drawn: Bits, ink: Ink) -> Bits:
    """Without the upright sides of tick boxes, which stand below one another like dashes: strokes end on both ends."""
    strokes = drawn.opened(ink.pixels(CORNER_MM), 1).dilated(3, 3)
    sides = drawn.opened(1, ink.pixels(CORNER_MM))
    tops, feet = sides.without(sides.moved(0, 1)) & strokes, sides.without(sides.moved(0, -1)) & strokes
    reach = ink.pixels(BOX_MM)
    below, above = (ends.dilated(3, 1).drawn_out(way * reach) for ends, way in ((tops, 1), (feet, -1)))
    return drawn.without(sides & below & above)


def _free(drawn: Bits, upright: Bits, ink: Ink) -> Bits:
    """What has no ink close above or below it, nor beside there, but for upright lines: it is no foot of a letter."""
    near, far = ink.pixels(CLEAR_MM[0], 2), ink.pixels(CLEAR_MM[1], 3)
    beside = drawn.without(upright).dilated(2 * ink.pixels(FOOT_MM) + 1, far - near)
    middle = near + (far - near) // 2
    return drawn.without(beside.moved(0, middle) | beside.moved(0, -middle))


def _continued(level: Bits, free: Bits, ink: Ink) -> Bits:
    """The level lines, and the dots that go on from them: a leader goes on from none, and letters have others below."""
    if free.without(level).count() < ink.pixels(LONG_MM):
        return level
    dots = free.dilated(1, 3).closed(ink.pixels(GAP_MM, 2), 1).opened(ink.pixels(DASHED_MM), 1)
    if not dots.without(level.dilated(3, 5)).any():
        return level
    rows = components(dots)
    touching = rows.touching(level.mask > 0)
    return level | Bits.of(rows.mask(touching)) if touching.any() else level


def _without_feet(across: Bits, ink: Ink) -> Bits:
    """Without the serifs of a word such as "nhiệm", which close up to a straight line under it, or over it."""
    lines = components(across)
    stem = ink.pixels(STEM_MM, 3)
    feet = np.zeros(len(lines), np.bool_)
    for line in np.flatnonzero(lines.width < ink.pixels(FEET_MM)):
        left, top, right, bottom = lines.box(int(line))
        # lines are a pixel thicker than drawn: their outermost rows are those right beside the ink
        above, below = slice(max(0, top + 1 - stem), top + 1), slice(bottom - 1, bottom - 1 + stem)
        strokes = (ink.mask[rows, left:right] > 0 for rows in (above, below))
        feet[line] = any(float(rows.all(0).mean()) > STEMS for rows in strokes)
    return _without(across, lines, feet)


def _held(down: Bits, across: Mask, ink: Ink) -> Bits:
    """Without short vertical strokes that do not run from one horizontal line to another: letters, not lines."""
    lines = components(down.closed(1, ink.pixels(3)))
    reach = ink.pixels(TOUCH_MM, 2)
    loose = np.zeros(len(lines), np.bool_)
    for line in np.flatnonzero(lines.height < ink.pixels(SURE_MM)):
        left, top, right, bottom = lines.box(int(line))
        columns = slice(max(0, left - reach), right + reach)
        ends = (across[max(0, end - reach) : end + reach, columns] for end in (top, bottom))
        loose[line] = not all(end.any() for end in ends)
    return _without(down, lines, loose)


def _without(lines: Bits, pieces: Components, dropped: Flags) -> Bits:
    return lines.without(Bits.of(pieces.mask(dropped))) if dropped.any() else lines


def _mended(level: Bits, across: Mask, upright: Bits, reach: int) -> Mask:
    """Horizontal lines, also given as `across`, with worn gaps filled, also that before a vertical one they ought to
    meet.

    Not the one between the side of a table and a frame around it: there the lines end on both sides.
    """
    met = upright & level.dilated(2 * reach + 1, 1)
    filled = (level | met).closed(reach, 1)
    gaps, down = components(filled.without(level | upright)), upright.mask
    between = np.zeros(len(gaps), np.bool_)
    for gap in range(len(gaps)):
        left, top, right, bottom = gaps.box(gap)
        rows = slice(max(0, top - 1), bottom + 1)
        sides = slice(max(0, left - BESIDE), left), slice(right, right + BESIDE)
        beyond = slice(max(0, left - 2 * BESIDE), max(0, left - BESIDE)), slice(right + BESIDE, right + 2 * BESIDE)
        lines = all(down[rows, side].any() for side in sides)
        between[gap] = lines and not all(across[rows, side].any() for side in beyond)
    if not between.any():
        return filled.mask
    return grey(without(filled.mask, dilated(gaps.mask(between), 4 * BESIDE + 1, 3)) | across)


def find_tables(ink: Ink, rules: Rules) -> tuple[Table, ...]:
    """All ruled tables of at least two cells, from top to bottom."""
    if not rules.down.any() or not rules.across.any():
        return ()
    touch = ink.pixels(TOUCH_MM, 2)
    groups = components(dilated(rules.mask, touch, touch))
    across, down = _lines(rules, ink)
    tables = []
    for group in np.flatnonzero((groups.width >= ink.pixels(15)) & (groups.height >= ink.pixels(TALL_MM))):
        mine_across = _members(groups, int(group), across)
        mine_down = _members(groups, int(group), down)
        table = _table(across, mine_across, down, mine_down, rules, ink)
        if table is not None:
            tables.append(table)
    return tuple(sorted(tables, key=lambda table: (table.box[1], table.box[0])))


def _lines(rules: Rules, ink: Ink) -> tuple[Components, Components]:
    """Lines as pieces, worn gaps of up to 3 mm bridged."""
    gap = ink.pixels(3)
    return components(rules.level.closed(gap, 1)), components(rules.upright.closed(1, gap))


def _members(groups: Components, group: int, lines: Components) -> Ints:
    """Which lines lie in the group: those whose box lies in the group's and whose pixels carry its label."""
    left, top, right, bottom = groups.box(group)
    inside = (lines.left >= left) & (lines.right <= right) & (lines.top >= top) & (lines.bottom <= bottom)
    return np.asarray([line for line in np.flatnonzero(inside) if _carries(groups, group, lines, int(line))], np.int64)


def _carries(groups: Components, group: int, lines: Components, line: int) -> bool:
    left, top, right, bottom = lines.box(line)
    there = groups.labels[top:bottom, left:right][lines.labels[top:bottom, left:right] == line + 1]
    return bool((there == group + 1).any())


def _crossings(across: Components, a: Ints, down: Components, d: Ints, touch: int) -> Flags:
    """(across, down) matrix: which lines meet."""
    left, right = across.left[a][:, None] - touch, across.right[a][:, None] + touch
    top, bottom = across.top[a][:, None] - touch, across.bottom[a][:, None] + touch
    x, y0, y1 = (down.left[d] + down.width[d] / 2)[None], down.top[d][None], down.bottom[d][None]
    return np.asarray((x >= left) & (x <= right) & (y0 <= bottom) & (y1 >= top))


def _table(across: Components, a: Ints, down: Components, d: Ints, rules: Rules, ink: Ink) -> Table | None:
    """The table these lines make; None if they make none. Lines that meet fewer than two others are not its own."""
    touch = ink.pixels(TOUCH_MM, 2)
    for _ in range(2):
        meet = _crossings(across, a, down, d, ink.pixels(WORN_END_MM))
        d, a = d[meet.sum(0) >= 2], a[meet.sum(1) >= 2]
    if len(a) < 2 or len(d) < 2:
        return None
    ys = _places(across.top[a] + across.height[a] / 2, touch)
    xs = _places(down.left[d] + down.width[d] / 2, touch)
    left, right = int(across.left[a].min()), int(across.right[a].max())
    open_left, open_right = xs[0] - left > ink.pixels(5), right - xs[-1] > ink.pixels(5)  # no line drawn at the side
    xs = [*([left] if open_left else []), *xs, *([right] if open_right else [])]
    regions = _regions(xs, ys, rules, ink)
    narrow = ink.pixels(NARROW_MM)
    boxes = [box for box in regions if box[2] - box[0] >= narrow and box[3] - box[1] >= narrow]
    if len(boxes) < 2:
        return None
    return Table(box=(xs[0], ys[0], xs[-1], ys[-1]), cells=numbered(boxes))


def _places(middles: Floats, touch: int) -> list[int]:
    """Middles closer than `touch` are one grid line."""
    places: list[list[float]] = []
    for middle in sorted(float(value) for value in middles):
        if places and middle - places[-1][-1] <= touch:
            places[-1].append(middle)
        else:
            places.append([middle])
    return [round(sum(group) / len(group)) for group in places]


def _regions(xs: list[int], ys: list[int], rules: Rules, ink: Ink) -> list[Box]:
    """Boxes of the cells: elementary cells joined where no line is drawn between them, if a rectangle comes out."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {(row, col): (row, col) for row in range(rows) for col in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    for row, col in list(owner):
        if col + 1 < columns and not _drawn(rules.down, xs[col + 1], ys[row], ys[row + 1], ink):
            owner[root((row, col + 1))] = root((row, col))
        if row + 1 < rows and not _drawn(rules.across.T, ys[row + 1], xs[col], xs[col + 1], ink):
            owner[root((row + 1, col))] = root((row, col))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell in owner:
        groups.setdefault(root(cell), []).append(cell)
    boxes: list[Box] = []
    for cells in groups.values():
        top, bottom = min(c[0] for c in cells), max(c[0] for c in cells)
        left, right = min(c[1] for c in cells), max(c[1] for c in cells)
        if len(cells) == (bottom - top + 1) * (right - left + 1):
            boxes.append((xs[left], ys[top], xs[right + 1], ys[bottom + 1]))
        else:
            boxes.extend((xs[col], ys[row], xs[col + 1], ys[row + 1]) for row, col in cells)
    return boxes


def _drawn(lines: Mask, place: int, start: int, end: int, ink: Ink) -> bool:
    """Whether at least half of the piece of line at column `place` between rows `start` and `end` is there."""
    reach, inset = ink.pixels(1.0, 2), min(ink.pixels(0.8), max(0, (end - start) // 4))
    strip = lines[start + inset : max(start + inset + 1, end - inset), max(0, place - reach) : place + reach + 1]
    return strip.size > 0 and float((strip > 0).any(1).mean()) >= 0.5


def numbered(boxes: list[Box]) -> tuple[Cell, ...]:
    """Cells with their rows, columns and spans counted among the lines that cells really have."""
    tops, lefts = sorted({box[1] for box in boxes}), sorted({box[0] for box in boxes})
    cells = [
        Cell(
            row=tops.index(top),
            col=lefts.index(left),
            row_span=sum(top <= other < bottom for other in tops),
            col_span=sum(left <= other < right for other in lefts),
            box=(left, top, right, bottom),
        )
        for left, top, right, bottom in boxes
    ]
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))
