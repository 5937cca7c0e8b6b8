"""What can go wrong with score sheets and councils, in words for the office."""

from collections.abc import Iterable, Sequence

from infra.errors import BadInput, Conflict, Forbidden, NotFound, PipelineError


class UnknownRulebook(NotFound):
    def __init__(self, decision: str, set_no: int) -> None:
        super().__init__(
            f"Không có bộ tiêu chí số {set_no} của {decision} trong hệ thống. "
            "Xem danh sách bộ tiêu chí rồi chọn lại quyết định và số bộ."
        )


class UnusableRulebook(Conflict):
    def __init__(self, name: str, flaws: Sequence[str]) -> None:
        super().__init__(
            f"Bộ tiêu chí «{name}» chưa dùng để chấm được: {'; '.join(flaws)}. "
            "Đối chiếu với văn bản gốc và sửa bảng tiêu chí, hoặc chọn bộ khác."
        )


class NoScoreSheet(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ này chưa có phiếu chấm. Nếu vừa nộp, đợi đọc xong rồi mở lại; nếu hệ thống báo không nhận ra bộ "
            "tiêu chí, nhờ thư ký chọn bộ tiêu chí cho hồ sơ."
        )


class NotExtracted(NotFound):
    def __init__(self) -> None:
        super().__init__("Hồ sơ này chưa đọc xong nên chưa lập được phiếu chấm. Đợi vài phút rồi thử lại.")


class DossierIsWithdrawn(Conflict):
    def __init__(self) -> None:
        super().__init__("Chủ thể đã rút hồ sơ này nên không chấm nữa. Nếu rút nhầm, nộp lại hồ sơ.")


class BadBallot(BadInput):
    """`members` names the rows for programs."""

    def __init__(self, problems: Sequence[str], rows: Iterable[str]) -> None:
        super().__init__(f"Phiếu chưa nộp được: {' '.join(problems)} Sửa các mục này rồi nộp lại.")
        self.members = {"rows": list(rows)}


class BadCouncil(BadInput):
    def __init__(self, problem: str) -> None:
        super().__init__(f"Chưa lập được hội đồng: {problem}")


class BallotIsSealed(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Phiếu của bạn đã niêm phong, không thay được. Chỉ khi hội đồng phải chấm lại, phiếu mới mở lại."
        )


class NotOnCouncil(Forbidden):
    def __init__(self) -> None:
        super().__init__("Bạn không thuộc hội đồng của phiên này. Nhờ thư ký kiểm tra danh sách thành viên.")


class ChairDoesNotVote(Forbidden):
    def __init__(self) -> None:
        super().__init__("Theo quy chế của hội đồng này, chủ tịch không chấm điểm.")


class UnknownAssessment(NotFound):
    def __init__(self) -> None:
        super().__init__("Không tìm thấy phiên đánh giá này. Kiểm tra lại trong danh sách phiên đánh giá.")


class AssessmentExists(Conflict):
    """`members` carries the assessment's id for programs."""

    def __init__(self, assessment_id: str) -> None:
        super().__init__("Hồ sơ này đã có phiên đánh giá ở cấp này. Dùng phiên đã mở, không mở thêm phiên thứ hai.")
        self.members = {"assessment_id": assessment_id}


class AssessmentIsClosed(Conflict):
    def __init__(self) -> None:
        super().__init__("Phiên đánh giá đã kết thúc, không nhận thêm phiếu. Xem kết quả ở trang phiên đánh giá.")


class CouncilAtWork(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Hội đồng đang chấm hồ sơ này theo phiếu đã lập nên không đổi bộ tiêu chí được nữa. "
            "Kết thúc phiên đánh giá trước."
        )


class NotForwarded(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Chỉ mở phiên cấp trung ương cho hồ sơ mà hội đồng cấp tỉnh đã đề nghị 5 sao (từ 90 điểm, đạt mọi mức sao "
            "tối thiểu). Hãy hoàn tất đánh giá cấp tỉnh trước."
        )


class NoQuorum(Conflict):
    """`members` counts for programs."""

    def __init__(self, ballots: int, needed: int, *, chair_missing: bool) -> None:
        chair = " và phải có phiếu của chủ tịch hội đồng" if chair_missing else ""
        super().__init__(
            f"Chưa đủ phiếu để kết thúc: đã có {ballots} phiếu, cần ít nhất {needed} phiếu{chair}. "
            "Nhắc các thành viên còn lại nộp phiếu rồi kết thúc lại."
        )
        self.members = {"ballots": ballots, "needed": needed, "chair_missing": chair_missing}


class SpreadTooWide(Conflict):
    """Tells nobody any score: members must not be swayed. `members` carries the round that begins."""

    def __init__(self, limit: str, next_round: int) -> None:
        super().__init__(
            f"Điểm của các thành viên chênh nhau quá {limit} điểm, vượt mức quy chế cho phép. Hội đồng thảo luận rồi "
            f"từng thành viên chấm lại (lượt {next_round}); phiếu đã mở lại cho mọi thành viên."
        )
        self.members = {"round": next_round, "rescoring": True}


class BrokenSeal(PipelineError):
    """A stored ballot no longer hashes to its seal."""

    def __init__(self, member: str) -> None:
        super().__init__(
            f"Phiếu của {member} không còn khớp dấu niêm phong: dữ liệu đã bị thay đổi. Không dùng kết quả này; "
            "báo quản trị viên khôi phục từ bản sao lưu."
        )


class UnreadableExtraction(BadInput):
    def __init__(self) -> None:
        super().__init__("Kết quả đọc hồ sơ không đúng khuôn dạng nên chưa lập được phiếu chấm. Đọc lại hồ sơ này.")
