"""How well single pages are read, with any engine: `python -m extraction.measure --level office --seed 3 --show`.

For work on the reader: one process, one thread, nothing understood. `./ocop bench reading` measures everything.
"""

import argparse
import sys
import time
from collections import Counter

import cv2

from extraction.bench.measures import BY_KEY, figure
from extraction.bench.pages import count_page
from extraction.engines import load_engine
from extraction.reading import read_page
from extraction.scans import open_scan
from infra.samples import make

SHOWN = ("cer", "inserted", "cer_ordered", "cer_prose", "cer_cells", "values", "ticks", "boxes", "cells", "upright")


def main() -> int:
    options = argparse.ArgumentParser(prog="extraction.measure", description=__doc__)
    options.add_argument("--seed", type=int, nargs="+", default=[3])
    options.add_argument("--level", default="office")
    options.add_argument("--engine", default="reader")
    options.add_argument("--show", action="store_true", help="print what was read wrong")
    asked = options.parse_args()
    cv2.setNumThreads(1)
    engine = load_engine(asked.engine)
    counts: Counter[str] = Counter()
    seconds = 0.0
    for seed in asked.seed:
        for page in make(seed=seed, set_no=1 + seed % 26, level=asked.level).pages:
            with open_scan(page.jpeg) as scan:
                started = time.process_time()
                read = read_page(scan.page(1), engine)
                seconds += time.process_time() - started
            sums = count_page(page.truth, read)
            counts.update(sums.counts)
            for line in sums.misread if asked.show else ():
                print(f"  page {page.truth.number} {line}")
    for key in SHOWN:
        found = figure(BY_KEY[key], counts, asked.level)
        print(f"{found.measure.title:32} {found.shown:>7} % {found.target_shown}")
    print(f"{asked.level}, {counts['pages']} pages, CPU {seconds / counts['pages']:.3f} s a page, {engine.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
