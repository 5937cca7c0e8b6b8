"""Scans in, one JSON object a line out, without any server."""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from extraction.assembly import assemble
from extraction.forms import Forms
from extraction.page_reader import PageReader
from extraction.readings import PageReading, PageSource
from extraction.settings import EngineName, Settings
from infra.clock import local_date, now
from infra.errors import BadInput, PipelineError
from infra.reference import RULEBOOKS
from infra.sandbox import Sandbox, SandboxError
from infra.scans import DamagedFile, ScanFacts, ScanLimits, inspect_scan

GOOD, SOME_QUARANTINED, NOT_OPENED = 0, 1, 2  # exit codes
INSPECT_SECONDS, INSPECT_MEMORY_MB = 60.0, 1024


def read_files(files: Sequence[Path], engine: str, workers: int, sandbox: Sandbox, console: Console) -> int:
    """Print one JSON line for each file; returns the exit code (0 all read, 1 some page quarantined, 2 not opened).

    `sandbox`: that many workers with that engine.
    """
    if engine not in get_args(EngineName):
        console.print(f"[red]No engine {engine!r}; choose one of: {', '.join(get_args(EngineName))}.[/]")
        return NOT_OPENED
    reader, forms, worst = PageReader(sandbox, Settings.model_validate({"engine": engine})), Forms(RULEBOOKS), GOOD
    with _progress(console) as progress:
        for path in files:
            answer, code = _read_file(path, reader, forms, workers, progress)
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            worst = max(worst, code)
    return worst


def _read_file(
    path: Path, reader: PageReader, forms: Forms, workers: int, progress: Progress
) -> tuple[dict[str, Any], int]:
    """The file's object of the contract, and its exit code."""
    started = perf_counter()
    try:
        sha256 = _hash(path)
        facts = _inspect(path, reader.sandbox)
    except (PipelineError, OSError) as error:
        return {"file": str(path), "error": _letter(path, error)}, NOT_OPENED
    pages = list(progress.track(_pages(path, facts, reader, forms, workers), total=facts.pages, description=path.name))
    extraction = assemble(pages, forms, reader.engine_name(), 0.0, day=local_date(now()))
    extraction = extraction.model_copy(update={"seconds": round(perf_counter() - started, 3)})
    quarantined = any(page.source is PageSource.QUARANTINED for page in pages)
    return extraction.contract(file=str(path), sha256=sha256), SOME_QUARANTINED if quarantined else GOOD


def _pages(path: Path, facts: ScanFacts, reader: PageReader, forms: Forms, workers: int) -> Iterator[PageReading]:
    """Every page in order, as many at a time as there are workers."""

    def read(page: int) -> PageReading:
        return reader.read(path, facts.media_type, page)[0]

    with ThreadPoolExecutor(workers) as pool:
        numbers: Iterable[int] = range(1, facts.pages + 1)
        answers = pool.map(read, numbers)
        forms.load()  # while the first pages are read
        yield from answers


def _inspect(path: Path, sandbox: Sandbox) -> ScanFacts:
    try:
        return sandbox.run(inspect_scan, str(path), ScanLimits(), seconds=INSPECT_SECONDS, memory_mb=INSPECT_MEMORY_MB)
    except SandboxError as error:
        raise DamagedFile from error


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _letter(path: Path, error: PipelineError | OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"Không tìm thấy tệp {path}. Kiểm tra lại đường dẫn."
    if isinstance(error, IsADirectoryError):
        return f"{path} là thư mục, không phải tệp quét. Chỉ rõ từng tệp PDF, JPEG, PNG hoặc TIFF."
    if isinstance(error, OSError):
        return f"Không mở được tệp {path}: {error.strerror}. Kiểm tra quyền đọc tệp."
    return str(error) if isinstance(error, BadInput) else f"Không đọc được tệp {path}: {error}"


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=not console.is_terminal)
