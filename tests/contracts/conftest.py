"""Every adapter of each kind, embedded and real, for one suite each."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from infra.bus import Bus
from infra.bus.kafka import KafkaBus
from infra.bus.local import LocalBus
from infra.database import Database, migrate, open_postgres, open_sqlite
from infra.native import Servers
from infra.objects import ObjectStore
from infra.objects.local import FolderStore
from infra.objects.minio import MinioStore
from infra.settings import Minio

PARTITIONS = 3


@pytest.fixture(params=["local", "kafka"])
def bus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bus]:
    if request.param == "local":
        made: Bus = LocalBus(tmp_path / "bus.sqlite")
    else:
        servers: Servers = request.getfixturevalue("servers")
        made = KafkaBus(servers.kafka_servers or "", partitions=PARTITIONS)
    yield made
    made.close()


@pytest.fixture
def topic(bus: Bus) -> str:
    """A new topic."""
    name = f"test.{uuid.uuid4().hex}"
    bus.create_topics([name])
    return name


@pytest.fixture(params=["folder", "minio"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "folder":
        return FolderStore(tmp_path / "objects")
    servers: Servers = request.getfixturevalue("servers")
    return MinioStore(minio_settings(servers))


def minio_settings(servers: Servers) -> Minio:
    return Minio(
        url=servers.minio_url or "",
        bucket=f"test-{uuid.uuid4().hex[:12]}",
        access_key=servers.access_key,
        secret_key=SecretStr(servers.secret_key),
        retention_days=1,
    )


@pytest.fixture(params=["sqlite", "postgres"])
def open_empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Opens the same database, without a table yet, again and again, as several processes would."""
    opened: list[Database] = []
    schema = "intake"

    def open_again() -> Database:
        if request.param == "sqlite":
            database = open_sqlite(tmp_path / "intake.sqlite")
        else:
            database = open_postgres(postgres, schema)
        opened.append(database)
        return database

    if request.param == "postgres":
        postgres = request.getfixturevalue("new_postgres_database")
    yield open_again
    for database in opened:
        database.close()


@pytest.fixture
def open_database(open_empty_database: Callable[[], Database]) -> Callable[[], Database]:
    """Opens the same migrated database again and again."""
    migrate(open_empty_database(), "intake")
    return open_empty_database
