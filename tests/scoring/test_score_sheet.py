"""What a member sees beside each row: claims, the commune's words, pages of evidence; nothing is ticked for her."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pypdfium2
import pytest

from scoring.council import Ballot, Regulation, SealedBallot, count
from scoring.errors import UnreadableExtraction
from scoring.extracted import Extracted
from scoring.library import Library
from scoring.rendering import Filled, page_list, render_sheet
from scoring.rulebook import Rulebook
from scoring.score_sheet import Evidence, ScoreSheet, SheetRow, prepare_sheet
from tests.scoring.conftest import DECISION, extraction, top_choices

DOSSIER = UUID("7d0a1f7e-55a4-4f6a-8a53-0c4f3d2b9a10")
TODAY = date(2026, 11, 20)
MADE = datetime(2026, 11, 20, tzinfo=UTC)


def sheet_of(rulebook: Rulebook, content: dict[str, Any] | None = None) -> ScoreSheet:
    return prepare_sheet(DOSSIER, 1, rulebook, Extracted.parse(json.dumps(content or extraction())), TODAY)


def row_of(sheet: ScoreSheet, code: str) -> SheetRow:
    return next(row for row in sheet.criteria if row.code == code)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_the_head_takes_the_most_trusted_reading_of_each_field(jam: Rulebook) -> None:
    sheet = sheet_of(jam)

    assert (sheet.product, sheet.applicant) == ("Mứt dứa Suối Vàng", "Hợp tác xã Suối Vàng")
    assert (sheet.rulebook.decision, sheet.rulebook.set_no) == (DECISION, 7)
    assert len(sheet.criteria) == 32


def test_a_claim_on_which_both_papers_agree_stands(jam: Rulebook) -> None:
    row = row_of(sheet_of(jam), "1.1")

    assert (row.claimed_option, row.claimed_points) == (2, 3)
    assert row.claim is not None
    assert (row.claim.source, row.claim.page, row.claim.needs_review) == ("score-sheet", 4, False)


def test_papers_that_differ_are_shown_to_a_person(jam: Rulebook) -> None:
    row = row_of(sheet_of(jam), "1.5")

    assert row.claimed_points == 2  # the ticked table
    assert row.claim is not None
    assert row.claim.needs_review
    assert "2 điểm (trang 4), 3 điểm (trang 2)" in (row.claim.reason or "")


def test_points_that_fit_two_options_choose_neither(jam: Rulebook) -> None:
    row = row_of(sheet_of(jam), "3.1")  # options 1, 1, 3

    assert (row.claimed_option, row.claimed_points) == (None, 1)
    assert row.claim is not None
    assert row.claim.needs_review


def test_points_the_table_does_not_list_are_no_claim(jam: Rulebook) -> None:
    row = row_of(sheet_of(jam), "4.1")  # 1, 2, 3, 5 are listed; the report says 4

    assert (row.claimed_option, row.claimed_points) == (None, None)
    assert row.claim is not None
    assert row.claim.reason == "Chủ thể ghi 4 điểm, bảng tiêu chí không có mức này."


def test_a_row_without_boxes_is_claimed_by_its_points(jam: Rulebook) -> None:
    assert row_of(sheet_of(jam), "2.4").claimed_option == 1


def test_claimed_totals_add_up_by_part(jam: Rulebook) -> None:
    sheet = sheet_of(jam)

    assert {part.code: part.claimed for part in sheet.parts} == {"A": 3 + 2 + 1 + 1, "B": 0, "C": 0}
    assert (sheet.claimed_total, sheet.claims) == (7, 5)


def test_the_commune_speaks_to_the_rows_it_was_asked_about(jam: Rulebook) -> None:
    sheet = sheet_of(jam)
    spoken = {row.code: row.commune.text for row in sheet.criteria if row.commune}

    assert spoken == {"1.1": "Dứa của 40 hộ trong xã.", "5.3": "Gắn với lễ hội của xã."}


def test_evidence_comes_from_links_and_from_papers_of_the_named_kind(jam: Rulebook) -> None:
    sheet = sheet_of(jam)

    assert row_of(sheet, "1.1").evidence == (Evidence(label="Nguồn gốc nguyên liệu, liên kết", pages=(5, 6)),)
    assert row_of(sheet, "3.5").evidence == (Evidence(label="Chủ thể dẫn", pages=(8, 9)),)
    assert row_of(sheet, "6.1").evidence == ()


def test_sections_stand_above_the_row_they_begin_with(jam: Rulebook) -> None:
    assert [each.code for each in row_of(sheet_of(jam), "1.1").headings] == ["1"]
    assert row_of(sheet_of(jam), "1.2").headings == ()


def test_the_sheet_warns_of_a_decision_that_has_lapsed(library: Library) -> None:
    sheet = sheet_of(library.rulebook_for("QĐ 148/QĐ-TTg", 1))

    assert any("QĐ 148/QĐ-TTg không còn hiệu lực vào ngày 20/11/2026" in each for each in sheet.warnings)


def test_an_empty_extraction_still_gives_a_sheet_to_vote_by(jam: Rulebook) -> None:
    sheet = sheet_of(jam, {"pages": []})

    assert (sheet.product, sheet.claims, sheet.claimed_total) == ("", 0, 0)
    assert sheet.warnings == ("Không tìm thấy điểm tự chấm của chủ thể trong hồ sơ.",)


def test_an_extraction_of_another_shape_is_refused() -> None:
    with pytest.raises(UnreadableExtraction):
        Extracted.parse('{"criteria": "none"}')


def test_the_pdf_carries_vietnamese_letters_and_takes_no_markup_from_the_scan(jam: Rulebook) -> None:
    content = extraction()
    content["fields"][0]["value"] = 'Mứt *dứa* #pagebreak() $x$ "Ưỡ ặ" \\'

    text = text_of(render_sheet(sheet_of(jam, content), MADE))

    assert 'Mứt *dứa* #pagebreak() $x$ "Ưỡ ặ" \\' in text
    assert "PHIẾU ĐÁNH GIÁ SẢN PHẨM OCOP" in text
    assert "Dứa của 40 hộ trong xã." in text
    assert "Người đánh giá" in text


def test_the_same_sheet_gives_the_same_bytes(jam: Rulebook) -> None:
    assert render_sheet(sheet_of(jam), MADE) == render_sheet(sheet_of(jam), MADE)


def test_a_sealed_ballot_is_printed_with_its_points(library: Library) -> None:
    tourism = library.rulebook_for(DECISION, 26)
    ballot = Ballot(member="uyvien1", choices=top_choices(tourism), comment="Cảnh quan đẹp.")
    sealed = SealedBallot(ballot=ballot, nonce="n", digest=ballot.seal("n"))
    vote = count(tourism, Regulation(), [sealed]).votes[0]

    filled = Filled(ballot=ballot, vote=vote, name="Lường Thị Mây", signed_on=TODAY)
    text = text_of(render_sheet(sheet_of(tourism), MADE, filled))

    assert "Lường Thị Mây" in text
    assert "Ngày 20/11/2026" in text
    assert "Cảnh quan đẹp." in text


def test_pages_are_listed_as_people_write_them() -> None:
    assert page_list([9, 3, 4, 5]) == "3–5, 9"
    assert page_list([]) == ""
