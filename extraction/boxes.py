"""What the boxes of a form answer: ticked or not, one among several, or a `Có` and a `Không`."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from extraction.doubt import LOW, LOW_CONFIDENCE
from extraction.folding import fold
from extraction.geometry import holds
from extraction.lines import Line, around, lines_of
from extraction.nearest_boxes import (
    box_before_the_beginning,
    boxes_of,
    height_of,
    nearest_tick,
    row_ticks,
    row_words,
    shared_height,
)
from extraction.readings import Box, FieldReading, PageReading, Tick, Word
from extraction.typed_boxes import MARKS

LONG_ENOUGH, LEAST_LIKENESS = 8, 88

ANSWERS = ("co", "khong")
GLUED_CROSS = re.compile(r"[xX×✕][A-ZĐÀ-Ỹ][a-zà-ỹ]")  # “XĐủ”: a stroke over the box, read with the word behind it
NO = ("khong", "chua")  # folded
HEADS = dict.fromkeys(("co", "da co"), "co") | dict.fromkeys(
    ("khong", "khong co", "chua", "chua co"), "khong"
)  # folded
MARKS_TYPED = frozenset(MARKS)
ANSWERS_BELOW, ANSWERS_ASIDE = 5.0, 3.5  # letter heights: how far below their question answers stand, how far aside
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
    for (phrase, words), tick in zip(phrases, boxes_of(page, [words for _, words in phrases]), strict=True):
        if tick is not None and tick.ticked:
            found.setdefault(SUBMISSION_KINDS[phrase], (words, tick))
    ticked = [_tick_field("submission.kind", kind, words, tick, page.number) for kind, (words, tick) in found.items()]
    if not ticked:
        return _typed_behind(page, phrases)
    if len(ticked) == 1:
        return ticked
    reason = "Nhiều ô được đánh dấu ở mục Lần đăng ký đánh giá."
    return [each.model_copy(update={"needs_review": True, "reason": reason}) for each in ticked]


def _typed_behind(page: PageReading, phrases: Sequence[tuple[str, tuple[Word, ...]]]) -> list[FieldReading]:
    """“Lần đầu: x Nâng hạng: Đánh giá lại:”: a mark typed behind one of several answers."""
    lines = lines_of(page)
    found: list[FieldReading] = []
    for phrase, words in phrases:
        line = next((line for line in lines if words[-1] in line.words), None)
        behind = line.words[line.words.index(words[-1]) + 1 :][:1] if line is not None else ()
        if behind and behind[0].text.strip("().,;[]") in MARKS_TYPED:
            tick = Tick(box=behind[0].box, ticked=True, confidence=behind[0].confidence)
            found.append(_tick_field("submission.kind", SUBMISSION_KINDS[phrase], words, tick, page.number))
    answers = {SUBMISSION_KINDS[phrase] for phrase, _ in phrases}
    return found if len(found) == 1 and len(answers) > 1 else []


def declarations(page: PageReading) -> list[FieldReading]:
    """The boxes of Mẫu số 02 item 7: ticked or not, or doubted where one among several has no box that was seen."""
    found: list[FieldReading] = []
    unseen: list[FieldReading] = []
    for name, phrases in DECLARATIONS:
        said = list(_phrases(page, phrases))
        whole = [words for phrase, words in said if _says(words, phrase)]
        printed = whole or [words for _, words in said]
        hidden = bool(said) and _crossed_out(page, said[0][1])
        fields = (_declared(page, name, words) for words in printed if not hidden)
        field = next((each for each in fields if each is not None), None)
        if field is not None:
            found.append(field)
        elif whole or hidden:
            unseen.append(_without_box(page, name, printed[0]))
    return [*found, *unseen] if len(found) >= FEWEST_DECLARED else found


def _crossed_out(page: PageReading, words: Sequence[Word]) -> bool:
    """Whether a cross that hides its box was read as a letter of the words: “XĐủ điều kiện sản xuất …”."""
    line = next((line for line in lines_of(page) if words[0] in line.words), None)
    at = line.words.index(words[0]) if line is not None else 0
    near = line.words[max(0, at - 1) : at + 1] if line is not None else ()
    return any(GLUED_CROSS.match(word.text) for word in near)


def _declared(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    ways = (_answered_below, _yes_or_no, _under_heads, _single)  # what is level may be another column's
    return next((field for way in ways if (field := way(page, name, words)) is not None), None)


def _without_box(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading:
    box = around(word.box for word in words)
    raw = " ".join(word.text for word in words)
    return FieldReading(
        name=name, value=None, raw=raw, page=page.number, box=box, confidence=0.0, needs_review=True, reason=NO_BOX
    )


def _single(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    tick = nearest_tick(page, words) or box_before_the_beginning(page, words)
    return _tick_field(name, tick.ticked, words, tick, page.number) if tick is not None else None


def _yes_or_no(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    """`…: Có □ Không □`: doubted unless exactly one is ticked."""
    end = around(word.box for word in words)[2]
    behind = [word for word in row_words(page, words) if word.box[0] >= end]
    denied = [word for word in behind if fold(word.text) in NO][-1:]  # “□ có □ chưa có”
    said = [word for word in behind if fold(word.text) == ANSWERS[0]]
    agreed = [word for word in said if not denied or word.box[2] <= denied[0].box[0]][-1:] or said[-1:]
    answers = [agreed, denied]
    if not all(answers) or len(row_ticks(page, words)) < len(answers):
        return None
    yes, no = boxes_of(page, answers)
    if yes is None or no is None or yes is no:
        return None
    return _answered(page, name, words, yes, no)


def _under_heads(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    """The same where `Có` and `Không` head two columns, in whatever order, each with a box in the question's row."""
    middle = around(word.box for word in words)
    for table in page.tables:
        row = next((cell.row for cell in table.cells if holds(cell.box, middle)), None)
        columns = {answer: cell.col for cell in table.cells if (answer := HEADS.get(fold(cell.text)))}
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


def _answered_below(page: PageReading, name: str, words: Sequence[Word]) -> FieldReading | None:
    """The same where the answers stand below the question: “a) Giấy đăng ký kinh doanh / ○ Đã có ● Chưa có”."""
    bottom = around(word.box for word in words)[3]
    left = next((line.box[0] for line in lines_of(page) if words[0] in line.words), words[0].box[0])
    high = max(1, words[0].box[3] - words[0].box[1])
    given = [(line.words[at], HEADS[said]) for line in lines_of(page) for at, said in _answers_in(line)]
    below = [
        word
        for word, answer in given
        if answer == ANSWERS[0]
        and 0 < word.box[1] - bottom + high <= ANSWERS_BELOW * high
        and abs(word.box[0] - left) <= ANSWERS_ASIDE * high
    ]
    agreed = min(below, key=lambda word: word.box[1], default=None)
    if agreed is None:
        return None
    level = (word for word, answer in given if answer == ANSWERS[1] and abs(word.box[1] - agreed.box[1]) <= high / 2)
    denied = min((word for word in level if word.box[0] > agreed.box[0]), key=lambda word: word.box[0], default=None)
    yes, no = (_box_right_before(page, word) if word is not None else None for word in (agreed, denied))
    return _answered(page, name, words, yes, no) if yes and no and yes is not no else None


def _answers_in(line: Line) -> list[tuple[int, str]]:
    """Where a line that is but the two answers has each of them: “Đã có Chưa có”."""
    found: list[tuple[int, str]] = []
    at, folded = 0, line.folded_words
    while at < len(folded):
        two = " ".join(folded[at : at + 2])
        said = two if two in HEADS else folded[at] if folded[at] in HEADS else None
        if said is None:
            return []
        found.append((at, said))
        at += len(said.split())
    return found


def _box_right_before(page: PageReading, word: Word) -> Tick | None:
    high = max(1, word.box[3] - word.box[1])
    middle = (word.box[1] + word.box[3]) / 2
    before = (
        tick
        for tick in page.ticks
        if tick.box[1] - high / 2 <= middle <= tick.box[3] + high / 2
        and 0 <= word.box[0] - tick.box[2] + high <= 3 * high
    )
    return max(before, key=lambda tick: tick.box[2], default=None)


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
    beside = [word for word in page.words if shared_height(row, (word.box[1], word.box[3])) > 0.4]
    behind = [word for word in beside if word.box[0] >= read.box[0] - (row[1] - row[0])]
    said = [[word for word in behind if word.text.strip(".,:;/").lower() == each.lower()][:1] for each in GENDERS]
    if not all(said) or not any(row_ticks(page, words) for words in said):
        return read
    ticks = dict(zip(GENDERS, boxes_of(page, said), strict=True))
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
        beside = shared_height(row, height_of(words)) > 0.4 and words[0].box[0] >= read.box[0]
        if beside and not any(word in known for word in words for known in found):
            found.append(words)
    ticks = boxes_of(page, found) if len(found) > 1 else []
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
