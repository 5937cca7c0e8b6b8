"""Words → printed lines, in the order the page is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.folding import fold
from extraction.readings import Box, PageReading, Word

NEW_COLUMN = 3.0  # a gap of so many letter heights starts another block


@dataclass(frozen=True)
class Line:
    """Words that stand beside each other."""

    page: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def box(self) -> Box:
        return around(word.box for word in self.words)

    @property
    def height(self) -> int:
        return max(1, self.box[3] - self.box[1])

    def part(self, start: int, end: int) -> "Line":
        return Line(self.page, self.words[start:end])


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all; (0, 0, 0, 0) for none."""
    found = list(boxes)
    if not found:
        return (0, 0, 0, 0)
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def confidence_of(words: Sequence[Word]) -> float:
    """Of a value made of these words: its weakest word."""
    return min((word.confidence for word in words), default=0.0)


def lines_of(page: PageReading) -> list[Line]:
    """The page's lines. A word starts a new one when it stands lower, further left, or far to the right."""
    lines: list[Line] = []
    current: list[Word] = []
    for word in page.words:
        if current and not _follows(current[-1], word):
            lines.append(Line(page.number, tuple(current)))
            current = []
        current.append(word)
    if current:
        lines.append(Line(page.number, tuple(current)))
    return lines


def _follows(before: Word, word: Word) -> bool:
    _, top, right, bottom = before.box
    height = max(1, min(bottom - top, word.box[3] - word.box[1]))
    middle = (word.box[1] + word.box[3]) / 2
    same_row = top - 0.2 * height <= middle <= bottom + 0.2 * height
    gap = word.box[0] - right
    return same_row and -0.8 * height <= gap <= NEW_COLUMN * max(bottom - top, 1)
