"""Each service's own tables: a SQLite file when embedded, a PostgreSQL schema when distributed.

Services write SQLAlchemy Core that both understand. Schema changes are Alembic revisions in
`<service>/migrations/`, run by `ocop migrate` and at every start.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import JSON, BigInteger, Integer, TypeDecorator, Uuid

from infra.errors import Unavailable
from infra.reference import ROOT


class Moment(TypeDecorator[datetime]):
    """An aware UTC time; SQLite itself keeps no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


metadata = MetaData()  # what every service has beside its own tables

inbox = Table(
    "inbox",
    metadata,
    Column("consumer", String(100), nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("handled_at", Moment, nullable=False),
    PrimaryKeyConstraint("consumer", "event_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("topic", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

relay_turn = Table("relay_turn", metadata, Column("turn", Integer, primary_key=True))

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("event_id", Uuid, nullable=False),
    Column("consumer", String(100), nullable=False),
    Column("event_type", String(200), nullable=False),
    Column("dossier_id", Uuid),
    Column("topic", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("error_class", String(200), nullable=False),
    Column("message", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failed_at", Moment, nullable=False),
    PrimaryKeyConstraint("consumer", "event_id"),
)


class Database:
    """One service's tables."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of it or nothing. Raises Unavailable if the database does not answer."""
        with _answering(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view; nothing is written."""
        with _answering(), self.engine.connect() as connection:
            yield connection

    def check(self) -> None:
        with self.reading() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise Unavailable(
            f"Cơ sở dữ liệu không trả lời ({error.orig}). Công việc được giữ lại; thử lại sau ít phút, "
            "nếu vẫn lỗi hãy chạy ./ocop doctor."
        ) from error


def open_sqlite(path: Path) -> Database:
    """A SQLite file in WAL mode: readers never wait for the writer, and a commit is on disk when it returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:  # sqlite3.Connection, which SQLAlchemy does not type
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Database(engine)


def open_postgres(url: str, schema: str) -> Database:
    """A PostgreSQL schema of its own; `url` as postgresql://user:password@host:port/database."""
    target = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(target, connect_args={"options": f"-csearch_path={schema}"}, pool_pre_ping=True)
    return Database(engine)


def upsert(
    connection: Connection, table: Table, keys: Sequence[str], values: Mapping[str, Any], *, replace: bool = True
) -> bool:
    """Insert a row, or update the one with the same `keys` (or leave it, with `replace=False`).

    `values` holds the key columns too. Returns whether a row was written.
    """
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    if replace and rest:
        statement = statement.on_conflict_do_update(index_elements=list(keys), set_=rest)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(keys))
    return connection.execute(statement.returning(table.c[keys[0]])).first() is not None


def migrate(database: Database, service: str, revision: str = "heads") -> None:
    """Bring the tables of `service` up to `revision`; safe at every start and from several processes."""
    places = [ROOT / "infra" / "migrations" / "versions", ROOT / service / "migrations"]
    config = Config()
    config.set_main_option("script_location", str(ROOT / "infra" / "migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(place) for place in places if place.is_dir()))
    with database.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"ocop {service}"})
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{service}"'))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
