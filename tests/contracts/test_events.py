"""The language of the house: every message ever published can still be read, and README tells the truth about it."""

import importlib
import json
import re
from pathlib import Path

import pytest

from infra.events import EVENT_BY_TYPE
from infra.reference import ROOT
from infra.runtime import SERVICES, Runtime
from infra.settings import InfraSettings

EXAMPLES = sorted((ROOT / "infra" / "events" / "examples").glob("*.json"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\S+) \| `(\S+)` \| (\w+) \| ([\w, ]+) \|$", re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_message_ever_published_can_still_be_read(example: Path) -> None:
    event = EVENT_BY_TYPE[example.stem].model_validate_json(example.read_text(encoding="utf-8"))

    written = json.loads(example.read_text(encoding="utf-8"))
    assert {name: value for name, value in event.model_dump(mode="json").items() if name in written} == written


def test_every_event_has_an_example() -> None:
    assert {example.stem for example in EXAMPLES} == set(EVENT_BY_TYPE)


def test_readme_names_every_event_with_its_topic_and_readers(tmp_path: Path) -> None:
    runtime = Runtime(SERVICES, InfraSettings(data_dir=tmp_path))
    readers = {
        kind: sorted(name for name, room in runtime.rooms.items() if event in room.service.handlers)
        for kind, event in EVENT_BY_TYPE.items()
    }
    runtime.stop()
    table = README.split("<!-- events:")[1].split("<!-- /events -->")[0]

    told = {kind: (topic, name, sorted(read.split(", "))) for topic, kind, name, read in ROW.findall(table)}

    assert told == {kind: (event.topic, event.__name__, readers[kind]) for kind, event in EVENT_BY_TYPE.items()}


def test_a_service_publishes_only_on_its_own_topics(tmp_path: Path) -> None:
    runtime = Runtime(SERVICES, InfraSettings(data_dir=tmp_path))
    published = {name: {event.topic for event in room.service.publishes} for name, room in runtime.rooms.items()}
    runtime.stop()

    assert published == {
        "intake": {"intake"},
        "extraction": {"extraction", "extraction.work"},
        "scoring": {"scoring"},
        "certificates": {"certificates"},
        "gateway": set(),
    }


def test_what_follows_from_one_cause_always_has_the_same_id() -> None:
    intake = importlib.import_module("infra.events.intake")
    cause = intake.DossierWithdrawn(
        dossier_id="11111111-2222-4333-8444-555555555555", withdrawn_by="vanthu", reason="chủ thể xin rút"
    )

    first, again = (intake.DossierWithdrawn.following(cause, withdrawn_by="a", reason="b") for _ in range(2))

    assert first.event_id == again.event_id
    assert intake.DossierWithdrawn.following(cause, part="/2", withdrawn_by="a", reason="b").event_id != first.event_id
