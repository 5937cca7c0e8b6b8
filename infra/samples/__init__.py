"""Sample dossiers: fictional OCOP dossiers as scans, with the exact truth beside every page.

sample = make(seed=1, set_no=7, level="office", stars=4)
sample.pdf, sample.vector_pdf, sample.pages[0].jpeg, sample.truth.total
"""

from infra.samples.sample import Sample, SamplePage, make, write_scan
from infra.samples.truth import DossierTruth, Level, PageTruth, straightened

__all__ = ["DossierTruth", "Level", "PageTruth", "Sample", "SamplePage", "make", "straightened", "write_scan"]
