"""Time comes in as an argument; this is where it comes from."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]  # aware, UTC

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The calendar day in Vietnam at `moment`: legal terms are counted in local days."""
    return moment.astimezone(VIETNAM).date()
