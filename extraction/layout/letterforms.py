"""What tells a large letter from a tick box: round sides, serifs, stems that go on. Boxes have none of them.

Bold and large capitals have strokes as level, upright and closed as those of boxes; so have two stems whose serifs
touch.
"""

import numpy as np

from extraction.layout.components import Flags
from extraction.pages import Mask
from extraction.readings import Box

BULGE, END = 0.3, 0.1  # share of a side's length that ink right outside of it covers, but for so much at both ends
BELLY = 4  # pixels beyond a side
SERIF = 2  # pixels that a level stroke goes on beyond a corner
STEM = 0.2  # of the height, that an upright stroke goes on beyond a corner


def is_letter(mask: Mask, box: Box) -> bool:
    """Whether the four sides found at `box` in the ink are those of letters."""
    around = Around(mask, box)
    return around.bulges() or around.has_serifs() or around.has_feet() or around.has_stems()


def is_left_by_a_stroke(mask: Mask, box: Box) -> bool:
    """Whether what goes on beyond the sides may be one steep stroke: over one corner, and out of one side at most."""
    around = Around(mask, box)
    return not around.has_serifs() and around.stems() == 1 and around.bellies() <= 1


class Around:
    """The ink around a box; every question is asked of all four sides by turning the picture."""

    def __init__(self, mask: Mask, box: Box) -> None:
        left, top, right, bottom = box
        self.reach = max(BELLY, SERIF + 2, round(STEM * (bottom - top)) + 2)
        rows, columns = (
            np.clip(np.arange(first - self.reach, last + self.reach), 0, length - 1)
            for first, last, length in ((top, bottom, mask.shape[0]), (left, right, mask.shape[1]))
        )
        self.ink: Flags = np.asarray(mask[np.ix_(rows, columns)] > 0)

    def bulges(self) -> bool:
        """Whether ink goes on outside of the right or the left side, but not at its ends: the belly of D, B or O."""
        return self.bellies() > 0

    def bellies(self) -> int:
        return sum(self._bulges(ink) for ink in (self.ink, self.ink[:, ::-1]))

    def _bulges(self, ink: Flags) -> bool:
        beyond = np.logical_and.accumulate(ink[self.reach : -self.reach, -self.reach : -self.reach + BELLY], axis=1)
        end = max(1, round(END * len(beyond)))
        ends = beyond[:end].any(0) | beyond[-end:].any(0)
        return bool(((beyond.mean(0) >= BULGE) & ~ends).any())

    def has_serifs(self) -> bool:
        """Whether the upper or the lower edge goes on level beyond both its ends."""
        return any(
            all(self._goes_on_level(ink) for ink in (edge, edge[:, ::-1])) for edge in (self.ink, self.ink[::-1])
        )

    def has_feet(self) -> bool:
        """Whether the upper or the lower edge is two strokes, ending in the middle and beyond the corners: n, h, m."""
        return any(self._is_of_feet(ink) for ink in (self.ink, self.ink[::-1]))

    def _is_of_feet(self, ink: Flags) -> bool:
        """Of the upper edge."""
        edge = np.logical_or.reduce(ink[self.reach - 1 : self.reach + 2])
        above = np.logical_or.reduce(ink[: self.reach - 2])
        before, behind = self.reach - 1, len(edge) - self.reach
        third = (behind - before) // 3
        broken = not edge[before + third : behind - third].all()
        return bool(broken and edge[before] and edge[behind] and not above[before] and not above[behind])

    def _goes_on_level(self, ink: Flags) -> bool:
        """Beyond the upper left corner; a slanting stroke of a cross would be above it, too."""
        columns = slice(self.reach - SERIF, self.reach)
        edge = ink[self.reach - 1 : self.reach + 2, columns]
        return bool(edge.any(0).all() and not ink[: self.reach - 2, columns].any())

    def has_stems(self) -> bool:
        """Whether one side goes on straight above or below the box, as in p, đ or h."""
        return self.stems() > 0

    def stems(self) -> int:
        corners = self.ink, self.ink[::-1], self.ink[:, ::-1], self.ink[::-1, ::-1]
        return sum(self._goes_on_straight(ink) for ink in corners)

    def _goes_on_straight(self, ink: Flags) -> bool:
        """Above the upper left corner."""
        columns = ink[: self.reach + 1, self.reach : self.reach + 3]
        return bool(columns.all(0).any() and not ink[: self.reach - 1, : self.reach - 2].any())
