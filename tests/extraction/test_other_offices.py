"""Evidence papers in the words of many offices: sentences for labels, two languages, own heads, foreign dates."""

import pytest

from extraction.evidence import evidence_fields
from extraction.kinds import kind_of
from extraction.lines import lines_of
from extraction.organisations import told_about
from extraction.parties import bought, sold
from extraction.readings import PageKind, PageReading
from tests.extraction.papers import page, table

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def fields_of(reading: PageReading, applicant: str = "", product: str = "") -> dict[str, str]:
    known = {"evidence.holder": applicant, "evidence.product": product}
    found = evidence_fields(reading, {name: value for name, value in known.items() if value})
    return {field.name.removeprefix("evidence."): str(field.value) for field in found}


def of_kind(kind: PageKind, lines: list[str]) -> PageReading:
    return page(lines).model_copy(update={"kind": kind})


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        (["Date of issue / Ngày cấp: August 4, 2025"], "issued", "2025-08-04"),
        (["Ngày trả kết quả / Date of issue: 15 Jan 2026"], "issued", "2026-01-15"),
        (["Hôm nay, ngày 20 tháng Mười năm 2025, tại Cần Thơ"], "issued", "2025-10-20"),
        (
            ["Căn cứ Luật Thương mại số 36/2005/QH11; hôm nay ngày 20/10/2025", "Có hiệu lực từ ngày 01/11/2025"],
            "issued",
            "2025-10-20",
        ),
        (["Date / Ngày: 14/07/2026", "Contract / Hợp đồng: 04/2026 dated 02/06/2026"], "issued", "2026-07-14"),
        (["Giấy chứng nhận có hiệu lực từ ngày 01 tháng 9 năm 2025."], "issued", "2025-09-01"),
        (["Ngày cấp lần đầu: 14 Sep 2022", "Ngày cấp lại: 12 Sep 2025"], "issued", "2025-09-12"),
        (["Thông tư số 10/2020/TT-BKHCN.", "Hợp đồng này được ký ngày 18.9.2023 tại Hà Nội"], "issued", "2023-09-18"),
        (["Hà Nội, 17/06/2024", "BM.15.03 - Lần ban hành 04 - 10/01/2023"], "issued", "2024-06-17"),
        (
            ["Hợp đồng có hiệu lực từ ngày 01 tháng 11 năm 2025 đến ngày 31 tháng 10", "năm 2027."],
            "valid_until",
            "2027-10-31",
        ),
        (["Hết hạn 02.02.2028"], "valid_until", "2028-02-02"),
        (["Thời hạn hợp đồng: từ 01/01/2026 đến hết ngày 31/12/2027"], "valid_until", "2027-12-31"),
        (["Số I No.: DTC-260107-0412"], "number", "DTC-260107-0412"),
        (["Số: MV 3815/2024"], "number", "MV 3815/2024"),
        (["Scope / Phạm vi: Processing of dried shrimp / Chế biến tôm khô"], "product", "Chế biến tôm khô"),
        (["Sản phẩm: Bí xanh thơm - Sản lượng dự kiến: 390 tấn/năm"], "product", "Bí xanh thơm"),
        (["Mặt hàng: Bánh khảo nhân lạc. Sản lượng khoảng 2,5 tấn"], "product", "Bánh khảo nhân lạc"),
        (["được bán sản phẩm Chả mực giã tay, chả cá thu tại", "Hội chợ"], "product", "Chả mực giã tay, chả cá thu"),
        (["(Tính đến 28/02/2026 – hồ sơ OCOP sản phẩm Gạo Tám Mẫu)"], "product", "Gạo Tám Mẫu"),
        (
            ["giai đoạn 2022 – 2025 với", "sản phẩm Long nhãn sấy", "Hưng Mẫu, ngày 14/10/2025"],
            "product",
            "Long nhãn sấy",
        ),
        (["CHỨNG NHẬN SẢN PHẨM", "Hạt điều rang muối"], "product", "Hạt điều rang muối"),
        (["Cho phép Hợp tác xã Na Hoàng Mẫu, địa chỉ tại Trại Trống"], "holder", "Hợp tác xã Na Hoàng Mẫu"),
        (["Tôi là Hoàng Thị Mẫu, sinh năm 1975"], "holder", "Hoàng Thị Mẫu"),
        (["Nơi gửi mẫu: HTX Dừa Tiểu Mẫu – khóm 5, xã Tiểu Mẫu"], "holder", "HTX Dừa Tiểu Mẫu"),
        (["Nơi gửi mẫu: Cơ sở Bà Thoan (người gửi: Nguyễn Thị Mẫu)"], "holder", "Cơ sở Bà Thoan"),
        (["Cơ sở Dừa nước Bảy Mẫu", "Chủ cơ sở: bà Lê Thị Mẫu"], "holder", "Cơ sở Dừa nước Bảy Mẫu"),
        (
            ["BÊN A (bên mua): HỢP TÁC XÃ ONG MẪU", "Do bà Giàng Thị Mẫu, Giám đốc, làm đại diện"],
            "holder",
            "HỢP TÁC XÃ ONG MẪU",
        ),
        (
            ["Cơ sở / Establishment: CÔNG TY TNHH TÔM MẪU", "Has been found in compliance with the regulations"],
            "holder",
            "CÔNG TY TNHH TÔM MẪU",
        ),
    ],
)
def test_a_paper_is_understood_in_whatever_words(lines: list[str], name: str, value: str) -> None:
    assert fields_of(page(["GIẤY CHỨNG NHẬN", *lines])).get(name) == value


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["CỤC SỞ HỮU TRÍ TUỆ", "INTELLECTUAL PROPERTY OFFICE OF VIETNAM"], "CỤC SỞ HỮU TRÍ TUỆ"),
        (["HỢP TÁC XÃ ONG MẬT PU MẪU", "MST: 6200097423"], "HỢP TÁC XÃ ONG MẬT PU MẪU"),
        (["HỘI NÔNG DÂN TỈNH LAI CHÂU", "BAN THƯỜNG VỤ"], "HỘI NÔNG DÂN TỈNH LAI CHÂU"),
        (["UBND XÃ BÌNH MINH", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH", "CÔNG"], "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"),
        (
            ["CÔNG TY CỔ PHẦN CHỨNG NHẬN MẪU", "Số đăng ký hoạt động chứng nhận: 128/TĐC"],
            "CÔNG TY CỔ PHẦN CHỨNG NHẬN MẪU",
        ),
        (["Công ty Cổ phần Chứng nhận và Giám định Mẫu"], "Công ty Cổ phần Chứng nhận và Giám định Mẫu"),
        ([*MOTTO, *[""] * 9, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU"], "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU"),
    ],
)
def test_an_issuer_is_told_from_what_stands_around_its_name(lines: list[str], issuer: str) -> None:
    assert fields_of(page([*lines, "GIẤY CHỨNG NHẬN"]))["issuer"] == issuer


def test_who_issued_a_card_did_not_issue_the_paper() -> None:
    lines = ["UBND HUYỆN MẪU", "GIẤY CHỨNG NHẬN", "Chứng minh nhân dân số: 050441287. Nơi cấp: Công an tỉnh Sơn La."]

    assert fields_of(page(lines))["issuer"] == "UBND HUYỆN MẪU"


def test_of_the_parties_to_a_contract_the_applicant_holds_it() -> None:
    lines = ["HÓA ĐƠN BÁN HÀNG", "Người bán: HỘ KINH DOANH NGUYỄN VĂN MẪU", "Đơn vị mua: CÔNG TY TNHH TÔM KHÔ MẪU"]

    found = fields_of(of_kind(PageKind.MARKET, lines), applicant="Công ty TNHH Tôm khô Mẫu")

    assert found["holder"] == "CÔNG TY TNHH TÔM KHÔ MẪU"


def test_a_holder_s_name_ends_where_the_one_of_the_forms_does() -> None:
    lines = ["GIẤY CHỨNG NHẬN", "Tên tổ chức: CÔNG TY TNHH TÔM MẪU SAMPLE SHRIMP COMPANY LIMITED"]

    assert fields_of(page(lines), applicant="Công ty TNHH Tôm Mẫu")["holder"] == "CÔNG TY TNHH TÔM MẪU"


@pytest.mark.parametrize("read", ["HỢP TÁC XÃ BƯNG = DỊCH VỤ MẪU", "HỢP TÁC XÃ BƯNG DỊCH VỤ MẪU"])
def test_a_dash_that_was_lost_or_misread_is_the_one_of_the_name_that_the_forms_tell(read: str) -> None:
    found = fields_of(page(["GIẤY CHỨNG NHẬN", f"Chủ cơ sở: {read}"]), applicant="Hợp tác xã Bưng – Dịch vụ Mẫu")

    assert found["holder"] == "HỢP TÁC XÃ BƯNG – DỊCH VỤ MẪU"


def test_a_dash_in_the_name_that_the_forms_tell_stays() -> None:
    lines = ["HÌNH ẢNH QUẢNG BÁ", "Tôm khô Út Mẫu – Hương Rừng"]

    assert fields_of(page(lines), product="Tôm khô Út Mẫu - Hương Rừng")["product"] == "Tôm khô Út Mẫu – Hương Rừng"


@pytest.mark.parametrize(
    ("kind", "lines", "name", "value"),
    [
        (
            PageKind.AWARD,
            ["GIẤY KHEN", "Theo Quyết định số 63-QĐ/HNDT", "ngày 10/10/2025", "Lai Châu, ngày 12 tháng 10 năm 2025"],
            ("number", "issued"),
            ("63-QĐ/HNDT", "2025-10-12"),
        ),
        (
            PageKind.QUALITY_DECLARATION,
            ["BẢN TỰ CÔNG BỐ SẢN PHẨM", "Tên tổ chức, cá nhân: Hợp tác xã Ong Mẫu", "Nơi cấp: Sở Công Thương tỉnh Mẫu"],
            ("holder", "issuer"),
            ("Hợp tác xã Ong Mẫu", "Hợp tác xã Ong Mẫu"),
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["ĐĂNG KÝ NHÃN HIỆU", "Nhóm 30: Mật ong; phấn hoa;", "sữa ong chúa."],
            ("product",),
            ("Mật ong; phấn hoa; sữa ong chúa",),
        ),
        (
            PageKind.STORY,
            ["CÔNG TY TNHH ONG RỪNG MẪU", "CÂU CHUYỆN SẢN PHẨM", "MẬT ONG HOA BAN"],
            ("holder", "product"),
            ("CÔNG TY TNHH ONG RỪNG MẪU", "MẬT ONG HOA BAN"),
        ),
    ],
)
def test_a_kind_of_paper_has_ways_of_its_own(
    kind: PageKind, lines: list[str], name: tuple[str, ...], value: tuple[str, ...]
) -> None:
    found = fields_of(of_kind(kind, lines))

    assert tuple(found.get(each) for each in name) == value


def test_an_invoice_of_what_the_applicant_bought_tells_where_its_material_comes_from() -> None:
    invoice = ["HÓA ĐƠN BÁN HÀNG", "Đơn vị bán hàng: HỘ KINH DOANH KPĂ MẪU", "Tên đơn vị: Hợp tác xã Krông Mẫu"]

    assert bought(page(invoice), "Hợp tác xã Krông Mẫu")
    assert not bought(page(invoice), "Hộ kinh doanh Kpă Mẫu")
    assert not bought(page(["HỢP ĐỒNG MUA BÁN", *invoice[1:]]), "Hợp tác xã Krông Mẫu")


def test_an_invoice_whose_seller_stands_in_its_head_names_the_buyer() -> None:
    invoice = ["HỘ KINH DOANH KPĂ MẪU", "HÓA ĐƠN BÁN HÀNG", "Tên đơn vị mua hàng: Hợp tác xã Krông Mẫu"]

    assert bought(page(invoice), "Hợp tác xã Krông Mẫu")
    assert not bought(page(invoice), "Hộ kinh doanh Kpă Mẫu")


def test_of_parties_in_columns_the_one_below_the_word_for_buyer_buys() -> None:
    parties, words = table(
        [("BÊN BÁN (BÊN A)", "BÊN MUA (BÊN B)"), ("Hợp tác xã Krông Mẫu", "Công ty TNHH Lụa Mẫu")], widths=(700, 700)
    )
    contract = page(["HỢP ĐỒNG NGUYÊN TẮC"], tables=[parties], words=words)

    assert bought(contract, "Công ty TNHH Lụa Mẫu")
    assert not bought(contract, "Hợp tác xã Krông Mẫu")
    assert sold(contract, "Hợp tác xã Krông Mẫu")
    assert not sold(contract, "Công ty TNHH Lụa Mẫu")


def test_a_contract_in_which_the_applicant_buys_tells_where_its_material_comes_from() -> None:
    contract = page(
        ["HỢP ĐỒNG MUA BÁN", "Bên bán: Bà Lê Thị Mẫu", "Bên mua là Hợp tác xã Krông Mẫu, trụ sở tại buôn 2"]
    )

    assert bought(contract, "Hợp tác xã Krông Mẫu")
    assert not bought(contract, "Lê Thị Mẫu")


def test_a_contract_that_does_not_name_the_applicant_is_to_be_looked_at() -> None:
    contract = of_kind(PageKind.MARKET, ["HỢP ĐỒNG ĐẠI LÝ", "Bên A: Công ty TNHH Đại Ngàn Mẫu"])

    (holder,) = [
        field
        for field in evidence_fields(contract, {"evidence.holder": "Hợp tác xã Krông Mẫu"})
        if field.name == "evidence.holder"
    ]
    assert holder.needs_review


def test_the_certificate_that_a_paper_replaces_is_another() -> None:
    lines = [
        "Gia Lai, ngày 17 tháng 10 năm 2025",
        "Giấy chứng nhận có hiệu lực đến ngày 17 tháng 10 năm 2028",
        "(Thay thế Giấy chứng nhận số 88/2022/NNPTNT-GL cấp ngày",
        "20/10/2022)",
    ]

    assert fields_of(page(["GIẤY CHỨNG NHẬN", *lines]))["issued"] == "2025-10-17"


def test_a_plant_is_what_a_paper_about_the_environment_is_about_and_no_holder() -> None:
    lines = ["GIẤY XÁC NHẬN", "Kính gửi: Hợp tác xã Krông Mẫu", "1. Cơ sở: Xưởng sơ chế hồ tiêu"]

    found = fields_of(of_kind(PageKind.ENVIRONMENT, lines))

    assert (found["holder"], found["product"]) == ("Hợp tác xã Krông Mẫu", "Xưởng sơ chế hồ tiêu")


def test_the_first_goods_of_a_table_are_the_paper_s_product() -> None:
    goods, words = table(
        [["STT", "Tên hàng hóa", "Đơn vị"], ["1", "Tôm đất nguyên liệu", "kg"], ["2", "Muối hạt", "kg"]],
        widths=(200, 1200, 400),
    )
    paper = page(["HÓA ĐƠN BÁN HÀNG"], tables=[goods], words=words)

    assert fields_of(paper)["product"] == "Tôm đất nguyên liệu"


def test_dates_under_the_heads_of_a_table_are_read_though_other_heads_are_no_labels() -> None:
    dates, words = table(
        [["Mã chứng nhận", "Ngày cấp", "Ngày hết hạn", "Chu kỳ"], ["VG-04", "01/07/2024", "30/06/2027", "12 tháng"]],
        widths=(500, 500, 500, 500),
    )

    found = fields_of(page(["GIẤY CHỨNG NHẬN"], tables=[dates], words=words))

    assert (found["issued"], found["valid_until"]) == ("2024-07-01", "2027-06-30")


def test_bodies_named_in_sentences_are_told_with_their_whole_names() -> None:
    lines = [
        "Theo đơn của Hộ kinh doanh Rượu men lá Hà Thị Mẫu (Giấy chứng nhận số 1), Trung tâm Xúc tiến Mẫu",
        "xác nhận Cơ sở sản xuất chả mực Nguyễn Thị Mẫu, địa chỉ tổ 3; Công ty đã trả phí.",
    ]

    names = [each.name for each in told_about(lines_of(page(lines)), "Trung tâm Xúc tiến Mẫu")]

    assert names == ["Hộ kinh doanh Rượu men lá Hà Thị Mẫu", "Cơ sở sản xuất chả mực Nguyễn Thị Mẫu"]


def test_a_name_that_the_end_of_its_line_cuts_is_told_as_another_line_has_it() -> None:
    lines = [
        "Năm 2017 mười một chị em góp vốn rồi thành Hợp tác xã Dệt thổ cẩm",
        "Chăm Mỹ Nghiệp Mẫu. Sợi bông lấy từ vùng Phước Hữu, nhuộm bằng vỏ cây và bùn non, phơi ba nắng.",
        "Hợp tác xã Dệt thổ cẩm Chăm Mỹ Nghiệp Mẫu",
        "Khung dệt của nghệ nhân",
    ]

    assert [each.name for each in told_about(lines_of(page(lines)), "")] == [
        "Hợp tác xã Dệt thổ cẩm Chăm Mỹ Nghiệp Mẫu"
    ]


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("local-labour", ["DANH SÁCH LAO ĐỘNG ĐỊA PHƯƠNG LÀM VIỆC THƯỜNG XUYÊN TẠI HỢP TÁC XÃ CHIẾU LÁC MẪU"]),
        ("business-growth", ["THÔNG BÁO", "Về việc xác nhận doanh thu và thực hiện nghĩa vụ thuế của hộ kinh doanh"]),
        (
            "local-labour",
            [
                "GIẤY XÁC NHẬN",
                "Về việc sử dụng lao động tại địa phương",
                "Theo đề nghị tại Đơn ngày 01 tháng 4 năm 2026 của Hộ kinh doanh Rượu men lá có nơi",
                "làm việc tại xã (Giấy chứng nhận đăng ký hộ kinh doanh số 25D8001196 cấp lần đầu)",
            ],
        ),
        ("promotion", ["GIẤY XÁC NHẬN", "Trung tâm xác nhận cơ sở đã tham gia gian hàng C27 tại tuần hàng Việt"]),
        ("promotion", ["TRANG CHỦ CÂU CHUYỆN SẢN PHẨM ĐẠI LÝ LIÊN HỆ", "Tôm khô hũ 200 g"]),
        (
            "quality-system",
            [
                "Giấy chứng nhận đăng ký hoạt động chứng nhận số 1182/TĐC",
                "GIẤY CHỨNG NHẬN",
                *[""] * 20,
                "Thực hành nông nghiệp tốt (VietGAP)",
            ],
        ),
        ("award", ["CHỨNG NHẬN", *[""] * 20, "ĐẠT SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU"]),
        ("ocop-certificate", ["CHỨNG NHẬN", *[""] * 20, "ĐẠT SẢN PHẨM OCOP HẠNG 3 SAO"]),
        ("barcode-traceability", ["HỢP ĐỒNG DỊCH VỤ", "Cung cấp tem QR truy xuất nguồn gốc và phần mềm quản lý"]),
        ("market", ["GIẤY CHỨNG NHẬN KIỂM DỊCH THỰC VẬT", "PHYTOSANITARY CERTIFICATE"]),
        (
            "commune-report",
            [
                "ỦY BAN NHÂN DÂN XÃ TAM MẪU",
                "Kính gửi: Ủy ban nhân dân tỉnh Vĩnh Mẫu",
                "có ý kiến như sau: về nguyên liệu địa phương, trái quách mua trong xã; về lao",
                "động địa phương, sử dụng 20 người; về bản sắc, gắn với lễ hội.",
            ],
        ),
        ("registration-form", ["Hợp tác xã Mẫu", "Dành cho UBND cấp xã: Phiếu số 04, nhận ngày 03/9/2026"]),
        ("separator", ["PHẦN THỨ NHẤT", "BIỂU MẪU ĐĂNG KÝ VÀ ĐÁNH GIÁ"]),
        ("award", ["HỘI NÔNG DÂN TỈNH MẪU", "3Ằ G =N", "Tặng", "Hộ kinh doanh Mẫu", "Đã có thành tích xuất sắc"]),
        (
            "local-labour",
            ["BẢO HIỂM XÃ HỘI TỈNH MẪU", "GIẤY XÁC NHẬN", "Đơn vị hiện đang đóng BHXH, BHYT cho 19 lao động"],
        ),
        ("separator", ["PHẦN II", "BÁO CÁO TỰ ĐÁNH GIÁ", "(Mẫu số 02)", "Từ trang 06 đến trang 09"]),
        (
            "cover",
            ["BẢNG KÊ TÀI LIỆU", "Phiếu đăng ký (Mẫu số 01)", "Báo cáo tự đánh giá (Mẫu số 02)", "Mẫu số 03"],
        ),
    ],
)
def test_papers_of_other_offices_are_known(kind: str, lines: list[str]) -> None:
    assert kind_of(page(lines)).value == kind


@pytest.mark.parametrize(
    ("kind", "lines", "product"),
    [
        (
            PageKind.BUSINESS_REGISTRATION,
            ["Vốn kinh doanh", "320.000.000 đồng", "Ngành, nghề kinh doanh", "Rang và lọc cà phê; bán lẻ cà phê bột"],
            "Rang và lọc cà phê; bán lẻ cà phê bột",
        ),
        (
            PageKind.BUSINESS_REGISTRATION,
            ["3. Ngành, nghề kinh doanh Sản xuất, rang xay cà phê bột", "4. Vốn kinh doanh 450.000.000 đồng"],
            "Sản xuất, rang xay cà phê bột",
        ),
        (
            PageKind.ENVIRONMENT,
            ["đối với “Cơ sở", "chế biến ruốc gà”. Ủy ban tiếp nhận. Trong quá trình hoạt động của cơ sở nêu trên,"],
            "Cơ sở chế biến ruốc gà",
        ),
        (PageKind.BUSINESS_GROWTH, ["4. Ngành nghề: Chế biến rau quả (bưởi sấy)"], "Chế biến rau quả (bưởi sấy)"),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            ["in compliance with food safety regulations for following products:", "Táo mèo sấy dẻo; Siro táo mèo"],
            "Táo mèo sấy dẻo; Siro táo mèo",
        ),
        (
            PageKind.QUALITY_SYSTEM,
            ["for the following scope / cho phạm vi: Sản xuất chả mực, chả cá", "Original approval: 03 Mar 2022"],
            "Sản xuất chả mực, chả cá",
        ),
        (
            PageKind.STORY,
            ["CÂU CHUYỆN SẢN PHẨM", "Rượu ghè men lá Mẫu", "Chủ thể: Hợp tác xã Mẫu"],
            "Rượu ghè men lá Mẫu",
        ),
        (
            PageKind.QUALITY_DECLARATION,
            ["cho sản phẩm, hàng hóa: Khăn lụa dệt tay", "phù hợp quy chuẩn kỹ thuật: QCVN 01:2017/BCT"],
            "Khăn lụa dệt tay",
        ),
        (PageKind.TEST_REPORT, ["Tên mẫu kiểm nghiệm: Rươi kho niêu Mẫu"], "Rươi kho niêu Mẫu"),
        (
            PageKind.MARKET,
            ["1. Sản phẩm: Bên A giao cho Bên B làm đại lý tiêu thụ sản phẩm Cơm cháy chà bông Mẫu."],
            "Cơm cháy chà bông Mẫu",
        ),
        (
            PageKind.AWARD,
            ["với", "sản phẩm Long nhãn sấy Khải Hoàn", "Hưng Mẫu, ngày 14/10/2025"],
            "Long nhãn sấy Khải Hoàn",
        ),
        (PageKind.MARKET, ["Sản phẩm: Mứt vỏ thanh trà Mẫu, hũ 250 g, giá 45.000 đồng"], "Mứt vỏ thanh trà Mẫu"),
        (PageKind.BARCODE_TRACEABILITY, ["Sản phẩm: Rượu sơn tra Mẫu - GTIN 8938568417025"], "Rượu sơn tra Mẫu"),
        (
            PageKind.ENVIRONMENT,
            ["hoạt động của cơ sở “Xưởng sản xuất tôm khô, khô cá khoai” với", "các nội dung sau:"],
            "Xưởng sản xuất tôm khô, khô cá khoai",
        ),
        (
            PageKind.ENVIRONMENT,
            ["hồ sơ đăng ký môi trường của quý Công ty đối với cơ sở chế tác", "vòng trầm và nhang tại thôn Tú Mẫu"],
            "cơ sở chế tác vòng trầm và nhang",
        ),
        (
            PageKind.LOCAL_LABOUR,
            [
                "đang sử dụng thường xuyên 41 lao động cho việc ươm tơ và dệt khăn",
                "lụa tơ tằm. Trong số đó có 37 người",
            ],
            "ươm tơ và dệt khăn lụa tơ tằm",
        ),
        (
            PageKind.LOCAL_LABOUR,
            ["DANH SÁCH LAO ĐỘNG", "tham gia sản xuất Đường mật hoa dừa, tính đến tháng 5 năm 2026"],
            "Đường mật hoa dừa",
        ),
        (
            PageKind.QUALITY_SYSTEM,
            [
                "cho phạm vi / for the scope of",
                "Sản xuất nước mắm cá cơm đóng chai",
                "Production of bottled fish sauce",
            ],
            "Sản xuất nước mắm cá cơm đóng chai",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["100 mã sản phẩm, dùng cho", "mứt khóm, nước màu khóm"],
            "mứt khóm, nước màu khóm",
        ),
        (PageKind.BUSINESS_GROWTH, ["Sản phẩm dự thi: Rượu vang thanh long"], "Rượu vang thanh long"),
    ],
)
def test_what_a_paper_is_about_is_told_where_no_product_is(kind: PageKind, lines: list[str], product: str) -> None:
    assert fields_of(of_kind(kind, lines))["product"] == product


def test_the_first_trade_of_a_registration_is_what_it_is_about() -> None:
    trades, words = table(
        [["STT", "Tên ngành", "Mã ngành"], ["1", "Trồng nho, sấy quả nho", "0121"], ["2", "Bán lẻ", "4711"]],
        widths=(200, 1200, 400),
    )
    paper = page(["3. Ngành, nghề kinh doanh"], tables=[trades], words=words)

    found = fields_of(paper.model_copy(update={"kind": PageKind.BUSINESS_REGISTRATION}))

    assert found["product"] == "Trồng nho, sấy quả nho"


@pytest.mark.parametrize(
    ("kind", "lines", "number"),
    [
        (PageKind.QUALITY_DECLARATION, ["TIÊU CHUẨN CƠ SỞ", "TCCS 04:2025/YHNP"], "TCCS 04:2025/YHNP"),
        (PageKind.BARCODE_TRACEABILITY, ["HỢP ĐỒNG CUNG CẤP TEM", "Hợp đồng 0392/TXNG/VS-2024"], "0392/TXNG/VS-2024"),
        (PageKind.AWARD, ["Quyết định số 1379/QĐ-UBND", "Số vào sổ chứng nhận: 14-2022"], "14-2022"),
    ],
)
def test_a_paper_s_own_number_is_told_by_what_it_is(kind: PageKind, lines: list[str], number: str) -> None:
    assert fields_of(of_kind(kind, lines))["number"] == number
