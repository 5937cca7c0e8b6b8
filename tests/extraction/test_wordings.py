"""What evidence papers tell in the words and layouts of many offices and firms: one entry of the list is one paper."""

import pytest

from extraction.readings import PageKind
from tests.extraction.papers import page, told

HEAD_IN_THREE_LINES = [
    "SỞ TÀI CHÍNH TỈNH AN GIANG", "PHÒNG ĐĂNG KÝ KINH", "DOANH VÀ TÀI CHÍNH", "DOANH NGHIỆP",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
    "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN", "Mã số doanh nghiệp: 1602187345",
    "Tên công ty viết bằng tiếng Việt: CÔNG TY TNHH MTV KHÔ CÁ MẪU",
]  # fmt: skip
IN_TWO_LANGUAGES = [
    "SỞ CÔNG THƯƠNG TỈNH GIA LAI", "GIA LAI DEPARTMENT OF", "INDUSTRY AND TRADE", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "GIẤY CHỨNG NHẬN",
]  # fmt: skip
INVOICE_IN_TWO_COLUMNS = [
    "CÔNG TY TNHH THỦY TINH MẪU Ký hiệu (Serial); 1K26TDH", "HÓA ĐƠN GIÁ TRỊ GIA TĂNG", "Ngày 18 tháng 03 năm 2026",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "lines", "name", "value"),
    [
        (
            PageKind.BUSINESS_REGISTRATION, HEAD_IN_THREE_LINES,
            "issuer", "PHÒNG ĐĂNG KÝ KINH DOANH VÀ TÀI CHÍNH DOANH NGHIỆP",
        ),
        (PageKind.BUSINESS_REGISTRATION, HEAD_IN_THREE_LINES, "holder", "CÔNG TY TNHH MTV KHÔ CÁ MẪU"),
        (PageKind.PRODUCTION_ELIGIBILITY, IN_TWO_LANGUAGES, "issuer", "SỞ CÔNG THƯƠNG TỈNH GIA LAI"),
        (PageKind.MARKET, INVOICE_IN_TWO_COLUMNS, "issuer", "CÔNG TY TNHH THỦY TINH MẪU"),
        (
            PageKind.BUSINESS_REGISTRATION,
            ["GIẤY CHỨNG NHẬN", "Cấp lần đầu ngày 03-12-2018; thay đổi lần thứ 2 ngày 21-01-2026"],
            "issued", "2026-01-21",
        ),
        (
            PageKind.QUALITY_SYSTEM,
            ["CHỨNG CHỈ", "Ngày cấp / Date of issue: 02 – 03 – 2026", "Ngày cấp lần đầu / First: 27 – 02 – 2023"],
            "issued", "2026-03-02",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["GIẤY CHỨNG NHẬN", "Cấp lần đầu (First issued): 10/02/2023", "Hà Nội, ngày (date) 13/02/2026"],
            "issued", "2026-02-13",
        ),
        (
            PageKind.QUALITY_SYSTEM,
            ["CÔNG TY CHỨNG NHẬN MẪU", "Mã số đăng ký hoạt động chứng nhận: 72/CN-TT-2024 (Cục Trồng trọt cấp ngày",
             "18/9/2024)", "GIẤY CHỨNG NHẬN VIETGAP", "Cần Thơ, ngày 10 tháng 6 năm 2026"],
            "issued", "2026-06-10",
        ),
        (
            PageKind.MATERIAL_ORIGIN,
            ["HỢP ĐỒNG THU MUA", "BÊN A (bên bán): TỔ HỢP TÁC ATISO MẪU", "BÊN B (bên mua): CÔNG TY TNHH TRÀ MẪU"],
            "holder", "CÔNG TY TNHH TRÀ MẪU",
        ),
        (
            PageKind.MARKET,
            ["HỢP ĐỒNG ĐẠI LÝ", "1. Bên giao đại lý: HỢP TÁC XÃ MIẾN DONG MẪU (gọi tắt là Bên Giao)",
             "2. Bên nhận đại lý: CÔNG TY CỔ PHẦN CHỢ QUÊ (gọi tắt là Bên Đại lý)"],
            "holder", "HỢP TÁC XÃ MIẾN DONG MẪU",
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["GIẤY PHÉP SỬ DỤNG", "NHÃN HIỆU TẬP THỂ", "Chủ tịch Hội cho phép", "Hộ ông Trần Đình Mẫu"],
            "holder", "Hộ ông Trần Đình Mẫu",
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["GIẤY CHỨNG NHẬN", "ĐĂNG KÝ NHÃN HIỆU", "SỐ 4-0512877-000"],
            "number", "4-0512877-000",
        ),
        (
            PageKind.MARKET,
            ["HỢP ĐỒNG CUNG ỨNG", "Hàng hóa: Hàu sữa Mẫu cấp lạnh, khay 500 g, mã hàng LH-29018"],
            "product", "Hàu sữa Mẫu cấp lạnh",
        ),
        (
            PageKind.LOCAL_LABOUR,
            ["GIẤY XÁC NHẬN", "để làm sản phẩm khăn choàng lanh vẽ sáp ong đăng ký đánh giá, phân hạng OCOP năm 2026."],
            "product", "khăn choàng lanh vẽ sáp ong",
        ),
        (
            PageKind.TEST_REPORT,
            ["PHIẾU KẾT QUẢ", "Khách hàng: Hộ kinh doanh Bê thui Mẫu, khối Ba Hà, thị trấn Nam Đàn"],
            "holder", "Hộ kinh doanh Bê thui Mẫu",
        ),
        (
            PageKind.MARKET,
            ["HỢP ĐỒNG PHÂN PHỐI", "thống nhất việc cung cấp và phân phối mặt hàng Mè xửng dẻo Mẫu tại 23 cửa"],
            "product", "Mè xửng dẻo Mẫu",
        ),
        (
            PageKind.MARKET,
            ["HỢP ĐỒNG PHÂN PHỐI", "Bên A phân phối mặt hàng bưởi da xanh loại 1 (1,2 - 1,6 kg/trái), sản lượng"],
            "product", "bưởi da xanh loại 1 (1,2 - 1,6 kg/trái)",
        ),
        (
            PageKind.PROMOTION,
            ["GIẤY XÁC NHẬN", "đã tham gia trưng bày, giới thiệu táo sấy dẻo, mứt nho và siro nho tại Hội chợ Đặc sản"],
            "product", "táo sấy dẻo, mứt nho và siro nho",
        ),
        (
            PageKind.LOCAL_LABOUR,
            ["ĐƠN XIN XÁC NHẬN", "Công ty sử dụng 26 lao động để làm sản phẩm sầu riêng cấp đông nguyên múi. Trong"],
            "product", "sầu riêng cấp đông nguyên múi",
        ),
        (
            PageKind.PROMOTION,
            ["Chợ Mẫu Trang chủ - Giỏ hàng", "Hạt điều rang củi vỏ lụa Mẫu 500 g", "4,9 (132 đánh giá) Đã bán 87",
             "189.000 đ 215.000 đ -12%", "Thêm vào giỏ hàng", "MUA NGAY"],
            "product", "Hạt điều rang củi vỏ lụa Mẫu 500 g",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["HỢP ĐỒNG CUNG CẤP TEM QR", "Bên cung cấp dịch vụ: Công ty CP Công nghệ Mẫu. Địa chỉ: Hà Nội.",
             "Bên sử dụng dịch vụ: Công ty TNHH Sen Quê Mẫu. Địa chỉ: ấp 2, xã Trường Xuân"],
            "holder", "Công ty TNHH Sen Quê Mẫu",
        ),
        (
            PageKind.QUALITY_SYSTEM,
            ["CHỨNG CHỈ", "Certificate No./ Số NWA-FS-26-0357"],
            "number", "NWA-FS-26-0357",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["GIẤY CHỨNG NHẬN", "3. Giấy đăng ký HTX số: 5000893120, thay đổi lần 2 ngày 04/11/2025",
             "Hà Nội, ngày 21 tháng 01 năm 2026"],
            "issued", "2026-01-21",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["GIẤY CHỨNG NHẬN", "Ngày cấp lần đầu / First issued: 02/10/2022 – Ngày cấp lại / Reissued: 02/10/2025"],
            "issued", "2025-10-02",
        ),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            ["BẢN CAM KẾT", "Tôi là: Lê Hoàng Mẫu Năm sinh: 1979", "Đại diện cho cơ sở: Hộ kinh doanh Tôm khô Mẫu"],
            "holder", "Hộ kinh doanh Tôm khô Mẫu",
        ),
        (
            PageKind.BUSINESS_GROWTH,
            ["THÔNG BÁO", "[01] Tên người nộp thuế: VI VĂN MẪU", "[02] Mã số thuế: 8367720154-001"],
            "holder", "VI VĂN MẪU",
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["QUYẾT ĐỊNH", "Nhãn hiệu: NGỌC MẪU", "Nhóm sản phẩm/dịch vụ: Nhóm 30: Bánh pía, bánh in"],
            "product", "Bánh pía, bánh in",
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["GIẤY PHÉP", "SỬ DỤNG NHÃN HIỆU TẬP THỂ", "Giấy phép số 08-2026/GPSD-NHTT"],
            "number", "08-2026/GPSD-NHTT",
        ),
        (
            PageKind.TEST_REPORT,
            ["KẾT QUẢ THỬ NGHIỆM", "Mã số kết quả 1 Report No. : SKL26-0408812-R1"],
            "number", "SKL26-0408812-R1",
        ),
        (
            PageKind.LOCAL_LABOUR,
            ["ĐƠN XIN XÁC NHẬN", "Tên tôi là Y Wik Mẫu, Giám đốc Công ty TNHH Sầu riêng Mẫu, trụ sở tại buôn Krông"],
            "holder", "Công ty TNHH Sầu riêng Mẫu",
        ),
        (
            PageKind.ENVIRONMENT,
            ["GIẤY XÁC NHẬN", "đã tiếp nhận hồ sơ của Cơ sở nước mắm Mẫu, do ông Dương Văn Mẫu làm chủ, đối với",
             "hoạt động chế biến nước mắm cốt, công suất 40.000 lít/năm tại thôn Hoa Thám, xã"],
            "product", "chế biến nước mắm cốt, công suất 40.000 lít/năm",
        ),
        (
            PageKind.MATERIAL_ORIGIN,
            ["HỢP ĐỒNG MUA BÁN NGUYÊN LIỆU", "BÊN A (BÊN BÁN): TỔ HỢP TÁC TRỒNG NGHỆ MẪU",
             "BÊN B (BÊN MUA): CÔNG TY TNHH TINH BỘT MẪU"],
            "holder", "CÔNG TY TNHH TINH BỘT MẪU",
        ),
        (
            PageKind.AWARD,
            ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG", "TẶNG", "BẰNG KHEN", "HỢP TÁC XÃ RƯỢU NGÔ MẪU",
             "Đã có thành tích xuất sắc trong phát triển sản phẩm rượu ngô men lá, góp phần xây dựng nông thôn mới"],
            "product", "rượu ngô men lá",
        ),
    ],
)  # fmt: skip
def test_papers_say_it_in_ways_of_their_own(kind: PageKind, lines: list[str], name: str, value: str) -> None:
    assert told(page(lines), kind, name) == value
