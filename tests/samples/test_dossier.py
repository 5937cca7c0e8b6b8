"""What a sample dossier holds, and that its truth agrees with itself."""

import pytest

from infra.samples import Sample, make
from infra.samples.criteria import BANDS, criteria_table, stars_of
from infra.samples.dossier import compose


def test_the_demo_ends_as_four_stars(demo: Sample) -> None:
    truth = demo.truth
    assert (truth.decision, truth.set_no, truth.stars) == ("QĐ 26/2026/QĐ-TTg", 7, 4)
    assert 70 <= truth.total <= 89
    assert truth.parts["A"] <= 40
    assert truth.parts["B"] <= 25
    assert truth.parts["C"] <= 35
    assert truth.total == truth.parts["A"] + truth.parts["B"] + truth.parts["C"]


def test_every_minimum_for_four_stars_is_met_in_the_demo(demo: Sample) -> None:
    points = {code: row.points for code, row in demo.truth.claims("score-sheet").items()}
    # The **** marks of set 7 as printed in Phụ lục II.
    least = {"1.5": 2, "1.6": 1, "2.1": 3, "2.3": 3, "3.4": 2, "3.5": 2, "4.1": 3, "5.1": 5}
    least |= {"6.1": 2, "6.3": 2, "6.4": 2, "6.5": 3, "7": 3, "9": 3}
    assert {code: points[code] for code in least if points[code] < least[code]} == {}


def test_the_papers_stand_in_the_order_a_clerk_stacks_them(demo: Sample) -> None:
    kinds = list(dict.fromkeys(page.kind for page in demo.truth.pages))
    assert kinds == [
        "registration-form",
        "self-assessment",
        "commune-report",
        "blank",
        "score-sheet",
        "business-registration",
        "production-eligibility",
        "quality-declaration",
        "test-report",
        "intellectual-property",
    ]
    assert 12 <= len(demo.truth.pages) <= 16


def test_one_page_is_turned_and_one_is_blank(sample: Sample) -> None:
    turned = [page for page in sample.truth.pages if page.rotation]
    blank = [page for page in sample.truth.pages if page.kind == "blank"]
    assert [page.kind for page in turned] == ["test-report"]
    assert turned[0].rotation in (90, 270)
    assert [(page.text, page.words) for page in blank] == [("", ())]


def test_the_points_add_up_to_the_total(sample: Sample) -> None:
    for source in ("score-sheet", "self-assessment"):
        rows = sample.truth.claims(source)
        assert len(rows) == len(criteria_table(sample.truth.set_no).scorable)
        assert sum(row.points for row in rows.values()) == sample.truth.total
    sheet = " ".join(page.text for page in sample.truth.pages if page.kind == "score-sheet")
    assert f"Sản phẩm đạt tổng số {sample.truth.total}/100 điểm." in " ".join(sheet.split())


def test_the_ticks_are_the_chosen_options(sample: Sample) -> None:
    ticked = {
        tick.criterion: tick.option
        for page in sample.truth.pages
        for tick in page.ticks
        if tick.criterion is not None and tick.ticked
    }
    rows = sample.truth.claims("score-sheet")
    assert ticked == {code: row.option for code, row in rows.items() if row.option is not None}
    for row in criteria_table(sample.truth.set_no).scorable:
        if row.options:
            assert row.options[ticked[row.code]].points == rows[row.code].points


def test_every_option_of_the_table_has_its_box(sample: Sample) -> None:
    boxes = [tick for page in sample.truth.pages for tick in page.ticks if tick.criterion is not None]
    options = [option for row in criteria_table(sample.truth.set_no).scorable for option in row.options]
    assert len(boxes) == len(options)


def test_fields_carry_normal_forms(sample: Sample) -> None:
    truth = sample.truth
    phone = truth.value("applicant.phone")
    assert isinstance(phone, str)
    assert phone.isdigit()
    assert len(phone) == 10
    assert truth.value("year") == "2026"
    assert truth.value("submission.kind") in ("first", "upgrade", "reassessment")
    assert truth.value("declared.business_registration") is True
    assert str(truth.value("registration.date")).startswith("2026-")


def test_evidence_papers_name_their_number_holder_and_day(demo: Sample) -> None:
    for page in demo.truth.pages:
        if page.kind in ("production-eligibility", "test-report", "intellectual-property", "business-registration"):
            names = {field.name for field in page.fields}
            assert {"evidence.number", "evidence.issuer", "evidence.holder", "evidence.issued"} <= names
    expiring = [page.kind for page in demo.truth.pages for field in page.fields if field.name == "evidence.valid_until"]
    assert expiring == ["production-eligibility", "intellectual-property"]


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_any_set_can_end_at_any_star(stars: int) -> None:
    low, high = BANDS[stars]
    for set_no in range(1, 27):
        dossier = compose(seed=3, set_no=set_no, stars=stars)
        assert stars_of(dossier.table, dossier.claims) == stars
        assert low <= sum(claim.points for claim in dossier.claims.values()) <= high


def test_other_seeds_tell_other_stories() -> None:
    names = {compose(seed, 7, 4).story.applicant.name for seed in range(1, 9)}
    styles = {(compose(seed, 7, 4).style.layout, compose(seed, 7, 4).style.grading) for seed in range(1, 30)}
    assert len(names) >= 6
    assert styles == {("lines", "table"), ("lines", "prose"), ("table", "table"), ("table", "prose")}


def test_a_set_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no set 27"):
        make(set_no=27)


def test_fewer_pages_than_the_main_papers_are_refused() -> None:
    with pytest.raises(ValueError, match="main papers alone"):
        make(pages=3)
