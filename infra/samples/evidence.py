"""The evidence papers of a dossier, one maker for each of the fifteen kinds of Mẫu số 02's evidence table."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from infra.samples.fiction import Story, person
from infra.samples.papers import Paper, dated, day, filled, here, signing, stamp_of

Make = Callable[[Story, Random], Paper]


def _before(story: Story, rng: Random, least: int = 60, most: int = 600) -> date:
    """A day some time before the dossier was handed in."""
    return story.submitted - timedelta(days=rng.randint(least, most))


def _after(issued: date, years: int) -> date:
    return issued.replace(year=issued.year + years, day=min(issued.day, 28))


def _line(label: str, value: Any) -> dict[str, Any]:  # Any: JSON
    return {"t": "line", "label": label, "value": value}


def _para(*pieces: Any) -> dict[str, Any]:  # Any: JSON
    return {"t": "para", "text": list(pieces)}


def _holder(story: Story) -> dict[str, str | bool]:
    return filled("evidence.holder", story.applicant.name)


def _product(story: Story) -> dict[str, str | bool]:
    return filled("evidence.product", story.product.name)


def _issuer(name: str) -> dict[str, str | bool]:
    return filled("evidence.issuer", name)


def _paper(kind: str, **content: Any) -> Paper:  # Any: JSON
    return {"form": "evidence", "kind": kind, **content}


def business_registration(story: Story, rng: Random) -> Paper:
    who, place = story.applicant, story.place
    office = "Phòng Đăng ký kinh doanh"
    titles = {"Hợp tác xã": "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ", "Công ty TNHH": "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
              "Hộ kinh doanh": "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH"}  # fmt: skip
    return _paper(
        "business-registration",
        framed=rng.random() < 0.5,
        frame="#a03030",
        office=[f"Sở Tài chính tỉnh {place.province}", office],
        title=titles[who.form],
        subtitle=["Mã số: ", filled("evidence.number", who.tax_code)],
        below=["Đăng ký lần đầu, ", dated("evidence.issued", who.founded, long=True)],
        blocks=[
            _line("1. Tên đơn vị", _holder(story)),
            _line("2. Địa chỉ trụ sở chính", who.address),
            _line("Điện thoại", who.phone),
            _line("3. Ngành, nghề kinh doanh", f"Sản xuất, chế biến và mua bán {story.product.material}"),
            _line("4. Vốn điều lệ", f"{rng.randint(5, 60) * 100}.000.000 đồng"),
            _line("5. Người đại diện theo pháp luật", who.head.name),
            _line("Chức danh", who.position),
            _line("Giới tính", f"{who.head.gender};  Dân tộc: {who.head.ethnicity};  Quốc tịch: Việt Nam"),
            _line("Địa chỉ liên lạc", who.head.address),
            _line("Cơ quan cấp", _issuer(f"{office} tỉnh {place.province}")),
        ],
        sign=signing(rng, ["TRƯỞNG PHÒNG"], person(place, rng).name, "Ký tên, đóng dấu", f"Sở Tài chính tỉnh {place.province}"),
    )


def production_eligibility(story: Story, rng: Random) -> Paper:
    issued, place = _before(story, rng), story.place
    office = f"Chi cục Quản lý chất lượng nông lâm sản và thủy sản tỉnh {place.province}"
    return _paper(
        "production-eligibility",
        framed=True,
        frame="#2d5d8c",
        office=[f"Sở Nông nghiệp và Môi trường tỉnh {place.province}", "Chi cục Quản lý chất lượng"],
        number=["Số: ", filled("evidence.number", f"{rng.randint(20, 900):03d}/{issued.year}/NNMT-{place.province_code}")],
        title="GIẤY CHỨNG NHẬN",
        subtitle="CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM",
        blocks=[
            _para(_issuer(office)),
            {"t": "center", "text": "CHỨNG NHẬN"},
            _line("Cơ sở", _holder(story)),
            _line("Địa chỉ", story.applicant.address),
            _line("Điện thoại", story.applicant.phone),
            _para("Đủ điều kiện an toàn thực phẩm để sản xuất, kinh doanh sản phẩm: ", _product(story), "."),
            _line("Giấy chứng nhận có hiệu lực đến", dated("evidence.valid_until", _after(issued, 3), long=True)),
        ],
        sign=signing(rng, ["CHI CỤC TRƯỞNG"], person(place, rng).name, "Ký tên, đóng dấu", "Chi cục Quản lý chất lượng",
                     date=[f"{place.province}, ", dated("evidence.issued", issued, long=True)]),
    )  # fmt: skip


def quality_declaration(story: Story, rng: Random) -> Paper:
    who, product, issued = story.applicant, story.product, _before(story, rng)
    number = f"{rng.randint(1, 30):02d}/{''.join(word[0] for word in who.name.split()[-2:]).upper()}/{issued.year}"
    return _paper(
        "quality-declaration",
        title="BẢN TỰ CÔNG BỐ SẢN PHẨM",
        subtitle=["Số: ", filled("evidence.number", number)],
        blocks=[
            {"t": "head", "text": "I. Thông tin về tổ chức, cá nhân tự công bố sản phẩm"},
            _line("Tên tổ chức, cá nhân", _holder(story)),
            _line("Địa chỉ", who.address),
            _line("Điện thoại", f"{who.phone}     Email: {who.email}"),
            _line("Mã số doanh nghiệp", who.tax_code),
            {"t": "head", "text": "II. Thông tin về sản phẩm"},
            _line("1. Tên sản phẩm", _product(story)),
            _line("2. Thành phần", f"{product.material} (90%), đường, muối"),
            _line("3. Thời hạn sử dụng", f"{rng.choice((6, 9, 12))} tháng kể từ ngày sản xuất"),
            _line("4. Quy cách đóng gói", product.pack),
            _line("5. Tên và địa chỉ cơ sở sản xuất", f"{who.name}, {story.place.address}"),
            {"t": "head", "text": "III. Yêu cầu về an toàn thực phẩm"},
            _para(
                "Tổ chức, cá nhân sản xuất, kinh doanh thực phẩm đạt yêu cầu an toàn thực phẩm theo Thông tư số 50/2016/TT-BYT "
                f"và tiêu chuẩn nhà sản xuất TCCS {story.serial:02d}:2025."
            ),
            _para(
                "Chúng tôi xin cam kết thực hiện đầy đủ các quy định của pháp luật về an toàn thực phẩm và hoàn toàn chịu trách nhiệm "
                "về tính pháp lý của hồ sơ công bố và chất lượng, an toàn thực phẩm đối với sản phẩm đã công bố./."
            ),
        ],
        sign=signing(rng, ["ĐẠI DIỆN TỔ CHỨC, CÁ NHÂN"], who.head.name, "Ký tên, đóng dấu", stamp_of(story),
                     date=[f"{story.place.commune}, ", dated("evidence.issued", issued, long=True)]),
    )  # fmt: skip


TESTS = (
    ("Độ ẩm", "%", "TCVN 9741:2014", (6.0, 14.0), "≤ 18"), ("Hàm lượng đường tổng", "%", "TCVN 4594:1988", (20.0, 48.0), "≤ 60"),
    ("Tổng số vi sinh vật hiếu khí", "CFU/g", "TCVN 4884-1:2015", (10.0, 900.0), "≤ 10 000"), ("E. coli", "MPN/g", "TCVN 6846:2007", None, "≤ 3"),
    ("Coliforms", "CFU/g", "TCVN 6848:2007", None, "≤ 10"), ("Tổng số nấm men, nấm mốc", "CFU/g", "TCVN 8275-2:2010", (1.0, 60.0), "≤ 100"),
    ("Hàm lượng chì (Pb)", "mg/kg", "AOAC 2015.01", (0.01, 0.09), "≤ 0,1"), ("Hàm lượng cadimi (Cd)", "mg/kg", "AOAC 2015.01", (0.005, 0.04), "≤ 0,05"),
    ("Salmonella", "/25 g", "TCVN 10780-1:2017", None, "Không có"),
)  # fmt: skip


def test_report(story: Story, rng: Random) -> Paper:
    """A laboratory's table, printed across the page (the generator scans it turned)."""
    issued, place = _before(story, rng, 30, 300), story.place
    laboratory = f"Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng {place.province}"
    rows: list[list[str]] = [["TT", "Chỉ tiêu thử nghiệm", "Đơn vị", "Phương pháp thử", "Kết quả", "Mức công bố"]]
    for index, (name, unit, method, span, limit) in enumerate(TESTS, start=1):
        result = "Không phát hiện" if span is None else f"{rng.uniform(*span):.2f}".replace(".", ",")
        rows.append([str(index), name, unit, method, result, limit])
    return _paper(
        "test-report",
        landscape=True,
        office=[f"Sở Khoa học và Công nghệ tỉnh {place.province}", laboratory],
        number=["Số: ", filled("evidence.number", f"{rng.randint(1000, 9999)}/KQTN-{issued.year}")],
        title="PHIẾU KẾT QUẢ THỬ NGHIỆM",
        blocks=[
            _line("Tên mẫu", _product(story)),
            _line("Khách hàng", _holder(story)),
            _line("Đơn vị thử nghiệm", _issuer(laboratory)),
            _line("Ngày nhận mẫu", day(issued - timedelta(days=9))),
            {"t": "table", "widths": [0.5, 3, 1.1, 2, 1.6, 1.5], "rows": rows},
        ],
        sign=signing(rng, ["GIÁM ĐỐC"], person(place, rng).name, "Ký tên, đóng dấu", f"Trung tâm Kỹ thuật {place.province}",
                     date=[f"{place.province}, ", dated("evidence.issued", issued, long=True)]),
    )  # fmt: skip


def intellectual_property(story: Story, rng: Random) -> Paper:
    issued = _before(story, rng, 200, 1500)
    mark = story.product.name.split(story.place.commune)[0].strip()
    return _paper(
        "intellectual-property",
        framed=True,
        frame="#8a6d1d",
        office=["Bộ Khoa học và Công nghệ", "Cục Sở hữu trí tuệ"],
        title="GIẤY CHỨNG NHẬN ĐĂNG KÝ NHÃN HIỆU",
        subtitle=["Số: ", filled("evidence.number", f"4-0{rng.randint(400000, 560000)}-000")],
        blocks=[
            _line("Chủ giấy chứng nhận", _holder(story)),
            _line("Địa chỉ", story.applicant.address),
            _line("Số đơn", f"4-{issued.year - 1}-{rng.randint(10000, 60000)}"),
            _line("Ngày nộp đơn", day(issued - timedelta(days=420))),
            {"t": "big", "text": f"{mark.upper()} {story.place.commune.upper()}"},
            _line("Nhãn hiệu dùng cho sản phẩm", _product(story)),
            _line("Màu sắc nhãn hiệu", "xanh lá cây, vàng, trắng"),
            _line("Cấp theo Quyết định số", f"{rng.randint(10000, 99999)}/QĐ-SHTT"),
            _line("Ngày cấp", dated("evidence.issued", issued)),
            _line("Có hiệu lực đến", dated("evidence.valid_until", _after(issued, 10))),
            _line("Cơ quan cấp", _issuer("Cục Sở hữu trí tuệ")),
        ],
        sign=signing(rng, ["KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"], person(story.place, rng).name, "Ký tên, đóng dấu", "Cục Sở hữu trí tuệ"),
    )


def material_origin(story: Story, rng: Random) -> Paper:
    when = _before(story, rng, 370, 700)
    farmer = person(story.place, rng)
    who, product = story.applicant, story.product
    tons, price = rng.randint(3, 40), rng.randint(12, 90)
    return _paper(
        "material-origin",
        title="HỢP ĐỒNG LIÊN KẾT SẢN XUẤT VÀ TIÊU THỤ NÔNG SẢN",
        subtitle=["Số: ", filled("evidence.number", f"{rng.randint(1, 60):02d}/{when.year}/HĐLK")],
        blocks=[
            _para("Hôm nay, ", dated("evidence.issued", when, long=True), f", tại {story.place.address}, chúng tôi gồm:"),
            {"t": "head", "text": f"BÊN A (bên mua): {who.name}"},
            _line("Đại diện", f"{who.head.name}     Chức vụ: {who.position}"),
            _line("Địa chỉ", who.address),
            {"t": "head", "text": f"BÊN B (bên bán): Hộ ông/bà {farmer.name}"},
            _line("Địa chỉ", farmer.address),
            _para(f"Điều 1. Bên B bán cho bên A {product.material} để sản xuất sản phẩm ", _product(story),
                  f", sản lượng {tons} tấn/năm, giá tối thiểu {price}.000 đồng/kg; bên A bao tiêu toàn bộ sản lượng đạt chuẩn."),
            _para("Điều 2. Bên B cam kết canh tác theo quy trình an toàn, ghi nhật ký sản xuất và không dùng hóa chất cấm. Bên A "
                  "hướng dẫn kỹ thuật và ứng trước vật tư không tính lãi."),
            _para("Điều 3. Thanh toán bằng chuyển khoản trong vòng 07 ngày kể từ ngày giao hàng, kèm biên bản cân hàng."),
            _para("Điều 4. Hợp đồng có hiệu lực kể từ ngày ký đến hết ", dated("evidence.valid_until", _after(when, 3), long=True), "."),
        ],
        second=signing(rng, ["ĐẠI DIỆN BÊN B"], farmer.name, "Ký, ghi rõ họ tên"),
        sign=signing(rng, ["ĐẠI DIỆN BÊN A"], who.head.name, "Ký tên, đóng dấu", stamp_of(story)),
    )  # fmt: skip


def environment(story: Story, rng: Random) -> Paper:
    when = _before(story, rng)
    commune = f"UBND xã {story.place.commune}"
    return _paper(
        "environment",
        office=["Ủy ban nhân dân", f"xã {story.place.commune}"],
        number=["Số: ", filled("evidence.number", f"{rng.randint(5, 200)}/GXN-UBND")],
        title="GIẤY XÁC NHẬN ĐĂNG KÝ MÔI TRƯỜNG",
        blocks=[
            _para(_issuer(f"Ủy ban nhân dân xã {story.place.commune}"), " xác nhận đã tiếp nhận đăng ký môi trường của:"),
            _line("Cơ sở", _holder(story)),
            _line("Địa chỉ", story.applicant.address),
            _line("Loại hình", f"Sản xuất, chế biến {story.product.material}"),
            _para(f"Cơ sở có công trình thu gom nước thải dung tích {rng.randint(4, 30)} m³, kho chứa chất thải rắn và hợp đồng thu gom rác định kỳ. "
                  "Chủ cơ sở có trách nhiệm thực hiện đúng các nội dung đã đăng ký."),
        ],
        sign=signing(rng, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], story.chair.name, "Ký tên, đóng dấu", commune,
                     date=[f"{story.place.commune}, ", dated("evidence.issued", when, long=True)]),
    )  # fmt: skip


def local_labour(story: Story, rng: Random) -> Paper:
    when = _before(story, rng, 20, 90)
    rows = [["TT", "Họ và tên", "Năm sinh", "Nơi cư trú", "Số sổ BHXH"]]
    for index in range(1, rng.randint(10, 16)):
        worker = person(story.place, rng)
        number = f"{story.place.province_code}{rng.randint(0, 99999999):08d}"
        rows.append([str(index), worker.name, str(rng.randint(1970, 2006)), worker.address.split(", ", 1)[1], number])
    return _paper(
        "local-labour",
        title="DANH SÁCH LAO ĐỘNG ĐÓNG BẢO HIỂM",
        subtitle=["Đơn vị: ", _holder(story)],
        blocks=[{"t": "table", "widths": [0.5, 2.2, 0.9, 3.4, 1.5], "rows": rows}],
        sign=signing(rng, ["ĐẠI DIỆN ĐƠN VỊ"], story.applicant.head.name, "Ký tên, đóng dấu", stamp_of(story),
                     date=[f"{story.place.commune}, ", dated("evidence.issued", when, long=True)]),
    )  # fmt: skip


def business_growth(story: Story, rng: Random) -> Paper:
    year, sales = story.submitted.year - 1, rng.randint(12, 95) * 50
    figures = [("Doanh thu bán hàng", 0.9, 1.0), ("Giá vốn hàng bán", 0.63, 0.68), ("Chi phí bán hàng", 0.07, 0.08),
               ("Chi phí quản lý", 0.06, 0.06), ("Lợi nhuận trước thuế", 0.14, 0.18), ("Lợi nhuận sau thuế", 0.12, 0.16)]  # fmt: skip
    rows = [["Chỉ tiêu (triệu đồng)", f"Năm {year - 1}", f"Năm {year}"]]
    rows += [[name, f"{round(sales * a):,}".replace(",", "."), f"{round(sales * b):,}".replace(",", ".")] for name, a, b in figures]
    return _paper(
        "business-growth",
        title="BÁO CÁO KẾT QUẢ HOẠT ĐỘNG SẢN XUẤT, KINH DOANH",
        subtitle=f"Năm {year}",
        blocks=[_line("Đơn vị", _holder(story)), _line("Mã số thuế", story.applicant.tax_code),
                {"t": "table", "widths": [3, 1.2, 1.2], "rows": rows}],
        sign=signing(rng, ["GIÁM ĐỐC"], story.applicant.head.name, "Ký tên, đóng dấu", stamp_of(story),
                     date=[f"{story.place.commune}, ", dated("evidence.issued", date(year + 1, 3, rng.randint(5, 28)), long=True)]),
    )  # fmt: skip


def market(story: Story, rng: Random) -> Paper:
    when, buyer = _before(story, rng, 40, 400), person(story.place, rng)
    rows = [["TT", "Tên hàng hóa", "ĐVT", "Số lượng", "Đơn giá (đồng)", "Thành tiền (đồng)"]]
    total = 0
    for index in range(1, rng.randint(3, 6)):
        count, price = rng.randint(20, 300), rng.randint(25, 220) * 1000
        total += count * price
        name = f"{story.product.name} - đợt {index}"
        rows.append([str(index), name, "sản phẩm", str(count), f"{price:,}".replace(",", "."), f"{count * price:,}".replace(",", ".")])
    rows.append(["", "Cộng", "", "", "", f"{total:,}".replace(",", ".")])
    shop = f"Cửa hàng Đặc sản {buyer.name.split()[-1]}"
    return _paper(
        "market",
        title="HỢP ĐỒNG MUA BÁN HÀNG HÓA",
        subtitle=["Số: ", filled("evidence.number", f"{rng.randint(1, 90):02d}/HĐMB-{when.year}")],
        blocks=[
            _line("Bên bán", _holder(story)),
            _line("Địa chỉ", story.applicant.address),
            _line("Bên mua", f"{shop} (đại diện: {buyer.name})"),
            _line("Sản phẩm", _product(story)),
            {"t": "table", "widths": [0.5, 3, 1, 1, 1.5, 1.7], "rows": rows},
            _para("Bên bán giao hàng tại kho bên mua trong vòng 05 ngày làm việc; bên mua thanh toán bằng chuyển khoản."),
        ],
        second=signing(rng, ["ĐẠI DIỆN BÊN MUA"], buyer.name, "Ký, ghi rõ họ tên"),
        sign=signing(rng, ["ĐẠI DIỆN BÊN BÁN"], story.applicant.head.name, "Ký tên, đóng dấu", stamp_of(story),
                     date=[f"{story.place.commune}, ", dated("evidence.issued", when, long=True)]),
    )  # fmt: skip


def promotion(story: Story, rng: Random) -> Paper:
    when = _before(story, rng, 40, 500)
    fair = f"Hội chợ Nông nghiệp và Sản phẩm OCOP tỉnh {story.place.province} năm {when.year}"
    return _paper(
        "promotion",
        office=[f"Sở Công Thương tỉnh {story.place.province}", "Trung tâm Xúc tiến thương mại"],
        number=["Số: ", filled("evidence.number", f"{rng.randint(5, 200)}/GXN-XTTM")],
        title="GIẤY XÁC NHẬN",
        subtitle="Tham gia hội chợ, quảng bá sản phẩm",
        blocks=[
            _para(_issuer("Trung tâm Xúc tiến thương mại"), " xác nhận:"),
            _line("Đơn vị", _holder(story)),
            _para("Đã tham gia gian hàng trưng bày, giới thiệu sản phẩm ", _product(story), f" tại {fair}."),
            _para(f"Trong thời gian hội chợ, đơn vị đã ký {rng.randint(2, 9)} biên bản ghi nhớ tiêu thụ và giới thiệu website của cơ sở tới khách tham quan."),
        ],
        sign=signing(rng, ["GIÁM ĐỐC"], person(story.place, rng).name, "Ký tên, đóng dấu", "Trung tâm Xúc tiến thương mại",
                     date=[f"{story.place.province}, ", dated("evidence.issued", when, long=True)]),
    )  # fmt: skip


def story_paper(story: Story, rng: Random) -> Paper:
    place, product = story.place, story.product
    return _paper(
        "story",
        title="CÂU CHUYỆN SẢN PHẨM",
        subtitle=_product(story),
        blocks=[
            _para(f"Ngày ấy, vùng đất {place.commune} còn heo hút, mỗi mùa {product.material} chín rộ bà con lại lo đầu ra. {story.applicant.head.name} "
                  "khi đó theo mẹ đi chợ từ tờ mờ sáng, chứng kiến những gánh hàng bán không hết phải đổ bỏ bên đường."),
            _para(f"Trăn trở ấy theo suốt nhiều năm, cho đến năm {story.applicant.founded.year}, những mẻ hàng đầu tiên ra đời từ căn bếp nhỏ ở thôn {place.village}. "
                  "Bí quyết của bà ngoại truyền lại được giữ nguyên: chọn nguyên liệu lúc tinh sương, chế biến ngay trong ngày, không chất bảo quản."),
            _para(f"Hôm nay, {product.name} đã có mặt ở nhiều nơi, mang theo hương vị núi rừng và sự hiếu khách của người {place.province}. Mỗi sản phẩm "
                  "trao tay là một lời mời bạn ghé thăm quê hương chúng tôi."),
            _line("Đơn vị thực hiện", _holder(story)),
        ],
    )  # fmt: skip


def barcode_traceability(story: Story, rng: Random) -> Paper:
    issued = _before(story, rng, 200, 900)
    return _paper(
        "barcode-traceability",
        framed=True,
        frame="#3d6b3d",
        office=["Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia", "Trung tâm Mã số, mã vạch Quốc gia"],
        title="GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG MÃ SỐ MÃ VẠCH",
        subtitle=["Số: ", filled("evidence.number", f"MSMV-{rng.randint(100000, 999999)}")],
        blocks=[
            _line("Tên tổ chức", _holder(story)),
            _line("Địa chỉ", story.applicant.address),
            _line("Mã doanh nghiệp GS1", f"893{rng.randint(50000, 99999)}"),
            _line("Sản phẩm", _product(story)),
            _line("Ngày cấp", dated("evidence.issued", issued)),
            _line("Có giá trị đến", dated("evidence.valid_until", _after(issued, 3))),
            _line("Cơ quan cấp", _issuer("Trung tâm Mã số, mã vạch Quốc gia")),
        ],
        sign=signing(rng, ["GIÁM ĐỐC"], person(story.place, rng).name, "Ký tên, đóng dấu", "Trung tâm Mã số mã vạch"),
    )


def quality_system(story: Story, rng: Random) -> Paper:
    issued, scheme = _before(story, rng, 100, 700), rng.choice(("HACCP (TCVN 5603:2008)", "ISO 22000:2018"))
    body = f"Công ty Chứng nhận Việt Tín {story.place.province_code}"
    return _paper(
        "quality-system",
        framed=True,
        frame="#1d4f8a",
        title="GIẤY CHỨNG NHẬN",
        subtitle="HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG",
        blocks=[
            _line("Số giấy chứng nhận", filled("evidence.number", f"VT-{rng.randint(1000, 9999)}/{issued.year}")),
            _line("Tổ chức chứng nhận", _issuer(body)),
            _line("Chứng nhận cho", _holder(story)),
            _line("Địa chỉ", story.applicant.address),
            _line("Phù hợp tiêu chuẩn", scheme),
            _line("Phạm vi", _product(story)),
            _line("Ngày cấp", dated("evidence.issued", issued)),
            _line("Ngày hết hạn", dated("evidence.valid_until", _after(issued, 3))),
        ],
        sign=signing(rng, ["GIÁM ĐỐC"], person(story.place, rng).name, "Ký tên, đóng dấu", "Chứng nhận Việt Tín"),
    )


def award(story: Story, rng: Random) -> Paper:
    issued = _before(story, rng, 100, 900)
    return _paper(
        "award",
        framed=True,
        frame="#b03a2e",
        office=["Ủy ban nhân dân", f"tỉnh {story.place.province}"],
        title="GIẤY CHỨNG NHẬN",
        subtitle=f"SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU NĂM {issued.year}",
        blocks=[
            _para(_issuer(f"Ủy ban nhân dân tỉnh {story.place.province}"), " chứng nhận:"),
            _line("Sản phẩm", _product(story)),
            _line("Của", _holder(story)),
            _line("Quyết định số", filled("evidence.number", f"{rng.randint(200, 3000)}/QĐ-UBND")),
            _line("Ngày", dated("evidence.issued", issued)),
        ],
        sign=signing(rng, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], person(story.place, rng).name, "Ký tên, đóng dấu",
                     f"UBND tỉnh {story.place.province}"),
    )  # fmt: skip


EVIDENCE: dict[str, Make] = {
    "business-registration": business_registration,
    "production-eligibility": production_eligibility,
    "material-origin": material_origin,
    "environment": environment,
    "local-labour": local_labour,
    "business-growth": business_growth,
    "intellectual-property": intellectual_property,
    "market": market,
    "promotion": promotion,
    "story": story_paper,
    "quality-declaration": quality_declaration,
    "test-report": test_report,
    "barcode-traceability": barcode_traceability,
    "quality-system": quality_system,
    "award": award,
}  # in the order of Mẫu số 02's evidence table


def cover(story: Story) -> Paper:
    return {"form": "cover", "kind": "cover", "framed": True, "frame": "#333333", "year": str(story.submitted.year),
            "product": story.product.name, "applicant": story.applicant.name, "place": f"{here(story, story.submitted)}"}  # fmt: skip


def separator(number: int, kind: str) -> Paper:
    return {"form": "separator", "kind": "separator", "title": f"PHỤ LỤC {number:02d}", "subtitle": f"Minh chứng: {TITLES[kind]}"}


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
