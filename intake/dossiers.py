"""What a dossier is when it arrives: files in order, each numbered on through the whole dossier."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from infra.events.intake import StoredFile
from intake.errors import DossierTooLong, NothingLeft, NothingUploaded, TooManyFiles, UnknownFileLeftOut


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


def next_version(
    before: Sequence[StoredFile], left_out: Collection[int], new: Sequence[StoredFile]
) -> tuple[StoredFile, ...]:
    """The files that stay, in order, and behind them the new ones; bytes that stay anyway are not taken twice.

    `left_out`: numbers of files (from 1) that the new version lacks. Raises UnknownFileLeftOut, NothingLeft.
    """
    unknown = sorted(number for number in left_out if not 1 <= number <= len(before))
    if unknown:
        raise UnknownFileLeftOut(unknown)
    kept = [file for number, file in enumerate(before, start=1) if number not in left_out]
    known = {file.content.sha256 for file in kept}
    files = (*kept, *(file for file in new if file.content.sha256 not in known))
    if not files:
        raise NothingLeft
    return files


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
