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
from extraction.bench.pipeline import pipeline_seconds
from extraction.bench.reading import Seen, readers, sample_for, set_for
from extraction.forms import Forms
from extraction.readings import PageReading, PageSource
from infra.errors import PipelineError
from infra.samples import Sample, write_scan
from infra.samples.scan_pdf import write_image_pdf

BLANK_PAGES, FEW_PAGES = 60, 10
RUNS = 3  # of each but the very long scan: the fastest counts, since other work on the machine only slows
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
    """Read and understand these pages of a file, once, with new workers. Raises PipelineError if a page fails."""
    with readers(workers) as reading:
        started = perf_counter()
        reading.read(path, [numbers[0]] * workers)  # every worker loads its engine
        ready, before, own = perf_counter(), _cpu(reading.sandbox.processes()), process_time()
        pages = reading.read(path, numbers, seen)
        assemble(pages, forms, "", 0.0)
        done = perf_counter()
        children = reading.sandbox.processes()
        cpu = _cpu(children) - before + process_time() - own
        _must_be_read(pages)
        return Timing(len(numbers), workers, done - ready, done - started, cpu, _peak_mb(children))


def _must_be_read(pages: Sequence[PageReading]) -> None:
    """Failing is fast: no speed is told of pages that were not read."""
    failed = [page for page in pages if page.source is PageSource.QUARANTINED]
    if failed:
        raise PipelineError(
            f"{len(failed)} trên {len(pages)} trang không đọc được nên không đo được tốc độ. {failed[0].reason}"
        )


def _cpu(children: Sequence[int]) -> float:
    """User and system seconds of these processes so far."""
    fields = (Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children)
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS_A_SECOND


def _peak_mb(children: Sequence[int]) -> float:
    """The highest resident memory of any of these processes."""
    peaks = [re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child}/status").read_text()) for child in children]
    return max((int(peak[1]) / 1024 for peak in peaks if peak), default=0.0)


@dataclass(frozen=True)
class Timings:
    """Every file of one run: an office dossier scanned, the same with a text layer, empty pages, a very long scan."""

    office: Timing
    text_layer: Timing
    blank: Timing
    few: Timing
    many: Timing
    pipeline_seconds: float  # of the office dossier


def measure_speed(sample: Sample, workers: int, long_pages: int, forms: Forms, seen: Seen) -> list[SpeedFigure]:
    """All speed and memory figures; `sample` is an office dossier."""
    whole, seed = range(1, len(sample.pages) + 1), sample.truth.seed
    with tempfile.TemporaryDirectory() as folder:
        scan, layer, blank, long, other = (
            Path(folder) / f"{name}.pdf" for name in ("scan", "layer", "blank", "long", "x")
        )
        scan.write_bytes(sample.pdf)
        layer.write_bytes(sample.vector_pdf)
        _write_blank(blank, sample)
        other.write_bytes(sample_for(seed + 1, "office", None).excerpt(*range(1, 2 * workers + 1)))
        write_scan(long, seed, set_for(seed), "office", pages=long_pages, seen=lambda *_: seen())

        def fastest(path: Path, numbers: Sequence[int], hands: int) -> Timing:
            return min((timed(path, numbers, hands, forms, seen) for _ in range(RUNS)), key=lambda each: each.seconds)

        timings = Timings(
            office=fastest(scan, whole, workers),
            text_layer=fastest(layer, whole, 1),
            blank=fastest(blank, range(1, BLANK_PAGES + 1), workers),
            few=timed(long, range(1, FEW_PAGES + 1), workers, forms, seen),
            many=timed(long, range(1, long_pages + 1), workers, forms, seen),
            pipeline_seconds=min(pipeline_seconds(scan, other, workers) for _ in range(RUNS)),
        )
    return speed_figures(timings)


def speed_figures(timings: Timings) -> list[SpeedFigure]:
    """The timings beside their targets. Pure."""
    office, layer, blank = timings.office, timings.text_layer, timings.blank
    few, many = timings.few, timings.many
    through = office.pages / timings.pipeline_seconds
    return [
        SpeedFigure("pages", f"300 dpi office pages, {office.workers} workers", office.rate, "pages/s", 4),
        SpeedFigure("pages_cold", "… with the start of the workers", office.cold_rate, "pages/s"),
        SpeedFigure("pages_long", f"… {many.pages} pages on end", many.rate, "pages/s"),
        SpeedFigure("cpu", "… CPU a page", office.cpu_a_page, "s"),
        SpeedFigure("pipeline", "… through the whole pipeline", through, "pages/s"),
        SpeedFigure("pipeline_share", "… share of the pages/s of reading alone", 100 * through / office.rate, "%", 90),
        SpeedFigure("text_layer", "text-layer pages, one worker", layer.rate, "pages/s", 50),
        SpeedFigure("text_layer_cpu", "… CPU a page", layer.cpu_a_page, "s"),
        SpeedFigure("blank", f"blank pages, {blank.workers} workers", blank.rate, "pages/s", 40),
        SpeedFigure("blank_cpu", "… CPU a page", blank.cpu_a_page, "s"),
        SpeedFigure("peak_few", f"peak memory of a worker, {few.pages} pages", few.peak_mb, "MB", 300, False),
        SpeedFigure("peak_many", f"peak memory of a worker, {many.pages} pages", many.peak_mb, "MB", 300, False),
    ]


def _write_blank(path: Path, sample: Sample) -> None:
    """A scan of empty backs of sheets."""
    blank = [page.for_pdf() for page in sample.pages if page.truth.kind == "blank"]
    with path.open("wb") as out:
        write_image_pdf(out, islice(cycle(blank), BLANK_PAGES))
