"""Processes of our own that do tasks, and that leave nothing behind, whoever is killed.

Tasks and results lie in files of the pool's folder, and only their names go through its pipes: a process that is killed
while it writes much into a pipe leaves the reader waiting for ever.
"""

import gc
import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import Any

from publish import scratch

PRELOADED = ["publish.pdf.painting"]
"""What the parent of all workers imports once, so that none of them has to."""
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""How workers begin. To fork this process would be quicker still, but it may have threads, and forks of those hang."""
OBJECTS = 50_000
"""Objects made between two looks for garbage."""


def warm_up() -> bool:
    """Let the parent of all workers begin to load the engine; false where there is no such process."""
    if METHOD != "forkserver":
        return False
    multiprocessing.get_context(METHOD).set_forkserver_preload(PRELOADED)
    try:
        with _uninterrupted():
            forkserver.ensure_running()
    except OSError:
        return False
    return True


class Pool:
    """Processes of our own, and the folder in which they find their tasks.

    Raises:
        OSError: the system lets us start no process, or gives no place for its files; `submit` raises it, too.
    """

    def __init__(self, hands: int) -> None:
        context = multiprocessing.get_context(METHOD)
        if METHOD == "forkserver":
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

    def submit(self, function: Callable[..., list[Any]], arguments: tuple[Any, ...]) -> Future[Path]:
        """Have a function called; `outcome` reads what comes of it."""
        self._count += 1
        file = self._folder / f"{self._count}.task"
        file.write_bytes(pickle.dumps((function, arguments)))
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
    main one all the same. The process that tracks semaphores must be there before, or its start would lift the mask.
    """
    resource_tracker.ensure_running()
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


def outcome(result: Path) -> list[Any]:
    """What came of a task that was done.

    Raises:
        Exception: whatever it raised.
    """
    made, fault = pickle.loads(result.read_bytes())  # noqa: S301  # written by our own worker in our own folder
    result.unlink()
    if fault is not None:
        raise fault
    return list(made)


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


def collect_seldom() -> None:
    """Look for garbage less often: reading and layout make many objects, and few of them are garbage (5 to 8 %)."""
    gc.set_threshold(OBJECTS)


def _begin(*folders: str | None) -> None:
    """Begin a worker: Ctrl-C is for the process that it works for, which it does not outlive, nor do their files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    tempfile.tempdir = folders[0]
    threading.Thread(target=_end_with_parent, args=folders, daemon=True).start()


def _end_with_parent(*folders: str | None) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        for folder in filter(None, folders):
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
