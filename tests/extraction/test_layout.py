import cv2
import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from extraction.engines import LineEngine
from extraction.layout.components import components
from extraction.layout.leaders import leader_dots
from extraction.layout.letterforms import is_letter
from extraction.layout.lines import Line as TextLine
from extraction.layout.lines import whole_words, without_fragments
from extraction.layout.page import Layout, page_layout
from extraction.layout.stamps import round_seals
from extraction.pages import Mask, PageImage
from extraction.reading import read_page
from extraction.readings import Box
from tests.extraction.sheets import DPI, FONTS, MM, Sheet, worn


def around(mask: Mask) -> Box:
    """Around all that is set."""
    left, top, wide, high = cv2.boundingRect(mask)
    return left, top, left + wide, top + high


def in_mm(box: Box, layout: Layout) -> tuple[float, ...]:
    return tuple(edge * layout.scale / MM for edge in box)


@pytest.mark.parametrize("side", [2.8, 3.5, 4.0, 5.0, 6.0])
@pytest.mark.parametrize("thick", [0.17, 0.5])
def test_a_box_is_found_and_its_cross_seen(side: float, thick: float) -> None:
    sheet = Sheet().box(30, 40, side, thick).box(100, 40, side, thick).cross(100, 40, side)
    sheet.write(30 + side + 2, 39, "Không").write(100 + side + 2, 39, "Có")

    ticks = page_layout(sheet.page()).ticks

    assert [tick.ticked for tick in ticks] == [False, True]
    assert all(tick.confidence > 0.9 for tick in ticks)


def test_a_box_close_to_the_lines_of_its_cell_is_still_a_box() -> None:
    sheet = Sheet().grid([30, 45, 120], [40, 46, 52]).box(30.5, 40.9, 3.6).box(30.5, 46.9, 3.6).cross(30.5, 46.9, 3.6)

    layout = page_layout(sheet.page().with_pixels(worn(sheet.pixels)))

    assert [tick.ticked for tick in layout.ticks] == [False, True]
    assert len(layout.tables[0].cells) == 4


def test_a_stroke_that_leaves_its_box_counts() -> None:
    sheet = Sheet().box(30, 40).rule(29.3, 39.6, 31.5, 43.4, 0.4).rule(31.5, 43.4, 35.5, 38.2, 0.4)

    (tick,) = page_layout(sheet.page()).ticks

    assert tick.ticked


def test_letters_are_no_boxes() -> None:
    sheet = Sheet()
    for row, points in enumerate((11, 13, 14, 16, 20)):
        sheet.write(20, 20 + 12 * row, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA BÔ ĐO DO OD HH II", points, bold=True)

    assert page_layout(sheet.page()).ticks == ()


@pytest.mark.parametrize("points", [16, 18, 22, 24])
@pytest.mark.parametrize(
    "name",
    [
        "liberation2/LiberationSerif-Bold",
        "liberation2/LiberationMono-Regular",
        "dejavu/DejaVuSans-Bold",
        "freefont/FreeSerif",
    ],
)
def test_large_letters_are_no_boxes_either(name: str, points: int) -> None:
    sheet = Sheet()
    font = ImageFont.truetype(str(FONTS.parent / f"{name}.ttf"), round(points / 72 * 300))
    for row, text in enumerate(("Đặng Đức Bình BỘ ĐO DO HH II Q80 B8", "năm phẩm phân hạng nhân dân Tham gia")):
        sheet.pen.text((20 * MM, (20 + 15 * row) * MM), text, font=font, fill=20)

    assert page_layout(sheet.page()).ticks == ()


def test_two_stems_whose_feet_all_but_touch_are_a_letter() -> None:
    """Of the n of “năm” in a title of 16 point, whose arch and feet look like the edges of a box."""
    picture = (
        "#####...########..",
        "##################",
        "..########.#######",
        *("..####........####",) * 5,
        *("..####.........####",) * 8,
        "..#####........#####",
        "##########..##########",
    )
    mask = np.zeros((45, 45), np.uint8)
    for row, signs in enumerate(picture):
        for column, sign in enumerate(signs):
            mask[row + 12, column + 11] = 255 * (sign == "#")

    assert is_letter(mask, (13, 12, 30, 30))
    mask[29] = 255 * (np.abs(np.arange(45) - 21) <= 8)  # an edge from side to side
    assert not is_letter(mask, (13, 12, 30, 30))


def test_pieces_that_ruled_lines_cut_off_a_dark_band_are_no_boxes() -> None:
    sheet = Sheet()
    sheet.pen.rectangle((20 * MM, 20 * MM, 24 * MM, 90 * MM), fill=20)
    for row in range(14):
        sheet.rule(20, 20 + 5 * row, 150, 20 + 5 * row).box(80, 20.7 + 5 * row, 3.6).cross(80, 20.7 + 5 * row, 3.6)
        sheet.write(34, 20.6 + 5 * row, "Sử dụng lao động", 9).write(86, 20.6 + 5 * row, "Có", 9)

    assert {round(tick.box[0] / (200 / 25.4)) for tick in page_layout(sheet.page()).ticks} == {80}


@pytest.mark.parametrize("side", [2.1, 2.25])
def test_boxes_as_small_as_letters_are_those_of_a_table_that_stand_below_one_another(side: float) -> None:
    sheet = Sheet().grid([20.0, 150.0, 180.0], [30.0 + 10 * row for row in range(5)])
    for row in range(4):
        sheet.box(24, 33.5 + 10 * row, side, 0.2).write(29, 32 + 10 * row, "Có hợp đồng liên kết").write(
            160, 32 + 10 * row, "1"
        )
    sheet.cross(24, 53.5, side)

    assert [box.ticked for box in page_layout(sheet.page()).ticks] == [False, False, True, False]


@pytest.mark.parametrize(("wide", "boxes"), [(3.2, 1), (3.7, 0)])
def test_what_is_not_quite_square_keeps_further_from_its_label_than_letters_do(wide: float, boxes: int) -> None:
    """In large bold print, the bowl of a "g" and the "i" behind it make four sides, too; the next letter is close."""
    sheet = Sheet()
    sheet.pen.rectangle((30 * MM, 40 * MM, (30 + wide) * MM, 43.2 * MM), outline=20, width=4)
    sheet.rule(30 + wide + 0.9, 40, 30 + wide + 0.9, 43.2, 0.4)

    assert len(page_layout(sheet.page()).ticks) == boxes


def test_a_ruled_table_gives_its_cells_with_spans() -> None:
    sheet = Sheet()
    for y in (40, 50, 60, 70):
        sheet.rule(30, y, 150, y)
    for x in (30, 90, 150):
        sheet.rule(x, 40, x, 70)
    sheet.rule(60, 50, 60, 70)  # the left column is parted below its head only

    (table,) = page_layout(sheet.page()).tables

    assert [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in table.cells] == [
        (0, 0, 1, 2),
        (0, 2, 1, 1),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("points", [10, 13, 14, 18])
def test_the_feet_of_letters_are_no_ruled_line(points: float, bold: bool) -> None:
    sheet = Sheet().write(30, 20, "trách nhiệm lợi nhuận phẩm Hạnh phúc chuẩn", points, bold)

    assert not page_layout(sheet.page()).erased.any()


def test_a_short_underline_is_a_ruled_line() -> None:
    layout = page_layout(Sheet().write(30, 20, "Nơi nhận:").rule(30, 26.2, 48, 26.2).page())

    left, top, right, bottom = in_mm(around(layout.erased), layout)
    assert (round(left), round(top), round(right), round(bottom)) == (30, 26, 48, 26)


def test_stars_do_not_tell_how_large_the_letters_beside_them_are() -> None:
    sheet = Sheet()
    for row in range(4):
        sheet.write(30, 30 + 8 * row, "các sản phẩm của xã được xem xét", 10).write(150, 30 + 8 * row, "3*****", 10)

    letters = [round(line.letter, 1) for line in page_layout(sheet.page()).lines]

    assert len(letters) == 8
    assert max(letters) <= 1.1 * min(letters)


def test_cells_stand_where_they_were_ruled() -> None:
    layout = page_layout(Sheet().grid([30, 80, 150], [40, 55, 75]).page())

    assert in_mm(layout.tables[0].cells[3].box, layout) == pytest.approx((80, 55, 150, 75), abs=0.4)


def test_a_gap_worn_into_a_line_joins_no_cells() -> None:
    sheet = Sheet().grid([30, 80, 150], [40, 55, 75])
    sheet.pen.rectangle((50 * MM, 54 * MM, 58 * MM, 56 * MM), fill=255)

    assert len(page_layout(sheet.page()).tables[0].cells) == 4


def test_a_frame_around_the_page_is_no_table() -> None:
    assert page_layout(Sheet().grid([10, 200], [10, 140]).write(50, 60, "GIẤY CHỨNG NHẬN").page()).tables == ()


def test_dirt_at_the_end_of_a_line_does_not_make_it_higher() -> None:
    """Black-and-white scans show the shadow at the sheet's side as specks, some as large as parts of letters."""
    plain = Sheet(210, 80).write(20, 30, "HỢP ĐỒNG LIÊN KẾT SẢN XUẤT", 16, bold=True).write(20, 60, "Số: 14/2024/HĐLK")
    pixels, rng = plain.pixels, np.random.default_rng(3)
    places = rng.integers(100 * MM, 130 * MM, 1500), rng.integers(22 * MM, 44 * MM, 1500)
    for x, y in zip(*(each.tolist() for each in places), strict=True):
        cv2.circle(pixels, (x, y), 3, (20,), -1)

    def highest(page: PageImage) -> int:
        return max(line.box[3] - line.box[1] for line in page_layout(page).lines)

    assert highest(PageImage(pixels, DPI, 1)) <= 1.6 * highest(plain.page())  # with marks above and tails below


def test_the_largest_letters_of_a_title_are_read_with_their_horns() -> None:
    sheet = Sheet().write(60, 30, "HỒ SƠ", 46, bold=True)
    for row in range(4):
        sheet.write(30, 70 + 9 * row, "Hợp tác xã Nông nghiệp đăng ký sản phẩm", 18)
    layout = page_layout(sheet.page())

    title = min(layout.lines, key=lambda line: line.box[1])

    assert in_mm(title.box, layout)[2] == pytest.approx(
        around((sheet.pixels[: round(60 * MM)] < 128) * np.uint8(255))[2] / MM, abs=0.5
    )


def test_the_dashes_of_a_frame_are_no_figures() -> None:
    sheet = Sheet(210, 150).write(40, 40, "Hạt cay của bếp lửa nhà sàn").write(40, 100, "Mùi cay len qua vách nhà sàn")
    for at in range(30):
        for x in (20, 190):
            sheet.pen.rectangle((x * MM, (10 + 4.5 * at) * MM, (x + 0.5) * MM, (11.6 + 4.5 * at) * MM), fill=20)

    assert len(page_layout(sheet.page()).lines) == 2


@pytest.mark.parametrize("gap", [3.0, 5.0])
def test_a_table_close_to_the_frame_around_it_is_not_tied_to_it(gap: float) -> None:
    sheet = Sheet().grid([10, 200], [10, 140]).grid([10 + gap, 80, 200 - gap], [40, 50, 60, 70])

    (table,) = page_layout(sheet.page()).tables

    assert [(cell.row, cell.col) for cell in table.cells] == [(row, col) for row in range(3) for col in range(2)]


def test_a_row_of_dots_is_a_leader_and_a_full_stop_is_not() -> None:
    mask = np.zeros((60, 400), np.uint8)
    for x in range(20, 220, 10):
        mask[30:33, x : x + 3] = 255
    mask[30:33, 350:353] = 255  # a full stop, far from the others

    dots, _ = leader_dots(components(mask), letter=20, mm=7.9)

    assert int(dots.sum()) == 20
    assert not dots[components(mask).left == 350].any()


@pytest.mark.parametrize(
    ("dots", "text"),
    [
        ("… … … …", "ta"),
        ("… ....................", "ta"),
        ("...", "ta..."),
    ],
)
def test_a_leader_of_three_dots_and_a_gap_in_turn_is_no_text(reader: LineEngine, dots: str, text: str) -> None:
    page = Sheet().write(20, 40, f"Sản xuất, chế biến và mua bán gà ta{dots}", 13).page()

    assert read_page(page, reader).text.replace("...", "…").split("gà ")[1] == text.replace("...", "…")


def test_two_sides_of_a_wide_gap_are_two_lines() -> None:
    layout = page_layout(Sheet().write(20, 40, "Họ và tên").write(120, 40, "Chức vụ").page())

    assert len(layout.lines) == 2


def test_a_line_of_letters_marks_and_stops_is_one_line_with_all_of_them() -> None:
    layout = page_layout(Sheet().write(20, 40, "Ế ở ụ, Ẫ. Mỗi xã một sản phẩm;").page())

    assert len(layout.lines) == 1


def test_a_red_ring_is_a_seal_and_red_text_is_not() -> None:
    red = np.zeros((600, 600), np.uint8)
    rows, columns = np.ogrid[:600, :600]
    distance = np.hypot(rows - 300, columns - 300)
    red[(distance > 130) & (distance < 140)] = 255  # 35 mm wide at 200 dpi
    text = np.zeros((600, 600), np.uint8)
    text[100:130, 50:500] = 255

    assert len(round_seals(red, 200 / 25.4)) == 1
    assert round_seals(text, 200 / 25.4) == []


def test_a_piece_of_a_word_with_many_letters_below_its_foot_is_no_line_of_its_own() -> None:
    """“g/ng” and “g.” of “đồng/người/tháng.”, the only word of its line; the line above is another."""
    above = TextLine((191, 1256, 1530, 1297), 20.0)
    word, pieces = (
        TextLine((191, 1312, 423, 1341), 20.0),
        [
            TextLine((245, 1325, 306, 1348), 12.0),
            TextLine((426, 1324, 450, 1349), 18.0),
        ],
    )

    lines = whole_words([pieces[0], above, word, pieces[1]], np.zeros((1400, 1600), np.uint8))

    assert [line.box for line in lines] == [above.box, (191, 1312, 450, 1349)]


def test_stars_and_the_lower_dot_of_a_colon_are_no_leader() -> None:
    mask = np.zeros((60, 400), np.uint8)
    for x in range(20, 70, 10):
        mask[20:27, x : x + 7] = 255  # "*****": as evenly spaced as dots, but wider
    for x in range(100, 300, 10):
        mask[40:43, x : x + 3] = 255
    mask[30:33, 100:103] = 255  # the upper dot of a colon, over the first dot of the row

    pieces = components(mask)
    dots, _ = leader_dots(pieces, letter=20, mm=7.9)

    assert pieces.left[dots].min() == 110
    assert int(dots.sum()) == 19


def test_what_stands_in_a_row_is_kept_whole() -> None:
    sheet = Sheet().write(20, 40, "Điểm 5***** (VietGAP, ...)").write(20, 60, "Số: ........-........")

    layout = page_layout(sheet.page())

    assert sorted(row.count for row in layout.repeated) == [3, 5]
    assert [line.dash for line in sorted(layout.lines, key=lambda line: line.box[1])] == [False, False, True]


@pytest.mark.parametrize("points", [11, 12, 13, 14, 16, 18, 20])
def test_round_capitals_are_no_tick_boxes(points: int) -> None:
    sheet = Sheet().write(20, 40, "OCOP THÔNG NỘI O Q D", points, bold=True).write(20, 60, "O ĐỘC 000", points)

    assert page_layout(sheet.page()).ticks == ()


def broken(sheet: Sheet, dash: float, gap: float) -> Sheet:
    """A table of two rows and two columns ruled by hairlines of which a coarse scan has left dashes."""
    for y in (30, 45, 60):
        for start in np.arange(20, 150, dash + gap).tolist():
            sheet.rule(start, y, min(150, start + dash), y, 0.2)
    for x in (20, 85, 150):
        for start in np.arange(30, 60, dash + gap * 0.6).tolist():
            sheet.rule(x, start, x, min(60, start + dash), 0.2)
    return sheet


@pytest.mark.parametrize(("dash", "gap"), [(2.6, 1.2), (2.6, 1.9), (6.0, 1.6)])
def test_hairlines_broken_to_dashes_part_the_cells_of_a_table(dash: float, gap: float) -> None:
    sheet = broken(Sheet(), dash, gap)
    sheet.write(24, 35, "Chức vụ").write(90, 35, "Giám đốc").write(24, 50, "Địa chỉ").write(90, 50, "số 5, thôn Hạ")

    layout = page_layout(sheet.page())

    assert [len(table.cells) for table in layout.tables] == [4]
    assert len(layout.lines) == 4


@pytest.mark.parametrize("gap", [0.8, 1.2, 2.0])
@pytest.mark.parametrize("side", [3.0, 3.6, 4.4])
def test_boxes_that_stand_close_below_one_another_are_no_hairline(side: float, gap: float) -> None:
    sheet = Sheet()
    for row in range(9):
        sheet.box(30, 20 + row * (side + gap), side).write(42, 20 + row * (side + gap), "Có hợp đồng", 8)
        sheet.rule(28, 20 + row * (side + gap) - gap / 2, 150, 20 + row * (side + gap) - gap / 2, 0.15)

    layout = page_layout(sheet.page())

    assert len(layout.ticks) == 9
    assert not layout.tables


def test_sides_of_boxes_that_touch_thick_ruled_lines_part_no_cells() -> None:
    sheet = Sheet().grid([20, 120, 140], [18, 68])
    for row in range(10):
        top = 18 + row * 5
        sheet.rule(20, top, 140, top, 0.3).write(34, top + 0.6, "Có hợp đồng liên kết", 9).write(130, top + 0.6, "1", 9)
        sheet.box(25, top + 0.5, 4)
    for row in (3, 4, 5):  # smeared: from the boxes' feet to the next ones' heads all is ink
        sheet.pen.rectangle((25 * MM, (22.2 + row * 5) * MM, 29 * MM, (23.6 + row * 5) * MM), fill=20)

    layout = page_layout(sheet.page())

    assert [len(table.cells) for table in layout.tables] == [20]
    assert len(layout.ticks) >= 7


def test_letters_that_stand_below_one_another_are_no_hairline() -> None:
    sheet = Sheet()
    for row in range(12):
        sheet.write(30, 20 + 5.2 * row, "II. III. IV. TTT EEE - - - ||| 1111", 12)

    assert not page_layout(sheet.page()).erased.any()


@pytest.mark.parametrize("missing", [0.0, 1.4])
def test_a_line_whose_end_is_worn_away_still_parts_its_cells(missing: float) -> None:
    sheet = Sheet().grid([20, 150], [30, 80]).rule(85, 30, 85, 80 - missing)
    sheet.write(25, 40, "Dành cho UBND cấp xã").write(90, 40, "Dành cho cơ quan quản lý")

    (table,) = page_layout(sheet.page()).tables

    assert [(cell.row, cell.col) for cell in table.cells] == [(0, 0), (0, 1)]


def test_lines_tied_together_by_letters_of_a_stamp_stay_two() -> None:
    sheet = Sheet().write(40, 30, "Phú Lạc, ngày 01 tháng 05 năm 2026", 13)
    sheet.write(44, 36, "ĐẠI DIỆN TỔ CHỨC, CÁ NHÂN", 13, bold=True)
    stamp = Image.new("L", sheet.image.size, 255)
    font = ImageFont.truetype(str(FONTS / "LiberationSans-Bold.ttf"), round(6 * MM))
    ImageDraw.Draw(stamp).text((60 * MM, 31.5 * MM), "BẢN SAO", font=font, fill=60)
    sheet.image = ImageChops.darker(sheet.image, stamp.rotate(4, fillcolor=255, center=(75 * MM, 35 * MM)))

    lines = sorted(page_layout(sheet.page()).lines, key=lambda line: line.box[1])
    wide = [line.box for line in lines if line.box[2] - line.box[0] > 20 * line.letter]

    assert len(wide) == 2
    assert all(bottom - top < 60 for _, top, _, bottom in wide)


def test_the_comma_of_bold_capitals_is_no_line_of_its_own() -> None:
    sheet = Sheet().write(30, 30, "BỘ TIÊU CHÍ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM", 16, bold=True)
    for row in range(4):
        sheet.write(30, 45 + 8 * row, "các sản phẩm của xã được xem xét trong năm nay", 13)

    assert len(page_layout(sheet.page()).lines) == 5


@pytest.mark.parametrize("gap", [0.9, 1.6, 2.2])
def test_the_dash_of_a_list_belongs_to_its_line(gap: float) -> None:
    sheet = Sheet().rule(30, 32.9, 30.93, 32.9, 0.25).write(30.9 + gap, 30, "Mô hình có sự tham gia của cộng đồng", 11)
    for row in range(4):
        sheet.write(30, 45 + 8 * row, "các sản phẩm của xã được xem xét trong năm nay", 11)

    first = min(page_layout(sheet.page()).lines, key=lambda line: line.box[1])

    assert round(first.box[0] * page_layout(sheet.page()).scale / MM) == 30


def test_the_sign_before_a_limit_belongs_to_it() -> None:
    sheet = (
        Sheet()
        .write(30, 30, "các sản phẩm của xã được xem xét trong năm nay", 13)
        .write(60, 45, "≤", 13)
        .write(64.6, 45, "10 000", 13)
    )

    layout = page_layout(sheet.page())

    assert any(abs(in_mm(line.box, layout)[0] - 60) < 1.5 and in_mm(line.box, layout)[1] > 40 for line in layout.lines)


@pytest.mark.parametrize("gap", [2, 4, 6])
def test_the_bowls_of_g_that_thin_print_lost_touch_with_are_no_lines(gap: int) -> None:
    pixels = Sheet().write(20, 30, "Sơ ri khô và mứt sen cam và me khô", 12).pixels
    rows, columns = (np.flatnonzero((pixels < 128).any(axis=axis)) for axis in (1, 0))
    foot, left, right = int(rows[-1]), int(columns[0]), int(columns[-1])
    for x in range(left + 60, right - 40, 150):
        cv2.ellipse(pixels, (x, foot + gap + 7), (9, 7), 0, 0, 360, (30,), 3)

    assert len(page_layout(PageImage(pixels, DPI, 1)).lines) == 1


@pytest.mark.parametrize("pitch", [4.9, 5.1, 5.3])
def test_tones_between_tightly_set_lines_belong_to_the_letters_below_them(pitch: float) -> None:
    em, lower = 14 / 72 * 25.4, Sheet().write(30, 40, "dôôôôôôôôd", 14)
    (bare,) = page_layout(lower.page()).lines
    for letter in (1, 4, 8):
        middle = 30 + em * (letter + 0.5) / 2
        lower.rule(middle - 0.3, 40.4, middle + 0.3, 40.4, 0.6)  # tones, apart from the circumflexes
    (alone,) = page_layout(lower.page()).lines

    lines = page_layout(lower.write(30, 40 - pitch, "googooggog", 14).page()).lines

    assert alone.box[1] < bare.box[1]
    assert alone.box in [line.box for line in lines]


def test_the_foot_of_a_broken_letter_is_no_line_of_its_own() -> None:
    whole = TextLine((100, 50, 900, 90), 20.0)
    foot, figure = TextLine((300, 78, 318, 90), 12.0), TextLine((950, 55, 965, 88), 20.0)

    assert without_fragments([whole, foot, figure]) == [whole, figure]


def test_a_line_drawn_between_columns_is_found_and_the_sides_of_tables_are_none() -> None:
    sheet = Sheet(210, 150).grid([20, 60, 190], [90, 100, 110, 140])
    sheet.rule(105, 20, 105, 80)
    for row in range(6):
        sheet.write(25, 22 + 9 * row, "Tên đơn vị").write(115, 22 + 9 * row, "Tên sản phẩm")

    (gutter,) = page_layout(sheet.page()).gutters

    assert gutter[3] - gutter[1] >= 55 / 25.4 * 200
    assert 100 / 25.4 * 200 < gutter[0] < 110 / 25.4 * 200


def test_low_boxes_for_single_figures_are_cells() -> None:
    """A row of boxes lower than any line of a table, in a cell of one: “4|8|0|0|9|1|7|3|6|4”."""
    sheet = Sheet().grid([25, 75, 190], [40, 50, 60]).grid([80 + 5.5 * each for each in range(11)], [42.5, 46.8])
    for place, figure in enumerate("4800917364"):
        sheet.write(81.5 + 5.5 * place, 42.6, figure, 10)
    sheet.write(30, 42, "Mã số thuế")

    tables = page_layout(sheet.page()).tables

    assert sorted(len(table.cells) for table in tables) == [4, 10]
