"""Boxes to tick and the words they answer: before or behind them, one a line or several, or a `Có` and a `Không`."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from extraction.doubt import LOW, LOW_CONFIDENCE
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import around, lines_of
from extraction.readings import Box, FieldReading, PageReading, Tick, Word
from extraction.typed_boxes import MARKS

ROW = 0.8  # letter heights: a box so much higher or lower than its words is on their row
SAME_ROW = 0.5  # letter heights: of boxes one below the other, how far the others may be beyond the nearest
BEFORE, BEHIND = 6.0, 70.0  # letter heights between a box and its words; behind them, up to all of a lying sheet
BELOW = 3.5  # letter heights between words and a box in the row below
MORE, CLOSER = 2, 0.4  # words of a phrase that end its line; of the gap behind a box, that before it is small then
REST, BEGUN = 6, 3  # words of a phrase that ends on the next line; and of one that begins on the line above
LONG_ENOUGH, LEAST_LIKENESS = 8, 88

ANSWERS = ("co", "khong")
GLUED_CROSS = re.compile(r"[xX×✕][A-ZĐÀ-Ỹ][a-zà-ỹ]")
NO = ("khong", "chua")  # folded
FEWEST_DECLARED = 3  # boxes of the list that were seen, at least: then each of its lines has one
NO_BOX = "Không thấy rõ ô đánh dấu của mục này; đối chiếu với ảnh trang."
GENDERS = ("Nam", "Nữ")
ORGANISATION_TYPES = (  # folded, longer ones first
    *("lien hiep hop tac xa", "doanh nghiep tu nhan", "doanh nghiep nho va vua", "cong ty co phan", "cong ty tnhh"),
    *("hop tac xa", "to hop tac", "ho kinh doanh", "ho san xuat", "ho gia dinh", "trang trai", "doanh nghiep"),
    *("cong ty", "hoi quan"),
)
ONE_TYPE = "Phải chọn đúng một loại hình tổ chức."
ONE_GENDER = "Phải chọn đúng một trong hai: Nam, Nữ."
SUBMISSION_KINDS: dict[str, str] = {
    "lan dau": "first",
    "dang ky moi": "first",
    "nang hang": "upgrade",
    "danh gia lai": "reassessment",
}

DECLARATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "declared.business_registration",
        (
            "co giay dang ky kinh doanh",
            "giay dang ky kinh doanh",
            "co giay dang ky",
            "dang ky kinh doanh",
            "dang ky doanh nghiep",
            *("dang ky ho kinh doanh", "dang ky hop tac xa"),
        ),
    ),
    (
        "declared.quality_declaration",
        (
            "da cong bo chat luong san pham",
            "da cong bo chat luong",
            "cong bo chat luong",
            "tu cong bo san pham",
            "cong bo san pham",
        ),
    ),
    (
        "declared.food_safety",
        (
            "giay chung nhan co so du dieu kien an toan thuc pham",
            "du dieu kien an toan thuc pham",
            "giay chung nhan an toan thuc pham",
            "dieu kien an toan thuc pham",
            "ve sinh an toan thuc pham",
            "an toan thuc pham",
            "attp",
        ),
    ),
    (
        "declared.production_conditions",
        (
            "giay chung nhan du dieu kien san xuat bat buoc",
            "du dieu kien san xuat bat buoc",
            "dieu kien san xuat bat buoc khac",
            "du dieu kien san xuat",
            "dieu kien bat buoc",
        ),
    ),
    (
        "declared.intellectual_property",
        ("so huu tri tue", "dang ky so huu tri tue", "co so huu tri tue", "bao ho so huu tri tue"),
    ),
)


def submission(page: PageReading) -> list[FieldReading]:
    """Which of the three boxes of Mẫu số 01 item 4 is ticked."""
    found: dict[str, tuple[tuple[Word, ...], Tick]] = {}
    phrases = list(_phrases(page, tuple(SUBMISSION_KINDS)))
    for (phrase, words), tick in zip(phrases, _boxes_of(page, [words for _, words in phrases]), strict=True):
        if tick is not None and tick.ticked:
            found.setdefault(SUBMISSION_KINDS[phrase], (words, tick))
    ticked = [_tick_field("submission.kind", kind, words, tick, page.number) for kind, (words, tick) in found.items()]
    if len(ticked) <= 1:
        return ticked
    reason = "Nhiều ô được đánh dấu ở mục Lần đăng ký đánh giá."
    return [each.model_copy(update={"needs_review": True, "reason": reason}) for each in ticked]


def declarations(page: PageReading) -> list[FieldReading]:
    """The boxes of Mẫu số 02 item 7: ticked or not, or doubted where one among several has no box that was seen."""
    found: list[FieldReading] = []
    unseen: list[FieldReading] = []
    for name, phrases in DECLARATIONS:
        said = list(_phrases(page, phrases))
        whole = [words for phrase, words in said if _says(words, phrase)]
        fields = (_declared(page, name, words) for words in (whole or [words for _, words in said]))
        field = next((each for each in fields if each is not None), None)
        if said and _crossed_out(page, said[0][1]):
            field = None
            whole = whole or [said[0][1]]
        if field is not None:
            found.append(field)
        elif whole:
            unseen.append(_without_box(page, name, whole[0]))
    return [*found, *unseen] if len(found) >= FEWEST_DECLARED else found


def _crossed_out(page: PageReading, words: Sequence[Word]) -> bool:
    """Whether a cross that hides its box was read as a letter of the words: “XĐủ điều kiện sản xuất …”."""
    line = next((line for line in lines_of(page) if words[0] in line.words), None)
    at = line.words.index(words[0]) if line is not None else 0
    near = line.words[max(0, at - 1) : at + 1] if line is not None else ()
    return any(GLUED_CROSS.match(word.text) for word in near)


def _declared(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    return _yes_or_no(page, name, words) or _under_heads(page, name, words) or _single(page, name, words)


def _without_box(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading:
    box = around(word.box for word in words)
    raw = " ".join(word.text for word in words)
    return FieldReading(
        name=name, value=None, raw=raw, page=page.number, box=box, confidence=0.0, needs_review=True, reason=NO_BOX
    )


def _single(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    tick = nearest_tick(page, words) or _before_the_beginning(page, words)
    return _tick_field(name, tick.ticked, words, tick, page.number) if tick is not None else None


def _yes_or_no(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    """`…: Có □ Không □`: doubted unless exactly one is ticked."""
    end = around(word.box for word in words)[2]
    behind = [word for word in _row_words(page, words) if word.box[0] >= end]
    denied = [word for word in behind if fold(word.text) in NO][-1:]  # “□ có □ chưa có”
    said = [word for word in behind if fold(word.text) == ANSWERS[0]]
    agreed = [word for word in said if not denied or word.box[2] <= denied[0].box[0]][-1:] or said[-1:]
    answers = [agreed, denied]
    if not all(answers) or len(_row_ticks(page, words)) < len(answers):
        return None
    yes, no = _boxes_of(page, answers)
    if yes is None or no is None or yes is no:
        return None
    return _answered(page, name, words, yes, no)


def _under_heads(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    """The same where `Có` and `Không` head two columns, in whatever order, each with a box in the question's row."""
    middle = around(word.box for word in words)
    for table in page.tables:
        row = next((cell.row for cell in table.cells if holds(cell.box, middle)), None)
        columns = {answer: cell.col for cell in table.cells if (answer := fold(cell.text)) in ANSWERS}
        if row is None or len(columns) < len(ANSWERS):
            continue
        cells = {cell.col: cell.box for cell in table.cells if cell.row == row}
        boxes = [cells.get(columns[answer]) for answer in ANSWERS]
        yes, no = (next((tick for tick in page.ticks if box and holds(box, tick.box)), None) for box in boxes)
        if yes is not None and no is not None:
            return _answered(page, name, words, yes, no)
        if yes is None and no is None and all(boxes):
            return _marked(page, name, words, [box for box in boxes if box])
    return None


def _marked(page: PageReading, name: str, words: Sequence[Word], cells: Sequence[Box]) -> FieldReading | None:
    """The same of cells without boxes, one of which has a mark in it: an x, typed or by pen."""
    inside = [[word for word in page.words if holds(cell, word.box)] for cell in cells]
    marks = [len(said) == 1 and said[0].text.strip(".,") in MARKS for said in inside]
    if sum(marks) != 1 or any(said for said, mark in zip(inside, marks, strict=True) if not mark):
        return None
    mark = inside[marks.index(True)][0]
    tick = Tick(box=mark.box, ticked=True, confidence=mark.confidence)
    return _tick_field(name, marks[0], words, tick, page.number)


def _answered(page: PageReading, name: str, words: Sequence[Word], yes: Tick, no: Tick) -> FieldReading:
    field = _tick_field(name, yes.ticked, words, yes, page.number)
    if yes.ticked != no.ticked:
        return field
    return field.model_copy(update={"needs_review": True, "reason": "Phải đánh dấu đúng một trong hai ô Có, Không."})


def gender(page: PageReading, read: FieldReading) -> FieldReading:
    """`Giới tính: Nam □ Nữ □` as the boxes say; doubted unless exactly one is ticked. Of one word only, as `read`."""
    row = (read.box[1], read.box[3])
    beside = [word for word in page.words if _overlap(row, (word.box[1], word.box[3])) > 0.4]
    behind = [word for word in beside if word.box[0] >= read.box[0] - (row[1] - row[0])]
    said = [[word for word in behind if word.text.strip(".,:;/").lower() == each.lower()][:1] for each in GENDERS]
    if not all(said) or not any(_row_ticks(page, words) for words in said):
        return read
    ticks = dict(zip(GENDERS, _boxes_of(page, said), strict=True))
    chosen = [(name, tick) for name, tick in ticks.items() if tick is not None and tick.ticked]
    apart = len({tick.box for tick in ticks.values() if tick is not None}) == len(GENDERS)
    if len(chosen) == 1 and apart:
        name, tick = chosen[0]
        return _tick_field(read.name, name, said[GENDERS.index(name)], tick, read.page)
    return read.model_copy(update={"needs_review": True, "reason": ONE_GENDER})


def organisation_type(page: PageReading, read: FieldReading) -> FieldReading:
    """`Loại hình: Hợp tác xã □ Tổ hợp tác □ …` as the boxes say; doubted unless exactly one is ticked."""
    row = (read.box[1], read.box[3])
    found: list[tuple[Word, ...]] = []
    for _, words in _phrases(page, ORGANISATION_TYPES):
        beside = _overlap(row, _height(words)) > 0.4 and words[0].box[0] >= read.box[0]
        if beside and not any(word in known for word in words for known in found):
            found.append(words)
    ticks = _boxes_of(page, found) if len(found) > 1 else []
    if not any(ticks):
        return read
    chosen = [(words, tick) for words, tick in zip(found, ticks, strict=True) if tick is not None and tick.ticked]
    if len(chosen) == 1:
        ((words, tick),) = chosen
        name = " ".join(word.text for word in words).rstrip(",;:")
        return _tick_field(read.name, name, words, tick, read.page)
    return read.model_copy(update={"needs_review": True, "reason": ONE_TYPE})


def _phrases(page: PageReading, phrases: Sequence[str]) -> Iterable[tuple[str, tuple[Word, ...]]]:
    """Where each phrase is printed on the page, phrase by phrase: to the letter, then with misread signs."""
    lines = [(line, [fold(word.text) for word in line.words]) for line in lines_of(page)]
    for phrase in phrases:
        wanted = len(phrase.split())
        exact: list[tuple[str, tuple[Word, ...]]] = []
        alike: list[tuple[str, tuple[Word, ...]]] = []
        for line, folded in lines:
            for start in range(len(folded)):
                spoken = " ".join(part for part in folded[start : start + wanted] if part)
                same = _begins(spoken, phrase)
                if not same and (len(phrase) < LONG_ENOUGH or not _alike(spoken, phrase)):
                    continue
                words = line.words[start : start + wanted]
                if not any(word.text.endswith((":", ";")) for word in words[:-1]):  # the end of one, another's start
                    (exact if same else alike).append((phrase, words))
        yield from exact
        yield from alike


def _says(words: Sequence[Word], phrase: str) -> bool:
    """Whether the words are the phrase to the letter."""
    return _begins(" ".join(part for word in words if (part := fold(word.text))), phrase)


def _begins(spoken: str, phrase: str) -> bool:
    """Of “kinh doanh/đăng ký …”, the last word may go on."""
    return f"{spoken} ".startswith(f"{phrase} ")


def _alike(spoken: str, phrase: str) -> bool:
    return fuzz.ratio(spoken, phrase, score_cutoff=LEAST_LIKENESS) > 0


def _boxes_of(page: PageReading, groups: Sequence[Sequence[Word]]) -> list[Tick | None]:
    """Each group's box. As many boxes on a row as groups: in order; else each group's nearest.

    Where no group has a box on its row, those that stand below, as in a table with the words for its head.
    """
    if not any(_row_ticks(page, words) for words in groups):
        return [_tick_below(page, words) for words in groups]
    found: list[Tick | None] = []
    for words in groups:
        ticks = _row_ticks(page, words)
        top, bottom = _height(words)
        mates = sorted(
            (mate for mate in groups if _overlap((top, bottom), _height(mate)) > 0.4), key=lambda mate: mate[0].box[0]
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
    ticks = _row_ticks(page, words)
    if not ticks:
        return None
    left, top, right, bottom = around(word.box for word in words)
    height = max(1, bottom - top)
    parting = [tick.box[0] for tick in ticks if words[-1].box[0] < tick.box[0] and tick.box[2] <= right]
    right = min([right, *parting])  # “tuệ □, trong đó” may be read as “tuệ, trong đó”, the box in the word's own
    before = [tick for tick in ticks if tick.box[2] <= left + 0.3 * height]
    behind = [tick for tick in ticks if tick.box[0] >= right - 0.3 * height]
    row = [word.box for word in _row_words(page, words)] + [(left, top, right, bottom)]
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
    ticks = _row_ticks(page, rest)
    end = around(word.box for word in rest)[2]
    return ticks[0] if len(ticks) == 1 and ticks[0].box[0] >= end else None


def _before_the_beginning(page: PageReading, words: Sequence[Word]) -> Tick | None:
    """The last box of the line above, where words before these begin behind it: “… □ Giấy / chứng nhận đủ …”."""
    lines = lines_of(page)
    at = next((at for at, line in enumerate(lines) if words[0] in line.words), 0)
    if not at or not (lines[at].words[0].text.isalpha() and lines[at].words[0].text.islower()):  # “a)” begins an item
        return None
    above = lines[at - 1].words
    last = max(_row_ticks(page, above), key=lambda tick: tick.box[0], default=None)
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


def _row_words(page: PageReading, words: Sequence[Word]) -> list[Word]:
    """The other words on the row of these."""
    rows = _height(words)
    own = {word.box for word in words}
    return [word for word in page.words if word.box not in own and _overlap(rows, (word.box[1], word.box[3])) > 0.4]


def _row_ticks(page: PageReading, words: Sequence[Word]) -> list[Tick]:
    """The boxes on the row of these words, left to right."""
    top, bottom = _height(words)
    height, middle = max(1, bottom - top), (top + bottom) / 2
    off = [(abs((tick.box[1] + tick.box[3]) / 2 - middle), tick) for tick in page.ticks]
    least = min((distance for distance, _ in off), default=0.0)
    reach = min(ROW * height, least + SAME_ROW * height)
    return sorted((tick for distance, tick in off if distance <= reach), key=lambda tick: tick.box[0])


def _height(words: Sequence[Word]) -> tuple[int, int]:
    _, top, _, bottom = around(word.box for word in words)
    return top, bottom


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / max(1, min(one[1] - one[0], other[1] - other[0]))


def _tick_field(name: str, value: str | bool, words: Sequence[Word], tick: Tick, page: int) -> FieldReading:
    low = tick.confidence < LOW_CONFIDENCE
    return FieldReading(
        name=name,
        value=value,
        raw="☑" if tick.ticked else "☐",
        page=page,
        box=around([tick.box, *(word.box for word in words)]),
        confidence=tick.confidence,
        needs_review=low,
        reason=LOW if low else None,
    )
