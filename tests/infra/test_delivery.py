"""What becomes of an event whose handler fails: tried again later, or kept where an operator sees it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from infra.bus import NOT_BEFORE, Message, Position, Received
from infra.bus.local import LocalBus
from infra.database import Database, dead_letter, inbox, migrate, open_sqlite
from infra.delivery import Delivery, to_message
from infra.errors import Conflict, Unavailable
from infra.events.extraction import PagesRead
from infra.events.intake import DossierWithdrawn
from infra.relay import Relay
from infra.service import Reaction, Service

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVENT = DossierWithdrawn(
    dossier_id=UUID("11111111-2222-4333-8444-555555555555"), withdrawn_by="vanthu", reason="nộp nhầm"
)


class Post:
    """One service with one handler, its database and the bus behind it."""

    def __init__(self, folder: Path) -> None:
        self.database: Database = open_sqlite(folder / "scoring.sqlite")
        migrate(self.database, "scoring")
        self.bus = LocalBus(folder / "bus.sqlite")

    def handles(self, message: Message, handler: Callable[[DossierWithdrawn], Reaction]) -> list[Message]:
        """Deliver one message; what went to the bus because of it."""
        before = len(self.bus.everything())
        service = Service(name="scoring", handlers={DossierWithdrawn: handler})
        Delivery(service, self.database, lambda: NOON).handle(Received(message, Position(message.topic, 0, 1)))
        Relay("scoring", self.database, self.bus, lambda: NOON).sweep()
        return self.bus.everything()[before:]

    def dead_letters(self) -> list[tuple[str, str]]:
        with self.database.reading() as connection:
            rows = connection.execute(select(dead_letter.c.error_class, dead_letter.c.message))
            return [(row.error_class, row.message) for row in rows]


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path)
    yield made
    made.database.close()


def failing(error: Exception) -> Callable[[DossierWithdrawn], Reaction]:
    def handler(_: DossierWithdrawn) -> Reaction:
        raise error

    return handler


def test_what_follows_from_an_event_goes_out_once(post: Post) -> None:
    following = PagesRead.following(EVENT, revision=1, first_page=1, last_page=8, total_pages=8)

    first = post.handles(to_message(EVENT), lambda _: following)
    again = post.handles(to_message(EVENT), lambda _: following)

    assert [message.headers["ce_type"] for message in first] == ["pages.read.v1"]
    assert again == []


def test_a_passing_failure_is_tried_again_after_30_seconds_5_minutes_and_an_hour_then_kept(post: Post) -> None:
    message, delays = to_message(EVENT), []
    for _ in range(3):
        [message] = post.handles(message, failing(Unavailable("kho không trả lời")))
        delays.append((message.topic, message.headers[NOT_BEFORE]))

    [letter] = post.handles(message, failing(Unavailable("kho không trả lời")))

    assert delays == [
        ("intake.scoring.retry.30s", "2026-11-23T12:00:30+00:00"),
        ("intake.scoring.retry.5min", "2026-11-23T12:05:00+00:00"),
        ("intake.scoring.retry.1h", "2026-11-23T13:00:00+00:00"),
    ]
    assert letter.topic == "intake.scoring.dlt"
    assert len(post.dead_letters()) == 1


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("1/0"), Conflict("không hợp trạng thái")], ids=["bug", "bad-input"]
)
def test_a_bug_or_bad_input_is_kept_at_once_and_the_rest_goes_on(post: Post, error: Exception) -> None:
    [letter] = post.handles(to_message(EVENT), failing(error))

    assert letter.topic == "intake.scoring.dlt"
    [(error_class, words)] = post.dead_letters()
    assert error_class == type(error).__name__
    assert str(error) in words
    assert post.handles(to_message(EVENT.model_copy(update={"event_id": UUID(int=7)})), lambda _: None) == []


def test_a_message_that_is_no_event_is_kept_and_an_unknown_type_passed_over(post: Post) -> None:
    broken = Message("intake", "k", b"{not json", {"ce_type": "dossier.withdrawn.v1"})
    unknown = Message("intake", "k", b"{}", {"ce_type": "dossier.sung.v9"})

    assert [message.topic for message in post.handles(broken, lambda _: None)] == ["intake.scoring.dlt"]
    assert post.handles(unknown, lambda _: None) == []


def test_a_handler_s_rows_and_the_inbox_commit_together(post: Post) -> None:
    def write(connection: object) -> list[PagesRead]:
        raise ZeroDivisionError

    post.handles(to_message(EVENT), lambda _: write)

    with post.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(inbox)).scalar_one() == 0
