"""Takes messages from the bus, gives them to delivery on worker threads, and reports the finished ones."""

import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from infra.bus import Position, Received, Subscription
from infra.delivery import Delivery
from infra.errors import PipelineError
from infra.log import logger

BUSY_POLL_SECONDS = 0.25
MEMBERSHIP_SECONDS = 0.05  # what a poll that may take nothing has for its group's affairs
IDLE_POLL_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


class Consumer:
    """One subscription of one service. It lives in the thread that calls `step` or `run`; only handlers leave it."""

    def __init__(self, name: str, subscription: Subscription, delivery: Delivery, parallel: int = 1) -> None:
        self.name, self.subscription, self.delivery, self.parallel = name, subscription, delivery, parallel
        self.pool = ThreadPoolExecutor(parallel, thread_name_prefix=name)
        self.in_flight: dict[Future[None], Position] = {}
        self.stopping = threading.Event()
        self.log = logger(name)

    def run(self) -> None:
        """Work until `stop` is called; a bus that does not answer is waited for."""
        pause = 1.0
        while not self.stopping.is_set():
            try:
                self.step(BUSY_POLL_SECONDS if self.in_flight else IDLE_POLL_SECONDS)
                pause = 1.0
            except PipelineError as error:
                self.log.error("The bus does not answer; waiting.", reason=str(error), seconds=pause)
                self.stopping.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        self._finish()

    def step(self, timeout_seconds: float) -> int:
        """Report what is finished, take what there is room for; returns how much is in flight or was done.

        With no room the first finished handler is waited for, not the clock: its place is taken at once.
        """
        if len(self.in_flight) == self.parallel:
            wait(self.in_flight, timeout_seconds, FIRST_COMPLETED)
        finished = self._report()
        room = self.parallel - len(self.in_flight)
        for received in self.subscription.poll(room, timeout_seconds if room else MEMBERSHIP_SECONDS):
            self.in_flight[self.pool.submit(self._handle, received)] = received.position
        return finished + len(self.in_flight)

    def stop(self) -> None:
        self.stopping.set()

    def _report(self) -> int:
        finished = [future for future in self.in_flight if future.done()]
        for future in finished:
            position = self.in_flight.pop(future)
            if future.exception() is None:
                self.subscription.done(position)
        return len(finished)

    def _handle(self, received: Received) -> None:
        """Until the service's own database answers, the message stays with us."""
        pause = 0.5
        while True:
            try:
                return self.delivery.handle(received)
            except PipelineError as error:
                self.log.error("The database does not answer; waiting.", reason=str(error), seconds=pause)
                if self.stopping.wait(pause):
                    raise  # not done: it comes again after the restart
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _finish(self) -> None:
        """Let what is in flight end, so that a quiet stop leaves nothing to be done twice."""
        deadline = time.monotonic() + LONGEST_PAUSE_SECONDS
        while self.in_flight and time.monotonic() < deadline:
            wait(self.in_flight, BUSY_POLL_SECONDS, FIRST_COMPLETED)
            self._report()
            self.subscription.poll(0, MEMBERSHIP_SECONDS)
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.subscription.close()
