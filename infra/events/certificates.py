"""What the certificates service announces."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from infra.events.base import Event
from infra.events.values import ObjectRef


class CertificateIssued(Event):
    """A signed certificate exists, written once."""

    event_type: ClassVar[str] = "certificate.issued.v1"
    topic: ClassVar[str] = "certificates"
    number: str
    assessment_id: UUID
    certificate: ObjectRef  # signed PDF
    stars: int
    issued_on: date  # in Vietnam
    valid_until: date  # 36 months later


class CertificateRevoked(Event):
    """The authority withdrew a certificate (QĐ 26/2026/QĐ-TTg Art. 8)."""

    event_type: ClassVar[str] = "certificate.revoked.v1"
    topic: ClassVar[str] = "certificates"
    number: str
    ground: str
    revoked_on: date
