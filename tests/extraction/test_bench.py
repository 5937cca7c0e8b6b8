"""What the bench counts, on truths and readings written by hand."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from extraction.assembly import Extraction
from extraction.bench.command import Plan, bench_reading
from extraction.bench.defects import count_defects
from extraction.bench.measures import BY_KEY, figure, summed
from extraction.bench.pages import count_page
from extraction.bench.peers import turned
from extraction.bench.proofs import count_proofs, kinds_proving
from extraction.bench.reading import evidence_names, set_for
from extraction.bench.reliability import bins_of, plot
from extraction.bench.speed import Timing, Timings, speed_figures
from extraction.bench.text import pieces_of, plain
from extraction.bench.values import agreement, count_values, judge
from extraction.readings import (
    EVIDENCE_KINDS,
    Box,
    Cell,
    CriterionReading,
    EvidenceLink,
    FieldReading,
    LaboratoryResult,
    PageReading,
    PageSource,
    Table,
    Tick,
    Word,
)
from infra.errors import BadInput
from infra.samples.truth import (
    CellTruth,
    CriterionTruth,
    DefectTruth,
    DossierTruth,
    FieldTruth,
    PageTruth,
    TableTruth,
    TickTruth,
    WordTruth,
    leaning,
)

LINE = ("Tên:", "Mật", "ong", "hoa", "nhãn")  # each word 80 pixels wide, 20 apart
NOWHERE: Box = (0, 0, 1, 1)


def place(i: int, top: int = 100) -> Box:
    return 100 * i, top, 100 * i + 80, top + 30


def truth_of(
    words: tuple[str, ...] = LINE, kind: str = "registration-form", number: int = 1, **more: object
) -> PageTruth:
    content: dict[str, object] = {
        "number": number,
        "kind": kind,
        "rotation": 0,
        "skew_degrees": 0.0,
        "width": 1000,
        "height": 1400,
        "dpi": 300,
        "text": " ".join(words),
        "words": tuple(WordTruth(text=text, box=place(i)) for i, text in enumerate(words)),
        "ticks": (),
        "tables": (),
        "fields": (),
        "stamps": (),
    }
    return PageTruth.model_validate(content | more)


def reading_of(words: tuple[tuple[str, Box, float], ...] = (), **more: object) -> PageReading:
    content: dict[str, object] = {
        "number": 1,
        "width": 1000,
        "height": 1400,
        "dpi": 300,
        "source": PageSource.OCR,
        "text": " ".join(text for text, _, _ in words),
        "words": tuple(Word(text=text, box=box, confidence=sure) for text, box, sure in words),
    }
    return PageReading.model_validate(content | more)


def as_read(*texts: str) -> tuple[tuple[str, Box, float], ...]:
    return tuple((text, place(i), 0.9) for i, text in enumerate(texts))


def dossier(
    *pages: PageTruth, criteria: tuple[CriterionTruth, ...] = (), defects: tuple[DefectTruth, ...] = ()
) -> DossierTruth:
    return DossierTruth(
        seed=1,
        level="office",
        decision="QĐ 26/2026/QĐ-TTg",
        rulebook="qd26-2026",
        set_no=7,
        parts={},
        total=0,
        stars=3,
        fields=tuple(field for page in pages for field in page.fields),
        criteria=criteria,
        pages=pages,
        defects=defects,
    )


def field_truth(name: str, value: str | bool, page: int = 1, box: Box = NOWHERE) -> FieldTruth:
    return FieldTruth(name=name, value=value, raw=str(value), page=page, box=box)


def field_read(name: str, value: object, page: int = 1, **more: object) -> FieldReading:
    content = {"name": name, "value": value, "raw": "", "page": page, "box": NOWHERE, "confidence": 0.9}
    return FieldReading.model_validate(content | more)


def row_truth(code: str, points: int, option: int | None) -> CriterionTruth:
    return CriterionTruth(code=code, source="score-sheet", points=points, option=option, page=1, box=NOWHERE)


def row_read(code: str, points: float | None, option: int | None, *, needs_review: bool = False) -> CriterionReading:
    return CriterionReading(
        code=code,
        source="score-sheet",
        points=points,
        option=option,
        page=1,
        box=NOWHERE,
        confidence=0.8,
        needs_review=needs_review,
    )


def extraction(fields: tuple[FieldReading, ...] = (), criteria: tuple[CriterionReading, ...] = ()) -> Extraction:
    return Extraction(engine="", seconds=0, pages=(), fields=fields, criteria=criteria)


class TestCharacters:
    def test_a_page_read_right_has_no_errors(self) -> None:
        counts = count_page(truth_of(), reading_of(as_read(*LINE))).counts
        assert counts["signs"] == 4 + 3 + 3 + 3 + 4
        assert (counts["wrong"], counts["inserted"], counts["ordered_wrong"]) == (0, 0, 0)

    def test_a_lost_tone_mark_is_one_wrong_sign_and_makes_one_word_wrong(self) -> None:
        sums = count_page(truth_of(), reading_of(as_read("Tên:", "Mât", "ong", "hoa", "nhãn")))
        assert (sums.counts["wrong"], sums.counts["ordered_wrong"]) == (1, 1)
        assert [right for _, right in sums.words] == [True, False, True, True, True]
        assert sums.misread == ["'Mật' read 'Mât' at (100, 100, 180, 130)"]

    def test_order_counts_only_in_reading_order(self) -> None:
        words = as_read(*LINE)
        counts = count_page(truth_of(), reading_of(words[::-1])).counts
        assert counts["wrong"] == 0
        assert counts["ordered_wrong"] > 0

    def test_joined_words_are_one_lost_blank(self) -> None:
        joined = (*as_read("Tên:"), ("Mậtong", (100, 100, 280, 130), 0.9), *as_read(*LINE)[3:])
        assert count_page(truth_of(), reading_of(joined)).counts["wrong"] == 1

    def test_words_of_two_lines_that_touch_are_compared_line_by_line(self) -> None:
        above, below = (100, 100, 180, 132), (96, 128, 176, 160)
        words = (WordTruth(text="ĐÁNH", box=above), WordTruth(text="GIÁ", box=below))
        tall = (("ĐÁNH", (98, 100, 178, 150), 0.9), ("GIÁ", (99, 130, 177, 160), 0.9))
        counts = count_page(truth_of().model_copy(update={"words": words}), reading_of(tall)).counts
        assert (counts["signs"], counts["wrong"]) == (8, 0)  # one piece: the first reading touches both lines

    def test_text_where_nothing_is_printed_is_inserted(self) -> None:
        stray = (*as_read(*LINE), ("OCOP", place(1, top=900), 0.4))
        sums = count_page(truth_of(), reading_of(stray))
        assert (sums.counts["wrong"], sums.counts["inserted"]) == (0, 4)
        assert sums.words[-1] == (0.4, False)

    def test_words_not_read_are_wrong_to_the_last_sign(self) -> None:
        assert count_page(truth_of(), reading_of()).counts["wrong"] == 17

    def test_signs_in_tables_and_under_stamps_count_apart(self) -> None:
        table = TableTruth(box=(190, 90, 390, 140), cells=())
        truth = truth_of(tables=(table,), stamps=((400, 100, 500, 200),))
        counts = count_page(truth, reading_of(as_read("Tên:", "Mật", "ơng", "hoa", "nhan"))).counts
        assert (counts["cell_signs"], counts["cell_wrong"]) == (6, 1)
        assert (counts["prose_signs"], counts["prose_wrong"]) == (11, 1)
        assert (counts["stamped_signs"], counts["stamped_wrong"]) == (4, 1)

    def test_every_printed_word_is_in_one_piece(self) -> None:
        pieces, invented = pieces_of(truth_of(), reading_of(as_read("Tên:", "Mật")))
        assert [piece.expected for piece in pieces] == list(LINE)
        assert [piece.found for piece in pieces] == ["Tên:", "Mật", "", "", ""]
        assert invented == []

    def test_boxes_are_compared_on_the_same_pixels(self) -> None:
        twice_as_high = tuple(
            (text, (box[0], 2 * box[1], box[2], 2 * box[3]), sure) for text, box, sure in as_read(*LINE)
        )
        counts = count_page(truth_of(), reading_of(twice_as_high, height=2800)).counts
        assert (counts["wrong"], counts["inserted"]) == (0, 0)

    def test_quotes_dashes_and_leaders_are_no_errors(self) -> None:
        assert plain("“Mật  ong” – số ........ 5") == '"Mật ong" - số 5'


class TestTicksCellsValues:
    def test_hits_misses_and_false_ticks(self) -> None:
        boxes: list[Box] = [(100, 100 * i, 130, 100 * i + 30) for i in range(1, 5)]
        truth = truth_of(ticks=tuple(TickTruth(box=box, ticked=i < 2) for i, box in enumerate(boxes)))
        seen = [(boxes[0], True), (boxes[1], False), (boxes[2], True), ((500, 500, 530, 530), True)]
        ticks = tuple(Tick(box=box, ticked=ticked, confidence=1) for box, ticked in seen)
        counts = count_page(truth, reading_of(ticks=ticks)).counts
        assert (counts["ticks_hit"], counts["ticks_missed"], counts["ticks_false"]) == (1, 1, 2)
        assert (counts["boxes"], counts["boxes_found"], counts["boxes_invented"]) == (4, 3, 1)
        assert figure(BY_KEY["ticks"], counts, "office").value == pytest.approx(40)  # 2·1 / (2·1 + 1 + 2)

    def test_cells_are_right_to_the_letter_or_wrong(self) -> None:
        printed = [("1.1", (0, 0, 100, 50)), ("Mật ong", (100, 0, 300, 50)), ("3", (300, 0, 400, 50))]
        cells = tuple(
            CellTruth(row=0, col=i, row_span=1, col_span=1, box=box, text=text) for i, (text, box) in enumerate(printed)
        )
        read = Table(
            box=(0, 0, 300, 50),
            cells=(
                Cell(row=0, col=0, box=(2, 1, 101, 49), text="1.1"),
                Cell(row=0, col=1, box=(101, 1, 299, 49), text="Mật\nông"),
            ),
        )
        truth = truth_of((), tables=(TableTruth(box=(0, 0, 400, 50), cells=cells),))
        counts = count_page(truth, reading_of(tables=(read,))).counts
        assert (counts["cells"], counts["cells_found"], counts["cells_right"]) == (3, 2, 1)

    def test_a_value_is_right_if_it_stands_at_its_place(self) -> None:
        fields = (field_truth("product.name", "Mật ong hoa nhãn", box=(100, 100, 480, 130)),)
        truth = truth_of(fields=fields)
        assert count_page(truth, reading_of(as_read(*LINE))).counts["values_right"] == 1
        assert count_page(truth, reading_of(as_read("Tên:", "Mật", "ong", "hoa", "nhân"))).counts["values_right"] == 0

    def test_on_a_leaning_page_a_wide_value_is_looked_for_along_its_line(self) -> None:
        """Boxes keep their size when a page leans; 3 degrees over 840 pixels are 44, more than the line is high."""
        name = ("Mật", "ong", "rừng", "hoa", "cà", "phê", "Đắk", "Lắk", "loại một")
        level = [place(i, top=700) for i in range(9)]
        fields = (field_truth("product.name", " ".join(name), box=leaning((0, 700, 880, 730), 3.0, 1000, 1400)),)
        words = tuple(
            (text, leaning(box, 3.0, 1000, 1400), 0.9) for text, box in zip(name, level, strict=True)
        )  # the first stands 23 pixels above the middle one, the last as much below
        truth = truth_of((), fields=fields, skew_degrees=3.0)

        assert count_page(truth, reading_of(words)).counts["values_right"] == 1

    def test_a_value_that_a_tick_says_is_no_text(self) -> None:
        box = (100, 100, 130, 130)
        truth = truth_of(
            fields=(field_truth("submission.kind", "first", box=box),), ticks=(TickTruth(box=box, ticked=True),)
        )
        assert count_page(truth, reading_of()).counts["values"] == 0


class TestDecisiveValues:
    def test_a_field_counts_once_and_any_paper_may_be_followed(self) -> None:
        truth = dossier(
            truth_of(fields=(field_truth("applicant.name", "HTX Suối Mơ"),)),
            truth_of(number=2, fields=(field_truth("applicant.name", "Hợp tác xã Suối Mơ", page=2),)),
        )
        (value,) = judge(truth, extraction((field_read("applicant.name", "Hợp tác xã Suối Mơ", page=2),)))
        assert (value.right, value.silent, value.to_look_at) == (True, False, False)

    def test_only_the_first_reading_of_a_field_is_believed(self) -> None:
        truth = dossier(truth_of(fields=(field_truth("year", "2026"),)))
        (value,) = judge(truth, extraction((field_read("year", 2025), field_read("year", 2026))))
        assert (value.right, value.silent) == (False, True)

    def test_a_wrong_value_that_is_flagged_is_not_silent(self) -> None:
        truth = dossier(truth_of(fields=(field_truth("year", "2026"),)))
        (value,) = judge(truth, extraction((field_read("year", 2025, needs_review=True),)))
        assert (value.right, value.silent, value.to_look_at) == (False, False, True)

    def test_a_value_not_found_is_shown_empty(self) -> None:
        (value,) = judge(dossier(truth_of(fields=(field_truth("year", "2026"),))), extraction())
        assert (value.got, value.right, value.silent, value.to_look_at) == (None, False, False, True)

    def test_evidence_fields_count_page_by_page(self) -> None:
        papers = [
            truth_of(kind="award", number=n, fields=(field_truth("evidence.number", f"{n}/QĐ", page=n),))
            for n in (1, 2)
        ]
        read = extraction(
            (field_read("evidence.number", "1/QĐ", page=1), field_read("evidence.number", "1/QĐ", page=2))
        )
        assert [value.right for value in judge(dossier(*papers), read)] == [True, False]

    def test_capitals_matter_but_in_the_names_of_issuers_and_holders(self) -> None:
        names = ("evidence.issuer", "evidence.product")
        paper = truth_of(kind="award", fields=tuple(field_truth(name, "Sở Y tế") for name in names))
        read = extraction(tuple(field_read(name, "SỞ Y TẾ") for name in names))
        assert [value.right for value in judge(dossier(paper), read)] == [True, False]

    def test_a_row_is_right_with_its_points_and_its_option(self) -> None:
        ticks = tuple(TickTruth(box=NOWHERE, ticked=True, criterion=code, option=0) for code in ("1.1", "1.2", "1.3"))
        rows = (row_truth("1.1", 3, 1), row_truth("1.2", 2, 0), row_truth("1.3", 0, None), row_truth("2.1", 5, 4))
        read = (row_read("1.1", 3, 1), row_read("1.2", 2, 1), row_read("1.3", None, None, needs_review=True))
        judged = judge(dossier(truth_of(ticks=ticks), criteria=rows), extraction((), read))
        assert [value.right for value in judged] == [True, False, True, False]
        counts = count_values(judged)
        assert (counts["answers"], counts["answers_silent"]) == (3, 1)
        assert (counts["decisive"], counts["silent"], counts["not_found"], counts["to_look_at"]) == (4, 1, 1, 2)
        assert counts["needless"] == 1

    def test_two_engines_that_differ_are_looked_at(self) -> None:
        truth = dossier(truth_of(fields=tuple(field_truth(name, "5") for name in ("a", "b", "c"))))
        first = judge(truth, extraction((field_read("a", "5"), field_read("b", "6"), field_read("c", "7"))))
        second = judge(truth, extraction((field_read("a", "5"), field_read("b", "6"), field_read("c", "5"))))
        both = agreement(first, second)
        assert (both.values, both.agree, both.agree_wrong) == (3, 2, 1)
        assert (both.silent, both.silent_where_agree, both.to_look_at) == (2, 1, 1)


class TestEvidenceMap:
    def test_each_row_of_the_evidence_table_names_its_kind(self) -> None:
        names = [name for no in range(1, 27) for row in evidence_names("qd26-2026", no).values() for name in row]
        assert all(kinds_proving([name]) for name in names)
        assert kinds_proving(["Câu chuyện về sản phẩm"]) == {"story"}
        assert len(EVIDENCE_KINDS) == 15

    def test_pairs_of_criterion_and_page(self) -> None:
        pages = (truth_of(kind="story", number=1), truth_of(kind="award", number=2), truth_of(kind="story", number=3))
        names = {"6.1": ("Câu chuyện về sản phẩm",), "9": ("Giải thưởng, bình chọn",)}
        links = [
            EvidenceLink(code="6.1", pages=(1, 2), reason=""),
            EvidenceLink(code="9", pages=(), reason=""),
            EvidenceLink(code="10", pages=(2,), reason=""),  # the rulebook names no evidence for it
        ]
        found = count_proofs(dossier(*pages), names, links)
        assert found["story"] == {"proofs": 2, "proofs_proposed": 1, "proofs_right": 1}
        assert found["award"] == {"proofs": 1, "proofs_proposed": 1, "proofs_right": 0}


class TestPlantedMistakes:
    def test_a_flag_that_a_planted_mistake_deserves_is_no_work_wasted(self) -> None:
        code = field_truth("evidence.number", "0101234568")
        truth = dossier(truth_of(fields=(code,)), defects=(defect("bad-tax-code", "evidence.number"),))
        flagged = extraction((field_read("evidence.number", "0101234568", needs_review=True),))
        (value,) = judge(truth, flagged)
        assert (value.right, value.to_look_at) == (True, False)
        assert count_defects(truth, flagged)["registration-form"] == {"defects": 1, "defects_found": 1}

    def test_a_mistake_that_nobody_points_out_is_not_found(self) -> None:
        truth = dossier(truth_of(), defects=(defect("expired", "evidence.valid_until"),))
        read = extraction((field_read("evidence.valid_until", "2024-01-01"),))
        assert count_defects(truth, read)["registration-form"]["defects_found"] == 0

    def test_a_day_that_no_calendar_has_is_right_when_flagged(self) -> None:
        printed = field_truth("registration.date", "31/02/2026")
        truth = dossier(truth_of(fields=(printed,)), defects=(defect("impossible-date", "registration.date"),))
        (value,) = judge(truth, extraction((field_read("registration.date", None, needs_review=True),)))
        assert (value.right, value.silent, value.to_look_at) == (True, False, False)

    def test_a_claim_that_differs_and_a_missing_paper_are_seen_in_the_criteria(self) -> None:
        defects = (defect("claim-differs-from-tick", "1.1"), defect("evidence-missing", "6.1", None))
        read = extraction((), (row_read("1.1", 3, 1, needs_review=True),)).model_copy(
            update={"evidence": (EvidenceLink(code="6.1", pages=(), reason=""),)}
        )
        truth = dossier(truth_of(), criteria=(row_truth("1.1", 3, 1),), defects=defects)
        assert summed(count_defects(truth, read)) == {"defects": 2, "defects_found": 2}
        assert [value.deserved for value in judge(truth, read)] == [True]

    def test_a_paper_missing_among_others_is_seen_where_the_evidence_map_names_it(self) -> None:
        truth = dossier(truth_of(), defects=(defect("evidence-missing", "8", None, right="quality-declaration"),))

        def found(reason: str) -> int:
            link = EvidenceLink(code="8", pages=(30,), reason=reason)
            read = extraction((), ()).model_copy(update={"evidence": (link,)})
            return summed(count_defects(truth, read))["defects_found"]

        assert found("Có phiếu kết quả kiểm nghiệm (trang 30). Chưa thấy bản công bố chất lượng.") == 1
        assert found("Có phiếu kết quả kiểm nghiệm (trang 30).") == 0

    def test_a_result_over_its_limit_is_seen_in_the_laboratory_s_rows(self) -> None:
        truth = dossier(truth_of(), defects=(defect("limit-exceeded", "Hàm lượng chì (Pb)"),))
        row = LaboratoryResult(
            parameter="Hàm lượng chì (Pb)", result="0,14", page=1, box=(0, 0, 1, 1), confidence=0.9, exceeds=True
        )
        over = row.model_copy(update={"needs_review": True, "reason": "Kết quả 0,14 vượt mức ≤ 0,1."})

        for results, number in (((over,), 1), ((row,), 0), ((), 0)):
            read = extraction((), ()).model_copy(update={"laboratory": results})
            assert summed(count_defects(truth, read))["defects_found"] == number


def defect(kind: str, key: str, page: int | None = 1, right: str = "") -> DefectTruth:
    return DefectTruth.model_validate({"kind": kind, "key": key, "page": page, "printed": "", "right": right})


class TestFigures:
    def test_a_share_beside_its_target(self) -> None:
        counts = {"wrong": 3, "inserted": 1, "signs": 2000}
        office, poor = (figure(BY_KEY["cer"], counts, level) for level in ("office", "poor"))
        assert (office.value, office.target, office.met) == (0.2, 0.25, True)
        assert figure(BY_KEY["cer"], counts, "clean").met is False
        assert poor.target_shown == "≤ 0.7"

    def test_levels_the_targets_do_not_name_have_none(self) -> None:
        assert figure(BY_KEY["cer"], {"signs": 10}, "photo").met is None
        assert figure(BY_KEY["cer"], {"signs": 10}, "office+hard").target == 0.25
        assert figure(BY_KEY["cer"], {"signs": 10}, "office+2023").target == 0.25

    def test_nothing_to_measure_is_neither_met_nor_missed(self) -> None:
        none = figure(BY_KEY["fields"], {}, "office")
        assert (none.value, none.met, none.shown) == (None, None, "–")

    def test_least_values_are_met_from_the_target_on(self) -> None:
        assert figure(BY_KEY["kinds"], {"kind_right": 98, "pages": 100}, "office").met is True
        assert figure(BY_KEY["kinds"], {"kind_right": 97, "pages": 100}, "office").met is False


class TestReliability:
    def test_bins(self) -> None:
        low, middle, high = bins_of([(0.2, False), (0.4, True), (0.9, True), (1.0, True)], (0.0, 0.5, 0.9, 1.0))
        assert (low.count, low.right, low.mean, low.share) == (2, 1, pytest.approx(0.3), 0.5)
        assert (middle.count, middle.share) == (0, None)
        assert (high.count, high.right) == (2, 2)

    def test_the_plot_shows_each_filled_bin(self) -> None:
        drawing = plot("x < y", [("words", bins_of([(0.2, True), (0.97, False)]))], "note")
        assert drawing.count("<title>") == 2
        assert "1 of 1 right" in drawing
        assert "x &lt; y" in drawing


def test_speeds_stand_beside_their_targets() -> None:
    office = Timing(pages=40, workers=2, seconds=8, cold_seconds=10, cpu_seconds=14, peak_mb=200)
    slow = Timing(pages=60, workers=2, seconds=3, cold_seconds=4, cpu_seconds=3, peak_mb=310)
    found = {each.key: each for each in speed_figures(Timings(office, office, slow, office, slow, pipeline_seconds=10))}
    assert (found["pages"].value, found["pages_cold"].value, found["cpu"].value) == (5, 4, 0.35)
    assert (found["pipeline"].value, found["pipeline_share"].value, found["pipeline_share"].met) == (4, 80, False)
    assert (found["text_layer"].met, found["blank"].value, found["blank"].met) == (False, 20, False)
    assert (found["peak_few"].met, found["peak_many"].met, found["cpu"].met) == (True, False, None)


def test_boxes_turn_with_their_page() -> None:
    box = (10, 20, 40, 30)  # on a page of 100 × 200
    assert turned(box, 90, 100, 200) == (170, 10, 180, 40)
    assert turned(turned(box, 90, 100, 200), 270, 200, 100) == box
    assert turned(turned(box, 180, 100, 200), 180, 100, 200) == box


def test_neighbouring_seeds_take_all_sets() -> None:
    assert sorted(set_for(seed) for seed in range(9001, 9027)) == list(range(1, 27))


def test_a_level_without_samples_is_refused(tmp_path: Path) -> None:
    plan = Plan(seeds=(9001,), levels=("clean", "muddy"), out=tmp_path, workers=1, command="")
    with pytest.raises(BadInput, match="muddy"):
        bench_reading(plan, datetime(2026, 11, 24, tzinfo=UTC), Console(quiet=True))


def test_a_run_writes_tables_figures_and_plot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan(seeds=(9001,), levels=("clean",), out=tmp_path, workers=2, command="", second=False, tell=True)
    assert bench_reading(plan, datetime(2026, 11, 24, 8, 0, tzinfo=UTC), Console(quiet=True)) == 0
    shown = capsys.readouterr().out
    assert "How good, by level" in shown
    written = json.loads((tmp_path / "reading.json").read_text(encoding="utf-8"))
    measures = written["levels"]["clean"]["measures"]
    assert measures["cer"]["value"] < 2
    assert measures["kinds"]["whole"] == written["levels"]["clean"]["counts"]["pages"] >= 10
    assert all(figure["whole"] > 0 for key, figure in measures.items() if key not in ("cer_stamped", "defects"))
    assert all(f"clean {line}" in shown for line in written["levels"]["clean"]["misread"])
    assert "| CER, all text, order-free |" in (tmp_path / "reading.md").read_text(encoding="utf-8")
    assert (tmp_path / "reliability.svg").read_text(encoding="utf-8").startswith("<svg")
