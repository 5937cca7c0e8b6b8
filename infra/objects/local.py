"""Objects in a folder. A write is a temporary file, an fsync and a rename: a crash leaves the old state or the new."""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from infra.errors import Unavailable
from infra.events.values import ObjectRef
from infra.objects import CorruptObject, MissingObject, object_key

CHUNK = 1 << 20  # bytes


class FolderStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.incoming = folder / "incoming"
        self.incoming.mkdir(parents=True, exist_ok=True)

    def put(self, data: bytes | BinaryIO, media_type: str, kind: str = "blobs") -> ObjectRef:
        return self._store(data, media_type, kind, mode=0o640)

    def put_locked(self, data: bytes, media_type: str, kind: str) -> ObjectRef:
        """Read-only on disk: a folder cannot promise more; where that is not enough, use a store with object lock."""
        return self._store(data, media_type, kind, mode=0o440)

    def read(self, ref: ObjectRef) -> bytes:
        with self.open(ref) as file:
            return file.read()

    def open(self, ref: ObjectRef) -> BinaryIO:
        try:
            file = (self.folder / ref.key).open("rb")
        except FileNotFoundError:
            raise MissingObject(ref) from None
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != ref.sha256:
            file.close()
            raise CorruptObject(ref)
        file.seek(0)
        return file

    def exists(self, ref: ObjectRef) -> bool:
        return (self.folder / ref.key).exists()

    def check(self) -> None:
        if not os.access(self.incoming, os.W_OK):
            raise Unavailable(f"Không ghi được vào thư mục {self.folder}. Kiểm tra quyền ghi và dung lượng đĩa.")

    def _store(self, data: bytes | BinaryIO, media_type: str, kind: str, mode: int) -> ObjectRef:
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        try:
            with tempfile.NamedTemporaryFile(dir=self.incoming, delete=False) as file:
                ref = self._copy(source, file, media_type, kind)
            self._settle(Path(file.name), self.folder / ref.key, mode)
        except OSError as error:
            raise Unavailable(
                f"Không lưu được tệp vào {self.folder}: {error.strerror}. Kiểm tra dung lượng đĩa rồi thử lại."
            ) from error
        return ref

    def _copy(
        self, source: BinaryIO, file: "tempfile._TemporaryFileWrapper[bytes]", media_type: str, kind: str
    ) -> ObjectRef:
        digest, size = hashlib.sha256(), 0
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        return ObjectRef(key=object_key(kind, sha256), sha256=sha256, size=size, media_type=media_type)

    def _settle(self, written: Path, target: Path, mode: int) -> None:
        if target.exists():  # the same bytes: the first writer's file (and its lock) stays
            written.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        written.chmod(mode)
        written.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
