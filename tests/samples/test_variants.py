"""What a sample can be asked to be: photo, fax, turned, other layouts, ticks by hand, mistakes to be found."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pytest

from infra.samples import HARD, PageTruth, Sample, SamplePage, Variant, as_fed, make, straightened
from infra.samples.criteria import criteria_table
from infra.samples.dossier import compose
from infra.samples.drawing import read_back, typeset
from infra.samples.fiction import with_check_digit
from infra.samples.truth import Box, undone, warped
from infra.samples.variant import Layout

Grey = npt.NDArray[np.uint8]


@pytest.fixture(scope="module")
def photo() -> Sample:
    return make(seed=3, set_no=7, level="photo", variant=HARD)


@pytest.fixture(scope="module")
def fax() -> Sample:
    return make(seed=5, set_no=13, level="fax", variant=Variant(layout="tables", turned="some"))


@pytest.fixture(scope="module")
def coarse() -> Sample:
    return make(seed=8, set_no=21, level="office", variant=Variant(dpi=200, turned="90", layout="leaders"))


@pytest.fixture(params=["photo", "fax", "coarse"])
def other(request: pytest.FixtureRequest) -> Sample:
    sample: Sample = request.getfixturevalue(request.param)
    return sample


def grey(pixels: Grey) -> Grey:
    return pixels if pixels.ndim == 2 else np.asarray(pixels.min(axis=2), np.uint8)


def bare(pixels: Grey, boxes: list[Box]) -> list[Box]:
    """The boxes in which nothing is much darker than their own paper."""
    levels = grey(pixels)
    parts = [(box, levels[box[1] : box[3], box[0] : box[2]]) for box in boxes]
    return [box for box, part in parts if part.size == 0 or int(part.max()) - int(part.min()) < 45]


def test_words_lie_on_ink_at_every_level(other: Sample) -> None:
    boxes = [(page, word.box) for page in other.pages for word in page.truth.words]
    missed = sum(len(bare(page.upright, [word.box for word in page.truth.words])) for page in other.pages)
    assert len(boxes) > 1000
    assert missed <= len(boxes) / 500  # a stop or a comma can drown in noise


def test_boxes_follow_the_page_as_it_was_fed(other: Sample) -> None:
    """What stands in a box is the same on the turned picture and on the upright one."""
    turned = [page for page in other.pages if page.truth.rotation and page.truth.words]
    assert turned
    for page in turned:
        left, top, right, bottom = page.truth.words[0].box
        fed_left, fed_top, fed_right, fed_bottom = as_fed(page.truth.words[0].box, page.truth)
        upright = page.upright[top:bottom, left:right]
        fed = page.image[fed_top:fed_bottom, fed_left:fed_right]
        assert np.array_equal(np.rot90(fed, -(page.truth.rotation // 90)), upright)


def test_a_box_on_a_page_fed_by_each_quarter() -> None:
    """A sheet 100 wide and 200 high with a mark at its top left corner."""

    def mark(rotation: int) -> Box:
        return as_fed((10, 20, 30, 25), _sheet(rotation))

    assert mark(0) == (10, 20, 30, 25)
    assert mark(90) == (20, 70, 25, 90)  # a quarter clockwise brings the lower left corner to the top left
    assert mark(180) == (70, 175, 90, 180)
    assert mark(270) == (175, 10, 180, 30)


def _sheet(rotation: int) -> PageTruth:
    empty = {"words": (), "ticks": (), "tables": (), "fields": (), "stamps": (), "text": ""}
    facts = {"number": 1, "kind": "blank", "skew_degrees": 0.0, "width": 100, "height": 200, "dpi": 300}
    return PageTruth.model_validate({**facts, **empty, "rotation": rotation})


def test_turning_comes_in_all_quarters(photo: Sample) -> None:
    assert {page.truth.rotation for page in photo.pages} == {0, 90, 180, 270}


def test_a_wish_turns_every_page(coarse: Sample) -> None:
    assert {page.truth.rotation for page in coarse.pages} == {90}


def test_200_dpi_is_two_thirds_of_the_pixels(coarse: Sample) -> None:
    assert {(p.truth.dpi, *sorted((p.truth.width, p.truth.height))) for p in coarse.pages} == {(200, 1653, 2339)}
    sheet = pdfium.PdfDocument(coarse.pdf)[0]
    assert sorted((round(sheet.get_width()), round(sheet.get_height()))) == [595, 842]  # A4 in points


def test_a_fax_is_black_and_white_with_204_by_196_dots_an_inch(fax: Sample) -> None:
    page = fax.pages[0]
    assert (page.truth.dpi, page.truth.dpi_down, page.truth.width, page.truth.height) == (204, 196, 1686, 2292)
    assert set(np.unique(page.image)) == {0, 255}
    (picture,) = pdfium.PdfDocument(fax.pdf)[0].get_objects()
    assert picture.get_filters() == ["CCITTFaxDecode"]


def test_the_fax_in_the_pdf_is_the_fax_that_was_drawn(fax: Sample) -> None:
    document = pdfium.PdfDocument(fax.pdf)
    for sheet, page in zip(document, fax.pages, strict=True):
        (picture,) = sheet.get_objects()
        decoded = np.asarray(picture.get_bitmap().to_numpy()).reshape(page.image.shape)
        assert np.array_equal(decoded > 127, page.image > 127)


def test_a_photo_shows_the_desk_around_the_sheet(photo: Sample) -> None:
    """In the picture's corner is no paper; the sheet's corner lies inside the picture."""
    for page in photo.pages:
        assert page.truth.warp is not None
        corner = warped((0, 0, 1, 1), page.truth.warp)
        assert min(corner) > 0
        assert page.upright.ndim == 3
        height, width = page.upright.shape[:2]
        middle = np.median(page.upright[height // 3 : height // 2, width // 3 : width // 2])
        assert np.median(page.upright[:8, :8]) < middle - 20


def test_what_a_photo_bends_can_be_flattened(photo: Sample) -> None:
    page = photo.pages[0].truth
    assert page.warp is not None
    flat = (300, 500, 420, 540)
    back = warped(warped(flat, page.warp), undone(page.warp))
    assert back[0] - 15 <= flat[0] - 0 <= back[2]
    assert max(abs(a - b) for a, b in zip(flat, back, strict=True)) <= 25  # the least upright box around a slanting one
    assert straightened(warped(flat, page.warp), page) == back


def test_the_same_wish_gives_the_same_bytes(fax: Sample) -> None:
    again = make(seed=5, set_no=13, level="fax", variant=Variant(layout="tables", turned="some"))
    assert again.truth == fax.truth
    assert again.pdf == fax.pdf


def test_variants_are_written_page_by_page_too(photo: Sample) -> None:
    out = BytesIO(photo.pdf)
    assert len(pdfium.PdfDocument(out)) == len(photo.truth.pages)


@pytest.mark.parametrize("layout", ["varied", "leaders", "tables", "boxes-right", "landscape"])
@pytest.mark.parametrize("set_no", [2, 9, 18, 26])
def test_any_layout_says_exactly_what_it_prints(layout: Layout, set_no: int) -> None:
    """Reading back raises where a value is not printed; every option has its box, every claim its place."""
    variant = Variant(layout=layout, hand="varied", defects=True)
    dossier = compose(seed=set_no, set_no=set_no, stars=4, variant=variant)
    drawing = typeset(dossier)
    document = pdfium.PdfDocument(drawing.pdf)
    pages = [read_back(document[plan.number - 1], plan) for plan in drawing.plans]
    options = [option for row in criteria_table(set_no).scorable for option in row.options]
    assert sum(tick.criterion is not None for page in pages for tick in page.truth.ticks) == len(options)
    sheet = {row.code: row.points for page in pages for row in page.criteria if row.source == "score-sheet"}
    assert sheet == {code: claim.points for code, claim in dossier.claims.items()}


@pytest.mark.parametrize("set_no", range(1, 27))
def test_every_set_of_both_decisions_can_be_made(set_no: int) -> None:
    for era in ("26/2026", "148/2023"):
        dossier = compose(set_no, set_no, 3, variant=Variant(era=era, layout="varied", hand="varied", defects=True))
        assert dossier.table.set_no == set_no
        assert dossier.papers[0]["name"] == ("Mẫu số 01" if era == "26/2026" else "Biểu số 01")


def test_layouts_differ_in_typeface_header_and_boxes() -> None:
    styles = [compose(seed, 7, 4, variant=Variant(layout="varied")).style for seed in range(1, 60)]
    assert {"Liberation Serif", "Tinos", "FreeSerif"} <= {style.font for style in styles}
    assert {style.head for style in styles} == {"usual", "unit", "plain"}
    assert {(style.boxes, style.numbered) for style in styles} >= {("left", True), ("right", False)}
    assert {style.graded for style in styles} == {"described-last", "points-last", "with-maximum"}


def test_ticks_by_hand_have_many_shapes_and_some_are_struck_out() -> None:
    variant = Variant(hand="varied")
    ticks = [tick for seed in range(1, 13) for page in _drawn(seed, variant) for tick in page.ticks]
    shapes = {tick.mark for tick in ticks if tick.ticked}
    assert shapes == {"v", "x", "slash", "circle", "filled", "dot", "wide-v", "plus", "scrawl"}
    struck = [tick for tick in ticks if tick.crossed_out]
    assert struck
    assert not any(tick.ticked for tick in struck)
    assert all(tick.look for tick in struck)


def test_a_corrected_criterion_has_one_tick_and_says_look() -> None:
    variant = Variant(hand="varied")
    for seed in range(1, 13):
        boxes = [tick for page in _drawn(seed, variant) for tick in page.ticks if tick.criterion]
        for struck in (tick for tick in boxes if tick.crossed_out):
            counting = [tick for tick in boxes if tick.criterion == struck.criterion and tick.ticked]
            assert [tick.look for tick in counting] == [True]


def _drawn(seed: int, variant: Variant) -> list[PageTruth]:
    """The score sheet of set 16, which is short, without a scanner."""
    drawing = typeset(compose(seed, 16, 4, variant=variant))
    document = pdfium.PdfDocument(drawing.pdf)
    return [read_back(document[plan.number - 1], plan).truth for plan in drawing.plans if plan.kind == "score-sheet"]


def test_what_is_struck_out_is_ink_in_and_beside_the_box() -> None:
    sample = make(seed=3, set_no=7, level="clean", variant=Variant(hand="varied"))
    struck = [(page, tick) for page in sample.pages for tick in page.truth.ticks if tick.crossed_out]
    assert struck
    assert all(_ink(page, tick.box) > 0.2 for page, tick in struck)


def _ink(page: SamplePage, box: Box) -> float:
    left, top, right, bottom = box
    return float((grey(page.upright)[top + 6 : bottom - 6, left + 6 : right - 6] < 170).mean())


def test_planted_mistakes_stand_where_the_truth_says(photo: Sample) -> None:
    found = {defect.kind: defect for defect in photo.truth.defects}
    assert set(found) == {
        "sum-differs",
        "claim-differs-from-tick",
        "expired",
        "impossible-date",
        "bad-tax-code",
        "evidence-missing",
        "limit-exceeded",
    }
    pages = {page.number: page for page in photo.truth.pages}
    for kind in ("sum-differs", "impossible-date", "bad-tax-code", "limit-exceeded"):
        assert found[kind].printed in pages[found[kind].page or 0].text
        assert found[kind].printed != found[kind].right


def test_planted_mistakes_are_mistakes(photo: Sample) -> None:
    truth = photo.truth
    found = {defect.kind: defect for defect in truth.defects}
    assert found["sum-differs"].right == str(truth.total)
    code = found["claim-differs-from-tick"].key
    claims = [truth.claims(source)[code].points for source in ("self-assessment", "score-sheet")]
    assert [str(points) for points in claims] == [
        found["claim-differs-from-tick"].printed,
        found["claim-differs-from-tick"].right,
    ]
    assert found["bad-tax-code"].right == with_check_digit(found["bad-tax-code"].printed[:9])
    assert found["evidence-missing"].right not in {page.kind for page in truth.pages}
    assert found["expired"].printed < "2026-08-03"  # the first day on which any sample is handed in


def test_tax_codes_carry_their_check_digit() -> None:
    # 0100109106 is in public use as an example:
    # 31·0 + 29·1 + 23·0 + 19·0 + 17·1 + 13·0 + 7·9 + 5·1 + 3·0 = 114; 114 mod 11 = 4; 10 - 4 = 6
    assert with_check_digit("010010910") == "0100109106"


def test_every_kind_of_evidence_can_be_had() -> None:
    kinds = {paper["kind"] for paper in compose(2, 7, 4, variant=Variant(every_kind=True)).papers}
    assert len(kinds & set(_fifteen())) == 15


def _fifteen() -> list[str]:
    from infra.samples.evidence import EVIDENCE

    return list(EVIDENCE)


def test_office_stamps_lie_over_words() -> None:
    sample = make(seed=6, set_no=16, level="clean", variant=Variant(stamps=True))
    plain = make(seed=6, set_no=16, level="clean")
    more = [
        (page.truth, stamp)
        for page, before in zip(sample.pages, plain.pages, strict=True)
        for stamp in set(page.truth.stamps) - set(before.truth.stamps)
    ]
    assert more
    for page, stamp in more:
        assert any(
            stamp[0] < (word.box[0] + word.box[2]) / 2 < stamp[2] and stamp[1] < word.box[3] < stamp[3]
            for word in page.words
        )
