"""Masks with 64 pixels a word, on which morphology by rectangles costs next to nothing.

"Is there ink within n pixels?" takes a shift of whole rows for each doubling of n. Beyond the page's edge is no ink.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from extraction.pages import Mask

WORD = 64
FEW = 0.6  # share of the rows below which it pays to look at those with pixels only
Words = npt.NDArray[np.uint64]
Moved = Callable[[Words, int, Words], None]  # from, by how much, to


@dataclass(frozen=True, eq=False)
class Bits:
    """A mask: pixel (y, x) is bit x % 64 of words[x // 64, y]; bits beyond `width` are 0."""

    words: Words  # (words a row, height): neighbours in a column lie side by side
    width: int

    @classmethod
    def of(cls, mask: Mask) -> Self:
        """The pixels that are not 0."""
        height, width = mask.shape
        rows = np.zeros((height, -(-width // WORD) * WORD // 8), np.uint8)
        rows[:, : -(-width // 8)] = np.packbits(mask, axis=1, bitorder="little")
        return cls(np.ascontiguousarray(rows.view("<u8").T), width)

    @property
    def mask(self) -> Mask:
        """255 where there is a pixel."""
        rows = self.inked_rows
        if len(rows) > FEW * self.shape[0]:
            return _unpacked(self.words, self.width)
        mask = np.zeros(self.shape, np.uint8)
        if len(rows):
            mask[rows] = self.in_rows(rows)
        return mask

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width, as of the mask."""
        return self.words.shape[1], self.width

    @property
    def inked_rows(self) -> npt.NDArray[np.intp]:
        """The rows that hold a pixel."""
        return np.flatnonzero(np.bitwise_or.reduce(self.words, axis=0))

    def in_rows(self, rows: npt.NDArray[np.intp]) -> Mask:
        """(rows, width) 255 where there is a pixel in these rows."""
        return _unpacked(self.words[:, rows], self.width)

    def __and__(self, other: Self) -> Self:
        return type(self)(self.words & other.words, self.width)

    def __or__(self, other: Self) -> Self:
        return type(self)(self.words | other.words, self.width)

    def without(self, other: Self) -> Self:
        return type(self)(self.words & ~other.words, self.width)

    def any(self) -> bool:
        return bool(self.words.any())

    def count(self) -> int:
        """How many pixels."""
        return int(np.bitwise_count(self.words).sum())

    def moved(self, right: int, down: int) -> Self:
        """All pixels so far to the right and down (or to the left and up); those that leave the page are gone."""
        aside, moved = np.empty_like(self.words), np.empty_like(self.words)
        (_right if right > 0 else _left)(self.words, abs(right), aside)
        (_down if down > 0 else _up)(aside, abs(down), moved)
        return self._within(moved)

    def dilated(self, width: int, height: int) -> Self:
        """Everything thicker by half the rectangle; by the larger half to the right and down."""
        return self._joined(np.bitwise_or, width, height)

    def eroded(self, width: int, height: int) -> Self:
        """Everything thinner by half the rectangle; by the larger half to the left and up."""
        return self._joined(np.bitwise_and, width, height)

    def drawn_out(self, down: int) -> Self:
        """Everything so far longer downwards, or upwards where it is negative."""
        return type(self)(_over(np.bitwise_or, self.words, abs(down), _down if down > 0 else _up), self.width)

    def opened(self, width: int, height: int) -> Self:
        """Only what a solid rectangle of this size fits into."""
        place = self._inked()
        corners = _over(np.bitwise_and, _over(np.bitwise_and, self.words[place], width - 1, _left), height - 1, _up)
        words = np.zeros_like(self.words)
        words[place] = _over(np.bitwise_or, _over(np.bitwise_or, corners, width - 1, _right), height - 1, _down)
        return self._within(words)

    def closed(self, width: int, height: int) -> Self:
        """Gaps smaller than the rectangle filled."""
        place = self._inked()  # nothing is filled beyond it
        inner = self.words[place]
        words = np.pad(inner, ((0, -(-(width - 1) // WORD)), (0, height - 1)))
        words = _over(np.bitwise_or, _over(np.bitwise_or, words, width - 1, _right), height - 1, _down)
        words = _over(np.bitwise_and, _over(np.bitwise_and, words, width - 1, _left), height - 1, _up)
        closed = np.zeros_like(self.words)
        closed[place] = words[: inner.shape[0], : inner.shape[1]]
        return self._within(closed)

    def _joined(self, joined: np.ufunc, width: int, height: int) -> Self:
        """Each pixel joined with all those that a rectangle with its middle there covers."""
        before, above = width // 2, height // 2
        words = _over(joined, _over(joined, self.words, before, _right), width - 1 - before, _left)
        return self._within(_over(joined, _over(joined, words, above, _down), height - 1 - above, _up))

    def _inked(self) -> tuple[slice, slice]:
        """The part of the words outside of which there is no pixel."""
        rows, columns = self.inked_rows, np.flatnonzero(np.bitwise_or.reduce(self.words, axis=1))
        if not len(rows):
            return np.s_[:0, :0]
        return np.s_[int(columns[0]) : int(columns[-1]) + 1, int(rows[0]) : int(rows[-1]) + 1]

    def _within(self, words: Words) -> Self:
        """The words without what was drawn out beyond the page's right side."""
        words, beyond = np.ascontiguousarray(words), -self.width % WORD
        if beyond:
            words[-1] &= ~np.uint64(0) >> np.uint64(beyond)
        return type(self)(words, self.width)


def _unpacked(words: Words, width: int) -> Mask:
    """(height, width) 255 where there is a pixel in (words, height)."""
    rows = np.ascontiguousarray(words.T).view(np.uint8)
    pixels = np.unpackbits(rows, axis=1, count=width, bitorder="little")
    return np.negative(pixels, out=pixels)


def _over(joined: np.ufunc, words: Words, reach: int, moved: Moved) -> Words:
    """Each pixel joined with the `reach` pixels on one side of it; a new array."""
    words, others, covered = words.copy(), np.empty_like(words), 0
    while covered < reach:
        step = min(covered + 1, reach - covered)
        moved(words, step, others)
        joined(words, others, out=words)
        covered += step
    return words


def _right(words: Words, by: int, moved: Words) -> None:
    whole, rest = divmod(by, WORD)
    kept = max(0, len(words) - whole)
    moved[: len(words) - kept] = 0
    np.left_shift(words[:kept], rest, out=moved[len(words) - kept :])
    if rest:
        moved[whole + 1 :] |= words[: max(0, kept - 1)] >> (WORD - rest)


def _left(words: Words, by: int, moved: Words) -> None:
    whole, rest = divmod(by, WORD)
    kept = max(0, len(words) - whole)
    moved[kept:] = 0
    np.right_shift(words[len(words) - kept :], rest, out=moved[:kept])
    if rest:
        moved[: max(0, kept - 1)] |= words[whole + 1 :] << (WORD - rest)


def _down(words: Words, by: int, moved: Words) -> None:
    moved[:, :by] = 0
    moved[:, by:] = words[:, : max(0, words.shape[1] - by)]


def _up(words: Words, by: int, moved: Words) -> None:
    kept = max(0, words.shape[1] - by)
    moved[:, kept:] = 0
    moved[:, :kept] = words[:, by:]
