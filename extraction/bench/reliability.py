"""Whether confidence and `needs_review` mean what they say: bins of confidence and the share that was right. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
WIDE, HIGH, LEFT, TOP, BELOW = 760, 440, 70, 50, 100  # pixels
COLOURS = ("#2f6fb0", "#d9822b")


@dataclass(frozen=True)
class Bin:
    """Readings with low ≤ confidence < high (the last bin includes 1)."""

    low: float
    high: float
    count: int
    right: int
    mean: float  # of the confidence

    @property
    def share(self) -> float | None:
        return self.right / self.count if self.count else None


def bins_of(marks: Iterable[tuple[float, bool]], edges: Sequence[float] = EDGES) -> list[Bin]:
    """(confidence, right) pairs sorted into bins."""
    inside: list[list[tuple[float, bool]]] = [[] for _ in edges[1:]]
    for sure, right in marks:
        place = next((i for i, high in enumerate(edges[1:]) if sure < high), len(inside) - 1)
        inside[place].append((sure, right))
    return [
        Bin(low, high, len(found), sum(right for _, right in found), _mean([sure for sure, _ in found]))
        for low, high, found in zip(edges, edges[1:], inside, strict=False)
    ]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def plot(title: str, series: Sequence[tuple[str, Sequence[Bin]]], note: str) -> str:
    """An SVG: a bar for each bin and series as high as the share right, a dash at the mean confidence; a note below."""
    columns = len(series[0][1])
    step = (WIDE - LEFT - 20) / columns
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}</text>',
        *_axis(),
    ]
    for number, (name, bins) in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        x = LEFT + 190 * number
        parts.append(f'<rect x="{x}" y="30" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 15}" y="40">{escape(name)}</text>')
        for column, each in enumerate(bins):
            parts += _bar(each, LEFT + column * step, step, number, len(series), colour)
    parts += _labels(series[0][1], step)
    parts.append(f'<text x="{LEFT}" y="{HIGH - 22}">{escape(note)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _y(share: float) -> float:
    return TOP + (HIGH - TOP - BELOW) * (1 - share)


def _axis() -> list[str]:
    return [
        line
        for share in (0, 0.25, 0.5, 0.75, 1)
        for line in (
            f'<line x1="{LEFT}" y1="{_y(share):.1f}" x2="{WIDE - 20}" y2="{_y(share):.1f}" stroke="#ddd"/>',
            f'<text x="{LEFT - 8}" y="{_y(share) + 4:.1f}" text-anchor="end">{100 * share:.0f} %</text>',
        )
    ]


def _bar(each: Bin, x: float, step: float, number: int, of: int, colour: str) -> list[str]:
    if each.share is None:
        return []
    width = 0.8 * step / of
    left = x + 0.1 * step + number * width
    top, base, said = _y(each.share), _y(0), _y(each.mean)
    return [
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width - 2:.1f}" height="{base - top:.1f}" fill="{colour}" '
        f'fill-opacity="0.75"><title>{each.right} of {each.count} right</title></rect>',
        f'<line x1="{left - 2:.1f}" y1="{said:.1f}" x2="{left + width:.1f}" y2="{said:.1f}" stroke="black" '
        'stroke-width="2"/>',
        f'<text x="{left + width / 2 - 1:.1f}" y="{base + 34 + 13 * number:.1f}" text-anchor="middle" '
        f'fill="{colour}" font-size="10">{each.count}</text>',
    ]


def _labels(bins: Sequence[Bin], step: float) -> list[str]:
    labels = [
        f'<text x="{LEFT + (i + 0.5) * step:.1f}" y="{_y(0) + 16:.1f}" text-anchor="middle" font-size="11">'
        f"{each.low:g}–{each.high:g}</text>"
        for i, each in enumerate(bins)
    ]
    note = "bar: share right; black dash: mean confidence; below: how many"
    return [*labels, f'<text x="{LEFT}" y="{HIGH - 8}" fill="#555">{note}</text>']
