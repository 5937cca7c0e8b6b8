"""Born-digital PDF pages: words and tables from the text layer, by pdfplumber; tick boxes from the drawn page.

A text layer is used only where it is the page: not over a scan (somebody else's OCR), not where form fields or
annotations carry what was typed, not in an encoding of the nineties (TCVN3, VNI), not sideways.
"""

import unicodedata
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium

from extraction.engines.reader import WEIGHTS
from extraction.layout.components import union
from extraction.layout.ink import Ink
from extraction.layout.rules import find_rules, numbered
from extraction.layout.ticks import find_ticks
from extraction.linereading import ReadLine
from extraction.pages import PageImage
from extraction.preprocessing import LAYOUT_DPI, ink_of
from extraction.reading import assembled
from extraction.readings import Box, PageReading, PageSource, Table, Tick, Word
from extraction.scans import INCH, PdfScan, page_dpi, picture_share

LEAST_CHARACTERS = 25
SCANNED_SHARE = 0.5  # of the page covered by images: then the page is a picture, whatever text lies over it
FOREIGN_SHARE = 0.015  # letters no Vietnamese or English text has
BOX_GLYPHS = frozenset("□☐☑☒■▢❏❐❑❒◻◼✓✔✗✘")
EXPECTED = frozenset((WEIGHTS / "alphabet.txt").read_text(encoding="utf-8"))
POINTS_PER_MM = INCH / 25.4


def has_text_layer(scan: PdfScan, number: int) -> bool:
    """Whether the page's own text can be trusted instead of reading its picture."""
    page = scan.document[number - 1]
    try:
        if picture_share(page) >= SCANNED_SHARE or _typed_over(page):
            return False
        text_page = page.get_textpage()
        try:
            return is_sane(text_page.get_text_range())
        finally:
            text_page.close()
    except pdfium.PdfiumError:
        return False
    finally:
        page.close()


def is_sane(text: str) -> bool:
    """Whether a text layer holds enough text, and text in Unicode rather than in a font's private code."""
    signs = [sign for sign in unicodedata.normalize("NFC", text) if not sign.isspace()]
    if len(signs) < LEAST_CHARACTERS:
        return False
    broken = sum(sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn", "Cc") for sign in signs)
    letters = [sign for sign in signs if sign.isalpha() or sign in "¸µ¶·¹¨»¾¼½Æ©ÊÇÈÉË®ÌÐÎÏÑªÕÒÓÔÖ×"]
    foreign = sum(sign not in EXPECTED for sign in letters)
    return broken <= 0.02 * len(signs) and len(letters) >= 15 and foreign <= FOREIGN_SHARE * len(letters)


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


def read_text_layer(path: Path | str, scan: PdfScan, number: int) -> PageReading | None:
    """The page's reading from its text layer, boxes in pixels at 300 dpi; None if it must be read as a picture."""
    if not has_text_layer(scan, number):
        return None
    drawn = scan.document[number - 1]
    dpi = page_dpi(drawn, number, scan.limits)
    drawn.close()
    with pdfplumber.open(path, pages=[number]) as document:
        page = document.pages[0]
        try:
            if not _upright(page):
                return None
            return _read(page, scan, number, dpi)
        finally:
            page.close()


def _upright(page: Any) -> bool:
    """Whether nearly all signs stand upright."""
    upright = sum(sign["matrix"][0] > abs(sign["matrix"][1]) for sign in page.chars)
    return bool(upright >= 0.9 * len(page.chars))


def _read(page: Any, scan: PdfScan, number: int, dpi: float) -> PageReading:
    scale = dpi / INCH
    ticks = _ticks(scan, number) if _may_have_boxes(page) else []
    text = page.filter(lambda part: part["object_type"] != "char" or not _is_tick_glyph(part, ticks))
    tables = [table for table in (_table(found, scale) for found in page.find_tables()) if _is_large(table, dpi)]
    lines = _lines(text, scale, tables)
    return assembled(
        PageReading(
            number=number,
            width=max(1, round(float(page.width) * scale)),
            height=max(1, round(float(page.height) * scale)),
            dpi=round(dpi, 2),
            source=PageSource.TEXT_LAYER,
            ticks=tuple(tick.model_copy(update={"box": _scaled(tick.box, dpi / LAYOUT_DPI)}) for tick in ticks),
        ),
        lines,
        tables,
    )


def _is_large(table: Table, dpi: float) -> bool:
    """Whether a drawn grid is a table, not a tick box with its strokes."""
    left, top, right, bottom = table.box
    return len(table.cells) >= 2 and right - left > 15 / 25.4 * dpi and bottom - top > 5 / 25.4 * dpi


def _lines(page: Any, scale: float, tables: list[Table]) -> list[ReadLine]:
    """Words put together to lines without gaps wider than a font size and within one cell."""
    found = page.extract_words(keep_blank_chars=False, x_tolerance=1.5, y_tolerance=2, extra_attrs=["size"])
    rows = sorted(found, key=lambda word: (round((word["top"] + word["bottom"]) / 2), word["x0"]))
    lines: list[list[dict[str, Any]]] = []
    for word in rows:
        last = lines[-1][-1] if lines else None
        if (
            last is not None
            and abs(word["bottom"] - last["bottom"]) < 0.4 * word["size"]
            and _cell(word, scale, tables) == _cell(last, scale, tables)
            and -1 <= word["x0"] - last["x1"] < 1.0 * word["size"]
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [line for line in (_read_line(line, scale) for line in lines) if line.words]


def _cell(word: dict[str, Any], scale: float, tables: list[Table]) -> Box | None:
    """The box of the table cell in which the word's middle lies."""
    x, y = (word["x0"] + word["x1"]) / 2 * scale, (word["top"] + word["bottom"]) / 2 * scale
    boxes = (cell.box for table in tables for cell in table.cells)
    return next((box for box in boxes if box[0] <= x < box[2] and box[1] <= y < box[3]), None)


def _read_line(words: list[dict[str, Any]], scale: float) -> ReadLine:
    read = tuple(
        Word(text=text, box=_pixels((word["x0"], word["top"], word["x1"], word["bottom"]), scale), confidence=1.0)
        for word in words
        if (text := unicodedata.normalize("NFC", word["text"]).replace("\u00a0", "")) and not _is_leader(text)
    )
    box = union([word.box for word in read]) if read else (0, 0, 1, 1)
    return ReadLine(box, float(words[0]["size"]) * scale / 2, read, 1.0)


def _is_leader(text: str) -> bool:
    return len(text) >= 3 and not text.strip(".…_·-")


def _pixels(box: tuple[float, float, float, float], scale: float) -> Box:
    left, top, right, bottom = (max(0, round(float(edge) * scale)) for edge in box)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _scaled(box: Box, factor: float) -> Box:
    return round(box[0] * factor), round(box[1] * factor), round(box[2] * factor), round(box[3] * factor)


def _table(table: Any, scale: float) -> Table:
    cells = numbered([_pixels(box, scale) for box in table.cells if box is not None])
    return Table(box=_pixels(table.bbox, scale), cells=cells)


def _may_have_boxes(page: Any) -> bool:
    """Whether anything on the page could be a tick box: small drawn squares and strokes, or glyphs of them."""
    small = (2.0 * POINTS_PER_MM, 8.0 * POINTS_PER_MM)
    drawn = (*page.rects, *page.curves, *page.lines)
    if any(small[0] <= max(part["width"], part["height"]) <= small[1] for part in drawn):
        return True
    return any(sign["text"] in BOX_GLYPHS or "dings" in str(sign["fontname"]).lower() for sign in page.chars)


def _ticks(scan: PdfScan, number: int) -> list[Tick]:
    """Tick boxes of the drawn page, in pixels at layout resolution."""
    page = scan.document[number - 1]
    try:
        bitmap = page.render(scale=LAYOUT_DPI / INCH, grayscale=True)
        pixels = bitmap.to_numpy()
        image = PageImage(pixels.reshape(pixels.shape[:2]).copy(), LAYOUT_DPI, number)
        bitmap.close()
    finally:
        page.close()
    ink = Ink(ink_of(image), LAYOUT_DPI / 25.4)
    found = find_ticks(ink, find_rules(ink))
    return [Tick(box=tick.box, ticked=tick.ticked, confidence=tick.confidence) for tick in found]


def _is_tick_glyph(sign: dict[str, Any], ticks: list[Tick]) -> bool:
    """Whether a sign is a printed box or the mark in one, not text."""
    if sign["text"] in BOX_GLYPHS:
        return True
    scale = LAYOUT_DPI / INCH
    x, y = (sign["x0"] + sign["x1"]) / 2 * scale, (sign["top"] + sign["bottom"]) / 2 * scale
    return any(tick.box[0] <= x <= tick.box[2] and tick.box[1] <= y <= tick.box[3] for tick in ticks)
