"""What worker processes run."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from extraction.page_work import _second_opinion, picture_one, read_one
from extraction.readings import PageReading
from infra.sandbox import Sandbox
from infra.scans import DamagedFile
from tests.extraction.sheets import letter


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    pool = Sandbox(1)
    yield pool
    pool.close()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    Image.fromarray(letter().pixels).rotate(90, expand=True).save(path, dpi=(300, 300))
    return path


def test_a_page_is_read_in_a_worker(sandbox: Sandbox, scan: Path) -> None:
    answer = sandbox.run(read_one, str(scan), "image/png", 1, "reader", seconds=60, memory_mb=1500)

    assert PageReading.model_validate_json(answer).rotation == 90


def test_the_picture_shown_stands_upright(sandbox: Sandbox, scan: Path) -> None:
    picture = sandbox.run(picture_one, str(scan), "image/png", 1, 90, 0.0, 600, seconds=60, memory_mb=1500)

    with Image.open(io.BytesIO(picture)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (600, 849))


def test_a_damaged_page_says_so_from_within_the_worker(sandbox: Sandbox, scan: Path) -> None:
    scan.write_bytes(scan.read_bytes()[:3000])

    with pytest.raises(DamagedFile, match="quét hoặc xuất lại"):
        sandbox.run(read_one, str(scan), "image/png", 1, "reader", seconds=60, memory_mb=1500)


def test_a_file_that_changed_under_its_name_is_opened_anew(scan: Path) -> None:
    before = PageReading.model_validate_json(read_one(str(scan), "image/png", 1, "reader"))
    Image.new("L", (500, 700), 255).save(scan)

    after = PageReading.model_validate_json(read_one(str(scan), "image/png", 1, "reader"))

    assert (before.source.value, after.source.value) == ("ocr", "blank")


def test_without_tesseract_pages_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))

    assert _second_opinion.__wrapped__("reader") is None
