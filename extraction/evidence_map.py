"""Which pages may prove which criterion: the papers that Mẫu số 02 names, matched to the kinds of the pages."""

from collections.abc import Mapping, Sequence

from extraction.folding import fold
from extraction.forms import PrintedTable
from extraction.readings import EVIDENCE_KINDS, EvidenceLink, PageKind, PageReading

EVIDENCE_NAMES: dict[str, tuple[PageKind, ...]] = {  # Mẫu số 02's evidence names, folded beginnings → kinds of paper
    "giay dang ky kinh doanh": (PageKind.BUSINESS_REGISTRATION,),
    "giay chung nhan co so du dieu kien": (PageKind.PRODUCTION_ELIGIBILITY,),
    "nguon goc nguyen lieu": (PageKind.MATERIAL_ORIGIN,),
    "bao ve moi truong": (PageKind.ENVIRONMENT,),
    "su dung lao dong": (PageKind.LOCAL_LABOUR,),
    "tang truong san xuat": (PageKind.BUSINESS_GROWTH,),
    "so huu tri tue": (PageKind.INTELLECTUAL_PROPERTY,),
    "phat trien thi truong": (PageKind.MARKET,),
    "quang ba san pham": (PageKind.PROMOTION,),
    "cau chuyen": (PageKind.STORY,),
    "cong bo chat luong": (PageKind.QUALITY_DECLARATION,),
    "phieu ket qua": (PageKind.TEST_REPORT,),
    "ma so ma vach": (PageKind.BARCODE_TRACEABILITY,),
    "he thong quan ly": (PageKind.QUALITY_SYSTEM,),
    "giai thuong": (PageKind.AWARD,),
}

KIND_NAMES: dict[PageKind, str] = {
    PageKind.BUSINESS_REGISTRATION: "giấy đăng ký kinh doanh",
    PageKind.PRODUCTION_ELIGIBILITY: "giấy chứng nhận cơ sở đủ điều kiện sản xuất",
    PageKind.MATERIAL_ORIGIN: "giấy tờ về nguồn gốc nguyên liệu",
    PageKind.ENVIRONMENT: "hồ sơ bảo vệ môi trường",
    PageKind.LOCAL_LABOUR: "danh sách lao động",
    PageKind.BUSINESS_GROWTH: "báo cáo tăng trưởng kinh doanh",
    PageKind.INTELLECTUAL_PROPERTY: "văn bằng sở hữu trí tuệ",
    PageKind.MARKET: "hợp đồng, chứng từ thị trường",
    PageKind.PROMOTION: "tài liệu quảng bá",
    PageKind.STORY: "câu chuyện sản phẩm",
    PageKind.QUALITY_DECLARATION: "bản công bố chất lượng",
    PageKind.TEST_REPORT: "phiếu kết quả kiểm nghiệm",
    PageKind.BARCODE_TRACEABILITY: "mã số mã vạch, truy xuất nguồn gốc",
    PageKind.QUALITY_SYSTEM: "chứng nhận hệ thống quản lý chất lượng",
    PageKind.AWARD: "giải thưởng, bình chọn",
}

BY_TITLE: tuple[tuple[str, tuple[PageKind, ...]], ...] = (  # rows whose evidence the rulebook does not name
    ("loai hinh to chuc", (PageKind.BUSINESS_REGISTRATION,)),
    ("dai dien phap luat", (PageKind.BUSINESS_REGISTRATION,)),
    ("cau chuyen", (PageKind.STORY,)),
    ("tri tue ban sac", (PageKind.STORY,)),
    ("nang luc san xuat", (PageKind.BUSINESS_GROWTH, PageKind.MARKET)),
    ("cong bo chat luong", (PageKind.QUALITY_DECLARATION, PageKind.TEST_REPORT)),
)


def evidence_map(
    pages: Sequence[PageReading], table: PrintedTable, remarks: Mapping[int, str] | None = None
) -> tuple[EvidenceLink, ...]:
    """For each scorable criterion the pages whose kind of paper can prove it (names of Mẫu số 02, matched to kinds).

    `remarks`: what speaks against the paper on a page, told to the council beside the page's number.
    """
    by_kind: dict[PageKind, list[int]] = {}
    for page in pages:
        if page.kind in EVIDENCE_KINDS:
            by_kind.setdefault(page.kind, []).append(page.number)
    links = []
    for criterion in table.criteria:
        if not criterion.scorable:
            continue
        wanted = _kinds_for(criterion.folded, criterion.evidence)
        present = {kind: by_kind[kind] for kind in wanted if kind in by_kind}
        numbers = sorted({number for found in present.values() for number in found})
        reason = _reason(wanted, present)
        said = [f"Trang {number}: {remarks[number]}" for number in numbers if remarks and number in remarks]
        links.append(EvidenceLink(code=criterion.code, pages=tuple(numbers), reason=" ".join([reason, *said])))
    return tuple(links)


def _kinds_for(title: str, names: Sequence[str]) -> tuple[PageKind, ...]:
    kinds: list[PageKind] = []
    for name in names:
        folded = fold(name)
        for start, proving in EVIDENCE_NAMES.items():
            if folded.startswith(start):
                kinds += proving
    if not kinds:
        kinds = [kind for start, proving in BY_TITLE if title.startswith(start) for kind in proving]
    return tuple(dict.fromkeys(kinds))


def _reason(wanted: Sequence[PageKind], present: Mapping[PageKind, Sequence[int]]) -> str:
    if not wanted:
        return "Tiêu chí này không cần giấy tờ minh chứng riêng; xem sản phẩm mẫu và báo cáo."
    if not present:
        return f"Chưa thấy minh chứng: cần {', '.join(KIND_NAMES[kind] for kind in wanted)}."
    there = f"Có {', '.join(f'{KIND_NAMES[kind]} (trang {_ranges(pages)})' for kind, pages in present.items())}."
    absent = [KIND_NAMES[kind] for kind in wanted if kind not in present]
    return f"{there} Chưa thấy {', '.join(absent)}." if absent else there


def _ranges(numbers: Sequence[int]) -> str:
    """`12–14, 20`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
