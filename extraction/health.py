"""How Vietnamese a page reads: what share of its words can be syllables, is foreign, or has lost its tone marks.

Running Vietnamese office text has some 98 % possible syllables, and one word in ten bears no mark at all. A page that
is far from that was turned, is in another language, is hopeless, or lost its marks on the way.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from extraction.readings import Health, PageReading, PageSource
from extraction.syllables import possible

FEWEST_WORDS = 25  # fewer say nothing about a page
SHORTEST = 2  # letters
LEAST_POSSIBLE = 0.6
MOST_FOREIGN = 0.08
MOST_BARE = 0.6
UNSURE, SEEN = 0.86, 5  # mean confidence below which a page was read badly; poor scans have 0.91 at least; words
SURE = 0.8  # mean confidence of words that were read well, whatever they say
LETTERS = re.compile(r"[^\W\d_]+")
VIETNAMESE = frozenset("abcdeghiklmnopqrstuvxyăâêôơưđ")
HOPELESS = (
    "Chữ đọc được trên trang hầu như không phải tiếng Việt: trang có thể quá mờ, bị ngược hoặc viết tay. Xem ảnh; "
    "quét lại nếu cần."
)
UNCLEAR = (
    "Nhiều chữ trên trang đọc không chắc: có thể là chữ viết tay, ảnh chụp nghiêng hoặc quá mờ. Xem ảnh; quét lại nếu "
    "cần."
)
FOREIGN = "Trang có vẻ bằng tiếng nước ngoài; các giá trị đọc được cần người xem lại."
TONELESS = "Chữ trên trang hầu như mất dấu thanh; tên riêng đọc từ trang này cần người xem lại."


def with_health(page: PageReading) -> PageReading:
    """The page with its health, and doubt with the reason where it is bad."""
    if page.source not in (PageSource.OCR, PageSource.TEXT_LAYER):
        return page
    health = health_of(word.text for word in page.words)
    reason = _complaint(health, page)
    if reason is None:
        return page.model_copy(update={"health": health})
    return page.model_copy(update={"health": health, "needs_review": True, "reason": reason})


def health_of(texts: Iterable[str]) -> Health:
    """Shares over the words that are made of letters; abbreviations in capitals do not count."""
    words = [word for text in texts if (word := _word(text))]
    if not words:
        return Health(words=0, possible=1.0, foreign=0.0, bare=0.0)
    syllables = [word for word in words if possible(word)]
    return Health(
        words=len(words),
        possible=round(len(syllables) / len(words), 4),
        foreign=round(sum(_is_foreign(word) for word in words) / len(words), 4),
        bare=round(sum(_is_bare(word) for word in syllables) / max(1, len(syllables)), 4),
    )


def _complaint(health: Health, page: PageReading) -> str | None:
    """What a person must know of the page; None if it reads well or says too little."""
    sure = sum(word.confidence for word in page.words) / max(1, len(page.words))
    unclear = UNCLEAR if sure < UNSURE and len(page.words) >= SEEN else None
    if health.words < FEWEST_WORDS:
        return unclear
    if health.possible < LEAST_POSSIBLE:
        return FOREIGN if health.foreign > MOST_FOREIGN and sure > SURE else HOPELESS
    return TONELESS if health.bare > MOST_BARE else unclear


@lru_cache(maxsize=16_384)  # a page repeats its words, and its neighbours'
def _word(text: str) -> str | None:
    """The word without the punctuation around it; None for numbers, codes, addresses and abbreviations."""
    core = text.strip(" .,:;!?()[]{}“”\"'…–-/*").removesuffix("./")
    if len(core) < SHORTEST or not LETTERS.fullmatch(core):
        return None
    abbreviation = core.isupper() and (_is_bare(core) and not possible(core))
    return None if abbreviation else core.lower()


@lru_cache(maxsize=16_384)
def _is_foreign(word: str) -> bool:
    """Whether it has letters that no Vietnamese syllable has: f, j, w, z, and those of other scripts."""
    return any(sign not in VIETNAMESE for sign in _without_tones(word))


def _is_bare(word: str) -> bool:
    return word.isascii()


def _without_tones(word: str) -> str:
    signs = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in "\u0300\u0301\u0303\u0309\u0323"))
