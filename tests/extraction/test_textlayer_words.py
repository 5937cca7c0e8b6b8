"""Words, powers, leaders and marks of born-digital pages, and text layers that are not what the page shows."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst

from extraction.page_work import read_one
from extraction.readings import PageReading, PageSource

HEAD = '#set page("a4", margin: 2cm)\n#set text(font: "Liberation Serif", size: 13pt)\n'
SENTENCE = "Hợp tác xã Nông nghiệp Hoa Sen đăng ký tham gia."


def read(tmp_path: Path, pdf: bytes) -> PageReading:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf)
    return PageReading.model_validate_json(read_one(str(path), "application/pdf", 1, "reader"))


def typeset(source: str) -> bytes:
    answer = typst.compile((HEAD + source).encode(), format="pdf")
    assert isinstance(answer, bytes)
    return answer


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("Địa chỉ: xã Long Khê#box(width: 1fr, repeat[.])", "Địa chỉ: xã Long Khê"),
        ("Họ tên: Phan Hiếu................................", "Họ tên: Phan Hiếu"),
        ("Chữ ký: ........................", "Chữ ký:"),
        ("Và còn nữa... trang sau", "Và còn nữa… trang sau"),
        ("#text(tracking: 3pt)[ĐƠN ĐĂNG KÝ]", "ĐƠN ĐĂNG KÝ"),
        ("Mật độ 10#super(typographic: false)[6] cfu/g", "Mật độ 10⁶ cfu/g"),
        ("Diện tích 20 m#super(typographic: false)[2] đất", "Diện tích 20 m² đất"),
        ("Số 45 tờ 7", "Số 45 tờ 7"),
    ],
)
def test_a_line_comes_as_it_is_printed(tmp_path: Path, source: str, line: str) -> None:
    reading = read(tmp_path, typeset(f"{SENTENCE}\n\n{source}"))

    assert reading.source is PageSource.TEXT_LAYER
    assert reading.text.split("\n") == [SENTENCE, line]


def test_words_of_two_cells_stay_apart_however_close_they_stand(tmp_path: Path) -> None:
    table = "#table(columns: (3cm, 3cm), inset: (x: 0.5pt, y: 4pt), align: (right, left), [Trái], [Phải], [a], [b])"

    reading = read(tmp_path, typeset(f"{SENTENCE}\n\n{table}"))

    assert [cell.text for cell in reading.tables[0].cells] == ["Trái", "Phải", "a", "b"]


@pytest.mark.parametrize(("sign", "ticked"), [("☐", False), ("☒", True), ("☑", True)])
def test_boxes_set_as_signs_are_tick_boxes_and_no_text(tmp_path: Path, sign: str, ticked: bool) -> None:
    source = f'{SENTENCE}\n\n#text(font: "DejaVu Sans", size: 16pt)[{sign}] Hộ kinh doanh'

    reading = read(tmp_path, typeset(source))

    assert [tick.ticked for tick in reading.ticks] == [ticked]
    assert reading.text.endswith("\nHộ kinh doanh")


def test_a_box_beside_a_table_rule_is_judged_by_its_own_inside(tmp_path: Path) -> None:
    box = "box(stroke: 0.7pt, width: 10pt, height: 10pt)"
    table = f"#table(columns: (2cm, 6cm), inset: 2pt, {box}, [Có], {box}, [Không])"

    reading = read(tmp_path, typeset(f"{SENTENCE}\n\n{table}"))

    assert [tick.ticked for tick in reading.ticks] == [False, False]
    assert [cell.text for cell in reading.tables[0].cells] == ["", "Có", "", "Không"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_shown_turned_has_its_words_where_they_are_seen(tmp_path: Path, turn: int) -> None:
    width, height = (841.89, 595.28) if turn in (90, 270) else (595.28, 841.89)
    source = f'#set page(width: {width}pt, height: {height}pt, margin: 2cm)\n#set text(font: "Liberation Serif")\n'
    turned = f"{source}#rotate({-turn}deg, reflow: true)[{SENTENCE}]"
    answer = typst.compile(turned.encode(), format="pdf")
    assert isinstance(answer, bytes)
    document = pdfium.PdfDocument(answer)
    document[0].set_rotation(turn)
    document.save(tmp_path / "turned.pdf")

    reading = PageReading.model_validate_json(read_one(str(tmp_path / "turned.pdf"), "application/pdf", 1, "reader"))

    assert (reading.source, reading.text) == (PageSource.TEXT_LAYER, SENTENCE)
    assert (reading.width, reading.height) == (2480, 3508)


def test_invisible_text_is_not_what_the_page_shows(tmp_path: Path) -> None:
    lines = " T* ".join(f"(Line {number} of words nobody can see on paper) Tj" for number in range(9))

    assert read(tmp_path, by_hand(f"BT 3 Tr /F1 14 Tf 16 TL 72 720 Td {lines} ET")).source is PageSource.BLANK


def test_a_font_that_says_other_letters_than_it_shows_is_not_believed(tmp_path: Path) -> None:
    shown = "The quality of the product meets the requirements of the programme"
    lines = " T* ".join(f"({shown} line {number}) Tj" for number in range(6))
    pairs = "".join(
        f"<{ord(sign):02x}> <{0x61 + (ord(sign) - 0x61 + 11) % 26:04x}> " for sign in "abcdefghijklmnopqrstuvwxyz"
    )
    table = f"/CIDInit /ProcSet findresource begin begincmap 26 beginbfchar {pairs}endbfchar endcmap end"

    reading = read(tmp_path, by_hand(f"BT /F1 14 Tf 20 TL 60 720 Td {lines} ET", table))

    assert reading.source is PageSource.OCR
    assert reading.text.startswith("The quality")


def by_hand(content: str, letters: str | None = None) -> bytes:
    """A page of A4 with this content in Helvetica, whose table of letters may be any."""
    table = f"6 0 obj<</Length {len(letters)}>>stream\n{letters}\nendstream endobj\n" if letters else ""
    points_to = "/ToUnicode 6 0 R" if letters else ""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj\n"
        f"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica{points_to}>>endobj\n{table}"
        "trailer<</Root 1 0 R/Size 7>>\n%%EOF\n"
    ).encode()
