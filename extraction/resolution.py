"""How many dots an inch a page really has, where its file says what no sheet of paper can be.

Programs that make PDF or TIFF from pictures often write 72 dpi, or 600, whatever the scanner did. Millimetres are what
layout goes by, so a wrong resolution loses boxes, rules and letters.
"""

from dataclasses import replace

import numpy as np

from extraction.layout.components import components
from extraction.pages import PageImage
from extraction.preprocessing import ink_of, shrunk

SHEET_INCHES = (6.5, 18.0)  # longest side of a sheet taken as stated: A5 to A3
A4_INCHES = 297 / 25.4
LOOKED_AT_DPI = 110.0  # if the page were A4
USUAL_MM = 2.3  # between the x-height and the capitals of 13 points, the size of forms and letters
TOLERATED = 1.6  # how far letters may be from the usual size: 8 to 20 points
FEWEST_LETTERS = 60


def believable(page: PageImage) -> PageImage:
    """The page with a resolution its sheet and its letters allow: as stated, as if A4, or by the letters' height."""
    longest = max(page.width, page.height)
    if SHEET_INCHES[0] <= longest / page.dpi <= SHEET_INCHES[1]:
        return page
    as_a4 = replace(page, dpi=longest / A4_INCHES)
    by_letters = _dpi_by_letters(as_a4)
    if by_letters is None:
        return page if longest / page.dpi < SHEET_INCHES[0] else as_a4  # a slip of paper may be small, none is a banner
    for candidate in (page, as_a4):
        if 1 / TOLERATED <= candidate.dpi / by_letters <= TOLERATED:
            return candidate
    return replace(page, dpi=by_letters)


def _dpi_by_letters(page: PageImage) -> float | None:
    """The resolution at which most letters have the usual height; None where there are too few to tell."""
    small = shrunk(page, LOOKED_AT_DPI)
    pieces = components(ink_of(small))
    likely = (pieces.height >= 4) & (pieces.height <= small.height / 12) & (pieces.width <= 3 * pieces.height)
    likely &= pieces.width >= 0.2 * pieces.height
    if int(likely.sum()) < FEWEST_LETTERS:
        return None
    letter = float(np.median(pieces.height[likely])) * page.width / small.width
    return letter / (USUAL_MM / 25.4)
