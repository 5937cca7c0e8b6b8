"""What can go wrong with certificates, in words for the person concerned."""

from infra.errors import BadInput, Conflict, NotFound, Unavailable


class NoCertificate(BadInput):
    """Results under three stars lead to no decision and no certificate (QĐ 26/2026/QĐ-TTg Art. 4)."""

    def __init__(self, stars: int) -> None:
        super().__init__(
            f"Kết quả {stars} sao không được cấp giấy chứng nhận (chỉ từ 3 sao). "
            "Gửi thông báo kết quả bằng văn bản cho chủ thể."
        )


class WrongAuthority(BadInput):
    def __init__(self, stars: int, level: str) -> None:
        super().__init__(
            f"Cấp {level} không có thẩm quyền cấp giấy chứng nhận {stars} sao: 3 và 4 sao do Chủ tịch UBND tỉnh cấp, "
            "5 sao do Bộ trưởng Bộ Nông nghiệp và Môi trường cấp (QĐ 26/2026/QĐ-TTg, Điều 4)."
        )


class UnknownCertificate(NotFound):
    def __init__(self, number: str) -> None:
        super().__init__(f"Không có giấy chứng nhận số {number[:60]}. Kiểm tra lại số in trên giấy chứng nhận.")


class NotRated(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "Lần đánh giá này chưa có kết quả để cấp giấy chứng nhận. Đợi thư ký hội đồng kết thúc đánh giá."
        )


class AlreadyIssued(Conflict):
    def __init__(self, number: str) -> None:
        super().__init__(f"Lần đánh giá này đã được cấp giấy chứng nhận số {number}.")


class AlreadyRevoked(Conflict):
    def __init__(self, number: str) -> None:
        super().__init__(f"Giấy chứng nhận số {number} đã bị thu hồi trước đó.")


class KeyUnusable(Unavailable):
    """The signing key cannot be opened; certificates wait until it can."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"Không mở được khóa ký {place}. Kiểm tra đường dẫn và mật khẩu trong CERTIFICATES_PKCS12 và "
            "CERTIFICATES_PKCS12_PASSWORD; giấy chứng nhận đang chờ sẽ được ký khi khóa dùng được."
        )
