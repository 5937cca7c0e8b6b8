"""PDF pages that are nothing but one JPEG, as nearly all scanners write them: decoded straight from the file.

PDFium would decode, scale and copy the same pixels in ten times the time. Anything out of the ordinary (clipped,
masked, inverted, under annotations) is left to PDFium.
"""

import io
from ctypes import byref, c_ubyte, create_string_buffer
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdf
from PIL import Image

from extraction.drawn import frame_of, sole_picture

END_OF_JPEG, MOST_BEHIND = b"\xff\xd9", 64  # marker EOI (ITU-T T.81), and bytes that programs leave behind it
COVERED = 0.985  # of the page in either direction, or the scan is a picture on a page
INKS = {"L": (pdf.FPDF_COLORSPACE_DEVICEGRAY, pdf.FPDF_COLORSPACE_CALGRAY, pdf.FPDF_COLORSPACE_ICCBASED)}
INKS["RGB"] = (pdf.FPDF_COLORSPACE_DEVICERGB, pdf.FPDF_COLORSPACE_CALRGB, pdf.FPDF_COLORSPACE_ICCBASED)
ALTERING = (b"/SMask", b"/Mask", b"/Decode[", b"/Decode [")  # picture dictionaries are never compressed
CHUNK = 1 << 20
LONGEST_MARK = 16
HARMLESS = (pdf.FPDF_ANNOT_LINK, pdf.FPDF_ANNOT_POPUP)


@dataclass(frozen=True)
class PlainScan:
    """The JPEG of a page, opened but not decoded; to be turned clockwise by `turns` quarters."""

    image: Image.Image
    turns: int
    dpi: float
    coded: bytes  # the JPEG itself

    def levels(self) -> npt.NDArray[np.uint8] | None:
        """(height, width) grey levels or (height, width, 3) RGB, decoded into one array without a second copy.

        The same as Pillow's, at two thirds of its time. None where the JPEG has no end: Pillow says what is wrong.
        """
        if self.coded.rfind(END_OF_JPEG, -MOST_BEHIND) < 0:
            return None
        how = cv2.IMREAD_COLOR_RGB if self.image.mode == "RGB" else cv2.IMREAD_GRAYSCALE
        found = cv2.imdecode(np.frombuffer(self.coded, np.uint8), how | cv2.IMREAD_IGNORE_ORIENTATION)
        if found is None or found.shape[:2] != self.image.size[::-1]:
            return None
        return np.asarray(found, dtype=np.uint8)


def plain_scan(page: Any) -> PlainScan | None:
    """The one JPEG that is all of an open pypdfium2 page; None if there is more to the page, or less."""
    if any(_is_drawn(page, at) for at in range(pdf.FPDFPage_GetAnnotCount(page.raw))):
        return None
    picture = sole_picture(page)
    if picture is None or _is_altered(picture.thing):
        return None
    frame = frame_of(page)
    wide, high = frame.right - frame.left, frame.top - frame.bottom
    a, b, c, d, e, f = picture.matrix
    if abs(b) + abs(c) > 0.001 * wide or not (COVERED * wide <= a <= wide / COVERED):
        return None
    if not (COVERED * high <= d <= high / COVERED):
        return None
    slack = 1 - COVERED
    if abs(e - frame.left) > slack * wide or abs(f - frame.bottom) > slack * high:
        return None
    found = _jpeg(picture.thing, page)
    if found is None:
        return None
    image, coded = found
    return PlainScan(image, frame.turns, max(image.size) / (max(a, d) / 72), coded)


def _is_drawn(page: Any, at: int) -> bool:
    """Whether an annotation may be visible."""
    annotation = pdf.FPDFPage_GetAnnot(page.raw, at)
    kind = pdf.FPDFAnnot_GetSubtype(annotation)
    pdf.FPDFPage_CloseAnnot(annotation)
    return kind not in HARMLESS


def _is_altered(thing: Any) -> bool:
    """Whether the page cuts or blends the picture."""
    clip = pdf.FPDFPageObj_GetClipPath(thing)
    return bool(pdf.FPDFPageObj_HasTransparency(thing) or (clip and pdf.FPDFClipPath_CountPaths(clip) > 0))


def _jpeg(thing: Any, page: Any) -> tuple[Image.Image, bytes] | None:
    """The picture, not yet decoded, and its bytes, if the file holds it as a JPEG in grey or red, green and blue."""
    if pdf.FPDFImageObj_GetImageFilterCount(thing) != 1:
        return None
    name = create_string_buffer(32)
    pdf.FPDFImageObj_GetImageFilter(thing, 0, name, 32)
    told = pdf.FPDF_IMAGEOBJ_METADATA()
    if name.value != b"DCTDecode" or not pdf.FPDFImageObj_GetImageMetadata(thing, page.raw, byref(told)):
        return None
    length = pdf.FPDFImageObj_GetImageDataRaw(thing, None, 0)
    buffer = (c_ubyte * length)()
    pdf.FPDFImageObj_GetImageDataRaw(thing, buffer, length)
    coded = bytes(buffer)
    try:
        image = Image.open(io.BytesIO(coded), formats=("JPEG",))
    except (OSError, ValueError, SyntaxError):
        return None
    same = image.size == (told.width, told.height) and told.colorspace in INKS.get(image.mode, ())
    return (image, coded) if same else None


def may_alter_pictures(source: bytes | Path | str) -> bool:
    """Whether a PDF's bytes hold words that make any of its pictures look other than its JPEG says."""
    if isinstance(source, bytes):
        return any(word in source for word in ALTERING)
    tail = b""
    with Path(source).open("rb") as file:
        while chunk := file.read(CHUNK):
            seen = tail + chunk
            if any(word in seen for word in ALTERING):
                return True
            tail = seen[-LONGEST_MARK:]
    return False
