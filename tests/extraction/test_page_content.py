"""The same page has the same content hash wherever it stands; anything drawn differently has another."""

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from extraction.page_content import content_hash
from extraction.scans import open_scan
from infra.samples import Sample, make


@pytest.fixture(scope="module")
def sample() -> Sample:
    return make(seed=5)


def hashes(path: Path, content: bytes) -> list[str | None]:
    path.write_bytes(content)
    with open_scan(path) as scan:
        return [content_hash(path, scan, number) for number in range(1, scan.page_count + 1)]


def frames(*pictures: Image.Image, compression: str = "group4") -> bytes:
    out = io.BytesIO()
    first, *more = pictures
    first.save(out, "TIFF", save_all=True, append_images=more, compression=compression, dpi=(300, 300))
    return out.getvalue()


def text_page(text: bytes, extra: bytes = b"", document: bytes = b"") -> bytes:
    """A PDF of one page with this line of text; `extra` goes into its page, `document` into its catalogue."""
    contents = b"BT /F 20 Tf 60 700 Td (" + text + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + document + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >> " + extra + b" >>",
        b"<< /Length %d >> stream\n" % len(contents) + contents + b"\nendstream",
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n"


def test_a_page_taken_into_another_file_is_the_same_page(sample: Sample, tmp_path: Path) -> None:
    whole = hashes(tmp_path / "whole.pdf", sample.pdf)
    part = hashes(tmp_path / "part.pdf", sample.excerpt(7, 2, 2))

    assert None not in whole
    assert len(set(whole)) == len(whole)
    assert part == [whole[6], whole[1], whole[1]]


def test_born_digital_pages_differ_by_their_text_alone(tmp_path: Path) -> None:
    one = hashes(tmp_path / "1.pdf", text_page(b"120 000"))
    same = hashes(tmp_path / "2.pdf", text_page(b"120 000", document=b"/Lang (vi) /Version /1.6"))
    other = hashes(tmp_path / "3.pdf", text_page(b"120 001"))

    assert one == same
    assert one != other


def test_a_turned_or_cut_page_is_another_page(tmp_path: Path) -> None:
    as_it_is = hashes(tmp_path / "1.pdf", text_page(b"120 000"))
    turned = hashes(tmp_path / "2.pdf", text_page(b"120 000", extra=b"/Rotate 90"))
    cut = hashes(tmp_path / "3.pdf", text_page(b"120 000", extra=b"/CropBox [0 0 300 842]"))

    assert len({*as_it_is, *turned, *cut}) == 3


def test_two_scans_that_differ_in_one_pixel_are_two_pages(tmp_path: Path) -> None:
    page = Image.effect_noise((600, 800), 40).convert("1")
    touched = page.copy()
    touched.putpixel((5, 5), 255 - int(touched.getpixel((5, 5))))  # type: ignore[arg-type]

    [first, second, again] = hashes(tmp_path / "pages.tif", frames(page, touched, page))

    assert first == again
    assert first != second


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw", "raw"])
def test_a_frame_of_a_tiff_is_known_again_in_another_tiff(tmp_path: Path, compression: str) -> None:
    pages = [Image.effect_noise((600, 800), 40 + number).convert("1") for number in range(3)]

    long = hashes(tmp_path / "long.tif", frames(*pages, compression=compression))
    short = hashes(tmp_path / "short.tif", frames(pages[2], pages[0], compression=compression))

    assert None not in long
    assert short == [long[2], long[0]]


@pytest.mark.parametrize(
    "extra",
    [
        b"/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (12) /Rect [0 0 99 99] >>]",
        b"/X << /Type /OCG /Name (layer) >>",
    ],
    ids=["form field", "layer"],
)
def test_a_page_whose_look_is_settled_elsewhere_in_the_file_has_no_hash(tmp_path: Path, extra: bytes) -> None:
    assert hashes(tmp_path / "1.pdf", text_page(b"120 000", extra=extra)) == [None]


def test_a_picture_of_its_own_is_known_by_its_file(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PNG")

    assert hashes(tmp_path / "1.png", out.getvalue()) == [None]


def test_a_page_without_contents_has_a_hash_too(tmp_path: Path) -> None:
    document, out = pdfium.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.new_page(842, 595)
    document.save(out)

    first, second = hashes(tmp_path / "1.pdf", out.getvalue())

    assert first is not None
    assert first != second
