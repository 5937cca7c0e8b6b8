"""What things are called on the pages. Vietnamese here; `english.yaml` holds the other language."""

from gateway.status import Status

STATUS = {
    Status.RECEIVED: "Đã tiếp nhận",
    Status.READING: "Đang đọc",
    Status.PARTIAL: "Đọc thiếu trang",
    Status.READ: "Đã đọc xong",
    Status.RULEBOOK_UNKNOWN: "Chờ chọn bộ tiêu chí",
    Status.SHEET_PREPARED: "Phiếu chấm sẵn sàng",
    Status.ASSESSING: "Hội đồng đang chấm",
    Status.RESCORING: "Hội đồng chấm lại",
    Status.RATED: "Đã phân hạng",
    Status.DISQUALIFIED: "Bị loại",
    Status.FORWARDED: "Đã chuyển cấp trên",
    Status.CERTIFIED: "Đã cấp giấy chứng nhận",
    Status.REVOKED: "Đã thu hồi giấy chứng nhận",
    Status.FAILED: "Không đọc được",
    Status.WITHDRAWN: "Đã rút hồ sơ",
}

STEPS = ("Tiếp nhận", "Đọc hồ sơ", "Phiếu chấm", "Hội đồng", "Chứng nhận")
STEP_OF = {  # how many steps are behind, for the track on a dossier's page
    Status.RECEIVED: 1,
    Status.READING: 1,
    Status.FAILED: 1,
    Status.WITHDRAWN: 1,
    Status.PARTIAL: 2,
    Status.READ: 2,
    Status.RULEBOOK_UNKNOWN: 2,
    Status.SHEET_PREPARED: 3,
    Status.ASSESSING: 3,
    Status.RESCORING: 3,
    Status.RATED: 4,
    Status.DISQUALIFIED: 4,
    Status.FORWARDED: 4,
    Status.CERTIFIED: 5,
    Status.REVOKED: 5,
}

ROLE = {
    "clerk": "Cán bộ tiếp nhận",
    "member": "Thành viên hội đồng",
    "secretary": "Thư ký hội đồng",
    "certifier": "Người cấp giấy chứng nhận",
    "operator": "Người vận hành",
    "administrator": "Quản trị viên",
}

EVENT = {
    "dossier.received.v1": "Tiếp nhận hồ sơ",
    "dossier.withdrawn.v1": "Rút hồ sơ",
    "pages.read.v1": "Đọc các trang",
    "page.quarantined.v1": "Có trang không đọc được",
    "dossier.extracted.v1": "Đọc xong toàn bộ hồ sơ",
    "dossier.extraction-failed.v1": "Không đọc được hồ sơ",
    "score-sheet.prepared.v1": "Lập phiếu chấm",
    "score-sheet.rulebook-unknown.v1": "Chưa rõ bộ tiêu chí",
    "assessment.opened.v1": "Mở phiên đánh giá",
    "ballot.sealed.v1": "Nhận phiếu niêm phong",
    "assessment.rescoring-requested.v1": "Yêu cầu chấm lại",
    "assessment.closed.v1": "Kết thúc phiên đánh giá",
    "product.rated.v1": "Phân hạng sản phẩm",
    "dossier.forwarded.v1": "Chuyển hồ sơ lên trung ương",
    "certificate.issued.v1": "Cấp giấy chứng nhận",
    "certificate.revoked.v1": "Thu hồi giấy chứng nhận",
}

PAGE_KIND = {
    "registration-form": "Mẫu 01 – Phiếu đăng ký",
    "self-assessment": "Mẫu 02 – Báo cáo tự đánh giá",
    "commune-report": "Mẫu 03 – Báo cáo của UBND cấp xã",
    "score-sheet": "Phụ lục II – Bảng tiêu chí",
    "business-registration": "Đăng ký kinh doanh",
    "production-eligibility": "Điều kiện sản xuất, an toàn thực phẩm",
    "material-origin": "Nguồn gốc nguyên liệu",
    "environment": "Bảo vệ môi trường",
    "local-labour": "Lao động địa phương",
    "business-growth": "Kết quả kinh doanh",
    "intellectual-property": "Sở hữu trí tuệ",
    "market": "Thị trường",
    "promotion": "Quảng bá",
    "story": "Câu chuyện sản phẩm",
    "quality-declaration": "Công bố chất lượng",
    "test-report": "Phiếu kiểm nghiệm",
    "barcode-traceability": "Mã vạch, truy xuất nguồn gốc",
    "quality-system": "Hệ thống quản lý chất lượng",
    "award": "Giải thưởng",
    "ocop-certificate": "Giấy chứng nhận OCOP",
    "cover": "Bìa",
    "separator": "Tờ ngăn",
    "blank": "Trang trắng",
    "other": "Khác",
}

PAGE_SOURCE = {
    "text-layer": "Chữ có sẵn trong tệp",
    "ocr": "Đọc từ ảnh quét",
    "blank": "Trang trắng",
    "quarantined": "Không đọc được",
}

FIELD = {
    "applicant.name": "Chủ thể",
    "applicant.address": "Địa chỉ",
    "applicant.phone": "Điện thoại",
    "applicant.email": "Email",
    "applicant.organisation_type": "Loại hình tổ chức",
    "representative.name": "Người đại diện",
    "representative.position": "Chức vụ",
    "representative.gender": "Giới tính",
    "representative.ethnicity": "Dân tộc",
    "representative.address": "Địa chỉ thường trú",
    "product.name": "Tên sản phẩm",
    "product.sector": "Ngành",
    "product.group": "Nhóm",
    "product.subgroup": "Phân nhóm",
    "product.code": "Mã số sản phẩm",
    "submission.kind": "Lần đăng ký",
    "province": "Tỉnh",
    "commune.name": "Xã",
    "year": "Năm",
    "registration.number": "Số phiếu đăng ký",
    "registration.date": "Ngày đăng ký",
    "declared.business_registration": "Khai: đăng ký kinh doanh",
    "declared.quality_declaration": "Khai: công bố chất lượng",
    "declared.food_safety": "Khai: an toàn thực phẩm",
    "declared.production_conditions": "Khai: điều kiện sản xuất",
    "declared.intellectual_property": "Khai: sở hữu trí tuệ",
    "commune.local_materials": "Xã: nguyên liệu địa phương",
    "commune.local_labour": "Xã: lao động địa phương",
    "commune.idea_origin": "Xã: nguồn gốc ý tưởng",
    "commune.local_identity": "Xã: bản sắc địa phương",
    "evidence.number": "Số giấy",
    "evidence.issuer": "Nơi cấp",
    "evidence.holder": "Cấp cho",
    "evidence.product": "Sản phẩm ghi trên giấy",
    "evidence.issued": "Ngày cấp",
    "evidence.valid_until": "Có giá trị đến",
}

STAGE = {
    "reading": "Đọc hồ sơ",
    "score_sheet": "Lập phiếu chấm",
    "council": "Hội đồng chấm",
    "certificate": "Cấp giấy chứng nhận",
}

SERVICE = {
    "intake": "Tiếp nhận",
    "extraction": "Đọc hồ sơ",
    "scoring": "Chấm điểm",
    "certificates": "Giấy chứng nhận",
    "gateway": "Cổng",
}

CERTIFICATE = {"valid": "còn hiệu lực", "expired": "hết hạn", "revoked": "đã thu hồi"}

GROUND = {  # QĐ 26/2026/QĐ-TTg Art. 8
    "a": "Hồ sơ không trung thực hoặc giả mạo",
    "b": "Không còn đáp ứng tiêu chí sau khi kiểm tra",
    "c": "Vi phạm pháp luật về chất lượng, an toàn thực phẩm, môi trường, sở hữu trí tuệ, ghi nhãn hoặc quy định khác",
    "d": "Sử dụng sai mục đích nhãn hiệu, biểu trưng OCOP",
    "đ": "Ngừng sản xuất sản phẩm",
    "e": "Kết luận khác của cơ quan có thẩm quyền",
}

LEVEL = {"province": "Tỉnh", "ministry": "Trung ương"}

ASSESSMENT = {"open": "đang chấm", "rescoring": "chấm lại", "closed": "đã kết thúc"}

VALUE = {"first": "Lần đầu", "upgrade": "Nâng hạng", "reassessment": "Đánh giá lại"}
