"""Letters that a signature runs through: part of one piece of ink with the pen's line, and read all the same."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extraction.engines import LineEngine, LineReading, Sign
from extraction.layout.page import page_layout
from extraction.linereading import read_line
from extraction.pages import PageImage, Pixels
from extraction.reading import read_page
from tests.extraction.sheets import DPI, MM, Sheet

TURNS = np.linspace(0, 11 * np.pi, 300)
# Slanted, in millimetres from a letter's middle.
LOOPS = np.stack((TURNS * 0.7 - 25 + 2 * np.cos(TURNS) - 4 * np.sin(TURNS), 7 * np.sin(TURNS)), 1)


def signed(pixels: Pixels, x: float, y: float) -> Pixels:
    places = np.round((np.array((x, y)) + LOOPS) * MM).astype(np.int32)
    return np.asarray(cv2.polylines(pixels.copy(), [places], False, (40,), 5, cv2.LINE_AA), np.uint8)


@pytest.mark.parametrize("caption", ["Ký và ghi rõ họ tên", "Phan Thị Nhàn Hạnh"])
def test_a_word_whose_beginning_a_signature_crosses_is_whole(reader: LineEngine, caption: str) -> None:
    sheet = Sheet().write(30, 20, "Chi cục Quản lý chất lượng nông lâm sản").write(80, 60, caption)

    reading = read_page(PageImage(signed(sheet.pixels, 81, 63), DPI, 1), reader)

    assert reading.text.splitlines()[-1] == caption
    assert next(word for word in reading.words if word.text == caption.split()[0]).under_stamp


def test_a_signature_before_a_name_adds_no_letters(reader: LineEngine) -> None:
    sheet = Sheet().write(30, 20, "Chi cục Quản lý chất lượng nông lâm sản").write(80, 60, "Nguyễn Văn An")

    reading = read_page(PageImage(signed(sheet.pixels, 77, 63), DPI, 1), reader)

    assert reading.text.splitlines()[-1] == "Nguyễn Văn An"


class Told:
    """Reads the line as `short`, and any longer picture as `long`."""

    name = "told"

    def __init__(self, short: str, long: str) -> None:
        self.said, self.long = short, long

    def read(self, line: Pixels) -> LineReading:
        text, self.said = self.said, self.long
        return LineReading(tuple(Sign(sign, 10.0 * at, 10.0 * at + 9, 0.9) for at, sign in enumerate(text)))


@pytest.mark.parametrize(
    ("short", "long", "text"),
    [
        ("ích Phượng", "Thị Bích Phượng", "Thị Bích Phượng"),
        ("Bích Phượng", "Thị Bích Phượng", "Thị Bích Phượng"),
        ("Bích Phượng", "Thx Bích Phượng", "Bích Phượng"),  # nobody writes so: pen strokes
        ("Bích Phượng", "Thị Bích Phương", "Bích Phượng"),  # what was seen well must not change
    ],
)
def test_whole_words_under_a_signature_are_taken_in_if_they_are_words(short: str, long: str, text: str) -> None:
    layout = page_layout(Sheet().write(80, 60, "Bích Phượng").page())
    line = replace(layout.lines[0], beyond=(80, 0))

    read = read_line(layout, line, Told(short, long))

    assert read is not None
    assert read.text == text
