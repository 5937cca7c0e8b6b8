"""Issuing: a number, a page, a signature, a write-once object, and one row with one event."""

import re
from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, select

from certificates import tables
from certificates.certificate import Authority, Certificate, authority_for, check_authority, valid_until
from certificates.numbering import Decision, Reservation, reserve
from certificates.rendering import render_certificate
from certificates.settings import Settings
from certificates.signing import Signer
from certificates.statement import make_statement
from infra.database import upsert
from infra.events.base import Event
from infra.events.certificates import CertificateIssued
from infra.events.scoring import ProductRated
from infra.events.values import ObjectRef
from infra.service import Resources, Write

MINISTRY = "Bộ Nông nghiệp và Môi trường"
REASON = "Cấp giấy chứng nhận sản phẩm OCOP"


class Issuing:
    def __init__(self, resources: Resources, settings: Settings, signer: Signer) -> None:
        self.resources, self.settings, self.signer = resources, settings, signer

    def prepare(self, rated: ProductRated, decision: Decision) -> Write | None:
        """Number, render, sign and store a certificate; the `Write` makes it exist. None if none is due here.

        The number and the day are reserved first, so trying again after a crash makes the same certificate.
        Raises NoCertificate, KeyUnusable.
        """
        authority = authority_for(rated.stars, rated.level)
        if authority is None:
            return None
        with self.resources.database.transaction() as connection:
            now = self.resources.clock()
            reserved = reserve(connection, rated.assessment_id, authority, decision, now, self.settings)
        certificate = self._certificate(rated, authority, reserved)
        pdf = self.resources.objects.put_locked(
            self._signed(certificate, reserved, rated), "application/pdf", "certificates"
        )
        return partial(self._record, rated, certificate, pdf, reserved)

    def _certificate(self, rated: ProductRated, authority: Authority, reserved: Reservation) -> Certificate:
        check_authority(rated.stars, authority)
        province = rated.province or self.settings.province
        return Certificate(
            number=reserved.number,
            assessment_id=rated.assessment_id,
            product=rated.product,
            applicant=rated.applicant,
            address=rated.address,
            stars=rated.stars,
            authority=authority,
            issuing_body=MINISTRY if authority == "ministry" else f"Ủy ban nhân dân {_named(province)}",
            rulebook=rated.rulebook.decision,
            year=rated.year,
            issued_on=reserved.issued_on,
            valid_until=valid_until(reserved.issued_on),
            decision_number=reserved.decision_number,
            decision_date=reserved.decision_date,
        )

    def _signed(self, certificate: Certificate, reserved: Reservation, rated: ProductRated) -> bytes:
        by_ministry = certificate.authority == "ministry"
        province = rated.province or self.settings.province
        page = render_certificate(
            certificate,
            self.settings.base_url,
            make_statement(certificate, self.signer.statement_key),
            place="Hà Nội" if by_ministry else self.settings.place or _bare(province),
            signatory=self.settings.minister if by_ministry else self.settings.signatory,
            is_demo=self.signer.is_demo,
            made=reserved.reserved_at,
        )
        return self.signer.sign(page, REASON)

    def _record(
        self,
        rated: ProductRated,
        certificate: Certificate,
        pdf: ObjectRef,
        reserved: Reservation,
        connection: Connection,
    ) -> Sequence[Event]:
        row = {
            "number": certificate.number,
            "assessment_id": rated.assessment_id,
            "dossier_id": rated.dossier_id,
            "statement": certificate.model_dump(mode="json"),
            "pdf": pdf.model_dump(mode="json"),
            "issued_at": reserved.reserved_at,
        }
        if not upsert(connection, tables.certificate, ("number",), row, replace=False):
            return ()  # another worker was first with this number: its certificate stands
        return [
            CertificateIssued.following(
                rated,
                number=certificate.number,
                assessment_id=rated.assessment_id,
                certificate=pdf,
                stars=certificate.stars,
                issued_on=certificate.issued_on,
                valid_until=certificate.valid_until,
            )
        ]


def keep_rated(rated: ProductRated, connection: Connection) -> None:
    """Remember a result until a certifier issues its certificate."""
    row = {
        "assessment_id": rated.assessment_id,
        "dossier_id": rated.dossier_id,
        "event": rated.model_dump(mode="json"),
    }
    upsert(connection, tables.rated, ("assessment_id",), row)


def rated_of(connection: Connection, assessment_id: object) -> ProductRated | None:
    found = select(tables.rated.c.event).where(tables.rated.c.assessment_id == assessment_id)
    event = connection.execute(found).scalar_one_or_none()
    return ProductRated.model_validate(event) if event else None


def _bare(province: str) -> str:
    """“tỉnh Lâm Đồng” → “Lâm Đồng”."""
    return re.sub(r"^(tỉnh|thành phố|tp\.?)\s+", "", province, flags=re.IGNORECASE)


def _named(province: str) -> str:
    """“Lâm Đồng” → “tỉnh Lâm Đồng”; a city or a full name stays as it is."""
    lower = province.lower()
    return province if lower.startswith(("tỉnh ", "thành phố ", "tp")) else f"tỉnh {province}"
