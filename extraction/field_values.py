"""Words as the value of a field, with how sure it is and why a person must look at it."""

from collections.abc import Callable, Sequence
from datetime import date

from extraction import values
from extraction.doubt import doubt_of, doubt_of_prose
from extraction.folding import fold, tidy
from extraction.lines import around
from extraction.readings import Box, FieldContent, FieldReading, Word

NUMBER = "evidence.number"
NAMED = ("evidence.holder", "evidence.product")


def reading_of(
    name: str, parse: Callable[[str], values.Value], words: Sequence[Word], page: int, beside: Box
) -> FieldReading | None:
    """The words as a field; None if nothing is written there."""
    words = [word for word in words if word.text.strip(".…_")]
    raw = " ".join(word.text for word in words)
    if not fold(raw):
        return None
    value = parse(raw)
    if value.content is None and value.reason is None:
        return None
    confidence, doubt = _doubt(value.content, parse, words)
    reason = value.reason or doubt
    return FieldReading(
        name=name,
        value=value.content,
        raw=tidy(raw) or raw.strip(),
        page=page,
        box=around(word.box for word in words) if words else beside,
        confidence=round(confidence, 4),
        needs_review=reason is not None,
        reason=reason,
    )


def _doubt(
    content: FieldContent, parse: Callable[[str], values.Value], words: Sequence[Word]
) -> tuple[float, str | None]:
    """Of a date only its numbers decide, of sentences no single word."""
    if parse is values.prose:
        return doubt_of_prose(words)
    numbers = [word for word in words if any(sign.isdigit() for sign in word.text)]
    return doubt_of(numbers if isinstance(content, date) and numbers else words)
