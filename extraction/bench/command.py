"""`ocop bench reading`: make the samples, read them, measure, show, and write everything down."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from extraction.bench.measures import wear_of
from extraction.bench.peers import compare
from extraction.bench.pictures import write_pictures
from extraction.bench.reading import LevelResult, count_dossier, read_sample, readers, sample_for, second_opinion
from extraction.bench.reliability import bins_of, plot
from extraction.bench.report import Results, as_json, markdown, show, tell_wrong
from extraction.bench.speed import measure_speed
from extraction.bench.values import Judged
from extraction.engines import load_engine
from extraction.forms import Forms
from infra.errors import BadInput
from infra.reference import RULEBOOKS
from infra.samples import Level, Sample

SECOND = "tesserocr"


@dataclass(frozen=True)
class Plan:
    """What to measure. A figure that is None or 0 leaves its part out."""

    seeds: tuple[int, ...]
    levels: tuple[str, ...]
    out: Path
    workers: int
    command: str
    pages: int | None = None  # of each dossier; None: its main papers
    long_pages: int = 0  # of the scan that shows speed and memory
    peer_pages: int = 0  # given to other programs, a level
    second: bool = True  # read one dossier a level with Tesseract, too
    pictures: bool = False
    tell: bool = False  # print what was read wrong
    ocrmypdf: str | None = None  # program; None: the one on PATH


def bench_reading(plan: Plan, now: datetime, console: Console) -> int:
    """Run the plan; tables go to standard output, `reading.{json,md}` and the plot to the plan's folder.

    Raises BadInput for a level that the samples do not have.
    """
    unknown = sorted({wear_of(level) for level in plan.levels} - set(get_args(Level)))
    if unknown:
        raise BadInput(f"Không có mức quét {', '.join(unknown)}. Chọn trong: {', '.join(get_args(Level))}.")
    plan.out.mkdir(parents=True, exist_ok=True)
    forms = Forms(RULEBOOKS)
    results = Results(
        made=f"{now:%Y-%m-%d %H:%M} UTC",
        command=plan.command,
        seeds=plan.seeds,
        workers=plan.workers,
        engine=load_engine("reader").name,
        load=os.getloadavg()[0],
    )
    with _progress(console) as progress:
        for level in plan.levels:
            _run_level(level, plan, forms, results, progress)
            _write(results, plan.out)  # what comes later may take long, or fail
        if plan.long_pages:
            _run_speed(plan, forms, results, progress)
        if plan.pictures:
            write_pictures(plan.seeds[0], plan.out, console)
    show(results)
    if plan.tell:
        tell_wrong(results)
    _write(results, plan.out)
    console.print(f"Written: {plan.out / 'reading.md'}, reading.json, reliability.svg")
    return 0


def _run_level(level: str, plan: Plan, forms: Forms, results: Results, progress: Progress) -> None:
    """Read every seed's dossier at this level; the first also with the second engine and by other programs."""
    result = results.levels[level] = LevelResult()
    task = progress.add_task(level, total=None)
    with readers(plan.workers) as workers:
        for number, seed in enumerate(plan.seeds):
            sample = sample_for(seed, level, plan.pages)
            progress.update(task, total=len(plan.seeds) * len(sample.pages))
            read = read_sample(sample, workers, forms, lambda: progress.advance(task))
            judged = count_dossier(result, sample.truth, read)
            if number == 0:
                _run_others(level, plan, sample, judged, results, forms)
    progress.remove_task(task)


def _run_others(
    level: str, plan: Plan, sample: Sample, judged: Sequence[Judged], results: Results, forms: Forms
) -> None:
    if plan.second:
        with readers(plan.workers, SECOND) as others:
            second_opinion(results.levels[level], sample.truth, judged, read_sample(sample, others, forms))
    if plan.peer_pages:
        ocrmypdf = plan.ocrmypdf or shutil.which("ocrmypdf")
        results.peers[level] = compare(sample, plan.peer_pages, plan.workers, ocrmypdf)


def _run_speed(plan: Plan, forms: Forms, results: Results, progress: Progress) -> None:
    task = progress.add_task("speed and memory", total=None)
    sample = sample_for(plan.seeds[0], "office", plan.pages)
    results.speed = measure_speed(sample, plan.workers, plan.long_pages, forms, lambda: progress.advance(task))
    progress.remove_task(task)


def _write(results: Results, out: Path) -> None:
    (out / "reading.json").write_text(as_json(results), encoding="utf-8")
    (out / "reading.md").write_text(markdown(results), encoding="utf-8")
    (out / "reliability.svg").write_text(_plot(results), encoding="utf-8")


def _plot(results: Results) -> str:
    levels = results.levels.values()
    words = [mark for level in levels for mark in level.words]
    values = [mark for level in levels for mark in level.value_marks]
    unflagged, flagged = ([level.share_right(flagged=said) for level in levels] for said in (False, True))
    parts = [
        f"{name}: {sum(each.right for each in bins)} of {sum(each.count for each in bins)} right"
        for name, bins in (("decisive values without needs_review", unflagged), ("with", flagged))
    ]
    title = f"Confidence and the share that was right ({', '.join(results.levels)})"
    return plot(title, (("words", bins_of(words)), ("decisive values", bins_of(values))), "; ".join(parts))


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
