"""One page's layout: the finders in order, and what to paint over before its lines are read."""

from dataclasses import dataclass

import numpy as np

from extraction.layout.components import Components, Flags, components, dilated
from extraction.layout.ink import Ink
from extraction.layout.leaders import leader_dots
from extraction.layout.lines import Line, find_lines
from extraction.layout.rules import find_rules, find_tables
from extraction.layout.stamps import seal_ink
from extraction.layout.ticks import TickBox, erase_ticks, find_ticks
from extraction.pages import Mask, PageImage, grey
from extraction.preprocessing import LAYOUT_DPI, ink_of, shrunk
from extraction.readings import Table


@dataclass(frozen=True, eq=False)
class Layout:
    """Everything in pixels of the layout image; `scale` times that is pixels of the page."""

    scale: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    ticks: tuple[TickBox, ...]
    erased: Mask  # rules, leaders, tick boxes, round seals: not text, at layout resolution


def page_layout(page: PageImage) -> Layout:
    """What stands where on an upright, straightened page."""
    small = shrunk(page, LAYOUT_DPI)
    ink = Ink(ink_of(small), small.dpi / 25.4)
    seals = np.zeros_like(ink.mask) if small.red is None else seal_ink(small.red, ink.mm)
    ink = Ink(grey(np.where(seals > 0, 0, ink.mask)), ink.mm)
    rules = find_rules(ink)
    tables = find_tables(ink, rules)
    ticks = find_ticks(ink, rules)
    boxes = erase_ticks(ink, ticks, rules)
    ruled = dilated(rules.mask, 3, 3)
    left_over = grey(np.where((ruled > 0) | (boxes > 0), 0, ink.mask))
    pieces = components(left_over)
    dots = leader_dots(pieces, ink.mm)
    lines = find_lines(pieces, dots | _edge_shadows(pieces, ink), rules.down, ink)
    erased = ruled | boxes | seals | dilated(pieces.mask(dots), 3, 3)
    return Layout(page.width / small.width, tuple(lines), tables, ticks, grey(erased))


def _edge_shadows(pieces: Components, ink: Ink) -> Flags:
    """Pieces that touch the sheet's side and are taller than letters: shadows of the lid or the book's spine."""
    touches = (pieces.left <= 1) | (pieces.right >= ink.mask.shape[1] - 1)
    return np.asarray(touches & (pieces.height > ink.pixels(6)))
