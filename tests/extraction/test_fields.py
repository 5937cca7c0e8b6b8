"""What stands on the forms, as fields."""

from datetime import date

import pytest

from extraction import days, values
from extraction.fields import form_fields
from extraction.names import FIELD_NAMES
from extraction.readings import FieldReading, PageKind, PageReading
from tests.extraction.papers import COMMUNE_REPORT, REGISTRATION, page, table


def first(fields: list[FieldReading], name: str) -> FieldReading:
    return next(field for field in fields if field.name == name)


def found_on(reading: PageReading, kind: PageKind) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in form_fields(reading, kind):
        found.setdefault(field.name, field.value)
    return found


def test_a_registration_form_with_dotted_leaders() -> None:
    assert found_on(page(REGISTRATION), PageKind.REGISTRATION_FORM) == {
        "applicant.name": "Hợp tác xã Nông nghiệp Tân Hòa Xanh",
        "representative.name": "Nguyễn Thị Mẫu",
        "representative.position": "Giám đốc",
        "applicant.address": "số 12 đường Trần Hưng Đạo nối dài, tổ 5, Thôn 4, xã Tân Hòa, tỉnh Lâm Đồng",
        "applicant.phone": "0912000345",
        "applicant.email": "htx.tanhoa@example.vn",
        "product.name": "Mít sấy giòn Tân Hòa",
        "product.sector": "Thực phẩm",
        "product.group": "Thực phẩm chế biến",
        "product.subgroup": "Chế biến từ rau, củ, quả, hạt",
        "submission.kind": "upgrade",
        "province": "Lâm Đồng",
        "year": 2026,
    }


def test_a_registration_form_drawn_as_a_table() -> None:
    ruled, words = table(
        [
            ("1. Tên đơn vị", "Hộ kinh doanh Lê Văn Thử"),
            ("Điện thoại", "0912.000.777 Email: le.thu@example.vn"),
            ("2. Tên sản phẩm", "Rượu cần Tân Hòa"),
        ]
    )

    found = found_on(page(["Mẫu số 01", "PHIẾU ĐĂNG KÝ"], tables=[ruled], words=words), PageKind.REGISTRATION_FORM)

    assert found["applicant.name"] == "Hộ kinh doanh Lê Văn Thử"
    assert found["applicant.phone"] == "0912000777"
    assert found["applicant.email"] == "le.thu@example.vn"
    assert found["product.name"] == "Rượu cần Tân Hòa"


def test_a_misread_label_is_still_known_and_a_misread_value_is_not_made_up() -> None:
    lines = [
        "Mẫu số 01",
        "PHIẾU ĐĂNG KÝ",
        "1. Tên đơn v!: HTX Suối Mơ",
        "Địa ch1 liên hệ: xã Suối Mơ",
        "Điện thoại: 12",
    ]

    fields = form_fields(page(lines), PageKind.REGISTRATION_FORM)

    assert first(fields, "applicant.address").value == "xã Suối Mơ"
    phone = first(fields, "applicant.phone")
    assert phone.value == "12"
    assert phone.needs_review
    assert phone.reason is not None
    assert "Số điện thoại" in phone.reason


def test_a_value_that_was_read_unsurely_is_marked() -> None:
    fields = form_fields(page(REGISTRATION, confidence=0.4), PageKind.REGISTRATION_FORM)

    assert all(field.needs_review for field in fields if field.name != "submission.kind")


def test_two_ticks_where_one_is_allowed_are_both_shown_and_doubted() -> None:
    lines = [*REGISTRATION[:15], "Lần đầu ☑ Nâng hạng ☑ Đánh giá lại ☐"]

    kinds = [f for f in form_fields(page(lines), PageKind.REGISTRATION_FORM) if f.name == "submission.kind"]

    assert [field.value for field in kinds] == ["first", "upgrade"]
    assert all(field.needs_review for field in kinds)


def test_boxes_of_the_self_assessment_stand_before_or_behind_their_words() -> None:
    lines = [
        "Mẫu số 02",
        "BÁO CÁO TỰ ĐÁNH GIÁ",
        "7. Tên sản phẩm: Mít sấy",
        "a) Có giấy đăng ký kinh doanh ☑",
        "b) Đã công bố chất lượng sản phẩm ☐",
        "☑ Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
        "d) Sở hữu trí tuệ ☐",
    ]

    found = found_on(page(lines), PageKind.SELF_ASSESSMENT)

    assert found["declared.business_registration"] is True
    assert found["declared.quality_declaration"] is False
    assert found["declared.food_safety"] is True
    assert found["declared.intellectual_property"] is False


def test_the_commune_s_four_views_are_kept_word_for_word() -> None:
    found = found_on(page(COMMUNE_REPORT), PageKind.COMMUNE_REPORT)

    assert found["commune.local_materials"] == "Mít thu mua trong xã, chiếm 90 % nguyên liệu."
    assert found["commune.local_labour"] == "Có 12 lao động ở xã."
    assert found["commune.idea_origin"] == "Sản phẩm do hợp tác xã tự nghiên cứu."
    assert found["commune.local_identity"] == "Gắn với nghề sấy mít của người dân Tân Hòa."
    assert found["commune.name"] == "Tân Hòa"


def test_the_commune_s_views_may_follow_each_other_in_one_sentence() -> None:
    report = page(
        [
            "Qua kiểm tra, Ủy ban nhân dân xã có ý kiến như sau: về nguyên liệu địa",
            "phương, quả mua trong xã khoảng 87%, 20. 000 kg một vụ; về lao động địa phương,",
            "dùng 20 người; về bản sắc, trí tuệ địa phương, gắn với lễ hội của xã.",
            "Ủy ban nhân dân xã kính đề nghị Ủy ban nhân dân tỉnh xem xét./.",
        ]
    )

    assert found_on(report, PageKind.COMMUNE_REPORT) == {
        "commune.local_materials": "quả mua trong xã khoảng 87%, 20. 000 kg một vụ",
        "commune.local_labour": "dùng 20 người",
        "commune.local_identity": "gắn với lễ hội của xã.",
    }


def test_a_sentence_about_one_view_alone_is_no_list_of_views() -> None:
    report = page(["Ủy ban nhân dân xã xác nhận: về lao động địa phương, cơ sở dùng 20 người."])

    assert found_on(report, PageKind.COMMUNE_REPORT) == {}


def test_the_commune_s_views_may_stand_in_a_table() -> None:
    rows = [
        ["Nội dung", "Ý kiến của UBND xã", "Ghi chú"],
        ["Về nguyên liệu địa phương", "Mít thu mua trong xã, đạt 90 %.", "Phụ lục 1"],
        ["Sử dụng lao động địa phương", "Có 12 lao động ở xã.", ""],
        ["Nguồn gốc ý tưởng sản phẩm", "Hợp tác xã tự nghiên cứu.", ""],
        ["Bản sắc, trí tuệ địa phương", "Gắn với nghề sấy mít của xã.", "Có"],
    ]
    drawn, words = table(rows, widths=(800, 900, 300))
    report = page(COMMUNE_REPORT[:6])
    report = report.model_copy(update={"tables": (drawn,), "words": (*report.words, *words)})

    found = found_on(report, PageKind.COMMUNE_REPORT)

    assert found["commune.local_materials"] == "Mít thu mua trong xã, đạt 90 %."
    assert found["commune.local_labour"] == "Có 12 lao động ở xã."
    assert found["commune.idea_origin"] == "Hợp tác xã tự nghiên cứu."
    assert found["commune.local_identity"] == "Gắn với nghề sấy mít của xã."


def test_every_field_has_a_documented_name() -> None:
    papers = [(REGISTRATION, PageKind.REGISTRATION_FORM), (COMMUNE_REPORT, PageKind.COMMUNE_REPORT)]

    names = {field.name for lines, kind in papers for field in form_fields(page(lines), kind)}

    assert names <= set(FIELD_NAMES)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("ngày 05 tháng 3 năm 2026", date(2026, 3, 5)),
        ("Đà Lạt, ngày 5 tháng 03 năm 2026", date(2026, 3, 5)),
        ("5/3/2026", date(2026, 3, 5)),
        ("05-03-2026", date(2026, 3, 5)),
        ("05.03.2026", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("31/02/2026", None),
        ("tháng 3 năm 2026", None),
    ],
)
def test_dates_in_every_usual_form(raw: str, day: date | None) -> None:
    assert days.find_day(raw) == day


@pytest.mark.parametrize(
    ("raw", "digits", "good"),
    [
        ("0912 000 345", "0912000345", True),
        ("(+84) 912.000.345", "0912000345", True),
        ("0263-3822-111", "02633822111", True),
        ("O912 00o 345", "0912000345", True),  # letters read for noughts
        ("12345", "12345", False),
    ],
)
def test_phone_numbers_are_digits_only(raw: str, digits: str, good: bool) -> None:
    value = values.phone(raw)

    assert value.content == digits
    assert (value.reason is None) is good


def test_the_dash_before_an_opinion_is_no_part_of_it() -> None:
    reading = page(["1. Sử dụng nguyên liệu địa phương", "- Chín phần mười nguyên liệu là của xã."])

    found = [field.value for field in form_fields(reading, PageKind.COMMUNE_REPORT)]

    assert found == ["Chín phần mười nguyên liệu là của xã."]


def test_the_page_s_number_is_no_part_of_an_opinion() -> None:
    opinion = page(["1. Sử dụng lao động địa phương", "Mười lao động là người của xã."])
    number = page(["Trang 1/2"]).words
    foot = [word.model_copy(update={"box": (word.box[0], 3400, word.box[2], 3440)}) for word in number]
    reading = opinion.model_copy(update={"words": (*opinion.words, *foot)})

    assert [field.value for field in form_fields(reading, PageKind.COMMUNE_REPORT)] == [
        "Mười lao động là người của xã."
    ]


@pytest.mark.parametrize(
    "closing",
    [
        ["Căn cứ hồ sơ, kính trình Ủy ban nhân dân tỉnh xem xét."],
        ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ["TM. ỦY BAN NHÂN DÂN XÃ", "CHỦ TỊCH"],
    ],
)
def test_the_closing_words_and_the_signature_are_no_part_of_the_last_opinion(closing: list[str]) -> None:
    report = page(["4/ Bản sắc, trí tuệ địa phương", "Gắn với nghề sấy mít", "của người dân Suối Mơ.", *closing])

    (view,) = form_fields(report, PageKind.COMMUNE_REPORT)

    assert view.value == "Gắn với nghề sấy mít của người dân Suối Mơ."


def test_an_opinion_may_speak_of_the_commune_and_of_programmes() -> None:
    opinion = "Qua kiểm tra, Ủy ban nhân dân xã xác nhận ý tưởng có từ chương trình khuyến nông."
    report = page(["3. Nguồn gốc ý tưởng sản phẩm", opinion])

    (view,) = form_fields(report, PageKind.COMMUNE_REPORT)

    assert (view.value, view.needs_review) == (opinion, False)


def test_an_opinion_that_the_page_s_end_breaks_off_is_doubted() -> None:
    report = page(["3. Nguồn gốc ý tưởng sản phẩm", "Sản phẩm kế thừa cách ủ thùng gỗ và cải tiến"])

    (view,) = form_fields(report, PageKind.COMMUNE_REPORT)

    assert view.needs_review


HEAD = ("TT", "Tên sản phẩm", "Ngành", "Nhóm", "Phân nhóm", "Quy cách")
SCARF = ("1", "Khăn choàng thổ cẩm", "Hàng thủ công mỹ nghệ", "Vải, may mặc", "Vải, may mặc", "Cái")
BAG = ("2", "Túi đeo vai thổ cẩm", "Hàng thủ công mỹ nghệ", "Vải, may mặc", "Vải, may mặc", "Cái")
WIDE = (100, 500, 550, 350, 350, 200)


def test_a_product_may_be_registered_in_a_list() -> None:
    drawn, words = table([HEAD, SCARF], widths=WIDE)

    fields = form_fields(page(["PHIẾU ĐĂNG KÝ"], tables=[drawn], words=words), PageKind.REGISTRATION_FORM)

    assert {field.name: field.value for field in fields} == {
        "product.name": "Khăn choàng thổ cẩm",
        "product.sector": "Hàng thủ công mỹ nghệ",
        "product.group": "Vải, may mặc",
        "product.subgroup": "Vải, may mặc",
    }
    assert not any(field.needs_review for field in fields)


def test_of_several_listed_products_each_is_named_and_doubted_and_what_they_share_is_sure() -> None:
    drawn, words = table([HEAD, SCARF, BAG], widths=WIDE)

    fields = form_fields(page(["PHIẾU ĐĂNG KÝ"], tables=[drawn], words=words), PageKind.REGISTRATION_FORM)

    assert [(field.value, field.needs_review) for field in fields if field.name == "product.name"] == [
        ("Khăn choàng thổ cẩm", True),
        ("Túi đeo vai thổ cẩm", True),
    ]
    assert not first(fields, "product.group").needs_review


def test_a_view_s_number_that_was_read_as_a_stroke_still_heads_it() -> None:
    lines = [
        "II. NỘI DUNG ĐÁNH GIÁ",
        "I. Nguyên liệu địa phương: Mít thu mua trong xã.",
        "2. Lao động địa phương: 9 người.",
    ]

    found = {field.name: field.value for field in form_fields(page(lines), PageKind.COMMUNE_REPORT)}

    assert found["commune.local_materials"] == "Mít thu mua trong xã."
