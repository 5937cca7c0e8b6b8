"""One page: characters, values at their place, tick boxes and cells, counted against the truth. Pure."""

from collections import Counter
from dataclasses import dataclass, field

from extraction.bench.text import area, iou, ordered_wrong, overlap, pieces_of, plain
from extraction.geometry import with_boxes
from extraction.readings import Box, PageReading, PageSource, Tick
from infra.samples import PageTruth, straightened

SAME_BOX, SAME_CELL = 0.3, 0.7  # intersection over union from which two boxes are the same tick box, the same cell


@dataclass
class Sums:
    """Counts by name, how sure each word was and whether it was right, and what was misread, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    words: list[tuple[float, bool]] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)


def count_page(truth: PageTruth, read: PageReading) -> Sums:
    """All that can be said of a page alone."""
    read = on_the_grid_of(truth, read)
    sums = _characters(truth, read)
    for part in (_ticks(truth, read), _cells(truth, read), _values(truth, read)):
        sums.counts.update(part)
    blank = truth.kind == "blank"
    sums.counts.update(
        pages=1,
        upright=int(read.rotation == truth.rotation or blank),
        blank_right=int((read.source is PageSource.BLANK) == blank),
        quarantined=int(read.source is PageSource.QUARANTINED),
    )
    return sums


def on_the_grid_of(truth: PageTruth, read: PageReading) -> PageReading:
    """The reading with boxes in the truth's pixels: a fax, coarser down than across, is read with square ones."""
    if not read.width or not read.height or (read.width, read.height) == (truth.width, truth.height):
        return read
    across, down = truth.width / read.width, truth.height / read.height

    def scaled(box: Box) -> Box:
        return round(box[0] * across), round(box[1] * down), round(box[2] * across), round(box[3] * down)

    return with_boxes(read, lambda boxes: [scaled(box) for box in boxes])


def _characters(truth: PageTruth, read: PageReading) -> Sums:
    pieces, invented = pieces_of(truth, read)
    tables = [table.box for table in truth.tables]
    sums = Sums()
    for piece in pieces:
        wrong, signs = piece.wrong, len(piece.expected)
        place = "cell" if any(_inside(piece.printed[0].box, table) for table in tables) else "prose"
        stamped = any(overlap(piece.printed[0].box, stamp) for stamp in truth.stamps)
        sums.counts.update({"signs": signs, "wrong": wrong, f"{place}_signs": signs, f"{place}_wrong": wrong})
        if stamped:
            sums.counts.update(stamped_signs=signs, stamped_wrong=wrong)
        sums.words += [(word.confidence, wrong == 0) for word in piece.read]
        if wrong:
            sums.misread.append(f"{piece.expected!r} read {piece.found!r} at {piece.printed[0].box}")
    sums.misread += [f"invented {word.text!r} at {word.box}" for word in invented]
    sums.words += [(word.confidence, False) for word in invented]
    sums.counts.update(
        inserted=sum(len(plain(word.text)) for word in invented),
        ordered_signs=len(plain(truth.text)),
        ordered_wrong=ordered_wrong(truth, read),
    )
    return sums


def _inside(box: Box, table: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return table[0] <= x <= table[2] and table[1] <= y <= table[3]


def _ticks(truth: PageTruth, read: PageReading) -> Counter[str]:
    """Boxes that are ticked and read as ticked (hits), read as ticked and are not (false), ticked and not read."""
    left: list[Tick] = list(read.ticks)
    counts: Counter[str] = Counter(boxes=len(truth.ticks))
    for tick in truth.ticks:
        best = max(left, key=lambda other: iou(other.box, tick.box), default=None)
        if best is None or iou(best.box, tick.box) < SAME_BOX:
            counts["ticks_missed"] += tick.ticked
            continue
        left.remove(best)
        counts["boxes_found"] += 1
        counts["ticks_hit"] += tick.ticked and best.ticked
        counts["ticks_missed"] += tick.ticked and not best.ticked
        counts["ticks_false"] += best.ticked and not tick.ticked
    counts["ticks_false"] += sum(tick.ticked for tick in left)
    counts["boxes_invented"] += len(left)
    return counts


def _cells(truth: PageTruth, read: PageReading) -> Counter[str]:
    cells = [cell for table in read.tables for cell in table.cells]
    counts: Counter[str] = Counter()
    for cell in (cell for table in truth.tables for cell in table.cells):
        counts["cells"] += 1
        best = max(cells, key=lambda other: iou(other.box, cell.box), default=None)
        if best is not None and iou(best.box, cell.box) >= SAME_CELL:
            counts["cells_found"] += 1
            counts["cells_right"] += plain(best.text) == plain(cell.text)
    return counts


def _values(truth: PageTruth, read: PageReading) -> Counter[str]:
    """Values found to the letter, blanks apart, among the words at their printed place; what a tick says is no text."""
    counts: Counter[str] = Counter()
    for value in truth.fields:
        if isinstance(value.value, bool) or any(overlap(tick.box, value.box) for tick in truth.ticks):
            continue
        place = straightened(value.box, truth)  # on a leaning page, the ends of a wide value lie outside its own box
        inside = [word for word in read.words if 2 * overlap(straightened(word.box, truth), place) > area(word.box)]
        got = plain(" ".join(word.text for word in inside)).replace(" ", "")
        counts["values"] += 1
        # the box of a value broken over lines holds whole lines, so more than the value may stand in it
        counts["values_right"] += plain(value.raw).replace(" ", "").strip(".,;:") in got
    return counts
