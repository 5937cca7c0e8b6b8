"""Which product a paper is about, where no label says so: in a sentence, a list, a trademark's class, a title."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extraction import values
from extraction.evidence_labels import WEAK_LABELS
from extraction.field_values import reading_of
from extraction.folding import fold
from extraction.geometry import holds
from extraction.labels import labelled_fields
from extraction.lines import Line, words_within
from extraction.lists import has_codes_beside
from extraction.readings import Cell, FieldReading, PageKind, PageReading, Word
from extraction.translations import in_each_language, in_vietnamese, is_foreign

PRODUCT = "evidence.product"
LISTED = re.compile(r"\b(?:san xuat|kinh doanh) (?:cac )?(?:san pham|mat hang)$")  # folded
FIRST_OF_LIST = re.compile(r"^1\s*[.)/]\s+")
GOODS = re.compile(
    r"^\W*(?:\(?\d{3}\)?\W*)?(?:(?:Nhóm sản phẩm|Danh mục hàng h[oó][áa])(?:\s*[/,]\s*dịch(?: vụ)?)?\s*:?\s*)?"
    r"Nhóm\b(?:\s*/\s*Class)?\s*:?\s*\d{1,2}\s*[:.–-]\s*(?=\S)",
    re.IGNORECASE,
)  # of a trademark
SPOKEN_OF = re.compile(
    r"(?<!\d )\b[Ss]ản phẩm:? [“\"]?(?P<name>(?!OCOP|Nông|Công nghiệp|Bên [ABC]\b)"
    r"(?!Trung tâm|Chi cục|Ủy ban|UBND|Công ty|Hợp tác xã|Hội )"
    r"(?:[A-ZĐÀ-Ỹ]|(?<=: )[a-zà-ỹđ])(?:[^.:;,()]|(?<=\d)[.,](?=\d)|, (?=[a-zà-ỹđ])|\([^()]{1,30}\)){3,80}?)[”\"]?"
    r"(?:(?=,? (?:mang|tại|do|theo|của|cho|đã|đạt|đoạt|được|thu hoạch|trên|với|tham gia|để|phù hợp|bán|có|trong|"
    r"phục vụ)\b)"
    r"|\s*(?:[:;)]|\.(?!\d)|,(?! [a-zà-ỹđ]|\d))|\s(?=[A-ZĐÀ-Ỹ][^\s,.;]+(?: [A-ZĐÀ-Ỹ][^\s,.;]+)?, ngày \d)|$)"
)
PLACE = r"(?:xã|huyện|tỉnh|thôn|ấp|số|phường|khu)\b"  # of an address, not one more product of the list
SPOKEN_SMALL = re.compile(
    r"\b(?:sản xuất|chế biến|bán|cung cấp|phân phối|giới thiệu|tiêu thụ|kinh doanh|làm|cho|có) (?:các )?sản phẩm "
    r"(?P<name>(?!(?:theo|đạt|của|này|trên|được|có|là|do|và|tại|an toàn|nông|công|thực|hàng|đã|đảm|bảo|phù hợp|tiêu|"
    r"mới|ra|đặc|trong|ngoài|cho|với|để|mang|từ|không|chất|nêu|tham|thuộc|khi|khác|đó|dự|truyền)\b)"
    r"[a-zà-ỹđ]+ [^.:;,()“”\"]{2,60}?"
    rf"(?:(?:, (?!{PLACE})"
    r"(?:\w+ ){0,4}?\w+)+"
    r"(?= (?:được|tại|đạt|theo|phù hợp|do|của|đã|cho)\b))?)"
    r"(?=[.,;:(“\"]|,? (?:với|tại|trên|theo|của|do|để|cho|đạt|phù hợp|trong|từ|mang|có|đã|được|bằng|bên|quy mô)\b|$)"
)
SOLD = re.compile(
    r"\b(?:bán|cung cấp|cung ứng|giao|mua|thu mua)(?: lại)? "
    r"(?:(?:cho [Bb]ên \w+ )?(?:toàn bộ|các mặt hàng)(?: sản lượng)?|cho [Bb]ên [ABC]) "
    r"(?P<name>(?!(?:sản phẩm|hàng|số|sản lượng|toàn|các|những|theo|đầy|phân|tiêu|bán|làm|đúng|hóa|hoá|giấy|thông|"
    r"một|khi|và|để|tài|phần|tem|dịch)\b)[a-zà-ỹđ]+ [^.:;,()]{2,50}?)"
    r"(?=[.,;(]| (?:thu|của|được|do|sản xuất|đạt|tại|theo|trong|chín|đã|có|với|từ|cho)\b|$)"
)
TRADED_GOODS = re.compile(
    r"(?:\b(?:cung cấp|phân phối|tiêu thụ|bán|đại lý|chế biến|sản xuất)(?: [^.:;,()]{1,40}?)? mặt hàng |\b[Mm]ẫu là )"
    r"(?P<name>(?!(?:của|này|nêu|trên|khác)\b)\w[^.:;,()]{3,50}?(?: \([^()]{1,30}\))?)"
    r"(?=[.;,:]| (?:tại|do|của|với|theo|cho|trên)\b|$)"
)
EXHIBITED = re.compile(
    r"\b(?:trưng bày|giới thiệu),? (?:giới thiệu |và bán )?(?P<name>(?!(?:sản|các|hàng|và|gian)\b)[a-zà-ỹđ]+ "
    r"[^.:;()]{3,60}?)(?= tại (?:[Hh]ội|[Gg]ian|Festival|[Tt]uần|[Ll]ễ|[Pp]hiên|[Cc]hương)\b)"
)
LISTED_SMALL = re.compile(
    r"\b(?:bán|sản xuất|cung cấp|phân phối|giới thiệu|tiêu thụ|kinh doanh) (?:các )?sản phẩm "
    r"(?P<name>[a-zà-ỹđ]+(?: \w+){0,3}(?:, "
    rf"(?!{PLACE})"
    r"\w+(?: \w+){0,5}?)+)"
    r"(?= (?:mang|tại|do|của|được|đạt|theo|đã|cho|từ)\b|[.;(])"
)
PRICE = re.compile(r"(?:^|\s)(?:[₫đ]\s?\d{1,3}(?:\.\d{3})+|\d{1,3}(?:\.\d{3})+\s?(?:đ|₫|VN[ĐD])(?!\w))")
RATED = re.compile(r"đánh giá|đã bán|★|\*{3}|lượt (?:thích|xem)|giỏ hàng|trang chủ|đăng nhập|https?:", re.IGNORECASE)
TITLE_LINES, SAME_HEIGHT = 2, 0.2  # of a shop's title, at most; share by which their heights may differ
REST_HEIGHT = 0.5  # … of a word or two that end a title: they may have no tall letters
FURTHERED = re.compile(
    r"\b(?:phát triển|giới thiệu|quảng bá) sản phẩm (?P<name>(?!(?:OCOP|nông|công|mới|địa|đặc|chủ|của)\b)"
    r"[a-zà-ỹđ]+ [^.:;,()]{2,50}?)(?=[.,;(]| (?:góp|của|tại|trên|trong|theo|và|gắn)\b|$)"
)
OF_GOODS = re.compile(
    r"\b(?:đối với|gửi|bán hộ|làm|kinh doanh|sản xuất) (?:các )?mặt hàng:? (?P<name>[a-zà-ỹđ]+ [^.:;()]{3,70}?)"
    r"(?=[.;(]|,? (?:với|tại|theo|để|của|cho|(?:gói|hộp|chai|hũ) \d)\b|, [A-ZĐ]|$)"
)
WORDS = r"(?:[a-zà-ỹđ]+|\d+%?)(?:,? (?:[a-zà-ỹđ]+|\d+%?)){1,8}"  # in small letters: a capital begins something else
NAMED_GOODS = re.compile(  # “Mặt hàng nhang sạch thảo mộc”, “Tem dùng cho sản phẩm: na dai quả tươi”
    r"\b(?:[Mm]ặt hàng(?: sản xuất| kinh doanh)?|[Ss]ản phẩm trưng bày|(?:dùng cho|gắn lên|đối với|lên) sản phẩm):? "
    r"(?P<name>(?!(?:sản phẩm|nông sản|hàng|các|những|này|nêu|trên|do|của|khác|được|có|phù hợp|chủ lực|theo|đã|mang"
    rf"|mới)\b)(?:(?<=: )[A-ZĐÀ-Ỹ][a-zà-ỹđ]* )?{WORDS}?(?:(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){{1,4}}(?=[.;:(,]))?)"
    r"(?=[.,;:(]|$| (?:tại|do|của|theo|trong|với quy mô|và được|đã)\b| [A-ZĐ])"
)
MADE = re.compile(
    r"\b(?:để|đang|chuyên) (?:sản xuất|chế biến|nuôi|trồng) "
    rf"(?P<name>(?!(?:sản phẩm|hàng|các|những|kinh doanh|và|ra|theo|trong|nông|tại|cho|thực phẩm)\b){WORDS}?)"
    r"(?=[.;]|,? (?:tại|theo|trên|với|của|cho)\b)"
)
SHOWN_GOODS = re.compile(r"\bvới các (?:mặt hàng|sản phẩm):? (?P<name>[a-zà-ỹđ]+ [^.:;()]{4,80}?)(?=[.;(]|$)")
BOUGHT = re.compile(  # in a title
    r"^(?:HỢP ĐỒNG|BẢNG KÊ|BIÊN BẢN|SỔ)\b(?: [A-ZĐÀ-Ỹ,]+)*? (?:MUA BÁN|THU MUA|CUNG CẤP|CUNG ỨNG|TIÊU THỤ)"
    r" (?P<name>(?!(?:HÀNG|NGUYÊN|SẢN|NÔNG|VẬT|TEM|DỊCH|LÂM|THỦY|BAO)\b)[A-ZĐÀ-Ỹ ]{4,40})$"
)
CERTIFIED = re.compile(
    r"\b(?:[Cc]hứng nhận sản phẩm|CHỨNG NHẬN SẢN PHẨM)\W*$|^DANH SÁCH .*\bSẢN PHẨM\W*$"
    r"|\bgian hàng\b.*\bgiới thiệu sản phẩm\W*$"
)
CERTIFIED_OF = re.compile(r"(?:Chứng nhận|Công nhận) (?:sản phẩm )?(?P<name>[A-ZĐÀ-Ỹ][^.:;]{3,80})$")
HEAD = re.compile(
    r"(?:ten (?:hang(?: hoa)?(?: dich vu)?|san pham|mat hang|nguyen lieu)|nguyen lieu|san pham|mat hang|hang hoa"
    r"|doi tuong nuoi|vat nuoi|(?:ten )?cay trong|loai cay trong|description of goods)"
)
DETAILS = frozenset({"chi tiet", "packing", "quy cach"})  # folded, behind a name: in a list, how it is made or packed
RANKED = re.compile(r"^(?:san pham )?(?:ocop )?(?:dat )?(?:hang )?\d sao$|\bdat hang \d sao$")  # folded
NOT_RANKED = ("so ", "chu the", "cua ", "cho ", "chung nhan", "san pham ocop", "uy ban")  # folded: what else follows it
LEAST_COLUMNS = 3
STORY_TITLE = re.compile(r"^cauchuyen(?:(?:ve)?sanpham|ocop|thuonghieu)$")  # folded; its letters may stand apart
LONGEST_TITLE = 12  # words


def product_of(page: PageReading, lines: Sequence[Line], known: Mapping[str, str]) -> list[FieldReading]:
    """The product that no label tells; none or one. `known`: what the forms tell, which a story's title need not be."""
    if page.kind is PageKind.STORY and PRODUCT in known:
        return []
    ways = (
        _of_rank,
        _certified_of,
        _offered,
        _weakly_labelled,
        _first_listed,
        _goods,
        _below_title,
        _certified,
        _first_in_table,
        _spoken_of,
    )
    return next((found for way in ways if (found := way(page, lines))), [])


def _certified_of(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Chứng nhận Bộ ấm chén … / của Hộ sản xuất gốm …”: what an award or certificate is for."""
    for line, below in pairwise(lines):
        found = CERTIFIED_OF.match(line.text)
        if found is not None and below.text.startswith("của "):
            return product(page, words_within(line.words, *found.span("name")))
    return []


def _of_rank(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“SẢN PHẨM OCOP ĐẠT HẠNG 4 SAO / Tinh dầu tràm / thuộc bộ sản phẩm: …”: what an OCOP certificate certifies."""
    for above, line in pairwise(lines if page.kind is PageKind.OCOP_CERTIFICATE else ()):
        name = line.text[:1].isupper() and ":" not in line.text and not line.folded.startswith(NOT_RANKED)
        name = name and not CERTIFIED.search(line.text)  # which the product follows
        if RANKED.search(above.folded) and name and len(line.words) > 1:
            return product(page, line.words)
    return []


def _weakly_labelled(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Loại mẫu: …”, which other laboratories say of what kind of thing a sample is."""
    return [field for field in labelled_fields(page, WEAK_LABELS) if field.name == PRODUCT][:1]


def _offered(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """The title of a shop's page in the net: the line or two above how the goods are rated, and their price."""
    if page.kind is not PageKind.PROMOTION:
        return []
    price = next((at for at, line in enumerate(lines) if PRICE.search(line.text)), 0)
    above = [line for line in lines[:price] if not RATED.search(line.text)][-TITLE_LINES:]
    if not above:
        return []
    lines_of_title = above if _is_one_title(above) else above[-1:]
    title = [word for line in lines_of_title for word in line.words]
    return product(page, title) if 1 < len(title) <= LONGEST_TITLE + TITLE_LINES else []


def _is_one_title(lines: Sequence[Line]) -> bool:
    """Whether the lines are of one height and margin, close together."""
    return all(
        abs(above.height - line.height) <= (SAME_HEIGHT if len(line.words) > 2 else REST_HEIGHT) * line.height
        and abs(above.box[0] - line.box[0]) <= line.height
        and line.box[1] - above.box[3] <= line.height
        for above, line in pairwise(lines)
    )


def _certified(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“CHỨNG NHẬN SẢN PHẨM / Hạt điều …”: the name alone below, a sentence in another language between them or not."""
    said = [line for line in lines if not is_foreign(line, 1)]
    for above, line in pairwise(said):
        if CERTIFIED.search(above.text.partition(" / ")[0]) and ":" not in line.text and len(line.words) > 1:
            return product(page, words_within(line.words, 0, len(line.text.partition(" tại ")[0])))
    for above, line, below in zip(said, said[1:], said[2:], strict=False):
        if above.folded.endswith("chung nhan") and below.folded == "cua" and len(line.words) > 1:
            return product(page, line.words)
    return []


def _first_in_table(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """The first row below “Tên hàng”, “Sản phẩm”, “Description of goods” in a table of goods."""
    for table in page.tables:
        heads = [cell for cell in table.cells if cell.row == 0 and any(map(HEAD.fullmatch, _said(cell)))]
        if not heads:
            continue
        if max(cell.col for cell in table.cells) < LEAST_COLUMNS - 1 and not has_codes_beside(table, heads[0].col):
            continue
        below = (cell for cell in table.cells if cell.col == heads[0].col and cell.row in (1, 2))
        first = next((cell for cell in below if any(map(str.isalpha, cell.text))), None)  # below numbers of columns
        words = [] if first is None else [word for word in page.words if holds(first.box, word.box)]
        if found := product(page, in_vietnamese(words)):
            return found
    return []


def _said(cell: Cell) -> list[str]:
    return [fold(part) for part in in_each_language(cell.text)] + [fold(cell.text)]


def _spoken_of(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“… chứng nhận sản phẩm Nước mắm … đạt danh hiệu …”: a product named in a sentence, over two lines too."""
    said = in_sentences(
        page,
        lines,
        SPOKEN_OF,
        SOLD,
        SPOKEN_SMALL,
        LISTED_SMALL,
        SHOWN_GOODS,
        OF_GOODS,
        TRADED_GOODS,
        EXHIBITED,
        FURTHERED,
        NAMED_GOODS,
        MADE,
    )
    return said or in_one_line(page, lines, BOUGHT)


def in_one_line(page: PageReading, lines: Sequence[Line], pattern: re.Pattern[str]) -> list[FieldReading]:
    """What the pattern calls `name` in the first line that holds it, as a product: “HỢP ĐỒNG MUA BÁN TRÁI QUÁCH”."""
    for line in lines:
        found = pattern.search(line.text)
        if found is not None:
            return product(page, words_within(line.words, *found.span("name")))
    return []


def in_sentences(page: PageReading, lines: Sequence[Line], *patterns: re.Pattern[str]) -> list[FieldReading]:
    """What the first of the `patterns` that is found calls `name`, as a product; over two lines, too."""
    words = [word for line in lines for word in line.words]
    spoken = " ".join(word.text for word in words)
    found = next(filter(None, (pattern.search(spoken) for pattern in patterns)), None)
    if found is None:
        return []
    named = product(page, words_within(words, *found.span("name")))
    return [each.model_copy(update={"value": found["name"].strip()}) for each in named]


def product(page: PageReading, words: Sequence[Word]) -> list[FieldReading]:
    """The words as the page's product, without its details; none if nothing is written there."""
    texts = [*(fold(word.text) for word in words), ""]
    detail = (at for at, text in enumerate(texts[:-1]) if at and {text, f"{text} {texts[at + 1]}"} & DETAILS)
    reading = reading_of(PRODUCT, values.text, words[: next(detail, len(words))], page.number, (0, 0, 0, 0))
    return [reading] if reading else []


def _below_title(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“CÂU CHUYỆN SẢN PHẨM / MẬT ONG HOA BAN HANG KIA”: the product alone below a story's heading."""
    for title, line in pairwise(lines if page.kind is PageKind.STORY else ()):
        name = line.text[:1].isupper() and not line.text.endswith((".", ",", ":")) and ":" not in line.text
        if STORY_TITLE.match(title.folded.replace(" ", "")) and name and 1 < len(line.words) <= LONGEST_TITLE:
            return product(page, line.words)
    return []


def _goods(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“Nhóm 30: Mật ong; phấn hoa; …”: the goods that a trademark is registered for, to the end of their sentence."""
    for number, line in enumerate(lines if page.kind is PageKind.INTELLECTUAL_PROPERTY else ()):
        found = GOODS.match(line.text)
        if found is None:
            continue
        words = list(line.words[found.group().count(" ") :])
        for below in lines[number + 1 : number + 3]:
            if words[-1].text.endswith(".") or not below.text[:1].islower():
                break
            words += below.words[below.text.startswith("vụ:") :]  # the end of a label two lines high
        return product(page, words)
    return []


def _first_listed(page: PageReading, lines: Sequence[Line]) -> list[FieldReading]:
    """“… để sản xuất, kinh doanh sản / phẩm:” and a list, with the sentence in another language between."""
    for number, (above, line) in enumerate(pairwise(lines), 1):
        said = f"{above.folded} {line.folded}"
        if not (line.text.endswith(":") and LISTED.search(said) and len(line.words) <= 2):
            continue
        below = [each for each in lines[number + 1 : number + 5] if not is_foreign(each)]
        item = next((each for each in below if FIRST_OF_LIST.match(each.text)), None)
        return product(page, item.words) if item else []
    return []
