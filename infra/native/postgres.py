"""PostgreSQL from the system's packages. It refuses root, so root starts it as user `postgres`."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.native.processes import ProgramMissing, Server, child, free_port

USER, DATABASE = "ocop", "ocop"


def programs() -> Path:
    """The folder of initdb and postgres, newest version. Raises ProgramMissing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise ProgramMissing("initdb", "postgresql")
    return found[-1].parent


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1 with one database, its data in `folder`."""
    place, user = programs(), "postgres" if os.geteuid() == 0 else None
    folder.mkdir(parents=True)
    if user:
        shutil.chown(folder, user)
    port = free_port()
    data = folder / "data"
    make = [
        str(place / "initdb"),
        "-D",
        str(data),
        "-U",
        USER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]
    subprocess.run(make, check=True, capture_output=True, user=user, cwd=folder, stdin=subprocess.DEVNULL)
    options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": 200}
    serve = [str(place / "postgres"), "-D", str(data)]
    for name, value in options.items():
        serve += ["-c", f"{name}={value}"]
    address = f"postgresql://{USER}@127.0.0.1:{port}/{DATABASE}"
    log = folder / "postgres.log"
    with child(
        "PostgreSQL", serve, log, address, lambda: _has_database(place, port), user=user, stop_signal=signal.SIGINT
    ) as server:
        yield server


def _has_database(place: Path, port: int) -> bool:
    """Create the database as soon as the server lets us; true once it is there."""
    make = [str(place / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", USER, DATABASE]
    made = subprocess.run(make, check=False, capture_output=True, stdin=subprocess.DEVNULL)
    return made.returncode == 0 or b"already exists" in made.stderr
