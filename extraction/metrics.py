"""What Prometheus sees of reading."""

from prometheus_client import Counter, Histogram

PAGES = Counter("ocop_pages_total", "Pages done, by how they were read", ["source"])
PAGE_SECONDS = Histogram(
    "ocop_page_seconds", "Time one page takes", buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)
)
REMEMBERED = Counter("ocop_pages_remembered_total", "Pages not read again: the same page was read before", ["known_by"])
REVIEWS = Counter("ocop_values_total", "Values found, by whether a person must look", ["needs_review"])
