"""Priorities: the pages that earn money, their weights and keywords."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from linkplanner import shell
from linkplanner.errors import LinkplannerError
from linkplanner.jobs import start_job
from linkplanner.store.priorities import (
    add_pattern,
    list_patterns,
    pattern_pages,
    remove_pattern,
    set_priorities,
    stored_priorities,
)
from linkplanner.store.sources import add_source
from linkplanner.tables import PRIORITIES
from linkplanner.ui import icons, progress, screen, state, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.priorities import EDITED, changes_of, fresh_edits, priority_list
from linkplanner.ui.texts import columns, common, findings, screens
from linkplanner.ui.texts import priorities as say

shell.guard()

COLUMNS = (
    "chosen", "url", "title", "kind", "weight", "keywords", "difficulty", "reason", "origin",
)  # fmt: skip

project = screen.require_project("priorities")
workspace = state.workspace()
loaded = screen.require_analysis(project.id, "priorities")
analysis = loaded.analysis
closed = workspace.read_only

patterns = list_patterns(workspace, project.id)
stored = stored_priorities(workspace, project.id)
found = [pattern_pages(p, w, analysis["pages"]) for p, w in patterns]
by_pattern = pd.concat(found, ignore_index=True) if found else PRIORITIES.empty()
decided = len(stored) > 0 or len(patterns) > 0
everything = bool(st.session_state.get("all-pages", False))
order_key = f"order-{loaded.key}-{everything}"
shown = priority_list(
    analysis["page_facts"], analysis["proposed"], stored, by_pattern,
    everything=everything, order=st.session_state.get(order_key, ()),
)  # fmt: skip
st.session_state[order_key] = shown["url"].tolist()
words = st.session_state.get("find-page", "").strip().casefold()
if words:
    text = (shown["url"] + " " + shown["title"].fillna("")).str.casefold()
    shown = shown[text.str.contains(words, regex=False)].reset_index(drop=True)

chosen = int(shown["chosen"].sum())
screen.heading(
    "priorities",
    findings.priorities_finding(chosen, len(analysis["proposed"]), decided),
)  # fmt: skip
progress.watch(project.id)
if problem := st.session_state.pop("priorities-error", ""):
    st.error(problem, icon=icons.WARNING)

# The key follows the rows, so that an edit is never applied to another page's row.
KEY = f"priorities-{project.id}-{hash(tuple(shown['url']))}"


def attempt(change: Callable[..., object], *args: object) -> None:
    """Keep a change at once, or say why not."""
    try:
        change(*args)
    except LinkplannerError as error:
        st.session_state["priorities-error"] = str(error)


def keep_edits() -> None:
    """Everything edited goes to the database at once."""
    edits = st.session_state[KEY]["edited_rows"]
    fresh = fresh_edits(edits, st.session_state.get(f"{KEY}-seen", {}))
    st.session_state[f"{KEY}-seen"] = {row: dict(values) for row, values in edits.items()}
    rows = changes_of(shown, fresh, decided=decided)
    attempt(set_priorities, workspace, project.id, rows, "typed")


def confirm() -> None:
    """Take the proposals over as they are."""
    rows = shown.loc[shown["chosen"], ["url", *EDITED]].to_dict("records")
    attempt(set_priorities, workspace, project.id, rows, "proposed")


def keep_pattern() -> None:
    """Keep the typed pattern."""
    attempt(add_pattern, workspace, project.id, st.session_state.get("pattern", ""),
            st.session_state.get("pattern-weight", 1.0))  # fmt: skip


def take_file() -> None:
    """Keep a priorities file as a source and read it."""
    file = st.session_state.get("priorities-file")
    if file is not None:
        attempt(add_source, workspace, project.id, file.name, file.getvalue())
        attempt(start_job, workspace, project.id, "analyse")


if not decided and len(shown):
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(say.CONFIRM)
        st.button(
            say.USE_PAGES, on_click=confirm, type="primary", disabled=closed, icon=icons.ACCEPT
        )

find, switch = st.columns([3, 2], vertical_alignment="bottom")
find.text_input(common.FIND_PAGE, key="find-page", placeholder=common.FIND_PAGE_EXAMPLE)
switch.toggle(say.SHOW_ALL, key="all-pages", help=say.SHOW_ALL_HELP)
st.data_editor(
    shown[list(COLUMNS)],
    key=KEY,
    on_change=keep_edits,
    hide_index=True,
    height=430,
    placeholder="",
    disabled=True if closed else ["url", "title", "kind", "reason", "origin"],
    column_config={
        **tables.column_config(["chosen", "url", "title", "kind", "reason", "origin"]),
        "weight": st.column_config.NumberColumn(
            columns.COLUMNS["weight"][0], min_value=0, max_value=1000, step=0.5, width="small",
            help=say.WEIGHT_HELP,
        ),
        "keywords": st.column_config.TextColumn(
            columns.COLUMNS["keywords"][0], width="medium",
            help=say.KEYWORDS_HELP,
        ),
        "difficulty": st.column_config.NumberColumn(
            columns.COLUMNS["difficulty"][0], min_value=0, max_value=100, width="small",
            help=say.DIFFICULTY_HELP,
        ),
    },
)  # fmt: skip
st.caption(say.KEPT)

left, right = st.columns(2)
with left.container(border=True, height="stretch"):
    st.markdown(f"**{say.BY_PATTERN}**")
    with st.form("patterns", border=False, clear_on_submit=True):
        pattern, weight = st.columns([3, 1])
        pattern.text_input(
            say.PATTERN, key="pattern", placeholder=say.PATTERN_EXAMPLE,
            help=say.PATTERN_HELP,
        )  # fmt: skip
        weight.number_input(
            columns.COLUMNS["weight"][0], 0.0, 1000.0, 1.0, step=0.5, key="pattern-weight"
        )
        st.form_submit_button(
            say.ADD_PATTERN, on_click=keep_pattern, disabled=closed, icon=icons.ADD
        )
    for number, ((name, value), pages) in enumerate(zip(patterns, found)):
        row, button = st.columns([3, 2], vertical_alignment="center")
        row.markdown(
            f"`{name}`" if "`" not in name else md_escape(name),
        )
        row.caption(say.pattern(value, len(pages)))
        button.button(
            say.REMOVE, key=f"pattern-{number}", on_click=remove_pattern, disabled=closed,
            args=(workspace, project.id, name),
        )  # fmt: skip
with right.container(border=True, height="stretch"):
    st.markdown(f"**{say.FROM_FILE}**")
    st.file_uploader(
        say.FILE,
        key="priorities-file", on_change=take_file, type=["csv", "tsv", "txt", "xlsx"],
        disabled=closed or progress.is_busy(project.id),
    )  # fmt: skip

screen.next_step(say.MAKE_PLAN, "plan", screens.TO_PLAN)
