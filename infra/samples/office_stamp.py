"""Office stamps that come down on the text: copies certified, papers received."""

import json
from functools import lru_cache

import numpy as np
import pypdfium2 as pdfium
import typst

from infra.samples.ink import FORMS, RED, Cover, Pixels, lay, worn
from infra.samples.truth import Box

WORDS = (
    ("SAO Y BẢN CHÍNH",),
    ("ĐÃ TIẾP NHẬN", "Ngày ....../....../2026"),
    ("CÔNG VĂN ĐẾN", "Số: ................", "Ngày: ................"),
    ("BẢN SAO",),
)
VIOLET = (70, 50, 140)


def overprinted(page: Pixels, words: list[Box], rng: np.random.Generator) -> tuple[Box, ...]:
    """Stamp about every third page that has text, in place, around one of its words. Returns where."""
    if not words or rng.random() > 0.35:
        return ()
    cover = worn(_padded(office_stamp(WORDS[int(rng.integers(len(WORDS)))])), rng)
    left, top, right, bottom = words[int(rng.integers(len(words)))]
    x, y = (left + right) // 2 - cover.shape[1] // 2, (top + bottom) // 2 - cover.shape[0] // 2
    x = int(np.clip(x, 0, max(0, page.shape[1] - cover.shape[1])))
    y = int(np.clip(y, 0, max(0, page.shape[0] - cover.shape[0])))
    return (lay(page, cover, RED if rng.random() < 0.7 else VIOLET, x, y),)


@lru_cache(maxsize=8)
def office_stamp(lines: tuple[str, ...]) -> Cover:
    """A framed stamp with these lines, at 300 dpi."""
    inputs = {"lines": json.dumps(lines)}
    pdf = typst.Compiler(str(FORMS / "office_stamp.typ"), root=str(FORMS), sys_inputs=inputs).compile(format="pdf")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    document = pdfium.PdfDocument(pdf)
    try:
        drawn = document[0].render(scale=300 / 72, grayscale=True).to_numpy()
    finally:
        document.close()
    return np.asarray(255 - drawn.reshape(drawn.shape[0], drawn.shape[1]), np.uint8)


def _padded(cover: Cover) -> Cover:
    """Room for the stamp to come down slanting."""
    return np.pad(cover, cover.shape[1] // 8)
