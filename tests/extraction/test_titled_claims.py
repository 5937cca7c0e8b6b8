"""Paragraphs of Mẫu số 02 Part III that name their criteria in other words, and bear no codes."""

from collections.abc import Sequence

import pytest

from extraction.claims import claimed_criteria
from extraction.forms import Forms
from extraction.readings import PageKind, PageReading
from infra.reference import RULEBOOKS
from tests.extraction.papers import page

TABLE = next(t for t in Forms(RULEBOOKS).tables if (t.short, t.set_no) == ("qd26-2026", 20))
LINES = (
    "PHẦN III. TỰ ĐÁNH GIÁ",
    "III.A.1. Tổ chức sản xuất",
    "(1) Về nguồn nguyên liệu: lá tràm mua trong tỉnh đạt 100% (minh chứng 01). Hợp tác xã tự",
    "chấm 4 điểm, là mức cao nhất của mục này.",
    "(2) Về gia tăng giá trị: chưng cất và đóng chai; vì vậy đề nghị được tính 3 điểm.",
    "(3) Về công nghệ bền vững: bã tràm làm chất đốt. Tự chấm 1,0 điểm.",
    "III.A.2. Phát triển sản phẩm",
    "(4) Về bao bì, đóng gói: chai thủy tinh có nắp nhỏ giọt. Ở mục này nhận 2 điểm trong thang 3 điểm.",
    "III.A.3. Sức mạnh cộng đồng",
    "(5) Về loại hình và người đại diện: hợp tác xã hoạt động đúng luật nên tự nhận 3 (ba) điểm ở mục",
    "loại hình tổ chức; Giám đốc là nữ nên nhận thêm 1 điểm ở mục đại diện pháp luật.",
    "Cộng phần A: 14 điểm.",
    "(6) Về sự tiện lợi: nắp nhỏ giọt dễ dùng. Chủ thể nhận 3/5 điểm.",
)
POINTS = {"1.1": 4.0, "1.2": 3.0, "1.6": 1.0, "2.2": 2.0, "3.1": 3.0, "3.2": 1.0, "8": 3.0}


def claimed(lines: Sequence[str]) -> dict[str, float | None]:
    report: PageReading = page(list(lines)).model_copy(update={"kind": PageKind.SELF_ASSESSMENT})
    return {each.code: each.points for each in claimed_criteria([report], TABLE) if not each.needs_review}


def test_titles_in_the_table_s_order_tell_the_criteria() -> None:
    assert claimed(LINES) == POINTS


def test_paragraphs_need_no_numbers() -> None:
    lines = [line[4:] if line.startswith("(") else line for line in LINES if not line.startswith("III")]

    assert claimed(lines) == POINTS


def test_a_title_may_stand_on_a_line_of_its_own() -> None:
    lines = [
        "PHẦN A: SẢN PHẨM VÀ SỨC MẠNH CỦA CỘNG ĐỒNG",
        "TỔ CHỨC SẢN XUẤT",
        "Nguồn nguyên liệu",
        "• Tỷ lệ trong xã là 100%, hợp tác xã tự chấm 4 điểm (minh chứng số 03).",
        "Gia tăng giá trị",
        "• Đã chưng cất và đóng chai.",
        "• Đạt mức cao nhất: 3 điểm.",
        "Liên kết chuỗi trong sản xuất",
        "• Tự đánh giá: 3 điểm; minh chứng số 03.",
        "SỨC MẠNH CỘNG ĐỒNG",
        "Đại diện pháp luật của chủ thể là nữ; hoặc đồng bào dân tộc thiểu số; hoặc người",
        "khuyết tật",
        "• Giám đốc là nữ. Được 1",
        "điểm.",
        "Quảng bá sản phẩm",
        "Trang mạng xã hội có bảy hoạt động quảng bá sản phẩm trong năm; dự hội chợ",
        "– Tự đánh giá đạt 03 điểm (minh chứng số 08, 09).",
        "CÂU CHUYỆN SẢN PHẨM",
        "Câu chuyện sản phẩm",
        "– Tự chấm 05 điểm.",
    ]

    assert claimed(lines) == {"1.1": 4.0, "1.2": 3.0, "1.4": 3.0, "3.2": 1.0, "4.3": 3.0, "5.1": 5.0}


def test_the_best_order_decides_where_a_title_fits_two_criteria() -> None:
    """“Câu chuyện” is the story's criterion, or that of its structure behind it."""
    lines = [
        "(1) Về tổ chức phân phối: có tổ bán hàng bốn người. Tự chấm 3 điểm.",
        "(2) Về câu chuyện: in trên tờ rơi. Tự chấm 5 điểm.",
        "(3) Về câu chuyện, cấu trúc: viết theo lối kể. Tự chấm 2 điểm.",
        "(4) Về trí tuệ, bản sắc: mang sắc thái vùng. Tự chấm 3 điểm.",
    ]

    assert claimed(lines) == {"4.2": 3.0, "5.1": 5.0, "5.2": 2.0, "5.3": 3.0}


@pytest.mark.parametrize(
    "lines",
    [
        ("Câu chuyện sản phẩm: tự chấm 5 điểm.",),  # one alone may be anything
        ("Họ và tên: Trần Thị Mẫu", "Chất lượng: tốt, 3 điểm bán", "Thị trường: ba tỉnh", "Ghi chú: 2 điểm dừng chân"),
    ],
)
def test_few_titles_and_other_paragraphs_claim_nothing(lines: Sequence[str]) -> None:
    assert claimed(lines) == {}


def test_a_title_may_end_with_a_full_stop() -> None:
    lines = [
        "Nguồn nguyên liệu. Điểm tự chấm: 4/4. Lá tràm mua trong tỉnh.",
        "Gia tăng giá trị. Chưng cất, đóng chai từ vùng nguyên liệu. Hợp tác",
        "xã tự cho 3 điểm.",
        "Ghi nhãn hàng hóa có sử dụng song ngữ. Nhãn ghi tiếng Việt và tiếng Anh. Tự chấm 1 điểm.",
        "Sử dụng lao động địa phương. Tự chấm 3 điểm. Lý do: 12/14 người của xã.",
    ]

    assert claimed(lines) == {"1.1": 4.0, "1.2": 3.0, "2.4": 1.0, "3.3": 3.0}


def test_criteria_may_be_listed_with_their_points_at_the_ends_of_the_lines() -> None:
    lines = [
        "- Nguồn nguyên liệu ........ 4 điểm",
        "- Gia tăng giá trị ........ 2 điểm",
        "- Liên kết chuỗi trong sản xuất ........ 3 điểm",
        "- Sử dụng lao động địa phương ........ 1 điểm",
    ]

    assert claimed(lines) == {"1.1": 4.0, "1.2": 2.0, "1.4": 3.0, "3.3": 1.0}
