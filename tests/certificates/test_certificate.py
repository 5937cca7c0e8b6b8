"""What a certificate states, who may issue it, and how long it holds."""

from datetime import date
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.certificate import Certificate, authority_for, check_authority, state, valid_until
from certificates.errors import NoCertificate, WrongAuthority
from certificates.statement import LONGEST, make_statement, read_statement

CERTIFICATE = Certificate(
    number="OCOP-2026-00017",
    assessment_id=UUID("5c0ffee0-0000-4000-8000-0000000000a1"),
    product="Mít sấy giòn Tân Hòa",
    applicant="Hợp tác xã Nông nghiệp Tân Hòa Xanh",
    address="Thôn 4, xã Tân Hòa, tỉnh Lâm Đồng",
    stars=4,
    authority="province",
    issuing_body="Ủy ban nhân dân tỉnh Lâm Đồng",
    rulebook="QĐ 26/2026/QĐ-TTg",
    year=2026,
    issued_on=date(2026, 8, 5),
    valid_until=date(2029, 8, 5),
)


@pytest.mark.parametrize(
    ("issued", "until"),
    [
        (date(2026, 8, 5), date(2029, 8, 5)),  # as recorded of real products: the same day number
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2029, 12, 31)),
    ],
)
def test_a_certificate_holds_36_months_to_the_day(issued: date, until: date) -> None:
    assert valid_until(issued) == until


def test_it_is_good_on_its_last_day_and_expired_the_day_after() -> None:
    until = date(2029, 8, 5)

    assert state(until, None, date(2029, 8, 5)) == "valid"
    assert state(until, None, date(2029, 8, 6)) == "expired"
    assert state(until, date(2027, 1, 1), date(2029, 8, 6)) == "revoked"


@pytest.mark.parametrize(
    ("stars", "level", "authority"),
    [
        (3, "province", "province"),
        (4, "province", "province"),
        (5, "province", None),  # forwarded to the ministry first
        (5, "ministry", "ministry"),
        (4, "ministry", "province"),  # under 90 at the ministry: the Chairman may certify on that result
    ],
)
def test_three_and_four_stars_are_the_province_s_five_the_ministry_s(
    stars: int, level: str, authority: str | None
) -> None:
    assert authority_for(stars, level) == authority  # type: ignore[arg-type]


def test_under_three_stars_there_is_no_certificate() -> None:
    with pytest.raises(NoCertificate, match="chỉ từ 3 sao"):
        authority_for(2, "province")


def test_a_province_may_not_certify_five_stars() -> None:
    with pytest.raises(WrongAuthority):
        check_authority(5, "province")


def test_the_canonical_bytes_are_sorted_utf_8_without_blanks() -> None:
    assert CERTIFICATE.canonical().startswith('{"address":"Thôn 4, xã Tân Hòa, tỉnh Lâm Đồng","applicant":'.encode())


def test_the_statement_in_the_qr_code_is_verified_without_a_network() -> None:
    key = Ed25519PrivateKey.generate()

    statement = make_statement(CERTIFICATE, key)
    read = read_statement(statement, key.public_key())

    assert read is not None
    assert (read.number, read.product, read.stars) == ("OCOP-2026-00017", "Mít sấy giòn Tân Hòa", 4)
    assert read.valid_until == date(2029, 8, 5)


def test_a_changed_or_foreign_statement_is_refused() -> None:
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    statement = make_statement(CERTIFICATE, key)
    changed = statement[:-6] + ("A" if statement[-6] != "A" else "B") + statement[-5:]

    assert read_statement(changed, key.public_key()) is None
    assert read_statement(statement, other.public_key()) is None
    assert read_statement("không phải mã", key.public_key()) is None


def test_the_longest_product_name_still_fits_the_qr_code() -> None:
    long = CERTIFICATE.model_copy(update={"product": "Mứt gừng dẻo đặc biệt " * 20, "number": "OCOP-2026-BNNMT-0001"})

    statement = make_statement(long, Ed25519PrivateKey.generate())

    assert len(statement) <= LONGEST
