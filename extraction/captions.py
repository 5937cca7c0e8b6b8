"""Certificates that print their labels small below the values: `0417/2024/NNPTNT` and under it `(Số cấp / Number)`."""

from collections.abc import Sequence

from extraction.label_search import Label, find_labels
from extraction.lines import Line, lines_of
from extraction.readings import PageReading, Word
from extraction.translations import line_without_translations

SMALLER = 0.88  # of the value's height, that a caption has at most
CLOSE = 1.5  # of the value's height, that a caption stands below it at most
NEARER = 0.75  # of the way to the line above, that is clearly nearer
FEWEST = 2  # captions on a page, unless they stand in brackets


def with_captions_before(page: PageReading, labels: Sequence[Label]) -> PageReading:
    """The page with captions that are labels moved to before the values above them; the page itself without any."""
    lines = lines_of(page)
    captions = [at for at in range(1, len(lines)) if _is_caption(lines[at], lines[at - 1], labels)]
    captions = [at for at in captions if not _stands_above(lines[at], lines[at - 1], lines[at + 1 : at + 2])]
    captions = [at for at in captions if at - 1 not in captions]
    if len(captions) < FEWEST and not any(_in_brackets(lines[at]) for at in captions):
        return page
    words: list[Word] = []
    for at, line in enumerate(lines):
        if at + 1 in captions:
            words += _before(lines[at + 1], line)
        if at not in captions:
            words += line.words
    return page.model_copy(update={"words": tuple(words)})


def _is_caption(line: Line, value: Line, labels: Sequence[Label]) -> bool:
    if ":" in line.text or ":" in value.text or line.height > SMALLER * value.height:
        return False
    apart = line.box[1] - value.box[3]
    beside = line.box[0] >= value.box[2] or line.box[2] <= value.box[0]
    return (
        not beside and abs(apart) <= CLOSE * value.height and _is_label(line, labels) and not _is_label(value, labels)
    )


def _stands_above(line: Line, above: Line, below: Sequence[Line]) -> bool:
    """Whether the line below is clearly closer than the one above: then it is a label's value."""
    before = line.box[1] - above.box[3]
    return any(-CLOSE * line.height <= each.box[1] - line.box[3] < NEARER * before for each in below)


def _is_label(line: Line, labels: Sequence[Label]) -> bool:
    """Whether the whole line is one label, its translation apart."""
    said = _ended(line_without_translations(Line(line.page, _bare(line))).words)
    found = find_labels(Line(line.page, said), labels)
    return bool(found) and found[0].start == 0 and found[0].end == len(said)


def _before(caption: Line, value: Line) -> tuple[Word, ...]:
    """The caption's label as if it stood right before the value, a colon behind it."""
    left, top, _, bottom = value.box
    said = _ended(line_without_translations(Line(caption.page, _bare(caption))).words)
    return tuple(word.model_copy(update={"box": (left, top, left + 1, bottom)}) for word in said)


def _ended(words: Sequence[Word]) -> tuple[Word, ...]:
    last = words[-1]
    return (*words[:-1], last.model_copy(update={"text": f"{last.text.rstrip(':')}:", "second": None}))


def _in_brackets(line: Line) -> bool:
    return line.text.startswith("(") and line.text.endswith(")")


def _bare(line: Line) -> tuple[Word, ...]:
    """The words without brackets around them all."""
    if not _in_brackets(line):
        return line.words
    texts = [word.text for word in line.words]
    texts[0], texts[-1] = texts[0][1:], texts[-1].removesuffix(")")
    bare = (word.model_copy(update={"text": text}) for word, text in zip(line.words, texts, strict=True))
    return tuple(word for word in bare if word.text)
