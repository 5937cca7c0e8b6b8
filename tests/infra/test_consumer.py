"""How a consumer fills its places: from the bus as soon as one falls free."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from infra.bus.local import LocalBus
from infra.consumer import Consumer
from infra.database import Database, migrate, open_sqlite
from infra.delivery import Announcer, Delivery, to_message
from infra.events.intake import DossierWithdrawn
from infra.relay import Relay
from infra.service import Service

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LONG_SECONDS = 30.0  # no test waits so long unless it fails


def withdrawn(number: int) -> DossierWithdrawn:
    return DossierWithdrawn(dossier_id=UUID(int=number), withdrawn_by="vanthu", reason="nộp nhầm")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_sqlite(tmp_path / "scoring.sqlite")
    migrate(made, "scoring")
    yield made
    made.close()


def test_the_place_of_a_finished_handler_is_taken_at_once(database: Database, tmp_path: Path) -> None:
    bus, begun, may_end = LocalBus(tmp_path / "bus.sqlite"), [], threading.Event()

    def handle(event: DossierWithdrawn) -> None:
        begun.append(event.dossier_id.int)
        if event.dossier_id.int == 1:
            may_end.wait(LONG_SECONDS)

    bus.publish([to_message(withdrawn(1)), to_message(withdrawn(2))])
    delivery = Delivery(Service(name="scoring", handlers={DossierWithdrawn: handle}), database, lambda: NOON)
    consumer = Consumer("scoring", bus.subscribe("scoring", ["intake"]), delivery)
    assert consumer.step(LONG_SECONDS) == 1
    may_end.set()

    assert consumer.step(LONG_SECONDS) == 2  # one finished and one begun, in one step

    consumer.stop()
    consumer.run()  # sees that it is stopped and lets what is in flight end
    assert begun == [1, 2]


def test_whoever_fills_the_outbox_wakes_the_relay(database: Database, tmp_path: Path) -> None:
    bus = LocalBus(tmp_path / "bus.sqlite")
    relay = Relay("scoring", database, bus, lambda: NOON)
    announcer = Announcer(database, lambda: NOON, relay.wake)

    announcer.announce(lambda _: [])
    assert not relay.news.is_set()
    announcer.announce(lambda _: [withdrawn(1)])
    assert relay.news.is_set()

    relay.rest()
    assert not relay.news.is_set()
    assert relay.sweep() == 1
    assert [message.key for message in bus.everything()] == [str(UUID(int=1))]


def test_what_a_handler_leaves_in_the_outbox_wakes_the_relay(database: Database, tmp_path: Path) -> None:
    bus = LocalBus(tmp_path / "bus.sqlite")
    relay = Relay("scoring", database, bus, lambda: NOON)
    service = Service(name="scoring", handlers={DossierWithdrawn: lambda event: withdrawn(event.dossier_id.int + 1)})
    bus.publish([to_message(withdrawn(1))])
    [received] = bus.subscribe("scoring", ["intake"]).poll(1, LONG_SECONDS)

    Delivery(service, database, lambda: NOON, relay.wake).handle(received)

    assert relay.news.is_set()
