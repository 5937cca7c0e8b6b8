"""Fields of forms that are written as letters: “Chúng tôi là …, do bà …, chức vụ …, làm đại diện hợp pháp.”"""

import re
from collections.abc import Sequence

from extraction import values
from extraction.field_values import reading_of
from extraction.lines import body_lines, words_within
from extraction.readings import FieldReading, PageReading, Word

NAME = r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:[ '’][A-ZĐÀ-Ỹ][^\W\d_]*){1,5}"
BODY = (
    r"(?:Công ty|Hợp tác xã|HTX|Liên hiệp|Tổ hợp tác|Hộ kinh doanh|Cơ sở|Trang trại|Doanh nghiệp|Nhóm hộ)"
    r"\s[^,;:()]{3,90}?"
)
REPRESENTS = r"(?:,?\s(?:làm|là|đứng)\s(?:người\s)?đại diện\b|,?\s(?:người\s)?đại diện (?:theo )?pháp)"
TITLE = r"(?:,?\s(?:giữ\s)?(?:chức vụ|chức danh)(?: là)?:?\s|,\s)"
PLACE = (
    r"(?=[^.;]{0,120}\b(?:xã|phường|thị trấn|đặc khu)\b)"
    r"[^.;:]{8,140}?\b(?:tỉnh|thành phố|TP\.?)\s[A-ZĐÀ-Ỹ]\w+(?: [A-ZĐÀ-Ỹ]\w+){0,3}"
)
GROUP = r"(?P<value>[A-ZĐÀ-Ỹ][^;:.]{2,80}?)"

WAYS: tuple[tuple[str, values.Parser, tuple[str, ...]], ...] = (
    (
        "applicant.name",
        values.text,
        (
            rf"\b(?:Chúng tôi là|Tôi là đại diện của|Đơn vị chúng tôi là|Tên tôi là)\s(?P<value>{BODY})(?=[,;.(])",
            rf"\bhồ sơ của (?P<value>{BODY})(?=\s\(loại hình\b|, hoạt động theo\b)",
            rf"\b(?:thay mặt|báo cáo của|đại diện cho) (?P<value>{BODY})(?=[.,;]|\sBỘ TIÊU CHÍ\b)",
            rf"\bvề sản phẩm [^.:;]{{3,90}}? của (?P<value>{BODY})(?=[.,;(])",
            rf"\b(?P<value>{BODY}) tự (?:chấm điểm|đánh giá) sản phẩm\b",
            rf"\bxem hồ sơ của (?P<value>{BODY})(?=\s?[.,;(])",
            rf"\bSản phẩm: [^.:;]{{3,90}}? của (?P<value>{BODY})(?=[.,;(])",
        ),
    ),
    (
        "applicant.organisation_type",
        values.text,
        (
            r"\(loại hình:? (?P<value>[A-ZĐÀ-Ỹ][^;,()]{3,40})[;,)]",
            r"\bthuộc loại hình (?P<value>[a-zđ][^;,.()]{3,40})[;,.]",
            r"\bhoạt động theo loại hình (?P<value>[a-zđ][^;,.()]{3,40})[;,.]",
        ),
    ),
    (
        "representative.name",
        values.person,
        (
            rf"\bdo\s(?:ông|bà|Ông|Bà)\s(?P<value>{NAME})(?=(?:{TITLE})[^,;.]{{2,40}}{REPRESENTS}|{REPRESENTS})",
            rf"\bdo\s(?:ông|bà) (?P<value>{NAME}) làm (?:tổ trưởng|giám đốc|chủ nhiệm|chủ tịch|chủ)\b",
            rf"\b[Tt]ôi là (?P<value>{NAME})(?=, (?:thay mặt|đại diện)\b)",
            rf"\b[Nn]gười đứng tên(?: là)?:?\s(?:ông\s|bà\s|Ông\s|Bà\s)?(?P<value>{NAME})(?=[,.;(]|\s(?:là|và)\b)",
            rf"\b[Nn]gười đại diện(?: (?:theo )?pháp (?:luật|lý))? là\s(?:ông|bà|Ông|Bà)?\s?(?P<value>{NAME})",
        ),
    ),
    (
        "representative.position",
        values.text,
        (
            rf"\bdo\s(?:ông|bà|Ông|Bà)\s{NAME}{TITLE}(?P<value>[A-ZĐa-zđ][^,;.\d]{{2,40}}?){REPRESENTS}",
            r"\bgiữ việc (?P<value>[A-ZĐ][^,;.\d]{2,30}?)(?=[,;.]|\s(?:Nam|Nữ|Dân tộc)\b|$)",
            rf"\bdo\s(?:ông|bà) {NAME} làm (?P<value>tổ trưởng|giám đốc|chủ nhiệm|chủ tịch HĐQT)\b",
        ),
    ),
    (
        "applicant.address",
        values.text,
        (
            rf"\b(?:[Tt]rụ sở|[Đđ]ịa chỉ|[Cc]ơ sở)(?: chính)? (?:đặt |đóng |ở )?tại\s(?P<value>{PLACE})",
            rf"; địa chỉ: (?P<value>{PLACE})",
            rf", đóng tại (?P<value>{PLACE})",
            rf"[,;] (?:ở|làm tại) (?P<value>{PLACE})(?=[.;,])",
        ),
    ),
    (
        "applicant.phone",
        values.phone,
        (
            r"\b(?:[Ss]ố )?điện thoại(?: là)? (?P<value>0\d(?:[\d .-]{6,12})\d)\b",
            r"\bsố (?:ĐT|điện thoại)(?: di động)?(?:/Zalo)? (?P<value>0\d(?:[\d .-]{6,12})\d)\b",
        ),
    ),
    ("registration.number", values.registration_number, (r"(?<!\S)(?P<value>\d[\d.-]*/PĐK-(?:[\d.]+-){1,2}20\d\d)\b",)),
    ("representative.personal_id", values.personal_id, (r"\b(?:CCCD|căn cước)(?: số)? (?P<value>\d{12})\b",)),
    ("applicant.email", values.email, (r"(?<!\S)(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",)),
    ("applicant.tax_code", values.tax_code, (r"\bmã số (?:thuế|doanh nghiệp)(?: số)? (?P<value>\d{10}(?:-\d{3})?)\b",)),
    (
        "product.name",
        values.text,
        (
            r"\b[Ss]ản phẩm\b[^.:;]{0,40}\b(?:có tên(?: gọi)?|tên(?: gọi)? là|mang tên)\s?:?\s"
            r"(?P<value>[A-ZĐÀ-Ỹ][^.;:(]{3,80}?)(?=[.;(]|,\s)",
            r"\b(?:về|tự chấm điểm|tự đánh giá) sản phẩm (?P<value>[A-ZĐÀ-Ỹ][^.;:,(\d]{3,60}?) như sau\b",
            r"\bvề sản phẩm (?P<value>[A-ZĐÀ-Ỹ][^.;:,(\d]{3,60}?)"
            r" của (?:Công ty|Hợp tác xã|HTX|Tổ|Hộ|Cơ sở|Trang trại)\b",
            r", với sản phẩm (?P<value>[A-ZĐÀ-Ỹ][^.;:,(\d]{3,60}?)(?=[.,;(])",
            r"\b[Đđ]ánh giá của (?:UBND|Ủy ban nhân dân) \w+ đối với sản phẩm "
            r"(?P<value>[A-ZĐÀ-Ỹ][^.;:(\d]{3,60}?)(?=[.;(:]|\s(?:của|do|Ngày|Kính|Căn)\b)",
        ),
    ),
    (
        "product.sector",
        values.text,
        (
            rf"\b(?i:ngành)(?: hàng)?[:;]? {GROUP};\s*(?i:nhóm)\b",
            r"\b(?i:ngành) (?P<value>[A-ZĐÀ-Ỹ][^;,:.]{2,40}), nhóm\b",
        ),
    ),
    (
        "product.group",
        values.text,
        (
            rf"\b(?i:ngành)\b[:;]?[^;.]{{3,60}};\s*(?i:nhóm)[:;]? {GROUP}(?=[;.]|$)",
            r"\b(?i:ngành) [^;,:.]{2,40}, nhóm (?P<value>[A-ZĐÀ-Ỹ][^;:.]{2,80}?)(?=, phân nhóm\b|[.;])",
        ),
    ),
    (
        "product.subgroup",
        values.text,
        (
            rf";\s*nhóm\b[^;.]{{3,80}};\s*phân nhóm:? {GROUP}(?=[;.]|$)",
            r", nhóm [^;:.]{2,80}?, phân nhóm (?P<value>[A-ZĐÀ-Ỹ][^;:.]{3,140})(?=[.;])",
        ),
    ),
    (
        "representative.address",
        values.address,
        (rf"\bdân tộc [^,;.]{{2,20}}, (?:thường trú(?: tại)?|nhà ở)\s(?P<value>{PLACE})",),
    ),
    (
        "representative.gender",
        values.gender,
        (
            r"\((?P<value>[Nn]am|[Nn]ữ)\s?[,;] dân tộc\b",
            rf"\b{NAME} ?[,(] ?(?P<value>[Nn]am|[Nn]ữ)\)?, (?:dân tộc )?[A-ZĐÀ-Ỹ]",
            rf"\b{NAME} \((?P<value>Nam|Nữ)\), dân tộc\b",
        ),
    ),
    (
        "representative.ethnicity",
        values.text,
        (
            r"\((?:[Nn]am|[Nn]ữ)\s?[,;] dân tộc:? (?P<value>[A-ZĐÀ-Ỹ][^();,]{1,20})\)",
            rf"\b(?:ông|bà) {NAME}, dân tộc (?P<value>[A-ZĐÀ-Ỹ][^();,.]{{1,20}}(?: \([^()]+\))?)[,;.)]",
            rf"\b{NAME} ?[,(] ?(?:[Nn]am|[Nn]ữ)\)?, (?:dân tộc )?(?P<value>[A-ZĐÀ-Ỹ][^();,.]{{1,15}})[,;.)]",
            rf"\b{NAME}, (?:[Nn]am|[Nn]ữ), dân tộc (?P<value>[A-ZĐÀ-Ỹ][^();,.]{{1,15}})(?:[,;.)]|$)",
        ),
    ),
)
PATTERNS = tuple((name, parse, tuple(map(re.compile, patterns))) for name, parse, patterns in WAYS)


def spoken_fields(page: PageReading, told: frozenset[str]) -> list[FieldReading]:
    """What the page's sentences say of those fields that no label has `told`."""
    words = [word for line in body_lines(page) for word in line.words]
    text = " ".join(word.text for word in words)
    found: list[FieldReading] = []
    for name, parse, patterns in PATTERNS:
        match = None if name in told else next((each for pattern in patterns if (each := pattern.search(text))), None)
        if match is not None:
            found += _some(page, name, parse, match, words_within(words, *match.span("value")))
    return found


def _some(
    page: PageReading, name: str, parse: values.Parser, match: re.Match[str], words: Sequence[Word]
) -> list[FieldReading]:
    """The words read as `parse` reads the part of them that was meant: signs of the sentence stand beside it."""
    said = match["value"]
    reading = reading_of(name, lambda _: parse(said), words, page.number, words[0].box)
    return [] if reading is None else [reading]
