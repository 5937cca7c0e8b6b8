"""Services as processes of their own, started as `ocop run` starts them: for the demo and for tests of crashes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import httpx

from infra.errors import Unavailable
from infra.reference import ROOT

START_SECONDS = 60.0
STOP_SECONDS = 40.0
TAIL_BYTES = 2000


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Fleet:
    """Processes by name; each writes its log to `<folder>/<name>.log`. Use as a context manager."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder, self.environment = folder, dict(environment)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.ports: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for name in reversed(list(self.processes)):
            self.stop(name)

    def start(self, name: str, *command: str, more: Mapping[str, str] | None = None, port: int | None = None) -> str:
        """Start `ocop COMMAND… --port P` as process `name`; its address. `wait` tells when it is ready."""
        self.ports[name] = port or self.ports.get(name) or free_port()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **self.environment, **(more or {})}
        arguments = [sys.executable, "-P", "-m", "infra", *command, "--port", str(self.ports[name])]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                arguments, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        return self.address(name)

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def wait(self, name: str, path: str = "/health/ready") -> None:
        """Until the process answers. Raises Unavailable with the end of its log if it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.processes[name].poll() is None:
            try:
                if httpx.get(self.address(name) + path, timeout=5, trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise Unavailable(f"Dịch vụ {name} không khởi động được. Cuối nhật ký:\n{self.log_tail(name)}")

    def log_tail(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_bytes()[-TAIL_BYTES:].decode(errors="replace")

    def kill(self, name: str) -> None:
        """SIGKILL, as a power cut or the kernel would."""
        process = self.processes.pop(name)
        process.kill()
        process.wait(STOP_SECONDS)

    def stop(self, name: str) -> None:
        """Ask it to finish what is in flight; end it if it does not."""
        process = self.processes.pop(name)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)
