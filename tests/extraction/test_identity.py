"""Numbers that carry their own check, and names of places."""

import pytest

from extraction import values
from extraction.communes import commune_complaint, communes
from extraction.fields import form_fields
from extraction.provinces import merged_complaint
from extraction.readings import PageKind
from tests.extraction.papers import page


@pytest.mark.parametrize(
    ("raw", "content"),
    [
        ("0300588569", "0300588569"),
        ("0300 588 569", "0300588569"),
        ("0300588569-001", "0300588569-001"),
        ("0300588569001", "0300588569-001"),
        ("068199000123", "068199000123"),
    ],
)
def test_tax_codes_have_ten_digits_a_branch_or_are_personal_ids(raw: str, content: str) -> None:
    read = values.tax_code(raw)

    assert read.content == content
    assert read.reason is None


@pytest.mark.parametrize("raw", ["0300588568", "0300588659", "1300588569", "030058856g", "03005885690", "999199000123"])
def test_a_tax_code_with_a_wrong_digit_is_doubted(raw: str) -> None:
    assert values.tax_code(raw).reason is not None


@pytest.mark.parametrize(
    ("raw", "good"),
    [
        ("068 199 000 123", True),
        ("068199000123 cấp ngày 01/01/2022", True),
        ("250123456", True),
        ("06819900012", False),
        ("005199000123", False),
        ("068999000123", False),
    ],
)
def test_a_personal_id_has_twelve_digits_a_province_and_a_century(raw: str, good: bool) -> None:
    assert (values.personal_id(raw).reason is None) == good


@pytest.mark.parametrize(
    ("raw", "good"),
    [
        ("0912 000 345", True),
        ("+84 912 000 345", True),
        ("0263 3 822 334", True),
        ("091200034", False),
        ("0112000345", False),
    ],
)
def test_telephone_numbers_have_the_digits_of_their_kind(raw: str, good: bool) -> None:
    assert (values.phone(raw).reason is None) == good


@pytest.mark.parametrize(
    ("raw", "good"),
    [
        ("htx.tanhoa@example.vn", True),
        ("lan91@outlook.com", True),
        ("lan9l@outlook.com", False),
        ("lan91@ouflook.com", False),
        ("lan91@gmailcom", False),
    ],
)
def test_addresses_that_nearly_are_another_are_doubted(raw: str, good: bool) -> None:
    assert (values.email(raw).reason is None) == good


def test_marks_in_an_address_are_dropped_and_doubted() -> None:
    found = values.email("Yên. đôngxuân75@gmail.com")

    assert found.content == "yen.dongxuan75@gmail.com"
    assert found.reason is not None
    assert "có dấu" in found.reason


def test_tax_code_and_personal_id_stand_behind_their_labels() -> None:
    lines = ["PHIẾU ĐĂNG KÝ", "Số CCCD: 068199000123; Mã số thuế: 0300588569"]

    found = {field.name: field.value for field in form_fields(page(lines), PageKind.REGISTRATION_FORM)}

    assert found["applicant.tax_code"] == "0300588569"
    assert found["representative.personal_id"] == "068199000123"


def test_a_paper_number_has_no_tone_marks() -> None:
    assert values.code("1044/KQTN-2026").reason is None
    assert values.code("012/QĐ-UBND").reason is None
    assert values.code("1044/KỌTN-2026").reason is not None


def test_a_gap_between_a_number_s_digits_may_have_been_a_hyphen() -> None:
    assert values.code("4-0470289 000").reason is not None
    assert values.code("12 / QĐ-UBND").reason is None


@pytest.mark.parametrize(
    ("raw", "content", "doubted"),
    [
        ("LÂM ĐỒNG", "Lâm Đồng", False),
        ("Lam Dong", "Lâm Đồng", False),
        ("Thanh Hoá", "Thanh Hóa", False),
        ("Lâm Đông", "Lâm Đồng", True),
        ("Lăm Đồnq", "Lăm Đồnq", True),
    ],
)
def test_a_misread_province_is_understood_but_doubted(raw: str, content: str, doubted: bool) -> None:
    read = values.province(raw)

    assert (read.content, read.reason is not None) == (content, doubted)


def test_a_province_that_is_no_more_holds_no_round() -> None:
    assert "Lâm Đồng" in (merged_complaint("Đắk Nông", 2026) or "")
    assert merged_complaint("Đắk Nông", 2024) is None
    assert merged_complaint("Lâm Đồng", 2026) is None


def test_a_commune_that_nearly_is_one_of_the_province_is_suggested() -> None:
    assert len(communes()) == 34
    assert "Đơn Dương" in (commune_complaint("Đơn Dươnq", "Lâm Đồng") or "")
    assert commune_complaint("Đơn Dương", "Lâm Đồng") is None
    assert commune_complaint("Nơi Không Có", "Lâm Đồng") is None


def test_a_misread_letter_of_a_well_known_host_is_put_right_and_looked_at() -> None:
    found = values.email("duyen.hoathuan93@ouflook.com")

    assert found.content == "duyen.hoathuan93@outlook.com"
    assert found.reason is not None
    assert values.email("lan@ourlook.vn").content == "lan@ourlook.vn"
