"""The pre-filled score sheet: a criteria table with what the applicant claims, what the commune says, and where the
evidence lies. The member's own column stays empty: a claim is never a tick.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from unicodedata import normalize
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from infra.events.values import RulebookRef
from scoring.extracted import Extracted, SeenCriterion, Source
from scoring.rulebook import Criterion, Rulebook

EVIDENCE: tuple[tuple[str, str, str], ...] = (
    # as a table names the paper (start) | page kind | label, in the order of Mẫu số 02 (QĐ 26/2026 Phụ lục III)
    ("giấy đăng ký kinh doanh", "business-registration", "Giấy đăng ký kinh doanh"),
    ("giấy chứng nhận cơ sở đủ điều kiện", "production-eligibility", "Giấy chứng nhận đủ điều kiện sản xuất"),
    ("giấy đủ điều kiện", "production-eligibility", "Giấy chứng nhận đủ điều kiện sản xuất"),
    ("nguồn gốc nguyên liệu", "material-origin", "Nguồn gốc nguyên liệu, liên kết"),
    ("bảo vệ môi trường", "environment", "Bảo vệ môi trường"),
    ("sử dụng lao động địa phương", "local-labour", "Lao động địa phương"),
    ("tăng trưởng sản xuất", "business-growth", "Tăng trưởng sản xuất kinh doanh"),
    ("sở hữu trí tuệ", "intellectual-property", "Sở hữu trí tuệ"),
    ("phát triển thị trường", "market", "Phát triển thị trường"),
    ("quảng bá sản phẩm", "promotion", "Quảng bá sản phẩm"),
    ("câu chuyện", "story", "Câu chuyện sản phẩm"),
    ("công bố chất lượng", "quality-declaration", "Công bố chất lượng"),
    ("tiêu chuẩn sản phẩm", "quality-declaration", "Công bố chất lượng"),
    ("phiếu kết quả", "test-report", "Phiếu kết quả kiểm nghiệm"),
    ("mã số mã vạch", "barcode-traceability", "Mã vạch, truy xuất nguồn gốc"),
    ("hệ thống quản lý chất lượng", "quality-system", "Hệ thống quản lý chất lượng"),
    ("kế hoạch kiểm soát chất lượng", "quality-system", "Hệ thống quản lý chất lượng"),
)

COMMUNE_VIEWS: tuple[tuple[tuple[str, ...], str], ...] = (
    # Mẫu 03 part II: its four texts belong to rows 1.1, 3.3, 2.1 and 5.3 of the goods tables (mapping inferred);
    # matched by title, for 148 and 1048 number them otherwise
    (("nguồn nguyên liệu", "nguồn gốc sản phẩm"), "commune.local_materials"),
    (("sử dụng lao động địa phương",), "commune.local_labour"),
    (("nguồn gốc ý tưởng",), "commune.idea_origin"),
    (("trí tuệ/bản sắc",), "commune.local_identity"),
)

TRUST: tuple[Source, ...] = ("score-sheet", "self-assessment")  # a ticked box says more than points found in prose


class Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SheetOption(Line):
    text: str
    points: int
    min_star: int | None = None
    case: int | None = None


class Heading(Line):
    """A section row printed above a criterion."""

    code: str
    title: str
    max_points: int


class Claim(Line):
    """What the applicant claims for a row. `option` is None where points fit no single option."""

    source: Source
    option: int | None
    points: int | None
    page: int | None
    confidence: float
    needs_review: bool
    reason: str | None = None


class Quote(Line):
    text: str
    page: int | None
    needs_review: bool = False


class Evidence(Line):
    label: str
    pages: tuple[int, ...]


class SheetRow(Line):
    """One scorable criterion, with everything a member sees beside it."""

    code: str
    part: str
    headings: tuple[Heading, ...] = ()  # sections that begin with this row
    title: str
    max_points: int
    notes: tuple[str, ...] = ()
    options: tuple[SheetOption, ...]
    cases: dict[int, str] = {}
    is_yes_no: bool = False
    claimed_option: int | None = None
    claimed_points: int | None = None
    claim: Claim | None = None
    commune: Quote | None = None
    evidence: tuple[Evidence, ...] = ()


class SheetPart(Line):
    code: str
    title: str
    max_points: int
    claimed: int  # sum of the claims read so far


class ScoreSheet(Line):
    """Everything needed to vote, as JSON for the UI and as input of the PDF."""

    dossier_id: UUID
    revision: int
    rulebook: RulebookRef
    family: str
    set_name: str
    product: str
    applicant: str
    address: str
    phone: str = ""
    product_code: str = ""
    province: str | None = None
    commune: str | None = None
    submission: str | None = None  # first, upgrade, reassessment
    disqualified_if: str | None = None
    has_stars: bool = True
    parts: tuple[SheetPart, ...]
    claimed_total: int
    claims: int  # rows with a claim
    criteria: tuple[SheetRow, ...]
    warnings: tuple[str, ...] = ()


def prepare_sheet(dossier_id: UUID, revision: int, rulebook: Rulebook, extracted: Extracted, today: date) -> ScoreSheet:
    """Fill the table's columns from the extraction. What was not read stays empty; nothing is guessed."""
    rows = tuple(_rows(rulebook, extracted))
    parts = tuple(
        SheetPart(
            code=part.code,
            title=part.title,
            max_points=part.max_points,
            claimed=sum(row.claimed_points or 0 for row in rows if row.part == part.code),
        )
        for part in rulebook.parts
    )
    return ScoreSheet(
        dossier_id=dossier_id,
        revision=revision,
        rulebook=RulebookRef(decision=rulebook.decision, set_no=rulebook.set_no),
        family=rulebook.family,
        set_name=rulebook.name,
        product=extracted.text("product.name") or "",
        applicant=extracted.text("applicant.name") or "",
        address=extracted.text("applicant.address") or "",
        phone=extracted.text("applicant.phone") or "",
        product_code=extracted.text("product.code") or "",
        province=extracted.text("province"),
        commune=extracted.text("commune.name"),
        submission=extracted.text("submission.kind"),
        disqualified_if=rulebook.disqualified_if,
        has_stars=rulebook.has_stars,
        parts=parts,
        claimed_total=sum(part.claimed for part in parts),
        claims=sum(row.claim is not None for row in rows),
        criteria=rows,
        warnings=tuple(_warnings(rulebook, extracted, rows, today)),
    )


def _rows(rulebook: Rulebook, extracted: Extracted) -> Iterable[SheetRow]:
    headings: list[Heading] = []
    for row in rulebook.criteria:
        if not row.scorable:
            headings.append(Heading(code=row.code, title=row.title, max_points=row.max_points))
            continue
        claim = claim_for(row, [each for each in extracted.criteria if each.code == row.code])
        yield SheetRow(
            code=row.code,
            part=row.part,
            headings=tuple(headings),
            title=row.title,
            max_points=row.max_points,
            notes=row.notes,
            options=tuple(SheetOption(**option.model_dump()) for option in row.options),
            cases=row.cases,
            is_yes_no=row.is_yes_no,
            claimed_option=claim.option if claim else None,
            claimed_points=claim.points if claim else None,
            claim=claim,
            commune=_commune_view(row, extracted),
            evidence=tuple(evidence_for(row, extracted)),
        )
        headings = []


def claim_for(row: Criterion, readings: Sequence[SeenCriterion]) -> Claim | None:
    """The applicant's claim for a row: the ticked table before the report, listed points only.

    Where the two papers disagree, or the points fit no option or several, a person must look.
    """
    found = sorted((_claim(row, each) for each in readings), key=lambda claim: TRUST.index(claim.source))
    if not found:
        return None
    best = next((claim for claim in found if claim.points is not None), found[0])
    other = next((each for each in found if each.points is not None and each.points != best.points), None)
    if other is None:
        return best
    reason = (
        f"Hai nơi ghi khác nhau: {best.points} điểm (trang {best.page}), {other.points} điểm (trang {other.page}). "
        "Xem lại hai trang này."
    )
    return best.model_copy(update={"needs_review": True, "reason": reason})


def _claim(row: Criterion, reading: SeenCriterion) -> Claim:
    option, points, reason = _listed(row, reading)
    return Claim(
        source=reading.source,
        option=option,
        points=points,
        page=reading.page,
        confidence=reading.confidence,
        needs_review=reading.needs_review or reason is not None,
        reason=reason or reading.reason,
    )


def _listed(row: Criterion, reading: SeenCriterion) -> tuple[int | None, int | None, str | None]:
    """The option and points a reading stands for, and why a person must look."""
    if reading.option is not None and 0 <= reading.option < len(row.options):
        return reading.option, row.options[reading.option].points, None
    if reading.points is None:
        return None, None, reading.reason or "Không đọc được điểm. Xem trang hồ sơ."
    fitting = [index for index, option in enumerate(row.options) if option.points == reading.points]
    if len(fitting) == 1:
        return fitting[0], row.options[fitting[0]].points, None
    if fitting:
        return None, int(reading.points), "Có nhiều mức cùng số điểm này; chọn đúng mức theo hồ sơ."
    if reading.points == 0:
        return None, 0, None  # nothing claimed on a row without a 0 option
    return None, None, f"Chủ thể ghi {reading.points:g} điểm, bảng tiêu chí không có mức này."


def evidence_for(row: Criterion, extracted: Extracted) -> Iterable[Evidence]:
    """Pages a member should open for this row: those tied to it, then papers of the kinds the table names."""
    linked = sorted({page for link in extracted.evidence if link.code == row.code for page in link.pages})
    if linked:
        yield Evidence(label="Chủ thể dẫn", pages=tuple(linked))
    shown: set[str] = set()
    for name in row.evidence:
        kind, label = next(
            ((kind, label) for start, kind, label in EVIDENCE if _plain(name).startswith(start)), ("", "")
        )
        pages = tuple(sorted(extracted.pages_of(kind)))
        if pages and kind not in shown:
            shown.add(kind)
            yield Evidence(label=label, pages=pages)


def _commune_view(row: Criterion, extracted: Extracted) -> Quote | None:
    title = _plain(row.title)
    for starts, name in COMMUNE_VIEWS:
        field = extracted.field(name) if title.startswith(starts) else None
        if field:
            return Quote(text=str(field.value), page=field.page, needs_review=field.needs_review)
    return None


def _warnings(rulebook: Rulebook, extracted: Extracted, rows: Sequence[SheetRow], today: date) -> Iterable[str]:
    if not rulebook.was_in_force(today):
        yield (
            f"{rulebook.decision} không còn hiệu lực vào ngày {today:%d/%m/%Y}. Kiểm tra hồ sơ có thuộc diện chuyển "
            "tiếp không; nếu không, thư ký chọn bộ tiêu chí của quyết định đang có hiệu lực."
        )
    if extracted.rulebook and 0 < extracted.rulebook.confidence < 0.6:
        yield "Bộ tiêu chí được nhận ra với độ tin cậy thấp. Thư ký kiểm tra lại trước khi mở phiên đánh giá."
    unsure = [row.code for row in rows if row.claim and row.claim.needs_review]
    if unsure:
        yield f"Điểm tự chấm cần xem lại ở tiêu chí {', '.join(unsure)}."
    silent = [row.code for row in rows if row.claim is None]
    if silent and len(silent) < len(rows):
        yield f"Không tìm thấy điểm tự chấm ở tiêu chí {', '.join(silent)}."
    if len(silent) == len(rows):
        yield "Không tìm thấy điểm tự chấm của chủ thể trong hồ sơ."


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).lower().split())
