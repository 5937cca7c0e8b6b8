"""The signs of a born-digital page → words and lines, by PDFium, all signs at a time in numpy.

PDFium's own blanks are guesses: it puts one between any two letters set apart. So words are parted by real blanks and
by the white between signs, measured against what is usual in their line.
"""

import unicodedata
from ctypes import PYFUNCTYPE, c_int, c_void_p, cast
from dataclasses import dataclass, replace
from itertools import repeat
from math import pi
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdf

from extraction.drawn import Shown

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

LEADERS = frozenset(map(ord, ".…_·"))
LEADER_RUN = 4  # so many of them are a dotted line to write on, not an ellipsis
LINE_END_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line
BLANKS = np.array([0, *(code for code in range(0x3001) if chr(code).isspace()), 0xA0, 0x200B, 0xFEFF])
LEAST_GAP = 0.12  # em between two words: justified text may be set so tight
LETTERSPACED = 1.7  # times the usual gap of a line whose letters are set apart
RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(frozen=True, eq=False)
class Signs:
    """All signs of a page but blanks, in the order of the file; boxes in points as shown, origin top left.

    `box`: (signs, 4) left, top, right, bottom, as high as the font and as wide as the sign's advance. `blank`: whether
    a real blank stands before the sign. `em`: font size in points.
    """

    code: Ints
    box: Floats
    em: Floats
    blank: Flags
    upright: Flags

    def __len__(self) -> int:
        return len(self.code)

    def parted(self, place: Ints) -> "Signs":
        """With a blank wherever two signs stand in different places."""
        return replace(self, blank=self.blank | (np.diff(place, prepend=place[:1]) != 0))

    def only(self, chosen: Flags) -> "Signs":
        """The chosen signs; where one is left out, a blank stands."""
        blank = self.blank.copy()
        blank[1:] |= ~chosen[:-1]
        return Signs(self.code[chosen], self.box[chosen], self.em[chosen], blank[chosen], self.upright[chosen])


@dataclass(frozen=True, eq=False)
class Words:
    """Words in no order: texts in NFC, boxes (words, 4) and font sizes in points as shown."""

    text: list[str]
    box: Floats
    em: Floats


def _called(function: Any, *further: Any) -> Any:
    """A function of PDFium's of a text page and a sign, called with the page's address: it takes half the time."""
    address = cast(function, c_void_p).value or 0
    return PYFUNCTYPE(function.restype, c_void_p, c_int, *further)(address)


CODE, SIZE, ANGLE, IS_MADE_UP = map(
    _called,
    (pdf.FPDFText_GetUnicode, pdf.FPDFText_GetFontSize, pdf.FPDFText_GetCharAngle, pdf.FPDFText_IsGenerated),
)
BOX = _called(pdf.FPDFText_GetLooseCharBox, c_void_p)


def signs_on(text_page: Any, frame: Shown) -> Signs:
    """Every sign of an open pypdfium2 text page."""
    raw = cast(text_page.raw, c_void_p).value
    count = pdf.FPDFText_CountChars(text_page.raw)
    code = np.fromiter(map(CODE, repeat(raw), range(count)), np.int64, count)
    code[np.isin(code, LINE_END_HYPHENS)] = ord("-")
    code[(code > 0x10FFFF) | ((code >= 0xD800) & (code < 0xE000))] = 0xFFFD  # half a sign
    blank = np.isin(code, BLANKS)
    places = np.flatnonzero(~blank).tolist()
    edges = np.zeros((len(places), 4), np.float32)
    first = edges.ctypes.data
    list(map(BOX, repeat(raw), places, range(first, first + edges.nbytes, 4 * edges.itemsize)))
    left, top, right, bottom = edges.astype(np.float64).T
    x0, y0 = frame.place(left, bottom)
    x1, y1 = frame.place(right, top)
    box = np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)
    size = np.fromiter(map(SIZE, repeat(raw), places), np.float64, len(places))
    turn = np.fromiter(map(ANGLE, repeat(raw), places), np.float64, len(places))
    lean = (turn + frame.turns * pi / 2 + pi / 4) % (2 * pi)
    return Signs(code[~blank], box, _em(size, box), _real_blank_before(raw, blank), np.asarray(lean < pi / 2))


def _em(size: Floats, box: Floats) -> Floats:
    """Font sizes as printed: the file's word counts only where the sign is about as high as it says."""
    high = box[:, 3] - box[:, 1]
    return np.where((size > 0.7 * high) & (size < 2 * high), size, np.maximum(high / 1.1, 1.0))


def _real_blank_before(raw: Any, blank: Flags) -> Flags:
    """For each sign that is no blank: whether one that PDFium did not make up stands before it."""
    real = blank.copy()
    places = np.flatnonzero(blank)
    made_up = np.fromiter(map(IS_MADE_UP, repeat(raw), places.tolist()), np.int64, len(places)) == 1
    real[places[made_up]] = False
    before = np.concatenate(([0], np.cumsum(real)))[:-1][~blank]
    return np.diff(before, prepend=0) > 0


def leaders(signs: Signs) -> Flags:
    """Which signs belong to a dotted line."""
    dots = np.isin(signs.code, list(LEADERS))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], dots, [False])).astype(np.int8)))
    chosen = np.zeros(len(signs), np.bool_)
    for start, end in edges.reshape(-1, 2).tolist():
        longer = int((signs.code[start:end] == ord("…")).sum())
        chosen[start:end] = end - start + longer >= LEADER_RUN
    return chosen


def words_of(signs: Signs) -> Words:
    """The signs between blanks and wide gaps."""
    if not len(signs):
        return Words([], np.zeros((0, 4)), np.zeros(0))
    starts = np.flatnonzero(_begins(signs))
    ends = np.append(starts[1:], len(signs))
    low, high = np.minimum.reduceat(signs.box, starts), np.maximum.reduceat(signs.box, starts)
    box = np.concatenate([low[:, :2], high[:, 2:]], axis=1)
    whole = "".join(map(chr, signs.code.tolist()))
    text = [_text(whole[start:end], signs, start) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    return Words(text, box, signs.em[starts])


def _begins(signs: Signs) -> Flags:
    """Whether each sign begins a word."""
    left, top, right, bottom = signs.box.T
    smaller = np.minimum((bottom - top)[1:], (bottom - top)[:-1])
    over = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    em = np.maximum(signs.em[1:], signs.em[:-1])
    gap = (left[1:] - right[:-1]) / em
    elsewhere = (over < 0.4 * smaller) | (left[1:] < left[:-1] - 0.5 * em) | (signs.upright[1:] != signs.upright[:-1])
    lines = np.concatenate(([0], np.cumsum(elsewhere | (gap > 3))))
    wide = _word_gaps(gap, elsewhere, lines)
    turned = ~signs.upright[1:] & ~signs.blank[1:]  # their gaps lie the other way
    return np.concatenate(([True], (elsewhere | wide | signs.blank[1:]) & ~turned))


def _word_gaps(gap: Floats, elsewhere: Flags, lines: Ints) -> Flags:
    """Which gaps part words: more than a sliver, and much more than is usual between the letters of that line."""
    wide = gap > LEAST_GAP
    for line in np.unique(lines[1:][wide & ~elsewhere]).tolist():
        start, end = np.searchsorted(lines, (line, line + 1))
        inside = gap[start : end - 1]
        usual = float(np.sort(inside)[int(0.4 * len(inside))]) if len(inside) >= 4 else 0.0
        if usual > 0.05:
            wide[start : end - 1] = inside > max(LEAST_GAP, LETTERSPACED * usual + 0.03)
    return np.asarray(wide)


def _text(text: str, signs: Signs, start: int) -> str:
    """The text of a word that begins with sign `start`; small digits set high are powers."""
    end = start + len(text)
    if len(text) > 1 and any(map(str.isdigit, text)):
        text = _with_powers(text, signs.em[start:end], signs.box[start:end, 3])
    return unicodedata.normalize("NFC", text) if not text.isascii() else text


def _with_powers(text: str, em: Floats, foot: Floats) -> str:
    large = float(em.max())
    line = float(foot[em > 0.9 * large].max())
    high = (em < 0.8 * large) & (line - foot > 0.12 * large)
    if not high.any() or high[0] or not all(sign in "0123456789+-−" for sign, up in zip(text, high, strict=True) if up):
        return text
    return "".join(sign.translate(RAISED) if up else sign for sign, up in zip(text, high, strict=True))


def are_broken(signs: Signs, words: Words) -> bool:
    """Whether PDFium's places or blanks cannot be right: signs without size, words run together or torn apart."""
    wide, high = signs.box[:, 2] - signs.box[:, 0], signs.box[:, 3] - signs.box[:, 1]
    shapeless = ~np.isfinite(signs.box).all(1) | ((wide <= 0.01) & (signs.code < 0x300)) | (high <= 0.01)
    lengths = [len(word) for word in words.text if word.isalpha()]
    usual = sum(lengths) / len(lengths) if lengths else 4.0
    return bool(shapeless.mean() > 0.05 or not 1.5 <= usual <= 12)
