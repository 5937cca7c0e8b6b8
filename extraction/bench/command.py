"""`ocop bench reading`: make the samples, read them, measure, show, and write everything down."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from extraction.bench.peers import compare
from extraction.bench.pictures import write_pictures
from extraction.bench.reading import LevelResult, count_dossier, read_sample, readers, sample_for, second_opinion
from extraction.bench.reliability import bins_of, plot
from extraction.bench.report import Results, as_json, markdown, show
from extraction.bench.speed import measure_speed
from extraction.engines import load_engine
from extraction.forms import Forms
from infra.reference import RULEBOOKS

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
    ocrmypdf: str | None = None  # program; None: the one on PATH


def bench_reading(plan: Plan, now: datetime, console: Console) -> int:
    """Run the plan; tables go to standard output, `reading.{json,md}` and the plot to the plan's folder."""
    plan.out.mkdir(parents=True, exist_ok=True)
    forms = Forms(RULEBOOKS)
    results = Results(
        made=f"{now:%Y-%m-%d %H:%M}",
        command=plan.command,
        seeds=plan.seeds,
        workers=plan.workers,
        engine=load_engine("reader").name,
        load=os.getloadavg()[0],
    )
    with _progress(console) as progress:
        for level in plan.levels:
            _run_level(level, plan, forms, results, progress)
        if plan.long_pages:
            task = progress.add_task("speed and memory")
            sample = sample_for(plan.seeds[0], "office", plan.pages)
            results.speed = measure_speed(sample, plan.workers, plan.long_pages, forms, lambda: progress.advance(task))
            progress.remove_task(task)
        if plan.pictures:
            write_pictures(plan.seeds[0], plan.out, console)
    show(results)
    _write(results, plan.out)
    console.print(f"Written: {plan.out / 'reading.md'}, reading.json, reliability.svg")
    return 0


def _run_level(level: str, plan: Plan, forms: Forms, results: Results, progress: Progress) -> None:
    """Read every seed's dossier at this level; the first also with the second engine and by other programs."""
    result = results.levels[level] = LevelResult()
    ocrmypdf = plan.ocrmypdf or shutil.which("ocrmypdf")
    task = progress.add_task(level)
    with readers(plan.workers) as workers:
        for number, seed in enumerate(plan.seeds):
            sample = sample_for(seed, level, plan.pages, lambda: progress.advance(task, 0.5))
            read = read_sample(sample, workers, forms, lambda: progress.advance(task, 0.5))
            judged = count_dossier(result, sample.truth, read)
            if number == 0 and plan.second:
                with readers(plan.workers, SECOND) as others:
                    second_opinion(result, sample.truth, judged, read_sample(sample, others, forms))
            if number == 0 and plan.peer_pages:
                results.peers[level] = compare(sample, plan.peer_pages, plan.workers, ocrmypdf)
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
