"""Holders and products without what a paper prints behind their names."""

import re

from extraction.goods import FIRST_OF_LIST, GOODS, PRODUCT
from extraction.holders import ADDRESS_BEHIND
from extraction.issuers import ISSUER
from extraction.parties import HOLDER
from extraction.readings import FieldReading

COUNTRY = re.compile(r"\s*\((?:(?:VN|Việt Nam)\).*|người gửi:?[^()]*\))$", re.IGNORECASE)  # an address behind it
IN_BRACKETS = re.compile(r"\([^()]*\)")
NEW_SENTENCE = re.compile(r"(?<=[a-zà-ỹ]{3})\. (?=[A-ZĐÀ-Ỹ][a-zà-ỹ]+ ).*")
OTHER_LABEL = re.compile(  # “… - Sản lượng dự kiến: …”, “… - Cập nhật ngày 15/4/2026”
    r"(?:\s+[-–]\s+[A-ZĐÀ-Ỹ]|;\s+[a-zà-ỹđ])[^:;]{3,30}:.*$|\s+[-–]\s+[A-ZĐÀ-Ỹ][^:;]{2,30} ngày \d.*$"
)
PACKED = re.compile(  # “…, hũ 250 g, giá …”: what follows a product's name
    r"(?:,\s+(?:chai|hũ|gói|túi|hộp|lọ|can|bình|khay|thùng|bao|vỉ|lốc)\s+\d+(?:[.,]\d+)?\s?(?:g|kg|ml|lít|l)\b"
    r"|\s+[-–]\s+GTIN\b"
    r"|,\s+(?:giá|đơn giá) (?:\w+ ){0,3}\d|,\s+(?:kính )?đề nghị\b"
    r"|\s+phù hợp (?:với )?(?:các )?(?:quy chuẩn|tiêu chuẩn|quy định)\b"
    r"|\s+đăng ký (?:tham gia )?đánh giá\b|\s+đạt (?:tiêu chuẩn|yêu cầu)\b).*$"
)
THIS_PAPER = re.compile(
    r"\s+Chứng nhận lô hàng\b.*$|\s+(?:Giấy (?:phép|chứng nhận|xác nhận)|Chứng (?:nhận|chỉ)|Văn bằng|Hợp đồng) này\b.*$"
)
ABOUT = re.compile(r"\s+(?:đối với|Có giá trị đến|Có hiệu lực đến|Ngày cấp)\s.*$")
CALLED = re.compile(r"\s+\((?:gọi tắt|sau đây gọi|dưới đây gọi)\b.*$|\s+ngày \d{1,2}[/.-].*$", re.IGNORECASE)
PERSON_BEHIND = re.compile(r"\s+[-–]\s+(?:ông|bà)\s.*$", re.IGNORECASE)  # “Tổ hợp tác … – bà Tô Thị Mẫu”
TAX_CODE_BEHIND = re.compile(r"\s*[-–(,;]\s*(?:MST|Mã số thuế|Mã số doanh nghiệp|Mã số HTX)\b.*$", re.IGNORECASE)
OF_CLASS = re.compile(r"^(?:Nhóm )?\d{1,2}:\s+(?=[A-ZĐÀ-Ỹ])")  # of a trademark's goods
OF = re.compile(r"\s+của\W*$", re.IGNORECASE)  # and the maker on the next line
MADE_BY = re.compile(
    r"\s+(?:của|do) (?:Công ty|Hợp tác xã|HTX|Hộ kinh doanh|Cơ sở|Tổ hợp tác|Doanh nghiệp|Bên [ABC]|mình)\s.*$",
    re.IGNORECASE,
)
MEASURED = re.compile(
    r",\s+(?:diện tích|quy mô|sản lượng)\s.*\d.*$"
    r"|(?<=[a-zà-ỹđ])\s+(?:Diện tích|Công suất)\b.*$"
    r"|\s+(?:[-–]\s+)?(?:Diện tích|Sản lượng|Khối lượng|Số lượng|Quy mô|Công suất|Địa chỉ|Địa điểm|Quy cách|"
    r"Hạn sử dụng|Thành phần)\b[^:]{0,25}:.*$"
)


def bare(field: FieldReading) -> FieldReading:
    """Without tax code, country or sender behind a name, the number before the first product, and what follows."""
    if field.name == ISSUER and isinstance(field.value, str):
        return field.model_copy(update={"value": TAX_CODE_BEHIND.sub("", field.value)})
    if field.name == PRODUCT and isinstance(field.value, str) and (bare_class := OF_CLASS.sub("", field.value)):
        field = field.model_copy(update={"value": bare_class})
    mark = {HOLDER: COUNTRY, PRODUCT: FIRST_OF_LIST}.get(field.name)
    if mark is None or not isinstance(field.value, str):
        return field
    value = field.value.removeprefix("(").removesuffix(")") if IN_BRACKETS.fullmatch(field.value) else field.value
    for behind in (GOODS, PACKED, THIS_PAPER, MADE_BY, OF, MEASURED) if field.name == PRODUCT else ():
        value = behind.sub("", value)
    value = OTHER_LABEL.sub("", NEW_SENTENCE.sub("", mark.sub("", value))) or field.value
    for behind in (PERSON_BEHIND, TAX_CODE_BEHIND, ADDRESS_BEHIND, CALLED, ABOUT) if field.name == HOLDER else ():
        value = behind.sub("", value)
    if value.endswith(")") and value.count(")") > value.count("("):
        value = value[:-1].rstrip()  # “(V/v phân phối sản phẩm …)”
    return field.model_copy(update={"value": value})
