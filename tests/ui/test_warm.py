"""What is imported beforehand exists, and importing it starts nothing twice."""

import importlib.util
import subprocess
import sys

import pytest

from linkplanner.ui import warm


@pytest.mark.parametrize("name", warm.NEEDED)
def test_every_module_is_there(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


def test_it_runs_once_and_imports_all() -> None:
    code = (
        "import sys, threading\n"
        "from linkplanner.ui import warm\n"
        "warm.warm_up(); warm.warm_up()\n"
        "threads = [t for t in threading.enumerate() if t.name == 'warm-up']\n"
        "for t in threads: t.join()\n"
        "print(len(threads), *[n for n in warm.NEEDED if n not in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]
