"""The counter of an office on the embedded adapters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from infra import clock
from infra.bus.local import LocalBus
from infra.identity import HEADER, Identity, sign
from infra.objects.local import FolderStore
from infra.runtime import Room
from infra.settings import InfraSettings


class Counter:
    """Intake as its callers meet it: HTTP with a signed identity."""

    def __init__(self, folder: Path) -> None:
        self.settings = InfraSettings(data_dir=folder)
        self.bus = LocalBus(folder / "bus.sqlite")
        self.objects = FolderStore(folder / "objects")
        self.room = Room("intake", self.settings, self.bus, self.objects, clock.now)
        self.client = TestClient(self.room.app, raise_server_exceptions=False)

    def headers(self, name: str, role: str) -> dict[str, str]:
        identity = Identity(name, name, frozenset({role}))
        return {HEADER: sign(identity, self.settings.secret(), clock.now())}

    def submit(self, *files: tuple[str, bytes], by: str = "vanthu", **request):  # type: ignore[no-untyped-def]
        headers = {**self.headers(by, "clerk"), **request.pop("headers", {})}
        scans = [("files", file) for file in files]
        return self.client.post("/api/v1/dossiers", files=scans or None, headers=headers, **request)

    def stored(self, kind: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.objects.folder / kind).rglob("*")) if path.is_file()]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.room.service.on_stop()
    made.room.database.close()
