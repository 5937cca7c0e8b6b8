"""The counter: takes an upload in. Bytes first, then rows and event in one transaction, then the answer."""

import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from infra.database import upsert
from infra.errors import BadInput
from infra.events.base import Event
from infra.events.intake import DossierReceived, DossierWithdrawn, StoredFile
from infra.events.values import ObjectRef
from infra.sandbox import Sandbox, SandboxError
from infra.scans import DamagedFile, ScanFacts, ScanLimits, inspect_scan
from infra.service import Resources
from intake import tables
from intake.dossiers import Details, check_count, check_length, file_name, fingerprint, next_version
from intake.errors import (
    AlreadyWithdrawn,
    AnotherVersionCame,
    CouncilAtWork,
    FileTooLarge,
    KeyUsedForOtherFiles,
    RefusedUpload,
    UnknownDossier,
    UnknownFile,
)
from intake.settings import Settings

MEGABYTE = 1 << 20
SIGNS_OF_A_LETTER = 2000


@dataclass(frozen=True)
class Upload:
    """One file as the browser sends it."""

    name: str | None
    content: BinaryIO


@dataclass(frozen=True)
class Receipt:
    """What the clerk is told. `repeated`: these bytes were handed in before and already are this dossier."""

    dossier_id: UUID
    warnings: tuple[str, ...] = ()
    repeated: bool = False
    revision: int = 1


class Counter:
    def __init__(self, resources: Resources, settings: Settings, sandbox: Sandbox) -> None:
        self.resources, self.settings, self.sandbox = resources, settings, sandbox

    def receive(
        self, uploads: Sequence[Upload], submitted_by: str, details: Details, idempotency_key: str | None = None
    ) -> Receipt:
        """Take in a dossier. Raises RefusedUpload and other BadInput; the originals are kept either way."""
        check_count(len(uploads), self.settings.max_files)
        files = self._store(uploads, submitted_by)
        check_length(files, self.settings.max_pages)
        mark = fingerprint(submitted_by, details, [file.content.sha256 for file in files])
        taken: list[Receipt] = []
        enter = partial(self._enter, files, submitted_by, details, mark, idempotency_key, taken)
        try:
            self.resources.outbox.announce(enter)
        except IntegrityError:  # an equal upload was faster by a moment: its dossier is the answer
            self.resources.outbox.announce(enter)
        return taken[-1]

    def supplement(
        self, dossier_id: UUID, uploads: Sequence[Upload], left_out: Collection[int], submitted_by: str
    ) -> Receipt:
        """Take in the dossier's next version: its files but those left out, and new ones behind them.

        The same once more changes nothing. Raises UnknownDossier, AlreadyWithdrawn, CouncilAtWork,
        AnotherVersionCame, RefusedUpload and other BadInput; earlier versions and their originals stay.
        """
        revision, before = self._newest(dossier_id)
        new = self._store(uploads, submitted_by) if uploads else []
        files = next_version(before, left_out, new)
        check_count(len(files), self.settings.max_files)
        check_length(files, self.settings.max_pages)
        warnings: list[str] = []

        def write(connection: Connection) -> Sequence[Event]:
            row = _open_dossier(connection, dossier_id)
            if row.revision != revision:
                raise AnotherVersionCame
            shared = _same_bytes(connection, dossier_id, files)
            warnings.extend(_warnings(shared))
            chosen = update(tables.dossier).where(tables.dossier.c.id == dossier_id)
            connection.execute(chosen.values(revision=revision + 1))
            _insert_files(connection, dossier_id, revision + 1, files)
            return [
                DossierReceived(
                    dossier_id=dossier_id,
                    revision=revision + 1,
                    files=files,
                    submitted_by=submitted_by,
                    product=row.product,
                    province=row.province,
                    commune=row.commune,
                    same_bytes_in=_others(shared),
                )
            ]

        if files == tuple(before):
            return Receipt(dossier_id, repeated=True, revision=revision)
        self.resources.outbox.announce(write)
        return Receipt(dossier_id, tuple(warnings), revision=revision + 1)

    def close(self, connection: Connection, dossier_id: UUID) -> None:
        """A council works on the dossier: from now on it stays as it is."""
        mine = (tables.dossier.c.id == dossier_id) & (tables.dossier.c.closed_at.is_(None))
        connection.execute(update(tables.dossier).where(mine).values(closed_at=self.resources.clock()))

    def withdraw(self, dossier_id: UUID, withdrawn_by: str, reason: str) -> None:
        """Raises UnknownDossier, AlreadyWithdrawn."""

        def write(connection: Connection) -> Sequence[Event]:
            row = connection.execute(select(tables.dossier).where(tables.dossier.c.id == dossier_id)).first()
            if row is None:
                raise UnknownDossier
            if row.withdrawn_at is not None:
                raise AlreadyWithdrawn
            changed = update(tables.dossier).where(tables.dossier.c.id == dossier_id)
            # a withdrawn dossier may be handed in again: its fingerprint is free
            connection.execute(changed.values(withdrawn_at=self.resources.clock(), fingerprint=f"-{dossier_id.hex}"))
            return [DossierWithdrawn(dossier_id=dossier_id, withdrawn_by=withdrawn_by, reason=reason)]

        self.resources.outbox.announce(write)

    def files_of(self, dossier_id: UUID) -> list[StoredFile]:
        """Those of its newest version. Raises UnknownDossier."""
        return self._newest(dossier_id)[1]

    def _newest(self, dossier_id: UUID) -> tuple[int, list[StoredFile]]:
        """The newest version's number and files. Raises UnknownDossier."""
        dossier, file = tables.dossier, tables.file
        with self.resources.database.reading() as connection:
            revision = connection.execute(select(dossier.c.revision).where(dossier.c.id == dossier_id)).scalar()
            mine = (file.c.dossier_id == dossier_id) & (file.c.revision == revision)
            rows = connection.execute(select(file).where(mine).order_by(file.c.number)).all()
        if revision is None:
            raise UnknownDossier
        return revision, [
            StoredFile(
                name=row.name,
                pages=row.pages,
                content=ObjectRef(key=row.key, sha256=row.sha256, size=row.size, media_type=row.media_type),
            )
            for row in rows
        ]

    def original(self, dossier_id: UUID, number: int) -> tuple[StoredFile, BinaryIO]:
        """File `number` (from 1) as it was uploaded. Raises UnknownDossier, UnknownFile."""
        files = self.files_of(dossier_id)
        if not 1 <= number <= len(files):
            raise UnknownFile
        return files[number - 1], self.resources.objects.open(files[number - 1].content)

    def _store(self, uploads: Sequence[Upload], submitted_by: str) -> list[StoredFile]:
        """Every upload lands in the store; those that cannot be used are named together."""
        files: list[StoredFile] = []
        refusals: list[tuple[str, str]] = []
        too_large: BadInput | None = None
        for number, upload in enumerate(uploads, start=1):
            name = file_name(upload.name, number)
            try:
                files.append(self._store_one(upload, name, submitted_by))
            except BadInput as error:
                refusals.append((name, str(error)))
                too_large = error
        if len(uploads) == 1 and too_large is not None:
            raise too_large
        if refusals:
            raise RefusedUpload(refusals)
        return files

    def _store_one(self, upload: Upload, name: str, submitted_by: str) -> StoredFile:
        size = upload.content.seek(0, 2)
        upload.content.seek(0)
        if size > self.settings.max_file_mb * MEGABYTE:
            raise FileTooLarge(size // MEGABYTE, self.settings.max_file_mb)
        with tempfile.NamedTemporaryFile() as copy:
            shutil.copyfileobj(upload.content, copy, MEGABYTE)
            copy.flush()
            upload.content.seek(0)
            try:
                facts = self._inspect(copy.name)
            except BadInput as error:
                self._keep_refused(upload, name, submitted_by, str(error))
                raise
        content = self.resources.objects.put(upload.content, facts.media_type, kind="originals")
        return StoredFile(name=name, content=content, pages=facts.pages)

    def _inspect(self, path: str) -> ScanFacts:
        limits = ScanLimits(pages=self.settings.max_pages_per_file)
        seconds, memory_mb = self.settings.inspect_seconds, self.settings.inspect_memory_mb
        try:
            return self.sandbox.run(inspect_scan, path, limits, seconds=seconds, memory_mb=memory_mb)
        except SandboxError as error:  # a file that hangs or crashes its reader is a damaged file
            raise DamagedFile from error

    def _keep_refused(self, upload: Upload, name: str, submitted_by: str, reason: str) -> None:
        kept = self.resources.objects.put(upload.content, "application/octet-stream", kind="refused")
        row = {
            "sha256": kept.sha256,
            "refused_at": self.resources.clock(),
            "name": name,
            "key": kept.key,
            "submitted_by": submitted_by,
            "reason": reason[:SIGNS_OF_A_LETTER],
        }
        with self.resources.database.transaction() as connection:
            upsert(connection, tables.refusal, ("sha256", "refused_at"), row)

    def _enter(
        self,
        files: Sequence[StoredFile],
        submitted_by: str,
        details: Details,
        mark: str,
        idempotency_key: str | None,
        taken: list[Receipt],
        connection: Connection,
    ) -> Sequence[Event]:
        """The transaction: a known request or dossier gives the same answer again, anything else a new dossier."""
        known = _earlier(connection, submitted_by, mark, idempotency_key)
        dossier_id = known or uuid4()
        shared = _same_bytes(connection, dossier_id, files)
        taken.append(Receipt(dossier_id, tuple(_warnings(shared)), repeated=known is not None))
        if idempotency_key:
            key = {"submitted_by": submitted_by, "idempotency_key": idempotency_key}
            row = {**key, "fingerprint": mark, "dossier_id": dossier_id}
            upsert(connection, tables.request, tuple(key), row, replace=False)
        if known:
            return ()
        _insert(connection, dossier_id, files, submitted_by, details, mark, self.resources)
        return [
            DossierReceived(
                dossier_id=dossier_id,
                files=tuple(files),
                submitted_by=submitted_by,
                product=details.product,
                province=details.province,
                commune=details.commune,
                same_bytes_in=_others(shared),
            )
        ]


def _open_dossier(connection: Connection, dossier_id: UUID) -> Any:  # a Row of the dossier table
    """The dossier's row, held until the transaction ends. Raises UnknownDossier, AlreadyWithdrawn, CouncilAtWork."""
    row = connection.execute(select(tables.dossier).where(tables.dossier.c.id == dossier_id).with_for_update()).first()
    if row is None:
        raise UnknownDossier
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if row.closed_at is not None:
        raise CouncilAtWork
    return row


def _earlier(connection: Connection, submitted_by: str, mark: str, key: str | None) -> UUID | None:
    """The dossier that an equal upload already made. Raises KeyUsedForOtherFiles."""
    request, dossier = tables.request, tables.dossier
    if key:
        mine = select(request).where(request.c.submitted_by == submitted_by, request.c.idempotency_key == key)
        row = connection.execute(mine).first()
        if row is not None and row.fingerprint != mark:
            raise KeyUsedForOtherFiles
        if row is not None:
            return UUID(str(row.dossier_id))
    return connection.execute(select(dossier.c.id).where(dossier.c.fingerprint == mark)).scalar_one_or_none()


def _same_bytes(connection: Connection, dossier_id: UUID, files: Sequence[StoredFile]) -> dict[str, list[UUID]]:
    """File name → other dossiers that hold the same bytes."""
    shared: dict[str, list[UUID]] = {}
    for file in files:
        same = (tables.file.c.sha256 == file.content.sha256) & (tables.file.c.dossier_id != dossier_id)
        found = connection.execute(select(tables.file.c.dossier_id).where(same).distinct()).scalars().all()
        if found:
            shared[file.name] = list(found)
    return shared


def _others(shared: dict[str, list[UUID]]) -> tuple[UUID, ...]:
    return tuple(sorted({dossier for dossiers in shared.values() for dossier in dossiers}, key=str))


def _warnings(shared: dict[str, list[UUID]]) -> list[str]:
    return [
        f"Tệp «{name}» trùng từng byte với tệp trong hồ sơ khác ({', '.join(str(other) for other in others)}). "
        "Hồ sơ vẫn được nhận; hãy kiểm tra xem có nộp nhầm không."
        for name, others in shared.items()
    ]


def _insert(
    connection: Connection,
    dossier_id: UUID,
    files: Sequence[StoredFile],
    submitted_by: str,
    details: Details,
    mark: str,
    resources: Resources,
) -> None:
    connection.execute(
        tables.dossier.insert().values(
            id=dossier_id,
            submitted_by=submitted_by,
            product=details.product,
            province=details.province,
            commune=details.commune,
            fingerprint=mark,
            received_at=resources.clock(),
        )
    )
    _insert_files(connection, dossier_id, 1, files)


def _insert_files(connection: Connection, dossier_id: UUID, revision: int, files: Sequence[StoredFile]) -> None:
    for number, file in enumerate(files, start=1):
        content = file.content.model_dump()
        place = {"dossier_id": dossier_id, "revision": revision, "number": number}
        row = {**place, "name": file.name, "pages": file.pages, **content}
        connection.execute(tables.file.insert().values(**row))
