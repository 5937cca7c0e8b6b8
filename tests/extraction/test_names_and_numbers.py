"""Papers of yet other offices: where names end, which number is a paper's own, what a page without a title is."""

from collections.abc import Sequence

import pytest

from extraction.doubt import agree
from extraction.fields import form_fields
from extraction.kinds import kind_of
from extraction.readings import PageKind, PageReading, Word
from tests.extraction.papers import page, table, told


@pytest.mark.parametrize(
    ("line", "product"),
    [
        ("Sản phẩm: Mỳ gạo sợi dẹt, mỳ gạo ngũ sắc Giấy phép này có giá trị từ ngày 01/07/2025", "Mỳ gạo sợi dẹt, "
         "mỳ gạo ngũ sắc"),
        ("Sản phẩm: Bộ bàn trà mây tre của Công ty TNHH Mây Tre Hạnh Phúc", "Bộ bàn trà mây tre"),
        ("Sản phẩm: Bình gốm men da lươn - Cập nhật ngày 15/04/2026", "Bình gốm men da lươn"),
        ("Sản phẩm: Nho xanh Diện tích: 12,5 ha Sản lượng dự kiến: 180 tấn/năm", "Nho xanh"),
        ("Sản phẩm: Bí xanh thơm - Diện tích: 3 ha", "Bí xanh thơm"),
    ],
)  # fmt: skip
def test_a_product_s_name_ends_where_the_paper_goes_on(line: str, product: str) -> None:
    assert told(page(["GIẤY CHỨNG NHẬN", line]), PageKind.QUALITY_SYSTEM, "product") == product


@pytest.mark.parametrize(
    ("sentence", "product"),
    [
        ("hiện đang sản xuất sản phẩm khô cá lóc một nắng với quy mô khoảng 300 kg/tháng.", "khô cá lóc một nắng"),
        ("đã giới thiệu và bán sản phẩm thịt chua ống nứa tại Hội chợ Hàng Việt.", "thịt chua ống nứa"),
        ("Bên B in 20.000 tem cho sản phẩm bưởi da xanh, đơn giá 285 đồng/tem.", "bưởi da xanh"),
        ("hồ sơ cho sản phẩm dự thi năm 2026 gồm có các giấy tờ sau.", None),
        ("cung cấp sản phẩm theo đúng hợp đồng đã ký.", None),
    ],
)
def test_products_are_named_in_sentences_in_small_letters_too(sentence: str, product: str | None) -> None:
    assert told(page(["GIẤY XÁC NHẬN", sentence]), PageKind.PROMOTION, "product") == product


def test_a_country_behind_a_holder_s_name_ends_it_whatever_follows() -> None:
    line = "Chủ Giấy chứng nhận: Công ty TNHH Cà phê Bốn Mùa (VN) Khối 6, xã Khe Sanh, tỉnh Quảng Trị"

    assert told(page([line]), PageKind.INTELLECTUAL_PROPERTY, "holder") == "Công ty TNHH Cà phê Bốn Mùa"


@pytest.mark.parametrize(
    ("kind", "lines", "number"),
    [
        (
            PageKind.AWARD,
            ["GIẤY CHỨNG NHẬN", "Quyết định số: 3127/QĐ-UBND", "Vào sổ số: 14/2025/CNNTTB"],
            "14/2025/CNNTTB",
        ),
        (PageKind.AWARD, ["GIẤY KHEN", "Quyết định số: 3127/QĐ-UBND", "Vào sổ khen thưởng số: 58"], "3127/QĐ-UBND"),
        (
            PageKind.MATERIAL_ORIGIN,
            ["HỢP ĐỒNG LIÊN KẾT", "Số 05/2025/HĐLK-NH Ký ngày 11/3/2025 Hiệu lực đến ngày 10/3/2028"],
            "05/2025/HĐLK-NH",
        ),
        (PageKind.QUALITY_SYSTEM, ["CERTIFICATE", "No./Số chứng chỉ AC-HACCP 0925-1107"], "AC-HACCP 0925-1107"),
        (
            PageKind.QUALITY_DECLARATION,
            ["PHIẾU CÔNG BỐ", "Số tiếp nhận Phiếu công bố 1 Product Notification No.: 41/26/CBMP-LS"],
            "41/26/CBMP-LS",
        ),
    ],
)
def test_a_paper_s_own_number_is_told_from_others(kind: PageKind, lines: Sequence[str], number: str) -> None:
    assert told(page(lines), kind, "number") == number


def test_a_declaration_bears_the_day_of_its_receipt() -> None:
    paper = page(
        ["PHIẾU CÔNG BỐ SẢN PHẨM", "Ngày tiếp nhận / Date acknowledged: 22/01/2026", "Có giá trị đến ngày: 22/01/2031"]
    )

    assert told(paper, PageKind.QUALITY_DECLARATION, "issued") == "2026-01-22"
    assert told(paper, PageKind.QUALITY_DECLARATION, "valid_until") == "2031-01-22"


def test_an_authority_that_signs_a_paper_without_a_head_issued_it() -> None:
    lines = ["PHIẾU CÔNG BỐ SẢN PHẨM MỸ PHẨM", *[f"Nội dung thứ {row}" for row in range(24)], "SỞ Y TẾ LẠNG SƠN"]

    assert told(page(lines), PageKind.QUALITY_DECLARATION, "issuer") == "SỞ Y TẾ LẠNG SƠN"


def test_a_place_of_issue_is_no_issuer() -> None:
    lines = ["CHI CỤC KIỂM DỊCH VÙNG VI", "GIẤY CHỨNG NHẬN", "Nơi cấp / Place of issue: Đồng Đăng"]

    assert told(page(lines), PageKind.MARKET, "issuer") == "CHI CỤC KIỂM DỊCH VÙNG VI"


def test_the_only_row_below_heads_of_holder_and_product_tells_both() -> None:
    drawn, words = table(
        [
            ("Tên tổ chức, cá nhân", "Cây trồng", "Diện tích (ha)"),
            ("Tổ hợp tác sầu riêng Ea Knuếc", "Sầu riêng Dona", "31,6"),
        ],
        widths=(800, 600, 400),
    )
    paper = page(["THÔNG BÁO"], tables=[drawn], words=words)

    assert told(paper, PageKind.MATERIAL_ORIGIN, "holder") == "Tổ hợp tác sầu riêng Ea Knuếc"
    assert told(paper, PageKind.MATERIAL_ORIGIN, "product") == "Sầu riêng Dona"


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (PageKind.SEPARATOR, ["PHẦN B", "PHIẾU ĐÁNH GIÁ"]),
        (PageKind.SEPARATOR, ["PHẦN HAI", "PHIẾU ĐÁNH GIÁ"]),
        (PageKind.SEPARATOR, ["PHỤ LỤC II", "PHIẾU ĐÁNH GIÁ"]),
        (
            PageKind.ENVIRONMENT,
            ["PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG", "Kính gửi: Hợp tác xã gà đồi Mẫu",
             "Phòng Tài nguyên và Môi trường xác nhận Hợp tác xã gà đồi Mẫu đã đăng ký kế hoạch bảo",
             "vệ môi trường của dự án Trại gà tại thôn Đồng Thung."],
        ),
        (PageKind.STORY, ["Chuyện con tôm đất Rạch Gừa", "Ngoại tôi kể, hồi xưa rạch Gừa chưa có đường xe."]),
        (
            PageKind.COMMUNE_REPORT,
            ["ỦY BAN NHÂN DÂN", "XÃ TÂN THUẬN ĐÔNG", "BÁO CÁO", "Về việc đánh giá sản phẩm đề nghị phân hạng",
             "1. Về sử dụng nguyên liệu địa phương: mua của 38 hộ.", "2. Về sử dụng lao động địa phương: 22 lao động.",
             "3. Về nguồn gốc ý tưởng sản phẩm: nghề của bà con.", "4. Về bản sắc, trí tuệ: phơi trên vỉ tre."],
        ),
        (PageKind.STORY, ["NGƯỜI XIN CHÀM", "Câu chuyện sản phẩm Khăn choàng tơ tằm dệt tay", "Ngày tôi lên bảy."]),
        (
            PageKind.BUSINESS_GROWTH,
            ["HỢP TÁC XÃ DỆT NẶM MẪU", "BẢNG KÊ KẾT QUẢ KINH DOANH", "Ba năm 2023 - 2025", "1. Doanh thu 912.600.000"],
        ),
        (PageKind.STORY, ["Thơm tóc mẹ gội", "Câu chuyện Hôm nay", "Chiều ba mươi Tết, bà vùi mấy quả bồ kết."]),
        (
            PageKind.PROMOTION,
            ["Mực khô câu loại 1", "4,9 327 đánh giá 1,2k đã bán", "Vận chuyển: Miễn phí", "Mua ngay", "Kho hàng: 146"],
        ),
        (
            PageKind.COVER,
            ["BẢNG KIỂM THÀNH PHẦN HỒ SƠ", "1 Phiếu đăng ký (Mẫu số 01)", "2 Báo cáo tự đánh giá (Mẫu số 02)",
             "3 Báo cáo của UBND xã (Mẫu số 03)", "4 Phiếu đánh giá sản phẩm (Phụ lục II)"],
        ),
        (
            PageKind.BUSINESS_GROWTH,
            ["THUẾ TỈNH LÂM ĐỒNG", "THÔNG BÁO", "Doanh thu và số thuế đã nộp năm 2025 của hộ kinh doanh"],
        ),
    ],
)  # fmt: skip
def test_pages_are_known_by_what_other_offices_write_on_them(kind: PageKind, lines: Sequence[str]) -> None:
    assert kind_of(page(lines)) is kind


def test_the_rest_of_an_item_s_title_is_no_group() -> None:
    form = page(["3. Nhóm sản phẩm", "đăng ký", "Nhóm: Mỹ phẩm có thành phần từ dược liệu"])

    groups = [str(field.value) for field in form_fields(form, PageKind.REGISTRATION_FORM) if "group" in field.name]

    assert groups == ["Mỹ phẩm có thành phần từ dược liệu"]


def test_a_date_is_the_same_with_or_without_a_leading_nought() -> None:
    assert agree("18-09-2025", "18-9-2025")
    assert not agree("18-09-2025", "19-9-2025")


def test_who_sells_issues_the_invoice() -> None:
    lines = ["HÓA ĐƠN BÁN HÀNG", "Đơn vị bán hàng: Tổ hợp tác Lũng Pảng", "Đơn vị mua hàng: Hợp tác xã Nà Hoan"]

    assert told(page(lines), PageKind.MATERIAL_ORIGIN, "issuer") == "Tổ hợp tác Lũng Pảng"


def test_the_centre_that_numbers_goods_is_named_before_its_short_name() -> None:
    lines = ["TRUNG TÂM MÃ SỐ MÃ VẠCH QUỐC GIA", "GS1 VIỆT NAM", "GIẤY CHỨNG NHẬN"]

    assert told(page(lines), PageKind.BARCODE_TRACEABILITY, "issuer") == "TRUNG TÂM MÃ SỐ MÃ VẠCH QUỐC GIA"


def captioned(pairs: Sequence[tuple[str, str]], below: int) -> PageReading:
    """Values, and small captions `below` pixels under them, each pair 120 pixels further down."""
    words = []
    for row, (value, caption) in enumerate(pairs):
        top = 600 + 120 * row
        for text, y, high, letter in ((value, top, 40, 20), (caption, top + 40 + below, 26, 12)):
            left = 400
            for part in text.split():
                right = left + letter * len(part)
                words.append(Word(text=part, box=(left, y, right, y + high), confidence=0.99))
                left = right + letter
    return page(["GIẤY CHỨNG NHẬN", "ĐĂNG KÝ NHÃN HIỆU"], words=words)


CAPTIONS = [
    ("Hộ kinh doanh Tinh dầu Chúa Tiên", "Chủ Giấy chứng nhận / Registrant"),
    ("Ấp Tân Hưng, xã Tân Phú Đông", "Địa chỉ / Address"),
    ("0417/2024/NNPTNT-QNG", "(Số cấp / Number)"),
]


def test_small_captions_below_values_are_their_labels() -> None:
    paper = captioned(CAPTIONS, below=10)

    assert told(paper, PageKind.INTELLECTUAL_PROPERTY, "holder") == "Hộ kinh doanh Tinh dầu Chúa Tiên"
    assert told(paper, PageKind.INTELLECTUAL_PROPERTY, "number") == "0417/2024/NNPTNT-QNG"


def test_captions_side_by_side_belong_to_the_values_above_each() -> None:
    words = []
    for top, high, letter, texts in (
        (600, 40, 20, ["Hợp tác xã Dứa"]), (650, 26, 12, ["Cấp cho"]),
        (760, 30, 18, ["SL-00731/GS1", "15/7/2024", "15/7/2027"]),
        (800, 28, 12, ["Số giấy chứng nhận", "Ngày cấp", "Hiệu lực đến"]),
        (900, 40, 20, ["Bản Pom"]), (950, 26, 12, ["Địa chỉ"]),
    ):  # fmt: skip
        for column, text in enumerate(texts):
            left = 300 + 500 * column
            for part in text.split():
                right = left + letter * len(part)
                words.append(Word(text=part, box=(left, top, right, top + high), confidence=0.99))
                left = right + letter
    paper = page(["GIẤY CHỨNG NHẬN"], words=words)

    assert [told(paper, PageKind.BARCODE_TRACEABILITY, name) for name in ("number", "issued", "valid_until")] == [
        "SL-00731/GS1",
        "2024-07-15",
        "2027-07-15",
    ]


def test_small_labels_close_above_values_stay_theirs() -> None:
    paper = captioned(
        [
            ("PHIẾU KẾT QUẢ", "Khách hàng / Customer"),
            *zip(("HTX CÔNG BẰNG", "Cà phê bột"), ("Tên mẫu / Sample", "Ngày nhận mẫu / Received"), strict=True),
        ],
        below=48,
    )

    assert told(paper, PageKind.TEST_REPORT, "holder") == "HTX CÔNG BẰNG"
    assert told(paper, PageKind.TEST_REPORT, "product") == "Cà phê bột"


def test_a_trademark_s_number_stands_alone_below_its_title() -> None:
    lines = ["GIẤY CHỨNG NHẬN", "ĐĂNG KÝ NHÃN HIỆU", "4-0487213-000", "Sả Chúa Tiên"]

    assert told(page(lines), PageKind.INTELLECTUAL_PROPERTY, "number") == "4-0487213-000"


@pytest.mark.parametrize(
    ("kind", "lines", "product"),
    [
        (
            PageKind.MATERIAL_ORIGIN,
            ["Điều 1. Bên B bán cho Bên A toàn bộ mật ong hoa thảo quả thu được trong vụ."],
            "mật ong hoa thảo quả",
        ),
        (PageKind.MATERIAL_ORIGIN, ["BẢNG KÊ THU MUA TRÁI QUÁCH", "Vụ 2025 - 2026"], "TRÁI QUÁCH"),
        (PageKind.MATERIAL_ORIGIN, ["HỢP ĐỒNG MUA BÁN HÀNG HÓA", "Năm 2025"], None),
        (
            PageKind.PROMOTION,
            ["đã tham gia tuần hàng với các mặt hàng chén dĩa gốm men ngọc, bình hoa gốm con gà."],
            "chén dĩa gốm men ngọc, bình hoa gốm con gà",
        ),
        (PageKind.STORY, ["CÂU CHU Y ỆN SẢN P HẨM", "Rượu vang nho Ba Mọi Nắng"], "Rượu vang nho Ba Mọi Nắng"),
        (
            PageKind.ENVIRONMENT,
            ["Chủ cơ sở: Hộ kinh doanh Bảy Nhành", "Tên cơ sở/dự án: Cơ sở chế biến khô cá lóc, khô cá sặc"],
            "Cơ sở chế biến khô cá lóc, khô cá sặc",
        ),
        (
            PageKind.ENVIRONMENT,
            ["đã đăng ký môi trường đối với Cơ sở chế biến nước mắm truyền thống tại xóm 7."],
            "Cơ sở chế biến nước mắm truyền thống",
        ),
    ],
)
def test_what_is_sold_shown_or_made_is_the_product(kind: PageKind, lines: Sequence[str], product: str | None) -> None:
    assert told(page(lines), kind, "product") == product


@pytest.mark.parametrize(
    "stamp",
    [
        ["CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN", "CHÍNH", "Số chứng thực: 571, Quyển số: 01-SCT/BS", "Ngày 20.01.2026"],
        ["SAO Y BẢN CHÍNH", "Hà Nội, ngày 02/03/2026", "Giám đốc HTX"],
    ],
)
def test_a_stamp_that_certifies_the_copy_dates_no_paper(stamp: list[str]) -> None:
    lines = ["GIẤY CHỨNG NHẬN", "Số: 36/GCN-OCOP", "Phú Thọ, ngày 05 tháng 11 năm 2025", "KT. CHỦ TỊCH", *stamp]
    paper = page(lines)

    assert told(paper, PageKind.OCOP_CERTIFICATE, "issued") == "2025-11-05"
    assert told(paper, PageKind.OCOP_CERTIFICATE, "number") == "36/GCN-OCOP"


def test_of_between_two_names_is_no_caption() -> None:
    lines = ["Chủ tịch chứng nhận sản phẩm", "Thịt chua Bà Mão", "của", "HỢP TÁC XÃ ĐẤT TỔ", "Địa chỉ: xã Thanh Sơn"]

    assert told(page(lines), PageKind.OCOP_CERTIFICATE, "product") == "Thịt chua Bà Mão"
    assert told(page(lines), PageKind.OCOP_CERTIFICATE, "holder") == "HỢP TÁC XÃ ĐẤT TỔ"


def test_a_cell_with_label_and_value_is_no_label_of_the_next() -> None:
    drawn, words = table(
        [("7. Tên hàng / Name of produce Bưởi da xanh tươi / Fresh pomelo", "8. Tên khoa học / Botanical name Citrus")],
        widths=(1400, 1000),
    )

    assert told(page(["GIẤY CHỨNG NHẬN"], tables=[drawn], words=words), PageKind.MARKET, "product") is None


def test_a_crop_alone_under_its_head_is_the_product_and_a_count_no_number() -> None:
    drawn, words = table(
        [("Cây trồng", "Mã số vùng trồng", "Số hộ"), ("Mãng cầu ta (na)", "VN-TNOR-0462", "31")], widths=(700, 700, 400)
    )
    paper = page(["Số: 1187/SNNMT-TTBVTV"], tables=[drawn], words=words)

    assert told(paper, PageKind.MATERIAL_ORIGIN, "product") == "Mãng cầu ta (na)"
    assert told(paper, PageKind.MATERIAL_ORIGIN, "number") == "1187/SNNMT-TTBVTV"


def test_a_name_in_brackets_a_verb_behind_an_issuer_and_a_label_beside_are_told_apart() -> None:
    story = page(["CÂU CHUYỆN SẢN PHẨM", "Sản phẩm: (Chẩm chéo mắc khén Bản Pom)"])
    praise = page(["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA TẶNG", "BẰNG KHEN"])
    trades = page(["GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ", "Ngành, nghề kinh doanh", "Vốn điều lệ"])

    assert told(story, PageKind.STORY, "product") == "Chẩm chéo mắc khén Bản Pom"
    assert told(praise, PageKind.AWARD, "issuer") == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA"
    assert told(trades, PageKind.BUSINESS_REGISTRATION, "product") is None


def test_a_product_s_code_is_read_behind_its_name_on_one_line() -> None:
    sheet = page(["Tên sản phẩm: Tôm khô đất Rạch Gừa Mã số sản phẩm: 96-32187-07-2026"])

    found = {field.name: str(field.value) for field in form_fields(sheet, PageKind.SCORE_SHEET)}

    assert found == {"product.name": "Tôm khô đất Rạch Gừa", "product.code": "96-32187-07-2026"}


def test_the_boxes_below_a_group_are_no_part_of_it() -> None:
    form = page(["PHIẾU ĐĂNG KÝ", "Phân nhóm: Gạo, ngũ cốc, hạt sơ chế khác Nâng hạng ☐ Đánh giá lại ☐"])

    found = {field.name: str(field.value) for field in form_fields(form, PageKind.REGISTRATION_FORM)}

    assert found["product.subgroup"] == "Gạo, ngũ cốc, hạt sơ chế khác"


@pytest.mark.parametrize(
    ("kind", "lines", "name", "value"),
    [
        (
            PageKind.TEST_REPORT,
            ["TRUNG TÂM KỸ THUẬT", "TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG", "KẾT QUẢ KIỂM NGHIỆM"],
            "issuer",
            "TRUNG TÂM KỸ THUẬT TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG",
        ),
        (PageKind.TEST_REPORT, ["TRUNG TÂM PHÂN TÍCH BẮC HÀ", "LAB", "PHIẾU KẾT QUẢ"], "issuer",
         "TRUNG TÂM PHÂN TÍCH BẮC HÀ LAB"),
        (PageKind.TEST_REPORT, ["Nơi gửi mẫu: Cơ sở rượu Năm Lành, thôn Cù Lâm, xã An Nhơn Tây"], "holder",
         "Cơ sở rượu Năm Lành"),
        (PageKind.AWARD, ["Sản phẩm: Tinh dầu tràm Vĩnh Ô", "Của: Công ty TNHH Bến Quan"], "product",
         "Tinh dầu tràm Vĩnh Ô"),
        (PageKind.BUSINESS_GROWTH, ["BÁO CÁO KẾT QUẢ", "Số: VI.1"], "number", None),
    ],
)  # fmt: skip
def test_names_that_break_and_notes_that_are_no_numbers(
    kind: PageKind, lines: Sequence[str], name: str, value: str | None
) -> None:
    assert told(page(lines), kind, name) == value


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (PageKind.ENVIRONMENT, "Đăng ký môi trường của cơ sở “Xưởng sơ chế và đóng gói quế Trà My”"),
        (PageKind.LOCAL_LABOUR, "Về việc tham gia BHXH, BHYT, BHTN của đơn vị"),
    ],
)
def test_what_a_confirmation_confirms_stands_below_its_title(kind: PageKind, subject: str) -> None:
    assert kind_of(page(["ỦY BAN NHÂN DÂN XÃ TRÀ MY", "GIẤY XÁC NHẬN", subject])) is kind


@pytest.mark.parametrize(
    ("kind", "holder"),
    [(PageKind.MARKET, "CƠ SỞ MÈ XỬNG MẪU"), (PageKind.MATERIAL_ORIGIN, "CÔNG TY CP BÁN LẺ MẪU")],
)
def test_of_parties_in_columns_the_one_in_the_applicant_s_part_holds_the_contract(kind: PageKind, holder: str) -> None:
    parties, words = table(
        [("NHÀ PHÂN PHỐI", "NHÀ CUNG CẤP"), ("CÔNG TY CP BÁN LẺ MẪU", "CƠ SỞ MÈ XỬNG MẪU"), ("MST: 33", "MST: 35")],
        widths=(800, 800),
    )
    contract = page(["HỢP ĐỒNG PHÂN PHỐI HÀNG HÓA"], words=words, tables=[parties])

    assert told(contract, kind, "holder") == holder
    assert told(page(["HỢP ĐỒNG PHÂN PHỐI HÀNG HÓA"], words=words), kind, "holder") == holder  # without ruled lines


def test_a_buyer_of_material_heads_its_column_in_small_letters_and_the_material_its_table() -> None:
    parties, words = table(
        [("BÊN A (bên bán)", "BÊN B (bên mua)"), ("TỔ HỢP TÁC ATISO MẪU", "CÔNG TY TNHH TRÀ MẪU")], widths=(800, 800)
    )
    goods, more = table(
        [("Nguyên liệu", "Quy cách", "Sản lượng", "Đơn giá"), ("Bông atiso tươi", "8 cm", "24", "31.000")],
        top=1600, widths=(500, 300, 300, 300),
    )  # fmt: skip
    contract = page(["HỢP ĐỒNG THU MUA NGUYÊN LIỆU"], words=[*words, *more], tables=[parties, goods])

    assert told(contract, PageKind.MATERIAL_ORIGIN, "holder") == "CÔNG TY TNHH TRÀ MẪU"
    assert told(contract, PageKind.MATERIAL_ORIGIN, "product") == "Bông atiso tươi"


def test_a_number_of_two_words_stands_below_its_head() -> None:
    drawn, words = table(
        [("Chứng chỉ số", "Ngày cấp", "Ngày hết hiệu lực"), ("VTC-FS 22.1058", "05-11-2024", "04-11-2027")],
        widths=(600, 500, 500),
    )
    certificate = page(["CHỨNG CHỈ"], tables=[drawn], words=words)

    assert told(certificate, PageKind.QUALITY_SYSTEM, "number") == "VTC-FS 22.1058"
    assert told(certificate, PageKind.QUALITY_SYSTEM, "valid_until") == "2027-11-04"


def test_the_day_of_a_copy_s_stamp_that_is_half_read_is_not_the_paper_s() -> None:
    lines = ["GIẤY CHỨNG NHẬN", "Yên Bái, ngày 21 tháng 8 năm 2023", "SAO Y BẢN CHứNw", "Ngày 25/9/2026"]

    assert told(page(lines), PageKind.PRODUCTION_ELIGIBILITY, "issued") == "2023-08-21"


def test_the_name_of_the_next_column_is_no_product() -> None:
    drawn, words = table(
        [
            ("Tên sản phẩm", "Mã GTIN"),
            ("Nước cốt sơn tra Mẫu 350 ml", "8936264180016"),
            ("Nước cốt Mẫu", "8936264180023"),
        ],
        widths=(900, 500),
    )
    certificate = page(["GIẤY CHỨNG NHẬN"], tables=[drawn], words=words)

    assert told(certificate, PageKind.BARCODE_TRACEABILITY, "product") == "Nước cốt sơn tra Mẫu 350 ml"


def test_a_number_that_a_cell_cuts_short_is_told_whole_elsewhere() -> None:
    drawn, words = table(
        [("Mã số chứng nhận", "Ngày cấp", "Ngày hết hạn"), ("VietGAP-TT-13-04", "01/07/2024", "30/06/2027")],
        widths=(600, 500, 500),
    )
    certificate = page(["GIẤY CHỨNG NHẬN", "Số: VietGAP-TT-13-04-24-0077"], tables=[drawn], words=words)

    assert told(certificate, PageKind.QUALITY_SYSTEM, "number") == "VietGAP-TT-13-04-24-0077"


def test_a_letter_head_may_stand_on_the_right() -> None:
    sheet = page(["GIẤY CHỨNG NHẬN", "VietGAP TRỒNG TRỌT"])
    head = page(["CÔNG TY CỔ PHẦN CHỨNG", "NHẬN AGRIMẪU SÔNG HỒNG"]).words
    moved = (
        word.model_copy(update={"box": (word.box[0] + 1200, word.box[1] - 190, word.box[2] + 1200, word.box[3] - 190)})
        for word in head
    )

    found = told(sheet.model_copy(update={"words": (*moved, *sheet.words)}), PageKind.QUALITY_SYSTEM, "issuer")

    assert found == "CÔNG TY CỔ PHẦN CHỨNG NHẬN AGRIMẪU SÔNG HỒNG"
