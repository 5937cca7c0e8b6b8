"""All pages of a file or dossier together: kinds, fields, criteria table, claims, evidence, checks across them."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from extraction.checks import checked, compared_with_groups, nearly, remarks_of
from extraction.claims import claimed_criteria
from extraction.commune_views import with_continued_views
from extraction.criteria import BROKEN_BOX, find_rulebook, sheet_criteria
from extraction.doubt import LOW, SURE_WITNESS, merely_unsure, says_another_word
from extraction.evidence import evidence_fields
from extraction.evidence_map import evidence_map
from extraction.fields import begins_body, form_fields
from extraction.folding import fold
from extraction.forms import Forms, PrintedTable
from extraction.geometry import as_scanned, straightened_reading
from extraction.handing_in import handed_in
from extraction.kinds import classify
from extraction.laboratory import laboratory_results
from extraction.lines import lines_of, lines_remembered
from extraction.parties import bought, sold
from extraction.places import places_told
from extraction.readings import (
    EVIDENCE_KINDS,
    CriterionReading,
    FieldReading,
    LaboratoryResult,
    PageKind,
    PageReading,
    Understanding,
)
from extraction.sheet_elements import Element, elements_of, joined_over_pages
from extraction.signed_names import signed_name
from extraction.totals import UNCLEAR_MARK, checked_by_total, find_total, total_field

SIGNED = (PageKind.REGISTRATION_FORM, PageKind.SELF_ASSESSMENT)  # by the applicant
FORM_KINDS = (
    PageKind.REGISTRATION_FORM,
    PageKind.SELF_ASSESSMENT,
    PageKind.COMMUNE_REPORT,
    PageKind.SCORE_SHEET,
)
Reading = TypeVar("Reading", FieldReading, CriterionReading, LaboratoryResult)

TRUST: dict[str, tuple[PageKind, ...]] = {  # which form is believed first; the registration form where nothing is said
    "applicant.organisation_type": (PageKind.SELF_ASSESSMENT, PageKind.COMMUNE_REPORT),
    "representative.gender": (PageKind.SELF_ASSESSMENT, PageKind.COMMUNE_REPORT),
}
PAPERS = (*EVIDENCE_KINDS, PageKind.OCOP_CERTIFICATE)
SAID_BY_FORMS = {"evidence.holder": "applicant.name", "evidence.product": "product.name"}  # the same thing on papers
TRADED = (PageKind.MARKET, PageKind.MATERIAL_ORIGIN)  # one or the other by who buys
HEADING_LINES = 12
CONFIRMED = 0.95  # how sure two papers that say the same are
LEAST_CONFIRMED = 0.45  # the same reader makes the same mistake on two papers where it is less sure
DISAGREE = "Các giấy tờ trong hồ sơ ghi khác nhau."
CLAIM_DIFFERS = "Điểm tự chấm ở Mẫu số 02 khác với ô đánh dấu trên Phụ lục II."


@contextmanager
def _without_collection() -> Iterator[None]:
    """Python walks through all words again and again to find circles of dead ones, while copies of them are made."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


@_without_collection()
@lines_remembered()
def understand(pages: Sequence[PageReading], forms: Forms, day: date | None = None) -> Understanding:
    """What the pages mean. Never raises on odd pages: what is not understood is left out.

    `day`: when the dossier is judged, so that papers that are no longer valid then are named.
    """
    level = [straightened_reading(page) for page in pages]  # rows are level there; boxes go back below
    kinds = classify(level)
    kinded = _with_purchases([page.model_copy(update={"kind": kind}) for page, kind in zip(level, kinds, strict=True)])
    kinds = tuple(page.kind for page in kinded)
    fields = compared_with_groups(checked(_fields(kinded), day, handed_in(kinded)), forms.groups)
    laboratory = _laboratory(kinded, pages)
    sheets = [page for page in kinded if page.kind is PageKind.SCORE_SHEET]
    elements = joined_over_pages([element for page in sheets for element in elements_of(page)])
    subgroup = next((str(f.value) for f in fields if f.name == "product.subgroup" and f.value), None)
    reports = [page for page in kinded if page.kind is PageKind.SELF_ASSESSMENT]
    found = find_rulebook(elements, _headings(sheets or reports), forms, subgroup, _told(reports)) if pages else None
    if found is None:
        return Understanding(kinds=kinds, fields=_as_scanned(fields, pages), laboratory=laboratory)
    table, rulebook = found
    criteria, totals = _criteria(kinded, sheets, elements, table)
    return Understanding(
        rulebook=rulebook,
        kinds=kinds,
        fields=_as_scanned([*fields, *totals], pages),
        criteria=_as_scanned(criteria, pages),
        evidence=evidence_map(kinded, table, remarks_of(fields, laboratory)),
        laboratory=laboratory,
    )


def _told(pages: Sequence[PageReading]) -> str:
    return " ".join(line.folded for page in pages for line in lines_of(page))


def _with_purchases(pages: Sequence[PageReading]) -> list[PageReading]:
    """The pages, papers of what the applicant bought as of the material's origin, of what it sold as of the market."""
    traded = any(page.kind in TRADED for page in pages)
    found = [field for page in pages if traded and page.kind in FORM_KINDS for field in form_fields(page, page.kind)]
    name = _first_text(found, "applicant.name")
    return list(pages) if name is None else [_by_party(page, name) for page in pages]


def _by_party(page: PageReading, applicant: str) -> PageReading:
    if page.kind is PageKind.MARKET and bought(page, applicant):
        return page.model_copy(update={"kind": PageKind.MATERIAL_ORIGIN})
    if page.kind is PageKind.MATERIAL_ORIGIN and sold(page, applicant):
        return page.model_copy(update={"kind": PageKind.MARKET})
    return page


def _laboratory(kinded: Sequence[PageReading], pages: Sequence[PageReading]) -> tuple[LaboratoryResult, ...]:
    reports = [page for page in kinded if page.kind is PageKind.TEST_REPORT]
    return _as_scanned([result for page in reports for result in laboratory_results(page)], pages)


def _as_scanned(readings: Sequence[Reading], pages: Sequence[PageReading]) -> tuple[Reading, ...]:
    """Boxes as people see them: on the page as it was scanned."""
    by_number = {page.number: page for page in pages}
    return tuple(
        reading.model_copy(update={"box": as_scanned([reading.box], by_number[reading.page])[0]})
        for reading in readings
    )


def _criteria(
    pages: Sequence[PageReading], sheets: Sequence[PageReading], elements: Sequence[Element], table: PrintedTable
) -> tuple[list[CriterionReading], list[FieldReading]]:
    """The rows of the score sheet and of the report, each beside the other; and the totals printed on both."""
    ticked = sheet_criteria(sheets, elements, table) if elements else []
    reports = [page for page in pages if page.kind is PageKind.SELF_ASSESSMENT]
    claimed = claimed_criteria(reports, table)
    most = float(sum(criterion.max_points for criterion in table.criteria if criterion.scorable))
    sheet_total, report_total = find_total(sheets, most), find_total(reports, most)
    totals = [
        *total_field("score_sheet.total", sheet_total, ticked, table, claimed),
        *total_field("self_assessment.total", report_total, claimed, table, ticked),
    ]
    on_sheet, in_report = (None if each is None else each.points for each in (sheet_total, report_total))
    rows = _compared(
        checked_by_total(ticked, on_sheet, table, claimed), checked_by_total(claimed, in_report, table, ticked)
    )
    return rows, totals


def _compared(ticked: Sequence[CriterionReading], claimed: Sequence[CriterionReading]) -> list[CriterionReading]:
    """Two readings of one row support or question each other."""
    claims = {claim.code: claim for claim in claimed}
    ticks = {tick.code: tick for tick in ticked}
    return [_beside(tick, claims.get(tick.code)) for tick in ticked] + [
        _beside(claim, ticks.get(claim.code)) for claim in claimed
    ]


def _beside(reading: CriterionReading, other: CriterionReading | None) -> CriterionReading:
    """A faint mark or an unsure number that the other paper says too is believed; a contradiction is shown."""
    if other is None or reading.points is None or other.points is None:
        return reading
    if reading.points != other.points:
        return reading.model_copy(update={"needs_review": True, "reason": reading.reason or CLAIM_DIFFERS})
    faint = reading.reason in (BROKEN_BOX, UNCLEAR_MARK) or merely_unsure(reading.reason)
    if not faint or other.needs_review:
        return reading
    return reading.model_copy(update={"confidence": CONFIRMED, "needs_review": False, "reason": None})


def _fields(pages: Sequence[PageReading]) -> list[FieldReading]:
    """Fields of forms, the most trusted reading of each name first, then evidence fields page by page."""
    kinds = {page.number: page.kind for page in pages}
    found = [field for page in _with_fields(pages) for field in form_fields(page, page.kind)]
    found = with_continued_views(found, [page for page in pages if page.kind is PageKind.COMMUNE_REPORT])
    told = frozenset(field.name for field in found if field.value is not None)
    found += places_told([page for page in pages if page.kind in FORM_KINDS], told)
    if "representative.name" not in told:
        found += [field for page in pages if page.kind in SIGNED for field in signed_name(page)]
    names = list(dict.fromkeys(field.name for field in found))
    ordered = [field for name in names for field in _ranked([f for f in found if f.name == name], kinds)]
    known = {name: value for name, form in SAID_BY_FORMS.items() if (value := _first_text(ordered, form))}
    proofs = [field for page in pages if page.kind in PAPERS for field in evidence_fields(page, known)]
    return ordered + proofs


def _first_text(fields: Sequence[FieldReading], name: str) -> str | None:
    """The most trusted reading of a name, if it is text."""
    return next((field.value for field in fields if field.name == name and isinstance(field.value, str)), None)


def _with_fields(pages: Sequence[PageReading]) -> list[PageReading]:
    """The form pages that carry fields: of a report or sheet, none behind the page where its body begins."""
    chosen: list[PageReading] = []
    begun: set[PageKind] = set()
    for page in pages:
        if page.kind not in FORM_KINDS or page.kind in begun:
            continue
        chosen.append(page)
        if begins_body(page, page.kind):
            begun.add(page.kind)
    return chosen


def _ranked(readings: Sequence[FieldReading], kinds: dict[int, PageKind]) -> list[FieldReading]:
    """Agreement first, then the trusted form, then confidence; disagreement is shown on the first."""
    said = [_comparable(reading) for reading in readings]
    trusted = TRUST.get(readings[0].name, FORM_KINDS)
    good = [_passes(reading) for reading in readings]
    voting = good if any(good) else [reading.value is not None for reading in readings]
    votes = Counter(spoken for spoken, votes in zip(said, voting, strict=True) if votes)
    weight: dict[str, float] = {}
    for reading, spoken in zip(readings, said, strict=True):
        weight[spoken] = weight.get(spoken, 0.0) + reading.confidence

    def rank(reading: FieldReading) -> tuple[bool, int, float, int, float]:
        kind, spoken = kinds[reading.page], _comparable(reading)
        place = trusted.index(kind) if kind in trusted else len(trusted)
        return (not _passes(reading), -votes[spoken], -round(weight[spoken], 1), place, -reading.confidence)

    ordered = sorted(readings, key=rank)
    first = ordered[0]
    own = _comparable(first)
    if any(_rivals(other, own, votes) for other in votes if other != own) and first.reason is None:
        ordered[0] = first.model_copy(update={"needs_review": True, "reason": DISAGREE})
    elif votes[own] > 1 and merely_unsure(first.reason) and _confirmed(first, ordered):
        ordered[0] = first.model_copy(update={"needs_review": False, "reason": None})
    elif first.reason is None and (reason := _spoken_against([each for each in ordered if _comparable(each) == own])):
        ordered[0] = first.model_copy(update={"needs_review": True, "reason": reason})
    return ordered


def _spoken_against(alike: Sequence[FieldReading]) -> str | None:
    """What another reader said against one of these like readings, if none of them is beyond doubt."""
    if any(each.reason is None and each.confidence >= SURE_WITNESS for each in alike):
        return None
    return next((each.reason for each in alike if says_another_word(each.reason)), None)


def _rivals(other: str, own: str, votes: Counter[str]) -> bool:
    """Whether as many papers say something else, or half as many the same in other letters: some were misread."""
    return votes[other] >= votes[own] or (2 * votes[other] >= votes[own] and nearly(other, own))


def _confirmed(first: FieldReading, others: Sequence[FieldReading]) -> bool:
    """Whether another paper says the same: surely, or while the first was only a little unsure.

    The same reader makes the same mistake everywhere: against another word of another reader it must be sure indeed.
    """
    least = SURE_WITNESS if says_another_word(first.reason) else 0.0
    sure = any(
        _comparable(other) == _comparable(first) and other.reason is None and other.confidence >= least
        for other in others
    )
    return sure or (first.reason == LOW and first.confidence >= LEAST_CONFIRMED)


def _passes(reading: FieldReading) -> bool:
    """Whether the value is of its form: doubt of the reader alone is no failure."""
    return reading.value is not None and (reading.reason is None or merely_unsure(reading.reason))


def _comparable(reading: FieldReading) -> str:
    """Letter by letter but for case: a wrong tone mark is a misreading that the other papers can outvote."""
    return " ".join(str(reading.value).lower().split())


def _headings(pages: Sequence[PageReading]) -> str:
    return " ".join(fold(line.text) for page in pages for line in lines_of(page)[:HEADING_LINES])
