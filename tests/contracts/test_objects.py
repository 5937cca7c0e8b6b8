"""What an object store promises, run on a folder and on real MinIO."""

import hashlib
import io
from pathlib import Path

import pytest
from minio.error import S3Error

from infra.errors import Unavailable
from infra.events.values import ObjectRef
from infra.native import Servers
from infra.objects import CorruptObject, MissingObject, ObjectStore
from infra.objects.local import FolderStore
from infra.objects.minio import MinioStore
from infra.settings import Minio
from tests.contracts.conftest import minio_settings

TEXT = "Hồ sơ sản phẩm".encode()
TEXT_SHA256 = hashlib.sha256(TEXT).hexdigest()


def test_bytes_come_back_as_they_were_put(objects: ObjectStore) -> None:
    ref = objects.put(TEXT, "text/plain")

    assert objects.read(ref) == TEXT
    assert ref.sha256 == TEXT_SHA256
    assert ref.size == len(TEXT)
    assert ref.media_type == "text/plain"


def test_the_key_is_the_hash_of_the_content(objects: ObjectStore) -> None:
    ref = objects.put(TEXT, "text/plain", kind="originals")

    assert ref.key == f"originals/sha256/{TEXT_SHA256[:2]}/{TEXT_SHA256}"
    assert objects.put(io.BytesIO(TEXT), "text/plain", kind="originals") == ref


def test_a_large_stream_is_stored_and_can_be_sought_in(objects: ObjectStore) -> None:
    content = bytes(range(256)) * 200_000  # 51 MB: more than one part, more than is held in memory

    ref = objects.put(io.BytesIO(content), "application/pdf")

    with objects.open(ref) as file:
        file.seek(50_000_000)
        assert file.read(4) == content[50_000_000:50_000_004]
    assert ref.size == 51_200_000


def test_an_unknown_key_is_missing_not_empty(objects: ObjectStore) -> None:
    unknown = ObjectRef(key="blobs/sha256/00/" + "0" * 64, sha256="0" * 64, size=1, media_type="text/plain")

    assert not objects.exists(unknown)
    with pytest.raises(MissingObject):
        objects.read(unknown)


def test_bytes_that_do_not_hash_to_their_name_are_never_handed_out(objects: ObjectStore) -> None:
    ref = objects.put(TEXT, "text/plain")
    tampered = ref.model_copy(update={"sha256": hashlib.sha256(b"other").hexdigest()})

    with pytest.raises(CorruptObject):
        objects.read(tampered)


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    ref = store.put(TEXT, "text/plain")
    (tmp_path / ref.key).write_bytes(b"x" + TEXT[1:])

    with pytest.raises(CorruptObject):
        store.open(ref)


def test_a_locked_object_is_stored_once_and_read_like_others(objects: ObjectStore) -> None:
    ref = objects.put_locked(TEXT, "application/pdf", "certificates")

    assert objects.put_locked(TEXT, "application/pdf", "certificates") == ref
    assert objects.read(ref) == TEXT


def test_a_locked_version_cannot_be_deleted_from_minio(servers: Servers) -> None:
    store = MinioStore(minio_settings(servers))
    ref = store.put_locked(TEXT, "application/pdf", "certificates")
    version = store.client.stat_object(store.settings.bucket, ref.key).version_id

    with pytest.raises(S3Error):
        store.client.remove_object(store.settings.bucket, ref.key, version_id=version)
    assert store.read(ref) == TEXT


def test_a_locked_file_is_read_only_in_a_folder(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    ref = store.put_locked(TEXT, "application/pdf", "certificates")

    assert (tmp_path / ref.key).stat().st_mode & 0o222 == 0


def test_a_store_that_does_not_answer_is_reported_in_words() -> None:
    settings = Minio.model_validate({"url": "http://127.0.0.1:1", "access_key": "a", "secret_key": "b"})

    with pytest.raises(Unavailable, match=r"http://127\.0\.0\.1:1"):
        MinioStore(settings)
