"""One page of one file, read in a worker process; whatever happens to the worker, a reading comes back."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from extraction.metrics import PAGE_SECONDS, PAGES
from extraction.readings import PageReading, PageSource
from extraction.settings import Settings
from extraction.workers import CONTENTS, READ, WARM_UP
from infra.errors import PipelineError
from infra.log import logger
from infra.sandbox import Sandbox, SandboxCrash

ADVICE = "Trang gốc vẫn được giữ; xem ảnh trang, quét lại riêng trang này nếu cần."


class PageReader:
    def __init__(self, sandbox: Sandbox, settings: Settings) -> None:
        self.sandbox, self.settings = sandbox, settings
        self.log = logger("extraction")

    def read(self, path: Path, media_type: str, page: int) -> tuple[PageReading, float]:
        """(reading, seconds) of page `page` (from 1). A page that hangs, crashes or explodes comes back quarantined.

        The seconds are the worker's own; of a quarantined page, from asking for a worker on.
        """
        started = perf_counter()
        try:
            reading, seconds = self._attempt(path, media_type, page)
        except PipelineError as error:
            reading, seconds = quarantined(page, str(error)), perf_counter() - started
        except Exception as error:  # a bug in reading costs one page, not the dossier; the log says where
            self.log.error("Reading a page failed unexpectedly.", page=page, exc_info=error)
            reason = f"Bộ đọc gặp lỗi ngoài dự kiến ({type(error).__name__})."
            reading, seconds = quarantined(page, reason), perf_counter() - started
        PAGES.labels(reading.source.value).inc()
        PAGE_SECONDS.observe(seconds)
        return reading, seconds

    def engine_name(self) -> str:
        """The engine's name with its version, as a worker tells it."""
        seconds, memory_mb = self.settings.page_seconds, self.settings.page_memory_mb
        return str(self.sandbox.run(WARM_UP, self.settings.engine, seconds=seconds, memory_mb=memory_mb))

    def contents(self, path: Path, sha256: str, pages: Sequence[int]) -> dict[int, str]:
        """The content hash of each of these pages of the file with this hash; never raises for what the pages are."""
        seconds, memory_mb = self.settings.page_seconds, self.settings.page_memory_mb
        try:
            found = self.sandbox.run(CONTENTS, str(path), list(pages), seconds=seconds, memory_mb=memory_mb)
        except Exception as error:  # not known again elsewhere, that is all; reading says what is wrong with the page
            self.log.warning("Pages could not be hashed.", reason=repr(error))
            found = {}
        return {page: found.get(page) or _place_in_file(sha256, page) for page in pages}

    def _attempt(self, path: Path, media_type: str, page: int) -> tuple[PageReading, float]:
        """A worker that dies may have been killed from outside: the page gets one more, fresh one."""
        try:
            return self._in_worker(path, media_type, page)
        except SandboxCrash as error:
            self.log.warning("A worker died; its page is tried once more.", page=page, reason=str(error))
            return self._in_worker(path, media_type, page)

    def _in_worker(self, path: Path, media_type: str, page: int) -> tuple[PageReading, float]:
        answer, seconds = self.sandbox.run(
            READ,
            str(path),
            media_type,
            page,
            self.settings.engine,
            seconds=self.settings.page_seconds,
            memory_mb=self.settings.page_memory_mb,
        )
        return PageReading.model_validate_json(answer), seconds


def _place_in_file(sha256: str, page: int) -> str:
    """What stands for a page's content where there is no hash of it."""
    return hashlib.sha256(f"{sha256}/{page}".encode()).hexdigest()


def quarantined(page: int, reason: str) -> PageReading:
    """A page set aside: the rest of the dossier goes on."""
    return PageReading(
        number=page, width=0, height=0, dpi=0, source=PageSource.QUARANTINED, reason=f"{reason} {ADVICE}"
    )
