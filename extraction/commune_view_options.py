"""Views of a commune that are ticked, not written: boxes beside lines, or beside one another."""

from collections.abc import Sequence

from extraction import values
from extraction.field_values import reading_of
from extraction.lines import Line
from extraction.readings import FieldReading, PageReading, Tick, Word

BOX_NEAR, BOX_OVER = 4.0, 0.3  # line heights between a line and its box at most, and over its end
FEWEST_OPTIONS = 2  # of a view that is ticked, not written
ONE_OPTION = "Phải chọn đúng một ý kiến ở mục này; xem trang giấy."


def options_beside(page: PageReading, lines: Sequence[Line]) -> list[tuple[Tick, list[Word]]]:
    """The boxes beside the lines, each with the words of its own line and of those below without a box."""
    found: list[tuple[Tick, list[Word]]] = []
    for line in lines:
        height, level = max(1, line.height), ticks_level_with(page, line)
        if len(level) >= FEWEST_OPTIONS:
            found += beside_one_another(line, level)
            continue
        gaps = [(max(line.box[0] - tick.box[2], tick.box[0] - line.box[2]), tick) for tick in level]
        gap, tick = min(gaps, key=lambda each: each[0], default=(BOX_NEAR * height + 1, None))
        if tick is not None and -BOX_OVER * height <= gap <= BOX_NEAR * height:
            found.append((tick, list(line.words)))
        elif found:
            found[-1][1].extend(line.words)
        else:
            return []  # prose, in which boxes may stand
    return found


def ticks_level_with(page: PageReading, line: Line) -> list[Tick]:
    """The boxes on the line's own row, left to right."""
    middle = (line.box[1] + line.box[3]) / 2
    level = (tick for tick in page.ticks if tick.box[1] <= middle <= tick.box[3])
    return sorted(level, key=lambda tick: tick.box[0])


def beside_one_another(line: Line, ticks: Sequence[Tick]) -> list[tuple[Tick, list[Word]]]:
    """“☐ Dưới 50% ☑ Từ 50% …”, or the boxes behind their words: each box with the words up to the next."""
    before = ticks[0].box[0] < line.box[0] + line.height
    words: list[list[Word]] = [[] for _ in ticks]
    for word in line.words:
        beyond = sum(tick.box[0] < word.box[0] for tick in ticks)
        words[min(len(ticks) - 1, max(0, beyond - before))].append(word)
    return list(zip(ticks, words, strict=True))


def chosen_of(name: str, page: PageReading, options: Sequence[tuple[Tick, list[Word]]]) -> FieldReading | None:
    """The view of the option that is ticked; to be looked at where not exactly one is."""
    ticked = [(tick, words) for tick, words in options if tick.ticked]
    said = [word for _, words in (ticked or options) for word in words]
    view = reading_of(name, values.prose, said, page.number, options[0][0].box)
    if view is None:
        return None
    if len(ticked) == 1:
        return view.model_copy(update={"confidence": min(view.confidence, ticked[0][0].confidence)})
    return view.model_copy(update={"needs_review": True, "reason": ONE_OPTION})
