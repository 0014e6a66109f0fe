"""The certificate of a plan: its gain over a proven upper bound on any plan within the limits."""

from dataclasses import dataclass
from typing import Final

__all__ = ["Certificate", "certificate_of"]

LEAST_GAIN: Final = 1e-12
"""Below this a gain or bound counts as none."""


@dataclass(frozen=True)
class Certificate:
    """How close a plan is to the best possible one, for its goal, limits and candidates."""

    bound: float
    """No plan within the limits gains more."""
    share: float
    """gain / bound: never above 1, 1 where the bound is 0."""
    method: str
    """What the bound rests on."""

    def sentence(self, candidates: int) -> str:
        """The certificate in plain words."""
        return (
            f"This plan brings at least {_percent(self.share)} of what the best choice among the "
            f"{candidates:,} suitable links could bring within the same limits, route and goal."
        )


def _percent(share: float) -> str:
    """Rounded down, so that nothing is claimed that was not proven."""
    return f"{int(share * 1000) / 10:g}%"


def certificate_of(gain: float, bound: float, method: str) -> Certificate:
    """Certificate of a gain under a bound."""
    if bound <= LEAST_GAIN:
        return Certificate(max(bound, gain, 0.0), 1.0, method)
    return Certificate(bound, float(min(1.0, max(0.0, gain) / bound)), method)
