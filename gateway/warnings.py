"""What the people working on a dossier should look at, in their words."""

from collections.abc import Iterable
from uuid import UUID

from gateway.status import DossierStatus, Status


def warnings_of(dossier: DossierStatus, same_bytes_in: Iterable[UUID]) -> list[str]:
    """Sentences for the office, the most urgent first."""
    found = []
    if dossier.status is Status.FAILED and dossier.reason:
        found.append(dossier.reason)
    if dossier.status is Status.RULEBOOK_UNKNOWN:
        found.append(f"{dossier.reason or ''} Thư ký hãy chọn bộ tiêu chí để lập phiếu chấm.".strip())
    if dossier.quarantined:
        pages = ", ".join(str(each.page) for each in dossier.quarantined[:20])
        found.append(
            f"{len(dossier.quarantined)} trang không đọc được (trang {pages}). Phần còn lại vẫn được xử lý; hãy xem lý "
            "do ở từng trang, quét lại các trang ấy và đối chiếu bằng mắt."
        )
    found += [
        f"Hồ sơ {other} có tệp giống hệt hồ sơ này. Hãy kiểm tra xem có nộp trùng không." for other in same_bytes_in
    ]
    return found
