"""Forms with a box for each letter or digit."""

from extraction.combs import with_combs_joined
from extraction.fields import form_fields
from extraction.readings import Cell, PageKind, PageReading, Table, Word
from tests.extraction.papers import page

STEP, TOP = 42, 600


def comb(row: int, signs: str, left: int = 500) -> list[Word]:
    """A sign a box; a blank is an empty box."""
    top = TOP + 80 * row
    return [
        Word(text=sign, box=(left + STEP * at, top, left + STEP * at + 18, top + 26), confidence=0.98)
        for at, sign in enumerate(signs)
        if sign != " "
    ]


def label(row: int, text: str) -> list[Word]:
    words, left, top = [], 150, TOP + 80 * row
    for part in text.split():
        words.append(Word(text=part, box=(left, top, left + 20 * len(part), top + 30), confidence=0.99))
        left += 20 * len(part) + 20
    return words


def form(*rows: tuple[str, str]) -> PageReading:
    words = [word for at, (name, signs) in enumerate(rows) for word in (*label(at, name), *comb(at, signs))]
    return page(["Mẫu số 02"], words=words)


def test_signs_in_step_are_one_word_and_an_empty_box_is_a_blank() -> None:
    joined = with_combs_joined(form(("1. Tên chủ thể:", "HỢP TÁC XÃ DỨA"), ("Số CCCD:", "014185003627")))

    assert [word.text for word in joined.words[3:]] == [
        *("1.", "Tên", "chủ", "thể:", "HỢP", "TÁC", "XÃ", "DỨA"),
        *("Số", "CCCD:", "014185003627"),
    ]


def test_what_stands_alone_is_taken_for_a_letter_among_letters_and_for_a_figure_among_figures() -> None:
    joined = with_combs_joined(form(("Địa chỉ:", "P0M Lót"), ("Mã số thuế:", "55OO672I84")))

    assert [word.text for word in joined.words if word.box[0] >= 500] == ["POM", "LÓT", "5500672184"]
    assert [word.confidence < 0.6 for word in joined.words if word.box[0] >= 500] == [True, True, False]


def test_a_form_s_boxes_are_read_as_its_values() -> None:
    filled = form(("1. Tên chủ thể:", "HỢP TÁC XÃ DỨA"), ("Số CCCD:", "014185003627"), ("Điện thoại:", "0978416253"))
    cells = tuple(
        Cell(row=0, col=at, box=(500 + STEP * at - 10, TOP + 70, 500 + STEP * at + 32, TOP + 116), text=sign)
        for at, sign in enumerate("014185003627")
    )
    boxed = Table(box=(490, TOP + 70, 490 + 12 * STEP, TOP + 116), cells=cells)

    found = form_fields(filled.model_copy(update={"tables": (boxed,)}), PageKind.SELF_ASSESSMENT)

    assert {field.name: str(field.value) for field in found} == {
        "applicant.name": "HỢP TÁC XÃ DỨA",
        "representative.personal_id": "014185003627",
        "applicant.phone": "0978416253",
    }


def test_words_of_single_letters_that_stand_as_they_fall_stay_apart() -> None:
    words = [
        Word(text=sign, box=(x, 600, x + 18, 626), confidence=0.9)
        for sign, x in zip("aeiou", (0, 40, 130, 145, 300), strict=True)
    ]
    plain = page(["Mẫu số 02"], words=words)

    assert with_combs_joined(plain) is plain
