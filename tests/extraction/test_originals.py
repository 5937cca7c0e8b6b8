"""Local copies of originals, kept for the next page of the same file."""

import os
from pathlib import Path

import pytest

from extraction.originals import MEGABYTE, Originals
from infra.events.values import ObjectRef
from infra.objects.local import FolderStore


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def held(store: FolderStore, sign: bytes) -> ObjectRef:
    return store.put(sign * MEGABYTE, "application/pdf")


def test_a_copy_that_is_used_again_looks_unchanged_to_whoever_keeps_it_open(tmp_path: Path, store: FolderStore) -> None:
    originals, ref = Originals(store, tmp_path / "copies", limit_mb=10), held(store, b"a")
    with originals.copy(ref) as path:
        os.utime(path, (1_000, 1_000))
    with originals.copy(ref) as path:
        assert path.stat().st_mtime == 1_000
        assert path.stat().st_atime > 1_000


def test_the_copy_unused_for_longest_goes_first(tmp_path: Path, store: FolderStore) -> None:
    originals, refs = Originals(store, tmp_path / "copies", limit_mb=2), [held(store, sign) for sign in (b"a", b"b")]
    for used, ref in enumerate(refs):
        with originals.copy(ref) as path:
            pass
        os.utime(path, (1_000 + used, 1_000 + used))
    with originals.copy(refs[0]):  # again: now the other one is older
        pass
    with originals.copy(held(store, b"c")):
        pass

    assert {path.name for path in (tmp_path / "copies").iterdir()} >= {refs[0].sha256}
    assert not (tmp_path / "copies" / refs[1].sha256).exists()


def test_a_copy_in_use_stays_however_large(tmp_path: Path, store: FolderStore) -> None:
    originals = Originals(store, tmp_path / "copies", limit_mb=1)
    with originals.copy(held(store, b"a")) as first:
        with originals.copy(held(store, b"b")):
            pass
        assert first.read_bytes() == b"a" * MEGABYTE
