"""An image-only PDF, written page by page so that four hundred pages need no more memory than one."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image

STRIP_OFFSETS, ROWS_PER_STRIP, STRIP_BYTES = 273, 278, 279  # tags of TIFF 6.0


@dataclass(frozen=True)
class JpegPage:
    """A picture that fills its sheet: a JPEG, or with `bilevel` the CCITT group 4 code of one in black and white."""

    jpeg: bytes
    width: int  # pixels
    height: int
    colour: bool
    dpi: int = 300
    dpi_down: int | None = None  # where it is not as across
    bilevel: bool = False

    @property
    def filter(self) -> str:
        """How the picture is coded, as entries of its dictionary."""
        if self.bilevel:
            parameters = f"/K -1/Columns {self.width}/Rows {self.height}"
            return f"/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<<{parameters}>>"
        return "/BitsPerComponent 8/Filter/DCTDecode"


def group4(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Black and white pixels (0 and 255) as CCITT group 4 (ITU-T T.6), which PDF reads as it stands."""
    out = BytesIO()
    black_is_one = Image.fromarray(np.where(pixels < 128, 255, 0).astype(np.uint8)).convert("1")
    black_is_one.save(out, "TIFF", compression="group4", tiffinfo={ROWS_PER_STRIP: pixels.shape[0]})
    with Image.open(out) as picture:
        tags = picture.tag_v2  # type: ignore[attr-defined]  # a TIFF has them
        (start,), (length,) = tags[STRIP_OFFSETS], tags[STRIP_BYTES]
    return out.getvalue()[start : start + length]


def write_image_pdf(out: BinaryIO, pages: Iterable[JpegPage]) -> int:
    """Write the pages, each one JPEG filling its sheet, without any text. Returns their number. ISO 32000-1, 7.5."""
    offsets: dict[int, int] = {}
    written = out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    kids: list[int] = []

    def put(number: int, head: str, stream: bytes | None = None) -> None:
        nonlocal written
        offsets[number] = written
        body = f"{number} 0 obj\n<<{head}>>\n".encode()
        if stream is not None:
            body += b"stream\n" + stream + b"\nendstream\n"
        written += out.write(body + b"endobj\n")

    for index, page in enumerate(pages):
        image, content, sheet = 3 + 3 * index, 4 + 3 * index, 5 + 3 * index
        wide, high = page.width * 72 / page.dpi, page.height * 72 / (page.dpi_down or page.dpi)
        space = "/DeviceRGB" if page.colour else "/DeviceGray"
        put(
            image,
            f"/Type/XObject/Subtype/Image/Width {page.width}/Height {page.height}/ColorSpace{space}"
            f"{page.filter}/Length {len(page.jpeg)}",
            page.jpeg,
        )
        drawing = f"q {wide:.4f} 0 0 {high:.4f} 0 0 cm /Im0 Do Q".encode()
        put(content, f"/Length {len(drawing)}", drawing)
        put(
            sheet,
            f"/Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.4f} {high:.4f}]/Contents {content} 0 R"
            f"/Resources<</XObject<</Im0 {image} 0 R>>>>",
        )
        kids.append(sheet)
    put(1, "/Type/Catalog/Pages 2 0 R")
    put(2, f"/Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]")
    table = [f"{offsets[number]:010d} 00000 n \n" for number in sorted(offsets)]
    out.write(f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{''.join(table)}".encode())
    out.write(f"trailer\n<</Size {len(offsets) + 1}/Root 1 0 R>>\nstartxref\n{written}\n%%EOF\n".encode())
    return len(kids)
