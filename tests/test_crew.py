"""Work shared out to processes: the same results, a clean end whatever happens."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linkplanner.crew import Crew, processes_for
from linkplanner.errors import Cancelled, LinkplannerError
from linkplanner.mapped import load_mapped, save_mapped

NUMBERS = np.arange(1000)


def times(state: dict[str, Any], task: int) -> int:
    return int(state["numbers"][task]) * 2


def add_note(state: dict[str, Any], value: int) -> None:
    state["note"] = value


def noted(state: dict[str, Any], task: int) -> int:
    return int(state["note"]) + task


def slow(state: object, task: float) -> None:
    time.sleep(task)


def fail(state: object, task: str) -> None:
    raise ValueError(task)


def end_itself(state: object, task: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_tasks(processes: int) -> None:
    with Crew({"numbers": NUMBERS}, processes) as crew:
        assert list(crew.each(times, range(40))) == [2 * n for n in range(40)]
        for _ in crew.each(times, range(100)):  # a loop that is left early leaves nothing behind
            break
        assert list(crew.each(times, [7])) == [14]
        crew.every(add_note, 5)
        assert list(crew.each(noted, range(9))) == list(range(5, 14))


def test_stopping_takes_less_than_a_second() -> None:
    with Crew(None, 2) as crew:
        began = time.monotonic()
        with pytest.raises(Cancelled):
            list(crew.each(slow, [30.0] * 4, lambda: time.monotonic() - began > 0.2))
    assert time.monotonic() - began < 1.2


@pytest.mark.parametrize(
    ("function", "task", "words"), [(end_itself, 0, "ended"), (fail, "x", "x")]
)
def test_a_process_that_breaks_is_a_sentence_and_no_hang(
    function: object, task: object, words: str
) -> None:
    with Crew(None, 2) as crew, pytest.raises(LinkplannerError, match=words):
        list(crew.each(function, [task] * 5))  # type: ignore[arg-type]


def test_a_value_in_a_file_is_the_same_value(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": pd.array(["a", "ü" * 50, None], dtype="str"), "n": [1, 2, 3]})
    value = {"frame": frame, "none": np.empty(0), "list": [NUMBERS[3:9], NUMBERS[::2]]}
    save_mapped(value, tmp_path / "file")
    found = load_mapped(tmp_path / "file")
    pd.testing.assert_frame_equal(found["frame"], frame)
    assert all(np.array_equal(a, b) for a, b in zip(found["list"], value["list"], strict=True))
    assert not found["list"][0].flags.writeable


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a file that is mapped")
def test_nothing_is_left_on_disk_where_the_program_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Crew({"numbers": NUMBERS}, 2) as crew:
        assert not list(tmp_path.iterdir())
        assert list(crew.each(times, [3, 4])) == [6, 8]


def test_small_work_is_not_shared_out() -> None:
    assert processes_for(10, least=100) == 1
    assert 1 <= processes_for(100, least=100) <= 2
