"""When a value must be looked at, and why; the second look at doubtful words."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extraction.doubt import IMPOSSIBLE, LOW, TWO_READINGS, UNDER_STAMP, agree, doubt_of, doubt_of_prose
from extraction.engines import LineReading, Sign
from extraction.engines.tesserocr_engine import TesserocrEngine
from extraction.pages import PageImage, Pixels
from extraction.readings import PageReading, PageSource, Word
from extraction.second_opinion import MOST, SecondOpinion, doubtful_words, word_picture
from tests.extraction.papers import page


def word(text: str, confidence: float = 0.99, second: str | None = None, under_stamp: bool = False) -> Word:
    return Word(text=text, box=(0, 0, 10, 10), confidence=confidence, second=second, under_stamp=under_stamp)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa,", "hoà"),
        ("12/QĐ–UBND", "12/QĐ-UBND."),
        ("28-82", "28-S2"),
        ("0982.000.461", "0982.000.46l"),
        ("(1):", "(1)"),
        ("422/2025/NNMT", "422I2025INNMT"),
        ("26/08/2034", "2608/2034.."),
        ("lan26@example.vn", "lan26(example.vn."),
        ("15/PĐK-08", "15⁄PĐK-08"),
        ("19/PĐK-40", "19/PÐĐK-40"),
        ("4972/KQTN-2025", "4972/KOTN-2025"),
        ("116/GXN-UBND", "116GXN-UBND"),
        ("06/2025/HĐLK", "06/2025⁄/HĐLK"),
        ("16/HĐMB-2026", "16/HĐÐĐMB-2026"),
        ("28/PĐK-44-20150-2026", "28/PĐÐK-44-20150-2026"),
        ("8545/KQTN-2026", "8545%⁄KQTN-2026"),
        ("Sín", "sSín"),
    ],
)
def test_readings_agree_though_edges_and_look_alike_signs_differ(one: str, other: str) -> None:
    assert agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12", "17"),
        ("Lan", "Lạn"),
        ("H8", "HS"),
        ("4-0470", "40470"),
        ("", ""),
        ("1044/KỌTN", "1044/KOTN"),
        ("4972/KOTN", "4972/KQTN"),
        ("116GXN-UBND", "116/GXN-UBND"),
        ("VT-3829", "VT-5829"),
    ],
)
def test_readings_differ_by_a_digit_a_tone_or_a_letter(one: str, other: str) -> None:
    assert not agree(one, other)


def test_a_weak_word_is_doubted_until_a_second_reader_agrees() -> None:
    assert doubt_of([word("Lan"), word("Anh", 0.4)]) == (0.4, LOW)
    assert doubt_of([word("Lan"), word("Anh", 0.4, second="Anh")]) == (0.99, None)


def test_a_syllable_that_cannot_be_is_doubted_unless_it_was_read_surely() -> None:
    assert doubt_of([word("Nông"), word("nghiệpk", 0.8)])[1] == f"{IMPOSSIBLE}: “nghiệpk”."
    assert doubt_of([word("Laba", 0.98), word("HTX", 0.8)])[1] is None
    assert doubt_of([word("nghiệpk", 0.8, second="nghiệpk")])[1] is None


def test_a_word_with_a_tone_that_is_no_syllable_must_be_read_more_surely_than_a_foreign_one() -> None:
    assert doubt_of([word("Chế"), word("biốn", 0.94)])[1] == f"{IMPOSSIBLE}: “biốn”."
    assert doubt_of([word("Fanpage", 0.94)])[1] is None


def test_two_readings_that_differ_are_both_named() -> None:
    confidence, reason = doubt_of([word("0912", 0.8, second="0917")])

    assert confidence <= 0.5
    assert reason == f"{TWO_READINGS}: “0912” và “0917”."


def test_nonsense_says_nothing_against_a_word_that_was_read_well() -> None:
    assert doubt_of([word("Trị", 0.8, second="TỊ...x")])[1] is None
    assert doubt_of([word("Trị", 0.8, second="Trí")])[1] is not None
    assert doubt_of([word("Trị", 0.65, second="TỊ...x")])[1] is not None
    assert doubt_of([word("12", 0.8, second="x-")])[1] is not None


def test_nonsense_says_nothing_against_a_number_that_was_read_surely() -> None:
    assert doubt_of([word("15", 0.96, second=")")])[1] is None
    assert doubt_of([word("253/2026/NNMT-19", 0.96, second="253/202ØNNMIT-19")])[1] is None
    assert doubt_of([word("15", 0.94, second=")")])[1] is not None
    assert doubt_of([word("VT-3829/2026", 0.96, second="VT-5829⁄2026.")])[1] is not None


def test_a_word_under_a_stamp_is_doubted_unless_it_is_read_surely() -> None:
    assert doubt_of([word("Lan", 0.8, under_stamp=True)])[1] == UNDER_STAMP
    assert doubt_of([word("Lan", 0.95, under_stamp=True)])[1] is None
    assert doubt_of([word("Lan", 0.8, under_stamp=True, second="Lan")])[1] is None


def test_in_a_sentence_one_weak_word_that_can_be_is_no_reason() -> None:
    sentence = [word(text, 0.95) for text in ("Nguyên", "liệu", "trong", "xã", "chiếm", "phần", "lớn")]

    assert doubt_of_prose([*sentence, word("nhất", 0.4)])[1] is None
    assert doubt_of_prose([*sentence, word("nhấtk", 0.4)])[1] == LOW
    assert doubt_of_prose([*sentence, word("chỉ", 0.6, second="chủ")])[1] == f"{TWO_READINGS}: “chỉ” và “chủ”."
    assert doubt_of_prose([*sentence, word("chủ", 0.6, second="cnủ")])[1] is None


def test_only_doubtful_words_of_values_and_numbers_are_read_again() -> None:
    lines = ["GIẤY CHỨNG NHẬN", "Cơ sở: Hợp tác xã Dứa", "Số: 12/QĐ", "trong nhiều năm qua 17 hộ tự chấm 2 điểm"]
    doubted = page(lines, confidence=0.7)

    assert {doubted.words[place].text for place in doubtful_words(doubted)} == {
        "Hợp",
        "tác",
        "xã",
        "Dứa",
        "12/QĐ",
        "2",
    }
    assert doubtful_words(page(lines)) == []
    assert len(doubtful_words(page(["3 điểm"] * 40, confidence=0.5))) == MOST


class Recorder:
    """An engine that says the same of every picture, and remembers whether digits were asked for."""

    def __init__(self, says: str, confidence: float = 0.9) -> None:
        self.reading = LineReading(tuple(Sign(sign, 0, 1, confidence) for sign in says))
        self.digits = 0

    def read(self, line: Pixels) -> LineReading:
        return self.reading

    def read_digits(self, line: Pixels) -> LineReading:
        self.digits += 1
        return self.reading


@pytest.mark.parametrize(("says", "confidence", "second"), [("17", 0.9, "17"), ("11", 0.9, "11"), ("11", 0.2, None)])
def test_what_the_other_engine_says_is_kept_beside_the_word(says: str, confidence: float, second: str | None) -> None:
    engine = Recorder(says, confidence)
    doubted = page(["17 điểm"], confidence=0.7)
    image = PageImage(np.full((doubted.height, doubted.width), 255, np.uint8), 300, 1)

    read = SecondOpinion(engine).of(doubted, image.palest)

    assert read.words[0].second == second
    assert engine.digits > 0


def test_a_rule_beside_the_word_is_painted_over_and_small_words_are_enlarged() -> None:
    levels = np.full((40, 200), 255, np.uint8)
    levels[:, 22] = 0  # a table's rule
    levels[12:18, 60:80] = 0

    picture = word_picture((25, 10, 125, 26), levels, (0.3, 0.1))

    assert picture.shape[0] > 40
    assert (picture < 128).mean(axis=0).max() < 0.5


def test_tesseract_confirms_a_printed_date_and_contradicts_a_wrong_one() -> None:
    tesseract = TesserocrEngine()
    picture = Image.new("L", (700, 200), 255)
    ImageDraw.Draw(picture).text((60, 70), "13/03/2026", font=ImageFont.load_default(size=44), fill=0)
    image = PageImage(np.asarray(picture), 300, 1)
    box = (60, 70, 310, 120)

    def seen(text: str) -> str | None:
        reading = PageReading(
            number=1,
            width=700,
            height=200,
            dpi=300,
            source=PageSource.OCR,
            words=(Word(text=text, box=box, confidence=0.7),),
        )
        return SecondOpinion(tesseract).of(reading, image.palest).words[0].second

    assert seen("13/03/2026") == "13/03/2026"
    assert seen("18/03/2026") == "13/03/2026"


def test_a_rare_word_in_a_sentence_is_doubted_sooner_than_a_usual_one() -> None:
    sentence = [word(each) for each in "xã có 12 lao động thường xuyên trong đó 10 người cư trú tại xã".split()]

    assert doubt_of_prose([*sentence, word("ngưới", 0.84, second="người")])[1] is not None
    assert doubt_of_prose([*sentence, word("người", 0.84, second="ngưới")])[1] is None


def test_a_word_whose_first_letter_was_seen_twice_is_another_word_all_the_same() -> None:
    _, reason = doubt_of([word("Thôn"), word("Sán", 0.81, "sSín")])

    assert reason is not None
    assert reason.startswith(TWO_READINGS)
