"""What can go wrong at the counter, in words for the clerk."""

from collections.abc import Sequence

from infra.errors import BadInput, Conflict, NotFound, TooLarge


class RefusedUpload(BadInput):
    """One or more files cannot be used, so the dossier is not taken in. `members` names them for programs."""

    def __init__(self, refusals: Sequence[tuple[str, str]]) -> None:
        lines = " ".join(f"«{name}»: {reason}" for name, reason in refusals)
        super().__init__(f"Hồ sơ chưa được nhận vì có {len(refusals)} tệp không dùng được. {lines}")
        self.members = {"files": [{"name": name, "reason": reason} for name, reason in refusals]}


class NothingUploaded(BadInput):
    def __init__(self) -> None:
        super().__init__("Chưa chọn tệp nào. Chọn một hoặc nhiều tệp PDF, JPEG, PNG hoặc TIFF rồi nộp lại.")


class TooManyFiles(TooLarge):
    def __init__(self, files: int, limit: int) -> None:
        super().__init__(f"Nộp {files} tệp một lần, nhiều hơn giới hạn {limit} tệp. Hãy gộp các tệp rồi nộp lại.")


class FileTooLarge(TooLarge):
    def __init__(self, size_mb: int, limit_mb: int) -> None:
        super().__init__(
            f"Tệp nặng {size_mb} MB, hơn giới hạn {limit_mb} MB. "
            "Hãy quét ở 300 dpi, nén JPEG, hoặc tách tệp rồi nộp lại."
        )


class DossierTooLong(TooLarge):
    def __init__(self, pages: int, limit: int) -> None:
        super().__init__(
            f"Hồ sơ có {pages} trang, nhiều hơn giới hạn {limit} trang. Hãy bỏ các trang thừa hoặc nhờ quản trị viên "
            "nâng giới hạn INTAKE_MAX_PAGES."
        )


class UnknownDossier(NotFound):
    def __init__(self) -> None:
        super().__init__("Không tìm thấy hồ sơ này. Kiểm tra lại mã hồ sơ trong danh sách.")


class UnknownFile(NotFound):
    def __init__(self) -> None:
        super().__init__("Hồ sơ không có tệp số này.")


class UnknownFileLeftOut(BadInput):
    def __init__(self, numbers: Sequence[int]) -> None:
        listed = ", ".join(map(str, numbers))
        super().__init__(f"Hồ sơ không có tệp số {listed} để bỏ. Xem lại số thứ tự trong danh sách tệp gốc.")


class NothingLeft(BadInput):
    def __init__(self) -> None:
        super().__init__(
            "Phiên bản mới không còn tệp nào. Giữ lại ít nhất một tệp, nộp tệp thay thế, hoặc rút hồ sơ nếu không nộp "
            "nữa."
        )


class CouncilAtWork(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Hội đồng đã mở phiên đánh giá hồ sơ này nên không bổ sung được nữa. Hãy rút hồ sơ rồi nộp lại từ đầu, "
            "hoặc trao đổi với thư ký hội đồng."
        )


class AnotherVersionCame(Conflict):
    def __init__(self) -> None:
        super().__init__("Có người vừa nộp một phiên bản khác của hồ sơ này. Mở lại trang hồ sơ, xem rồi bổ sung lại.")


class AlreadyWithdrawn(Conflict):
    def __init__(self) -> None:
        super().__init__("Hồ sơ này đã được rút trước đó.")


class KeyUsedForOtherFiles(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Khóa Idempotency-Key này đã dùng cho một lần nộp khác có nội dung khác. Dùng khóa mới cho hồ sơ mới."
        )
