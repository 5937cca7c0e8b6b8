"""`ocop read`. Its workers load what they need while this process loads its own, so little is loaded before."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from extraction.workers import page_workers


def read_files(files: Sequence[Path], engine: str, workers: int, console: Console) -> int:
    """Print one JSON line for each file; returns the exit code (0 all read, 1 some page quarantined, 2 not opened)."""
    sandbox = page_workers(workers, engine)
    try:
        sandbox.start()
        from extraction import file_reading  # only now: the workers are on their way
        from infra import log

        log.configure("ERROR")
        return file_reading.read_files(files, engine, workers, sandbox, console)
    finally:
        sandbox.close()
