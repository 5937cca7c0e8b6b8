"""Whole dossiers: every decisive value beside the truth. Pure.

Decisive are the fields of the forms (each name once), the fields of each evidence page, and the points of each
criterion on the score sheet and in the self-assessment. A value that was not found is shown empty, so a clerk looks.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from extraction.assembly import Extraction
from extraction.bench.defects import deserving
from extraction.bench.text import plain
from extraction.readings import CriterionReading, FieldReading
from infra.samples import DossierTruth

Group = Literal["field", "evidence", "criterion"]
CAPITALS = ("evidence.issuer", "evidence.holder")  # names that one paper may print in capitals and in small letters
COMPUTED = ("score_sheet.total",)  # names of the truth that the contract does not promise


@dataclass(frozen=True)
class Judged:
    """One decisive value: what stands on paper, what was read (None: not found), and what the clerk is told."""

    group: Group
    key: str  # field name, `page 12 evidence.number`, `score-sheet 1.2`
    page: int
    kind: str  # of the page it is printed on
    expected: str
    got: str | None
    right: bool
    flagged: bool
    confidence: float = 0.0
    by_tick: bool = False  # answered by ticking a box
    deserved: bool = False  # the paper itself is wrong there, on purpose: to be flagged

    @property
    def silent(self) -> bool:
        """Wrong, and nobody is told."""
        return not self.right and not self.flagged and self.got is not None

    @property
    def to_look_at(self) -> bool:
        """Whether a clerk has work with it that the reading alone makes."""
        return (self.flagged or self.got is None) and not (self.deserved and self.right)


def judge(truth: DossierTruth, read: Extraction) -> list[Judged]:
    """Every decisive value of the dossier."""
    keys = deserving(truth)
    judged = [*_form_fields(truth, read), *_evidence_fields(truth, read), *_criteria(truth, read)]
    return [_deserving(value) if value.key in keys else value for value in judged]


def _deserving(value: Judged) -> Judged:
    """A day that no calendar has cannot be read as a date: pointing it out is all that can be done."""
    impossible = value.flagged and value.got is None and "/" in value.expected
    return replace(value, deserved=True, right=value.right or impossible)


def count_values(judged: Iterable[Judged]) -> Counter[str]:
    """Sums for the measures."""
    counts: Counter[str] = Counter()
    for value in judged:
        counts.update(
            {
                value.group: 1,
                f"{value.group}_right": int(value.right),
                "decisive": 1,
                "decisive_wrong": int(not value.right),
                "silent": int(value.silent),
                "not_found": int(value.got is None),
                "to_look_at": int(value.to_look_at),
                "needless": int(value.to_look_at and value.right),
                "answers": int(value.by_tick),
                "answers_silent": int(value.by_tick and value.silent),
            }
        )
    return counts


def _form_fields(truth: DossierTruth, read: Extraction) -> Iterable[Judged]:
    """Each name once, as the first reading of it says; any of the papers that carry it may be followed."""
    kinds = _kinds(truth)
    ticked = {(tick.name or "").partition("=")[0] for page in truth.pages for tick in page.ticks if tick.name}
    best: dict[str, FieldReading] = {}
    for reading in read.fields:
        best.setdefault(reading.name, reading)
    accepted: dict[str, list[str]] = {}
    for printed in truth.fields:
        if not printed.name.startswith("evidence.") and printed.name not in COMPUTED:
            accepted.setdefault(printed.name, []).append(str(printed.value))
    pages = {printed.name: printed.page for printed in reversed(truth.fields)}
    for name, values in accepted.items():
        page = pages[name]
        yield _field("field", name, page, kinds[page], values, best.get(name), name in ticked)


def _evidence_fields(truth: DossierTruth, read: Extraction) -> Iterable[Judged]:
    kinds = _kinds(truth)
    found: dict[tuple[str, int], FieldReading] = {}
    for reading in read.fields:
        found.setdefault((reading.name, reading.page), reading)
    for printed in truth.fields:
        if printed.name.startswith("evidence."):
            key, page = f"page {printed.page} {printed.name}", printed.page
            reading_there = found.get((printed.name, page))
            yield _field("evidence", key, page, kinds[page], [str(printed.value)], reading_there, False)


def _field(
    group: Group, key: str, page: int, kind: str, accepted: list[str], found: FieldReading | None, by_tick: bool
) -> Judged:
    got = None if found is None or found.value is None else str(found.value)
    spelt = str.casefold if key.endswith(CAPITALS) else str
    right = got is not None and spelt(plain(got)) in {spelt(plain(value)) for value in accepted}
    flagged, sure = (True, 0.0) if found is None else (found.needs_review, found.confidence)
    return Judged(group, key, page, kind, accepted[0], got, right, flagged, sure, by_tick)


def _criteria(truth: DossierTruth, read: Extraction) -> Iterable[Judged]:
    kinds = _kinds(truth)
    boxed = {tick.criterion for page in truth.pages for tick in page.ticks}
    found: dict[tuple[str, str], CriterionReading] = {}
    for reading in read.criteria:
        found.setdefault((reading.source, reading.code), reading)
    for row in truth.criteria:
        seen = found.get((row.source, row.code))
        right = seen is not None and (seen.points or 0) == row.points and row.option in (None, seen.option)
        yield Judged(
            group="criterion",
            key=f"{row.source} {row.code}",
            page=row.page,
            kind=kinds[row.page],
            expected=_row(row.points, row.option),
            got=None if seen is None else _row(seen.points, seen.option),
            right=right,
            flagged=seen is None or seen.needs_review,
            confidence=0.0 if seen is None else seen.confidence,
            by_tick=row.source == "score-sheet" and row.code in boxed,
        )


def _row(points: float | None, option: int | None) -> str:
    return f"{points or 0:g} points, option {option}"


def _kinds(truth: DossierTruth) -> dict[int, str]:
    return {page.number: page.kind for page in truth.pages}


@dataclass(frozen=True)
class Agreement:
    """Decisive values that two engines read: how many alike, and how many of those are wrong all the same."""

    values: int
    agree: int
    agree_wrong: int
    silent: int  # wrong and not flagged by the first engine alone
    silent_where_agree: int  # what is left of those when a value on which the two differ is flagged too
    to_look_at: int  # values to look at then


def agreement(first: Iterable[Judged], second: Iterable[Judged]) -> Agreement:
    """What a second opinion on every decisive value would be worth."""
    others = {value.key: value.got for value in second}
    values = list(first)
    same = [value for value in values if value.got is not None and others.get(value.key) == value.got]
    keys = {value.key for value in same}
    return Agreement(
        values=len(values),
        agree=len(same),
        agree_wrong=sum(not value.right for value in same),
        silent=sum(value.silent for value in values),
        silent_where_agree=sum(value.silent for value in same),
        to_look_at=sum(value.to_look_at or value.key not in keys for value in values),
    )
