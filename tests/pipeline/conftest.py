"""An office of all five services on the embedded adapters, driven step by step: the tests' own words for it."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from gateway.administration import add_user, new_token
from gateway.app import door
from infra import clock
from infra.bus.local import LocalBus
from infra.demo import MEMBERS, scripted_choices
from infra.reference import ROOT
from infra.runtime import SERVICES, Runtime
from infra.samples import Sample, make
from infra.settings import InfraSettings

ROLES = {"vanthu": "clerk", "thuky": "secretary", "vanhanh": "operator", **dict.fromkeys(MEMBERS, "member")}
QUIET_ROUNDS = 3


@dataclass
class Office:
    """What the people of an office do, and what they see."""

    runtime: Runtime
    clients: Mapping[str, TestClient]

    def submits(self, *scans: tuple[str, bytes], by: str = "vanthu", **request: Any) -> Any:
        """Hand in scans as (name, bytes); the raw HTTP answer."""
        files = [("files", scan) for scan in scans]
        return self.clients[by].post("/api/v1/dossiers", files=files, **request)

    def takes_in(self, *scans: tuple[str, bytes], by: str = "vanthu") -> str:
        answer = self.submits(*scans, by=by)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["dossier_id"])

    def works_until_idle(self) -> None:
        """Every relay and consumer, until nothing moves any more."""
        quiet = 0
        while quiet < QUIET_ROUNDS:
            moved = sum(room.relay.sweep() for room in self.runtime.rooms.values())
            moved += sum(consumer.step(0.01) for room in self.runtime.rooms.values() for consumer in room.consumers)
            quiet = 0 if moved else quiet + 1

    def works_until(self, enough: Any) -> None:
        """As long as `enough()` is false."""
        while not enough():
            for room in self.runtime.rooms.values():
                room.relay.sweep()
                for consumer in room.consumers:
                    consumer.step(0.01)

    def redelivers_every_event(self, seed: int) -> None:
        """Every message ever published once more, all of them shuffled."""
        bus = self.runtime.bus
        assert isinstance(bus, LocalBus)
        messages = bus.everything()
        random.Random(seed).shuffle(messages)
        bus.publish(messages)

    def status_of(self, dossier: str) -> dict[str, Any]:
        answer = self.clients["vanthu"].get(f"/api/v1/dossiers/{dossier}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def score_sheet_of(self, dossier: str) -> dict[str, Any]:
        answer = self.clients["thuky"].get(f"/api/v1/dossiers/{dossier}/score-sheet")
        assert answer.status_code == 200, answer.text
        sheet: dict[str, Any] = answer.json()
        return sheet

    def council_votes(self, dossier: str) -> str:
        """Nine members score as the demo's council does; returns the assessment's id."""
        sheet = self.score_sheet_of(dossier)
        council = {"dossier_id": dossier, "level": "province", "members": list(MEMBERS), "chair": MEMBERS[0]}
        opened = self.clients["thuky"].post("/api/v1/assessments", json=council)
        assert opened.status_code == 201, opened.text
        assessment = str(opened.json()["assessment_id"])
        for number, member in enumerate(MEMBERS):
            ballot = {"choices": scripted_choices(sheet, number), "comment": ""}
            answer = self.clients[member].post(f"/api/v1/assessments/{assessment}/ballots", json=ballot)
            assert answer.status_code in (200, 201), answer.text
        return assessment

    def secretary_closes(self, assessment: str) -> dict[str, Any]:
        answer = self.clients["thuky"].post(f"/api/v1/assessments/{assessment}/close")
        assert answer.status_code == 200, answer.text
        result: dict[str, Any] = answer.json()
        return result

    def certificates_of(self, dossier: str) -> list[dict[str, Any]]:
        answer = self.clients["thuky"].get("/api/v1/certificates", params={"dossier_id": dossier})
        found: list[dict[str, Any]] = answer.json()
        return found

    def extraction_workers(self) -> list[int]:
        """Process ids of the page-reading workers now alive."""
        handlers = self.runtime.rooms["extraction"].service.handlers.values()
        readers = [handler.reader for handler in handlers if hasattr(handler, "reader")]
        return [process for reader in readers for process in reader.sandbox.processes()]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield from open_office(tmp_path / "office")


def open_office(folder: Path) -> Iterator[Office]:
    runtime = Runtime(SERVICES, InfraSettings(data_dir=folder, workers=2))
    for room in runtime.rooms.values():
        room.subscribe()
    gateway = runtime.rooms["gateway"]
    others = {name: room.app for name, room in runtime.rooms.items() if name != "gateway"}
    app = door(gateway.resources, gateway.app, others)
    clients = {}
    for name, role in ROLES.items():
        add_user(gateway.database, clock.now, name, [role])
        token = new_token(gateway.database, clock.now, name)
        clients[name] = TestClient(app, headers={"Authorization": f"Bearer {token}"})
    yield Office(runtime, clients)
    for room in runtime.rooms.values():
        for consumer in room.consumers:
            consumer.stop()
            consumer.run()  # sees that it is stopped, finishes what is in flight and closes
    runtime.stop()


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The demo's dossier: seed 1, set 7, office quality, four stars."""
    return make(seed=1)


@pytest.fixture(scope="session")
def short_dossier(sample: Sample) -> tuple[str, bytes]:
    """Its forms and score sheet alone: enough for a certificate, and quickly read."""
    kinds = ("registration-form", "commune-report", "score-sheet")
    numbers = [number for number, page in enumerate(sample.pages, start=1) if page.truth.kind in kinds]
    return ("ho-so.pdf", sample.excerpt(*numbers))


assert ROOT.is_dir()
