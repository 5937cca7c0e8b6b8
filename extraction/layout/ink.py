"""What the finders work on."""

from dataclasses import dataclass
from functools import cached_property

from extraction.bits import Bits
from extraction.pages import Mask


@dataclass(frozen=True, eq=False)
class Ink:
    """The ink mask at layout resolution, and how many of its pixels make a millimetre of paper."""

    mask: Mask
    mm: float

    @cached_property
    def bits(self) -> Bits:
        """The mask, packed once."""
        return Bits.of(self.mask)

    def pixels(self, millimetres: float, least: int = 1) -> int:
        return max(least, round(millimetres * self.mm))
