"""How a dossier's pages are split into work, and numbered."""

from collections.abc import Sequence
from dataclasses import dataclass

from infra.events.intake import StoredFile

LONGEST_RANGE = 8  # pages; bounds what one lost worker costs
RANGES_LEFT = 12  # at least so many are still to come: people see progress, and no worker reads on when all others rest


@dataclass(frozen=True)
class PageRange:
    """Pages `first` … `last` (both included, from 1) of file `file_no` (from 0)."""

    file_no: int
    first: int
    last: int


def split(pages_of_files: Sequence[int]) -> list[PageRange]:
    """Ranges of at most 8 pages that cover every page of every file once; page by page towards the end."""
    left, ranges = sum(pages_of_files), []
    for file_no, pages in enumerate(pages_of_files):
        first = 1
        while first <= pages:
            length = min(pages - first + 1, LONGEST_RANGE, max(1, left // RANGES_LEFT))
            ranges.append(PageRange(file_no, first, first + length - 1))
            first, left = first + length, left - length
    return ranges


def first_pages(files: Sequence[StoredFile]) -> list[int]:
    """The dossier-wide number of each file's first page."""
    starts, following = [], 1
    for file in files:
        starts.append(following)
        following += file.pages
    return starts


def place_of(files: Sequence[StoredFile], number: int) -> tuple[int, int] | None:
    """(file, page within it) of a dossier-wide page number; None if there is no such page."""
    for file_no, start in enumerate(first_pages(files)):
        if start <= number < start + files[file_no].pages:
            return file_no, number - start + 1
    return None
