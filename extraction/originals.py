"""Local copies of originals: the store is asked once for a file whose pages are read one by one."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.events.values import ObjectRef
from infra.objects import ObjectStore

MEGABYTE = 1 << 20


class Originals:
    """Copies in `folder`, the longest unused deleted first once they exceed `limit_mb`. Threads may share it."""

    def __init__(self, objects: ObjectStore, folder: Path, limit_mb: int) -> None:
        self.objects, self.folder, self.limit_mb = objects, folder, limit_mb
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lock = threading.Lock()
        self.in_use: dict[Path, int] = {}

    @contextmanager
    def copy(self, ref: ObjectRef) -> Iterator[Path]:
        """A file with the object's bytes, which stays while the block runs."""
        path = self.folder / ref.sha256
        with self.lock:
            self.in_use[path] = self.in_use.get(path, 0) + 1
            try:
                self._fetch(ref, path)
            except BaseException:
                self.in_use[path] -= 1
                raise
        try:
            yield path
        finally:
            with self.lock:
                self.in_use[path] -= 1
                self._tidy()

    def _fetch(self, ref: ObjectRef, path: Path) -> None:
        if path.exists() and (known := path.stat()).st_size == ref.size:
            os.utime(path, ns=(time.time_ns(), known.st_mtime_ns))  # it is read, not written: workers keep it open
            return
        partial = path.with_suffix(".part")
        with self.objects.open(ref) as source, partial.open("wb") as target:
            shutil.copyfileobj(source, target, MEGABYTE)
        partial.replace(path)

    def _tidy(self) -> None:
        copies = sorted(
            (copy for copy in self.folder.iterdir() if copy.is_file()), key=lambda copy: copy.stat().st_atime_ns
        )
        held = sum(copy.stat().st_size for copy in copies)
        for copy in copies:
            if held <= self.limit_mb * MEGABYTE:
                return
            if not self.in_use.get(copy):
                held -= copy.stat().st_size
                copy.unlink()
