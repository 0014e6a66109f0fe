"""Which screens are dimmed, and that every screen has its words."""

from linkplanner.shell import PAGES
from linkplanner.ui import icons
from linkplanner.ui.readiness import hint, ready, title
from linkplanner.ui.texts import screens

NAMES = [name for names in PAGES.values() for name in names]


def analysis(**counts: int) -> dict:
    return {"counts": {"backlinks": 0, **counts}}


def test_every_screen_has_words_and_an_icon() -> None:
    assert list(screens.SHOWS) == NAMES
    assert set(screens.WAITS_FOR) < set(NAMES)
    assert set(NAMES) <= set(icons.SCREENS)


def test_without_data_only_those_that_need_none() -> None:
    assert ready(None, None, 0) == {"start", "data", "settings", "help"}


def test_screens_open_as_data_come() -> None:
    pages_only = ready(analysis(), None, 1)
    assert {"priorities", "overview", "site", "plan"} <= pages_only
    assert pages_only & {"backlinks", "outreach", "strategy", "tasks", "monitor"} == set()
    assert {"backlinks", "outreach"} <= ready(analysis(backlinks=3), None, 1)
    suggestions_only = ready(analysis(), {"links": 0}, 1)
    assert suggestions_only & {"strategy", "tasks"} == set()
    assert "tasks" in ready(analysis(), {"links": 0}, 1, tasks=True)
    assert "strategy" in ready(analysis(), {"strategy": {"verdict": "links"}}, 1)
    assert ready(analysis(backlinks=3), {"strategy": {"verdict": "even"}}, 2, True) == set(NAMES)


def test_a_dimmed_screen_says_what_it_waits_for() -> None:
    assert title("plan", {"plan"}) == "Plan"
    assert title("plan", set()) == ":gray[Plan]"
    assert hint("plan", {"plan"}) == screens.SHOWS["plan"]
    assert hint("plan", set()).endswith(screens.WAITS_FOR["plan"])
