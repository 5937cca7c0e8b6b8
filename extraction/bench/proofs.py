"""Which pages prove which criterion: the truth, from the rulebook's evidence names and the kinds of the pages. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence

from extraction.readings import EVIDENCE_KINDS, EvidenceLink
from infra.samples import DossierTruth

# The fifteen rows of Mẫu số 02's evidence table (QĐ 26/2026), by how each begins, in the order of EVIDENCE_KINDS.
ROWS = (
    "Giấy đăng ký kinh doanh",
    "Giấy chứng nhận cơ sở đủ điều kiện sản xuất",
    "Nguồn gốc nguyên liệu",
    "Bảo vệ môi trường",
    "Sử dụng lao động",
    "Tăng trưởng sản xuất kinh doanh",
    "Sở hữu trí tuệ",
    "Phát triển thị trường",
    "Quảng bá sản phẩm",
    "Câu chuyện",
    "Công bố chất lượng",
    "Phiếu kết quả kiểm nghiệm",
    "Mã số mã vạch",
    "Hệ thống quản lý chất lượng",
    "Giải thưởng",
)


def kinds_proving(names: Sequence[str]) -> frozenset[str]:
    """The kinds of paper that these evidence names of the rulebook ask for."""
    return frozenset(
        kind.value
        for row, kind in zip(ROWS, EVIDENCE_KINDS, strict=True)
        if any(name.startswith(row) for name in names)
    )


def true_pairs(truth: DossierTruth, evidence: Mapping[str, Sequence[str]]) -> set[tuple[str, int]]:
    """(criterion, page) for each page whose kind the criterion's evidence names ask for."""
    return {
        (code, page.number)
        for code, names in evidence.items()
        for page in truth.pages
        if page.kind in kinds_proving(names)
    }


def count_proofs(
    truth: DossierTruth, evidence: Mapping[str, Sequence[str]], links: Sequence[EvidenceLink]
) -> dict[str, Counter[str]]:
    """By page kind: pairs there are, pairs proposed, pairs proposed rightly; criteria without named evidence are left
    out, since the rulebook does not say what would prove them."""
    expected = true_pairs(truth, evidence)
    proposed = {(link.code, page) for link in links for page in link.pages if evidence.get(link.code)}
    kinds = {page.number: page.kind for page in truth.pages}
    found: dict[str, Counter[str]] = {}
    for code, page in expected | proposed:
        pair = (code, page)
        found.setdefault(kinds.get(page, "other"), Counter()).update(
            proofs=pair in expected, proofs_proposed=pair in proposed, proofs_right=pair in expected & proposed
        )
    return found
