"""What all tests share: real Kafka, MinIO and PostgreSQL, started once, as plain processes."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest

from infra import log
from infra.native import Servers, running


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The real servers. One that cannot be started is a failure, never a skip."""
    with running() as started:
        yield started


@pytest.fixture(autouse=True, scope="session")
def quiet_logs() -> None:
    log.configure("ERROR")


@pytest.fixture
def new_postgres_database(servers: Servers) -> str:
    """The address of an empty database of its own."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    address = servers.postgres_url or ""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.rsplit("/", 1)[0] + f"/{name}"
