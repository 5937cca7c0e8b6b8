"""A line read with doubt is looked at in other views, and all of them decide together."""

import numpy as np
import numpy.typing as npt

from extraction.engines import LineReading, Sign
from extraction.engines.views import is_doubtful, likeliest, other_views


def view(*frames: tuple[float, float, float]) -> npt.NDArray[np.float32]:
    """Frames of (nothing, a, b)."""
    return np.array(frames, np.float32)


def reading(*sure: float) -> LineReading:
    return LineReading(tuple(Sign("a", at, at + 1, each) for at, each in enumerate(sure)))


def test_a_view_that_is_surer_outweighs_one_that_hesitates() -> None:
    hesitant, sure = view((0.0, 0.55, 0.45)), view((0.0, 0.2, 0.8))  # together: a 0.11, b 0.36

    assert likeliest(["a", "b", "b"], [hesitant, sure], "ab") == 1


def test_of_like_readings_the_first_is_taken() -> None:
    even = view((0.0, 0.5, 0.5))

    assert likeliest(["b", "a"], [even, even], "ab") == 0
    assert likeliest(["b", "b"], [even, even], "ab") == 0


def test_all_ways_to_say_a_text_count() -> None:
    """Two frames, each nothing or a: nothing at all has one way of four, a single a has the other three."""
    frames = view((0.5, 0.5, 0.0), (0.5, 0.5, 0.0))

    assert likeliest(["", "a"], [frames], "ab") == 1


def test_a_doubled_letter_needs_a_frame_between() -> None:
    assert likeliest(["aa", "a"], [view((0.1, 0.9, 0.0), (0.1, 0.9, 0.0))], "ab") == 1
    assert likeliest(["aa", "a"], [view((0.1, 0.9, 0.0), (0.9, 0.1, 0.0), (0.1, 0.9, 0.0))], "ab") == 0


def test_views_may_have_more_or_fewer_frames() -> None:
    short, long = view((0.0, 0.4, 0.6)), view((0.0, 0.9, 0.1), (0.8, 0.1, 0.1), (0.9, 0.05, 0.05))

    assert likeliest(["b", "a"], [short, long], "ab") == 1  # 0.6 · 0.1 against 0.4 · 0.9, and more ways


def test_one_view_that_is_sure_of_nonsense_cannot_forbid_a_text() -> None:
    """A text of probability 0 counts as very unlikely only: two views against one."""
    blind, seeing = view((1.0, 0.0, 0.0)), view((0.0, 0.0, 1.0))

    assert likeliest(["", "b"], [blind, seeing, seeing], "ab") == 1


def test_only_lines_with_an_unsure_sign_are_doubtful_and_scribbles_are_hopeless() -> None:
    assert is_doubtful(reading(0.99, 0.5, 0.99))
    assert not is_doubtful(reading(0.99, 0.6, 0.99))
    assert not is_doubtful(reading(0.3, 0.4, 0.3))


def test_the_other_views_are_the_line_on_more_paper_and_wider() -> None:
    line = np.full((40, 200), 230, np.uint8)
    line[10:30, 50:60] = 20

    taller, wider = other_views(line)

    assert taller.shape == (48, 200)
    assert (np.delete(taller, range(4, 44), 0) == 230).all()
    assert (taller[4:-4] == line).all()
    assert wider.shape == (40, 224)
    assert (wider[20] < 128).sum() == 11  # ten columns, wider by an eighth
