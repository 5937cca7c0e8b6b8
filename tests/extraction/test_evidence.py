"""Evidence papers as different offices word them: what kind they are, and their decisive fields."""

import pytest

from extraction.evidence import evidence_fields
from extraction.issuers import with_official_words
from extraction.kinds import kind_of
from extraction.readings import PageKind
from tests.extraction.papers import page

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]

PAPERS: dict[str, tuple[list[str], dict[str, str]]] = {
    "business-registration": (
        [
            "ỦY BAN NHÂN DÂN XÃ SUỐI MƠ",
            *MOTTO,
            "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
            "Số: 57E8001234",
            "Đăng ký lần đầu, ngày 12 tháng 5 năm 2020",
            "1. Tên hộ kinh doanh: CƠ SỞ SẤY DỨA THỬ",
        ],
        {
            "number": "57E8001234",
            "issuer": "ỦY BAN NHÂN DÂN XÃ SUỐI MƠ",
            "holder": "CƠ SỞ SẤY DỨA THỬ",
            "issued": "2020-05-12",
        },
    ),
    "test-report": (
        [
            "TRUNG TÂM KỸ THUẬT ĐO LƯỜNG THỬ NGHIỆM",
            "KT9-01234ATP5/1",
            "PHIẾU KẾT QUẢ THỬ NGHIỆM",
            "1. Tên mẫu : DỨA SẤY DẺO",
            "2. Số lượng mẫu : 01",
            "3. Ngày nhận mẫu : 05/03/2026",
            "5. Nơi gửi mẫu : HỢP TÁC XÃ DỨA SUỐI MƠ",
            "TP. Hồ Chí Minh, ngày 13/03/2026",
        ],
        {
            "number": "KT9-01234ATP5/1",
            "issuer": "TRUNG TÂM KỸ THUẬT ĐO LƯỜNG THỬ NGHIỆM",
            "holder": "HỢP TÁC XÃ DỨA SUỐI MƠ",
            "product": "DỨA SẤY DẺO",
            "issued": "2026-03-13",
        },
    ),
    "quality-system": (
        [
            "CÔNG TY CỔ PHẦN CHỨNG NHẬN MẪU",
            "GIẤY CHỨNG NHẬN",
            "Chứng nhận hệ thống quản lý an toàn thực phẩm của",
            "HỢP TÁC XÃ DỨA SUỐI MƠ",
            "Phạm vi chứng nhận: Sản xuất dứa sấy",
            "Giấy chứng nhận số: HACCP-0123",
            "Hiệu lực từ ngày 01/06/2025 đến ngày 31/05/2028",
        ],
        {
            "number": "HACCP-0123",
            "issuer": "CÔNG TY CỔ PHẦN CHỨNG NHẬN MẪU",
            "holder": "HỢP TÁC XÃ DỨA SUỐI MƠ",
            "product": "Sản xuất dứa sấy",
            "issued": "2025-06-01",
            "valid_until": "2028-05-31",
        },
    ),
    "intellectual-property": (
        [
            "CỤC SỞ HỮU TRÍ TUỆ",
            "GIẤY CHỨNG NHẬN",
            "ĐĂNG KÝ NHÃN HIỆU",
            "Số: 412345",
            "Chủ giấy chứng nhận: Hợp tác xã Dứa Suối Mơ",
            "Số đơn: 4-2021-12345",
            "Cấp theo Quyết định số: 1234/QĐ-SHTT, ngày 05/05/2023",
        ],
        {
            "number": "412345",
            "issuer": "CỤC SỞ HỮU TRÍ TUỆ",
            "holder": "Hợp tác xã Dứa Suối Mơ",
            "issued": "2023-05-05",
        },
    ),
    "production-eligibility": (
        [
            "CHI CỤC QUẢN LÝ CHẤT LƯỢNG",
            *MOTTO,
            "GIẤY CHỨNG NHẬN",
            "CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM",
            "Cơ sở: HTX Dứa Suối Mơ",
            "Mã số: 12/NN-93",
            "Đủ điều kiện an toàn thực phẩm để sản xuất, kinh doanh sản phẩm:",
            "Dứa sấy dẻo",
            "Số cấp: 012/2024/NN-LĐ",
            "Có hiệu lực đến ngày 15 tháng 8 năm 2027",
            "Lâm Đồng, ngày 15 tháng 8 năm",
            "2024",
        ],
        {
            "number": "012/2024/NN-LĐ",
            "issuer": "CHI CỤC QUẢN LÝ CHẤT LƯỢNG",
            "holder": "HTX Dứa Suối Mơ",
            "product": "Dứa sấy dẻo",
            "issued": "2024-08-15",
            "valid_until": "2027-08-15",
        },
    ),
    "award": (
        [
            "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
            "GIẤY CHỨNG NHẬN",
            "Sản phẩm công nghiệp nông thôn tiêu biểu năm 2024",
            "Sản phẩm: Dứa sấy dẻo",
            "Của: HTX Dứa Suối Mơ",
            "Quyết định số: 1500/QĐ-UBND ngày 20/10/2024",
        ],
        {
            "number": "1500/QĐ-UBND",
            "issuer": "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
            "holder": "HTX Dứa Suối Mơ",
            "product": "Dứa sấy dẻo",
            "issued": "2024-10-20",
        },
    ),
    "market": (
        [*MOTTO, "HỢP ĐỒNG MUA BÁN", "Số: 22/HĐMB/2025", "Bên A: HTX Dứa Suối Mơ", "Bên B: Siêu thị Thử Nghiệm"],
        {"number": "22/HĐMB/2025", "holder": "HTX Dứa Suối Mơ"},
    ),
    "story": (["CÂU CHUYỆN SẢN PHẨM", "DỨA SẤY DẺO SUỐI MƠ", "Từ bao đời nay, người dân gắn bó với cây dứa."], {}),
}


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_known_and_gives_its_decisive_fields(kind: str) -> None:
    lines, expected = PAPERS[kind]
    paper = page(lines)

    assert kind_of(paper).value == kind
    assert {field.name.removeprefix("evidence."): str(field.value) for field in evidence_fields(paper)} == expected


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("business-registration", "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ"),
        ("production-eligibility", "GIẤY PHÉP SẢN XUẤT RƯỢU THỦ CÔNG NHẰM MỤC ĐÍCH KINH DOANH"),
        ("material-origin", "HỢP ĐỒNG LIÊN KẾT SẢN XUẤT VÀ TIÊU THỤ SẢN PHẨM"),
        ("environment", "GIẤY XÁC NHẬN ĐĂNG KÝ BẢN CAM KẾT BẢO VỆ MÔI TRƯỜNG"),
        ("local-labour", "DANH SÁCH LAO ĐỘNG THAM GIA BẢO HIỂM XÃ HỘI"),
        ("business-growth", "BÁO CÁO TÀI CHÍNH NĂM 2025"),
        ("intellectual-property", "BẰNG ĐỘC QUYỀN KIỂU DÁNG CÔNG NGHIỆP"),
        ("market", "HÓA ĐƠN GIÁ TRỊ GIA TĂNG"),
        ("promotion", "HÌNH ẢNH HOẠT ĐỘNG QUẢNG BÁ SẢN PHẨM"),
        ("quality-declaration", "BẢN TỰ CÔNG BỐ SẢN PHẨM"),
        ("barcode-traceability", "GIẤY XÁC NHẬN SỬ DỤNG TEM TRUY XUẤT NGUỒN GỐC"),
        ("quality-system", "GIẤY CHỨNG NHẬN SẢN PHẨM HỮU CƠ"),
        ("local-labour", "BẢNG KÊ LAO ĐỘNG THAM GIA BẢO HIỂM XÃ HỘI"),
        ("business-growth", "BÁO CÁO TÌNH HÌNH TÀI CHÍNH HAI NĂM GẦN NHẤT"),
        ("business-growth", "BẢNG TỔNG HỢP DOANH THU BÁN HÀNG"),
        ("market", "BẢN GHI NHỚ HỢP TÁC PHÂN PHỐI"),
        ("award", "GIẤY CHỨNG NHẬN GIẢI NHÌ"),
        ("award", "VỀ VIỆC CÔNG NHẬN LÀNG NGHỀ TRUYỀN THỐNG"),
        ("quality-declaration", "MẪU NHÃN SẢN PHẨM"),
        ("material-origin", "HỢP ĐỒNG TRỒNG VÀ THU MUA BÔNG, LÁ CHÀM"),
        ("story", "Câu chuyện về giọt mắm làng Hải Thắng"),
        ("other", "TỜ TRÌNH VỀ VIỆC BỔ SUNG KINH PHÍ"),
    ],
)
def test_papers_are_known_by_their_titles(kind: str, title: str) -> None:
    prose = ["Căn cứ các quy định hiện hành và đề nghị của cơ sở, cơ quan cấp giấy như sau."] * 3

    assert kind_of(page([*MOTTO, title, *prose])).value == kind


def test_dates_in_the_wrong_order_are_both_doubted() -> None:
    lines = ["GIẤY CHỨNG NHẬN", "Ngày cấp: 15/08/2024", "Có giá trị đến ngày 15/08/2021"]

    fields = {field.name: field for field in evidence_fields(page(lines))}

    assert fields["evidence.issued"].needs_review
    assert fields["evidence.valid_until"].needs_review


def test_a_date_that_cannot_be_read_is_not_replaced_by_another() -> None:
    lines = ["PHIẾU KẾT QUẢ THỬ NGHIỆM", "Ngày nhận mẫu: 12/05/2026", "Cà Mau, ngàx 71 tháng 05 năm 2026"]

    issued = next(field for field in evidence_fields(page(lines)) if field.name == "evidence.issued")

    assert issued.value is None
    assert issued.needs_review


HOLDER, PRODUCT = "Hợp tác xã Dứa Suối Mơ", "Dứa sấy dẻo Suối Mơ"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["CÂU CHUYỆN SẢN PHẨM", "DỨA SẤY DẺO SUỐI MƠ", "Từ bao đời nay …"], {"product": "DỨA SẤY DẺO SUỐI MƠ"}),
        (
            ["Điều 1. Bên A mua dứa tươi để sản xuất sản phẩm Dứa sấy dẻo", "Suối Mơ, sản lượng 10 tấn."],
            {"product": PRODUCT},
        ),
        (["Nhân vật chính là Hợp tác xã Dứa Suối Mơ, đơn vị tiên phong."], {"holder": HOLDER}),
        (["Bà con sấy dứa. Dẻo thơm suối mơ, ai cũng nhớ."], {}),
    ],
)
def test_names_that_the_forms_tell_are_found_in_a_paper_s_sentences(lines: list[str], expected: dict[str, str]) -> None:
    known = {"evidence.holder": HOLDER, "evidence.product": PRODUCT}

    found = {field.name.removeprefix("evidence."): field.value for field in evidence_fields(page(lines), known)}

    assert found == expected


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["SỞ CÔNG THƯƠNG TỈNH LÂM ĐỒNG", "TRUNG TÂM XÚC TIẾN THƯƠNG", "MẠI"], "TRUNG TÂM XÚC TIẾN THƯƠNG MẠI"),
        (["BỘ Y TẾ", "CỤC AN TOÀN THỰC PHẨM"], "CỤC AN TOÀN THỰC PHẨM"),
        (["BỘ KHOA HỌC VÀ CÔNG NGHỆ", "CỤC SỞ HỮU TRÍ TUỆ"], "CỤC SỞ HỮU TRÍ TUỆ"),
        (["ỦY BAN NHÂN DÂN", "XÃ TÂN HÒA"], "ỦY BAN NHÂN DÂN XÃ TÂN HÒA"),
        (["UBND TỈNH LÂM ĐỒNG", "SỞ Y TẾ"], "SỞ Y TẾ"),
        (["Sở Công Thương tỉnh Lâm Đồng xác nhận đơn vị sau đã tham gia hội chợ:"], "Sở Công Thương tỉnh Lâm Đồng"),
        (
            ["Chi cục Quản lý chất lượng nông lâm sản và thủy sản", "tỉnh Lâm Đồng chứng nhận:"],
            "Chi cục Quản lý chất lượng nông lâm sản và thủy sản tỉnh Lâm Đồng",
        ),
        (["Cơ sở đã được cấp giấy chứng nhận đủ điều kiện."], None),
        (["Trung tâm Chứng nhận chất lượng quốc tế TQC"], None),
    ],
)
def test_the_issuer_is_who_attests_or_the_lower_body_of_the_letter_head(lines: list[str], issuer: str | None) -> None:
    found = {field.name: field.value for field in evidence_fields(page([*lines, "Nội dung khác."]))}

    assert found.get("evidence.issuer") == issuer


def test_a_registration_number_whose_check_digit_is_wrong_is_doubted() -> None:
    def reason(number: str) -> str | None:
        lines = ["GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", f"Mã số doanh nghiệp: {number}"]
        paper = page(lines).model_copy(update={"kind": PageKind.BUSINESS_REGISTRATION})
        return evidence_fields(paper)[0].reason

    assert reason("6007442907") is None
    assert reason("6007442900") == "Mã số thuế sai chữ số kiểm tra; có chữ số bị đọc nhầm."
    assert reason("57E8001234") is None


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("ỦY BAN NHÂN DẬN TỈNH ĐỒNG THÁP", "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP"),
        ("Uỷ ban nhân dân tinh Tuyên Quang", "Ủy ban nhân dân tỉnh Tuyên Quang"),
        ("Công ty TNHH Nhân Dan", "Công ty TNHH Nhân Dan"),
        ("Ủy ban Mặt trận", "Ủy ban Mặt trận"),
        ("UBND TỈNH BÁC NINH", "UBND TỈNH BẮC NINH"),
    ],
)
def test_the_fixed_words_of_an_authority_s_name_are_known(read: str, meant: str) -> None:
    assert with_official_words(read) == meant


def test_a_title_is_no_holder_and_a_number_s_label_no_issuer() -> None:
    reading = page(
        [
            "GIẤY CHỨNG NHẬN",
            "CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM",
            "• Cơ sở: HTX Dứa Suối Mơ",
            "• Số chứng nhận: ATTP-27/2025",
        ]
    )

    found = {field.name: field.value for field in evidence_fields(reading)}

    assert found == {"evidence.holder": "HTX Dứa Suối Mơ", "evidence.number": "ATTP-27/2025"}


@pytest.mark.parametrize("label", ["Mã số DN", "Mã số HTX", "Mã số doanh nghiệp"])
def test_a_business_is_registered_under_its_code_however_its_label_is_shortened(label: str) -> None:
    found = evidence_fields(page(["GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", f"{label}: 0100112437"]))

    assert [field.value for field in found if field.name == "evidence.number"] == ["0100112437"]


def test_a_number_beside_the_issuer_s_name_is_told_from_it() -> None:
    head = "TRUNG TÂM CHỨNG NHẬN CHẤT LƯỢNG TQC Mã số chứng nhận: TQC-214-25"
    found = {field.name: field.value for field in evidence_fields(page([head, "CHỨNG NHẬN", "Nội dung khác."]))}

    assert found == {"evidence.issuer": "TRUNG TÂM CHỨNG NHẬN CHẤT LƯỢNG TQC", "evidence.number": "TQC-214-25"}


def test_a_number_that_a_line_s_end_broke_is_doubted() -> None:
    [number] = evidence_fields(page(["Số giấy chứng nhận: TQC-214-"]))

    assert number.needs_review


def test_a_country_and_a_list_number_are_no_part_of_names() -> None:
    lines = ["GIẤY CHỨNG NHẬN", "Chủ Giấy chứng nhận: Hợp tác xã Tân Hòa (VN)", "Sản phẩm: 1. Mít sấy giòn Tân Hòa"]

    found = {field.name: field.value for field in evidence_fields(page(lines))}

    assert found["evidence.holder"] == "Hợp tác xã Tân Hòa"
    assert found["evidence.product"] == "Mít sấy giòn Tân Hòa"


def test_a_name_that_is_only_the_beginning_of_the_applicant_s_is_doubted() -> None:
    lines = ["GIẤY CHỨNG NHẬN", "Cơ sở: Hợp tác xã Nông nghiệp"]
    known = {"evidence.holder": "Hợp tác xã Nông nghiệp Tân Hòa Xanh"}

    found = {field.name: field for field in evidence_fields(page(lines), known)}

    assert found["evidence.holder"].needs_review


def test_an_office_s_usual_words_are_put_right_and_shown() -> None:
    lines = ["TRUNG TẬM CHỨNG NHẠN MẪU", "GIẤY CHỨNG NHẬN", "Nội dung khác."]

    issuer = next(field for field in evidence_fields(page(lines)) if field.name == "evidence.issuer")

    assert issuer.value == "TRUNG TÂM CHỨNG NHẬN MẪU"
    assert issuer.reason == "Đọc là “TRUNG TẬM CHỨNG NHẠN MẪU”, hiểu là “TRUNG TÂM CHỨNG NHẬN MẪU”."


def test_a_province_that_is_nearly_one_casts_doubt_on_the_issuer() -> None:
    lines = ["SỞ CÔNG THƯƠNG TỈNH LÂM ĐÒNGG", "GIẤY XÁC NHẬN", "Nội dung khác."]

    issuer = next(field for field in evidence_fields(page(lines)) if field.name == "evidence.issuer")

    assert issuer.needs_review
    assert "Lâm Đồng" in str(issuer.reason)


def test_another_decree_s_form_number_outweighs_no_title() -> None:
    """Mẫu số 01 of NĐ 15/2018/NĐ-CP is the self-declaration, that of QĐ 26/2026/QĐ-TTg the registration form."""
    declaration = page(["Mẫu số 01", *MOTTO, "BẢN TỰ CÔNG BỐ SẢN PHẨM", "Số: 02/HTX/2025"])

    assert kind_of(declaration) is PageKind.QUALITY_DECLARATION
    assert (
        kind_of(page(["Mẫu số 01", *MOTTO, "Tên đơn vị: HTX Dứa", "Tên sản phẩm: Dứa sấy"]))
        is PageKind.REGISTRATION_FORM
    )


def test_a_cover_that_lists_the_forms_is_none_of_them() -> None:
    forms = ["I. Phiếu đăng ký (Mẫu số 01)", "II. Báo cáo tự đánh giá (Mẫu số 02)", "III. Báo cáo của xã (Mẫu số 03)"]
    papers = [f"MC-{number:02}: Giấy chứng nhận, hợp đồng, phiếu kết quả và ảnh chụp" for number in range(1, 13)]

    assert kind_of(page(["HTX NÀ PHIÊNG", "HỒ SƠ SẢN PHẨM", "DANH MỤC TÀI LIỆU", *forms, *papers])) is PageKind.COVER


@pytest.mark.parametrize("title", ["HỒ SƠ ĐĂNG KÝ NÂNG HẠNG", "HỒ SƠ ĐÁNH GIÁ LẠI SẢN PHẨM OCOP"])
def test_a_cover_is_known_by_whatever_round_it_names(title: str) -> None:
    assert kind_of(page(["HỘ KINH DOANH SUỐI MƠ", title, "Rượu nếp than", "VĨNH LONG - 2026"])) is PageKind.COVER
