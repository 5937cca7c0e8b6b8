"""Names of provinces and cities, since 1 July 2025 (Nghị quyết 202/2025/QH15) and before."""

from extraction.folding import fold

PROVINCES: tuple[str, ...] = (
    *("An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai"),
    *("Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Hồ Chí Minh", "Huế", "Hưng Yên", "Khánh Hòa"),
    *("Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh"),
    *("Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Tuyên Quang", "Vĩnh Long"),
)
FORMER_PROVINCES: tuple[str, ...] = (  # merged into others; older papers carry them
    *("Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bến Tre", "Bình Dương", "Bình Định", "Bình Phước"),
    *("Bình Thuận", "Đắk Nông", "Hà Giang", "Hà Nam", "Hải Dương", "Hậu Giang", "Hòa Bình", "Kiên Giang", "Kon Tum"),
    *("Long An", "Nam Định", "Ninh Thuận", "Phú Yên", "Quảng Bình", "Quảng Nam", "Sóc Trăng", "Thái Bình"),
    *("Thừa Thiên Huế", "Tiền Giang", "Trà Vinh", "Vĩnh Phúc", "Yên Bái"),
)
BY_FOLDED: dict[str, str] = {fold(name): name for name in (*PROVINCES, *FORMER_PROVINCES)}


def known_province(name: str) -> str | None:
    """The name as it is written, whatever tone marks or capitals were lost; None if there is no such province."""
    return BY_FOLDED.get(fold(name))
