"""How a dossier's pages are split into work, and numbered."""

from collections.abc import Sequence
from dataclasses import dataclass

from infra.events.intake import StoredFile

LONGEST_RANGE = 8  # pages; bounds what one lost worker costs
RANGES_WANTED = 24  # short dossiers go page by page, so that people see progress


@dataclass(frozen=True)
class PageRange:
    """Pages `first` … `last` (both included, from 1) of file `file_no` (from 0)."""

    file_no: int
    first: int
    last: int


def split(pages_of_files: Sequence[int]) -> list[PageRange]:
    """Ranges of at most 8 pages that cover every page of every file once."""
    length = max(1, min(LONGEST_RANGE, sum(pages_of_files) // RANGES_WANTED))
    return [
        PageRange(file_no, first, min(first + length - 1, pages))
        for file_no, pages in enumerate(pages_of_files)
        for first in range(1, pages + 1, length)
    ]


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
