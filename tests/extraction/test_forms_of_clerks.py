"""Forms as clerks really draw and fill them: numbering, columns, headings and page ends of their own."""

import pytest

from extraction.claims import claimed_criteria
from extraction.commune_views import commune_views, with_continued_views
from extraction.criteria import sheet_criteria
from extraction.fields import form_fields, information_part
from extraction.forms import Forms
from extraction.kinds import classify
from extraction.readings import Cell, PageKind, PageReading, Tick
from extraction.sheet_elements import elements_of
from extraction.totals import find_total
from extraction.understanding import understand
from infra.reference import RULEBOOKS
from tests.extraction.papers import BOX, REGISTRATION, page, table

FORMS = Forms(RULEBOOKS)
TABLE = next(t for t in FORMS.tables if (t.short, t.set_no) == ("qd26-2026", 7))

TEA = next(t for t in FORMS.tables if (t.short, t.set_no) == ("qd26-2026", 11))


def claimed(*pages: PageReading) -> dict[str, float | None]:
    return {each.code: each.points for each in claimed_criteria(pages, TABLE)}


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("1.1/ Nguồn nguyên liệu: mua trong tỉnh. Chúng tôi chấm cho mình hai điểm (2đ). Hồ sơ ở PL11.", 2),
        ("1.1. Nguồn nguyên liệu: mua trong tỉnh, đạt mức tối đa là 03 điểm, căn cứ Phụ lục 1.", 3),
        ("1.1. Nguồn nguyên liệu: 12/15 hộ bán cho HTX. Chấm hai điểm (2đ).", 2),
        ("I.1 Nguồn nguyên liệu: 2 điểm", 2),
        ("1.1. Nguồn nguyên liệu: mua trong tỉnh. Vì thế không lấy 3 điểm mà chỉ lấy 2 điểm.", 2),
        ("1.1. Nguồn nguyên liệu: mua trong tỉnh. Theo chúng tôi xứng đáng mức cao nhất: 3 điểm.", 3),
        ("1.1. Nguồn nguyên liệu: mua trong tỉnh. Đối chiếu thang điểm, sản phẩm đạt 2 điểm.", 2),
    ],
)
def test_claims_are_numbered_and_worded_in_many_ways(line: str, points: float) -> None:
    assert claimed(page(["III. TỰ ĐÁNH GIÁ", line])) == {"1.1": points}


def test_one_paragraph_names_several_criteria_before_their_codes_over_the_page_s_end() -> None:
    first = page(["Về cấu trúc câu chuyện sản phẩm (tiêu chí 5.2): dài 320 chữ, ngắn gọn, chấm 02 điểm.",
                  "Về trí tuệ/bản sắc địa phương (tiêu chí"])  # fmt: skip
    second = page(["5.3): nội dung do nghệ nhân kể lại, chấm năm điểm (05 điểm)."], number=2)

    assert claimed(first, second) == {"5.2": 2, "5.3": 5}


def test_a_criterion_may_be_numbered_in_roman_figures() -> None:
    rows, words = table(
        [("Mục", "Nội dung tiêu chí", "Tự chấm", "Tối đa", "Diễn giải"), ("III.5", "Sở hữu trí tuệ", "2", "3", "Có")],
        widths=(150, 900, 250, 250, 300),
    )

    assert claimed(page([], tables=[rows], words=words)) == {"3.5": 2}


def test_the_names_of_two_columns_may_stand_below_a_common_one() -> None:
    widths = (700, 500, 300, 200, 200)
    rows, words = table(
        [("Tiêu chí", "Mô tả", "Minh chứng", "Số điểm", ""), ("", "", "", "Chuẩn", "Tự chấm"),
         ("4.3 Quảng bá sản phẩm", "Có website", "MC-09", "5", "3")],
        widths=widths,
    )  # fmt: skip
    cells = []
    for cell in rows.cells:
        if cell.row == 0 and cell.col < 3:
            cell = cell.model_copy(update={"row_span": 2})
        elif (cell.row, cell.col) == (0, 3):
            cell = cell.model_copy(update={"col_span": 2})
        elif (cell.row, cell.col) == (0, 4) or (cell.row == 1 and cell.col < 3):
            continue
        cells.append(cell)

    assert claimed(page([], tables=[rows.model_copy(update={"cells": tuple(cells)})], words=words)) == {"4.3": 3}


def test_a_title_with_its_code_behind_it_is_claimed_whatever_counts_the_rows() -> None:
    rows, words = table(
        [("STT", "Điểm tự chấm / điểm tối đa", "Tiêu chí", "Giải trình"),
         ("", "4/4", "6.1. Ngoại hình", ""),
         ("23", "2/2", "Tạp chất (tiêu chí 6.1.1)", "Được sàng hai lần"),
         ("", "10/11", "6.2. Nước pha", ""),
         ("32", "2/3", "Mùi nước (tiêu chí", "Hương cốm")],
        widths=(150, 500, 900, 500),
    )  # fmt: skip

    found = claimed_criteria([page([], tables=[rows], words=words)], TEA)

    assert {each.code: each.points for each in found} == {"6.1.1": 2, "6.2.2": 2}


def test_the_total_may_stand_before_its_words_out_of_a_hundred() -> None:
    report = page(["86/100 TỔNG ĐIỂM TỰ ĐÁNH GIÁ (A + B + C) – Bằng chữ: Tám", "mươi sáu điểm"])

    found = find_total([report], 100.0)

    assert found is not None
    assert found.points == 86.0


def test_options_in_one_cell_are_seen_behind_a_title_with_a_longer_note() -> None:
    first = TABLE.by_code["1.1"]
    note = (
        "Chú ý: Nếu sử dụng toàn bộ nguyên liệu nhập khẩu hoặc không rõ nguồn gốc thì không đánh giá các bước tiếp theo"
    )
    title = Cell(row=0, col=0, box=(250, 300, 1000, 600), text=f"1.1. {first.title} {note} {note} {note}")
    options = Cell(row=0, col=1, box=(1000, 300, 2000, 600), text="\n".join(option.text for option in first.options))
    others = [Cell(row=row, col=col, box=(250 + 750 * col, 300 * row, 1000 + 750 * col, 300 * row + 300))
              for row in (2, 3) for col in (0, 1)]  # fmt: skip
    drawn, _ = table([("", "")])
    drawn = drawn.model_copy(update={"box": (250, 300, 2000, 1200), "cells": (title, options, *others)})
    words = [
        word.model_copy(
            update={"box": (1060 + word.box[0] - 250, 310 + 80 * row, 1060 + word.box[2] - 250, 350 + 80 * row)}
        )
        for row, option in enumerate(first.options)
        for word in page([option.text]).words
        if 1060 + word.box[2] - 250 < 2000
    ]
    ticks = [
        Tick(box=(1010, 310 + 80 * row, 1010 + BOX, 310 + 80 * row + BOX), ticked=row == 1, confidence=0.98)
        for row in range(len(first.options))
    ]
    sheet = page([], tables=[drawn], words=words).model_copy(update={"ticks": tuple(ticks)})

    (row,) = sheet_criteria([sheet], elements_of(sheet), TABLE)

    assert (row.code, row.option) == ("1.1", 1)


VIEWS = [
    "II. ĐÁNH GIÁ CỦA ỦY BAN NHÂN DÂN XÃ",
    "1. Về sử dụng nguyên liệu địa phương. Qua kiểm tra thực tế ngày 14/7/2026",
    "tại xưởng, nguyên liệu mua trong xã.",
    "2. Về bản sắc, trí tuệ địa phương. Sản phẩm gắn với tục mời trà; bà Nông Thị",
]


def test_a_view_may_begin_behind_its_name_and_go_on_over_the_page_s_end_with_a_name() -> None:
    first, second = page(VIEWS), page(["Bích Mẫu học cách sao từ mẹ chồng."], number=2)

    views = {each.name: each.value for each in with_continued_views(commune_views(first), [first, second])}

    assert views == {
        "commune.local_materials": "Qua kiểm tra thực tế ngày 14/7/2026 tại xưởng, nguyên liệu mua trong xã.",
        "commune.local_identity": "Sản phẩm gắn với tục mời trà; bà Nông Thị Bích Mẫu học cách sao từ mẹ chồng.",
    }


def test_a_view_may_begin_in_the_column_beside_its_name() -> None:
    """In a row that the page's end leaves without a rule below."""
    name = page(["3. Nguồn gốc ý tưởng sản phẩm"]).words
    beside = [word.model_copy(update={"box": (word.box[0] + 730, word.box[1], word.box[2] + 730, word.box[3])})
              for word in page(["Sản phẩm bắt nguồn từ nước gội của phụ nữ."]).words]  # fmt: skip
    report = page(["II. ĐÁNH GIÁ"]).model_copy(update={"words": (*name, *beside)})

    assert [view.value for view in commune_views(report)] == ["Sản phẩm bắt nguồn từ nước gội của phụ nữ."]


def test_a_view_beside_whose_name_nothing_stands_begins_the_next_page() -> None:
    rows, words = table([("1. Lao động địa phương", "Có 18 lao động."), ("2. Nguồn gốc ý tưởng", "")])
    first = page([], tables=[rows], words=words)
    second = page(["Sản phẩm bắt nguồn từ nước gội cổ truyền."], number=2)

    views = {each.name: each.value for each in with_continued_views(commune_views(first), [first, second])}

    assert views == {
        "commune.local_labour": "Có 18 lao động.",
        "commune.idea_origin": "Sản phẩm bắt nguồn từ nước gội cổ truyền.",
    }


def test_later_pages_of_a_form_are_its_own_whatever_papers_they_name() -> None:
    checklist = page(
        ["4. TÀI LIỆU KÈM THEO", "4.3. Danh mục giấy tờ minh chứng nộp cùng phiếu:",
         "1 Giấy chứng nhận cơ sở đủ điều kiện sản xuất", "2 Câu chuyện về sản phẩm"],
        number=2,
    )  # fmt: skip
    report = page(["Mẫu số 03", "BÁO CÁO", "Đánh giá của Ủy ban nhân dân cấp xã đối với sản phẩm"], number=3)
    more = page(
        ["4. Câu chuyện sản phẩm có thật.", "Ủy ban nhân dân xã Mẫu kính đề nghị Ủy ban nhân dân tỉnh xem xét"],
        number=4,
    )

    assert classify([page(REGISTRATION), checklist, report, more]) == (
        *[PageKind.REGISTRATION_FORM] * 2,
        *[PageKind.COMMUNE_REPORT] * 2,
    )


def test_the_product_s_group_stands_below_its_name_beside_a_label_of_both_rows() -> None:
    rows, words = table(
        [("Tên sản phẩm", "Chè đinh Mẫu", "", ""), ("Nhóm sản phẩm 1 đăng ký", "Ngành", "Nhóm", "Phân nhóm"),
         ("", "Thực phẩm", "Chè", "Chè tươi, chế biến"), ("Quy cách", "Hộp 100 g", "", ""),
         ("Điện thoại", "0912345678", "", "")],
        widths=(600, 500, 400, 500),
    )  # fmt: skip
    cells = []
    for cell in rows.cells:
        if (cell.row, cell.col) == (1, 0):
            cell = cell.model_copy(update={"row_span": 2})
        elif cell.row in (0, 3, 4) and cell.col == 1:
            cell = cell.model_copy(update={"col_span": 3, "box": (*cell.box[:2], rows.box[2], cell.box[3])})
        elif cell.text == "":
            continue
        cells.append(cell)
    form = page(
        [*REGISTRATION[:6], *["Chúng tôi xin cam kết những thông tin ghi trong phiếu này là đúng sự thật."] * 5],
        tables=[rows.model_copy(update={"cells": tuple(cells)})],
        words=words,
    )

    found = {field.name: field.value for field in understand([form], FORMS).fields}

    assert found["product.group"] == "Chè"
    assert found["product.subgroup"] == "Chè tươi, chế biến"
    assert found["product.name"] == "Chè đinh Mẫu"


def test_product_and_applicant_in_the_first_rows_of_the_table_of_criteria_are_fields() -> None:
    rows, words = table(
        [("Tên sản phẩm", "Chè đinh Mẫu"), ("Mã số sản phẩm", "19-05731-07-2026"), ("Các tiêu chí", "Thang điểm"),
         ("PHẦN A: SẢN PHẨM VÀ SỨC MẠNH CỦA CỘNG ĐỒNG", "40"), ("1.1. Nguồn nguyên liệu", "3")],
        widths=(1400, 500),
    )  # fmt: skip
    sheet = page(["Phụ lục II", "BỘ TIÊU CHÍ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP"], tables=[rows], words=words)

    kept = information_part(sheet, PageKind.SCORE_SHEET)

    assert " ".join(word.text for word in kept.words).endswith("Mã số sản phẩm 19-05731-07-2026")


def test_a_clerk_words_the_labels_otherwise() -> None:
    found = {
        each.name: each.value
        for each in form_fields(
            page(
                [
                    "PHIẾU ĐĂNG KÝ",
                    "1/ Đơn vị đăng ký (tên đầy đủ): Hợp tác xã Dược liệu Khe Mẫu",
                    "Mã số doanh nghiệp/mã số thuế: 0301234567",
                    "3/ Nơi liên hệ: Thôn Tà Lao, xã Khe Mẫu, tỉnh Quảng Trị",
                    "4/ Số máy: …0912 000 617 Hộp thư điện",
                    "tử: htxmau@gmail.com",
                    "5/ Hình thức tổ chức: ☐ Hộ kinh doanh ☑ Hợp tác xã ☐ Tổ hợp tác",
                    "6/ Tên gọi sản phẩm: Tinh dầu tràm gió Khe Mẫu",
                ]
            ),
            PageKind.REGISTRATION_FORM,
        )
    }

    assert found == {
        "applicant.name": "Hợp tác xã Dược liệu Khe Mẫu",
        "applicant.tax_code": "0301234567",
        "applicant.address": "Thôn Tà Lao, xã Khe Mẫu, tỉnh Quảng Trị",
        "applicant.phone": "0912000617",
        "applicant.email": "htxmau@gmail.com",
        "applicant.organisation_type": "Hợp tác xã",
        "product.name": "Tinh dầu tràm gió Khe Mẫu",
    }


def test_a_view_ends_at_a_heading_of_two_numbers_or_of_a_section() -> None:
    report = page(
        [
            "2.1. Sử dụng nguyên liệu tại chỗ:",
            "Thu mua lá tràm của 46 hộ, bằng 88% tổng lượng.",
            "2.2. Dùng lao động tại chỗ:",
            "Có 17 lao động, 15 người của xã.",
            "Mục 3. Đề nghị",
        ]
    )

    assert {each.name: each.value for each in form_fields(report, PageKind.COMMUNE_REPORT)} == {
        "commune.local_materials": "Thu mua lá tràm của 46 hộ, bằng 88% tổng lượng.",
        "commune.local_labour": "Có 17 lao động, 15 người của xã.",
    }
