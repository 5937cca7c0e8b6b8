"""Checks across papers: days, validity, totals."""

from datetime import date

import pytest

from extraction.checks import checked, compared_with_groups
from extraction.doubt import LOW
from extraction.forms import Forms
from extraction.paper_days import COMPUTED
from extraction.readings import CriterionReading, FieldContent, FieldReading, PageKind
from extraction.totals import WRITTEN_POINTS, checked_by_total, find_total, total_field
from extraction.understanding import understand
from infra.reference import RULEBOOKS
from tests.extraction.papers import page, table

TABLE = next(t for t in Forms(RULEBOOKS).tables if (t.short, t.set_no) == ("qd26-2026", 7))
DAY = date(2026, 10, 15)


def field(name: str, value: FieldContent, page_number: int = 1) -> FieldReading:
    return FieldReading(name=name, value=value, raw=str(value), page=page_number, box=(0, 0, 1, 1), confidence=0.99)


def doubted(*fields: FieldReading, day: date | None = DAY) -> dict[str, str | None]:
    return {each.name: each.reason for each in checked(fields, day) if each.needs_review}


def test_a_paper_that_is_not_valid_on_the_day_of_the_round_is_named() -> None:
    assert doubted(field("evidence.valid_until", date(2026, 10, 14))) == {
        "evidence.valid_until": "Giấy tờ hết hiệu lực ngày 14/10/2026, trước ngày xét hồ sơ 15/10/2026."
    }
    assert doubted(field("evidence.valid_until", date(2026, 10, 15))) == {}


def test_without_a_day_papers_are_judged_on_the_day_of_registration() -> None:
    registered = field("registration.date", date(2026, 3, 1))

    assert doubted(registered, field("evidence.valid_until", date(2026, 2, 1)), day=None).keys() == {
        "evidence.valid_until"
    }
    assert doubted(field("evidence.valid_until", date(2026, 2, 1)), day=None) == {}


@pytest.mark.parametrize(
    ("name", "value"), [("evidence.issued", date(2026, 10, 16)), ("evidence.valid_until", date(2206, 10, 14))]
)
def test_days_that_cannot_be_are_doubted(name: str, value: date) -> None:
    assert doubted(field(name, value)).keys() == {name}


def test_a_dossier_is_handed_in_in_the_round_s_year_or_just_before() -> None:
    year = field("year", 2026)

    assert doubted(year, field("registration.date", date(2025, 12, 20))) == {}
    assert doubted(year, field("registration.date", date(2023, 9, 5))).keys() == {"registration.date"}


def test_a_last_day_that_was_computed_is_still_told_to_be_over() -> None:
    until = field("evidence.valid_until", date(2020, 1, 1)).model_copy(
        update={"needs_review": True, "reason": COMPUTED}
    )

    assert doubted(until, field("registration.date", date(2026, 9, 5)))["evidence.valid_until"].startswith(
        "Giấy tờ hết"
    )


def test_what_is_doubted_already_keeps_its_reason() -> None:
    known = field("evidence.valid_until", date(2020, 1, 1)).model_copy(update={"needs_review": True, "reason": "mờ"})

    assert doubted(known) == {"evidence.valid_until": "mờ"}


def test_a_name_on_a_paper_is_confirmed_or_questioned_by_the_form_s() -> None:
    form = field("applicant.name", "Hợp tác xã Dứa Suối Mơ")
    unsure = field("evidence.holder", "HỢP TÁC XÃ DỨA SUỐI MƠ").model_copy(update={"needs_review": True, "reason": LOW})

    assert doubted(form, unsure) == {}
    assert doubted(form, field("evidence.holder", "Hợp tác xã Dừa Suối Mơ")) == {
        "evidence.holder": "Gần giống nhưng không bằng “Hợp tác xã Dứa Suối Mơ” ghi ở chỗ khác của hồ sơ; kiểm tra lại."
    }
    assert doubted(form, field("evidence.holder", "Công ty TNHH Bao bì Xanh")) == {}


@pytest.mark.parametrize(
    ("second", "confidence", "names"),
    [
        ("Đèn", 0.91, {"product.name", "evidence.product"}),
        ("Đèn", 0.98, {"product.name"}),
        ("Đ€n", 0.91, {"product.name"}),
    ],
)
def test_a_mistake_that_the_reader_makes_on_every_paper_is_no_witness_for_itself(
    second: str, confidence: float, names: set[str]
) -> None:
    """Another reader saw another word on the form; on the certificate this one was surer, and nobody looked again."""
    form = field("product.name", "Đền tre").model_copy(
        update={"confidence": 0.5, "needs_review": True, "reason": f"Hai lần đọc khác nhau: “Đền” và “{second}”."}
    )
    certificate = field("evidence.product", "Đền tre").model_copy(update={"confidence": confidence})

    assert doubted(form, certificate).keys() == names


def test_a_value_that_is_nearly_the_most_trusted_one_of_its_name_is_doubted() -> None:
    trusted, misread = (
        field("applicant.name", "Hộ kinh doanh Vàng Thị Mẩu"),
        field("applicant.name", "Hộ kinh doanh Vàng Thị Mẫu"),
    )
    address = field("applicant.address", "Thôn Há Súa")

    assert doubted(trusted, misread, address).keys() == {"applicant.name"}
    assert doubted(trusted, field("applicant.name", "Hộ kinh doanh khác hẳn")) == {}


def test_the_commune_is_the_one_of_the_applicant_s_address() -> None:
    address = field("applicant.address", "Thôn 4, xã Tân Hòa, tỉnh Lâm Đồng")

    assert doubted(address, field("commune.name", "Tân Hòa")) == {}
    assert doubted(address, field("commune.name", "Tân H")).keys() == set()
    assert doubted(address, field("commune.name", "Tân Hò")).keys() == {"commune.name"}


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("Sản phẩm đạt tổng số 87/100 điểm.", 87.0),
        ("Tổng điểm tự chấm: 72 điểm", 72.0),
        ("Hợp tác xã tự đánh giá sản phẩm đạt tổng cộng 82\nđiểm, tương ứng mức 4 sao", 82.0),
        ("Điểm đã chấm: Phần A …32....; Phần B ....15....; Tổng số điểm: …68…", 68.0),
        ("TỔNG CỘNG 64", 64.0),
        ("Tổng số điểm: 64,5", 64.5),
        ("Tổng cộng (A + B + C): 87,5 điểm", 87.5),
        ("TỔNG CỘNG PHẦN A, B VÀ C: 71", 71.0),
        ("Tổng cộng: 68 điểm", 68.0),
        ("Điểm tổng cộng: 59,5/100", 59.5),
        ("Tổng cộng (A + B + C)", None),
        ("Tổng cộng: 68 triệu đồng", None),
        ("TỔNG CỘNG 100", None),
        ("Tổng sản lượng năm 2025: 12 tấn", None),
        ("Tổng số lao động: 12", None),
        ("Tổng cộng: 67/100 điểm, đề nghị xếp hạng 3 sao.", 67.0),
        ("Tổng cộng: 25 điểm bán hàng", None),
        ("Cộng: Phần A 33 điểm, Phần B 17 điểm, Phần C 25 điểm; tổng cộng 75/100 điểm.", 75.0),
        ("TỔNG ĐIỂM 100 85", 85.0),
    ],
)
def test_the_total_is_what_an_assessor_wrote_not_the_maximum(line: str, total: float | None) -> None:
    found = find_total([page(line.split("\n"))], 100.0)

    assert (None if found is None else found.points) == total


@pytest.mark.parametrize(
    ("row", "total"),
    [
        (("", "Tổng cộng", "100", "85", ""), 85.0),
        (("", "TỔNG CỘNG", "72/100", "", ""), 72.0),
        (("", "TỔNG ĐIỂM CHẤM", "56", "", ""), 56.0),
        (("", "TỔNG ĐIỂM", "100", "85", "85"), 85.0),
        (("", "TỔNG ĐIỂM", "100", "85", "83"), None),  # the applicant's and the commune's
        (("", "TỔNG CỘNG", "100", "", ""), None),
        (("", "CỘNG", "100", "69", ""), 69.0),
        (("", "CỘNG", "40", "33", ""), None),  # of Part A
        (("", "Tổng cộng", "12", "37", ""), None),  # workers of two years
        (("", "Tổng cộng", "37", "", ""), None),
        (("", "Tổng cộng", "1.532.780.000", "", ""), None),
    ],
)
def test_the_total_of_a_table_is_the_number_beside_the_maximum(row: tuple[str, ...], total: float | None) -> None:
    drawn, words = table([row], widths=(150, 900, 300, 300, 300))

    found = find_total([page([], tables=[drawn], words=words)], 100.0)

    assert (None if found is None else found.points) == total


def test_the_total_of_a_score_sheet_needs_no_maximum_beside_it() -> None:
    drawn, words = table([("TỔNG CỘNG", "66")])
    sheet = page([], tables=[drawn], words=words).model_copy(update={"kind": PageKind.SCORE_SHEET})

    found = find_total([sheet], 100.0)

    assert found is not None
    assert found.points == 66.0


def rows(points: dict[str, float | None], weak: str = "") -> list[CriterionReading]:
    """Every scorable row of the table, with these points, else the least."""
    found = []
    for criterion in TABLE.criteria:
        if criterion.scorable:
            given = points.get(criterion.code, float(min(criterion.listed)))
            found.append(
                CriterionReading(
                    code=criterion.code,
                    source="score-sheet",
                    points=given,
                    page=1,
                    box=(0, 0, 1, 1),
                    confidence=0.4 if criterion.code == weak else 0.99,
                    needs_review=given is None,
                    reason=WRITTEN_POINTS if given is None else None,
                )
            )
    return found


def test_a_total_that_is_not_the_sum_sends_people_to_the_weakest_row() -> None:
    sheet = rows({}, weak="1.2")
    total = sum(row.points or 0.0 for row in sheet)

    assert not any(row.needs_review for row in checked_by_total(sheet, total, TABLE, ()))
    questioned = checked_by_total(sheet, total + 2, TABLE, ())
    assert [row.code for row in questioned if row.needs_review] == ["1.2"]


def test_the_total_tells_a_row_without_boxes_if_the_other_paper_says_the_same() -> None:
    code = next(criterion.code for criterion in TABLE.criteria if criterion.is_binary)
    sheet = rows({code: None})
    total = sum(row.points or 0.0 for row in sheet) + 1

    agreed = {row.code: row for row in checked_by_total(sheet, total, TABLE, rows({code: 1.0}))}
    alone = {row.code: row for row in checked_by_total(sheet, total, TABLE, rows({code: 0.0}))}

    assert (agreed[code].points, agreed[code].needs_review) == (1.0, False)
    assert (alone[code].points, alone[code].needs_review) == (0.0, True)  # as claimed, and to be looked at


def test_the_printed_total_is_a_value_that_is_doubted_where_the_rows_add_up_to_another() -> None:
    sheet = rows({})
    right = sum(row.points or 0.0 for row in sheet)
    printed = {points: find_total([page([f"TỔNG CỘNG {points:g}"])], 100.0) for points in (right, right + 3)}

    (agreeing,) = total_field("score_sheet.total", printed[right], sheet, TABLE, ())
    (differing,) = total_field("score_sheet.total", printed[right + 3], sheet, TABLE, ())

    assert (agreeing.value, agreeing.needs_review) == (right, False)
    assert differing.value == right + 3
    assert differing.reason == f"Tổng điểm in trên giấy ({right + 3:g}) không bằng tổng các dòng ({right:g})."
    assert total_field("score_sheet.total", printed[right + 3], sheet[1:], TABLE, ())[0].reason is None


def test_a_total_that_is_not_the_sum_questions_no_row_that_both_papers_say() -> None:
    sheet = rows({}, weak="1.2")
    total = sum(row.points or 0.0 for row in sheet)

    assert not any(row.needs_review for row in checked_by_total(sheet, total + 2, TABLE, rows({})))


def test_without_a_receipt_papers_are_judged_on_the_day_the_forms_were_signed() -> None:
    forms = page(["Mẫu số 01", "PHIẾU ĐĂNG KÝ", "Ngày nhận: 30/02/2026", "Tân Hòa, ngày 05 tháng 9 năm 2026"])
    licence = page(
        ["GIẤY CHỨNG NHẬN", "CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM", "Có hiệu lực đến ngày 01/8/2026"], number=2
    )

    reasons = {each.name: each.reason for each in understand([forms, licence], Forms(RULEBOOKS)).fields}

    assert reasons["registration.date"] == "Không có ngày 30/02/2026 trong lịch."
    assert reasons["evidence.valid_until"] == "Giấy tờ hết hiệu lực ngày 01/08/2026, trước ngày xét hồ sơ 05/09/2026."


def test_of_two_readings_of_one_name_one_that_fails_its_form_has_no_vote() -> None:
    lines = ["PHIẾU ĐĂNG KÝ", "Tham gia đánh giá", "Phiếu số: 12/PĐK-2026", "Phiếu số: /PĐK"]

    number = next(
        each for each in understand([page(lines)], Forms(RULEBOOKS)).fields if each.name == "registration.number"
    )

    assert (number.value, number.needs_review) == ("12/PĐK-2026", False)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("Thực phẩm chế biến", None),
        ("Thực phẩm chế biên", "Thực phẩm chế biến"),
        ("Đồ uống có cồn", None),
        ("Phần mềm", None),  # nothing the programme knows: the person who fills in the form may know better
    ],
)
def test_a_product_group_that_nearly_has_a_known_name_is_doubted(said: str, near: str | None) -> None:
    (found,) = compared_with_groups([field("product.group", said)], Forms(RULEBOOKS).groups)

    assert found.value == said
    assert found.reason == (near and f"Phân loại sản phẩm (Phụ lục I) viết là “{near}”; kiểm tra lại.")


def test_a_group_that_holds_its_sub_group_too_is_doubted() -> None:
    (found,) = compared_with_groups([field("product.group", "Chè; Phân nhóm; Chè tươi")], Forms(RULEBOOKS).groups)

    assert found.needs_review
    assert found.reason == "Ngành, nhóm và phân nhóm đọc lẫn vào nhau; kiểm tra lại."
