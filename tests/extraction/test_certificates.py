"""Certificates as authorities print them: in two languages, centred, framed, with names that run over their line."""

import pytest

from extraction.evidence import evidence_fields
from extraction.kinds import kind_of
from extraction.linereading import ReadLine
from extraction.reading import assembled
from extraction.readings import Cell, PageKind, PageReading, PageSource, Table, Word
from tests.extraction.papers import LETTER, SIZE, STEP, TOP, WIDTH, page

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
EMPTY = PageReading(number=1, width=1000, height=1400, dpi=100, source=PageSource.OCR)


def fields_of(reading: PageReading) -> dict[str, str]:
    return {field.name.removeprefix("evidence."): str(field.value) for field in evidence_fields(reading)}


def centred(lines: list[str]) -> PageReading:
    """Each line about the middle of the page."""
    words: list[Word] = []
    for row, line in enumerate(lines):
        left, top = (WIDTH - LETTER * len(line)) // 2, TOP + row * STEP
        for part in line.split(" "):
            words.append(Word(text=part, box=(left, top, left + LETTER * len(part), top + SIZE), confidence=0.99))
            left += LETTER * (len(part) + 1)
    return page([], words=words)


def test_a_certificate_in_two_languages_tells_what_it_is_given_to_and_by_whom() -> None:
    lines = [
        *MOTTO,
        "GIẤY CHỨNG NHẬN",
        "CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM",
        "Certificate of compliance with food safety regulations",
        "BAN QUẢN LÝ AN TOÀN THỰC PHẨM TỈNH BÁC NINH",
        "Tên cơ sở/Establishment:",
        "ĐỊA ĐIỂM KINH DOANH SỐ 1 - CÔNG TY TNHH",
        "CUNG CẤP THỰC PHẨM SẠCH SUỐI MƠ",
        "Mã số/Approval Number: 2300000001",
        "Địa chỉ/Address: Thôn Mẫu, xã Suối Mơ, tỉnh Bắc Ninh",
        "ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM THEO QUY ĐỊNH",
        "Has been found in compliance with food safety regulations for the following",
        "Bắc Ninh, ngày 19 tháng 6 năm 2024",
        "Số cấp/ Numbẹr: 040/2024/ATTP-SM",
        "Có hiệu lực đến 18/06/2027",
    ]

    assert fields_of(centred(lines)) == {
        "issuer": "BAN QUẢN LÝ AN TOÀN THỰC PHẨM TỈNH BẮC NINH",  # the province's own mark, read wrong
        "holder": "ĐỊA ĐIỂM KINH DOANH SỐ 1 - CÔNG TY TNHH CUNG CẤP THỰC PHẨM SẠCH SUỐI MƠ",
        "number": "040/2024/ATTP-SM",
        "issued": "2024-06-19",
        "valid_until": "2027-06-18",
    }


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        (["Số/No.: KN-26051873/1"], "number", "KN-26051873/1"),
        (["Cơ sở/ Establishment", "CÔNG TY TNHH DỨA SUỐI MƠ"], "holder", "CÔNG TY TNHH DỨA SUỐI MƠ"),
        (["Cơ sở/ Etahsmem,", "HỢP TÁC XÃ DỨA SUỐI MƠ"], "holder", "HỢP TÁC XÃ DỨA SUỐI MƠ"),
        (["HỢP TÁC XÃ DỨA SUỐI MƠ", "Địa chỉ: Thôn Mẫu, xã Suối Mơ"], "holder", "HỢP TÁC XÃ DỨA SUỐI MƠ"),
        (["BAN QUẢN LÝ AN TOÀN THỰC PHẨM", "CHỨNG NHẬN/CERTIFICATION"], "issuer", "BAN QUẢN LÝ AN TOÀN THỰC PHẨM"),
        (
            ["Đăng ký lần đầu: ngày 06 tháng 4 năm 2018", "Đăng ký thay đổi lần thứ: 2, ngày 22 tháng 9 năm 2025"],
            "issued",
            "2025-09-22",
        ),
        (
            ["Đăng ký lần đầu: ngày 06 tháng 4 năm 2018", "Đăng ký thay đổi lần thứ: …, ngày … tháng … năm …"],
            "issued",
            "2018-04-06",
        ),
        (["Số: 41/2025/GCNATTP-", "CCQLCL"], "number", "41/2025/GCNATTP-CCQLCL"),
        (["Tặng bà Vàng Thị Mẫu", "Chủ hộ kinh doanh"], "holder", "Vàng Thị Mẫu"),
        (
            ["Đơn vị: Hợp tác xã Thủ công mỹ nghệ Suối Mơ", "Đã tham gia hội chợ"],
            "holder",
            "Hợp tác xã Thủ công mỹ nghệ Suối Mơ",
        ),
        (["ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM ĐỂ SẢN XUẤT, KINH DOANH:", "Mật ong rừng"], "product", "Mật ong rừng"),
        (["Số 15-2025/HĐTT", "Hôm nay, ngày 20/8/2025"], "number", "15-2025/HĐTT"),
        (["Số: 03/BBTL"], "number", "03/BBTL"),
        (["SốINo.: NH-2512/0467"], "number", "NH-2512/0467"),
        (["Số tiếp nhận: 27/2025/CBTC-QT"], "number", "27/2025/CBTC-QT"),
        (["Quyết định số 1187/QĐ-ĐCK", "Số vào sổ: 64/2025"], "number", "1187/QĐ-ĐCK"),
        (["QUYỀN SỬ DỤNG MÃ SỐ, MÃ VẠCH", "Số: 004127/2024/GS1"], "number", "004127/2024/GS1"),
        (["Thời hạn hợp đồng: 02 năm, từ ngày 20/8/2025 đến ngày 20/8/2027."], "valid_until", "2027-08-20"),
        (["Ngày nhận / Received 01/12/2025", "Ngày phát hành / Issued 10/12/2025"], "issued", "2025-12-10"),
        (["Cơ sở: Hộ kinh doanh Suối Mơ MST: 086075004918"], "holder", "Hộ kinh doanh Suối Mơ"),
        (["Sản phẩm: Rượu nếp than Ba Vồ", "Long Đức Tây, tỉnh Vĩnh Long"], "product", "Rượu nếp than Ba Vồ"),
        (["Đủ điều kiện an toàn thực phẩm để sản xuất mặt hàng: Rượu nếp"], "product", "Rượu nếp"),
        (["Số (No.); 00001207"], "number", "00001207"),
        (["Số cấp / Number:", "KG-0187/2023/NNPTNT-ATTP"], "number", "KG-0187/2023/NNPTNT-ATTP"),
        (["(Số 118/GXN-UBND)"], "number", "118/GXN-UBND"),
        (
            [
                "(*) Thay thế Giấy chứng nhận số",
                "KG-0092/2020/NNPTNT-ATTP cấp ngày",
                "01/12/2020",
                "Kiên Giang, ngày 30 tháng 11 năm 2023",
            ],
            "issued",
            "2023-11-30",
        ),
        (
            ["Chứng nhận rằng / This is to certify that", "DNTN Chế biến hải sản Mẫu"],
            "holder",
            "DNTN Chế biến hải sản Mẫu",
        ),
        (["Tặng", "Ông Phan Minh Mẫu", "Nghệ nhân ấp Tân Phú"], "holder", "Phan Minh Mẫu"),
        (["Chúng tôi là hộ sản xuất do bà Nông Thị Mẫu làm chủ, căn cước số 067"], "holder", "Nông Thị Mẫu"),
        (["Cho phép hộ ông Lê Trọng Mẫu, hội viên số 37, gắn nhãn hiệu tập thể"], "holder", "hộ ông Lê Trọng Mẫu"),
        (
            [
                "Tổ chức chịu trách nhiệm đưa sản phẩm ra thị trường / Company: Công ty TNHH Tinh dầu Mẫu",
                "Nhà sản xuất: X",
            ],
            "holder",
            "Công ty TNHH Tinh dầu Mẫu",
        ),
        (
            ["Ủy ban nhân dân xã nhận được văn bản của hộ kinh doanh Homestay Vàng A Mẫu đối với khu nghỉ tại bản"],
            "holder",
            "hộ kinh doanh Homestay Vàng A Mẫu",
        ),
        (
            ["Hộ chúng tôi chế biến mặt hàng trà khổ qua rừng sao khô với sản lượng 450 kg"],
            "product",
            "trà khổ qua rừng sao khô",
        ),
        (["Mẫu là Thịt bò một nắng, đóng túi hút chân không 500 g"], "product", "Thịt bò một nắng"),
        (
            ["Hàng hóa: giao cho Nhà phân phối quyền bán các mặt hàng: Nước tắm Dao đỏ tại các tỉnh"],
            "product",
            "Nước tắm Dao đỏ",
        ),
        (["Có giá trị đến hết ngày 14 tháng 11 năm /", "2027"], "valid_until", "2027-11-14"),
        (
            ["Mặt hàng sản xuất, kinh doanh: khô cá lóc, khô cá sặc; sản lượng 900 kg/tháng; nơi tiêu thụ: chợ xã"],
            "product",
            "khô cá lóc, khô cá sặc",
        ),
        (
            ["Tên và khối lượng sản phẩm: Dried star anise (hoa hồi khô) 6,400 kg"],
            "product",
            "Dried star anise (hoa hồi khô)",
        ),
        (["Tên hàng: Dừa khô nguyên trái loại 1 (từ 1,2 kg)"], "product", "Dừa khô nguyên trái loại 1 (từ 1,2 kg)"),
        (
            ["để lập mã GTIN cho các sản phẩm /for products: tranh đá quý, quà lưu niệm", "bằng đá"],
            "product",
            "tranh đá quý, quà lưu niệm bằng đá",
        ),
        (["Ngày cấp lần đầu: 22/01/2023", "Ngày cấp lại lần 1/ Re-issued: 19/01/2026"], "issued", "2026-01-19"),
        (["Điều 2. Thời hạn dịch vụ: 03 năm, kết thúc vào ngày 10/4/2025."], "valid_until", "2025-04-10"),
        (
            ["This is to certify that the food safety management system of", "SUOI MO MILK JOINT STOCK COMPANY"],
            "holder",
            "SUOI MO MILK JOINT STOCK COMPANY",
        ),
        (
            [
                "Giấy chứng nhận đăng ký doanh nghiệp: mã số 1500 000 614, đăng ký lần đầu ngày",
                "09/01/2018.",
                "GIẤY PHÉP MÔI TRƯỜNG",
                "Vĩnh Long, ngày 03 tháng 4 năm 2026",
            ],
            "issued",
            "2026-04-03",
        ),
        (
            [
                "BẢNG TỔNG HỢP DOANH THU",
                "Riêng sản phẩm đăng ký OCOP là “Nhang trầm Suối Mơ” chiếm 64,3% tổng doanh thu.",
            ],
            "product",
            "Nhang trầm Suối Mơ",
        ),
        (
            [
                "Tham gia hội chợ, trưng bày giới thiệu sản phẩm",
                "Trung tâm Xúc tiến thương mại tỉnh Hà Tĩnh xác nhận:",
                "Đã tham gia trưng bày, giới thiệu và bán sản phẩm mật ong hoa keo, phấn hoa tại các sự kiện",
            ],
            "product",
            "mật ong hoa keo, phấn hoa",
        ),
        (["Hiệu lực của giấy chứng nhận: Từ 05/03/2020 đến 04/03/2023"], "valid_until", "2023-03-04"),
        (["Ngày (Date) 04 tháng (month) 06 năm (year) 2026"], "issued", "2026-06-04"),
        (["Đã có sản phẩm Dứa sấy dẻo đạt danh hiệu", "sản phẩm tiêu biểu."], "product", "Dứa sấy dẻo"),
        (
            ["đủ điều kiện để sản xuất, kinh doanh sản", "phẩm:", "for the following products:", "1. Dứa sấy dẻo"],
            "product",
            "Dứa sấy dẻo",
        ),
    ],
)
def test_labels_and_sentences_of_real_papers_are_understood(lines: list[str], name: str, value: str) -> None:
    assert fields_of(page(["GIẤY CHỨNG NHẬN", *lines])).get(name) == value


def test_a_ground_above_the_word_certifies_is_no_issuer() -> None:
    lines = [
        "TRUNG TÂM MÃ SỐ, MÃ VẠCH",
        "GIẤY CHỨNG NHẬN",
        "Căn cứ Nghị định số 74/2018/NĐ-CP của Chính phủ và hồ sơ của công ty;",
        "CHỨNG NHẬN",
    ]

    assert fields_of(page(lines))["issuer"] == "TRUNG TÂM MÃ SỐ, MÃ VẠCH"


@pytest.mark.parametrize(
    ("cited", "below", "dated", "issued"),
    [
        (
            "41/2025/GCNATTP-CCQLCL. Ngày",
            "cấp/Nơi cấp: 30/06/2025, Chi cục Quản lý chất lượng",
            "Suối Mơ, ngày 14 tháng 7 năm 2025",
            "2025-07-14",
        ),
        (
            "118/2024/NNPTNT-SL, ngày cấp:",
            "26/11/2024, nơi cấp: Chi cục Quản lý chất lượng nông lâm sản và thủy sản.",
            "Sơn La, ngày 14 tháng 01 năm 2025",
            "2025-01-14",
        ),
    ],
)
def test_a_date_of_the_certificate_that_is_cited_is_not_the_paper_s_own(
    cited: str, below: str, dated: str, issued: str
) -> None:
    lines = ["BẢN TỰ CÔNG BỐ SẢN PHẨM", f"Số Giấy chứng nhận cơ sở đủ điều kiện ATTP: {cited}", below, dated]

    assert fields_of(page(lines))["issued"] == issued


def test_a_list_bears_the_head_of_the_business_that_holds_it() -> None:
    own = page(["HỢP TÁC XÃ DỨA SUỐI MƠ", "DANH SÁCH LAO ĐỘNG"]).model_copy(update={"kind": PageKind.LOCAL_LABOUR})

    assert fields_of(own)["holder"] == "HỢP TÁC XÃ DỨA SUỐI MƠ"


def test_a_form_s_own_code_is_not_the_number_of_the_paper() -> None:
    assert "number" not in fields_of(page(["PHIẾU KẾT QUẢ THỬ NGHIỆM", "BM.15.02", "Trang 1/1"]))


def test_a_name_goes_on_below_it_beside_what_stands_in_the_other_column() -> None:
    left = ["Đơn vị: Hợp tác xã Dịch vụ Nông nghiệp và Chế", "biến thủy sản Bãi Mẫu"]
    right = [
        (1500, 0, "Mẫu số B02 - DNN"),
        (1450, 1, "(Ban hành theo Thông tư số 133/2016/TT-BTC"),
        (1500, 2, "ngày 26/8/2016)"),
    ]
    words: list[Word] = []
    for start, row, text in right:
        for part in text.split(" "):
            box = (start, TOP + row * STEP, start + LETTER * len(part), TOP + row * STEP + SIZE)
            words.append(Word(text=part, box=box, confidence=0.99))
            start += LETTER * (len(part) + 1)

    found = fields_of(page([*left, "", "BÁO CÁO KẾT QUẢ HOẠT ĐỘNG KINH DOANH"], words=words))

    assert found["holder"] == "Hợp tác xã Dịch vụ Nông nghiệp và Chế biến thủy sản Bãi Mẫu"
    assert "issued" not in found  # the day of the circular that is cited


def test_an_issuer_s_name_runs_on_beside_the_motto() -> None:
    words = [
        Word(
            text=part,
            box=(1350 + at * 130, TOP + row * STEP, 1470 + at * 130, TOP + row * STEP + SIZE),
            confidence=0.99,
        )
        for row, line in enumerate(MOTTO)
        for at, part in enumerate(line.split(" "))
    ]
    lines = [
        "SỞ NÔNG NGHIỆP VÀ MÔI",
        "TRƯỜNG TỈNH GIA LAI",
        "CHI CỤC CHẤT LƯỢNG,",
        "CHẾ BIẾN VÀ PHÁT TRIỂN",
        "THỊ TRƯỜNG",
    ]

    found = fields_of(page([*lines, "", "GIẤY CHỨNG NHẬN"], words=words))

    assert found["issuer"] == "CHI CỤC CHẤT LƯỢNG, CHẾ BIẾN VÀ PHÁT TRIỂN THỊ TRƯỜNG"


def test_an_issuer_goes_on_below_itself_past_the_letters_of_its_logo() -> None:
    """A logo with letters at the left, a name over two lines centred below one another, the second from the middle."""
    lines = [
        ("CÔNG TY CỔ PHẦN GIÁM ĐỊNH VÀ CHỨNG", 1004, 386),
        ("VietCert-6", 559, 448),
        ("NHẬN VIỆT PHÚC LÂM", 1244, 456),
        ("GIẤY CHỨNG NHẬN", 1310, 650),
    ]
    words = [
        Word(text=part, box=(left + 30 * start, top, left + 30 * (start + len(part)), top + 60), confidence=0.99)
        for line, left, top in lines
        for part, start in ((part, line.index(part)) for part in line.split(" "))
    ]

    assert fields_of(page([], words=words))["issuer"] == "CÔNG TY CỔ PHẦN GIÁM ĐỊNH VÀ CHỨNG NHẬN VIỆT PHÚC LÂM"


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        (
            ["ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", *MOTTO, "GIẤY CHỨNG NHẬN"],
            "issuer",
            "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        ),
        (
            ["TRUNG TÂM MÃ SỐ, MÃ VẠCH", "", "GIẤY CHỨNG NHẬN", "Số: 031846/2025/GCN-MSMV", "Chứng nhận:"],
            "issuer",
            "TRUNG TÂM MÃ SỐ, MÃ VẠCH",
        ),
        (
            [
                "TRUNG TÂM THỬ NGHIỆM DỆT MAY",
                "",
                "PHIẾU KẾT QUẢ",
                "PHÒNG THỬ NGHIỆM         Thái Nguyên, ngày 17 tháng 6 năm 2026",
            ],
            "issuer",
            "TRUNG TÂM THỬ NGHIỆM DỆT MAY",
        ),
        (
            [
                "CỤC SỞ HỮU TRÍ TUỆ",
                "",
                "GIẤY CHỨNG NHẬN",
                "ĐĂNG KÝ NHÃN HIỆU",
                "Số 561207",
                "Quyết định số: 112054/QĐ-SHTT",
            ],
            "number",
            "561207",
        ),
    ],
)
def test_a_paper_s_own_issuer_and_number_are_told_from_others(lines: list[str], name: str, value: str) -> None:
    assert fields_of(page(lines))[name] == value


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (
            "quality-system",
            [
                "Chứng nhận sản phẩm CHÈ BÚP TƯƠI",
                "VIETGAP (TCVN 11892-1:2017)",
                "Số giấy chứng nhận: 1",
                "Hiệu lực: 2026",
            ],
        ),
        (
            "ocop-certificate",
            ["GIẤY CHỨNG NHẬN", *["Nội dung"] * 24, "ONE COMMUNE ONE PRODUCT OF VIETNAM", "Sản phẩm đạt: 4 sao"],
        ),
        (
            "ocop-certificate",
            ["GIẤY CHỨNG NHẬN", "One Commune On Product of Vietnam", *["Nội dung"] * 24, "Đạt hạng sản phẩm: 4 sao"],
        ),
        (
            "promotion",
            ["Trang chủ   Giới thiệu   Sản phẩm", "Gian hàng tại hội chợ OCOP", "Livestream bán hàng trên mạng xã hội"],
        ),
        ("separator", ["PHẦN II", "TÀI LIỆU MINH CHỨNG"]),
        ("other", ["Hợp đồng này có hiệu lực từ ngày ký.", "Sản phẩm theo tiêu chuẩn VietGAP."]),
    ],
)
def test_a_page_without_a_title_is_known_by_what_it_tells(kind: str, lines: list[str]) -> None:
    assert kind_of(page(lines)).value == kind


def test_a_frame_around_a_certificate_is_no_table() -> None:
    cells = (
        Cell(row=0, col=0, box=(50, 50, 950, 70)),
        Cell(row=1, col=0, box=(70, 70, 930, 1330)),
        Cell(row=2, col=0, box=(50, 1330, 950, 1350)),
    )
    lines = [_line((100, 100 + 60 * row, 600, 130 + 60 * row), text) for row, text in enumerate(("SỞ Y TẾ", "Số: 5"))]

    read = assembled(EMPTY, lines, [Table(box=(50, 50, 950, 1350), cells=cells)])

    assert read.tables == ()
    assert read.text == "SỞ Y TẾ\nSố: 5"


def test_a_frame_of_several_lines_or_parted_by_a_signature_leaves_the_table_inside_it() -> None:
    frame = (Cell(row=0, col=0, box=(50, 50, 950, 1000)), Cell(row=1, col=0, box=(50, 1000, 950, 1350)))
    inner = (Cell(row=0, col=0, box=(100, 300, 400, 360)), Cell(row=0, col=1, box=(400, 300, 800, 360)))
    lines = [
        _line((100, 100, 600, 130), "SỞ Y TẾ"),
        _line((110, 310, 300, 340), "Mã ngành"),
        _line((410, 310, 600, 340), "0149"),
        _line((100, 1100, 600, 1130), "Phạm Văn Mẫu"),
    ]

    read = assembled(
        EMPTY, lines, [Table(box=(50, 50, 950, 1350), cells=frame), Table(box=(100, 300, 800, 360), cells=inner)]
    )

    assert [[cell.text for cell in table.cells] for table in read.tables] == [["Mã ngành", "0149"]]
    assert read.text == "SỞ Y TẾ\nMã ngành\t0149\nPhạm Văn Mẫu"


def test_a_frame_that_the_sides_of_a_stamp_cut_is_no_table() -> None:
    """“SAO Y BẢN CHÍNH” over the frame's corner: all but what the stamp says stands in one cell."""
    cells = (
        Cell(row=0, col=0, box=(50, 50, 700, 90)),
        Cell(row=0, col=1, box=(700, 50, 950, 90)),
        Cell(row=1, col=0, box=(50, 90, 680, 1350)),
        Cell(row=1, col=1, box=(680, 90, 950, 1350)),
    )
    texts = [f"Dòng thứ {row} của giấy" for row in range(12)]
    lines = [_line((100, 100 + 60 * row, 600, 130 + 60 * row), text) for row, text in enumerate(texts)]

    read = assembled(
        EMPTY, [_line((720, 55, 900, 85), "BẢN CHÍNH"), *lines], [Table(box=(50, 50, 950, 1350), cells=cells)]
    )

    assert read.tables == ()
    assert read.text.splitlines() == ["BẢN CHÍNH", *texts]


def test_words_of_a_line_stand_in_the_cells_where_they_were_written() -> None:
    """“Mức công bố | Phương pháp thử”, between which the reader saw no rule."""
    cells = tuple(
        Cell(row=row, col=col, box=(100 + 200 * col, 100 + 50 * row, 300 + 200 * col, 150 + 50 * row))
        for row in range(4)
        for col in range(3)
    )
    words = tuple(
        Word(text=text, box=(left, 110, right, 140), confidence=0.99)
        for text, left, right in (("Mức", 330, 380), ("công", 385, 440), ("bố", 445, 490), ("Phương", 504, 590))
    )
    line = ReadLine((330, 110, 590, 140), 12.0, words, 0.99)

    read = assembled(EMPTY, [line], [Table(box=(100, 100, 700, 300), cells=cells)])

    assert [cell.text for cell in read.tables[0].cells[:3]] == ["", "Mức công bố", "Phương"]

    even = tuple(word.model_copy(update={"box": (left, 110, left + 55, 140)})
                 for word, left in zip(words, (380, 440, 500, 560), strict=True))  # fmt: skip
    read = assembled(
        EMPTY, [ReadLine((380, 110, 615, 140), 12.0, even, 0.99)], [Table(box=(100, 100, 700, 300), cells=cells)]
    )

    assert "Mức công bố Phương" in [cell.text for cell in read.tables[0].cells]  # a rule through them is none


def test_the_ornaments_of_a_frame_are_not_read_as_letters() -> None:
    sides = [_line((x, y, x + 20, y + 20), "0") for x in (60, 910) for y in range(100, 1300, 40)]

    read = assembled(EMPTY, [*sides, _line((200, 300, 600, 330), "GIẤY CHỨNG NHẬN")], [])

    assert read.text == "GIẤY CHỨNG NHẬN"


@pytest.mark.parametrize("drawn", [True, False])
def test_a_score_sheet_s_column_of_points_is_no_ornament(drawn: bool) -> None:
    rows = range(100, 800, 40)
    cells = tuple(
        Cell(row=row, col=column, box=(left, top, right, top + 40))
        for row, top in enumerate(rows)
        for column, (left, right) in enumerate(((50, 850), (850, 950)))
    )
    points = [_line((910, top + 10, 920, top + 30), str(row % 5 + 1)) for row, top in enumerate(rows)]

    read = assembled(EMPTY, points, [Table(box=(50, 100, 950, 820), cells=cells)] if drawn else [])

    assert read.text.split() == [str(row % 5 + 1) for row in range(len(rows))]


def _line(box: tuple[int, int, int, int], text: str) -> ReadLine:
    return ReadLine(box, 12.0, (Word(text=text, box=box, confidence=0.99),), 0.99)


def test_an_ocop_certificate_is_about_what_stands_below_its_rank() -> None:
    lines = [
        "GIẤY CHỨNG NHẬN",
        "SẢN PHẨM OCOP ĐẠT HẠNG 4 SAO",
        "Dịch vụ lưu trú nhà sàn và làm hương Mẫu",
        "thuộc bộ sản phẩm: Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
        "Số: 0415/GCN-OCOP",
    ]

    certificate = page(lines).model_copy(update={"kind": PageKind.OCOP_CERTIFICATE})

    assert fields_of(certificate)["product"] == "Dịch vụ lưu trú nhà sàn và làm hương Mẫu"


def test_a_page_of_a_shop_in_the_net_is_of_the_day_on_which_it_was_printed() -> None:
    lines = [
        "Sàn Chợ Mẫu",
        "Mô tả sản phẩm",
        "Mật ong hoa bạc hà 500 g",
        "315.000 đ",
        "Đã bán 1.274",
        "Gian hàng: Trại ong Mẫu",
        "Tham gia từ: 06/09/2021",
        "Thêm vào giỏ hàng",
        "Minh Quang - 5 sao - 09/03/2025",
        "In lúc 09:42 ngày 19/03/2025 Trang 1/1",
    ]

    assert fields_of(page(lines))["issued"] == "2025-03-19"


def test_a_head_of_office_alone_is_no_issuer() -> None:
    lines = [
        "CHI CỤC CHẤT LƯỢNG, CHẾ BIẾN",
        "GIẤY CHỨNG NHẬN",
        "Chi cục trưởng chứng nhận",
        "Cơ sở: Hợp tác xã Dừa Mẫu",
    ]

    assert fields_of(page(lines))["issuer"] == "CHI CỤC CHẤT LƯỢNG, CHẾ BIẾN"
