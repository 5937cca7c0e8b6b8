"""Forms that offices word and lay out in their own way: letters, captions below lines, ticked opinions, bare titles."""

import textwrap

import pytest

from extraction.claims import claimed_criteria
from extraction.criteria import sheet_criteria
from extraction.fields import form_fields
from extraction.forms import Forms
from extraction.kinds import classify, kind_of
from extraction.places import places_told
from extraction.readings import PageKind, PageReading, Tick, Word
from extraction.sheet_elements import elements_of
from extraction.totals import find_total
from extraction.understanding import understand
from extraction.values import address
from infra.reference import RULEBOOKS
from tests.extraction.papers import BOX, LEFT, SIZE, STEP, TOP, page, table, words_at

FORMS = Forms(RULEBOOKS)
CLOTH = next(t for t in FORMS.tables if (t.short, t.set_no) == ("qd26-2026", 22))


def values_of(page: PageReading, kind: PageKind = PageKind.REGISTRATION_FORM) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in form_fields(page, kind):
        found.setdefault(field.name, field.value)
    return found


def test_a_registration_may_be_a_letter() -> None:
    letter = page(
        [
            "1) Chúng tôi là Tổ hợp tác Kẹo chuối Giồng Mẫu, do bà Huỳnh Thị Mẫu, chức vụ Tổ",
            "trưởng, làm đại diện hợp pháp. Trụ sở đặt tại ấp Giồng, xã Phú Mẫu, tỉnh Vĩnh Long.",
            "Xin liên lạc số điện thoại 0917.340.826 hoặc hộp thư keo.mau@example.vn.",
            "2) Sản phẩm mang đi đăng ký có tên: Kẹo chuối dừa gừng Bé Mẫu (hộp giấy 300 gam).",
            "3) Sản phẩm thuộc ngành Thực phẩm; nhóm Thực phẩm chế biến; phân nhóm Chế biến từ",
            "rau, củ, quả, hạt.",
        ]
    )

    told = values_of(letter)

    assert told["applicant.name"] == "Tổ hợp tác Kẹo chuối Giồng Mẫu"
    assert told["representative.name"] == "Huỳnh Thị Mẫu"
    assert told["representative.position"] == "Tổ trưởng"
    assert told["applicant.address"] == "ấp Giồng, xã Phú Mẫu, tỉnh Vĩnh Long"
    assert told["applicant.phone"] == "0917340826"
    assert told["applicant.email"] == "keo.mau@example.vn"
    assert told["product.name"] == "Kẹo chuối dừa gừng Bé Mẫu"
    assert told["product.sector"] == "Thực phẩm"
    assert told["product.group"] == "Thực phẩm chế biến"
    assert told["product.subgroup"] == "Chế biến từ rau, củ, quả, hạt"


def test_captions_in_brackets_below_lines_are_labels() -> None:
    """Each stands in the middle of its line, and so beside nothing of the value that begins it."""
    values = ("Hộ kinh doanh Vi Văn Mẫu", "Vi Văn Mẫu", "0335 609 184", "Rượu men lá Na Xén", "Đồ uống")
    captions = (
        "tên đơn vị, hộ, tổ nhóm đứng đăng ký",
        "họ và tên người đại diện",
        "số điện thoại",
        "tên sản phẩm",
        "ngành",
    )
    words = []
    for row, (value, caption) in enumerate(zip(values, captions, strict=True)):
        words += words_at(value, LEFT, 600 + 150 * row)
        words += words_at(f"({caption})", LEFT + 900, 600 + 150 * row + SIZE + 8)

    told = values_of(page(["PHIẾU ĐĂNG KÝ"], words=words))

    assert told["applicant.name"] == values[0]
    assert told["representative.name"] == values[1]
    assert told["applicant.phone"] == "0335609184"
    assert told["product.name"] == values[3]
    assert told["product.sector"] == values[4]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Tên cơ sở, nhóm hộ hoặc đơn vị: Hợp tác xã Trà Mẫu", "applicant.name", "Hợp tác xã Trà Mẫu"),
        ("Người đứng đầu theo pháp luật (ông/bà): Giàng Thị Mẫu", "representative.name", "Giàng Thị Mẫu"),
        ("Người đại diện: Tôn Thất Mẫu (Nam, dân tộc Kinh)", "representative.name", "Tôn Thất Mẫu"),
        ("Người đại diện: Tôn Thất Mẫu (Nam, dân tộc Kinh)", "representative.ethnicity", "Kinh"),
        ("TÊN CHỦ THỂ Hợp tác xã Ca cao Mẫu", "applicant.name", "Hợp tác xã Ca cao Mẫu"),
        ("Chủ thể: Nhà vườn Lã Đình Mẫu Điện thoại: 0983 526 017", "applicant.name", "Nhà vườn Lã Đình Mẫu"),
        ("Tên sản phẩm: Sanh thế Mẫu Mã số: 33-12184-05-2026", "product.code", "33-12184-05-2026"),
        ("Tên sản phẩm: Sanh thế Mẫu Mã số: 33-12184-05-2026", "product.name", "Sanh thế Mẫu"),
        ("Thành lập ngày 22/3/2021, mã số thuế 5100493816, do Phòng cấp.", "applicant.tax_code", "5100493816"),
    ],
)
def test_labels_are_worded_in_many_ways(line: str, name: str, value: str) -> None:
    assert values_of(page(["PHIẾU ĐĂNG KÝ", line]))[name] == value


def test_a_label_of_one_word_is_none_before_a_sentence() -> None:
    """“Nhóm hộ trồng hoa …” is a name, and no product's group."""
    assert "product.group" not in values_of(page(["Nhóm hộ trồng hoa giấy Thanh Mẫu"]))


def test_the_title_of_a_set_is_no_product_s_name() -> None:
    sheet = page(
        ["BỘ TIÊU CHÍ ĐÁNH GIÁ SẢN PHẨM OCOP", "SẢN PHẨM: CHÈ TƯƠI, CHÈ CHẾ BIẾN", "Tên sản phẩm: Chè Shan Mẫu"]
    )

    assert values_of(sheet, PageKind.SCORE_SHEET)["product.name"] == "Chè Shan Mẫu"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["Biểu số 02", "THUYẾT MINH TỰ ĐÁNH GIÁ CỦA CHỦ THỂ"], PageKind.SELF_ASSESSMENT),
        (
            ["BỘ TIÊU CHÍ ĐÁNH GIÁ, PHÂN HẠNG", "Phần III. Chủ thể tự đánh giá theo các tiêu chí"],
            PageKind.SELF_ASSESSMENT,
        ),
        (["BỘ TIÊU CHÍ ĐÁNH GIÁ, PHÂN HẠNG", "PHẦN A. SẢN PHẨM"], PageKind.SCORE_SHEET),
        (["PHIẾU ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP"], PageKind.SCORE_SHEET),
        (["PHIẾU NHẬN XÉT CỦA ỦY BAN NHÂN DÂN XÃ"], PageKind.COMMUNE_REPORT),
        (["GIẤY XÁC NHẬN", "Về việc thay đổi nội dung đăng ký doanh nghiệp"], PageKind.BUSINESS_REGISTRATION),
        (["GIẤY XÁC NHẬN NGUYÊN LIỆU THỦY SẢN KHAI THÁC"], PageKind.MATERIAL_ORIGIN),
        (["HỢP ĐỒNG DỊCH VỤ THU GOM CHẤT THẢI", "Số 45/2025/HĐDV"], PageKind.ENVIRONMENT),
        (["CHỨNG NHẬN PHÁT SÓNG", "phim tự giới thiệu 90 giây"], PageKind.PROMOTION),
        (["THÔNG BÁO", "Tiếp nhận hồ sơ công bố hợp chuẩn"], PageKind.QUALITY_DECLARATION),
    ],
)
def test_papers_bear_many_titles(lines: list[str], kind: PageKind) -> None:
    assert classify([page(lines)]) == (kind,)


def test_a_list_of_contents_names_the_forms_with_or_without_zeros() -> None:
    listed = [
        f"{number}. {name} (Mẫu {number})"
        for number, name in enumerate(("Phiếu đăng ký", "Báo cáo tự đánh giá", "Báo cáo của UBND xã"), 1)
    ]

    assert kind_of(page(["BẢNG KÊ THÀNH PHẦN HỒ SƠ", *listed])) is PageKind.COVER


def test_place_and_year_are_said_in_passing() -> None:
    form = page(
        [
            "ĐƠN ĐĂNG KÝ SẢN PHẨM OCOP NĂM 2026",
            "Kính gửi: Ủy ban nhân dân xã Phú Mẫu Tây, tỉnh Vĩnh Long",
            "Hợp tác xã Mẫu, thị xã Tân Mẫu, xã hội hóa",
            "Thường trú: xã Cồn Khác, tỉnh Cà Mau",
        ]
    )

    told = {field.name: field.value for field in places_told([form], frozenset())}

    assert told == {"province": "Vĩnh Long", "commune.name": "Phú Mẫu Tây", "year": 2026}
    assert [field.name for field in places_told([form], frozenset({"province", "year"}))] == ["commune.name"]


def test_the_day_of_a_form_tells_its_year_where_no_title_does() -> None:
    (year,) = places_told([page(["Phú Mẫu, ngày 05 tháng 10 năm 2026"])], frozenset({"province", "commune.name"}))

    assert year.value == 2026


PROSE = [
    "BỘ TIÊU CHÍ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM: VẢI, MAY MẶC",
    "Phần III. Chủ thể tự đánh giá theo các tiêu chí",
    "Tổ chức sản xuất",
    "Tơ lấy trong tỉnh; với tiêu chí “Nguồn nguyên liệu” chúng tôi tự chấm 1 điểm trên tối đa 4 điểm. Về",
    "Gia tăng giá trị: chị em nhuộm chàm, hợp tác xã xin nhận 3/3 điểm. Năng lực sản xuất để đáp ứng",
    "yêu cầu phân phối: mỗi tháng được 260 chiếc. Tự cho 2 điểm (điểm tối đa 3). Xét tiêu chí Liên kết",
    "chuỗi trong sản xuất, đã ký với 29 trên 31 cửa hàng, do đó số điểm tự đánh giá là 4 trong 4 điểm.",
    "Về Bảo vệ môi trường trong quá trình sản xuất: nước nhuộm được lắng, hợp tác xã xin nhận 2/3 điểm.",
    "Cộng phần A: 12 điểm.",
]


def test_claims_in_running_prose_are_told_by_the_names_of_their_criteria() -> None:
    report = page(PROSE).model_copy(update={"kind": PageKind.SELF_ASSESSMENT})

    claims = {claim.code: claim.points for claim in claimed_criteria([report], CLOTH)}

    assert claims == {"1.1": 1, "1.2": 3, "1.3": 2, "1.4": 4, "1.5": 2}


def test_the_set_of_a_report_without_a_score_sheet_is_told_by_its_heading() -> None:
    found = understand([page(PROSE)], FORMS)

    assert found.rulebook is not None
    assert found.rulebook.set_no == CLOTH.set_no
    assert {claim.source for claim in found.criteria} == {"self-assessment"}


def test_a_sheet_in_two_columns_is_read_one_after_the_other() -> None:
    """What stands level in the columns belongs to other rows of the table."""
    words: list[Word] = []
    ticks: list[Tick] = []
    for left, code, heads in ((LEFT, "1.1", 8), (LEFT + 1150, "1.2", 3)):
        criterion = next(each for each in CLOTH.criteria if each.code == code)
        lines = [*["Ghi chú của bộ phận giúp việc"] * heads, f"{code} {criterion.title}"]
        for option in criterion.options:
            top = TOP + STEP * len(lines)
            ticked = code == "1.2" and option is criterion.options[-1]
            ticks.append(Tick(box=(left - 60, top, left - 20, top + BOX), ticked=ticked, confidence=0.98))
            lines += textwrap.wrap(option.text, 44)
        lines += ["", *["Ghi chú của bộ phận giúp việc"] * heads]
        words += [word for row, text in enumerate(lines) for word in words_at(text, left, TOP + STEP * row)]
    sheet = page([], words=words).model_copy(update={"ticks": tuple(ticks), "kind": PageKind.SCORE_SHEET})

    read = {each.code: each.points for each in sheet_criteria([sheet], elements_of(sheet), CLOTH)}

    assert read == {"1.1": None, "1.2": 3}


def test_boxes_points_and_codes_may_all_stand_left_of_the_text() -> None:
    words: list[Word] = []
    ticks: list[Tick] = []
    row = 0
    criteria = [each for each in CLOTH.criteria if each.options][:3]
    for criterion in criteria:
        top = TOP + STEP * row
        words += [
            *words_at(str(int(criterion.max_points)), LEFT + 200, top),
            *words_at(criterion.code, LEFT + 500, top),
        ]
        words += words_at(criterion.title, LEFT + 800, top)
        row += 1
        for option in criterion.options:
            top = TOP + STEP * row
            ticked = option is criterion.options[1]
            ticks.append(Tick(box=(LEFT, top, LEFT + BOX, top + BOX), ticked=ticked, confidence=0.98))
            words += words_at(str(int(option.points)), LEFT + 200, top)
            for part in textwrap.wrap(option.text, 60):
                words += words_at(part, LEFT + 800, TOP + STEP * row)
                row += 1
    sheet = page([], words=words).model_copy(update={"ticks": tuple(ticks), "kind": PageKind.SCORE_SHEET})

    read = {each.code: each.option for each in sheet_criteria([sheet], elements_of(sheet), CLOTH)}

    assert read == {criterion.code: 1 for criterion in criteria}


def test_what_a_household_s_head_is_called_is_no_label() -> None:
    rows, words = table(
        [("Họ và tên người đại diện", "Vi Văn Mẫu"), ("Chức vụ", "Chủ hộ"), ("Điện thoại", "0335609184")]
    )

    assert values_of(page([], tables=[rows], words=words))["representative.position"] == "Chủ hộ"


def test_options_without_boxes_begin_with_bullets() -> None:
    criterion = next(each for each in CLOTH.criteria if each.code == "1.1")
    lines = [f"1.1. {criterion.title} (4 điểm)"]
    for option in criterion.options:
        first, *more = textwrap.wrap(f"+ {option.text}", 70)
        lines += [first, *more]

    elements = elements_of(page(lines).model_copy(update={"kind": PageKind.SCORE_SHEET}))

    assert len(elements) == 1 + len(criterion.options)


def test_a_remark_behind_the_total_is_none_of_it() -> None:
    rows, words = table(
        [("TỔNG ĐIỂM TỰ CHẤM", "100", "82", "Dự kiến xếp hạng: 4 sao")], widths=(700, 200, 200, 900), top=1200
    )

    total = find_total([page([], tables=[rows], words=words)], 100.0)

    assert total is not None
    assert total.points == 82


@pytest.mark.parametrize(
    ("said", "value", "doubted"),
    [
        ("Bản Che Mẫu, xã Mường Mẫu, tỉnh Điên Biên", "Bản Che Mẫu, xã Mường Mẫu, tỉnh Điện Biên", False),
        ("Thôn 4, xã Tân Hòa, tỉnh Lâm Đồng", "Thôn 4, xã Tân Hòa, tỉnh Lâm Đồng", False),
        ("ở đâu?", "ở đâu?", True),
        ("Kiệt 12, phường Phú Mẫu, thành phố", "Kiệt 12, phường Phú Mẫu, thành phố", True),
    ],
)
def test_an_address_names_places_as_they_are_written(said: str, value: str, doubted: bool) -> None:
    read = address(said)

    assert (read.content, read.reason is not None) == (value, doubted)


def test_a_people_s_name_ends_before_what_else_its_line_says() -> None:
    assert (
        values_of(page(["PHIẾU ĐĂNG KÝ", "Dân tộc: Kinh; CCCD số 046075008813"]))["representative.ethnicity"] == "Kinh"
    )


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        (
            "1.3. Nơi sản xuất: Số 48, ấp Kênh Mẫu, xã Khánh Mẫu, tỉnh Cà Mau",
            "applicant.address",
            "Số 48, ấp Kênh Mẫu, xã Khánh Mẫu, tỉnh Cà Mau",
        ),
        ("Điện thoại/Zalo: 0919 044 583", "applicant.phone", "0919044583"),
        ("Nam hay nữ: Nữ", "representative.gender", "Nữ"),
        ("Ông/bà: Phan Văn Mẫu Chức danh: Giám đốc", "representative.name", "Phan Văn Mẫu"),
        ("Người đại diện: Đặng Quốc Mẫu, Giám đốc", "representative.name", "Đặng Quốc Mẫu"),
        ("Người đứng đầu: Trương Thị Mẫu (nữ, dân tộc Kinh)", "representative.name", "Trương Thị Mẫu"),
        ("Người đứng đầu: Trương Thị Mẫu (nữ, dân tộc Kinh)", "representative.gender", "Nữ"),
        ("Chủ thể: Hợp tác xã Hặc Mẫu - Bản Tà Số, xã Chiềng Mẫu, tỉnh Sơn La", "applicant.name", "Hợp tác xã Hặc Mẫu"),
        ("Tên sản phẩm: Mận hậu sấy dẻo Mẫu (năm 2026)", "product.name", "Mận hậu sấy dẻo Mẫu"),
        (
            "2.2. Thuộc ngành Thực phẩm, nhóm Thực phẩm chế biến, phân nhóm Chế biến từ thịt.",
            "product.sector",
            "Thực phẩm",
        ),
        (
            "2.2. Thuộc ngành Thực phẩm, nhóm Thực phẩm chế biến, phân nhóm Chế biến từ thịt.",
            "product.subgroup",
            "Chế biến từ thịt",
        ),
    ],
)
def test_offices_have_their_own_words_for_labels(line: str, name: str, value: str) -> None:
    assert values_of(page(["PHIẾU ĐĂNG KÝ", line]))[name] == value


def test_a_question_ends_the_address_above_it() -> None:
    lines = ["Thường trú tại: Ấp Bắc Mẫu, xã Tân Mẫu, tỉnh Đồng Tháp", "Câu 6. Thành lập ngày 03/6/2022"]

    assert values_of(page(lines))["representative.address"] == "Ấp Bắc Mẫu, xã Tân Mẫu, tỉnh Đồng Tháp"


def test_a_letter_tells_whose_product_the_commune_has_judged() -> None:
    letter = page(
        [
            "UBND xã đã họp xem xét hồ sơ của Tổ hợp tác Tinh bột nghệ Cam Mẫu, hoạt động theo loại",
            "hình tổ hợp tác, đóng tại thôn Lâm Mẫu, xã Triệu Mẫu, tỉnh Quảng Trị, do ông Hồ Viết Mẫu",
            "làm tổ trưởng, với sản phẩm Tinh bột nghệ vàng Cam Mẫu. Kết quả như sau:",
        ]
    )

    told = values_of(letter, PageKind.COMMUNE_REPORT)

    assert told["applicant.name"] == "Tổ hợp tác Tinh bột nghệ Cam Mẫu"
    assert told["applicant.organisation_type"] == "tổ hợp tác"
    assert told["applicant.address"] == "thôn Lâm Mẫu, xã Triệu Mẫu, tỉnh Quảng Trị"
    assert told["representative.name"] == "Hồ Viết Mẫu"
    assert told["representative.position"] == "tổ trưởng"
    assert told["product.name"] == "Tinh bột nghệ vàng Cam Mẫu"


def test_an_e_mail_address_of_the_column_beside_is_no_product_s_name() -> None:
    lines = [
        "Tên sản phẩm: codiep.banhtrang@example.vn",
        "Chủ thể: Cơ sở bánh tráng Cô Diệp Nữ",
    ]

    found = {field.name: field.value for field in form_fields(page(lines), PageKind.SELF_ASSESSMENT)}

    assert "product.name" not in found
    assert found["applicant.name"] == "Cơ sở bánh tráng Cô Diệp Nữ"
