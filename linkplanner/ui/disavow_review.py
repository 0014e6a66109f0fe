"""Sites to look at, what the user decides on them, and the disavow file that may come of it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from linkplanner.errors import InputError
from linkplanner.quality.disavow import (
    GOOGLE_WARNING,
    check_entries,
    compare,
    parse_disavow,
    write_disavow,
)
from linkplanner.quality.review import review_list
from linkplanner.store.projects import Project
from linkplanner.store.reviews import (
    disavowed,
    import_entries,
    kept_sites,
    review,
    review_work,
    reviewed,
)
from linkplanner.ui import icons, state, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import disavow as say
from linkplanner.urls import host, registrable

__all__ = ["own_domains", "show_review"]

COLUMNS = (
    "source_domain", "spam", "your_decision", "note", "backlinks", "follow", "worth", "authority",
    "anchor", "reasons", "source_url",
)  # fmt: skip
HELP = "https://support.google.com/webmasters/answer/2648487"


def own_domains(pages: pd.DataFrame) -> list[str]:
    """Registrable domains of the site's own pages."""
    hosts = pages["url"].dropna().str.extract(r"^https?://([^/:?#]+)", expand=False).unique()
    return sorted({registrable(host(f"https://{name}/")) for name in hosts if name == name})


def show_review(project: Project, loaded: Loaded) -> None:
    """The list, the decisions, the import and the export."""
    workspace = state.workspace()
    st.info(
        say.NOTHING_BY_ITSELF, icon=icons.WARNING,
    )  # fmt: skip
    decided = reviewed(workspace, project.id)
    everything = st.toggle(say.LIST_ALL, key="review-all")
    table = review_list(loaded.analysis["backlinks"], decided, everything=everything)
    if table.empty:
        st.success(say.NO_SPAM, icon=icons.GOOD)
    else:
        st.caption(say.TICK)
        stamp = sum(len(decision) + len(note) for decision, note in decided.values())
        named = table.rename(columns={"decision": "your_decision"})
        key = f"review-{loaded.key}-{everything}-{len(decided)}-{stamp}"
        picked = tables.show(named, COLUMNS, key=key, select="multi", height=380, foreign=True)
        _decide(project.id, picked["source_domain"].tolist())
    left, right = st.columns(2)
    with left:
        _import(project.id)
    with right:
        _export(project, own_domains(loaded.analysis["pages"]), kept_sites(decided))


def _decide(project_id: int, domains: Sequence[str]) -> None:
    """Buttons for the ticked sites."""
    closed = state.workspace().read_only or not domains
    note = st.text_input(say.NOTE, key="review-note", disabled=closed, placeholder=say.NOTE_EXAMPLE)
    choices = (
        (say.KEEP, "keep", icons.ACCEPT),
        (say.CONTACT, "contact", icons.ADDRESS),
        (say.DISAVOW, "disavow", icons.REFUSE),
        (say.NO_DECISION, "", icons.UNDO),
    )
    with st.container(horizontal=True):
        for label, decision, icon in choices:
            if st.button(label, key=f"review-{decision or 'none'}", icon=icon, disabled=closed):
                review(state.workspace(), project_id, domains, decision, note)
                now = datetime.now(UTC)
                review_work(state.workspace(), project_id, domains, decision, note, now)
                st.rerun()
    if domains:
        st.caption(say.ticked(len(domains)))


def _import(project_id: int) -> None:
    """Take over the file that stands at Google now."""
    st.markdown(f"**{say.AT_GOOGLE}**")
    upload = st.file_uploader(say.FILE, type=["txt", "csv"], key="disavow-file", max_upload_size=5)
    if upload is None:
        st.caption(say.ADD_FIRST)
        return
    entries, problems = parse_disavow(upload.getvalue().decode("utf-8", errors="replace"))
    if not entries:
        raise InputError(say.no_entry(upload.name))
    have = disavowed(state.workspace(), project_id)
    st.caption(say.entries_read(len(entries)))
    if len(problems):
        st.dataframe(problems, hide_index=True, height=160, column_config=say.PROBLEM_COLUMNS)
    difference = compare(entries, have)
    added = int((difference["change"] == "added").sum())
    st.caption(say.against_it(added, len(difference) - added))
    if st.button(say.TAKE_OVER, disabled=state.workspace().read_only):
        fresh = import_entries(state.workspace(), project_id, entries)
        st.toast(say.taken_over(fresh))
        st.rerun()


def _export(project: Project, own: Sequence[str], keep: Sequence[str]) -> None:
    """The file for Google, its checks, and Google's own warning beside the button."""
    st.markdown(f"**{say.NEW_FILE}**")
    entries = disavowed(state.workspace(), project.id)
    if not entries:
        st.caption(say.NONE_DISAVOWED)
        return
    text = write_disavow(
        entries, {entry.line: note for entry, note in entries.items()},
        say.list_of(project.name),
    )  # fmt: skip
    problems = check_entries(list(entries), own, keep, text)
    serious = int(problems["serious"].sum())
    if len(problems):
        shown = problems[["entry", "problem"]]
        st.dataframe(shown, hide_index=True, height=160, column_config=say.PROBLEM_COLUMNS)
    if serious:
        st.error(
            say.must_go(serious), icon=icons.BAD,
        )  # fmt: skip
    st.warning(say.google_says(GOOGLE_WARNING), icon=icons.WARNING)
    st.download_button(
        say.download(len(entries)), text, "disavow.txt",
        "text/plain", disabled=bool(serious), on_click="ignore", icon=icons.DOWNLOAD,
    )  # fmt: skip
    st.caption(say.explained_at(HELP))
