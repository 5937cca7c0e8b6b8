"""One bad page costs one page: it is set aside with a reason, the rest goes on, the original stays."""

from io import BytesIO
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from infra.samples import Sample
from tests.intake import files
from tests.pipeline.conftest import Office, open_office


def pdf_with_a_bomb(pages: int, bomb: int) -> bytes:
    """Blank pages, and on one of them an image that claims 20,000 × 20,000 pixels."""
    out, places = BytesIO(), []
    image = b"<< /Type /XObject /Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    content = b"q 500 0 0 700 40 40 cm /Im Do Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{n + 5} 0 R' for n in range(pages))}] /Count {pages} >>".encode(),
        image + b"/Length 10 >>\nstream\n0123456789\nendstream",
        f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
    ]
    for number in range(1, pages + 1):
        extra = b" /Resources << /XObject << /Im 3 0 R >> >> /Contents 4 0 R" if number == bomb else b""
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]" + extra + b" >>")
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def test_a_page_that_explodes_is_quarantined_with_its_reason_and_the_others_are_read(office: Office) -> None:
    scan = pdf_with_a_bomb(pages=3, bomb=2)
    dossier = office.takes_in(("bom.pdf", scan))
    office.works_until_idle()

    pages = office.clients["vanthu"].get(f"/api/v1/dossiers/{dossier}/pages").json()
    assert [page["source"] for page in pages] == ["blank", "quarantined", "blank"]
    assert "20000 × 20000" in pages[1]["reason"]
    status = office.status_of(dossier)
    assert [bad["page"] for bad in status["quarantined"]] == [2]
    kept = office.clients["vanthu"].get(f"/api/v1/dossiers/{dossier}/files/1")
    assert kept.content == scan


def test_a_dossier_none_of_whose_pages_can_be_read_fails_with_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTION_PAGE_SECONDS", "0.0001")  # every page hangs, as it were
    for office in open_office(tmp_path / "slow"):
        dossier = office.takes_in(("1.pdf", files.pdf(2)))
        office.works_until_idle()

        status = office.status_of(dossier)
        assert status["status"] == "failed"
        assert "Không đọc được trang nào" in str(status)


def test_a_page_read_before_is_not_read_again(office: Office, sample: Sample) -> None:
    scan = sample.excerpt(1)
    office.takes_in(("a.pdf", scan), by="vanthu")
    office.works_until_idle()
    workers = office.extraction_workers()

    second = office.takes_in(("b.pdf", scan), by="thuky")
    office.works_until_idle()

    assert office.extraction_workers() == workers
    assert office.status_of(second)["progress"] == {"done": 1, "total": 1}
    page = office.clients["vanthu"].get(f"/api/v1/dossiers/{second}/pages/1").json()
    assert page["kind"] == "registration-form"
    image = office.clients["vanthu"].get(f"/api/v1/dossiers/{second}/pages/1/image")
    assert image.content.startswith(b"\xff\xd8\xff")


def test_a_page_read_before_is_known_in_another_file_of_another_dossier(office: Office, sample: Sample) -> None:
    office.takes_in(("a.pdf", sample.excerpt(1, 2)), by="vanthu")
    office.works_until_idle()
    remembered = known_pages()

    second = office.takes_in(("b.pdf", sample.excerpt(3, 2, 1)), by="thuky")
    office.works_until_idle()

    assert known_pages() - remembered == 2
    assert office.status_of(second)["progress"] == {"done": 3, "total": 3}
    last = office.clients["vanthu"].get(f"/api/v1/dossiers/{second}/pages/3").json()
    assert (last["number"], last["kind"]) == (3, "registration-form")
    assert {field["page"] for field in last["fields"]} == {3}


def test_a_page_tells_what_stands_on_it_while_others_are_still_read(
    office: Office, short_dossier: tuple[str, bytes]
) -> None:
    dossier = office.takes_in(short_dossier)
    first, clerk = f"/api/v1/dossiers/{dossier}/pages/1", office.clients["vanthu"]
    office.works_until(lambda: clerk.get(first).status_code == 200)

    assert clerk.get(f"/api/v1/dossiers/{dossier}/extraction").status_code == 404
    page = clerk.get(first).json()

    assert page["kind"] == "registration-form"
    assert {field["page"] for field in page["fields"]} == {1}


def known_pages() -> float:
    """How many pages the memory has known by their picture, as Prometheus sees it."""
    return REGISTRY.get_sample_value("ocop_pages_remembered_total", {"known_by": "picture"}) or 0.0
