"""Labels that ask for several things at once, and how their answers are parted."""

import pytest

from extraction.fields import form_fields
from extraction.readings import FieldReading, PageKind, PageReading
from tests.extraction.papers import page, table


def told(asked: PageReading, kind: PageKind = PageKind.REGISTRATION_FORM) -> dict[str, FieldReading]:
    found: dict[str, FieldReading] = {}
    for field in form_fields(asked, kind):
        found.setdefault(field.name, field)
    return found


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (
            "đ) Điện thoại, Email: 0259.355.0762; det.mau@example.vn",
            {"applicant.phone": "02593550762", "applicant.email": "det.mau@example.vn"},
        ),
        (
            "c) Họ tên, chức vụ người đại diện pháp lý: Đàng Thị Kiều-My – Chủ doanh nghiệp",
            {"representative.name": "Đàng Thị Kiều-My", "representative.position": "Chủ doanh nghiệp"},
        ),
        (
            "Tên chủ thể, loại hình: Cơ sở Bánh tráng Hà Văn Mẫu (hộ kinh doanh)",
            {"applicant.name": "Cơ sở Bánh tráng Hà Văn Mẫu", "applicant.organisation_type": "hộ kinh doanh"},
        ),
        (
            "5. Họ tên, giới tính, dân tộc, nơi thường trú: Sơn Mẫu, Nam, Khmer, ấp Ô Lắc, xã Mẫu, tỉnh Vĩnh Long",
            {
                "representative.name": "Sơn Mẫu",
                "representative.gender": "Nam",
                "representative.ethnicity": "Khmer",
                "representative.address": "ấp Ô Lắc, xã Mẫu, tỉnh Vĩnh Long",
            },
        ),
    ],
)
def test_each_part_of_the_label_gets_its_part_of_the_answer(line: str, values: dict[str, str]) -> None:
    found = told(page([line]))

    assert {name: found[name].value for name in values} == values
    assert not any(found[name].needs_review for name in values)


def test_a_cell_may_ask_for_several_things() -> None:
    rows, words = table(
        [
            ("1. Chủ thể", "Công ty TNHH Dừa sáp Mẫu"),
            ("2. Điện thoại - Email", "0212.3550.417 - info@mau.example"),
            ("3. Tên sản phẩm, quy cách, tiêu chuẩn", "Kẹo dừa sáp Mẫu; hộp 300 g; TCCS 01:2026"),
        ]
    )

    found = told(page([], tables=[rows], words=words))

    assert found["applicant.phone"].value == "02123550417"
    assert found["applicant.email"].value == "info@mau.example"
    assert found["product.name"].value == "Kẹo dừa sáp Mẫu"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("7. Tên sản phẩm, quy cách, tiêu chuẩn: Mật ong – hoa rừng; chai 500 ml; TCCS 01:2025", "Mật ong – hoa rừng"),
        ("7. Tên sản phẩm, quy cách: Nước mắm Mẫu – ủ chượp 12 tháng, chai 500 ml", "Nước mắm Mẫu – ủ chượp 12 tháng"),
        ("7. Tên sản phẩm, quy cách: Trà gừng Mẫu", "Trà gừng Mẫu"),
    ],
)  # fmt: skip
def test_of_a_product_only_its_name_is_kept(line: str, name: str) -> None:
    assert told(page([line]), PageKind.SELF_ASSESSMENT)["product.name"].value == name


def test_an_answer_that_cannot_be_parted_is_looked_at() -> None:
    found = told(page(["Tên sản phẩm, quy cách: Bánh tráng, mè đen, dừa"]))

    assert found["product.name"].needs_review
    assert "hỏi nhiều điều" in (found["product.name"].reason or "")


def test_a_label_that_names_one_thing_in_several_words_is_one() -> None:
    found = told(page(["Mã số thuế/Mã số doanh nghiệp: 4500638217"]))

    assert found["applicant.tax_code"].value == "4500638217"
