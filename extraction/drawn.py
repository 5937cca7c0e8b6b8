"""What is drawn on a PDF page besides its signs: pictures, straight strokes, and how its text is painted.

One walk over the page's objects, forms inside forms followed a little way. Places are PDF points on the page as it is
shown: origin top left, turned as the page says.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import Array, byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from math import hypot
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdf

Strokes = npt.NDArray[np.float64]  # (strokes, 3): place, start, end; of a level stroke y, left, right
Matrix = tuple[float, float, float, float, float, float]

UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEEPEST = 3  # forms inside forms
MOST_OBJECTS = 50_000  # a page of forty thousand signs drawn one by one has fewer
MOST_POINTS = 20_000  # of paths: maps and logos have more, ruled tables never
THIN = 4.5  # points, 1.6 mm: a filled rectangle this thin is a stroke
SMALL = 23.0  # points, 8 mm: a dark filled shape this small may be a tick box
PALE = 235  # grey level from which a stroke cannot be seen on paper
SLANT = 0.6  # points by which a level stroke may fall
INVISIBLE = 3  # text rendering mode, ISO 32000-1 table 106


@dataclass(frozen=True)
class Shown:
    """The page's frame: the box it shows, in PDF points, and how it is turned, in quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turns % 2 else (wide, high)

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point of the page's own space (or arrays of them), as shown."""
        match self.turns % 4:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y


@dataclass(frozen=True)
class Picture:
    """An image on the page: where it lies, as shown, and how many pixels it claims to have."""

    left: float
    top: float
    right: float
    bottom: float
    columns: int
    rows: int

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


def picture_share(pictures: list[Picture], size: tuple[float, float]) -> float:
    """How much of a page of this size its pictures cover, 0..1; 1 for a plain scan."""
    return min(1.0, sum(picture.area for picture in pictures) / max(1.0, size[0] * size[1]))


@dataclass
class Drawn:
    """Everything found on one page."""

    frame: Shown
    pictures: list[Picture] = field(default_factory=list)
    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)
    visible: int = 0  # text objects
    invisible: int = 0
    painted: int = 0  # everything else that can be seen

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all can be seen on the page."""
        return not (self.pictures or self.visible or self.painted)

    def strokes(self, *, upright: bool) -> Strokes:
        """All level or all upright strokes, those that touch end to end joined."""
        return joined(np.asarray(self.upright if upright else self.level, np.float64).reshape(-1, 3))


def frame_of(page: Any) -> Shown:
    """The box and turn of an open pypdfium2 page."""
    box = pdf.FS_RECTF()
    pdf.FPDF_GetPageBoundingBox(page.raw, byref(box))
    return Shown(box.left, box.bottom, box.right, box.top, int(pdf.FPDFPage_GetRotation(page.raw)))


def drawn_on(page: Any) -> Drawn:
    """Look at every object of an open pypdfium2 page."""
    drawn = Drawn(frame_of(page))
    walker = _Walker(drawn)
    for thing, matrix in _things(page.raw):
        walker.see(thing, matrix)
    return drawn


def pictures_on(page: Any) -> list[Picture]:
    """Only the pictures of an open pypdfium2 page."""
    drawn = Drawn(frame_of(page))
    walker = _Walker(drawn)
    for thing, matrix in _things(page.raw):
        if pdf.FPDFPageObj_GetType(thing) == pdf.FPDF_PAGEOBJ_IMAGE:
            walker.see(thing, matrix)
    return drawn.pictures


@dataclass(frozen=True)
class Placed:
    """A picture of the page, and where its unit square comes to lie on it."""

    thing: Any
    matrix: Matrix


def sole_picture(page: Any) -> Placed | None:
    """The one picture of an open pypdfium2 page on which nothing else can be seen."""
    walker = _Walker(Drawn(frame_of(page)))
    found: Placed | None = None
    for thing, matrix in _things(page.raw):
        kind = pdf.FPDFPageObj_GetType(thing)
        if kind == pdf.FPDF_PAGEOBJ_TEXT and pdf.FPDFTextObj_GetTextRenderMode(thing) == INVISIBLE:
            continue
        if kind == pdf.FPDF_PAGEOBJ_PATH and found is None and not walker.is_seen(thing):
            continue
        if kind != pdf.FPDF_PAGEOBJ_IMAGE or found is not None:
            return None
        found = Placed(thing, _after(_matrix_of(thing), matrix))
    return found


def _things(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The page's objects that are no forms, each with the matrix of the forms around it."""
    waiting = [(pdf.FPDFPage_GetObject(page, at), UNTURNED, 0) for at in range(pdf.FPDFPage_CountObjects(page))]
    waiting.reverse()
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        thing, matrix, depth = waiting.pop()
        if pdf.FPDFPageObj_GetType(thing) != pdf.FPDF_PAGEOBJ_FORM:
            yield thing, matrix
        elif depth < DEEPEST:
            inner = _after(_matrix_of(thing), matrix)
            count = pdf.FPDFFormObj_CountObjects(thing)
            waiting.extend((pdf.FPDFFormObj_GetObject(thing, at), inner, depth + 1) for at in reversed(range(count)))


def _matrix_of(thing: Any) -> Matrix:
    found = pdf.FS_MATRIX()
    if not pdf.FPDFPageObj_GetMatrix(thing, byref(found)):
        return UNTURNED
    return found.a, found.b, found.c, found.d, found.e, found.f


def _after(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    if outer is UNTURNED:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class _Walker:
    """Sorts objects into a `Drawn`; holds the buffers PDFium writes its answers into."""

    def __init__(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.points = 0
        self.edges: Array[c_float] = (c_float * 4)()
        self.colour: Array[c_uint] = (c_uint * 4)()
        self.fill, self.stroke = c_int(), c_int()
        self.x, self.y = c_float(), c_float()
        self.wide, self.high = c_uint(), c_uint()
        self.to_edges = [byref(c_float.from_buffer(self.edges, 4 * at)) for at in range(4)]
        self.to_colour = [byref(c_uint.from_buffer(self.colour, 4 * at)) for at in range(4)]

    def see(self, thing: Any, matrix: Matrix) -> None:
        kind = pdf.FPDFPageObj_GetType(thing)
        if kind == pdf.FPDF_PAGEOBJ_TEXT:
            if pdf.FPDFTextObj_GetTextRenderMode(thing) == INVISIBLE:
                self.drawn.invisible += 1
            else:
                self.drawn.visible += 1
        elif kind == pdf.FPDF_PAGEOBJ_IMAGE:
            pdf.FPDFImageObj_GetImagePixelSize(thing, byref(self.wide), byref(self.high))
            self.drawn.pictures.append(Picture(*self._bounds(thing, matrix), self.wide.value, self.high.value))
        elif kind == pdf.FPDF_PAGEOBJ_PATH and self.points < MOST_POINTS:
            self._path(thing, matrix)
        elif kind == pdf.FPDF_PAGEOBJ_SHADING:
            self.drawn.painted += 1

    def _bounds(self, thing: Any, matrix: Matrix) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shown."""
        pdf.FPDFPageObj_GetBounds(thing, *self.to_edges)
        left, bottom, right, top = self.edges
        corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
        shown = [self.drawn.frame.place(x, y) for x, y in corners]
        xs, ys = [x for x, _ in shown], [y for _, y in shown]
        return min(xs), min(ys), max(xs), max(ys)

    def is_seen(self, path: Any) -> bool:
        """Whether a path is painted, in a colour that shows on paper."""
        pdf.FPDFPath_GetDrawMode(path, byref(self.fill), byref(self.stroke))
        filled, stroked = self.fill.value != 0, self.stroke.value != 0
        return (filled or stroked) and not self._pale(path, stroked)

    def _path(self, path: Any, matrix: Matrix) -> None:
        if not self.is_seen(path):
            return
        self.drawn.painted += 1
        stroked = self.stroke.value != 0
        left, top, right, bottom = self._bounds(path, matrix)
        wide, high = right - left, bottom - top
        if min(wide, high) <= THIN:
            if wide > high:
                self.drawn.level.append(((top + bottom) / 2, left, right))
            else:
                self.drawn.upright.append(((left + right) / 2, top, bottom))
        elif stroked or max(wide, high) <= SMALL:
            self._outline(path, _after(_matrix_of(path), matrix))

    def _pale(self, path: Any, stroked: bool) -> bool:
        """Whether the path is painted too lightly to be seen; colours that cannot be told are taken for dark."""
        told = (pdf.FPDFPageObj_GetStrokeColor if stroked else pdf.FPDFPageObj_GetFillColor)(path, *self.to_colour)
        red, green, blue, opacity = self.colour
        return bool(told) and (min(red, green, blue) >= PALE or opacity < 20)

    def _outline(self, path: Any, matrix: Matrix) -> None:
        """The level and upright pieces of a path."""
        here: tuple[float, float] | None = None
        begun = (0.0, 0.0)
        for at in range(pdf.FPDFPath_CountSegments(path)):
            self.points += 1
            if self.points > MOST_POINTS:
                return
            piece = pdf.FPDFPath_GetPathSegment(path, at)
            pdf.FPDFPathSegment_GetPoint(piece, byref(self.x), byref(self.y))
            place = self.drawn.frame.place(*_moved(self.x.value, self.y.value, matrix))
            kind = pdf.FPDFPathSegment_GetType(piece)
            if kind == pdf.FPDF_SEGMENT_MOVETO:
                begun = place
            elif kind == pdf.FPDF_SEGMENT_LINETO and here is not None:
                self._edge(here, place)
            if pdf.FPDFPathSegment_GetClose(piece):
                self._edge(place, begun)
            here = place

    def _edge(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        wide, high = abs(other[0] - one[0]), abs(other[1] - one[1])
        if hypot(wide, high) < 1.0 or min(wide, high) > SLANT:
            return
        if wide > high:
            self.drawn.level.append(((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
        else:
            self.drawn.upright.append(((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def joined(strokes: Strokes, beside: float = 0.7, apart: float = 1.5) -> Strokes:
    """Strokes no more than `beside` points off each other's line and `apart` from end to end become one."""
    made: list[list[float]] = []
    order = np.lexsort((strokes[:, 1], strokes[:, 0]))
    lines = np.split(strokes[order], np.flatnonzero(np.diff(strokes[order, 0]) > beside) + 1) if len(strokes) else []
    for line in lines:
        current: list[float] | None = None
        for place, start, end in line[np.argsort(line[:, 1])].tolist():
            if current is not None and start <= current[2] + apart:
                current[2] = max(current[2], end)
            else:
                current = [place, start, end]
                made.append(current)
    return np.asarray(made, np.float64).reshape(-1, 3)
