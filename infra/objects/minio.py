"""Objects in MinIO or any S3 store with versioning and object lock, by the `minio` client.

Content-addressed keys make overwriting harmless, so the client's lack of conditional writes does not matter.
"""

import hashlib
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from minio import Minio as Client
from minio.commonconfig import ENABLED
from minio.error import MinioException, S3Error
from minio.retention import Retention
from minio.versioningconfig import VersioningConfig
from urllib3.exceptions import HTTPError

from infra.errors import Unavailable
from infra.events.values import ObjectRef
from infra.objects import CorruptObject, MissingObject, object_key
from infra.settings import Minio

CHUNK = 1 << 20  # bytes
IN_MEMORY = 16 << 20  # bytes; larger objects go through a temporary file
PART = 16 << 20
MISSING = ("NoSuchKey", "NoSuchObject", "NoSuchVersion")


class LockNotHonoured(Unavailable):
    """The store let a locked object be deleted, so it must not keep certificates."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"Kho lưu trữ {url} cho phép xóa tệp đã khóa, nên không thể giữ giấy chứng nhận. "
            "Bật object lock cho kho này hoặc dùng kho S3 khác."
        )


class MinioStore:
    def __init__(self, settings: Minio) -> None:
        self.settings = settings
        url = urlsplit(settings.url)
        self.client = Client(
            url.netloc,
            access_key=settings.access_key,
            secret_key=settings.secret_key.get_secret_value(),
            secure=url.scheme == "https",
        )
        with self._answering():
            self._make_bucket()
            self._prove_lock()

    def put(self, data: bytes | BinaryIO, media_type: str, kind: str = "blobs") -> ObjectRef:
        return self._put(data, media_type, kind, None)

    def put_locked(self, data: bytes, media_type: str, kind: str) -> ObjectRef:
        """Locked for `retention_days`; the same bytes are not written twice."""
        ref = _ref(io.BytesIO(data), media_type, kind)
        if self.exists(ref):
            return ref
        until = datetime.now(UTC) + timedelta(days=self.settings.retention_days)
        return self._put(data, media_type, kind, Retention(self.settings.retention, until))

    def read(self, ref: ObjectRef) -> bytes:
        with self.open(ref) as file:
            return file.read()

    def open(self, ref: ObjectRef) -> BinaryIO:
        copy: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the caller closes it)
        digest = hashlib.sha256()
        with self._answering(ref):
            answer = self.client.get_object(self.settings.bucket, ref.key)
            try:
                for chunk in answer.stream(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
            finally:
                answer.close()
                answer.release_conn()
        if digest.hexdigest() != ref.sha256:
            copy.close()
            raise CorruptObject(ref)
        copy.seek(0)
        opened: BinaryIO = copy
        return opened

    def exists(self, ref: ObjectRef) -> bool:
        try:
            with self._answering(ref):
                self.client.stat_object(self.settings.bucket, ref.key)
        except MissingObject:
            return False
        return True

    def check(self) -> None:
        with self._answering():
            self.client.bucket_exists(self.settings.bucket)

    def _put(self, data: bytes | BinaryIO, media_type: str, kind: str, retention: Retention | None) -> ObjectRef:
        copy: Any
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
            source = io.BytesIO(data) if isinstance(data, bytes) else data
            ref = _ref(source, media_type, kind, copy)
            copy.seek(0)
            with self._answering():
                self.client.put_object(
                    self.settings.bucket,
                    ref.key,
                    copy,
                    ref.size,
                    content_type=media_type,
                    part_size=PART,
                    retention=retention,
                )
        return ref

    def _make_bucket(self) -> None:
        try:
            if not self.client.bucket_exists(self.settings.bucket):
                self.client.make_bucket(self.settings.bucket, object_lock=True)
        except S3Error as error:
            if error.code not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):  # another service was faster
                raise
        self.client.set_bucket_versioning(self.settings.bucket, VersioningConfig(ENABLED))

    def _prove_lock(self) -> None:
        """Write, lock, try to delete: three stores that promise object lock failed this in 2026."""
        until = datetime.now(UTC) + timedelta(minutes=2)
        lock = Retention("COMPLIANCE", until)
        proof = self.client.put_object(
            self.settings.bucket, "proofs/object-lock", io.BytesIO(b"proof"), 5, retention=lock
        )
        try:
            self.client.remove_object(self.settings.bucket, "proofs/object-lock", version_id=proof.version_id)
        except S3Error:
            return
        raise LockNotHonoured(self.settings.url)

    @contextmanager
    def _answering(self, ref: ObjectRef | None = None) -> Iterator[None]:
        try:
            yield
        except S3Error as error:
            if ref is not None and error.code in MISSING:
                raise MissingObject(ref) from error
            raise self._silent(error.code or "S3Error") from error
        except (MinioException, HTTPError, OSError) as error:
            raise self._silent(type(error).__name__) from error

    def _silent(self, cause: str) -> Unavailable:
        return Unavailable(
            f"Kho lưu trữ {self.settings.url} không trả lời ({cause}). Công việc được giữ lại; kiểm tra máy chủ MinIO "
            "bằng ./ocop doctor."
        )


def _ref(source: BinaryIO, media_type: str, kind: str, copy: Any = None) -> ObjectRef:
    """The reference of a stream's bytes; they are copied to `copy` on the way, if one is given."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if copy is not None:
            copy.write(chunk)
    sha256 = digest.hexdigest()
    return ObjectRef(key=object_key(kind, sha256), sha256=sha256, size=size, media_type=media_type)
