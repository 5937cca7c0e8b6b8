"""Framed stamps where no colour tells them from print: by their paler ink, and by their frame.

Whoever stamps by hand holds the stamp a little askew. So its frame's sides are four straight lines that lean alike,
found in the profiles of a page's pale ink. Print lies across some of them: what it hides speaks neither for a frame nor
against it.
"""

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np

from extraction.bits import Bits
from extraction.layout.components import Components, Flags, Floats, components, dilated
from extraction.layout.leaning import BAND, LEAST_LEANING, leaning_lines, points_of
from extraction.layout.scribbles import PALER_ALIKE, own_ink, paler, print_levels, without_noise
from extraction.layout.stamps import PRINT_BELOW
from extraction.pages import Mask, PageImage, grey, without
from extraction.readings import Box

LEANING = np.arange(-15.0, 15.1, 1.0)  # degrees
COARSER = 2  # pixels a side become one
THIN = 0.4  # of its box, a piece of frame covers at most
PIECE_MM = 12.0, 4.0  # longer and shorter side of pieces that are looked at
PART_MM = 3.0  # longer side of pieces that may be parts of one frame
MOST_PIECES, TRIED_POINTS = 6, 2000
LEVEL_MM = 40.0  # ruled lines that are level for so long do not lean
AROUND_MM = 45.0, 25.0  # a frame goes on so far beside a piece of it, and above or below
LINE_MM = 0.7  # within which a side's ink lies
STEP_MM = 1.0
WORN = 3  # steps that a side may lack: where a ruled line crossed it
LENGTHS_MM, HEIGHTS_MM = (18.0, 95.0), (4.5, 50.0)
ALIKE_MM, UNLIKE_MM = 7.0, 15.0  # how far from its sides' ends a frame's corner may be; how far these may be apart
HALF_HIDDEN_MM = 9.0  # that much of one of the level sides is there at least
CHOICE, SOLID = 8, 0.7  # longest sides that are tried; share of each that is ink at least
HALF_MM = 0.6  # half the width of a frame's line, and what it leans
STRAIGHT = 0.75  # degrees: tables lean no more
BEYOND_MM, MOST_BEYOND = (1.2, 2.2), 2  # how far beyond a corner a side would go on; of its eight ends, that many do
LETTERS = 0.015  # share of a part of a stamp that is ink besides its frame
TWIN_APART_MM = 0.5, 15.0  # between two cards of a form
LETTERED = 0.06, 0.5  # share of a stamp's inside that is its own ink
DRAWN, SIDE_DRAWN = 0.75, 0.5  # share of the whole outline, and of each side, that is drawn where no print hides it …
BESIDE_MM, NOT_FREE = 1.1, (0.4, 0.55)  # as much ink beside as at the sides, without and within, is letters'
SEEN, SIDE_SEEN = 0.55, 0.25  # … and in all


@dataclass(frozen=True)
class Frame:
    """A slanting rectangle, in pixels of the layout image: turned by `degrees` about the origin, it stands straight."""

    degrees: float
    left: float
    top: float
    right: float
    bottom: float

    def corners(self) -> Floats:
        """(4, 2) x and y on the page."""
        u = np.array([self.left, self.right, self.right, self.left])
        v = np.array([self.top, self.top, self.bottom, self.bottom])
        along = np.deg2rad(self.degrees)
        return np.stack([u * np.cos(along) - v * np.sin(along), u * np.sin(along) + v * np.cos(along)], axis=1)

    @property
    def outline(self) -> float:
        return 2 * (self.right - self.left + self.bottom - self.top)

    def scaled(self, factor: float) -> "Frame":
        edges = (factor * each for each in (self.left, self.top, self.right, self.bottom))
        return Frame(self.degrees, *edges)

    def moved(self, along: float, across: float) -> "Frame":
        return Frame(self.degrees, self.left + along, self.top + across, self.right + along, self.bottom + across)

    def area(self, shape: tuple[int, ...], inset: float) -> Mask:
        """Everything inside, but for so many pixels from the sides; the frame's own line where `inset` is negative."""
        smaller = Frame(self.degrees, self.left + inset, self.top + inset, self.right - inset, self.bottom - inset)
        return grey(cv2.fillPoly(np.zeros(shape, np.uint8), [np.rint(smaller.corners()).astype(np.int32)], (255,)))


@dataclass(frozen=True, eq=False)
class _Page:
    """A page at half the layout's resolution."""

    pale: Mask  # ink paler than print
    dark: Mask  # print, and what of pale ink lies below it
    rules: Mask  # ruled lines, thickened
    mm: float


def pale_stamps(even: PageImage, ink: Mask, rules: Mask, sealed: Mask, mm: float) -> Mask:
    """Ink of the framed stamps that is paler than print, of whatever print lies below; same shape as the page.

    `even`: the page at layout resolution, its paper white everywhere; `ink`: where it has ink; `rules`: ruled lines;
    `sealed`: ink that is known to be that of round seals, or of other marks.
    """
    if not ink.any():
        return np.zeros_like(ink)
    levels = without_noise(even)
    printed = print_levels(levels, ink)
    pale = without(paler(levels, printed[1] + PALER_ALIKE), sealed)
    dark = _coarser(without(dilated(ink, 5, 5), pale))
    page = _Page(_coarser(pale), dark, dilated(_coarser(rules), 3, 3), mm / COARSER)
    frames = find_frames(page)
    del page, dark  # before a further mask is made
    found = np.zeros_like(ink)
    for frame in frames:
        inside, outside = (frame.scaled(COARSER).area(ink.shape, way * HALF_MM * mm) for way in (1, -1))
        lettered = int(np.count_nonzero(pale & inside)) / max(1, int(np.count_nonzero(inside)))
        if LETTERED[0] <= lettered <= LETTERED[1]:
            line = pale & without(outside, inside)
            own = own_ink(levels, ink & outside, ink & line, printed, PALER_ALIKE) & outside
            if _is_on_print(without(ink & inside, dilated(grey(own), 5, 5)), inside):
                found |= own
    return found


def _is_on_print(other: Mask, inside: Mask) -> bool:
    """Whether there is much `other` ink in a stamp than its own. What a stamp beside the print says may be wanted."""
    return bool(np.count_nonzero(other) >= PRINT_BELOW * np.count_nonzero(inside))


def _coarser(mask: Mask) -> Mask:
    """The mask with half as many pixels a side: those that are half filled."""
    size = max(1, mask.shape[1] // COARSER), max(1, mask.shape[0] // COARSER)
    small = cv2.resize(mask[: size[1] * COARSER, : size[0] * COARSER], size, interpolation=cv2.INTER_AREA)
    return grey(cv2.threshold(small, 100, 255, cv2.THRESH_BINARY)[1])


def find_frames(page: _Page) -> list[Frame]:
    """Frames as large as those of stamps like “ĐẾN” or “SAO Y BẢN CHÍNH”, drawn in pale ink.

    A frame that stands straight may itself be taken for ruled lines, and one that leans may be tied to such: the ink
    is looked at with ruled lines and without.
    """
    frames = sorted([*_leaning_frames(page), *_frames_of_pieces(page)], key=lambda frame: -_worth(frame, page))
    frames = [frame for at, frame in enumerate(frames) if not any(_same(frame, other) for other in frames[:at])]
    return [frame for frame in frames if not _has_twin(frame, page)]


def _has_twin(frame: Frame, page: _Page) -> bool:
    """Whether a frame as large stands beside it, or right above or below: cards of a form, which nobody stamps."""
    if abs(frame.degrees) >= LEAST_LEANING:
        return False
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    apart = np.arange(TWIN_APART_MM[0], TWIN_APART_MM[1], STEP_MM / 4) * page.mm
    ways = ((wide, 1, 0), (wide, -1, 0), (high, 0, 1), (high, 0, -1))
    moved = (frame.moved(x * (size + gap), y * (size + gap)) for size, x, y in ways for gap in apart.tolist())
    return any(_drawn(other, page) >= DRAWN for other in moved)


def _frames_of_pieces(page: _Page) -> list[Frame]:
    """The frames that large thin pieces of ink are, or are parts of."""
    frames: list[Frame] = []
    seen: set[tuple[Box, int]] = set()
    for mask in (without(page.pale, page.rules), page.pale):
        pieces = components(mask)
        longer, shorter = np.maximum(pieces.width, pieces.height), np.minimum(pieces.width, pieces.height)
        thin = (longer >= PIECE_MM[0] * page.mm) & (shorter >= PIECE_MM[1] * page.mm)
        thin &= (longer <= 1.1 * LENGTHS_MM[1] * page.mm) & (pieces.area < THIN * pieces.width * pieces.height)
        parts = pieces.mask(longer >= PART_MM * page.mm)
        chosen = np.flatnonzero(thin)
        for piece in chosen[np.argsort(-longer[chosen])][:MOST_PIECES].tolist():
            known = pieces.box(piece), int(pieces.area[piece])
            if known not in seen and _has_letters(pieces, piece, page):
                seen.add(known)
                found = _frame_at(pieces, piece, parts, page)
                frames += [found] if found is not None else []
    return frames


def _has_letters(pieces: Components, piece: int, page: _Page) -> bool:
    """Whether a piece's box holds more pale ink than its own and that of ruled lines: a table's cell does not."""
    left, top, right, bottom = pieces.box(piece)
    inside = np.s_[top:bottom, left:right]
    other = (page.pale[inside] > 0) & (page.rules[inside] == 0) & (pieces.labels[inside] != piece + 1)
    return float(other.mean()) >= LETTERS


def _leaning_frames(page: _Page) -> list[Frame]:
    """The frames about lines that lean as no print does."""
    free = without(page.pale, _straight(page.rules, page.mm))
    frames: list[Frame] = []
    for box, degrees in leaning_lines(free, page.mm):
        left, top, around = _surroundings(box, page.mm)
        points = points_of(free[around] > 0, left, top)
        frame = _frame_of(points, degrees, page)
        if frame is not None:
            frames.append(_frame_of(points, _refined(frame, points), page) or frame)
    return frames


def _refined(frame: Frame, points: Floats) -> float:
    """How many degrees the ink along a frame's level sides leans, told by all of it."""
    u, v = _turned(points, frame.degrees)
    slopes: list[float] = []
    for place in (frame.top, frame.bottom):
        along = (np.abs(v - place) <= 2 * BAND) & (u >= frame.left) & (u <= frame.right)
        if np.count_nonzero(along) > frame.right - frame.left:
            slopes.append(float(np.polyfit(u[along], v[along], 1)[0]))
    return frame.degrees + float(np.degrees(np.arctan(np.mean(slopes or 0.0))))


def _straight(rules: Mask, mm: float) -> Mask:
    """The ruled lines that do not lean: of a leaning one, no part is level so far."""
    return Bits.of(rules).opened(round(LEVEL_MM * mm), 1).mask


def _surroundings(box: Box, mm: float) -> tuple[int, int, tuple[slice, slice]]:
    """Left and top of the part of the page into which a frame may go on from a piece of it, and that part."""
    aside, beyond = (round(reach * mm) for reach in AROUND_MM)
    left, top = max(0, box[0] - aside), max(0, box[1] - beyond)
    return left, top, np.s_[top : box[3] + beyond, left : box[2] + aside]


def _frame_at(pieces: Components, piece: int, parts: Mask, page: _Page) -> Frame | None:
    """The frame that a piece of ink is, or is a part of, together with other `parts` around it."""
    left, top, right, bottom = pieces.box(piece)
    own = points_of(pieces.labels[top:bottom, left:right] == piece + 1, left, top)
    degrees = _leaning(own[:: -(-len(own) // TRIED_POINTS)])
    if not _level_lines(*_turned(own, degrees), PIECE_MM[0], page.mm):
        return None
    frame = _frame_of(own, degrees, page)
    if frame is not None:
        return frame
    left, top, around = _surroundings((left, top, right, bottom), page.mm)
    for there in (parts[around] > 0, pieces.labels[around] > 0):
        frame = frame or _frame_of(points_of(there, left, top), degrees, page)
    return frame


def _same(one: Frame, other: Frame) -> bool:
    apart = np.abs(one.corners().mean(0) - other.corners().mean(0)).max()
    return bool(apart < min(one.bottom - one.top, other.bottom - other.top))


def _turned(points: Floats, degrees: float) -> tuple[Floats, Floats]:
    """The (n, 2) points turned back by so many degrees."""
    along = np.deg2rad(degrees)
    x, y = points[:, 0], points[:, 1]
    return x * np.cos(along) + y * np.sin(along), y * np.cos(along) - x * np.sin(along)


def _leaning(points: Floats) -> float:
    """Degrees by which a piece of ink leans, were it part of a frame."""
    degrees = float(LEANING[int(np.argmax([_sharpness(points, each) for each in LEANING]))])
    near = degrees + np.arange(-4, 5) * 0.25
    return float(near[int(np.argmax([_sharpness(points, each) for each in near]))])


def _frame_of(points: Floats, degrees: float, page: _Page) -> Frame | None:
    """The largest and best drawn frame that leans so much; `points` are the ink around it."""
    mm = page.mm
    u, v = _turned(points, degrees)
    best, chosen = 0.0, None
    for (top, *upper), (bottom, *lower) in product(_level_lines(u, v, HALF_HIDDEN_MM, mm), repeat=2):
        if not HEIGHTS_MM[0] * mm <= bottom - top <= HEIGHTS_MM[1] * mm:
            continue
        ends = _ends(upper, lower, mm)
        if ends is None:
            continue
        between = (v >= top) & (v <= bottom)
        left, right = (_upright_line(u[between], v[between], end, bottom - top, mm) for end in ends)
        if left is None or right is None or not LENGTHS_MM[0] * mm <= right - left <= LENGTHS_MM[1] * mm:
            continue
        frame = Frame(degrees, left, top, right, bottom)
        worth = _worth(frame, page) if frame.outline > best else 0.0
        if worth > best and not _in_table(frame, page.rules, mm):
            best, chosen = worth, frame
    return chosen


def _worth(frame: Frame, page: _Page) -> float:
    """How large and how well drawn a frame is: the more, the likelier it is the stamp's; 0 if it is none."""
    drawn = _drawn(frame, page)
    return frame.outline * drawn**2 if drawn >= DRAWN else 0.0


def _ends(upper: list[float], lower: list[float], mm: float) -> tuple[list[float], list[float]] | None:
    """Where the left ends of two level sides are, and the right ones; None if they are no two sides of a frame.

    Where print hides an end of one of them, that of the other must do.
    """
    longer, shorter = sorted((upper, lower), key=lambda side: side[0] - side[1])
    beyond = max(longer[0] - shorter[0], shorter[1] - longer[1])
    if longer[1] - longer[0] < LENGTHS_MM[0] * mm or beyond > UNLIKE_MM * mm:
        return None
    left, right = (
        [one, other if abs(one - other) <= UNLIKE_MM * mm else one] for one, other in zip(longer, shorter, strict=True)
    )
    return left, right


def _level_lines(along: Floats, across: Floats, least_mm: float, mm: float) -> list[tuple[float, float, float]]:
    """The longest lines the points make: where across, from where to where along; each band of ink once."""
    band, step = LINE_MM * mm / 2, STEP_MM * mm
    first, start = float(across.min()), float(along.min())
    rows, steps = ((across - first) / band).astype(np.int64), ((along - start) / step).astype(np.int64)
    filled = np.zeros((int(rows.max()) + 2, int(steps.max()) + 1), np.uint8)
    filled[rows, steps] = 255
    filled[1:] |= filled[:-1].copy()  # a line may lie on the border of two bands: row n now holds bands n - 1 and n
    whole = Bits.of(filled).closed(WORN + 1, 1).mask > 0
    ending = np.zeros(whole.shape, np.int64)
    for at in range(whole.shape[1]):
        ending[:, at] = (ending[:, at - 1] + 1 if at else 1) * whole[:, at]
    lengths, ends = ending.max(1), ending.argmax(1)
    lengths[lengths * step > LENGTHS_MM[1] * mm] = 0
    lines: list[tuple[float, float, float]] = []
    for row in np.argsort(-lengths, kind="stable").tolist():
        if len(lines) == CHOICE or lengths[row] * STEP_MM < least_mm:
            break
        place, end = first + row * band, int(ends[row]) + 1
        solid = np.count_nonzero(filled[row, end - int(lengths[row]) : end]) >= SOLID * lengths[row]
        if solid and all(abs(place - other[0]) > 2 * LINE_MM * mm for other in lines):
            lines.append((place, start + (end - int(lengths[row])) * step, start + end * step))
    return lines


def _upright_line(along: Floats, down: Floats, ends: list[float], height: float, mm: float) -> float | None:
    """Where, about the two ends, the points stand in the fullest column; None if no column is half full.

    Letters beside a frame may lengthen one of its sides, and wear may shorten one.
    """
    first, last = min(ends) - ALIKE_MM * mm, max(ends) + ALIKE_MM * mm
    close = (along >= first) & (along <= last)
    band, step = LINE_MM * mm / 2, STEP_MM * mm
    columns, steps = ((along[close] - first) / band).astype(np.int64), (down[close] / step).astype(np.int64)
    if not len(columns):
        return None
    filled = np.zeros((int((last - first) / band) + 2, int(np.ptp(steps)) + 1), np.bool_)
    filled[columns, steps - steps.min()] = True
    filled[1:] |= filled[:-1].copy()
    full = filled.sum(1)
    best = int(full.argmax())
    return first + best * band if full[best] * step >= SIDE_DRAWN * height else None


def _sharpness(points: Floats, degrees: float) -> float:
    """How sharply the points fall into rows, or into columns, when turned back by so much."""
    return sum(
        float((np.bincount((axis - axis.min()).astype(np.int64)) ** 2.0).sum()) for axis in _turned(points, degrees)
    )


def _in_table(frame: Frame, rules: Mask, mm: float) -> bool:
    """Whether it stands straight, and its sides go on beyond its corners: it is a cell."""
    if abs(frame.degrees) > STRAIGHT:
        return False
    start, end = (reach * mm for reach in BEYOND_MM)
    ends = [(edge, sign * reach) for edge, sign in ((0, -1), (1, 1)) for reach in (start, end)]
    x, y = (frame.left, frame.right), (frame.top, frame.bottom)
    level = [(x[edge] + beyond, place) for place in y for edge, beyond in ends]
    steep = [(place, y[edge] + beyond) for place in x for edge, beyond in ends]
    along = np.deg2rad(frame.degrees)
    u, v = np.array([*level, *steep]).T
    rows, columns = np.rint(u * np.sin(along) + v * np.cos(along)), np.rint(u * np.cos(along) - v * np.sin(along))
    inside = (rows >= 0) & (columns >= 0) & (rows < rules.shape[0]) & (columns < rules.shape[1])
    there = rules[np.where(inside, rows, 0).astype(np.int64), np.where(inside, columns, 0).astype(np.int64)] > 0
    return int((there & inside).reshape(8, 2).all(1).sum()) > MOST_BEYOND


def _drawn(frame: Frame, page: _Page) -> float:
    """Which share of the outline is ink, where no print hides it; 0 if too little is there, or of one side.

    Also where as much stands beside it: lines of letters. Print lies along all of a straight frame's sides as along
    any line that somebody may think of: it hides nothing.
    """
    corners, mm = frame.corners(), page.mm
    leaning = abs(frame.degrees) >= LEAST_LEANING
    lengths = [float(np.hypot(*side)) for side in np.roll(corners, -1, axis=0) - corners]
    steps = [max(2, round(length / (STEP_MM * mm))) for length in lengths]
    reach, drawn, open_to_sight, outside, within = max(1, round(LINE_MM * mm / 2)), 0, 0, 0, 0
    for start, end, length, count in zip(corners, np.roll(corners, -1, axis=0), lengths, steps, strict=True):
        along = (end - start) / length
        places = start + (np.arange(count)[:, None] + 0.5) / count * (end - start)
        outwards = np.array([along[1], -along[0]])
        there, hidden = (_near(mask, places, outwards, reach) for mask in (page.pale, page.dark))
        outside += int(_near(page.pale, places + BESIDE_MM * mm * outwards, outwards, reach).sum())
        within += int(_near(page.pale, places - BESIDE_MM * mm * outwards, outwards, reach).sum())
        inked, seen = int(there.sum()), int((there | ~hidden).sum()) if leaning else count
        if inked < max(SIDE_DRAWN * seen, SIDE_SEEN * count):
            return 0.0
        drawn, open_to_sight = drawn + inked, open_to_sight + seen
    if drawn < SEEN * sum(steps) or outside > NOT_FREE[0] * drawn or within > NOT_FREE[1] * drawn:
        return 0.0
    return drawn / open_to_sight


def _near(mask: Mask, places: Floats, across: Floats, reach: int) -> Flags:
    """At which of the (n, 2) places there is ink, or within so many pixels to either side."""
    x, y = np.rint(places[:, None] + np.arange(-reach, reach + 1)[:, None] * across).astype(np.int64).T
    inside = (x >= 0) & (y >= 0) & (x < mask.shape[1]) & (y < mask.shape[0])
    return np.asarray(((mask[np.where(inside, y, 0), np.where(inside, x, 0)] > 0) & inside).any(0))
