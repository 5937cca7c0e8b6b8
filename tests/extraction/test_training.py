"""Training lines and measures; the network itself needs the extra `train` and is tried by `./ocop train-reader`."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from extraction.engines import LineReading, Sign
from extraction.syllables import all_syllables
from extraction.training.entries import entry
from extraction.training.evaluation import judged
from extraction.training.fonts import HELD_OUT, Fonts
from extraction.training.lines import Press, readable, targets
from extraction.training.reliability import reliability
from extraction.training.signs import ALPHABET, known
from extraction.training.texts import HeldOutTexts, Texts
from extraction.training.wear import Noise
from infra.reference import RULEBOOKS


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts(RULEBOOKS)


@pytest.fixture(scope="module")
def press(texts: Texts) -> Press:
    return Press(texts, Fonts(), Noise(3))


@pytest.mark.parametrize("syllable", ["nghiêng", "người", "quả", "khuỷu", "đường", "gì", "hòa", "chuyển", "nước", "kỹ"])
def test_syllables_people_write_are_made(syllable: str) -> None:
    assert syllable in all_syllables() or syllable == "gì"  # gì drops the i of its onset: taken from real text


@pytest.mark.parametrize("syllable", ["cê", "ngê", "kang", "ghan", "tác̀", "bạcg", "yên yên"])
def test_syllables_nobody_can_write_are_not_made(syllable: str) -> None:
    assert syllable not in all_syllables()


def test_a_stopped_syllable_bears_the_sharp_or_the_heavy_tone_only() -> None:
    assert {"tác", "tạc"} <= set(all_syllables())
    assert not {"tac", "tàc", "tảc", "tãc"} & set(all_syllables())


def test_look_alikes_become_the_sign_the_reader_knows() -> None:
    assert known("5 μg/kg — “A”\u00a0·") == "5 µg/kg – “A” ."
    assert known("日本 tea") == "tea"


def test_held_out_sentences_are_never_trained_on(texts: Texts) -> None:
    assert len(texts.held_out) > 20
    assert not set(texts.held_out) & set(texts.sentences)
    assert HeldOutTexts(RULEBOOKS).line(Random(1), 500) in texts.held_out


def test_lines_have_only_known_signs_and_no_loose_blanks(texts: Texts) -> None:
    rng = Random(5)
    lines = [texts.line(rng, signs) for signs in (1, 5, 20, 60) for _ in range(100)]

    assert all(line and line == " ".join(line.split()) for line in lines)
    assert set("".join(lines)) <= set(ALPHABET)


def test_the_same_seed_makes_the_same_lines(press: Press) -> None:
    one, said = press.batch(Random(9), 256, 6)
    other, again = press.batch(Random(9), 256, 6)

    assert said == again
    assert one.shape == (6, 40, 256)
    assert np.array_equal(one, other)


def test_a_line_never_asks_for_more_signs_than_the_network_has_frames(press: Press) -> None:
    rng = Random(2)
    for _ in range(60):
        picture, text = press.line(rng, 128)
        assert readable(picture.shape[1], text)


def test_two_like_signs_need_a_frame_between_them() -> None:
    assert readable(columns=8, text="ab")
    assert not readable(columns=8, text="aa")
    assert readable(columns=12, text="aa")


def test_targets_are_classes_from_one_one_text_after_another() -> None:
    classes, lengths = targets(["01", "0"])

    assert classes.tolist() == [1, 2, 1]
    assert lengths.tolist() == [2, 1]


def test_the_fonts_kept_out_are_not_trained_on() -> None:
    trained = {Path(font.path).name for font in Fonts().files}

    assert "LiberationSerif-Regular.ttf" in trained
    assert not any(name.startswith(HELD_OUT) for name in trained)


def test_a_word_is_judged_by_its_place_and_its_least_sure_sign() -> None:
    reading = LineReading(
        tuple(Sign(sign, 0, 1, sure) for sign, sure in zip("ab cb", (1, 0.5, 1, 0.9, 0.8), strict=True))
    )

    assert judged(reading, "ab cd") == [(0.5, True), (0.8, False)]


def test_reliability_rises_with_raw_confidence() -> None:
    raw = [0.1] * 10 + [0.5] * 10 + [0.9] * 100
    right = [False] * 9 + [True] + [True] * 5 + [False] * 5 + [True] * 99 + [False]

    points = reliability(raw, right)

    assert [at for at, _ in points] == [0.1, 0.5, 0.9]
    shares = [share for _, share in points]
    assert shares == sorted(shares)
    assert shares == pytest.approx([0.14, 0.5, 0.985], abs=0.01)


def test_a_word_alone_may_be_small_or_capital(texts: Texts) -> None:
    rng = Random(4)
    lines = {texts.line(rng, 1).rstrip(".,;:") for _ in range(30000)}
    assert {"số", "SỐ", "sở"} <= lines


def test_parts_stars_and_highland_names_are_trained_on() -> None:
    rng = Random(5)
    made = [entry(rng, lambda _: "chè") for _ in range(16000)]
    assert {"3****", "II.", "Phụ lục II.", "K'Ho"} <= {each.strip() for each in made}
