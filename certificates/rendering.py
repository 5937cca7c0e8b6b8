"""A certificate as a PDF: Typst lays out `certificate.typ`; data goes in as JSON, never as markup."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import segno
import typst

from certificates.certificate import Certificate

TEMPLATE = Path(__file__).parent / "certificate.typ"


def verify_url(base_url: str, number: str) -> str:
    return f"{base_url.rstrip('/')}/verify/{number}"


def render_certificate(
    certificate: Certificate,
    base_url: str,
    statement: str,
    *,
    place: str,
    signatory: str,
    is_demo: bool,
    made: datetime,
) -> bytes:
    """An A4 page, unsigned. The QR code holds the verify address and, behind `#`, the signed statement."""
    url = verify_url(base_url, certificate.number)
    content = {
        **certificate.model_dump(mode="json"),
        "place": place,
        "signatory": signatory,
        "is_demo": is_demo,
        "url": url,
        "qr": _qr(f"{url}#{statement}"),
        "issued_day": _long_day(certificate.issued_on),
        "until_day": certificate.valid_until.strftime("%d/%m/%Y"),
        "decision_day": certificate.decision_date.strftime("%d/%m/%Y") if certificate.decision_date else None,
    }
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    pdf: bytes = typst.compile(str(TEMPLATE), format="pdf", sys_inputs=inputs, timestamp=int(made.timestamp()))
    return pdf


def _qr(content: str) -> str:
    """The QR code (ISO/IEC 18004, error correction M) as SVG."""
    svg = io.BytesIO()
    segno.make(content, error="m", micro=False).save(svg, kind="svg", border=2, xmldecl=False)
    return svg.getvalue().decode()


def _long_day(day: date) -> str:
    """As official papers write it: two digits for days under 10 and for January and February (NĐ 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
