"""Dots of a leader at letters that were typed over it: they hide tones, look like tones, and run into letters' feet."""

from collections.abc import Sequence

import numpy as np

from extraction.layout.components import Components, Ints
from extraction.layout.written_over import Place, Under, pieces_at
from extraction.readings import Box

TONE = 0.35  # letter heights below a letter's foot within which the dot of a tone stands
USUAL, AROUND = (0.8, 2.6), 8.0  # letter heights: how high letters with their marks are, and how far away they tell
RIM = 1  # pixels around a dot that are grey
CLEAR = 0.25  # letter heights above a dot that touches a letter, in which there is no ink


def like_tones(under: Under, pieces: Components, letter: float) -> tuple[Place, ...]:
    """Places of dots right below a letter, where the dot of the tone nặng would stand."""
    letters = np.flatnonzero(~under.dots & (pieces.height >= letter / 2))
    found = []
    for dot in np.flatnonzero(under.dots).tolist():
        left, top, right, bottom = pieces.box(dot)
        gap = top - pieces.bottom[letters]
        below = (gap >= -1) & (gap <= TONE * letter)
        if (below & (pieces.left[letters] < right) & (pieces.right[letters] > left)).any():
            found.append(((left + right) // 2, (top + bottom) // 2))
    for x, y in under.hidden:
        piece = int(pieces.labels[y, x]) - 1
        if piece >= 0 and pieces.bottom[piece] - y <= TONE * letter / 2:  # nothing of the letter reaches below it
            found.append((x, y))
    return tuple(found)


def touching_letters(under: Under, pieces: Components, letter: float) -> list[Box]:
    """What of the hidden dots is no part of the letters: what lies below their feet, or beside a foot."""
    if not under.hidden:
        return []
    size = round(float(np.median(pieces.width[under.dots])) / 2)
    letters = np.flatnonzero((pieces.height >= USUAL[0] * letter) & (pieces.height <= USUAL[1] * letter))
    feet = _feet(under.hidden, pieces, size + RIM)
    found = []
    for x, y in under.hidden:
        if not (pieces.height[pieces_at(pieces, x, y)] >= letter / 2).any():
            continue  # a stop
        left, top, right, bottom = max(0, x - size), max(0, y - size), x + size + 1, y + size + 1
        near = letters[(np.abs(pieces.left[letters] - x) <= AROUND * letter) & (pieces.top[letters] < y)]
        near = near[np.abs(feet[near] - y) <= letter]
        foot = int(np.median(feet[near])) if len(near) else bottom
        if not pieces.labels[max(0, top - round(CLEAR * letter)) : top, left:right].any():
            found.append((left, top, right, bottom))
        elif foot <= y and not _is_more(pieces, (x, y), foot, size):
            found.append((max(0, left - RIM), max(foot, top), right + RIM, bottom + RIM))
    return found


def _is_more(pieces: Components, place: Place, foot: int, size: int) -> bool:
    """Whether what hangs below a letter is larger than a dot: the dot of a tone, or a comma, is part of it."""
    x, y = place
    left, right, below = max(0, x - size - RIM), x + size + RIM + 1, y + size + RIM + 1
    around = pieces.labels[foot:below, max(0, left - size) : left], pieces.labels[foot:below, right : right + size]
    beneath = pieces.labels[below : below + size, left:right]
    return bool(beneath.any() or any(side.any() for side in around))


def _feet(hidden: Sequence[Place], pieces: Components, size: int) -> Ints:
    """Where each piece ends below, without the hidden dots that ran into it, which are `size` wide to either side."""
    feet = pieces.bottom.copy()
    columns: dict[int, list[int]] = {}
    for x, y in hidden:
        for piece in set(pieces_at(pieces, x, y).tolist()):
            columns.setdefault(piece, []).append(x)
    for piece, places in columns.items():
        left, top, right, bottom = pieces.box(piece)
        ink = pieces.labels[top:bottom, left:right] == piece + 1
        for x in places:
            ink[:, max(0, x - size - left) : max(0, x + size + 1 - left)] = False
        rows = np.flatnonzero(ink.any(1))
        if len(rows):
            feet[piece] = top + int(rows[-1]) + 1
    return feet
