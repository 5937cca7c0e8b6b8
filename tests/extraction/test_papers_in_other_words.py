"""Evidence papers in the words of other issuers: whose they are, what they are about, how long they hold."""

import pytest

from extraction.readings import PageKind
from tests.extraction.papers import page, table, told

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


@pytest.mark.parametrize(
    ("kind", "lines", "name", "value"),
    [
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["GIẤY CHỨNG NHẬN", "ĐĂNG KÝ NHÃN HIỆU", "Số 053821"],
            "number",
            "053821",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["BIÊN BẢN NGHIỆM THU VÀ BÀN GIAO", "Số 19/BBNT-2024 (kèm theo Hợp đồng số 77/HĐ-TXNG ngày 02/05/2024)"],
            "number",
            "19/BBNT-2024",
        ),
        (
            PageKind.BARCODE_TRACEABILITY,
            ["BIÊN BẢN BÀN GIAO", "Bên giao: CÔNG TY CỔ PHẦN TEM MẪU", "Bên nhận: HỢP TÁC XÃ NA DAI MẪU"],
            "holder",
            "HỢP TÁC XÃ NA DAI MẪU",
        ),
        (
            PageKind.LOCAL_LABOUR,
            ["DANH SÁCH LAO ĐỘNG", "Tháng 6 năm 2026 - Số: 07/DS-PLX", "Cơ sở sản xuất mặt hàng: Bình gốm men Mẫu."],
            "number",
            "07/DS-PLX",
        ),
        (
            PageKind.LOCAL_LABOUR,
            ["DANH SÁCH LAO ĐỘNG", "Cơ sở sản xuất mặt hàng: Bình gốm men nâu đắp nổi."],
            "product",
            "Bình gốm men nâu đắp nổi",
        ),
        (
            PageKind.LOCAL_LABOUR,
            ["GIẤY XÁC NHẬN", "Hộ đang sử dụng thường xuyên 09 lao động để sản xuất thịt trâu gác bếp. Trong số đó"],
            "product",
            "thịt trâu gác bếp",
        ),
        (
            PageKind.MARKET,
            ["ĐẠI LÝ BÁN HÀNG NĂM 2026", "Mặt hàng nhang sạch thảo mộc", "TT Tên đại lý Địa chỉ"],
            "product",
            "nhang sạch thảo mộc",
        ),
        (
            PageKind.TEST_REPORT,
            ["PHIẾU KIỂM NGHIỆM", "Mẫu: Hạt dẻ rang mật ong", "Nơi gửi: Hộ kinh doanh Nông Văn Mẫu"],
            "product",
            "Hạt dẻ rang mật ong",
        ),
        (
            PageKind.STORY,
            [
                "Câu chuyện sản phẩm",
                "Năm 2020, chị Mẫu gom mười một hộ lập nên Hợp tác xã",
                "Rượu men lá Mẫu. Ngô",
            ],
            "holder",
            "Hợp tác xã Rượu men lá Mẫu",
        ),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            [
                "BẢN CAM KẾT",
                "Tôi tên là Huỳnh Văn Mẫu, là người đại diện của Cơ",
                "sở Kẹo dừa Mẫu, địa chỉ tại ấp Mẫu",
            ],
            "holder",
            "Cơ sở Kẹo dừa Mẫu",
        ),
        (
            PageKind.OCOP_CERTIFICATE,
            ["CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN MẪU", "GIẤY CHỨNG NHẬN", "Chứng nhận sản phẩm: Chuối sấy Mẫu"],
            "issuer",
            "ỦY BAN NHÂN DÂN HUYỆN MẪU",
        ),
        (
            PageKind.BUSINESS_GROWTH,
            ["Đơn vị: Hợp tác xã Dệt Nà Mẫu - MST 4800917364", "BÁO CÁO KẾT QUẢ KINH DOANH"],
            "holder",
            "Hợp tác xã Dệt Nà Mẫu",
        ),
        (
            PageKind.MARKET,
            [
                "HỢP ĐỒNG ĐẠI LÝ",
                "1. Sản phẩm: Khăn choàng Nà Mẫu, giá giao 315.000 đồng/chiếc, giá bán lẻ 420.000 đồng",
            ],
            "product",
            "Khăn choàng Nà Mẫu",
        ),
        (
            PageKind.QUALITY_DECLARATION,
            ["BẢN CÔNG BỐ HỢP QUY", "Sản phẩm, hàng hóa: Khăn choàng Nà Mẫu", "Kiểu, loại, nhãn hiệu: khăn bông 100%"],
            "product",
            "Khăn choàng Nà Mẫu",
        ),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            [
                "GIẤY PHÉP SẢN XUẤT RƯỢU THỦ CÔNG",
                "Được phép sản xuất loại rượu: rượu ngô men lá; quy mô: 6.000 lít/năm.",
            ],
            "product",
            "rượu ngô men lá",
        ),
        (
            PageKind.PRODUCTION_ELIGIBILITY,
            ["Phúc đáp văn bản về việc cấp Giấy chứng nhận đối với mặt hàng mãng cầu ta tươi, Chi cục có ý kiến."],
            "product",
            "mãng cầu ta tươi",
        ),
        (
            PageKind.INTELLECTUAL_PROPERTY,
            ["GIẤY CHỨNG NHẬN", "ĐĂNG KÝ QUYỀN TÁC GIẢ", "Tác phẩm: Bộ hộp quà mật ong Sà Mẫu", "Loại hình: Mỹ thuật"],
            "product",
            "Bộ hộp quà mật ong Sà Mẫu",
        ),
        (
            PageKind.MARKET,
            ["HỢP ĐỒNG KÝ GỬI", "5/ Việc ký gửi bắt đầu từ 10.3.2026 và kéo dài đến hết ngày 09.3.2028; bên muốn"],
            "valid_until",
            "2028-03-09",
        ),
        (
            PageKind.AWARD,
            [
                "GIẤY CHỨNG NHẬN",
                "Chứng nhận Bộ ấm chén men tro Phù Mẫu",
                "của Hộ sản xuất gốm Nguyễn Bích Mẫu",
                "đạt danh hiệu",
            ],
            "product",
            "Bộ ấm chén men tro Phù Mẫu",
        ),
        (
            PageKind.AWARD,
            [
                "GIẤY CHỨNG NHẬN",
                "Chứng nhận Bộ ấm chén men tro Phù Mẫu",
                "của Hộ sản xuất gốm Nguyễn Bích Mẫu",
                "đạt danh hiệu",
            ],
            "holder",
            "Hộ sản xuất gốm Nguyễn Bích Mẫu",
        ),
        (
            PageKind.AWARD,
            ["GIẤY CHỨNG NHẬN", "Quyết định số 402/QĐ-ĐCK ngày 19 tháng 9 năm 2025", "Số vào sổ: 061/CNNT-KVPB"],
            "number",
            "061/CNNT-KVPB",
        ),
        (
            PageKind.OCOP_CERTIFICATE,
            [
                "SẢN PHẨM OCOP HẠNG 4 SAO",
                "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH GIA LAI chứng nhận sản phẩm",
                "CÀ PHÊ NHÂN CHƯ MẪU",
            ],
            "product",
            "CÀ PHÊ NHÂN CHƯ MẪU",
        ),
        (
            PageKind.ENVIRONMENT,
            [
                "đã đăng ký kế hoạch bảo vệ môi trường của dự án Đầu tư xưởng sản xuất nước",
                "mắm chay ngày 29 tháng 4 năm 2021.",
            ],
            "product",
            "Đầu tư xưởng sản xuất nước mắm chay",
        ),
        (
            PageKind.LOCAL_LABOUR,
            [
                "ĐƠN XIN XÁC NHẬN",
                "Tôi là: Y Thanh Mẫu, sinh năm 1991",
                "Là: Tổ trưởng Tổ hợp tác Dệt Kon Mẫu (thành lập năm 2022)",
            ],
            "holder",
            "Tổ hợp tác Dệt Kon Mẫu",
        ),
    ],
)
def test_papers_say_it_in_other_words(kind: PageKind, lines: list[str], name: str, value: str) -> None:
    assert told(page(lines), kind, name) == value


def test_who_confirms_an_application_issues_it() -> None:
    lines = [
        *MOTTO,
        "ĐƠN XIN XÁC NHẬN",
        *["Kính gửi"] * 28,
        "XÁC NHẬN CỦA UBND XÃ KON MẪU",
        "UBND xã xác nhận là đúng.",
    ]

    assert told(page(lines), PageKind.LOCAL_LABOUR, "issuer") == "UBND XÃ KON MẪU"


def test_a_row_of_column_numbers_holds_no_goods() -> None:
    rows, words = table(
        [("STT", "Tên hàng hóa, dịch vụ", "ĐVT"), ("1", "2", "3"), ("1", "Mây tắt đã sơ chế", "kg")],
        widths=(200, 900, 300),
    )

    invoice = page(["HÓA ĐƠN GIÁ TRỊ GIA TĂNG"], tables=[rows], words=words)

    assert told(invoice, PageKind.MATERIAL_ORIGIN, "product") == "Mây tắt đã sơ chế"


def test_a_cell_may_hold_a_label_and_its_number() -> None:
    rows, words = table(
        [("Số/ No.: NHV-25/10-3382.1", "KẾT QUẢ THỬ NGHIỆM"), ("Tên mẫu", "Rong sụn sấy khô")], widths=(900, 1000)
    )

    report = page(["TRUNG TÂM PHÂN TÍCH MẪU"], tables=[rows], words=words)

    assert told(report, PageKind.TEST_REPORT, "number") == "NHV-25/10-3382.1"


def test_a_day_at_the_foot_is_no_issuer() -> None:
    lines = [*MOTTO, "PHIẾU KẾT QUẢ THỬ NGHIỆM", "Kết quả: đạt", "Ngày 15 tháng 5 năm 2026", "PHÓ GIÁM ĐỐC"]

    assert told(page(lines), PageKind.TEST_REPORT, "issuer") is None
