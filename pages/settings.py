"""Settings: weights with their sources, privacy, and the data folder."""

from dataclasses import replace
from typing import Any

import streamlit as st

from linkplanner import shell
from linkplanner.settings import Settings
from linkplanner.store.projects import load_settings, save_settings
from linkplanner.store.workspace import HOME_VARIABLE
from linkplanner.ui import icons, screen, state, weights
from linkplanner.ui.texts import numbers, screens

shell.guard()

workspace = state.workspace()
project = state.project()
settings = load_settings(workspace, project.id) if project else Settings()
shown = {g: weights.entries(settings, g) for g in weights.groups()}
different = sum(weights.changed(entry) for group in shown.values() for entry in group)
closed = workspace.read_only or project is None

if project is None:
    finding = "No project is chosen: these are the values that a new one begins with."
elif different:
    finding = f"{numbers.count(different, 'setting differs', 'settings differ')} from the usual."
else:
    finding = "All weights and limits of this project have their usual values."
screen.heading("settings", finding)

PLACE = "Privacy and data folder"
names = {name: group for group, name in weights.groups().items()}
part = st.segmented_control(
    "Part", [*names, PLACE], default=next(iter(names)), key="settings-part", required=True,
    bind="query-params", label_visibility="collapsed",
)  # fmt: skip


def keep(entry: weights.Entry, key: str) -> None:
    """Save one changed value."""
    if project:
        now = load_settings(workspace, project.id)
        changed = weights.with_value(now, entry, st.session_state[key])
        save_settings(workspace, project.id, changed)


def usual(group: str) -> None:
    """Give a group its usual values back."""
    if project:
        now = load_settings(workspace, project.id)
        fresh = replace(now, **{group: getattr(Settings(), group)})
        save_settings(workspace, project.id, fresh)
        for key in [k for k in st.session_state if str(k).startswith(f"set-{project.id}-{group}-")]:
            del st.session_state[key]


def widget(place: Any, entry: weights.Entry) -> None:
    """The field that fits a setting's kind."""
    key = f"set-{project.id if project else 0}-{entry.key}"
    common = {"key": key, "disabled": closed or entry.fixed, "on_change": keep,
              "args": (entry, key), "label_visibility": "collapsed"}  # fmt: skip
    if entry.choices:
        place.selectbox(entry.label, entry.choices, entry.choices.index(entry.value), **common)
    elif isinstance(entry.usual, bool):
        place.toggle(entry.label, entry.value, **common)
    elif isinstance(entry.usual, int):
        place.number_input(entry.label, int(min(entry.least, entry.value)), int(entry.most),
                           int(entry.value), **common)  # fmt: skip
    elif isinstance(entry.usual, float):
        step = 0.5 if entry.usual > 1 else 0.05 if entry.usual >= 0.05 else 0.001
        place.number_input(entry.label, entry.least, entry.most, float(entry.value), step=step,
                           format="%g", **common)  # fmt: skip
    else:
        text = ", ".join(entry.value) if isinstance(entry.value, tuple) else str(entry.value)
        place.text_input(entry.label, text, **common)


if part == PLACE:
    st.markdown(f"{icons.LOCK} {screens.PRIVACY}")
    st.markdown("Everything that you add, decide or type lies in this folder:")
    st.code(str(workspace.folder), language=None, wrap_lines=True)
    st.caption(
        "Copy the folder to keep everything; delete it and everything is gone. To use another "
        f"place, set the environment variable {HOME_VARIABLE} before you start linkplanner."
    )
    screen.next_step("see what is read of each file, and the limits.", "help", "To the help")
else:
    group = names[str(part)]
    st.caption(
        "Every number with what it means and where it comes from. A change is kept at once and "
        "counts from the next time the files are worked out or the plan is made."
    )
    seen = ""
    for entry in shown[group]:
        text, field = st.columns([3, 1], vertical_alignment="center")
        mark = f" · usually {entry.usual}" if weights.changed(entry) else ""
        text.markdown(f"**{entry.label}**{mark}")
        if entry.why != seen:
            text.caption(entry.why)
        seen = entry.why
        widget(field, entry)
    st.button(
        "Back to the usual values", on_click=usual, args=(group,), icon=icons.UNDO,
        disabled=closed or not any(weights.changed(entry) for entry in shown[group]),
    )  # fmt: skip
    screen.next_step("see what the figures mean and how they come about.", "help", "To the help")
