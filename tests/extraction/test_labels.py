"""Values behind their labels, in the ways offices set and people fill in a form."""

import pytest

from extraction import values
from extraction.fields import form_fields
from extraction.readings import PageKind, PageReading, Word
from tests.extraction.papers import SIZE, STEP, TOP, page, table

LONG = "Ngành nghề: trồng trọt, chăn nuôi, chế biến nông sản, dịch vụ nông nghiệp, du lịch, vận tải và kho bãi"

RIGHT = {  # on the second line, as far as the margin
    text: (left, TOP + STEP, right, TOP + STEP + SIZE)
    for text, left, right in (
        ("Chức", 1500, 1600),
        ("vụ:", 1620, 1700),
        ("Chủ", 1720, 1850),
        ("tịch", 1870, 2000),
        ("Hội", 2020, 2200),
        ("đồng", 2220, 2420),
    )
}


def found_on(reading: PageReading, kind: PageKind = PageKind.REGISTRATION_FORM) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in form_fields(reading, kind):
        found.setdefault(field.name, field.value)
    return found


def test_leaders_without_blanks_are_no_part_of_a_value() -> None:
    found = found_on(
        page(
            [
                "1. Tên đơn vị:..........HTX Dứa Suối Mơ.............",
                "Họ tên người đại diện pháp lý:.....Ông Lê Văn Thử......Chức vụ:....Giám đốc....",
                "Điện thoại:….0939.111.222…..Email:….htx@example.vn….",
            ]
        )
    )

    assert found == {
        "applicant.name": "HTX Dứa Suối Mơ",
        "representative.name": "Lê Văn Thử",
        "representative.position": "Giám đốc",
        "applicant.phone": "0939111222",
        "applicant.email": "htx@example.vn",
    }


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("1. Tên chủ thể OCOP: HTX Dứa", "applicant.name", "HTX Dứa"),
        ("2. Loại hình tổ chức (HTX, công ty, hộ ...): Hợp tác xã", "applicant.organisation_type", "Hợp tác xã"),
        ("4. Số điện thoại liên hệ: 0939111222", "applicant.phone", "0939111222"),
        ("Phân nhóm: Sản phẩm chè khác", "product.subgroup", "Sản phẩm chè khác"),
        ("ĐỊA CHỈ: ấp 3, xã Suối Mơ", "applicant.address", "ấp 3, xã Suối Mơ"),
    ],
)
def test_remarks_belong_to_the_label(line: str, name: str, value: str) -> None:
    assert found_on(page([line]))[name] == value


def test_a_value_goes_on_where_the_margin_broke_it_and_stops_where_it_ended() -> None:
    found = found_on(
        page(
            [
                LONG,
                "Địa chỉ: số 12 đường Trần Hưng Đạo nối dài, tổ dân phố số 5, khu phố Bình An, phường Suối Mơ, tỉnh",
                "Lâm Đồng",
                "2. Tên sản phẩm: Dứa sấy dẻo",
                "Chúng tôi cam kết các thông tin nêu trên là đúng.",
            ]
        )
    )

    assert str(found["applicant.address"]).endswith("phường Suối Mơ, tỉnh Lâm Đồng")
    assert found["product.name"] == "Dứa sấy dẻo"


def test_a_value_broken_inside_goes_on_up_to_the_next_label() -> None:
    found = found_on(
        page(
            [
                "3. Nhóm sản phẩm đăng ký: Ngành: Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du",
                "lịch; Nhóm: Dịch vụ du lịch",
            ]
        )
    )

    assert found["product.sector"] == "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch"
    assert found["product.group"] == "Dịch vụ du lịch"


def test_sector_group_and_sub_group_may_stand_in_a_row_without_labels() -> None:
    found = found_on(page(["3. Nhóm sản phẩm đăng ký: Thực phẩm – Chè – Chè tươi, chế biến"]))

    assert (found["product.sector"], found["product.group"]) == ("Thực phẩm", "Chè")
    assert found["product.subgroup"] == "Chè tươi, chế biến"


def test_a_value_may_stand_across_from_its_label_even_if_all_labels_are_read_first() -> None:
    labels, values = ["Tên sản phẩm", "Mã số sản phẩm", "Tên chủ thể sản xuất"], ["Mít", "68-24787-05-2026", "HTX Mít"]
    words = [
        Word(
            text=part, box=(left + 150 * place, 300 + 90 * row, left + 150 * place + 120, 345 + 90 * row), confidence=1
        )
        for left, texts in ((250, labels), (1400, values))
        for row, text in enumerate(texts)
        for place, part in enumerate(text.split())
    ]

    found = found_on(page([], words=words), PageKind.SCORE_SHEET)

    assert found == {"product.name": "Mít", "product.code": "68-24787-05-2026", "applicant.name": "HTX Mít"}


def test_what_stands_right_of_the_issuer_is_not_its_name() -> None:
    found = found_on(
        page(["XÃ SUỐI MƠ Độc lập – Tự do – Hạnh phúc", "BÁO CÁO", "1. Tên chủ thể: HTX Mít"]), PageKind.COMMUNE_REPORT
    )

    assert found["commune.name"] == "Suối Mơ"


@pytest.mark.parametrize(
    ("lines", "province"),
    [
        (["của tỉnh Lâm Đồng năm 2026"], "Lâm Đồng"),
        (["TỈNH ĐẮK LẮK NĂM 2026"], "Đắk Lắk"),
        (["của thành phố Cần Thơ", "năm 2026"], "Cần Thơ"),
        (["của tỉnh Lam Dong năm 2026"], "Lâm Đồng"),
    ],
)
def test_province_and_year_come_from_the_title(lines: list[str], province: str) -> None:
    found = found_on(page(["PHIẾU ĐĂNG KÝ", *lines]))

    assert (found["province"], found["year"]) == (province, 2026)


def test_a_province_that_does_not_exist_is_doubted() -> None:
    fields = form_fields(page(["của tỉnh Lâm Sơn năm 2026"]), PageKind.REGISTRATION_FORM)

    assert next(field for field in fields if field.name == "province").needs_review


@pytest.mark.parametrize(
    ("code", "doubted"), [("68-24787-05-2026", False), ("83-832-28882-2-2022", False), ("68-2478-05-2026", True)]
)
def test_product_codes_have_the_digits_of_province_and_commune(code: str, doubted: bool) -> None:
    fields = form_fields(page([f"Mã số sản phẩm: {code}"]), PageKind.SCORE_SHEET)

    assert fields[0].value == code
    assert fields[0].needs_review is doubted


@pytest.mark.parametrize(
    ("number", "doubted"),
    [
        ("04/PĐK-08-29321-2026", False),
        ("04-12/PĐK-08-29321-2026", False),
        ("12/PĐK-2026", False),
        ("-08-29321-2026", True),  # its beginning lies under a stamp
        ("04/PĐK-08-29321", True),
        ("04PĐK-08-29321-2026", True),
    ],
)
def test_the_receiving_office_s_number_is_whole_or_doubted(number: str, doubted: bool) -> None:
    assert (values.registration_number(number).reason is not None) is doubted


def test_a_short_value_may_stand_on_the_line_below_its_label() -> None:
    found = found_on(
        page(["Người đại diện:", "Lê Văn Thử", "Chức vụ:", "Giám đốc", "Dân tộc: ......", "3. Nhóm sản phẩm đăng ký:"])
    )

    assert found == {"representative.name": "Lê Văn Thử", "representative.position": "Giám đốc"}


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Tên cơ sở/Name of establishment: HTX Dứa", "applicant.name", "HTX Dứa"),
        ("Địa chỉ / Address: ấp 3, xã Suối Mơ", "applicant.address", "ấp 3, xã Suối Mơ"),
        ("Điện thoại/Fax: 0939111222", "applicant.phone", "0939111222"),
        ("Tên sản phẩm/dịch vụ: Dứa sấy", "product.name", "Dứa sấy"),
    ],
)
def test_a_label_s_translation_is_no_part_of_it(line: str, name: str, value: str) -> None:
    assert found_on(page([line])) == {name: value}


def test_the_columns_of_a_list_are_no_labels() -> None:
    rows = [["STT", "Tên sản phẩm", "ĐVT", "Số lượng", "Đơn giá"], ["1", "Dứa sấy", "hộp", "500", "85.000"]]
    goods, words = table(rows, widths=(150, 600, 300, 400, 400))

    assert found_on(page([], tables=[goods], words=words)) == {}


def test_an_address_below_a_name_is_no_part_of_it() -> None:
    wide = "2. Tiêu chuẩn: " + "đã được công bố theo quy định hiện hành của pháp luật về chất lượng sản phẩm"
    name = "Tên đơn vị: Hợp tác xã dịch vụ nông nghiệp tổng hợp và du lịch cộng đồng Dứa Suối Mơ"

    assert found_on(page([wide, name, "Ấp Phước Lộc, xã Suối Mơ, tỉnh Lâm Đồng"])) == {
        "applicant.name": "Hợp tác xã dịch vụ nông nghiệp tổng hợp và du lịch cộng đồng Dứa Suối Mơ"
    }


def test_a_date_broken_in_a_narrow_cell_is_whole() -> None:
    found = found_on(page([LONG, "Ngày nhận: ngày 23 tháng 09 năm", "2026"]))

    assert str(found["registration.date"]) == "2026-09-23"


def test_a_number_in_brackets_below_its_label_is_no_remark() -> None:
    assert found_on(page(["Điện thoại:", "(+84) 912345678"])) == {"applicant.phone": "0912345678"}


@pytest.mark.parametrize("number", ["a)", "(a)", "I/", "1-", "-", "+", "- 1/", "1.1.", "*"])
def test_whatever_marks_an_item_its_label_is_known(number: str) -> None:
    found = found_on(page([f"{number} Tên đơn vị: Hộ kinh doanh Sen Thử", f"{number} Địa chỉ: ấp 3, xã Suối Mơ"]))

    assert found == {"applicant.name": "Hộ kinh doanh Sen Thử", "applicant.address": "ấp 3, xã Suối Mơ"}


@pytest.mark.parametrize("line", ["1/Tên đơn vị: HTX Dứa", "1.Tên đơn vị: HTX Dứa", "2)Tên đơn vị: HTX Dứa"])
def test_an_item_s_number_may_stand_close_to_its_label(line: str) -> None:
    assert found_on(page([line])) == {"applicant.name": "HTX Dứa"}


def test_a_label_broken_before_its_colon_leaves_nothing_in_the_value() -> None:
    lines = ["- Họ và tên người đại diện pháp : Trần Văn Thử", "lý", "- Chức vụ : Giám đốc"]

    assert found_on(page(lines)) == {"representative.name": "Trần Văn Thử", "representative.position": "Giám đốc"}


def across(label: str, *lines: str) -> list[Word]:
    """A label, and its value in the right column, in as many lines as given."""
    moved = [
        word.model_copy(update={"box": (word.box[0] + 800, word.box[1], word.box[2] + 800, word.box[3])})
        for word in page(lines).words
    ]
    return [*page([label]).words, *moved]


def test_an_address_in_a_narrow_column_runs_on_while_its_lines_are_full() -> None:
    words = across(
        "3) Địa chỉ",
        ": Lô B7, Cụm công nghiệp Suối Mơ, xã Suối Mơ Đông,",
        "tỉnh Lâm Đồng; kho và nhà thùng: thôn Đầm Thử, xã",
        "Suối Mơ Tây",
        "Sản phẩm của vùng",
    )

    assert found_on(page([], words=words))["applicant.address"] == (
        "Lô B7, Cụm công nghiệp Suối Mơ, xã Suối Mơ Đông, tỉnh Lâm Đồng; kho và nhà thùng: thôn Đầm Thử, xã Suối Mơ Tây"
    )


def test_a_label_that_begins_at_the_end_of_a_line_is_no_part_of_the_value_before_it() -> None:
    lines = ["Người đại diện: Vàng Thị Mẫu; dân tộc: Mông; nơi", "thường trú: Thôn Mẫu, xã Suối Mơ, tỉnh Tuyên Quang"]

    assert found_on(page([LONG, *lines]))["representative.ethnicity"] == "Mông"


def test_values_below_the_heads_of_their_columns() -> None:
    rows = [["Ngành", "Nhóm", "Phân nhóm"], ["Thực phẩm", "Thực phẩm thô, sơ chế", "Mật ong"]]
    groups, words = table(rows, widths=(400, 700, 700))

    assert found_on(page([], tables=[groups], words=words)) == {
        "product.sector": "Thực phẩm",
        "product.group": "Thực phẩm thô, sơ chế",
        "product.subgroup": "Mật ong",
    }


def test_a_short_value_goes_on_below_where_the_margin_broke_it() -> None:
    full = "Họ tên người đại diện: Quách Văn Thử Chức vụ: Chủ tịch Hội đồng"

    assert found_on(page([full, "quản trị"]))["representative.position"] == "Chủ tịch Hội đồng quản trị"


def test_a_call_for_a_signature_tells_no_name() -> None:
    assert found_on(page(["(Ký, đóng dấu, ghi rõ họ tên)", "HỘ KINH"])) == {}


def test_a_name_of_a_business_is_no_person() -> None:
    assert values.person("HỘ KINH DOANH").reason is not None
    assert values.person("VÀNG THỊ MẪU").reason is None


def test_a_date_that_was_left_open_is_no_value() -> None:
    assert found_on(page(["Ngày nhận: ……/……/20……"])) == {}


def test_a_value_in_the_right_column_goes_on_at_the_page_s_margin() -> None:
    first = page([LONG, "Họ tên người đại diện: Quách Văn Thử"])
    right = [Word(text=text, box=box, confidence=0.99) for text, box in RIGHT.items()]
    below = page(["", "", "quản trị"]).words

    assert found_on(page([], words=[*first.words, *right, *below]))["representative.position"] == (
        "Chủ tịch Hội đồng quản trị"
    )


def test_forms_set_in_two_columns_have_their_values_below_the_labels() -> None:
    left = page(["1. Tên đơn vị:", "Hộ kinh doanh Suối Mơ", "Họ tên người đại diện pháp lý:", "Kim Sa Thử"])
    right = [
        word.model_copy(update={"box": (word.box[0] + 1200, word.box[1], word.box[2] + 1200, word.box[3])})
        for word in page(["2. Tên sản phẩm:", "Rượu nếp than", "3. Nhóm sản phẩm đăng ký:", "Ngành: Đồ uống"]).words
    ]
    both = sorted([*left.words, *right], key=lambda word: (word.box[1], word.box[0]))

    assert found_on(page([], words=both)) == {
        "applicant.name": "Hộ kinh doanh Suối Mơ",
        "representative.name": "Kim Sa Thử",
        "product.name": "Rượu nếp than",
        "product.sector": "Đồ uống",
    }


def test_a_label_broken_by_the_line_s_end_has_its_value_behind_it() -> None:
    lines = [
        "Người đại diện: Kim Sa Thử; dân tộc: Khmer; nơi thường",
        "trú: Số 114, khóm Ba, phường Mẫu, tỉnh Vĩnh Long.",
    ]

    found = found_on(page([LONG, *lines]))

    assert found["representative.ethnicity"] == "Khmer"
    assert found["representative.address"] == "Số 114, khóm Ba, phường Mẫu, tỉnh Vĩnh Long"


def test_residents_and_standing_committees_are_no_addresses() -> None:
    """“thường trực” is nearly “thường trú”; “… 20 người / thường trú trên địa bàn …” is a sentence."""
    lines = [
        "4. Địa chỉ thường trú: Thôn Đại Hải, xã Kỳ Lạch, tỉnh Hà Tĩnh",
        "2. Sử dụng lao động địa phương: Công ty có 24 lao động, có 20 người",
        "thường trú trên địa bàn xã Kỳ Lạch, đạt 83,3%; thu nhập 7,8 triệu đồng.",
        "- Thường trực Đảng ủy, HĐND xã;",
    ]

    found = form_fields(page(lines), PageKind.COMMUNE_REPORT)

    addresses = [field.value for field in found if field.name == "representative.address"]
    assert addresses == ["Thôn Đại Hải, xã Kỳ Lạch, tỉnh Hà Tĩnh"]


def test_sector_group_and_sub_group_may_stand_in_one_sentence_without_colons() -> None:
    lines = [
        "3. Nhóm sản phẩm đăng ký Ngành Thực phẩm; Nhóm Gia vị; Phân nhóm Tương, nước",
        "mắm, gia vị dạng lỏng khác",
        "4. Lần đăng ký đánh giá",
    ]

    found = found_on(page(lines))

    assert [found[f"product.{part}"] for part in ("sector", "group", "subgroup")] == [
        "Thực phẩm",
        "Gia vị",
        "Tương, nước mắm, gia vị dạng lỏng khác",
    ]


def test_leaders_about_the_province_may_leave_no_blank() -> None:
    lines = ["PHIẾU ĐĂNG KÝ", "Tham gia đánh giá, phân hạng sản phẩm OCOP", "của tỉnhHà Tĩnhnăm…2026...."]

    found = found_on(page(lines), PageKind.REGISTRATION_FORM)

    assert (found["province"], found["year"]) == ("Hà Tĩnh", 2026)


def test_the_commune_s_name_may_stand_below_the_committee() -> None:
    lines = ["ỦY BAN NHÂN DÂN PHƯỜNG", "LONG ĐỨC MẪU", "Số: 407/BC-UBND"]

    assert found_on(page(lines), PageKind.COMMUNE_REPORT)["commune.name"] == "Long Đức Mẫu"


def test_words_at_a_line_s_end_that_fold_like_a_label_are_none() -> None:
    """“chức đánh” reads as “chức danh” without its marks."""
    lines = [LONG, "Ủy ban nhân dân xã đề nghị Ủy ban nhân dân tỉnh xem xét, tổ chức đánh", "giá, phân hạng sản phẩm."]

    assert "representative.position" not in found_on(page(lines), PageKind.COMMUNE_REPORT)
