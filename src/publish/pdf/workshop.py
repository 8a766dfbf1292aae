"""Where fragments are set: in this process, in a pool of others, or in any executor of Python's kind.

A task is a function of a module and its values, all of them bytes and frozen values, so that it runs wherever the
package is installed.
"""

import gc
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import forkserver
from types import TracebackType
from typing import Any

PRELOADED = ["publish.pdf.painting"]
"""What the parent of all workers imports once, so that none of them has to."""


METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""How workers begin. To fork this process would be quicker still, but it may have threads, and forks of those hang."""
OBJECTS = 50_000
"""Objects made between two looks for garbage."""


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
    """Does tasks, side by side where there are several.

    `jobs` is how many processes may work, by default as many as this one may use processors; `executor` is used in
    their place where it is given, and is left running.
    """

    def __init__(self, jobs: int | None = None, executor: Executor | None = None) -> None:
        self.hands = jobs or _processors()
        """How many tasks can be done at once."""
        self.warm = False
        """Whether other processes are ready or about to be, so that a single task had better be theirs."""
        self._given = executor
        self._pool: ProcessPoolExecutor | None = None
        self._folder: str | None = None

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=fault is not None)

    def warm_up(self) -> None:
        """Let another process load the engine while this one reads the book, where there are processors for both."""
        if self._given is None and self.hands > 1 and METHOD == "forkserver":
            multiprocessing.get_context(METHOD).set_forkserver_preload(PRELOADED)
            forkserver.ensure_running()
            self.warm = True

    def close(self, *, at_once: bool = False) -> None:
        """End the pool and remove what its workers left; `at_once` kills those that are still at work."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # There is no public way to the workers, and the pool itself waits until they have done their tasks.
        for worker in list((pool._processes or {}).values()) if at_once else ():
            worker.kill()
        pool.shutdown(wait=True, cancel_futures=True)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def do(self, tasks: Sequence[Task]) -> Iterator[tuple[int, list[Any]]]:
        """Do tasks; each result with the number of its task, in the order in which they come.

        Raises:
            LostWorkerError: the process of a task died, and so did the next one that tried.
        """
        if self._given is None and (self.hands == 1 or (len(tasks) < 2 and not self.warm)):
            for number, task in enumerate(tasks):
                yield number, task.function(*task.arguments)
            return
        left = dict(enumerate(tasks))
        try:
            yield from self._spread(left)
        except BrokenExecutor:
            self.close()
            # Which task killed the worker shows when each is done alone.
            for number, task in left.items():
                yield number, [made for part in task.parts or (task,) for made in self._alone(part)]

    def _spread(self, left: dict[int, Task]) -> Iterator[tuple[int, list[Any]]]:
        """Do all tasks at once, the longest first; those that are done are no longer left."""
        executor = self._executor()
        order = sorted(left, key=lambda number: -left[number].weight)
        futures: dict[Future[list[Any]], int] = {
            executor.submit(left[number].function, *left[number].arguments): number for number in order
        }
        for future in as_completed(futures):
            number = futures[future]
            result = future.result()
            del left[number]
            yield number, result

    def _alone(self, task: Task) -> list[Any]:
        try:
            return self._executor().submit(task.function, *task.arguments).result()
        except BrokenExecutor as fault:
            self.close()
            raise LostWorkerError(task.name) from fault

    def _executor(self) -> Executor:
        if self._given is not None:
            return self._given
        if self._pool is None:
            context = multiprocessing.get_context(METHOD)
            if METHOD == "forkserver":
                context.set_forkserver_preload(PRELOADED)
            self._folder = tempfile.mkdtemp(prefix="octavo-")
            self._pool = ProcessPoolExecutor(
                self.hands, mp_context=context, initializer=_begin, initargs=(self._folder,)
            )
        return self._pool


def collect_seldom() -> None:
    """Look for garbage less often: reading and layout make many objects, and few of them are garbage (5 to 8 %)."""
    gc.set_threshold(OBJECTS)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(folder: str) -> None:
    """Begin a worker: Ctrl-C is for the process that it works for, which it does not outlive, nor do its files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()


def _end_with_parent(folder: str) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
