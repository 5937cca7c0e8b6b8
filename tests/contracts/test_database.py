"""What a service's database promises, run on SQLite and on real PostgreSQL."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, func, select

from infra.bus import Message
from infra.bus.local import LocalBus
from infra.database import Database, inbox, migrate, outbox, upsert
from infra.delivery import Announcer, append_to_outbox
from infra.errors import Conflict
from infra.events.base import Event
from infra.events.intake import DossierWithdrawn
from infra.relay import Relay
from intake import tables

Opener = Callable[[], Database]
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
DOSSIER = UUID("11111111-2222-4333-8444-555555555555")


def count(database: Database, table: object) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def inbox_row(event_id: UUID) -> dict[str, object]:
    return {"consumer": "test", "event_id": event_id, "handled_at": NOON}


def test_what_one_process_commits_another_reads(open_database: Opener) -> None:
    event_id = uuid4()
    with open_database().transaction() as connection:
        upsert(connection, inbox, ("consumer", "event_id"), inbox_row(event_id))

    with open_database().reading() as connection:
        row = connection.execute(select(inbox)).one()

    assert row.event_id == event_id
    assert row.handled_at == NOON


def test_a_transaction_that_fails_leaves_nothing(open_database: Opener) -> None:
    database = open_database()

    with pytest.raises(Conflict), database.transaction() as connection:  # noqa: PT012
        upsert(connection, inbox, ("consumer", "event_id"), inbox_row(uuid4()))
        raise Conflict("halfway")

    assert count(database, inbox) == 0


def test_an_event_is_marked_handled_by_one_only(open_database: Opener) -> None:
    event_id = uuid4()
    with open_database().transaction() as connection:
        first = upsert(connection, inbox, ("consumer", "event_id"), inbox_row(event_id), replace=False)
    with open_database().transaction() as connection:
        second = upsert(connection, inbox, ("consumer", "event_id"), inbox_row(event_id), replace=False)

    assert (first, second) == (True, False)


def test_an_upsert_replaces_the_row_with_the_same_key(open_database: Opener) -> None:
    event_id, later = uuid4(), datetime(2026, 12, 1, tzinfo=UTC)
    with open_database().transaction() as connection:
        upsert(connection, inbox, ("consumer", "event_id"), inbox_row(event_id))
        upsert(connection, inbox, ("consumer", "event_id"), {**inbox_row(event_id), "handled_at": later})

    with open_database().reading() as connection:
        assert connection.execute(select(inbox.c.handled_at)).scalar_one() == later


def test_migrating_again_changes_nothing(open_database: Opener) -> None:
    database = open_database()
    with database.transaction() as connection:
        upsert(connection, inbox, ("consumer", "event_id"), inbox_row(uuid4()))

    migrate(database, "intake")

    assert count(database, inbox) == 1


def test_files_handed_in_before_there_were_versions_are_a_first_version(open_empty_database: Opener) -> None:
    database = open_empty_database()
    migrate(database, "intake", "intake_0001")
    migrate(database, "intake", "infra_0001")
    with database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO file (dossier_id, number, name, key, sha256, size, media_type, pages) "
            "VALUES ('11111111222243338444555555555555', 1, 'don.pdf', 'k', 's', 5, 'application/pdf', 2)"
        )

    migrate(database, "intake")

    with database.reading() as connection:
        [row] = connection.execute(select(tables.file)).all()
    assert (row.dossier_id, row.revision, row.number, row.name, row.pages) == (DOSSIER, 1, 1, "don.pdf", 2)


def test_rows_and_events_of_a_person_s_act_commit_together(open_database: Opener) -> None:
    database = open_database()
    announcer = Announcer(database, lambda: NOON)

    def withdraw(connection: Connection) -> Sequence[Event]:
        upsert(connection, inbox, ("consumer", "event_id"), inbox_row(uuid4()))
        return [DossierWithdrawn(dossier_id=DOSSIER, withdrawn_by="vanthu", reason="thiếu giấy tờ")]

    def fail(connection: Connection) -> Sequence[Event]:
        withdraw(connection)
        raise Conflict("halfway")

    announcer.announce(withdraw)
    with pytest.raises(Conflict):
        announcer.announce(fail)

    assert (count(database, inbox), count(database, outbox)) == (1, 1)


def test_the_relay_carries_on_what_a_crashed_process_left(open_database: Opener, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with open_database().transaction() as connection:  # … and then the process is killed
        append_to_outbox(connection, [Message("intake", "k", str(number).encode()) for number in range(3)], NOON)
    bus = LocalBus(tmp_path / "relayed.sqlite")

    sent = Relay("intake", open_database(), bus, lambda: NOON).sweep()

    assert sent == 3
    assert [message.body for message in bus.everything()] == [b"0", b"1", b"2"]
    assert Relay("intake", open_database(), bus, lambda: NOON).sweep() == 0
