"""What people and machines fill into forms: names, dates, numbers, codes, laboratory results. All invented."""

from collections.abc import Callable
from random import Random

Entry = Callable[[Random], str]

FAMILY_NAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Mai Tô Lâm Châu Tạ Cao Đào"
    " Hà Lương Thạch Quách Nông Vi Kiều Mạc Ông Giàng Lò Sùng Vàng Triệu Lục Rơ Châm Siu Ksor Y H'"
).split()
GIVEN_NAMES = (
    "An Anh Ánh Bảo Bình Châu Chi Chiến Cường Dung Duy Dũng Đạt Đông Đức Giang Hà Hải Hạnh Hằng Hậu Hiền Hiếu Hoa Hòa"
    " Huệ Hùng Huy Hương Khánh Khoa Kiên Kim Lan Liên Linh Loan Long Lộc Mai Minh Mỹ Nam Nga Ngân Nghĩa Ngọc Nhung Nhàn"
    " Phong Phúc Phương Phượng Quân Quang Quyên Quỳnh Sơn Tâm Tân Thái Thành Thảo Thắng Thị Thịnh Thu Thúy Thủy Tiến"
    " Toàn Trang Trí Trung Tuấn Tùng Tuyết Uyên Văn Vân Việt Vinh Vy Xuân Yến Ý Ất Ẩn"
).split()
LABELS = (
    "Họ và tên;Ngày sinh;Số điện thoại;Địa chỉ;Mã số;Tên cơ sở;Email;Ngày cấp;Giấy phép số;Số tài khoản;Diện tích;"
    "Vốn điều lệ;Doanh thu;Sản lượng;Người nộp;Đơn vị tính;Ghi chú;Điểm;Nội dung;Website;Fax;Chức vụ;Ngành nghề;Xã;"
    "Huyện;Tỉnh;Loại hình;Số lượng;Thành tiền;Kết quả;Nhận xét;CCCD/Hộ chiếu;Số;Phiếu số;Mẫu số;Phương pháp thử;"
    "Hạn dùng"
).split(";")
UNITS = (
    "kg tấn ha m² km đồng triệu người hộ lít g ml năm tháng điểm sao °C m³ mg/kg µg/kg µg/l cfu/g CFU/g MPN/g mg/l %"
    " g/100g kcal/100g mmol/kg ppm ppb cfu/ml Pt-Co NTU IU/g µm mm"
).split()
MICROBES = (
    "Escherichia coli;E. coli;Salmonella spp.;Salmonella;Staphylococcus aureus;Coliforms;Clostridium perfringens;"
    "Bacillus cereus;Listeria monocytogenes;Tổng số vi sinh vật hiếu khí;Tổng số nấm men, nấm mốc;Aflatoxin B1;"
    "Ochratoxin A;Chì (Pb);Cadimi (Cd);Asen (As);Thủy ngân (Hg);Độ ẩm;Tro tổng số;Hàm lượng protein;Camellia sinensis;"
    "Coffea arabica;Pseudomonas aeruginosa;Penicillium;Cypermethrin;Chlorpyrifos;Vibrio parahaemolyticus"
).split(";")
METHODS = "TCVN ISO AOAC AOAC® NMKL QCVN QTTN CASE.SK. HD.PP EN Ref.".split()
STANDARDS = (
    "ISO HACCP GMP GHP SSOP BAP ASC MSC FSC BRC IFS FDA USDA JAS EU HALAL KOSHER VietGAP GlobalGAP GACP PGS SA OHSAS"
    " ATTP VSATTP SHTT KHCN CNTT PCCC BVMT ĐTM KCS CSR QR NFC SKU HTX THT TNHH DNTN CTCP MTV UBND HĐND MTTQ BCĐ BHXH"
    " BHYT THCS OCOP NTM UBMTTQ ABC VND USD EUR FOB CIF"
).split()
PEOPLES = (
    "Kinh;Tày;Thái;Mường;Khmer;Hoa;Nùng;H'Mông;Mông;Dao;Gia Rai;Ê Đê;Ba Na;Sán Chay;Chăm;K'Ho;Cơ Ho;Xơ Đăng;Sán Dìu;"
    "Hrê;Ra Glai;M'Nông;Mnông;X'Tiêng;Bru - Vân Kiều;Thổ;Giáy;Cơ Tu;Gié Triêng;Mạ;Khơ Mú;Co;Tà Ôi;Chơ Ro;La Chí;Ơ Đu"
).split(";")
HIGHLAND_NAMES = (
    "K'Brèo K'Sơn K'Ter K'Brim K'Lọi K'Hoàng H'Hen H'Bia H'Lương H'Nga H'Wươn Y'Thăm Y'Bhiăm Y'Dung M'Lơ R'Ông Đ'Ran"
    " N'Jăng S'Rê B'Nga D'Jri Đ'Rây K'Bang Đắk R'Lấp Đ'Lao Ea H'Leo Krông B'Lông"
).split()
SIGNED = (
    "(Ký, ghi rõ họ tên);(Ký, ghi rõ họ tên, đóng dấu);(Ký tên, đóng dấu);(Chữ ký, họ tên);(Ký và ghi rõ họ tên);"
    "(Chữ ký của người có thẩm quyền, dấu/chữ ký số);ký và đóng dấu;đóng dấu;TM. ỦY BAN NHÂN DÂN;KT. CHỦ TỊCH;"
    "PHÓ CHỦ TỊCH;CHỦ THỂ OCOP;ĐẠI DIỆN CHỦ THỂ;THÀNH VIÊN HỘI ĐỒNG;Nơi nhận:;- Như trên;- Lưu: VT."
).split(";")
PRODUCTS = (
    "Tinh dầu sả;Tinh dầu tràm;Tinh dầu bưởi;Tinh bột nghệ;Tinh bột sắn dây;Mật ong rừng;Mật hoa dừa;Trà hoa vàng;Chè"
    " shan tuyết;Cà phê rang xay;Gạo nếp nương;Gạo lứt;Bún khô;Miến dong;Bánh tráng;Bánh phồng tôm;Bánh đa nem;Kẹo"
    " dừa;Kẹo lạc;Nước mắm cá cơm;Mắm tôm chua;Cá khô;Khô cá sặc;Chả mực;Giò lụa;Nem chua;Lạp xưởng;Tôm khô;Thịt trâu"
    " gác bếp;Lợn mán;Vịt bầu;Gà đồi;Trứng muối;Rượu ngô;Rượu cần;Rượu mơ;Nước ép nho;Siro dâu tằm;Cao atisô;Cao"
    " gắm;Viên nghệ mật ong;Tỏi đen;Hạt điều rang muối;Mắc ca sấy;Hồng treo gió;Chuối sấy dẻo;Xoài sấy;Bưởi da"
    " xanh;Cam sành;Thanh long ruột đỏ;Sầu riêng;Vải thiều;Nhãn lồng;Na dai;Sâm Ngọc Linh;Nấm linh chi;Đông trùng hạ"
    " thảo;Măng khô;Mộc nhĩ;Rau má sấy;Tiêu đen;Ớt bột;Muối hầm;Muối ớt;Tương bần;Dầu lạc;Dầu mè;Tranh thêu;Nón"
    " lá;Chiếu cói;Gốm đỏ;Thổ cẩm;Đũa gỗ;Túi lục bình;Trầm hương;Hoa sen sấy;Hoa lan hồ điệp;Quất cảnh;Tượng gỗ;Dịch"
    " vụ du lịch cộng đồng;Homestay;Khu du lịch sinh thái"
).split(";")
PARTS = "Phụ lục;PHỤ LỤC;Phần;PHẦN;Mục;Chương;Mẫu số;Biểu số;Điều;Khoản;Nhóm;hạng;loại;bậc;kỳ;quý;lớp".split(";")
LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXYWFZJ"
SMALL = "abcdefghijklmnopqrstuvwxyz"
ROMAN = "I II III IV V VI VII VIII IX X XI XII XIV XV XX".split()


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def capitals(rng: Random, least: int, most: int) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(least, most)))


def name(rng: Random) -> str:
    given = (rng.choice(GIVEN_NAMES) for _ in range(rng.choice((1, 2, 2, 3))))
    return " ".join((rng.choice(FAMILY_NAMES), *given))


def day(rng: Random) -> str:
    date, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1940, 2035)
    between = rng.choice("///.-")
    return rng.choice(
        (
            f"{date:02d}{between}{month:02d}{between}{year}",
            f"{date:02d}{between}{month:02d}{between}{year}",
            f"{date}/{month}/{year}",
            f"ngày {date:02d} tháng {month} năm {year}",
            f"ngày {date:02d} tháng {month:02d} năm {year}",
        )
    )


def phone(rng: Random) -> str:
    start = rng.choice(("0", "+84 ", "84")) + rng.choice("35789")
    ends = (
        digits(rng, 8),
        f"{digits(rng, 1)} {digits(rng, 3)} {digits(rng, 3)}",
        f"{digits(rng, 2)}.{digits(rng, 3)}.{digits(rng, 3)}",
    )
    return start + rng.choice(ends)


def number(rng: Random) -> str:
    many = rng.randint
    kinds: tuple[Entry, ...] = (
        lambda _: digits(rng, many(1, 3)),
        lambda _: f"{many(0, 999)},{digits(rng, many(1, 2))}",
        lambda _: ".".join([str(many(1, 999)), *(digits(rng, 3) for _ in range(many(1, 4)))]),
        phone,
        lambda _: digits(rng, many(8, 14)),
        day,
        lambda _: " ".join(digits(rng, many(2, 4)) for _ in range(many(2, 5))),
        lambda _: f"{many(0, 100)}{rng.choice(('%', '%', ',5%', ' %'))}",
        lambda _: f"{many(1, 40)}.{many(1, 12)}" + (f".{many(1, 9)}" if rng.random() < 0.3 else ""),
        lambda _: (
            f"{many(1, 99)}{rng.choice(('-', '/', ' - ', ' đến ', '–', '+', 'x', ' × ', '±', ' ± '))}{many(1, 999)}"
        ),
        lambda _: str(many(0, 20)),
        lambda _: str(many(1900, 2099)),
    )
    return rng.choice(kinds)(rng)


def paper_number(rng: Random) -> str:
    year = rng.choice(("", f"{rng.randint(2000, 2030)}/"))
    kind = rng.choice(("QĐ", "NQ", "KH", "TT", "CV", "BC", "TB", "HD", "TTr", "NĐ", "CT", "GCN", capitals(rng, 2, 3)))
    issuer = rng.choice(("UBND", "TTg", "HĐND", "CP", "BNN", "BTC", "SNN", "ATTP", capitals(rng, 2, 6)))
    return f"{rng.randint(1, 9999)}/{year}{kind}-{issuer}"


def address_online(rng: Random) -> str:
    word = "".join(rng.choice(SMALL) for _ in range(rng.randint(3, 9)))
    host = "".join(rng.choice(SMALL) for _ in range(rng.randint(4, 9))) + rng.choice(
        (".com", ".vn", ".com.vn", ".gov.vn")
    )
    further = "".join(rng.choice(SMALL) for _ in range(rng.choice((0, 3, 6))))
    login = word + rng.choice((".", ".", "", "_")) + further + digits(rng, rng.randint(0, 3)) + "@"
    return rng.choice(
        (login + rng.choice(("gmail.com", "yahoo.com", host)), rng.choice(("www.", "https://", "")) + host)
    )


def mixed_code(rng: Random) -> str:
    """Letters and digits that no spelling explains: O or 0, I or 1 must be seen."""
    kinds = (
        capitals(rng, 1, 3) + rng.choice(("", "-", " ", ".")) + digits(rng, rng.randint(2, 8)) + capitals(rng, 0, 2),
        digits(rng, rng.randint(1, 2)) + capitals(rng, 1, 2) + digits(rng, rng.randint(4, 7)),
        f"{rng.choice(LETTERS)}.{rng.randint(1, 20)}" + (f".{rng.randint(1, 9)}" if rng.random() < 0.4 else ""),
        f"{digits(rng, 3)}/{rng.randint(2000, 2030)}/{capitals(rng, 2, 4)}",
        f"OCOP-{rng.randint(1, 5)}-{digits(rng, 2)}-{digits(rng, 3)}-{rng.randint(2019, 2030)}",
        "-".join(digits(rng, rng.randint(2, 5)) for _ in range(rng.randint(2, 4))),
        rng.choice(ROMAN) + rng.choice((".", "", ")", "/")),
        rng.choice(METHODS)
        + " "
        + digits(rng, rng.randint(2, 5))
        + rng.choice(("", f":{rng.randint(1990, 2025)}", "-1")),
    )
    return rng.choice(kinds)


def mark(rng: Random) -> str:
    """Short things that stand alone: ticks, dashes, notes of a table, list marks."""
    stars = "(" + "*" * rng.randint(1, 5) + ")"
    more_stars = ", ".join("(" + "*" * count + ")" for count in range(1, rng.randint(2, 5) + 1))
    alone = (
        "√",
        "(√)",
        "x",
        "X",
        "®",
        "~",
        "v",
        "-",
        "-",
        "–",
        "/",
        "+",
        "*",
        "0",
        "1",
        "...",
        "…",
        "%",
        "(%)",
        ":",
        "(",
        ")",
    )
    numbered = (f"({rng.randint(1, 30)})", f"[{rng.randint(1, 9)}]", f"{rng.randint(1, 30)})", f"{rng.randint(1, 30)}.")
    return rng.choice((stars, more_stars, rng.choice(alone), rng.choice(alone), rng.choice(numbered)))


def stars(rng: Random) -> str:
    """A row's least mark for a rank, as criteria tables print it: "3****"."""
    return f"{rng.choice('123456789')}{'*' * rng.randint(3, 5)}" if rng.random() < 0.7 else "*" * rng.randint(1, 5)


def numbered_part(rng: Random) -> str:
    """A part's number, thin capitals close to each other, or a form's name: "Phụ lục II", "III.", "PHẦN I"."""
    number = rng.choice(ROMAN[:4] if rng.random() < 0.7 else ROMAN)
    if rng.random() < 0.35:
        return number + rng.choice(("", ".", ".", ":", ")"))
    return f"{rng.choice(PARTS)} {number if rng.random() < 0.8 else digits(rng, rng.randint(1, 2))}{rng.choice('., :')}"


def heading(rng: Random, word: Entry) -> str:
    """A part's number and its title in capitals: "II. KẾT QUẢ TRIỂN KHAI"."""
    title = " ".join(word(rng) for _ in range(rng.randint(1, 8)))
    number = rng.choice((rng.choice(ROMAN[:4]), rng.choice(ROMAN), rng.choice(LETTERS[:6])))
    return f"{number}{rng.choice(('.', '.', '.', ')', '/', ' -'))} {title.upper() if rng.random() < 0.7 else title}"


def people(rng: Random) -> str:
    """An ethnic group, or a name with the stops of the highlands' languages."""
    if rng.random() < 0.5:
        return rng.choice(PEOPLES)
    return f"{rng.choice(HIGHLAND_NAMES)} {rng.choice(HIGHLAND_NAMES + GIVEN_NAMES)}"


def laboratory(rng: Random) -> str:
    """A parameter, a result, a limit or a unit of a test report."""
    power = "10" + rng.choice("¹²³⁴⁵⁶")
    figure = rng.choice(
        (
            f"{rng.randint(0, 99)},{digits(rng, 2)}",
            str(rng.randint(0, 999)),
            f"{rng.randint(1, 9)},{digits(rng, 1)} × {power}",
        )
    )
    result = rng.choice(
        (
            figure,
            f"< {figure}",
            f"≤ {figure}",
            f"≤ {power}",
            "KPH",
            "Không phát hiện",
            f"< {rng.randint(1, 10)}",
            f"{figure} ± {rng.randint(0, 9)},{digits(rng, 1)}",
            "KPH (LOD = 0,5)",
            "âm tính/25 g",
        )
    )
    unit = rng.choice(UNITS)
    return rng.choice(
        (
            rng.choice(MICROBES),
            result,
            f"{result} {unit}",
            unit,
            f"{rng.choice(MICROBES)} ({unit})",
            f"{rng.choice(MICROBES)} {unit} {result}",
        )
    )


def place(rng: Random, word: Entry) -> str:
    home = (
        rng.choice(("Ấp", "Thôn", "Xóm", "Tổ", "Khu phố", "Số " + digits(rng, 2), "Bản", "Buôn"))
        + " "
        + rng.choice(GIVEN_NAMES)
    )
    commune = f"{rng.choice(('xã', 'phường', 'thị trấn', 'Xã', 'Phường'))} {word(rng).title()} {word(rng).title()}"
    return ", ".join(
        (home, commune, f"{rng.choice(('huyện', 'tỉnh', 'thành phố', 'Tỉnh'))} {word(rng).title()} {word(rng).title()}")
    )


def labelled(rng: Random, word: Entry) -> str:
    start = rng.choice(("", f"{rng.randint(1, 30)}. ", f"{rng.choice('abcdđeg')}) ", "- ", "+ "))
    label = (
        rng.choice(LABELS) if rng.random() < 0.5 else " ".join(word(rng) for _ in range(rng.randint(1, 4))).capitalize()
    )
    return f"{start}{label}: {rng.choice((number, mixed_code, day, name, paper_number))(rng)}"


def counted(rng: Random) -> str:
    return f"{number(rng)} {rng.choice(UNITS)}"


def dotted(rng: Random, word: Entry) -> str:
    """Three dots that belong to the text, close to their word."""
    return f"{word(rng)}, {word(rng)}{rng.choice((',', '', ''))}...{rng.choice((')', '', ')', ';'))}"


def product(rng: Random, word: Entry) -> str:
    """A product as its maker calls it: kind, and a place or a brand of any syllables."""
    named = " ".join(word(rng).capitalize() for _ in range(rng.choice((0, 1, 2, 2))))
    return f"{rng.choice(PRODUCTS)} {named}".strip()


def standards(rng: Random, word: Entry) -> str:
    """Letters that stand for names, alone or in a list: "(ISO, HACCP, BAP)"; they bear no marks."""
    listed = [rng.choice(STANDARDS) for _ in range(rng.choice((1, 1, 2, 3)))]
    text = rng.choice((", ", ", ", "/", ";", " - ", " và ")).join(listed)
    if rng.random() < 0.2:
        text += rng.choice((",...", "...", " 9001:2015", " 22000:2018", " 8000"))
    return rng.choice((text, f"({text})", f"({text}", f"{word(rng)} {text}", f"{word(rng)} ({text})"))


def _signed(rng: Random) -> str:
    return rng.choice(SIGNED)


def entry(rng: Random, word: Entry) -> str:
    """One thing that stands in a field or a cell."""
    simple = (name, number, mixed_code, paper_number, day, address_online, laboratory, counted, mark)
    if rng.random() < 0.12:
        return rng.choice((stars, stars, numbered_part, numbered_part, people, _signed))(rng)
    if rng.random() < 0.8:
        return rng.choices(simple, (16, 26, 14, 6, 10, 6, 14, 6, 7))[0](rng)
    return rng.choices((place, labelled, dotted, heading, product, standards), (5, 11, 3, 6, 5, 5))[0](rng, word)


def punctuated(rng: Random, word: str) -> str:
    kind = rng.random()
    if kind < 0.06:
        return word + rng.choice(",.;:,.,!?")
    if kind < 0.08:
        return f"({word})"
    if kind < 0.095:
        return rng.choice((f"“{word}”", f'"{word}"'))
    if kind < 0.105:
        return word + rng.choice("/-") + word
    if kind < 0.12:
        return number(rng)
    return word
