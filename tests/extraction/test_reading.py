"""A page image in, everything on it out."""

from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.engines import LineEngine, LineReading, Sign
from extraction.geometry import as_scanned, straightened_reading, turned_about_middle
from extraction.layout.page import page_layout
from extraction.linereading import read_line
from extraction.pages import PageImage, Pixels, coloured
from extraction.preprocessing import straightened
from extraction.reading import read_page
from extraction.readings import PageReading, PageSource
from tests.extraction.sheets import MM, Sheet, letter, worn


def form() -> Sheet:
    """A corner of a registration form, as an office would print it."""
    sheet = Sheet(210, 160)
    sheet.write(30, 15, "ỦY BAN NHÂN DÂN").write(38, 21, "XÃ EA KLY", bold=True)
    sheet.write(100, 15, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    sheet.write(120, 21, "Độc lập - Tự do - Hạnh phúc", 12, bold=True)
    sheet.write(25, 45, "1. Tên chủ thể: .......Hợp tác xã Hoa Sen...................................")
    sheet.write(25, 55, "2. Điện thoại: 0912 345 678")
    sheet.box(25, 66).cross(25, 66).write(32, 65, "Có").box(60, 66).write(67, 65, "Không")
    sheet.grid([25, 40, 130, 160], [80, 90, 100])
    sheet.write(27, 82, "TT", bold=True).write(43, 82, "Nội dung", bold=True).write(133, 82, "Điểm", bold=True)
    sheet.write(27, 92, "1").write(43, 92, "Nguồn nguyên liệu địa phương").write(133, 92, "3")
    return sheet


TEXT = """ỦY BAN NHÂN DÂN
XÃ EA KLY
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
1. Tên chủ thể: Hợp tác xã Hoa Sen
2. Điện thoại: 0912 345 678
Có Không
TT	Nội dung	Điểm
1	Nguồn nguyên liệu địa phương	3"""


def test_a_form_is_read_in_the_order_a_person_reads(reader: LineEngine) -> None:
    reading = read_page(form().page(), reader)

    assert reading.text == TEXT
    assert reading.source is PageSource.OCR
    assert [tick.ticked for tick in reading.ticks] == [True, False]
    assert [cell.text for cell in reading.tables[0].cells] == [
        "TT", "Nội dung", "Điểm", "1", "Nguồn nguyên liệu địa phương", "3",
    ]  # fmt: skip


def test_words_stand_where_they_were_printed(reader: LineEngine) -> None:
    words = {word.text: word.box for word in read_page(form().page(), reader).words}

    left, top, right, bottom = words["Điện"]
    assert 29 * MM < left < 34 * MM < right < 41 * MM
    assert 54 * MM < top < bottom < 62 * MM


def test_wear_does_not_change_the_reading(reader: LineEngine) -> None:
    sheet = form()
    assert read_page(sheet.page().with_pixels(worn(sheet.pixels)), reader).text == TEXT


@pytest.mark.parametrize("factor", [0.5, 0.4], ids=["150 dpi", "120 dpi"])
def test_coarse_scans_are_read_and_boxes_are_in_their_own_pixels(reader: LineEngine, factor: float) -> None:
    page = form().page().scaled(factor)
    reading = read_page(page, reader)

    assert (reading.width, reading.height) == (page.width, page.height)
    assert all(word.box[2] <= page.width and word.box[3] <= page.height for word in reading.words)
    assert "Hợp tác xã Hoa Sen" in reading.text
    assert [tick.ticked for tick in reading.ticks] == [True, False]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_a_turned_page_comes_upright(reader: LineEngine, turn: int, landscape: bool) -> None:
    sheet = letter()
    pixels = sheet.pixels[: sheet.pixels.shape[0] // 2] if landscape else sheet.pixels
    page = PageImage(pixels, 300, 1).turned(turn)

    reading = read_page(page, reader)

    assert reading.rotation == (360 - turn) % 360
    assert (reading.width, reading.height) == (pixels.shape[1], pixels.shape[0])
    assert reading.text.startswith("Hợp tác xã Nông nghiệp Hoa Sen")


def test_a_blank_page_is_blank(reader: LineEngine) -> None:
    reading = read_page(Sheet().page(), reader)

    assert (reading.source, reading.kind, reading.text) == (PageSource.BLANK, "blank", "")


def test_red_text_is_read_and_a_red_seal_is_not_in_the_way(reader: LineEngine) -> None:
    sheet = Sheet().write(40, 60, "GIẤY CHỨNG NHẬN", 20, bold=True).write(40, 90, "Chủ tịch hội đồng", 13)
    title = sheet.pixels.copy()
    title[int(85 * MM) :] = 255  # the title is printed red, the line below is not
    colour = np.stack([np.maximum(sheet.pixels, 255 - title), sheet.pixels, sheet.pixels], axis=2)
    ring = _ring(sheet.pixels.shape, 95 * MM, 60 * MM, 16 * MM)
    colour[ring] = np.minimum(colour, RED_INK)[ring]

    reading = read_page(coloured(_levels(colour), colour, 300, 1), reader)

    assert reading.text == "GIẤY CHỨNG NHẬN\nChủ tịch hội đồng"
    assert [word.text for word in reading.words if word.under_stamp] == ["Chủ"]


def test_a_name_under_a_blue_signature_is_read_and_flagged(reader: LineEngine) -> None:
    sheet = Sheet().write(40, 60, "GIÁM ĐỐC", 14, bold=True).write(40, 90, "Phan Thị Nhàn", 14)
    colour = np.stack([sheet.pixels] * 3, axis=2)
    strokes = np.zeros(sheet.pixels.shape, np.uint8)
    across = [(40, 100), (45, 75), (52, 102), (60, 74), (66, 100), (75, 85)]
    for start, end in pairwise(across):
        cv2.line(strokes, _pixels(start), _pixels(end), 255, 6, cv2.LINE_AA)
    colour[strokes > 128] = np.minimum(colour, BLUE_INK)[strokes > 128]

    reading = read_page(coloured(_levels(colour), colour, 300, 1), reader)

    assert reading.text == "GIÁM ĐỐC\nPhan Thị Nhàn"
    assert [word.text for word in reading.words if word.under_stamp] == ["Phan", "Thị", "Nhàn"]


RED_INK, BLUE_INK = np.array([205, 28, 40], np.uint8), np.array([29, 47, 143], np.uint8)


def _ring(shape: tuple[int, ...], y: float, x: float, radius: float) -> npt.NDArray[np.bool_]:
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    distance = np.hypot(rows - y, columns - x)
    return np.asarray((distance > radius) & (distance < 1.05 * radius))


def _levels(colour: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), np.uint8)


def _pixels(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * MM), round(point[1] * MM)


@settings(max_examples=25, deadline=None)
@given(
    height=st.integers(1, 400),
    width=st.integers(1, 400),
    kind=st.sampled_from(["black", "white", "noise", "stripes", "blocks"]),
    dpi=st.sampled_from([20.0, 72.0, 200.0, 600.0]),
)
def test_no_page_whatever_is_on_it_breaks_the_reader(
    reader: LineEngine, height: int, width: int, kind: str, dpi: float
) -> None:
    rng = np.random.default_rng(height + 1000 * width)
    rows, columns = np.mgrid[:height, :width]
    pixels = {
        "black": np.zeros((height, width)),
        "white": np.full((height, width), 255),
        "noise": rng.integers(0, 256, (height, width)),
        "stripes": (columns // 7 % 2) * 255,
        "blocks": ((rows // 23 + columns // 23) % 2) * 255,
    }[kind].astype(np.uint8)

    reading = read_page(PageImage(pixels, dpi, 1), reader)

    sides = {reading.width, reading.height}
    assert sides == {width, height}
    assert all(0 <= w.box[0] < w.box[2] <= reading.width and w.box[1] < w.box[3] for w in reading.words)


def test_straightened_boxes_come_back_to_where_they_were() -> None:
    page = PageReading(number=1, width=2480, height=3508, dpi=300, skew_degrees=1.4, source=PageSource.OCR)
    box = (2000, 300, 2100, 340)

    [level] = turned_about_middle([box], -1.4, 2480, 3508)

    assert level != box
    assert all(abs(a - b) <= 1 for a, b in zip(as_scanned([level], page)[0], box, strict=True))


def test_the_two_ends_of_a_leaning_row_are_level_once_straightened(reader: LineEngine) -> None:
    sheet = Sheet(210, 297)
    for row in range(12):
        sheet.write(20, 40 + 12 * row, "Trái").write(165, 40 + 12 * row, "Phải")
    leaning = PageImage(sheet.pixels, 300, 1)

    reading = read_page(straightened(leaning, -1.2), reader)
    assert reading.skew_degrees == pytest.approx(1.2, abs=0.15)

    scanned = {word.text: word.box[1] for word in reversed(reading.words)}
    level = {word.text: word.box[1] for word in reversed(straightened_reading(reading).words)}
    assert scanned["Phải"] - scanned["Trái"] > 25
    assert abs(level["Phải"] - level["Trái"]) < 12


@pytest.mark.parametrize("end", ["(VietGAP, hữu cơ,...)", "(ISO, HACCP...)"])
def test_a_comma_before_dots_stays_one(reader: LineEngine, end: str) -> None:
    line = f"Có chứng nhận theo tiêu chuẩn quốc gia {end}"
    sheet = Sheet(210, 80).write(20, 20, line, 13).write(20, 32, "Sản phẩm có nguồn gốc rõ ràng.", 13)

    assert read_page(sheet.page(), reader).text.splitlines()[0] == line


def test_stars_that_are_not_in_the_row_of_like_marks_are_no_fewer() -> None:
    """Of "3****", the last two are larger, as they come out where stars touch; the third is read close to the row."""

    class Engine:
        name = "fake"

        def read(self, line: Pixels) -> LineReading:
            stars = (Sign("*", left, right, 0.99) for left, right in pairwise((31, 50, 70, 88, 110)))
            return LineReading((Sign("3", 0, 31, 0.99), *stars))

    sheet = letter().write(150, 150, "3**", 10)
    sheet.write(150 + 5.3, 150, "**", 14)
    layout = page_layout(sheet.page())

    line = read_line(layout, max(layout.lines, key=lambda each: each.box[1]), Engine())

    assert line is not None
    assert line.text == "3****"


@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_is_let_go_of_and_made_again_is_read_the_same(reader: LineEngine, turn: int) -> None:
    def page() -> PageImage:
        return form().page().turned(turn)

    assert read_page(page(), reader, again=page) == read_page(page(), reader)
