"""Settings: weights with their sources, privacy, and the data folder."""

from dataclasses import replace
from typing import Any

import streamlit as st

from linkplanner import shell
from linkplanner.settings import Settings
from linkplanner.store.projects import load_settings, save_settings
from linkplanner.store.workspace import HOME_VARIABLE
from linkplanner.ui import icons, screen, state, weights
from linkplanner.ui.texts import common, screens
from linkplanner.ui.texts import settings as say

shell.guard()

workspace = state.workspace()
project = state.project()
settings = load_settings(workspace, project.id) if project else Settings()
shown = {g: weights.entries(settings, g) for g in weights.groups()}
different = sum(weights.changed(entry) for group in shown.values() for entry in group)
closed = workspace.read_only or project is None

if project is None:
    finding = say.NO_PROJECT
elif different:
    finding = say.different(different)
else:
    finding = say.ALL_USUAL
screen.heading("settings", finding)

names = {name: group for group, name in weights.groups().items()}
part = st.segmented_control(
    common.VIEW, [*names, say.PLACE], default=next(iter(names)), key="settings-part", required=True,
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


if part == say.PLACE:
    st.markdown(f"{icons.LOCK} {screens.PRIVACY}")
    st.markdown(say.FOLDER)
    st.code(str(workspace.folder), language=None, wrap_lines=True)
    st.caption(say.copy_folder(HOME_VARIABLE))
    screen.next_step(say.SEE_READ, "help", screens.TO_HELP)
else:
    group = names[str(part)]
    st.caption(say.EVERY_NUMBER)
    seen = ""
    for entry in shown[group]:
        text, field = st.columns([3, 1], vertical_alignment="center")
        mark = f" · {say.usually(entry.usual)}" if weights.changed(entry) else ""
        text.markdown(f"**{entry.label}**{mark}")
        if entry.why != seen:
            text.caption(entry.why)
        seen = entry.why
        widget(field, entry)
    st.button(
        say.BACK, on_click=usual, args=(group,), icon=icons.UNDO,
        disabled=closed or not any(weights.changed(entry) for entry in shown[group]),
    )  # fmt: skip
    screen.next_step(say.SEE_METHOD, "help", screens.TO_HELP)
