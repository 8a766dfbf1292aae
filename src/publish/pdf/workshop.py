"""Where fragments are set: in this process, in a pool of others, or in any executor of Python's kind.

A task is a function of a module and its values, all of them bytes and frozen values, so that it runs wherever the
package is installed. Tasks and results of our own pool lie in files of its folder, and only their names go through
the pipes of the pool: a process that is killed while it writes much into a pipe leaves the reader waiting for ever.
"""

import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from publish import scratch

PRELOADED = ["publish.pdf.painting"]
"""What the parent of all workers imports once, so that none of them has to."""


class _NoProcessError(Exception):
    """The system lets us start no process, or gives no place for its files."""


class LostWorkerError(Exception):
    """The process that did a task was killed, and so was the next that tried; `name` says what the task was."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Task:
    """Some work: what it is about, and the call that does it and gives a list.

    `weight` is how long it takes, beside others. `parts` do the same bit by bit: where a process is killed over the
    task, they show which bit did it.
    """

    name: str
    function: Callable[..., list[Any]]
    arguments: tuple[Any, ...]
    weight: int = 1
    parts: tuple["Task", ...] = ()


class Workshop(AbstractContextManager["Workshop"]):
    """Does tasks, side by side where there are several, one after the other where no process can be started.

    `jobs` is how many processes may work, by default as many as this one may use processors; `executor` is used in
    their place where it is given, and is left running.
    """

    def __init__(self, jobs: int | None = None, executor: Executor | None = None) -> None:
        self.hands = jobs or _processors()
        """How many tasks can be done at once."""
        self._given = executor
        self._pool: _Pool | None = None

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=fault is not None)

    def close(self, *, at_once: bool = False) -> None:
        """End the pool and remove what its workers left; `at_once` kills those that are still at work."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close(at_once=at_once)

    def do(self, tasks: Sequence[Task]) -> Iterator[tuple[int, list[Any]]]:
        """Do tasks; each result with the number of its task, in the order in which they come.

        Where one fails, or nobody wants the rest, those that are not done are given up.

        Raises:
            LostWorkerError: the process of a task died, and so did the next one that tried.
        """
        left = dict(enumerate(tasks))
        if self._given is not None or (self.hands > 1 and len(tasks) > 1):
            try:
                yield from self._spread(left)
            except BrokenExecutor:
                # Which task killed the worker shows when each is done alone.
                for number in sorted(left):
                    task = left.pop(number)
                    yield number, [made for part in task.parts or (task,) for made in self._alone(part)]
            except _NoProcessError:
                pass
        for number, task in left.items():
            yield number, task.function(*task.arguments)

    def _spread(self, left: dict[int, Task]) -> Iterator[tuple[int, list[Any]]]:
        """Do all tasks at once, the longest first; those that are done are no longer left."""
        futures: dict[Future[Any], int] = {}
        try:
            for number in sorted(left, key=lambda number: -left[number].weight):
                futures[self._submit(left[number])] = number
            for future in as_completed(futures):
                result = _result(future)
                number = futures[future]
                del left[number]
                yield number, result
        except BaseException:
            self._give_up(futures)
            raise

    def _alone(self, task: Task) -> list[Any]:
        try:
            return _result(self._submit(task))
        except BaseException as fault:
            self._give_up(())
            if isinstance(fault, BrokenExecutor | _NoProcessError):
                raise LostWorkerError(task.name) from fault
            raise

    def _submit(self, task: Task) -> Future[Any]:
        if self._given is not None:
            return self._given.submit(task.function, *task.arguments)
        try:
            if self._pool is None:
                self._pool = _Pool(self.hands)
            return self._pool.submit(task)
        except OSError as reason:
            raise _NoProcessError from reason

    def _give_up(self, futures: Iterable[Future[Any]]) -> None:
        """Let nobody go on with what nobody waits for."""
        if self._given is None:
            self.close(at_once=True)
        for future in futures if self._given is not None else ():
            future.cancel()


class _Pool:
    """Processes of our own, and the folder in which they find their tasks."""

    def __init__(self, hands: int) -> None:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(PRELOADED)
        self._count = 0
        with _uninterrupted():
            self._folder = Path(tempfile.mkdtemp(prefix="octavo-pool-"))
            folders = str(self._folder), scratch.folder()
            try:
                self._executor = ProcessPoolExecutor(hands, mp_context=context, initializer=_begin, initargs=folders)
            except BaseException:
                shutil.rmtree(self._folder)
                raise

    def submit(self, task: Task) -> Future[Any]:
        """Have a task done; `_result` reads what comes of it."""
        self._count += 1
        file = self._folder / f"{self._count}.task"
        file.write_bytes(pickle.dumps((task.function, task.arguments)))
        # The process that forks the workers takes over which signals are held back.
        with _uninterrupted():
            return self._executor.submit(_errand, file)

    def close(self, *, at_once: bool) -> None:
        """End all processes, at once or when they have done what they do."""
        # There is no public way to the workers, and the pool itself waits until they have done their tasks.
        try:
            for worker in list((self._executor._processes or {}).values()) if at_once else ():
                worker.kill()
            self._executor.shutdown(wait=True, cancel_futures=True)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while the block runs, and keep it from the processes that are started in it.

    These take the mask over, which does not help ourselves: another thread gets the signal, and it is answered in the
    main one all the same.
    """
    held: list[int] = []
    answers = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, lambda number, _: held.append(number)) if answers else None
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if answers:
            signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
        if held:
            signal.raise_signal(signal.SIGINT)


def _result(future: Future[Any]) -> list[Any]:
    """What came of a task, or its exception."""
    result = future.result()
    if isinstance(result, Path):
        made, fault = pickle.loads(result.read_bytes())  # noqa: S301  # written by our own worker in our own folder
        result.unlink()
        if fault is not None:
            raise fault
        result = made
    return list(result)


def _errand(file: Path) -> Path:
    """Do the task in a file, and put what comes of it, or its exception, into another."""
    function, arguments = pickle.loads(file.read_bytes())  # noqa: S301  # written by the process that we work for
    file.unlink()
    made, fault = None, None
    try:
        made = function(*arguments)
    except Exception as failure:
        failure.add_note(traceback.format_exc())
        fault = failure
    result = file.with_suffix(".made")
    result.write_bytes(pickle.dumps((made, fault)))
    return result


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(*folders: str | None) -> None:
    """Begin a worker: Ctrl-C is for the process that it works for, which it does not outlive, nor do their files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folders[0]
    threading.Thread(target=_end_with_parent, args=folders, daemon=True).start()


def _end_with_parent(*folders: str | None) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        for folder in filter(None, folders):
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
