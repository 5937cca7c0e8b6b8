"""`python -m infra.samples --seed 1 --level office --out DIR`: write a sample dossier and its truth."""

import argparse
import sys
from pathlib import Path
from typing import get_args

from infra.samples.sample import make, write_scan
from infra.samples.truth import DossierTruth, Level

LONG = 60  # pages from which on only the scan and its truth are written, page by page


def main() -> int:
    options = argparse.ArgumentParser(prog="infra.samples", description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--set", dest="set_no", type=int, default=7, help="product set of QĐ 26/2026, 1 to 26")
    options.add_argument("--level", choices=get_args(Level), default="office")
    options.add_argument("--stars", type=int, default=4)
    options.add_argument("--pages", type=int, default=None, help="at least so many as the main papers take")
    options.add_argument("--images", action="store_true", help="also every page as JPEG, and a multi-page TIFF")
    options.add_argument("--out", type=Path, required=True)
    asked = options.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    try:
        truth = _write(asked)
    except ValueError as error:
        print(f"infra.samples: {error}", file=sys.stderr)
        return 2
    (asked.out / "truth.json").write_text(truth.model_dump_json(indent=1), encoding="utf-8")
    print(
        f"{len(truth.pages)} pages, set {truth.set_no}, {truth.total} points, {truth.stars} stars: "
        f"{asked.out / 'scan.pdf'}"
    )
    return 0


def _write(asked: argparse.Namespace) -> DossierTruth:
    if (asked.pages or 0) > LONG:
        return write_scan(asked.out / "scan.pdf", asked.seed, asked.set_no, asked.level, asked.stars, asked.pages)
    sample = make(asked.seed, asked.set_no, asked.level, asked.stars, asked.pages)
    (asked.out / "scan.pdf").write_bytes(sample.pdf)
    (asked.out / "vector.pdf").write_bytes(sample.vector_pdf)
    if asked.images:
        for page in sample.pages:
            (asked.out / f"page-{page.truth.number:03d}.jpg").write_bytes(page.jpeg)
        (asked.out / "scan.tif").write_bytes(sample.tiff())
    return sample.truth


if __name__ == "__main__":
    sys.exit(main())
