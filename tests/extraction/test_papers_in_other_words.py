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
