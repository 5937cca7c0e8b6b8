"""One contract for every line engine."""

import numpy as np
import pytest

from extraction.engines import ENGINES, LineEngine, load_engine
from extraction.engines.reader import decode, ink_levels
from extraction.pages import Pixels
from tests.extraction.sheets import Sheet

TEXT = "Tên sản phẩm: Mật ong hoa cà phê"


@pytest.fixture(scope="module")
def line() -> Pixels:
    return Sheet(90, 9).write(4, 1.5, TEXT).pixels


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> LineEngine:
    return load_engine(request.param)


def test_a_printed_line_is_read(engine: LineEngine, line: Pixels) -> None:
    reading = engine.read(line)

    assert reading.text == TEXT
    assert reading.confidence > 0.8


def test_signs_stand_from_left_to_right_inside_the_picture(engine: LineEngine, line: Pixels) -> None:
    signs = engine.read(line).signs

    assert [sign.left for sign in signs] == sorted(sign.left for sign in signs)
    assert all(0 <= sign.left <= sign.right <= line.shape[1] for sign in signs)
    assert signs[0].right < line.shape[1] / 8
    assert signs[-1].left > line.shape[1] / 2


def test_empty_paper_has_no_text(engine: LineEngine) -> None:
    assert engine.read(np.full((60, 400), 255, np.uint8)).text.strip() == ""


def test_the_name_carries_a_version(engine: LineEngine) -> None:
    assert any(sign.isdigit() for sign in engine.name)


def test_an_unknown_engine_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="cuneiform"):
        load_engine("cuneiform")


def test_decoding_joins_repeated_frames_and_keeps_doubled_letters() -> None:
    best = [0, 1, 1, 0, 1, 2, 2, 0]  # a a - a b b → "aab"
    frames = np.full((8, 3), 0.05, np.float32)
    frames[np.arange(8), best] = 0.9

    reading = decode(frames, "ab")

    assert reading.text == "aab"
    assert reading.confidence == pytest.approx(0.9)


def test_a_hesitating_frame_makes_only_its_neighbour_doubtful() -> None:
    frames = np.full((12, 3), 0.01, np.float32)
    frames[:, 0] = 0.98
    frames[2] = (0.01, 0.98, 0.01)
    frames[9] = (0.45, 0.05, 0.5)

    first, second = decode(frames, "an").signs

    assert (first.text, second.text) == ("a", "n")
    assert first.confidence > 0.9
    assert second.confidence == pytest.approx(0.5)


def test_ink_levels_do_not_depend_on_exposure(line: Pixels) -> None:
    dark = (line.astype(np.float64) * 0.5 + 20).astype(np.uint8)

    assert np.abs(ink_levels(line).astype(int) - ink_levels(dark).astype(int)).max() <= 4
    assert ink_levels(line).shape[0] == 40
