"""Starting a server as a child process, waiting until it answers, ending it by its id."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.errors import Unavailable

START_SECONDS = 90.0
STOP_SECONDS = 20.0
TAIL_BYTES = 3000
PR_SET_PDEATHSIG = 1


class ServerNotStarted(Unavailable):
    """A server did not come up; the message holds the end of its log."""


class ProgramMissing(Unavailable):
    def __init__(self, program: str, package: str) -> None:
        super().__init__(
            f"Không tìm thấy {program}. Cài rồi chạy lại: apt-get install -y --no-install-recommends {package}"
        )


def cache_folder() -> Path:
    """Where programs are kept between runs and clones."""
    base = os.environ.get("OCOP_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "ocop"
    folder = Path(base)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def program(name: str, package: str, *places: str) -> str:
    """The program's path. Raises ProgramMissing with the command that installs it."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *places]))
    if not found:
        raise ProgramMissing(name, package)
    return found


def fetch(
    name: str, command: Sequence[str], *, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> None:
    """Run a program that fetches or builds a server. Raises ServerNotStarted with the end of what it said."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        tail = done.stdout[-TAIL_BYTES:].decode(errors="replace")
        raise ServerNotStarted(f"Không tải hoặc dựng được {name} ({command[0]}). Kiểm tra mạng rồi chạy lại.\n{tail}")


@dataclass
class Server:
    """A started process; `ready` waits until it answers."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    address: str
    answers: Callable[[], bool]

    def ready(self) -> str:
        """The address, once the server answers. Raises ServerNotStarted."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.answers():
                return self.address
            time.sleep(0.1)
        tail = self.log.read_bytes()[-TAIL_BYTES:].decode(errors="replace")
        raise ServerNotStarted(f"Máy chủ {self.name} không khởi động được. Cuối nhật ký {self.log}:\n{tail}")


@contextlib.contextmanager
def child(
    name: str,
    command: Sequence[str],
    log: Path,
    address: str,
    answers: Callable[[], bool],
    *,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Iterator[Server]:
    """Run a server while the block runs; it also ends when this process is killed."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env={**os.environ, **(environment or {})},
            user=user,
            extra_groups=[] if user else None,
            cwd=log.parent,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    try:
        yield Server(name, process, log, address, answers)
    finally:
        stop(process, stop_signal)


def stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals = signal.SIGTERM) -> None:
    if process.poll() is None:
        process.send_signal(stop_signal)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


def accepts(port: int) -> bool:
    """Whether something listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _die_with_parent() -> None:
    """Linux: the kernel ends the child when the thread that started it goes (prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
