import numpy as np
import pytest

from extraction.engines import LineEngine, LineReading, Sign
from extraction.layout.page import page_layout
from extraction.orientation import Witnessed, likely_turn, rotation_of
from extraction.pages import PageImage, Pixels
from extraction.preprocessing import straightened
from tests.extraction.sheets import Sheet, letter


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("lean", [0.0, -1.3])
def test_a_look_at_the_rows_of_letters_tells_which_way_up_to_try_first(turn: int, lean: float) -> None:
    page = straightened(letter().page().turned(turn), lean)

    guess, skew = likely_turn(page)

    assert (guess + turn) % 360 == 0
    assert skew == pytest.approx(-lean, abs=0.15)


def test_rules_and_frames_do_not_make_a_page_look_as_if_it_lay() -> None:
    page = letter().page()
    framed = page.pixels.copy()
    framed[:, 100::120] = 0  # rules from the head to the foot

    assert likely_turn(page.with_pixels(framed))[0] == 0


def test_what_holds_no_letters_is_left_as_it_is() -> None:
    assert likely_turn(PageImage(np.full((1200, 800), 255, np.uint8), 100, 1))[0] == 0


class Sure:
    """Reads one line as nonsense and its picture on its head as Vietnamese, as surely."""

    name = "sure"

    def __init__(self) -> None:
        self.said = iter(("8uonqd vịp Buộp OeỊ Buip ns", "Sử dụng lao động địa phương"))

    def read(self, line: Pixels) -> LineReading:
        return LineReading(tuple(Sign(sign, 0, 1, 0.96) for sign in next(self.said)))


def test_a_sure_reading_of_what_cannot_be_vietnamese_is_tried_on_its_head() -> None:
    page = Sheet().write(30, 60, "Sử dụng lao động địa phương", 24).page().turned(180)

    assert rotation_of(lambda: page, Sure(), page_layout(page)) == 180


def test_a_page_of_figures_stands_upright(reader: LineEngine) -> None:
    sheet = Sheet(height=80)
    for row, text in enumerate(
        ["12.000.000", "Số: 00000312", "3702734575", "85.000   1.700.000", "Cộng tiền hàng: 120.000"]
    ):
        sheet.write(30, 10 + 12 * row, text)

    for page, turn in ((sheet.page(), 0), (sheet.page().turned(180), 180)):
        assert rotation_of(lambda page=page: page, reader, page_layout(page)) == turn  # type: ignore[misc]


def test_a_few_scraps_that_read_well_convince_less_than_lines_that_read_fairly() -> None:
    """A cover whose photo's edges were taken for lines, beside three scraps of them when it lies."""
    assert Witnessed(0.68, 16.0).convincing < Witnessed(0.52, 80.0).convincing
