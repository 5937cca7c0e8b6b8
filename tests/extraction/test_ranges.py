"""How a dossier's pages are split into work."""

import pytest

from extraction.ranges import PageRange, split


def lengths(pages_of_files: list[int]) -> list[int]:
    return [each.last - each.first + 1 for each in split(pages_of_files)]


def test_a_short_dossier_goes_page_by_page() -> None:
    assert split([2, 1]) == [PageRange(0, 1, 1), PageRange(0, 2, 2), PageRange(1, 1, 1)]


def test_a_longer_one_goes_by_ranges_which_shrink_towards_its_end() -> None:
    assert lengths([60]) == [5, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2] + 23 * [1]
    assert lengths([120])[:4] == [8, 8, 8, 8]


def test_a_range_ends_with_its_file() -> None:
    assert lengths([3, 300])[:3] == [3, 8, 8]


@pytest.mark.parametrize("files", [[500], [500, 500, 500, 500], [1], [7, 1, 93]])
def test_every_page_is_in_one_range_of_at_most_8(files: list[int]) -> None:
    ranges = split(files)

    pages = [(each.file_no, page) for each in ranges for page in range(each.first, each.last + 1)]
    assert pages == [(number, page) for number, count in enumerate(files) for page in range(1, count + 1)]
    assert max(lengths(files)) <= 8
    assert lengths(files)[-1] == 1
