"""The fields of the forms Mẫu số 01, 02, 03 and of the score sheet's head (QĐ 26/2026/QĐ-TTg, Phụ lục II, III)."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from extraction import values
from extraction.boxes import ONE_GENDER, declarations, gender, organisation_type, submission
from extraction.captions import with_bracketed_captions_before
from extraction.combs import with_combs_joined
from extraction.commune_views import commune_views
from extraction.field_values import reading_of
from extraction.folding import fold, tidy
from extraction.form_labels import FORM_LABELS
from extraction.geometry import holds, overlap
from extraction.identity import EMAIL
from extraction.label_search import find_labels
from extraction.labels import labelled_fields
from extraction.legal_forms import with_known_words
from extraction.lines import NUMBERED_HEADING, Line, after_colon, lines_of, words_within
from extraction.lists import is_list
from extraction.product_lists import listed_products
from extraction.readings import Box, FieldReading, PageKind, PageReading, Table, Word
from extraction.spoken_fields import spoken_fields
from extraction.typed_boxes import with_typed_boxes

PART_LINE = re.compile(r"^(ii|iii|iv|phan ii|phan iii|11|111)\b.*(ket qua|tu danh gia|ke hoach|phuong an)")
CRITERION_LINE = re.compile(r"^\s*(PHẦN|Phần|PHAN)\s+[A-C]\b|^\s*1\s*[.)]\s*T[ỔO] CH[ỨU]C")
SUB_CRITERION_LINE = re.compile(r"^\s*\d{1,2}\.\d{1,2}[.)]?\s+\S")

HEAD_PLACE = re.compile(
    r"(?:tỉnh/thành phố|tỉnh|thành phố|tp\.?|tinh)[\s:.…]+(\S.{1,40}?)[\s,.…-]+(?:năm|nam)[\s:.…]+\d{4}[\s.…]*$",
    re.IGNORECASE,
)
BEFORE_PLACE = (" -", " –", "(", ";")  # “… sản phẩm OCOP – Tỉnh: … – Năm: …”
HEADS = ("tinh ", "thanh pho ", "tp ", "cua ")
CLASSES = ("product.sector", "product.group", "product.subgroup")
NAMES_OF_CLASSES = ("nganh", "nhom", "phan nhom")  # folded: a label is no value
NO_CLASSES = (*NAMES_OF_CLASSES, "khong", "khong co")
BOXES_BELOW = re.compile(r"[;,.]?\s+(?:Lần đầu|Nâng hạng|Đánh giá lại)\b.*$", re.IGNORECASE)
REST_OF_ITEM = re.compile(r"dang ky(?: theo phu luc i)?")  # folded, of “3. Nhóm sản phẩm đăng ký (theo Phụ lục I)”
ITEM_OF_GROUPS = ("nhom san pham dang ky", "nganh nhom phan nhom", "nganh nhom san pham")
ITEM_NUMBER = re.compile(r"^\d{1,2} ")
NAMED_GROUPS = re.compile(  # labels in one sentence, without colons
    r"\bngành\s+([^;:]+?)[\s;,–-]+nhóm\s+([^;:]+?)(?:[\s;,–-]+phân[\s-]*nhóm\s+([^;:]+?))?[.;]?\s*$", re.IGNORECASE
)
BETWEEN_GROUPS = ("–", "-", "—", "/", ">", "→")
COMMITTEE = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s*(?:xã|phường|đặc khu|thị trấn)", re.IGNORECASE)
COMMUNE = re.compile(
    r"^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)?\s*(xã|phường|đặc khu|thị trấn)\s+(.+)$", re.IGNORECASE
)

NAMES_OF_LABELS = frozenset(name for label in FORM_LABELS for name in label.names if " " in name)
ITEM_ALONE = re.compile(r"\d{1,2}")  # folded
NAMES_AND_PLACES = ("applicant.name", "applicant.address", "applicant.organisation_type", "product.name")
TITLE_ABOVE = 4  # line heights
FEWEST_ITEMS = 3  # that begin with labels of Part I and are numbered like criteria: “1.3. Địa điểm: …”
ASKED_OF_PERSONS = frozenset(
    f"representative.{each}" for each in ("gender", "ethnicity", "address", "personal_id", "position")
)
FEWEST_OF_A_PERSON = 2
HEAD_SHARE = 0.2  # of the page's height, in which its title stands
PLACE_BEHIND = re.compile(
    r"\s*\(loại hình\b.*$"
    r"|(?:,|\s[-–])\s+(?:thôn|xóm|ấp|bản|buôn|làng|khóm|tổ|khu|khối|số \d|xã|phường|thị trấn|đặc khu|huyện|tỉnh|"
    r"thành phố|TP)\b.*$",
    re.IGNORECASE,
)
OF_QUESTION = re.compile(r"^[^?]{0,40}\?\s*(?=\S)")  # “thuộc loại hình nào? Hộ kinh doanh”
OF_POINTS = re.compile(r"(?:tự chấm|được|đạt|nhận)\b.{0,20}\bđiểm\b")  # behind “CÔNG BỐ CHẤT LƯỢNG SẢN PHẨM:”
NUMBER_BEFORE = re.compile(r"^(?:là\s+(?=[A-ZĐÀ-Ỹ])|\d{1,2}[.)]\s+(?=\D))")
PACKED_BEHIND = re.compile(
    r"[;,.]\s+(?:quy cách|đóng gói|đóng chai|TCVN|TCCS|QCVN|tiêu chuẩn)\b.*$"
    r"|;\s+(?:chai|hũ|túi|hộp|gói|lọ|bao|can|bình|thùng|vỉ)\s.*\d.*$"
    r"|\.\s+(?:Chúng tôi|Cơ sở|Đơn vị|Chủ thể)\s.*$"
    r"|;\s+[^;]{0,20}\d(?:[.,]\d+)?\s?(?:g|gr|gam|kg|ml|lít|l|cm)\b.*$"
    r"|\s+của (?:Công ty|Hợp tác xã|HTX|Hộ kinh doanh|Cơ sở|Tổ hợp tác|Doanh nghiệp)\s.*$|[;,.]?\s*\(?[Đđ]ánh dấu\b.*$"
)
CODE_BEHIND = re.compile(r"\s*\((?:mã số|mã|năm)\b.*$|\s+(?:mã|mã số):\s.*$", re.IGNORECASE)
NAMED_BEFORE = {"applicant.name": PLACE_BEHIND, "product.name": CODE_BEHIND}
PROVINCE_BEHIND = re.compile(r"\s*[-–,]\s*(?:tỉnh|thành phố|tp\.?)\s.*$", re.IGNORECASE)


def form_fields(page: PageReading, kind: PageKind) -> list[FieldReading]:
    """All fields of one page of a form."""
    page = with_combs_joined(information_part(with_typed_boxes(page), kind))
    page = with_bracketed_captions_before(page, FORM_LABELS)
    found = labelled_fields(_joined_hyphens(page), FORM_LABELS)
    found = [each for each in found if not _is_no_value(page, each)]
    found = [_without_boxes(each) if each.name in CLASSES else each for each in found]
    found = [part for each in found for part in _parted(each)]
    found += _genders_beside_names(found)
    found = [gender(page, field) if field.name == "representative.gender" else field for field in found]
    found = [organisation_type(page, each) if each.name == "applicant.organisation_type" else each for each in found]
    if kind is PageKind.COMMUNE_REPORT:
        found = [each for each in found if each.name not in ("registration.number", "registration.date")]
        found += commune_views(page) + _commune_name(page)
    if kind is PageKind.REGISTRATION_FORM:
        listed, lists = listed_products(page)
        found = [field for field in found if not any(holds(box, field.box) for box in lists)]
        classes = _classification(page)
        found = [
            each for each in found if each.name not in CLASSES or not any(overlap(each.box, c.box) for c in classes)
        ]
        found += listed + submission(page) + classes
    if kind is PageKind.SELF_ASSESSMENT:
        found += declarations(page)
    if kind is not PageKind.SCORE_SHEET:
        found += spoken_fields(page, frozenset(each.name for each in found if each.value is not None))
    return found + _head(page)


def _genders_beside_names(found: Sequence[FieldReading]) -> list[FieldReading]:
    """“Đại diện PL: Kiên Thị Sà Vi ☐ Nam ☑ Nữ”: what is ticked behind a name, where no label asks for it."""
    if any(field.name == "representative.gender" for field in found):
        return []
    both = {"name": "representative.gender", "value": "Nam Nữ", "raw": "Nam Nữ"}
    doubt = {"needs_review": True, "reason": ONE_GENDER}
    names = (field for field in found if field.name == "representative.name")
    return [field.model_copy(update=both | doubt) for field in names if values.BOTH_GENDERS.search(field.raw)][:1]


def _is_no_value(page: PageReading, field: FieldReading) -> bool:
    """Whether what stands at a label is the rest of it, another label, a title, or what the column beside tells."""
    folded = fold(field.raw)
    if ITEM_ALONE.fullmatch(folded) and field.name in NAMES_AND_PLACES:
        return True  # the number of the item beside
    if folded in NAMES_OF_LABELS and field.name != "representative.gender":  # “Nam/Nữ” are its answers
        return True
    if field.name in CLASSES:
        return folded in NAMES_OF_CLASSES or (field.name == "product.group" and bool(REST_OF_ITEM.fullmatch(folded)))
    if field.name in NAMED_BEFORE and EMAIL.fullmatch(field.raw.strip().lower()):
        return True
    return field.name == "product.name" and (OF_POINTS.match(field.raw) is not None or _names_the_set(page, field))


def _names_the_set(page: PageReading, field: FieldReading) -> bool:
    """Whether it is the title of a set of criteria: “BỘ TIÊU CHÍ … / SẢN PHẨM: CHÈ TƯƠI, CHÈ CHẾ BIẾN”."""
    high = field.box[3] - field.box[1]
    over = (line for line in lines_of(page) if -high < field.box[1] - line.box[1] <= TITLE_ABOVE * high)
    named = " ".join(field.raw.split()[:2])  # behind which the sheet may say how to mark it
    return named.isupper() and any("bo tieu chi" in line.folded for line in over)


def _parted(field: FieldReading) -> list[FieldReading]:
    """Names without the place or code behind them; “Ngành / Nhóm: Thực phẩm / Thực phẩm chế biến” as two."""
    value = field.value if isinstance(field.value, str) else None
    if value is None:
        return [field]
    if field.name in NAMED_BEFORE:
        bare = NAMED_BEFORE[field.name].sub("", value)
        if field.name == "product.name":
            bare = PACKED_BEHIND.sub("", NUMBER_BEFORE.sub("", bare))
        return [field.model_copy(update={"value": with_known_words(bare)})] if bare else [field]
    if field.name == "applicant.organisation_type":
        return [field.model_copy(update={"value": with_known_words(OF_QUESTION.sub("", value.split(";")[0]))})]
    if field.name == "product.sector" and value.count(" / ") == 1:
        sector, group = value.split(" / ")
        return [
            field.model_copy(update={"value": sector}),
            field.model_copy(update={"name": "product.group", "value": group}),
        ]
    return [field]


def _without_boxes(field: FieldReading) -> FieldReading:
    """Without the words of item 4's boxes, where these stand below the group in a narrow column."""
    value = BOXES_BELOW.sub("", str(field.value))
    return field.model_copy(update={"value": value}) if field.value is not None and value else field


def information_part(page: PageReading, kind: PageKind) -> PageReading:
    """The page without what follows its fields: Parts II–IV of Mẫu số 02, the criteria of a score sheet.

    There the same words stand as titles and descriptions, not as labels.
    """
    if kind not in (PageKind.SELF_ASSESSMENT, PageKind.SCORE_SHEET):
        return page
    end = page.height
    lines = lines_of(page)
    items = [line for line in lines if SUB_CRITERION_LINE.match(line.text)]
    of_part_one = sum(map(_begins_with_label, items)) >= FEWEST_ITEMS or _asks_for_a_person(items)
    for line in lines:
        criterion = CRITERION_LINE.match(line.text) and kind is PageKind.SCORE_SHEET
        numbered = SUB_CRITERION_LINE.match(line.text) and not of_part_one
        part = PART_LINE.match(line.folded) is not None
        if part and line.box[1] <= HEAD_SHARE * page.height:  # below it may stand whose report it is
            end = min([end, *(table.box[1] for table in page.tables if is_list(table))])
        elif part or numbered or criterion:
            end = min(end, line.box[1])
    if kind is PageKind.SCORE_SHEET:
        end = min([end, *(top for table in page.tables for top in _tops_of_criteria(table))])
    words = tuple(word for word in page.words if (word.box[1] + word.box[3]) / 2 < end)
    ticks = tuple(tick for tick in page.ticks if tick.box[1] < end)
    if (len(words), len(ticks)) == (len(page.words), len(page.ticks)):
        return page
    return page.model_copy(update={"words": words, "ticks": ticks})


def begins_body(page: PageReading, kind: PageKind) -> bool:
    """Whether the page ends a form's fields, or begins with what follows them."""
    parts = any(PART_LINE.match(line.folded) for line in lines_of(page))
    return parts or len(information_part(page, kind).words) < len(page.words)


def _asks_for_a_person(items: Sequence[Line]) -> bool:
    """Whether items of a table, without colons, ask what no criterion does: “5.1 | Giới tính”, “5.2 | Dân tộc”."""
    asked = {
        found[0].label.field for line in items if (found := find_labels(line, FORM_LABELS)) and found[0].start <= 1
    }
    return len(asked & ASKED_OF_PERSONS) >= FEWEST_OF_A_PERSON


def _begins_with_label(line: Line) -> bool:
    found = find_labels(line, FORM_LABELS)
    return bool(found) and found[0].start <= 1 and line.words[found[0].end - 1].text.endswith(":")


def _tops_of_criteria(table: Table) -> list[int]:
    """Where its rows of criteria begin, below those that hold product and applicant, if it has any."""
    return [
        cell.box[1]
        for cell in table.cells
        if SUB_CRITERION_LINE.match(cell.text) or CRITERION_LINE.match(cell.text) or fold(cell.text) == "cac tieu chi"
    ]


def _joined_hyphens(page: PageReading) -> PageReading:
    """“Phân” ends a line and “nhóm: …” begins the next: read as one label on the second."""
    words = list(page.words)
    for number in range(len(words) - 1):
        if fold(words[number].text) == "phan" and fold(words[number + 1].text) == "nhom":
            after = words[number + 1]
            words[number + 1] = after.model_copy(update={"text": f"Phân-{after.text}", "second": None})
            words[number] = words[number].model_copy(update={"text": ";", "second": None})
    return page.model_copy(update={"words": tuple(words)})


def _classification(page: PageReading) -> list[FieldReading]:
    """“Nhóm sản phẩm đăng ký: Thực phẩm – Thực phẩm chế biến – …”: sector, group, sub-group without their labels."""
    lines = lines_of(page)
    for line, below in zip_longest(lines, lines[1:]):
        item = ITEM_NUMBER.sub("", line.folded)
        if not item.startswith(ITEM_OF_GROUPS) and not (item.startswith("nhom san pham") and " nganh " in item):
            continue
        two, goes_on = line, line
        if below is not None and not NUMBERED_HEADING.match(below.text):
            two = Line(page.number, (*line.words, *below.words))
            goes_on = two if below.text[:1].islower() else line
        named = NAMED_GROUPS.search(two.text)
        if named is not None:
            parts = [words_within(two.words, *named.span(group)) for group in (1, 2, 3) if named[group]]
            return _groups(page, parts, line.box)
        if len(find_labels(line, FORM_LABELS)) > 1:
            continue
        words = [word for word in after_colon(goes_on) if word.text.strip(".…")]
        cuts = [place for place, word in enumerate(words) if word.text in BETWEEN_GROUPS or word.text.endswith(";")]
        if not 1 <= len(cuts) <= 2:
            return []
        parts = [words[start:end] for start, end in zip([0, *(c + 1 for c in cuts)], [*cuts, len(words)], strict=True)]
        for place, cut in enumerate(cuts):  # a semicolon is part of the word before it
            if words[cut].text.endswith(";"):
                parts[place].append(words[cut])
        parts = [part for part in parts if fold(" ".join(word.text for word in part)) not in NO_CLASSES]
        return _groups(page, parts, line.box)
    return []


def _groups(page: PageReading, parts: Sequence[Sequence[Word]], box: Box) -> list[FieldReading]:
    named = zip(("product.sector", "product.group", "product.subgroup"), parts, strict=False)
    return [field for name, part in named for field in _some(reading_of(name, values.text, part, page.number, box))]


def _head(page: PageReading) -> list[FieldReading]:
    """Province and year out of the title: “… OCOP của tỉnh … năm …”, on one line or two."""
    lines = [line for line in lines_of(page) if line.box[1] <= 0.5 * page.height]
    for number, first in enumerate(lines):
        two = [first, *lines[number + 1 : number + 2]]
        for line in (first, Line(page.number, tuple(word for each in two for word in each.words))):
            match = HEAD_PLACE.search(line.text)
            if match is None:
                continue
            set_off = line.text[: match.start()].rstrip().endswith(BEFORE_PLACE)
            if not set_off and not first.folded.startswith(HEADS) and " cua " not in first.folded:
                continue
            words = words_within(line.words, match.start(1), match.end(1))
            province = reading_of("province", values.province, words, page.number, line.box)
            return _some(province) + _some(reading_of("year", values.year, line.words, page.number, line.box))
    return []


def _commune_name(page: PageReading) -> list[FieldReading]:
    """The commune in the letter head's left column, whose name may stand on the next line."""
    lines = [line for line in lines_of(page) if line.box[1] < 0.3 * page.height]
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        if COMMITTEE.fullmatch(line.text.strip()) and below is not None and below.text.isupper():
            line = Line(page.number, (*line.words, *below.words))
        match = COMMUNE.match(PROVINCE_BEHIND.sub("", line.text.strip()))
        if match and not any(word[:1].islower() for word in match.group(2).split()):  # which a sentence goes on with
            name = match.group(2).title() if match.group(2).isupper() else match.group(2)
            return _some(reading_of("commune.name", values.always(tidy(name)), line.words, page.number, line.box))
    return []


def _some(reading: FieldReading | None) -> list[FieldReading]:
    return [reading] if reading is not None else []
