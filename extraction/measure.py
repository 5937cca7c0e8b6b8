"""How well samples with exact truth are read: `python -m extraction.measure --level office --seed 3`.

Characters are counted wrong after giving each read word to the printed words it lies over, so reading order does not
matter; text read where nothing is printed counts apart (`ins`). CPU seconds are of one process, one thread.
"""

import argparse
import sys
import time
import unicodedata
from dataclasses import dataclass
from statistics import mean

import cv2
from rapidfuzz.distance import Levenshtein

from extraction.engines import load_engine
from extraction.reading import read_page
from extraction.readings import Box, PageReading
from extraction.scans import open_scan
from infra.samples import PageTruth, make

SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


@dataclass
class Tally:
    """Sums over pages."""

    signs: int = 0
    wrong: int = 0
    inserted: int = 0
    ordered_wrong: int = 0
    ticks: int = 0
    ticks_found: int = 0
    ticks_right: int = 0
    ticks_invented: int = 0
    cells: int = 0
    cells_found: int = 0
    cells_right: int = 0
    values: int = 0
    values_right: int = 0

    def line(self) -> str:
        def share(part: int, whole: int) -> str:
            return f"{100 * part / whole:.2f}" if whole else "-"

        return (
            f"CER {share(self.wrong, self.signs)} +ins {share(self.inserted, self.signs)} "
            f"ordered {share(self.ordered_wrong, self.signs)} | ticks {self.ticks}: found {self.ticks_found}, "
            f"right {self.ticks_right}, invented {self.ticks_invented} | cells {self.cells}: found "
            f"{share(self.cells_found, self.cells)}, text right {share(self.cells_right, self.cells)} | "
            f"values {self.values}: right {share(self.values_right, self.values)}"
        )


def plain(text: str) -> str:
    """Text as it is compared: NFC, one kind of quotes and dashes, single blanks, no leaders."""
    words = unicodedata.normalize("NFC", text).translate(SAME).split()
    return " ".join(word for word in words if word.strip("._") or len(word) < 3)


def overlap(one: Box, other: Box) -> int:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, wide) * max(0, high)


def iou(one: Box, other: Box) -> float:
    both = overlap(one, other)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return both / max(1, sum(areas) - both)


def count_text(truth: PageTruth, read: PageReading, tally: Tally, shown: bool) -> None:
    """Wrong and inserted characters, order-free and in reading order."""
    owner = list(range(len(truth.words)))

    def root(word: int) -> int:
        while owner[word] != word:
            word = owner[word]
        return word

    given: list[tuple[int, str, Box]] = []
    for word in read.words:
        over = [(overlap(word.box, t.box), i) for i, t in enumerate(truth.words)]
        touched = [i for area, i in over if area > 0.3 * _area(truth.words[i].box) or area > 0.3 * _area(word.box)]
        if not touched:
            tally.inserted += len(plain(word.text))
            if shown:
                print(f"  page {truth.number} invented {word.text!r} {word.confidence} {word.box}")
            continue
        for other in touched[1:]:
            owner[root(other)] = root(touched[0])
        given.append((touched[0], word.text, word.box))
    groups: dict[int, tuple[list[tuple[Box, str]], list[tuple[Box, str]]]] = {}
    for i, word_truth in enumerate(truth.words):
        groups.setdefault(root(i), ([], []))[0].append((word_truth.box, word_truth.text))
    for i, text, box in given:
        groups[root(i)][1].append((box, text))
    for printed, found in groups.values():
        right = plain(" ".join(text for _, text in sorted(printed)))
        got = plain(" ".join(text for _, text in sorted(found)))
        wrong = Levenshtein.distance(right, got)
        tally.signs += len(right)
        tally.wrong += wrong
        if shown and wrong:
            print(f"  page {truth.number} {right!r} read {got!r} at {printed[0][0]}")
    tally.ordered_wrong += Levenshtein.distance(plain(truth.text), plain(read.text))


def _area(box: Box) -> int:
    return max(1, (box[2] - box[0]) * (box[3] - box[1]))


def count_ticks(truth: PageTruth, read: PageReading, tally: Tally, shown: bool) -> None:
    left = list(read.ticks)
    tally.ticks += len(truth.ticks)
    for tick in truth.ticks:
        best = max(left, key=lambda other: iou(other.box, tick.box), default=None)
        if best is None or iou(best.box, tick.box) < 0.3:
            if shown:
                print(f"  page {truth.number} tick box missed at {tick.box}, ticked {tick.ticked}")
            continue
        left.remove(best)
        tally.ticks_found += 1
        tally.ticks_right += best.ticked == tick.ticked
        if shown and best.ticked != tick.ticked:
            print(f"  page {truth.number} tick at {tick.box} is {tick.ticked}, sure {best.confidence}")
    tally.ticks_invented += len(left)
    if shown and left:
        print(f"  page {truth.number} boxes invented: {[(tick.box, tick.ticked) for tick in left]}")


def count_cells(truth: PageTruth, read: PageReading, tally: Tally, shown: bool) -> None:
    cells = [cell for table in read.tables for cell in table.cells]
    for cell in (cell for table in truth.tables for cell in table.cells):
        tally.cells += 1
        best = max(cells, key=lambda other: iou(other.box, cell.box), default=None)
        if best is None or iou(best.box, cell.box) < 0.7:
            if shown:
                print(f"  page {truth.number} cell missed {cell.row},{cell.col} {cell.box} {cell.text[:30]!r}")
            continue
        tally.cells_found += 1
        right = plain(best.text) == plain(cell.text)
        tally.cells_right += right
        if shown and not right:
            print(f"  page {truth.number} cell {plain(cell.text)!r} read {plain(best.text)!r}")


def count_values(truth: PageTruth, read: PageReading, tally: Tally, shown: bool) -> None:
    """Values found to the letter, blanks apart, among the words at their printed place."""
    for field in truth.fields:
        if isinstance(field.value, bool):
            continue
        inside = [word for word in read.words if 2 * overlap(word.box, field.box) > _area(word.box)]
        got, right = plain(" ".join(word.text for word in inside)), plain(field.raw)
        good = right.replace(" ", "").strip(".,;:") in got.replace(
            " ", ""
        )  # the box of a broken value holds whole lines
        tally.values += 1
        tally.values_right += good
        if shown and not good:
            print(f"  page {truth.number} {field.name} {right!r} read {got!r}")


def main() -> int:
    options = argparse.ArgumentParser(prog="extraction.measure", description=__doc__)
    options.add_argument("--seed", type=int, nargs="+", default=[3])
    options.add_argument("--level", default="office")
    options.add_argument("--engine", default="reader")
    options.add_argument("--show", action="store_true", help="print what was read wrong")
    asked = options.parse_args()
    cv2.setNumThreads(1)
    engine = load_engine(asked.engine)
    tally, seconds, turned, kinds = Tally(), [], 0, 0
    for seed in asked.seed:
        sample = make(seed=seed, set_no=1 + seed % 26, level=asked.level)
        for page in sample.pages:
            with open_scan(page.jpeg) as scan:
                started = time.process_time()
                read = read_page(scan.page(1), engine)
                seconds.append(time.process_time() - started)
            kinds += (read.source == "blank") == (page.truth.kind == "blank")
            turned += read.rotation == page.truth.rotation
            for count in (count_text, count_ticks, count_cells, count_values):
                count(page.truth, read, tally, asked.show)
    pages = len(seconds)
    print(f"{asked.level}, {pages} pages: {tally.line()}")
    print(f"  upright {turned}/{pages}, blank or not {kinds}/{pages}, CPU {mean(seconds):.3f} s a page, {engine.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
