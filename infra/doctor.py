"""Looks at this computer: what is installed, reachable and missing, and what to type next."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.runtime import open_bus, open_database, open_objects
from infra.settings import InfraSettings

VIETNAMESE = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")
SERIF = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
GIGABYTE = 1 << 30
LEAST_FREE_GB = 5


@dataclass(frozen=True)
class Finding:
    item: str
    good: bool
    state: str
    next_command: str = ""
    needed: bool = True  # the office does not run without it


def examine(settings: InfraSettings) -> list[Finding]:
    """Everything `up`, `demo` and `test` rely on."""
    return [*_programs(), *_places(settings), *_connections(settings)]


def _programs() -> Iterator[Finding]:
    install = "apt-get install -y --no-install-recommends {}"
    needed = {"tesseract": "tesseract-ocr"}
    optional = {"java": "default-jre-headless", "mvn": "maven", "chromium": "chromium", "prometheus": "prometheus"}
    for program, package in {**needed, **optional}.items():
        found = shutil.which(program)
        advice = "" if found else install.format(package)
        yield Finding(program, bool(found), found or "missing", advice, needed=program in needed)
    for path, package in ((VIETNAMESE, "tesseract-ocr-vie"), (SERIF, "fonts-liberation2")):
        advice = "" if path.exists() else install.format(package)
        yield Finding(package, path.exists(), str(path) if path.exists() else "missing", advice)
    docker = shutil.which("docker")
    yield Finding("docker", bool(docker), docker or "missing (only for docker compose)", needed=False)


def _places(settings: InfraSettings) -> Iterator[Finding]:
    folder = settings.data_dir
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    writable = os.access(existing, os.W_OK)
    yield Finding("data folder", writable, str(folder.absolute()), "" if writable else f"chown -R $USER {existing}")
    free = shutil.disk_usage(existing).free / GIGABYTE
    advice = "" if free > LEAST_FREE_GB else "free some disk space, or choose another place with --data"
    yield Finding("free disk space", free > LEAST_FREE_GB, f"{free:.0f} GB", advice)


def _connections(settings: InfraSettings) -> Iterator[Finding]:
    checks: dict[str, Callable[[], None]] = {
        "bus": lambda: open_bus(settings).check(),
        "object store": lambda: open_objects(settings).check(),
        "database": lambda: open_database(settings, "gateway").check(),
    }
    for name, check in checks.items():
        try:
            check()
        except Exception as error:  # a doctor reports, whatever goes wrong
            yield Finding(name, False, f"{type(error).__name__}: {error}"[:200], "see README.md, Running distributed")
        else:
            yield Finding(name, True, f"{settings.mode}: answers")
