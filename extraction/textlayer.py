"""Born-digital PDF pages: words, tables and tick boxes from what the file says, in a few milliseconds by PDFium.

A text layer is used only where it is the page: not over a scan (somebody else's OCR), not where form fields or
annotations carry what was typed, not in an encoding of the nineties (TCVN3, VNI), not sideways, not invisible. Where
PDFium's places or blanks cannot be right, pdfplumber is asked for the words.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium

from extraction.drawn import Drawn, Shown, drawn_on, picture_share
from extraction.engines.reader import WEIGHTS
from extraction.grids import Rect, besides, squares_of, tables_of
from extraction.layout.components import union
from extraction.layout.ink import Ink
from extraction.layout.rules import find_rules, numbered
from extraction.layout.tick_marks import TickBox, judged
from extraction.layout.ticks import find_ticks
from extraction.linereading import ReadLine
from extraction.pages import Mask, grey
from extraction.preprocessing import LAYOUT_DPI
from extraction.printed import Flags, Floats, Ints, Signs, Words, are_broken, leaders, signs_on, words_of
from extraction.reading import assembled
from extraction.readings import Box, PageReading, PageSource, Table, Tick, Word
from extraction.scans import INCH, PdfScan, page_dpi

LEAST_CHARACTERS = 25
SCANNED_SHARE = 0.5  # of the page covered by images: then the page is a picture, whatever text lies over it
INVISIBLE_SHARE = 0.5  # of the text objects: then somebody laid the text over something
FOREIGN_SHARE = 0.015  # letters no Vietnamese or English text has
UPRIGHT_SHARE = 0.9
SAME_SHARE = 0.5  # of a text layer's words must be seen on the page
LINE_GAP = 1.0  # em between two words of one line
BOX_SIGNS = np.array([ord(sign) for sign in "□☐☑☒■▢❏❐❑❒◻◼✓✔✗✘"])
PRIVATE = (0xF020, 0xF0FF)  # where fonts of symbols (Wingdings) keep their boxes
BOX_SIGN_MM = (2.0, 7.6)
OLD_LETTERS = frozenset("¸µ¶·¹¨»¾¼½Æ©ÊÇÈÉË®ÌÐÎÏÑªÕÒÓÔÖ×")  # of TCVN3, some of which Unicode counts as signs
EXPECTED = frozenset((WEIGHTS / "alphabet.txt").read_text(encoding="utf-8"))
POINTS_PER_MM = INCH / 25.4
DARK = 165  # grey level up to which a rendered pixel is ink
TO_PIXELS = LAYOUT_DPI / INCH
LARGEST_BOX = BOX_SIGN_MM[1] * POINTS_PER_MM
EDGE_REACH = 3  # pixels from the middle of a box's stroke to its edge, at most


def read_text_layer(path: Path | str, scan: PdfScan, number: int) -> PageReading | None:
    """The page's reading from its text layer, boxes in pixels at 300 dpi; None if it must be read as a picture."""
    try:
        page = scan.document[number - 1]
    except pdfium.PdfiumError:
        return None
    try:
        return _read(path, scan, page, number)
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()


def _read(path: Path | str, scan: PdfScan, page: Any, number: int) -> PageReading | None:
    if _typed_over(page):
        return None
    drawn = drawn_on(page)
    if picture_share(drawn.pictures, drawn.frame.size) >= SCANNED_SHARE:
        return None
    if drawn.invisible > INVISIBLE_SHARE * (drawn.visible + drawn.invisible):
        return None
    signs = _signs(page, drawn.frame)
    if not is_sane("".join(map(chr, signs.code.tolist()))) or signs.upright.mean() < UPRIGHT_SHARE:
        return None
    dpi = page_dpi(drawn.frame.size, drawn.pictures, number, scan.limits)
    level, upright = drawn.strokes(upright=False), drawn.strokes(upright=True)
    squares = squares_of(level, upright)
    grids = tables_of(besides(level, squares, upright=False), besides(upright, squares, upright=True))
    ticks = _ticks(page, squares, signs)
    signs = signs.only(~(np.isin(signs.code, BOX_SIGNS) | _inside(signs, ticks) | leaders(signs)))
    words = words_of(signs.parted(_cells_of(signs.box, grids)))
    if are_broken(signs, words):
        words = _carefully(path, number, drawn.frame, ticks)
    return _as_reading(number, dpi, drawn, words, grids, ticks)


def _signs(page: Any, frame: Shown) -> Signs:
    text_page = page.get_textpage()
    try:
        return signs_on(text_page, frame)
    finally:
        text_page.close()


def is_sane(text: str) -> bool:
    """Whether a text layer holds enough text, and text in Unicode rather than in a font's private code."""
    signs = Counter("".join(unicodedata.normalize("NFC", text).split()))
    count = signs.total()
    if count < LEAST_CHARACTERS:
        return False
    broken = sum(signs[sign] for sign in signs if sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn", "Cc"))
    letters = {sign: signs[sign] for sign in signs if sign.isalpha() or sign in OLD_LETTERS}
    foreign = sum(letters[sign] for sign in letters if sign not in EXPECTED)
    written = sum(letters.values())
    return broken <= 0.02 * count and written >= 15 and foreign <= FOREIGN_SHARE * written


def tell_the_same(layer: PageReading, seen: PageReading) -> bool:
    """Whether a text layer's words are those that the page shows; a font's table of letters may say anything."""
    shown = {word.text.lower() for word in seen.words}
    told = [word.text.lower() for word in layer.words if len(word.text) >= 3]
    return sum(word in shown for word in told) >= SAME_SHARE * len(told)


def _typed_over(page: Any) -> bool:
    """Whether annotations (form fields, typed notes, ink, stamps) carry writing the text layer lacks."""
    raw = pdfium.raw
    writing = {
        raw.FPDF_ANNOT_WIDGET,
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_STAMP,
    }
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in writing:
            return True
    return False


def _as_reading(
    number: int, dpi: float, drawn: Drawn, words: Words, grids: list[list[Rect]], ticks: list[Tick]
) -> PageReading:
    """Everything in pixels of the page at `dpi`."""
    scale = dpi / INCH
    width, height = (max(1, round(side * scale)) for side in drawn.frame.size)
    tables = [_table(cells, scale) for cells in grids]
    empty = PageReading(
        number=number,
        width=width,
        height=height,
        dpi=round(dpi, 2),
        source=PageSource.TEXT_LAYER,
        ticks=tuple(tick.model_copy(update={"box": _scaled(tick.box, dpi / LAYOUT_DPI)}) for tick in ticks),
    )
    return assembled(empty, list(_lines(words, grids, scale)), tables)


def _table(cells: list[Rect], scale: float) -> Table:
    boxes = _all_in_pixels(np.asarray(cells), scale)
    return Table(box=union(boxes), cells=numbered(boxes))


def _lines(words: Words, grids: list[list[Rect]], scale: float) -> Iterator[ReadLine]:
    """Words put together to lines at one height, without gaps wider than a font size, and within one cell."""
    left, _, right, bottom = words.box.T
    cell = _cells_of(words.box, grids)
    row = _rows(bottom, words.em, cell)
    order = np.lexsort((left, row))
    gap = left[order][1:] - right[order][:-1]
    em = words.em[order]
    apart = (np.diff(row[order]) > 0) | (gap > LINE_GAP * np.minimum(em[1:], em[:-1]))
    boxes = _all_in_pixels(words.box, scale)
    for line in np.split(order, np.flatnonzero(apart) + 1):
        if len(line):
            yield _read_line(words, line.tolist(), boxes, scale)


def _rows(bottom: Floats, em: Floats, cell: Ints) -> Ints:
    """A number for each word: those with the same stand in one cell and on one base line."""
    row = np.zeros(len(bottom), np.int64)
    current, base, before = 0, -1e9, -2
    for at in np.lexsort((bottom, cell)).tolist():
        if cell[at] != before or bottom[at] - base > 0.35 * em[at]:
            current, base, before = current + 1, bottom[at], cell[at]
        row[at] = current
    return row


def _cells_of(boxes: Floats, grids: list[list[Rect]]) -> Ints:
    """For each box the number of the table cell in which its middle lies; -1 outside of all."""
    cells = np.asarray([cell for grid in grids for cell in grid]).reshape(-1, 4)
    if not len(cells):
        return np.full(len(boxes), -1)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    within = (x[:, None] >= cells[:, 0]) & (x[:, None] < cells[:, 2])
    within &= (y[:, None] >= cells[:, 1]) & (y[:, None] < cells[:, 3])
    return np.where(within.any(1), within.argmax(1), -1)


def _read_line(words: Words, line: list[int], boxes: list[Box], scale: float) -> ReadLine:
    mine = [boxes[at] for at in line]
    read = tuple(Word(text=words.text[at], box=box, confidence=1.0) for at, box in zip(line, mine, strict=True))
    return ReadLine(union(mine), float(words.em[line[0]]) * scale / 2, read, 1.0)


def _all_in_pixels(boxes: Floats, scale: float) -> list[Box]:
    """Boxes of points in whole pixels, none empty."""
    edges = np.maximum(np.rint(boxes * scale), 0).astype(np.int64)
    edges[:, 2:] = np.maximum(edges[:, 2:], edges[:, :2] + 1)
    return [(left, top, right, bottom) for left, top, right, bottom in edges.tolist()]


def _scaled(box: Box, factor: float) -> Box:
    return round(box[0] * factor), round(box[1] * factor), round(box[2] * factor), round(box[3] * factor)


def _ticks(page: Any, squares: list[Rect], signs: Signs) -> list[Tick]:
    """Tick boxes, drawn or set as signs, in pixels at layout resolution; what stands in them is judged as drawn."""
    signed = signs.box[_like_boxes(signs)]
    if not squares and not len(signed):
        return []
    mask = _ink_around(page, [*squares, *signed.tolist()])
    ink = Ink(mask, LAYOUT_DPI / 25.4)
    found = [judged(box, ink) for square in squares if (box := _tightened(square, mask)) is not None]
    for box in signed.tolist():
        if not any(_contains(tick.box, box) for tick in found):
            found += _box_sign(box, ink)
    found.sort(key=lambda tick: (tick.box[1], tick.box[0]))
    return [Tick(box=tick.box, ticked=tick.ticked, confidence=tick.confidence) for tick in found]


def _ink_around(page: Any, boxes: Sequence[Sequence[float]]) -> Mask:
    """The page's ink, rendered only where these boxes stand, across, and as far beside them as strokes are followed."""
    width, height = (ceil(side * TO_PIXELS) for side in page.get_size())
    reach = max(box[2] - box[0] for box in boxes) + LARGEST_BOX
    left = min(max(0, int((min(box[0] for box in boxes) - reach) * TO_PIXELS)), width - 1)
    right = min(max(0, int(width - (max(box[2] for box in boxes) + reach) * TO_PIXELS)), width - 1 - left)
    cut = [max(0.0, pixels - 0.5) / TO_PIXELS for pixels in (left, right)]  # half a pixel less is rounded up
    bitmap = page.render(scale=TO_PIXELS, crop=(cut[0], 0, cut[1], 0), grayscale=True)
    try:
        pixels = bitmap.to_numpy()
        found = grey(cv2.threshold(pixels.reshape(pixels.shape[:2]), DARK, 255, cv2.THRESH_BINARY_INV)[1])
    finally:
        bitmap.close()
    mask = np.zeros((height, width), np.uint8)
    mask[:, left : left + found.shape[1]] = found
    return mask


def _like_boxes(signs: Signs) -> Flags:
    """Which signs may be tick boxes: by their code, or of a font of symbols; and of a box's size."""
    symbol = (signs.code >= PRIVATE[0]) & (signs.code <= PRIVATE[1])
    least, most = (limit * POINTS_PER_MM for limit in BOX_SIGN_MM)
    return np.asarray((symbol | np.isin(signs.code, BOX_SIGNS)) & (signs.em >= least) & (signs.em <= 2.5 * most))


def _tightened(square: Rect, mask: Mask) -> Box | None:
    """The outer edges of a drawn square, in pixels; None where the rendered page does not show it."""
    left, top, right, bottom = (int(edge * TO_PIXELS) for edge in square)
    height, width = mask.shape
    if min(left, top, width - 1 - right, height - 1 - bottom) < EDGE_REACH or min(right - left, bottom - top) < 8:
        return None
    reach = EDGE_REACH
    near = mask[top - reach : bottom + reach + 1, left - reach : right + reach + 1] > 0
    rows, columns = near[:, 2 * reach : -2 * reach].mean(1) > 0.7, near[2 * reach : -2 * reach].mean(0) > 0.7
    edges = _outermost(columns), _outermost(rows), _outermost(columns[::-1]), _outermost(rows[::-1])
    if None in edges:
        return None
    a, b, c, d = (edge or 0 for edge in edges)
    return left - reach + a, top - reach + b, right + reach + 1 - c, bottom + reach + 1 - d


def _outermost(solid: Flags) -> int | None:
    """Of the stroke at or beside place EDGE_REACH: where it begins, coming from outside."""
    place = next((at for at in (EDGE_REACH, EDGE_REACH + 1, EDGE_REACH - 1) if solid[at]), None)
    while place is not None and place > 0 and solid[place - 1]:
        place -= 1
    return place


def _box_sign(box: list[float], ink: Ink) -> list[TickBox]:
    """The tick box that a sign draws, if it draws one."""
    reach = ink.pixels(1.5)
    left, top, right, bottom = (round(edge * TO_PIXELS) for edge in box)
    left, top = max(0, left - reach), max(0, top - reach)
    part = Ink(np.ascontiguousarray(ink.mask[top : bottom + reach, left : right + reach]), ink.mm)
    if not part.mask.any():
        return []
    return [
        TickBox((a + left, b + top, c + left, d + top), tick.ticked, tick.confidence)
        for tick in find_ticks(part, find_rules(part))
        for a, b, c, d in [tick.box]
    ]


def _contains(box: Box, sign: list[float]) -> bool:
    """Whether a sign's middle lies in a tick box."""
    x, y = (sign[0] + sign[2]) / 2 * TO_PIXELS, (sign[1] + sign[3]) / 2 * TO_PIXELS
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _inside(signs: Signs, ticks: list[Tick]) -> Flags:
    """Which signs are the mark in a tick box, or the box itself: no text."""
    boxes = np.asarray([tick.box for tick in ticks], np.float64).reshape(-1, 4) / TO_PIXELS
    x, y = ((signs.box[:, at] + signs.box[:, at + 2]) / 2 for at in (0, 1))
    within = (x[:, None] >= boxes[:, 0]) & (x[:, None] <= boxes[:, 2])
    within &= (y[:, None] >= boxes[:, 1]) & (y[:, None] <= boxes[:, 3])
    return np.asarray(within.any(1))


def _carefully(path: Path | str, number: int, frame: Shown, ticks: list[Tick]) -> Words:
    """The page's words by pdfplumber, which measures every blank itself; slow, so only where it must be."""
    import pdfplumber  # here, since it takes more memory than everything else that reads text layers

    with pdfplumber.open(path, pages=[number]) as document:
        page = document.pages[0]
        try:
            found = page.extract_words(keep_blank_chars=False, x_tolerance=1.5, y_tolerance=2, extra_attrs=["size"])
        finally:
            page.close()
    kept = [
        (unicodedata.normalize("NFC", word["text"]), box, float(word["size"]))
        for word in found
        if (box := [float(word[edge]) for edge in ("x0", "top", "x1", "bottom")])
        and not any(_contains(tick.box, box) for tick in ticks)
        and not (len(word["text"]) >= 3 and not word["text"].strip(".…_·-"))
    ]
    return Words(
        [text for text, _, _ in kept],
        np.asarray([box for _, box, _ in kept], np.float64).reshape(-1, 4),
        np.asarray([size for _, _, size in kept], np.float64),
    )
