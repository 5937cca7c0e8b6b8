"""Rows of like marks: dotted leaders, which guide the pen on a form and are no text, and "***" or "...", which are."""

from dataclasses import dataclass

import numpy as np

from extraction.bits import Bits
from extraction.layout.components import Components, Flags, Floats, Ints, components
from extraction.layout.dots_under import like_tones, touching_letters
from extraction.layout.written_over import Place, Under, dots_written_over, has_twin_above, middles
from extraction.readings import Box

LEAST_DOTS, MANY = 5, 9
DOT_MM = 0.85  # largest dot: the full stop of 18 point
GAP_MM = 2.2  # from dot to dot at most
TONE_LARGER, TONE_AREA = (1.5, 1.0), 3.0  # times the usual dot's side and pixels more, times its area: a tone's dot
TONE_ABOVE, NEIGHBOURS = 1.0, 6  # pixels that its middle stands above those of the dots to either side
DASH_MM = 1.2  # how far from a leader's end a dash belongs to it: "....-....-20.."
MARK = 0.62  # of the letter height: what is lower is a mark, dot or comma
FEWEST_DOTS, FEWEST_STARS = 3, 2  # of an ellipsis, of a footnote sign
FEWEST_ROWS, LEVEL = 3, 0.15  # ellipses that make a leader; of the letter height, how far one may stand off the last
STAR, LARGEST_STAR = 0.3, 0.8  # of the letter height: what is wider is no dot; what is higher no star


@dataclass(frozen=True, eq=False)
class Marks:
    """Which pieces of ink are dots of leaders, dashes between them, and rows of like marks; `letter` in pixels.

    `like_tones`: where dots of leaders stand right below letters, as the dot of a tone would. `touching`: dots of
    leaders that run into a letter's foot.
    """

    letter: float
    leaders: Flags
    like_tones: tuple[Place, ...]
    touching: list[Box]
    dashes: Flags
    repeated: list[Ints]


def find_marks(pieces: Components, noise: Flags, letter: float, mm: float) -> Marks:
    """The small marks of a page that mean something by standing in a row. `letter`: the usual height of letters."""
    leaders, over = leader_dots(pieces, letter, mm)
    dashes = dashes_in_leaders(pieces, leaders & ~over.dots, letter, mm) & ~noise
    tones = like_tones(over, pieces, letter)
    touching = touching_letters(over, pieces, letter)
    repeated = like_marks(pieces, leaders | noise, letter)
    broken = _broken_leaders(repeated, leaders, pieces, letter, mm)
    for run in broken:
        leaders[run] = True
    kept = [run for run in repeated if not any(run is other for other in broken)]
    return Marks(letter, leaders, tones, touching, dashes, kept)


def _broken_leaders(rows: list[Ints], leaders: Flags, pieces: Components, letter: float, mm: float) -> list[Ints]:
    """The rows that make a leader of three dots and a gap in turn, "… … …", or from which one of `leaders` goes on."""
    dots = [row for row in rows if float(np.median(pieces.width[row])) < STAR * letter]
    if not dots:
        return []
    known = np.flatnonzero(leaders)
    firsts = np.array([row[0] for row in dots])
    chains: list[list[Ints]] = []
    broken: list[Ints] = []
    for row in sorted(dots, key=lambda row: int(pieces.left[row[0]])):
        if len(_going_on(row, known, pieces, letter, mm)):
            broken.append(row)
        before = next((chain for chain in chains if row[0] in _going_on(chain[-1], firsts, pieces, letter, mm)), None)
        if before is None:
            chains.append([row])
        else:
            before.append(row)
    return broken + [row for chain in chains if len(chain) >= FEWEST_ROWS for row in chain]


def _going_on(row: Ints, others: Ints, pieces: Components, letter: float, mm: float) -> Ints:
    """Those of the other dots that follow close behind a row, at its level."""
    gap = pieces.left[others] - pieces.right[row[-1]]
    rise = pieces.top[others] + pieces.height[others] / 2 - (pieces.top[row[-1]] + pieces.height[row[-1]] / 2)
    return np.asarray(others[(gap > 0) & (gap <= GAP_MM * mm) & (np.abs(rise) <= LEVEL * letter)])


def leader_dots(pieces: Components, letter: float, mm: float) -> tuple[Flags, Under]:
    """Which pieces are dots of leaders, and which of these something was written over.

    A leader is at least five small round dots at one height, evenly and closely spaced.
    """
    size = DOT_MM * mm
    dots = (pieces.width <= size) & (pieces.height <= size) & (pieces.area >= 1)
    chosen = np.zeros(len(pieces), np.bool_)
    runs = _leader_runs(pieces, dots, letter, mm)
    for run in runs:
        chosen[run] = True
        for end in (run[0], run[-1]):
            chosen[end] = not has_twin_above(int(end), pieces, mm)
    over = dots_written_over(runs, dots, pieces, mm)
    return chosen | over.dots, over


def _leader_runs(pieces: Components, dots: Flags, letter: float, mm: float) -> list[Ints]:
    middle_x, middle_y = middles(pieces)
    found = []
    for row in _rows(pieces, dots, GAP_MM * mm, slack=3):
        for run in np.split(row, np.flatnonzero(np.diff(middle_x[row]) > GAP_MM * mm) + 1):
            if not _is_leader(run, middle_x, middle_y, pieces):
                continue
            if len(run) >= MANY or not _is_part_of_text(run, pieces, letter):
                found.append(_without_tones(run, pieces))
    return found


def _without_tones(run: Ints, pieces: Components) -> Ints:
    """The leader without the dots of tones that stand on it: far larger ones, their middles above the others'.

    Forms that are filled by machine underline a value with dots right below its letters: “Thị”, “bột”.
    """
    sides = np.minimum(pieces.width[run], pieces.height[run])
    middle = pieces.top[run] + pieces.height[run] / 2
    larger = sides >= TONE_LARGER[0] * float(np.median(sides)) + TONE_LARGER[1]
    larger &= pieces.area[run] >= TONE_AREA * float(np.median(pieces.area[run]))
    tones = np.zeros(len(run), np.bool_)
    for at in np.flatnonzero(larger).tolist():
        beside = middle[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        tones[at] = middle[at] <= float(np.median(beside)) - TONE_ABOVE
    return np.asarray(run[~tones]) if tones.any() else run


def dashes_in_leaders(pieces: Components, leaders: Flags, letter: float, mm: float) -> Flags:
    """Dashes between dots that are to be written over: print, though no letter stands near them."""
    flat = (pieces.height <= 0.3 * letter) & (pieces.width >= 0.3 * letter) & (pieces.width <= letter)
    flat &= (pieces.width >= 1.8 * pieces.height) & (pieces.area >= 0.7 * pieces.width * pieces.height) & ~leaders
    dots = np.flatnonzero(leaders)
    for dash in np.flatnonzero(flat):
        left, _, right, bottom = pieces.box(int(dash))
        above = pieces.bottom[dots] - bottom  # dots stand on the foot line, a dash at half the height of small letters
        level = (above >= -1) & (above <= letter)
        before, after = left - pieces.right[dots], pieces.left[dots] - right
        beside = [((gap >= 0) & (gap <= DASH_MM * mm) & level).any() for gap in (before, after)]
        flat[dash] = all(beside)
    return flat


def like_marks(pieces: Components, excluded: Flags, letter: float) -> list[Ints]:
    """Rows of like marks close together: the dots of "...", the stars of "***"; each from left to right."""
    small = (
        (pieces.height <= LARGEST_STAR * letter)
        & (pieces.width <= LARGEST_STAR * letter)
        & (pieces.area >= 0.005 * letter**2)
    )
    small &= ~excluded & (pieces.width >= 0.06 * letter)
    middle_x, middle_y = middles(pieces)
    runs: list[Ints] = []
    for row in _rows(pieces, small, 0.6 * letter, slack=1):
        if len(row) < FEWEST_STARS:
            continue
        unlike = np.diff(middle_x[row]) > letter
        for side in (pieces.width[row], pieces.height[row]):  # a comma is as wide as a dot, but higher
            unlike |= np.maximum(side[1:], side[:-1]) > 1.4 * np.minimum(side[1:], side[:-1]) + 1
        unlike |= np.abs(np.diff(middle_y[row])) > 0.12 * letter + 1
        for run in np.split(row, np.flatnonzero(unlike) + 1):
            stars = float(np.median(pieces.width[run])) >= STAR * letter
            if len(run) >= (FEWEST_STARS if stars else FEWEST_DOTS) and _is_even(middle_x[run], 0.12 * letter):
                runs.append(run)
    return runs


def _rows(pieces: Components, chosen: Flags, gap: float, slack: int) -> list[Ints]:
    """The chosen pieces in groups at one height without gaps wider than `gap`, each group from left to right.

    `slack`, an odd number of pixels: how far a row may rise or fall from one piece to the next.
    """
    members = np.flatnonzero(chosen)
    if not len(members):
        return []
    groups = components(Bits.of(pieces.mask(chosen)).dilated(1, slack).closed(max(1, round(gap)), 1))
    middle = pieces.top[members] + pieces.height[members] // 2
    labels = groups.labels[middle, pieces.left[members] + pieces.width[members] // 2].astype(np.int64)
    members, labels = members[labels > 0], labels[labels > 0]
    order = np.lexsort((pieces.left[members] + pieces.width[members] / 2, labels))
    return np.split(members[order], np.flatnonzero(np.diff(labels[order])) + 1)


def _is_part_of_text(run: Ints, pieces: Components, letter: float) -> bool:
    """Whether a short row is stars rather than dots, or dots with the rest of their signs right below."""
    if float(np.median(pieces.width[run])) >= STAR * letter:
        return True
    middle, foot = pieces.left[run] + pieces.width[run] / 2, pieces.bottom[run]
    near = np.flatnonzero((pieces.top >= foot.min()) & (pieces.top <= foot.max() + 0.3 * letter))
    left, right, below = pieces.left[near], pieces.left[near] + pieces.width[near], pieces.top[near] - foot[:, None]
    under = (below >= 0) & (below <= 0.3 * letter) & (left <= middle[:, None]) & (right >= middle[:, None])
    return float(under.any(1).mean()) > 0.5


def _is_even(middle_x: Floats, slack: float) -> bool:
    gaps = np.diff(middle_x)
    return bool(np.abs(gaps - float(np.median(gaps))).max() <= slack + 1)


def _is_leader(run: Ints, middle_x: Floats, middle_y: Floats, pieces: Components) -> bool:
    """Enough dots, evenly spaced, of like size, in a straight line. Accents above a word fail at the spacing."""
    if len(run) < LEAST_DOTS:
        return False
    gaps = np.diff(middle_x[run])
    usual = float(np.median(gaps))
    even = (np.abs(gaps - usual) <= 0.3 * usual + 1).mean()
    close = usual <= 4.5 * max(2.0, float(np.median(pieces.width[run])))
    if usual <= 0:
        return False
    first, last = run[0], run[-1]
    fall = (middle_y[last] - middle_y[first]) / (middle_x[last] - middle_x[first])
    level = middle_y[first] + fall * (middle_x[run] - middle_x[first])
    straight = float(np.abs(middle_y[run] - level).mean()) <= 1.0
    return bool(even >= 0.7 and close and straight)
