"""What a file of scanned pages is, told from its bytes, and why one cannot be used.

UnreadableScan
├── WrongType       neither PDF nor JPEG, PNG, TIFF
├── EmptyFile       no bytes
├── DamagedFile     truncated or broken
├── LockedFile      a password is needed
├── NoPages         a PDF without a page
├── TooManyPages    over the limit
└── TooManyPixels   a page that claims to be larger than any scanner makes
"""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from infra.errors import BadInput, TooLarge

KEPT = "Bản gốc vẫn được giữ nguyên."
HEAD_BYTES = 1024
TAIL_BYTES = 64 * 1024  # some programs write a signature or padding behind the end mark

PICTURE_TYPES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
    b"II+\0": "image/tiff",
    b"MM\0+": "image/tiff",
}


class UnreadableScan(BadInput):
    """The bytes cannot be turned into page images; trying again will not help."""


class WrongType(UnreadableScan):
    def __init__(self) -> None:
        super().__init__(
            "Không đọc được tệp: đây không phải tệp PDF, JPEG, PNG hay TIFF (hệ thống xem nội dung, không xem đuôi "
            f"tệp). {KEPT} Hãy quét hoặc xuất lại thành một trong bốn loại này rồi nộp lại."
        )


class EmptyFile(UnreadableScan):
    def __init__(self) -> None:
        super().__init__("Không đọc được tệp: tệp rỗng (0 byte). Hãy kiểm tra tệp trên máy của bạn rồi nộp lại.")


class DamagedFile(UnreadableScan):
    def __init__(self, page: int | None = None) -> None:
        what = "tệp" if page is None else f"trang {page}"
        super().__init__(
            f"Không đọc được {what}: dữ liệu bị hỏng hoặc bị cắt cụt, có thể do chép hay tải lên dở dang. "
            f"{KEPT} Hãy mở thử trên máy của bạn, quét hoặc xuất lại rồi nộp lại."
        )


class LockedFile(UnreadableScan):
    def __init__(self) -> None:
        super().__init__(
            f"Không đọc được tệp: tệp PDF được khóa bằng mật khẩu. {KEPT} "
            "Hãy mở tệp, bỏ mật khẩu (hoặc in lại thành PDF) rồi nộp lại."
        )


class NoPages(UnreadableScan):
    def __init__(self) -> None:
        super().__init__(f"Không đọc được tệp: tệp không có trang nào. {KEPT} Hãy quét hoặc xuất lại rồi nộp lại.")


class TooManyPages(UnreadableScan, TooLarge):
    def __init__(self, pages: int, limit: int) -> None:
        super().__init__(
            f"Không nhận tệp: tệp có {pages} trang, nhiều hơn giới hạn {limit} trang. "
            f"{KEPT} Hãy tách thành nhiều tệp và nộp cùng một hồ sơ."
        )


class TooManyPixels(UnreadableScan, TooLarge):
    def __init__(self, page: int, width: int, height: int) -> None:
        super().__init__(
            f"Không đọc được trang {page}: ảnh tự khai cỡ {width} × {height} điểm ảnh, vượt quá mọi máy quét thông "
            f"thường. {KEPT} Hãy quét lại trang này ở 300 dpi rồi nộp lại."
        )


@dataclass(frozen=True)
class ScanLimits:
    """What is still a scan of papers, not an attack or a mistake."""

    pages: int = 500  # of one file
    source_pixels: int = 110_000_000  # A3 at 600 dpi is 70 million


@dataclass(frozen=True)
class ScanFacts:
    media_type: str
    pages: int


def media_type_of(head: bytes) -> str:
    """The type by the file's first bytes, whatever it is called. Raises EmptyFile, WrongType."""
    if not head:
        raise EmptyFile
    if b"%PDF-" in head[:HEAD_BYTES]:
        return "application/pdf"
    for start, media_type in PICTURE_TYPES.items():
        if head.startswith(start):
            return media_type
    raise WrongType


def inspect_scan(path: str, limits: ScanLimits) -> ScanFacts:
    """Type and number of pages of a file. Meant for a sandbox: it opens what a stranger sent.

    Raises an UnreadableScan if the file cannot be opened or is over a limit. A page that turns out bad
    later is quarantined by itself.
    """
    with Path(path).open("rb") as file:
        media_type = media_type_of(file.read(HEAD_BYTES))
    pages = _pdf_pages(Path(path)) if media_type == "application/pdf" else _picture_pages(Path(path), limits)
    if pages == 0:
        raise NoPages
    if pages > limits.pages:
        raise TooManyPages(pages, limits.pages)
    return ScanFacts(media_type, pages)


def _pdf_pages(path: Path) -> int:
    if not _ends(path):
        raise DamagedFile
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise pdf_refusal(path) from error
    try:
        return len(document)
    finally:
        document.close()


def pdf_refusal(source: bytes | Path | str) -> UnreadableScan:
    """Why pypdfium2 did not open a PDF. Asked of PDFium itself: for a document without pages, pypdfium2 names the error
    of whatever file was opened before.
    """
    if isinstance(source, bytes):
        document = pdfium.raw.FPDF_LoadMemDocument64(source, len(source), None)
    else:
        document = pdfium.raw.FPDF_LoadDocument(str(source).encode(), None)
    if document:
        pdfium.raw.FPDF_CloseDocument(document)
        return NoPages()
    return LockedFile() if pdfium.raw.FPDF_GetLastError() == pdfium.raw.FPDF_ERR_PASSWORD else DamagedFile()


def _ends(path: Path) -> bool:
    """Whether the PDF's end mark is there: a half-uploaded file may open, but with pages missing."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return b"%%EOF" in file.read()


def _picture_pages(path: Path, limits: ScanLimits) -> int:
    Image.MAX_IMAGE_PIXELS = None  # our own check is stricter, and says the size
    try:
        with Image.open(path) as image:
            width, height = image.size
            if width * height > limits.source_pixels:
                raise TooManyPixels(1, width, height)
            frames = int(getattr(image, "n_frames", 1))
            if frames == 1:
                image.draft("L", (width // 8, height // 8))  # a reduced decode finds a cut-off end as well
                image.load()
            return frames
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as error:
        raise DamagedFile from error
