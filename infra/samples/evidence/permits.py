"""Evidence that offices, laboratories and certifiers issue (and the declaration handed in to one)."""

from datetime import timedelta
from random import Random

from infra.samples.evidence.blocks import after, before, holder, issuer, line, paper, para, product_name
from infra.samples.fiction import Story, person
from infra.samples.papers import Paper, dated, day, filled, signing, stamp_of, thousands


def business_registration(story: Story, rng: Random) -> Paper:
    who, place = story.applicant, story.place
    office = "Phòng Đăng ký kinh doanh"
    titles = {
        "Hợp tác xã": "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ",
        "Công ty TNHH": "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
        "Hộ kinh doanh": "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
    }
    return paper(
        "business-registration",
        framed=rng.random() < 0.5,
        frame="#a03030",
        office=[f"Sở Tài chính tỉnh {place.province}", office],
        title=titles[who.form],
        subtitle=["Mã số: ", filled("evidence.number", who.tax_code)],
        below=["Đăng ký lần đầu, ", dated("evidence.issued", who.founded, long=True)],
        blocks=[
            line("1. Tên đơn vị", holder(story)),
            line("2. Địa chỉ trụ sở chính", who.address),
            line("Điện thoại", who.phone),
            line("3. Ngành, nghề kinh doanh", f"Sản xuất, chế biến và mua bán {story.product.material}"),
            line("4. Vốn điều lệ", f"{thousands(rng.randint(5, 60) * 100_000_000)} đồng"),
            line("5. Người đại diện theo pháp luật", who.head.name),
            line("Chức danh", who.position),
            line("Giới tính", f"{who.head.gender};  Dân tộc: {who.head.ethnicity};  Quốc tịch: Việt Nam"),
            line("Địa chỉ liên lạc", who.head.address),
            line("Cơ quan cấp", issuer(f"{office} tỉnh {place.province}")),
        ],
        sign=signing(
            rng, ["TRƯỞNG PHÒNG"], person(place, rng).name, "Ký tên, đóng dấu", f"Sở Tài chính tỉnh {place.province}"
        ),
    )


def production_eligibility(story: Story, rng: Random) -> Paper:
    issued, place = before(story, rng), story.place
    office = f"Chi cục Quản lý chất lượng nông lâm sản và thủy sản tỉnh {place.province}"
    return paper(
        "production-eligibility",
        framed=True,
        frame="#2d5d8c",
        office=[f"Sở Nông nghiệp và Môi trường tỉnh {place.province}", "Chi cục Quản lý chất lượng"],
        number=[
            "Số: ",
            filled("evidence.number", f"{rng.randint(20, 900):03d}/{issued.year}/NNMT-{place.province_code}"),
        ],
        title="GIẤY CHỨNG NHẬN",
        subtitle="CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM",
        blocks=[
            para(issuer(office)),
            {"t": "center", "text": "CHỨNG NHẬN"},
            line("Cơ sở", holder(story)),
            line("Địa chỉ", story.applicant.address),
            line("Điện thoại", story.applicant.phone),
            para("Đủ điều kiện an toàn thực phẩm để sản xuất, kinh doanh sản phẩm: ", product_name(story), "."),
            line("Giấy chứng nhận có hiệu lực đến", dated("evidence.valid_until", after(issued, 3), long=True)),
        ],
        sign=signing(
            rng,
            ["CHI CỤC TRƯỞNG"],
            person(place, rng).name,
            "Ký tên, đóng dấu",
            "Chi cục Quản lý chất lượng",
            date=[f"{place.province}, ", dated("evidence.issued", issued, long=True)],
        ),
    )


def environment(story: Story, rng: Random) -> Paper:
    when = before(story, rng)
    commune = f"UBND xã {story.place.commune}"
    return paper(
        "environment",
        office=["Ủy ban nhân dân", f"xã {story.place.commune}"],
        number=["Số: ", filled("evidence.number", f"{rng.randint(5, 200)}/GXN-UBND")],
        title="GIẤY XÁC NHẬN ĐĂNG KÝ MÔI TRƯỜNG",
        blocks=[
            para(issuer(f"Ủy ban nhân dân xã {story.place.commune}"), " xác nhận đã tiếp nhận đăng ký môi trường của:"),
            line("Cơ sở", holder(story)),
            line("Địa chỉ", story.applicant.address),
            line("Loại hình", f"Sản xuất, chế biến {story.product.material}"),
            para(
                f"Cơ sở có công trình thu gom nước thải dung tích {rng.randint(4, 30)} m³, kho chứa chất thải "
                f"rắn và hợp đồng thu gom rác định kỳ. "
                "Chủ cơ sở có trách nhiệm thực hiện đúng các nội dung đã đăng ký."
            ),
        ],
        sign=signing(
            rng,
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
            story.chair.name,
            "Ký tên, đóng dấu",
            commune,
            date=[f"{story.place.commune}, ", dated("evidence.issued", when, long=True)],
        ),
    )


def intellectual_property(story: Story, rng: Random) -> Paper:
    issued = before(story, rng, 200, 1500)
    mark = story.product.name.split(story.place.commune)[0].strip()
    return paper(
        "intellectual-property",
        framed=True,
        frame="#8a6d1d",
        office=["Bộ Khoa học và Công nghệ", "Cục Sở hữu trí tuệ"],
        title="GIẤY CHỨNG NHẬN ĐĂNG KÝ NHÃN HIỆU",
        subtitle=["Số: ", filled("evidence.number", f"4-0{rng.randint(400000, 560000)}-000")],
        blocks=[
            line("Chủ giấy chứng nhận", holder(story)),
            line("Địa chỉ", story.applicant.address),
            line("Số đơn", f"4-{issued.year - 1}-{rng.randint(10000, 60000)}"),
            line("Ngày nộp đơn", day(issued - timedelta(days=420))),
            {"t": "big", "text": f"{mark.upper()} {story.place.commune.upper()}"},
            line("Nhãn hiệu dùng cho sản phẩm", product_name(story)),
            line("Màu sắc nhãn hiệu", "xanh lá cây, vàng, trắng"),
            line("Cấp theo Quyết định số", f"{rng.randint(10000, 99999)}/QĐ-SHTT"),
            line("Ngày cấp", dated("evidence.issued", issued)),
            line("Có hiệu lực đến", dated("evidence.valid_until", after(issued, 10))),
            line("Cơ quan cấp", issuer("Cục Sở hữu trí tuệ")),
        ],
        sign=signing(
            rng,
            ["KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"],
            person(story.place, rng).name,
            "Ký tên, đóng dấu",
            "Cục Sở hữu trí tuệ",
        ),
    )


def quality_declaration(story: Story, rng: Random) -> Paper:
    who, product, issued = story.applicant, story.product, before(story, rng)
    number = f"{rng.randint(1, 30):02d}/{''.join(word[0] for word in who.name.split()[-2:]).upper()}/{issued.year}"
    return paper(
        "quality-declaration",
        title="BẢN TỰ CÔNG BỐ SẢN PHẨM",
        subtitle=["Số: ", filled("evidence.number", number)],
        blocks=[
            {"t": "head", "text": "I. Thông tin về tổ chức, cá nhân tự công bố sản phẩm"},
            line("Tên tổ chức, cá nhân", holder(story)),
            line("Địa chỉ", who.address),
            line("Điện thoại", f"{who.phone}     Email: {who.email}"),
            line("Mã số doanh nghiệp", who.tax_code),
            {"t": "head", "text": "II. Thông tin về sản phẩm"},
            line("1. Tên sản phẩm", product_name(story)),
            line("2. Thành phần", f"{product.material} (90%), đường, muối"),
            line("3. Thời hạn sử dụng", f"{rng.choice((6, 9, 12))} tháng kể từ ngày sản xuất"),
            line("4. Quy cách đóng gói", product.pack),
            line("5. Tên và địa chỉ cơ sở sản xuất", f"{who.name}, {story.place.address}"),
            {"t": "head", "text": "III. Yêu cầu về an toàn thực phẩm"},
            para(
                "Tổ chức, cá nhân sản xuất, kinh doanh thực phẩm đạt yêu cầu an toàn thực phẩm theo Thông tư số "
                "50/2016/TT-BYT "
                f"và tiêu chuẩn nhà sản xuất TCCS {story.serial:02d}:2025."
            ),
            para(
                "Chúng tôi xin cam kết thực hiện đầy đủ các quy định của pháp luật về an toàn thực phẩm và hoàn "
                "toàn chịu trách nhiệm "
                "về tính pháp lý của hồ sơ công bố và chất lượng, an toàn thực phẩm đối với sản phẩm đã công bố./."
            ),
        ],
        sign=signing(
            rng,
            ["ĐẠI DIỆN TỔ CHỨC, CÁ NHÂN"],
            who.head.name,
            "Ký tên, đóng dấu",
            stamp_of(story),
            date=[f"{story.place.commune}, ", dated("evidence.issued", issued, long=True)],
        ),
    )


TESTS = (
    ("Độ ẩm", "%", "TCVN 9741:2014", (6.0, 14.0), "≤ 18"),
    ("Hàm lượng đường tổng", "%", "TCVN 4594:1988", (20.0, 48.0), "≤ 60"),
    ("Tổng số vi sinh vật hiếu khí", "CFU/g", "TCVN 4884-1:2015", (10.0, 900.0), "≤ 10 000"),
    ("E. coli", "MPN/g", "TCVN 6846:2007", None, "≤ 3"),
    ("Coliforms", "CFU/g", "TCVN 6848:2007", None, "≤ 10"),
    ("Tổng số nấm men, nấm mốc", "CFU/g", "TCVN 8275-2:2010", (1.0, 60.0), "≤ 100"),
    ("Hàm lượng chì (Pb)", "mg/kg", "AOAC 2015.01", (0.01, 0.09), "≤ 0,1"),
    ("Hàm lượng cadimi (Cd)", "mg/kg", "AOAC 2015.01", (0.005, 0.04), "≤ 0,05"),
    ("Salmonella", "/25 g", "TCVN 10780-1:2017", None, "Không có"),
)


def test_report(story: Story, rng: Random) -> Paper:
    """A laboratory's table, printed across the page (the generator scans it turned)."""
    issued, place = before(story, rng, 30, 300), story.place
    laboratory = f"Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng {place.province}"
    rows: list[list[str]] = [["TT", "Chỉ tiêu thử nghiệm", "Đơn vị", "Phương pháp thử", "Kết quả", "Mức công bố"]]
    for index, (name, unit, method, span, limit) in enumerate(TESTS, start=1):
        result = "Không phát hiện" if span is None else f"{rng.uniform(*span):.2f}".replace(".", ",")
        rows.append([str(index), name, unit, method, result, limit])
    return paper(
        "test-report",
        landscape=True,
        office=[f"Sở Khoa học và Công nghệ tỉnh {place.province}", laboratory],
        number=["Số: ", filled("evidence.number", f"{rng.randint(1000, 9999)}/KQTN-{issued.year}")],
        title="PHIẾU KẾT QUẢ THỬ NGHIỆM",
        blocks=[
            line("Tên mẫu", product_name(story)),
            line("Khách hàng", holder(story)),
            line("Đơn vị thử nghiệm", issuer(laboratory)),
            line("Ngày nhận mẫu", day(issued - timedelta(days=9))),
            {"t": "table", "widths": [0.5, 3, 1.1, 2, 1.6, 1.5], "rows": rows},
        ],
        sign=signing(
            rng,
            ["GIÁM ĐỐC"],
            person(place, rng).name,
            "Ký tên, đóng dấu",
            f"Trung tâm Kỹ thuật {place.province}",
            date=[f"{place.province}, ", dated("evidence.issued", issued, long=True)],
        ),
    )


def barcode_traceability(story: Story, rng: Random) -> Paper:
    issued = before(story, rng, 200, 900)
    return paper(
        "barcode-traceability",
        framed=True,
        frame="#3d6b3d",
        office=["Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia", "Trung tâm Mã số, mã vạch Quốc gia"],
        title="GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG MÃ SỐ MÃ VẠCH",
        subtitle=["Số: ", filled("evidence.number", f"MSMV-{rng.randint(100000, 999999)}")],
        blocks=[
            line("Tên tổ chức", holder(story)),
            line("Địa chỉ", story.applicant.address),
            line("Mã doanh nghiệp GS1", f"893{rng.randint(50000, 99999)}"),
            line("Sản phẩm", product_name(story)),
            line("Ngày cấp", dated("evidence.issued", issued)),
            line("Có giá trị đến", dated("evidence.valid_until", after(issued, 3))),
            line("Cơ quan cấp", issuer("Trung tâm Mã số, mã vạch Quốc gia")),
        ],
        sign=signing(rng, ["GIÁM ĐỐC"], person(story.place, rng).name, "Ký tên, đóng dấu", "Trung tâm Mã số mã vạch"),
    )


def quality_system(story: Story, rng: Random) -> Paper:
    issued, scheme = before(story, rng, 100, 700), rng.choice(("HACCP (TCVN 5603:2008)", "ISO 22000:2018"))
    body = f"Công ty Chứng nhận Việt Tín {story.place.province_code}"
    return paper(
        "quality-system",
        framed=True,
        frame="#1d4f8a",
        title="GIẤY CHỨNG NHẬN",
        subtitle="HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG",
        blocks=[
            line("Số giấy chứng nhận", filled("evidence.number", f"VT-{rng.randint(1000, 9999)}/{issued.year}")),
            line("Tổ chức chứng nhận", issuer(body)),
            line("Chứng nhận cho", holder(story)),
            line("Địa chỉ", story.applicant.address),
            line("Phù hợp tiêu chuẩn", scheme),
            line("Phạm vi", product_name(story)),
            line("Ngày cấp", dated("evidence.issued", issued)),
            line("Ngày hết hạn", dated("evidence.valid_until", after(issued, 3))),
        ],
        sign=signing(rng, ["GIÁM ĐỐC"], person(story.place, rng).name, "Ký tên, đóng dấu", "Chứng nhận Việt Tín"),
    )
