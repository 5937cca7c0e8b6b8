"""What businesses are called by law before their own names, so that a mark lost on the scan is put right there."""

from extraction.folding import fold

LEGAL_FORMS = (  # Luật Doanh nghiệp 59/2020/QH14, Luật Hợp tác xã 17/2023/QH15, Nghị định 168/2025/NĐ-CP on households
    "Doanh nghiệp tư nhân",
    "Công ty cổ phần",
    "Công ty TNHH",
    "Liên hiệp hợp tác xã",
    "Hợp tác xã",
    "Tổ hợp tác",
    "Hộ kinh doanh",
    "Hộ gia đình",
    "Trang trại",
)
BY_WORDS = tuple((fold(form).split(), form) for form in LEGAL_FORMS)


def with_known_words(name: str) -> str:
    """“Hô kinh doanh Mẫu” → “Hộ kinh doanh Mẫu”: the legal form with its own marks; capitals stay as they are."""
    words = name.split(" ")
    for folded, form in BY_WORDS:
        begun = words[: len(folded)]
        if [fold(word) for word in begun] == folded:
            own = [_cased(word, known) for word, known in zip(begun, form.split(), strict=True)]
            return " ".join([*own, *words[len(folded) :]])
    return name


def _cased(read: str, known: str) -> str:
    behind = read[len(read.rstrip(".,;:")) :]
    bare = read.removesuffix(behind) if behind else read
    if bare.lower() == known.lower():
        return read
    cased = known.upper() if bare.isupper() else known.capitalize() if bare[:1].isupper() else known.lower()
    return f"{known if known.isupper() else cased}{behind}"
