"""Two versions of a dossier: which pages are drawn the same, which are new or gone, and which values differ. Pure."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

from pydantic import BaseModel, ConfigDict

from extraction.assembly import Extraction
from extraction.readings import FieldContent

EVIDENCE = "evidence."  # fields of single papers: their pages tell what changed


class PageChange(BaseModel):
    """A page of the newer version; `was`: its number in the older one, None if nothing there is drawn like it."""

    model_config = ConfigDict(frozen=True)

    page: int
    was: int | None


class ValueChange(BaseModel):
    """A form field, or `claim.<criterion>` with its points, that reads differently; None where it was not found."""

    model_config = ConfigDict(frozen=True)

    name: str
    before: FieldContent
    after: FieldContent


class Changes(BaseModel):
    """What the newer version changes. `previous` is None for a first version: then nothing is compared."""

    model_config = ConfigDict(frozen=True)

    revision: int
    previous: int | None = None
    pages: tuple[PageChange, ...] = ()
    gone: tuple[int, ...] = ()  # pages of the older version
    values: tuple[ValueChange, ...] = ()  # once both versions are understood


def page_changes(
    before: Mapping[int, str | None], after: Mapping[int, str | None]
) -> tuple[tuple[PageChange, ...], tuple[int, ...]]:
    """Page number → hash of what is drawn on it, for both versions; the newer one's pages, and those gone.

    Like pages are paired in order, so of two copies one dropped is one gone. A page without a hash is always new.
    """
    places: dict[str, deque[int]] = defaultdict(deque)
    for number, content in sorted(before.items()):
        if content:
            places[content].append(number)
    pages = []
    for number, content in sorted(after.items()):
        same = places.get(content) if content else None
        pages.append(PageChange(page=number, was=same.popleft() if same else None))
    kept = {page.was for page in pages}
    return tuple(pages), tuple(number for number in sorted(before) if number not in kept)


def value_changes(before: Extraction, after: Extraction) -> tuple[ValueChange, ...]:
    """Names in the newer version's order, then those it lacks."""
    old, new = _values(before), _values(after)
    names: Iterable[str] = dict.fromkeys([*new, *old])
    return tuple(
        ValueChange(name=name, before=old.get(name), after=new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def _values(extraction: Extraction) -> dict[str, FieldContent]:
    found: dict[str, FieldContent] = {}
    for field in extraction.fields:
        if not field.name.startswith(EVIDENCE):
            found.setdefault(field.name, field.value)
    for claim in extraction.criteria:
        if claim.source == "self-assessment":
            found.setdefault(f"claim.{claim.code}", claim.points)
    return found
