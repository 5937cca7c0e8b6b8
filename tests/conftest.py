"""What all tests share: real Kafka, MinIO and PostgreSQL, started once, as plain processes."""

from collections.abc import Iterator

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
