"""Text lines from pieces of ink.

Letters are drawn as bars through their middles; bars of one line overlap in height and join when smeared sideways by
about one em, those of different lines do not. Marks, dots and commas then go to the line they are nearest to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extraction.bits import Bits
from extraction.layout.components import Components, Flags, Ints, components, row_blocks, union
from extraction.layout.ink import Ink
from extraction.layout.leaders import MARK, Marks
from extraction.layout.mark_owners import nearest_lines
from extraction.pages import Mask
from extraction.readings import Box

TALLEST_MM = 13.0  # letters of a title page
LETTER_MM = (0.9, 6.0)  # heights among which the usual letter is looked for
JOIN_ROUNDS = 4
MOST_LETTERS, MOST_LINES = 12_000, 1_200  # the densest landscape sheet of small print has about half of this
GAP = 2.0  # letter heights between two pieces of one line: about one em
TWO_LINES, WIDE_LINE = 2.7, 8.0  # letter heights: how high and wide what may be two lines is
PARTED, VALLEY = 0.35, 0.45  # of its height, each line at least; ink between the two, of that in them
REACH = 1.5, 0.9  # letter heights above and below most letters of a line, at most, that a line reaches
LARGE = 2.4  # letter heights: what is higher is no usual letter
DIGIT = 0.7  # the letter height in a digit's
SAME_SIZE = 0.7  # of the page's letter height
ACCENT, ACCENT_GAP = 0.8, 0.5  # of the capitals' height: how high an accent is and how far above them at most
ACCENTS_SHARE = 0.6  # of its columns have ink in a row of accents; in a line of text more have
COMMA, COMMA_FOOT = 0.6, 0.4  # of the capitals' height: how large a comma is, and how far below the line it reaches
LOOP, LOOP_GAP = (1.0, 0.9), 0.25  # letter heights: how wide, high and far below its line a bowl of g is in thin print
FRAGMENT, LONGER = 1.2, 5.0  # of a line's letter height, a piece within it is wide at most; times as wide is the line
WITHIN = 0.7  # share of such a piece's box that lies in the line's
PIECE, PIECE_GAP = 6.0, 0.5  # letter heights: how wide a piece of a word is that lies in its line, and how far off
PIECE_HIGH, LONE_WORD = 1.35, 14.0  # of the line's height, it and such a piece together; letter heights: a line's width
RUN_GAP = 1.2  # letter heights between a line and the "..." or "***" that belong to it


@dataclass(frozen=True)
class Line:
    """A piece of a text line without wide gaps. `letter` is the usual height of its letters, in pixels.

    `beyond`: so many pixels further to the left and to the right, a signature may hide letters of the line.
    `core`: from where to where most of its letters reach, if known.
    """

    box: Box
    letter: float
    dash: bool = False  # whether it is just a dash between leaders, too far from any letter to be read
    beyond: tuple[int, int] = (0, 0)
    core: tuple[int, int] | None = None


def letter_height(pieces: Components, mm: float) -> float:
    """The height of most letters on the page, in pixels: between x-height and capitals."""
    low, high = (limit * mm for limit in LETTER_MM)
    likely = (pieces.height >= low) & (pieces.height <= high) & (pieces.width >= 0.3 * mm) & (pieces.width <= 4 * high)
    heights = pieces.height[likely]
    return float(np.median(heights)) if len(heights) >= 3 else 2.2 * mm


def without_fragments(lines: Sequence[Line]) -> list[Line]:
    """The lines without pieces of a letter that lie within another line: the foot of a broken g is no figure 8."""
    boxes = np.array([line.box for line in lines], np.int64).reshape(-1, 4)
    letters = np.array([line.letter for line in lines])
    wide = boxes[:, 2] - boxes[:, 0]
    kept = np.ones(len(lines), np.bool_)
    for at in np.flatnonzero(wide <= FRAGMENT * letters.max(initial=0)).tolist():
        left, top, right, bottom = boxes[at].tolist()
        across = np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)
        down = np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)
        shared = np.clip(across, 0, None) * np.clip(down, 0, None) / max(1, (right - left) * (bottom - top))
        hosts = (shared >= WITHIN) & (wide >= LONGER * max(1, wide[at])) & (wide[at] <= FRAGMENT * letters)
        kept[at] = not hosts.any()
    return [line for line, keep in zip(lines, kept.tolist(), strict=True) if keep]


def find_lines(pieces: Components, noise: Flags, marks: Marks, barriers: Mask, ink: Ink) -> list[Line]:
    """Lines of text, in no order. Noise and the dots of leaders are no text; no line crosses a barrier."""
    letter, excluded = marks.letter, noise | marks.leaders
    tall = min(TALLEST_MM * ink.mm, 6 * letter)
    text = ~excluded & (pieces.height <= tall) & (pieces.width <= 60 * letter)
    text &= pieces.area >= max(3, 0.01 * letter**2)
    body = text & (pieces.height >= MARK * letter) & (pieces.width >= 0.12 * letter)
    body = _largest(pieces, body, MOST_LETTERS)
    usual = body & (pieces.height <= LARGE * letter)
    found = _smeared(pieces, usual, letter, barriers)
    large = body & ~usual & ~_covered(pieces, found)
    found += _smeared(pieces, large, 2 * letter, barriers)
    found = sorted(found, key=lambda line: line.box[0] - line.box[2])[:MOST_LINES]
    found = _with_like_marks(found, pieces, marks)
    found += _dashes(pieces, marks.dashes, letter)
    found = _with_what_hangs(_joined(found, barriers))
    found = _with_accents(found, ink.mask)
    marked = _with_marks(found, pieces, _largest(pieces, text & ~body, MOST_LETTERS), letter)
    found = _joined_by_marks(found, marked, barriers)
    found = [part for line in found for part in _parted(line, found, ink.mask)]
    if any(line.letter > LARGE * letter for line in found):
        parts = [part for line in found for part in _untied(line, found, letter)]
        found = parts if len(parts) == len(found) else _joined(parts, barriers)  # marks have stretched the lines since
    return [_as_its_page(line, letter) for line in whole_words(found, barriers)]


def whole_words(lines: list[Line], barriers: Mask) -> list[Line]:
    """The lines with those pieces of their words that were taken for lines of their own: “g/ng” of “đồng/người”.

    In a line of one word with many letters below its foot, these look like another line until marks stretch both.
    """
    owner: dict[int, int] = {}
    for one, other in _continuing(lines):
        piece, host = sorted((one, other), key=lambda at: lines[at].box[2] - lines[at].box[0])
        small, large = lines[piece], lines[host]
        gap = max(small.box[0], large.box[0]) - min(small.box[2], large.box[2])
        high = max(small.box[3], large.box[3]) - min(small.box[1], large.box[1])
        fits = small.box[2] - small.box[0] <= PIECE * large.letter and gap <= PIECE_GAP * large.letter
        fits = fits and high <= PIECE_HIGH * (large.box[3] - large.box[1])
        fits = fits and large.box[2] - large.box[0] <= LONE_WORD * large.letter  # longer ones meet signatures
        if fits and not small.dash and not _barred(small, large, barriers):
            owner[piece] = host
    owner = {piece: host for piece, host in owner.items() if host not in owner}
    parts = {host: [piece for piece, of in owner.items() if of == host] for host in owner.values()}
    whole = [at for at in range(len(lines)) if at not in owner]
    return [_as_one([lines[part] for part in (at, *parts.get(at, []))]) for at in whole]


def _largest(pieces: Components, chosen: Flags, most: int) -> Flags:
    """No more than `most` of the chosen pieces: more is no page of text but noise, and must cost no more than one."""
    if int(chosen.sum()) <= most:
        return chosen
    kept = np.flatnonzero(chosen)[np.argsort(pieces.area[chosen])[-most:]]
    few = np.zeros(len(pieces), np.bool_)
    few[kept] = True
    return few


def _as_its_page(line: Line, letter: float) -> Line:
    """A line of a little smaller letters than the page's is one without capitals: "vị" alone, not "VỊ" in small."""
    line = _without_stretch(line)
    return replace(line, letter=letter) if SAME_SIZE * letter <= line.letter < letter else line


def _without_stretch(line: Line) -> Line:
    """The line no higher than marks above and tails below its letters: specks at its end may have stretched it."""
    left, top, right, bottom = line.box
    if line.core is None or not top <= line.core[0] < line.core[1] <= bottom:
        return line
    above, below = (round(reach * line.letter) for reach in REACH)
    return replace(line, box=(left, max(top, line.core[0] - above), right, min(bottom, line.core[1] + below)))


def _parted(line: Line, lines: list[Line], ink: Mask) -> list[Line]:
    """The line, or the lines that a stamp's letters tie together: between them, fewer columns have ink."""
    rows = _rows_of_text(line, ink)
    if len(rows) == 1:
        return [line]
    others = [other.box for other in lines if other is not line]
    boxes = (_beside((line.box[0], top, line.box[2], bottom), others, line.letter) for top, bottom in rows)
    return [replace(line, box=box) for box in boxes if box[2] - box[0] >= line.letter]


def _untied(line: Line, lines: list[Line], letter: float) -> list[Line]:
    """The line, or its part in each of the lines beside it: a stamp tied their letters to one large piece."""
    left, top, right, bottom = line.box
    if line.letter <= LARGE * letter or right - left < 2 * letter:
        return [line]
    rows: list[tuple[int, int]] = []
    for other in sorted((each for each in lines if each.letter <= LARGE * letter), key=lambda each: each.box[1]):
        first, last = other.box[1], other.box[3]
        beside = max(other.box[0] - right, left - other.box[2])
        inside = top - letter / 2 <= first and last <= bottom + letter / 2
        if inside and beside <= GAP * letter and (not rows or first >= rows[-1][1] - letter / 2):
            rows.append((first, last))
    if len(rows) < 2:
        return [line]
    return [Line((left, max(top, first), right, min(bottom, last)), letter) for first, last in rows]


def _rows_of_text(line: Line, ink: Mask) -> list[tuple[int, int]]:
    left, top, right, bottom = line.box
    if bottom - top < TWO_LINES * line.letter or right - left < WIDE_LINE * line.letter:
        return [(top, bottom)]
    drawn = (ink[top:bottom, left:right] > 0).sum(1).astype(np.float64)
    drawn = np.convolve(drawn, np.ones(3) / 3, "same")
    margin = round(PARTED * (bottom - top))
    cut = margin + int(np.argmin(drawn[margin : len(drawn) - margin]))
    if drawn[cut] > VALLEY * min(drawn[:cut].max(), drawn[cut:].max()):
        return [(top, bottom)]
    parts = (left, top, right, top + cut), (left, top + cut, right, bottom)
    return [rows for box in parts for rows in _rows_of_text(replace(line, box=box), ink)]


def _beside(box: Box, others: list[Box], letter: float) -> Box:
    """The box without the lines that were found already at its ends."""
    left, top, right, bottom = box
    for other in others:
        level = min(bottom, other[3]) - max(top, other[1])
        if level > 0.5 * min(bottom - top, other[3] - other[1]):
            if other[0] <= left + 2 * letter:
                left = max(left, other[2])
            elif other[2] >= right - 2 * letter:
                right = min(right, other[0])
    return left, top, right, bottom


def _smeared(pieces: Components, chosen: Flags, letter: float, barriers: Mask) -> list[Line]:
    """One line for each group of letters whose middle bars join sideways."""
    members = np.flatnonzero(chosen)
    if not len(members):
        return []
    bars = np.zeros(pieces.labels.shape, np.uint8)
    for piece in members:
        left, top, right, bottom = pieces.box(int(piece))
        bars[round(top + 0.3 * (bottom - top)) : max(top + 1, round(bottom - 0.3 * (bottom - top))), left:right] = 255
    groups = components(Bits.of(bars).closed(max(1, round(GAP * letter)), 1).without(Bits.of(barriers)))
    middle = (pieces.top[members] + pieces.bottom[members]) // 2
    labels = groups.labels[middle, (pieces.left[members] + pieces.right[members]) // 2]
    order = np.argsort(labels, kind="stable")
    runs = np.split(members[order], np.flatnonzero(np.diff(labels[order])) + 1)
    return [_line(pieces, run) for run, label in zip(runs, np.unique(labels), strict=True) if label > 0]


def _line(pieces: Components, members: Ints) -> Line:
    """The box of the letters; a letter grown together with another line does not stretch it."""
    letter = float(np.median(pieces.height[members]))
    core = round(float(np.median(pieces.top[members]))), round(float(np.median(pieces.bottom[members])))
    top = max(int(pieces.top[members].min()), round(core[0] - REACH[0] * letter))
    bottom = min(int(pieces.bottom[members].max()), round(core[1] + REACH[1] * letter))
    return Line((int(pieces.left[members].min()), top, int(pieces.right[members].max()), bottom), letter, core=core)


def _covered(pieces: Components, lines: list[Line]) -> Flags:
    """Pieces that lie mostly, in width, inside lines found already: letters that grew together."""
    width = np.zeros(len(pieces))
    for line in lines:
        left, top, right, bottom = line.box
        over = np.minimum(pieces.right, right) - np.maximum(pieces.left, left)
        meets = (np.minimum(pieces.bottom, bottom) - np.maximum(pieces.top, top)) > 0.3 * line.letter
        width += np.where(meets, np.maximum(over, 0), 0)
    return np.asarray(width > 0.3 * pieces.width)


def _joined(lines: list[Line], barriers: Mask) -> list[Line]:
    """Lines at one height and less than a gap apart are one, as are a line and a fragment inside it."""
    for _ in range(JOIN_ROUNDS):
        groups = _groups(lines, barriers)
        if len(groups) == len(lines):
            break
        lines = [_as_one([lines[at] for at in group]) for group in groups]
    return lines


def _groups(lines: list[Line], barriers: Mask) -> list[list[int]]:
    """Which lines are one, as they stand."""
    owner = list(range(len(lines)))

    def root(line: int) -> int:
        while owner[line] != line:
            owner[line] = line = owner[owner[line]]
        return line

    for one, other in _continuing(lines):
        if not _barred(lines[one], lines[other], barriers):
            owner[root(other)] = root(one)
    groups: dict[int, list[int]] = {}
    for at in range(len(lines)):
        groups.setdefault(root(at), []).append(at)
    return list(groups.values())


def _joined_by_marks(lines: list[Line], marked: list[Line], barriers: Mask) -> list[Line]:
    """The lines as their marks have stretched them, and joined where these close a gap; how high they stand is old."""
    level = [
        replace(line, box=(wide.box[0], line.box[1], wide.box[2], line.box[3]))
        for line, wide in zip(lines, marked, strict=True)
    ]
    return [_as_one([marked[at] for at in group]) for group in _groups(level, barriers)]


def _as_one(group: list[Line]) -> Line:
    if len(group) == 1:
        return group[0]
    widest = max(group, key=lambda line: line.box[2] - line.box[0])
    return Line(union([line.box for line in group]), widest.letter, core=widest.core)


def _continuing(lines: list[Line]) -> list[tuple[int, int]]:
    """Pairs that stand at the same height and close enough to be read as one."""
    if len(lines) < 2:
        return []
    left, top, right, bottom = np.asarray([line.box for line in lines], np.float64).T
    size = np.asarray([line.letter for line in lines])
    pairs: list[tuple[int, int]] = []
    for rows in row_blocks(len(lines)):
        over = np.minimum(bottom[rows, None], bottom[None]) - np.maximum(top[rows, None], top[None])
        gap = np.maximum(left[rows, None], left[None]) - np.minimum(right[rows, None], right[None])
        lower = np.minimum((bottom - top)[rows, None], (bottom - top)[None])
        small, large = np.minimum(size[rows, None], size[None]), np.maximum(size[rows, None], size[None])
        fits = np.triu((over >= 0.55 * lower) & (gap <= GAP * small) & (large <= 2.2 * small), rows.start + 1)
        one, other = np.nonzero(fits)
        pairs += zip((one + rows.start).tolist(), other.tolist(), strict=True)
    return pairs


def _barred(one: Line, other: Line, barriers: Mask) -> bool:
    left, right = sorted((min(one.box[2], other.box[2]), max(one.box[0], other.box[0])))
    middle = (max(one.box[1], other.box[1]) + min(one.box[3], other.box[3])) // 2
    return bool((barriers[middle, left : right + 1] > 0).any())


def _with_accents(lines: list[Line], ink: Mask) -> list[Line]:
    """Accents of capitals are as high as small letters elsewhere: what looks like a line over capitals is theirs."""
    if len(lines) < 2:
        return lines
    taken = dict[int, int]()
    for one, owner in _owners(lines):
        if owner not in taken and _sparse(lines[one].box, lines[owner].letter, ink):
            taken[one] = owner
    boxes = {at: line.box for at, line in enumerate(lines) if at not in taken}
    for one, owner in taken.items():
        if owner in boxes:
            boxes[owner] = union([boxes[owner], lines[one].box])
    return [replace(lines[at], box=box) for at, box in boxes.items()]


def _owners(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Lines low enough for accents that lie right over another, in order, each with the nearest one below it."""
    left, top, right, bottom = np.asarray([line.box for line in lines], np.float64).T
    high, size = bottom - top, np.asarray([line.letter for line in lines])
    for rows in row_blocks(len(lines)):
        inside = (left[rows, None] >= left - 0.5 * size) & (right[rows, None] <= right + 0.5 * size)
        distance = top - bottom[rows, None]  # from the foot of the one to the head of the other
        over = (distance <= ACCENT_GAP * size) & (distance >= -high[rows, None])
        alone = (right - left)[rows, None] <= 0.9 * size  # one mark over one letter may be a circumflex and an acute
        owned = inside & over & (high[rows, None] <= np.where(alone, 1.0, ACCENT) * size) & (high[rows, None] < high)
        for one in np.flatnonzero(owned.any(1)).tolist():
            yield rows.start + one, int(np.flatnonzero(owned[one])[np.argmin(distance[one][owned[one]])])


def _with_what_hangs(lines: list[Line]) -> list[Line]:
    """What hangs from a line is its own: commas of bold capitals, bowls of a g, as high as small letters elsewhere."""
    boxes = np.asarray([line.box for line in lines], np.float64).reshape(-1, 4)
    sizes = np.asarray([line.letter for line in lines])
    owners = list(lines)
    dropped: set[int] = set()
    for at, line in enumerate(lines):
        left, top, right, bottom = line.box
        wide, high = right - left, bottom - top
        holds = (boxes[:, 0] <= left) & (right <= boxes[:, 2] + 0.5 * sizes) & (boxes[:, 1] < top)
        comma = (top < boxes[:, 3]) & (bottom <= boxes[:, 3] + COMMA_FOOT * sizes) & (max(wide, high) <= COMMA * sizes)
        loop = (top <= boxes[:, 3] + LOOP_GAP * sizes) & (wide <= LOOP[0] * sizes) & (high <= LOOP[1] * sizes)
        loop &= right <= boxes[:, 2]
        for owner in np.flatnonzero(holds & comma)[:1].tolist():
            owners[owner] = replace(owners[owner], box=union([owners[owner].box, line.box]))
            dropped.add(at)
        if (holds & loop).any():  # it stands in its line's margin anyway, which a stamp's crumbs must not widen
            dropped.add(at)
    return [line for at, line in enumerate(owners) if at not in dropped]


def _with_like_marks(lines: list[Line], pieces: Components, marks: Marks) -> list[Line]:
    """Lines stretched sideways by the "..." or "***" that stand in them, however many they are.

    Stars, lower than letters, do not tell how large a line's letters are.
    """
    if not lines:
        return []
    boxes = np.asarray([line.box for line in lines], np.int64)
    sizes = np.asarray([line.letter for line in lines])
    likely = np.minimum(marks.letter, DIGIT * (boxes[:, 3] - boxes[:, 1]))
    letters = sizes.copy()
    for run in sorted(marks.repeated, key=lambda run: int(pieces.left[run[0]])):
        left, right = int(pieces.left[run].min()), int(pieces.right[run].max())
        middle = (int(pieces.top[run].min()) + int(pieces.bottom[run].max())) / 2
        beside = np.maximum(boxes[:, 0] - right, left - boxes[:, 2])
        level = (middle >= boxes[:, 1] - 0.3 * sizes) & (middle <= boxes[:, 3] + 0.3 * sizes)
        near = int(np.argmin(np.where(level, beside, np.inf)))
        if level[near] and beside[near] <= RUN_GAP * sizes[near]:
            boxes[near, 0], boxes[near, 2] = min(boxes[near, 0], left), max(boxes[near, 2], right)
            letters[near] = max(letters[near], likely[near])
    return [
        replace(line, box=(int(a), int(b), int(c), int(d)), letter=float(letter))
        for line, (a, b, c, d), letter in zip(lines, boxes, letters, strict=True)
    ]


def _dashes(pieces: Components, chosen: Flags, letter: float) -> list[Line]:
    """Each a line of its own, as high as if letters stood beside the dash."""
    half = round(0.5 * letter)
    return [
        Line((left, max(0, (top + bottom) // 2 - half), right, (top + bottom) // 2 + half), letter, dash=True)
        for left, top, right, bottom in (pieces.box(int(dash)) for dash in np.flatnonzero(chosen))
    ]


def _sparse(box: Box, letter: float, ink: Mask) -> bool:
    """Whether it is one accent, or several with gaps between them wider than those of a line of text."""
    left, top, right, bottom = box
    return right - left <= 1.3 * letter or float(ink[top:bottom, left:right].any(axis=0).mean()) <= ACCENTS_SHARE


def _with_marks(lines: list[Line], pieces: Components, marks: Flags, letter: float) -> list[Line]:
    """Each mark stretches the one line it is nearest to, if near enough; other marks are noise."""
    if not lines:
        return []
    boxes = np.asarray([line.box for line in lines], np.float64)
    sizes = np.asarray([line.letter for line in lines])
    chosen, owners = nearest_lines(boxes, sizes, pieces, np.flatnonzero(marks), letter)
    low, high = boxes[owners, 1] - 0.9 * sizes[owners], boxes[owners, 3] + 0.6 * sizes[owners]
    for edge, joined, places in (
        (0, np.minimum, pieces.left[chosen]),
        (1, np.minimum, np.maximum(pieces.top[chosen], low)),
        (2, np.maximum, pieces.right[chosen]),
        (3, np.maximum, np.minimum(pieces.bottom[chosen], high)),
    ):
        joined.at(boxes[:, edge], owners, places)
    return [
        replace(line, box=(int(box[0]), int(box[1]), int(box[2]), int(box[3])))
        for box, line in zip(boxes, lines, strict=True)
    ]
