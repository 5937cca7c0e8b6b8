"""A claim of Mẫu số 02 Part III as it was read: which criterion, how many points, in which words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from extraction.doubt import doubt_of
from extraction.lines import around
from extraction.readings import Box, Word

CODE = re.compile(
    r"^[-–+•*\s]*(?:(?:(?:ở|tại|với|đối với|về|theo|riêng|còn) )?(?:tiêu chí|tiểu mục|mục)(?:\s+số)?\s+)?"
    r"\(?(\d{1,2}(?:\s?[.,]{1,2}\s?\d{1,2}){0,2}|[\dlIO]{1,2}(?:[.,][\dlIO]{1,2}){1,2}|[IVX]{1,4}\.\d{1,2})\s?[.):/]?"
    r"(?:\s+|$)",
    re.IGNORECASE,
)  # a digit of a code may be read as a letter, and dirt as a second dot
IN_ROMAN = re.compile(r"(I{1,3}|IV|VI{0,3}|IX|X)\.(\d{1,2})")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
LETTERS_AS_DIGITS = str.maketrans("lIO", "110")
CRITERION_WORD = r"(?:tiêu\s+chí|tiểu\s+mục|mục)"  # what stands before a code


@dataclass(frozen=True)
class Claim:
    """A paragraph or table row that begins with a criterion's code."""

    code: str
    title: str
    points: Fraction | None
    description: str
    page: int
    box: Box
    confidence: float
    doubt: str | None = None  # why the points must be looked at, if they were read twice
    beside: tuple[str, ...] = ()  # the other cells of its row, one of which may be the title


def claim_of(
    code: str,
    title: str,
    points: str | None,
    description: str,
    words: Sequence[Word],
    page: int,
    box: Box | None = None,
) -> Claim:
    confidence, doubt = _points_doubt(words, points)
    code = IN_ROMAN.sub(lambda found: f"{ROMAN.index(found[1]) + 1}.{found[2]}", re.sub(r"\s", "", code))
    normal = re.sub(r"[.,]+", ".", code.translate(LETTERS_AS_DIGITS)).strip(".")
    number = Fraction(points.replace(",", ".")) if points else None
    return Claim(normal, title, number, description, page, box or around(w.box for w in words), confidence, doubt)


def _points_doubt(words: Sequence[Word], points: str | None) -> tuple[float, str | None]:
    """Of the word that carries the points: the value that decides."""
    carrying = [
        word for word in words if points and re.search(rf"(?<![\d.,]){re.escape(points)}(?![.,]?\d)", word.text)
    ]
    return doubt_of(carrying) if carrying else (min((word.confidence for word in words), default=0.5), None)
