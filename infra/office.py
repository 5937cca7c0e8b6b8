"""Serving: the whole office at one address, or single services as containers run them."""

import difflib
import importlib
import os
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import uvicorn
from rich.console import Console
from starlette.types import ASGIApp

from infra import clock
from infra.errors import BadInput, Unavailable
from infra.runtime import SERVICES, Runtime
from infra.settings import InfraSettings

STOP_SECONDS = 10


def refuse_strangers(environment: Mapping[str, str]) -> None:
    """A misspelled variable would be ignored in silence: name it instead. Raises BadInput."""
    known = [InfraSettings, *(importlib.import_module(f"{name}.settings").Settings for name in SERVICES)]
    for settings in known:
        prefix = str(settings.model_config["env_prefix"])
        names = {f"{prefix}{field.upper()}" for field in settings.model_fields}
        for name in environment:
            if name.startswith(prefix) and name.split("__")[0] not in names:
                close = ", ".join(difflib.get_close_matches(name, names, 1)) or "settings.py"
                raise BadInput(f"Không có thiết lập nào tên {name}; có phải {close}? Sửa lại rồi chạy lại.")


def serve_office(settings: InfraSettings, host: str, port: int, console: Console) -> None:
    """All five services in this process until it is told to stop; prints the address and the first password."""
    refuse_strangers(os.environ)
    _check_port(host, port)
    os.environ.setdefault("CERTIFICATES_BASE_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")
    runtime = Runtime(SERVICES, settings)
    gateway: Any = importlib.import_module("gateway.app")  # loaded by name: infra imports no service
    administration: Any = importlib.import_module("gateway.administration")
    password = administration.first_administrator(runtime.rooms["gateway"].database, clock.now)
    others = {name: room.app for name, room in runtime.rooms.items() if name != "gateway"}
    own = runtime.rooms["gateway"]
    app: ASGIApp = gateway.door(own.resources, own.app, others)
    console.print(f"Văn phòng OCOP: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")
    if password:
        console.print(
            f"Người dùng đầu tiên: admin — mật khẩu dùng một lần / one-time password: {password}", soft_wrap=True
        )
    _serve(runtime, app, host, port)


def serve_services(names: Sequence[str], settings: InfraSettings, host: str, port: int) -> None:
    """Some services in this process. Several share a port only together with the gateway. Raises BadInput."""
    unknown = sorted(set(names) - set(SERVICES))
    if unknown:
        raise BadInput(f"Không có dịch vụ {', '.join(unknown)}. Chọn trong: {', '.join(SERVICES)}.")
    if len(names) > 1 and "gateway" not in names:
        raise BadInput(
            "Nhiều dịch vụ trong một tiến trình cần có gateway đứng trước. Thêm gateway, hoặc chạy từng dịch vụ."
        )
    refuse_strangers(os.environ)
    _check_port(host, port)
    runtime = Runtime(names, settings)
    _serve(runtime, _app_of(runtime, names), host, port)


def _app_of(runtime: Runtime, names: Sequence[str]) -> ASGIApp:
    if "gateway" not in names:
        return runtime.rooms[names[0]].app
    gateway: Any = importlib.import_module("gateway.app")
    own = runtime.rooms["gateway"]
    inside: dict[str, ASGIApp | str] = {name: room.app for name, room in runtime.rooms.items() if name != "gateway"}
    upstreams = {**gateway.Settings().upstreams, **inside}
    app: ASGIApp = gateway.door(own.resources, own.app, upstreams)
    return app


def _serve(runtime: Runtime, app: ASGIApp, host: str, port: int) -> None:
    """Listen at once, consume beside it; on SIGTERM or Ctrl-C finish what is in flight."""
    starting = threading.Thread(target=runtime.start, name="start", daemon=True)
    starting.start()
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    try:
        uvicorn.Server(config).run()
    finally:
        starting.join(STOP_SECONDS)
        runtime.stop()


def _check_port(host: str, port: int) -> None:
    """Raises Unavailable before anything is started if the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            print(error, file=sys.stderr)
            raise Unavailable(
                f"Không mở được cổng {port} trên {host}: chương trình khác đang dùng. "
                "Chọn cổng khác: ./ocop up --port 8090"
            ) from error
