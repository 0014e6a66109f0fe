"""How a long step tells how far it is."""

from collections.abc import Callable

__all__ = ["Progress", "no_progress"]

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and one sentence."""


def no_progress(done: int, total: int, message: str) -> None:
    """Tells nobody."""
