"""Runs a function on hostile input in a spawned child process, with limits on time and memory.

A child that hangs, crashes or explodes is ended and replaced; its caller gets an error that says which.
"""

import contextlib
import ctypes
import importlib
import itertools
import multiprocessing
import multiprocessing.connection
import os
import pickle
import queue
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from infra.errors import PipelineError

Result = TypeVar("Result")
SPAWN = multiprocessing.get_context("spawn")  # a fork would copy threads and locks
WATCH_SECONDS = 0.1
RUNS_A_TIDY, GROWN_MB = 32, 64.0  # a child tidies up after so many runs, or one that left so much: it costs 3 ms
MEGABYTE = 1 << 20


class SandboxError(PipelineError):
    """The child did not deliver."""


class SandboxTimeout(SandboxError):
    def __init__(self, seconds: float) -> None:
        super().__init__(f"Xử lý quá {seconds:g} giây nên đã bị dừng.")


class SandboxMemory(SandboxError):
    def __init__(self, memory_mb: int) -> None:
        super().__init__(f"Xử lý cần hơn {memory_mb} MB bộ nhớ nên đã bị dừng.")


class SandboxCrash(SandboxError):
    def __init__(self, cause: str) -> None:
        super().__init__(f"Tiến trình xử lý bị hỏng ({cause}).")


@dataclass(frozen=True)
class Named:
    """A function by its name: its module is loaded by the child that calls it, not by whoever asks for that."""

    module: str
    function: str

    def __call__(self, *args: Any) -> Any:
        return getattr(importlib.import_module(self.module), self.function)(*args)


class Sandbox:
    """A pool of at most `workers` children, started when first needed. Threads may share it.

    `prepare` is called in each child before it counts as started.
    """

    def __init__(self, workers: int, *, runs_per_child: int = 500, prepare: Callable[[], object] | None = None) -> None:
        self.runs_per_child, self.prepare = runs_per_child, prepare
        self.places: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(workers):
            self.places.put(None)
        self.children: set[_Child] = set()

    def start(self) -> None:
        """Start all children now: they get ready while the caller does something else."""
        places = [self.places.get() for _ in range(self.places.qsize())]
        for child in places:
            self.places.put(child or self._child())

    def run(self, function: Callable[..., Result], *args: Any, seconds: float, memory_mb: int) -> Result:
        """`function(*args)`, in a child. `memory_mb` is what it may take beyond what the child held at the start.

        Whatever the function raises comes back. Raises SandboxTimeout, SandboxMemory or SandboxCrash.
        """
        child = self.places.get()
        try:
            child = child or self._child()
            answer: Result = child.run(function, args, seconds, memory_mb)
        except SandboxError:
            self._end(child)
            child = None
            raise
        finally:
            if child is not None and child.runs >= self.runs_per_child:
                self._end(child)
                child = None
            self.places.put(child)
        return answer

    def processes(self) -> list[int]:
        """The ids of the children now alive."""
        return [child.process.pid for child in self.children if child.process.pid and child.process.is_alive()]

    def close(self) -> None:
        for child in list(self.children):
            self._end(child)

    def _child(self) -> "_Child":
        child = _Child(self.prepare)
        self.children.add(child)
        return child

    def _end(self, child: "_Child | None") -> None:
        if child is not None:
            child.end()
            self.children.discard(child)


class _Child:
    def __init__(self, prepare: Callable[[], object] | None) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=_serve, args=(theirs, os.getpid(), prepare), daemon=True)
        self.process.start()
        theirs.close()
        self.runs = 0

    def run(self, function: Callable[..., Any], args: tuple[Any, ...], seconds: float, memory_mb: int) -> Any:
        self.runs += 1
        try:
            if self.runs == 1 and not self.pipe.poll(60):
                raise SandboxCrash("không khởi động được")
            if self.runs == 1:
                self.pipe.recv()  # the child says it is ready: starting Python does not count against the limit
            self.pipe.send_bytes(pickle.dumps((function, args, memory_mb)))
            self._wait(seconds, memory_mb)
            good, answer = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 (our own child's answer)
        except (EOFError, ConnectionError, BrokenPipeError):
            self.process.join(5)
            raise SandboxCrash(f"mã thoát {self.process.exitcode}") from None
        if good:
            return answer
        if isinstance(answer, MemoryError):
            raise SandboxMemory(memory_mb)
        raise answer

    def _wait(self, seconds: float, memory_mb: int) -> None:
        deadline = time.monotonic() + seconds
        base = _resident_mb(self.process.pid)
        while not self.pipe.poll(max(0.0, min(WATCH_SECONDS, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                raise SandboxTimeout(seconds)
            if _resident_mb(self.process.pid) - base > memory_mb:
                raise SandboxMemory(memory_mb)

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.pipe.close()
        self.process.kill()
        self.process.join(10)


def _resident_mb(process: int | None) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / MEGABYTE


def _serve(
    pipe: "multiprocessing.connection.Connection[Any, Any]", parent: int, prepare: Callable[[], object] | None
) -> None:
    """The child: run what comes, one after the other, until the parent goes."""
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        os.nice(5)  # the office's own programs come first
    if prepare is not None:
        with contextlib.suppress(Exception):  # what is wrong shows again, with its letter, in the first run
            prepare()
    pipe.send("ready")
    held = _resident_mb(os.getpid())
    for run in itertools.count(1):
        try:
            function, args, memory_mb = pickle.loads(pipe.recv_bytes())  # noqa: S301 (from our own parent)
        except EOFError:
            return
        pipe.send_bytes(_attempt(function, args, memory_mb))
        if run % RUNS_A_TIDY == 0 or _resident_mb(os.getpid()) > held + GROWN_MB:
            give_back()
            held = _resident_mb(os.getpid())


def give_back() -> None:
    """Return free memory to the system. Left alone, what lies free between small things in use grows for hours."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
    if trim is not None:
        trim(0)


def _attempt(function: Callable[..., Any], args: tuple[Any, ...], memory_mb: int) -> bytes:
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + 2 * memory_mb * MEGABYTE, resource.RLIM_INFINITY))
    try:
        return pickle.dumps((True, function(*args)))
    except BaseException as error:  # whatever it is, the parent must hear of it
        return _packed(error)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _packed(error: BaseException) -> bytes:
    try:
        packed = pickle.dumps((False, error))
        pickle.loads(packed)  # noqa: S301 (errors with own constructors often do not survive this)
    except Exception:
        return pickle.dumps((False, SandboxCrash(f"{type(error).__name__}: {error}")))
    return packed


def _follow(parent: int) -> None:
    """A child whose parent was killed ends too, even in the middle of a page."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
