"""The same pages through the whole pipeline — gateway, bus, store, database — as an office runs it on one machine."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any

from infra.demo import UNFINISHED, Office, client, hand_in, people, use_environment, wait_for
from infra.fleet import Fleet

LAST_PAGES = 2
OFTEN = 0.05  # seconds


def pipeline_seconds(scan: Path, other: Path, workers: int) -> float:
    """From handing in `scan` until all of it is read. The office warms up on `other`, whose pages must differ.

    Raises Unavailable if the office does not start or does not read.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        environment = {"INFRA_DATA_DIR": folder, "INFRA_WORKERS": str(workers), "INFRA_MODE": "embedded"}
        tokens = people(use_environment(environment))
        fleet = stack.enter_context(Fleet(Path(folder) / "logs", environment))
        address = fleet.start("office", "up")
        fleet.wait("office")
        clerk = stack.enter_context(client(address, tokens["vanthu"]))
        office = Office(address, {"vanthu": clerk})
        _read_through(office, other)
        started = perf_counter()
        _read_through(office, scan)
        return perf_counter() - started


def _read_through(office: Office, scan: Path) -> None:
    """Asked as seldom as people's browsers ask, and often only at the end, whose moment is wanted."""
    dossier = hand_in(office, [scan])
    wait_for(office, dossier, _nearly_read)
    wait_for(office, dossier, _read, every=OFTEN)


def _nearly_read(found: dict[str, Any]) -> bool:
    progress = found.get("progress")
    return _read(found) or bool(progress and progress["done"] >= progress["total"] - LAST_PAGES)


def _read(found: dict[str, Any]) -> bool:
    return found["status"] not in UNFINISHED
