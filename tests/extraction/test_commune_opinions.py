"""What a commune says of a product (Mẫu số 03), however its form asks: boxes to tick, questions, cells of a table."""

from extraction.commune_views import commune_views
from extraction.kinds import kind_of
from extraction.readings import PageKind, Tick
from tests.extraction.papers import BOX, STEP, page, table, words_at

OPINIONS = [
    "1. Nguyên liệu địa phương",
    "☐ Dưới 50% nguyên liệu của địa phương",
    "☑ Từ 50% đến dưới 75% nguyên liệu của",
    "địa phương",
    "2. Lao động địa phương",
    "☑ Dưới 25% lao động là người của xã",
    "☑ Trên 75% lao động là người của xã",
    "3. Nguồn gốc ý tưởng sản phẩm",
]


def tick(left: int, top: int, *, ticked: bool) -> Tick:
    return Tick(box=(left, top, left + BOX, top + BOX), ticked=ticked, confidence=0.98)


def test_a_commune_may_tick_its_opinions() -> None:
    views = {view.name: view for view in commune_views(page(OPINIONS))}

    assert views["commune.local_materials"].value == "Từ 50% đến dưới 75% nguyên liệu của địa phương"
    assert not views["commune.local_materials"].needs_review
    assert views["commune.local_labour"].needs_review  # two are ticked


def test_a_commune_may_be_asked_questions() -> None:
    asked = page(
        [
            "BÁO CÁO CỦA ỦY BAN NHÂN DÂN PHƯỜNG VỀ SẢN PHẨM OCOP",
            "Câu 1. Nguyên liệu có phải của địa phương không?",
            "Tre và giấy dó đều lấy ở trong phường.",
            "Câu 2. Lao động ở đâu đến?",
            "Tất cả là dân của phường.",
            "Câu 3. Ý tưởng sản phẩm bắt nguồn từ đâu?",
            "Nghề có từ hai trăm năm.",
            "Câu 4. Sản phẩm thể hiện bản sắc, trí tuệ địa phương thế nào?",
            "Mẫu hoa là trí tuệ riêng của cộng đồng.",
        ]
    )

    assert kind_of(asked) is PageKind.COMMUNE_REPORT
    assert {view.name: view.value for view in commune_views(asked)} == {
        "commune.local_materials": "Tre và giấy dó đều lấy ở trong phường.",
        "commune.local_labour": "Tất cả là dân của phường.",
        "commune.idea_origin": "Nghề có từ hai trăm năm.",
        "commune.local_identity": "Mẫu hoa là trí tuệ riêng của cộng đồng.",
    }


def test_opinions_to_tick_may_stand_beside_one_another() -> None:
    lines = ["1. Nguyên liệu địa phương", "☐ Dưới 50% ☑ Từ 50% đến 75% ☐ Trên 75%", "2. Lao động địa phương"]

    (view,) = commune_views(page(lines))

    assert view.value == "Từ 50% đến 75%"
    assert not view.needs_review


def test_opinions_may_stand_below_small_headings_in_cells() -> None:
    rows, words = table([("Nguyên liệu", "Lao động")], widths=(900, 900), top=1200)
    below = {"Nguyên liệu": "Gạo tẻ mua trong tỉnh.", "Lao động": "Tổng 52 người, 47 người của xã."}
    cells = []
    for cell in rows.cells:
        left, top, right, bottom = cell.box
        words += words_at(below[cell.text], left + 10, top + STEP + 12)
        cells.append(
            cell.model_copy(
                update={"text": f"{cell.text}\n{below[cell.text]}", "box": (left, top, right, bottom + STEP)}
            )
        )
    drawn = rows.model_copy(update={"cells": tuple(cells)})

    views = {view.name: view.value for view in commune_views(page([], tables=[drawn], words=words))}

    assert views == {
        "commune.local_materials": "Gạo tẻ mua trong tỉnh.",
        "commune.local_labour": "Tổng 52 người, 47 người của xã.",
    }


def test_opinions_may_be_ticked_in_one_column_and_remarked_upon_in_the_next() -> None:
    rows, words = table(
        [
            ("Nội dung", "Mức đánh giá", "Nhận xét của xã"),
            ("Nguyên liệu địa phương", "Dưới 50% Trên 50%", "Nếp lấy tại bản"),
        ],
        top=600,
        widths=(700, 700, 700),
    )
    options = [tick(952, 680, ticked=False), tick(1140, 680, ticked=True)]
    asked = page([], tables=[rows], words=words).model_copy(update={"ticks": tuple(options)})

    view = commune_views(asked)[0]

    assert view.value == "Trên 50%. Nếp lấy tại bản"


def test_opinions_may_stand_in_cards_below_their_heads() -> None:
    heads, above = table([("1. Nguyên liệu địa phương", "2. Lao động địa phương")], top=600)
    cards, below = table(
        [
            ("3. Nguồn gốc ý tưởng sản phẩm", "4. Bản sắc, trí tuệ địa phương"),
            ("Từ cách muối mơ của ông bà.", "Bao bì in hình bến Đục."),
        ],
        top=900,
    )
    loose = [*words_at("Mơ của 63 hộ trong xã.", 260, 700), *words_at("20 trong 22 người của xã.", 1180, 700)]
    report = page([], tables=[heads, cards], words=[*above, *loose, *below])

    views = {view.name: view.value for view in commune_views(report)}

    assert views == {
        "commune.local_materials": "Mơ của 63 hộ trong xã.",
        "commune.local_labour": "20 trong 22 người của xã.",
        "commune.idea_origin": "Từ cách muối mơ của ông bà.",
        "commune.local_identity": "Bao bì in hình bến Đục.",
    }


def test_a_ward_s_name_below_its_province_makes_a_report_its_own() -> None:
    """As letter heads have it: the committee of the province, and below it the ward alone."""
    report = page(
        [
            "ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU",
            "PHƯỜNG KIM MẪU",
            "BÁO CÁO",
            "Kết quả đánh giá sản phẩm đăng ký tham gia Chương trình",
            "1. Về sử dụng nguyên liệu địa phương: gừng của 34 hộ.",
            "2. Về sử dụng lao động địa phương: 13 người của phường.",
            "3. Về nguồn gốc ý tưởng sản phẩm: từ nghề làm mứt Tết.",
            "4. Về bản sắc, trí tuệ địa phương: giữ lối thái gừng.",
        ]
    )

    assert kind_of(report) is PageKind.COMMUNE_REPORT


def test_a_commune_may_tick_a_judgement_and_say_more_below_it() -> None:
    report = page(
        [
            "1. Nguyên liệu tại chỗ ☑ Đạt ☐ Không đạt",
            "Nhận xét: Dừa sáp trồng tại xã, thu mua của 60 hộ.",
            "2. Lao động tại chỗ ☐ Đạt ☑ Không đạt",
            "3. Nguồn gốc ý tưởng ☑ Đạt ☑ Không đạt",
            "Kính trình Ủy ban nhân dân tỉnh xem xét.",
        ]
    )

    views = {view.name: (view.value, view.needs_review) for view in commune_views(report)}

    assert views["commune.local_materials"] == ("Dừa sáp trồng tại xã, thu mua của 60 hộ.", False)
    assert views["commune.local_labour"] == ("Không đạt", False)
    assert views["commune.idea_origin"][1]  # both are ticked


def test_opinions_may_stand_before_what_they_are_on() -> None:
    rows, words = table(
        [
            ("STT", "Ý kiến của UBND xã", "Nội dung"),
            ("1", "Cà phê thu mua của 27 hộ buôn Mẫu", "Nguyên liệu địa phương"),
            ("2", "Có 08/09 lao động là người trong xã", "Lao động địa phương"),
            ("3", "", "Nguồn gốc ý tưởng"),
        ],
        widths=(150, 1200, 800),
    )

    views = {view.name: view.value for view in commune_views(page([], tables=[rows], words=words))}

    assert views == {
        "commune.local_materials": "Cà phê thu mua của 27 hộ buôn Mẫu",
        "commune.local_labour": "Có 08/09 lao động là người trong xã",
    }
