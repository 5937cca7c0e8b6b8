"""What a dossier is when it arrives: files in order, each numbered on through the whole dossier."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from infra.events.intake import StoredFile
from intake.errors import DossierTooLong, NothingUploaded, TooManyFiles


@dataclass(frozen=True)
class Details:
    """What the clerk typed beside the files; the scan decides, this only helps to find the dossier."""

    product: str | None = None
    province: str | None = None
    commune: str | None = None

    @classmethod
    def typed(cls, product: str | None, province: str | None, commune: str | None) -> "Details":
        return cls(*(" ".join(text.split())[:300] or None if text else None for text in (product, province, commune)))


def fingerprint(submitted_by: str, details: Details, hashes: Sequence[str]) -> str:
    """The same person handing in the same bytes under the same details means the same dossier."""
    parts = [submitted_by, details.product, details.province, details.commune, sorted(hashes)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def check_count(files: int, limit: int) -> None:
    """Raises NothingUploaded, TooManyFiles."""
    if files == 0:
        raise NothingUploaded
    if files > limit:
        raise TooManyFiles(files, limit)


def check_length(files: Sequence[StoredFile], limit: int) -> None:
    """Raises DossierTooLong."""
    pages = sum(file.pages for file in files)
    if pages > limit:
        raise DossierTooLong(pages, limit)


def file_name(sent: str | None, number: int) -> str:
    """The name without folders and control signs, never empty; `number` from 1."""
    last = (sent or "").replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    return clean[:150] or f"tep-{number}"
