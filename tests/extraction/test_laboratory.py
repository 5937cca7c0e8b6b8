"""Laboratory reports: results beside limits, in the ways laboratories write numbers."""

from fractions import Fraction

import pytest

from extraction.laboratory import exceeds, laboratory_results, number_of
from extraction.readings import LaboratoryResult, PageReading
from tests.extraction.papers import page, table

WIDTHS = (100, 700, 250, 350, 300, 300)
HEAD = ("TT", "Chỉ tiêu thử nghiệm", "Đơn vị", "Phương pháp thử", "Kết quả", "Mức công bố")


def results(*rows: tuple[str, ...]) -> dict[str, LaboratoryResult]:
    ruled, words = table(rows, widths=WIDTHS)
    report: PageReading = page(["PHIẾU KẾT QUẢ THỬ NGHIỆM"], tables=[ruled], words=words)
    return {each.parameter: each for each in laboratory_results(report)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,05", "0.05"),
        ("11.4", "11.4"),
        ("10 000", "10000"),
        ("≤ 1.000", "1000"),
        ("0.001", "0.001"),
        ("2,5 x 10³", "2500"),
        ("10^4 CFU/g", "10000"),
        ("1.234,5", "1234.5"),
        ("KPH", None),
    ],
)
def test_numbers_are_read_as_vietnamese_papers_write_them(text: str, number: str | None) -> None:
    assert number_of(text) == (None if number is None else Fraction(number))


@pytest.mark.parametrize(
    ("result", "limit", "broken"),
    [
        ("11,40", "≤ 18", False),
        ("18,5", "≤ 18", True),
        ("18", "max 18", False),
        ("< 0,01", "0,05", False),
        ("<10", "≤ 3", None),
        ("KPH", "≤ 3", False),
        ("ND", "Không phát hiện", False),
        ("Không phát hiện (LOD: 0,01)", "0,05", False),
        ("Phát hiện", "Không có", True),
        ("12", "Không được có", True),
        ("2 x 10⁵", "10⁴", True),
        ("5,2", "≥ 6", True),
        ("6,5", "5,0 - 7,0", False),
        ("7,5", "5,0 - 7,0", True),
        ("11,40", "", None),
        ("đạt", "≤ 18", None),
    ],
)
def test_a_result_breaks_its_limit_or_does_not_or_nobody_can_tell(result: str, limit: str, broken: bool | None) -> None:
    assert exceeds(result, limit) is broken


def test_every_row_is_told_and_those_over_the_limit_are_flagged() -> None:
    found = results(
        HEAD,
        ("1", "Độ ẩm", "%", "TCVN 9741:2014", "11,40", "≤ 18"),
        ("2", "Hàm lượng chì (Pb)", "mg/kg", "AOAC 2015.01", "0,25", "≤ 0,1"),
        ("3", "Salmonella", "/25 g", "TCVN 10780-1:2017", "KPH", "Không có"),
    )

    assert list(found) == ["Độ ẩm", "Hàm lượng chì (Pb)", "Salmonella"]
    moisture, lead = found["Độ ẩm"], found["Hàm lượng chì (Pb)"]
    assert (moisture.result, moisture.unit, moisture.limit, moisture.exceeds) == ("11,40", "%", "≤ 18", False)
    assert not moisture.needs_review
    assert lead.exceeds is True
    assert lead.reason == "Kết quả 0,25 vượt mức ≤ 0,1 của chỉ tiêu Hàm lượng chì (Pb)."


def test_the_method_s_own_limit_is_not_the_product_s() -> None:
    head = ("TT", "Tên chỉ tiêu", "ĐVT", "Giới hạn phát hiện", "Kết quả", "Phương pháp")

    found = results(head, ("1", "Cadimi", "mg/kg", "0,01", "0,04", "AOAC 2015.01"))["Cadimi"]

    assert (found.limit, found.exceeds, found.needs_review) == ("", None, False)


def test_a_row_whose_result_cannot_be_read_is_doubted() -> None:
    assert results(HEAD, ("1", "Độ ẩm", "%", "TCVN", "", "≤ 18"))["Độ ẩm"].needs_review


def test_a_table_of_other_things_is_no_report() -> None:
    assert (
        results(("TT", "Họ tên", "Năm sinh", "Địa chỉ", "Kết quả", "Ký"), ("1", "Lan", "1980", "xã", "tốt", "x")) == {}
    )
