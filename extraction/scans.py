"""Bytes or a file → pages, one at a time: PDF by pypdfium2, JPEG, PNG and TIFF by Pillow.

Nothing is decoded before its claimed size is checked, and no page image is kept after it was given out.
"""

import io
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from extraction.drawn import Picture, picture_share, pictures_on
from extraction.pages import PageImage, coloured
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
PAGE_PIXELS = 20_000_000  # larger pages are scaled down to this: A3 at 300 dpi is 17 million


class Scan(Protocol):
    """An open file of pages. Close it, or use it as a context manager."""

    @property
    def page_count(self) -> int: ...

    def page(self, number: int) -> PageImage:
        """Page `number` (from 1), decoded now. Raises TooManyPixels, DamagedFile, IndexError."""

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
        self.limits = limits
        try:
            self.document = pdfium.PdfDocument(source)
            if self.document.get_formtype():
                self.document.init_forms()  # or values typed into form fields stay invisible
        except pdfium.PdfiumError as error:
            raise pdf_refusal(source) from error

    @property
    def page_count(self) -> int:
        return len(self.document)

    def page(self, number: int) -> PageImage:
        if not 1 <= number <= self.page_count:
            raise IndexError(f"no page {number} of {self.page_count}")
        try:
            page = self.document[number - 1]
        except pdfium.PdfiumError as error:
            raise DamagedFile(number) from error
        try:
            return self._rendered(page, number)
        except pdfium.PdfiumError as error:
            raise DamagedFile(number) from error
        finally:
            page.close()

    def _rendered(self, page: Any, number: int) -> PageImage:
        pictures = pictures_on(page)
        dpi = page_dpi(page.get_size(), pictures, number, self.limits)
        bitmap = page.render(scale=dpi / INCH, rev_byteorder=True, grayscale=not pictures)
        try:
            pixels = np.asarray(bitmap.to_numpy(), dtype=np.uint8)
            if pixels.ndim == 2 or pixels.shape[2] == 1:
                return PageImage(pixels.reshape(pixels.shape[:2]).copy(), dpi, number)
            return _page_of(Image.fromarray(np.ascontiguousarray(pixels[:, :, :3])), dpi, number)
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
        self.limits = limits
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we check, and more strictly
                self.image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)
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
            if self._count > 1 or number > 1:
                self.image.seek(number - 1)
            width, height = self.image.size
            if width * height > self.limits.source_pixels:
                raise TooManyPixels(number, width, height)
            return self._decoded(number)
        except (OSError, ValueError, SyntaxError, EOFError, TypeError, Image.DecompressionBombError) as error:
            raise DamagedFile(number) from error

    def _decoded(self, number: int) -> PageImage:
        dpi = picture_dpi(self.image)
        image = _upright_by_camera(self.image)
        page = _page_of(image, dpi, number)
        if dpi > KEPT_DPI[1]:
            page = page.scaled(PDF_DPI / dpi)
        if page.pixels.size > PAGE_PIXELS:
            page = page.scaled((PAGE_PIXELS / page.pixels.size) ** 0.5)
        if image is not self.image:
            image.close()
        return page

    def close(self) -> None:
        self.image.close()


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


def _page_of(image: Image.Image, dpi: float, number: int) -> PageImage:
    """Grey pixels and red ink of a decoded picture; what is transparent is paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    if image.mode in ("1", "L"):
        return PageImage(np.asarray(image.convert("L"), dtype=np.uint8), dpi, number)
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        deep = np.asarray(image, dtype=np.float32)
        top = 65535.0 if deep.max(initial=0) > 255 else 255.0
        return PageImage(np.clip(deep * (255 / top), 0, 255).astype(np.uint8), dpi, number)
    colour = np.asarray(image.convert("RGB"), dtype=np.uint8)
    grey = np.asarray(image.convert("L"), dtype=np.uint8)
    return coloured(grey, colour, dpi, number)


def _claimed_size(source: bytes | Path | str) -> tuple[int, int]:
    """Width and height a picture claims that Pillow refused outright; (0, 0) if they cannot be told."""
    head = source[:64] if isinstance(source, bytes) else _head(Path(source))
    if head.startswith(b"\x89PNG") and len(head) >= 24:
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return 0, 0
