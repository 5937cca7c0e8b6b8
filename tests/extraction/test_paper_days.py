"""Which of a paper's dates is its own."""

from datetime import date

import pytest

from extraction.evidence import evidence_fields
from extraction.readings import FieldReading
from tests.extraction.papers import page

HEAD = "Khánh Lâm, ngày 14 tháng 5 năm 2024"


def issued(*lines: str) -> FieldReading | None:
    return next((field for field in evidence_fields(page(lines)) if field.name == "evidence.issued"), None)


@pytest.mark.parametrize(
    "cited",
    [
        "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10 tháng 01 năm 2022 của Chính phủ;",
        "Theo Quyết định số 148/QĐ-TTg ngày 24/02/2023 của Thủ tướng Chính phủ.",
        "Thông tư số 02/2022/TT-BTNMT ngày 10 tháng 01 năm 2022 quy định chi tiết.",
    ],
)
def test_the_date_of_a_law_that_is_cited_is_not_the_paper_s(cited: str) -> None:
    found = issued("ỦY BAN NHÂN DÂN XÃ KHÁNH LÂM", HEAD, "GIẤY XÁC NHẬN", cited, "Cơ sở đã đăng ký môi trường.")

    assert found is not None
    assert (found.value, found.needs_review) == (date(2024, 5, 14), False)


def test_a_date_that_only_a_law_has_is_none_of_the_paper_s() -> None:
    assert issued("GIẤY XÁC NHẬN", "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10 tháng 01 năm 2022;") is None


@pytest.mark.parametrize(
    "head",
    ["Khánh Lâm, ngày tháng 5 năm 2024", "Khánh Lâm, ngày 4ℓ tháng 5 năm 2024", "Khánh Lâm, ngày … tháng … năm 2024"],
)
def test_where_the_day_of_the_head_cannot_be_read_no_other_date_stands_for_it(head: str) -> None:
    found = issued(
        "ỦY BAN NHÂN DÂN XÃ KHÁNH LÂM",
        head,
        "QUYẾT ĐỊNH",
        "Xét đề nghị tại Tờ trình số 12/TTr-KT ngày 07/01/2024 của Phòng Kinh tế.",
    )

    assert found is not None
    assert found.needs_review
    assert found.value is None


def test_the_date_above_the_signature_is_the_paper_s_not_the_end_of_the_year_reported_on() -> None:
    found = issued(
        "BÁO CÁO TÀI CHÍNH",
        "cho năm tài chính kết thúc ngày 31 tháng 12 năm 2021",
        "Long Khê, ngày 30 tháng 3 năm 2022",
    )

    assert found is not None
    assert found.value == date(2022, 3, 30)


def test_a_trademark_is_issued_by_the_decision_it_names() -> None:
    found = issued(
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ NHÃN HIỆU",
        "Số đơn: 4-2022-36584",
        "Cấp theo Quyết định số 74077/QĐ-SHTT, ngày 22/08/2023",
    )

    assert found is not None
    assert found.value == date(2023, 8, 22)


def test_a_cited_law_s_date_that_begins_a_line_is_not_the_paper_s() -> None:
    found = issued(
        "ỦY BAN NHÂN DÂN XÃ KHÁNH LÂM",
        HEAD,
        "GIẤY XÁC NHẬN",
        "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020; Nghị định số",
        "08/2022/NĐ-CP ngày 10 tháng 01 năm 2022 của Chính phủ; xét nội dung bản đăng",
        "ký môi trường của cơ sở.",
    )

    assert found is not None
    assert found.value == date(2024, 5, 14)


@pytest.mark.parametrize(
    ("term", "until"),
    [
        ("Giấy chứng nhận này có hiệu lực 05 năm kể từ ngày cấp.", date(2029, 5, 14)),
        ("Có giá trị 36 tháng kể từ ngày ký ban hành.", date(2027, 5, 14)),
        ("Giấy này có hiệu lực trong thời hạn 03 (ba) năm kể từ ngày ký.", date(2027, 5, 14)),
        ("Thời hạn sử dụng sản phẩm: 24 tháng kể từ ngày sản xuất.", None),
    ],
)
def test_a_term_and_the_day_of_issue_tell_the_last_day_which_is_to_be_looked_at(term: str, until: date | None) -> None:
    lines = ["GIẤY CHỨNG NHẬN", HEAD, term]

    found = next((field for field in evidence_fields(page(lines)) if field.name == "evidence.valid_until"), None)

    assert (None if found is None else found.value) == until
    assert found is None or found.needs_review
