"""Who may come in: users, sessions and bearer tokens in the gateway's tables."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import Connection, Row, delete, func, select, update

from gateway.errors import TooManyAttempts
from gateway.settings import Settings
from gateway.tables import login_failures, sessions, tokens, users
from gateway.users import (
    Role,
    User,
    acceptable_password,
    digest,
    new_secret,
    one_time_password,
    session_lives,
    user_name,
    wait_after,
)
from infra.clock import Clock
from infra.database import Database, upsert
from infra.errors import BadInput, Conflict, NotFound, Unauthenticated

FORGET_FAILURES_AFTER = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)  # a session's last use is written at most so often


@dataclass(frozen=True)
class Login:
    """A person who proved who they are. `session` is the cookie's secret; None for a bearer token."""

    user: User
    session: str | None = None


class Accounts:
    """Logs people in and out, and keeps the list of them."""

    def __init__(
        self, database: Database, clock: Clock, settings: Settings, hasher: PasswordHasher | None = None
    ) -> None:
        self.database, self.clock, self.settings = database, clock, settings
        self._hasher = hasher or PasswordHasher()  # argon2id with the library's RFC 9106 profile: 64 MiB each
        self._hashing = threading.BoundedSemaphore(2)  # … so a flood of logins must not take all memory
        self._nobody = _hash_of_nobody()

    # -- coming in

    def log_in(self, name: str, password: str, address: str) -> Login:
        """A new session. Raises Unauthenticated, or TooManyAttempts with the seconds to wait."""
        name = name.strip().lower()[:60]
        place = digest(f"{name}\n{address}")
        self._count_attempt(place)
        with self.database.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
        # An unknown or closed account costs the same time as a wrong password: nobody learns which names exist.
        right = self._verify(row.password_hash if row else self._nobody, password)
        if row is None or not right or not row.active:
            raise Unauthenticated(
                "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại; "
                "nếu quên mật khẩu, nhờ quản trị viên cấp mật khẩu dùng một lần."
            )
        with self.database.transaction() as connection:
            connection.execute(delete(login_failures).where(login_failures.c.place == place))
            return Login(_user(row), self._start_session(connection, name))

    def by_session(self, secret: str) -> Login | None:
        """The login behind a cookie, if its session still lives and the account is open."""
        now, key = self.clock(), digest(secret)
        with self.database.reading() as connection:
            row = connection.execute(
                select(users, sessions.c.started_at, sessions.c.seen_at)
                .join(sessions, sessions.c.user_name == users.c.name)
                .where(sessions.c.digest == key)
            ).one_or_none()
        if row is None or not row.active:
            return None
        if not session_lives(row.started_at, row.seen_at, now, self.settings.idle, self.settings.longest_session):
            self.log_out(secret)
            return None
        if now - row.seen_at > SEEN_EVERY:
            with self.database.transaction() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == key).values(seen_at=now))
        return Login(_user(row), secret)

    def by_token(self, secret: str) -> Login | None:
        """The login behind a bearer token, if it was not withdrawn and the account is open."""
        with self.database.reading() as connection:
            row = connection.execute(
                select(users)
                .join(tokens, tokens.c.user_name == users.c.name)
                .where(tokens.c.digest == digest(secret), users.c.active)
            ).one_or_none()
        return Login(_user(row)) if row else None

    def log_out(self, secret: str) -> None:
        with self.database.transaction() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))

    def change_password(self, name: str, old: str, new: str, address: str) -> Login:
        """Set a password of one's own; every other session of this user ends. Raises Unauthenticated, BadInput."""
        self.log_in(name, old, address)
        if old == new:
            raise BadInput("Mật khẩu mới phải khác mật khẩu cũ. Hãy chọn mật khẩu khác.")
        self._set_password(name, acceptable_password(new, name), must_change=False)
        with self.database.transaction() as connection:
            return Login(self.user(name), self._start_session(connection, name))

    # -- the list of people

    def add(self, name: str, roles: Iterable[Role], full_name: str = "") -> str:
        """A new user; returns the one-time password. Raises Conflict (name taken), BadInput (no name)."""
        name, password = user_name(name), one_time_password()
        row = {
            "name": name,
            "full_name": full_name.strip()[:200] or name,
            "password_hash": self._hash(password),
            "must_change_password": True,
            "active": True,
            "roles": sorted(roles),
            "created_at": self.clock(),
        }
        with self.database.transaction() as connection:
            if not upsert(connection, users, ["name"], row, replace=False):
                raise Conflict(f"Đã có người dùng tên {name}. Hãy chọn tên khác, hoặc sửa vai trò của người ấy.")
        return password

    def add_first(self, name: str, roles: Iterable[Role]) -> str | None:
        """The first user of all, with a one-time password; None if there is anybody already."""
        with self.database.reading() as connection:
            if connection.execute(select(func.count()).select_from(users)).scalar_one():
                return None
        try:
            return self.add(name, roles)
        except Conflict:  # another process that started at the same time was quicker, and printed the password
            return None

    def user(self, name: str) -> User:
        """Raises NotFound."""
        with self.database.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == user_name(name))).one_or_none()
        if row is None:
            raise NotFound(f"Không có người dùng tên {name}. Xem danh sách ở trang Người dùng.")
        return _user(row)

    def everybody(self) -> list[User]:
        with self.database.reading() as connection:
            return [_user(row) for row in connection.execute(select(users).order_by(users.c.name))]

    def set_roles(self, name: str, roles: Iterable[Role], active: bool = True) -> User:
        """Give a user these roles instead of the old, or close the account. Raises NotFound, Conflict."""
        before, after = self.user(name), frozenset(roles)
        with self.database.transaction() as connection:
            mine = users.c.name == before.name
            connection.execute(update(users).where(mine).values(roles=sorted(after), active=active))
            if not _administrators(connection):
                raise Conflict(
                    "Phải còn ít nhất một quản trị viên đang hoạt động. Hãy trao vai trò quản trị cho người khác trước."
                )
            if not active:
                _end_everything(connection, before.name)
        return self.user(name)

    def reset_password(self, name: str) -> str:
        """A new one-time password; sessions and tokens of the user end. Raises NotFound."""
        name, password = self.user(name).name, one_time_password()
        self._set_password(name, password, must_change=True)
        with self.database.transaction() as connection:
            _end_everything(connection, name)
        return password

    def new_token(self, name: str) -> str:
        """A bearer token for scripts, shown once. Raises NotFound."""
        name, secret = self.user(name).name, new_secret()
        row = {"digest": digest(secret), "user_name": name, "created_at": self.clock()}
        with self.database.transaction() as connection:
            connection.execute(tokens.insert().values(row))
        return secret

    # -- inside

    def _start_session(self, connection: Connection, name: str) -> str:
        now, secret = self.clock(), new_secret()
        connection.execute(delete(sessions).where(sessions.c.started_at < now - self.settings.longest_session))
        connection.execute(sessions.insert().values(digest=digest(secret), user_name=name, started_at=now, seen_at=now))
        return secret

    def _set_password(self, name: str, password: str, must_change: bool) -> None:
        hashed = self._hash(password)
        with self.database.transaction() as connection:
            connection.execute(
                update(users).where(users.c.name == name).values(password_hash=hashed, must_change_password=must_change)
            )
            connection.execute(delete(sessions).where(sessions.c.user_name == name))

    def _count_attempt(self, place: str) -> None:
        """Count before looking at the password, so that a thousand tries at once are a thousand tries."""
        now = self.clock()
        with self.database.transaction() as connection:
            connection.execute(delete(login_failures).where(login_failures.c.last_at < now - FORGET_FAILURES_AFTER))
            row = connection.execute(select(login_failures).where(login_failures.c.place == place)).one_or_none()
            failures = row.failures if row else 0
            if row:
                wait = wait_after(failures, self.settings.free_attempts, self.settings.longest_wait_seconds)
                left = (row.last_at + wait - now).total_seconds()
                if left > 0:
                    seconds = int(left) + 1
                    raise TooManyAttempts(
                        f"Đã nhập sai mật khẩu {failures} lần. Hãy đợi {seconds} giây rồi thử lại, hoặc nhờ quản trị "
                        "viên cấp mật khẩu dùng một lần.",
                        seconds,
                    )
            upsert(connection, login_failures, ["place"], {"place": place, "failures": failures + 1, "last_at": now})

    def _hash(self, password: str) -> str:
        with self._hashing:
            return self._hasher.hash(password)

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            with self._hashing:
                return self._hasher.verify(hashed, password)
        except (Argon2Error, InvalidHashError):
            return False


@cache
def _hash_of_nobody() -> str:
    """What an unknown user's password is compared with; nobody knows what it is the hash of."""
    return PasswordHasher().hash(new_secret())


def _user(row: Row[tuple[object, ...]]) -> User:
    roles = frozenset(Role(name) for name in row.roles)
    return User(row.name, row.full_name, roles, row.must_change_password, row.active)


def _administrators(connection: Connection) -> int:
    rows = connection.execute(select(users.c.roles).where(users.c.active))
    return sum(Role.ADMINISTRATOR in row.roles for row in rows)


def _end_everything(connection: Connection, name: str) -> None:
    for table in (sessions, tokens):
        connection.execute(delete(table).where(table.c.user_name == name))
