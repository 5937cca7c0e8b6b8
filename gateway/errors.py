"""What can go wrong at the door."""

from infra.errors import Forbidden, PipelineError, Unavailable


class TooManyAttempts(PipelineError):
    """Too many requests or wrong passwords from one place; trying again after `wait_seconds` helps."""

    retriable = True

    def __init__(self, message: str, wait_seconds: int) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds
        self.members = {"retry_after_seconds": wait_seconds}  # extension member of the problem details


class ForeignForm(Forbidden):
    """A form or request that this session did not make."""

    def __init__(self) -> None:
        super().__init__(
            "Biểu mẫu này không thuộc phiên làm việc của bạn hoặc đã cũ, nên chưa có gì được thay đổi. "
            "Hãy quay lại trang trước, tải lại trang rồi gửi lại."
        )


class ServiceSilent(Unavailable):
    """A service behind the gateway does not answer."""

    def __init__(self, service: str) -> None:
        names = {
            "intake": "tiếp nhận hồ sơ",
            "extraction": "đọc hồ sơ",
            "scoring": "chấm điểm",
            "certificates": "giấy chứng nhận",
        }
        super().__init__(
            f"Bộ phận {names.get(service, service)} hiện không trả lời. Dữ liệu đã gửi vẫn được giữ. Hãy thử lại sau "
            "ít phút; nếu vẫn lỗi, báo người vận hành xem trang Vận hành."
        )
