"""What the next version of a dossier changes."""

from extraction.assembly import Extraction
from extraction.changes import page_changes, value_changes
from extraction.readings import CriterionReading, FieldReading


def was(before: dict[int, str | None], after: dict[int, str | None]) -> list[int | None]:
    return [page.was for page in page_changes(before, after)[0]]


def test_pages_are_known_by_what_is_drawn_on_them_wherever_they_lie() -> None:
    pages, gone = page_changes({1: "a", 2: "b", 3: "c"}, {1: "c", 2: "new", 3: "a"})

    assert [(page.page, page.was) for page in pages] == [(1, 3), (2, None), (3, 1)]
    assert gone == (2,)


def test_like_pages_are_paired_in_order() -> None:
    assert was({1: "blank", 2: "a", 3: "blank"}, {1: "blank", 2: "blank", 3: "blank"}) == [1, 3, None]


def test_a_page_that_could_not_be_hashed_is_new() -> None:
    assert was({1: None}, {1: None}) == [None]
    assert page_changes({1: None}, {1: None})[1] == (1,)


def extraction(phone: str, points: float | None, *more: FieldReading) -> Extraction:
    place = {"page": 1, "box": (0, 0, 1, 1), "confidence": 1.0}
    claims = [CriterionReading(code="1.1", source="self-assessment", points=points, **place)]
    sheet = CriterionReading(code="1.1", source="score-sheet", points=5, **place)
    field = FieldReading(name="applicant.phone", value=phone, raw=phone, **place)
    return Extraction(engine="reader", seconds=0, pages=(), fields=(field, *more), criteria=(*claims, sheet))


def test_values_that_differ_are_told_with_both_readings() -> None:
    changed = value_changes(extraction("0912345678", 3), extraction("0987654321", 3))

    assert [(each.name, each.before, each.after) for each in changed] == [
        ("applicant.phone", "0912345678", "0987654321")
    ]


def test_a_claim_that_is_no_longer_made_is_told() -> None:
    changed = value_changes(extraction("0912345678", 3), extraction("0912345678", None))

    assert [(each.name, each.before, each.after) for each in changed] == [("claim.1.1", 3.0, None)]


def test_fields_of_single_papers_are_told_by_their_pages_only() -> None:
    paper = FieldReading(name="evidence.number", value="12/GCN", raw="12/GCN", page=2, box=(0, 0, 1, 1), confidence=1.0)

    assert value_changes(extraction("0912345678", 3), extraction("0912345678", 3, paper)) == ()
