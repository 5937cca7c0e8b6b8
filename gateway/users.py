"""Users, roles, passwords, tokens, sessions: the rules. No I/O here."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from infra.errors import BadInput

PASSWORD_LENGTH = 10  # characters at least; length beats rules (NIST SP 800-63B 3.1.1)
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l/1, o/0, i: one-time passwords are read out loud


class Role(StrEnum):
    """What a person does in the office; one person may have several."""

    CLERK = "clerk"  # hands in dossiers
    MEMBER = "member"  # sits on a council
    SECRETARY = "secretary"  # opens and closes assessments
    CERTIFIER = "certifier"  # issues and revokes certificates
    OPERATOR = "operator"  # watches the line
    ADMINISTRATOR = "administrator"  # gives people their roles


@dataclass(frozen=True)
class User:
    """A person, as the gateway knows them."""

    name: str  # what is typed at login
    full_name: str
    roles: frozenset[Role]
    must_change_password: bool = False
    active: bool = True

    def has(self, *roles: str) -> bool:
        """Whether any of `roles` is theirs."""
        return bool(self.roles & frozenset(roles))


def user_name(text: str) -> str:
    """The name in its one spelling. Raises BadInput if it could be mistaken or misused."""
    name = unicodedata.normalize("NFC", text).strip().lower()
    parts = name.replace("-", ".").replace("_", ".").split(".")
    if not 2 <= len(name) <= 60 or not all(part.isalnum() for part in parts):
        raise BadInput(
            f"Tên đăng nhập “{text[:60]}” không dùng được. Hãy đặt 2–60 chữ cái hoặc chữ số, có thể nối bằng dấu chấm, "
            "gạch nối hoặc gạch dưới, ví dụ: an.nguyen."
        )
    return name


def roles_named(names: Iterable[str]) -> frozenset[Role]:
    """The roles of these names. Raises BadInput for a name that is none."""
    wanted = [name.strip().lower() for name in names if name.strip()]
    unknown = sorted(set(wanted) - set(Role))
    if unknown:
        raise BadInput(f"Không có vai trò {', '.join(unknown)}. Các vai trò: {', '.join(Role)}.")
    return frozenset(Role(name) for name in wanted)


def acceptable_password(password: str, name: str) -> str:
    """The password in the form that is hashed. Raises BadInput if it is too easy to guess."""
    password = unicodedata.normalize("NFC", password)
    if not PASSWORD_LENGTH <= len(password) <= 200:
        raise BadInput(f"Mật khẩu phải có từ {PASSWORD_LENGTH} đến 200 ký tự. Hãy chọn một câu dễ nhớ, khó đoán.")
    if len(set(password)) < 5 or (len(name) > 3 and name in password.lower()):
        raise BadInput("Mật khẩu quá dễ đoán: lặp lại ít ký tự hoặc chứa tên đăng nhập. Hãy chọn mật khẩu khác.")
    return password


def one_time_password() -> str:
    """Four groups of four legible characters, about 79 bits: to be changed at first login."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(4))


def new_secret() -> str:
    """A session or bearer token: 256 random bits, printable."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a token. A plain hash suffices: the token is random, not chosen by a person."""
    return hashlib.sha256(secret.encode()).hexdigest()


def form_token(session_secret: str) -> str:
    """The hidden field that proves a form was made for this session; nothing is stored for it."""
    return hmac.new(session_secret.encode(), b"form", hashlib.sha256).hexdigest()


def is_form_token(candidate: str, session_secret: str) -> bool:
    return hmac.compare_digest(candidate.encode(), form_token(session_secret).encode())


def session_lives(started: datetime, seen: datetime, now: datetime, idle: timedelta, longest: timedelta) -> bool:
    """Whether a session is still good: used within `idle`, begun within `longest`."""
    return now - seen <= idle and now - started <= longest


def wait_after(failures: int, free: int, longest_seconds: int) -> timedelta:
    """How long to wait after `failures` wrong passwords in a row: nothing for the first `free`, then 2, 4, 8 … s."""
    if failures < free:
        return timedelta(0)
    return timedelta(seconds=min(longest_seconds, 2 ** min(failures - free + 1, 20)))
