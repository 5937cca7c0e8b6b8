"""Which papers a dossier holds, in the order a clerk stacks them."""

from dataclasses import dataclass, replace
from random import Random

from infra.samples.criteria import Claim, CriteriaTable, claims_for, criteria_table
from infra.samples.defects import Planted, misclaimed, spoilt
from infra.samples.evidence import EVIDENCE, cover, minutes, ocop_certificate, separator
from infra.samples.fiction import Story, person, tell
from infra.samples.hand import drawn_by_hand
from infra.samples.papers import Paper, commune_report, registration, self_assessment
from infra.samples.sheet import score_sheet
from infra.samples.style import Style, style_for, varied
from infra.samples.variant import USUAL, Variant

PROOFS = (
    "business-registration",
    "production-eligibility",
    "quality-declaration",
    "test-report",
    "intellectual-property",
)
BLANK: Paper = {"form": "blank", "kind": "blank"}


@dataclass(frozen=True)
class Dossier:
    seed: int
    table: CriteriaTable
    story: Story
    style: Style
    claims: dict[str, Claim]
    papers: tuple[Paper, ...]
    defects: tuple[Planted, ...] = ()


def compose(seed: int, set_no: int, stars: int, extra: int = 0, variant: Variant = USUAL) -> Dossier:
    """A dossier of the main papers and `extra` papers of further evidence. The same numbers give the same dossier."""
    rng = Random(f"{seed}/{set_no}")
    table = criteria_table(set_no, variant.era)
    story = tell(table, rng)
    style = style_for(rng)
    claims = claims_for(table, stars, rng, _facts(table, story))
    annexes = {kind: number for number, kind in enumerate(PROOFS, start=1)}
    claimed, planted = claims, tuple[Planted, ...]()
    if variant.defects:
        claimed, planted = misclaimed(table, claims, Random(f"{seed}/{set_no}/claims"))
    papers = [
        registration(story, table, rng),
        self_assessment(story, table, claimed, annexes, rng),
        commune_report(story, table, rng),
        BLANK,  # the empty back of the commune's report
        score_sheet(story, table, claims, person(story.place, rng), rng),
        *(EVIDENCE[kind](story, rng) for kind in PROOFS),
    ]
    if story.kind != "first":
        papers.append(ocop_certificate(story, rng))
    papers += _further(story, rng, extra)
    varying = Random(f"{seed}/{set_no}/{variant.layout}")
    dossier = Dossier(seed, table, story, varied(style, variant.layout, varying), claims, tuple(papers), planted)
    return _varied(dossier, variant, varying)


def _varied(dossier: Dossier, variant: Variant, rng: Random) -> Dossier:
    """What a variant changes in papers that are written: their shape, their mistakes, and who ticked."""
    papers, planted = dossier.papers, dossier.defects
    name = f"{dossier.seed}/{dossier.table.set_no}"
    if variant.every_kind:
        held = {paper["kind"] for paper in papers}
        making = Random(f"{name}/kinds")
        papers += tuple(make(dossier.story, making) for kind, make in EVIDENCE.items() if kind not in held)
    if variant.layout != "usual":
        papers = tuple(_reshaped(paper, dossier.style, rng) for paper in papers)
    if variant.defects:
        papers, more = spoilt(papers, dossier.story, Random(f"{name}/defects"))
        planted += more
    if variant.hand == "varied":
        papers = drawn_by_hand(papers, Random(f"{name}/hand"))
    return replace(dossier, papers=papers, defects=planted)


def _reshaped(paper: Paper, style: Style, rng: Random) -> Paper:
    """The paper across or upright, and a laboratory's table with its columns in another order."""
    if paper["kind"] == "test-report":
        order = rng.choice(((0, 1, 2, 3, 4, 5), (0, 1, 3, 2, 4, 5), (0, 1, 4, 2, 5, 3), (0, 1, 2, 4, 5, 3)))
        blocks = [
            {
                **block,
                "rows": [[row[column] for column in order] for row in block["rows"]],
                "widths": [block["widths"][column] for column in order],
            }
            if block["t"] == "table"
            else block
            for block in paper["blocks"]
        ]
        return {**paper, "blocks": blocks, "landscape": rng.random() < 0.5}
    return {**paper, "landscape": True} if paper["form"] in style.across else paper


def shortened(dossier: Dossier, begins: list[int], pages: int) -> Dossier:
    """The dossier cut to `pages`: `begins` says on which page each paper starts; empty pages fill what a cut leaves."""
    kept = max(count for count, page in enumerate(begins) if page <= pages + 1)
    fill = pages + 1 - begins[kept]
    return replace(dossier, papers=(*dossier.papers[:kept], *[BLANK] * fill))


def _further(story: Story, rng: Random, count: int) -> list[Paper]:
    """More evidence, kind after kind, each kind behind a separating sheet; some backs are empty, some papers odd."""
    papers: list[Paper] = [cover(story)] if count else []
    kinds = [kind for kind in EVIDENCE if kind not in PROOFS]
    share = max(1, count // len(kinds))
    number = len(PROOFS)
    while len(papers) < count:
        kind = kinds[(number - len(PROOFS)) % len(kinds)]
        number += 1
        papers.append(separator(number, kind))
        for _ in range(share - 1):
            odd = rng.random()
            papers.append(BLANK if odd < 0.04 else minutes(story, rng) if odd < 0.08 else EVIDENCE[kind](story, rng))
    return papers[:count]


def _facts(table: CriteriaTable, story: Story) -> dict[str, int]:
    """The rows that follow from who the applicant is: kind of organisation, and who leads it."""
    words = {"Hợp tác xã": "HTX", "Công ty TNHH": "Công ty TNHH", "Hộ kinh doanh": "Hộ "}[story.applicant.form]
    favoured = story.applicant.head.gender == "Nữ" or story.applicant.head.ethnicity != "Kinh"
    facts: dict[str, int] = {}
    for row in table.scorable:
        if "Loại hình tổ chức" in row.title:
            fitting = [index for index, option in enumerate(row.options) if words in option.text]
            facts.update([(row.code, fitting[0])] if fitting else [])
        elif row.title.startswith("Đại diện pháp luật") and len(row.options) == 2:
            facts[row.code] = int(favoured)
    return facts
