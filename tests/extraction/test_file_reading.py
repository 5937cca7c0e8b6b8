"""`ocop read`: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from extraction.command import read_files
from extraction.engines import ENGINES, load_engine
from extraction.settings import Settings

QUIET = Console(quiet=True)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    Image.new("L", (500, 700), 255).save(tmp_path / "blank.png")
    return tmp_path / "blank.png"


def test_a_file_is_a_line_with_its_reader_s_name_and_version(blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_files([blank], "reader", 1, QUIET) == 0

    [line] = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["file"], told["engine"]) == (str(blank), load_engine().name)
    assert [page["source"] for page in told["pages"]] == ["blank"]


def test_a_file_that_cannot_be_opened_does_not_keep_the_others(blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_files([blank.with_name("none.pdf"), blank], "reader", 1, QUIET) == 2

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert "Không tìm thấy tệp" in first["error"]
    assert len(second["pages"]) == 1


def test_an_unknown_engine_is_refused(blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_files([blank], "guess", 1, QUIET) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_may_be_set(engine: str) -> None:
    assert Settings.model_validate({"engine": engine}).engine == engine
