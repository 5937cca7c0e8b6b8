"""Phụ lục II, the criteria table that is also the score sheet: which set it is, and which option is ticked per row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extraction.alignment import align, likeness
from extraction.folding import fold
from extraction.forms import Forms, PrintedCriterion, PrintedTable
from extraction.geometry import holds
from extraction.lines import around
from extraction.readings import Box, CriterionReading, PageReading, RulebookReading, Tick
from extraction.sheet_elements import Element
from extraction.totals import UNCLEAR_MARK, WRITTEN_POINTS
from extraction.typed_boxes import with_typed_boxes

GOOD_FIT, LEAST_FIT = 0.55, 0.12  # share of a table's texts that are found on the pages
ALIKE = 84.0
BESIDE = 0.6  # counts for a box in the middle of an option of several lines
NEAR = 0.9  # box heights between a box and its option's first line
CLEARLY_EMPTY, UNCLEAR = 0.9, 0.4  # how sure of boxes without a tick; of points by a box that is not clearly empty
WORDS_NAMED = 6  # of a title, by which a text is seen to name it
STRAY = 0.6  # how sure of a stroke beside points that it counts where a box of the criterion is ticked, too
TYPED_SURE = 0.9  # a letter alone in its cell is read well
BROKEN_BOX = "Không thấy rõ ô của lựa chọn này; có thể nét đánh dấu đã che ô."
NOTHING_TICKED = "Không có ô nào được đánh dấu ở tiêu chí này."
NOT_FOUND = "Không tìm thấy dòng của tiêu chí này trên phiếu."


def find_rulebook(
    elements: Sequence[Element], headings: str, forms: Forms, subgroup: str | None = None, told: str = ""
) -> tuple[PrintedTable, RulebookReading] | None:
    """The table that the pages print, by how many of its texts are found; else by the product's sub-group.

    `headings` is the folded text of the pages' tops, `told` all that the applicant's report says. None if nothing
    speaks for any table.
    """
    read = sorted({element.folded for element in elements if len(element.folded) > 8})
    tables = forms.tables
    texts = sorted({text for table in tables for text in table.folded_texts})
    best_of = likeness(read, texts).max(axis=0) if read else None
    present = (
        {text for text, score in zip(texts, best_of, strict=True) if score >= ALIKE} if best_of is not None else set()
    )
    rarity = {text: 1 / sum(text in table.folded_texts for table in tables) for text in present}
    scores = []
    for table in tables:
        texts_of = table.folded_texts
        fit = sum(text in present for text in texts_of) / max(1, len(texts_of))
        own = sum(rarity[text] for text in texts_of & present)
        named = any(name in headings for name in table.folded_names if len(name) > 5)
        scores.append((fit + 0.02 * own + (0.1 if named else 0.0), fit, named, table))
    top = max(scores, key=lambda each: each[0])
    if top[1] >= LEAST_FIT:
        sure = min(1.0, top[1] / GOOD_FIT) * (1.0 if top[2] or top[1] >= GOOD_FIT else 0.8)
        return top[3], RulebookReading(decision=top[3].decision, set_no=top[3].set_no, confidence=round(sure, 3))
    return _by_heading(forms, headings, told) or _by_subgroup(forms, subgroup)


def _by_heading(forms: Forms, headings: str, told: str) -> tuple[PrintedTable, RulebookReading] | None:
    """“BỘ TIÊU CHÍ … SẢN PHẨM: GẠO, NGŨ CỐC, …”: the set that is named; of several decisions' sets of one name, the
    one more of whose criteria are named, the newest where all are alike."""
    names = [(fold(table.name), table) for table in forms.tables]
    named = [(name, table) for name, table in names if f"san pham {name} " in f"{headings} "]
    if not named:
        return None
    longest = max(len(name) for name, _ in named)
    table = max((table for name, table in named if len(name) == longest), key=lambda table: _named_in(table, told))
    return table, RulebookReading(decision=table.decision, set_no=table.set_no, confidence=0.7)


def _named_in(table: PrintedTable, told: str) -> int:
    """How many of a table's criteria a text names; long titles run over lines, and their points stand between."""
    begun = (" ".join(each.folded.split()[:WORDS_NAMED]) for each in table.criteria if each.scorable)
    return sum(f" {title} " in f" {told} " for title in begun)


def _by_subgroup(forms: Forms, subgroup: str | None) -> tuple[PrintedTable, RulebookReading] | None:
    wanted = fold(subgroup or "")
    in_force = list(forms.in_force())
    if len(wanted) > 4 and in_force:
        names = [(name, table) for table in in_force for name in table.folded_names]
        alike = likeness([wanted], [name for name, _ in names])[0]
        place = int(alike.argmax())
        if alike[place] >= ALIKE:
            table = names[place][1]
            return table, RulebookReading(decision=table.decision, set_no=table.set_no, confidence=0.7)
    return None


@dataclass(frozen=True)
class _Item:
    """One printed paragraph of the known table, in order."""

    criterion: PrintedCriterion
    option: int | None  # None: the row's title
    folded: str


def sheet_criteria(
    pages: Sequence[PageReading], elements: Sequence[Element], table: PrintedTable
) -> list[CriterionReading]:
    """Each scorable row with the option that is ticked, its points, and doubt where there is some."""
    items = [item for criterion in table.criteria for item in _items(criterion)]
    pairs = align([element.folded for element in elements], [item.folded for item in items])
    placed = {number: elements[place] for number, place in pairs.items()}
    ticks = {page.number: with_typed_boxes(page).ticks for page in pages}
    found: list[CriterionReading] = []
    for criterion in table.criteria:
        if criterion.scorable:
            rows = {item.option: placed.get(number) for number, item in enumerate(items) if item.criterion is criterion}
            reading = _ticked(criterion, rows, ticks)
            if criterion.is_binary:
                place = next(
                    (pairs.get(number) for number, item in enumerate(items) if item.criterion is criterion), None
                )
                reading = None if place is None else _binary(criterion, _with_added(elements, place, pairs), ticks)
            if reading is not None:
                found.append(reading)
    return found


def _items(criterion: PrintedCriterion) -> list[_Item]:
    title = _Item(criterion, None, f"{fold(criterion.code)} {criterion.folded}")
    return [title, *(_Item(criterion, number, option.folded) for number, option in enumerate(criterion.options))]


def _ticked(
    criterion: PrintedCriterion, rows: dict[int | None, Element | None], ticks: dict[int, tuple[Tick, ...]]
) -> CriterionReading | None:
    options = {number: rows.get(number) for number in range(len(criterion.options))}
    if not any(options.values()):
        return None
    boxes = _boxes_of({number: element for number, element in options.items() if element is not None}, ticks)
    ticked = {number: tick for number, tick in boxes.items() if tick is not None and tick.ticked}
    boxless = [number for number, tick in boxes.items() if tick is None]
    if len(ticked) == 1:
        number, tick = next(iter(ticked.items()))
        return _reading(criterion, number, options[number], tick.confidence, None, tick.box)
    if len(ticked) > 1:
        number = max(ticked, key=lambda each: ticked[each].confidence)
        return _reading(criterion, number, options[number], 0.3, _several(criterion, ticked), ticked[number].box)
    typed = [number for number, element in options.items() if element is not None and element.mark is not None]
    if len(boxless) == len(boxes) and typed:
        return _typed(criterion, options, typed)
    unclear = [number for number, tick in boxes.items() if tick is not None and tick.confidence < CLEARLY_EMPTY]
    if len(unclear) == 1 and (faint := boxes[unclear[0]]) is not None:
        return _reading(criterion, unclear[0], options[unclear[0]], UNCLEAR, UNCLEAR_MARK, faint.box)
    marked = [number for number in boxless if _looks_marked(options[number])]
    guess = marked[0] if len(marked) == 1 else boxless[0] if len(boxless) == 1 and len(boxes) > 1 else None
    if guess is not None:
        return _reading(criterion, guess, options[guess], 0.4, BROKEN_BOX)
    anywhere = rows.get(None) or next(element for element in options.values() if element is not None)
    return _reading(criterion, None, anywhere, 0.5, NOTHING_TICKED)


def _typed(
    criterion: PrintedCriterion, options: Mapping[int, Element | None], typed: Sequence[int]
) -> CriterionReading:
    """A sheet without boxes, with a column in which an “x” is set beside the option."""
    number = typed[0]
    element = options[number]
    several = _several(criterion, typed) if len(typed) > 1 else None
    return _reading(criterion, number, element, TYPED_SURE, several, element.mark if element else None)


def _several(criterion: PrintedCriterion, options: Iterable[int]) -> str:
    listed = ", ".join(_points_text(criterion, each) for each in sorted(options))
    return f"Nhiều ô được đánh dấu ở tiêu chí {criterion.code} (các mức điểm: {listed})."


def _with_added(elements: Sequence[Element], title: int, pairs: Mapping[int, int]) -> Sequence[Element]:
    """The title's row and those below it that the known table does not have: an office's own, with a box."""
    known = min((place for place in pairs.values() if place > title), default=len(elements))
    return [element for element in elements[title:known] if element.page == elements[title].page]


def _binary(
    criterion: PrintedCriterion, rows: Sequence[Element], ticks: dict[int, tuple[Tick, ...]]
) -> CriterionReading:
    """A row without options: all its points or none, by the one box that an office prints there; else left open."""
    title = rows[0]
    boxes = [tick for tick in ticks.get(title.page, ()) if any(holds(element.row, tick.box) for element in rows)]
    if len(boxes) != 1:
        return _reading(criterion, None, title, 0.5, WRITTEN_POINTS)
    (tick,) = boxes
    reading = _reading(criterion, None, title, tick.confidence, None, tick.box)
    return reading.model_copy(update={"points": float(criterion.max_points) if tick.ticked else 0.0})


def _reading(
    criterion: PrintedCriterion,
    option: int | None,
    element: Element | None,
    confidence: float,
    reason: str | None,
    box: Box | None = None,
) -> CriterionReading:
    assert element is not None  # the caller found the option on the page
    points = criterion.options[option].points if option is not None else None
    sure = min(confidence, 1.0)
    low = UNCLEAR_MARK if sure < 0.6 and reason is None else reason
    return CriterionReading(
        code=criterion.code,
        source="score-sheet",
        points=float(points) if points is not None else None,
        option=option,
        page=element.page,
        box=around([element.box, *([box] if box else [])]),
        confidence=round(sure, 4),
        needs_review=low is not None,
        reason=low,
    )


def _points_text(criterion: PrintedCriterion, option: int) -> str:
    points = criterion.options[option].points
    return "?" if points is None else f"{float(points):g}"


def _boxes_of(options: dict[int, Element], ticks: dict[int, tuple[Tick, ...]]) -> dict[int, Tick | None]:
    """Each option's box: the one beside its first line. A box belongs to one option only, the nearest."""
    boxes: dict[int, Tick | None] = dict.fromkeys(options)
    pairs: list[tuple[float, int, int, Tick]] = []
    for number, element in options.items():
        on_page = ticks.get(element.page, ())
        alone = sum(_level(tick, element) for tick in on_page) == 1
        pairs += [(_distance(tick, element, alone), number, place, tick) for place, tick in enumerate(on_page)]
    distances = sorted(pairs, key=lambda pair: pair[:3])
    taken: set[tuple[int, int]] = set()
    for distance, number, place, tick in distances:
        key = (options[number].page, place)
        if distance <= NEAR and boxes[number] is None and key not in taken:
            boxes[number] = tick
            taken.add(key)
    ticked = any(tick is not None and tick.ticked for tick in boxes.values())
    for number, element in options.items():
        box, on_page = boxes[number], ticks.get(element.page, ())
        if box is None or not box.ticked:
            others = [tick for tick in on_page if tick not in boxes.values()]
            surer = [tick for tick in others if not ticked or tick.confidence > STRAY]
            boxes[number] = _ringed(element, surer) or box
    return boxes


def _ringed(element: Element, others: Iterable[Tick]) -> Tick | None:
    """A mark of its own about the points behind an option, instead of in the box before it."""
    return next(
        (tick for tick in others if tick.ticked and tick.box[0] >= element.box[2] and holds(element.row, tick.box)),
        None,
    )


def _distance(tick: Tick, element: Element, alone: bool) -> float:
    """In box heights: from the box's middle to the middle of the option's first line.

    The only box beside an option of several lines may stand beside any of them (`alone`).
    """
    height = max(8, tick.box[3] - tick.box[1])
    left, _, right, _ = element.row
    if not (left - 2 * height <= tick.box[0] and tick.box[2] <= right + 2 * height):
        return float("inf")
    first_line = (element.first[1] + element.first[3]) / 2
    distance = abs((tick.box[1] + tick.box[3]) / 2 - first_line) / height
    return min(distance, BESIDE) if alone and _level(tick, element) else distance


def _level(tick: Tick, element: Element) -> bool:
    return element.box[1] <= (tick.box[1] + tick.box[3]) / 2 <= element.box[3]


def _looks_marked(element: Element | None) -> bool:
    """A box that its own stroke broke is often read as a letter: V, x, ✓."""
    return element is not None and bool(re.match(r"^\s*\[?\s*[VvXx√✓☑Y][Il|\]]?\s", element.text))
