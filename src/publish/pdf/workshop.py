"""Where fragments are set: in this process, in a pool of others, or in any executor of Python's kind.

A task is a function of a module and its values, all of them bytes and frozen values, so that it runs wherever the
package is installed.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

PRELOADED = ["publish.pdf.painting"]
"""What the parent of all workers imports once, so that none of them has to."""


class LostWorkerError(Exception):
    """The process that did a task was killed, twice; `name` says what the task was."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Task:
    """Some work: what it is about, and the call that does it. `weight` is how long it takes, beside others."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    weight: int = 1


class Workshop(AbstractContextManager["Workshop"]):
    """Does tasks, side by side where there are several and it pays.

    `jobs` is how many processes may work (default: as many as this process may use processors); `executor` is used
    in their place where it is given, and is left running.
    """

    def __init__(self, jobs: int | None = None, executor: Executor | None = None) -> None:
        self._jobs = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._given = executor
        self._pool: ProcessPoolExecutor | None = None

    @property
    def hands(self) -> int:
        """How many tasks can be done at once."""
        return self._jobs

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=fault is not None)

    def close(self, *, at_once: bool = False) -> None:
        """End the pool; `at_once` kills what is still at work in it."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        workers = list((pool._processes or {}).values())  # no public way to them; the pool itself waits for its tasks
        if at_once:
            for worker in workers:
                worker.kill()
        pool.shutdown(wait=True, cancel_futures=True)

    def do(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Any]]:
        """Do tasks; each result with the number of its task, in the order in which they come.

        Raises:
            LostWorkerError: the process of a task died, and so did the next one that tried.
        """
        if self._given is None and (self._jobs == 1 or len(tasks) < 2):
            for number, task in enumerate(tasks):
                yield number, task.function(*task.arguments)
            return
        left = dict(enumerate(tasks))
        try:
            yield from self._spread(left)
        except BrokenProcessPool:
            self.close()
            # Whoever's task killed the worker shows when each is done alone.
            for number, task in list(left.items()):
                yield from self._again(number, task)

    def _spread(self, left: dict[int, Task]) -> Iterator[tuple[int, Any]]:
        executor = self._executor()
        order = sorted(left, key=lambda number: -left[number].weight)
        futures: dict[Future[Any], int] = {
            executor.submit(left[number].function, *left[number].arguments): number for number in order
        }
        for future in as_completed(futures):
            number = futures[future]
            result = future.result()
            del left[number]
            yield number, result

    def _again(self, number: int, task: Task) -> Iterator[tuple[int, Any]]:
        try:
            yield number, self._executor().submit(task.function, *task.arguments).result()
        except BrokenProcessPool as fault:
            self.close()
            raise LostWorkerError(task.name) from fault

    def _executor(self) -> Executor:
        if self._given is not None:
            return self._given
        if self._pool is None:
            context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
            if os.name == "posix":
                context.set_forkserver_preload(PRELOADED)
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context)
        return self._pool
