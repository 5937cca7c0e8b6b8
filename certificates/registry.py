"""The register of certificates: look up, verify, revoke."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from certificates import tables
from certificates.certificate import REVOCATION_GROUNDS, Certificate, state
from certificates.errors import AlreadyRevoked, UnknownCertificate
from infra.clock import local_date
from infra.events.base import Event
from infra.events.certificates import CertificateRevoked
from infra.events.values import ObjectRef
from infra.service import Resources


class Registry:
    def __init__(self, resources: Resources) -> None:
        self.resources = resources

    def everything(self, dossier_id: UUID | None = None) -> list[dict[str, Any]]:
        """All certificates (of one dossier), newest first."""
        chosen = select(tables.certificate).order_by(tables.certificate.c.issued_at.desc())
        if dossier_id is not None:
            chosen = chosen.where(tables.certificate.c.dossier_id == dossier_id)
        with self.resources.database.reading() as connection:
            return [self.facts(row) for row in connection.execute(chosen)]

    def row(self, number: str) -> Any:  # a Row of the certificate table
        """Raises UnknownCertificate."""
        with self.resources.database.reading() as connection:
            found = connection.execute(select(tables.certificate).where(tables.certificate.c.number == number)).first()
        if found is None:
            raise UnknownCertificate(number)
        return found

    def pdf(self, number: str) -> bytes:
        return self.resources.objects.read(ObjectRef.model_validate(self.row(number).pdf))

    def by_bytes(self, pdf: bytes) -> Any:
        """The row of the certificate with exactly these bytes, or None."""
        sha256 = hashlib.sha256(pdf).hexdigest()
        with self.resources.database.reading() as connection:
            rows = connection.execute(select(tables.certificate)).all()
        return next((row for row in rows if row.pdf["sha256"] == sha256), None)

    def facts(self, row: Any) -> dict[str, Any]:
        """What logged-in people see of a certificate."""
        statement = Certificate.model_validate(row.statement)
        return {
            **statement.model_dump(mode="json"),
            "dossier_id": str(row.dossier_id),
            "status": state(statement.valid_until, row.revoked_on, self._today()),
            "sha256": row.pdf["sha256"],
            "revoked_on": row.revoked_on.isoformat() if row.revoked_on else None,
            "revocation_ground": row.revocation_ground,
            "links": {
                "pdf": f"/api/v1/certificates/{row.number}.pdf",
                "verify": f"/api/v1/verify/{row.number}",
            },
        }

    def public_facts(self, row: Any) -> dict[str, Any]:
        """What anybody sees: what is printed on the certificate, and whether it still holds."""
        shown = ("number", "status", "product", "applicant", "stars", "issued_on", "valid_until", "authority", "sha256")
        facts = self.facts(row)
        return {name: facts[name] for name in (*shown, "issuing_body", "revoked_on")}

    def revoke(self, number: str, ground: str, revoked_by: str) -> None:
        """Raises UnknownCertificate, AlreadyRevoked."""
        row, today = self.row(number), self._today()

        def write(connection: Connection) -> Sequence[Event]:
            still_valid = (tables.certificate.c.number == number) & tables.certificate.c.revoked_on.is_(None)
            reason = REVOCATION_GROUNDS[ground]
            change = {"revoked_on": today, "revoked_by": revoked_by, "revocation_ground": reason}
            if connection.execute(update(tables.certificate).where(still_valid).values(**change)).rowcount == 0:
                raise AlreadyRevoked(number)
            return [CertificateRevoked(dossier_id=row.dossier_id, number=number, ground=reason, revoked_on=today)]

        self.resources.outbox.announce(write)

    def _today(self) -> date:
        return local_date(self.resources.clock())
