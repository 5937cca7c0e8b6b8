"""The four forms of a dossier as data for the templates in `forms/`: what is printed, what is filled in.

Labels and their order: QĐ 26/2026/QĐ-TTg, Phụ lục II and III, as told in the domain notes.
"""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from infra.samples.criteria import Claim, CriteriaTable, Criterion
from infra.samples.fiction import Story

Paper = dict[str, Any]  # Any: what JSON can hold; the templates give it meaning
KINDS = (("first", "Lần đầu"), ("upgrade", "Nâng hạng"), ("reassessment", "Đánh giá lại"))


def filled(name: str, raw: str, value: str | bool | None = None) -> dict[str, str | bool]:
    """A value whose place on the page is remembered; `value` where it differs from what is printed."""
    return {"f": name, "raw": raw, "value": raw if value is None else value}


def day(when: date) -> str:
    return f"{when.day:02d}/{when.month:02d}/{when.year}"


def long_day(when: date) -> str:
    return f"ngày {when.day:02d} tháng {when.month:02d} năm {when.year}"


def dated(name: str, when: date, *, long: bool = False) -> dict[str, str | bool]:
    return filled(name, long_day(when) if long else day(when), when.isoformat())


def thousands(number: int) -> str:
    """1234567 as 1.234.567."""
    return f"{number:,}".replace(",", ".")


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def form_name(table: CriteriaTable, number: int) -> str:
    """What the form calls itself in its corner: those of QĐ 148 are Biểu."""
    return f"Biểu số {number:02d}" if table.rulebook.startswith("qd148") else f"Mẫu số {number:02d}"


def tick(rng: Random, ticked: bool, **key: str | int) -> dict[str, Any]:  # Any: JSON
    return {"key": key, "ticked": ticked, "jitter": [round(rng.random(), 3) for _ in range(8)]}


def signing(rng: Random, lines: Sequence[str], name: str, hint: str, stamp: str = "", **more: Any) -> dict[str, Any]:
    """A place to sign; `more`: the line with place and date. Any: JSON."""
    return {"lines": lines, "name": name, "hint": hint, "stamp": stamp, "seed": rng.randint(1, 10**6), **more}


def stamp_of(story: Story) -> str:
    """A household has no stamp."""
    return "" if story.applicant.form == "Hộ kinh doanh" else story.applicant.name


def here(story: Story, when: date) -> str:
    return f"{story.place.commune}, {long_day(when)}"


def sector_lines(table: CriteriaTable) -> list[Any]:
    names = (
        ("Ngành: ", "product.sector", table.sector),
        ("; Nhóm: ", "product.group", table.group),
        ("; Phân nhóm: ", "product.subgroup", table.subgroup),
    )
    return [piece for label, name, raw in names if raw for piece in (label, filled(name, raw))]


def registration(story: Story, table: CriteriaTable, rng: Random) -> Paper:
    """Mẫu số 01."""
    who, place, when = story.applicant, story.place, story.submitted
    number = f"{story.serial:02d}/PĐK-{place.province_code}-{place.commune_code}-{when.year}"
    commune = f"UBND xã {place.commune}"
    offices = [
        {
            "title": "Dành cho UBND cấp xã",
            "number": filled("registration.number", number),
            "received": dated("registration.date", when),
            "clerk": story.clerk.name,
            "signer": "Cơ quan tiếp nhận",
            "stamp": commune,
            "seed": rng.randint(1, 10**6),
        },
        {
            "title": "Dành cho cơ quan quản lý OCOP cấp tỉnh",
            "number": "……-……/PĐK-……-……-……",
            "received": "…………………",
            "clerk": "………………………",
            "signer": "Cơ quan tiếp nhận",
            "stamp": "",
            "seed": None,
        },
    ]
    return {
        "form": "registration",
        "kind": "registration-form",
        "name": form_name(table, 1),
        "unit": who.name,
        "province": filled("province", place.province),
        "year": filled("year", str(when.year)),
        "entries": [
            ("1. Tên đơn vị", filled("applicant.name", who.name)),
            ("Họ tên người đại diện pháp lý", filled("representative.name", who.head.name)),
            ("Chức vụ", filled("representative.position", who.position)),
            ("Địa chỉ liên hệ", filled("applicant.address", who.address)),
            (
                "Điện thoại",
                [
                    filled("applicant.phone", who.phone, digits(who.phone)),
                    "     Email: ",
                    filled("applicant.email", who.email),
                ],
            ),
            ("2. Tên sản phẩm", filled("product.name", story.product.name)),
            ("3. Nhóm sản phẩm đăng ký (1)", sector_lines(table)),
        ],
        "kinds": [
            {"label": label, "tick": tick(rng, kind == story.kind, name=f"submission.kind={kind}")}
            for kind, label in KINDS
        ],
        "attached": [
            ("5. Tài liệu kèm theo: Báo cáo tự đánh giá", "01 bản giấy, 01 bản điện tử"),
            ("Sản phẩm mẫu", "không" if table.set_no == 26 else "05 đơn vị sản phẩm"),
        ],
        "commitment": [
            "Chúng tôi cam kết các thông tin nêu trong phiếu và tài liệu kèm theo là đúng sự thật, sản phẩm "
            "không vi phạm "
            "quyền sở hữu trí tuệ của tổ chức, cá nhân khác và chịu trách nhiệm trước pháp luật về nội dung đã "
            "đăng ký."
        ],
        "sign": signing(rng, ["ĐẠI DIỆN"], who.head.name, "Ký tên, đóng dấu", stamp_of(story), date=here(story, when)),
        "offices": offices,
    }


def self_assessment(
    story: Story, table: CriteriaTable, claims: dict[str, Claim], annexes: dict[str, int], rng: Random
) -> Paper:
    """Mẫu số 02. `annexes`: evidence kind to the number of its annex."""
    who, product, head = story.applicant, story.product, story.applicant.head
    total = sum(claim.points for claim in claims.values())
    return {
        "form": "self-assessment",
        "kind": "self-assessment",
        "name": form_name(table, 2),
        "unit": who.name,
        "general": [
            ("1. Tên chủ thể", filled("applicant.name", who.name)),
            ("2. Loại hình tổ chức", filled("applicant.organisation_type", who.form)),
            ("3. Địa chỉ", filled("applicant.address", who.address)),
            (
                "4. Điện thoại",
                [
                    filled("applicant.phone", who.phone, digits(who.phone)),
                    "     Email: ",
                    filled("applicant.email", who.email),
                ],
            ),
            ("5. Người đại diện theo pháp luật: Họ tên", filled("representative.name", head.name)),
            (
                "Giới tính",
                [
                    filled("representative.gender", head.gender),
                    "     Dân tộc: ",
                    filled("representative.ethnicity", head.ethnicity),
                ],
            ),
            ("Địa chỉ thường trú", filled("representative.address", head.address)),
            ("6. Ngày thành lập", [day(who.founded), "; Số giấy đăng ký: ", who.tax_code]),
            ("7. Tên sản phẩm", filled("product.name", product.name)),
            ("Quy cách đóng gói", [product.pack, "; Tiêu chuẩn: ", f"TCCS {story.serial:02d}:2025"]),
        ],
        "declared": _declared(story, claims, table, rng),
        "history": _history(story),
        "results": _results(story, rng),
        "rows": [_graded(row, claims[row.code], annexes, table, story) for row in table.scorable],
        "total": str(total),
        "plan": [
            f"Trong 03 năm tới, đơn vị mở rộng vùng nguyên liệu {product.material} thêm {rng.randint(2, 12)} "
            f"ha, đầu tư dây chuyền "
            f"đóng gói và phấn đấu đưa sản phẩm {product.name} vào hệ thống siêu thị trong và ngoài tỉnh."
        ],
        "sign": signing(
            rng,
            ["ĐẠI DIỆN THEO PHÁP LUẬT"],
            head.name,
            "Ký, ghi rõ họ tên, đóng dấu",
            stamp_of(story),
            date=here(story, story.submitted),
        ),
    }


def _declared(story: Story, claims: dict[str, Claim], table: CriteriaTable, rng: Random) -> list[dict[str, Any]]:
    """The tick boxes after item 7. Any: JSON."""
    right = next((claims[row.code] for row in table.scorable if row.title == "Sở hữu trí tuệ"), Claim(0, None))
    owned = right.option is not None
    boxes: list[tuple[str, str, bool, int]] = [
        ("a) Có giấy đăng ký kinh doanh", "declared.business_registration", True, 0),
        ("b) Đã công bố chất lượng sản phẩm", "declared.quality_declaration", table.set_no < 21, 0),
        (
            "c) Điều kiện sản xuất: Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
            "declared.food_safety",
            table.set_no < 18,
            0,
        ),
        (
            "Giấy chứng nhận đủ điều kiện sản xuất bắt buộc khác",
            "declared.production_conditions",
            18 <= table.set_no <= 20,
            14,
        ),
        ("d) Sở hữu trí tuệ", "declared.intellectual_property", owned, 0),
        ("- Nhãn hiệu", "ip.trademark", owned, 14),
        ("- Chỉ dẫn địa lý, nhãn hiệu tập thể, nhãn hiệu chứng nhận", "ip.geographical", False, 14),
        ("- Bằng độc quyền sáng chế", "ip.patent", False, 14),
        ("- Kiểu dáng công nghiệp", "ip.design", False, 14),
        ("- Bản quyền tác giả", "ip.copyright", right.points >= 3 and owned, 14),
        ("- Khác", "ip.other", False, 14),
    ]
    return [{"text": text, "tick": tick(rng, on, name=name), "indent": indent} for text, name, on, indent in boxes]


def _history(story: Story) -> list[tuple[str, str]]:
    who, product = story.applicant, story.product
    return [
        (
            "8. Lịch sử hình thành",
            f"{who.name} được thành lập năm {who.founded.year} tại {story.place.address}, khởi đầu từ "
            f"việc thu mua và chế biến {product.material} của bà con trong vùng. Đến nay đơn vị có nhà xưởng "
            f"riêng và sản phẩm {product.name} "
            "được người tiêu dùng trong tỉnh ưa chuộng.",
        ),
        (
            "9. Cơ cấu tổ chức",
            f"Đơn vị có {who.workers} lao động thường xuyên, trong đó {who.local_workers} người ở xã "
            f"{story.place.commune}; gồm bộ phận "
            "quản lý, bộ phận sản xuất, bộ phận kinh doanh và bộ phận kiểm soát chất lượng.",
        ),
    ]


def _results(story: Story, rng: Random) -> list[tuple[str, str]]:
    product = story.product
    sales = rng.randint(12, 95) * 50
    return [
        (
            "1. Vùng nguyên liệu và công nghệ",
            f"Nguyên liệu chính là {product.material}, thu mua theo hợp đồng với {rng.randint(12, 80)} hộ trong "
            f"xã; quy "
            "trình sản xuất một chiều, có nhật ký theo dõi từng lô.",
        ),
        (
            "2. Thị trường",
            f"Sản phẩm được bán tại {rng.randint(4, 25)} đại lý trong và ngoài tỉnh, trên sàn thương mại điện "
            f"tử và tại các hội chợ.",
        ),
        (
            "3. Doanh thu, lợi nhuận",
            f"Doanh thu năm {story.submitted.year - 1} đạt {thousands(sales)} triệu đồng, lợi nhuận "
            f"{thousands(round(sales * 0.16))} triệu đồng.",
        ),
    ]


ANNEX_OF = {  # words in a criterion's title: the evidence kind that proves it
    "nguyên liệu": "material-origin",
    "Liên kết": "material-origin",
    "môi trường": "environment",
    "lao động": "local-labour",
    "Tăng trưởng": "business-growth",
    "Sở hữu": "intellectual-property",
    "phân phối": "market",
    "Quảng bá": "promotion",
    "âu chuyện": "story",
    "CÔNG BỐ": "quality-declaration",
    "ĐẢM BẢO": "production-eligibility",
    "Loại hình": "business-registration",
    "nhãn": "barcode-traceability",
    "THỊ TRƯỜNG": "market",
}


def _graded(
    row: Criterion, claim: Claim, annexes: dict[str, int], table: CriteriaTable, story: Story
) -> dict[str, Any]:
    """One row of Part III. Any: JSON."""
    annex = next((annexes[kind] for words, kind in ANNEX_OF.items() if words in row.title and kind in annexes), None)
    if claim.option is not None:
        description = shortened(row.options[claim.option].text)
    else:
        description = "Có thực hiện" if claim.points else "Chưa có"
    points = filled(
        f"criterion:{row.code}:self-assessment:{'' if claim.option is None else claim.option}", str(claim.points)
    )
    evidence = "Hồ sơ lưu tại đơn vị" if annex is None else f"Phụ lục {annex:02d}"
    return {
        "code": row.code,
        "title": row.title,
        "maximum": str(row.max_points),
        "points": points,
        "description": description,
        "evidence": evidence,
    }


def shortened(text: str, limit: int = 95) -> str:
    """The text, cut at a comma or bracket where an applicant would stop copying."""
    if len(text) <= limit:
        return text.rstrip(".")
    head = text[:limit]
    cut = max(head.rfind(","), head.rfind(";"), head.rfind(" ("))
    return (head[:cut] if cut > 40 else head[: head.rfind(" ")]).rstrip(" ,;(")


def commune_report(story: Story, table: CriteriaTable, rng: Random) -> Paper:
    """Mẫu số 03."""
    who, head, place, product = story.applicant, story.applicant.head, story.place, story.product
    when = date.fromordinal(story.submitted.toordinal() + rng.randint(5, 14))
    share = round(100 * who.local_workers / who.workers)
    opinions = [
        (
            "1. Về sử dụng nguyên liệu địa phương:",
            "commune.local_materials",
            f"Sản phẩm sử dụng {product.material} thu mua trên địa bàn xã và các xã lân cận, tỷ lệ nguyên liệu "
            f"trong tỉnh đạt {rng.randint(76, 98)}%.",
        ),
        (
            "2. Về sử dụng lao động địa phương:",
            "commune.local_labour",
            f"Cơ sở có {who.workers} lao động, trong đó {who.local_workers} lao động là người địa phương, chiếm "
            f"{share}%.",
        ),
        (
            "3. Về nguồn gốc ý tưởng sản phẩm:",
            "commune.idea_origin",
            f"Sản phẩm do chủ thể tự nghiên cứu, phát triển từ nghề truyền thống của xã {place.commune}, không "
            f"sao chép sản phẩm của đơn vị khác.",
        ),
        (
            "4. Về bản sắc, trí tuệ địa phương:",
            "commune.local_identity",
            f"Câu chuyện sản phẩm gắn với vùng đất {place.commune}, thể hiện kinh nghiệm sản xuất và văn hóa "
            f"của người dân địa phương.",
        ),
    ]
    return {
        "form": "commune-report",
        "kind": "commune-report",
        "name": form_name(table, 3),
        "office": ["Ủy ban nhân dân", f"xã {place.commune}"],
        "number": f"Số: {rng.randint(40, 400)}/BC-UBND",
        "date": here(story, when),
        "addressee": f"Ủy ban nhân dân tỉnh {place.province}",
        "entries": [
            ("1. Tên chủ thể", filled("applicant.name", who.name)),
            ("2. Loại hình tổ chức", filled("applicant.organisation_type", who.form)),
            ("3. Địa chỉ", filled("applicant.address", who.address)),
            ("4. Người đại diện theo pháp luật", filled("representative.name", head.name)),
            (
                "Giới tính",
                [
                    filled("representative.gender", head.gender),
                    "     Dân tộc: ",
                    filled("representative.ethnicity", head.ethnicity),
                ],
            ),
            ("Nơi thường trú", filled("representative.address", head.address)),
            ("5. Tên sản phẩm", filled("product.name", product.name)),
        ],
        "opinions": [(label, filled(name, text)) for label, name, text in opinions],
        "proposal": [
            "Ủy ban nhân dân xã ",
            filled("commune.name", place.commune),
            f" đề nghị Ủy ban nhân dân tỉnh {place.province} xem xét, tổ chức đánh giá, phân hạng sản phẩm nêu "
            f"trên theo quy định./.",
        ],
        "sign": signing(
            rng,
            ["T.M ỦY BAN NHÂN DÂN XÃ", "CHỦ TỊCH"],
            story.chair.name,
            "Ký tên, đóng dấu",
            f"UBND xã {place.commune}",
        ),
    }
