"""Names that the forms tell, found again in the sentences of a paper that sets no label before them."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from extraction import values
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.lines import Line
from extraction.readings import FieldReading, PageReading, Word

LEAST_LIKENESS = 92  # of folded names: a letter of a long name may be misread, which the checks then say
LONG_ENOUGH = 8  # folded signs: shorter names are found in too many other words, so only to the letter
LEAST_WORDS = 2
END_OF_SENTENCE = (".", ":", ";")


def mentioned(page: PageReading, lines: Sequence[Line], field: str, known: Mapping[str, str]) -> list[FieldReading]:
    """The known value of this field as the page prints it, over two lines too; nothing if it is not there."""
    words = _where(known.get(field, ""), lines)
    reading = reading_of(field, values.text, words, page.number, (0, 0, 0, 0)) if words else None
    return [reading] if reading else []


def _where(name: str, lines: Sequence[Line]) -> Sequence[Word]:
    """The words that read as the name; of several places the most alike, then the first."""
    wanted = [part for part in (fold(word) for word in name.split()) if part]
    if len(wanted) < LEAST_WORDS:
        return ()
    whole = [word for line in lines for word in line.words]
    spoken_at = [place for place, word in enumerate(whole) if fold(word.text)]  # a dash in a name is not spoken
    words = [whole[place] for place in spoken_at]
    folded = [fold(word.text) for word in words]
    goal, count = " ".join(wanted), len(wanted)
    best, place = 0.0, -1
    for start in range(len(words) - count + 1):
        if any(word.text.endswith(END_OF_SENTENCE) for word in words[start : start + count - 1]):
            continue
        spoken = " ".join(folded[start : start + count])
        least = LEAST_LIKENESS if len(goal) >= LONG_ENOUGH else 100
        alike = 100.0 if spoken == goal else fuzz.ratio(spoken, goal, score_cutoff=least)
        if alike >= least and alike > best:
            best, place = alike, start
    return whole[spoken_at[place] : spoken_at[place + count - 1] + 1] if place >= 0 else ()
