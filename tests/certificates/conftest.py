"""A certificates service on the embedded adapters, and results to certify."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from infra.bus import Position, Received
from infra.bus.local import LocalBus
from infra.delivery import to_message
from infra.events.scoring import PartPoints, ProductRated
from infra.events.values import RulebookRef
from infra.identity import HEADER, Identity, sign
from infra.objects.local import FolderStore
from infra.runtime import Room
from infra.settings import InfraSettings

NOON = datetime(2026, 8, 5, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam


class Registry:
    """The service as its neighbours meet it: events in, HTTP."""

    def __init__(self, folder: Path) -> None:
        self.now = NOON
        self.settings = InfraSettings(data_dir=folder)
        self.bus = LocalBus(folder / "bus.sqlite")
        self.objects = FolderStore(folder / "objects")
        self.room = Room("certificates", self.settings, self.bus, self.objects, lambda: self.now)
        self.client = TestClient(self.room.app, raise_server_exceptions=False)

    def hears(self, rated: ProductRated) -> None:
        self.room.delivery.handle(Received(to_message(rated), Position("scoring", 0, 1)))

    def as_(self, role: str) -> dict[str, str]:
        # identities are checked against the real time, whatever time the test has set
        return {HEADER: sign(Identity("chungnhan", "", frozenset({role})), self.settings.secret(), datetime.now(UTC))}

    def all(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self.client.get("/api/v1/certificates", headers=self.as_("clerk")).json()
        return found


def rated(stars: int = 4, level: str = "province", assessment: UUID | None = None) -> ProductRated:
    return ProductRated(
        dossier_id=uuid4(),
        assessment_id=assessment or uuid4(),
        level=level,  # type: ignore[arg-type]
        rulebook=RulebookRef(decision="QĐ 26/2026/QĐ-TTg", set_no=7),
        product="Mít sấy giòn Tân Hòa",
        applicant="Hợp tác xã Nông nghiệp Tân Hòa Xanh",
        address="Thôn 4, xã Tân Hòa, tỉnh Lâm Đồng",
        province="Lâm Đồng",
        parts=PartPoints(A="30", B="20", C="29"),
        total="79",
        stars=stars,
        year=2026,
    )


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.delenv("CERTIFICATES_BASE_URL", raising=False)
    made = Registry(tmp_path)
    yield made
    made.room.database.close()
