"""Sample dossiers: fictional OCOP dossiers as scans, with the exact truth beside every page.

sample = make(seed=1, set_no=7, level="office", stars=4)
sample.pdf, sample.vector_pdf, sample.pages[0].jpeg, sample.truth.total

make(seed=2, level="photo", variant=Variant(dpi=200, turned="some", layout="varied", hand="varied", defects=True))
"""

from infra.samples.sample import Sample, SamplePage, make, write_scan
from infra.samples.truth import DossierTruth, Level, PageTruth, as_fed, straightened
from infra.samples.variant import HARD, USUAL, Variant

__all__ = [
    "HARD",
    "USUAL",
    "DossierTruth",
    "Level",
    "PageTruth",
    "Sample",
    "SamplePage",
    "Variant",
    "as_fed",
    "make",
    "straightened",
    "write_scan",
]
