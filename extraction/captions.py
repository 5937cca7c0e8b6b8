"""Papers that print labels small below the values: `0417/2024/NNPTNT` and under it `(Số cấp / Number)`."""

from collections.abc import Mapping, Sequence

from extraction.label_search import Label, find_labels
from extraction.lines import Line, lines_of
from extraction.readings import PageReading, Word
from extraction.translations import line_without_translations

SMALLER = 0.88  # of the value's height, that a caption has at most …
LIKE = 1.6  # … where others have told that captions stand below: figures are lower than words with marks
CLOSE = 1.5  # of the value's height, that a caption stands below it at most
NEARER = 0.75  # of the way to the line above, that is clearly nearer
FEWEST_WORDS, MOST_WORDS = 2, 12  # of a caption; “của” stands between two names
FEWEST = 2  # captions on a page, unless they stand in brackets


def with_captions_before(page: PageReading, labels: Sequence[Label]) -> PageReading:
    """The page with captions that are labels moved to before the values above them; the page itself without any."""
    lines = lines_of(page)
    captions = _captions(lines, labels, SMALLER)
    if len(captions) >= FEWEST:
        captions = _captions(lines, labels, LIKE)
    elif not any(_in_brackets(lines[at]) for at in captions.values()):
        return page
    return _with_moved(page, lines, captions)


def with_bracketed_captions_before(page: PageReading, labels: Sequence[Label]) -> PageReading:
    """The same of captions in brackets alone, several on a page: a form's lines with “(tên sản phẩm)” under each."""
    lines = lines_of(page)
    if sum(map(_in_brackets, lines)) < FEWEST:
        return page
    found = _captions(lines, labels, LIKE, centred=True)
    return page if len(found) < FEWEST else _with_moved(page, lines, found)


def _with_moved(page: PageReading, lines: Sequence[Line], captions: Mapping[int, int]) -> PageReading:
    words: list[Word] = []
    for at, line in enumerate(lines):
        if at in captions:
            words += _before(lines[captions[at]], line)
        if at not in captions.values():
            words += line.words
    return page.model_copy(update={"words": tuple(words)})


def _captions(
    lines: Sequence[Line], labels: Sequence[Label], smaller: float, *, centred: bool = False
) -> dict[int, int]:
    """Place of the value → place of its caption. `centred`: captions in brackets alone, each in the middle of its line
    wherever that begins."""
    found: dict[int, int] = {}
    for at, line in enumerate(lines):
        if (centred and not _in_brackets(line)) or (not centred and len(line.words) < FEWEST_WORDS):
            continue
        if ":" in line.text or len(line.words) > MOST_WORDS or line.text.isupper():
            continue
        value = _closest_above(lines, at) if centred else _above(lines, at)
        if value is None or value in found.values() or not _hangs_below(line, lines[value], smaller):
            continue
        if not _is_label(line, labels) or _is_label(lines[value], labels):
            continue
        below = None if centred else _below(lines, at)
        if below is None or not _stands_above(line, lines[value], lines[below]):
            found[value] = at
    return found


def _above(lines: Sequence[Line], at: int) -> int | None:
    """Place of the closest line above one, in its column."""
    over = [place for place in range(at) if _overlap(lines[place], lines[at])]
    over = [place for place in over if lines[place].box[1] < lines[at].box[1]]
    return max(over, key=lambda place: lines[place].box[3], default=None)


def _closest_above(lines: Sequence[Line], at: int) -> int | None:
    """Place of the closest line above one, in any column, that is no caption itself."""
    over = [place for place, each in enumerate(lines) if (each.box[1] + each.box[3]) / 2 < lines[at].box[1]]
    over = [place for place in over if not _in_brackets(lines[place])]
    lowest = max((lines[place].box[3] for place in over), default=0)
    row = [place for place in over if lowest - lines[place].box[3] < lines[place].height / 2]
    middle = lines[at].box[0] + lines[at].box[2]
    apart = {place: abs(lines[place].box[0] + lines[place].box[2] - middle) for place in row}
    return min(row, key=lambda place: apart[place], default=None)


def _below(lines: Sequence[Line], at: int) -> int | None:
    under = [place for place, each in enumerate(lines) if _overlap(each, lines[at]) and each.box[1] > lines[at].box[1]]
    return min(under, key=lambda place: lines[place].box[1], default=None)


def _overlap(one: Line, other: Line) -> bool:
    return one.box[0] < other.box[2] and other.box[0] < one.box[2]


def _hangs_below(line: Line, value: Line, smaller: float) -> bool:
    close = abs(line.box[1] - value.box[3]) <= CLOSE * value.height
    return close and ":" not in value.text and line.height <= smaller * value.height


def _stands_above(line: Line, above: Line, below: Line) -> bool:
    """Whether the line below is clearly closer than the one above: then it is a label's value."""
    return -CLOSE * line.height <= below.box[1] - line.box[3] < NEARER * (line.box[1] - above.box[3])


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
