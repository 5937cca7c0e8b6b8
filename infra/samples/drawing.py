"""A dossier as a vector PDF (born digital), and what is true of each of its upright, unspoilt pages."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import typst

from infra.samples.dossier import Dossier
from infra.samples.letters import Area, PrintedWord, find_run, lines_of, printed_words
from infra.samples.papers import Paper
from infra.samples.truth import (
    Box,
    CellTruth,
    CriterionTruth,
    FieldTruth,
    PageTruth,
    TableTruth,
    TickTruth,
    WordTruth,
)

FORMS = Path(__file__).parent / "forms"
DPI = 300
PIXELS = DPI / 72  # pixels a point
BUNDLE = 12  # papers typeset at once
Mark = dict[str, Any]  # Any: what the templates said of a place


@dataclass(frozen=True)
class Signature:
    """Where somebody signs: the middle of the line above the empty space, in points."""

    x: float
    y: float
    stamp: str  # whose; empty: none
    seed: int


@dataclass
class PagePlan:
    """The marks of one page, sorted by what they say."""

    number: int
    kind: str
    begins: bool  # a paper starts here
    fields: list[Mark] = field(default_factory=list)
    criteria: list[Mark] = field(default_factory=list)
    ticks: list[tuple[Mark, Mark]] = field(default_factory=list)
    cells: list[tuple[Mark, Mark]] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)


@dataclass(frozen=True)
class Drawing:
    """The typeset dossier. `plans` has one entry for each page of `pdf`."""

    pdf: bytes
    plans: tuple[PagePlan, ...]


@dataclass(frozen=True)
class DrawnPage:
    """What is true of one upright page, before any scanner saw it."""

    truth: PageTruth
    criteria: tuple[CriterionTruth, ...]
    signatures: tuple[Signature, ...]


def typeset(dossier: Dossier) -> Drawing:
    """Typeset all papers. The same dossier gives the same bytes on machines with the same fonts.

    A bundle at a time, since Typst needs some megabytes a page.
    """
    pdfs: list[bytes] = []
    plans: list[PagePlan] = []
    for start in range(0, len(dossier.papers), BUNDLE):
        pdf, marks = _bundle(dossier, dossier.papers[start : start + BUNDLE])
        pdfs.append(pdf)
        plans.extend(_plans(marks, _count(pdf), len(plans)))
    return Drawing(pdfs[0] if len(pdfs) == 1 else _bound(pdfs), tuple(plans))


def _bundle(dossier: Dossier, papers: tuple[Paper, ...]) -> tuple[bytes, list[Mark]]:
    inputs = {"style": json.dumps(asdict(dossier.style)), "papers": json.dumps(papers)}
    compiler = typst.Compiler(str(FORMS / "dossier.typ"), root=str(FORMS), sys_inputs=inputs)
    pdf = compiler.compile(format="pdf")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf, json.loads(compiler.query("<truth>", field="value"))


def _bound(pdfs: list[bytes]) -> bytes:
    """The bundles as one PDF; its date and random identifier are blanked, so that equal pages give equal bytes."""
    whole, out = pdfium.PdfDocument.new(), BytesIO()
    try:
        for pdf in pdfs:
            part = pdfium.PdfDocument(pdf)
            whole.import_pages(part)
            part.close()
        whole.save(out)
    finally:
        whole.close()
    timeless = re.sub(rb"(?<=D:)\d{14}", b"20260101000000", out.getvalue())
    return re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, timeless)


def _count(pdf: bytes) -> int:
    document = pdfium.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _plans(marks: list[Mark], pages: int, before: int) -> list[PagePlan]:
    """The plans of a bundle's pages; `before`: how many pages the bundles before it have."""
    starts = {mark["page"]: mark["kind"] for mark in marks if mark["what"] == "paper"}
    plans: list[PagePlan] = []
    for number in range(1, pages + 1):
        plans.append(PagePlan(before + number, starts.get(number) or plans[-1].kind, number in starts))
    begun: dict[str, Mark] = {}
    for mark in marks:
        plan, what = plans[mark["page"] - 1], mark["what"]
        if what == "field":
            (plan.criteria if mark["name"].startswith("criterion:") else plan.fields).append(mark)
        elif what == "criterion":
            plan.criteria.append(mark)
        elif what == "signature":
            plan.signatures.append(Signature(mark["x"], mark["y"], mark["stamp"], mark["seed"]))
        elif what in ("tick-start", "cell-start"):
            begun[what[:4]] = mark
        elif what == "tick-end":
            plan.ticks.append((begun["tick"], mark))
        elif what == "cell-end":
            plan.cells.append((begun["cell"], mark))
    return plans


def read_back(page: pdfium.PdfPage, plan: PagePlan) -> DrawnPage:
    """The exact truth of one typeset page, boxes in pixels at 300 dpi."""
    ticks = tuple(_tick(start, end) for start, end in plan.ticks)
    boxes = [tick.box for tick in ticks]
    words = [word for word in printed_words(page) if not any(_inside(_box(word.area), box) for box in boxes)]
    fields = tuple(_field(mark, plan.number, words) for mark in plan.fields)
    tables = _tables(plan, words)
    truth = PageTruth(
        number=plan.number,
        kind=plan.kind,
        rotation=0,
        skew_degrees=0.0,
        width=round(page.get_width() * PIXELS),
        height=round(page.get_height() * PIXELS),
        dpi=DPI,
        text=lines_of(words),
        words=tuple(WordTruth(text=word.text, box=_box(word.area)) for word in words),
        ticks=ticks,
        tables=tables,
        fields=fields + _answers(ticks, plan.number),
        stamps=(),
    )
    criteria = tuple(_criterion(mark, plan, words, ticks, tables) for mark in plan.criteria)
    return DrawnPage(truth, criteria, tuple(plan.signatures))


def with_boxes(page: PageTruth, place: Callable[[Box], Box]) -> PageTruth:
    """The page with every box put where `place` says."""
    return page.model_copy(
        update={
            "words": tuple(word.model_copy(update={"box": place(word.box)}) for word in page.words),
            "ticks": tuple(tick.model_copy(update={"box": place(tick.box)}) for tick in page.ticks),
            "fields": tuple(found.model_copy(update={"box": place(found.box)}) for found in page.fields),
            "stamps": tuple(place(box) for box in page.stamps),
            "tables": tuple(
                TableTruth(
                    box=place(table.box),
                    cells=tuple(cell.model_copy(update={"box": place(cell.box)}) for cell in table.cells),
                )
                for table in page.tables
            ),
        }
    )


def _box(area: Area) -> Box:
    left, top, right, bottom = area
    return round(left * PIXELS), round(top * PIXELS), round(right * PIXELS), round(bottom * PIXELS)


def _between(start: Mark, end: Mark) -> Box:
    return _box((start["x"], start["y"], end["x"], end["y"]))


def _inside(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _tick(start: Mark, end: Mark) -> TickTruth:
    return TickTruth(
        box=_between(start, end),
        ticked=end["ticked"],
        mark=end.get("mark", ""),
        crossed_out=end.get("mark") == "crossed-out",
        look=end.get("look", False),
        criterion=start.get("criterion"),
        option=start.get("option"),
        name=start.get("name"),
    )


def _field(mark: Mark, page: int, words: list[PrintedWord]) -> FieldTruth:
    run = find_run(words, mark["raw"].split(), mark["x"], mark["y"])
    if not run:
        raise ValueError(f"page {page}: the value {mark['raw']!r} of {mark['name']} is not printed")
    box = _box(
        (
            min(w.area[0] for w in run),
            min(w.area[1] for w in run),
            max(w.area[2] for w in run),
            max(w.area[3] for w in run),
        )
    )
    return FieldTruth(name=mark["name"], value=mark["value"], raw=mark["raw"], page=page, box=box)


def _answers(ticks: tuple[TickTruth, ...], page: int) -> tuple[FieldTruth, ...]:
    """What the boxes outside the criteria table answer: yes or no, or one of several kinds."""
    answers = []
    for tick in ticks:
        if tick.name is None or tick.name.startswith("ip."):
            continue
        name, _, choice = tick.name.partition("=")
        if not choice or tick.ticked:
            raw = "√" if tick.ticked else ""
            answers.append(FieldTruth(name=name, value=choice or tick.ticked, raw=raw, page=page, box=tick.box))
    return tuple(answers)


def _tables(plan: PagePlan, words: list[PrintedWord]) -> tuple[TableTruth, ...]:
    """The ruled tables of one page; rows are counted from 0 on each page."""
    tables = []
    for name in dict.fromkeys(start["table"] for start, _ in plan.cells):
        cells = [(start, _between(start, end)) for start, end in plan.cells if start["table"] == name]
        first = min(start["row"] for start, _ in cells)
        tables.append(
            TableTruth(
                box=(
                    min(b[0] for _, b in cells),
                    min(b[1] for _, b in cells),
                    max(b[2] for _, b in cells),
                    max(b[3] for _, b in cells),
                ),
                cells=tuple(
                    CellTruth(
                        row=start["row"] - first,
                        col=start["col"],
                        row_span=1,
                        col_span=start["colspan"],
                        box=box,
                        text=lines_of([word for word in words if _inside(_box(word.area), box)]),
                    )
                    for start, box in cells
                ),
            )
        )
    return tuple(tables)


def _criterion(
    mark: Mark, plan: PagePlan, words: list[PrintedWord], ticks: tuple[TickTruth, ...], tables: tuple[TableTruth, ...]
) -> CriterionTruth:
    """A row of Part III (its points are printed) or of the criteria table (its box is ticked, maybe a page later)."""
    if mark["what"] == "field":
        _, code, _, option = mark["name"].split(":")
        box = _field(mark, plan.number, words).box
        return CriterionTruth(
            code=code,
            source="self-assessment",
            points=int(mark["raw"]),
            page=plan.number,
            option=int(option) if option else None,
            box=box,
        )
    here = _box((mark["x"], mark["y"], mark["x"], mark["y"]))
    cell = next(cell.box for table in tables for cell in table.cells if _holds(cell.box, here))
    ticked = next((tick.box for tick in ticks if tick.criterion == mark["code"] and tick.ticked), cell)
    return CriterionTruth(
        code=mark["code"],
        source="score-sheet",
        points=mark["points"],
        option=mark["option"],
        page=plan.number,
        box=ticked,
    )


def _holds(outer: Box, point: Box) -> bool:
    return outer[0] <= point[0] <= outer[2] and outer[1] <= point[1] <= outer[3]
