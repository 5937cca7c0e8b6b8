"""The points that a paragraph claims for a criterion: `Tự chấm: 2 điểm`, `chỉ nhận hai điểm`, `[2/3]`."""

import re

NUMBER = r"(?<![\d.,])(\d{1,2}(?:[.,]\d+)?)"
WORD_POINTS = r"[đd](?:\w{0,2}[eêểếềễéèẻệẽẹ]\w?|i\w{0,1})m"  # “điểm”, however its marks were read
NOUGHT = re.compile(rf"(?<![^\s(:])[oO](?=\s{WORD_POINTS}\b)")  # a 0 read as a letter
STROKE = re.compile(rf"(?<![^\s(:])[Il|](?=\s{WORD_POINTS}\b)")  # a slanting 1 read as a letter
PLACES = r"(?!\s+(?:bán|thu|mua|giao|du|phân|giới|trưng|tham|đến|dừng|cầu|trường|đặt|kinh)\b)"  # no points
SPOKEN = {"một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5"}
SPOKEN_POINTS = re.compile(rf"\b(?:{'|'.join(SPOKEN)})(?=\s+{WORD_POINTS}\b{PLACES})", re.IGNORECASE)
IN_WORDS_TOO = re.compile(rf"(?<=\d)\s*\((?:{'|'.join(SPOKEN)})\)(?=\s+{WORD_POINTS})", re.IGNORECASE)  # “3 (ba) điểm”
OUT_OF_MOST = (  # no people, no days
    r"/{1,2}\s*(?:20|[01]?\d)(?![\d/])(?!\s+(?:khách|người|lao|hộ|đại|hợp|tháng|ngày|lô|mẫu|thành|sản|loại)\b)"
)
POINTS = re.compile(rf"{NUMBER}\s*[.]?\s*(?:{WORD_POINTS}\b{PLACES}|đ\b|{OUT_OF_MOST})", re.IGNORECASE)
POINTS_AFTER = re.compile(rf"{WORD_POINTS}[^\d]{{0,25}}?(\d{{1,2}}(?:[.,]\d+)?)(?![\d.,]*\d)", re.IGNORECASE)
SELF_GIVEN = re.compile(
    r"(?:tự\s+chấm|tự\s+đánh\s+giá|tự\s+cho|tự\s+nhận|số\s+điểm|điểm\s+số|điểm\s+đạt|điểm\s*[:=]"
    rf"|đề\s+nghị(?=[^\d.;]{{0,15}}\d{{1,2}}(?:[.,]\d+)?\s*{WORD_POINTS}))"
    r"[^\d.;]{0,25}?(\d{1,2}(?:[.,]\d+)?)(?![\d.,]*[\d%])",
    re.IGNORECASE,
)
AT_MOST = re.compile(
    rf"(?:tối\s+đa|thang\s+điểm|điểm\s+chuẩn|cao\s+nhất)[^\d,;.]{{0,15}}{NUMBER}[^\d,.;:)]{{0,8}}"
    rf"|(?<=\bđiểm)\s+trên\s+{NUMBER}\s*{WORD_POINTS}\b",
    re.IGNORECASE,
)
OUT_OF = re.compile(
    rf"{NUMBER}\s+(?:trong\s+(?:tổng\s+)?số|trên(?:\s+tối\s+đa|\s+tổng\s+số)?)\s+\d{{1,2}}\s*{WORD_POINTS}\b",
    re.IGNORECASE,
)
NOT_TAKEN = re.compile(
    rf"\b(?:không|chưa)\s+(?:dám\s+)?(?:lấy|nhận|xin|chấm|tính|đạt|đề\s+nghị)\s+(?:mức\s+|đủ\s+)?{NUMBER}\s*(?:{WORD_POINTS})?",
    re.IGNORECASE,
)
ASKED_MOST = re.compile(
    rf"\b(?:(?:đề\s+nghị|nhận|xin|tự\s+chấm)[^.;\d]{{0,25}}|(?:đạt|được|hưởng|xứng\s+đáng)\s+(?:mức\s+|số\s+)?(?:điểm\s+)?)"
    rf"(?:cao\s+nhất|tối\s+đa)[^\d.;]{{0,6}}{NUMBER}",
    re.IGNORECASE,
)  # the most is what is claimed


def points_in(head: str, rest: str) -> re.Match[str] | None:
    """Where the claimed points stand: behind a word that says so, else before or behind “điểm”; never the maximum.

    `head` is `rest` up to its description. Matches of both keep their places in the text.
    """
    figured = (NOUGHT.sub("0", STROKE.sub("1", text)) for text in (head, rest))
    said, all_said = (SPOKEN_POINTS.sub(_in_figures, text) for text in figured)
    for unsaid in (IN_WORDS_TOO, NOT_TAKEN):
        said, all_said = (unsaid.sub(lambda found: " " * len(found.group()), text) for text in (said, all_said))
    title, whole = (AT_MOST.sub(lambda found: " " * len(found.group()), text) for text in (said, all_said))
    ways = (
        *((OUT_OF, said), (SELF_GIVEN, title), (POINTS, title), (POINTS_AFTER, title)),
        *((SELF_GIVEN, whole), (POINTS, whole[:400]), (ASKED_MOST, said)),
    )
    return next((match for pattern, text in ways if (match := pattern.search(text))), None)


def _in_figures(word: re.Match[str]) -> str:
    """The number that a word says, as long as the word."""
    return SPOKEN[word.group().lower()].ljust(len(word.group()))
