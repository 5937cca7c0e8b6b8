"""Certificates over HTTP; verification is public."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, File, Request, Response, UploadFile
from pydantic import BaseModel, Field

from certificates.errors import AlreadyIssued, NotRated
from certificates.issuing import Issuing, rated_of
from certificates.numbering import Decision
from certificates.registry import Registry
from certificates.settings import Settings
from certificates.signing import Signer
from infra.errors import TooLarge
from infra.http import Person, content_disposition, public, requires, wants_pdf
from infra.identity import Identity

MEGABYTE = 1 << 20


class Issue(BaseModel):
    """A certifier's order to issue: the authority's decision."""

    assessment_id: UUID
    decision_number: Annotated[str, Field(min_length=1, max_length=100)]
    decision_date: date


class Revocation(BaseModel):
    ground: Literal["a", "b", "c", "d", "đ", "e"]  # QĐ 26/2026/QĐ-TTg Art. 8


def routes(registry: Registry, issuing: Issuing, signer: Signer, settings: Settings) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["certificates"])

    @router.get("/certificates")
    def certificates(_: Person, dossier_id: UUID | None = None) -> list[dict[str, Any]]:
        """All certificates, newest first."""
        return registry.everything(dossier_id)

    @router.post("/certificates", status_code=201)
    def issue(order: Issue, person: Identity = requires("certifier")) -> dict[str, Any]:
        """Issue the certificate of a rated product under a decision (when issuing is not automatic)."""
        with issuing.resources.database.reading() as connection:
            rated = rated_of(connection, order.assessment_id)
        if rated is None:
            raise NotRated
        write = issuing.prepare(rated, Decision(order.decision_number, order.decision_date))
        if write is None:
            raise NotRated
        issued = issuing.resources.outbox.announce(write)
        found = next(
            row for row in registry.everything(rated.dossier_id) if row["assessment_id"] == str(order.assessment_id)
        )
        if not issued:
            raise AlreadyIssued(found["number"])
        return found

    @router.get("/certificates/{number}.pdf")
    def certificate_pdf(number: str, _: Person) -> Response:
        """The signed PDF."""
        name = f"{number}.pdf"
        headers = {"Content-Disposition": content_disposition(name, inline=True)}
        return Response(registry.pdf(number), media_type="application/pdf", headers=headers)

    @router.get("/certificates/{number}", response_model=None)
    def certificate(number: str, request: Request, person: Person) -> dict[str, Any] | Response:
        """What it states; the signed PDF if that is asked for (`Accept`, `?format=pdf`)."""
        if wants_pdf(request):
            return certificate_pdf(number, person)
        return registry.facts(registry.row(number))

    @router.post("/certificates/{number}/revoke", status_code=204)
    def revoke(number: str, revocation: Revocation, person: Identity = requires("certifier")) -> None:
        """Withdraw a certificate on one of the six grounds of Art. 8."""
        registry.revoke(number, revocation.ground, person.subject)

    @router.get("/verify/{number}")
    @public
    def verify(number: str) -> dict[str, Any]:
        """Whether a certificate holds: open to everybody."""
        return registry.public_facts(registry.row(number))

    @router.post("/verify")
    @public
    def verify_file(file: Annotated[UploadFile, File()]) -> dict[str, Any]:
        """Whether a PDF is one of our certificates, unchanged: open to everybody."""
        pdf = file.file.read(settings.largest_check_mb * MEGABYTE + 1)
        if len(pdf) > settings.largest_check_mb * MEGABYTE:
            raise TooLarge(f"Tệp lớn hơn {settings.largest_check_mb} MB nên không phải giấy chứng nhận OCOP.")
        row = registry.by_bytes(pdf)
        check = signer.check(pdf)
        return {
            "unchanged": row is not None,
            "signed": check.signed,
            "signature_intact": check.intact,
            "signed_by_us": check.ours,
            "certificate": registry.public_facts(row) if row is not None else None,
        }

    return router
