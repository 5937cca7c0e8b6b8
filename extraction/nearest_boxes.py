"""Which box to tick belongs to which words: on their row, before or behind them, or below. Pure."""

from collections.abc import Sequence

from extraction.geometry import holds
from extraction.lines import around, lines_of
from extraction.readings import Box, PageReading, Tick, Word

ROW = 0.8  # letter heights: a box so much higher or lower than its words is on their row
SAME_ROW = 0.5  # letter heights: of boxes one below the other, how far the others may be beyond the nearest
BEFORE, BEHIND = 6.0, 70.0  # letter heights between a box and its words; behind them, up to all of a lying sheet
BELOW = 3.5  # letter heights between words and a box in the row below
MORE, CLOSER = 2, 0.4  # words of a phrase that end its line; of the gap behind a box, that before it is small then
REST, BEGUN = 6, 3  # words of a phrase that ends on the next line; and of one that begins on the line above


def boxes_of(page: PageReading, groups: Sequence[Sequence[Word]]) -> list[Tick | None]:
    """Each group's box. As many boxes on a row as groups: in order; else each group's nearest.

    Where no group has a box on its row, those that stand below, as in a table with the words for its head.
    """
    if not any(row_ticks(page, words) for words in groups):
        return [_tick_below(page, words) for words in groups]
    found: list[Tick | None] = []
    for words in groups:
        ticks = row_ticks(page, words)
        top, bottom = height_of(words)
        mates = sorted(
            (mate for mate in groups if shared_height((top, bottom), height_of(mate)) > 0.4),
            key=lambda mate: mate[0].box[0],
        )
        if len(mates) == len(ticks):
            found.append(ticks[next(place for place, mate in enumerate(mates) if mate is words)])
        else:
            found.append(nearest_tick(page, words))
    return found


def _tick_below(page: PageReading, words: Sequence[Word]) -> Tick | None:
    """The first box below the words: in their column of a table, or under the words themselves."""
    own = around(word.box for word in words)
    cell = next((cell.box for table in page.tables for cell in table.cells if holds(cell.box, own)), own)
    reach = own[3] + BELOW * max(1, own[3] - own[1])
    under = [
        tick
        for tick in page.ticks
        if cell[0] <= (tick.box[0] + tick.box[2]) / 2 <= cell[2] and own[3] <= tick.box[1] <= reach
    ]
    return min(under, key=lambda tick: tick.box[1], default=None)


def nearest_tick(page: PageReading, words: Sequence[Word]) -> Tick | None:
    """The box that belongs to a phrase: on its row, no other box between, on the side where that row has its boxes."""
    ticks = row_ticks(page, words)
    if not ticks:
        return None
    left, top, right, bottom = around(word.box for word in words)
    height = max(1, bottom - top)
    parting = [tick.box[0] for tick in ticks if words[-1].box[0] < tick.box[0] and tick.box[2] <= right]
    right = min([right, *parting])  # “tuệ □, trong đó” may be read as “tuệ, trong đó”, the box in the word's own
    before = [tick for tick in ticks if tick.box[2] <= left + 0.3 * height]
    behind = [tick for tick in ticks if tick.box[0] >= right - 0.3 * height]
    row = [word.box for word in row_words(page, words)] + [(left, top, right, bottom)]
    lead, follow = (before[-1] if before else None), (behind[0] if behind else None)
    leading = _gap(lead.box, left, row, height) if lead else None
    following = _gap_behind(follow.box, right, row, height) if follow else None
    starts = ticks[0].box[0] < min(box[0] for box in row)
    if leading is not None and following is None:
        rest = None if starts else _behind_the_rest(page, words, row)
        return rest or (None if lead and not starts and _ends_words_before(lead, left, row) else lead)
    if leading is None or following is None:
        return follow if following is not None else None
    ends = ticks[-1].box[2] > max(box[2] for box in row)
    if starts != ends:
        return lead if starts else follow
    if not starts:
        return lead  # words at both ends: `Lần đăng ký: □ Lần đầu □ Nâng hạng`
    return lead if leading <= following else follow


def _ends_words_before(tick: Tick, left: int, row: Sequence[Box]) -> bool:
    """Whether a box stands far closer behind other words than before those that begin at `left`: it is theirs."""
    third = (tick.box[3] - tick.box[1]) // 3
    words = [box for box in row if box[2] - box[0] > box[3] - box[1]]  # “d)” is none
    before = max((box[2] for box in words if box[2] <= tick.box[0] + third), default=None)
    after = min((box[0] for box in row if box[0] >= tick.box[2] - third), default=left)
    return before is not None and max(0, tick.box[0] - before) < CLOSER * (after - tick.box[2])


def _behind_the_rest(page: PageReading, words: Sequence[Word], row: Sequence[Box]) -> Tick | None:
    """The box that ends the next line, where the phrase ends its own and goes on there: “… sản xuất / bắt buộc khác □”.

    `row`: the boxes of all words on the phrase's row.
    """
    lines = lines_of(page)
    at = next((at for at, line in enumerate(lines[:-1]) if words[-1] in line.words), None)
    behind = [word for word in (lines[at].words if at is not None else ()) if word.box[0] >= words[-1].box[2]]
    if len(behind) > MORE or not all(word.text.islower() for word in behind):
        return None
    rest = lines[at + 1].words if at is not None else ()
    if not 0 < len(rest) <= REST or not rest[0].text[:1].islower():
        return None
    ticks = row_ticks(page, rest)
    end = around(word.box for word in rest)[2]
    return ticks[0] if len(ticks) == 1 and ticks[0].box[0] >= end else None


def box_before_the_beginning(page: PageReading, words: Sequence[Word]) -> Tick | None:
    """The last box of the line above, where words before these begin behind it: “… □ Giấy / chứng nhận đủ …”."""
    lines = lines_of(page)
    at = next((at for at, line in enumerate(lines) if words[0] in line.words), 0)
    if not at or not (lines[at].words[0].text.isalpha() and lines[at].words[0].text.islower()):  # “a)” begins an item
        return None
    above = lines[at - 1].words
    last = max(row_ticks(page, above), key=lambda tick: tick.box[0], default=None)
    behind = [word for word in above if last is not None and word.box[0] >= last.box[2]]
    return last if 0 < len(behind) <= BEGUN else None


def _gap(box: Box, left: int, row: Sequence[Box], height: int) -> float | None:
    """How far a box stands before the words that follow it up to `left`; None if too far to be theirs."""
    first = min((each[0] for each in row if box[2] <= each[0] + height // 3 and each[0] <= left), default=left)
    gap = max(0, first - box[2])
    return gap if gap <= BEFORE * height else None


def _gap_behind(box: Box, right: int, row: Sequence[Box], height: int) -> float | None:
    last = max((each[2] for each in row if each[2] <= box[0] + height // 3 and each[2] >= right), default=right)
    gap = max(0, box[0] - last)
    return gap if gap <= BEHIND * height else None


def row_words(page: PageReading, words: Sequence[Word]) -> list[Word]:
    """The other words on the row of these."""
    rows = height_of(words)
    own = {word.box for word in words}
    return [
        word for word in page.words if word.box not in own and shared_height(rows, (word.box[1], word.box[3])) > 0.4
    ]


def row_ticks(page: PageReading, words: Sequence[Word]) -> list[Tick]:
    """The boxes on the row of these words, left to right."""
    top, bottom = height_of(words)
    height, middle = max(1, bottom - top), (top + bottom) / 2
    off = [(abs((tick.box[1] + tick.box[3]) / 2 - middle), tick) for tick in page.ticks]
    least = min((distance for distance, _ in off), default=0.0)
    reach = min(ROW * height, least + SAME_ROW * height)
    return sorted((tick for distance, tick in off if distance <= reach), key=lambda tick: tick.box[0])


def height_of(words: Sequence[Word]) -> tuple[int, int]:
    """Top and bottom of the words, in pixels."""
    _, top, _, bottom = around(word.box for word in words)
    return top, bottom


def shared_height(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much of the shorter of two spans the other covers, 0..1; negative where they are apart."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / max(1, min(one[1] - one[0], other[1] - other[0]))
