"""Where fragments are set: in this process, in a pool of others, or in any executor of Python's kind.

A task is a function of a module and its values, all of them bytes and frozen values, so that it runs wherever the
package is installed.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from publish.pdf import pool
from publish.pdf.pool import Pool, outcome


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
        self.warm = False
        """Whether other processes are ready or about to be, so that a single task had better be theirs."""
        self._given = executor
        self._pool: Pool | None = None

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=fault is not None)

    def warm_up(self) -> None:
        """Let another process load the engine while this one reads the book, where there are processors for both."""
        if self._given is None and self.hands > 1:
            self.warm = pool.warm_up()

    def close(self, *, at_once: bool = False) -> None:
        """End the pool and remove what its workers left; `at_once` kills those that are still at work."""
        ended, self._pool = self._pool, None
        if ended is not None:
            ended.close(at_once=at_once)

    def do(self, tasks: Sequence[Task]) -> Iterator[tuple[int, list[Any]]]:
        """Do tasks; each result with the number of its task, in the order in which they come.

        Where one fails, or nobody wants the rest, those that are not done are given up.

        Raises:
            LostWorkerError: the process of a task died, and so did the next one that tried.
        """
        left = dict(enumerate(tasks))
        if self._given is not None or self.warm or (self.hands > 1 and len(tasks) > 1):
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
                futures[self._submit(left[number], idle=not futures)] = number
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

    def _submit(self, task: Task, *, idle: bool = False) -> Future[Any]:
        """Have a task done. Where a pool that was `idle` has lost a worker meanwhile, another takes its place."""
        if self._given is not None:
            return self._given.submit(task.function, *task.arguments)
        try:
            if self._pool is None:
                self._pool = Pool(self.hands)
            return self._pool.submit(task.function, task.arguments)
        except BrokenExecutor:
            if not idle:
                raise
            self.close()
            return self._submit(task)
        except OSError as reason:
            raise _NoProcessError from reason

    def _give_up(self, futures: Iterable[Future[Any]]) -> None:
        """Let nobody go on with what nobody waits for."""
        if self._given is None:
            self.close(at_once=True)
        for future in futures if self._given is not None else ():
            future.cancel()


def _result(future: Future[Any]) -> list[Any]:
    result = future.result()
    return outcome(result) if isinstance(result, Path) else list(result)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
