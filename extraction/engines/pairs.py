"""Words that their neighbours tell: "KHÁ NĂNG" is "KHẢ NĂNG" where the picture allows either mark.

The marks over capitals are a few dots high, and no spelling says which of two possible syllables stands there. Which
words stand side by side in the programme's own forms does. One sign's marks may change, never its letter; only where
neither neighbour knows the word as it was read; and no names, whose syllables go with any other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extraction.engines import Others, Sign
from extraction.folding import unmarked
from extraction.syllables import possible

Word = tuple[int, int]  # its first sign, and the one behind its last

ALLOWED = 0.01  # probability that another sign must have …
ALLOWED_SURELY = 0.0005  # … where both neighbours ask for it, or a word in capitals has no name beside it
NAMES = frozenset(  # parts of people's names, which go with any other: VĂN BAN is nobody's “văn bản”
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn mai văn thị đức hữu quang minh "
    "ngọc thanh hồng kim xuân thu bích".split()
)
OUTNUMBERED = 20  # times as often, pairs with the same letters make one a slip
PAIR = re.compile(r"(?<![^\W_])(?=([^\W\d_]+ [^\W\d_]+)(?![^\W_]))")  # overlapping: each word with the next
LEAST_LETTERS = 2


def pairs_of(texts: Iterable[str]) -> frozenset[str]:
    """Words that stand side by side in these texts with nothing but a blank between, in small letters.

    A pair that others with the same letters outnumber by far is left out: read so, it is one of them.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(found[1] for found in PAIR.finditer(text.lower()))
    most: dict[str, int] = {}
    for pair, count in counts.items():
        most[unmarked(pair)] = max(count, most.get(unmarked(pair), 0))
    return frozenset(pair for pair, count in counts.items() if OUTNUMBERED * count >= most[unmarked(pair)])


def paired(line: Sequence[Sign], others: Others, pairs: frozenset[str]) -> list[Sign]:
    """The line's signs, with marks that its words' neighbours ask for. `others` takes a place in the line."""
    signs = list(line)
    words = _words(signs)
    for at, (first, end) in enumerate(words):
        doubted = [place for place in range(first, end) if signs[place].confidence <= 1 - ALLOWED_SURELY]
        if not doubted or end - first < LEAST_LETTERS:
            continue
        before = words[at - 1] if at and _text(signs, (words[at - 1][1], first)) == " " else None
        after = words[at + 1] if at + 1 < len(words) and _text(signs, (end, words[at + 1][0])) == " " else None
        neighbours = _text(signs, before), _text(signs, after)
        if not _known(_text(signs, (first, end)), neighbours, pairs):
            change = _change(signs, (first, end), doubted, others, neighbours, pairs)
            if change is not None:
                place, text, probability = change
                signs[place] = replace(signs[place], text=text, confidence=min(probability, signs[place].confidence))
    return signs


def _words(signs: Sequence[Sign]) -> list[Word]:
    """Runs of letters, whatever stands beside them. A sign is one letter."""
    text = "".join(sign.text for sign in signs)
    return [(found.start(), found.end()) for found in re.finditer(r"[^\W\d_]+", text)]


def _text(signs: Sequence[Sign], word: Word | None) -> str:
    return "" if word is None else "".join(sign.text for sign in signs[slice(*word)])


def _known(word: str, neighbours: tuple[str, str], pairs: frozenset[str]) -> bool:
    """Whether a neighbour goes with the word. A capital behind another word, or before another capital, is a name's."""
    before, after = neighbours
    follows = before and not word.istitle() and f"{before} {word}".lower() in pairs
    leads = after and not (word.istitle() and after.istitle()) and f"{word} {after}".lower() in pairs
    return bool(follows or leads)


def _change(
    signs: Sequence[Sign],
    word: Word,
    doubted: Sequence[int],
    others: Others,
    neighbours: tuple[str, str],
    pairs: frozenset[str],
) -> tuple[int, str, float] | None:
    """The likeliest change of one sign's marks that makes the word one that goes with a neighbour."""
    best: tuple[int, str, float] | None = None
    first, end = word
    for place in doubted:
        for text, probability in others(place):
            if probability < max(ALLOWED_SURELY, best[2] if best else 0.0):
                continue
            if not _other_marks(text, signs[place].text):
                continue
            changed = _text(signs, (first, place)) + text + _text(signs, (place + 1, end))
            fits = possible(changed) and _known(changed, neighbours, pairs)
            if fits and probability >= _needed(changed, neighbours, pairs):
                best = place, text, probability
    return best


def _needed(word: str, neighbours: tuple[str, str], pairs: frozenset[str]) -> float:
    """How probable a sign must be that makes a word this one."""
    before, after = neighbours
    if f"{before} {word}".lower() in pairs and f"{word} {after}".lower() in pairs:
        return ALLOWED_SURELY
    named = before.lower() in NAMES or after.lower() in NAMES
    return ALLOWED_SURELY if word.isupper() and not named else ALLOWED


def _other_marks(text: str, sign: str) -> bool:
    return text != sign and unmarked(text) == unmarked(sign) and text.isupper() == sign.isupper()
