"""Words, with their places, from the text layer of a page we typeset ourselves: the printed truth."""

import re
from ctypes import c_double
from dataclasses import dataclass
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as raw

LEADER = re.compile(r"\.{5,}|\.{4}(?!\))")  # four before a bracket are printed text: “(ISO, HACCP, ....)”
END = re.compile(r"\Z")
Area = tuple[float, float, float, float]  # left, top, right, bottom in points, origin top left


@dataclass(frozen=True)
class PrintedWord:
    text: str
    area: Area


def printed_words(page: pdfium.PdfPage) -> list[PrintedWord]:
    """The words in the order they were typeset, dotted leaders left out."""
    letters = page.get_textpage()
    height = page.get_height()
    words: list[PrintedWord] = []
    signs: list[str] = []
    areas: list[Area] = []
    edges = [c_double() for _ in range(4)]
    left, right, bottom, top = edges

    def end_word() -> None:
        text, start = "".join(signs), 0
        for leader in [*LEADER.finditer(text), END.search(text)]:
            if leader and leader.start() > start:
                part = normalize("NFC", text[start : leader.start()])
                words.append(PrintedWord(part, around(areas[start : leader.start()])))
            start = leader.end() if leader else start
        signs.clear()
        areas.clear()

    for index in range(letters.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(letters, index))
        if sign.isspace() or sign == "…" or raw.FPDFText_IsGenerated(letters, index) == 1:
            end_word()
            continue
        raw.FPDFText_GetCharBox(letters, index, left, right, bottom, top)
        area = (left.value, height - top.value, right.value, height - bottom.value)
        if sign in "\x02\ufffe":  # how PDFium writes a hyphen at the end of a line
            sign = "-"
        if areas and (area[0] > areas[-1][2] + 4 or area[1] > areas[-1][3] or area[0] < areas[-1][0] - 4):
            end_word()
        signs.append(sign)
        areas.append(area)
    end_word()
    return words


def lines_of(words: list[PrintedWord]) -> str:
    """The words as text: a new line where the next word starts lower, higher or further left."""
    lines: list[list[str]] = []
    last: Area | None = None
    for word in words:
        middle = (word.area[1] + word.area[3]) / 2
        if last is None or word.area[0] < last[0] or not last[1] - 3 < middle < last[3] + 3:
            lines.append([])
        lines[-1].append(word.text)
        last = word.area
    return "\n".join(" ".join(line) for line in lines)


def around(areas: list[Area]) -> Area:
    """The smallest area that holds all of them."""
    return (
        min(area[0] for area in areas),
        min(area[1] for area in areas),
        max(area[2] for area in areas),
        max(area[3] for area in areas),
    )


def find_run(words: list[PrintedWord], wanted: list[str], x: float, y: float) -> list[PrintedWord]:
    """The run of words spelling `wanted` that starts nearest after the point; empty where there is none.

    The first and last word may carry a bracket, comma or stop.
    """
    best: list[PrintedWord] = []
    nearest = 1e9
    for start in range(len(words) - len(wanted) + 1):
        run = words[start : start + len(wanted)]
        if _spells([word.text for word in run], wanted):
            away = abs(run[0].area[0] - x) + 3 * abs((run[0].area[1] + run[0].area[3]) / 2 - y)
            if away < nearest:
                best, nearest = run, away
    return best


def _spells(printed: list[str], wanted: list[str]) -> bool:
    if len(wanted) == 1:
        return printed[0].strip("(),.;:*/") == wanted[0].strip("(),.;:*/") or printed[0].startswith(wanted[0] + "/")
    head, tail = printed[0].endswith(wanted[0]), printed[-1].startswith(wanted[-1])
    return head and tail and printed[1:-1] == wanted[1:-1]
