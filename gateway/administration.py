"""What the command line does with users: `./ocop users …` and the first start."""

from collections.abc import Iterable

from gateway.accounts import Accounts
from gateway.settings import Settings
from gateway.users import Role, User, roles_named
from infra.clock import Clock
from infra.database import Database

FIRST_ADMINISTRATOR = "admin"
FIRST_ROLES = (Role.ADMINISTRATOR, Role.OPERATOR)


def first_administrator(database: Database, clock: Clock) -> str | None:
    """Create the user `admin` if there is nobody yet; the one-time password to print, or None."""
    return _accounts(database, clock).add_first(FIRST_ADMINISTRATOR, FIRST_ROLES)


def add_user(database: Database, clock: Clock, name: str, roles: Iterable[str], full_name: str = "") -> str:
    """Add a user; returns the one-time password. Raises Conflict, BadInput."""
    return _accounts(database, clock).add(name, roles_named(roles), full_name)


def new_token(database: Database, clock: Clock, name: str) -> str:
    """A bearer token for scripts; only its hash is kept. Raises NotFound."""
    return _accounts(database, clock).new_token(name)


def reset_password(database: Database, clock: Clock, name: str) -> str:
    """A new one-time password; the user's sessions and tokens end. Raises NotFound."""
    return _accounts(database, clock).reset_password(name)


def set_roles(database: Database, clock: Clock, name: str, roles: Iterable[str], active: bool = True) -> User:
    """Replace a user's roles, or close the account. Raises NotFound, Conflict, BadInput."""
    return _accounts(database, clock).set_roles(name, roles_named(roles), active)


def list_users(database: Database, clock: Clock) -> list[User]:
    return _accounts(database, clock).everybody()


def _accounts(database: Database, clock: Clock) -> Accounts:
    return Accounts(database, clock, Settings())
