"""What extraction says of a scan: the contract of `ocop read` and of every stored reading.

Boxes are `(left, top, right, bottom)` in whole pixels of the upright page, origin top left. Confidence is 0..1.
Page numbers start at 1. Text is NFC. The field names in use are listed in `extraction/names.py`.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Box = tuple[int, int, int, int]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class Part(BaseModel):
    """A piece of a reading; frozen, so stages return new pieces instead of editing."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Word(Part):
    """`under_stamp`: ink of a stamp or signature lies over the word, so a value there wants a second look.

    `dotted`: letters were typed over a dotted leader, so that the tone nặng and no tone cannot be told apart.
    `second`: what another engine reads there; None where none was asked or it could not say.
    """

    text: str
    box: Box
    confidence: Confidence
    under_stamp: bool = False
    dotted: bool = False
    second: str | None = None


class Cell(Part):
    row: int  # from 0
    col: int  # from 0
    row_span: int = 1
    col_span: int = 1
    box: Box
    text: str = ""


class Table(Part):
    box: Box
    cells: tuple[Cell, ...]


class Tick(Part):
    """A tick box found on the page, ticked or not."""

    box: Box
    ticked: bool
    confidence: Confidence


class PageSource(StrEnum):
    TEXT_LAYER = "text-layer"
    OCR = "ocr"
    BLANK = "blank"
    QUARANTINED = "quarantined"


class PageKind(StrEnum):
    """What paper a page belongs to (forms: QĐ 26/2026 Phụ lục II, III; evidence: the table of Mẫu số 02)."""

    REGISTRATION_FORM = "registration-form"
    SELF_ASSESSMENT = "self-assessment"
    COMMUNE_REPORT = "commune-report"
    SCORE_SHEET = "score-sheet"
    BUSINESS_REGISTRATION = "business-registration"
    PRODUCTION_ELIGIBILITY = "production-eligibility"
    MATERIAL_ORIGIN = "material-origin"
    ENVIRONMENT = "environment"
    LOCAL_LABOUR = "local-labour"
    BUSINESS_GROWTH = "business-growth"
    INTELLECTUAL_PROPERTY = "intellectual-property"
    MARKET = "market"
    PROMOTION = "promotion"
    STORY = "story"
    QUALITY_DECLARATION = "quality-declaration"
    TEST_REPORT = "test-report"
    BARCODE_TRACEABILITY = "barcode-traceability"
    QUALITY_SYSTEM = "quality-system"
    AWARD = "award"
    OCOP_CERTIFICATE = "ocop-certificate"
    COVER = "cover"
    SEPARATOR = "separator"
    BLANK = "blank"
    OTHER = "other"


EVIDENCE_KINDS: tuple[PageKind, ...] = tuple(PageKind)[4:19]  # in the order of Mẫu số 02's evidence table


class Health(Part):
    """How Vietnamese a page reads; shares of its `words` made of letters, abbreviations left out."""

    words: int
    possible: Confidence  # can be Vietnamese syllables
    foreign: Confidence  # have letters that no Vietnamese syllable has
    bare: Confidence  # of the possible ones: bear no mark at all


class PageReading(Part):
    """One page as read. `rotation` is how many degrees clockwise it was turned to stand upright."""

    number: Annotated[int, Field(ge=1)]
    width: int  # pixels of the upright page
    height: int
    dpi: float
    rotation: Literal[0, 90, 180, 270] = 0
    skew_degrees: float = 0.0
    source: PageSource
    reason: str | None = None  # why a page is quarantined or must be looked at, for the clerk
    needs_review: bool = False
    health: Health | None = None
    kind: PageKind = PageKind.OTHER
    text: str = ""
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()
    ticks: tuple[Tick, ...] = ()

    @model_validator(mode="after")
    def quarantine_has_a_reason(self) -> Self:
        if self.source is PageSource.QUARANTINED and not self.reason:
            raise ValueError(f"page {self.number} is quarantined without a reason")
        return self


FieldContent = str | bool | int | float | date | None


class FieldReading(Part):
    """A named value: `value` normalised, `raw` as it stands on the page."""

    name: str
    value: FieldContent
    raw: str
    page: int
    box: Box
    confidence: Confidence
    needs_review: bool = False
    reason: str | None = None


class CriterionReading(Part):
    """What a table or report says of one criterion: its points, and the index (from 0) of the ticked option."""

    code: str
    source: Literal["score-sheet", "self-assessment"]
    points: float | None
    option: int | None = None
    page: int
    box: Box
    confidence: Confidence
    needs_review: bool = False
    reason: str | None = None


class RulebookReading(Part):
    """Which criteria table the dossier uses: `decision` as the rulebook files name it: `QĐ 26/2026/QĐ-TTg`."""

    decision: str
    set_no: int
    confidence: Confidence


class EvidenceLink(Part):
    """Pages that may prove one criterion, and why they are proposed; no pages: nothing was found for it."""

    code: str
    pages: tuple[int, ...]
    reason: str  # Vietnamese, for the council


class LaboratoryResult(Part):
    """A row of a laboratory's report, as printed. `exceeds`: the result breaks the limit; None: that cannot be told."""

    parameter: str
    result: str
    unit: str = ""
    limit: str = ""
    exceeds: bool | None = None
    page: int
    box: Box
    confidence: Confidence
    needs_review: bool = False
    reason: str | None = None


class Understanding(Part):
    """What the pages of one file or dossier mean together."""

    rulebook: RulebookReading | None = None
    kinds: tuple[PageKind, ...] = ()  # one for each page, in order
    fields: tuple[FieldReading, ...] = ()
    criteria: tuple[CriterionReading, ...] = ()
    evidence: tuple[EvidenceLink, ...] = ()
    laboratory: tuple[LaboratoryResult, ...] = ()
