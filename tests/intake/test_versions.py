"""A dossier's next version: what stays, what comes, and when the counter is closed."""

import pytest
from httpx import Response

from infra.delivery import from_message, to_message
from infra.events.base import Event
from infra.events.intake import DossierReceived
from infra.events.scoring import AssessmentOpened
from tests.intake import files
from tests.intake.conftest import Counter


def supplement(counter: Counter, place: str, *new: tuple[str, bytes], left_out: tuple[int, ...] = ()) -> Response:
    answer: Response = counter.client.post(
        f"{place}/files",
        files=[("files", file) for file in new] or None,
        data={"left_out": list(left_out)},
        headers=counter.headers("vanthu", "clerk"),
    )
    return answer


def _announced(counter: Counter) -> list[DossierReceived]:
    counter.room.relay.sweep()
    events = [from_message(message) for message in counter.bus.everything()]
    return [event for event in events if isinstance(event, DossierReceived)]


def _hears(counter: Counter, event: Event) -> None:
    counter.bus.publish([to_message(event)])
    counter.room.subscribe()
    [consumer] = counter.room.consumers
    while consumer.step(0.01):
        pass
    consumer.stop()
    consumer.run()


def names(counter: Counter, place: str) -> list[str]:
    listed = counter.client.get(f"{place}/files", headers=counter.headers("vanthu", "clerk"))
    return [file["name"] for file in listed.json()]


@pytest.fixture
def place(counter: Counter) -> str:
    """A dossier of two files."""
    return str(counter.submit(("don.pdf", files.pdf(2)), ("phieu.png", files.picture("PNG"))).headers["location"])


def test_a_new_file_comes_behind_those_there_are(counter: Counter, place: str) -> None:
    answer = supplement(counter, place, ("minh chung.pdf", files.pdf(3)))

    assert answer.status_code == 202, answer.text
    assert (answer.json()["revision"], answer.json()["repeated"]) == (2, False)
    assert names(counter, place) == ["don.pdf", "phieu.png", "minh chung.pdf"]


def test_a_file_is_replaced_by_leaving_it_out(counter: Counter, place: str) -> None:
    supplement(counter, place, ("don quet lai.pdf", files.pdf(4)), left_out=(1,))

    assert names(counter, place) == ["phieu.png", "don quet lai.pdf"]


def test_the_next_version_is_announced_with_all_its_files(counter: Counter, place: str) -> None:
    supplement(counter, place, ("them.pdf", files.pdf(3)), left_out=(2,))

    first, second = _announced(counter)
    assert (first.revision, second.revision) == (1, 2)
    assert first.dossier_id == second.dossier_id
    assert [(file.name, file.pages) for file in second.files] == [("don.pdf", 2), ("them.pdf", 3)]


def test_the_same_once_more_changes_nothing(counter: Counter, place: str) -> None:
    supplement(counter, place, ("them.pdf", files.pdf(3)))

    again = supplement(counter, place, ("them.pdf", files.pdf(3)))

    assert (again.status_code, again.json()["revision"], again.json()["repeated"]) == (202, 2, True)
    assert len(_announced(counter)) == 2


@pytest.mark.parametrize(
    ("left_out", "status", "words"),
    [((3,), 422, "không có tệp số 3"), ((1, 2), 422, "không còn tệp nào"), ((0,), 422, "không có tệp số 0")],
)
def test_what_makes_no_version(
    counter: Counter, place: str, left_out: tuple[int, ...], status: int, words: str
) -> None:
    answer = supplement(counter, place, left_out=left_out)

    assert (answer.status_code, words in answer.json()["detail"]) == (status, True)
    assert names(counter, place) == ["don.pdf", "phieu.png"]


def test_a_damaged_file_leaves_the_version_as_it_was(counter: Counter, place: str) -> None:
    answer = supplement(counter, place, ("hong.pdf", b"%PDF-1.7\n" + b"\xff" * 5000))

    assert answer.status_code == 422
    assert "bị hỏng" in answer.json()["detail"]
    assert names(counter, place) == ["don.pdf", "phieu.png"]


def test_a_withdrawn_dossier_gets_no_version(counter: Counter, place: str) -> None:
    headers = counter.headers("vanthu", "clerk")
    counter.client.post(f"{place}/withdraw", json={"reason": "nộp nhầm"}, headers=headers)

    assert supplement(counter, place, ("them.pdf", files.pdf(3))).status_code == 409


def test_what_a_council_scores_stays_as_it_is(counter: Counter, place: str) -> None:
    [received] = _announced(counter)
    opened = AssessmentOpened(
        dossier_id=received.dossier_id,
        assessment_id=received.dossier_id,
        level="province",
        members=9,
    )
    _hears(counter, opened)

    answer = supplement(counter, place, ("them.pdf", files.pdf(3)))

    assert answer.status_code == 409
    assert "Hội đồng đã mở phiên đánh giá" in answer.json()["detail"]


def test_an_unknown_dossier_has_no_versions(counter: Counter) -> None:
    nowhere = "/api/v1/dossiers/00000000-0000-4000-8000-000000000000"

    assert supplement(counter, nowhere, ("them.pdf", files.pdf(3))).status_code == 404
