"""The points an applicant claims in Part III of Mẫu số 02, in the ways people write them."""

import pytest

from extraction.claims import claimed_criteria
from extraction.forms import Forms
from extraction.readings import Cell, CriterionReading, PageKind, PageReading
from extraction.totals import find_total
from extraction.understanding import understand
from infra.reference import RULEBOOKS
from tests.extraction.papers import page, table, words_at

FORMS = Forms(RULEBOOKS)
TABLE = next(t for t in FORMS.tables if (t.short, t.set_no) == ("qd26-2026", 7))
COLUMNS = (150, 900, 250, 250, 300)


def claimed(*pages: PageReading) -> dict[str, CriterionReading]:
    return {each.code: each for each in claimed_criteria(pages, TABLE)}


@pytest.mark.parametrize(
    "lines",
    [
        ["1.1. Nguồn nguyên liệu: 2 điểm.", "Mô tả: có 12 hộ liên kết."],
        ["1.1 Nguồn nguyên liệu (2 điểm)", "Minh chứng: Phụ lục 3, trang 12"],
        ["1.1. Nguồn nguyên liệu", "- Điểm tự đánh giá: 2/3 điểm.", "- Mô tả: có 15 đại lý."],
        ["Tiêu chí 1.1: Nguồn nguyên liệu", "Tự chấm: 02 điểm; minh chứng: giấy số 12"],
        ["1.1. Nguồn nguyên liệu: 2đ"],
        ["1.1. Nguồn nguyên liệu", "Mô tả: cơ sở có 20 lao động.", "Số điểm tự chấm: 2"],
        ["1.1. Nguồn nguyên liệu (tối đa 3 điểm): tự đánh giá 2 điểm"],
        ["l.1. Nguồn nguyên liệu: 2 đim"],  # misread
        ["1..1 Nguồn nguyên liệu: 2 điểm"],
        ["Tiêu chí 1.1. Nguồn nguyên liệu. Cơ sở mua tại 07 điểm thu gom. Đề nghị 2 điểm."],
        ["1.1. Nguồn nguyên liệu: mua của 12 hộ, vì vậy chúng tôi chỉ nhận hai điểm trên tối đa 3 điểm."],
        ["1.1. Nguồn nguyên liệu: mua của 12 hộ, do đó chỉ lấy 2 trong số 3 điểm."],
        ["1.1 – Nguồn nguyên liệu: bán tại ba điểm bán hàng. Hai điểm."],
        ["Về nguồn nguyên liệu (mục 1.1), cơ sở mua của 12 hộ trong xã. Đạt 2/3 điểm."],
        ["- Nguồn nguyên liệu (tiêu chí 1.1) mua của 12 hộ trong xã. Tự chấm: 2."],
        ["Nguồn nguyên liệu (1.1): mua của 12 hộ trong xã. Điểm đạt được: 02."],
        [
            "1.1. Nguồn nguyên liệu. Có 12 hộ liên kết. Chúng tôi nhận hai điểm, chưa nhận mức 3.",
            "Cộng phần A được 36 điểm trên 40.",
        ],
        ["1.1. Nguồn nguyên liệu: mua của 12 hộ [2/3].", "Phần A cộng lại: 22/25 điểm."],
        ["Ở tiêu chí 1.1 (Nguồn nguyên liệu), chúng tôi tự chấm 2 điểm vì mua của 12 hộ."],
        ["1.1. Nguồn nguyên liệu 02/03 điểm"],
        ["1.1. Nguồn nguyên liệu 02 / 03 điểm"],
        ["1.1. Nguồn nguyên liệu: chúng tôi tự cho 2 điểm trên 3 điểm (hợp đồng kèm theo)."],
    ],
)
def test_points_are_found_however_they_are_written(lines: list[str]) -> None:
    claim = claimed(page(["III. TỰ ĐÁNH GIÁ", *lines]))["1.1"]

    assert (claim.points, claim.option) == (2.0, 1)
    assert not claim.needs_review


@pytest.mark.parametrize("one", ["1", "I", "l", "|"])
def test_a_slanting_one_before_the_word_points_may_be_read_as_a_letter(one: str) -> None:
    found = claimed(page([f"1.7. Sử dụng công nghệ theo hướng bền vững trong sản xuất: {one} điểm."]))

    assert found["1.7"].points == 1.0


@pytest.mark.parametrize("title", ["Công nghệ bền vững", "Sử dụng công nghệ bền vững", "Sử dụng công nghệ"])
def test_a_title_may_be_shortened(title: str) -> None:
    found = claimed(page([f"1.7. {title}. Bã chàm ủ làm phân bón cho ruộng dâu: 1 điểm."]))

    assert found["1.7"].points == 1.0
    assert not found["1.7"].needs_review


def test_points_below_another_title_are_proposed_and_doubted() -> None:
    found = claimed(page(["1.7. Đổi mới sáng tạo trong chế biến: 1 điểm."]))

    assert found["1.7"].points == 1.0
    assert found["1.7"].reason == "Tên tiêu chí không khớp với mã số; kiểm tra lại."


def test_numbered_items_about_the_applicant_are_no_claims() -> None:
    assert not claimed(page(["8. Lịch sử: năm 2016 mở 2 điểm bán hàng.", "9. Cơ cấu tổ chức: 3 điểm thu mua."]))


def test_one_paragraph_may_claim_points_for_several_criteria() -> None:
    lines = [
        "4. Tiếp thị. Sản phẩm bán qua 06 đại lý nên mục 4.1 (Khu vực phân phối chính) hợp tác xã tự chấm",
        "3 điểm. Có tổ bán hàng 03 người, mục 4.2 (Tổ chức phân phối) tự chấm 2 điểm. Năm 2025 tham gia 05",
        "hội chợ, tiêu chí 4.3 (Quảng bá sản phẩm) tự chấm 1 điểm.",
    ]

    found = claimed(page(lines))

    assert {code: each.points for code, each in found.items()} == {"4.1": 3.0, "4.2": 2.0, "4.3": 1.0}
    assert not any(each.needs_review for each in found.values())


def test_who_asks_for_the_most_claims_it() -> None:
    found = claimed(page(["5.3. Trí tuệ, bản sắc địa phương. Chúng tôi đề nghị mức điểm cao nhất: năm điểm."]))

    assert found["5.3"].points == 5.0


def test_a_paragraph_ends_where_another_criterion_s_title_stands_before_its_code() -> None:
    lines = [
        "4.2. Tổ chức phân phối. Việc theo dõi đơn vẫn ghi sổ tay nên dừng ở 2 điểm.",
        "Quảng bá sản phẩm (4.3): từ đầu năm 2025 đến nay có sáu hoạt động. Điểm đạt được: 03.",
    ]

    found = claimed(page(lines))

    assert {code: each.points for code, each in found.items()} == {"4.2": 2.0, "4.3": 3.0}


def test_a_code_in_brackets_in_the_middle_of_a_sentence_begins_no_claim() -> None:
    lines = ["1.1. Nguồn nguyên liệu: mua của các hộ đã nêu ở phần", "Gia tăng giá trị (1.3). Tự chấm 2 điểm."]

    assert {code: each.points for code, each in claimed(page(lines)).items()} == {"1.1": 2.0}


def test_a_criterion_that_another_s_paragraph_refers_to_is_not_claimed_there() -> None:
    found = claimed(page(["1.1. Nguồn nguyên liệu (xem thêm mục 1.3 Gia tăng giá trị): 2 điểm."]))

    assert {code: each.points for code, each in found.items()} == {"1.1": 2.0}


def test_a_claim_may_run_over_the_page_s_end() -> None:
    found = claimed(page(["1.1. Nguồn nguyên liệu"], number=1), page(["Tự chấm: 2 điểm."], number=2))

    assert found["1.1"].points == 2.0
    assert found["1.1"].page == 1


def test_the_applicant_s_column_is_read_not_the_maximum_also_where_the_table_goes_on() -> None:
    head = ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Minh chứng")
    first, words = table([head, ("1.1", "Nguồn nguyên liệu", "3", "2", "PL 1")], widths=COLUMNS)
    second, more = table([("1.3", "Gia tăng giá trị", "3", "1", "PL 2")], widths=COLUMNS)

    found = claimed(page([], tables=[first], words=words), page([], number=2, tables=[second], words=more))

    assert {code: each.points for code, each in found.items()} == {"1.1": 2.0, "1.3": 1.0}


def test_a_column_about_the_self_assessment_without_figures_is_not_that_of_the_points() -> None:
    head = ("STT", "Tiêu chí", "Nội dung tự đánh giá", "Điểm", "Minh chứng")
    rows, words = table(
        [head, ("1.1", "Nguồn nguyên liệu", "Mua của 46 hộ", "2", "Tab 03")], widths=(150, 700, 500, 200, 300)
    )

    assert claimed(page([], tables=[rows], words=words))["1.1"].points == 2.0


def test_a_part_s_title_across_the_table_that_tells_its_points_is_no_heading_of_a_column() -> None:
    head = ("Mã", "Tiêu chí", "Tối đa", "Tự chấm", "Mô tả")
    first, words = table([head, ("3.4", "Tăng trưởng sản xuất", "2", "2", "Lợi nhuận tăng")], widths=COLUMNS)
    second, more = table(
        [("3.5", "Sở hữu trí tuệ", "3", "2", "Nhãn hiệu"), ("4.1", "Khu vực phân phối", "5", "3", "06 đại lý")],
        widths=COLUMNS,
    )
    title = "PHẦN B: KHẢ NĂNG TIẾP THỊ (25 điểm) – tự chấm 19 điểm"
    across = Cell(row=1, col=0, col_span=5, box=(second.box[0], 1140, second.box[2], 1190), text=title)
    rows = (each.model_copy(update={"row": 2 * each.row}) for each in second.cells)
    parted = second.model_copy(update={"cells": (*rows, across)})

    found = claimed(page([], tables=[first], words=words), page([], number=2, tables=[parted], words=more))

    assert {code: each.points for code, each in found.items()} == {"3.4": 2.0, "3.5": 2.0, "4.1": 3.0}


def test_the_total_of_an_assessor_is_the_sheet_s() -> None:
    totals, words = table([["TỔNG CỘNG", "100"], ["Tổng điểm của người đánh giá", "71"]], widths=(1200, 300))
    sheet = page([], tables=[totals], words=words).model_copy(update={"kind": PageKind.SCORE_SHEET})

    found = find_total([sheet], 100.0)

    assert found is not None
    assert found.points == 71.0


def test_columns_may_stand_in_any_order_the_title_behind_the_description() -> None:
    widths = (150, 150, 700, 200, 500, 150)
    head = ("Tự chấm", "Số TT", "Diễn giải của chủ thể", "Tài liệu", "Tên tiêu chí", "Khung điểm")
    part = ("14", "1", "TỔ CHỨC SẢN XUẤT", "", "", "18")
    first, words = table(
        [head, part, ("2", "1.1", "Mua của 12 hộ trong xã.", "TL03", "Nguồn nguyên liệu", "3"),
         ("1", "1.3", "Rửa bằng máy, đóng khay.", "", "Gia tăng giá trị", "3")],
        widths=widths,
    )  # fmt: skip
    second, more = table([("2", "1.6", "Có hố gom vỏ.", "TL04", "Bảo vệ môi trường", "3")], widths=widths)

    found = claimed(page([], tables=[first], words=words), page([], number=2, tables=[second], words=more))

    assert {code: each.points for code, each in found.items()} == {"1.1": 2.0, "1.3": 1.0, "1.6": 2.0}
    assert not any(each.needs_review for each in found.values())


@pytest.mark.parametrize(
    ("numbers", "points"),
    [
        (("3", "2", "1"), {"1.1": 3.0, "1.2": 2.0, "1.3": 1.0}),
        (("3", "", "1"), {"1.1": None, "1.2": None, "1.3": None}),
    ],
)
def test_numbers_in_one_cell_beside_several_codes_are_each_of_its_row(
    numbers: tuple[str, ...], points: dict[str, float | None]
) -> None:
    """Where the scan lost the rules between them; unless it is not clear which number is of which row."""
    titles = ("Nguồn nguyên liệu", "Vùng nguyên liệu", "Gia tăng giá trị")
    rows = [(f"1.{row}", title, number) for row, (title, number) in enumerate(zip(titles, numbers, strict=True), 1)]
    drawn, words = table([("TT", "Tiêu chí", "Điểm tự chấm"), *rows], widths=(150, 900, 400))
    apart = {cell.row: cell for cell in drawn.cells if cell.col == 2 and cell.row > 0}
    box = (*apart[1].box[:2], *apart[3].box[2:])
    whole = apart[1].model_copy(update={"row_span": 3, "box": box, "text": "\n".join(filter(None, numbers))})
    cells = (*(cell for cell in drawn.cells if cell not in apart.values()), whole)

    found = claimed(page([], tables=[drawn.model_copy(update={"cells": cells})], words=words))

    assert {code: each.points for code, each in found.items()} == points


def test_the_total_may_stand_before_its_words() -> None:
    totals, words = table([["81", "", "TỔNG SỐ ĐIỂM TỰ ĐÁNH GIÁ", "100"]], widths=(150, 150, 1200, 150))
    report = page([], tables=[totals], words=words).model_copy(update={"kind": PageKind.SELF_ASSESSMENT})

    found = find_total([report], 100.0)

    assert found is not None
    assert found.points == 81.0


def test_the_total_has_words_beside_it() -> None:
    totals, words = table([["TỔNG CỘNG", "100", "84", "Hạng sao tự đánh giá: 4 sao"]], widths=(700, 250, 250, 700))
    report = page([], tables=[totals], words=words).model_copy(update={"kind": PageKind.SELF_ASSESSMENT})

    found = find_total([report], 100.0)

    assert found is not None
    assert found.points == 84.0


def test_a_row_whose_points_are_missing_does_not_take_the_maximum() -> None:
    head = ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Minh chứng")
    ruled, words = table([head, ("1.1", "Nguồn nguyên liệu", "3", "", "PL 1")], widths=COLUMNS)

    claim = claimed(page([], tables=[ruled], words=words))["1.1"]

    assert claim.points is None
    assert claim.needs_review


def test_of_two_columns_without_a_name_neither_is_sure() -> None:
    ruled, words = table([("1.1", "Nguồn nguyên liệu", "3", "2", "PL 1")], widths=COLUMNS)

    assert claimed(page([], tables=[ruled], words=words))["1.1"].needs_review


def test_a_column_of_reasons_is_not_that_of_the_points() -> None:
    head = ("TT", "Tiêu chí", "Diễn giải, căn cứ tự chấm", "Điểm tự đánh giá", "Minh chứng")
    ruled, words = table([head, ("1.1", "Nguồn nguyên liệu", "Theo hợp đồng", "2", "PL 1")], widths=COLUMNS)

    assert claimed(page([], tables=[ruled], words=words))["1.1"].points == 2.0


@pytest.mark.parametrize(("code", "points"), [("1.1 1.", "2"), ("1.1", "2 -"), ("1.1", "2 ."), ("1.1.", "- 2")])
def test_dust_beside_a_code_or_its_points_changes_neither(code: str, points: str) -> None:
    head = ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Minh chứng")
    ruled, words = table([head, (code, "Nguồn nguyên liệu", "3", points, "PL 1")], widths=COLUMNS)

    assert claimed(page([], tables=[ruled], words=words))["1.1"].points == 2.0


def test_a_row_that_the_page_s_end_cuts_has_no_rule_below_and_is_still_a_row() -> None:
    head = ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Minh chứng")
    both = [head, ("1.1", "Nguồn nguyên liệu", "3", "2", "PL 1"), ("1.3", "Gia tăng giá trị", "3", "1", "PL 2")]
    whole, words = table(both, widths=COLUMNS)
    left, top, right, bottom = whole.box
    cells = tuple(cell for cell in whole.cells if cell.row < 2)
    ruled = whole.model_copy(update={"cells": cells, "box": (left, top, right, bottom - 70)})

    found = claimed(page([], tables=[ruled], words=words))

    assert {code: each.points for code, each in found.items()} == {"1.1": 2.0, "1.3": 1.0}


def test_the_code_may_stand_in_any_column_and_evidence_and_maximum_before_it() -> None:
    rows = [
        ["Minh chứng", "Điểm tối đa", "Điểm tự chấm", "Tiêu chí", "Mô tả"],
        ["Phụ lục 3", "3", "2", "1.1. Nguồn nguyên liệu", "12 hộ"],
        ["4. Hợp đồng", "3", "1", "1.3. Gia tăng giá trị", "Sơ chế"],
    ]
    first, words = table(rows, widths=(300, 250, 250, 900, 300))
    further, more = table(
        [["Giấy 5", "3", "3", "2.1. Nguồn gốc ý tưởng sản phẩm", "Mới"]], widths=(300, 250, 250, 900, 300)
    )

    found = claimed(page([], tables=[first], words=words), page([], number=2, tables=[further], words=more))

    assert {code: claim.points for code, claim in found.items()} == {"1.1": 2.0, "1.3": 1.0, "2.1": 3.0}


@pytest.mark.parametrize("row", [["TỔNG CỘNG", "100", "75 điểm"], ["100", "75", "TỔNG ĐIỂM TỰ ĐÁNH GIÁ (A + B + C)"]])
def test_a_total_is_read_with_its_unit_and_before_its_label(row: list[str]) -> None:
    total, words = table([row], widths=(900, 300, 900) if row[0] == "TỔNG CỘNG" else (300, 300, 1200))

    found = find_total([page([], tables=[total], words=words)], 100.0)

    assert found is not None
    assert found.points == 75.0


def test_the_total_below_the_last_criterion_is_not_its_points() -> None:
    lines = ["10. Hướng dẫn sử dụng 2 đ", "11. Cơ hội thị trường toàn cầu 1 đ", "TỔNG ĐIỂM TỰ CHẤM: 80 điểm", "PHẦN IV"]

    assert claimed(page(["III. TỰ ĐÁNH GIÁ", *lines]))["11"].points == 1.0


@pytest.mark.parametrize(("one", "points"), [("I", 1.0), ("0I", 1.0), ("l", 1.0), ("O", 0.0)])
def test_old_figures_like_letters_are_points_in_their_column(one: str, points: float) -> None:
    head = ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Minh chứng")
    rows, words = table(
        [head, ("I.1", "Nguồn nguyên liệu", "3", "2", "PL 1"), ("1.7", "Sử dụng công nghệ bền vững", "1", one, "PL 2")],
        widths=COLUMNS,
    )
    report = page([]).model_copy(update={"words": words, "tables": (rows,)})

    assert {code: each.points for code, each in claimed(report).items()} == {"1.1": 2.0, "1.7": points}


def test_no_points_may_be_read_as_the_letter_o() -> None:
    assert claimed(page(["1.7. Sử dụng công nghệ: tự cho o điểm trên 1 điểm."]))["1.7"].points == 0.0


def test_a_dark_head_in_one_cell_names_the_columns_below_it() -> None:
    """On a dark ground no rules are seen between “Tối đa” and “Tự chấm”."""
    rows = [
        ("1.1", "Nguồn nguyên liệu", "3", "2", "PL 09"),
        ("1.3", "Gia tăng giá trị", "3", "3", "PL 07"),
        ("1.5", "Liên kết chuỗi trong sản xuất", "3", "1", "PL 03"),
    ]
    body, words = table(rows, top=1270, widths=COLUMNS)
    head = Cell(row=-1, col=0, col_span=5, box=(250, 1200, 2100, 1270), text="Mã Tiêu chí Tối đa Tự chấm Diễn giải")
    named = [
        *words_at("Mã", 260, 1210),
        *words_at("Tiêu chí", 420, 1210),
        *words_at("Tối đa", 1310, 1210),
        *words_at("Tự chấm", 1560, 1210),
        *words_at("Diễn giải", 1810, 1210),
    ]
    whole = body.model_copy(update={"cells": (head, *body.cells), "box": (250, 1200, 2100, body.box[3])})

    found = claimed(page([], tables=[whole], words=[*named, *words]))

    assert {code: claim.points for code, claim in found.items()} == {"1.1": 2.0, "1.3": 3.0, "1.5": 1.0}


def test_the_column_that_prints_the_maxima_is_not_the_applicant_s() -> None:
    """Its head cannot be read, or is one for both."""
    rows = [
        ("Mã", "Nội dung", "Điểm", "", "Giải thích"),
        ("1.1", "Nguồn nguyên liệu", "3", "2", "hợp đồng"),
        ("1.3", "Gia tăng giá trị", "3", "3", "phiếu"),
        ("1.5", "Liên kết chuỗi trong sản xuất", "3", "1", "hợp đồng"),
        ("3.3", "Sử dụng lao động địa phương", "3", "1", "danh sách"),
    ]
    body, words = table(rows, widths=COLUMNS)

    found = claimed(page([], tables=[body], words=words))

    assert {code: claim.points for code, claim in found.items()} == {"1.1": 2.0, "1.3": 3.0, "1.5": 1.0, "3.3": 1.0}


def test_points_may_be_given_before_the_criterion_they_are_for() -> None:
    lines = [
        "Về Nguồn nguyên liệu, cơ sở đạt 2/3 điểm vì mua của 12 hộ. (đạt 3/3 điểm) là phần Gia tăng giá trị, lý do:",
        "chế biến sâu. Nói đến Liên kết chuỗi trong sản xuất thì có hợp đồng; chúng tôi đạt 1/3 điểm (phụ lục 1).",
        "(đạt 0/1 điểm) là phần Sử dụng công nghệ theo hướng bền vững trong sản xuất, lý do: chưa áp dụng. Về Sử dụng",
        "lao động địa phương, cơ sở đạt 3/3 điểm vì: dân trong xã.",
    ]

    found = claimed(page(["III. TỰ ĐÁNH GIÁ", *lines]))

    assert {code: claim.points for code, claim in found.items()} == {
        "1.1": 2.0,
        "1.3": 3.0,
        "1.5": 1.0,
        "1.7": 0.0,
        "3.3": 3.0,
    }


def test_of_two_decisions_sets_of_one_name_the_one_whose_criteria_are_named_is_meant() -> None:
    """“Kế toán” is a criterion of QĐ 148/QĐ-TTg, and none of QĐ 26/2026/QĐ-TTg."""
    lines = [
        "Phần III. Chủ thể tự đánh giá",
        "BỘ TIÊU CHÍ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM: THỦ CÔNG MỸ NGHỆ GIA DỤNG, TRANG TRÍ",
        *("- Nguồn nguyên liệu 5 điểm", "- Gia tăng giá trị 2 điểm", "- Kế toán 1 điểm", "- Sở hữu trí tuệ 2 điểm"),
        *("- Câu chuyện về sản phẩm 3 điểm", "- Cấu trúc câu chuyện 1 điểm", "- Thiết kế độc đáo 3 điểm"),
    ]

    understood = understand([page(lines)], FORMS)

    assert understood.rulebook is not None
    assert understood.rulebook.decision.startswith("QĐ 148")
    assert {each.code: each.points for each in understood.criteria}["3.5"] == 1.0
