"""Mistakes that samples carry on purpose: which values a clerk should look at, and which are pointed out. Pure."""

from collections import Counter

from extraction.assembly import Extraction
from extraction.evidence_map import KIND_NAMES
from extraction.folding import fold
from extraction.readings import EvidenceLink, PageKind
from infra.samples import DossierTruth
from infra.samples.truth import DefectTruth


def deserving(truth: DossierTruth) -> set[str]:
    """Keys of the decisive values (as `values` names them) that ought to be flagged though they are read right."""
    keys: set[str] = set()
    for defect in truth.defects:
        if defect.key.startswith("evidence."):
            keys.add(f"page {defect.page} {defect.key}")
        elif defect.kind == "claim-differs-from-tick":
            keys |= {f"{source} {defect.key}" for source in ("score-sheet", "self-assessment")}
        else:
            keys.add(defect.key)
    keys |= {f"score-sheet {tick.criterion}" for page in truth.pages for tick in page.ticks if tick.look}
    return keys | {(tick.name or "").partition("=")[0] for page in truth.pages for tick in page.ticks if tick.look}


def count_defects(truth: DossierTruth, read: Extraction) -> dict[str, Counter[str]]:
    """By page kind: planted mistakes, and how many are pointed out. A missing paper counts where it is referred to."""
    kinds = {page.number: page.kind for page in truth.pages}
    found: dict[str, Counter[str]] = {}
    for defect in truth.defects:
        kind = PageKind.SELF_ASSESSMENT.value if defect.page is None else kinds[defect.page]
        found.setdefault(kind, Counter()).update(defects=1, defects_found=int(pointed_out(defect, read)))
    return found


def pointed_out(defect: DefectTruth, read: Extraction) -> bool:
    """Whether the reading says that something is wrong there."""
    if defect.kind == "evidence-missing":
        names = {kind.value: fold(name) for kind, name in KIND_NAMES.items()}
        paper = names.get(defect.right)
        return any(_says_absent(link, paper) for link in read.evidence if link.code == defect.key)
    if defect.kind == "claim-differs-from-tick":
        return any(row.code == defect.key and row.needs_review for row in read.criteria)
    flagged = [field for field in read.fields if field.needs_review]
    if defect.kind == "sum-differs":
        reasons = [row.reason or "" for row in read.criteria if row.needs_review]
        named = any("total" in field.name for field in flagged)
        return named or any("tong diem" in fold(reason) for reason in reasons)
    if defect.kind == "limit-exceeded":
        rows = [row for row in read.laboratory if row.page == defect.page and row.needs_review]
        return any(row.exceeds and fold(row.parameter) == fold(defect.key) for row in rows)
    return any(field.name == defect.key and field.page == defect.page for field in flagged)


def _says_absent(link: EvidenceLink, paper: str | None) -> bool:
    """Whether nothing at all, or not this paper, was found for the criterion. `paper`: its name, folded."""
    _, _, absent = fold(link.reason).partition("chua thay")
    return not link.pages or (paper is not None and paper in absent)
