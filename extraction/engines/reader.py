"""Our own line reader: a small convolutional network with a CTC output, int8, one thread.

The weights were trained on rendered Vietnamese office text only. Input: ink levels 40 rows high; output: for every
fourth column the probability of each sign of `weights/alphabet.txt`, class 0 being "no new sign".
"""

import json
import unicodedata
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime

from extraction.engines import LineReading, Sign, is_empty
from extraction.engines.cases import is_doubted, told_by_height
from extraction.engines.numerals import NUMBER, counted
from extraction.engines.pairs import paired
from extraction.engines.spelling import respelt
from extraction.engines.views import is_doubtful, likeliest, other_views
from extraction.pages import Pixels

WEIGHTS = Path(__file__).parent / "weights"
HEIGHT = 40  # rows the network was trained at
STRIDE = 4  # columns per output frame
PAPER, INK = 20, 220
OTHERS = 6  # signs besides the chosen one that are weighed where a word is impossible
LONGEST = 4096  # columns; three times the longest line of a landscape sheet in small print
Floats = npt.NDArray[np.float32]


def ink_levels(line: Pixels) -> Pixels:
    """A grey line picture of any height as the network wants it: 40 rows, paper 20, full ink 220.

    The paper is taken at the 80 % quantile and the ink at 1 %, so exposure and paper colour do not matter.
    """
    width, rows = columns_of(line), line.shape[0]
    how = cv2.INTER_AREA if rows > HEIGHT else cv2.INTER_LINEAR
    sized = cv2.resize(line, (width, HEIGHT), interpolation=how)
    counts = np.bincount(sized.ravel(), minlength=256).cumsum()
    ink, paper = (int(np.searchsorted(counts, share * counts[-1])) for share in (0.01, 0.80))
    paper = max(paper, ink + 40)
    levels = (paper - np.arange(256, dtype=np.float32)) / (paper - ink) * (INK - PAPER) + PAPER
    return np.asarray(cv2.LUT(sized, np.clip(levels, 0, 240).astype(np.uint8)), dtype=np.uint8)


def columns_of(line: Pixels) -> int:
    """How wide a line picture is when it is HEIGHT rows high."""
    rows, columns = line.shape
    return int(min(LONGEST, max(8, round(columns * HEIGHT / rows))))


def decode(frames: Floats, alphabet: str, pairs: frozenset[str] = frozenset()) -> LineReading:
    """The best path through (frames, classes) probabilities; sign positions in frames. `pairs`: known neighbours.

    A sign is as sure as the least sure frame nearer to it than to its neighbours: a frame that hesitates between
    "nothing" and a letter casts doubt on the signs beside it.
    """
    best, sure = frames.argmax(1), frames.max(1)
    starts = np.flatnonzero((best != 0) & (best != np.concatenate(([-1], best[:-1]))))
    if not len(starts):
        return LineReading()
    changes = np.append(np.flatnonzero(np.diff(best)) + 1, len(best))
    ends = changes[np.searchsorted(changes, starts, side="right")]
    middles = (starts + ends) / 2
    borders = np.concatenate(([0.0], (middles[1:] + middles[:-1]) / 2, [float(len(best))]))
    doubted = np.minimum.reduceat(sure, borders[:-1].astype(np.int64))
    lefts, rights = np.maximum(borders[:-1], middles - 4), np.minimum(borders[1:], middles + 4)
    signs = [
        Sign(alphabet[sign - 1], left, right, confidence)
        for sign, left, right, confidence in zip(
            best[starts].tolist(), lefts.tolist(), rights.tolist(), doubted.tolist(), strict=True
        )
    ]

    def others(place: int) -> list[tuple[str, float]]:
        return _others(frames[starts[place] : ends[place]], int(best[starts[place]]), alphabet)

    signs = respelt(paired(signs, others, pairs), others)
    return LineReading(tuple(_without_loose_blanks(signs)))


def _others(frames: Floats, chosen: int, alphabet: str) -> list[tuple[str, float]]:
    """What else the (frames, classes) of one sign may show, "" for nothing, each with its highest probability."""
    highest = frames.max(0)
    likeliest = [int(each) for each in np.argsort(highest)[: -OTHERS - 2 : -1] if each != chosen]
    return [("" if each == 0 else alphabet[each - 1], float(highest[each])) for each in likeliest]


def _without_loose_blanks(signs: list[Sign]) -> list[Sign]:
    kept: list[Sign] = []
    for sign in signs:
        if sign.text == " " and (not kept or kept[-1].text == " "):
            continue
        kept.append(sign)
    return kept[:-1] if kept and kept[-1].text == " " else kept


class Reader:
    """The default engine. Confidences are measured: of words at 0.9, nine in ten are right (`reliability.json`)."""

    name = "reader-10 (int8)"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """`weights`: a folder of `reader.onnx` and the files about it, as training writes them."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # one worker process a core instead
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # patterns are kept by width, and every line has its own
        options.enable_cpu_mem_arena = False  # it would keep for good what the longest line needed
        model = str(weights / "reader.onnx")
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.alphabet = unicodedata.normalize("NFC", (weights / "alphabet.txt").read_text(encoding="utf-8"))
        self.pairs = frozenset((weights / "pairs.txt").read_text(encoding="utf-8").splitlines())
        measured = json.loads((weights / "reliability.json").read_text(encoding="utf-8"))
        self.raw, self.right = np.array(measured["raw"]), np.array(measured["right"])

    def read(self, line: Pixels) -> LineReading:
        if is_empty(line):
            return LineReading()
        picture, frames = line, self._frames(line)
        reading = decode(frames, self.alphabet, self.pairs)
        if reading.signs and is_doubtful(reading):
            pictures = line, *other_views(line)
            views = [frames, *map(self._frames, pictures[1:])]
            readings = [reading, *(decode(view, self.alphabet, self.pairs) for view in views[1:])]
            chosen = likeliest([each.text for each in readings], views, self.alphabet)
            picture, reading = pictures[chosen], readings[chosen]
        if any(map(is_doubted, reading.signs)):
            reading = LineReading(tuple(told_by_height(reading.signs, ink_levels(picture), STRIDE)))
        if NUMBER.search(reading.text):
            reading = LineReading(tuple(counted(reading.signs, ink_levels(picture), STRIDE)))
        scale = STRIDE * line.shape[1] / columns_of(picture)  # frames → columns of the given picture
        sure = np.interp([sign.confidence for sign in reading.signs], self.raw, self.right)
        return LineReading(
            tuple(
                Sign(sign.text, sign.left * scale, min(sign.right * scale, line.shape[1]), float(right))
                for sign, right in zip(reading.signs, sure, strict=True)
            )
        )

    def _frames(self, line: Pixels) -> Floats:
        """(frames, classes) probabilities."""
        levels = ink_levels(line)
        width = -(-levels.shape[1] // 16) * 16
        batch = np.full((1, 1, HEIGHT, width), PAPER, np.float32)
        batch[0, 0, :, : levels.shape[1]] = levels
        frames = self.session.run(None, {"x": batch})[0][0][: -(-levels.shape[1] // STRIDE)]
        return np.asarray(frames, np.float32)
