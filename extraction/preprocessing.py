"""Stages before layout: is the page blank, is it straight, where is its ink. Pure functions of pixels."""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extraction.bits import Bits
from extraction.pages import Mask, PageImage, Pixels, grey

BLANK_SHARE = 0.0015  # ink share below which there is no drawing, photo or stamp on the page …
WRITTEN = 165  # grey level of evenly lit paper below which something is written
FAINT, FAINT_SHARE = 200, 0.005  # the same of pale print, which covers this share of a page at least …
FAINT_LETTERS = 60  # … in so many pieces like letters
FAINT_SEEN, NONE_DARKER = 110, 0.0005  # darker pixels than this show usual print, if so large a share of them
FAINT_STEP = 8  # every which pixel tells at a glance
USUAL_INK = 40
BLANK_LETTERS = 5  # … and fewer pieces like letters than the shortest line has; a page number alone is no text
SKEW_LIMIT = 6.0  # degrees either way
SKEW_POINTS = 30_000
LAYOUT_DPI = 200.0  # fine enough for a 2.6 mm box, a third of the work of 300
COARSER = 8  # pixels a side over which the paper's grey is averaged
SHARP_MM, SHARPENING = 0.35, 1.0
DARKEST_PAPER = 0.45  # of the page's paper: darker areas are pictures, not shaded cells


def shrunk(page: PageImage, dpi: float) -> PageImage:
    """The page at no more than `dpi`."""
    return page.scaled(dpi / page.dpi) if page.dpi > dpi else page


def paper(pixels: Pixels, reach: int) -> Pixels:
    """The paper's own grey level everywhere, as if nothing stood on it.

    `reach` in pixels: wider than a pen stroke. Areas darker than any paper are taken for pictures and kept dark.
    """
    brightest = cv2.dilate(pixels, np.ones((reach, reach), np.uint8))
    height, width = pixels.shape
    high, wide = -(-height // COARSER), -(-width // COARSER)
    below, aside = high * COARSER - height, wide * COARSER - width
    whole = cv2.copyMakeBorder(brightest, 0, below, 0, aside, cv2.BORDER_REPLICATE)  # whole steps are averaged fast
    small = cv2.resize(whole, (wide, high), interpolation=cv2.INTER_AREA)
    smooth = cv2.blur(cv2.medianBlur(grey(small), 5), (5, 5))
    level = int(np.quantile(smooth, 0.7) * DARKEST_PAPER)
    even = cv2.resize(np.maximum(smooth, max(level, 40)), whole.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return grey(even[:height, :width])


def background_normalised(page: PageImage) -> PageImage:
    """Even light: paper becomes 255 everywhere, ink keeps its contrast to the paper around it."""
    reach = max(3, round(page.dpi / 25.4 * 1.2)) | 1
    return page.with_pixels(grey(cv2.divide(page.pixels, paper(page.pixels, reach), scale=255)))


def ink_threshold(pixels: Pixels) -> int:
    """The grey level that best separates ink from normalised paper, within what ink can be.

    Source: N. Otsu, IEEE Trans. Systems, Man, Cybernetics 9(1), 1979, pp. 62-66 (OpenCV's implementation).
    """
    level, _ = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return int(min(205, max(130, level)))


def speckled(ink: Mask) -> bool:
    """Whether single ink pixels without any neighbour are frequent, as salt and pepper or fax noise makes them."""
    drawn = Bits.of(ink)
    beside = drawn.moved(-1, 0) | drawn.moved(1, 0)
    alone = drawn.without(beside | (drawn | beside).moved(0, -1) | (drawn | beside).moved(0, 1))
    return alone.count() > 0.0006 * ink.size


def ink_of(page: PageImage) -> Mask:
    """Where there is ink: 255, elsewhere 0; same shape as the page. Speckles are taken out only where they abound."""
    return ink_of_even(background_normalised(page))


def ink_of_even(even: PageImage) -> Mask:
    """As `ink_of`, of a page whose paper is white everywhere already."""
    ink = _sharp_ink(even.pixels, even.dpi)
    if not speckled(ink):
        return ink
    return _sharp_ink(grey(cv2.medianBlur(even.pixels, 3)), even.dpi)


def _sharp_ink(even: Pixels, dpi: float) -> Mask:
    """Ink of normalised pixels, lines that blur has run together drawn apart again (unsharp masking)."""
    sigma = dpi / 25.4 * SHARP_MM
    weights = cv2.getGaussianKernel(2 * round(2.5 * sigma) + 1, sigma)
    wide = cv2.sepFilter2D(even, cv2.CV_8U, weights, weights)  # twice as fast as GaussianBlur
    sharp = grey(cv2.addWeighted(even, 1 + SHARPENING, wide, -SHARPENING, 0))
    return _darker(sharp, ink_threshold(sharp))


def _darker(pixels: Pixels, level: int) -> Mask:
    return grey(cv2.threshold(pixels, level, 255, cv2.THRESH_BINARY_INV)[1])


def is_blank(page: PageImage) -> bool:
    """Whether nothing is written on the page. Scanner edges, punch holes and faint bleed-through do not count."""
    small = page.overview
    even = _without_margins(background_normalised(small))
    share, letters = _written(even, small.dpi, WRITTEN)
    return share < BLANK_SHARE and letters < BLANK_LETTERS and not _is_faint(even, small.dpi)


def brought_out(page: PageImage) -> PageImage:
    """The page itself, or one on which nothing is darker than pale print, its print made as dark as usual."""
    if page.pixels[::FAINT_STEP, ::FAINT_STEP].min() < FAINT_SEEN:
        return page
    even = _without_margins(background_normalised(page.overview))
    if not _is_faint(even, page.overview.dpi):
        return page
    paper_level, ink = (float(np.quantile(page.pixels, share)) for share in (0.8, FAINT_SHARE))
    levels = paper_level - (paper_level - np.arange(256)) * (paper_level - USUAL_INK) / max(1.0, paper_level - ink)
    table = np.clip(levels, 0, 255).astype(np.uint8)
    darker = page.with_pixels(grey(cv2.LUT(page.pixels, table)))
    return darker if page.lightest is None else replace(darker, lightest=grey(cv2.LUT(page.lightest, table)))


def _without_margins(even: PageImage) -> Pixels:
    """Without the edges, where the scanner's lid throws shadows."""
    margin = round(even.dpi * 0.3)
    pixels = even.pixels
    return grey(pixels[margin:-margin, margin:-margin].copy()) if min(pixels.shape) > 4 * margin else pixels


def _is_faint(even: Pixels, dpi: float) -> bool:
    """Whether there is print, all of it pale but clearly darker than what shines through from the back."""
    if np.quantile(even, FAINT_SHARE) >= FAINT:
        return False
    return float(np.quantile(even, NONE_DARKER)) > FAINT_SEEN and _written(even, dpi, FAINT)[1] >= FAINT_LETTERS


def _written(even: Pixels, dpi: float, level: int) -> tuple[float, int]:
    """What share of the page is ink darker than `level`, but for punch holes, and how many pieces look like letters."""
    ink = _darker(even, level)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count <= 1:
        return 0.0, 0
    areas, wide, high = stats[1:, cv2.CC_STAT_AREA], stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    sides = np.maximum(wide, high)
    hole = dpi * 0.12  # solid and round: a punch hole is 5 to 7 mm wide
    written = (areas >= 4) & ~((areas > 0.6 * sides.astype(float) ** 2) & (sides > hole) & (sides < 3.2 * hole))
    letters = written & (areas >= 5) & (wide >= 2) & (high >= 3) & (high <= 0.5 * dpi)
    return float(areas[written].sum() / ink.size), int(letters.sum())


def skew_degrees(page: PageImage) -> float:
    """How many degrees clockwise the text lines fall; turn the page back by this. 0 where nothing tells.

    The angle at which ink falls into the sharpest rows (projection profile), to 0.05 degrees.
    """
    rows, columns = _ink_points(page.overview)
    if len(rows) < 200:
        return 0.0
    coarse = np.arange(-SKEW_LIMIT, SKEW_LIMIT + 0.01, 0.5)
    # Rows three pixels high, so that no peak falls between two angles; the smaller of two like angles is likelier.
    thirds = rows / 3, columns / 3
    scores = [_row_sharpness(*thirds, angle) * (1 - 0.03 * abs(angle)) for angle in coarse]
    best = float(coarse[int(np.argmax(scores))])
    for step in (0.1, 0.05):
        near = best + np.arange(-5, 6) * step
        best = float(near[int(np.argmax([_row_sharpness(rows, columns, angle) for angle in near]))])
    if abs(best) > SKEW_LIMIT - 0.5 or (abs(best) > 2 and max(scores) < 1.05 * scores[len(scores) // 2]):
        return 0.0
    return round(best, 2)


def _ink_points(page: PageImage) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Rows and columns of a sample of ink pixels, edges of the sheet left out; always the same sample."""
    even = background_normalised(page).pixels
    ink = _darker(even, ink_threshold(even))
    margin = round(page.dpi * 0.2)
    if min(ink.shape) > 8 * margin:
        ink[:margin], ink[-margin:], ink[:, :margin], ink[:, -margin:] = 0, 0, 0, 0
    columns, rows = inked_places(ink)
    if len(rows) > SKEW_POINTS:
        chosen = np.random.default_rng(0).choice(len(rows), SKEW_POINTS, replace=False)
        rows, columns = rows[chosen], columns[chosen]
    return rows.astype(np.float64), columns.astype(np.float64)


def inked_places(ink: Mask) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Columns and rows of the mask's pixels, row by row."""
    found = cv2.findNonZero(ink)
    places = np.zeros((0, 2), np.int32) if found is None else np.asarray(found, np.int32).reshape(-1, 2)
    return places[:, 0], places[:, 1]


def _row_sharpness(rows: npt.NDArray[np.float64], columns: npt.NDArray[np.float64], degrees: float) -> float:
    angle = np.deg2rad(degrees)
    along = rows * np.cos(angle) - columns * np.sin(angle)
    profile = np.bincount((along - along.min()).astype(np.int64)).astype(np.float64)
    return float((np.diff(profile) ** 2).sum())


def straightened(page: PageImage, degrees: float) -> PageImage:
    """The page turned back by `degrees` about its middle; same size, the corners filled with paper."""
    if degrees == 0:
        return page
    how = cv2.getRotationMatrix2D(((page.width - 1) / 2, (page.height - 1) / 2), degrees, 1.0)
    size = (page.width, page.height)
    level = int(np.quantile(page.pixels[::16, ::16], 0.7))

    def mask_moved(mask: Mask) -> Mask:
        coarser = how * np.array([1, 1, mask.shape[1] / page.width])
        return grey(cv2.warpAffine(mask, coarser, mask.shape[::-1], flags=cv2.INTER_NEAREST))

    return page.moved(
        lambda pixels: grey(cv2.warpAffine(pixels, how, size, flags=cv2.INTER_LINEAR, borderValue=(level,))),
        mask_moved,
    )
