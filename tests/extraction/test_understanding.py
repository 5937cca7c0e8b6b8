"""All pages together: what papers they are, what the criteria table says, and what does not fit."""

import textwrap
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.doubt import LOW
from extraction.evidence import evidence_fields
from extraction.forms import Forms, PrintedTable
from extraction.kinds import classify
from extraction.readings import CriterionReading, PageKind, PageReading, PageSource, Understanding
from extraction.understanding import understand
from infra.reference import RULEBOOKS
from tests.extraction.papers import COMMUNE_REPORT, REGISTRATION, blank, page
from tests.extraction.papers import table as drawn_table

FORMS = Forms(RULEBOOKS)
IDENTITY = "commune.local_identity"
MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def table_of(set_no: int, short: str = "qd26-2026") -> PrintedTable:
    return next(table for table in FORMS.tables if (table.short, table.set_no) == (short, set_no))


def sheet(table: PrintedTable, chosen: dict[str, int | tuple[int, ...]], lines_a_page: int = 40) -> list[PageReading]:
    """The printed criteria table, ticked, over as many pages as it takes."""
    lines = [f"PHIẾU ĐÁNH GIÁ SẢN PHẨM OCOP: {table.name}"]
    for criterion in table.criteria:
        lines.append(f"{criterion.code}. {criterion.title}")
        ticked = chosen.get(criterion.code, ())
        marked = (ticked,) if isinstance(ticked, int) else ticked
        for number, option in enumerate(criterion.options):
            first, *more = textwrap.wrap(option.text, 80)
            lines += [f"{'☑' if number in marked else '☐'} {first}", *more]
    parts = [lines[start : start + lines_a_page] for start in range(0, len(lines), lines_a_page)]
    return [page(part, number=number) for number, part in enumerate(parts, start=1)]


def by_code(meaning: Understanding, source: str) -> dict[str, CriterionReading]:
    return {each.code: each for each in meaning.criteria if each.source == source}


@pytest.mark.parametrize(
    ("set_no", "short"), [(7, "qd26-2026"), (13, "qd26-2026"), (26, "qd26-2026"), (1, "qd148-2023")]
)
def test_the_table_is_known_by_its_texts_and_every_tick_is_read(set_no: int, short: str) -> None:
    table = table_of(set_no, short)
    chosen = {c.code: len(c.options) - 1 for c in table.criteria if c.options}

    meaning = understand(sheet(table, chosen), FORMS)

    assert meaning.rulebook is not None
    assert (meaning.rulebook.decision, meaning.rulebook.set_no) == (table.decision, set_no)
    read = {code: each.option for code, each in by_code(meaning, "score-sheet").items() if each.option is not None}
    assert read == chosen


def test_a_row_without_a_tick_has_no_points_and_is_doubted() -> None:
    meaning = understand(sheet(table_of(7), {"1.1": 2}), FORMS)

    row = by_code(meaning, "score-sheet")["1.2"]
    assert row.points is None
    assert row.needs_review
    assert by_code(meaning, "score-sheet")["1.1"].points == 3.0


def test_two_ticks_in_a_row_are_doubted_and_both_named() -> None:
    meaning = understand(sheet(table_of(7), {"1.5": (1, 3)}), FORMS)

    row = by_code(meaning, "score-sheet")["1.5"]
    assert row.needs_review
    assert row.reason is not None
    assert "1, 3" in row.reason


def prose(*claims: str) -> list[PageReading]:
    return [page(["Mẫu số 02", "BÁO CÁO TỰ ĐÁNH GIÁ", "III. TỰ ĐÁNH GIÁ", *claims], number=9)]


def test_claims_in_prose_are_points_and_options() -> None:
    claims = prose(
        "1.1. Nguồn nguyên liệu: 3 điểm.",
        "Mô tả: Sử dụng nguyên liệu trong tỉnh 90 %. Minh chứng: Phụ lục 01.",
        "3.2. Đại diện pháp luật của chủ thể là nữ; hoặc đồng bào dân tộc thiểu số; hoặc người khuyết tật:",
        "1 điểm.",
        "2.4. Ghi nhãn hàng hóa có sử dụng song ngữ (Việt - Anh hoặc ngôn ngữ nước ngoài khác): 1 điểm.",
        "7. TÍNH ĐỘC ĐÁO: 5 điểm.",
    )

    claimed = by_code(understand([*sheet(table_of(7), {"1.1": 2}), *claims], FORMS), "self-assessment")

    assert {code: (each.points, each.option) for code, each in claimed.items()} == {
        "1.1": (3.0, 2),
        "2.4": (1.0, 1),
        "3.2": (1.0, 1),
        "7": (5.0, 3),
    }


def test_a_claim_that_is_no_listed_number_of_points_is_doubted() -> None:
    claimed = by_code(
        understand(
            [*sheet(table_of(7), {}), *prose("7. TÍNH ĐỘC ĐÁO: 4 điểm.", "8. CÔNG BỐ CHẤT LƯỢNG SẢN PHẨM: 2 điểm.")],
            FORMS,
        ),
        "self-assessment",
    )

    assert claimed["7"].needs_review
    assert claimed["7"].option is None
    assert not claimed["8"].needs_review


def test_a_claim_that_differs_from_the_tick_is_doubted_on_both_papers() -> None:
    meaning = understand([*sheet(table_of(7), {"7": 1}), *prose("7. TÍNH ĐỘC ĐÁO: 5 điểm.")], FORMS)

    assert by_code(meaning, "score-sheet")["7"].needs_review
    assert by_code(meaning, "self-assessment")["7"].needs_review


def test_a_faint_mark_that_the_report_claims_too_is_believed() -> None:
    pages = sheet(table_of(7), {"7": 3})
    faint = [
        each.model_copy(
            update={
                "ticks": tuple(
                    tick.model_copy(update={"confidence": 0.5}) if tick.ticked else tick for tick in each.ticks
                )
            }
        )
        for each in pages
    ]

    alone = by_code(understand(faint, FORMS), "score-sheet")["7"]
    confirmed = by_code(understand([*faint, *prose("7. TÍNH ĐỘC ĐÁO: 5 điểm.")], FORMS), "score-sheet")["7"]

    assert alone.needs_review
    assert (confirmed.points, confirmed.needs_review) == (5.0, False)


def test_a_doubtful_value_that_another_paper_says_surely_is_believed() -> None:
    doubtful = page(REGISTRATION, confidence=0.5)
    sure = page([*COMMUNE_REPORT[:7], "2. Tên sản phẩm: Mít sấy giòn Tân Hòa", *COMMUNE_REPORT[7:]], number=2)

    def product(*pages: PageReading) -> tuple[bool, str | None]:
        found = next(field for field in understand(pages, FORMS).fields if field.name == "product.name")
        return found.needs_review, found.reason

    assert product(doubtful) == (True, LOW)
    assert product(doubtful, sure) == (False, None)


@pytest.mark.parametrize(("confidence", "doubted"), [(0.93, True), (0.98, False)])
def test_what_another_reader_reads_as_another_word_must_be_read_surely_somewhere(
    confidence: float, doubted: bool
) -> None:
    """The same reader makes the same mistake on every paper."""
    form, report = page(REGISTRATION), page(
        [*COMMUNE_REPORT[:7], "2. Tên sản phẩm: Mít sấy giòn Tân Hòa", *COMMUNE_REPORT[7:]], number=2
    )  # fmt: skip
    words = tuple(
        word.model_copy(update={"confidence": 0.8, "second": "Mịt"}) if word.text == "Mít" else word
        for word in form.words
    )
    other = report.model_copy(
        update={"words": tuple(word.model_copy(update={"confidence": confidence}) for word in report.words)}
    )

    pages = [form.model_copy(update={"words": words}), other]
    found = next(field for field in understand(pages, FORMS).fields if field.name == "product.name")

    assert (found.value, found.needs_review) == ("Mít sấy giòn Tân Hòa", doubted)


def test_the_sub_group_names_the_table_where_no_sheet_was_scanned() -> None:
    meaning = understand([page(REGISTRATION)], FORMS)

    assert meaning.rulebook is not None
    assert (meaning.rulebook.decision, meaning.rulebook.set_no) == ("QĐ 26/2026/QĐ-TTg", 7)
    assert meaning.rulebook.confidence < 1


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (REGISTRATION, "registration-form"),
        (COMMUNE_REPORT, "commune-report"),
        ([*MOTTO, "BÁO CÁO TỰ ĐÁNH GIÁ", "Sản phẩm tham gia đánh giá, phân hạng"], "self-assessment"),
        ([*MOTTO, "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH"], "business-registration"),
        ([*MOTTO, "GIẤY CHỨNG NHẬN", "CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM"], "production-eligibility"),
        ([*MOTTO, "HỢP ĐỒNG THU MUA NGUYÊN LIỆU"], "material-origin"),
        ([*MOTTO, "KẾ HOẠCH BẢO VỆ MÔI TRƯỜNG"], "environment"),
        (["DANH SÁCH LAO ĐỘNG THAM GIA BẢO HIỂM XÃ HỘI"], "local-labour"),
        (["BÁO CÁO KẾT QUẢ HOẠT ĐỘNG KINH DOANH NĂM 2025"], "business-growth"),
        (["CỤC SỞ HỮU TRÍ TUỆ", "GIẤY CHỨNG NHẬN ĐĂNG KÝ NHÃN HIỆU"], "intellectual-property"),
        ([*MOTTO, "HỢP ĐỒNG ĐẠI LÝ"], "market"),
        (["CÂU CHUYỆN SẢN PHẨM", "Ngày xưa ở Tân Hòa"], "story"),
        ([*MOTTO, "BẢN TỰ CÔNG BỐ SẢN PHẨM", "Số: 06/TH/2026"], "quality-declaration"),
        (["PHIẾU KẾT QUẢ THỬ NGHIỆM", "Tên mẫu: Mít sấy"], "test-report"),
        (["GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG MÃ SỐ MÃ VẠCH"], "barcode-traceability"),
        (["GIẤY CHỨNG NHẬN", "HỆ THỐNG QUẢN LÝ AN TOÀN THỰC PHẨM", "ISO 22000:2018"], "quality-system"),
        (["GIẤY KHEN", "Chủ tịch Ủy ban nhân dân huyện"], "award"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_paper_is_known_by_its_heading(lines: Sequence[str], kind: str) -> None:
    body = [f"Dòng chữ thứ {number} của tờ giấy này nói những điều không liên quan." for number in range(8)]

    assert classify([page([*lines, *body])]) == (PageKind(kind),)


def test_following_pages_keep_the_kind_of_their_paper_and_blank_ones_are_blank() -> None:
    pages = [
        page([*MOTTO, "BÁO CÁO TỰ ĐÁNH GIÁ"], number=1),
        page(["tiếp theo trang trước, nói về hợp đồng và câu chuyện sản phẩm của đơn vị"], number=2),
        blank(3),
        page(["PHIẾU KẾT QUẢ KIỂM NGHIỆM", "Độ ẩm 12 %"], number=4),
    ]

    assert classify(pages) == (PageKind.SELF_ASSESSMENT, PageKind.SELF_ASSESSMENT, PageKind.BLANK, PageKind.TEST_REPORT)


def test_an_evidence_paper_gives_number_holder_product_and_dates() -> None:
    paper = page(
        [
            "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
            "Số: 078/2025/NNMT-LĐ",
            *MOTTO,
            "GIẤY CHỨNG NHẬN",
            "CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM",
            "Cơ sở: Hợp tác xã Nông nghiệp Tân Hòa Xanh",
            "Địa chỉ: Thôn 4, xã Tân Hòa",
            "Sản phẩm: Mít sấy giòn Tân Hòa",
            "Giấy chứng nhận này có hiệu lực đến ngày 19 tháng 11 năm 2028",
            "Lâm Đồng, ngày 19 tháng 11 năm 2025",
        ]
    )

    found = {field.name: str(field.value) for field in evidence_fields(paper)}

    assert found == {
        "evidence.issuer": "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "evidence.number": "078/2025/NNMT-LĐ",
        "evidence.holder": "Hợp tác xã Nông nghiệp Tân Hòa Xanh",
        "evidence.product": "Mít sấy giòn Tân Hòa",
        "evidence.valid_until": "2028-11-19",
        "evidence.issued": "2025-11-19",
    }


def test_the_evidence_map_names_pages_and_what_is_missing() -> None:
    report = page(["PHIẾU KẾT QUẢ KIỂM NGHIỆM", "Tên mẫu: Mít sấy"], number=30)
    meaning = understand([*sheet(table_of(7), {}), report], FORMS)

    links = {link.code: link for link in meaning.evidence}
    assert links["8"].pages == (30,)
    assert "kiểm nghiệm (trang 30)" in links["8"].reason
    assert links["3.5"].pages == ()
    assert "Chưa thấy minh chứng" in links["3.5"].reason


def test_the_evidence_map_says_what_speaks_against_a_paper() -> None:
    lines = ["PHIẾU KẾT QUẢ KIỂM NGHIỆM", "Tên mẫu: Mít sấy", "Có giá trị đến ngày 01/03/2026"]
    pages = [*sheet(table_of(7), {}), page(lines, number=30), page(lines[:2], number=31)]

    links = {link.code: link for link in understand(pages, FORMS, date(2026, 10, 15)).evidence}

    assert links["8"].pages == (30, 31)
    assert links["8"].reason.startswith(
        "Có phiếu kết quả kiểm nghiệm (trang 30–31). Chưa thấy bản công bố chất lượng. "
        "Trang 30: Giấy tờ hết hiệu lực ngày 01/03/2026"
    )


def test_a_quarantined_page_disturbs_nothing() -> None:
    bad = PageReading(number=2, width=0, height=0, dpi=0, source=PageSource.QUARANTINED, reason="hỏng")

    meaning = understand([page(REGISTRATION), bad], FORMS)

    assert meaning.kinds == (PageKind.REGISTRATION_FORM, PageKind.OTHER)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=25))
def test_whatever_the_words_are_understanding_never_fails(lines: list[str]) -> None:
    meaning = understand([page(lines), blank(2)], FORMS)

    assert len(meaning.kinds) == 2


def test_a_running_head_makes_no_cover_of_a_short_last_page() -> None:
    head = page(["Hồ sơ sản phẩm OCOP năm 2026"]).words
    high = [word.model_copy(update={"box": (word.box[0], 120, word.box[2], 160)}) for word in head]
    pages = [
        page([*MOTTO, "PHIẾU ĐĂNG KÝ"], number=1, words=high),
        page(["Dành cho UBND cấp xã", "Phiếu số: 04/PĐK-68-26413-2026"], number=2, words=high),
    ]

    assert classify(pages) == (PageKind.REGISTRATION_FORM, PageKind.REGISTRATION_FORM)


def typed_sheet(table: PrintedTable, chosen: dict[str, int]) -> PageReading:
    """A sheet of one page without boxes: a column holds an “x” beside each chosen option."""
    rows = [[table.name, "Điểm", "Đánh dấu"]]
    for criterion in table.criteria[:6]:
        rows.append([f"{criterion.code}. {criterion.title}", str(criterion.max_points), ""])
        for number, option in enumerate(criterion.options):
            rows.append([option.text, str(option.points), "x" if chosen.get(criterion.code) == number else ""])
    ruled, words = drawn_table(rows, widths=(1800, 300, 300), top=300)
    return page(["PHIẾU ĐÁNH GIÁ SẢN PHẨM OCOP"], tables=[ruled], words=words)


def test_an_x_typed_in_a_column_of_its_own_ticks_the_option() -> None:
    table = table_of(11)
    chosen = {criterion.code: 1 for criterion in table.criteria[:6] if criterion.options}

    read = by_code(understand([typed_sheet(table, chosen)], FORMS), "score-sheet")

    assert {code: each.option for code, each in read.items() if each.option is not None} == chosen
    assert not any(each.needs_review for each in read.values() if each.option is not None)


def test_an_option_that_the_page_s_end_parts_keeps_its_tick() -> None:
    table = table_of(11)
    criterion = next(each for each in table.criteria if each.options and len(each.options[-1].text) > 80)
    pages = sheet(table, {criterion.code: len(criterion.options) - 1}, lines_a_page=1000)
    lines = pages[0].text.split("\n")
    last = next(at for at, line in enumerate(lines) if line.startswith("☑"))
    parted = [page(lines[: last + 1], number=1), page(lines[last + 1 :], number=2)]

    assert by_code(understand(parted, FORMS), "score-sheet")[criterion.code].option == len(criterion.options) - 1


def test_a_letter_may_number_its_opinions_in_words() -> None:
    letter = [
        "ỦY BAN NHÂN DÂN XÃ VỊNH MẪU",
        "V/v đề nghị đánh giá, nâng hạng sản phẩm OCOP",
        "Kính gửi: Ủy ban nhân dân tỉnh Quảng Ninh",
        "Ủy ban nhân dân xã có ý kiến như sau:",
        "Một là, về nguồn nguyên liệu tại chỗ: toàn bộ hàu thả và thu tại xã.",
        "Hai là, về người làm trong xã: Trong 24 người có 21 người là dân của xã,",
        "phần lớn là phụ nữ.",
        "Ba là, về gốc tích ý tưởng làm ra sản phẩm: Nghề bà con tự nghĩ ra từ 2005.",
        "Bốn là, về bản sắc và trí tuệ của địa phương: Gắn với lễ xuống bè.",
        "Từ các nội dung trên, Ủy ban nhân dân xã kính đề nghị Ủy ban nhân dân tỉnh xem xét.",
    ]

    read = understand([page(letter)], FORMS)

    assert read.kinds == (PageKind.COMMUNE_REPORT,)
    assert {field.name: field.value for field in read.fields if "local" in field.name or "idea" in field.name} == {
        "commune.local_materials": "toàn bộ hàu thả và thu tại xã.",
        "commune.local_labour": "Trong 24 người có 21 người là dân của xã, phần lớn là phụ nữ.",
        "commune.idea_origin": "Nghề bà con tự nghĩ ra từ 2005.",
        "commune.local_identity": "Gắn với lễ xuống bè.",
    }


def test_a_view_goes_on_over_the_page_s_end_past_its_running_foot() -> None:
    first = page(
        [
            "BÁO CÁO CỦA ỦY BAN NHÂN DÂN XÃ",
            "Mẫu số 03",
            "3. Nguồn gốc ý tưởng sản phẩm",
            "Nghề có từ 300 năm, đã bán từ",
        ]
    )
    foot = page(["Báo cáo OCOP - UBND xã Mẫu"]).words
    foot = tuple(w.model_copy(update={"box": (w.box[0], 3400, w.box[2], 3440)}) for w in foot)
    second = page(["năm 2019 đến nay.", "4. Bản sắc, trí tuệ địa phương", "Gắn với lễ hội của xã."], number=2)

    read = understand([first.model_copy(update={"words": (*first.words, *foot)}), second], FORMS)

    (view,) = (field for field in read.fields if field.name == "commune.idea_origin")
    assert view.value == "Nghề có từ 300 năm, đã bán từ năm 2019 đến nay."
    assert not view.needs_review


def test_a_view_whose_name_ends_the_page_stands_on_the_next_one() -> None:
    first = page(
        [
            "BÁO CÁO CỦA ỦY BAN NHÂN DÂN XÃ",
            "Mẫu số 03",
            "3. Nguồn gốc ý tưởng",
            "Nghề cũ.",
            "4. Bản sắc, trí tuệ địa phương",
        ]
    )
    second = page(
        ["Hoa văn sáp ong của người Mông.", "Ủy ban nhân dân xã đề nghị Ủy ban nhân dân tỉnh xem xét."], number=2
    )

    read = understand([first, second], FORMS)

    views = {field.name: field.value for field in read.fields if field.name in ("commune.idea_origin", IDENTITY)}
    assert views == {"commune.idea_origin": "Nghề cũ.", IDENTITY: "Hoa văn sáp ong của người Mông."}


def test_a_commune_s_letter_to_the_province_with_its_opinions_is_its_report_whatever_it_is_called() -> None:
    letter = page(
        [
            "ỦY BAN NHÂN DÂN",
            "XÃ TÂN HÒA",
            "Số: 214/BC-UBND",
            "BÁO CÁO",
            "Kết quả xem xét sản phẩm năm 2026",
            "Kính gửi: Ủy ban nhân dân tỉnh Lâm Đồng.",
            "1. Về sử dụng nguyên liệu địa phương",
            "Toàn bộ mít mua trong xã.",
            "2. Về sử dụng lao động địa phương",
            "Có 27 lao động của xã.",
            "3. Về nguồn gốc ý tưởng sản phẩm",
            "Của bà con trong xã.",
        ]
    )

    assert classify([letter]) == (PageKind.COMMUNE_REPORT,)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (
            [*MOTTO, "BẢN TỰ CÔNG BỐ SẢN PHẨM", "Số: 02/TANHOA/2026", "Tên tổ chức: Hợp tác xã hữu cơ Tân Hòa",
             "Số Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm: 12/2025/ATTP-CN"],
            PageKind.QUALITY_DECLARATION,
        ),
        (
            [*MOTTO, "HỢP ĐỒNG TIÊU THỤ SẢN PHẨM", "Bên A: Hợp tác xã Nông nghiệp hữu cơ VietGAP Tân Hòa",
             "Bên B: Công ty TNHH Hạ Long Xanh"],
            PageKind.MARKET,
        ),
    ],
)  # fmt: skip
def test_what_a_label_names_is_no_title(lines: list[str], kind: PageKind) -> None:
    assert classify([page(lines)]) == (kind,)


@pytest.mark.parametrize("title", ["MẪU NHÃN SẢN PHẨM", "SỔ GHI CHÉP SẢN XUẤT", "BIÊN BẢN HỌP THÀNH VIÊN"])
def test_a_page_with_a_title_of_its_own_does_not_continue_the_paper_before_it(title: str) -> None:
    story = page(["CÂU CHUYỆN SẢN PHẨM", "Mít Tân Hòa được trồng từ bao đời nay."])

    assert classify([story, page([title, "Ngày 3 tháng 5, tổ 2, lô 7"])])[1] is not PageKind.STORY


def test_a_haccp_certificate_is_one_of_a_quality_system() -> None:
    lines = ["TRUNG TÂM CHỨNG NHẬN AN LÀNH", "GIẤY CHỨNG NHẬN", "Hệ thống phân tích mối nguy và kiểm soát điểm tới hạn"]

    assert classify([page(lines)]) == (PageKind.QUALITY_SYSTEM,)


def test_a_form_that_a_report_is_sent_with_does_not_name_the_paper() -> None:
    lines = [
        *MOTTO,
        "BÁO CÁO TỰ ĐÁNH GIÁ SẢN PHẨM OCOP",
        "(Kèm theo Phiếu đăng ký tham gia đánh giá, phân hạng năm 2026)",
    ]

    lines += [f"{number}. Chỉ tiêu số {number} của chủ thể sản xuất trong năm: đạt" for number in range(12)]

    assert classify([page(lines)]) == (PageKind.SELF_ASSESSMENT,)


def test_a_law_on_which_a_decision_is_grounded_does_not_name_the_paper() -> None:
    lines = [*MOTTO, "QUYẾT ĐỊNH", "Căn cứ Luật Bảo vệ môi trường;", "Căn cứ Luật Bảo vệ môi trường ngày 17/11/2020;"]

    assert classify([page(lines)]) == (PageKind.OTHER,)


@pytest.mark.parametrize(("others", "doubted"), [(("Thượng Đề",), True), (("Thượng Đê", "Thượng Đê"), False)])
def test_a_name_that_half_as_many_papers_spell_otherwise_is_doubted(others: tuple[str, ...], doubted: bool) -> None:
    """Of three papers one says Đê and two say Đề: whichever is wrong, somebody must look."""
    addresses = ["Thượng Đê", "Thượng Đề", *others]
    reports = [
        page(["Mẫu số 03", "BÁO CÁO", f"3. Địa chỉ: Xóm 7 Đông, xã {name}, tỉnh Ninh Bình"], number=number)
        for number, name in enumerate(addresses, 1)
    ]

    first = next(field for field in understand(reports, FORMS).fields if field.name == "applicant.address")

    assert first.needs_review is doubted
