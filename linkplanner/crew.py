"""Work on many pages shared out to processes that look at one state, mapped from a file.

The state is written once; what goes through the pipes are small tasks and their results. With one
process everything is done in this one. A process that dies ends the work with a sentence.
"""

import contextlib
import os
import pickle
import queue
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from linkplanner.errors import Cancelled, LinkplannerError
from linkplanner.mapped import give_back, load_mapped, save_mapped

__all__ = ["MOST_PROCESSES", "Crew", "processes_for", "serve", "until_stopped"]

MOST_PROCESSES: Final = 2
"""Processes at most where not given: each holds what is no array of the state for itself."""
LOOK_SECONDS: Final = 0.1
"""How often the stop button is looked at while results are waited for."""
AHEAD: Final = 4
"""Tasks handed out before their results are asked for, for each process."""
_SIZE: Final = struct.Struct(">Q")
DIED: Final = (
    "A process that worked on part of the pages was ended from outside; close other programs if "
    "memory is short, and start the step again."
)

Task = Callable[..., Any]
"""A function of a module, called with the state and one task."""


def processes_for(pages: int, least: int) -> int:
    """How many processes so many pages are worth: one below `least`, where starting costs more."""
    return 1 if pages < least else max(1, min(MOST_PROCESSES, os.cpu_count() or 1))


class Crew:
    """Processes that share a state. To be used in a `with` block.

    state: what every task is called with. Where there are several processes, `state` is the mapped
    one once the block is entered, so the caller may let go of its own.
    """

    def __init__(self, state: Any, processes: int = 1) -> None:
        self._state: Any = state
        self._number = processes
        self._folder: Path | None = None
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Crew":
        if self._number > 1:
            self._folder = Path(tempfile.mkdtemp(prefix="linkplanner-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            file = self._folder / "state"
            try:
                save_mapped(self._state, file)
                self._state = load_mapped(file)
            except OSError as error:
                raise LinkplannerError(
                    f"There is no room for working files in “{self._folder.parent}” ({error}); "
                    "free some disk space and start the step again."
                ) from error
            self._running = [_start(file) for _ in range(self._number)]
            self._let_go_of_file()
        return self

    def _let_go_of_file(self) -> None:
        """Takes the file away once every process maps it, so that none is left where the program is
        killed; Windows keeps it until the end."""
        if os.name != "posix" or self._folder is None:
            return
        try:
            self.every(_mapped, None)
        except LinkplannerError:
            self.__exit__()
            raise
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def state(self) -> Any:
        """What the processes share."""
        return self._state

    def __exit__(self, *error: object) -> None:
        for process in self._running:
            _end(process)
        self._running = []
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def each(
        self,
        function: Task,
        tasks: Iterable[Any],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Any]:
        """What a function of a module makes of the state and every task, in the tasks' order.

        Raises Cancelled when stopped, LinkplannerError where a process died.
        """
        if not self._running:
            yield from (function(self.state, task) for task in until_stopped(tasks, should_stop))
            return
        give_back()  # by now the caller has let go of what the processes share
        line = _Line(self._running, function)
        try:
            yield from line.results(tasks, should_stop)
        finally:
            line.close()

    def every(
        self, function: Task, value: Any, should_stop: Callable[[], bool] = lambda: False
    ) -> None:
        """Calls a function of a module with the state and a value in every process. Raises as
        `each` does."""
        if not self._running:
            function(self.state, value)
        lines = [_Line([process], function) for process in self._running]
        for line in lines:
            line.give(0, value)
        try:
            for line in lines:
                line.wait(should_stop)
        finally:
            for line in lines:
                line.close()


def until_stopped(tasks: Iterable[Any], should_stop: Callable[[], bool]) -> Iterator[Any]:
    """The tasks one by one. Raises Cancelled when stopped."""
    for task in tasks:
        if should_stop():
            raise Cancelled("Stopped; what was finished is kept.")
        yield task


class _Line:
    """One function's tasks on their way to the processes and back."""

    def __init__(self, running: list[subprocess.Popen[bytes]], function: Task) -> None:
        self._function = function
        self._waiting: queue.Queue[tuple[int, Any] | None] = queue.Queue()
        self._done: queue.Queue[tuple[int, bool, Any]] = queue.Queue()
        self._running = running
        self._threads = [
            threading.Thread(target=self._tend, args=(process,), daemon=True) for process in running
        ]
        for thread in self._threads:
            thread.start()

    def results(self, tasks: Iterable[Any], should_stop: Callable[[], bool]) -> Iterator[Any]:
        given, next_one = 0, 0
        ready: dict[int, Any] = {}
        source = iter(tasks)
        ended = False
        while True:
            while not ended and given - next_one < AHEAD * len(self._running):
                try:
                    self.give(given, next(source))
                    given += 1
                except StopIteration:
                    ended = True
            if ended and next_one == given:
                return
            number, value = self.wait(should_stop)
            ready[number] = value
            while next_one in ready:
                yield ready.pop(next_one)
                next_one += 1

    def give(self, number: int, task: Any) -> None:
        """Hands out one task."""
        self._waiting.put((number, task))

    def wait(self, should_stop: Callable[[], bool]) -> tuple[int, Any]:
        """The next result, with its number. Raises Cancelled when stopped, or what went wrong."""
        number, well, value = self._next(should_stop)
        if not well:
            raise value
        return number, value

    def _next(self, should_stop: Callable[[], bool]) -> tuple[int, bool, Any]:
        while True:
            if should_stop():
                for process in self._running:
                    process.kill()
                raise Cancelled("Stopped; what was finished is kept.")
            try:
                return self._done.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue

    def close(self) -> None:
        """Ends the threads; tasks that nobody began are dropped."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._waiting.get_nowait()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _tend(self, process: subprocess.Popen[bytes]) -> None:
        """Keeps one process busy."""
        assert process.stdin is not None and process.stdout is not None
        while (task := self._waiting.get()) is not None:
            number, value = task
            try:
                _send(process.stdin, (self._function, value))
                got = _receive(process.stdout)
            except (OSError, ValueError, EOFError):
                got = None
            well, result = got if got is not None else (False, LinkplannerError(DIED))
            self._done.put((number, well, result))


def _start(file: Path) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[1])
    paths = [root, *sys.path]
    return subprocess.Popen(
        [sys.executable, "-m", "linkplanner.crew", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "PYTHONUTF8": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()


def _send(stream: IO[bytes], value: object) -> None:
    packed = pickle.dumps(value, protocol=5)
    stream.write(_SIZE.pack(len(packed)))
    stream.write(packed)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    """What the other side sent; None where it is gone."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    size = _SIZE.unpack(head)[0]
    packed = stream.read(size)
    return pickle.loads(packed) if len(packed) == size else None


def _mapped(state: object, task: object) -> None:
    """Done as soon as a process has the state."""


def serve(incoming: IO[bytes], outgoing: IO[bytes], file: Path) -> None:
    """What a process of a crew does: tasks in, results out, until the pipe ends."""
    state = load_mapped(file)
    while (got := _receive(incoming)) is not None:
        function, task = got
        try:
            _send(outgoing, (True, function(state, task)))
        except Exception as error:
            _send(outgoing, (False, LinkplannerError(f"{type(error).__name__}: {error}")))


if __name__ == "__main__":
    sys.stdout, results = sys.stderr, sys.stdout.buffer
    serve(sys.stdin.buffer, results, Path(sys.argv[1]))
