"""Which pages are the same: a SHA-256 over everything that is drawn on a page, and over nothing around it.

Exact, not alike: two pages with one hash are drawn from the same bytes, so what was read on one stands on the other.
None where that cannot be promised; such a page is only known again inside the same file.
"""

import hashlib
import io
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from extraction.scans import PdfScan, PictureScan, Scan

LARGEST_PAGE = 64 * 1024**2  # bytes; programs that hang every picture of a file on every page are not followed
DRAWN_BY_THE_FILE = (b"/Widget", b"/OCG", b"/OCMD")  # forms and layers: how they look is written outside of the page
FIRST_OF_PAGE = b"\n4 0 obj"  # PDFium numbers what it saves: catalogue, tree, date and producer come before the page
TIFF_STRIPS, TIFF_TILES = (273, 279), (324, 325)  # tags: offsets, byte counts
TIFF_POINTERS = {273, 324, 330, 34665, 34853, 40965}  # tags that say where in the file something lies
TIFF_COMPRESSION, OLD_JPEG = 259, 6  # its bytes lie elsewhere than other pictures'


def content_hash(path: Path, scan: Scan, number: int) -> str | None:
    """Of page `number` (from 1) of the open file at `path`; takes a few milliseconds.

    Raises OverflowError if the page draws on more bytes than a page does: then the file's other pages will, too.
    """
    try:
        if isinstance(scan, PdfScan):
            return _of_pdf_page(scan.document, number)
        if isinstance(scan, PictureScan) and scan.page_count > 1:
            return _of_frame(path, scan.image, number)
    except (pdfium.PdfiumError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError):
        return None
    return None


def _of_pdf_page(document: pdfium.PdfDocument, number: int) -> str | None:
    """PDFium saves the page alone: its box, contents and what they use, in an order that follows from the page."""
    alone, saved = pdfium.PdfDocument.new(), io.BytesIO()
    try:
        alone.import_pages(document, [number - 1])
        alone.save(saved)
    finally:
        alone.close()
    written = saved.getvalue()
    if len(written) > LARGEST_PAGE:
        raise OverflowError
    if any(mark in written for mark in DRAWN_BY_THE_FILE):
        return None
    start, end = written.index(FIRST_OF_PAGE), written.rindex(b"xref", 0, written.rindex(b"startxref"))
    return hashlib.sha256(memoryview(written)[start:end]).hexdigest()


def _of_frame(path: Path, image: Image.Image, number: int) -> str | None:
    """A TIFF's frame: its tags, and the strips or tiles as they lie in the file."""
    image.seek(number - 1)
    tags = dict(getattr(image, "tag_v2", {}))
    offsets, counts = next(((tags[at], tags[size]) for at, size in (TIFF_STRIPS, TIFF_TILES) if at in tags), ((), ()))
    if not offsets or len(offsets) != len(counts) or tags.get(TIFF_COMPRESSION) == OLD_JPEG:
        return None
    if sum(counts) > LARGEST_PAGE:
        return None
    told = sorted((tag, repr(value)) for tag, value in tags.items() if tag not in TIFF_POINTERS)
    digest = hashlib.sha256(repr(told).encode())
    with path.open("rb") as file:
        for offset, count in zip(offsets, counts, strict=True):
            file.seek(offset)
            digest.update(file.read(count))
    return digest.hexdigest()
