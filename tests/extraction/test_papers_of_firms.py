"""What papers tell that firms, associations and private laboratories draw up as they like: one entry is one paper."""

import pytest

from extraction.kinds import kind_of
from extraction.readings import PageKind
from tests.extraction.papers import page, table, told

TRADEMARK = [
    "GIẤY CHỨNG NHẬN", "ĐĂNG KÝ NHÃN HIỆU", "Số: 4-0487216-000", "(210) Số đơn: 4-2022-31847",
    "(220) Ngày nộp đơn: 04.08.2022", "(441) Ngày công bố đơn: 26.09.2022",
    "(732) Chủ Giấy chứng nhận: Công ty TNHH Yến sào Mẫu",
    "(511) Danh mục hàng hóa/dịch Nhóm 29: Tổ chim yến (yến sào) ăn được; yến sào", "vụ: đã chế biến.",
    "Cấp theo Quyết định số 72905/QĐ-SHTT, ngày 18.06.2024",
]  # fmt: skip
COLLECTIVE_MARK = [
    "HỘI SẢN XUẤT SẦU RIÊNG MẪU", "GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG NHÃN HIỆU TẬP THỂ",
    "Hội viên được sử dụng: Hộ ông Nguyễn Phước Mẫu", "Được quyền gắn nhãn hiệu tập thể trên bao bì, tem nhãn,",
    "phương tiện quảng bá cho sản phẩm sầu riêng Ri6, sầu riêng Monthong tươi", "do mình sản xuất.",
]  # fmt: skip
FAIR = [
    "CÔNG TY CỔ PHẦN HỘI CHỢ MẪU", "GIẤY XÁC NHẬN", "THAM GIA HỘI CHỢ TRIỂN LÃM", "Ban Tổ chức xác nhận đơn vị:",
    "Cơ sở sản xuất Tré Bà Mẫu", "đã tham gia trưng bày, giới thiệu và bán các sản phẩm tré rơm, nem chua, chả bò",
    "tại gian hàng số B27",
]  # fmt: skip
SAFE_IN_TWO_LANGUAGES = [
    "GIẤY CHỨNG NHẬN", "Đủ điều kiện an toàn thực phẩm để sản xuất, kinh doanh sản phẩm:",
    "Has been found to be in compliance with food safety regulations for following", "products:",
    "Bánh tráng nước dừa, bánh tráng mè, bún khô",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "lines", "name", "value"),
    [
        (PageKind.INTELLECTUAL_PROPERTY, TRADEMARK, "issued", "2024-06-18"),
        (PageKind.INTELLECTUAL_PROPERTY, TRADEMARK, "product", "Tổ chim yến (yến sào) ăn được; yến sào đã chế biến"),
        (PageKind.INTELLECTUAL_PROPERTY, COLLECTIVE_MARK, "holder", "Hộ ông Nguyễn Phước Mẫu"),
        (
            PageKind.INTELLECTUAL_PROPERTY, COLLECTIVE_MARK,
            "product", "sầu riêng Ri6, sầu riêng Monthong tươi",
        ),
        (PageKind.PROMOTION, FAIR, "holder", "Cơ sở sản xuất Tré Bà Mẫu"),
        (PageKind.PROMOTION, FAIR, "product", "tré rơm, nem chua, chả bò"),
        (
            PageKind.PRODUCTION_ELIGIBILITY, SAFE_IN_TWO_LANGUAGES,
            "product", "Bánh tráng nước dừa, bánh tráng mè, bún khô",
        ),
        (
            PageKind.MATERIAL_ORIGIN,
            ["HỢP ĐỒNG NGUYÊN TẮC", "Điều 1. Bên B bán cho Bên A hạt tiêu đen khô sản xuất tại địa bàn xã Ia"],
            "product", "hạt tiêu đen khô",
        ),
        (
            PageKind.QUALITY_DECLARATION,
            ["QUYẾT ĐỊNH", "Ban hành Tiêu chuẩn cơ sở áp dụng cho sản", "phẩm: Chiếu lác dệt hoa khổ 1,6 m."],
            "product", "Chiếu lác dệt hoa khổ 1,6 m",
        ),
        (
            PageKind.MARKET,
            ["HỢP ĐỒNG PHÂN PHỐI",
             "1. Sản phẩm phân phối: Trà hoa vàng Mẫu hộp 20 túi lọc; trà hũ 10 g do Bên B sản xuất."],
            "product", "Trà hoa vàng Mẫu hộp 20 túi lọc; trà hũ 10 g",
        ),
        (
            PageKind.PROMOTION,
            ["Sàn Nông Sản Mẫu", "Mật ong hoa tràm chai 500 ml", "195.000đ", "HTX Ong Mật Rừng Mẫu",
             "Gian hàng chính hãng Tham gia từ 03/2022", "MÔ TẢ SẢN PHẨM"],
            "holder", "HTX Ong Mật Rừng Mẫu",
        ),
        (
            PageKind.BUSINESS_GROWTH,
            ["Đơn vị báo cáo: CÔNG TY TNHH NƯỚC MẮM MẪU", "BÁO CÁO KẾT QUẢ HOẠT ĐỘNG KINH DOANH"],
            "holder", "CÔNG TY TNHH NƯỚC MẮM MẪU",
        ),
        (
            PageKind.PROMOTION,
            ["GIẤY XÁC NHẬN", "Cơ sở Táo sấy Mẫu", "đã bán trực tiếp tại hội chợ; doanh số do",
             "đơn vị báo cáo: 46.500.000 đồng."],
            "holder", "Cơ sở Táo sấy Mẫu",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["GIẤY CHỨNG NHẬN", "Tên tổ chức, cá nhân: CÔNG TY TNHH MTV SEN HỒNG MẪU", "individual",
             "Địa chỉ: ấp 4, xã Mỹ Hòa"],
            "holder", "CÔNG TY TNHH MTV SEN HỒNG MẪU",
        ),
        (
            PageKind.AWARD,
            ["GIẤY CHỨNG NHẬN", "Sản phẩm: Hạt điều rang củi", "của Công ty TNHH Nông sản Mẫu Hạnh",
             "Địa chỉ: Thôn Bình Tân, xã Phú Nghĩa"],
            "holder", "Công ty TNHH Nông sản Mẫu Hạnh",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["ỦY BAN TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG QUỐC GIA",
             "THE COMMISSION FOR THE STANDARDS, METROLOGY AND QUALITY OF VIET NAM",
             "TRUNG TÂM MÃ SỐ, MÃ VẠCH QUỐC GIA", "GIẤY CHỨNG NHẬN"],
            "issuer", "TRUNG TÂM MÃ SỐ, MÃ VẠCH QUỐC GIA",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["GIẤY CHỨNG NHẬN", "Loại mã: GS1-10, sử dụng từ ngày 11/7/2024 đến ngày 10/7/2027."],
            "valid_until", "2027-07-10",
        ),
        (
            PageKind.QUALITY_DECLARATION,
            ["PHIẾU CÔNG BỐ SẢN PHẨM MỸ PHẨM", "Ngày nhận: 16/5/2024", "Ngày 10 tháng 5 năm 2024", "Đại diện tổ chức"],
            "issued", "2024-05-16",
        ),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            ["GIẤY PHÉP", "SẢN XUẤT RƯỢU THỦ CÔNG NHẰM MỤC ĐÍCH KINH DOANH",
             "1. Được phép sản xuất các loại rượu như sau: rượu ngô men lá, rượu chuối men lá"],
            "product", "rượu ngô men lá, rượu chuối men lá",
        ),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            ["GIẤY CHỨNG NHẬN", "ĐẠI DIỆN CHỦ CƠ SỞ", "GIÁM ĐỐC", "Dương Thế Mẫu"],
            "holder", None,
        ),
        (
            PageKind.ENVIRONMENT,
            ["GIẤY XÁC NHẬN", "Đăng ký kế hoạch bảo vệ môi trường", "của Cơ sở chế biến dược liệu Mẫu Cẩm",
             "1. Công ty cổ phần Thảo dược Mẫu (sau đây gọi là chủ cơ sở) đã đăng ký kế"],
            "holder", "Công ty cổ phần Thảo dược Mẫu",
        ),
        (
            PageKind.ENVIRONMENT,
            ["VĂN BẢN ĐĂNG KÝ MÔI TRƯỜNG", "của cơ sở Vườn ươm, nuôi trồng hoa lan và cây cảnh Mẫu"],
            "product", "Vườn ươm, nuôi trồng hoa lan và cây cảnh Mẫu",
        ),
        (
            PageKind.MATERIAL_ORIGIN,
            ["THÔNG BÁO", "Chủ cơ sở: Tổ hợp tác Atisô Mẫu – bà Tô Thị Mẫu"],
            "holder", "Tổ hợp tác Atisô Mẫu",
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["GIẤY CHỨNG NHẬN",
             "cho sản phẩm: Sâm Mẫu củ tươi, lá sâm khô, diện tích vùng trồng 3,75 ha, trong khu vực"],
            "product", "Sâm Mẫu củ tươi, lá sâm khô",
        ),
        (
            PageKind.MARKET,
            ["HỢP ĐỒNG ĐẠI LÝ", "Bên A giao cho Bên B làm đại lý bán các sản phẩm khăn, túi, vỏ gối dệt thổ cẩm mang",
             "nhãn hiệu “Mẫu”"],
            "product", "khăn, túi, vỏ gối dệt thổ cẩm",
        ),
        (
            PageKind.MARKET,
            ["CÔNG TY CỔ PHẦN DƯỢC THẢO MẪU", "DANH SÁCH ĐẠI LÝ, ĐIỂM BÁN SẢN PHẨM", "Cao sâm dây, trà sâm dây Mẫu",
             "1 Công ty TNHH Thực phẩm Sạch Mẫu An Phường Hải Châu"],
            "holder", "CÔNG TY CỔ PHẦN DƯỢC THẢO MẪU",
        ),
        (
            PageKind.MARKET,
            ["CÔNG TY CỔ PHẦN DƯỢC THẢO MẪU", "DANH SÁCH ĐẠI LÝ, ĐIỂM BÁN SẢN PHẨM", "Cao sâm dây, trà sâm dây Mẫu"],
            "product", "Cao sâm dây, trà sâm dây Mẫu",
        ),
        (
            PageKind.QUALITY_SYSTEM,
            ["CÔNG TY TNHH CHỨNG NHẬN MẪU QUẾ", "MAU QUE CERTIFICATION CO, LTD", "GIẤY CHỨNG NHẬN"],
            "issuer", "CÔNG TY TNHH CHỨNG NHẬN MẪU QUẾ",
        ),
        (
            PageKind.TEST_REPORT,
            ["KẾT QUẢ PHÂN TÍCH", "Mã số / Report No.: SL25-10884 Ngày / Date of issue: 03-12-2025",
             "Ngày nhận mẫu 24-11-2025"],
            "issued", "2025-12-03",
        ),
        (
            PageKind.TEST_REPORT,
            ["HH TRUNG TÂM PHÂN TÍCH KIỂM NGHIỆM MẪU", "PHIẾU KẾT QUẢ THỬ NGHIỆM"],
            "issuer", "TRUNG TÂM PHÂN TÍCH KIỂM NGHIỆM MẪU",
        ),
        (
            PageKind.AWARD,
            ["chứng nhận", "Bộ tranh thêu ren Mẫu", "của", "Doanh nghiệp tư nhân Thêu ren Mẫu"],
            "product", "Bộ tranh thêu ren Mẫu",
        ),
        (
            PageKind.QUALITY_SYSTEM,
            ["GIẤY TIẾP NHẬN", "Dược liệu: Xạ đen, Cà gai leo đạt tiêu chuẩn “Thực hành tốt trồng trọt”"],
            "product", "Xạ đen, Cà gai leo",
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["GIẤY CHỨNG NHẬN", "Tên, địa chỉ chủ Giấy chứng nhận:", "Thạch Thị Mẫu (VN)", "Ấp Ô Tưng A, xã Mẫu"],
            "holder", "Thạch Thị Mẫu",
        ),
        (PageKind.MARKET, ["COMMERCIAL INVOICE", "Invoice No.: BTF-EXP 23/118"], "number", "BTF-EXP 23/118"),
    ],
)  # fmt: skip
def test_papers_of_firms_say_it_in_ways_of_their_own(kind: PageKind, lines: list[str], name: str, value: str) -> None:
    assert told(page(lines), kind, name) == value


def test_the_maker_in_a_row_for_each_party_is_the_holder() -> None:
    parties, words = table(
        [
            ["BÊN A (Nhà phân phối)", "CÔNG TY TNHH THƯƠNG MẠI MẪU"],
            ["BÊN B (Nhà sản xuất)", "CÔNG TY CỔ PHẦN NẤM MẪU"],
        ]
    )
    contract = page(["HỢP ĐỒNG PHÂN PHỐI SẢN PHẨM"], tables=[parties], words=words)

    assert told(contract, PageKind.MARKET, "holder") == "CÔNG TY CỔ PHẦN NẤM MẪU"


def test_goods_in_a_list_are_named_without_what_they_consist_of() -> None:
    goods, words = table(
        [["STT", "Tên hàng", "Thành tiền"], ["1", "Trà hoa vàng Mẫu Quy cách: hộp 100 g", "500.000"]],
        widths=(100, 1200, 300),
    )
    invoice = page(["HÓA ĐƠN BÁN HÀNG"], tables=[goods], words=words)

    assert told(invoice, PageKind.MARKET, "product") == "Trà hoa vàng Mẫu"


def test_a_notice_of_lump_sum_tax_is_about_the_business_s_growth() -> None:
    notice = page(
        ["CHI CỤC THUẾ KHU VỰC MẪU", "THÔNG BÁO",
         "Về việc nộp thuế đối với hộ kinh doanh, cá nhân kinh doanh nộp thuế theo phương pháp",
         "khoán năm 2023", "1. Người nộp thuế: VÕ THỊ MẪU", "Doanh thu khoán cả năm 1.014.000.000"]
    )  # fmt: skip

    assert kind_of(notice) is PageKind.BUSINESS_GROWTH


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (PageKind.PRODUCTION_ELIGIBILITY, ["GIẤY CHỨNG NHẬN", "ĐIỀU KIỆN VỆ SINH THÚ Y", "Số: 0186/25/SL-VSTY"]),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            ["QUYẾT ĐỊNH", "Về việc công nhận cơ sở lưu trú du lịch đạt tiêu chuẩn",
             "nhà ở có phòng cho khách du lịch thuê"],
        ),
        (
            PageKind.ENVIRONMENT,
            ["HTX HOA LAN MẪU", "VĂN BẢN ĐĂNG KÝ MÔI TRƯỜNG", "1. Thông tin chung",
             "- Giấy chứng nhận đăng ký hợp tác xã số 2400917563, cấp lần đầu ngày 06/8/2021."],
        ),
        (PageKind.INTELLECTUAL_PROPERTY, ["BẰNG BẢO HỘ GIỐNG CÂY TRỒNG", "Số: 118.VN.2025"]),
        (PageKind.QUALITY_SYSTEM, ["GIẤY TIẾP NHẬN", "BẢN CÔNG BỐ DƯỢC LIỆU ĐẠT GACP-WHO", "Số: 43/2024"]),
        (
            PageKind.AWARD,
            ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU", "chứng nhận", "Bộ tranh thêu ren", "của", "Doanh nghiệp Mẫu", "là",
             "SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU CẤP TỈNH NĂM", "2025"],
        ),
    ],
)  # fmt: skip
def test_papers_of_many_trades_are_known(kind: PageKind, lines: list[str]) -> None:
    body = ["Căn cứ hồ sơ của cơ sở và biên bản kiểm tra thực tế của đoàn công tác liên ngành"] * 4

    assert kind_of(page([*lines, *body])) is kind
