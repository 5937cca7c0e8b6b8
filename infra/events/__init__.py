"""The language of the house: every event, by type. A leaf: it imports pydantic and nothing else of ours.

Add fields only with defaults. Change a meaning by a new class and type (`.v2`). `examples/` only grows.
"""

from infra.events import certificates, extraction, intake, scoring
from infra.events.base import Event

_MODULES = (intake, extraction, scoring, certificates)

EVENT_BY_TYPE: dict[str, type[Event]] = {
    event.event_type: event
    for module in _MODULES
    for event in vars(module).values()
    if isinstance(event, type) and issubclass(event, Event) and event is not Event
}

FACT_TOPICS: tuple[str, ...] = ("intake", "extraction", "scoring", "certificates")
WORK_TOPICS: tuple[str, ...] = ("extraction.work",)
