"""Forms as offices type them: boxes of brackets, other numberings, the box behind its word."""

import pytest

from extraction.boxes import submission
from extraction.claims import find_claims
from extraction.criteria import sheet_criteria
from extraction.fields import form_fields
from extraction.forms import Forms
from extraction.readings import Box, FieldReading, PageKind, Tick
from extraction.sheet_elements import elements_of
from extraction.totals import UNCLEAR_MARK
from extraction.typed_boxes import with_typed_boxes
from infra.reference import RULEBOOKS
from tests.extraction.papers import page, table

TABLE = next(each for each in Forms(RULEBOOKS).tables if (each.short, each.set_no) == ("qd26-2026", 7))


def found_on(lines: list[str], kind: PageKind) -> dict[str, FieldReading]:
    return {field.name: field for field in form_fields(page(lines), kind)}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("4. Giới tính: Nam ☐ Nữ ☑", "Nữ"),
        ("4. Giới tính: ☐ Nam ☑ Nữ", "Nữ"),
        ("4. Giới tính: Nam ☑ Nữ ☐", "Nam"),
        ("4. Giới tính: ☑ Nam ☐ Nữ", "Nam"),
        ("4. Giới tính: Nữ", "Nữ"),
    ],
)
def test_the_gender_is_the_word_whose_box_is_ticked(line: str, value: str) -> None:
    lines = ["BÁO CÁO TỰ ĐÁNH GIÁ", "3. Họ và tên: Nguyễn Thị Mẫu", line]

    field = found_on(lines, PageKind.SELF_ASSESSMENT)["representative.gender"]

    assert (field.value, field.needs_review) == (value, False)


def test_a_gender_of_which_both_boxes_are_ticked_is_doubted() -> None:
    lines = ["BÁO CÁO TỰ ĐÁNH GIÁ", "3. Họ và tên: Nguyễn Thị Mẫu", "4. Giới tính: Nam ☑ Nữ ☑"]

    assert found_on(lines, PageKind.SELF_ASSESSMENT)["representative.gender"].needs_review


@pytest.mark.parametrize("mark", ["x", "X", "×", "✓"])
def test_brackets_with_a_mark_are_ticked_boxes_and_empty_ones_are_not(mark: str) -> None:
    found = with_typed_boxes(page([f"[ ] Lần đầu [{mark}] Nâng hạng [] Đánh giá lại"]))

    assert [tick.ticked for tick in found.ticks] == [False, True, False]
    assert [word.text for word in found.words] == ["Lần", "đầu", "Nâng", "hạng", "Đánh", "giá", "lại"]


@pytest.mark.parametrize("line", ["Số 12 [x] trong mẫu", "Đánh dấu [x] vào ô được chọn, để trống [ ] nếu không"])
def test_brackets_in_running_text_are_no_boxes(line: str) -> None:
    assert with_typed_boxes(page([line])).ticks == ()


def test_the_kind_of_submission_is_told_by_typed_boxes() -> None:
    lines = ["PHIẾU ĐĂNG KÝ", "4. Lần đăng ký đánh giá:", "[ ] Lần đầu [x] Nâng hạng [ ] Đánh giá lại"]

    assert [field.value for field in submission(with_typed_boxes(page(lines)))] == ["upgrade"]


@pytest.mark.parametrize("number", ["{}.", "{})", "({})", "{}/", "- {}."])
def test_labels_are_known_behind_any_numbering(number: str) -> None:
    texts = ("Tên chủ thể: Hợp tác xã Tân Hòa", "Địa chỉ: Thôn 4, xã Tân Hòa", "Điện thoại: 0912000345")
    lines = [f"{number.format(at)} {text}" for at, text in enumerate(texts, 1)]

    found = found_on(["BÁO CÁO TỰ ĐÁNH GIÁ", *lines], PageKind.SELF_ASSESSMENT)

    assert found["applicant.name"].value == "Hợp tác xã Tân Hòa"
    assert found["applicant.address"].value == "Thôn 4, xã Tân Hòa"
    assert found["applicant.phone"].value == "0912000345"


def test_a_label_that_stands_right_behind_a_number_is_seen() -> None:
    lines = ["BÁO CÁO TỰ ĐÁNH GIÁ", "1/ Tên chủ thể: HTX Tân Hòa", "3/ Điện thoại: 0912000345Email: htx@example.vn"]

    found = found_on(lines, PageKind.SELF_ASSESSMENT)

    assert found["applicant.phone"].value == "0912000345"
    assert found["applicant.email"].value == "htx@example.vn"


def test_the_proposal_to_the_province_is_no_part_of_the_last_opinion() -> None:
    lines = [
        "BÁO CÁO ĐÁNH GIÁ CỦA UBND CẤP XÃ",
        "1. Sử dụng nguyên liệu địa phương: Toàn bộ mít mua trong xã.",
        "2. Sử dụng lao động địa phương: 27 lao động của xã.",
        "3. Nguồn gốc ý tưởng sản phẩm: Của bà con trong xã.",
        "4. Bản sắc, trí tuệ địa phương: Nghề sấy mít có từ lâu đời.",
        "Trên cơ sở kết quả đánh giá, Ủy ban nhân dân xã đề nghị tỉnh",
        "tổ chức đánh giá, phân hạng sản phẩm.",
    ]

    found = found_on(lines, PageKind.COMMUNE_REPORT)

    assert found["commune.local_identity"].value == "Nghề sấy mít có từ lâu đời."


def test_a_sentence_that_runs_over_to_a_number_begins_no_claim() -> None:
    lines = ["4.1. Phân phối: 3 điểm. Sản phẩm bán tại chợ, siêu thị và qua", "5 đại diện ở các tỉnh lân cận."]

    assert [claim.code for claim in find_claims([page(lines)], TABLE)] == ["4.1"]


@pytest.mark.parametrize(
    "lines",
    [
        ["[ ] Lần đầu", "[x] Nâng hạng", "[ ] Đánh giá lại"],
        ["Lần đầu [] Nâng hạng [×] Đánh giá lại []"],
        ["[ ] Lần đầu", "[ x ] Nâng hạng", "[ ] Đánh giá lại"],
        ["[]Lần đầu", "[x]Nâng hạng", "[]Đánh giá lại"],
        ["( ) Lần đầu", "(x) Nâng hạng", "( ) Đánh giá lại"],
        ["[ 1 Lần đầu", "[x] Nâng hạng", "[ J Đánh giá lại"],  # misread
    ],
)
def test_typed_boxes_are_known_however_they_are_set_and_read(lines: list[str]) -> None:
    kind = found_on(["PHIẾU ĐĂNG KÝ", *lines], PageKind.REGISTRATION_FORM)["submission.kind"]

    assert (kind.value, kind.needs_review) == ("upgrade", False)


def test_a_pen_s_cross_between_typed_brackets_ticks_whatever_it_was_read_as() -> None:
    ticks = with_typed_boxes(page(["( ) 0 điểm", "(<) 2 điểm", "(#) 3 điểm", "xem mục (1) và (a)"])).ticks

    assert [tick.ticked for tick in ticks] == [False, True, True]


def test_a_mark_that_was_read_as_a_letter_is_doubted() -> None:
    lines = [
        "a) [x] Đã được cấp giấy chứng nhận đăng ký kinh doanh",
        "b) [ ] Sản phẩm đã công bố chất lượng",
        "d) [k] Đã đăng ký sở hữu trí tuệ",
    ]

    found = found_on(lines, PageKind.SELF_ASSESSMENT)

    assert {name: (field.value, field.needs_review) for name, field in found.items()} == {
        "declared.business_registration": (True, False),
        "declared.quality_declaration": (False, False),
        "declared.intellectual_property": (True, True),
    }


def test_options_of_a_score_sheet_are_ticked_with_brackets_in_a_column_of_their_own() -> None:
    first = TABLE.by_code["1.1"]
    options = [
        ("", f"- {option.text}", mark) for option, mark in zip(first.options, ["[ ]", "[x]", "[ 1"], strict=True)
    ]
    drawn, words = table([("1.1", first.title, ""), *options], widths=(150, 1500, 200))
    sheet = page([], tables=[drawn], words=words)

    (row,) = sheet_criteria([sheet], elements_of(sheet), TABLE)

    assert (row.code, row.option, row.needs_review) == ("1.1", 1, False)


def test_points_that_are_ringed_choose_their_option_though_its_box_is_empty() -> None:
    first = TABLE.by_code["1.1"]
    rows = [("1.1", first.title, "3"), *(("", option.text, str(option.points)) for option in first.options)]
    drawn, words = table(rows, widths=(150, 1500, 200))
    cells = {(cell.row, cell.col): cell.box for cell in drawn.cells}
    ticks = [Tick(box=_in_middle(cells[row, 0]), ticked=False, confidence=0.99) for row in (1, 2, 3)]
    ring = Tick(box=_in_middle(cells[2, 2]), ticked=True, confidence=0.7)
    sheet = page([], tables=[drawn], words=words).model_copy(update={"ticks": (*ticks, ring)})

    (row,) = sheet_criteria([sheet], elements_of(sheet), TABLE)

    assert (row.code, row.option, row.needs_review) == ("1.1", 1, False)


@pytest.mark.parametrize(("ticked", "points"), [(True, 1.0), (False, 0.0)])
def test_a_row_without_options_is_answered_by_the_box_beside_its_points(ticked: bool, points: float) -> None:
    binary = next(criterion for criterion in TABLE.criteria if criterion.is_binary)
    drawn, words = table(
        [(binary.code, binary.title, "1"), ("", "Ghi chú", ""), ("", "Khác", "")], widths=(150, 1500, 200)
    )
    box = next(cell.box for cell in drawn.cells if (cell.row, cell.col) == (0, 2))
    tick = Tick(box=_in_middle(box), ticked=ticked, confidence=0.99)
    sheet = page([], tables=[drawn], words=words).model_copy(update={"ticks": (tick,)})

    found = {row.code: row for row in sheet_criteria([sheet], elements_of(sheet), TABLE)}

    assert (found[binary.code].points, found[binary.code].needs_review) == (points, False)


def test_a_row_without_options_is_answered_by_the_box_in_a_row_that_an_office_added_below_it() -> None:
    binary = next(criterion for criterion in TABLE.criteria if criterion.is_binary)
    after = TABLE.criteria[TABLE.criteria.index(binary) + 1]
    rows = [(binary.code, binary.title, "1"), ("", "Có ghi nhãn song ngữ", "1"), (after.code, after.title, "12")]
    drawn, words = table(rows, widths=(150, 1500, 200))
    box = next(cell.box for cell in drawn.cells if (cell.row, cell.col) == (1, 0))
    tick = Tick(box=_in_middle(box), ticked=True, confidence=0.99)
    sheet = page([], tables=[drawn], words=words).model_copy(update={"ticks": (tick,)})

    found = {row.code: row for row in sheet_criteria([sheet], elements_of(sheet), TABLE)}

    assert (found[binary.code].points, found[binary.code].needs_review) == (1.0, False)


def test_the_only_box_that_is_not_clearly_empty_is_proposed_and_doubted() -> None:
    first = TABLE.by_code["1.1"]
    rows = [("1.1", first.title, "5"), *(("", option.text, str(option.points)) for option in first.options)]
    drawn, words = table(rows, widths=(150, 1500, 200))
    cells = {(cell.row, cell.col): cell.box for cell in drawn.cells}
    sure = (0.99, 0.62, 0.99)
    ticks = [Tick(box=_in_middle(cells[at, 0]), ticked=False, confidence=sure[at - 1]) for at in (1, 2, 3)]
    sheet = page([], tables=[drawn], words=words).model_copy(update={"ticks": tuple(ticks)})

    (row,) = sheet_criteria([sheet], elements_of(sheet), TABLE)

    assert (row.option, row.needs_review, row.reason) == (1, True, UNCLEAR_MARK)


def _in_middle(cell: Box) -> Box:
    x, y = (cell[0] + cell[2]) // 2, (cell[1] + cell[3]) // 2
    return x - 20, y - 20, x + 20, y + 20


@pytest.mark.parametrize("line", ["Giới tính: Nam ☐ Nữ ☐", "Giới tính: Nam/Nữ"])
def test_a_gender_that_nobody_chose_is_doubted(line: str) -> None:
    assert found_on([line], PageKind.SELF_ASSESSMENT)["representative.gender"].needs_review


@pytest.mark.parametrize("line", ["Giới tính: Nữ, sinh năm 1980", "Giới tính: Nữ; Quốc tịch: Việt Nam"])
def test_a_word_that_looks_like_the_other_gender_is_none(line: str) -> None:
    field = found_on([line], PageKind.SELF_ASSESSMENT)["representative.gender"]

    assert (field.value, field.needs_review) == ("Nữ", False)
