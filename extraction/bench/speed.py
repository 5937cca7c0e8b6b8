"""How fast: pages a second, CPU a page and memory of a worker, through the worker processes of `./ocop read`."""

import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

from extraction.assembly import assemble
from extraction.bench.reading import Seen, readers, set_for
from extraction.forms import Forms
from infra.samples import Sample, write_scan
from infra.samples.scan_pdf import write_image_pdf

BLANK_PAGES, FEW_PAGES = 60, 10
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Timing:
    """One file read by new workers. `seconds` from first to last page, workers running; `cold_seconds` with
    their start and one page more each."""

    pages: int
    workers: int
    seconds: float
    cold_seconds: float
    cpu_seconds: float
    peak_mb: float  # of the largest worker (VmHWM)

    @property
    def rate(self) -> float:
        return self.pages / self.seconds

    @property
    def cpu_a_page(self) -> float:
        return self.cpu_seconds / self.pages

    @property
    def cold_rate(self) -> float:
        return self.pages / self.cold_seconds


@dataclass(frozen=True)
class SpeedFigure:
    key: str
    title: str
    value: float
    unit: str
    target: float | None = None
    least: bool = True

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target


def timed(path: Path, numbers: Sequence[int], workers: int, forms: Forms, seen: Seen = lambda: None) -> Timing:
    """Read and understand these pages of a file, once, with new workers."""
    with readers(workers) as reading:
        started = perf_counter()
        reading.read(path, [numbers[0]] * workers)  # every worker loads its engine
        ready, before, own = perf_counter(), _cpu(reading.sandbox.processes()), process_time()
        assemble(reading.read(path, numbers, seen), forms, "", 0.0)
        done = perf_counter()
        children = reading.sandbox.processes()
        cpu = _cpu(children) - before + process_time() - own
        return Timing(len(numbers), workers, done - ready, done - started, cpu, _peak_mb(children))


def _cpu(children: Sequence[int]) -> float:
    """User and system seconds of these processes so far."""
    fields = (Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children)
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS_A_SECOND


def _peak_mb(children: Sequence[int]) -> float:
    """The highest resident memory of any of these processes."""
    peaks = [re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child}/status").read_text()) for child in children]
    return max((int(peak[1]) / 1024 for peak in peaks if peak), default=0.0)


def measure_speed(sample: Sample, workers: int, long_pages: int, forms: Forms, seen: Seen) -> list[SpeedFigure]:
    """All speed and memory figures; `sample` is an office dossier."""
    count = len(sample.pages)
    with tempfile.TemporaryDirectory() as folder:
        scan, vector, blank, long = (Path(folder) / f"{name}.pdf" for name in ("scan", "vector", "blank", "long"))
        scan.write_bytes(sample.pdf)
        office = timed(scan, range(1, count + 1), workers, forms, seen)
        vector.write_bytes(sample.vector_pdf)
        layer = timed(vector, range(1, count + 1), 1, forms, seen)
        _write_blank(blank, sample)
        empty = timed(blank, range(1, BLANK_PAGES + 1), workers, forms, seen)
        seed = sample.truth.seed
        write_scan(long, seed, set_for(seed), "office", pages=long_pages, seen=lambda *_: seen())
        few = timed(long, range(1, FEW_PAGES + 1), workers, forms, seen)
        many = timed(long, range(1, long_pages + 1), workers, forms, seen)
    return [
        SpeedFigure("pages", f"300 dpi office pages, {workers} workers", office.rate, "pages/s", 4),
        SpeedFigure("pages_cold", "… with the start of the workers", office.cold_rate, "pages/s"),
        SpeedFigure("pages_long", f"… {long_pages} pages on end", many.rate, "pages/s"),
        SpeedFigure("cpu", "… CPU a page", office.cpu_a_page, "s"),
        SpeedFigure("text_layer", "text-layer pages, one worker", layer.rate, "pages/s", 50),
        SpeedFigure("text_layer_cpu", "… CPU a page", layer.cpu_a_page, "s"),
        SpeedFigure("blank", f"blank pages, {workers} workers", empty.rate, "pages/s", 40),
        SpeedFigure("blank_cpu", "… CPU a page", empty.cpu_a_page, "s"),
        SpeedFigure("peak_few", f"peak memory of a worker, {FEW_PAGES} pages", few.peak_mb, "MB", 300, False),
        SpeedFigure("peak_many", f"peak memory of a worker, {long_pages} pages", many.peak_mb, "MB", 300, False),
    ]


def _write_blank(path: Path, sample: Sample) -> None:
    """A scan of empty backs of sheets."""
    blank = [page.for_pdf() for page in sample.pages if page.truth.kind == "blank"]
    with path.open("wb") as out:
        write_image_pdf(out, islice(cycle(blank), BLANK_PAGES))
