"""Dots of a printed leader between and under letters that were typed over it later."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from extraction.layout.components import Components, Flags, Floats, Ints

LEVEL_MM = 1.0  # how far from its straight line a leader on a curled sheet lies at most
LEVEL, OFF_STEP = 1.6, 0.35  # pixels up or down, and share of the step aside, that the next dot may be off
ALIKE = 0.1  # share of its step by which another leader's may differ on the same page
ALIKE_SIZE = 1.4  # of a usual dot's width or height, that another dot of the leader has at most
MISSED, FEWEST_UNDER = 1, 3  # steps in a row where nothing is, before the leader ends; dots that show that it goes on
LONG = 9  # dots of a leader that tells the page's usual step
FEWEST_BESIDE = 4  # dots of a short leader beside a longer one; "..." is text
FEWEST_ALONE, SEEDS = 6, 40  # dots of a leader all of which is written over; how often one is looked for
COLON_MM = (0.6, 2.6)  # how far the upper dot of a colon stands above the lower one

Place = tuple[int, int]  # x, y


class Under(NamedTuple):
    """What of leaders is written over: which pieces are dots of it, and where a dot ran into a letter."""

    dots: Flags
    hidden: list[Place]


def dots_written_over(leaders: Sequence[Ints], dots: Flags, pieces: Components, mm: float) -> Under:
    """Which of the `dots` go on with one of the leaders where something was written over it.

    A form's leader is printed in step whatever is typed over it. Full stops are not, and there is paper between them
    where a leader would have dots.
    """
    walk = _Walk(pieces, mm, dots)
    free = [int(dot) for leader in leaders for dot in leader]
    walk.taken[free] = walk.free[free] = True
    usual = float(np.median([_step(walk.x[leader]) for leader in leaders if len(leader) >= LONG] or [0.0]))
    steps = []
    for leader in leaders:
        fall, start = np.polyfit(walk.x[leader], walk.y[leader], 1)
        level = np.abs(walk.y - (start + fall * walk.x)) <= LEVEL_MM * mm
        for sides in (pieces.width, pieces.height):  # larger: the dot of a tone ran into one of the leader's
            level &= sides <= ALIKE_SIZE * np.median(sides[leader]) + 1
        near, step = np.flatnonzero(~walk.taken & level), _step(walk.x[leader])
        if usual and abs(step - usual) > ALIKE * usual:
            step = usual  # most dots of this one are hidden
        if not len(near):
            continue
        for run in (leader, *_short_leaders(near, step, walk.x)):
            walk.take([int(dot) for dot in run if not walk.taken[dot] and not has_twin_above(int(dot), pieces, mm)])
            ways = [walk.follow(int(end), way, float(fall), near) for end, way in ((run[0], -step), (run[-1], step))]
            steps += [step for found in ways if found.sure and walk.take(found.dots, found.hidden, FEWEST_UNDER)]
    if steps:
        _take_leaders_alone(walk, float(np.median(steps)))
    return Under(walk.found, walk.hidden)


class _Followed(NamedTuple):
    """`sure`: two of the dots stand side by side, as stops never do, or the leader comes out on the other side."""

    dots: list[int]
    hidden: list[Place]
    sure: bool


class _Walk:
    """Goes along leaders; `taken`: pieces that need not be looked at again."""

    def __init__(self, pieces: Components, mm: float, dots: Flags) -> None:
        self.pieces, self.mm, self.dots, self.taken = pieces, mm, dots, ~dots
        self.found, self.free = np.zeros((2, len(pieces)), np.bool_)
        self.x, self.y = middles(pieces)
        self.hidden: list[Place] = []

    def take(self, dots: list[int], hidden: Sequence[Place] = (), fewest: int = 1) -> bool:
        if len(dots) < fewest:
            return False
        self.taken[dots] = self.found[dots] = True
        self.hidden += hidden
        return True

    def follow(self, end: int, step: float, fall: float, near: Ints) -> _Followed:
        """Dots of `near` in step with the leader that ends at the dot `end`, as far as each step finds dot or ink."""
        near_x, near_y = self.x[near], self.y[near]
        x, y, missed, side_by_side, sure = float(self.x[end]), float(self.y[end]), 0, 0, False
        found: list[int] = []
        hidden: list[Place] = []
        seen = 0  # of the hidden ones, those before the last dot that was found
        while 0 <= x + step < self.pieces.labels.shape[1] and missed <= MISSED:
            x, y = x + step, y + fall * step
            off = np.maximum(np.abs(near_x - x) / (OFF_STEP * abs(step)), np.abs(near_y - y) / LEVEL)
            dot = int(np.argmin(off))
            if off[dot] <= 1:
                if has_twin_above(int(near[dot]), self.pieces, self.mm):
                    break  # a colon: the leader began behind it
                x, y, missed, seen = float(near_x[dot]), float(near_y[dot]), 0, len(hidden)
                side_by_side += 1
                sure |= side_by_side > 1 and len(found) >= side_by_side
                found.append(int(near[dot]))
                continue
            side_by_side = 0
            ink = pieces_at(self.pieces, round(x), round(y))
            if len(ink) and self.free[ink].any():
                seen, sure = len(hidden), True
                break
            if any(has_twin_above(int(piece), self.pieces, self.mm) for piece in set(ink[self.dots[ink]].tolist())):
                break
            if len(ink):
                hidden.append((round(x), round(y)))
            else:
                missed += 1
        return _Followed(found, hidden[:seen], sure)


def _step(middle_x: Floats) -> float:
    """From dot to dot, to a fraction of a pixel; a dot here and there may be lost."""
    apart = np.diff(middle_x)
    return float(apart.sum() / np.maximum(1, np.rint(apart / np.median(apart))).sum())


def _short_leaders(near: Ints, step: float, middle_x: Floats) -> Iterator[Ints]:
    """Runs of dots beside a leader and in its step, too short to be one alone."""
    row = near[np.argsort(middle_x[near])]
    for run in np.split(row, np.flatnonzero(np.abs(np.diff(middle_x[row]) - step) > OFF_STEP * step) + 1):
        if len(run) >= FEWEST_BESIDE:
            yield run


def _take_leaders_alone(walk: _Walk, step: float) -> None:
    """Leaders of the page's usual step that are written over from end to end."""
    for _ in range(SEEDS):
        near = np.flatnonzero(~walk.taken)
        pair = _two_in_step(walk, near, step)
        if pair is None:
            return
        ways = [walk.follow(pair[0], -step, 0.0, near), walk.follow(pair[1], step, 0.0, near)]
        dots = [*pair, *(dot for found in ways for dot in found.dots)]
        if not walk.take(dots, [place for found in ways for place in found.hidden], FEWEST_ALONE):
            walk.taken[list(pair)] = True


def _two_in_step(walk: _Walk, near: Ints, step: float) -> tuple[int, int] | None:
    """Two dots beside each other like neighbours in a leader."""
    order = near[np.lexsort((walk.x[near], np.rint(walk.y[near])))]
    apart, rise = np.diff(walk.x[order]), np.abs(np.diff(walk.y[order]))
    fits = np.flatnonzero((np.abs(apart - step) <= ALIKE * step) & (rise <= 1))
    return (int(order[fits[0]]), int(order[fits[0] + 1])) if len(fits) else None


def has_twin_above(dot: int, pieces: Components, mm: float) -> bool:
    """Whether it is the lower dot of a colon."""
    left, top, right, bottom = pieces.box(dot)
    size = max(right - left, bottom - top)
    above = top - pieces.top
    like = (np.abs(pieces.left - left) <= 0.5 * size + 1) & (np.abs(pieces.width - (right - left)) <= 0.5 * size + 1)
    like &= np.abs(pieces.height - (bottom - top)) <= 0.5 * size + 1
    return bool((like & (above >= COLON_MM[0] * mm) & (above <= COLON_MM[1] * mm)).any())


def middles(pieces: Components) -> tuple[Floats, Floats]:
    """x and y of each piece's middle."""
    return pieces.left + pieces.width / 2, pieces.top + pieces.height / 2


def pieces_at(pieces: Components, x: int, y: int) -> Ints:
    """The pieces with ink at a place or beside it."""
    labels = pieces.labels[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2]
    return labels[labels > 0].astype(np.int64) - 1
