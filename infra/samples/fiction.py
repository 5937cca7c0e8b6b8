"""The invented people, places, companies and products that sample dossiers are about. Nobody here exists."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal
from unicodedata import normalize

from infra.samples.criteria import CriteriaTable

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương")
MIDDLE = {"Nữ": ("Thị", "Thị Thu", "Thị Ngọc", "Thị Bích"), "Nam": ("Văn", "Đức", "Quốc", "Minh", "Hữu")}
GIVEN = {
    "Nữ": ("Hạnh", "Lụa", "Thảo", "Duyên", "Phượng", "Yến", "Quyên", "Tuyết", "Nhàn"),
    "Nam": ("Khải", "Thuận", "Bằng", "Sỹ", "Toàn", "Vượng", "Đạt", "Hiếu", "Trường"),
}
ETHNIC = ("Kinh", "Kinh", "Kinh", "Tày", "Ê Đê", "Mường", "K'Ho")
PROVINCES = (
    ("Lâm Đồng", "68"),
    ("Gia Lai", "52"),
    ("Tuyên Quang", "08"),
    ("Quảng Trị", "44"),
    ("Đồng Tháp", "82"),
    ("Nghệ An", "40"),
    ("Thái Nguyên", "19"),
    ("Cà Mau", "96"),
)
COMMUNES = ("Tân Hòa", "Phú Lạc", "Đồng Xuân", "An Thạnh", "Bình Lãng", "Suối Mơ", "Hòa Thuận", "Long Khê")
VILLAGES = ("Trung Tâm", "Suối Đá", "Bình An", "Đồi Sim", "Hòa Lợi", "Vườn Ươm")
MAILS = ("gmail.com", "yahoo.com.vn", "outlook.com")
GOODS: dict[int, tuple[tuple[str, str, str], ...]] = {  # set: product, main material, pack
    1: (("Chuối Laba", "chuối tươi", "thùng carton 10 kg"), ("Rau cải ngọt an toàn", "rau cải", "túi 500 g")),
    2: (("Trứng gà ta thả vườn", "gà ta", "hộp 10 quả"), ("Thịt heo rừng lai tươi", "heo rừng lai", "khay 500 g")),
    3: (("Gạo nếp nương", "lúa nếp nương", "túi 2 kg"), ("Đậu đen xanh lòng", "đậu đen", "túi 500 g")),
    4: (("Mật ong hoa cà phê", "mật ong", "chai 500 ml"), ("Mật ong hoa nhãn", "mật ong", "hũ 350 g")),
    5: (("Bánh tráng nướng ăn liền", "gạo", "hộp 200 g"), ("Cháo lươn ăn liền", "lươn đồng", "gói 250 g")),
    6: (("Bún gạo khô", "gạo tẻ", "túi 500 g"), ("Bánh phở gạo lứt", "gạo lứt", "túi 400 g")),
    7: (
        ("Mứt chanh dây", "chanh dây tươi", "hũ thủy tinh 250 g"),
        ("Khoai lang mật sấy dẻo", "khoai lang mật", "túi zip 300 g"),
        ("Hạt mắc ca sấy nứt vỏ", "hạt mắc ca", "hộp 500 g"),
        ("Mít sấy giòn", "mít Thái", "túi 250 g"),
    ),
    8: (("Chả cá thác lác", "cá thác lác", "khay 500 g"), ("Thịt trâu gác bếp", "thịt trâu", "túi 500 g")),
    9: (("Nước mắm cá cơm", "cá cơm", "chai 500 ml"), ("Tương đậu nành", "đậu nành", "chai 500 ml")),
    10: (("Muối tiêu rừng", "tiêu rừng", "hũ 100 g"), ("Tỏi đen cô đơn", "tỏi", "hộp 200 g")),
    11: (("Chè xanh đặc sản", "búp chè tươi", "hộp 200 g"), ("Chè ô long", "búp chè tươi", "hộp 250 g")),
    12: (("Trà atisô túi lọc", "atisô", "hộp 20 túi"), ("Trà gừng mật ong", "gừng", "hộp 15 túi")),
    13: (("Cà phê bột rang mộc", "cà phê nhân", "gói 500 g"), ("Bột ca cao nguyên chất", "hạt ca cao", "hũ 250 g")),
    14: (("Rượu nếp men lá", "gạo nếp", "chai 500 ml"), ("Rượu gạo hạ thổ", "gạo tẻ", "bình 1 lít")),
    15: (("Rượu vang dâu tằm", "dâu tằm", "chai 750 ml"), ("Rượu mơ ngâm", "quả mơ", "chai 500 ml")),
    16: (("Nước uống đóng chai Suối Nguồn", "nước ngầm", "chai 500 ml"),),
    17: (("Nước ép chanh dây", "chanh dây", "chai 300 ml"), ("Sữa hạt sen", "hạt sen", "chai 250 ml")),
    18: (("Cao cà gai leo", "cà gai leo", "hộp 100 g"), ("Viên nghệ mật ong", "nghệ", "lọ 200 g")),
    19: (("Dầu gội bồ kết", "bồ kết", "chai 300 ml"), ("Xà phòng dầu dừa", "dầu dừa", "bánh 100 g")),
    20: (("Tinh dầu sả chanh", "sả chanh", "lọ 10 ml"), ("Tinh dầu tràm gió", "lá tràm", "lọ 50 ml")),
    21: (("Giỏ lục bình đan tay", "lục bình", "cái"), ("Đèn tre trang trí", "tre", "cái")),
    22: (("Khăn thổ cẩm dệt tay", "sợi bông", "chiếc"), ("Áo dài lụa tơ tằm", "tơ tằm", "bộ")),
    23: (("Hoa cúc chậu", "giống cúc", "chậu"), ("Hoa lan hồ điệp", "giống lan", "chậu")),
    24: (("Mai vàng bonsai", "phôi mai", "chậu"), ("Sung cảnh", "cây sung", "chậu")),
    25: (("Cá Koi cảnh", "cá giống", "con"), ("Chim cu gáy cảnh", "chim giống", "con")),
    26: (
        ("Du lịch cộng đồng Bản Mây", "cảnh quan bản làng", "tour 2 ngày 1 đêm"),
        ("Điểm du lịch Vườn Trái Ngọt", "vườn cây ăn trái", "vé tham quan"),
    ),
}

TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
Form = Literal["Hợp tác xã", "Công ty TNHH", "Hộ kinh doanh"]


@dataclass(frozen=True)
class Person:
    name: str
    gender: str
    ethnicity: str
    address: str


@dataclass(frozen=True)
class Place:
    province: str
    province_code: str
    commune: str
    commune_code: str
    village: str

    @property
    def address(self) -> str:
        return f"thôn {self.village}, xã {self.commune}, tỉnh {self.province}"


@dataclass(frozen=True)
class Applicant:
    name: str
    form: Form
    head: Person
    position: str
    address: str
    phone: str
    email: str
    tax_code: str
    founded: date
    workers: int
    local_workers: int


@dataclass(frozen=True)
class Product:
    name: str
    material: str
    pack: str
    code: str


@dataclass(frozen=True)
class Story:
    """Everything a dossier is about, before any paper is written."""

    place: Place
    applicant: Applicant
    product: Product
    submitted: date
    kind: str  # first, upgrade, reassessment
    serial: int
    clerk: Person
    chair: Person


def tell(table: CriteriaTable, rng: Random) -> Story:
    """Invent who applies with what, where and when."""
    province, province_code = rng.choice(PROVINCES)
    commune_code = f"{rng.randint(20000, 32000):05d}"
    place = Place(province, province_code, rng.choice(COMMUNES), commune_code, rng.choice(VILLAGES))
    submitted = date(2026, 8, 3) + timedelta(days=rng.randint(0, 80))
    name, material, pack = rng.choice(GOODS[table.set_no])
    serial = rng.randint(1, 28)
    product = Product(
        f"{name} {place.commune}", material, pack, f"{province_code}-{commune_code}-{serial:02d}-{submitted.year}"
    )
    kind = rng.choices(("first", "upgrade", "reassessment"), (6, 2, 2))[0]
    return Story(
        place, _applicant(place, rng), product, submitted, kind, serial, person(place, rng), person(place, rng)
    )


def person(place: Place, rng: Random) -> Person:
    gender = rng.choice(("Nữ", "Nam"))
    name = f"{rng.choice(FAMILY)} {rng.choice(MIDDLE[gender])} {rng.choice(GIVEN[gender])}"
    village = rng.choice(VILLAGES)
    home = f"số {rng.randint(2, 180)}, thôn {village}, xã {place.commune}, tỉnh {place.province}"
    return Person(name, gender, rng.choice(ETHNIC), home)


def phone(rng: Random) -> str:
    """A mobile number from the block 09x2 000, written as people write it."""
    digits = f"{rng.choice(('091', '096', '098', '032', '077'))}2000{rng.randint(100, 999)}"
    gap = rng.choice((" ", ".", ""))
    return f"{digits[:4]}{gap}{digits[4:7]}{gap}{digits[7:]}"


def _applicant(place: Place, rng: Random) -> Applicant:
    head = person(place, rng)
    form: Form = rng.choices(("Hợp tác xã", "Công ty TNHH", "Hộ kinh doanh"), (5, 3, 2))[0]
    names = {
        "Hợp tác xã": f"Hợp tác xã Nông nghiệp và Dịch vụ {place.commune}",
        "Công ty TNHH": f"Công ty TNHH Nông sản {head.name.split()[-1]} {place.commune}",
        "Hộ kinh doanh": f"Hộ kinh doanh {head.name}",
    }
    positions = {"Hợp tác xã": "Chủ tịch HĐQT kiêm Giám đốc", "Công ty TNHH": "Giám đốc", "Hộ kinh doanh": "Chủ hộ"}
    workers = rng.randint(8, 60)
    return Applicant(
        name=names[form],
        form=form,
        head=head,
        position=positions[form],
        address=f"số {rng.randint(1, 250)}, {place.address}",
        phone=phone(rng),
        email=f"{plain(head.name.split()[-1])}.{plain(place.commune)}{rng.randint(1, 99)}@{rng.choice(MAILS)}",
        tax_code=_tax_code(rng),
        founded=date(rng.randint(2012, 2022), rng.randint(1, 12), rng.randint(1, 28)),
        workers=workers,
        local_workers=round(workers * rng.uniform(0.5, 0.95)),
    )


def _tax_code(rng: Random) -> str:
    """A right one of a series that no office has come to yet (its fourth digit is 7, 8 or 9)."""
    office, serial = rng.randint(58, 62), rng.randint(0, 9999999)
    return with_check_digit(f"{office}0{7 + serial % 3}{serial // 100:05d}")


def with_check_digit(nine: str) -> str:
    """Nine digits and the tenth they make (Thông tư 105/2020/TT-BTC, Điều 5); the ninth gives way where none fits."""
    rest = sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, nine, strict=True)) % 11
    return with_check_digit(f"{nine[:8]}{(int(nine[8]) + 1) % 10}") if rest == 0 else f"{nine}{10 - rest}"


def plain(text: str) -> str:
    """Small letters without marks or gaps, as in an e-mail address."""
    return "".join(
        sign for sign in normalize("NFD", text.lower().replace("đ", "d").replace(" ", "")) if sign < "\u0300"
    )
