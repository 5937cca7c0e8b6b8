"""A line of text as ink on a strip of paper, with what stands around lines: leaders, neighbours, rules, box edges."""

from dataclasses import dataclass, replace
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extraction.linereading import ABOVE, LEAST_HEIGHT
from extraction.pages import Pixels, grey
from extraction.training.fonts import FontFile, Fonts, sized
from extraction.training.lettering import Lettering
from extraction.training.texts import Texts, in_capitals

EM_SIZES = (10, 12, 14, 16, 20, 24, 28, 32, 36, 42, 48, 54)  # pixels: from 60 dpi to 300
EM_WEIGHTS = (1, 4, 5, 4, 5, 6, 10, 14, 17, 18, 14, 7)
EDGE = 4  # pixels of the strip cut off after wear, so that no effect stops at the border
AVERAGE_SIGN = 0.47  # em
FITTED = 0.45  # share of lines cut out as `linereading.crop_box` does
X_HEIGHT = 0.46  # em; of Times-like typefaces
ENDED = 0.12  # share of lines that end in a full stop
HEADED = 0.35  # share of bold lines that are made capitals: what headings are, their marks small and close


@dataclass(frozen=True)
class Strip:
    """Ink (rows, columns) 0..255, 255 being full ink; what it says; em in pixels; the row of the baseline."""

    ink: Pixels
    text: str
    em: int
    base: float


@dataclass(frozen=True)
class Frame:
    """Where the text may stand: columns of the finished line, all in pixels of the strip."""

    em: int
    above: float  # baseline to upper edge
    below: float
    left: float
    right: float
    budget: float  # width of the text itself
    fitted: bool = False  # whether `above` and `below` are to follow the ink


def frame_for(rng: Random, columns: int, height: int) -> Frame:
    """Crops follow the ink, fit well, are loose, or are tight, as line finding makes them."""
    em = rng.choices(EM_SIZES, EM_WEIGHTS)[0]
    above, below = rng.uniform(0.92, 1.12), rng.uniform(0.3, 0.46)
    fitted, fit = rng.random() < FITTED, rng.random()
    if fitted:
        above, below = 0.85, 0.3  # what most come to
    elif fit < 0.14:
        above, below = rng.uniform(0.9, 1.5), rng.uniform(0.22, 0.8)
    elif fit < 0.20:
        above, below = rng.uniform(0.84, 0.95), rng.uniform(0.22, 0.3)
    left, right = rng.uniform(0.02, 0.5) * em, rng.uniform(0.02, 0.5) * em
    budget = columns * (above + below) * em / height - left - right - 2
    return Frame(em, above * em, below * em, left, right, budget, fitted)


def fitted_to(frame: Frame, rng: Random, text: str, letters: Lettering) -> Frame:
    """The frame as the product cuts lines out: ink and a margin, and never much flatter than a printed line.

    Small letters alone stand lower in it, and larger, than a line with capitals, as do digits and stars.
    """
    letter = X_HEIGHT * frame.em * rng.uniform(0.75, 1.15)  # as line finding measures it
    top, bottom = letters.rows(text)
    margin = max(ABOVE * letter, (LEAST_HEIGHT * letter - (bottom - top)) / 2) + rng.uniform(-0.03, 0.05) * frame.em
    return replace(frame, above=max(1.0, margin - top), below=max(1.0, margin + bottom))


@dataclass(frozen=True)
class Placed:
    """Words and where each begins, pixels from the first."""

    words: tuple[str, ...]
    starts: tuple[float, ...]
    width: float
    letter_space: float
    evenly: bool  # can be drawn in one go

    @property
    def text(self) -> str:
        return " ".join(self.words)


def placed(rng: Random, text: str, letters: Lettering, frame: Frame) -> Placed:
    """As many words of `text` as fit; a first word that is too long is cut."""
    letter_space = rng.uniform(-0.02, 0.1) * frame.em if rng.random() < 0.08 else 0.0
    stretch = rng.uniform(0.75, 1.9) if rng.random() < 0.35 else 1.0
    columns = rng.random() < 0.12  # a wide gap between columns is one blank
    blank = letters.length(" ") * stretch
    words: list[str] = []
    starts: list[float] = []
    at = width = 0.0
    for word in text.split(" "):
        long = letters.length(word) + letter_space * len(word)
        if at + long > frame.budget:
            if words:
                break
            while len(word) > 1 and long > frame.budget:
                word = word[:-1]
                long = letters.length(word) + letter_space * len(word)
        words.append(word)
        starts.append(at)
        width = at + long
        at = width + blank + (rng.uniform(0.8, 6) * frame.em if columns and rng.random() < 0.3 else 0.0)
    if rng.random() < ENDED and words and words[-1][-1].isalnum():
        words[-1] += "."
        width += letters.length(".") + letter_space
    evenly = not letter_space and stretch == 1.0 and not columns and letters.is_plain
    return Placed(tuple(words), tuple(starts), width, letter_space, evenly)


def typeset(rng: Random, texts: Texts, fonts: Fonts, columns: int, height: int, fill: bool) -> Strip:
    """One line that comes out at most `columns` wide when scaled to `height` rows; `fill`: about so wide."""
    frame = frame_for(rng, columns, height)
    file = fonts.any(rng)
    font = sized(file.path, frame.em)
    wanted = frame.budget * (rng.uniform(0.8, 1.0) if fill else rng.uniform(0.1, 1.0))
    text = texts.line(rng, max(1, int(wanted / (frame.em * AVERAGE_SIGN) * (1.25 if fill else 1))))
    if "bold" in file.path.lower() and rng.random() < HEADED:
        text = in_capitals(text)
    letters = Lettering.any(rng, font, frame.em, text)
    line = placed(rng, _drawable(text, file), letters, frame)
    if frame.fitted:
        frame = fitted_to(frame, rng, line.text, letters)
    spare = frame.budget - line.width
    ended = line.text.endswith(".")  # dots behind a full stop could not be told from it
    leader = _leader(rng) if spare > frame.em and not ended and rng.random() < 0.35 else ""
    wide = line.width + frame.left + frame.right
    indent = 0.0
    if leader:
        indent = rng.uniform(0.7, 4) * frame.em if rng.random() < 0.35 and spare > 5 * frame.em else 0.0
        wide = min(frame.budget + frame.left + frame.right, wide + indent + rng.uniform(1, 8) * frame.em)
    size = int(wide) + 2 * EDGE, int(frame.above + frame.below) + 2 * EDGE
    picture = Image.new("L", size, 0)
    draw = ImageDraw.Draw(picture)
    start, base = EDGE + frame.left + indent, EDGE + frame.above
    _draw_words(picture, line, letters, start, base)
    if indent:
        _draw_leader(rng, draw, font, leader, -2.0, base, start - rng.uniform(0.1, 0.3) * frame.em)
    if leader:
        _draw_leader(rng, draw, font, leader, start + line.width + rng.uniform(0.12, 0.6) * frame.em, base, size[0])
    if rng.random() < 0.45:
        _draw_neighbours(rng, draw, font, texts, start, base, frame.em, size[0], file)
    if rng.random() < 0.25:
        _draw_rules(rng, draw, frame, line.width, base, size)
    return Strip(grey(np.asarray(picture)), line.text, frame.em, base)


def unwritten(rng: Random, columns: int, height: int) -> Strip:
    """A strip without text, at most `columns` wide when scaled to `height` rows."""
    frame = frame_for(rng, columns, height)
    wide = (frame.budget + frame.left + frame.right) * rng.uniform(0.15, 1.0)
    size = int(frame.above + frame.below) + 2 * EDGE, max(frame.em // 3, int(wide)) + 2 * EDGE
    return Strip(grey(np.zeros(size, np.uint8)), "", frame.em, EDGE + frame.above)


def _drawable(text: str, file: FontFile) -> str:
    """Without the signs this font lacks."""
    if all(sign in file.signs for sign in text):
        return text
    return " ".join("".join(sign for sign in text if sign in file.signs).split()) or "0"


def _draw_words(picture: Image.Image, line: Placed, letters: Lettering, start: float, base: float) -> None:
    draw = ImageDraw.Draw(picture)
    if line.evenly:
        draw.text((start, base), line.text, 255, letters.font, "ls")
        return
    for word, at in zip(line.words, line.starts, strict=True):
        if line.letter_space or not letters.is_plain:
            letters.draw(picture, start + at, base, word, line.letter_space)
        else:
            draw.text((start + at, base), word, 255, letters.font, "ls")


def _leader(rng: Random) -> str:
    return rng.choice((".", ".", ".", ".", ". ", "…", "_"))


def _draw_leader(
    rng: Random,
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont,
    leader: str,
    start: float,
    base: float,
    right: float,
) -> None:
    """Dots or a line up to `right`: paper to the reader, not text. At least six dots, or they are text."""
    if leader == "_":
        draw.line((start, base + 3, right, base + 3), 255, rng.choice((1, 2)))
        return
    count = int((right - start) / (font.getlength(leader) + 0.5))
    if count * len(leader.strip()) * (3 if leader == "…" else 1) >= 6:
        draw.text((start, base + rng.uniform(0, 2)), leader * count, 255, font, "ls")


def _draw_neighbours(
    rng: Random,
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont,
    texts: Texts,
    start: float,
    base: float,
    em: int,
    wide: int,
    file: FontFile,
) -> None:
    """Feet of the line above, heads of the line below."""
    distance = rng.uniform(1.05, 1.45) * em
    text = _drawable(texts.line(rng, max(4, int(wide / (em * AVERAGE_SIGN)))), file)
    for side in (-distance, distance):
        if rng.random() < 0.7:
            draw.text((start + rng.uniform(-1, 0.6) * em, base + side), text, 255, font, "ls")


def _draw_rules(
    rng: Random, draw: ImageDraw.ImageDraw, frame: Frame, width: float, base: float, size: tuple[int, int]
) -> None:
    """An underline, dotted or not; a cell's upper, lower or side line; a tick box left of the text."""
    em, kind, thick = frame.em, rng.random(), rng.choice((1, 1, 2, 3))
    left, right = EDGE + frame.left, size[0] - EDGE
    if kind < 0.25:
        row = base + rng.uniform(0.08, 0.3) * em
        draw.line((left - rng.uniform(0, frame.left), row, left + width * rng.uniform(0.3, 1.1), row), 255, thick)
    elif kind < 0.40:
        row = base + rng.uniform(0.1, 0.3) * em
        for column in range(0, size[0], rng.choice((4, 5, 7))):
            draw.line((column, row, column + 2, row), 255, 1)
    elif kind < 0.60:
        row = rng.choice((EDGE + rng.uniform(0, 0.08) * em, size[1] - EDGE - rng.uniform(0, 0.08) * em))
        draw.line((0, row, size[0], row), 255, thick)
    elif kind < 0.90:
        sides = (EDGE + rng.uniform(0, 0.6) * frame.left, right - rng.uniform(0, 0.6) * frame.right)
        for edge in rng.sample(sides, rng.choice((1, 1, 2))):
            draw.line((edge, 0, edge, size[1]), 255, thick)
    else:
        row, side = base - rng.uniform(0, 0.8) * em, EDGE + frame.left * 0.7
        if side - em * 0.85 < side - 2:
            draw.rectangle((side - em * 0.85, row - em * 0.3, side - 2, row + em * 0.6), outline=255, width=thick)
