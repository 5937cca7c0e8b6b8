"""A page's lines → text: crops as the engines want them, words with boxes, readings that are no text dropped."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extraction.engines import LineEngine, LineReading, Sign
from extraction.layout.lines import Line
from extraction.layout.page import Layout
from extraction.pages import Pixels, grey, level_below
from extraction.readings import Box, Word
from extraction.syllables import DOT_BELOW, TONE_MARKS, possible

SIDE, ABOVE = 0.45, 0.18  # margin around the ink, in letter heights
LEAST_HEIGHT = 2.2  # letter heights: about 1.1 em, what the reader was trained at
MARKED = 0.02  # share of a word's box that ink of a stamp or signature must cover to count
HOPELESS = 0.5  # mean confidence below which a line is a scribble, a stamp's rim or noise
VOWELS = frozenset("aeiouy")  # decomposed
TONES_ABOVE = TONE_MARKS - {DOT_BELOW}
DOTS_BELOW = 0.35  # of its height, below a word, where dots of a leader are still close to it
DASH = 0.9  # how sure a flat stroke between leaders is a dash
SEEN = 0.6  # how sure of letters under a signature, whose words are marked as such anyway
SAME_STEP = 0.84  # times the distance of a row's marks: read closer together, some were read twice
MOST_DOTS = 6  # in a row; more are a leader, no text
COUNTED = {"*": "*\"'“”‘’=+-~^ ", ".": ".…·, "}  # a mark that comes in rows, and what is read in its place


@dataclass(frozen=True)
class ReadLine:
    """A line's words, and its box in pixels of the page."""

    box: Box
    letter: float
    words: tuple[Word, ...]
    confidence: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def crop_box(line: Line, scale: float) -> Box:
    """Where to cut the line out of the page: its ink and a margin, and never much flatter than a printed line."""
    left, top, right, bottom = line.box
    short = max(0.0, LEAST_HEIGHT * line.letter - (bottom - top)) / 2
    above, side = max(ABOVE * line.letter, short), SIDE * line.letter
    edges = (left - side, top - above, right + side, bottom + above)
    return round(edges[0] * scale), round(edges[1] * scale), round(edges[2] * scale), round(edges[3] * scale)


def line_picture(layout: Layout, box: Box) -> Pixels:
    """The line as the engines get it: what is no text painted over with paper."""
    left, top = max(0, box[0]), max(0, box[1])
    picture = layout.printed.crop(box)
    if picture.size == 0:
        return np.full((8, 8), 255, np.uint8)
    height, width = picture.shape
    scale = layout.scale
    rows, columns = (
        slice(int(top / scale), int((top + height) / scale) + 1),
        slice(int(left / scale), int((left + width) / scale) + 1),
    )
    part = layout.erased[rows, columns]
    if not part.any():
        return picture
    mask = cv2.resize(part, (width, height), interpolation=cv2.INTER_NEAREST)
    paper = level_below(picture, grey(cv2.bitwise_not(mask)), 0.8)
    return grey(np.maximum(picture, np.minimum(mask, 255 if paper is None else paper)))


def read_line(layout: Layout, line: Line, engine: LineEngine) -> ReadLine | None:
    """The line's words; None if there is nothing a person would call text."""
    box = crop_box(line, layout.scale)
    if line.dash:
        return _dash(line, layout)
    reading = engine.read(line_picture(layout, box))
    if any(line.beyond) and (further := _read_beyond(layout, line, reading, engine)):
        line, reading = further
        box = crop_box(line, layout.scale)
    reading = _counted(reading, line, box, layout)
    letters = sum(sign.text.isalnum() for sign in reading.signs)
    if reading.confidence < HOPELESS or (letters == 0 and not _is_mark(reading, line)):
        return None
    left, top, right, bottom = (max(0, round(edge * layout.scale)) for edge in line.box)
    words = words_of(reading, max(0, box[0]), top, bottom, layout.printed.width)
    if not words:
        return None
    words = tuple(_flagged(_within(word, left, right), layout) for word in words)
    return ReadLine((left, top, right, bottom), line.letter * layout.scale, words, reading.confidence)


def _read_beyond(
    layout: Layout, line: Line, reading: LineReading, engine: LineEngine
) -> tuple[Line, LineReading] | None:
    """The longer line and its reading, if what a signature runs through is letters that make a broken word whole."""
    left, top, right, bottom = line.box
    for wide in ((left - line.beyond[0], top, right, bottom), (left, top, right + line.beyond[1], bottom)):
        if wide == line.box:
            continue
        longer = replace(line, box=wide)
        further = engine.read(line_picture(layout, crop_box(longer, layout.scale)))
        if _completes(reading, further, before=wide[0] < left):
            return longer, further
    return None


def _completes(reading: LineReading, further: LineReading, *, before: bool) -> bool:
    """Whether `further` adds surely seen letters to the first word, or the last one, and leaves the others alone.

    What was seen of the broken word may change by a sign: a letter next to the pen's ink is half hidden, too. Whole
    words may stand beyond it.
    """
    old, new = reading.text.split(" "), further.text.split(" ")
    (broken, *rest), words = (old, new) if before else (old[::-1], new[::-1])
    more = len(words) - len(old)
    if more < 0 or not broken or rest != words[more + 1 :]:
        return False
    word, added = words[more], words[:more]
    count = len(word) - len(broken)
    kept = word[count:] if before else word[: len(broken)]
    like = sum(one != other for one, other in zip(kept, broken, strict=False)) <= 1
    if count < 0 or (count == 0 and not added) or not like or not all(map(_is_spelt, (word, *added))):
        return False
    signs = count + sum(len(each) + 1 for each in added)
    seen = further.signs[:signs] if before else further.signs[-signs:]
    return min(sign.confidence for sign in seen) >= SEEN


def _is_spelt(word: str) -> bool:
    letters = "".join(filter(str.isalpha, word))
    return possible(letters) and (letters.islower() or letters.isupper() or letters.istitle())


def _dash(line: Line, layout: Layout) -> ReadLine:
    left, top, right, bottom = (max(0, round(edge * layout.scale)) for edge in line.box)
    box = min(left, layout.printed.width - 1), top, min(right, layout.printed.width), min(bottom, layout.printed.height)
    return ReadLine(box, line.letter * layout.scale, (Word(text="-", box=box, confidence=DASH),), DASH)


def _counted(reading: LineReading, line: Line, crop: Box, layout: Layout) -> LineReading:
    """The reading with as many dots or stars as stand in the row of like marks where it read some of them.

    A row of many dots is a leader that was not known as one.
    """
    left, top, right, bottom = line.box
    signs = list(reading.signs)
    for row in layout.repeated:
        middle = (row.box[1] + row.box[3]) / 2
        if row.box[0] < left - 1 or row.box[2] > right + 1 or not top <= middle <= bottom:
            continue
        start, end = (edge * layout.scale - max(0, crop[0]) for edge in (row.box[0], row.box[2]))
        step = (end - start) / row.count
        inside = [sign for sign in signs if start - 0.5 * step < (sign.left + sign.right) / 2 < end + 0.5 * step]
        while inside and " " in (inside[0].text, inside[-1].text):
            inside = inside[1:] if inside[0].text == " " else inside[:-1]
        for sign, alike in COUNTED.items():
            if any(each.text == sign for each in inside) and all(each.text in alike for each in inside):
                sure = max(each.confidence for each in inside if each.text == sign)
                first = signs.index(inside[0])
                comma = first > 0 and signs[first - 1].text == ","
                if sign == "." and row.count in (len(inside), len(inside) + comma):
                    break  # as many marks: which of them is a comma, is read
                if _is_part(row.count, step, _alike_around(signs, first, len(inside), sign)):
                    break
                count = 0 if sign == "." and row.count > MOST_DOTS else row.count
                marks = [Sign(sign, start + at * step, start + (at + 1) * step, sure) for at in range(count)]
                signs[first : first + len(inside)] = marks
                break
    return LineReading(tuple(signs))


def _alike_around(signs: Sequence[Sign], first: int, count: int, sign: str) -> Sequence[Sign]:
    """Those signs and the like ones right before and behind them."""
    last = first + count
    while first and signs[first - 1].text == sign:
        first -= 1
    while last < len(signs) and signs[last].text == sign:
        last += 1
    return signs[first:last]


def _is_part(count: int, step: float, read: Sequence[Sign]) -> bool:
    """Whether a row of so many marks is only a part of those read: more were read, no closer together.

    Marks that touch, or were worn, are not of the row.
    """
    middles = [(sign.left + sign.right) / 2 for sign in read]
    return len(read) > count and float(np.median(np.diff(middles))) >= SAME_STEP * step


def _within(word: Word, left: int, right: int) -> Word:
    """The word no wider than its line's ink: signs are placed to a quarter of an em only."""
    start, end = max(word.box[0], left), min(word.box[2], right)
    return word.model_copy(update={"box": (start, word.box[1], end, word.box[3])}) if start < end else word


def _flagged(word: Word, layout: Layout) -> Word:
    """The word, saying so if it lies under a stamp or signature, whose touch of its edge does no harm, or over dots."""
    left, top, right, bottom = (int(edge / layout.scale) for edge in word.box)
    part = layout.marks[top : bottom + 1, left : right + 1]
    covered = part.size > 0 and cv2.countNonZero(part) > MARKED * part.size
    dotted = any(
        left <= x < right and (top + bottom) / 2 <= y <= bottom + DOTS_BELOW * (bottom - top)
        for x, y in layout.like_tones
    )
    dotted = dotted and _has_no_clear_tone(word.text)
    return word.model_copy(update={"under_stamp": covered, "dotted": dotted}) if covered or dotted else word


def _has_no_clear_tone(text: str) -> bool:
    """Whether a dot below would be, or is, the word's only tone: only one mark of a tone stands on a syllable."""
    signs = unicodedata.normalize("NFD", text.lower())
    return bool(VOWELS & set(signs)) and not TONES_ABOVE & set(signs) and not any(map(str.isdigit, signs))


def _is_mark(reading: LineReading, line: Line) -> bool:
    """Whether signs without a letter or digit are worth keeping: a dash in a table cell, a lone plus; not dirt."""
    return reading.confidence >= 0.8 and line.box[2] - line.box[0] >= 0.4 * line.letter


def words_of(reading: LineReading, left: int, top: int, bottom: int, width: int) -> tuple[Word, ...]:
    """The signs between blanks, each word as sure as its least sure sign."""
    groups: list[list[Sign]] = [[]]
    for sign in reading.signs:
        if sign.text == " ":
            groups.append([])
        else:
            groups[-1].append(sign)
    return tuple(
        Word(
            text=unicodedata.normalize("NFC", "".join(sign.text for sign in group)),
            box=(
                min(width - 1, max(0, left + round(group[0].left))),
                max(0, top),
                min(width, left + max(round(group[-1].right), round(group[0].left) + 1)),
                bottom,
            ),
            confidence=round(min(sign.confidence for sign in group), 4),
        )
        for group in groups
        if group
    )
