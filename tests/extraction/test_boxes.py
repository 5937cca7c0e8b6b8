"""Which words a box to tick answers, however the form sets them."""

import pytest

from extraction.fields import form_fields
from extraction.readings import FieldReading, PageKind, PageReading, Tick
from tests.extraction.papers import BOX, page, table, words_at


def read(lines: list[str], kind: PageKind) -> dict[str, FieldReading]:
    return {field.name: field for field in form_fields(page(lines), kind)}


@pytest.mark.parametrize(
    "lines",
    [
        ["Lần đầu ☐ Nâng hạng ☑ Đánh giá lại ☐"],
        ["☐ Lần đầu ☑ Nâng hạng ☐ Đánh giá lại"],
        ["4. Hình thức đăng ký: ☐ Lần đầu ☑ Nâng hạng ☐ Đánh giá lại"],
        ["4. Lần đăng ký: Lần đầu ☐ Nâng hạng ☑ Đánh giá lại ☐"],
        ["4. Lần đăng ký đánh giá: Lần đầu ☐ Nâng hạng ☑ Đánh giá lại ☐"],
        ["☐ Lần đầu", "☑ Nâng hạng", "☐ Đánh giá lại"],
        ["Lần đầu ☐", "Nâng hạng ☑", "Đánh giá lại ☐"],
    ],
)
def test_boxes_stand_before_or_behind_on_one_line_or_several(lines: list[str]) -> None:
    kind = read(["PHIẾU ĐĂNG KÝ", *lines], PageKind.REGISTRATION_FORM)["submission.kind"]

    assert kind.value == "upgrade"
    assert not kind.needs_review


def test_the_question_is_not_taken_for_one_of_its_answers() -> None:
    lines = ["PHIẾU ĐĂNG KÝ", "4. Lần đăng ký đánh giá: Lần đầu ☑ Nâng hạng ☐ Đánh giá lại ☐"]

    kind = read(lines, PageKind.REGISTRATION_FORM)["submission.kind"]

    assert (kind.value, kind.needs_review) == ("first", False)


def test_on_a_lying_sheet_boxes_stand_far_behind_their_words() -> None:
    sheet = page(["BÁO CÁO TỰ ĐÁNH GIÁ", "a) Có giấy đăng ký kinh doanh"])
    tick = Tick(box=(3200, 370, 3240, 410), ticked=True, confidence=0.9)
    lying = sheet.model_copy(update={"width": 3508, "height": 2480, "ticks": (tick,)})

    (declared,) = form_fields(lying, PageKind.SELF_ASSESSMENT)

    assert (declared.name, declared.value) == ("declared.business_registration", True)


def test_nothing_ticked_says_nothing() -> None:
    found = read(["PHIẾU ĐĂNG KÝ", "Lần đầu ☐ Nâng hạng ☐ Đánh giá lại ☐"], PageKind.REGISTRATION_FORM)

    assert "submission.kind" not in found


def test_a_box_is_read_on_its_own_row_not_on_the_one_above() -> None:
    found = read(
        [
            "c) Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm ☑",
            "Giấy chứng nhận đủ điều kiện sản xuất bắt buộc khác ☐",
        ],
        PageKind.SELF_ASSESSMENT,
    )

    assert found["declared.food_safety"].value is True
    assert found["declared.production_conditions"].value is False


@pytest.mark.parametrize(
    "lines",
    [
        [
            "c) Điều kiện sản xuất: Giấy chứng nhận an toàn thực phẩm ☑ Giấy đủ điều kiện sản xuất",
            "bắt buộc khác ☐",
            "d) Sở hữu trí tuệ: ☑",
        ],
        [
            "c) Điều kiện sản xuất: ☑ Giấy chứng nhận cơ sở đủ điều kiện ATTP ☐ Giấy",
            "chứng nhận đủ điều kiện sản xuất (ngành bắt buộc)",
            "d) Sở hữu trí tuệ: ☑",
        ],
    ],
)
def test_a_box_stands_before_or_behind_words_that_two_lines_share(lines: list[str]) -> None:
    found = read(["BÁO CÁO TỰ ĐÁNH GIÁ", *lines], PageKind.SELF_ASSESSMENT)

    assert found["declared.food_safety"].value is True
    assert found["declared.production_conditions"].value is False
    assert found["declared.intellectual_property"].value is True


def test_a_box_may_lie_in_a_word_and_the_comma_behind_it() -> None:
    sheet = page(["BÁO CÁO TỰ ĐÁNH GIÁ", "d) Sở hữu trí tuệ, trong đó:"])
    words = [
        word.model_copy(update={"box": (word.box[0], word.box[1], word.box[2] + 60, word.box[3])})
        if word.text == "tuệ," else word
        for word in sheet.words
    ]  # fmt: skip
    _, top, right, bottom = next(word.box for word in words if word.text == "tuệ,")
    tick = Tick(box=(right - 55, top, right - 15, bottom), ticked=True, confidence=0.9)

    (declared,) = form_fields(
        sheet.model_copy(update={"words": tuple(words), "ticks": (tick,)}), PageKind.SELF_ASSESSMENT
    )

    assert (declared.name, declared.value) == ("declared.intellectual_property", True)


def test_a_yes_and_a_no_answer_one_question() -> None:
    found = read(
        [
            "a) Đăng ký kinh doanh: Có ☑ Không ☐",
            "b) Công bố chất lượng sản phẩm: Có ☐ Không ☑",
            "d) Sở hữu trí tuệ: Có ☑ Không ☑",
        ],
        PageKind.SELF_ASSESSMENT,
    )

    assert found["declared.business_registration"].value is True
    assert found["declared.quality_declaration"].value is False
    assert not found["declared.quality_declaration"].needs_review
    assert found["declared.intellectual_property"].needs_review


def ticked_table(rows: list[list[str]]) -> PageReading:
    """A ruled table; a cell `☑` or `☐` holds a box in its middle."""
    ruled, words = table(rows, widths=(600,) * len(rows[0]))
    ticks = tuple(
        Tick(box=(left + 280, top + 10, left + 320, top + 50), ticked=cell.text == "☑", confidence=0.98)
        for cell in ruled.cells
        if cell.text in ("☑", "☐")
        for left, top, _, _ in [cell.box]
    )
    written = [word for word in words if word.text not in ("☑", "☐")]
    return page([], tables=[ruled], words=written).model_copy(update={"ticks": ticks})


def test_boxes_may_stand_in_the_row_below_their_words() -> None:
    reading = ticked_table([["Lần đầu", "Nâng hạng", "Đánh giá lại"], ["☐", "☑", "☐"]])

    found = [field.value for field in form_fields(reading, PageKind.REGISTRATION_FORM)]

    assert found == ["upgrade"]


@pytest.mark.parametrize("head", [["Nội dung", "Có", "Không"], ["Nội dung", "Không", "Có"]])
def test_a_yes_and_a_no_may_head_columns(head: list[str]) -> None:
    reading = ticked_table([head, ["Công bố chất lượng", "☑", "☐"]])

    found = [field.value for field in form_fields(reading, PageKind.SELF_ASSESSMENT)]

    assert found == [head[1] == "Có"]


def test_words_that_are_printed_to_the_letter_go_before_those_that_are_like_them() -> None:
    lines = [
        "a) Có Giấy chứng nhận đăng ký kinh doanh/đăng ký hợp tác xã ☑",
        "c) Điều kiện sản xuất: Có Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm ☑",
        "Có Giấy chứng nhận đủ điều kiện sản xuất đối với sản phẩm bắt buộc ☐",
    ]

    found = read(lines, PageKind.SELF_ASSESSMENT)

    assert found["declared.business_registration"].value is True
    assert found["declared.food_safety"].value is True
    assert found["declared.production_conditions"].value is False


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("2. Loại hình tổ chức: Hợp tác xã ☑ Tổ hợp tác ☐ Công ty ☐ Hộ kinh doanh ☐", "Hợp tác xã"),
        ("2. Loại hình tổ chức: ☐ Công ty TNHH ☑ Công ty cổ phần ☐ Hợp tác xã", "Công ty cổ phần"),
    ],
)
def test_the_kind_of_organisation_is_the_one_that_is_ticked(line: str, value: str) -> None:
    found = read(["I. THÔNG TIN CHUNG", line], PageKind.SELF_ASSESSMENT)["applicant.organisation_type"]

    assert (found.value, found.needs_review) == (value, False)


def test_a_declaration_whose_box_was_not_seen_takes_none_of_another_line() -> None:
    """The pen that struck its tick out hides the box; “c) Điều kiện sản xuất” only sounds alike."""
    found = read(
        [
            "BÁO CÁO TỰ ĐÁNH GIÁ",
            "☑ a) Có giấy đăng ký kinh doanh",
            "☑ b) Đã công bố chất lượng sản phẩm",
            "☑ c) Điều kiện sản xuất: Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
            "Giấy chứng nhận đủ điều kiện sản xuất bắt buộc khác",
            "☐ d) Sở hữu trí tuệ",
        ],
        PageKind.SELF_ASSESSMENT,
    )

    hidden = found["declared.production_conditions"]
    assert (hidden.value, hidden.needs_review) == (None, True)
    assert (found["declared.food_safety"].value, found["declared.intellectual_property"].value) == (True, False)


def test_answers_may_stand_in_columns_without_boxes() -> None:
    rows, words = table(
        [
            ("Nội dung", "Có", "Không"),
            ("Đăng ký kinh doanh", "x", ""),
            ("Đã công bố chất lượng sản phẩm", "", "x"),
            ("Sở hữu trí tuệ", "x", "x"),
        ],
        widths=(1000, 300, 300),
    )

    declared = page([], tables=[rows], words=words)
    told = {field.name: field.value for field in form_fields(declared, PageKind.SELF_ASSESSMENT)}

    assert told["declared.business_registration"] is True
    assert told["declared.quality_declaration"] is False
    assert "declared.intellectual_property" not in told  # nobody can tell


def test_the_box_of_the_words_before_is_not_that_of_the_words_behind() -> None:
    """The second condition ends on the next line, where its own box stands."""
    lines = [
        "a) Đã đăng ký kinh doanh ☑",
        "b) Đã công bố chất lượng sản phẩm ☑",
        "c) Giấy chứng nhận cơ sở đủ điều kiện ATTP ☑    Đủ điều kiện sản xuất bắt",
        "buộc khác ☐",
    ]

    told = read(lines, PageKind.SELF_ASSESSMENT)

    assert told["declared.food_safety"].value is True
    assert told["declared.production_conditions"].value is False


def test_a_cross_that_was_read_with_its_words_hides_a_box() -> None:
    """Nobody is told that the condition is not there because the next box is empty."""
    lines = [
        "☑ Đăng ký kinh doanh",
        "☑ Công bố chất lượng sản phẩm",
        "☐ An toàn thực phẩm",
        "XĐủ điều kiện sản xuất bắt buộc ☐ Sở hữu trí tuệ",
    ]

    found = read(lines, PageKind.SELF_ASSESSMENT)

    assert found["declared.business_registration"].value is True
    assert found["declared.production_conditions"].needs_review
    assert found["declared.production_conditions"].value is None


def test_a_yes_and_a_not_yet_may_stand_below_the_question_in_two_columns() -> None:
    """Web forms: “a) Giấy đăng ký kinh doanh / ○ Đã có ● Chưa có”, another question beside."""
    questions = [*words_at("a) Giấy đăng ký kinh doanh", 300, 500), *words_at("đ) Quyền sở hữu trí tuệ", 1400, 500)]
    questions += [*words_at("b) Công bố chất lượng sản phẩm", 300, 700)]
    answers = [
        word
        for left, top in ((360, 570), (1460, 570), (360, 770))
        for word in (*words_at("Đã có", left, top), *words_at("Chưa có", left + 400, top))
    ]
    ticks = [
        Tick(box=(left, top, left + BOX, top + BOX), ticked=ticked, confidence=0.95)
        for left, top, ticked in (
            *((310, 570, True), (710, 570, False)),
            *((1410, 570, False), (1810, 570, True)),
            *((310, 770, False), (710, 770, True)),
        )
    ]

    asked = page([], words=[*questions, *answers]).model_copy(update={"ticks": tuple(ticks)})
    told = {field.name: (field.value, field.needs_review) for field in form_fields(asked, PageKind.SELF_ASSESSMENT)}

    assert told["declared.business_registration"] == (True, False)
    assert told["declared.intellectual_property"] == (False, False)
    assert told["declared.quality_declaration"] == (False, False)
