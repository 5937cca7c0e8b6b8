"""Files as strangers send them: every one is either pages or a clear refusal."""

import io
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from extraction.scans import PdfScan, open_scan, pages, picture_dpi
from infra.scans import (
    DamagedFile,
    EmptyFile,
    LockedFile,
    NoPages,
    ScanLimits,
    TooManyPages,
    TooManyPixels,
    UnreadableScan,
    WrongType,
)


def picture(form: str = "PNG", size: tuple[int, int] = (1240, 1754), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, form, **options)
    return out.getvalue()


def pdf(pages: int = 1, width: float = 595, height: float = 842) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(width, height)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    """An encrypted PDF that nobody has the password of: its hashes fit none."""
    rest = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj "
    keys = b"/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">/P -4"
    lock = b"3 0 obj<</Filter/Standard/V 2/R 3/Length 128" + keys + b">>endobj "
    identity = b"/ID[<" + b"12" * 16 + b"><" + b"12" * 16 + b">]"
    return b"%PDF-1.4\n" + rest + lock + b"trailer<</Root 1 0 R/Encrypt 3 0 R" + identity + b">>\n%%EOF"


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_is_one_page_at_its_stated_resolution() -> None:
    with open_scan(picture(dpi=(150, 150))) as scan:
        page = scan.page(1)

    assert scan.page_count == 1
    assert (page.width, page.height, round(page.dpi)) == (1240, 1754, 150)


def test_a_resolution_that_makes_no_sheet_of_paper_is_replaced_by_that_of_a4() -> None:
    photo = Image.new("L", (3000, 4000))
    photo.info["dpi"] = (72, 72)

    assert picture_dpi(photo) == pytest.approx(342.2, abs=0.1)


def test_a_tiff_of_three_frames_is_three_pages_read_one_at_a_time() -> None:
    frames = [Image.new("L", (400, 600), level) for level in (10, 120, 240)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))

    with open_scan(out.getvalue()) as scan:
        levels = [int(page.pixels[0, 0]) for page in pages(scan)]

    assert levels == [10, 120, 240]


def test_a_born_digital_pdf_page_is_drawn_at_300_dpi() -> None:
    with open_scan(pdf(2)) as scan:
        page = scan.page(2)

    assert (page.number, page.width, page.height, page.dpi) == (2, 2480, 3509, 300)


def test_a_huge_page_is_scaled_down_not_refused() -> None:
    with open_scan(pdf(1, 14_400, 14_400)) as scan:
        page = scan.page(1)

    assert page.pixels.size <= 20_100_000


def test_a_photo_stands_as_its_camera_says() -> None:
    image = Image.new("L", (600, 400), 255)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)

    with open_scan(out.getvalue()) as scan:
        assert (scan.page(1).width, scan.page(1).height) == (400, 600)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "F"])
def test_pictures_of_every_kind_become_grey(mode: str) -> None:
    out = io.BytesIO()
    form = "TIFF" if mode in ("CMYK", "F", "I;16") else "PNG"
    Image.new(mode, (300, 400)).save(out, form)

    with open_scan(out.getvalue()) as scan:
        page = scan.page(1)

    assert page.pixels.shape == (400, 300)
    assert page.pixels.dtype == np.uint8


def test_red_ink_is_kept_apart_where_there_is_some() -> None:
    image = Image.new("RGB", (400, 400), "white")
    image.paste((200, 30, 40), (100, 100, 200, 200))
    out = io.BytesIO()
    image.save(out, "PNG")

    with open_scan(out.getvalue()) as scan:
        red = scan.page(1).red

    assert red is not None
    assert (red[150, 150], red[50, 50]) == (255, 0)


REFUSED = [
    (b"", EmptyFile),
    (b"GIF89a" + bytes(50), WrongType),
    (b"hello", WrongType),
    (b"PK\x03\x04" + bytes(100), WrongType),
    (pdf()[:40], DamagedFile),
    (picture("JPEG")[:20], DamagedFile),
    (locked_pdf(), LockedFile),
    (pdf(0), NoPages),
    (pdf(501), TooManyPages),
]


@pytest.mark.parametrize(
    ("content", "kind"), REFUSED, ids=[f"{kind.__name__}-{i}" for i, (_, kind) in enumerate(REFUSED)]
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, kind: type[UnreadableScan]) -> None:
    with pytest.raises(kind) as refusal:
        open_scan(content)

    assert "Hãy" in str(refusal.value)  # it says what to do next


def test_500_pages_are_accepted_and_the_limit_is_a_setting() -> None:
    with open_scan(pdf(500)) as scan:
        assert scan.page_count == 500
    with pytest.raises(TooManyPages, match="3 trang"):
        open_scan(pdf(3), ScanLimits(pages=2))


@pytest.mark.parametrize("side", [20_000, 200_000])
def test_a_picture_that_claims_absurd_dimensions_is_never_decoded(side: int) -> None:
    with pytest.raises(TooManyPixels), open_scan(png_claiming(side, side)) as scan:
        scan.page(1)


def test_a_truncated_picture_costs_its_page() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1000, 800), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "JPEG")

    with open_scan(out.getvalue()[: len(out.getvalue()) // 2]) as scan, pytest.raises(DamagedFile, match="trang 1"):
        scan.page(1)


def test_a_pdf_of_many_pages_is_opened_anew_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extraction.scans.LOOKS", 2)
    document = pdfium.PdfDocument.new()
    for width in range(100, 105):
        document.new_page(width, 200)
    out = io.BytesIO()
    document.save(out)

    with open_scan(out.getvalue()) as scan:
        assert isinstance(scan, PdfScan)
        first = scan.document
        widths = [round(page.width * 72 / page.dpi) for page in pages(scan)]

        assert widths == [100, 101, 102, 103, 104]
        assert scan.document is not first  # which would keep whatever was read of it


def test_a_page_that_does_not_exist_is_an_index_error() -> None:
    with open_scan(pdf(2)) as scan, pytest.raises(IndexError):
        scan.page(3)


def test_a_scan_inside_a_pdf_keeps_its_own_resolution(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    Image.new("L", (1654, 2339), 255).save(path, "PDF", resolution=200)

    with open_scan(path) as scan:
        assert isinstance(scan, PdfScan)
        page = scan.page(1)

    assert abs(page.width - 1654) <= 1
    assert round(page.dpi) == 200


def jpeg_pdf(coded: bytes, tmp_path: Path) -> Path:
    """A page that is nothing but this JPEG."""
    document = pdfium.PdfDocument.new()
    image = pdfium.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(coded), inline=True)
    width, height = image.get_px_size()
    image.set_matrix(pdfium.PdfMatrix().scale(width * 72 / 200, height * 72 / 200))
    page = document.new_page(width * 72 / 200, height * 72 / 200)
    page.insert_obj(image)
    page.gen_content()
    path = tmp_path / "scan.pdf"
    document.save(path)
    return path


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_decoded_as_pillow_does(tmp_path: Path, mode: str, progressive: bool) -> None:
    noise = np.random.default_rng(1).integers(90, 255, (1400, 1000, 3), dtype=np.uint8)
    coded = io.BytesIO()
    Image.fromarray(noise).convert(mode).save(coded, "JPEG", quality=75, progressive=progressive)
    with open_scan(jpeg_pdf(coded.getvalue(), tmp_path)) as scan:
        page = scan.page(1)

    expected = np.asarray(Image.open(coded).convert("RGB"))
    levels = expected[:, :, 0] if mode == "L" else cv2.cvtColor(expected, cv2.COLOR_RGB2GRAY)
    assert np.array_equal(page.pixels, levels)


def test_a_jpeg_without_an_end_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    sheet = Image.new("RGB", (1000, 1400), "white")
    sheet.paste((20, 20, 20), (100, 100, 900, 300))
    coded = io.BytesIO()
    sheet.save(coded, "JPEG", quality=75)
    half = coded.getvalue()[: len(coded.getvalue()) * 2 // 3]

    with open_scan(jpeg_pdf(half, tmp_path)) as scan:
        assert scan.page(1).pixels[200, 500] < 60
