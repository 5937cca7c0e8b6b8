"""Who issued an evidence paper, where no label says it: a sentence that attests, or the letter head."""

import re
from collections.abc import Callable, Sequence
from itertools import islice, pairwise

from rapidfuzz import fuzz

from extraction import values
from extraction.evidence_labels import LABELS
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.label_search import find_labels
from extraction.lines import Line, are_level, is_centred
from extraction.provinces import known_province, near_province
from extraction.readings import FieldReading, PageReading, Word
from extraction.translations import is_foreign

ISSUER = "evidence.issuer"
LEAST_OF_MOTTO, SHORTEST_NAME = 8, 2  # signs; words of a name in another language
MOTTO = ("cong hoa xa hoi", "doc lap tu do")
TOP_SHARE = 0.25
BODY = (
    r"(?:uy ban|ubnd|bo|so|cuc|chi cuc|tong cuc|phong|trung tam|cong ty|hop tac xa|htx|lien hiep|lien minh|vien|"
    r"ngan hang|bao hiem|hiep hoi|hoi|ban quan ly|co so|ho kinh doanh|doanh nghiep|to hop tac|to chuc|gs1|quatest|"
    r"chi nhanh|truong (?:dai hoc|cao dang|trung cap|chinh tri|tieu hoc|thcs|thpt)|dai hoc|tap doan|thue|doi thue|"
    r"bao va (?:phat thanh|dai)|dai (?:phat thanh|truyen hinh)|"
    r"lab|laboratory|company|office|center|centre|certification|corporation|jsc)"
)  # folded: what issues papers
ORGANISATION = re.compile(rf"\b{BODY}\b")
OFFICE_HOLDER = re.compile(
    r"(?:pho )?(?:giam doc|truong phong|chi cuc truong|cuc truong|vien truong|chu tich)"
    r"(?: (?:thu nghiem|kiem nghiem|phong thu nghiem))?(?: (?:director|manager|laboratory))*$"
)  # folded: who signs
BEGINS_BODY = re.compile(
    r"(?!hoi (?!nong dan|lien hiep|khoa hoc|doanh nghiep|phu nu|san xuat|lang nghe)|phong chong|bo phan|so huu|to chuc)"
    + BODY
    + r"\b"
)  # of a line: a body of its own, not the rest of the name above (“… XÃ / HỘI”, “… / SỞ HỮU TRÍ TUỆ”)
BARE = re.compile(BODY + r"(?: co phan| tnhh)?")
CARRIED_ON = ("va", "cac", "cua", "thuoc", "bao hiem xa", "quan ly", "cuc so", "tinh", "huyen", "thanh pho")
ATTESTS = re.compile(r"\b(?:chung nhan|xac nhan|cong nhan|chung thuc)\b")
NO_ISSUER = re.compile(r"\b(?:giay|phieu|ban|duoc|da|can|phai|khong|chiu|theo|cho|don|to|so \d)\b")  # folded
LEAST_WORDS, LEAST_NAME, LONGEST_NAME = 2, 4, 18
COMMITTEE = (("uy", "ủy"), ("ban", "ban"), ("nhan", "nhân"), ("dan", "dân"))  # folded, as it is written
LEVELS = {"tinh": "tỉnh", "xa": "xã", "phuong": "phường", "huyen": "huyện"}
USUAL_WORDS = {
    fold(pair): pair
    for pair in (
        *("trung tâm", "chứng nhận", "kiểm nghiệm", "kiểm định", "giám định", "thử nghiệm", "phân tích", "kỹ thuật"),
        *("tiêu chuẩn", "đo lường", "chất lượng", "khoa học", "công nghệ", "công thương", "nông nghiệp", "môi trường"),
        *("phát triển", "thị trường", "thực phẩm", "thủy sản", "quản lý", "đầu tư", "thương mại", "dịch vụ", "du lịch"),
        *("xúc tiến", "công ty", "cổ phần", "hợp tác", "kinh doanh", "chi cục", "hiệp hội", "tài chính", "kế hoạch"),
    )
}  # folded → as written
TITLES = (
    *("giay ", "phieu ", "ban tu", "ban cong bo", "ban cam ket", "hop dong", "bao cao", "mau so", "danh sach"),
    *("bang ", "hoa don", "cau chuyen", "hinh anh", "ke hoach", "to trinh", "chung nhan", "certificate", "test report"),
    *(
        "quyet dinh",
        "bien ban",
        "tieu chuan",
        "so ",
        "ket qua",
        "tang ",
        "bang khen",
        "don ",
        "thong bao",
        "ho so",
        "to khai",
        "chung chi",
        "c e r t",
        "cam ket",
    ),
)
AUTHORITY = re.compile(
    r"(?:uy ban nhan dan|ubnd|so|cuc|chi cuc|tong cuc|ban quan ly|phong|trung tam|vien|lien minh|chu tich|hoi)\b"
    r"(?! (?:huu|\d))(?: \w+){2}"
)  # folded: what certifies applicants, and is none
OF_PROVINCE = re.compile(r"\btỉnh\s+(\S+(?:\s\S+){1,3})$", re.IGNORECASE)
MIDDLE = 0.5  # of the page's height
LONE_NUMBER = re.compile(r"(?!BM\b)(?=.*\d)(?=.*[A-ZĐ])(?=.*[-/.])[A-ZĐ\d][A-ZĐa-z\d]*(?:[-/.][A-ZĐa-z\d]+)+")
OF_TITLE = re.compile(
    r"(?:quyen (?:su dung|so huu|tac gia)|dang ky|giay|san pham|co so du)\b"
)  # folded: a title's second line
NUMBER_WORD = re.compile(r"số\b", re.IGNORECASE)
NUMBER_LABEL = re.compile(r"(?:số|sổ|sô|so)\s*[:.]", re.IGNORECASE)
LABELLED = re.compile(r":|^(?:mst|dt|tel|dien thoai|hotline|dia chi|website|email|fax|ma so)\b", re.IGNORECASE)
ORGANS = ("ban thuong vu", "ban chap hanh", "ban giam doc", "hoi dong quan tri", "hoi dong thi dua khen thuong")
ACCREDITED = re.compile(r"\b(?:VILAS|VLAT|VICAS|LAS-?\s?(?:NN|XD)|ISO/IEC)\b")
LABORATORY = re.compile(r"(?:phong (?:thi|thu|kiem)|khoa (?:xet|kiem)) nghiem\b")  # folded: of the institute above it
HEADS = re.compile(
    r"^(?:phó )?(?:chi cục trưởng|cục trưởng|viện trưởng|giám đốc|trưởng phòng)\s+(?=\S+\s+\S)", re.IGNORECASE
)  # whose office is the issuer
CONFIRMED_BY = re.compile(
    r"(?:Ý KIẾN )?XÁC NHẬN CỦA (?P<name>(?:UBND|[UỦ][ỶY] BAN NHÂN DÂN) (?:XÃ|PHƯỜNG) [^\d:]{3,40}?):?$", re.IGNORECASE
)
UNNAMED = ("ubnd xa", "ubnd phuong", "uy ban nhan dan xa", "uy ban nhan dan phuong")  # folded: a committee, not whose
SELLER = re.compile(r"(?:ten )?(?:don vi|nguoi|ben|to chuc) ban(?: hang)?\b")  # folded
CARRYING_ON = ("tieu chuan do luong",)  # folded: “TRUNG TÂM KỸ THUẬT / TIÊU CHUẨN ĐO LƯỜNG …”
NUMBERING_BODY = "gs1"  # also named below the centre that it is
CHAIR_OF = re.compile(
    r"^CHỦ TỊCH (?=(?:[UỦ][ỶY] BAN|UBND|LIÊN MINH|HỘI|HIỆP HỘI)\b)", re.IGNORECASE
)  # whose body it is
GIVING = re.compile(r"\s+(?:trao )?tặng(?: thưởng)?$", re.IGNORECASE)  # “CHỦ TỊCH ỦY BAN NHÂN DÂN … TẶNG”
IN_ENGLISH = re.compile(
    r"\b(?:OF|AND|FOR|THE|COMPANY|CORPORATION|CERTIFICATION|LTD|JSC|CENTER|CENTRE|INSTITUTE|LABORATORY|DEPARTMENT)\b"
)
SERIAL = re.compile(r"\s+(?=(?:Ký hiệu|Mẫu số|Số)\s*(?:\([A-Za-z. ]+\)|:))")  # of an invoice, in the other column
LOGO, LOGO_BEFORE = 3, 4  # letters of a logo, at most; words of the line with the name behind it, more than
HEAD_GAP = 1.5  # line heights: further below, a line is no more of the letter head
LEAST_LETTERS = 4  # “SỞ Y TẾ”; less is a stray mark, unless it carries a name on (“… THƯƠNG / MẠI”)


def issuer_of(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """The issuer in a sentence of the paper, else in its letter head; none or one."""
    lines = [_without_logo(line) for line in lines if line.folded]  # a hole's rim is no line between two of text
    ways: tuple[Callable[[PageReading, Sequence[Line]], list[FieldReading]], ...]
    ways = (_selling, _certifying, _attesting, _letter_head, _below_title, _above_title, _in_small_letters, _signing)
    found = (each for way in ways for each in way(page, lines) if not OFFICE_HOLDER.match(fold(str(each.value))))
    first = list(islice(found, 1))
    if first and (body := CHAIR_OF.sub("", str(first[0].value))) != first[0].value:
        heads = _letter_head(page, lines)  # of the same committee, whose chair signs
        first = heads if heads and fold(str(heads[0].value)) == fold(body) else first
    unnamed = not first or fold(str(first[0].value)) in UNNAMED
    return (_confirming(page, lines) if unnamed else []) or first


def _selling(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“HÓA ĐƠN … / Đơn vị bán hàng: Tổ hợp tác …”: who sells issues the invoice."""
    if not any(line.folded.startswith("hoa don") for line in lines if line.box[1] <= MIDDLE * page.height):
        return []
    for line, below in pairwise(lines):
        colon = next((at for at, word in enumerate(line.words, 1) if word.text.endswith(":")), 0)
        if colon and SELLER.match(line.folded):
            words = line.words[colon:] or below.words
            reading = reading_of(ISSUER, values.text, words, page.number, line.box)
            return [reading] if reading and len(words) > 1 else []
    return []


def _confirming(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“XÁC NHẬN CỦA UBND XÃ …” below an application: whose confirmation it is, which the paper is then."""
    for line in lines:
        found = CONFIRMED_BY.match(line.text)
        if found is not None and line.box[1] > MIDDLE * page.height:
            return _issuer(page, line.words[line.text[: found.start("name")].count(" ") :])
    return []


def _without_logo(line: Line) -> Line:
    """“α VINASURE …”, “HH TRUNG TÂM …”: without the mark or letters of a logo before the name."""
    first = line.words[0].text
    letters = len(line.words) > LOGO_BEFORE and len(first) <= LOGO and first.isascii() and first.isupper()
    if letters and not BEGINS_BODY.match(line.folded) and BEGINS_BODY.match(" ".join(line.folded_words[1:])):
        return line.part(1, len(line.words))
    return line.part(1, len(line.words)) if len(line.words) > 2 and len(first) == 1 and not first.isascii() else line


def _without_labels(line: Line) -> Line:
    """“TRUNG TÂM … Mã số chứng nhận: …”: what stands before the first label of the other column."""
    found = [label for label in find_labels(line, LABELS) if line.words[label.end - 1].text.endswith(":")]
    serial = SERIAL.search(line.text)
    starts = [label.start for label in found]
    starts += [line.text[: serial.start()].count(" ") + 1] if serial else []
    first = min(starts, default=0)
    return line.part(0, first) if first else line


def _certifying(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Chi cục … / CHỨNG NHẬN”: the line above the word is the issuer."""
    for at, line in enumerate(lines[1:]):
        above = lines[at - 1] if at and _is_english(lines[at]) else lines[at]  # the same name again
        if fold(line.text.partition("/")[0]) not in ("chung nhan", "chung nhan rang", "cap giay chung nhan"):
            continue
        if NUMBER_LABEL.match(above.text) or any(mark in above.folded for mark in MOTTO):
            continue  # “Số: …” folds like “Sở …”, an office
        if OF_TITLE.match(above.folded):
            continue
        names = above.text.isupper() or _begins_body(above)
        if names and ORGANISATION.search(above.folded):
            return _issuer(page, _without_labels(above).words)
    return []


def _is_english(line: Line) -> bool:
    return line.text.isascii() and line.text.isupper() and IN_ENGLISH.search(line.text) is not None


def _attesting(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Trung tâm Xúc tiến thương mại xác nhận: …”: who attests begins the sentence, on one line or two."""
    for number, line in enumerate(lines):
        if not _begins_body(line) or line.text.isupper():
            continue
        words = [word for each in lines[number : number + 2] for word in each.words]
        folded = [fold(word.text) for word in words]
        for place in range(2, min(len(words) - 1, LONGEST_NAME)):
            if ATTESTS.fullmatch(" ".join(folded[place : place + 2])):
                broken = any(word.text.endswith((".", ":", ";", ",")) for word in words[:place])
                named = [word for word, spoken in zip(words[:place], folded, strict=False) if spoken]
                if BARE.fullmatch(" ".join(folded[:place]).strip()):
                    break  # “Trung tâm Chứng nhận …”: the word is of the name
                if broken or len(named) < LEAST_WORDS or NO_ISSUER.search(" ".join(folded[1:place])):
                    break  # “• Số chứng nhận: …” is a number's label: “Sở” (an office) folds like “Số”
                return _issuer(page, named)
    return []


def _letter_head(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """The issuer as the letter head's left column says: capital lines at the top that are not the national motto.

    Of two bodies the lower one issues; above it stands the body that it belongs to (Nghị định 30/2020/NĐ-CP).
    """
    found: list[Line] = []
    foot, again = 0, False  # of the last line; whether that was a name in another language
    for each in lines:
        beside = each.box[0] > 0.5 * page.width and not (found and is_centred(found[-1], each, page.width))
        beside = beside and not _stands_alone(each, lines)
        if each.box[1] > TOP_SHARE * page.height or beside:
            continue
        line = _without_labels(each)
        if found and _is_apart(line, found):
            continue  # in the other column, or the letters of a logo
        capital = line.text.isupper() and len(line.folded) >= (2 if found else LEAST_LETTERS)
        if found and not capital and is_foreign(line, SHORTEST_NAME):
            foot, again = line.box[3], True
            continue
        if _is_motto(line.folded) or not capital:
            if found:
                break
            continue
        apart = bool(found) and line.box[1] - foot > HEAD_GAP * line.height
        ended = apart or _is_title(line.folded) or LONE_NUMBER.fullmatch(line.text) or ACCREDITED.search(line.text)
        laboratory = bool(found) and LABORATORY.match(line.folded) is not None
        if ended or laboratory or (found and (LABELLED.search(line.text) or line.folded in ORGANS)):
            break
        foot = line.box[3]
        foreign = is_foreign(line) or (line.text.isascii() and IN_ENGLISH.search(line.text))
        again = bool(found) and bool(foreign or (again and not (len(line.words) > 1 and _begins_body(line))))
        if again:
            continue  # the name again
        found.append(line)
    own = _lowest_body(found)
    if not ORGANISATION.search(" ".join(line.folded for line in own)):
        return []
    return _issuer(page, [word for line in own for word in line.words])


def _stands_alone(line: Line, lines: Sequence[Line]) -> bool:
    """Whether nothing stands left of the line: a head on the right of its sheet, and no other column."""
    return not any(other.box[2] <= line.box[0] and are_level(other, line) for other in lines)


def _begins_body(line: Line) -> bool:
    """Whether the line begins with what issues papers; “Số …” (a number) folds like “Sở …” (an office)."""
    return BEGINS_BODY.match(line.folded) is not None and NUMBER_WORD.match(line.text) is None


def _is_motto(folded: str) -> bool:
    return len(folded) >= LEAST_OF_MOTTO and any(fuzz.partial_ratio(motto, folded) > 85 for motto in MOTTO)


def _is_apart(line: Line, column: Sequence[Line]) -> bool:
    """Whether the line stands to the right or to the left of all of the column's lines."""
    left, right = min(each.box[0] for each in column), max(each.box[2] for each in column)
    return line.box[0] >= right or line.box[2] <= left


def _below_title(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“GIẤY CHỨNG NHẬN … / BAN QUẢN LÝ AN TOÀN THỰC PHẨM TỈNH …”: an authority in capitals alone below the title."""
    titled = False
    for line in lines:
        if line.box[1] > MIDDLE * page.height:
            break
        if titled and line.text.isupper() and AUTHORITY.match(line.folded):
            return _issuer(page, line.words)
        titled = titled or line.folded.startswith(("giay ", "bang khen"))
    return []


def _above_title(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH … / BẰNG KHEN”: a body in capitals alone above the title."""
    for above, line in pairwise(lines):
        if line.box[1] > MIDDLE * page.height:
            break
        body = above.text.isupper() and ORGANISATION.search(above.folded) and not LABELLED.search(above.text)
        motto = _is_motto(above.folded)
        if body and not motto and line.text.isupper() and _is_title(line.folded) and not _is_title(above.folded):
            return _issuer(page, above.words)
    return []


def _in_small_letters(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Công ty Cổ phần Chứng nhận …” alone on a line above the title, as firms set their own heads."""
    titles = (number for number, line in enumerate(lines) if line.text.isupper() and _is_title(line.folded))
    for line in lines[: next(titles, 0)]:
        name = _begins_body(line) and line.text[:1].isupper() and LEAST_NAME <= len(line.words) <= LONGEST_NAME
        if name and not LABELLED.search(line.text) and not line.text.endswith((",", ".")):
            return _issuer(page, line.words)
    return []


def _signing(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“SỞ Y TẾ LẠNG SƠN” above a signature: an authority in capitals alone in the lower half, where no head is."""
    for line in lines:
        if line.box[1] > MIDDLE * page.height and line.text.isupper() and AUTHORITY.match(line.folded):
            return _issuer(page, line.words)
    return []


def _lowest_body(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of the last body named: “SỞ CÔNG THƯƠNG / TRUNG TÂM …” are two, “ỦY BAN NHÂN DÂN / XÃ …” one."""
    if len(lines) > 1 and lines[-1].folded.startswith(NUMBERING_BODY):
        lines = lines[:-1]
    begins = [
        number
        for number, line in enumerate(lines)
        if number
        and BEGINS_BODY.match(line.folded)
        and len(line.words) > 1
        and not _is_carried_on(lines[number - 1].folded)
        and not (line is lines[-1] and BARE.fullmatch(line.folded))  # the end of the name above: “… / DOANH NGHIỆP”
    ]
    return lines[begins[-1] :] if begins else lines


def _is_carried_on(folded: str) -> bool:
    """Whether the name goes on below; “… tỉnh Hà Tĩnh” folds like one that stops before its province."""
    return folded.endswith(CARRIED_ON) and not folded.endswith("tinh ha tinh")


def _is_title(folded: str) -> bool:
    """A paper's title, or its number; “Sở …” (an office) folds like “Số …” (a number)."""
    office = folded.startswith("so ") and not re.match(r"so \d", folded)
    office = office or folded.startswith(CARRYING_ON)
    return folded.startswith(TITLES) and not office


def _issuer(page: PageReading, words: Sequence[Word]) -> list[FieldReading]:
    reading = reading_of(ISSUER, values.text, words, page.number, (0, 0, 0, 0))
    if reading is None or not isinstance(reading.value, str):
        return [reading] if reading else []
    given = GIVING.sub("", reading.value)
    body = HEADS.sub("", given)
    reading = reading.model_copy(update={"value": body if ORGANISATION.match(fold(body)) else given})
    name = with_usual_words(with_official_words(str(reading.value)))
    told = reading.model_copy(update={"value": name})
    if name != with_official_words(str(reading.value)) and reading.reason is None:
        told = told.model_copy(update={"needs_review": True, "reason": f"Đọc là “{reading.value}”, hiểu là “{name}”."})
    return [_of_a_province(told, name)]


def _of_a_province(issuer: FieldReading, name: str) -> FieldReading:
    """Doubted where the province in an issuer's name is none, but nearly one: “TỈNH BÁC NINH”."""
    province = OF_PROVINCE.search(name)
    near = near_province(province[1]) if province and known_province(province[1]) is None else None
    if near is None or issuer.reason is not None:
        return issuer
    return issuer.model_copy(update={"needs_review": True, "reason": f"Tên tỉnh trong cơ quan cấp có thể là “{near}”."})


def with_official_words(name: str) -> str:
    """The name with lost tone marks put back: in a province's name, and in the words that committees' begin with."""
    province = OF_PROVINCE.search(name)
    known = known_province(province[1]) if province else None
    if province is not None and known is not None:
        name = name[: province.start(1)] + (known.upper() if province[1].isupper() else known)
    words = name.split(" ")
    for place, (bare, written) in enumerate(COMMITTEE):
        if place >= len(words) or fold(words[place]) != bare:
            return name
        words[place] = _in_case_of(words[place], written)
    level = LEVELS.get(fold(words[len(COMMITTEE)])) if len(words) > len(COMMITTEE) else None
    if level:
        words[len(COMMITTEE)] = _in_case_of(words[len(COMMITTEE)], level)
    return " ".join(words)


def with_usual_words(name: str) -> str:
    """A name in capitals with lost tone marks put back in the words that names of offices are made of."""
    words = name.split(" ")
    if not name.isupper():
        return name
    for place in range(len(words) - 1):
        usual = USUAL_WORDS.get(fold(" ".join(words[place : place + 2])))
        bare = [word.rstrip(",") for word in words[place : place + 2]]
        if usual is not None and len(bare[0]) == len(words[place]):
            ends = [word[len(each) :] for word, each in zip(words[place : place + 2], bare, strict=True)]
            words[place : place + 2] = [word.upper() + end for word, end in zip(usual.split(), ends, strict=True)]
    return " ".join(words)


def _in_case_of(read: str, written: str) -> str:
    if read.isupper():
        return written.upper()
    return written.capitalize() if read[:1].isupper() else written
