"""Mistakes planted in a dossier: what the checks should find, each told in the truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from infra.samples.criteria import Claim, CriteriaTable
from infra.samples.fiction import Story, with_check_digit
from infra.samples.papers import ANNEX_OF, Paper, dated
from infra.samples.truth import DefectKind

Values = dict[str, Any]  # Any: JSON, a value as the templates get it
IMPOSSIBLE = ("31/02/", "30/02/", "31/04/", "31/11/", "15/13/")


@dataclass(frozen=True)
class Planted:
    """A mistake before anybody knows on which page it lands: `paper`: the kind of the paper that carries it."""

    kind: DefectKind
    paper: str
    key: str  # field or criterion
    printed: str
    right: str


def misclaimed(
    table: CriteriaTable, claims: dict[str, Claim], rng: Random
) -> tuple[dict[str, Claim], tuple[Planted, ...]]:
    """What Mẫu số 02 claims where it is not what Phụ lục II ticks: one criterion with another of its options."""
    rows = [row for row in table.scorable if len({option.points for option in row.options}) > 1]
    row = rng.choice(rows)
    ticked = claims[row.code]
    others = [Claim(option.points, i) for i, option in enumerate(row.options) if option.points != ticked.points]
    claim = rng.choice(others)
    planted = Planted("claim-differs-from-tick", "self-assessment", row.code, str(claim.points), str(ticked.points))
    return {**claims, row.code: claim}, (planted,)


def spoilt(papers: tuple[Paper, ...], story: Story, rng: Random) -> tuple[tuple[Paper, ...], tuple[Planted, ...]]:
    """The papers with one mistake of each kind that they have room for. Changes what they hold."""
    planted: list[Planted] = []
    by_kind = {paper["kind"]: paper for paper in papers}
    for spoil in (_sum, _expired, _impossible_date, _tax_code, _limit):
        found = spoil(by_kind, story, rng)
        if found is not None:
            planted.append(found)
    kept, missing = _without_evidence(papers, rng)
    return kept, (*planted, *missing)


def _sum(papers: dict[str, Paper], story: Story, rng: Random) -> Planted:
    """The sheet's last line tells more or less than its ticks add up to."""
    opinion = papers["score-sheet"]["opinion"]
    right = opinion[1]
    opinion[1] = str(int(right) + rng.choice((-3, -2, -1, 1, 2, 3)))
    return Planted("sum-differs", "score-sheet", "total", opinion[1], right)


def _expired(papers: dict[str, Paper], story: Story, rng: Random) -> Planted | None:
    """The certificate of eligibility ran out before the dossier was handed in."""
    paper = papers.get("production-eligibility")
    value = None if paper is None else _value(paper, "evidence.valid_until")
    if value is None:
        return None
    right = str(value["value"])
    value.update(dated("evidence.valid_until", story.submitted - timedelta(days=rng.randint(20, 300)), long=True))
    issued = _value(paper, "evidence.issued")
    if issued is not None:  # three years before, as the right one would have been
        ended = story.submitted - timedelta(days=3 * 365 + rng.randint(310, 600))
        issued.update(dated("evidence.issued", ended, long=True))
    return Planted("expired", "production-eligibility", "evidence.valid_until", str(value["value"]), right)


def _impossible_date(papers: dict[str, Paper], story: Story, rng: Random) -> Planted | None:
    """A day that no calendar has, on the registration form."""
    value = _value(papers["registration-form"], "registration.date")
    if value is None:
        return None
    right, printed = str(value["raw"]), rng.choice(IMPOSSIBLE) + str(story.submitted.year)
    value.update(raw=printed, value=printed)
    return Planted("impossible-date", "registration-form", "registration.date", printed, right)


def _tax_code(papers: dict[str, Paper], story: Story, rng: Random) -> Planted | None:
    """Another check digit than the code's first nine digits make."""
    paper = papers.get("business-registration")
    value = None if paper is None else _value(paper, "evidence.number")
    if value is None:
        return None
    right = str(value["raw"])
    wrong = right[:9] + str((int(with_check_digit(right[:9])[-1]) + rng.randint(1, 8)) % 10)
    value.update(raw=wrong, value=wrong)
    return Planted("bad-tax-code", "business-registration", "evidence.number", wrong, right)


def _limit(papers: dict[str, Paper], story: Story, rng: Random) -> Planted | None:
    """A result above its limit in the laboratory's table."""
    table = next((block for block in papers.get("test-report", {}).get("blocks", ()) if block["t"] == "table"), None)
    if table is None:
        return None
    head, *rows = table["rows"]
    result, limit = head.index("Kết quả"), head.index("Mức công bố")
    row = rng.choice([row for row in rows if row[limit].startswith("≤")])
    right = row[result]
    most = float(row[limit].strip("≤ ").replace(" ", "").replace(",", "."))
    row[result] = f"{most * rng.uniform(1.2, 2.5):.2f}".replace(".", ",")
    return Planted("limit-exceeded", "test-report", row[1], row[result], right)


def _without_evidence(papers: tuple[Paper, ...], rng: Random) -> tuple[tuple[Paper, ...], tuple[Planted, ...]]:
    """The dossier without one kind of evidence that Part III refers to, and the criteria left without it."""
    rows = next(paper["rows"] for paper in papers if paper["form"] == "self-assessment")
    kinds = [paper["kind"] for paper in papers if paper["form"] == "evidence"]
    referred: dict[str, list[str]] = {}
    for row in rows:
        kind = next((kind for words, kind in ANNEX_OF.items() if words in row["title"]), None)
        if kind in kinds and row["evidence"].startswith("Phụ lục") and int(row["points"]["raw"]) > 0:
            referred.setdefault(str(kind), []).append(row["code"])
    spare = sorted(set(referred) - {"production-eligibility", "business-registration"})  # which carry other defects
    if not spare:
        return papers, ()
    gone = rng.choice(spare)
    kept = tuple(paper for paper in papers if paper["kind"] != gone)
    return kept, tuple(Planted("evidence-missing", gone, code, "", gone) for code in referred[gone])


def _value(paper: Any, name: str) -> Values | None:
    """The first value of that name in the data of a paper. Any: JSON."""
    return next((value for value in _values(paper) if value["f"] == name), None)


def _values(piece: Any) -> Iterator[Values]:
    if isinstance(piece, dict):
        if "f" in piece:
            yield piece
        else:
            for part in piece.values():
                yield from _values(part)
    elif isinstance(piece, list | tuple):
        for part in piece:
            yield from _values(part)
