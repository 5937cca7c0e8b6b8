"""What Prometheus sees of every service. Names follow its conventions: base units, `_total` for counters."""

from prometheus_client import Counter, Gauge, Histogram

EVENTS = Counter("ocop_events_total", "Events handled, by how it ended", ["service", "event", "outcome"])
HANDLING = Histogram(
    "ocop_event_handling_seconds",
    "Time one handler takes for one event",
    ["service", "event"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300),
)
OUTBOX = Gauge("ocop_outbox_rows", "Events written but not yet on the bus", ["service"])
OUTBOX_AGE = Gauge("ocop_outbox_oldest_seconds", "Age of the oldest event not yet on the bus", ["service"])
DEAD_LETTERS = Gauge("ocop_dead_letters", "Events that could not be handled", ["service"])
REQUESTS = Histogram("ocop_http_request_seconds", "Time of one HTTP request", ["service", "method", "route", "status"])
