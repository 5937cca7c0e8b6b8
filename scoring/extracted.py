"""What scoring needs of an extraction: a reader's view of the JSON that the extraction service stores.

Only the keys named here are looked at; everything else in the document may change.
"""

from collections.abc import Iterator
from typing import Literal

import pydantic
from pydantic import BaseModel, ConfigDict

from scoring.errors import UnreadableExtraction

Source = Literal["score-sheet", "self-assessment"]


class Seen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SeenPage(Seen):
    number: int
    kind: str = "other"


class SeenField(Seen):
    """A named value; of several with one name, the most trusted stands first."""

    name: str
    value: str | bool | int | float | None = None
    page: int | None = None
    confidence: float = 0.0
    needs_review: bool = False


class SeenCriterion(Seen):
    """What a paper of the applicant claims for one row. `option` counts from 0."""

    code: str
    source: Source
    points: float | None = None
    option: int | None = None
    page: int | None = None
    confidence: float = 0.0
    needs_review: bool = False
    reason: str | None = None


class SeenEvidence(Seen):
    """Pages the applicant or the reader tied to one criterion."""

    code: str
    pages: tuple[int, ...] = ()
    reason: str | None = None


class SeenRulebook(Seen):
    decision: str
    set_no: int
    confidence: float = 0.0


class Extracted(Seen):
    rulebook: SeenRulebook | None = None
    pages: tuple[SeenPage, ...] = ()
    fields: tuple[SeenField, ...] = ()
    criteria: tuple[SeenCriterion, ...] = ()
    evidence: tuple[SeenEvidence, ...] = ()

    @classmethod
    def parse(cls, content: bytes | str) -> "Extracted":
        """Of JSON, most of which are words that nobody asks for here. Raises UnreadableExtraction."""
        try:
            return cls.model_validate_json(content)
        except pydantic.ValidationError as error:
            raise UnreadableExtraction from error

    def field(self, name: str) -> SeenField | None:
        """The most trusted reading that holds a value."""
        return next((field for field in self.fields if field.name == name and field.value is not None), None)

    def text(self, name: str) -> str | None:
        found = self.field(name)
        return str(found.value).strip() if found else None

    def pages_of(self, kind: str) -> Iterator[int]:
        return (page.number for page in self.pages if page.kind == kind)
