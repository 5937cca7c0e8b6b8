"""One page's layout: the finders in order, and what to paint over before its lines are read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np

from extraction.geometry import held, overlap
from extraction.layout.beside_points import ticks_beside_points
from extraction.layout.components import Components, Flags, components, dilated, union
from extraction.layout.frames import pale_stamps
from extraction.layout.ink import Ink
from extraction.layout.leaders import find_marks
from extraction.layout.lines import Line, find_lines, letter_height, without_fragments
from extraction.layout.open_tables import with_open_tables
from extraction.layout.overwritten import with_hidden_ends
from extraction.layout.radios import erase_radios, find_radios
from extraction.layout.rings import circled_figures, ringed_figures
from extraction.layout.rules import Rules, bridged, find_rules, find_tables, without_sides
from extraction.layout.scribbles import (
    Circle,
    find_circles,
    pale_ink,
    seals,
    signatures,
    without_scraps,
    without_strokes,
)
from extraction.layout.stamps import darker_ink, framed_stamps, pen_ink, seal_ink, without_marks
from extraction.layout.streaks import find_streaks, without_streaks
from extraction.layout.tick_marks import DOUBTED, RING_SURE, TickBox, erase_ticks, with_pale_doubted
from extraction.layout.ticks import find_small_ticks, find_ticks
from extraction.pages import SURE, UNSURE, Mask, PageImage, grey, without
from extraction.preprocessing import LAYOUT_DPI, background_normalised, ink_of, ink_of_even, shrunk
from extraction.readings import Box, Table

SHEET_BOXES = 2  # on a page, at least, for it to be of a score sheet
AT_EDGE = 0.02  # of an upright line's length, that reaches into the table above or below it
GUTTER_MM, GUTTER_AT = 25.0, 0.2  # length of a line between columns; of the page's width, how far from its sides
TIED, WIDE = 4.0, 1.8  # small letters' height, and times its own, that a figure with the ring it touches may be
CLOSE, TALL = 1.2, 0.7  # letter heights, within which letters so high belong to the same word
POINTS_SHARE, POINTS_ROWS = 0.22, 10  # of a table's width, its column of points at most; rows of a sheet without boxes
ENDS_SHARE, ENDS_APART, ALONE, IN_COLUMN = 0.2, 1.5, 1.5, 0.7  # of the text's width; letter heights; share of figures
UNIT = 5  # letter heights that “điểm” or “đ” behind points may take
RING_SHARE = 0.18  # of a ring's width, at each side, its line takes
FIGURE = 2.2  # letter heights at most is a row's number of points high
BLEACHED = 0.03  # share of a circle that ink of a coloured seal covers at least; rim and letters cover some tenth
KNOWN = 9  # pixels about marks that were bleached, within which ink is theirs
DASH_FILLED, DASH_SLIM, DASH_MM = 0.9, 2.0, 1.2  # share of its box, times as high as wide, and height of a dash
FEWEST_DASHES, DASHES_ALIKE_MM = 20, 0.6  # below one another; how far beside one another they stand
HOLE_RIM, HOLE_FILLED = 0.24, 0.6  # ink's share of its box: a thin rim of shadow, or a dark disc
HOLE_MM, HOLE_MARGIN_MM = (4.5, 9.0), 20.0  # width of punch holes with their shadow; how far from the side they are


@dataclass(frozen=True)
class Repeated:
    """A row of like marks, "..." or "***": how many they are is counted better than read."""

    box: Box
    count: int


@dataclass(frozen=True, eq=False)
class Layout:
    """Everything in pixels of the layout image; `scale` times that is pixels of the page."""

    printed: PageImage  # the page without the coloured stamps and signatures that lie on it
    scale: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    ticks: tuple[TickBox, ...]
    repeated: tuple[Repeated, ...]
    erased: Mask  # rules, leaders, tick boxes: not text, at layout resolution
    marks: Mask  # ink of stamps and signatures, at layout resolution
    gutters: tuple[Box, ...] = ()  # upright lines between columns of text, in no table
    like_tones: tuple[tuple[int, int], ...] = ()  # dots of leaders right below letters, as the dot of a tone stands


def page_layout(page: PageImage) -> Layout:
    """What stands where on an upright, straightened page."""
    whole, printed, marks, strokes, framed = _parted(page)
    del page  # its coloured inks are the larger half of what a page costs
    even, ink, drawn = _inks(whole, printed, marks, strokes)
    del whole, strokes
    mm, scale = ink.mm, printed.width / ink.mask.shape[1]
    ruled = _ruled(ink, drawn)
    circles = find_circles(even, ruled.pieces, mm)
    unruled = without(ink.mask, ruled.rules.mask)
    pale = pale_ink(even, unruled, [each for each in circles if not _is_bleached(each, marks)])
    if not framed.any():  # no stamp was known by its colour: it may have lost it
        known = grey(pale | dilated(marks, KNOWN, KNOWN))  # what is left of a signature is no frame
        pale |= pale_stamps(even, ink.mask, ruled.rules.mask, known, mm)
        del known
    if pale.any():
        printed, marks = without_marks(printed, pale), grey(marks | pale)
        ink, before = Ink(ink_of(shrunk(printed, LAYOUT_DPI)), mm), ink
        drawn = Ink(grey(without(drawn.mask, before.mask) | ink.mask), mm)
        ruled = _ruled(ink, drawn, ruled.rules_apart_from(pale), ruled.rules)
    del drawn, pale
    rules, ticks = _ticked(ruled)
    ticks = with_pale_doubted(ticks, even.pixels, ruled.drawn)
    tables = find_tables(ruled.drawn, rules)
    del even
    boxes = erase_ticks(ruled.drawn, ticks, rules)
    radios = find_radios(ruled.pieces, letter_height(ruled.pieces, mm), ticks)
    erase_radios(boxes, radios)
    ticks += radios
    drawn_ink = Ink(without(ruled.drawn.mask, rules.mask), mm)
    pieces, streaks = ruled.without(boxes), ruled.streaks
    del ruled
    noise = _no_text(pieces, ink)
    letter = letter_height(pieces, mm)
    small_marks = find_marks(pieces, noise, letter, mm)
    signed = signatures(pieces, mm)
    lines = find_lines(pieces, noise | signed, small_marks, rules.down, ink)
    pens = pieces.mask(signed)
    marks = grey(marks | pens)
    unsure = grey(marks & ~framed)  # ink that may have been bleached by half; framed stamps are bleached whole
    lines = without_scraps(
        lines, seals(circles, marks), [pieces.box(piece) for piece in np.flatnonzero(signed).tolist()], ink.mask, unsure
    )
    lines = with_hidden_ends(without_fragments(lines), pens)
    tables, lines = with_open_tables(tables, lines, rules, ink)
    rings = _ringed(pieces, letter, tables, ticks, drawn_ink)
    beside = ticks_beside_points(pieces, letter, tables, ticks) if len(ticks) >= SHEET_BOXES else ()
    beside = tuple(tick for tick in beside if not any(overlap(tick.box, ring.box) for ring in rings))
    ticks += rings + beside
    erased = boxes | rules.drawn | streaks
    if small_marks.leaders.any():
        erased |= dilated(pieces.mask(small_marks.leaders), 3, 3)
    for left, top, right, bottom in small_marks.touching:
        erased[top:bottom, left:right] = 255
    for left, top, right, bottom in (tick.box for tick in beside):
        erased[top:bottom, left:right] = 255
    if rings:
        erased |= _without_middles(drawn_ink.mask, [ring.box for ring in rings])
    repeated = tuple(Repeated(union([pieces.box(int(each)) for each in run]), len(run)) for run in small_marks.repeated)
    gutters = _gutters(rules, tables, mm)
    found = printed, scale, tuple(lines), tables, ticks, repeated, grey(erased), marks, gutters
    return Layout(*found, small_marks.like_tones)


class _Parted(NamedTuple):
    """A page and what lies on it, all but `printed` at layout resolution."""

    whole: PageImage  # in grey
    printed: PageImage  # without the marks
    marks: Mask  # ink of seals, stamps and signatures
    strokes: Mask  # those of the marks that a pen made
    framed: Mask  # those that are framed stamps


def _parted(page: PageImage) -> _Parted:
    small = shrunk(replace(page, lightest=None), LAYOUT_DPI)
    if small.red is None and small.blue is None:
        nothing = np.zeros_like(small.pixels)
        return _Parted(small, page.in_grey, nothing, nothing, nothing)
    mm = small.dpi / 25.4
    framed, areas = framed_stamps(small.inked(SURE), page.palest, mm)
    small = small.inked(UNSURE)
    strokes = pen_ink(_without_blue(small, areas), mm)
    marks = grey(seal_ink(small, mm) | strokes | framed)
    strokes |= darker_ink(small, framed)
    small = small.in_grey
    return _Parted(small, without_marks(page, marks, areas).in_grey, marks, strokes, framed)


def _without_blue(page: PageImage, areas: Mask) -> PageImage:
    return page if page.blue is None else replace(page, blue=grey(cv2.bitwise_and(page.blue, cv2.bitwise_not(areas))))


def _inks(small: PageImage, printed: PageImage, marks: Mask, strokes: Mask) -> tuple[PageImage, Ink, Ink]:
    """At layout resolution: the printed page on white paper, its ink, and that of print and pen; ticks may be blue."""
    mm = small.dpi / 25.4
    even = background_normalised(shrunk(printed, LAYOUT_DPI) if marks.any() else small)
    ink = Ink(ink_of_even(even), mm)
    if not strokes.any():
        return even, ink, ink
    return even, ink, Ink(grey(without(ink.mask, strokes) | (ink_of(small) & strokes)), mm)


@dataclass(frozen=True, eq=False)
class _Ruled:
    """A page's ruled lines, and the pieces of ink that are left without them."""

    ink: Ink  # of print, without streaks
    drawn: Ink  # with the strokes of coloured pens, too
    rules: Rules
    streaks: Mask  # dirt of the scanner; no ink of the print
    pieces: Components

    def rules_apart_from(self, removed: Mask) -> Rules | None:
        """The ruled lines, if what is removed from the page lies on none of them; with less ink, no more are found."""
        touched = cv2.bitwise_and(self.rules.mask, dilated(removed, 5, 5))
        return None if touched.any() or self.streaks.any() else self.rules

    def without(self, boxes: Mask) -> Components:
        """The pieces when tick boxes are taken out, too."""
        return _pieces(self.ink, self.rules.mask | boxes) if boxes.any() else self.pieces


def _ruled(ink: Ink, drawn: Ink, known: Rules | None = None, before: Rules | None = None) -> _Ruled:
    """`ink` of print, `drawn` with the strokes of coloured pens, too.

    `known`: the lines of a page without streaks. `before`: those of the page before something was taken off it.
    """
    if known is not None:
        return _Ruled(ink, drawn, known, np.zeros_like(ink.mask), _pieces(ink, known.mask))
    rules = find_rules(drawn)
    streaks = find_streaks(ink, rules)
    if streaks.any():
        whole = ink.mask
        ink, drawn = (Ink(without_streaks(each.mask, streaks), ink.mm) for each in (ink, drawn))
        streaks = grey(streaks & whole & ~ink.mask)
        rules = find_rules(drawn)
    rules = without_strokes(rules, drawn)
    rules = rules if before is None else bridged(rules, before, drawn)
    return _Ruled(ink, drawn, rules, streaks, _pieces(ink, rules.mask))


def _ticked(ruled: _Ruled) -> tuple[Rules, tuple[TickBox, ...]]:
    """The ruled lines and the tick boxes, of whose sides none is taken for a line."""
    ticks = _boxes_of(ruled.drawn, ruled.rules)
    rules = without_sides(ruled.rules, [tick.box for tick in ticks], ruled.drawn)
    if rules is ruled.rules:
        return rules, ticks
    return rules, _boxes_of(ruled.drawn, rules)


def _boxes_of(drawn: Ink, rules: Rules) -> tuple[TickBox, ...]:
    """The tick boxes of the usual size; where there are hardly any, as of a QR code, the smaller ones that are more."""
    ticks = find_ticks(drawn, rules)
    if len(ticks) >= SHEET_BOXES:
        return ticks
    small = find_small_ticks(drawn, rules)
    return small if len(small) > len(ticks) else ticks


def _gutters(rules: Rules, tables: Sequence[Table], mm: float) -> tuple[Box, ...]:
    """The long upright lines that stand away from the page's sides, and in no table."""
    if not rules.down.any():
        return ()
    lines, wide = components(rules.down), rules.down.shape[1]
    inner = (lines.left > GUTTER_AT * wide) & (lines.right < (1 - GUTTER_AT) * wide)
    boxes = [lines.box(line) for line in np.flatnonzero(inner & (lines.height >= GUTTER_MM * mm)).tolist()]
    return tuple(box for box in boxes if not any(_reaches_into(box, table.box) for table in tables))


def _reaches_into(line: Box, table: Box) -> bool:
    """Whether an upright line stands in a table, and not only at its edge."""
    beside = min(line[3], table[3]) - max(line[1], table[1])
    return overlap(line, table) and beside > AT_EDGE * (line[3] - line[1])


def _ringed(
    pieces: Components, letter: float, tables: Sequence[Table], ticks: Sequence[TickBox], drawn: Ink
) -> tuple[TickBox, ...]:
    """Points in the last column of a score sheet that were ringed, of sheets with boxes instead of the row's box.

    `letter`: the height of small ones. `drawn`: ink of print and pen without ruled lines.
    """
    alike = (pieces.height >= letter) & (pieces.height <= FIGURE * letter) & (pieces.width <= pieces.height)
    column = None
    if len(ticks) < SHEET_BOXES and not any(map(_has_column_of_points, tables)):
        column = _points_at_ends(pieces, alike, letter)
        if column is None:
            return ()
    tied = (pieces.height > letter) & (pieces.height <= TIED * letter) & (pieces.width <= WIDE * pieces.height) & ~alike
    figures = np.flatnonzero(alike | tied)
    places = np.stack([pieces.left + pieces.width / 2, pieces.top + pieces.height / 2], 1)[figures]
    inside = np.zeros(len(figures), np.bool_)
    for table in tables:
        last = max(cell.col for cell in table.cells)
        for cell in table.cells:
            if cell.col == last:
                inside |= held(cell.box, places)
    if column is not None:
        inside = np.abs(places[:, 0] - column) <= ENDS_APART * letter
    found = [pieces.box(piece) for piece in figures[inside & alike[figures]].tolist()]
    also = [pieces.box(piece) for piece in figures[inside & tied[figures]].tolist()]
    rings = [ring for ring in ringed_figures(found, also, drawn) if not _goes_on_before(ring, pieces, letter)]
    typed = [ring for ring in circled_figures(found, drawn) if not any(overlap(ring, other) for other in rings)]
    return (*(TickBox(ring, True, RING_SURE) for ring in rings), *(TickBox(ring, True, DOUBTED) for ring in typed))


def _points_at_ends(pieces: Components, alike: Flags, letter: float) -> float | None:
    """Where across a column of lone figures stands that end the lines of a sheet without rules; None if none does."""
    tall = np.flatnonzero(pieces.height >= TALL * letter)
    left, right, top, bottom = pieces.left[tall], pieces.right[tall], pieces.top[tall], pieces.bottom[tall]
    wide = int(right.max()) - int(left.min()) if len(tall) else 0
    found: list[float] = []
    for figure in np.flatnonzero(alike & (pieces.left >= pieces.right.max(initial=0) - ENDS_SHARE * wide)).tolist():
        x0, y0, x1, y1 = pieces.box(figure)
        level = (np.minimum(bottom, y1) - np.maximum(top, y0) >= (y1 - y0) / 2) & (tall != figure)
        before, behind = level & (right <= x0) & (right > x0 - ALONE * letter), level & (left >= x1)
        unit = behind & (right <= x1 + UNIT * letter)  # “4 đ”, “4 điểm”
        if not before.any() and bool((behind == unit).all()):
            found.append((x0 + x1) / 2)
    if len(found) < POINTS_ROWS:
        return None
    middle = float(np.median(found))
    inside = sum(abs(place - middle) <= ENDS_APART * letter for place in found)
    return middle if inside >= max(POINTS_ROWS, IN_COLUMN * len(found)) else None


def _has_column_of_points(table: Table) -> bool:
    """Whether the last column is narrow and has many rows, as that of a sheet's points."""
    last = max(cell.col for cell in table.cells)
    rows = [cell for cell in table.cells if cell.col == last and cell.col_span == 1]
    narrow = all(cell.box[2] - cell.box[0] <= POINTS_SHARE * (table.box[2] - table.box[0]) for cell in rows)
    return len(rows) >= POINTS_ROWS and narrow


def _goes_on_before(ring: Box, pieces: Components, letter: float) -> bool:
    """Whether letters stand close before what looks like a ring: points stand alone, but for stars behind them."""
    left, top, right, bottom = ring
    close = (pieces.left < left - letter / 2) & (pieces.right <= right) & (pieces.right >= left - CLOSE * letter)
    close &= pieces.height >= TALL * letter
    return bool((close & (np.minimum(pieces.bottom, bottom) - np.maximum(pieces.top, top) >= pieces.height / 2)).any())


def _without_middles(drawn: Mask, rings: Sequence[Box]) -> Mask:
    """The ink of rings, and not of the figures in them."""
    ink = np.zeros_like(drawn)
    for left, top, right, bottom in rings:
        ink[top:bottom, left:right] = drawn[top:bottom, left:right]
        aside, above = round((right - left) * RING_SHARE), round((bottom - top) * RING_SHARE)
        ink[top + above : bottom - above, left + aside : right - aside] = 0
    return dilated(ink, 3, 3)


def _pieces(ink: Ink, drawn: Mask) -> Components:
    return components(without(ink.mask, drawn))


def _is_bleached(circle: Circle, marks: Mask) -> bool:
    """Whether the seal's ink was known by its colour, so that what is left in the circle is print."""
    place = circle.place(marks.shape)
    disc = circle.disc(marks.shape)[place]
    return int(np.count_nonzero(marks[place] & disc)) > BLEACHED * int(np.count_nonzero(disc))


def _no_text(pieces: Components, ink: Ink) -> Flags:
    """Shadows at the sheet's side, punch holes, and the fringes that erased rules leave."""
    wide = ink.mask.shape[1]
    shadow = ((pieces.left <= 1) | (pieces.right >= wide - 1)) & (pieces.height > ink.pixels(6))
    middle = pieces.left + pieces.width / 2
    margin = np.minimum(middle, wide - middle) < ink.pixels(HOLE_MARGIN_MM)
    smaller, larger = np.minimum(pieces.width, pieces.height), np.maximum(pieces.width, pieces.height)
    share = pieces.area / np.maximum(1, pieces.width * pieces.height)
    rim = (share <= HOLE_RIM) | (share >= HOLE_FILLED)  # letters of a photo taken close by lie between
    hole = (
        margin
        & rim
        & (smaller >= ink.pixels(HOLE_MM[0]))
        & (larger <= ink.pixels(HOLE_MM[1]))
        & (larger < 1.3 * smaller)
    )
    fringe = (pieces.height <= 2) & (pieces.width > ink.pixels(1.5))
    return np.asarray(shadow | hole | fringe | _dashes_of_frames(pieces, ink))


def _dashes_of_frames(pieces: Components, ink: Ink) -> Flags:
    """Upright dashes that stand below one another, as frames are drawn with; figures have feet or flags."""
    filled = pieces.area >= DASH_FILLED * pieces.width * pieces.height
    slim = (pieces.height >= DASH_SLIM * pieces.width) & (pieces.height >= ink.pixels(DASH_MM)) & filled
    found = np.zeros(len(pieces), np.bool_)
    dashes = np.flatnonzero(slim)
    if len(dashes) < FEWEST_DASHES:
        return found
    x = pieces.left[dashes] + pieces.width[dashes] / 2
    in_line = np.abs(x[:, None] - x[None]) <= ink.pixels(DASHES_ALIKE_MM)
    found[dashes] = in_line.sum(1) >= FEWEST_DASHES
    return found
