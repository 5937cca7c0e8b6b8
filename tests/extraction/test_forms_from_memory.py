"""Forms that clerks type from memory, and such as web portals print: labels in other words, values in other places."""

import pytest

from extraction.boxes import submission
from extraction.captions import with_bracketed_captions_before
from extraction.fields import form_fields
from extraction.form_labels import FORM_LABELS
from extraction.forms import Forms
from extraction.kinds import kind_of
from extraction.legal_forms import with_known_words
from extraction.places import places_told
from extraction.readings import FieldReading, PageKind, PageReading
from extraction.typed_boxes import with_typed_boxes
from extraction.understanding import understand
from extraction.values import address, person, text
from infra.reference import RULEBOOKS
from tests.extraction.papers import LEFT, STEP, TOP, page, table, words_at

FORMS = Forms(RULEBOOKS)


def told(asked: PageReading, kind: PageKind = PageKind.REGISTRATION_FORM) -> dict[str, FieldReading]:
    found: dict[str, FieldReading] = {}
    for field in form_fields(asked, kind):
        found.setdefault(field.name, field)
    return found


def test_labels_may_be_in_an_office_s_own_words() -> None:
    found = told(
        page(
            [
                "Cơ sở chúng tôi tên là Hợp tác xã Nông nghiệp Mẫu",
                "Chỗ ở (trụ sở) của cơ sở Buôn Mẫu, xã Cư Mẫu, tỉnh Đắk Lắk",
                "Thuộc dạng tổ chức Hợp tác xã",
                "Số ĐT di động/Zalo: 0935 218 647",
                "Sản phẩm đem đi đánh giá Sầu riêng sấy Mẫu",
                "Sản phẩm này xếp vào ngành Thực phẩm",
                "ở nhóm Thực phẩm chế biến",
                "và phân nhóm Chế biến từ rau, củ, quả, hạt",
            ]
        )
    )

    assert {name: field.value for name, field in found.items()} == {
        "applicant.name": "Hợp tác xã Nông nghiệp Mẫu",
        "applicant.address": "Buôn Mẫu, xã Cư Mẫu, tỉnh Đắk Lắk",
        "applicant.organisation_type": "Hợp tác xã",
        "applicant.phone": "0935218647",
        "product.name": "Sầu riêng sấy Mẫu",
        "product.sector": "Thực phẩm",
        "product.group": "Thực phẩm chế biến",
        "product.subgroup": "Chế biến từ rau, củ, quả, hạt",
    }


def test_a_web_form_has_its_values_right_below_their_labels() -> None:
    lines = [
        *("Tên đơn vị *", "Công ty TNHH Mật dừa nước Mẫu", "Địa chỉ liên hệ *", "215 Lý Nhơn, xã Mẫu, tỉnh Mẫu"),
        *("Số điện thoại *", "028 3746 0195", "Tên sản phẩm *", "Mật dừa nước cô đặc Mẫu"),
        *("Ngành hàng", "Thực phẩm v", "Phân nhóm", "Mật ong, mật khác v"),
    ]

    found = told(page(lines))

    assert found["applicant.name"].value == "Công ty TNHH Mật dừa nước Mẫu"
    assert found["applicant.phone"].value == "02837460195"
    assert found["product.name"].value == "Mật dừa nước cô đặc Mẫu"
    assert found["product.sector"].value == "Thực phẩm"  # without the arrow of its list
    assert found["product.subgroup"].value == "Mật ong, mật khác"


def test_a_page_that_asks_what_the_registration_asks_is_one_whatever_its_title() -> None:
    asked = ["hiếu đăng ký OCOP", "Tên sản phẩm: Mật dừa", "Lần đăng ký đánh giá: Lần đầu Nâng hạng Đánh giá lại"]

    assert kind_of(page(asked)) is PageKind.REGISTRATION_FORM


def test_of_captions_side_by_side_each_is_that_of_the_value_above_it() -> None:
    names = [*words_at("Nguyễn Văn Mẫu", 300, TOP), *words_at("Phó Giám đốc", 1500, TOP)]
    captions = [*words_at("(Người đứng tên)", 290, TOP + STEP), *words_at("(Chức danh)", 1520, TOP + STEP)]

    moved = with_bracketed_captions_before(page([], words=[*names, *captions]), FORM_LABELS)
    found = told(moved)

    assert found["representative.name"].value == "Nguyễn Văn Mẫu"
    assert found["representative.position"].value == "Phó Giám đốc"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("8. Lần đăng ký đánh giá: Lần đầu (X); Nâng hạng ( ); Đánh giá lại ( )", "first"),
        ("Lần đầu: Nâng hạng: x Đánh giá lại:", "upgrade"),
    ],
)
def test_answers_may_be_marked_by_typed_letters_behind_them(line: str, kind: str) -> None:
    assert [field.value for field in submission(with_typed_boxes(page([line])))] == [kind]


def test_items_of_part_one_may_be_numbered_like_criteria_in_a_table_without_colons() -> None:
    rows, words = table(
        [
            ("5 Người đại diện theo pháp luật", "Đỗ Mạnh Mẫu"),
            ("5.1 Giới tính", "Nam"),
            ("5.2 Dân tộc", "Kinh"),
            ("5.4 Địa chỉ thường trú", "Tổ dân phố Mẫu, phường Mẫu, tỉnh Hưng Yên"),
            ("7 Tên sản phẩm", "Long nhãn sấy dẻo Mẫu"),
        ]
    )

    found = told(page([], tables=[rows], words=words), PageKind.SELF_ASSESSMENT)

    assert found["representative.ethnicity"].value == "Kinh"
    assert found["product.name"].value == "Long nhãn sấy dẻo Mẫu"


def test_yes_and_not_yet_may_head_the_columns() -> None:
    rows, words = table(
        [("Nội dung", "Có", "Chưa"), ("Đăng ký kinh doanh", "X", ""), ("Sở hữu trí tuệ", "", "X")],
        widths=(1000, 300, 300),
    )

    found = told(page([], tables=[rows], words=words), PageKind.SELF_ASSESSMENT)

    assert found["declared.business_registration"].value is True
    assert found["declared.intellectual_property"].value is False


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Tên sản phẩm: Tinh dầu quế Mẫu; lọ 10 ml, 30 ml; tiêu chuẩn cơ sở TC 02-2024", "Tinh dầu quế Mẫu"),
        ("Tên sản phẩm: Nước mắm Mẫu, quy cách chai 500 ml, TCVN 5107:2018", "Nước mắm Mẫu"),
        ("Tên sản phẩm: Bánh tét Mẫu; đòn 1,2 kg", "Bánh tét Mẫu"),
        ("Tên sản phẩm: Chanh dây Mẫu của Công ty TNHH Thực phẩm Mẫu", "Chanh dây Mẫu"),
        ("Tên sản phẩm: Gạo Mẫu Mã: 96-31843-02-2026", "Gạo Mẫu"),
    ],
)
def test_a_product_s_name_ends_before_packing_standard_maker_and_code(line: str, name: str) -> None:
    assert told(page([line]))["product.name"].value == name


@pytest.mark.parametrize("between", ["; ", ", ", " – "])
def test_sector_group_and_subgroup_may_stand_in_one_sentence(between: str) -> None:
    parts = ("Ngành Thực phẩm", "Nhóm Gia vị", "Phân nhóm Tương, nước mắm")
    found = told(page([f"3. Nhóm sản phẩm đăng ký: {between.join(parts)}"]))

    assert [found[f"product.{each}"].value for each in ("sector", "group", "subgroup")] == [
        "Thực phẩm",
        "Gia vị",
        "Tương, nước mắm",
    ]


def test_values_that_break_off_are_looked_at() -> None:
    assert person("Nguyễn Thị").reason is not None
    assert person("Nguyễn Thị Lụa").reason is None
    assert address("Thôn Nặm Khun, xã Quản Ma Sán, huyện").reason is not None
    assert text("Gia vị khác (muối, hành, tỏi").reason is not None
    assert text("Gia vị khác (muối, hành)").reason is None


@pytest.mark.parametrize(
    ("read", "known"),
    [
        ("Hô kinh doanh Nguyễn Thị Mẫu", "Hộ kinh doanh Nguyễn Thị Mẫu"),
        ("HƠP TÁC XÃ MẪU", "HỢP TÁC XÃ MẪU"),
        ("hộ kinh doanh", "hộ kinh doanh"),
        ("Hồ Kinh Mẫu", "Hồ Kinh Mẫu"),
    ],
)
def test_legal_forms_have_their_own_marks(read: str, known: str) -> None:
    assert with_known_words(read) == known


def test_a_label_that_is_read_as_a_value_is_none() -> None:
    rows, words = table([("Dân tộc", "Sản phẩm đem đi đánh giá"), ("Loại hình", "Hộ kinh doanh")])

    assert "representative.ethnicity" not in told(page([], tables=[rows], words=words))


def test_the_signature_tells_the_representative_where_no_form_does_and_is_looked_at() -> None:
    report = page(
        [
            "BÁO CÁO TỰ ĐÁNH GIÁ",
            "Phần III. Chủ thể tự đánh giá",
            *(f"1.{n}. Nội dung số {n} của báo cáo được trình bày ở đây." for n in range(1, 20)),
            "ĐẠI DIỆN THEO PHÁP LUẬT",
            "(Ký, ghi rõ họ tên)",
            "Tạ Minh Mẫu",
        ]
    )

    names = [field for field in understand([report], FORMS).fields if field.name == "representative.name"]

    assert [(field.value, field.needs_review) for field in names] == [("Tạ Minh Mẫu", True)]


def test_a_commune_s_name_may_have_a_dash_in_it() -> None:
    form = page(["PHIẾU ĐĂNG KÝ", "Địa chỉ: Tổ 5, phường Lang Biang - Đà Lạt, tỉnh Lâm Đồng"])

    assert {field.name: field.value for field in places_told([form], frozenset())}["commune.name"] == (
        "Lang Biang - Đà Lạt"
    )


def test_a_column_s_value_goes_on_below_itself_only() -> None:
    """“3. Địa chỉ: … huyện | 4. Điện thoại: …”, and below the first the name of the district."""
    words = [
        *words_at("3. Địa chỉ: Thôn Mẫu, xã Mẫu, huyện", LEFT, TOP),
        *words_at("4. Điện thoại: 0384 550 629", 1500, TOP),
        *words_at("Quản Bạ, tỉnh Hà Giang", LEFT, TOP + STEP),
    ]

    assert told(page([], words=words))["applicant.address"].value == "Thôn Mẫu, xã Mẫu, huyện Quản Bạ, tỉnh Hà Giang"


def test_a_name_may_have_the_gender_s_boxes_behind_it() -> None:
    found = told(page(["Đại diện PL: Kiên Thị Mẫu ☐ Nam ☑ Nữ - Dân tộc: Khmer"]), PageKind.SELF_ASSESSMENT)

    assert found["representative.name"].value == "Kiên Thị Mẫu"
    assert found["representative.gender"].value == "Nữ"
    assert found["representative.ethnicity"].value == "Khmer"


def test_a_province_s_name_may_go_on_below_in_a_narrow_column() -> None:
    lines = ["Địa chỉ: tổ 6, ấp Mẫu, xã Núi Cấm, tỉnh An"]
    beside = words_at("Dân tộc: Khmer", LEFT + 1060, TOP)

    found = told(page([*lines, "Giang"], words=beside), PageKind.SELF_ASSESSMENT)
    cut = told(page(lines, words=beside), PageKind.SELF_ASSESSMENT)

    assert found["applicant.address"].value == "tổ 6, ấp Mẫu, xã Núi Cấm, tỉnh An Giang"
    assert cut["applicant.address"].needs_review


@pytest.mark.parametrize(
    ("given", "doubted"),
    [
        ("xã Núi Cấm, tỉnh An", True),
        ("xã Núi Cấm, tỉnh", True),
        ("xã Núi Cấm, tỉnh An Giang", False),
        ("ấp Mẫu, xã Tỉnh Biên", False),
        ("phường Hội An Tây, thành phố Đà Nẵng", False),
    ],
)
def test_an_address_that_ends_within_a_province_s_name_is_doubted(given: str, doubted: bool) -> None:
    assert (address(given).reason is not None) is doubted


def test_how_a_product_is_packed_is_no_part_of_its_name() -> None:
    found = told(page(["Sản phẩm: Nước uống đóng chai Mẫu 500 ml - quy cách thùng 24 chai - tiêu chuẩn QCVN 6-1"]))

    assert found["product.name"].value == "Nước uống đóng chai Mẫu 500 ml"


def test_a_form_s_title_may_tell_province_and_year_behind_colons() -> None:
    found = told(page(["PHIẾU ĐĂNG KÝ", "Đánh giá, phân hạng sản phẩm OCOP - Tỉnh: Đắk Lắk - Năm: 2026"]))

    assert (found["province"].value, found["year"].value) == ("Đắk Lắk", 2026)


def test_the_day_of_receipt_needs_no_colon_behind_the_number() -> None:
    found = told(page(["Phiếu số 02/PĐK-66-24490-2026; nhận ngày 20/10/2026; người tiếp nhận: Y Mẫu"]))

    assert str(found["registration.date"].value) == "2026-10-20"


def test_who_scores_what_may_be_said_in_one_sentence() -> None:
    lines = ["Tổ hợp tác Dệt thổ cẩm Mẫu tự chấm điểm sản phẩm Túi thổ cẩm Ba Na Mẫu như sau:"]

    found = told(page(lines), PageKind.SELF_ASSESSMENT)

    assert found["applicant.name"].value == "Tổ hợp tác Dệt thổ cẩm Mẫu"
    assert found["product.name"].value == "Túi thổ cẩm Ba Na Mẫu"
