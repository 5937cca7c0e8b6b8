"""Small sheets of paper drawn for a test: where everything stands is known because the test put it there."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extraction.pages import PageImage, Pixels

FONTS = Path("/usr/share/fonts/truetype/liberation2")
DPI = 300.0
MM = DPI / 25.4


class Sheet:
    """White paper, 300 dpi; places in millimetres from the top left corner."""

    def __init__(self, width: float = 210, height: float = 150) -> None:
        self.image = Image.new("L", (round(width * MM), round(height * MM)), 255)
        self.pen = ImageDraw.Draw(self.image)

    def write(self, x: float, y: float, text: str, points: float = 13, bold: bool = False) -> "Sheet":
        """Text whose top left corner is at (x, y)."""
        name = "LiberationSerif-Bold.ttf" if bold else "LiberationSerif-Regular.ttf"
        font = ImageFont.truetype(str(FONTS / name), round(points / 72 * DPI))
        self.pen.text((x * MM, y * MM), text, font=font, fill=20)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float, thick: float = 0.25) -> "Sheet":
        self.pen.line((x0 * MM, y0 * MM, x1 * MM, y1 * MM), fill=20, width=max(1, round(thick * MM)))
        return self

    def box(self, x: float, y: float, side: float = 4, thick: float = 0.25) -> "Sheet":
        """An empty tick box."""
        self.pen.rectangle((x * MM, y * MM, (x + side) * MM, (y + side) * MM), outline=20, width=round(thick * MM))
        return self

    def cross(self, x: float, y: float, side: float = 4) -> "Sheet":
        """Two pen strokes from corner to corner of a box, ending just inside."""
        self.rule(x + 0.6, y + 0.6, x + side - 0.6, y + side - 0.6, 0.4)
        return self.rule(x + side - 0.6, y + 0.6, x + 0.6, y + side - 0.6, 0.4)

    def grid(self, xs: list[float], ys: list[float]) -> "Sheet":
        """A fully ruled table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    @property
    def pixels(self) -> Pixels:
        return np.asarray(self.image, dtype=np.uint8).copy()

    def page(self, number: int = 1) -> PageImage:
        return PageImage(self.pixels, DPI, number)


def worn(pixels: Pixels, seed: int = 1) -> Pixels:
    """The sheet after an office scanner: grey paper, noise, uneven light."""
    rng = np.random.default_rng(seed)
    light = np.linspace(235, 205, pixels.shape[1])[None]
    grey = 30 + pixels.astype(np.float64) / 255 * (light - 30) + rng.normal(0, 8, pixels.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)


def letter() -> Sheet:
    """A sheet with enough text to tell which way is up."""
    sheet = Sheet(210, 297)
    lines = (
        "Hợp tác xã Nông nghiệp Hoa Sen đăng ký sản phẩm tham gia Chương trình",
        "mỗi xã một sản phẩm, gồm các giấy tờ kèm theo danh mục dưới đây.",
        "Chủ thể cam kết chịu trách nhiệm về các thông tin đã kê khai,",
        "sử dụng lao động địa phương và nguyên liệu trong tỉnh.",
    )
    for place, text in enumerate(lines * 3):
        sheet.write(25, 30 + 9 * place, text)
    return sheet
