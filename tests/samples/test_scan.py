"""The scan and the vector PDF: what a reader is given."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from infra.samples import Sample, straightened, write_scan
from infra.samples.dossier import compose
from infra.samples.drawing import typeset
from infra.samples.letters import LEADER
from infra.samples.truth import DossierTruth, leaning


def test_the_scan_is_pictures_only_at_300_dpi(demo: Sample) -> None:
    document = pdfium.PdfDocument(demo.pdf)
    assert len(document) == len(demo.truth.pages)
    for page, truth in zip(document, demo.truth.pages, strict=True):
        assert page.get_textpage().count_chars() == 0
        (picture,) = page.get_objects()
        assert sorted(picture.get_px_size()) == sorted((truth.width, truth.height)) == [2480, 3508]
        assert picture.get_px_size()[0] / page.get_width() * 72 == pytest.approx(300, abs=0.01)


def test_the_text_of_every_page_stands_in_the_vector_pdf(sample: Sample) -> None:
    document = pdfium.PdfDocument(sample.vector_pdf)
    for page, truth in zip(document, sample.truth.pages, strict=True):
        printed = re.sub(r"\.{4,}|[…√x\s]", "", page.get_textpage().get_text_bounded()).replace("\ufffe", "-")
        wanted = re.sub(r"[…√x\s]", "", truth.text)
        assert wanted == printed


def test_the_text_is_its_words(sample: Sample) -> None:
    for page in sample.truth.pages:
        assert page.text.split() == [word.text for word in page.words]


def test_words_lie_on_ink(demo: Sample) -> None:
    """A truth that is off by a line would have boxes over bare paper."""
    page = demo.pages[1]
    grey = page.upright if page.upright.ndim == 2 else page.upright.min(axis=2)
    bare = [
        word.text
        for word in page.truth.words
        if np.asarray(grey[word.box[1] : word.box[3], word.box[0] : word.box[2]]).min() > 120
    ]
    assert bare == []


def test_ticked_boxes_hold_more_ink_than_empty_ones(coffee: Sample) -> None:
    """Seen in the picture, not in the truth: ink strictly inside the box."""
    inside: dict[bool, list[float]] = {True: [], False: []}
    for page in coffee.pages:
        pixels = page.upright if page.upright.ndim == 2 else page.upright.min(axis=2)
        for tick in page.truth.ticks:
            left, top, right, bottom = tick.box
            inside[tick.ticked].append(float((pixels[top + 7 : bottom - 7, left + 7 : right - 7] < 150).mean()))
    assert min(inside[True]) > 0.04
    assert max(inside[False]) < 0.02


def test_written_page_by_page_the_same_seed_gives_the_same_bytes(coffee: Sample, tmp_path: Path) -> None:
    truth = write_scan(tmp_path / "scan.pdf", seed=4, set_no=13, level="clean", stars=3)
    assert truth == coffee.truth
    assert (tmp_path / "scan.pdf").read_bytes() == coffee.pdf


def test_a_dossier_can_have_just_so_many_pages(tmp_path: Path) -> None:
    truth = write_scan(tmp_path / "scan.pdf", seed=2, set_no=7, level="clean", stars=4, pages=18)
    assert [page.number for page in truth.pages] == list(range(1, 19))
    assert len(pdfium.PdfDocument(tmp_path / "scan.pdf")) == 18


def test_equal_dossiers_are_typeset_to_equal_bytes() -> None:
    dossier = compose(seed=2, set_no=22, stars=3, extra=14)
    assert typeset(dossier).pdf == typeset(dossier).pdf


def test_a_hundred_pages_can_be_typeset_exactly() -> None:
    drawing = typeset(compose(seed=6, set_no=7, stars=4, extra=60))
    assert len(drawing.plans) == len(pdfium.PdfDocument(drawing.pdf)) >= 70
    assert {plan.kind for plan in drawing.plans} >= {"cover", "separator", "award", "story", "local-labour"}


def test_levels_differ_in_skew(demo: Sample, coffee: Sample) -> None:
    assert any(page.skew_degrees for page in demo.truth.pages)
    assert all(abs(page.skew_degrees) <= 1.5 for page in demo.truth.pages)
    assert all(page.skew_degrees == 0 for page in coffee.truth.pages)


def test_a_box_leans_with_its_page_and_comes_back(demo: Sample) -> None:
    page = next(page for page in demo.truth.pages if abs(page.skew_degrees) > 0.3)
    # The middle of the page stays; clockwise, what is at the right goes down.
    assert leaning((1230, 1744, 1250, 1764), 1.0, 2480, 3508) == (1230, 1744, 1250, 1764)
    assert leaning((2230, 1744, 2250, 1764), 1.0, 2480, 3508) == (2230, 1761, 2250, 1781)
    box = page.words[0].box
    back = leaning(straightened(box, page), page.skew_degrees, page.width, page.height)
    assert max(abs(a - b) for a, b in zip(box, back, strict=True)) <= 1


def test_pages_come_as_jpeg_png_and_tiff(demo: Sample) -> None:
    turned = next(page for page in demo.pages if page.truth.rotation)
    assert Image.open(BytesIO(turned.jpeg)).size == (2480, 3508)
    assert turned.upright.shape[:2] == (2480, 3508)
    png = Image.open(BytesIO(demo.pages[3].png))
    assert (png.format, round(png.info["dpi"][0])) == ("PNG", 300)
    tiff = Image.open(BytesIO(demo.tiff(1, 4)))
    assert (tiff.format, getattr(tiff, "n_frames", 1)) == ("TIFF", 2)
    assert len(pdfium.PdfDocument(demo.excerpt(2, 4))) == 2


def test_the_truth_is_written_as_json_and_read_back(demo: Sample) -> None:
    assert DossierTruth.model_validate_json(demo.truth.model_dump_json()) == demo.truth


def test_dots_before_a_bracket_are_printed_text_and_others_leaders() -> None:
    assert LEADER.search("....)") is None
    assert [LEADER.sub("", text) for text in ("Tên.....", "....", ".........)")] == ["Tên", "", ")"]
