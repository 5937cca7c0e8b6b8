"""The object store: originals, readings, sheets, certificates. Bytes lie under the hash of their content.

Contract (tests/contracts/test_objects.py runs it on every adapter):
- `put` is idempotent: the same bytes get the same key, and writing them twice is harmless;
- `read` and `open` never hand out bytes that do not hash to what the reference says: CorruptObject instead;
- `put_locked` writes once: the stored version can neither be changed nor deleted before its retention ends;
- a store that does not answer raises infra.errors.Unavailable.
"""

from typing import BinaryIO, Protocol

from infra.errors import PipelineError
from infra.events.values import ObjectRef


class CorruptObject(PipelineError):
    """Stored bytes no longer hash to their name."""

    def __init__(self, ref: ObjectRef) -> None:
        super().__init__(
            f"Tệp lưu trữ {ref.key} đã bị thay đổi hoặc hỏng: nội dung không còn khớp mã băm. "
            "Không dùng tệp này; khôi phục từ bản sao lưu rồi thử lại."
        )


class MissingObject(PipelineError):
    """No bytes lie under this key."""

    def __init__(self, ref: ObjectRef) -> None:
        super().__init__(f"Không tìm thấy tệp {ref.key} trong kho lưu trữ. Khôi phục từ bản sao lưu rồi thử lại.")


class ObjectStore(Protocol):
    def put(self, data: bytes | BinaryIO, media_type: str, kind: str = "blobs") -> ObjectRef:
        """Store bytes under `{kind}/sha256/{first two hex digits}/{hash}`; a stream is read once, never held whole."""
        ...

    def put_locked(self, data: bytes, media_type: str, kind: str) -> ObjectRef:
        """Store bytes that must never change or go."""
        ...

    def read(self, ref: ObjectRef) -> bytes: ...

    def open(self, ref: ObjectRef) -> BinaryIO:
        """A seekable file of the object, its hash already checked; the caller closes it."""
        ...

    def exists(self, ref: ObjectRef) -> bool: ...

    def check(self) -> None:
        """Raise Unavailable with the reason if the store does not answer."""
        ...


def object_key(kind: str, sha256: str) -> str:
    return f"{kind}/sha256/{sha256[:2]}/{sha256}"
