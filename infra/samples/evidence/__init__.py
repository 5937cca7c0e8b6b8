"""The evidence papers of a dossier, one maker for each of the fifteen kinds of Mẫu số 02's evidence table."""

from collections.abc import Callable
from random import Random

from infra.samples.evidence import permits, trade
from infra.samples.evidence.trade import minutes, ocop_certificate
from infra.samples.fiction import Story
from infra.samples.papers import Paper, here

__all__ = ["EVIDENCE", "cover", "minutes", "ocop_certificate", "separator"]

Make = Callable[[Story, Random], Paper]

EVIDENCE: dict[str, Make] = {
    "business-registration": permits.business_registration,
    "production-eligibility": permits.production_eligibility,
    "material-origin": trade.material_origin,
    "environment": permits.environment,
    "local-labour": trade.local_labour,
    "business-growth": trade.business_growth,
    "intellectual-property": permits.intellectual_property,
    "market": trade.market,
    "promotion": trade.promotion,
    "story": trade.story_paper,
    "quality-declaration": permits.quality_declaration,
    "test-report": permits.test_report,
    "barcode-traceability": permits.barcode_traceability,
    "quality-system": permits.quality_system,
    "award": trade.award,
}  # in the order of Mẫu số 02's evidence table

TITLES = {
    "business-registration": "Giấy đăng ký kinh doanh",
    "production-eligibility": "Giấy chứng nhận cơ sở đủ điều kiện sản xuất",
    "material-origin": "Nguồn gốc nguyên liệu, vùng nguyên liệu, liên kết chuỗi",
    "environment": "Bảo vệ môi trường, công nghệ bền vững",
    "local-labour": "Sử dụng lao động địa phương",
    "business-growth": "Tăng trưởng sản xuất kinh doanh",
    "intellectual-property": "Sở hữu trí tuệ",
    "market": "Phát triển thị trường, xúc tiến thương mại",
    "promotion": "Quảng bá sản phẩm",
    "story": "Câu chuyện về sản phẩm",
    "quality-declaration": "Công bố chất lượng sản phẩm",
    "test-report": "Phiếu kết quả kiểm nghiệm",
    "barcode-traceability": "Mã số mã vạch, tem truy xuất nguồn gốc",
    "quality-system": "Hệ thống quản lý chất lượng tiên tiến",
    "award": "Giải thưởng, bình chọn",
}


def cover(story: Story) -> Paper:
    return {
        "form": "cover",
        "kind": "cover",
        "framed": True,
        "frame": "#333333",
        "year": str(story.submitted.year),
        "product": story.product.name,
        "applicant": story.applicant.name,
        "place": f"{here(story, story.submitted)}",
    }


def separator(number: int, kind: str) -> Paper:
    return {
        "form": "separator",
        "kind": "separator",
        "title": f"PHỤ LỤC {number:02d}",
        "subtitle": f"Minh chứng: {TITLES[kind]}",
    }
