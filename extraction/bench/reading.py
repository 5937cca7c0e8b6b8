"""Sample dossiers made, read by the workers of `./ocop read`, and measured, level by level."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import yaml

from extraction.assembly import Extraction, assemble
from extraction.bench.defects import count_defects, pointed_out
from extraction.bench.measures import HARD, OLD_FORMS, summed, wear_of
from extraction.bench.pages import count_page
from extraction.bench.proofs import count_proofs
from extraction.bench.reliability import Bin, bins_of
from extraction.bench.values import Agreement, Judged, agreement, count_values, judge
from extraction.forms import Forms
from extraction.page_reader import PageReader
from extraction.readings import PageReading
from extraction.settings import Settings
from extraction.workers import page_workers
from infra.reference import RULEBOOKS
from infra.samples import HARD as SAMPLES_HARD
from infra.samples import USUAL, DossierTruth, Level, Sample, Variant, make
from infra.sandbox import Sandbox

PDF = "application/pdf"
VARIANTS = {HARD: SAMPLES_HARD, OLD_FORMS: Variant(era="148/2023")}
MOST_MISREAD = 20  # told of one page
Seen = Callable[[], None]  # called after each page


@dataclass(frozen=True)
class Readers:
    """Worker processes with one engine, as `./ocop read` starts them."""

    sandbox: Sandbox
    pages: PageReader
    workers: int

    def read(self, path: Path, numbers: Sequence[int], seen: Seen = lambda: None) -> list[PageReading]:
        """These pages (from 1) of the file, as many at a time as there are workers."""

        def read_page(number: int) -> PageReading:
            reading = self.pages.read(path, PDF, number)[0]
            seen()
            return reading

        with ThreadPoolExecutor(self.workers) as pool:
            return list(pool.map(read_page, numbers))


@contextmanager
def readers(workers: int, engine: str = "reader") -> Iterator[Readers]:
    """Workers that end with the block."""
    sandbox = page_workers(workers, engine)
    try:
        yield Readers(sandbox, PageReader(sandbox, Settings.model_validate({"engine": engine})), workers)
    finally:
        sandbox.close()


@dataclass
class LevelResult:
    """All that was counted at one level: by page kind, word by word, value by value."""

    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    words: list[tuple[float, bool]] = field(default_factory=list)
    judged: list[tuple[int, Judged]] = field(default_factory=list)  # (seed, value)
    agreement: Agreement | None = None
    second: dict[str, Counter[str]] = field(default_factory=dict)  # the other engine behind the same interface
    misread: list[str] = field(default_factory=list)  # what a developer looks at first

    @property
    def counts(self) -> Counter[str]:
        return summed(self.kinds)

    @property
    def value_marks(self) -> list[tuple[float, bool]]:
        """(confidence, right) of the decisive values that were found."""
        return [(value.confidence, value.right) for _, value in self.judged if value.got is not None]

    def share_right(self, flagged: bool) -> Bin:
        """The values found that are flagged, or are not, as one bin."""
        chosen = [value for _, value in self.judged if value.got is not None and value.flagged is flagged]
        return bins_of([(value.confidence, value.right) for value in chosen], (0.0, 1.0))[0]

    def at(self, kind: str) -> Counter[str]:
        return self.kinds.setdefault(kind, Counter())


def set_for(seed: int) -> int:
    """Neighbouring seeds take product sets far apart, all 26 in turn."""
    return 1 + 7 * seed % 26


def sample_for(seed: int, level: str, pages: int | None) -> Sample:
    """A dossier of `pages` pages, or of its main papers alone where it needs more.

    `office+hard`: of all variants. `office+2023`: of the forms before 2026.
    """
    wear, variant = cast(Level, wear_of(level)), VARIANTS.get(level.removeprefix(wear_of(level)), USUAL)
    try:
        return make(seed, set_for(seed), wear, pages=pages, variant=variant)
    except ValueError:
        return make(seed, set_for(seed), wear, variant=variant)


def read_sample(sample: Sample, workers: Readers, forms: Forms, seen: Seen = lambda: None) -> Extraction:
    """The dossier's scan, read and understood."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(sample.pdf)
        pages = workers.read(path, range(1, len(sample.pages) + 1), seen)
    return assemble(pages, forms, workers.pages.settings.engine, 0.0)


def count_dossier(result: LevelResult, truth: DossierTruth, read: Extraction) -> list[Judged]:
    """Add what this dossier says to the level's figures; returns its decisive values."""
    for page_truth, page in zip(truth.pages, read.pages, strict=True):
        sums = count_page(page_truth, page)
        sums.counts.update(kind_right=int(page.kind.value == page_truth.kind))
        result.at(page_truth.kind).update(sums.counts)
        result.words += sums.words
        result.misread += [f"{truth.seed} page {page_truth.number}: {line}" for line in sums.misread][:MOST_MISREAD]
    judged = judge(truth, read)
    for value in judged:
        result.at(value.kind).update(count_values([value]))
    for kind, counts in count_proofs(truth, evidence_names(truth.rulebook, truth.set_no), read.evidence).items():
        result.at(kind).update(counts)
    for kind, counts in count_defects(truth, read).items():
        result.at(kind).update(counts)
    missed = (defect for defect in truth.defects if not pointed_out(defect, read))
    result.misread += [f"{truth.seed}: planted {each.kind} at {each.key} not pointed out" for each in missed]
    result.judged += [(truth.seed, value) for value in judged]
    return judged


def second_opinion(result: LevelResult, truth: DossierTruth, judged: Sequence[Judged], other: Extraction) -> None:
    """Lay another engine's reading of one dossier beside the first's."""
    beside = LevelResult()
    result.agreement = agreement(judged, count_dossier(beside, truth, other))
    result.second = beside.kinds


def evidence_names(rulebook: str, set_no: int) -> Mapping[str, tuple[str, ...]]:
    """Code → the evidence that the rulebook file names, for each row that takes points and names any."""
    file = next(RULEBOOKS.glob(f"{rulebook}-{set_no:02d}-*.yaml"))
    rows = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["criteria"]
    return {str(row["code"]): tuple(row["evidence"]) for row in rows if row["scorable"] and row.get("evidence")}
