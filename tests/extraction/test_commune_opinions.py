"""What a commune says of a product (Mẫu số 03), however its form asks: boxes to tick, questions, cells of a table."""

from extraction.commune_views import commune_views
from extraction.kinds import kind_of
from extraction.readings import PageKind
from tests.extraction.papers import STEP, page, table, words_at

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
