"""How often one address may knock. Kept in memory: a restart forgives, several gateways count apart."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from gateway.errors import TooManyAttempts
from infra.clock import Clock

ADDRESSES = 10_000  # remembered at once; the longest silent is forgotten first


class RateLimit:
    """At most `times` requests a minute from one address."""

    def __init__(self, times: int, clock: Clock) -> None:
        self.times, self.clock = times, clock
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def count(self, address: str) -> None:
        """Raises TooManyAttempts with the seconds to wait."""
        now = self.clock()
        with self._lock:
            seen = self._seen.setdefault(address, deque())
            self._seen.move_to_end(address)
            while seen and now - seen[0] > timedelta(minutes=1):
                seen.popleft()
            if len(seen) >= self.times:
                wait = int((seen[0] + timedelta(minutes=1) - now).total_seconds()) + 1
                raise TooManyAttempts(
                    f"Quá nhiều yêu cầu từ cùng một địa chỉ trong một phút. Hãy đợi {wait} giây rồi thử lại.", wait
                )
            seen.append(now)
            if len(self._seen) > ADDRESSES:
                self._seen.popitem(last=False)
