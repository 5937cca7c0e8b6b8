"""Impossible words are looked at again; possible ones, codes and foreign words are left alone."""

from collections.abc import Sequence

import pytest

from extraction.engines import Sign
from extraction.engines.spelling import respelt


def line(text: str, confidence: float = 0.99) -> list[Sign]:
    return [Sign(sign, place, place + 1, confidence) for place, sign in enumerate(text)]


def respelt_text(text: str, others: dict[int, Sequence[tuple[str, float]]], confidence: float = 0.99) -> str:
    return "".join(sign.text for sign in respelt(line(text, confidence), lambda place: others.get(place, ())))


@pytest.mark.parametrize(
    ("read", "others", "meant"),
    [
        ("QUYÉT ĐỊNH", {3: [("Ế", 0.01)]}, "QUYẾT ĐỊNH"),  # a mark lost: faint traces are enough
        ("Nphị quyết", {1: [("g", 0.3)]}, "Nghị quyết"),  # another letter must be nearly as likely
        ("HỌỘI", {1: [("", 0.02)], 2: [("", 0.01)]}, "HỘI"),  # one letter seen as two
        ("Chíinh", {3: [("", 0.4)]}, "Chính"),
    ],
)
def test_a_word_that_cannot_be_vietnamese_becomes_the_likeliest_that_can(
    read: str, others: dict[int, Sequence[tuple[str, float]]], meant: str
) -> None:
    assert respelt_text(read, others) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Email: dạt.phulạc@yahoo.com.vn; ĐT", "Email: dat.phulac@yahoo.com.vn; ĐT"),
        ("www.trà-đắng.vn", "www.tra-dang.vn"),
        ("5@ trà", "5@ trà"),
        ("Email: báng .hoa17@gmail.com; Fax .5", "Email: bang.hoa17@gmail.com; Fax .5"),
        ("a.b@gmail .com.vn", "a.b@gmail.com.vn"),
        ("và/hoặc", "và/hoặc"),
    ],
)
def test_addresses_on_the_net_bear_no_marks(read: str, meant: str) -> None:
    assert respelt_text(read, {}) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Phụ lục l", "Phụ lục I"),
        ("Phần lll. Kết quả", "Phần III. Kết quả"),
        ("Mục Vl:", "Mục VI:"),
        ("dung tích 5 l", "dung tích 5 l"),
        ("µg/l", "µg/l"),
        ("k) và l)", "k) và l)"),
    ],
)
def test_a_lone_l_is_a_roman_number_unless_it_measures_or_lists(read: str, meant: str) -> None:
    assert respelt_text(read, {}) == meant


def test_syllables_of_addresses_are_not_made_vietnamese() -> None:
    """“dat” cannot be without a mark; in an address it stands as it is."""
    text = "Email: dat.phulac7@yahoo.com.vn"

    assert respelt_text(text, {8: [("ạ", 0.2)], 15: [("ạ", 0.2)]}) == text


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("trong đó II lao động là người xã", "trong đó 11 lao động là người xã"),
        ("Có 2I hộ, I đại lý", "Có 21 hộ, 1 đại lý"),
        ("Phụ lục II người lao động", "Phụ lục II người lao động"),
        ("PHẦN II. KẾT QUẢ", "PHẦN II. KẾT QUẢ"),
    ],
)
def test_strokes_before_what_is_counted_are_figures(read: str, meant: str) -> None:
    assert respelt_text(read, {}) == meant


@pytest.mark.parametrize(
    ("read", "slash", "meant"),
    [
        ("người xuất khẩu 1 Name of exporter", 0.43, "người xuất khẩu / Name of exporter"),
        ("Phụ lục 1 Danh mục", 0.0001, "Phụ lục 1 Danh mục"),
        ("tăng 1 điểm", 0.43, "tăng 1 điểm"),
    ],
)
def test_a_steep_slash_between_two_languages_is_no_figure(read: str, slash: float, meant: str) -> None:
    assert respelt_text(read, {read.index("1"): [("/", slash)]}) == meant


@pytest.mark.parametrize("name", ["K'Ho", "K’Ho:", "M'Drắk", "K'Sor"])
def test_a_capital_behind_an_apostrophe_begins_a_syllable(name: str) -> None:
    assert respelt_text(f"Dân tộc: {name}", {}) == f"Dân tộc: {name}"


def test_a_label_before_a_number_of_capitals_is_none_of_them() -> None:
    assert respelt_text("Số: 66/GXN-XTTM", {0: [("S", 0.9)], 1: [("Ố", 0.3)]}) == "Số: 66/GXN-XTTM"


def test_the_likeliest_of_several_is_taken() -> None:
    assert respelt_text("tiét", {2: [("ề", 0.3), ("ế", 0.02), ("ệ", 0.01)]}) == "tiết"


@pytest.mark.parametrize(
    ("read", "others"),
    [
        ("nghi", {3: [("ỉ", 0.4)]}),  # possible as it stands, whatever else it might be
        ("Nphị", {1: [("g", 0.01)]}),  # the picture says p
        ("KTT3", {2: [("I", 0.5)]}),  # a code
        ("Salmonella", {1: [("á", 0.4)]}),  # no syllable is so long
        ("Krông", {1: [("h", 0.01)]}),
        ("chứng nhận quốc tế (ASC, BAP, MSC)", {25: [("Á", 0.002)]}),  # letters that stand for a name
        ("E", {0: [("Ê", 0.4)]}),
    ],
)
def test_what_is_possible_unlikely_or_no_syllable_is_left_alone(
    read: str, others: dict[int, Sequence[tuple[str, float]]]
) -> None:
    assert respelt_text(read, others) == read


def test_the_case_of_a_letter_is_kept() -> None:
    assert respelt_text("quyét", {3: [("Ế", 0.5), ("ế", 0.1)]}) == "quyết"


def test_a_sign_put_in_is_no_surer_than_the_picture_makes_it() -> None:
    signs = respelt(line("quyét"), lambda place: [("ế", 0.02)] if place == 3 else [])

    assert [sign.confidence for sign in signs] == [0.99, 0.99, 0.99, 0.02, 0.99]


@pytest.mark.parametrize(
    ("read", "allowed", "meant"),
    [
        ("GIẤY CHỨNG NHẬN CƠ Sở ĐỦ ĐIỀU KIỆN", True, "GIẤY CHỨNG NHẬN CƠ SỞ ĐỦ ĐIỀU KIỆN"),
        ("GIẤY CHỨNG NHẬN cơ SỞ", True, "GIẤY CHỨNG NHẬN CƠ SỞ"),
        ("GIẤY CHỨNG NHẬN cơ SỞ", False, "GIẤY CHỨNG NHẬN cơ SỞ"),  # the picture shows a small letter, surely
        ("UBND xã có cơ sở", True, "UBND xã có cơ sở"),
        ("TRUNG BÌNH x", True, "TRUNG BÌNH x"),  # a mark
        ("CƠ cơ", True, "CƠ cơ"),  # nothing tells which
    ],
)
def test_among_capitals_letters_that_only_differ_in_size_are_capitals(read: str, allowed: bool, meant: str) -> None:
    others = {at: [(sign.upper(), 0.05 if allowed else 0.0)] for at, sign in enumerate(read)}

    assert respelt_text(read, others) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("SỐ: 96/BC-UBND", "Số: 96/BC-UBND"),
        ("Mã sỐ: 41", "Mã số: 41"),
        ("MÃ SỐ THUẾ: 41", "MÃ SỐ THUẾ: 41"),
        ("SỐ CHỨNG NHẬN: 41", "SỐ CHỨNG NHẬN: 41"),
        ("Luật số 36/2005/QHI1 ngày", "Luật số 36/2005/QH11 ngày"),
        ("SQHI1", "SQHI1"),
        ("Chủ tịch HĐỌT kiêm Giám đốc", "Chủ tịch HĐQT kiêm Giám đốc"),
        ("2999/KỢTN-2026", "2999/KQTN-2026"),
        ("NGHỌ", "NGHỌ"),
        ("HỌC VIỆN", "HỌC VIỆN"),
    ],
)
def test_signs_that_only_their_place_tells_are_put_right(read: str, meant: str) -> None:
    assert respelt_text(read, {}) == meant


def test_borrowed_words_stay_as_they_are() -> None:
    others = {place: [("Ạ", 0.05)] for place in range(20)}

    assert respelt_text("(VAT INVOICE)", others) == "(VAT INVOICE)"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("xã Ea KIy, phường Đắk MiI", "xã Ea Kly, phường Đắk Mil"),
        ("xã la Ko và la Ring", "xã Ia Ko và la Ring"),  # only a place's kind tells
        ("lnvoice No. / lnspection", "Invoice No. / Inspection"),
        ("VIỆT NAM, XÃ HỘI, IX", "VIỆT NAM, XÃ HỘI, IX"),
        ("Lúa lai, lò sấy", "Lúa lai, lò sấy"),
    ],
)
def test_strokes_that_are_drawn_alike_are_told_by_their_place(read: str, meant: str) -> None:
    assert respelt_text(read, {}) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("bản SỦng Trái, trên nƯơng, mai saU", "bản Sủng Trái, trên nương, mai sau"),
        ("VietGAP, GlobalGAP, NaCl, pH, kWh, HTXs", "VietGAP, GlobalGAP, NaCl, pH, kWh, HTXs"),
        ("ĐẠI HỌC Sơn La", "ĐẠI HỌC Sơn La"),
    ],
)
def test_large_copies_of_small_letters_within_a_word_are_small(read: str, meant: str) -> None:
    assert respelt_text(read, {}) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("We hereby certify thát the food safety system of", "We hereby certify that the food safety system of"),
        ("có chứng nhận organic food system", "có chứng nhận organic food system"),
        ("the thát", "the thát"),
        ("Chứng nhận (This is to certify thát)", "Chứng nhận (This is to certify that)"),
        ("This is to certify that the system of", "This is to certify that the system of"),
        ("KPH: Không phát hiện. Nót detected.", "KPH: Không phát hiện. Not detected."),
        ("Nết weight (kg)", "Net weight (kg)"),
        ("nọt detected, ít is hereby certified thát", "not detected, it is hereby certified that"),
        ("ít người bị mất", "ít người bị mất"),
    ],
)
def test_a_lone_mark_in_a_line_of_english_is_none(read: str, meant: str) -> None:
    assert respelt_text(read, {}) == meant


@pytest.mark.parametrize(
    ("read", "share", "meant"),
    [
        ("14 /ao động", 0.4, "14 lao động"),
        ("14 /ao động", 0.01, "14 /ao động"),
        ("5.000 đồng /người", 0.4, "5.000 đồng /người"),
        ("và/ao cá", 0.4, "và/ao cá"),
    ],
)
def test_a_slash_at_the_head_of_a_word_that_needs_an_l_is_one(read: str, share: float, meant: str) -> None:
    assert respelt_text(read, {read.index("/"): [("l", share)]}) == meant
