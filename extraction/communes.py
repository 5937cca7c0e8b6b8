"""Names of communes and wards since July 2025, from the offline data of the package vietnam-provinces.

Its data are facts of law, the resolutions of June 2025 on communes; only they are read, none of its code is loaded.
Without the package nothing is known, and nothing complained of.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from extraction.folding import fold

PACKAGE, DIVISIONS = "vietnam_provinces", "data/nested-divisions.json"
KINDS = ("xã ", "phường ", "đặc khu ")
NEAR = 1  # letters
LEAST_LETTERS = 5
PLACES = ("tinh ", "thanh pho ")


@cache
def communes() -> dict[str, frozenset[str]]:
    """Folded province → names of its communes, without the word before them; empty where the package is missing."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        return {}
    try:
        divisions = json.loads((Path(package.origin).parent / DIVISIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        _province(str(each["name"])): frozenset(_bare(str(ward["name"])) for ward in each["wards"])
        for each in divisions
    }


@cache
def _double_names() -> frozenset[str]:
    """Folded names of two parts: “Xuân Hương - Đà Lạt”."""
    return frozenset(fold(name) for names in communes().values() for name in names if " - " in name or " – " in name)


def has_double_name(name: str) -> bool:
    """Whether there is a commune so called, whose name has two parts with a dash between."""
    return fold(name) in _double_names()


def commune_complaint(name: str, province: str | None) -> str | None:
    """What a commune's name may have been, if it is none but nearly one of the province's; else None.

    An unknown name alone is no complaint: lists age, and people write former names.
    """
    known = communes()
    if (
        not known
        or len(name) < LEAST_LETTERS
        or any(name.lower() == each.lower() for all_ in known.values() for each in all_)
    ):
        return None
    folded = fold(name)
    here = known.get(_province(province or ""), frozenset())
    near = sorted({each for each in here if Levenshtein.distance(fold(each), folded, score_cutoff=NEAR) <= NEAR})
    if len(near) != 1:
        return None
    return f"Không có xã, phường nào tên “{name}”; có thể là “{near[0]}”. Kiểm tra lại."


def _bare(name: str) -> str:
    lowered = name.lower()
    return next((name[len(kind) :] for kind in KINDS if lowered.startswith(kind)), name)


def _province(name: str) -> str:
    folded = fold(name)
    return next((folded.removeprefix(place) for place in PLACES if folded.startswith(place)), folded)
