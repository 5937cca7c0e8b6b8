"""Real Kafka, MinIO and PostgreSQL as plain processes, where no container engine runs: for `--distributed` and tests.

Programs are cached outside the clone by version; data lies in a temporary folder; every process ends with the block.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.native import kafka, minio, postgres


@dataclass(frozen=True)
class Servers:
    """Where the servers answer; None for one that was not asked for."""

    kafka_servers: str | None = None
    minio_url: str | None = None
    access_key: str = ""
    secret_key: str = ""
    postgres_url: str | None = None

    def environment(self) -> dict[str, str]:
        """The variables that point a distributed office at these servers."""
        named = {
            "INFRA_KAFKA_SERVERS": self.kafka_servers,
            "INFRA_MINIO__URL": self.minio_url,
            "INFRA_MINIO__ACCESS_KEY": self.access_key or None,
            "INFRA_MINIO__SECRET_KEY": self.secret_key or None,
            "INFRA_POSTGRES_URL": self.postgres_url,
        }
        return {name: value for name, value in named.items() if value}


@contextmanager
def running(*, with_kafka: bool = True, with_minio: bool = True, with_postgres: bool = True) -> Iterator[Servers]:
    """Start what is asked for, side by side. Raises ServerNotStarted with the end of the server's log."""
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="ocop-servers-", ignore_cleanup_errors=True))
        )
        folder.chmod(0o755)  # PostgreSQL runs as another user and must reach its own folder below
        broker = stack.enter_context(kafka.started(folder / "kafka")) if with_kafka else None
        store = stack.enter_context(minio.started(folder / "minio")) if with_minio else None
        database = stack.enter_context(postgres.started(folder / "postgres")) if with_postgres else None
        yield Servers(
            kafka_servers=broker.ready() if broker else None,
            minio_url=store.ready() if store else None,
            access_key=minio.ACCESS_KEY if store else "",
            secret_key=minio.SECRET_KEY if store else "",
            postgres_url=database.ready() if database else None,
        )
