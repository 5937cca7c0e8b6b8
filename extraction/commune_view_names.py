"""Which of the four views of Mẫu số 03 some words name: on local materials, labour, the idea's origin, identity."""

import re
from collections.abc import Sequence

from extraction.folding import fold
from extraction.lines import ORDINAL
from extraction.readings import Word

COMMUNE_VIEWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "commune.local_materials",
        (
            *("nguyen lieu dia phuong", "nguon goc nguyen lieu", "su dung nguyen lieu", "nguon nguyen lieu"),
            *("nguyen lieu tai cho", "nguyen lieu trong xa", "nguyen lieu tren dia ban"),
        ),
    ),
    (
        "commune.local_labour",
        (
            *("lao dong dia phuong", "su dung lao dong", "lao dong tai cho", "lao dong trong xa"),
            *("lao dong tren dia ban", "nguoi lam trong xa", "nguoi lam tai cho"),
            *("nhan cong dia phuong", "nhan cong tai cho"),
        ),
    ),
    ("commune.idea_origin", ("y tuong",)),
    ("commune.local_identity", ("ban sac", "tri tue dia phuong", "ban sac dia phuong")),
)
LOCAL = (  # folded, with a few words between
    ("commune.local_materials", re.compile(r"\bnguyen lieu(?: \w+){0,3} dia phuong\b")),
    ("commune.local_labour", re.compile(r"\blao dong(?: \w+){0,3} dia phuong\b")),
    ("commune.local_identity", re.compile(r"\b(?:tri tue|ban sac|van hoa)(?: \w+){0,4} dia phuong\b")),
)
ASKED_FOR = (  # folded words that tell a view in a heading that is a question: “Lao động ở đâu đến?”
    ("commune.local_materials", "nguyen lieu"),
    ("commune.local_labour", "lao dong"),
    ("commune.idea_origin", "y tuong"),
    ("commune.local_identity", "ban sac"),
)
ASKED_SHORTLY = (  # folded words of a heading of few: “Hai là người làm.”
    ("commune.local_materials", ("nguyen lieu",)),
    ("commune.local_labour", ("lao dong", "nguoi lam")),
    ("commune.idea_origin", ("y tuong",)),
    ("commune.local_identity", ("ban sac", "cai rieng", "net rieng")),
)
BARE_ORDINAL = re.compile(rf"(?i:{ORDINAL})|\s*\d{{1,2}}\s?[./)I]")
CAPTION = re.compile(r"(?:nhan xet|y kien|danh gia|nhan dinh|ly do)(?: \w+){0,4}")  # folded, before a colon
WORDS_OF_A_SHORT_NAME = 7
WORDS_OF_A_VIEWS_NAME = 14


def view_named(folded: str) -> str | None:
    named = next((name for name, phrases in COMMUNE_VIEWS if any(phrase in folded for phrase in phrases)), None)
    return named or next((name for name, pattern in LOCAL if pattern.search(folded)), None)


def named_shortly(text: str) -> str | None:
    """The view that few words behind an ordinal name: “Hai là người làm. …”."""
    ordinal = BARE_ORDINAL.match(text)
    subject = fold(text[ordinal.end() :].partition(".")[0]) if ordinal else ""
    if len(subject.split()) > WORDS_OF_A_SHORT_NAME:
        return None
    return next((name for name, words in ASKED_SHORTLY if any(word in subject for word in words)), None)


def without_caption(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a view without “Nhận xét:” or “Ý kiến của UBND xã:” before them."""
    for number, word in enumerate(words[:WORDS_OF_A_SHORT_NAME]):
        if word.text.endswith(":"):
            told = fold(" ".join(each.text for each in words[: number + 1]))
            return words[number + 1 :] if CAPTION.fullmatch(told) else words
    return words
