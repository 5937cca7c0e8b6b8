"""Bytes or a file → pages, one at a time: PDF by pypdfium2, JPEG, PNG and TIFF by Pillow.

Nothing is decoded before its claimed size is checked, and no page image is kept after it was given out.
"""

import io
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from extraction.drawn import Picture, drawn_on, picture_share, pictures_on
from extraction.pages import PageImage, coloured, grey
from extraction.plain_scans import PlainScan, may_alter_pictures, plain_scan
from infra.scans import (
    HEAD_BYTES,
    DamagedFile,
    NoPages,
    ScanLimits,
    TooManyPages,
    TooManyPixels,
    media_type_of,
    pdf_refusal,
)

PDF_DPI = 300
KEPT_DPI = (60.0, 400.0)  # a scan inside a PDF keeps its own resolution between these
INCH = 72.0  # PDF points
SHEET_INCHES = (4.0, 24.0)  # longest side that makes a picture's stated dpi believable
A4_LONG_INCHES = 11.69
PREVIEW_DPI = 74.9  # what tells a blank page
DARK_PAGE = 80  # mean grey level below which pixels may be a negative
LOOKS = 16  # at pages, after which a PDF is opened anew
PAGE_PIXELS = 20_000_000  # larger pages are scaled down to this: A3 at 300 dpi is 17 million


@dataclass(frozen=True)
class Preview:
    """A page decoded small, and the size and resolution it will have when decoded whole."""

    image: PageImage
    number: int
    width: int
    height: int
    dpi: float


class Scan(Protocol):
    """An open file of pages. Close it, or use it as a context manager."""

    @property
    def page_count(self) -> int: ...

    def page(self, number: int) -> PageImage:
        """Page `number` (from 1), decoded now. Raises TooManyPixels, DamagedFile, IndexError."""

    def preview(self, number: int) -> Preview | None:
        """The page at 75 to 150 dpi, where that takes much less time than the whole; else None. Never raises."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


def open_scan(source: bytes | Path | str, limits: ScanLimits | None = None) -> Scan:
    """Open a scan by what its bytes are, whatever it is called.

    Raises EmptyFile, WrongType, DamagedFile, LockedFile, NoPages, TooManyPages.
    """
    limits = limits or ScanLimits()
    head = source[:HEAD_BYTES] if isinstance(source, bytes) else _head(Path(source))
    is_pdf = media_type_of(head) == "application/pdf"
    opened: PdfScan | PictureScan = PdfScan(source, limits) if is_pdf else PictureScan(source, limits)
    if opened.page_count == 0:
        opened.close()
        raise NoPages
    if opened.page_count > limits.pages:
        pages = opened.page_count
        opened.close()
        raise TooManyPages(pages, limits.pages)
    return opened


def pages(scan: Scan) -> Iterator[PageImage]:
    """Every page in order; the caller drops each before asking for the next."""
    for number in range(1, scan.page_count + 1):
        yield scan.page(number)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


class _Closing(ABC):
    """Closed when its block ends."""

    @abstractmethod
    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class PdfScan(_Closing):
    """A PDF; `document` is open for those who look at its text layer."""

    def __init__(self, source: bytes | Path | str, limits: ScanLimits):
        self.limits, self.source = limits, source
        self.alters_pictures: bool | None = None  # not looked yet
        self.looks = 0  # at pages since the document was opened
        try:
            self.document = self._opened()
        except pdfium.PdfiumError as error:
            raise pdf_refusal(source) from error

    @property
    def page_count(self) -> int:
        return len(self.document)

    def page(self, number: int) -> PageImage:
        if not 1 <= number <= self.page_count:
            raise IndexError(f"no page {number} of {self.page_count}")
        try:
            page = self._look_at(number)
        except pdfium.PdfiumError as error:
            raise DamagedFile(number) from error
        try:
            return self._decoded(page, number) or self._rendered(page, number)
        except pdfium.PdfiumError as error:
            raise DamagedFile(number) from error
        finally:
            page.close()

    def preview(self, number: int) -> Preview | None:
        if not 1 <= number <= self.page_count:
            return None
        try:
            page = self._look_at(number)
        except pdfium.PdfiumError:
            return None
        try:
            if drawn_on(page).is_bare and not pdfium.raw.FPDFPage_GetAnnotCount(page.raw):
                return _paper(page.get_size(), number)
            plain = self._plain(page)
            return None if plain is None else _preview(plain.image, plain.dpi, number, plain.turns)
        finally:
            page.close()

    def _opened(self) -> pdfium.PdfDocument:
        document = pdfium.PdfDocument(self.source)
        if document.get_formtype():
            document.init_forms()  # or values typed into form fields stay invisible
        return document

    def _look_at(self, number: int) -> Any:
        """The open page. PDFium keeps all pictures it has read until their document is closed: it is, now and then."""
        if self.looks == LOOKS:
            read, self.document, self.looks = self.document, self._opened(), 0
            read.close()
        self.looks += 1
        return self.document[number - 1]

    def _plain(self, page: Any) -> PlainScan | None:
        """The page's JPEG, if it is all of the page and of a scanner's usual size and resolution."""
        plain = plain_scan(page)
        if plain is None or not KEPT_DPI[0] <= plain.dpi <= KEPT_DPI[1]:
            return None
        if plain.image.width * plain.image.height > min(PAGE_PIXELS, self.limits.source_pixels):
            return None
        if self.alters_pictures is None:
            self.alters_pictures = may_alter_pictures(self.source)
        return None if self.alters_pictures else plain

    def _decoded(self, page: Any, number: int) -> PageImage | None:
        """A plain scan straight from its JPEG; None if PDFium must draw the page, also where it came out dark."""
        plain = self._plain(page)
        if plain is None:
            return None
        try:
            found = _of_levels(plain.levels(), plain.dpi, number) or _page_of(
                plain.image, plain.dpi, number, kept=False
            )
            found = found.turned(90 * plain.turns)
        except (OSError, ValueError, SyntaxError):
            return None
        return found if found.pixels[::16, ::16].mean() > DARK_PAGE else None

    def _rendered(self, page: Any, number: int) -> PageImage:
        pictures = pictures_on(page)
        dpi = page_dpi(page.get_size(), pictures, number, self.limits)
        bitmap = page.render(scale=dpi / INCH, rev_byteorder=True, grayscale=not pictures)
        try:
            pixels = np.asarray(bitmap.to_numpy(), dtype=np.uint8)
            if pixels.ndim == 2 or pixels.shape[2] == 1:
                return PageImage(pixels.reshape(pixels.shape[:2]).copy(), dpi, number)
            levels = cv2.cvtColor(pixels, cv2.COLOR_RGBA2GRAY if pixels.shape[2] == 4 else cv2.COLOR_RGB2GRAY)
            return coloured(grey(levels), pixels[:, :, :3], dpi, number)
        finally:
            bitmap.close()

    def close(self) -> None:
        self.document.close()


def page_dpi(size: tuple[float, float], pictures: list[Picture], number: int, limits: ScanLimits) -> float:
    """The resolution to draw a PDF page at: a plain scan's own, else 300; less if the page is huge.

    Raises TooManyPixels if an image on the page claims more pixels than any scanner makes.
    """
    width, height = size
    dpi = float(PDF_DPI)
    finest = 0.0
    for picture in pictures:
        if picture.columns * picture.rows > limits.source_pixels:
            raise TooManyPixels(number, picture.columns, picture.rows)
        inches = max(picture.right - picture.left, picture.bottom - picture.top) / INCH  # images may lie turned
        finest = max(finest, max(picture.columns, picture.rows) / inches if inches > 0.5 else 0.0)
    if picture_share(pictures, size) >= 0.85 and KEPT_DPI[0] <= finest <= KEPT_DPI[1]:
        dpi = finest
    wanted = (width / INCH * dpi) * (height / INCH * dpi)
    return dpi if wanted <= PAGE_PIXELS else float(dpi * (PAGE_PIXELS / wanted) ** 0.5)


class PictureScan(_Closing):
    """A JPEG, PNG or TIFF, the last with any number of frames."""

    def __init__(self, source: bytes | Path | str, limits: ScanLimits):
        self.limits, self.source = limits, source
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we check, and more strictly
                self.image = self._opened()
            self._count = int(getattr(self.image, "n_frames", 1))
        except Image.DecompressionBombError as error:
            raise TooManyPixels(1, *_claimed_size(source)) from error
        except UnidentifiedImageError as error:
            raise DamagedFile from error
        except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError) as error:
            raise DamagedFile from error

    @property
    def page_count(self) -> int:
        return self._count

    def page(self, number: int) -> PageImage:
        if not 1 <= number <= self.page_count:
            raise IndexError(f"no page {number} of {self.page_count}")
        try:
            width, height = self._shown(number)
            if width * height > self.limits.source_pixels:
                raise TooManyPixels(number, width, height)
            if self._count > 1:
                return self._decoded(self.image, number, kept=True)
            with self._opened() as image:  # an open picture keeps its pixels as long as it stays open
                return self._decoded(image, number, kept=False)
        except (OSError, ValueError, SyntaxError, EOFError, TypeError, Image.DecompressionBombError) as error:
            raise DamagedFile(number) from error

    def preview(self, number: int) -> Preview | None:
        if self._count > 1 or number != 1 or self.image.format != "JPEG" or self.image.getexif().get(0x0112, 1) != 1:
            return None
        dpi, size = picture_dpi(self.image), self.image.width * self.image.height
        if dpi > KEPT_DPI[1] or size > min(PAGE_PIXELS, self.limits.source_pixels):
            return None
        try:
            with self._opened() as image:
                return _preview(image, dpi, number)
        except (OSError, ValueError, SyntaxError):
            return None

    def _opened(self) -> Image.Image:
        return Image.open(io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source)

    def _shown(self, number: int) -> tuple[int, int]:
        """Width and height of this frame, which is now the current one."""
        if self._count > 1:
            self.image.seek(number - 1)
        return self.image.size

    def _decoded(self, opened: Image.Image, number: int, *, kept: bool) -> PageImage:
        dpi = picture_dpi(opened)
        image = _upright_by_camera(opened)
        page = _page_of(image, dpi, number, kept=kept)
        if dpi > KEPT_DPI[1]:
            page = page.scaled(PDF_DPI / dpi)
        if page.pixels.size > PAGE_PIXELS:
            page = page.scaled((PAGE_PIXELS / page.pixels.size) ** 0.5)
        return page

    def close(self) -> None:
        self.image.close()


def _preview(image: Image.Image, dpi: float, number: int, turns: int = 0) -> Preview | None:
    """A grey or coloured JPEG decoded at a fraction of its size (JPEG allows halves, quarters, eighths)."""
    width, height = image.size
    factor = max((part for part in (8, 4, 2) if dpi / part >= PREVIEW_DPI), default=1)
    if factor == 1:
        return None
    try:
        image.draft("L", (width // factor, height // factor))
        small = np.asarray(image.convert("L"), dtype=np.uint8)
    except (OSError, ValueError, SyntaxError):
        return None
    if small[::4, ::4].mean() <= DARK_PAGE:
        return None
    page = PageImage(small, dpi * small.shape[0] / height, number).turned(90 * turns)
    width, height = (height, width) if turns % 2 else (width, height)
    return Preview(page, number, width, height, dpi)


def _paper(size: tuple[float, float], number: int) -> Preview:
    """A PDF page on which there is nothing."""
    width, height = (max(1, round(side / INCH * PDF_DPI)) for side in size)
    small = np.full((max(1, height // 8), max(1, width // 8)), 255, np.uint8)
    return Preview(PageImage(small, PDF_DPI / 8, number), number, width, height, PDF_DPI)


def picture_dpi(image: Image.Image) -> float:
    """The picture's resolution: as stated if that makes a sheet of paper, else as if it were A4."""
    longest = max(image.size)
    stated = image.info.get("dpi", (0, 0))
    try:
        dpi = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    if dpi > 1 and SHEET_INCHES[0] <= longest / dpi <= SHEET_INCHES[1]:
        return dpi
    return max(1.0, longest / A4_LONG_INCHES)


def _upright_by_camera(image: Image.Image) -> Image.Image:
    """A photo turned as its EXIF tag says; everything else as it is."""
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    how = turn.get(image.getexif().get(0x0112, 1))
    return image if how is None else image.transpose(how)


def _page_of(image: Image.Image, dpi: float, number: int, *, kept: bool = True) -> PageImage:
    """Grey pixels and coloured inks of a picture, decoded now; what is transparent is paper. Closed unless `kept`."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    if image.mode in ("1", "L"):
        return PageImage(np.asarray(image if image.mode == "L" else image.convert("L"), dtype=np.uint8), dpi, number)
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        deep = np.asarray(image, dtype=np.float32)
        top = 65535.0 if deep.max(initial=0) > 255 else 255.0
        return PageImage(np.clip(deep * (255 / top), 0, 255).astype(np.uint8), dpi, number)
    colour = np.asarray(image if image.mode == "RGB" else image.convert("RGB"), dtype=np.uint8)
    if not kept:
        image.close()  # thirty megabytes less while the inks are told apart
    return coloured(grey(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)), colour, dpi, number)


def _of_levels(levels: npt.NDArray[np.uint8] | None, dpi: float, number: int) -> PageImage | None:
    """The page of decoded grey or RGB levels, if there are any."""
    if levels is None:
        return None
    if levels.ndim == 2:
        return PageImage(levels, dpi, number)
    return coloured(grey(cv2.cvtColor(levels, cv2.COLOR_RGB2GRAY)), levels, dpi, number)


def _claimed_size(source: bytes | Path | str) -> tuple[int, int]:
    """Width and height a picture claims that Pillow refused outright; (0, 0) if they cannot be told."""
    head = source[:64] if isinstance(source, bytes) else _head(Path(source))
    if head.startswith(b"\x89PNG") and len(head) >= 24:
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return 0, 0
