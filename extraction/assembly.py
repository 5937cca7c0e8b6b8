"""All pages of one file or one dossier together: the object that `ocop read` prints and the pipeline stores."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from extraction.forms import Forms
from extraction.readings import (
    CriterionReading,
    EvidenceLink,
    FieldReading,
    LaboratoryResult,
    PageReading,
    RulebookReading,
)
from extraction.understanding import understand


class SourceFile(BaseModel):
    """One original of the dossier; its pages are numbered from `first_page` on."""

    model_config = ConfigDict(frozen=True)

    name: str
    sha256: str
    first_page: int
    pages: int


class Extraction(BaseModel):
    """Everything read and understood, each value traced to its place."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    engine: str
    seconds: float  # of page reading, summed over pages
    files: tuple[SourceFile, ...] = ()
    rulebook: RulebookReading | None = None
    pages: tuple[PageReading, ...]
    fields: tuple[FieldReading, ...] = ()
    criteria: tuple[CriterionReading, ...] = ()
    evidence: tuple[EvidenceLink, ...] = ()
    laboratory: tuple[LaboratoryResult, ...] = ()

    def text_of(self, name: str) -> str | None:
        """The most trusted reading of a field, as text; None if it was not found."""
        found = next((field for field in self.fields if field.name == name and field.value is not None), None)
        return str(found.value) if found else None

    def contract(self, **first: Any) -> dict[str, Any]:
        """As JSON-ready data with `first` in front: the line that `ocop read` prints (Any: JSON)."""
        return {**first, **self.model_dump(mode="json", exclude={"files"})}


def assemble(
    pages: Sequence[PageReading],
    forms: Forms,
    engine: str,
    seconds: float,
    files: Sequence[SourceFile] = (),
    day: date | None = None,
) -> Extraction:
    """Understand the pages together. Never raises on odd pages: what is not understood is left out.

    `day`: when the dossier is judged; papers no longer valid then are doubted.
    """
    meaning = understand(pages, forms, day)
    kinds = meaning.kinds or tuple(page.kind for page in pages)
    return Extraction(
        engine=engine,
        seconds=round(seconds, 3),
        files=tuple(files),
        rulebook=meaning.rulebook,
        pages=tuple(page.model_copy(update={"kind": kind}) for page, kind in zip(pages, kinds, strict=True)),
        fields=meaning.fields,
        criteria=meaning.criteria,
        evidence=meaning.evidence,
        laboratory=meaning.laboratory,
    )


def page_alone(page: PageReading, forms: Forms) -> Extraction:
    """What one page says, for people who look while the rest is still being read; the whole dossier's replaces it."""
    return assemble([page], forms, "", 0.0)
