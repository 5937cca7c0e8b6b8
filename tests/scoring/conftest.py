"""An office with only the scoring room in it, on embedded adapters, and a hand-written extraction."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from infra.bus import Message, Position, Received
from infra.bus.local import LocalBus
from infra.database import dead_letter, outbox
from infra.delivery import from_message, to_message
from infra.events.base import Event
from infra.events.extraction import DossierExtracted
from infra.events.values import RulebookRef
from infra.identity import HEADER, Identity, sign
from infra.objects.local import FolderStore
from infra.runtime import Room
from infra.settings import InfraSettings
from scoring.library import Library
from scoring.rulebook import Rulebook

DECISION = "QĐ 26/2026/QĐ-TTg"
NINE = [f"uyvien{number}" for number in range(1, 10)]


@pytest.fixture(scope="session")
def library() -> Library:
    return Library()


@pytest.fixture(scope="session")
def jam(library: Library) -> Rulebook:
    """Set 7, processed fruit and vegetables: 32 rows, its 2.4 printed without boxes."""
    return library.rulebook_for(DECISION, 7)


def top_choices(rulebook: Rulebook) -> dict[str, int | None]:
    """The best option of every row; of two cases the first."""
    return {
        row.code: next(index for index, option in enumerate(row.options) if option.points == row.max_points)
        for row in rulebook.rows
    }


def extraction() -> dict[str, Any]:
    """What `ocop read` says of a small dossier: two claims agree with the table, one does not fit it."""
    place = {"box": [0, 0, 10, 10], "confidence": 0.9, "needs_review": False, "reason": None}

    def field(name: str, value: str, page: int) -> dict[str, Any]:
        return {"name": name, "value": value, "raw": value, "page": page, **place}

    def claim(code: str, source: str, points: float | None, option: int | None, page: int) -> dict[str, Any]:
        return {"code": code, "source": source, "points": points, "option": option, "page": page, **place}

    kinds = ["registration-form", "self-assessment", "commune-report", "score-sheet", "material-origin"]
    return {
        "engine": "hand",
        "rulebook": {"decision": DECISION, "set_no": 7, "confidence": 0.95},
        "pages": [{"number": number, "kind": kind} for number, kind in enumerate([*kinds, "material-origin"], 1)],
        "fields": [
            field("product.name", "Mứt dứa Suối Vàng", 1),
            field("product.name", "Mut dua", 2),
            field("applicant.name", "Hợp tác xã Suối Vàng", 1),
            field("applicant.address", "Thôn Hạ, xã Suối Vàng, tỉnh Lâm Sơn", 1),
            field("applicant.phone", "0900000000", 1),
            field("commune.local_materials", "Dứa của 40 hộ trong xã.", 3),
            field("commune.local_identity", "Gắn với lễ hội của xã.", 3),
        ],
        "criteria": [
            claim("1.1", "self-assessment", 3, None, 2),
            claim("1.1", "score-sheet", 3, 2, 4),
            claim("1.5", "score-sheet", 2, 2, 4),
            claim("1.5", "self-assessment", 3, None, 2),
            claim("2.4", "score-sheet", 1, None, 4),
            claim("3.1", "self-assessment", 1, None, 2),
            claim("4.1", "self-assessment", 4, None, 2),
        ],
        "evidence": [{"code": "3.5", "pages": [9, 8], "reason": "Mẫu 02 dẫn"}],
    }


@dataclass
class Office:
    """The scoring room, its clerk's desk and its door."""

    room: Room
    browser: TestClient
    now: datetime

    def hears(self, event: Event) -> None:
        message = to_message(event)
        self.room.delivery.handle(Received(message, Position(message.topic, 0, 0)))

    def extracted(self, content: dict[str, Any] | None = None, **facts: Any) -> DossierExtracted:
        """A dossier was read: the event, heard."""
        content = extraction() if content is None else content
        reference = self.room.resources.objects.put(json.dumps(content).encode(), "application/json")
        book = content.get("rulebook")
        event = DossierExtracted(
            **{
                "dossier_id": uuid4(),
                "revision": 1,
                "extraction": reference,
                "pages": 6,
                "engine": "hand",
                "rulebook": RulebookRef(**{key: book[key] for key in ("decision", "set_no")}) if book else None,
                **facts,
            }
        )
        self.hears(event)
        return event

    def said(self, *kinds: type[Event]) -> list[Event]:
        """What waits in the outbox, oldest first."""
        with self.room.database.reading() as connection:
            rows = connection.execute(select(outbox).order_by(outbox.c.number)).all()
        events = [from_message(Message(row.topic, row.key, row.body, row.headers)) for row in rows]
        return [event for event in events if event and (not kinds or isinstance(event, kinds))]

    def dead_letters(self) -> int:
        with self.room.database.reading() as connection:
            return len(connection.execute(select(dead_letter)).all())

    def ask(self, person: str, role: str, method: str, path: str, **request: Any) -> Response:
        token = sign(
            Identity(person, person.title(), frozenset({role})), self.browser.app.state.secret, datetime.now(UTC)
        )
        headers = {HEADER: token, **request.pop("headers", {})}
        return self.browser.request(method, f"/api/v1{path}", headers=headers, **request)

    def opens(self, dossier_id: UUID, members: list[str] | None = None, **more: Any) -> Response:
        body = {"dossier_id": str(dossier_id), "members": members or NINE, "chair": (members or NINE)[0], **more}
        return self.ask("thuky", "secretary", "POST", "/assessments", json=body)

    def votes(self, member: str, assessment: str, choices: dict[str, int | None], **more: Any) -> Response:
        body = {"choices": choices, **more}
        return self.ask(member, "member", "PUT", f"/assessments/{assessment}/ballots", json=body)

    def closes(self, assessment: str, **correction: str) -> Response:
        return self.ask("thuky", "secretary", "POST", f"/assessments/{assessment}/close", json=correction or None)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    settings = InfraSettings(data_dir=tmp_path)
    bus = LocalBus(tmp_path / "bus.sqlite")
    now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    moments = (now + timedelta(seconds=count) for count in range(10**6))
    room = Room("scoring", settings, bus, FolderStore(tmp_path / "objects"), lambda: next(moments))
    yield Office(room, TestClient(room.app), now)
    room.database.close()
    bus.close()
