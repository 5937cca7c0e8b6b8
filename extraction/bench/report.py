"""The figures as tables: on the terminal, as Markdown, and as JSON."""

import json
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extraction.bench.measures import BY_KEY, Figure, figure, figures, summed
from extraction.bench.peers import OURS, PeerResult
from extraction.bench.reading import LevelResult
from extraction.bench.reliability import bins_of
from extraction.bench.speed import SpeedFigure

UNSEEN_WIDTH = 140  # columns, where standard output is no terminal
MARKS = {True: "✓", False: "✗", None: ""}
COUNTED = """
## How it is counted

- **CER**: edits per printed sign. Order-free: each read word is given to the printed words it lies over; text read
  where nothing is printed counts as wrong too (prose and cells apart count only what is printed). In reading order:
  the page's whole text against the text read. Quotes, dashes and blanks are unified, dotted leaders dropped.
- **Form values**: the printed value stands to the letter, blanks apart, among the words at its place on the page.
- **Ticks**: a box is found from an overlap of 0.3 on; F1 of ticked boxes. *Not flagged*: rows of the score sheet and
  ticked answers of the forms that came out wrong without `needs_review`.
- **Decisive values**: form fields (each name once a dossier), fields of each evidence page, points and option of each
  criterion in both papers. A value that is not found is shown empty: it counts as wrong and as to be looked at.
  Names of issuers and holders may be read in capitals. Flags on values that the paper has wrong on purpose (`+hard`)
  are no needless work; *planted mistakes pointed out* counts them.
- **Evidence map**: pairs of criterion and page against the rulebook's evidence names and the true kinds of the pages;
  criteria for which the rulebook names no evidence are left out.
- **Speed**: worker processes as in `./ocop read`, understanding included; of office pages, read alone and through the
  pipeline, the faster of two runs. Programs are compared from their start.
"""
BY_KIND = {  # measure → its short name in narrow tables
    "cer": "CER",
    "cer_ordered": "in order",
    "cells": "cells",
    "values": "values",
    "ticks": "tick F1",
    "fields": "fields",
    "evidence": "evid. fields",
    "criteria": "points",
    "kinds": "kind",
    "silent": "not flagged",
    "look": "look at",
}
BY_PEER = ("cer", "cer_ordered", "cer_prose", "cer_cells", "values")


@dataclass(frozen=True)
class Grid:
    """A table for people: everything already text."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass
class Results:
    """All that one run of the bench found out."""

    made: str  # date and time
    command: str
    seeds: tuple[int, ...]
    workers: int
    engine: str
    load: float  # processes that wanted a core in the minute before: 0 on a quiet machine
    levels: dict[str, LevelResult] = field(default_factory=dict)
    peers: dict[str, list[PeerResult]] = field(default_factory=dict)  # by level
    speed: list[SpeedFigure] = field(default_factory=list)


def grids(results: Results) -> list[Grid]:
    """Every table of the report."""
    found = [_by_level(results.levels)] if results.levels else []
    found += [_by_kind(level, result) for level, result in results.levels.items()]
    found += [_speed(results.speed)] if results.speed else []
    found += [_peers(level, peers) for level, peers in results.peers.items()]
    if any(result.agreement for result in results.levels.values()):
        found += [_second(results.levels), _agreement(results.levels)]
    return found


def _by_level(levels: dict[str, LevelResult]) -> Grid:
    columns = [figures(result.counts, level) for level, result in levels.items()]
    rows = [
        (row[0].measure.title, *(text for each in row for text in _cell(each))) for row in zip(*columns, strict=True)
    ]
    counts = ("pages; decisive values", *(text for result in levels.values() for text in (_sizes(result), "", "")))
    header = ("measure, %", *(text for level in levels for text in (level, "target", "")))
    return Grid("How good, by level", header, (counts, *rows))


def _sizes(result: LevelResult) -> str:
    return f"{result.counts['pages']}; {result.counts['decisive']}"


def _cell(each: Figure) -> tuple[str, str, str]:
    return each.shown, each.target_shown, MARKS[each.met]


def _by_kind(level: str, result: LevelResult) -> Grid:
    header = ("page kind", "pages", *BY_KIND.values())
    rows = []
    for kind, counts in sorted(result.kinds.items()):
        found = [figure(BY_KEY[key], counts, level) for key in BY_KIND]
        rows.append((kind, str(counts["pages"]), *(each.shown for each in found)))
    return Grid(f"By page kind, {level}, %", header, tuple(rows))


def _speed(found: Sequence[SpeedFigure]) -> Grid:
    rows = tuple(
        (
            each.title,
            f"{each.value:.3g} {each.unit}",
            "" if each.target is None else f"{'≥' if each.least else '≤'} {each.target:g}",
            MARKS[each.met],
        )
        for each in found
    )
    return Grid("How fast", ("measure", "", "target", ""), rows)


def _peers(level: str, peers: Sequence[PeerResult]) -> Grid:
    """Beside each peer's figure, in brackets, how many times ours is better."""
    ours = peers[0]
    rows = []
    for peer in peers:
        found = [figure(BY_KEY[key], peer.counts, level) for key in BY_PEER]
        own = [figure(BY_KEY[key], ours.counts, level) for key in BY_PEER]
        texts = [each.shown + _times(each, mine) * (peer is not ours) for each, mine in zip(found, own, strict=True)]
        faster = "" if peer is ours else f" ({ours.rate / peer.rate:.1f} ×)"
        rows.append((peer.name, f"{peer.rate:.2f}{faster}", *texts))
    header = ("program", "pages/s, from its start", *(f"{BY_KEY[key].title}, %" for key in BY_PEER))
    return Grid(f"Beside other programs: the same {ours.pages} pages, {level}", header, tuple(rows))


def _times(peer: Figure, ours: Figure) -> str:
    """How many times fewer errors, where both made some."""
    if peer.measure.least or peer.value is None or not ours.value:
        return ""
    return f" ({peer.value / ours.value:.1f} ×)"


def _second(levels: dict[str, LevelResult]) -> Grid:
    """What the whole would be with Tesseract in the place of our reader: same layout, same understanding."""
    read = {level: summed(result.second) for level, result in levels.items() if result.second}
    columns = [figures(counts, level) for level, counts in read.items()]
    rows = [(row[0].measure.title, *(each.shown for each in row)) for row in zip(*columns, strict=True)]
    return Grid("With Tesseract as the line engine, one dossier a level", ("measure, %", *read), tuple(rows))


def _agreement(levels: dict[str, LevelResult]) -> Grid:
    rows = []
    for level, result in levels.items():
        if (found := result.agreement) is not None:
            numbers = (found.values, found.agree, found.agree_wrong, found.silent, found.silent_where_agree)
            rows.append((level, *map(str, numbers), f"{100 * found.to_look_at / max(1, found.values):.1f} %"))
    header = (
        "level",
        "decisive values",
        "both alike",
        "… and wrong",
        "wrong, not flagged",
        "… where alike",
        "to look at",
    )
    return Grid("A second reader (Tesseract) on every decisive value of one dossier a level", header, tuple(rows))


def show(results: Results) -> None:
    """All tables on standard output."""
    console = Console(width=None if sys.stdout.isatty() else UNSEEN_WIDTH)
    for grid in grids(results):
        table = Table(title=grid.title, title_justify="left")
        for i, name in enumerate(grid.header):
            table.add_column(escape(name), justify="left" if i == 0 else "right", overflow="fold")
        for row in grid.rows:
            table.add_row(*(_coloured(text) for text in row))
        console.print(table)


def tell_wrong(results: Results) -> None:
    """Every decisive value and every word that was read wrong, a line each, on standard output."""
    for level, result in results.levels.items():
        for seed, value in result.judged:
            if not value.right:
                said = "flagged" if value.to_look_at else "NOT FLAGGED"
                print(f"{level} {seed} page {value.page}: {value.key} {value.expected!r} read {value.got!r}, {said}")
        for line in result.misread:
            print(f"{level} {line}")


def _coloured(text: str) -> str:
    return {"✓": "[green]✓[/]", "✗": "[red]✗[/]"}.get(text, escape(text))


def markdown(results: Results) -> str:
    """The report as Markdown."""
    lines = [
        "# How well and how fast scans are read",
        "",
        f"Measured {results.made} by `{results.command}` on {_machine()}, {results.workers} workers, "
        f"load {results.load:.1f} before the start, {results.engine}; "
        f"seeds {', '.join(map(str, results.seeds))}. ✓ target met, ✗ missed. Rows without target are for orientation.",
    ]
    for grid in grids(results):
        lines += ["", f"## {grid.title}", "", _line(grid.header), _line(["---", *["---:"] * (len(grid.header) - 1)])]
        lines += [_line(row) for row in grid.rows]
    return "\n".join(lines) + "\n" + COUNTED


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _machine() -> str:
    names = [line for line in _cpu_lines() if line.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else platform.machine()


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def as_json(results: Results) -> str:
    """Everything, with the counts behind each share and each value that was read wrong."""
    content: dict[str, Any] = {  # Any: JSON
        "made": results.made,
        "command": results.command,
        "machine": _machine(),
        "workers": results.workers,
        "load_before": results.load,
        "engine": results.engine,
        "seeds": results.seeds,
        "levels": {level: _level(level, result) for level, result in results.levels.items()},
        "speed": [{**asdict(each), "met": each.met} for each in results.speed],
        "peers": {level: [_peer(level, each) for each in peers] for level, peers in results.peers.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _level(level: str, result: LevelResult) -> dict[str, Any]:
    return {
        "measures": {each.measure.key: _figure(each) for each in figures(result.counts, level)},
        "kinds": {
            kind: {each.measure.key: _figure(each) for each in figures(counts, level) if each.whole}
            for kind, counts in sorted(result.kinds.items())
        },
        "counts": dict(sorted(result.counts.items())),
        "with_tesseract": {each.measure.key: each.value for each in figures(summed(result.second), level)},
        "agreement": asdict(result.agreement) if result.agreement else None,
        "reliability": {
            "words": [asdict(each) for each in bins_of(result.words)],
            "values": [asdict(each) for each in bins_of(result.value_marks)],
            "values_not_flagged": asdict(result.share_right(flagged=False)),
            "values_flagged": asdict(result.share_right(flagged=True)),
        },
        "wrong": [{"seed": seed, **asdict(value)} for seed, value in result.judged if not value.right],
        "misread": result.misread,
    }


def _figure(each: Figure) -> dict[str, Any]:
    return {"value": each.value, "part": each.part, "whole": each.whole, "target": each.target, "met": each.met}


def _peer(level: str, peer: PeerResult) -> dict[str, Any]:
    shares = {key: figure(BY_KEY[key], peer.counts, level).value for key in BY_PEER}
    return {"name": peer.name, "ours": peer.name == OURS, "pages": peer.pages, "pages_per_second": peer.rate, **shares}
