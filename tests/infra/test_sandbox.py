"""Hostile work in a child process: it hangs, dies or grows, and the caller goes on."""

import math
import os
import time
from collections.abc import Iterator

import pytest

from infra.errors import BadInput
from infra.sandbox import RUNS_A_TIDY, Named, Sandbox, SandboxCrash, SandboxMemory, SandboxTimeout, _resident_mb
from infra.scans import TooManyPages


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(workers=1)
    yield made
    made.close()


def refuse() -> None:
    raise TooManyPages(501, 500)


def fail_oddly() -> None:
    raise OSError("đĩa hỏng")


def test_what_the_function_returns_comes_back(sandbox: Sandbox) -> None:
    assert sandbox.run(math.sqrt, 9.0, seconds=30, memory_mb=200) == 3.0


def test_what_the_function_raises_comes_back_with_its_letter(sandbox: Sandbox) -> None:
    with pytest.raises(TooManyPages, match="501 trang"):
        sandbox.run(refuse, seconds=30, memory_mb=200)
    with pytest.raises(OSError, match="đĩa hỏng"):
        sandbox.run(fail_oddly, seconds=30, memory_mb=200)
    assert issubclass(TooManyPages, BadInput)


def test_a_child_that_hangs_is_ended_and_the_next_call_gets_a_new_one(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxTimeout, match=r"quá 0\.3 giây"):
        sandbox.run(time.sleep, 60, seconds=0.3, memory_mb=200)

    assert sandbox.run(math.sqrt, 4.0, seconds=30, memory_mb=200) == 2.0


def test_a_child_that_dies_is_replaced(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxCrash, match="mã thoát 3"):
        sandbox.run(os._exit, 3, seconds=30, memory_mb=200)

    assert sandbox.run(math.sqrt, 4.0, seconds=30, memory_mb=200) == 2.0


def test_a_child_that_grows_over_its_limit_is_stopped(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxMemory, match="100 MB"):
        sandbox.run(bytearray, 3 << 30, seconds=30, memory_mb=100)


def test_children_may_be_started_before_they_are_needed() -> None:
    sandbox = Sandbox(workers=2)
    sandbox.start()
    started = sandbox.processes()

    assert len(started) == 2
    assert sandbox.run(Named("os", "getpid"), seconds=30, memory_mb=200) in started
    assert sandbox.processes() == started
    sandbox.close()


def prepare() -> None:
    KEPT.append(b"prepared")


def kept() -> list[bytes]:
    return KEPT


def test_a_child_is_prepared_before_its_first_run() -> None:
    sandbox = Sandbox(workers=1, prepare=prepare)
    assert sandbox.run(kept, seconds=30, memory_mb=200) == [b"prepared"]
    sandbox.close()


def test_a_child_that_cannot_be_prepared_runs_what_it_can() -> None:
    sandbox = Sandbox(workers=1, prepare=refuse)
    assert sandbox.run(math.sqrt, 4.0, seconds=30, memory_mb=200) == 2.0
    sandbox.close()


def leave_holes(megabytes: int) -> None:
    """Fill memory with many small things and keep every hundredth of them."""
    KEPT.extend([bytes(5000) for _ in range(megabytes << 8)][::100])


KEPT: list[bytes] = []


def test_a_child_gives_back_what_lies_free_between_things_in_use(sandbox: Sandbox) -> None:
    sandbox.run(leave_holes, 50, seconds=60, memory_mb=1000)
    [child] = sandbox.processes()
    before = _resident_mb(child)

    for _ in range(RUNS_A_TIDY):
        sandbox.run(math.sqrt, 4.0, seconds=30, memory_mb=200)

    assert before - _resident_mb(child) > 25


def test_a_child_gives_back_at_once_what_one_run_left_free(sandbox: Sandbox) -> None:
    sandbox.run(math.sqrt, 4.0, seconds=30, memory_mb=200)
    [child] = sandbox.processes()
    before = _resident_mb(child)

    sandbox.run(leave_holes, 200, seconds=60, memory_mb=1000)
    sandbox.run(math.sqrt, 4.0, seconds=30, memory_mb=200)  # it tidied up before it took this

    assert _resident_mb(child) - before < 50


def test_closing_leaves_no_child_behind() -> None:
    sandbox = Sandbox(workers=2)
    sandbox.run(math.sqrt, 4.0, seconds=30, memory_mb=200)
    [child] = sandbox.processes()

    sandbox.close()

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
