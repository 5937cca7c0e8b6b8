"""Forms with a box for each letter or digit: `0 | 1 | 4 | 1 | 8 | …` is one number, an empty box a blank."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from extraction.lines import around
from extraction.readings import PageReading, Table, Word

FEWEST = 5  # signs in a row of boxes
OFF_STEP = 0.3  # of the way from box to box, that a sign may stand aside
MOST_EMPTY = 3  # boxes side by side within a value
LETTERS = 0.55  # how sure at most of single letters: no word around them tells their marks
AS_LETTERS = str.maketrans("0158", "OISB")  # what single capitals and figures are taken for …
AS_FIGURES = str.maketrans("OoQDIlSsBZz", "00001155822")  # … and the other way round


def with_combs_joined(page: PageReading) -> PageReading:
    """The page with the signs in rows of boxes put together to words; the page itself if it has none."""
    words: list[Word] = []
    for run in _runs(page.words):
        words += _joined(run) if len(run) >= FEWEST else run
    if len(words) == len(page.words):
        return page
    tables = tuple(table for table in page.tables if not _is_comb(table))
    return page.model_copy(update={"words": tuple(words), "tables": tables})


def _is_comb(table: Table) -> bool:
    return len(table.cells) >= FEWEST and all(len(cell.text) <= 1 for cell in table.cells)


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words one by one, but single signs in step with each other together."""
    run: list[Word] = []
    for word in words:
        if run and not _goes_on(run, word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _goes_on(run: Sequence[Word], word: Word) -> bool:
    last = run[-1]
    if len(word.text) > 1 or len(last.text) > 1 or not (word.text + last.text).replace("/", "0").isalnum():
        return False
    high = max(1, last.box[3] - last.box[1])
    level = abs((word.box[1] + word.box[3]) - (last.box[1] + last.box[3])) <= high
    apart = _middle(word) - _middle(last)
    if len(run) == 1:
        return level and 0 < apart <= 4 * high
    steps = apart / _step(run)
    return level and 0.5 < steps <= MOST_EMPTY + 1 and abs(steps - round(steps)) <= OFF_STEP


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2


def _step(run: Sequence[Word]) -> float:
    """From box to box: the shortest way between two signs, as others may have empty boxes between them."""
    return max(1.0, min(_middle(right) - _middle(left) for left, right in pairwise(run)))


def _joined(run: Sequence[Word]) -> list[Word]:
    step = _step(run)
    parts: list[list[Word]] = [[run[0]]]
    for left, right in pairwise(run):
        if round((_middle(right) - _middle(left)) / step) > 1:
            parts.append([])
        parts[-1].append(right)
    figures = sum(word.text.isdigit() for word in run) * 2 >= len(run)
    ends = [part[0].box[0] for part in parts[1:]]  # the blank is part of the word before it, however wide
    return [_word(part, end, figures=figures) for part, end in zip_longest(parts, ends)]


def _word(part: Sequence[Word], end: int | None, *, figures: bool) -> Word:
    text = "".join(word.text for word in part)
    left, top, right, bottom = around(word.box for word in part)
    sure = min(word.confidence for word in part)
    return part[0].model_copy(
        update={
            "text": text.translate(AS_FIGURES) if figures else text.translate(AS_LETTERS).upper(),
            "box": (left, top, max(right, right if end is None else end - 1), bottom),
            "confidence": sure if figures else min(sure, LETTERS),
            "under_stamp": any(word.under_stamp for word in part),
            "second": None,
        }
    )
