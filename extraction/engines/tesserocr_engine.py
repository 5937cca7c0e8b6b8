"""Tesseract in this process, through tesserocr: the second opinion."""

import os
import unicodedata
from pathlib import Path

import numpy as np
from tesserocr import OEM, PSM, RIL, PyTessBaseAPI, iterate_level

from extraction.engines import LineReading, Sign, is_empty
from extraction.pages import Pixels

DIGITS = "0123456789.,/-:()"
DEBIAN_TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")


def tessdata() -> str:
    """The folder with the Vietnamese model. Raises FileNotFoundError, saying what to install."""
    folder = Path(os.environ.get("TESSDATA_PREFIX", DEBIAN_TESSDATA))
    if not (folder / "vie.traineddata").is_file():
        raise FileNotFoundError(f"no vie.traineddata in {folder}: apt-get install tesseract-ocr-vie")
    return str(folder)


class TesserocrEngine:
    """Debian's fast Vietnamese model, one line at a time."""

    def __init__(self) -> None:
        self.api = PyTessBaseAPI(path=tessdata(), lang="vie", oem=OEM.LSTM_ONLY, psm=PSM.SINGLE_LINE)
        self.name = f"tesserocr {self.api.Version()} (vie)"

    def read_digits(self, line: Pixels) -> LineReading:
        """The line's digits and what stands between them; nothing else is read into it."""
        self.api.SetVariable("tessedit_char_whitelist", DIGITS)
        try:
            return self.read(line)
        finally:
            self.api.SetVariable("tessedit_char_whitelist", "")

    def read(self, line: Pixels) -> LineReading:
        if is_empty(line):
            return LineReading()
        rows, columns = line.shape
        self.api.SetImageBytes(np.ascontiguousarray(line).tobytes(), columns, rows, 1, columns)
        self.api.SetSourceResolution(300)
        self.api.Recognize()
        return LineReading(tuple(self._signs()))

    def _signs(self) -> list[Sign]:
        signs: list[Sign] = []
        for item in iterate_level(self.api.GetIterator(), RIL.SYMBOL):
            box = item.BoundingBox(RIL.SYMBOL)
            text = item.GetUTF8Text(RIL.SYMBOL) if box else ""
            if not text or not text.strip():
                continue
            if signs and item.IsAtBeginningOf(RIL.WORD):
                signs.append(Sign(" ", signs[-1].right, max(signs[-1].right, box[0]), 1.0))
            sure = min(1.0, max(0.0, item.Confidence(RIL.SYMBOL) / 100))
            signs.append(Sign(unicodedata.normalize("NFC", text), box[0], box[2], sure))
        return signs
