"""How a line's letters are drawn: as the font has them, or with what fonts at hand lack.

Office typefaces put the marks of Ế, Ầ, Ổ close above one another, small, or side by side, each in its own way; Times
New Roman, in which nearly every paper is set, is not among the free ones. So marks are taken off the font's own letters
and put together anew. And numbers are written in by hand.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extraction.pages import Pixels, grey
from extraction.training.pens import WAYS, Hand

HATS, TONES = "\u0302\u0306", "\u0300\u0301\u0303\u0309"  # circumflex, breve; grave, acute, tilde, hook
BESIDE = 0.25  # share of lines whose marks stand side by side
STACKED_CAPITALS, STACKED = 0.4, 0.1  # share of lines in capitals, and of others, with such marks
PENNED = 0.2  # share of lines with numbers, in which a pen wrote some
PENNED_WORDS = 0.6  # share of their words with digits


@dataclass(frozen=True)
class Stack:
    """How the marks of a line's letters are drawn, against the font's own: sizes, and where the tone stands."""

    hat: tuple[float, float]  # times as wide and as high
    tone: tuple[float, float]
    gap: float  # times as far from the letter
    aside: float  # of the hat's width, from its middle
    overlap: float  # of the tone's height, into the hat

    @classmethod
    def any(cls, rng: Random) -> "Stack":
        beside = rng.random() < BESIDE
        return cls(
            hat=(rng.uniform(0.6, 1.05), rng.uniform(0.5, 1.0)),
            tone=(rng.uniform(0.55, 1.05), rng.uniform(0.5, 1.0)),
            gap=rng.uniform(0.0, 1.0),
            aside=rng.choice((-0.5, 0.5, 0.5)) * rng.uniform(0.8, 1.2) if beside else rng.uniform(-0.15, 0.3),
            overlap=rng.uniform(0.5, 1.1) if beside else rng.uniform(-0.1, 0.4),
        )


@dataclass(frozen=True)
class Piece:
    """Ink, and where its upper left corner stands from where the letter does on the baseline."""

    ink: Pixels
    x: int
    y: int


@dataclass(frozen=True)
class Lettering:
    """A font at one size, and how it is departed from."""

    font: ImageFont.FreeTypeFont
    stack: Stack | None = None
    hand: Hand | None = None

    @classmethod
    def any(cls, rng: Random, font: ImageFont.FreeTypeFont, em: int, text: str) -> "Lettering":
        stack = Stack.any(rng) if rng.random() < (STACKED_CAPITALS if text.isupper() else STACKED) else None
        numbered = any(sign.isdigit() for sign in text)
        return cls(font, stack, Hand.any(rng, em) if numbered and rng.random() < PENNED else None)

    @property
    def is_plain(self) -> bool:
        return self.stack is None and self.hand is None

    def length(self, text: str) -> float:
        """How far the next letter stands from the first."""
        if self.is_plain:
            return float(self.font.getlength(text))
        blanks = text.count(" ") * float(self.font.getlength(" "))
        return blanks + sum(self.advance(sign, word, at) for word in text.split(" ") for at, sign in enumerate(word))

    def advance(self, sign: str, word: str, at: int) -> float:
        hand = self._hand_of(sign, word)
        return float(self.font.getlength(sign)) if hand is None else hand.written(sign, at).shape[1] + 0.4 * hand.thick

    def rows(self, text: str) -> tuple[float, float]:
        """The upper and the lower edge of its ink, from the baseline."""
        if self.is_plain:
            _, top, _, bottom = self.font.getbbox(text, anchor="ls")
            return top, bottom
        edges = [self._rows_of(sign, word, at) for word in text.split(" ") for at, sign in enumerate(word)]
        return min((top for top, _ in edges), default=0.0), max((bottom for _, bottom in edges), default=0.0)

    def draw(self, picture: Image.Image, x: float, base: float, word: str, space: float = 0.0) -> None:
        """Draw one word, so many pixels further between its letters."""
        pen = ImageDraw.Draw(picture)
        for at, sign in enumerate(word):
            for piece in self._pieces(sign, word, at):
                place = round(x) + piece.x, round(base) + piece.y
                picture.paste(255, place, Image.fromarray(piece.ink))
            if self._hand_of(sign, word) is None:
                pen.text((x, base), self._own(sign), 255, self.font, "ls")
            x += self.advance(sign, word, at) + space

    def _hand_of(self, sign: str, word: str) -> Hand | None:
        """Who wrote this sign; None if it is printed."""
        if self.hand is None or sign not in WAYS:
            return None
        return self.hand if Random(f"{self.hand.seed}/{word}").random() < PENNED_WORDS else None

    def _own(self, sign: str) -> str:
        """What of a printed sign the font itself draws."""
        return sign if self.stack is None else plain_of(sign)

    def _pieces(self, sign: str, word: str, at: int) -> list[Piece]:
        """What is drawn besides the font's own letter."""
        hand = self._hand_of(sign, word)
        if hand is not None:
            ink = hand.written(sign, at)
            lower = round(Random(f"{hand.seed}/{word}/{at}").uniform(-0.06, 0.1) * hand.high)
            return [Piece(ink, 0, lower - ink.shape[0])]
        return [] if self.stack is None else stacked(self.font, sign, self.stack)

    def _rows_of(self, sign: str, word: str, at: int) -> tuple[float, float]:
        pieces = self._pieces(sign, word, at)
        edges = [(float(piece.y), float(piece.y + piece.ink.shape[0])) for piece in pieces]
        if self._hand_of(sign, word) is None:
            _, top, _, bottom = self.font.getbbox(self._own(sign), anchor="ls")
            edges.append((top, bottom))
        return min(top for top, _ in edges), max(bottom for _, bottom in edges)


@lru_cache(1000)
def plain_of(sign: str) -> str:
    """The letter without the marks above it; those below and at its side stay."""
    kept = [each for each in unicodedata.normalize("NFD", sign) if each not in HATS + TONES]
    return unicodedata.normalize("NFC", "".join(kept))


def stacked(font: ImageFont.FreeTypeFont, sign: str, stack: Stack) -> list[Piece]:
    """The marks above a letter, of the font's own shapes; none where it has none."""
    parts = unicodedata.normalize("NFD", sign)
    plain, hat, tone = plain_of(sign), *(next((each for each in parts if each in kind), "") for kind in (HATS, TONES))
    if plain == sign:
        return []
    above = font.getbbox(plain, anchor="ls")[1]
    pieces: list[Piece] = []
    for mark, size in ((hat, stack.hat), (tone, stack.tone)):
        own = _mark(font, plain, mark) if mark else None
        if own is None:
            continue
        ink = _sized(own.ink, size)
        middle = own.x + own.ink.shape[1] / 2
        bottom = above - stack.gap * (above - own.y - own.ink.shape[0])
        if pieces:  # a tone about the hat
            under = pieces[0]
            middle = under.x + (0.5 + stack.aside) * under.ink.shape[1]
            bottom = under.y + stack.overlap * ink.shape[0]
        pieces.append(Piece(ink, round(middle - ink.shape[1] / 2), round(bottom) - ink.shape[0]))
    return pieces


def _mark(font: ImageFont.FreeTypeFont, plain: str, mark: str) -> Piece | None:
    """A mark alone, as the font draws it above this letter; None where it cannot be taken off."""
    marked = unicodedata.normalize("NFC", plain + mark)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(marked, anchor="ls"))
    above = round(font.getbbox(plain, anchor="ls")[1])
    if len(marked) > 1 or right <= left or above <= top:
        return None
    picture = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(picture).text((-left, -top), marked, 255, font, "ls")
    ink = grey(np.asarray(picture))[: above - top]
    rows, columns = np.flatnonzero(ink.max(1)), np.flatnonzero(ink.max(0))
    if not len(rows):
        return None
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Piece(part, left + int(columns[0]), top + int(rows[0]))


def _sized(ink: Pixels, times: tuple[float, float]) -> Pixels:
    size = tuple(max(1, round(length * factor)) for length, factor in zip(ink.shape[::-1], times, strict=True))
    return grey(np.asarray(Image.fromarray(ink).resize((size[0], size[1]), Image.Resampling.BILINEAR)))
