"""What holds for every page, whatever is on it."""

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from extraction.engines import LineEngine
from extraction.pages import PageImage, Pixels, coloured, grey, turned
from extraction.preprocessing import straightened
from extraction.reading import read_page
from extraction.readings import Box, PageReading
from tests.extraction.sheets import DPI, MM, Sheet, letter

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)  # each attempt to shrink reads pages
EVERY = settings(
    max_examples=20, deadline=None, phases=UNSHRUNK, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FEW = settings(max_examples=5, deadline=None, phases=UNSHRUNK)


def assert_is_sound(reading: PageReading, page: PageImage) -> None:
    """The page's size as given, turned by its rotation; every box on it and not empty; text and words agree."""
    lying = reading.rotation in (90, 270)
    assert (reading.width, reading.height) == ((page.height, page.width) if lying else (page.width, page.height))
    cells = [cell.box for table in reading.tables for cell in table.cells]
    boxes = [word.box for word in reading.words] + [tick.box for tick in reading.ticks] + cells
    assert all(_on_page(box, reading) for box in boxes)
    assert all(0 <= word.confidence <= 1 and word.text.strip() == word.text != "" for word in reading.words)
    assert reading.text.split() == [part for word in reading.words for part in word.text.split()]


def _on_page(box: Box, reading: PageReading) -> bool:
    return 0 <= box[0] < box[2] <= reading.width and 0 <= box[1] < box[3] <= reading.height


@st.composite
def noise(draw: st.DrawFn) -> Pixels:
    """Any size from one pixel on, any paper, any ink: specks, bars, blocks and blur."""
    height, width = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    pixels = np.full((height, width), draw(st.integers(0, 255)), np.uint8)
    for _ in range(draw(st.integers(0, 40))):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        wide, high = int(rng.integers(1, 60)), int(rng.integers(1, 60))
        pixels[y : y + high, x : x + wide] = rng.integers(0, 256)
    grain = rng.normal(0, draw(st.floats(0, 60)), pixels.shape)
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


@EVERY
@given(pixels=noise(), dpi=st.floats(20, 1200))
def test_any_picture_gives_a_sound_reading(reader: LineEngine, pixels: Pixels, dpi: float) -> None:
    page = PageImage(pixels, dpi, 1)

    assert_is_sound(read_page(page, reader), page)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (23, 24), (24, 24), (25, 3000), (3000, 25)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_extreme_shapes_are_read_as_nothing(reader: LineEngine, shape: tuple[int, int], level: int) -> None:
    page = PageImage(np.full(shape, level, np.uint8), 300, 1)

    reading = read_page(page, reader)

    assert_is_sound(reading, page)
    assert reading.words == ()


@FEW
@given(
    turn=st.sampled_from((0, 90, 180, 270)),
    lean=st.floats(-4.5, 4.5),
    paper=st.integers(150, 255),
    ink=st.integers(0, 80),
    grain=st.floats(0, 12),
)
def test_a_letter_reads_alike_however_it_is_fed(
    reader: LineEngine, turn: int, lean: float, paper: int, ink: int, grain: float
) -> None:
    upright = letter().pixels
    levels = ink + upright.astype(np.float64) / 255 * (paper - ink)
    worn = np.clip(levels + np.random.default_rng(1).normal(0, grain, upright.shape), 0, 255).astype(np.uint8)
    page = straightened(PageImage(turned(worn, turn), DPI, 1), lean)

    reading = read_page(page, reader)

    assert_is_sound(reading, page)
    assert (reading.rotation + turn) % 360 == 0
    first = [word for word in reading.words if word.text == "Chương"]
    assert len(first) == 3  # it stands in every fourth of the twelve lines


@FEW
@given(
    x=st.floats(10, 120), y=st.floats(10, 120), points=st.integers(9, 28), dpi=st.sampled_from((150.0, 200.0, 300.0))
)
def test_a_word_stands_where_it_was_written(reader: LineEngine, x: float, y: float, points: int, dpi: float) -> None:
    pixels = Sheet().write(x, y, "Sản phẩm", points).pixels
    ink = np.argwhere(pixels < 128)
    (top, left), (bottom, right) = ink.min(0), ink.max(0)
    page = PageImage(pixels, DPI, 1).scaled(dpi / DPI)

    reading = read_page(page, reader)

    assert reading.text == "Sản phẩm"
    wanted = np.array([left, top, right, bottom]) * dpi / DPI
    found = [min(w.box[0] for w in reading.words), min(w.box[1] for w in reading.words)]
    found += [max(w.box[2] for w in reading.words), max(w.box[3] for w in reading.words)]
    assert np.abs(np.array(found) - wanted).max() <= 1.2 * MM * dpi / DPI


@st.composite
def drawings(draw: st.DrawFn) -> PageImage:
    """Sheets of up to 300 × 300 mm, in colour or not, with rules, bars, one huge letter, a frame or a dark rim."""
    wide, high = draw(st.integers(20, 300)), draw(st.integers(20, 300))
    sheet = Sheet(wide, high)
    ink, paper = draw(st.integers(0, 120)), draw(st.integers(121, 255))
    if draw(st.booleans()):
        for at in range(0, wide, draw(st.integers(1, 20))):
            sheet.rule(at, 0, at, high, draw(st.sampled_from((0.02, 0.3, 2.5))))
    if draw(st.booleans()):
        for at in range(0, high, draw(st.integers(1, 20))):
            sheet.rule(0, at, wide, at, draw(st.sampled_from((0.02, 0.3, 2.5))))
    if draw(st.booleans()):
        sheet.write(0.1 * wide, 0.1 * high, "Ẫg", points=draw(st.integers(100, 900)), bold=True)
    if draw(st.booleans()):
        sheet.pen.rectangle((0, 0, sheet.image.width, 0.2 * sheet.image.height), fill=draw(st.integers(0, 255)))
        sheet.pen.text((0.1 * sheet.image.width, 0), "TIÊU ĐỀ", fill=draw(st.integers(0, 255)), font_size=60)
    pixels = (ink + sheet.pixels.astype(np.float64) / 255 * (paper - ink)).astype(np.uint8)
    if draw(st.booleans()):
        rim = draw(st.integers(1, max(1, min(pixels.shape) // 3)))
        pixels = grey(cv2.copyMakeBorder(pixels, rim, rim // 2, rim, rim, cv2.BORDER_CONSTANT, value=(ink,)))
    if draw(st.booleans()):
        pixels = (255 - pixels).astype(np.uint8)
    pixels = turned(pixels, draw(st.sampled_from((0, 90, 180, 270))))
    dpi = draw(st.sampled_from((72.0, 150.0, 300.0, 600.0)))
    if not draw(st.booleans()):
        return PageImage(pixels, dpi, 1)
    shades = [np.clip(pixels * draw(st.floats(0.5, 1.0)), 0, 255).astype(np.uint8) for _ in range(3)]
    return coloured(pixels, np.dstack(shades), dpi, 1)


@settings(EVERY, max_examples=8)
@given(page=drawings())
def test_any_drawing_gives_a_sound_reading(reader: LineEngine, page: PageImage) -> None:
    before = page.pixels.copy()

    assert_is_sound(read_page(page, reader), page)
    assert np.array_equal(page.pixels, before)  # what was given is not written on


@pytest.mark.parametrize("across", [True, False])
def test_single_pixel_lines_everywhere_are_sound(reader: LineEngine, across: bool) -> None:
    pixels = np.full((1754, 1240), 255, np.uint8)
    if across:
        pixels[::4] = 0
    else:
        pixels[:, ::4] = 0
    page = PageImage(pixels, 150, 1)

    assert_is_sound(read_page(page, reader), page)


def test_a_sheet_full_of_specks_is_sound(reader: LineEngine) -> None:
    specks = grey(np.where(np.random.default_rng(3).random((1754, 2480)) < 0.02, 0, 255).astype(np.uint8))
    page = PageImage(grey(cv2.erode(specks, np.ones((3, 3), np.uint8))), DPI, 1)

    assert_is_sound(read_page(page, reader), page)
