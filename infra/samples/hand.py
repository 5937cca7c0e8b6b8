"""Ticks as people draw them: every tick its own shape, some struck out, some corrected."""

from collections.abc import Iterator
from random import Random
from typing import Any

from infra.samples.papers import Paper

SHAPES = ("v", "x", "slash", "circle", "filled", "dot", "wide-v", "plus", "scrawl")
WEIGHTS = (7, 5, 3, 2, 2, 1, 2, 1, 1)
CORRECTED = 0.05  # share of the ticks of the criteria table that were first put elsewhere


def drawn_by_hand(papers: tuple[Paper, ...], rng: Random) -> tuple[Paper, ...]:
    """Give every tick of the papers a shape, and let some have been corrected. Changes the papers in place.

    A corrected criterion has one struck-out tick, which is none, and the tick that counts; somebody should look at
    both. A struck-out tick outside the criteria table leaves its question unanswered.
    """
    ticks = [tick for paper in papers for tick in ticks_in(paper)]
    habit = rng.choices(SHAPES, WEIGHTS)[0]  # most people keep to one shape
    for tick in ticks:
        if tick["ticked"]:
            tick["mark"] = habit if rng.random() < 0.5 else rng.choices(SHAPES, WEIGHTS)[0]
    options: dict[str, list[dict[str, Any]]] = {}
    for tick in ticks:
        if "criterion" in tick["key"]:
            options.setdefault(tick["key"]["criterion"], []).append(tick)
        elif not tick["ticked"] and "=" not in tick["key"]["name"] and rng.random() < CORRECTED:
            _strike_out(tick)
    for boxes in options.values():
        chosen = [tick for tick in boxes if tick["ticked"]]
        empty = [tick for tick in boxes if not tick["ticked"]]
        if chosen and empty and rng.random() < CORRECTED:
            _strike_out(rng.choice(empty))
            chosen[0]["look"] = True
    return papers


def _strike_out(tick: dict[str, Any]) -> None:
    tick.update({"mark": "crossed-out", "look": True})


def ticks_in(piece: Any) -> Iterator[dict[str, Any]]:
    """All tick boxes in the data of a paper, in the order they are printed. Any: JSON."""
    if isinstance(piece, dict):
        if "jitter" in piece:
            yield piece
        else:
            for part in piece.values():
                yield from ticks_in(part)
    elif isinstance(piece, list | tuple):
        for part in piece:
            yield from ticks_in(part)
