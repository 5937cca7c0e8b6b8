"""`python -m infra.samples --seed 1 --level office --out DIR`: write a sample dossier and its exact truth.

Writes scan.pdf (pictures only), vector.pdf (with text) and truth.json; with --images also every page as it was fed.
Everything follows from the options: the same ones give the same files. All people and places are invented.

  --level photo --turned some --layout varied --hand varied     phone pictures of an office with its own forms
  --level fax --layout leaders                                  204 × 196 dots an inch, black and white
  --dpi 200 --turned 180                                        every page fed upside down, at 200 dpi
  --defects                                                     mistakes to be found, listed in truth.json
  --era 148/2023                                                Biểu số 01 to 03 and that year's criteria table
  --hard                                                        all that makes a dossier hard, at any level
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

from infra.samples.sample import make, write_scan
from infra.samples.truth import DossierTruth, Level
from infra.samples.variant import HARD, USUAL, Dpi, Era, Hand, Layout, Turned, Variant

LONG = 60  # pages from which on only the scan and its truth are written, page by page


def parser() -> argparse.ArgumentParser:
    """The options, as --help tells them."""
    options = argparse.ArgumentParser(
        prog="python -m infra.samples", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--set", dest="set_no", type=int, default=7, help="product set of the decision, 1 to 26")
    options.add_argument("--level", choices=get_args(Level), default="office", help="how the pages were taken")
    options.add_argument("--stars", type=int, default=4)
    options.add_argument("--pages", type=int, default=None, help="at least so many as the main papers take")
    options.add_argument("--dpi", type=int, choices=get_args(Dpi), default=300, help="of the scan; a fax has its own")
    options.add_argument(
        "--turned", choices=get_args(Turned), help="which pages lie turned: printed across, some, or all by so much"
    )
    options.add_argument("--layout", choices=get_args(Layout), help="of the forms; varied: by seed")
    options.add_argument("--hand", choices=get_args(Hand), help="varied: strokes, circles, struck out and corrected")
    options.add_argument("--era", choices=get_args(Era), help="whose forms and criteria table")
    options.add_argument("--defects", action="store_true", help="mistakes put in on purpose, told in the truth")
    options.add_argument("--stamps", action="store_true", help="office stamps across the text of some pages")
    options.add_argument("--every-kind", action="store_true", help="each of the fifteen kinds of evidence")
    options.add_argument("--hard", action="store_true", help="the hard choice of everything not chosen otherwise")
    options.add_argument("--images", action="store_true", help="also every page as JPEG, and a multi-page TIFF")
    options.add_argument("--out", type=Path, required=True)
    return options


def variant_of(asked: argparse.Namespace) -> Variant:
    """What the options ask for; `--hard` fills what they leave open."""
    base = HARD if asked.hard else USUAL
    named = {name: getattr(asked, name) for name in ("turned", "layout", "hand", "era") if getattr(asked, name)}
    return replace(
        base,
        dpi=asked.dpi,
        defects=asked.defects or base.defects,
        stamps=asked.stamps or base.stamps,
        every_kind=asked.every_kind or base.every_kind,
        **named,
    )


def main() -> int:
    asked = parser().parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    try:
        truth = _write(asked)
    except ValueError as error:
        print(f"infra.samples: {error}", file=sys.stderr)
        return 2
    (asked.out / "truth.json").write_text(truth.model_dump_json(indent=1), encoding="utf-8")
    print(
        f"{len(truth.pages)} pages, set {truth.set_no}, {truth.total} points, {truth.stars} stars, "
        f"{len(truth.defects)} defects: {asked.out / 'scan.pdf'}"
    )
    return 0


def _write(asked: argparse.Namespace) -> DossierTruth:
    variant = variant_of(asked)
    wanted = (asked.seed, asked.set_no, asked.level, asked.stars, asked.pages)
    if (asked.pages or 0) > LONG:
        return write_scan(asked.out / "scan.pdf", *wanted, variant=variant)
    sample = make(*wanted, variant=variant)
    (asked.out / "scan.pdf").write_bytes(sample.pdf)
    (asked.out / "vector.pdf").write_bytes(sample.vector_pdf)
    if asked.images:
        for page in sample.pages:
            (asked.out / f"page-{page.truth.number:03d}.jpg").write_bytes(page.jpeg)
        (asked.out / "scan.tif").write_bytes(sample.tiff())
    return sample.truth


if __name__ == "__main__":
    sys.exit(main())
