"""Seals and signatures where no colour tells them from print: by their shapes, and a seal also by its paler ink.

A round seal is a circle of 17 to 55 mm; a signature is one long line that folds into a small space.
"""

from dataclasses import dataclass, replace
from math import ceil

import cv2
import numpy as np
import numpy.typing as npt

from extraction.layout.components import Components, Flags, Floats, components, dilated
from extraction.layout.ink import Ink
from extraction.layout.lines import Line
from extraction.layout.rules import Rules
from extraction.layout.stamps import LARGEST_MM, PEN_MM, SMALLEST_MM
from extraction.pages import Mask, PageImage, Pixels, grey, levels_below, without
from extraction.readings import Box

FAINT = 225  # grey level of evenly lit paper below which there is ink, be it pale
FINDING = 2.8  # pixels a millimetre when circles are looked for
MOST_ARCS, GUESSES = 20, 40  # pieces that are tried as parts of a rim, circles tried for each
MOST_CIRCLES = 6
RIM, OUTSIDE = 0.72, 0.5  # of a circle's directions with ink on it at least, right outside of it at most
ANGLES = np.linspace(0, 2 * np.pi, 90, endpoint=False)
PALER = 30  # grey levels that a seal's ink must be lighter than dark print to be told from it …
PALER_ALIKE = 12  # … and than print taken as the seal's ink is: a circle through nothing but print is no paler
DISTINCT = 0.4  # share of the rim's directions less that has ink right outside; of other circles twice as pale is asked
DARK, USUAL = 0.2, 0.35  # quantiles of ink, from the darkest
FOLDED = 1.9  # length of a signature's line, in halves of its box's perimeter; a circle has 1.57
SPARSE = 0.3  # of its box is ink at most
WIDEST_MM = 90.0  # signature
RULE_MM = 35.0  # longer straight lines are ruled
SCRAP = 2.5  # letter heights: what is no wider and lies in a signature is a piece of it
SEAL_SCRAP = 0.6  # of a seal's radius
DISC = 1.04  # of a circle's radius: as far as its rim's ink reaches
LEFT_OVER = 0.85  # of a line's ink is a mark's: it is no text


@dataclass(frozen=True)
class Circle:
    """A round seal's outline, in pixels of the layout image."""

    x: float
    y: float
    radius: float
    distinct: float = 1.0  # how much more ink is on its rim than right outside, in shares of all directions

    def disc(self, shape: tuple[int, ...]) -> Mask:
        """Everything inside, the rim included."""
        return self.drawn_on(np.zeros(shape, np.uint8), 255)

    def drawn_on(self, mask: Mask, level: int) -> Mask:
        """The mask, everything inside now at this level."""
        return grey(cv2.circle(mask, (round(self.x), round(self.y)), round(DISC * self.radius), (level,), -1))

    def moved(self, right: int, down: int) -> "Circle":
        return replace(self, x=self.x + right, y=self.y + down)

    def place(self, shape: tuple[int, ...]) -> tuple[slice, slice]:
        """The rows and columns of the page around the disc."""
        reach = round(DISC * self.radius) + 1
        down, across = (
            slice(max(0, middle - reach), max(0, min(length, middle + reach + 1)))
            for middle, length in ((round(self.y), shape[0]), (round(self.x), shape[1]))
        )
        return down, across

    def holds(self, box: Box) -> bool:
        """Whether a box lies inside, as a whole."""
        reach = max(abs(edge - self.x) for edge in (box[0], box[2])), max(abs(e - self.y) for e in (box[1], box[3]))
        return float(np.hypot(*reach)) <= 1.15 * self.radius


def find_circles(even: PageImage, pieces: Components, mm: float) -> list[Circle]:
    """Outlines of round seals, where there are large thin pieces of ink.

    `even` is the page at layout resolution, its paper white everywhere, `pieces` its ink without ruled lines. Circles
    through three points of a piece are tried; the page itself tells which is a seal's, since worn and pale rims are not
    everywhere dark enough for ink.
    """
    guesses = _guesses(pieces, mm)
    if not len(guesses):
        return []
    scale = FINDING / mm
    levels = cv2.resize(without_noise(even), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    thick = dilated(_below(grey(levels), FAINT), 3, 3)
    guesses = guesses * scale
    shares = _rim_shares(thick, guesses)
    circles: list[Circle] = []
    for at in np.argsort(-shares).tolist():
        x, y, radius = guesses[at].tolist()
        if shares[at] < 0.8 * RIM or len(circles) == MOST_CIRCLES:
            break
        if all(np.hypot(x - other.x, y - other.y) > 0.5 * other.radius for other in circles):
            fitted = _fitted(thick, x, y, radius)
            circles += [fitted] if fitted else []
    return [Circle(each.x / scale, each.y / scale, each.radius / scale, each.distinct) for each in circles]


def _guesses(pieces: Components, mm: float) -> Floats:
    """Circles of a seal's size, (n, 3) of x, y and radius, each through three points of a large thin piece."""
    smaller, larger = np.minimum(pieces.width, pieces.height), np.maximum(pieces.width, pieces.height)
    thin = (pieces.area < SPARSE * pieces.width * pieces.height) & (larger >= 5 * mm) & (smaller >= 1.2 * mm)
    chosen = np.flatnonzero(thin)
    chosen = chosen[np.argsort(-larger[chosen])][:MOST_ARCS]
    guesses = [np.zeros((0, 3))]
    random = np.random.default_rng(0)
    for piece in chosen.tolist():
        left, top, right, bottom = pieces.box(piece)
        y, x = np.nonzero(pieces.labels[top:bottom, left:right] == piece + 1)
        three = random.integers(0, len(x), (3, GUESSES))
        guesses.append(_through(np.asarray(x[three] + left, np.float64), np.asarray(y[three] + top, np.float64)))
    found = np.concatenate(guesses)
    return found[(found[:, 2] >= SMALLEST_MM / 2 * mm) & (found[:, 2] <= LARGEST_MM / 2 * mm)]


def _through(x: Floats, y: Floats) -> Floats:
    """The (n, 3) circles through three points each, given as (3, n); radius 0 where they lie on a line."""
    (ax, bx, cx), (ay, by, cy) = x, y
    d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    flat = np.abs(d) < 1
    a2, b2, c2 = ax**2 + ay**2, bx**2 + by**2, cx**2 + cy**2
    d = np.where(flat, 1.0, d)
    middle_x = (a2 * (by - cy) + b2 * (cy - ay) + c2 * (ay - by)) / d
    middle_y = (a2 * (cx - bx) + b2 * (ax - cx) + c2 * (bx - ax)) / d
    return np.stack([middle_x, middle_y, np.where(flat, 0.0, np.hypot(ax - middle_x, ay - middle_y))], axis=1)


def without_noise(even: PageImage) -> Pixels:
    """The page's grey levels without single dark or light pixels."""
    return grey(cv2.medianBlur(even.pixels, 3))


def _fitted(ink: Mask, x: float, y: float, radius: float) -> Circle | None:
    """The circle nearby that has most ink on its rim: the outermost of those nearly as good; None if it has too little.

    All in pixels of `ink`.
    """
    sizes = np.arange(0.94 * radius, 1.28 * radius, 1.0)
    size, dx, dy = (part.ravel() for part in np.meshgrid(sizes, (-2, -1, 0, 1, 2), (-2, -1, 0, 1, 2)))
    around = np.stack([x + dx, y + dy, size], axis=1)
    shares = _rim_shares(ink, around)
    good = around[shares >= 0.9 * shares.max()]
    best = good[np.argmax(good[:, 2])]
    outside = best * (1, 1, 1.1) + (0, 0, 2)
    rim, beyond = _rim_shares(ink, np.stack([best, outside])).tolist()
    if shares.max() < RIM or beyond > OUTSIDE:
        return None
    return Circle(float(best[0]), float(best[1]), float(best[2]), rim - beyond)


def _rim_shares(ink: Mask, circles: Floats) -> Floats:
    """For each of the (n, 3) circles: in which share of all directions its rim has ink; off the page there is none."""
    x, y, radius = (circles[:, at, None] for at in range(3))
    rows, columns = np.rint(y + radius * np.sin(ANGLES)), np.rint(x + radius * np.cos(ANGLES))
    height, width = ink.shape
    on_page = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    rows, columns = np.where(on_page, rows, 0).astype(np.int64), np.where(on_page, columns, 0).astype(np.int64)
    return np.asarray(((ink[rows, columns] > 0) & on_page).mean(axis=1))


def pale_ink(even: PageImage, ink: Mask, circles: list[Circle]) -> Mask:
    """Ink inside the seals that is their own, being lighter than print; empty where they are as dark as print.

    `even` as for `find_circles`; `ink` is where it has ink.
    """
    found = np.zeros_like(ink)
    if not circles:
        return found
    levels, outside = without_noise(even), ink.copy()
    for circle in circles:
        outside = circle.drawn_on(outside, 0)
    if not outside.any():
        return found
    printed = print_levels(levels, outside)
    for circle in circles:
        place = circle.place(ink.shape)
        disc, inner = (each.disc(ink.shape)[place] for each in (circle, replace(circle, radius=0.9 * circle.radius)))
        inside, rim = ink[place] & disc, ink[place] & disc & ~inner
        needed = PALER_ALIKE if circle.distinct >= DISTINCT else 2 * PALER_ALIKE
        own = own_ink(levels[place], inside, rim, printed, needed) & disc
        if _rim_drawn(own, circle.moved(-place[1].start, -place[0].start)) >= RIM:
            found[place] |= own
    return found


def seals(circles: list[Circle], marks: Mask) -> list[Circle]:
    """The circles that no print makes by chance: paper lies around their rim, or it is drawn in a mark's own ink."""
    return [circle for circle in circles if circle.distinct >= DISTINCT or _rim_drawn(marks, circle) >= RIM]


def _rim_drawn(pale: Mask, circle: Circle) -> float:
    """In which share of its directions a circle's rim is pale ink; a chance circle through text is mostly print."""
    thick = dilated(pale, 5, 5)
    sizes = circle.radius * np.array([0.94, 0.97, 1.0, 1.02])
    return float(_rim_shares(thick, np.stack([np.full(4, circle.x), np.full(4, circle.y), sizes], axis=1)).max())


def print_levels(levels: Pixels, ink: Mask) -> tuple[float, float]:
    """Grey levels of dark and of usual print."""
    dark, usual = levels_below(levels, ink, (DARK, USUAL)) or (0, 0)
    return dark, usual


def own_ink(levels: Pixels, ink: Mask, line: Mask, printed: tuple[float, float], needed: float) -> Mask:
    """What is drawn about a seal or stamp in its own ink; nothing where that of its outline is hardly paler than print.

    `ink`: the seal's and what is printed below it; `line`: that of its outline. `printed`: levels of dark and of usual
    print; `needed`: by how much the seal's must be paler than the latter.
    """
    sealed = float(np.quantile(levels[line > 0], USUAL)) if line.any() else 0.0
    if sealed - printed[0] < PALER or sealed - printed[1] < needed:
        return np.zeros_like(ink)
    dark = _below(levels, (printed[0] + sealed) / 2) & ink
    return without(_below(levels, FAINT), dilated(dark, 5, 5))


def paler(levels: Pixels, dark: float) -> Mask:
    """Ink that is lighter than `dark`, and no soft edge of ink that is not."""
    return without(_below(levels, FAINT), dilated(_below(levels, dark), 5, 5))


def _below(levels: Pixels, limit: float) -> Mask:
    return grey(cv2.threshold(levels, ceil(limit) - 1, 255, cv2.THRESH_BINARY_INV)[1])


def signatures(pieces: Components, mm: float) -> Flags:
    """Which pieces are lines of a pen too tall and too much folded to be letters."""
    chosen = (pieces.height >= PEN_MM * mm) & (pieces.width >= 6 * mm) & (pieces.width <= WIDEST_MM * mm)
    chosen &= pieces.area < SPARSE * pieces.width * pieces.height
    for piece in np.flatnonzero(chosen).tolist():
        left, top, right, bottom = pieces.box(piece)
        own = grey((pieces.labels[top:bottom, left:right] == piece + 1) * 255)
        outlines, _ = cv2.findContours(own, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        length = sum(cv2.arcLength(outline, True) for outline in outlines) / 2
        chosen[piece] = length >= FOLDED * (right - left + bottom - top)
    return chosen


def without_scraps(lines: list[Line], circles: list[Circle], signed: list[Box], ink: Mask, marks: Mask) -> list[Line]:
    """Lines of text without the pieces of seals and signatures that look like short ones.

    `signed`: boxes of signatures. `marks`: ink of seals and signatures, bleached or not; `ink`: what is left to read.
    """
    covered = dilated(marks, 5, 5)
    return [line for line in lines if not _is_scrap(line, circles, signed) and not _is_left_over(line, ink, covered)]


def _is_left_over(line: Line, ink: Mask, covered: Mask) -> bool:
    """Whether most of a line's ink are strokes of a mark that were not bleached wholly."""
    left, top, right, bottom = line.box
    inside = ink[top:bottom, left:right] > 0
    return bool((inside & (covered[top:bottom, left:right] > 0)).sum() > LEFT_OVER * inside.sum())


def _is_scrap(line: Line, circles: list[Circle], signed: list[Box]) -> bool:
    left, top, right, bottom = line.box
    if any(circle.holds(line.box) and right - left <= SEAL_SCRAP * circle.radius for circle in circles):
        return True
    x, y = (left + right) / 2, (top + bottom) / 2
    narrow = right - left <= SCRAP * line.letter
    return narrow and any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in signed)


def without_strokes(rules: Rules, ink: Ink) -> Rules:
    """The rules without straight parts of a signature's line: they stand free, are short, and have tall ink on them."""
    lines = components(rules.across)
    reach = ink.pixels(1.5)
    across = rules.across
    for line in np.flatnonzero(lines.width <= RULE_MM * ink.mm).tolist():
        left, top, right, bottom = lines.box(line)
        beside = np.s_[max(0, top - reach) : bottom + reach, max(0, left - reach) : right + reach]
        if rules.down[beside].any() or not _has_tall_ink((left, top, right, bottom), ink):
            continue
        across = across.copy() if across is rules.across else across
        across[top:bottom, left:right][lines.labels[top:bottom, left:right] == line + 1] = 0
    return rules if across is rules.across else Rules(across, rules.down)


def _has_tall_ink(box: Box, ink: Ink) -> bool:
    """Whether the ink that a straight line is part of is taller than any line of text."""
    left, top, right, bottom = box
    reach = ink.pixels(1.5 * PEN_MM)
    x, y = max(0, left - reach), max(0, top - reach)
    part = components(np.ascontiguousarray(ink.mask[y : bottom + reach, x : right + reach]))
    under: npt.NDArray[np.int32] = np.unique(part.labels[top - y : bottom - y, left - x : right - x])
    touched = under[under > 0] - 1
    tall = part.height[touched] >= PEN_MM * ink.mm
    return bool((tall & (part.area[touched] < SPARSE * part.width[touched] * part.height[touched])).any())
