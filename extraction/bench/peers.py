"""What a clerk could use instead, on the same pages in the same run: Tesseract, and ocrmypdf where there is one."""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pdfplumber
import pytesseract
from PIL import Image

from extraction.bench.pages import count_page
from extraction.bench.reading import readers
from extraction.bench.text import ordered_wrong, plain
from extraction.readings import Box, PageReading, PageSource, Word
from infra.samples import Sample, SamplePage

OURS = "this reader"


@dataclass
class PeerResult:
    """What one program did with the pages. Without `boxes` only text in reading order can be compared."""

    name: str
    pages: int
    seconds: float
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return self.pages / self.seconds


def chosen_pages(sample: Sample, count: int) -> list[int]:
    """Numbers of `count` written pages spread over the dossier."""
    written = [page.truth.number for page in sample.pages if page.truth.words]
    count = min(count, len(written))
    return [written[i * len(written) // count] for i in range(count)]


def compare(sample: Sample, count: int, workers: int, ocrmypdf: str | None) -> list[PeerResult]:
    """Ours first, then every peer. Each is timed from its start, with all cores."""
    numbers = chosen_pages(sample, count)
    pages = [sample.pages[number - 1] for number in numbers]
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / "scan.pdf"
        scan.write_bytes(sample.excerpt(*numbers))
        results = [
            _ours(OURS, "reader", scan, pages, workers),
            _ours("Tesseract line by line, on our layout", "tesserocr", scan, pages, workers),
            _tesseract(pages, workers),
        ]
        if ocrmypdf:
            results.append(_ocrmypdf(ocrmypdf, (), scan, pages, workers))
            results.append(_ocrmypdf(ocrmypdf, ("--rotate-pages", "--deskew"), scan, pages, workers))
    return results


def _ours(name: str, engine: str, scan: Path, pages: Sequence[SamplePage], workers: int) -> PeerResult:
    started = perf_counter()
    with readers(workers, engine) as reading:
        read = reading.read(scan, range(1, len(pages) + 1))
        seconds = perf_counter() - started
    return _counted(name, seconds, pages, read)


def _counted(name: str, seconds: float, pages: Sequence[SamplePage], read: Sequence[PageReading]) -> PeerResult:
    result = PeerResult(name, len(pages), seconds)
    for page, reading in zip(pages, read, strict=True):
        result.counts.update(count_page(page.truth, reading).counts)
    return result


def _tesseract(pages: Sequence[SamplePage], workers: int) -> PeerResult:
    """The program alone on whole pages, which it is given upright: it does not turn them itself."""
    pictures = [Image.fromarray(page.upright) for page in pages]
    started = perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        read = list(pool.map(tesseract_page, pictures))
    return _counted("Tesseract, whole pages (given upright)", perf_counter() - started, pages, read)


def tesseract_page(picture: Image.Image) -> PageReading:
    """A page as `tesseract -l vie --psm 3` reads it."""
    table = pytesseract.image_to_data(
        picture, lang="vie", config="--psm 3 --oem 1 --dpi 300", output_type=pytesseract.Output.DICT
    )
    words = [
        (text, (left, top, left + width, top + height), sure)
        for text, left, top, width, height, sure in zip(
            *(table[key] for key in ("text", "left", "top", "width", "height", "conf")), strict=True
        )
        if text.strip()
    ]
    return _page(picture.width, picture.height, words)


def _page(width: int, height: int, words: Sequence[tuple[str, Box, float]]) -> PageReading:
    """`words` in reading order, each with its confidence of 0..100."""
    return PageReading(
        number=1,
        width=width,
        height=height,
        dpi=300,
        source=PageSource.OCR,
        text=" ".join(text for text, _, _ in words),
        words=tuple(Word(text=text, box=box, confidence=min(1.0, max(0.0, sure / 100))) for text, box, sure in words),
    )


def _ocrmypdf(
    program: str, options: Sequence[str], scan: Path, pages: Sequence[SamplePage], workers: int
) -> PeerResult:
    """The program as an office would call it. Where it straightens pages its boxes lie elsewhere than the truth's."""
    out, text = scan.with_name("searchable.pdf"), scan.with_name("sidecar.txt")
    asked = ("-l", "vie", "--jobs", str(workers), "--output-type", "pdf", "--sidecar", str(text), *options)
    started = perf_counter()
    subprocess.run([program, *asked, "--quiet", str(scan), str(out)], check=True, capture_output=True)
    seconds = perf_counter() - started
    name = " ".join(("ocrmypdf", *options))
    if not options:
        return _counted(name, seconds, pages, pdf_words(out, pages))
    result = PeerResult(name, len(pages), seconds)
    for page, found in zip(pages, text.read_text(encoding="utf-8").split("\f"), strict=False):
        reading = _page(page.truth.width, page.truth.height, ()).model_copy(update={"text": found})
        result.counts.update(
            pages=1, ordered_signs=len(plain(page.truth.text)), ordered_wrong=ordered_wrong(page.truth, reading)
        )
    return result


def pdf_words(path: Path, pages: Sequence[SamplePage]) -> list[PageReading]:
    """The text layer of a PDF of these scanned pages, its boxes turned upright as the truth's are."""
    readings: list[PageReading] = []
    with pdfplumber.open(path) as document:
        for sheet, page in zip(document.pages, pages, strict=True):
            high, wide = page.image.shape[:2]
            across, down = wide / float(sheet.width), high / float(sheet.height)
            words = []
            for word in sheet.extract_words(use_text_flow=True):
                left, right = (round(float(word[key]) * across) for key in ("x0", "x1"))
                top, bottom = (round(float(word[key]) * down) for key in ("top", "bottom"))
                words.append(
                    (str(word["text"]), turned((left, top, right, bottom), page.truth.rotation, wide, high), 0.0)
                )
            sheet.close()
            readings.append(_page(page.truth.width, page.truth.height, words))
    return readings


def turned(box: Box, degrees: int, width: int, height: int) -> Box:
    """The box after its page (width × height) was turned clockwise by a multiple of 90 degrees."""
    left, top, right, bottom = box
    if degrees == 90:
        return height - bottom, left, height - top, right
    if degrees == 180:
        return width - right, height - bottom, width - left, height - top
    if degrees == 270:
        return top, width - right, bottom, width - left
    return box
