"""The signs the reader knows. A sign's class is its place here plus one; class 0 says "no new sign" (CTC's blank).

New signs are only ever appended, so that older weights can be trained further.
"""

import re
import unicodedata

DIGITS = "0123456789"
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
MARKS = " .,:;-–/()[]%&+=<>≥≤'\"“”!?*@#_²³°×…•"
LATER = "µ±√¹⁴⁵⁶⁻®~⁰⁷⁸⁹‰αβ™©$"
ALPHABET = DIGITS + LETTERS + LETTERS.upper() + MARKS + LATER
CLASSES = len(ALPHABET) + 1

CLASS_OF = {sign: place for place, sign in enumerate(ALPHABET, start=1)}
ALIKE = {"—": "–", "‘": "'", "’": "'", "\u00a0": " ", "−": "-", "‑": "-", "·": ".", "μ": "µ", "º": "°"}


def known(text: str) -> str:
    """`text` in NFC, of known signs only, look-alikes unified, single blanks."""
    signs = (sign if sign in CLASS_OF else ALIKE.get(sign, "") for sign in unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", "".join(signs)).strip()


def classes_of(text: str) -> list[int]:
    """Raises KeyError for a sign the reader does not know."""
    return [CLASS_OF[sign] for sign in text]
