"""What a worker process does for one page. Top-level functions of plain values, so that they travel to the worker.

The engine and the last opened file are kept for the next page: a worker reads many pages of one file.
"""

import io
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import perf_counter

import cv2
from PIL import Image

from extraction.engines import LineEngine, load_engine
from extraction.health import with_health
from extraction.page_content import content_hash
from extraction.pages import PageImage
from extraction.preprocessing import is_blank
from extraction.reading import blank_reading, read_page
from extraction.readings import PageReading
from extraction.scans import PdfScan, Scan, open_scan
from extraction.second_opinion import SecondOpinion
from extraction.textlayer import read_text_layer, tell_the_same
from infra.sandbox import give_back

PICTURE_QUALITY = 80

_engines: dict[str, LineEngine] = {}
_scans: dict[tuple[str, int, int], Scan] = {}  # at most one


def read_one(path: str, media_type: str, page_number: int, engine_name: str) -> str:
    """Page `page_number` (from 1) of the file as a PageReading's JSON: text travels and is parsed fastest.

    The bytes decide what the file is, not `media_type`. Raises an UnreadableScan if the file or page cannot be read,
    IndexError if there is no such page.
    """
    cv2.setNumThreads(1)  # one worker a core
    scan = _opened(path)
    layer = read_text_layer(path, scan, page_number) if isinstance(scan, PdfScan) else None
    told = None if layer is None else with_health(layer)
    if told is not None and not told.needs_review:
        return told.model_dump_json()
    seen = with_health(_seen(scan, page_number, engine_name))
    reading = told if told is not None and tell_the_same(told, seen) else seen
    return reading.model_dump_json()


def read_timed(path: str, media_type: str, page_number: int, engine_name: str) -> tuple[str, float]:
    """What `read_one` answers, and how many seconds it took: callers also wait for a free worker."""
    started = perf_counter()
    return read_one(path, media_type, page_number, engine_name), perf_counter() - started


def _seen(scan: Scan, number: int, engine_name: str) -> PageReading:
    """The page as its picture shows it."""
    preview = scan.preview(number)
    if preview is not None and is_blank(preview.image):
        return blank_reading(preview)
    engine, second = _engine(engine_name), _second_opinion(engine_name)
    return read_page(scan.page(number), engine, second, written=preview is not None, again=lambda: _again(scan, number))


def _again(scan: Scan, number: int) -> PageImage:
    """The page decoded once more, what its first layout has freed given back before: else both would add up."""
    give_back()
    return scan.page(number)


def content_of_pages(path: str, numbers: list[int]) -> dict[int, str | None]:
    """The content hash of each of these pages (from 1), where it has one. Raises an UnreadableScan."""
    scan = _opened(path)
    hashes: dict[int, str | None] = dict.fromkeys(numbers)
    with suppress(OverflowError):
        for number in numbers:
            hashes[number] = content_hash(Path(path), scan, number)
    return hashes


def picture_one(path: str, media_type: str, page_number: int, turn: int, skew: float, width: int) -> bytes:
    """The page as a JPEG `width` pixels wide, turned clockwise by `turn` degrees as its reading says.

    `skew` is not undone: boxes are those of the page as scanned, and must lie where the eye expects them.
    """
    cv2.setNumThreads(1)
    page = _opened(path).page(page_number).turned(turn)
    if page.width > width:
        page = page.scaled(width / page.width)
    buffer = io.BytesIO()
    Image.fromarray(page.pixels).save(buffer, "JPEG", quality=PICTURE_QUALITY)
    return buffer.getvalue()


def warm_up(engine_name: str) -> str:
    """Load all that the first page will need; the engine's name, with its version."""
    _second_opinion(engine_name)
    return _engine(engine_name).name


def _engine(name: str) -> LineEngine:
    if name not in _engines:
        _engines[name] = load_engine(name)
    return _engines[name]


@cache
def _second_opinion(first: str) -> SecondOpinion | None:
    """Tesseract beside our reader; None where it is not installed, or is itself the first reader."""
    if first != "reader":
        return None
    try:
        from extraction.engines.tesserocr_engine import TesserocrEngine  # not everywhere installed

        return SecondOpinion(TesserocrEngine())
    except (ImportError, FileNotFoundError, RuntimeError):
        return None


def _opened(path: str) -> Scan:
    """The file, open; the one opened before is closed unless it is the same, unchanged."""
    facts = Path(path).stat()
    key = path, facts.st_mtime_ns, facts.st_size
    if key not in _scans:
        while _scans:
            _scans.popitem()[1].close()
        _scans[key] = open_scan(Path(path))
    return _scans[key]
