"""Second thoughts about words that cannot be Vietnamese: "QUYÉT" where the picture, looked at again, allows "QUYẾT".

One sign may be taken for another the picture also allows, or for none at all; the word must become a possible syllable.
The marks over a letter are the first thing that few dots an inch lose, so they are doubted sooner than the letter.
Digits and codes are never touched, and the sign put in is no surer than the picture makes it. Addresses on the net
have no Vietnamese marks at all.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from extraction.engines import Others, Sign
from extraction.syllables import possible

ALLOWED = 0.06  # share of the chosen sign's probability that another must have …
MARKS_ALLOWED = 0.0005  # … if it is the same letter with other marks
DROPPED = 0.5  # … if there is to be no sign at all
ALLOWED_LARGE = 0.01  # probability of a capital in a line of capitals
SLASH_AT_HEAD, SLANTING = re.compile(r"(?<!\S)/(?P<rest>[a-zà-ỹ]+)(?!\w)"), 0.1  # … that an l has in place of a slash
COUNT = re.compile(
    r"(?<=[a-zà-ỹđ,;:] )(?<!lục )(?<!phần )(?<!mục )(?<!nhóm )(?<!hạng )(?<!loại )(?<!cấp )[Il\d]{1,2}"
    r"(?= (?:lao động|người|hộ|thành viên|tháng|năm|ngày|đại lý|điểm|sản phẩm)\b)"
)
LONE_STROKE, STEEP = re.compile(r"(?<=[a-zà-ỹđ.)] )[1Il](?= [A-Z][a-z])"), 0.1
SAME_SHAPE = frozenset("cosvxzw")  # letters whose capitals are only larger
TELLING = 5  # other letters in a line, at least, for them to tell that it is one of capitals
ADDRESS = re.compile(r"[^@]{2,}@[^@]{3,}$")
BROKEN_ADDRESS = re.compile(
    r"[a-z\d](?P<blank> )(?=[._][a-z\d][a-z\d._-]*@)|@[a-z\d]+(?P<host> )(?=\.(?:com|vn|net|org)\b)"
)
CAPITAL_LABEL = re.compile(r"(?:^S(?=Ố\s?[:/])|\bs)(?P<o>Ố)(?!\w)")
TERM = re.compile(r"/QH(?P<term>[\dIl|]{1,2})(?!\w)")
SMALL_BEFORE_CONSONANT = re.compile(r"(?<!\w)l(?=[bcdđghklmnpqrstvxz][a-z])")
PLACE_IA = re.compile(r"(?:\b(?:[Xx]ã|[Pp]hường|[Hh]uyện|[Ll]àng|[Tt]hôn|[Bb]uôn)\s|^)(?P<l>l)a(?=\s[A-ZĐ][a-zà-ỹ])")
BORROWED = frozenset("VAT GAP RAT SOP VAC APP app set kit top web".split())  # in use, though no Vietnamese syllables
ENGLISH = frozenset("that not it is this the to in on of has for at net no by as an".split())
AROUND = "(),.:;"
APOSTROPHES = frozenset("'’‘`")
ROMAN = re.compile(r"[XVI]*l[lIVX]*[.:;,]?$")
WEB = re.compile(r"(https?://|www\.)\S{3,}$")
FEWEST_FOREIGN, MARKED_SHARE = 3, 0.34  # words of an English line that no Vietnamese is; to them, those with marks
SHORTEST, LONGEST = 2, 8  # letters of a syllable (nghiêng), and one too many


def respelt(line: Sequence[Sign], others: Others) -> list[Sign]:
    """The line's signs, impossible words made possible where one sign does it. `others` takes a place in the line."""
    line = _labels(_in_capitals(_numbers_of_laws(_roman_numbers(_unmarked_addresses(line))), others))
    line = _slashes(_strokes(_counts(_large_letters(line))), others)
    signs: list[Sign] = []
    addresses = _addresses(line)
    small = 2 * sum(sign.text.islower() for sign in line) > sum(sign.text.isalpha() for sign in line)
    for letters, group in groupby(range(len(line)), key=lambda place: line[place].text.isalpha()):
        places = list(group)
        word = [line[place] for place in places]
        abbreviated = small and all(sign.text.isascii() and sign.text.isupper() for sign in word)  # “(ASC, BAP, MSC…)”
        if letters and places[0] not in addresses and not abbreviated:
            word = _possible_word(word, lambda at, first=places[0]: others(first + at))  # type: ignore[misc]
        signs += word
    # at last: "that" is no syllable, but "thát" is; and places are counted before blanks go
    return list(_whole_addresses(_plain_english(signs)))


def _possible_word(word: list[Sign], others: Others) -> list[Sign]:
    """The word if it can be one, else as an abbreviation or with another sign where the picture allows it."""
    text = "".join(sign.text for sign in word)
    if possible(text):
        return word
    if text.isupper() and _abbreviated(text) != text:
        return [replace(sign, text=letter) for sign, letter in zip(word, _abbreviated(text), strict=True)]
    return _respelt_word(word, others) if SHORTEST <= len(word) <= LONGEST and text not in BORROWED else word


def _slashes(line: Sequence[Sign], others: Others) -> Sequence[Sign]:
    """A slanting l at a word's head, read as a slash: “14 /ao động”. “đồng /người” is none: there is no “lngười”."""
    text = "".join(sign.text for sign in line)
    if len(text) != len(line) or not ("/" in text or "1" in text):
        return line
    line = _between_languages(line, text, others)
    slanting = [
        found.start()
        for found in SLASH_AT_HEAD.finditer(text)
        if possible(f"l{found['rest']}")
        and dict(others(found.start())).get("l", 0) >= SLANTING * line[found.start()].confidence
    ]
    return _with(line, slanting, "l")


def _counts(line: Sequence[Sign]) -> Sequence[Sign]:
    """How many there are, in figures whose 1 is drawn as a small I: “trong đó II lao động”."""
    text = "".join(sign.text for sign in line)
    if len(text) != len(line):
        return line
    strokes = {at for found in COUNT.finditer(text) for at in range(*found.span()) if text[at] in "Il"}
    return _with(line, strokes, "1")


def _between_languages(line: Sequence[Sign], text: str, others: Others) -> Sequence[Sign]:
    """A steep slash before the same in another language, read as a figure: “người xuất khẩu 1 Name of exporter”."""
    steep = [
        found.start()
        for found in LONE_STROKE.finditer(text)
        if dict(others(found.start())).get("/", 0) >= STEEP * line[found.start()].confidence
    ]
    return _with(line, steep, "/")


def _with(line: Sequence[Sign], places: Collection[int], text: str) -> Sequence[Sign]:
    """The line with this sign at these places."""
    return [replace(sign, text=text) if at in places else sign for at, sign in enumerate(line)] if places else line


def _strokes(line: Sequence[Sign]) -> Sequence[Sign]:
    """Capital I and small l, which typefaces without serifs draw alike, as only one of them can stand there.

    "KIy", "MiI" hold an l, "lnvoice" begins with an I, and places are called "Ia Ko".
    """
    text = "".join(sign.text for sign in line)
    if len(text) != len(line) or not ("I" in text or "l" in text):
        return line
    letters = {at: "l" for at, sign in enumerate(text) if sign == "I" and _is_small(text, at)}
    letters |= {found.start(): "I" for found in SMALL_BEFORE_CONSONANT.finditer(text)}
    letters |= {found.start("l"): "I" for found in PLACE_IA.finditer(text)}
    return [replace(sign, text=letters.get(at, sign.text)) for at, sign in enumerate(line)] if letters else line


def _is_small(text: str, at: int) -> bool:
    """Whether a capital in the middle of a word of small letters can be none."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isalpha() and not after.isupper() and (before.islower() or after.islower())


def _plain_english(line: Sequence[Sign]) -> Sequence[Sign]:
    """A word with marks alone among English ones, "We hereby certify thát the system", bears none."""
    words = ["".join(sign.text for sign in word).strip(AROUND) for word in _words(line)]
    spoken = [word for word in words if word.isalpha()]
    marked = [word for word in spoken if not word.isascii()]
    foreign = [word for word in spoken if word.islower() and not possible(word)]
    if not marked or len(marked) > len(foreign) * MARKED_SHARE or len(foreign) < FEWEST_FOREIGN:
        return _english_words(line) if marked and foreign else line
    return [
        sign if sign.text.isascii() or not sign.text.isalpha() else replace(sign, text=bare(sign.text)) for sign in line
    ]


def _english_words(line: Sequence[Sign]) -> Sequence[Sign]:
    """ "certify thát", "nọt detected": a small English word beside one that cannot be Vietnamese bears no marks."""
    words = _words(line)
    texts = ["".join(sign.text for sign in word).strip(AROUND) for word in words]
    signs: list[Sign] = []
    for at, word in enumerate(words):
        plain = "".join(bare(sign) for sign in texts[at])
        shown = plain[:1].lower() + plain[1:]  # “Nót detected”
        near = [texts[place] for place in (at - 2, at + 2) if 0 <= place < len(texts)]  # blanks stand between
        if shown in ENGLISH and plain != texts[at] and any(each.islower() and not possible(each) for each in near):
            word = [replace(sign, text=bare(sign.text)) if sign.text.isalpha() else sign for sign in word]
        signs += word
    return signs


def _large_letters(line: Sequence[Sign]) -> Sequence[Sign]:
    """Capitals within words of small letters, of which some typefaces draw larger copies: "SỦng", "nƯơng", "saU"."""
    text = "".join(sign.text for sign in line)
    if text.islower() or text.isupper() or text.istitle():
        return line
    signs: list[Sign] = []
    for word in _words(line):
        letters = [sign for sign in word if sign.text.isalpha()]
        apart = any(sign.text in APOSTROPHES for sign in word)  # “K'Ho”: each of its syllables may begin with one
        inner = [] if apart else [sign.text for sign in letters[1:]]
        mixed = any(map(str.islower, inner)) and any(map(str.isupper, inner))
        if mixed and possible("".join(sign.text for sign in letters).lower()):
            first = letters[0]
            word = [sign if sign is first else replace(sign, text=sign.text.lower()) for sign in word]
        signs += word
    return signs


def _abbreviated(word: str) -> str:
    """ "HĐỌT" is HĐQT: among consonants alone, an O with a dot below it is a Q with its tail."""
    letters = "".join("Q" if sign in "ỌỘỢ" else sign for sign in word[:-1]) + word[-1:]
    consonants = all(bare(sign) not in "AEIOUY" for sign in letters)
    return letters if consonants and len(word) > 1 else word


def _labels(line: Sequence[Sign]) -> Sequence[Sign]:
    """The label of a paper's number, in which only size tells capitals: "SỐ: 12/QĐ" and "Mã sỐ" bear small letters."""
    text = "".join(sign.text for sign in line)
    capital = {found.start("o") for found in CAPITAL_LABEL.finditer(text)}
    return _with(line, capital, "ố")


def _numbers_of_laws(line: Sequence[Sign]) -> Sequence[Sign]:
    """ "36/2005/QHI1" is of the National Assembly's 11th term: strokes behind QH are figures."""
    text = "".join(sign.text for sign in line)
    strokes = {at for found in TERM.finditer(text) for at in range(*found.span("term")) if text[at] in "Il|"}
    return _with(line, strokes, "1")


def _whole_addresses(line: Sequence[Sign]) -> Sequence[Sign]:
    """E-mail addresses without blanks before their stops, "bang .hoa@gmail .com"."""
    text = "".join(sign.text for sign in line)
    if len(text) != len(line) or "@" not in text:
        return line
    blanks = {found.start(found.lastgroup or 0) for found in BROKEN_ADDRESS.finditer(text)}
    return _unmarked_addresses([sign for at, sign in enumerate(line) if at not in blanks]) if blanks else line


def _unmarked_addresses(line: Sequence[Sign]) -> Sequence[Sign]:
    """E-mail and web addresses in plain letters; a sign's confidence stays."""
    addresses = _addresses(line)
    if not addresses:
        return line
    return [
        replace(sign, text=bare(sign.text)) if place in addresses and sign.text.isalpha() else sign
        for place, sign in enumerate(line)
    ]


def _addresses(line: Sequence[Sign]) -> frozenset[int]:
    """The places of all signs of e-mail and web addresses."""
    if not any(sign.text in "@/w" for sign in line):
        return frozenset()
    found: list[int] = []
    first = 0
    for word in _words(line):
        text = "".join(sign.text for sign in word).lower()
        if ADDRESS.match(text) or WEB.match(text):
            found += range(first, first + len(word))
        first += len(word)
    return frozenset(found)


def _roman_numbers(line: Sequence[Sign]) -> Sequence[Sign]:
    """A word of nothing but l, I, V and X is a number: typefaces without serifs draw l and I alike. "5 l" is litres."""
    if not any(sign.text == "l" for sign in line):
        return line
    signs: list[Sign] = []
    for word in _words(line):
        text = "".join(sign.text for sign in word)
        litres = len(signs) > 1 and signs[-2].text.isdigit()
        if ROMAN.match(text) and not litres:
            word = [replace(sign, text="I") if sign.text == "l" else sign for sign in word]
        signs += word
    return signs


def _in_capitals(line: Sequence[Sign], others: Others) -> Sequence[Sign]:
    """In a line of capitals, words of letters that small ones only differ from in size are capitals: "CƠ SỞ", not "cƠ".

    Only where the picture allows it, and no single letters: "x" is a mark.
    """
    telling = [sign.text for sign in line if sign.text.isalpha() and bare(sign.text).lower() not in SAME_SHAPE]
    if len(telling) < TELLING or not all(map(str.isupper, telling)):
        return line
    signs, first = list(line), 0
    for word in _words(line):
        small = [at for at, sign in enumerate(word, first) if sign.text.islower()]
        shaped = all(bare(sign.text).lower() in SAME_SHAPE for sign in word if sign.text.isalpha())
        allowed = (dict(others(at)).get(signs[at].text.upper(), 0.0) >= ALLOWED_LARGE for at in small)
        if shaped and sum(sign.text.isalpha() for sign in word) > 1 and all(allowed):
            for at in small:
                signs[at] = replace(signs[at], text=signs[at].text.upper())
        first += len(word)
    return signs


def _words(line: Sequence[Sign]) -> list[list[Sign]]:
    """The line cut before and after its blanks."""
    return [list(group) for _, group in groupby(line, key=lambda sign: sign.text == " ")]


def _respelt_word(word: list[Sign], others: Others) -> list[Sign]:
    texts = [sign.text for sign in word]
    best, change = 0.0, None
    for place, sign in enumerate(word):
        for text, probability in others(place):
            share = probability / max(sign.confidence, probability, 1e-6)
            if text and text.isupper() != sign.text.isupper():
                continue
            needed = _needed(text, place, texts)
            fits = share >= needed and share / needed > best
            if fits and possible("".join((*texts[:place], text, *texts[place + 1 :]))):
                best, change = share / needed, (place, text, probability)
    if change is None:
        return word
    place, text, probability = change
    new = [replace(word[place], text=text, confidence=min(probability, word[place].confidence))] if text else []
    return [*word[:place], *new, *word[place + 1 :]]


def _needed(text: str, place: int, texts: Sequence[str]) -> float:
    """The least share of probability with which the sign at `place` may become `text`."""
    letter = bare(texts[place])
    if text:
        return MARKS_ALLOWED if bare(text) == letter else ALLOWED
    twice = letter in (bare(other) for other in (*texts[max(0, place - 1) : place], *texts[place + 1 : place + 2]))
    return MARKS_ALLOWED if twice else DROPPED  # one letter seen as two


@cache
def bare(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[:1].replace("Đ", "D").replace("đ", "d")
