"""Vietnamese syllables made from their parts, so that spelling is learnt and not a dictionary.

Source: the orthography of quốc ngữ (onset, rime, one of six tones; rimes closed by c, ch, p, t take only the sharp and
the heavy tone), e.g. Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from extraction.folding import unmarked

ONSETS = ("", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())
OPEN_RIMES = (
    "a ai am an ang anh ao au ay e em en eng eo ê êm ên ênh êu i ia im in inh iu iêm iên iêng iêu o oa oai oan oang"
    " oanh oay oăn oe oeo oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân uâng uê ui um un ung uôi uôm uôn uông uơ uy"
    " uya uyên uynh uyu ư ưa ưi ưm ưn ưng ươi ươm ươn ương ươu ưu y yêm yên yêu ă ăm ăn ăng âm ân âng âu ây"
).split()
STOPPED_RIMES = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oc op ot oac oach oat oăc oăt oet ôc ôp"
    " ôt ơp ơt uc up ut uât uêch uôc uôt uych uyêt uyt ưc ưt ươc ươp ươt"
).split()
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # level, grave, hook, tilde, acute, dot below
STOPPED_TONES = TONES[4:]
TONE_MARKS, DOT_BELOW = frozenset(TONES[1:]), TONES[5]
RARE_RIMES = "oam oăm oăng oao oen oeng oong uơn uênh uên uyp yêt yêc oec ooc oap uâp uyn ưp iếc uôp".replace(
    "ế", "ê"
).split()  # with every tone: judged, never invented
G_RIMES = ("i", "in", "iêng", "iêc", "ip", "iêt")  # gì, giêng: the i is of the onset gi and of the rime
MARKED = "ăâêôơư"
VOWELS = "aăâeêioôơuưy"


@cache
def all_syllables() -> tuple[str, ...]:
    """Every onset with every rime and every tone it may bear, spelling rules of c/k, g/gh, ng/ngh kept. Some 14,000."""
    made = [
        toned(onset + rime, len(onset), tone)
        for rimes, tones in ((OPEN_RIMES, TONES), (STOPPED_RIMES, STOPPED_TONES))
        for onset in ONSETS
        for rime in rimes
        if spelt(onset, rime)
        for tone in tones
    ]
    return tuple(dict.fromkeys(made))


def alike(bare: str) -> tuple[str, ...]:
    """All syllables that are `bare` but for their marks; đ is a d with one. None if no syllable is."""
    return _by_letters().get(bare, ())


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for syllable in all_syllables():
        found.setdefault(unmarked(syllable), []).append(syllable)
    return {bare: tuple(syllables) for bare, syllables in found.items()}


@lru_cache(maxsize=16_384)  # a page repeats its words, and its neighbours'
def possible(word: str) -> bool:
    """Whether a word of letters can be a Vietnamese syllable, wherever its tone mark stands and with i or y."""
    signs = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in signs if sign in TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in TONES))
    tone = tones[0] if tones else ""
    rare = bare in ("quôc", "quơ", "quyt") or _ends_in(bare, RARE_RIMES) or bare.removeprefix("g") in G_RIMES
    stopped = bare.endswith(("c", "p", "t", "ch"))
    if stopped and tone not in STOPPED_TONES:
        return False
    return rare or bare in _bare_syllables() or (bare.endswith("y") and f"{bare[:-1]}i" in _bare_syllables())


@cache
def _bare_syllables() -> frozenset[str]:
    """Every onset with every rime, without tones."""
    rimes = (*OPEN_RIMES, *STOPPED_RIMES)
    return frozenset(onset + rime for onset in ONSETS for rime in rimes if spelt(onset, rime))


def _ends_in(bare: str, rimes: Sequence[str]) -> bool:
    return any(bare.endswith(rime) and bare[: -len(rime)] in ONSETS for rime in rimes)


def spelt(onset: str, rime: str) -> bool:
    """Whether the onset is written so before this rime."""
    front = rime[0] in "eêiy"
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    if onset == "qu":
        return rime[0] not in "uôưoơ"
    if onset == "gi":
        return rime[0] not in "iy"
    return not (rime[0] == "y" and onset) and not (rime.startswith("iê") and not onset)


def toned(word: str, start: int, tone: str) -> str:
    """`word` with the tone mark over the vowel that bears it; `start` is where its rime begins."""
    if not tone:
        return word
    places = [place for place in range(start, len(word)) if word[place] in VOWELS]
    marked = [place for place in places if word[place] in MARKED]
    if marked:
        bearer = marked[-1]  # ươ: the second
    elif len(places) == 1:
        bearer = places[0]
    else:
        closed = word[-1] not in VOWELS
        bearer = places[1] if closed or len(places) == 3 else places[0]
    return unicodedata.normalize("NFC", word[: bearer + 1] + tone + word[bearer + 1 :])
