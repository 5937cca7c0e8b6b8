"""Names of provinces and cities, since 1 July 2025 (Nghị quyết 202/2025/QH15) and before."""

from rapidfuzz.distance import Levenshtein

from extraction.folding import fold

PROVINCES: tuple[str, ...] = (
    *("An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai"),
    *("Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Hồ Chí Minh", "Huế", "Hưng Yên", "Khánh Hòa"),
    *("Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh"),
    *("Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Tuyên Quang", "Vĩnh Long"),
)
MERGED_INTO: dict[str, str] = {  # what older papers carry → what it is part of now
    "Bà Rịa - Vũng Tàu": "Hồ Chí Minh",
    "Bạc Liêu": "Cà Mau",
    "Bắc Giang": "Bắc Ninh",
    "Bắc Kạn": "Thái Nguyên",
    "Bến Tre": "Vĩnh Long",
    "Bình Dương": "Hồ Chí Minh",
    "Bình Định": "Gia Lai",
    "Bình Phước": "Đồng Nai",
    "Bình Thuận": "Lâm Đồng",
    "Đắk Nông": "Lâm Đồng",
    "Hà Giang": "Tuyên Quang",
    "Hà Nam": "Ninh Bình",
    "Hải Dương": "Hải Phòng",
    "Hậu Giang": "Cần Thơ",
    "Hòa Bình": "Phú Thọ",
    "Kiên Giang": "An Giang",
    "Kon Tum": "Quảng Ngãi",
    "Long An": "Tây Ninh",
    "Nam Định": "Ninh Bình",
    "Ninh Thuận": "Khánh Hòa",
    "Phú Yên": "Đắk Lắk",
    "Quảng Bình": "Quảng Trị",
    "Quảng Nam": "Đà Nẵng",
    "Sóc Trăng": "Cần Thơ",
    "Thái Bình": "Hưng Yên",
    "Thừa Thiên Huế": "Huế",
    "Tiền Giang": "Đồng Tháp",
    "Trà Vinh": "Vĩnh Long",
    "Vĩnh Phúc": "Phú Thọ",
    "Yên Bái": "Lào Cai",
}
MERGED_FROM_YEAR = 2026  # the first whole year of the new provinces
BY_FOLDED: dict[str, str] = {fold(name): name for name in (*PROVINCES, *MERGED_INTO)}
LEAST_LETTERS = 5  # shorter names are too near to each other


def known_province(name: str) -> str | None:
    """The name as it is written, whatever tone marks or capitals were lost; None if there is no such province."""
    return BY_FOLDED.get(fold(name))


def begins_province(name: str) -> bool:
    """Whether the words are but the beginning of a province's name: “An”, “Bà Rịa -”."""
    begun = fold(name)
    return begun not in BY_FOLDED and any(known.startswith(f"{begun} ") for known in BY_FOLDED)


def near_province(name: str) -> str | None:
    """The only province whose name differs in one letter; None if there is none, or are several."""
    folded = fold(name)
    near = [known for each, known in BY_FOLDED.items() if Levenshtein.distance(each, folded, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 and len(folded) >= LEAST_LETTERS else None


def merged_complaint(name: str, year: int) -> str | None:
    """That a round of this year cannot be held in a province that is no more."""
    now = MERGED_INTO.get(name)
    if now is None or year < MERGED_FROM_YEAR:
        return None
    return f"{name} đã sáp nhập, từ 01/7/2025 là {now}; kiểm tra lại nơi đánh giá."
