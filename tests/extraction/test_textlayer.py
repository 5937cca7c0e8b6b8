"""Born-digital pages: their own text where it can be trusted, else their picture."""

import io
from pathlib import Path

import pytest
import typst
from PIL import Image

from extraction.page_work import read_one
from extraction.readings import PageReading, PageSource
from extraction.textlayer import is_sane
from tests.extraction.sheets import letter

FORM = """
#set page("a4", margin: 2cm)
#set text(font: "Liberation Serif", size: 13pt)
#let tick(on) = box(rect(width: 4mm, height: 4mm, inset: 0pt, stroke: 0.7pt, if on {
  place(line(start: (0.6mm, 0.6mm), end: (3.4mm, 3.4mm))) + place(line(start: (3.4mm, 0.6mm), end: (0.6mm, 3.4mm)))
}), baseline: 0.5mm)
Tên chủ thể: Hợp tác xã Nông nghiệp Hoa Sen

#tick(true) Hợp tác xã #h(2cm) #tick(false) Hộ kinh doanh

#table(columns: (2cm, 8cm, 3cm), [TT], [Nội dung], [Điểm], [1], table.cell(colspan: 2)[Nguồn nguyên liệu])
"""


def read(tmp_path: Path, pdf: bytes) -> PageReading:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf)
    return PageReading.model_validate_json(read_one(str(path), "application/pdf", 1, "reader"))


def typeset(source: str) -> bytes:
    answer = typst.compile(source.encode(), format="pdf")
    assert isinstance(answer, bytes)
    return answer


def test_a_born_digital_page_gives_its_own_words_cells_and_ticks(tmp_path: Path) -> None:
    reading = read(tmp_path, typeset(FORM))

    assert reading.source is PageSource.TEXT_LAYER
    assert reading.text == (
        "Tên chủ thể: Hợp tác xã Nông nghiệp Hoa Sen\nHợp tác xã Hộ kinh doanh\n"
        "TT\tNội dung\tĐiểm\n1\tNguồn nguyên liệu"
    )
    assert [tick.ticked for tick in reading.ticks] == [True, False]
    assert [(c.row, c.col, c.col_span) for c in reading.tables[0].cells] == [
        (0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 1), (1, 1, 2),
    ]  # fmt: skip


def test_its_boxes_are_pixels_at_300_dpi(tmp_path: Path) -> None:
    reading = read(tmp_path, typeset(FORM))
    first = reading.words[0]

    assert (reading.width, reading.height, reading.dpi) == (2480, 3508, 300)
    assert first.text == "Tên"
    assert first.box[0] == pytest.approx(236, abs=3)  # the margin of 2 cm


def test_a_picture_inside_a_pdf_is_read_as_a_picture(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.fromarray(letter().pixels).save(out, "PDF", resolution=300)

    reading = read(tmp_path, out.getvalue())

    assert reading.source is PageSource.OCR
    assert reading.text.startswith("Hợp tác xã Nông nghiệp Hoa Sen")


def test_sideways_text_is_read_as_a_picture_and_comes_upright(tmp_path: Path) -> None:
    lines = "\n\n".join(["Hợp tác xã Nông nghiệp Hoa Sen đăng ký sản phẩm tham gia"] * 8)
    turned = f'#set page("a4")\n#set text(font: "Liberation Serif", size: 13pt)\n#rotate(90deg, reflow: true)[{lines}]'

    reading = read(tmp_path, typeset(turned))

    assert (reading.source, reading.rotation) == (PageSource.OCR, 270)


@pytest.mark.parametrize(
    ("text", "sane"),
    [
        ("Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc", True),
        ("Certificate of analysis, Salmonella not detected in 25 g of sample", True),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc", False),  # TCVN3
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc", False),  # VNI
        ("\ufffd\ufffd\ufffd\ufffd hòa xã hội chủ nghĩa Việt Nam độc lập tự do", False),
        ("Trang 1", False),
        ("", False),
    ],
)
def test_only_unicode_text_is_trusted(text: str, sane: bool) -> None:
    assert is_sane(text) is sane
