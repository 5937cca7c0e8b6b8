"""Second views of a line that was read with doubt: what a person does who is not sure holds the sheet elsewhere.

Whoever reads the same line a little smaller and a little wider errs in other places. Each view's reading is weighed in
all views: how likely is it that a text gives these frames, by whatever path (CTC's forward recursion: A. Graves et
al., Connectionist Temporal Classification, ICML 2006, section 4.1)?
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extraction.engines import LineReading
from extraction.pages import Pixels, grey

UNSURE = 0.52  # probability of the least sure sign below which a second one is hardly less likely
SCRIBBLED = 0.48  # mean over the signs below which the line is no text, however it is looked at
PADDED, WIDENED = 0.1, 1.12
FLOOR = -60.0  # logarithm: what one view thinks impossible may still be right
NEVER = -1e30
Floats = npt.NDArray[np.float64]


def is_doubtful(reading: LineReading) -> bool:
    """Whether a line is worth looking at again."""
    return reading.confidence >= SCRIBBLED and min(sign.confidence for sign in reading.signs) < UNSURE


def other_views(line: Pixels) -> tuple[Pixels, Pixels]:
    """The line in grey with more paper above and below it, and stretched along."""
    paper, more = int(np.quantile(line, 0.8)), round(PADDED * line.shape[0])
    taller = np.pad(line, ((more, more), (0, 0)), constant_values=paper)
    wider = cv2.resize(line, None, fx=WIDENED, fy=1, interpolation=cv2.INTER_LINEAR)
    return taller, grey(wider)


def likeliest(texts: Sequence[str], views: Sequence[npt.NDArray[np.float32]], alphabet: str) -> int:
    """Which of the texts all views together make likeliest; the first of equals.

    `views`: (frames, classes) probabilities each, class 0 being "no new sign", class n the alphabet's n-th sign.
    """
    different = list(dict.fromkeys(texts))
    if len(different) == 1:
        return 0
    scores = np.maximum(_log_chances([_classes(text, alphabet) for text in different], views), FLOOR).sum(0)
    return texts.index(different[int(scores.argmax())])


def _classes(text: str, alphabet: str) -> list[int]:
    """With "no new sign" before, between and behind the signs."""
    return [0, *(each for sign in text for each in (alphabet.index(sign) + 1, 0))]


def _log_chances(texts: Sequence[list[int]], views: Sequence[npt.NDArray[np.float32]]) -> Floats:
    """(views, texts) logarithms of the probability that a view's frames say a text."""
    longest, frames = max(map(len, texts)), max(map(len, views))
    said = np.array([text + [0] * (longest - len(text)) for text in texts])
    logs = np.full((len(views), frames, views[0].shape[1]), NEVER)
    logs[:, :, 0] = 0.0  # behind a view's end, for sure no new sign
    for place, view in enumerate(views):
        logs[place, : len(view)] = np.log(np.maximum(view, 1e-12))
    chances = logs[:, :, said].transpose(1, 0, 2, 3)  # (frames, views, texts, places in the text)
    skipped = (said != 0) & (said != np.pad(said, ((0, 0), (2, 0)), constant_values=-1)[:, :longest])
    at = np.full((len(views), len(texts), longest + 2), NEVER)  # two places no path comes from
    at[..., 2:4] = chances[0, ..., :2]
    for each in chances[1:]:
        before = np.stack((at[..., 2:], at[..., 1:-1], np.where(skipped, at[..., :-2], NEVER)))
        highest = before.max(0)
        at[..., 2:] = highest + np.log(np.exp(before - highest).sum(0)) + each
    ends = np.array([len(text) - 1 for text in texts])
    rows = np.arange(len(texts))
    return np.asarray(np.logaddexp(at[:, rows, ends + 2], np.where(ends > 0, at[:, rows, ends + 1], NEVER)))
