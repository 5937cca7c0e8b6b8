"""Evidence from the applicant's trade: contracts, lists, figures, the story, an award."""

from datetime import date
from random import Random
from typing import Any

from infra.samples.evidence.blocks import after, before, holder, issuer, line, paper, para, product_name
from infra.samples.fiction import Story, person
from infra.samples.papers import Paper, dated, filled, long_day, signing, stamp_of, thousands


def material_origin(story: Story, rng: Random) -> Paper:
    when = before(story, rng, 370, 700)
    farmer = person(story.place, rng)
    who, product = story.applicant, story.product
    tons, price = rng.randint(3, 40), rng.randint(12, 90)
    return paper(
        "material-origin",
        title="HỢP ĐỒNG LIÊN KẾT SẢN XUẤT VÀ TIÊU THỤ NÔNG SẢN",
        subtitle=["Số: ", filled("evidence.number", f"{rng.randint(1, 60):02d}/{when.year}/HĐLK")],
        blocks=[
            para(
                "Hôm nay, ", dated("evidence.issued", when, long=True), f", tại {story.place.address}, chúng tôi gồm:"
            ),
            {"t": "head", "text": f"BÊN A (bên mua): {who.name}"},
            line("Đại diện", f"{who.head.name}     Chức vụ: {who.position}"),
            line("Địa chỉ", who.address),
            {"t": "head", "text": f"BÊN B (bên bán): Hộ ông/bà {farmer.name}"},
            line("Địa chỉ", farmer.address),
            para(
                f"Điều 1. Bên B bán cho bên A {product.material} để sản xuất sản phẩm ",
                product_name(story),
                f", sản lượng {tons} tấn/năm, giá tối thiểu {price}.000 đồng/kg; bên A bao tiêu toàn bộ sản "
                f"lượng đạt chuẩn.",
            ),
            para(
                "Điều 2. Bên B cam kết canh tác theo quy trình an toàn, ghi nhật ký sản xuất và không dùng hóa "
                "chất cấm. Bên A "
                "hướng dẫn kỹ thuật và ứng trước vật tư không tính lãi."
            ),
            para(
                "Điều 3. Thanh toán bằng chuyển khoản trong vòng 07 ngày kể từ ngày giao hàng, kèm biên bản cân hàng."
            ),
            *(_terms(product.material, rng) if rng.random() < 0.5 else ()),
            para(
                "Điều cuối. Hợp đồng có hiệu lực kể từ ngày ký đến hết ",
                dated("evidence.valid_until", after(when, 3), long=True),
                ".",
            ),
        ],
        second=signing(rng, ["ĐẠI DIỆN BÊN B"], farmer.name, "Ký, ghi rõ họ tên"),
        sign=signing(rng, ["ĐẠI DIỆN BÊN A"], who.head.name, "Ký tên, đóng dấu", stamp_of(story)),
    )


def _terms(material: str, rng: Random) -> list[dict[str, Any]]:
    """Further articles and a plan of deliveries, which carry a contract onto a second page. Any: JSON."""
    articles = (
        f"Tiêu chuẩn hàng hóa: {material} đạt độ chín kỹ thuật, không dập nát, không sâu bệnh, độ đồng đều từ "
        f"{rng.randint(80, 95)}% trở lên; dư lượng thuốc bảo vệ thực vật dưới mức cho phép theo quy định hiện hành.",
        "Giao nhận: bên B giao hàng tại kho của bên A trước 10 giờ sáng; hai bên cùng cân, lập phiếu nhập kho "
        "có chữ ký "
        "của người giao và người nhận. Hàng không đạt chuẩn được trả lại ngay trong ngày.",
        "Quyền và nghĩa vụ của bên A: cung cấp giống, phân bón hữu cơ theo nhu cầu; cử cán bộ kỹ thuật kiểm tra "
        "vườn mỗi "
        "tháng một lần; thu mua hết sản lượng đạt chuẩn kể cả khi giá thị trường giảm dưới giá tối thiểu.",
        "Quyền và nghĩa vụ của bên B: không bán sản phẩm đã ký cho bên thứ ba; mở sổ nhật ký đồng ruộng; cho "
        "phép bên A và "
        "cơ quan chức năng lấy mẫu kiểm tra bất kỳ lúc nào; báo trước 03 ngày khi thu hoạch.",
        f"Phạt vi phạm: bên vi phạm chịu phạt {rng.randint(5, 8)}% giá trị phần hợp đồng bị vi phạm, trừ trường "
        f"hợp bất "
        "khả kháng như bão lũ, hạn hán, dịch bệnh có xác nhận của chính quyền địa phương.",
        "Giải quyết tranh chấp: hai bên thương lượng trên tinh thần hợp tác; nếu không thành thì đưa ra Tòa án "
        "nhân dân có "
        "thẩm quyền giải quyết theo quy định của pháp luật.",
        "Bảo mật và sửa đổi: mọi sửa đổi, bổ sung phải lập thành phụ lục có chữ ký của hai bên; hợp đồng được "
        "lập thành 02 "
        "bản có giá trị như nhau, mỗi bên giữ 01 bản.",
    )
    plan = [["Tháng", "Sản lượng dự kiến (kg)", "Ngày giao", "Ghi chú"]]
    for month in range(1, 13):
        plan.append([f"{month:02d}", thousands(rng.randint(200, 3500)), f"{rng.randint(5, 25)} hằng tháng", ""])
    texts = [para(f"Điều {number}. {text}") for number, text in enumerate(articles, start=4)]
    heading = para("Kế hoạch giao hàng trong năm được hai bên thống nhất như sau:")
    return [*texts, heading, {"t": "table", "widths": [1, 2, 2, 2], "rows": plan}]


def local_labour(story: Story, rng: Random) -> Paper:
    when = before(story, rng, 20, 90)
    rows = [["TT", "Họ và tên", "Năm sinh", "Nơi cư trú", "Số sổ BHXH"]]
    for index in range(1, rng.randint(8, 13)):
        worker = person(story.place, rng)
        number = f"{story.place.province_code}{rng.randint(0, 99999999):08d}"
        rows.append([str(index), worker.name, str(rng.randint(1970, 2006)), worker.address.split(", ", 1)[1], number])
    return paper(
        "local-labour",
        title="DANH SÁCH LAO ĐỘNG ĐÓNG BẢO HIỂM",
        subtitle=["Đơn vị: ", holder(story)],
        blocks=[{"t": "table", "widths": [0.5, 2.2, 0.9, 3.4, 1.5], "rows": rows}],
        sign=signing(
            rng,
            ["ĐẠI DIỆN ĐƠN VỊ"],
            story.applicant.head.name,
            "Ký tên, đóng dấu",
            stamp_of(story),
            date=[f"{story.place.commune}, ", dated("evidence.issued", when, long=True)],
        ),
    )


def business_growth(story: Story, rng: Random) -> Paper:
    year, sales = story.submitted.year - 1, rng.randint(12, 95) * 50
    figures = [
        ("Doanh thu bán hàng", 0.9, 1.0),
        ("Giá vốn hàng bán", 0.63, 0.68),
        ("Chi phí bán hàng", 0.07, 0.08),
        ("Chi phí quản lý", 0.06, 0.06),
        ("Lợi nhuận trước thuế", 0.14, 0.18),
        ("Lợi nhuận sau thuế", 0.12, 0.16),
    ]
    rows = [["Chỉ tiêu (triệu đồng)", f"Năm {year - 1}", f"Năm {year}"]]
    rows += [[name, thousands(round(sales * a)), thousands(round(sales * b))] for name, a, b in figures]
    return paper(
        "business-growth",
        title="BÁO CÁO KẾT QUẢ HOẠT ĐỘNG SẢN XUẤT, KINH DOANH",
        subtitle=f"Năm {year}",
        blocks=[
            line("Đơn vị", holder(story)),
            line("Mã số thuế", story.applicant.tax_code),
            {"t": "table", "widths": [3, 1.2, 1.2], "rows": rows},
        ],
        sign=signing(
            rng,
            ["GIÁM ĐỐC"],
            story.applicant.head.name,
            "Ký tên, đóng dấu",
            stamp_of(story),
            date=[
                f"{story.place.commune}, ",
                dated("evidence.issued", date(year + 1, 3, rng.randint(5, 28)), long=True),
            ],
        ),
    )


def market(story: Story, rng: Random) -> Paper:
    when, buyer = before(story, rng, 40, 400), person(story.place, rng)
    rows = [["TT", "Tên hàng hóa", "ĐVT", "Số lượng", "Đơn giá (đồng)", "Thành tiền (đồng)"]]
    total = 0
    for index in range(1, rng.randint(3, 6)):
        count, price = rng.randint(20, 300), rng.randint(25, 220) * 1000
        total += count * price
        name = f"{story.product.name} - đợt {index}"
        rows.append([str(index), name, "sản phẩm", str(count), thousands(price), thousands(count * price)])
    rows.append(["", "Cộng", "", "", "", thousands(total)])
    shop = f"Cửa hàng Đặc sản {buyer.name.split()[-1]}"
    return paper(
        "market",
        title="HỢP ĐỒNG MUA BÁN HÀNG HÓA",
        subtitle=["Số: ", filled("evidence.number", f"{rng.randint(1, 90):02d}/HĐMB-{when.year}")],
        blocks=[
            line("Bên bán", holder(story)),
            line("Địa chỉ", story.applicant.address),
            line("Bên mua", f"{shop} (đại diện: {buyer.name})"),
            line("Sản phẩm", product_name(story)),
            {"t": "table", "widths": [0.5, 3, 1, 1, 1.5, 1.7], "rows": rows},
            para(
                "Bên bán giao hàng tại kho bên mua trong vòng 05 ngày làm việc; bên mua thanh toán bằng chuyển khoản."
            ),
        ],
        second=signing(rng, ["ĐẠI DIỆN BÊN MUA"], buyer.name, "Ký, ghi rõ họ tên"),
        sign=signing(
            rng,
            ["ĐẠI DIỆN BÊN BÁN"],
            story.applicant.head.name,
            "Ký tên, đóng dấu",
            stamp_of(story),
            date=[f"{story.place.commune}, ", dated("evidence.issued", when, long=True)],
        ),
    )


def promotion(story: Story, rng: Random) -> Paper:
    when = before(story, rng, 40, 500)
    fair = f"Hội chợ Nông nghiệp và Sản phẩm OCOP tỉnh {story.place.province} năm {when.year}"
    return paper(
        "promotion",
        office=[f"Sở Công Thương tỉnh {story.place.province}", "Trung tâm Xúc tiến thương mại"],
        number=["Số: ", filled("evidence.number", f"{rng.randint(5, 200)}/GXN-XTTM")],
        title="GIẤY XÁC NHẬN",
        subtitle="Tham gia hội chợ, quảng bá sản phẩm",
        blocks=[
            para(issuer("Trung tâm Xúc tiến thương mại"), " xác nhận:"),
            line("Đơn vị", holder(story)),
            para("Đã tham gia gian hàng trưng bày, giới thiệu sản phẩm ", product_name(story), f" tại {fair}."),
            para(
                f"Trong thời gian hội chợ, đơn vị đã ký {rng.randint(2, 9)} biên bản ghi nhớ tiêu thụ và giới "
                f"thiệu website của cơ sở tới khách tham quan."
            ),
        ],
        sign=signing(
            rng,
            ["GIÁM ĐỐC"],
            person(story.place, rng).name,
            "Ký tên, đóng dấu",
            "Trung tâm Xúc tiến thương mại",
            date=[f"{story.place.province}, ", dated("evidence.issued", when, long=True)],
        ),
    )


def story_paper(story: Story, rng: Random) -> Paper:
    place, product = story.place, story.product
    return paper(
        "story",
        title="CÂU CHUYỆN SẢN PHẨM",
        subtitle=product_name(story),
        blocks=[
            para(
                f"Ngày ấy, vùng đất {place.commune} còn heo hút, mỗi mùa {product.material} chín rộ bà con lại "
                f"lo đầu ra. {story.applicant.head.name} "
                "khi đó theo mẹ đi chợ từ tờ mờ sáng, chứng kiến những gánh hàng bán không hết phải đổ bỏ bên đường."
            ),
            para(
                f"Trăn trở ấy theo suốt nhiều năm, cho đến năm {story.applicant.founded.year}, những mẻ hàng "
                f"đầu tiên ra đời từ căn bếp nhỏ ở thôn {place.village}. "
                "Bí quyết của bà ngoại truyền lại được giữ nguyên: chọn nguyên liệu lúc tinh sương, chế biến "
                "ngay trong ngày, không chất bảo quản."
            ),
            para(
                f"Hôm nay, {product.name} đã có mặt ở nhiều nơi, mang theo hương vị núi rừng và sự hiếu khách "
                f"của người {place.province}. Mỗi sản phẩm "
                "trao tay là một lời mời bạn ghé thăm quê hương chúng tôi."
            ),
            line("Đơn vị thực hiện", holder(story)),
        ],
    )


def award(story: Story, rng: Random) -> Paper:
    issued = before(story, rng, 100, 900)
    return paper(
        "award",
        framed=True,
        frame="#b03a2e",
        office=["Ủy ban nhân dân", f"tỉnh {story.place.province}"],
        title="GIẤY CHỨNG NHẬN",
        subtitle=f"SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU NĂM {issued.year}",
        blocks=[
            para(issuer(f"Ủy ban nhân dân tỉnh {story.place.province}"), " chứng nhận:"),
            line("Sản phẩm", product_name(story)),
            line("Của", holder(story)),
            line("Quyết định số", filled("evidence.number", f"{rng.randint(200, 3000)}/QĐ-UBND")),
            line("Ngày", dated("evidence.issued", issued)),
        ],
        sign=signing(
            rng,
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            person(story.place, rng).name,
            "Ký tên, đóng dấu",
            f"UBND tỉnh {story.place.province}",
        ),
    )


def minutes(story: Story, rng: Random) -> Paper:
    """A paper that proves nothing: such ones lie in every dossier."""
    when, clerk = before(story, rng, 30, 300), person(story.place, rng)
    return paper(
        "other",
        office=[f"Xã {story.place.commune}", f"Thôn {story.place.village}"],
        title="BIÊN BẢN HỌP",
        subtitle="Về việc góp ý kế hoạch sản xuất vụ mới",
        blocks=[
            para(
                f"Vào lúc {rng.randint(7, 9)} giờ 30 phút, {long_day(when)}, tại nhà văn hóa thôn "
                f"{story.place.village}."
            ),
            line("Chủ trì", story.chair.name),
            line("Thư ký", clerk.name),
            para(
                f"Có {rng.randint(15, 60)} người dự họp. Bà con thống nhất lịch xuống giống, lịch bơm nước và "
                f"mức đóng góp quỹ chung."
            ),
            para("Biên bản được đọc lại cho mọi người cùng nghe và thống nhất ký tên."),
        ],
        second=signing(rng, ["THƯ KÝ"], clerk.name, "Ký, ghi rõ họ tên"),
        sign=signing(rng, ["CHỦ TRÌ"], story.chair.name, "Ký, ghi rõ họ tên"),
    )


def ocop_certificate(story: Story, rng: Random) -> Paper:
    """The star certificate a product already holds, in the layout of a real one of 2024."""
    issued = before(story, rng, 930, 1050)
    issuing = f"Ủy ban nhân dân tỉnh {story.place.province}"
    return paper(
        "ocop-certificate",
        framed=True,
        frame="#b08d2a",
        title="GIẤY CHỨNG NHẬN",
        subtitle="SẢN PHẨM OCOP",
        below=issuing.upper(),
        blocks=[
            line("Sản phẩm", product_name(story)),
            line("Đơn vị", holder(story)),
            line("Địa chỉ", story.applicant.address),
            para(f"Đã tham gia đánh giá, phân hạng sản phẩm Chương trình Mỗi xã một sản phẩm OCOP năm {issued.year}."),
            {"t": "big", "text": f"Đạt hạng sản phẩm: {rng.choice((3, 3, 4))} sao"},
            line("Cơ quan cấp", issuer(issuing)),
            line("Quyết định số", filled("evidence.number", f"{rng.randint(200, 3000)}/QĐ-UBND")),
            line("Ngày", dated("evidence.issued", issued)),
            para("Có giá trị trong thời hạn 36 tháng kể từ ngày ban hành."),
        ],
        sign=signing(
            rng,
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
            person(story.place, rng).name,
            "Ký tên, đóng dấu",
            f"UBND tỉnh {story.place.province}",
        ),
    )
