"""The settings screen shows every setting with its source, and changes just the one."""

from dataclasses import fields

import pytest

from linkplanner.settings import Settings
from linkplanner.ui import weights

GROUPS = [f.name for f in fields(Settings)]


def test_every_group_is_shown_and_every_setting_has_its_explanation() -> None:
    assert set(weights.groups()) == set(GROUPS)
    for group in GROUPS:
        for entry in weights.entries(Settings(), group):
            assert entry.why, f"{entry.key} says nothing of where it comes from"


@pytest.mark.parametrize("group", GROUPS)
def test_a_change_touches_one_setting_and_survives_the_disk(group: str) -> None:
    for entry in weights.entries(Settings(), group):
        if isinstance(entry.usual, bool):
            value: object = not entry.usual
        elif isinstance(entry.usual, int | float):
            value = entry.usual + 1
        elif isinstance(entry.usual, tuple):
            value = "one.test, two.test:8080"
        else:
            value = "else"
        new = weights.with_value(Settings(), entry, value)
        again = Settings.from_json(new.to_json())
        different = [e.key for g in GROUPS for e in weights.entries(again, g) if weights.changed(e)]
        assert different == [entry.key]


def test_tables_are_taken_apart() -> None:
    labels = {e.label for e in weights.entries(Settings(), "equity")}
    assert "Weight of a link by where it stands: footer" in labels
