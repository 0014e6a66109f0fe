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
from linkplanner.ui import findings, icons, state, tables
from linkplanner.ui.state import Loaded
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
        "Search engines ignore most spam links by themselves, and this list is nothing more than "
        "sites worth a look. Nothing is disavowed unless you decide it here, download the file "
        "and upload it to Google yourself.", icon=icons.WARNING,
    )  # fmt: skip
    decided = reviewed(workspace, project.id)
    everything = st.toggle("List every linking site", key="review-all")
    table = review_list(loaded.analysis["backlinks"], decided, everything=everything)
    if table.empty:
        st.success("No linking site shows signs of spam worth a look.", icon=icons.GOOD)
    else:
        st.caption(
            "Tick sites on the left, then say what to do with them. “Keep” is your allow-list; "
            "“Contact” and “Disavow” become tasks."
        )
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
    note = st.text_input(
        "Note", key="review-note", disabled=closed, placeholder="why, who was asked, when"
    )
    choices = (("Keep", "keep", icons.ACCEPT), ("Contact", "contact", icons.ADDRESS),
               ("Disavow", "disavow", icons.REFUSE), ("No decision", "", icons.UNDO))  # fmt: skip
    with st.container(horizontal=True):
        for label, decision, icon in choices:
            if st.button(label, key=f"review-{decision or 'none'}", icon=icon, disabled=closed):
                review(state.workspace(), project_id, domains, decision, note)
                now = datetime.now(UTC)
                review_work(state.workspace(), project_id, domains, decision, note, now)
                st.rerun()
    if domains:
        st.caption(f"{findings.count(len(domains), 'site')} ticked.")


def _import(project_id: int) -> None:
    """Take over the file that stands at Google now."""
    st.markdown("**The file you have at Google now**")
    upload = st.file_uploader(
        "Disavow file", type=["txt", "csv"], key="disavow-file", max_upload_size=5
    )
    if upload is None:
        st.caption("Add it first: a new upload replaces the old file at Google.")
        return
    entries, problems = parse_disavow(upload.getvalue().decode("utf-8", errors="replace"))
    if not entries:
        raise InputError(f"“{upload.name}” holds no entry of a disavow file; is it the right one?")
    have = disavowed(state.workspace(), project_id)
    st.caption(f"{findings.count(len(entries), 'entry', 'entries')} read.")
    if len(problems):
        st.dataframe(problems, hide_index=True, height=160)
    difference = compare(entries, have)
    added = int((difference["change"] == "added").sum())
    st.caption(
        f"Against it, your decisions add {added:,} and lack {len(difference) - added:,} entries."
    )
    if st.button("Take its entries over", disabled=state.workspace().read_only):
        fresh = import_entries(state.workspace(), project_id, entries)
        st.toast(f"{findings.count(fresh, 'entry', 'entries')} taken over.")
        st.rerun()


def _export(project: Project, own: Sequence[str], keep: Sequence[str]) -> None:
    """The file for Google, its checks, and Google's own warning beside the button."""
    st.markdown("**The new file**")
    entries = disavowed(state.workspace(), project.id)
    if not entries:
        st.caption(
            "You decided to disavow nothing, so there is nothing to upload. Mostly that is right."
        )
        return
    text = write_disavow(
        entries, {entry.line: note for entry, note in entries.items()},
        f"Disavow list of {project.name}",
    )  # fmt: skip
    problems = check_entries(list(entries), own, keep, text)
    serious = int(problems["serious"].sum())
    if len(problems):
        st.dataframe(problems[["entry", "problem"]], hide_index=True, height=160)
    if serious:
        st.error(
            f"{findings.count(serious, 'entry', 'entries')} must go first; the first lines of the "
            "list say why.", icon=icons.BAD,
        )  # fmt: skip
    st.warning(f"Google says: “{GOOGLE_WARNING}”", icon=icons.WARNING)
    st.download_button(
        f"Download {findings.count(len(entries), 'entry', 'entries')}", text, "disavow.txt",
        "text/plain", disabled=bool(serious), on_click="ignore", icon=icons.DOWNLOAD,
    )  # fmt: skip
    st.caption(f"Google explains the file and the upload at {HELP}.")
