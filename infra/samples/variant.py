"""What may be asked of a sample beyond its seed, set, stars and scan level. Nothing asked: the dossiers as ever."""

from dataclasses import dataclass
from typing import Literal

Dpi = Literal[200, 300]
Turned = Literal["landscape", "some", "90", "180", "270"]
Layout = Literal["usual", "varied", "leaders", "tables", "boxes-right", "landscape"]
Hand = Literal["usual", "varied"]
Era = Literal["26/2026", "148/2023"]


@dataclass(frozen=True)
class Variant:
    """The defaults leave every dossier as it was before there were variants.

    dpi: of the scan (a fax always has 204 × 196; a photo has about as many pixels as a scan of that dpi).
    turned: how pages were fed. `landscape`: only pages printed across lie turned; `some`: so does about a third of
    the others, by 90, 180 or 270 degrees; a number: every page, by so many degrees clockwise until it is upright.
    layout: `usual`; `varied`: header block, typeface, leaders, tables, boxes, row numbers by seed; or one by name.
    hand: `varied`: every tick drawn by a hand of its own, a few crossed out or corrected.
    era: whose forms and criteria table; those of 148/2023 are Biểu số 01 to 03.
    defects: mistakes that somebody should find, told in the truth.
    stamps: office stamps across the text of some pages.
    every_kind: each of the fifteen kinds of evidence at least once.
    """

    dpi: Dpi = 300
    turned: Turned = "landscape"
    layout: Layout = "usual"
    hand: Hand = "usual"
    era: Era = "26/2026"
    defects: bool = False
    stamps: bool = False
    every_kind: bool = False


USUAL = Variant()
HARD = Variant(turned="some", layout="varied", hand="varied", defects=True, stamps=True, every_kind=True)
