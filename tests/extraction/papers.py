"""Pages as a perfect reader would hand them over: lines of text laid out as words with boxes, boxes to tick, tables."""

from collections.abc import Sequence

from extraction.evidence import evidence_fields
from extraction.readings import Cell, PageKind, PageReading, PageSource, Table, Tick, Word

WIDTH, HEIGHT = 2480, 3508
LEFT, TOP, STEP, LETTER, SIZE = 250, 300, 70, 22, 44  # pixels at 300 dpi
BOX = 40


def page(
    lines: Sequence[str],
    *,
    number: int = 1,
    tables: Sequence[Table] = (),
    words: Sequence[Word] = (),
    confidence: float = 0.99,
) -> PageReading:
    """A page with these lines. `☑` and `☐` in a line become ticks and vanish from the text."""
    found: list[Word] = []
    ticks: list[Tick] = []
    for row, line in enumerate(lines):
        left, top = LEFT, TOP + row * STEP
        for part in line.split(" "):
            if part in ("☑", "☐"):
                ticks.append(Tick(box=(left, top, left + BOX, top + BOX), ticked=part == "☑", confidence=0.98))
                left += 2 * LETTER
            elif part:
                right = left + LETTER * len(part)
                found.append(Word(text=part, box=(left, top, right, top + SIZE), confidence=confidence))
                left = right
            left += LETTER
    return PageReading(
        number=number,
        width=WIDTH,
        height=HEIGHT,
        dpi=300,
        source=PageSource.OCR,
        text="\n".join(lines),
        words=(*found, *words),
        ticks=tuple(ticks),
        tables=tuple(tables),
    )


def table(
    rows: Sequence[Sequence[str]], top: int = 1200, widths: Sequence[int] = (900, 1000)
) -> tuple[Table, list[Word]]:
    """A ruled table and the words in its cells."""
    cells: list[Cell] = []
    words: list[Word] = []
    for row, texts in enumerate(rows):
        left = LEFT
        for col, text in enumerate(texts):
            box = (left, top + row * STEP, left + widths[col], top + (row + 1) * STEP)
            cells.append(Cell(row=row, col=col, box=box, text=text))
            x = left + 10
            for part in text.split():
                right = x + LETTER * len(part)
                words.append(Word(text=part, box=(x, box[1] + 12, right, box[1] + 12 + SIZE), confidence=0.99))
                x = right + LETTER
            left += widths[col]
    box = (LEFT, top, LEFT + sum(widths[: len(rows[0])]), top + len(rows) * STEP)
    return Table(box=box, cells=tuple(cells)), words


def told(page: PageReading, kind: PageKind, name: str) -> str | None:
    """What a page of this kind tells as `evidence.name`, as text."""
    found = evidence_fields(page.model_copy(update={"kind": kind}))
    return next((str(field.value) for field in found if field.name == f"evidence.{name}"), None)


def blank(number: int) -> PageReading:
    return PageReading(number=number, width=WIDTH, height=HEIGHT, dpi=300, source=PageSource.BLANK)


REGISTRATION = [
    "Mẫu số 01",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "PHIẾU ĐĂNG KÝ",
    "Tham gia đánh giá, phân hạng sản phẩm OCOP",
    "của tỉnh Lâm Đồng năm 2026",
    "1. Tên đơn vị: Hợp tác xã Nông nghiệp Tân Hòa Xanh ......",
    "Họ tên người đại diện pháp lý: Nguyễn Thị Mẫu",
    "Chức vụ: Giám đốc",
    "Địa chỉ liên hệ: số 12 đường Trần Hưng Đạo nối dài, tổ 5, Thôn 4, xã Tân Hòa, tỉnh Lâm",
    "Đồng",
    "Điện thoại: 0912 000 345 Email: htx.tanhoa@example.vn",
    "2. Tên sản phẩm: Mít sấy giòn Tân Hòa",
    "3. Nhóm sản phẩm đăng ký: Ngành: Thực phẩm; Nhóm: Thực phẩm chế biến; Phân nhóm: Chế biến từ rau, củ, quả, hạt",
    "4. Lần đăng ký đánh giá:",
    "Lần đầu ☐ Nâng hạng ☑ Đánh giá lại ☐",
    "5. Tài liệu kèm theo: Báo cáo tự đánh giá",
    "Tân Hòa, ngày 05 tháng 9 năm 2026",
    "ĐẠI DIỆN",
]

COMMUNE_REPORT = [
    "Mẫu số 03",
    "ỦY BAN NHÂN DÂN",
    "XÃ TÂN HÒA",
    "BÁO CÁO",
    "Đánh giá hồ sơ đăng ký đánh giá, phân hạng sản phẩm OCOP",
    "I. THÔNG TIN VỀ CHỦ THỂ VÀ SẢN PHẨM",
    "1. Tên chủ thể: Hợp tác xã Nông nghiệp Tân Hòa Xanh",
    "II. NỘI DUNG ĐÁNH GIÁ",
    "1. Về sử dụng nguyên liệu địa phương:",
    "Mít thu mua trong xã, chiếm 90 % nguyên liệu.",
    "2. Về sử dụng lao động địa phương: Có 12 lao động ở xã.",
    "3. Về nguồn gốc ý tưởng sản phẩm:",
    "Sản phẩm do hợp tác xã tự nghiên cứu.",
    "4. Về bản sắc, trí tuệ địa phương:",
    "Gắn với nghề sấy mít",
    "của người dân Tân Hòa.",
    "Ủy ban nhân dân xã Tân Hòa đề nghị Ủy ban nhân dân tỉnh xem xét.",
]


def words_at(text: str, left: int, top: int) -> list[Word]:
    """The words of a text in a row from this place on."""
    words = []
    for part in text.split():
        right = left + LETTER * len(part)
        words.append(Word(text=part, box=(left, top, right, top + SIZE), confidence=0.99))
        left = right + LETTER
    return words
