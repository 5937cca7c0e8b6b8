"""Intake over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Header, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from infra.http import content_disposition, requires
from infra.identity import Identity
from intake.counter import Counter, Upload
from intake.dossiers import Details

READERS = ("clerk", "member", "secretary", "certifier", "administrator")
CHUNK = 1 << 20  # bytes


class Receipt(BaseModel):
    """Answer to an upload."""

    dossier_id: UUID
    revision: int = 1  # the dossier's version that this upload made
    repeated: bool = False
    warnings: list[str] = []
    links: dict[str, str] = {}


class Withdrawal(BaseModel):
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class FileFacts(BaseModel):
    number: int
    name: str
    media_type: str
    size: int
    sha256: str
    pages: int


def routes(counter: Counter) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["intake"])

    @router.post("/dossiers", status_code=202)
    def receive(
        response: Response,
        files: Annotated[list[UploadFile] | None, File()] = None,
        product: Annotated[str | None, Form()] = None,
        province: Annotated[str | None, Form()] = None,
        commune: Annotated[str | None, Form()] = None,
        idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
        person: Identity = requires("clerk", "secretary", "administrator"),
    ) -> Receipt:
        """Hand in a dossier: one or more PDF, JPEG, PNG or TIFF files, in order."""
        uploads = [Upload(file.filename, file.file) for file in files or []]
        details = Details.typed(product, province, commune)
        receipt = counter.receive(uploads, person.subject, details, idempotency_key)
        place = f"/api/v1/dossiers/{receipt.dossier_id}"
        response.headers["Location"] = place
        return Receipt(
            dossier_id=receipt.dossier_id,
            repeated=receipt.repeated,
            warnings=list(receipt.warnings),
            links={"self": place, "files": f"{place}/files"},
        )

    @router.get("/dossiers/{dossier_id}/files", dependencies=[requires(*READERS)])
    def files_of(dossier_id: UUID) -> list[FileFacts]:
        """The dossier's originals, in order."""
        return [
            FileFacts(number=number, name=file.name, pages=file.pages, **file.content.model_dump(exclude={"key"}))
            for number, file in enumerate(counter.files_of(dossier_id), start=1)
        ]

    @router.get("/dossiers/{dossier_id}/files/{number}", dependencies=[requires(*READERS)])
    def original(dossier_id: UUID, number: int) -> StreamingResponse:
        """One original, unchanged."""
        file, content = counter.original(dossier_id, number)
        headers = {"Content-Disposition": content_disposition(file.name), "Content-Length": str(file.content.size)}

        def chunks() -> Any:  # a generator that closes the file when the answer is sent
            with content:
                while chunk := content.read(CHUNK):
                    yield chunk

        return StreamingResponse(chunks(), media_type=file.content.media_type, headers=headers)

    @router.post("/dossiers/{dossier_id}/files", status_code=202)
    def supplement(
        dossier_id: UUID,
        files: Annotated[list[UploadFile] | None, File()] = None,
        left_out: Annotated[list[int] | None, Form()] = None,
        person: Identity = requires("clerk", "secretary", "administrator"),
    ) -> Receipt:
        """Hand in the dossier's next version: its files without those numbered in `left_out`, then the new ones.

        Pages that stay are not read again; `GET …/changes` tells which are new. Refused once a council is at work.
        """
        uploads = [Upload(file.filename, file.file) for file in files or []]
        receipt = counter.supplement(dossier_id, uploads, set(left_out or ()), person.subject)
        place = f"/api/v1/dossiers/{dossier_id}"
        return Receipt(
            dossier_id=dossier_id,
            revision=receipt.revision,
            repeated=receipt.repeated,
            warnings=list(receipt.warnings),
            links={"self": place, "files": f"{place}/files", "changes": f"{place}/changes"},
        )

    @router.post("/dossiers/{dossier_id}/withdraw", status_code=204)
    def withdraw(
        dossier_id: UUID, withdrawal: Withdrawal, person: Identity = requires("clerk", "secretary", "administrator")
    ) -> None:
        """The applicant takes the dossier back."""
        counter.withdraw(dossier_id, person.subject, withdrawal.reason)

    return router
