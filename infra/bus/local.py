"""The bus of one office computer: a log in SQLite, one partition a topic.

One consumer of a group reads at a time; it holds a lease that ends when its process does, so a restart goes on at
once and a second process stands by.
"""

import json
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from infra.bus import NOT_BEFORE, Message, Position, Received
from infra.errors import Unavailable

POLL_SECONDS = 0.2  # how often another process's messages are looked for
LEASE_SECONDS = 30.0

SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
  number INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL,
  headers TEXT NOT NULL, not_before TEXT);
CREATE INDEX IF NOT EXISTS message_by_topic ON message (topic, number);
CREATE TABLE IF NOT EXISTS progress (
  consumers TEXT NOT NULL, topic TEXT NOT NULL, finished INTEGER NOT NULL, PRIMARY KEY (consumers, topic));
CREATE TABLE IF NOT EXISTS lease (
  consumers TEXT PRIMARY KEY, owner TEXT NOT NULL, process INTEGER NOT NULL, until REAL NOT NULL);
"""


class LocalBus:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.news = threading.Condition()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    def publish(self, messages: Sequence[Message]) -> None:
        rows = [(m.topic, m.key, m.body, json.dumps(dict(m.headers)), m.headers.get(NOT_BEFORE)) for m in messages]
        with self.connection() as connection:
            connection.executemany(
                "INSERT INTO message (topic, key, body, headers, not_before) VALUES (?, ?, ?, ?, ?)", rows
            )
        with self.news:
            self.news.notify_all()

    def subscribe(self, group: str, topics: Sequence[str]) -> "LocalSubscription":
        return LocalSubscription(self, group, tuple(topics))

    def create_topics(self, topics: Sequence[str]) -> list[str]:
        return []  # a topic is a column here

    def check(self) -> None:
        with self.connection() as connection:
            connection.execute("SELECT 1 FROM message LIMIT 1")

    def close(self) -> None:
        with self.news:
            self.news.notify_all()

    def everything(self) -> list[Message]:
        """Every message ever published, in order: for replays and tests."""
        with self.connection() as connection:
            rows = connection.execute("SELECT topic, key, body, headers FROM message ORDER BY number").fetchall()
        return [Message(topic, key, body, json.loads(headers)) for topic, key, body, headers in rows]

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """One short transaction; readers and writers of all threads and processes queue up."""
        with self.answering(), closing(self.open_log("FULL")) as connection, connection:
            yield connection

    def open_log(self, synchronous: Literal["FULL", "NORMAL"]) -> sqlite3.Connection:
        """FULL: on disk when a commit returns. NORMAL: a power cut may undo the last commits, never damage the log."""
        connection = sqlite3.connect(self.path, timeout=30, isolation_level="IMMEDIATE", check_same_thread=False)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        return connection

    @contextmanager
    def answering(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise Unavailable(
                f"Không dùng được hàng đợi {self.path}: {error}. Kiểm tra dung lượng đĩa và quyền ghi rồi thử lại."
            ) from error


class LocalSubscription:
    """Keeps the log open, for it looks into it some five times a second.

    What it writes need not outlast a power cut: leases end with their processes, and messages whose finishing is
    forgotten come again.
    """

    def __init__(self, bus: LocalBus, group: str, topics: tuple[str, ...]) -> None:
        self.bus, self.topics = bus, topics
        # one group may read different topics with different consumers: each set has its own lease
        self.consumers, self.lease = group, f"{group}:{','.join(sorted(topics))}"
        self.owner = uuid.uuid4().hex
        self.held_until = 0.0
        self.taken: dict[str, int] = {}  # topic → last number handed out
        self.unfinished: dict[str, set[int]] = {topic: set() for topic in topics}
        self.looked_until = -1  # the newest message when the log held nothing more to hand out; -1: look again
        self.opened: sqlite3.Connection | None = None

    def poll(self, free: int, timeout_seconds: float) -> list[Received]:
        deadline = time.monotonic() + timeout_seconds
        while True:
            found = self._take(free) if self._hold_lease() and free > 0 else []
            remaining = deadline - time.monotonic()
            if found or free == 0 or remaining <= 0:
                return found
            with self.bus.news:
                self.bus.news.wait(min(remaining, POLL_SECONDS))

    def done(self, position: Position) -> None:
        unfinished = self.unfinished[position.topic]
        unfinished.discard(position.offset)
        finished = min(unfinished) - 1 if unfinished else self.taken[position.topic]
        with self._log() as connection:
            connection.execute(
                "INSERT INTO progress (consumers, topic, finished) VALUES (?, ?, ?) "
                "ON CONFLICT (consumers, topic) DO UPDATE SET finished = max(finished, excluded.finished)",
                (self.consumers, position.topic, finished),
            )

    def close(self) -> None:
        with self._log() as connection:
            connection.execute("DELETE FROM lease WHERE consumers = ? AND owner = ?", (self.lease, self.owner))
        self.held_until = 0.0
        self._shut()

    @contextmanager
    def _log(self) -> Iterator[sqlite3.Connection]:
        """One short transaction; after a failure the log is opened anew."""
        with self.bus.answering():
            try:
                if self.opened is None:
                    self.opened = self.bus.open_log("NORMAL")
                with self.opened:
                    yield self.opened
            except sqlite3.OperationalError:
                self._shut()
                raise

    def _shut(self) -> None:
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    def _take(self, free: int) -> list[Received]:
        found: list[Received] = []
        with self._log() as connection:
            newest = connection.execute("SELECT max(number) FROM message").fetchone()[0] or 0
            if newest == self.looked_until:
                return []
            self.looked_until = newest
            for topic in self.topics:
                found += self._take_from(connection, topic, free - len(found))
        if len(found) == free:
            self.looked_until = -1  # there may be more
        return found

    def _take_from(self, connection: sqlite3.Connection, topic: str, free: int) -> list[Received]:
        rows = connection.execute(
            "SELECT number, key, body, headers, not_before FROM message WHERE topic = ? AND number > ? "
            "ORDER BY number LIMIT ?",
            (topic, self.taken[topic], free),
        ).fetchall()
        found = []
        for number, key, body, headers, not_before in rows:
            if not_before and datetime.fromisoformat(not_before) > datetime.now(UTC):
                self.looked_until = -1  # nobody tells when its time has come
                break
            self.taken[topic] = number
            self.unfinished[topic].add(number)
            found.append(Received(Message(topic, key, body, json.loads(headers)), Position(topic, 0, number)))
        return found

    def _hold_lease(self) -> bool:
        now = time.time()
        if now < self.held_until - LEASE_SECONDS / 2:
            return True
        with self._log() as connection:
            connection.execute("BEGIN IMMEDIATE")  # or two might both find it free
            row = connection.execute(
                "SELECT owner, process, until FROM lease WHERE consumers = ?", (self.lease,)
            ).fetchone()
            if row and row[0] != self.owner and row[2] > now and _alive(row[1]):
                self.held_until = 0.0
                return False
            connection.execute(
                "INSERT OR REPLACE INTO lease (consumers, owner, process, until) VALUES (?, ?, ?, ?)",
                (self.lease, self.owner, os.getpid(), now + LEASE_SECONDS),
            )
            if row is None or row[0] != self.owner or not self.taken:
                self._resume(connection)
        self.held_until = now + LEASE_SECONDS
        return True

    def _resume(self, connection: sqlite3.Connection) -> None:
        """Go on where the group's last consumer had finished."""
        finished = dict(
            connection.execute("SELECT topic, finished FROM progress WHERE consumers = ?", (self.consumers,)).fetchall()
        )
        self.taken = {topic: finished.get(topic, 0) for topic in self.topics}
        self.unfinished = {topic: set() for topic in self.topics}
        self.looked_until = -1


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
