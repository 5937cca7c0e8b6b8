"""What training lines say: sentences of the criteria tables, invented words, and what is filled into forms."""

import re
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import yaml

from extraction.folding import unmarked
from extraction.syllables import alike, all_syllables
from extraction.training import entries
from extraction.training.signs import ALPHABET, CLASS_OF, known

HELD_OUT_SETS = (4, 17, 23)  # criteria tables whose own sentences are never trained on
FORMULAS = Path(__file__).parent / "formulas.txt"
SHORTEST = 3
QUOTED_FORMULAS = 0.12  # share of sentences
SIGN_WIDTH = 5  # signs of a syllable and its blank
REMARKED, REMARKED_WORDS = 0.35, 0.3  # share of lines in which so many of the words get other marks
ROMAN_DIGITS = frozenset("IVX")
WORD = re.compile(r"[^\W\d_]+")
SAME_IN_CAPITALS = frozenset("cosuvxzw")  # and with any mark: only their size tells small letters from capitals


class Texts:
    """Random lines of about so many signs. `more` are plain text files, a sentence a line, to train on besides."""

    def __init__(self, rulebooks: Path, more: list[Path] | None = None) -> None:
        self.rulebooks, self.more = rulebooks, more or []

    @cached_property
    def sentences(self) -> list[str]:
        """Sentences of the criteria tables that no held-out table shares, and those of the further files."""
        held = {text for path, text in self._rulebook_texts if _set_of(path) in HELD_OUT_SETS}
        kept = dict.fromkeys(text for path, text in self._rulebook_texts if text not in held)
        return [text for text in kept if len(text) >= SHORTEST]

    @cached_property
    def all_sentences(self) -> list[str]:
        """Those of the held-out tables, too: not to train on."""
        return [text for _, text in self._rulebook_texts if len(text) >= SHORTEST]

    @cached_property
    def held_out(self) -> list[str]:
        """Sentences only the held-out tables have: for measuring."""
        kept = set(self.sentences)
        texts = [text for path, text in self._rulebook_texts if _set_of(path) in HELD_OUT_SETS]
        others = {text for path, text in self._rulebook_texts if _set_of(path) not in HELD_OUT_SETS}
        return [text for text in dict.fromkeys(texts) if text not in kept and text not in others and len(text) > 8]

    @cached_property
    def formulas(self) -> list[str]:
        """What offices write in every paper (Nghị định 30/2020/NĐ-CP), titles of papers, and usual clauses."""
        return FORMULAS.read_text(encoding="utf-8").splitlines()

    @cached_property
    def prose(self) -> list[str]:
        lines = (line for path in self.more for line in path.read_text(encoding="utf-8").splitlines())
        return [text for text in map(known, lines) if len(text) >= SHORTEST]

    @cached_property
    def words(self) -> list[str]:
        """Syllables in use, as often as they are used."""
        return [word for sentence in self.sentences for word in WORD.findall(sentence.lower())]

    @cached_property
    def sized(self) -> list[str]:
        """Words in use of letters that look the same as capitals."""
        return [word for word in dict.fromkeys(self.words) if SAME_IN_CAPITALS.issuperset(unmarked(word))]

    @cached_property
    def _rulebook_texts(self) -> list[tuple[Path, str]]:
        paths = sorted(path for path in self.rulebooks.glob("*.yaml") if path.name != "index.yaml")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        found = []
        for path in paths:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
            found += [(path, text) for text in map(known, _vietnamese(data)) if text]
        return found

    def line(self, rng: Random, signs: int) -> str:
        """About `signs` signs of text; never empty."""
        kind = rng.random()
        if rng.random() < 0.04:
            text = self._alone(rng)
        elif kind < 0.40:
            text = self._quoted(rng, signs)
        elif kind < 0.58:
            text = self._invented(rng, signs)
        elif kind < 0.95:
            text = self._filled_in(rng, signs)
        else:
            text = "".join(rng.choice(ALPHABET) if rng.random() > 0.18 else " " for _ in range(signs))
        if rng.random() < REMARKED:
            text = remarked(rng, text)
        case = rng.random()
        if case < 0.18:
            text = in_capitals(text)
        elif case < 0.21:
            text = text.title() if "µ" not in text else text
        return known(text) or "1"

    def _quoted(self, rng: Random, signs: int) -> str:
        source = self.prose if self.prose and rng.random() < 0.35 else self.sentences
        source = self.formulas if rng.random() < QUOTED_FORMULAS else source
        text = rng.choice(source)
        while len(text) < 0.8 * signs:
            text += " " + rng.choice(source)
        if len(text) <= signs:
            return text
        start = rng.randrange(0, max(1, len(text) - signs))
        start = text.find(" ", start) + 1 if start else 0
        return text[start : start + signs + 20]

    def _invented(self, rng: Random, signs: int) -> str:
        """Syllables no sentence holds in this order, so that the next word cannot be guessed."""
        title = rng.random() < 0.25
        return " ".join(self._syllable(rng, title) for _ in range(max(1, signs // SIGN_WIDTH)))

    def _alone(self, rng: Random) -> str:
        """A word alone in its line, as the last of a cell: nothing beside it tells how high capitals are."""
        word = rng.choice(self.sized if rng.random() < 0.6 else self.words)
        if rng.random() < 0.4:
            word = in_capitals(word) if rng.random() < 0.6 else word.capitalize()
        return word + rng.choice(("", "", "", ".", ",", ";", ":"))

    def _syllable(self, rng: Random, title: bool) -> str:
        word = rng.choice(all_syllables()) if rng.random() < 0.6 else rng.choice(self.words)
        if title or rng.random() < 0.08:
            word = word[:1].upper() + word[1:]
        return entries.punctuated(rng, word)

    def _filled_in(self, rng: Random, signs: int) -> str:
        parts: list[str] = []
        while not parts or sum(map(len, parts)) + 2 * len(parts) < 0.8 * signs:
            parts.append(entries.entry(rng, self._wordlike))
            if signs < 14:
                break
        return rng.choice((" ", ", ", " - ", "; ", " ")).join(parts)

    def _wordlike(self, rng: Random) -> str:
        return rng.choice(self.words)


class HeldOutTexts(Texts):
    """Lines of sentences that are never trained on: for measuring."""

    def line(self, rng: Random, signs: int) -> str:
        text = rng.choice(self.held_out)
        return text[: text.find(" ", signs)] if len(text) > signs and " " in text[signs:] else text


def remarked(rng: Random, text: str) -> str:
    """With other marks on some of its words, “đèn thờ” for “đền thờ”: they must be seen, sense does not tell them.

    Addresses on the net bear none, and single letters are list marks.
    """
    if any(sign in text for sign in ("@", "www", "http")):
        return text
    return WORD.sub(lambda found: _other_marks(rng, found[0]) if rng.random() < REMARKED_WORDS else found[0], text)


def _other_marks(rng: Random, word: str) -> str:
    others = alike(unmarked(word))
    if not others or len(word) == 1 or ROMAN_DIGITS.issuperset(word):
        return word
    other = rng.choice(others)
    return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other


def in_capitals(text: str) -> str:
    """As a heading has it; signs without a known capital stay."""
    return "".join(sign.upper() if sign.upper() in CLASS_OF else sign for sign in text)


def _set_of(path: Path) -> int:
    """The set number in a rulebook's file name (`qd26-2026-07-…`); 0 if it has none."""
    numbers = re.match(r"[a-z0-9]+-\d{4}-(\d\d)-", path.name)
    return int(numbers[1]) if numbers else 0


def _vietnamese(data: Any) -> list[str]:
    """All texts under keys that say they are Vietnamese, at any depth."""
    if isinstance(data, list):
        return [text for each in data for text in _vietnamese(each)]
    if not isinstance(data, dict):
        return []
    found = []
    for key, value in data.items():
        if isinstance(value, str) and str(key).endswith("_vi"):
            found.append(value)
        else:
            found += _vietnamese(value)
    return found
