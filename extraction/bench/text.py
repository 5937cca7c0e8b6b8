"""Characters: how many of a page's printed signs were read wrong, whatever the order, and in reading order. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from extraction.readings import Box, PageReading, Word
from infra.samples import PageTruth
from infra.samples.truth import WordTruth

SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": ""})
TOUCH = 0.3  # share of a word's area (the printed or the read one) that must lie under the other

LOW = 0.75  # of a line's height, from its top


@dataclass(frozen=True)
class Piece:
    """Printed words and the words read over them: one each, more where the reader saw words joined or broken."""

    printed: tuple[WordTruth, ...]
    read: tuple[Word, ...]

    @property
    def expected(self) -> str:
        return plain(_text_of([(word.box, word.text) for word in self.printed]))

    @property
    def found(self) -> str:
        return plain(_text_of([(word.box, word.text) for word in self.read]))

    @property
    def wrong(self) -> int:
        """Edits from what is printed to what was read."""
        return int(Levenshtein.distance(self.expected, self.found))


def _text_of(words: Sequence[tuple[Box, str]]) -> str:
    """A few neighbouring words as text, line by line: a word whose middle lies low on a line is on the next one."""
    lines: list[list[tuple[Box, str]]] = []
    for box, text in sorted(words, key=lambda word: word[0][1]):
        firsts = [line[0][0] for line in lines]
        middle = (box[1] + box[3]) / 2
        at = next((i for i, (_, top, _, bottom) in enumerate(firsts) if middle <= top + LOW * (bottom - top)), None)
        if at is None:
            lines.append([(box, text)])
        else:
            lines[at].append((box, text))
    return " ".join(text for line in lines for _, text in sorted(line))


def plain(text: str) -> str:
    """Text as it is compared: NFC, one kind of quotes and dashes, single blanks, no leaders."""
    words = unicodedata.normalize("NFC", text).translate(SAME).split()
    return " ".join(word for word in words if word.strip("._") or len(word) < 3)


def ordered_wrong(truth: PageTruth, read: PageReading) -> int:
    """Edits between the page's text in reading order and the text read."""
    return int(Levenshtein.distance(plain(truth.text), plain(read.text)))


def pieces_of(truth: PageTruth, read: PageReading) -> tuple[list[Piece], list[Word]]:
    """Every printed word in one piece with the words read over it, and the words read where nothing is printed."""
    touching = _touching([word.box for word in read.words], [word.box for word in truth.words])
    owner = list(range(len(truth.words)))

    def root(word: int) -> int:
        while owner[word] != word:
            word = owner[word]
        return word

    invented: list[Word] = []
    placed: list[tuple[int, Word]] = []
    for word, row in zip(read.words, touching, strict=True):
        under = [int(i) for i in np.flatnonzero(row)]
        if not under:
            invented.append(word)
            continue
        for other in under[1:]:
            owner[root(other)] = root(under[0])
        placed.append((under[0], word))
    printed: dict[int, list[WordTruth]] = {}
    over: dict[int, list[Word]] = {}
    for i, word_truth in enumerate(truth.words):
        printed.setdefault(root(i), []).append(word_truth)
    for i, word in placed:
        over.setdefault(root(i), []).append(word)
    return [Piece(tuple(words), tuple(over.get(key, ()))) for key, words in printed.items()], invented


def _touching(read: Sequence[Box], printed: Sequence[Box]) -> npt.NDArray[np.bool_]:
    """(read, printed): whether the two words are the same ink."""
    one, other = (np.asarray(boxes, np.int64).reshape(-1, 4) for boxes in (read, printed))
    wide = np.minimum(one[:, None, 2], other[None, :, 2]) - np.maximum(one[:, None, 0], other[None, :, 0])
    high = np.minimum(one[:, None, 3], other[None, :, 3]) - np.maximum(one[:, None, 1], other[None, :, 1])
    both = np.clip(wide, 0, None) * np.clip(high, 0, None)
    least = TOUCH * np.minimum(_areas(one)[:, None], _areas(other)[None, :])
    return np.asarray(both > least, np.bool_)


def _areas(boxes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.maximum(1, (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))


def overlap(one: Box, other: Box) -> int:
    """Pixels that both boxes cover."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, wide) * max(0, high)


def area(box: Box) -> int:
    return max(1, (box[2] - box[0]) * (box[3] - box[1]))


def iou(one: Box, other: Box) -> float:
    """Intersection over union, 0..1."""
    both = overlap(one, other)
    return both / max(1, area(one) + area(other) - both)
