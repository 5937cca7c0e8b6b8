"""Text as it is compared: without case, tone marks and punctuation, so that small misreadings do not matter."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHE = re.compile(r"(?<=\b[A-ZĐ])(['’]) (?=[A-ZĐÀ-Ỹ])")  # “H' Lan Niê” is H'Lan
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`Điện thoại:` → `dien thoai`. Words stay apart by single blanks."""
    return NOT_LETTERS.sub(" ", unmarked(text)).strip()


def unmarked(text: str) -> str:
    """In small letters without tone marks; punctuation stays: `Yên.Lê@` → `yen.le@`."""
    small = text.lower().replace("đ", "d")
    if small.isascii():
        return small
    plain = unicodedata.normalize("NFD", small)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def tidy(text: str) -> str:
    """Without leaders and stray marks at the ends, single blanks inside."""
    return APOSTROPHE.sub(r"\1", " ".join(text.split())).strip(" .…:;,-–_|·•*")
