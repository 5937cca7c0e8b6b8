"""Puts services on their adapters and keeps them running: one service in a process, or all of them."""

import importlib
import threading
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import cast

from fastapi import FastAPI

from infra import clock as system_clock
from infra.bus import Bus
from infra.bus.local import LocalBus
from infra.clock import Clock
from infra.consumer import Consumer
from infra.database import Database, migrate, open_postgres, open_sqlite
from infra.delivery import RETRY_DELAYS, Announcer, Delivery, retry_topic, topics_of
from infra.errors import PipelineError
from infra.http import api
from infra.log import logger
from infra.objects import ObjectStore
from infra.objects.local import FolderStore
from infra.relay import Relay
from infra.service import Resources, Service
from infra.settings import InfraSettings

SERVICES = ("intake", "extraction", "scoring", "certificates", "gateway")
MEASURE_SECONDS = 5.0


def open_bus(settings: InfraSettings) -> Bus:
    if settings.mode == "embedded":
        return LocalBus(settings.data_dir / "bus.sqlite")
    from infra.bus.kafka import KafkaBus  # only the distributed composition needs a Kafka client

    assert settings.kafka_servers
    return KafkaBus(settings.kafka_servers, settings.kafka_partitions, settings.kafka_replication)


def open_objects(settings: InfraSettings) -> ObjectStore:
    if settings.mode == "embedded":
        return FolderStore(settings.data_dir / "objects")
    from infra.objects.minio import MinioStore

    assert settings.minio
    return MinioStore(settings.minio)


def open_database(settings: InfraSettings, service: str) -> Database:
    if settings.mode == "embedded":
        return open_sqlite(settings.data_dir / "databases" / f"{service}.sqlite")
    assert settings.postgres_url
    return open_postgres(settings.postgres_url.get_secret_value(), service)


def load(name: str, resources: Resources) -> Service:
    """The service called `name`. Loaded by name, so that nothing in infra imports a service."""
    module = importlib.import_module(f"{name}.app")
    make = cast(Callable[[Resources], Service], module.service)
    return make(resources)


class Room:
    """One running service: its tables, its consumers, its relay, its HTTP side."""

    def __init__(self, name: str, settings: InfraSettings, bus: Bus, objects: ObjectStore, clock: Clock) -> None:
        self.database = open_database(settings, name)
        migrate(self.database, name)
        self.relay = Relay(name, self.database, bus, clock)
        announcer = Announcer(self.database, clock, self.relay.wake)
        self.resources = Resources(settings, self.database, objects, announcer, clock)
        self.service = load(name, self.resources)
        self.app: FastAPI = api(self.service, self.resources, bus)
        self.delivery = Delivery(self.service, self.database, clock, self.relay.wake)
        self.bus = bus
        self.consumers: list[Consumer] = []

    def subscribe(self) -> None:
        """Facts are handled one by one, in order; each topic with parallel work has a consumer of its own."""
        parallel = {topic: count for topic, count in self.service.parallel.items() if topic in self.service.topics}
        ordered = [topic for topic in self.service.topics if topic not in parallel]
        name = self.service.name
        if ordered:
            self._consume(name, ordered, 1)
        for topic, count in parallel.items():
            self._consume(f"{name}-{topic}", [topic], count)

    def _consume(self, group: str, topics: Sequence[str], parallel: int) -> None:
        retries = [retry_topic(topic, self.service.name, delay) for topic in topics for delay in RETRY_DELAYS]
        subscription = self.bus.subscribe(group, [*topics, *retries])
        self.consumers.append(Consumer(group, subscription, self.delivery, parallel))

    def topics(self) -> tuple[str, ...]:
        return topics_of(self.service)


class Runtime:
    """Services by name on one set of adapters."""

    def __init__(
        self, names: Sequence[str], settings: InfraSettings, *, bus: Bus | None = None, clock: Clock = system_clock.now
    ) -> None:
        self.settings, self.clock = settings, clock
        self.bus = bus or open_bus(settings)
        self.objects = open_objects(settings)
        self.rooms = {name: Room(name, settings, self.bus, self.objects, clock) for name in names}
        self.threads: list[threading.Thread] = []
        self.stopping = threading.Event()

    def start(self) -> None:
        """Begin to consume and relay, on threads."""
        self.create_topics()
        for name, room in self.rooms.items():
            room.service.on_start()
            room.subscribe()
            self._spawn(f"{name}-relay", partial(self._relay, room))
            for consumer in room.consumers:
                self._spawn(f"{name}-consumer", consumer.run)

    def create_topics(self) -> list[str]:
        return self.bus.create_topics(sorted({topic for room in self.rooms.values() for topic in room.topics()}))

    def stop(self) -> None:
        """Finish what is in flight, then close everything."""
        self.stopping.set()
        for room in self.rooms.values():
            for consumer in room.consumers:
                consumer.stop()
            room.relay.wake()
        for thread in self.threads:
            thread.join(60)
        for room in self.rooms.values():
            room.service.on_stop()
            room.database.close()
        self.bus.close()

    def _spawn(self, name: str, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, name=name, daemon=True)
        thread.start()
        self.threads.append(thread)

    def _relay(self, room: Room) -> None:
        """Sweep until told to stop; measure now and then."""
        log, measured = logger(room.service.name), -MEASURE_SECONDS
        while not self.stopping.is_set():
            try:
                sent = room.relay.sweep()
                if monotonic() - measured >= MEASURE_SECONDS:
                    measured = monotonic()
                    room.relay.measure()
            except PipelineError as error:
                log.error("The relay waits.", reason=str(error))
                self.stopping.wait(2)
                continue
            if not sent:
                room.relay.rest()
