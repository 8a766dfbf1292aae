"""The workshop: tasks are done side by side, and whatever happens to a process, nothing is lost and nothing is left."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publish import scratch
from publish.pdf.failures import EngineError
from publish.pdf.record import Remark
from publish.pdf.workshop import LostWorkerError, Task, Workshop

HERE = str(Path(__file__).parent.parent)


def double(number: int) -> list[int]:
    return [2 * number]


def wait_and_double(number: int, seconds: float) -> list[int]:
    time.sleep(seconds)
    return [2 * number]


def process(_: int) -> list[int]:
    return [os.getpid()]


def wait_and_tell(seconds: float) -> list[int]:
    time.sleep(seconds)
    return [os.getpid()]


def die(_: int) -> list[int]:
    """End as a process does for which there is no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def die_once(number: int, marker: Path) -> list[int]:
    if not marker.exists():
        marker.touch()
        die(number)
    return double(number)


def break_down(_: int) -> list[int]:
    raise EngineError("KeyError in block.lay_out", (Remark("Ignored x", "Ignored %s", ("x",), "custom.css"),), "one")


def leave_a_file(_: int) -> list[str]:
    """Do as the engine does, which keeps faces in a temporary folder."""
    return [tempfile.mkdtemp(prefix="weasyprint-")]


def fill(size: int) -> list[bytes]:
    return [b"x" * size]


def tasks(*numbers: int) -> list[Task]:
    return [Task(str(number), double, (number,)) for number in numbers]


def done(workshop: Workshop, work: list[Task]) -> dict[int, list[object]]:
    return dict(workshop.do(work))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary directory in which nothing else is written."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def short() -> Iterator[Path]:
    """A temporary directory for programs of their own. The names of sockets in it may have no more than 100 letters."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    with Workshop(2) as made:
        yield made


def gone(pid: int) -> bool:
    """Whether a process has ended, some seconds from now at the latest."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_every_result_comes_with_the_number_of_its_task_in_whatever_order_they_are_done(workshop: Workshop) -> None:
    work = [Task(str(n), wait_and_double, (n, 0.2 if n == 0 else 0.0)) for n in range(6)]
    order = [number for number, _ in workshop.do(work)]
    assert sorted(order) == [0, 1, 2, 3, 4, 5]
    assert order[0] != 0, "nobody waits for the slowest"
    assert done(workshop, work) == {n: [2 * n] for n in range(6)}


def test_what_takes_longest_begins_first(workshop: Workshop) -> None:
    with ThreadPoolExecutor(1) as alone:
        order = [n for n, _ in Workshop(executor=alone).do([Task("", wait_and_double, (n, 0.02), n) for n in range(4)])]
    assert set(order) == {0, 1, 2, 3}
    assert order[-1] == 0


def test_one_hand_works_in_this_process() -> None:
    with Workshop(1) as workshop:
        assert done(workshop, [Task("", process, (n,)) for n in range(2)]) == {0: [os.getpid()], 1: [os.getpid()]}


def test_one_task_is_done_in_this_process_and_several_are_done_in_others(workshop: Workshop) -> None:
    assert done(workshop, [Task("", process, (0,))]) == {0: [os.getpid()]}
    assert os.getpid() not in [made for (made,) in done(workshop, [Task("", process, (n,)) for n in range(4)]).values()]


def test_a_worker_that_is_killed_is_replaced_and_the_work_is_done(workshop: Workshop, tmp_path: Path) -> None:
    work = [*tasks(0, 1, 2), Task("three", die_once, (3, tmp_path / "marker")), *tasks(4, 5)]
    assert done(workshop, work) == {n: [2 * n] for n in range(6)}
    assert done(workshop, work) == {n: [2 * n] for n in range(6)}, "and the workshop goes on"


def test_workers_killed_while_they_have_nothing_to_do_are_replaced(workshop: Workshop) -> None:
    """The workshop of a build that watches its files lives for days."""
    work = [Task("", wait_and_tell, (0.2,)) for _ in range(4)]
    workers = {made for (made,) in done(workshop, work).values()}
    assert len(workers) == 2
    os.kill(int(str(min(workers, key=str))), signal.SIGKILL)
    assert all(gone(int(str(worker))) for worker in workers), "the pool ends the other one"
    others = {made for (made,) in done(workshop, work).values()}
    assert len(others) == 2, "side by side, as ever"
    assert not others & workers


def test_a_task_that_kills_a_second_worker_is_named(workshop: Workshop) -> None:
    with pytest.raises(LostWorkerError) as loss:
        done(workshop, [*tasks(0, 1), Task("the storm", die, (2,)), *tasks(3)])
    assert loss.value.name == "the storm"
    assert done(workshop, tasks(0, 1)) == {0: [0], 1: [2]}, "the workshop goes on"


def test_of_a_task_in_parts_the_part_is_named(workshop: Workshop) -> None:
    parts = (Task("the calm", double, (1,)), Task("the storm", die, (2,)), Task("the wreck", double, (3,)))
    with pytest.raises(LostWorkerError) as loss:
        done(workshop, [Task("the calm to the wreck", die, (1,), parts=parts), *tasks(4)])
    assert loss.value.name == "the storm"


def test_the_parts_of_a_task_give_what_the_task_would_have_given(workshop: Workshop, tmp_path: Path) -> None:
    parts = tuple(tasks(1, 2, 3))
    work = [Task("all", die_once, (0, tmp_path / "marker"), parts=parts), *tasks(4)]
    assert done(workshop, work) == {0: [2, 4, 6], 1: [8]}


def test_an_exception_of_a_task_comes_out_as_it_was_raised(workshop: Workshop) -> None:
    with pytest.raises(EngineError) as failure:
        done(workshop, [Task("one", break_down, (0,)), *tasks(1)])
    assert failure.value.where == "KeyError in block.lay_out"
    assert failure.value.part == "one"
    assert failure.value.remarks == (Remark("Ignored x", "Ignored %s", ("x",), "custom.css"),)
    assert "in break_down" in failure.value.__notes__[0], "and it says where"


def test_after_an_exception_nobody_goes_on_with_the_rest(workshop: Workshop) -> None:
    slow = [Task(str(n), wait_and_double, (n, 60.0)) for n in range(3)]
    started = time.monotonic()
    with pytest.raises(EngineError):
        done(workshop, [Task("one", break_down, (0,), weight=2), *slow])
    workshop.close()
    assert time.monotonic() - started < 30


def test_results_larger_than_a_pipe_holds_come_whole(workshop: Workshop) -> None:
    size = 3_000_000
    results = done(workshop, [Task("", fill, (size,)) for _ in range(3)])
    assert results == {n: [b"x" * size] for n in range(3)}


def test_a_closed_workshop_leaves_no_file(place: Path) -> None:
    with Workshop(2) as workshop:
        folders = [made for (made,) in done(workshop, [Task("", leave_a_file, (n,)) for n in range(3)]).values()]
        assert all(str(folder).startswith(str(place)) for folder in folders)
    assert not list(place.glob("octavo-*"))


def test_a_workshop_that_is_closed_at_once_leaves_no_worker_and_no_file(place: Path) -> None:
    workshop = Workshop(2)
    workers = [made for (made,) in done(workshop, [Task("", process, (n,)) for n in range(4)]).values()]
    running = workshop.do([Task("", wait_and_double, (0, 0.0)), Task("", wait_and_double, (1, 60.0))])
    assert next(running) == (0, [0])
    started = time.monotonic()
    workshop.close(at_once=True)
    assert time.monotonic() - started < 30
    assert all(gone(int(str(worker))) for worker in workers)
    assert not list(place.glob("octavo-*"))


def test_a_workshop_left_by_an_exception_is_closed_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Workshop(2) as workshop:
        running = workshop.do([Task("", wait_and_double, (n, 60.0 * n)) for n in range(2)])
        next(running)
        raise KeyboardInterrupt
    assert time.monotonic() - started < 30


PARENT = """
from publish import scratch
if __name__ == "__main__":
    scratch.settle()
from publish.pdf.workshop import Task, Workshop
from pdf.test_workshop import process, wait_and_double

if __name__ == "__main__":
    with Workshop(2) as workshop:
        workers = [made for _, (made,) in workshop.do([Task("", process, (n,)) for n in range(6)])]
        print(*set(workers), flush=True)
        list(workshop.do([Task("", wait_and_double, (n, 60)) for n in range(2)]))
"""


def test_a_worker_ends_when_the_program_is_killed_and_removes_its_files(tmp_path: Path, short: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(textwrap.dedent(PARENT), encoding="utf-8")
    environment = {**os.environ, "TMPDIR": str(short), "PYTHONPATH": HERE}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert workers
        assert len(list(short.glob("octavo-run-*"))) == 1, "all temporary files are in one folder"
        parent.kill()
    assert all(gone(worker) for worker in workers)
    for _ in range(100):
        if not list(short.iterdir()):
            break
        time.sleep(0.05)
    assert not list(short.iterdir())


def test_a_program_removes_what_a_killed_one_left_and_nothing_of_one_that_runs(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "_folders", [])
    monkeypatch.delitem(sys.modules, "multiprocessing.util", raising=False)
    script = "import time; from publish import scratch; scratch.settle(); print(scratch.folder(), flush=True); {}"
    environment = {**os.environ, "TMPDIR": str(place)}

    def program(end: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", script.format(end)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    with program("time.sleep(60)") as killed, program("time.sleep(60)") as running, program("pass") as finished:
        left, kept, removed = (
            Path(str(one.stdout and one.stdout.readline().strip())) for one in (killed, running, finished)
        )
        finished.wait()
        killed.kill()
        killed.wait()
        assert (left.is_dir(), kept.is_dir(), removed.is_dir()) == (True, True, False)
        (left / "listener").touch()
        scratch.settle()
        assert (left.is_dir(), kept.is_dir()) == (False, True)
        running.kill()
    assert Path(tempfile.mkdtemp()).parent == Path(str(scratch.folder()))
    scratch.remove()
    assert list(place.iterdir()) == [kept]


def test_where_no_process_can_be_started_the_work_is_done_in_this_one(place: Path) -> None:
    (place / "file").touch()
    with Workshop(2) as workshop, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(place / "file"))
        assert done(workshop, [Task("", process, (n,)) for n in range(3)]) == {n: [os.getpid()] for n in range(3)}
    with Workshop(2) as workshop, pytest.MonkeyPatch.context() as patch:
        patch.setattr("concurrent.futures.ProcessPoolExecutor._adjust_process_count", refuse)
        assert done(workshop, [Task("", process, (n,)) for n in range(3)]) == {n: [os.getpid()] for n in range(3)}
    assert [path.name for path in place.iterdir()] == ["file"]


def refuse(_: object) -> None:
    raise BlockingIOError("Resource temporarily unavailable")


def test_a_program_that_has_begun_already_keeps_its_files_where_they_are(short: Path) -> None:
    script = (
        "from multiprocessing import util; from publish import scratch; scratch.settle(); print(util.get_temp_dir())"
    )
    environment = {**os.environ, "TMPDIR": str(short)}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, env=environment)
    assert Path(ran.stdout.strip()).parent == short
    assert ran.stderr == ""
    assert not list(short.iterdir())


def test_programs_that_begin_at_the_same_time_all_have_a_folder(short: Path) -> None:
    script = "from publish import scratch; scratch.settle(); print(scratch.folder())"
    command, environment = [sys.executable, "-c", script], {**os.environ, "TMPDIR": str(short)}
    programs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(8)]
    folders = {program.communicate()[0].strip() for program in programs}
    assert len(folders - {"None"}) == 8
    assert not list(short.iterdir())


def test_an_executor_that_is_given_is_used_and_left_running() -> None:
    with ThreadPoolExecutor(2) as given:
        with Workshop(executor=given) as workshop:
            assert done(workshop, tasks(1)) == {0: [2]}
            assert done(workshop, tasks(1, 2, 3)) == {0: [2], 1: [4], 2: [6]}
        assert given.submit(double, 4).result() == [8]


def test_an_executor_that_is_given_is_rid_of_what_nobody_waits_for() -> None:
    begun, go_on = [], threading.Event()

    def wait(number: int) -> list[int]:
        begun.append(number)
        go_on.wait(30)
        return []

    with ThreadPoolExecutor(1) as given:
        work = [Task("", break_down, (0,), weight=9), *(Task("", wait, (n,)) for n in range(5))]
        with pytest.raises(EngineError):
            done(Workshop(executor=given), work)
        go_on.set()
    assert len(begun) <= 1
