"""Two pages as they were read, their words, cells and ticks drawn over: for the documentation, to be looked at."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from rich.console import Console

from extraction.bench.reading import read_sample, readers, sample_for
from extraction.doubt import LOW_CONFIDENCE
from extraction.forms import Forms
from extraction.pages import Pixels
from extraction.readings import Box, PageReading
from infra.reference import RULEBOOKS
from infra.samples import Sample, SamplePage

WIDTH = 1000  # pixels
MOST_BYTES = 400_000
WORD, DOUBTFUL, STAMPED, CELL, TICKED, EMPTY = (  # RGB
    (60, 130, 220),
    (230, 120, 0),
    (200, 0, 160),
    (40, 160, 70),
    (210, 30, 30),
    (120, 120, 120),
)
PAPER = 215  # grey level from which on the pictures show white: shades and bleed-through cost bytes


def write_pictures(seed: int, out: Path, console: Console) -> None:
    """A page of Phụ lục II and an evidence page with a stamp, as `score-sheet.png` and `evidence.png`."""
    sample = sample_for(seed, "office", None)
    with readers(1) as workers:
        read = read_sample(sample, workers, Forms(RULEBOOKS))
    for name, number in (("score-sheet", _score_sheet(sample)), ("evidence", _stamped_paper(sample))):
        picture = drawn(sample.pages[number - 1], read.pages[number - 1])
        path = out / f"{name}.png"
        path.write_bytes(_png(picture))
        console.print(f"Written: {path}")


def _score_sheet(sample: Sample) -> int:
    """The page with the most tick boxes."""
    return max(sample.pages, key=lambda page: len(page.truth.ticks)).truth.number


def _stamped_paper(sample: Sample) -> int:
    """The evidence page with a stamp and the most fields."""
    papers = [
        page.truth for page in sample.pages if any(field.name.startswith("evidence") for field in page.truth.fields)
    ]
    return max(papers, key=lambda truth: (bool(truth.stamps), len(truth.fields))).number


def drawn(page: SamplePage, read: PageReading) -> Pixels:
    """The upright page, WIDTH pixels wide, with the boxes of its reading."""
    turned = np.rot90(page.image, -(read.rotation // 90))
    scale = WIDTH / turned.shape[1]
    small = cv2.resize(np.ascontiguousarray(turned), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rgb = np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB) if small.ndim == 2 else small, np.uint8)
    canvas = np.asarray(cv2.convertScaleAbs(rgb, alpha=255 / PAPER), np.uint8)

    def frame(box: Box, colour: tuple[int, int, int], thick: int) -> None:
        left, top, right, bottom = (round(edge * scale) for edge in box)
        cv2.rectangle(canvas, (left, top), (right, bottom), colour, thick)

    for table in read.tables:
        for cell in table.cells:
            frame(cell.box, CELL, 2)
    for word in read.words:
        frame(word.box, STAMPED if word.under_stamp else WORD if word.confidence >= LOW_CONFIDENCE else DOUBTFUL, 1)
    for tick in read.ticks:
        frame(tick.box, TICKED if tick.ticked else EMPTY, 2)
    return canvas


def _png(picture: Pixels) -> bytes:
    """In as many colours as the file's size allows; a page needs few."""
    for colours in (128, 64, 32, 16):
        buffer = BytesIO()
        reduced = Image.fromarray(picture).quantize(colours, dither=Image.Dither.NONE)
        reduced.save(buffer, "PNG", optimize=True)
        if buffer.tell() <= MOST_BYTES:
            break
    return buffer.getvalue()
