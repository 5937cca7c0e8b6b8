"""What a certificate states, who may issue it, and how long it holds. Pure: no keys, no files."""

import calendar
import json
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from certificates.errors import NoCertificate, WrongAuthority
from infra.events.scoring import Level

VALID_MONTHS = 36  # QĐ 26/2026/QĐ-TTg Art. 4
LEAST_STARS = 3

Authority = Literal["province", "ministry"]

REVOCATION_GROUNDS: dict[str, str] = {  # QĐ 26/2026/QĐ-TTg Art. 8
    "a": "Hồ sơ không trung thực hoặc giả mạo",
    "b": "Không còn đáp ứng tiêu chí sau khi kiểm tra",
    "c": "Vi phạm pháp luật về chất lượng, an toàn thực phẩm, môi trường, sở hữu trí tuệ, ghi nhãn hoặc quy định khác",
    "d": "Sử dụng sai mục đích nhãn hiệu, biểu trưng OCOP",
    "đ": "Ngừng sản xuất sản phẩm",
    "e": "Kết luận khác của cơ quan có thẩm quyền",
}


class Certificate(BaseModel):
    """The statement that is printed, signed and verified."""

    model_config = ConfigDict(frozen=True)

    number: str
    assessment_id: UUID
    product: str
    applicant: str
    address: str
    stars: int
    authority: Authority
    issuing_body: str
    rulebook: str
    year: int
    issued_on: date
    valid_until: date
    decision_number: str | None = None
    decision_date: date | None = None

    def canonical(self) -> bytes:
        """The same statement always gives the same bytes: sorted keys, no spaces, UTF-8."""
        content = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def authority_for(stars: int, level: Level) -> Authority | None:
    """Who certifies a council's result; None if the dossier goes on to the ministry first.

    3 and 4 stars: the Chairman of the provincial People's Committee; 5 stars: the Minister of Agriculture and
    Environment (QĐ 26/2026/QĐ-TTg Art. 4, 7). A ministry result under 5 stars goes back to the province, which may
    certify it on that result. Raises NoCertificate under 3 stars.
    """
    if stars < LEAST_STARS:
        raise NoCertificate(stars)
    if stars == 5:
        return "ministry" if level == "ministry" else None
    return "province"


def check_authority(stars: int, authority: Authority) -> None:
    """Raises WrongAuthority if this authority may not certify so many stars, NoCertificate under 3."""
    if stars < LEAST_STARS:
        raise NoCertificate(stars)
    if (stars == 5) != (authority == "ministry"):
        raise WrongAuthority(stars, "bộ" if authority == "ministry" else "tỉnh")


def months_later(day: date, months: int) -> date:
    """The same day number `months` later, or the month's last day where there is none (Civil Code 2015 Art. 148)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def valid_until(issued_on: date) -> date:
    return months_later(issued_on, VALID_MONTHS)


def state(until: date, revoked_on: date | None, today: date) -> Literal["valid", "expired", "revoked"]:
    """A certificate is good on its last day still; a revoked one stays revoked."""
    if revoked_on is not None:
        return "revoked"
    return "valid" if today <= until else "expired"
