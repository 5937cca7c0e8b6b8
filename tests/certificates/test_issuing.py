"""From a council's result to a signed certificate that anybody can check."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.statement import read_statement
from tests.certificates.conftest import Registry, rated


def pdf_of(registry: Registry, number: object) -> bytes:
    answer = registry.client.get(f"/api/v1/certificates/{number}.pdf", headers=registry.as_("clerk"))
    assert answer.status_code == 200
    return answer.content


def test_a_four_star_result_gets_a_certificate_of_the_province(registry: Registry) -> None:
    registry.hears(rated(4))

    [certificate] = registry.all()
    assert certificate["number"] == "OCOP-2026-00001"
    assert certificate["issuing_body"] == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert (certificate["issued_on"], certificate["valid_until"]) == ("2026-08-05", "2029-08-05")
    assert certificate["status"] == "valid"


def test_the_issue_day_is_the_day_in_vietnam(registry: Registry) -> None:
    registry.now = datetime(2026, 8, 5, 17, 30, tzinfo=UTC)  # 00:30 on the 6th

    registry.hears(rated(3))

    assert registry.all()[0]["issued_on"] == "2026-08-06"


@pytest.mark.parametrize(("stars", "level"), [(1, "province"), (2, "province"), (5, "province")])
def test_too_few_stars_or_a_result_for_the_ministry_get_none(registry: Registry, stars: int, level: str) -> None:
    registry.hears(rated(stars, level))

    assert registry.all() == []


def test_the_ministry_certifies_five_stars_with_its_own_numbers(registry: Registry) -> None:
    registry.hears(rated(5, "ministry"))

    [certificate] = registry.all()
    assert certificate["number"] == "OCOP-2026-BNNMT-0001"
    assert certificate["issuing_body"] == "Bộ Nông nghiệp và Môi trường"


def test_a_redelivered_result_gets_no_second_certificate(registry: Registry) -> None:
    result = rated(4)

    for _ in range(3):
        registry.hears(result)
    registry.hears(result.model_copy(update={"event_id": rated().event_id}))  # even under another event's id

    assert [each["number"] for each in registry.all()] == ["OCOP-2026-00001"]


def test_numbers_are_given_once_however_many_results_come_at_a_time(registry: Registry) -> None:
    results = [rated(3) for _ in range(6)]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(registry.hears, [*results, *results]))

    numbers = sorted(str(each["number"]) for each in registry.all())
    assert numbers == [f"OCOP-2026-{serial:05d}" for serial in range(1, 7)]


def test_the_page_says_what_was_decided_and_that_the_key_is_a_demo(registry: Registry) -> None:
    registry.hears(rated(4))

    document = pypdfium2.PdfDocument(pdf_of(registry, "OCOP-2026-00001"))
    text = " ".join(document[0].get_textpage().get_text_range().split())

    assert len(document) == 1
    for words in (
        "Mít sấy giòn Tân Hòa",
        "Hợp tác xã Nông nghiệp Tân Hòa Xanh",
        "4 sao",
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        "Lâm Đồng, ngày 05 tháng 8 năm 2026",
        "OCOP-2026-00001",
        "không có giá trị pháp lý",
    ):
        assert words in text


def test_the_signature_covers_the_whole_file_and_breaks_when_it_is_changed(registry: Registry) -> None:
    registry.hears(rated(4))
    pdf = pdf_of(registry, "OCOP-2026-00001")

    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    assert status.intact
    assert status.valid
    assert status.coverage.name == "ENTIRE_FILE"

    place = pdf.index(b"/MediaBox")
    changed = pdf[:place] + b"/MediaB0x" + pdf[place + 9 :]
    [broken] = PdfFileReader(io.BytesIO(changed), strict=False).embedded_signatures
    assert not validate_pdf_signature(broken, context).intact


def test_the_qr_code_leads_to_the_verify_page_and_carries_the_statement(registry: Registry, tmp_path: Path) -> None:
    registry.hears(rated(4))
    page = pypdfium2.PdfDocument(pdf_of(registry, "OCOP-2026-00001"))[0]

    [code] = zxingcpp.read_barcodes(page.render(scale=3).to_pil())

    address, statement = code.text.split("#")
    assert address == "http://127.0.0.1:8080/verify/OCOP-2026-00001"
    signer = next(
        handler.issuing.signer for handler in registry.room.service.handlers.values() if hasattr(handler, "issuing")
    )
    read = read_statement(statement, signer.statement_public)
    assert read is not None
    assert read.number == "OCOP-2026-00001"


def test_anybody_may_verify_and_sees_only_what_is_printed(registry: Registry) -> None:
    registry.hears(rated(4))

    answer = registry.client.get("/api/v1/verify/OCOP-2026-00001")

    assert answer.json()["status"] == "valid"
    assert set(answer.json()) == {
        "number", "status", "product", "applicant", "stars", "issued_on", "valid_until", "authority", "sha256",
        "issuing_body", "revoked_on",
    }  # fmt: skip
    assert registry.client.get("/api/v1/verify/OCOP-2026-99999").status_code == 404
    assert registry.client.get("/api/v1/certificates").status_code == 401


def test_a_file_is_ours_only_if_every_byte_is(registry: Registry) -> None:
    registry.hears(rated(4))
    pdf = pdf_of(registry, "OCOP-2026-00001")

    good = registry.client.post("/api/v1/verify", files={"file": ("a.pdf", pdf)}).json()
    bad = registry.client.post(
        "/api/v1/verify", files={"file": ("a.pdf", pdf.replace(b"/MediaBox", b"/MediaB0x"))}
    ).json()
    foreign = registry.client.post("/api/v1/verify", files={"file": ("a.pdf", b"%PDF-1.4 rubbish")}).json()

    assert (good["unchanged"], good["signature_intact"], good["signed_by_us"]) == (True, True, True)
    assert (bad["unchanged"], bad["signature_intact"]) == (False, False)
    assert (foreign["unchanged"], foreign["signed"]) == (False, False)


def test_a_revoked_certificate_says_so_and_is_revoked_once(registry: Registry) -> None:
    registry.hears(rated(4))
    place = "/api/v1/certificates/OCOP-2026-00001/revoke"

    assert registry.client.post(place, json={"ground": "a"}, headers=registry.as_("clerk")).status_code == 403
    assert registry.client.post(place, json={"ground": "x"}, headers=registry.as_("certifier")).status_code == 422
    assert registry.client.post(place, json={"ground": "đ"}, headers=registry.as_("certifier")).status_code == 204
    assert registry.client.post(place, json={"ground": "đ"}, headers=registry.as_("certifier")).status_code == 409

    assert registry.client.get("/api/v1/verify/OCOP-2026-00001").json()["status"] == "revoked"


def test_where_issuing_is_not_automatic_a_certifier_issues_under_a_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CERTIFICATES_AUTOMATIC", "false")
    registry, result = Registry(tmp_path), rated(4)
    order = {
        "assessment_id": str(result.assessment_id),
        "decision_number": "3981/QĐ-UBND",
        "decision_date": "2026-08-04",
    }

    registry.hears(result)
    assert registry.all() == []
    issued = registry.client.post("/api/v1/certificates", json=order, headers=registry.as_("certifier"))
    again = registry.client.post("/api/v1/certificates", json=order, headers=registry.as_("certifier"))

    assert issued.status_code == 201
    assert issued.json()["decision_number"] == "3981/QĐ-UBND"
    assert again.status_code == 409
    registry.room.database.close()


def test_the_stored_pdf_is_written_once(registry: Registry) -> None:
    registry.hears(rated(4))

    [file] = [path for path in (registry.objects.folder / "certificates").rglob("*") if path.is_file()]
    assert file.stat().st_mode & 0o222 == 0


def test_the_demo_key_is_readable_by_its_owner_only(registry: Registry) -> None:
    keys = sorted((registry.settings.data_dir / "keys").iterdir())

    assert [key.name for key in keys] == ["demo-certificate.p12", "identity", "statement.pem"]
    assert all(key.stat().st_mode & 0o077 == 0 for key in keys)
