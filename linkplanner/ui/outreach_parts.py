"""Parts of the outreach screen: what earns links, contacts, letters and the mail merge."""

import pandas as pd
import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.outreach.letters import PLACEHOLDERS, fill, merged
from linkplanner.store.contacts import (
    add_contacts,
    delete_contacts,
    list_contacts,
    list_letters,
    save_letter,
)
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons
from linkplanner.ui.texts import charts, common
from linkplanner.ui.texts import columns as of_columns
from linkplanner.ui.texts import outreach as say

__all__ = ["ERROR", "contacts", "letters", "link_kinds", "with_prospects"]

ERROR = "outreach-error"
"""Key of the session in which a change that did not work is told."""


def look_label(links: int) -> str:
    """What the button says that looks for links that were asked for."""
    if not links:
        return say.NOTHING_DUE
    return say.look(links)


def with_prospects(tasks: pd.DataFrame, prospects: pd.DataFrame) -> pd.DataFrame:
    """Outreach tasks with domain, seed gain, angle, words and competitors of their prospects."""
    columns = ["source_domain", "authority", "spam", "seed_gain", "angle", "anchor_kind",
               "competitors"]  # fmt: skip
    known = prospects.drop_duplicates(["source_url", "page_url"])
    known = known.rename(columns={"source_url": "page_url", "page_url": "target_url"})
    known = known[["page_url", "target_url", *[c for c in columns if c in known]]]
    return tasks.merge(known, on=["page_url", "target_url"], how="left")


def link_kinds(earned: pd.DataFrame | None) -> None:
    """What kinds of pages earned links here and with competitors, and which are missing."""
    if earned is None or earned.empty:
        return
    st.subheader(say.EARN, anchor=False)
    lacking = earned.loc[earned["lacking"], "angle"].tolist()
    best = earned[earned["points"] > 0]
    if len(best):
        each = float(best["points_per_page"].iloc[0])
        st.caption(say.earned(str(best["angle"].iloc[0]), each, lacking))
    st.dataframe(
        earned.drop(columns="lacking"),
        hide_index=True,
        key="link-kinds",
        placeholder="",
        column_config={
            "angle": say.E_KIND,
            "pages": st.column_config.NumberColumn(say.E_PAGES, format="localized"),
            "linking_sites": st.column_config.NumberColumn(
                of_columns.COLUMNS["sites"][0], format="localized"
            ),
            "points": st.column_config.NumberColumn(charts.POINTS, format="%.2f"),
            "points_per_page": st.column_config.NumberColumn(say.E_EACH, format="%.2f"),
            "competitor_sites": st.column_config.NumberColumn(say.E_RIVALS, help=say.E_RIVALS_HELP),
        },
    )


def contacts(workspace: Workspace, project_id: int) -> None:
    """Contacts: a file or one by one, and deletion for good."""
    known = list_contacts(workspace, project_id)
    with st.expander(say.contacts(len(known)), icon=icons.ADDRESS):
        st.caption(say.CONTACTS_ARE)
        key = f"contacts-{st.session_state.get('contacts-round', 0)}"
        st.file_uploader(
            say.CONTACTS_FILE, type=["csv", "tsv", "txt"], key=key,
            on_change=_take, args=(workspace, project_id, key), disabled=workspace.read_only,
        )  # fmt: skip
        with st.form("contact", border=False, clear_on_submit=True):
            site, name, email, add = st.columns([2, 2, 3, 1], vertical_alignment="bottom")
            row = {
                "domain": site.text_input(say.C_SITE, key="contact-site"),
                "name": name.text_input(say.C_NAME, key="contact-name"),
                "email": email.text_input(say.C_MAIL, key="contact-email"),
                "imported_from": "typed",
            }
            if add.form_submit_button(say.ADD, disabled=workspace.read_only):
                _add(workspace, project_id, pd.DataFrame([row]))
        if known.empty:
            return
        answer = st.dataframe(
            known,
            hide_index=True,
            key="contacts-table",
            on_select="rerun",
            column_config=say.CONTACT_COLUMNS,
            selection_mode="multi-row",
        )
        rows = [r for r in answer.selection.rows if r < len(known)]
        st.button(
            say.delete(len(rows)) if rows else say.DELETE_ALL,
            key="delete-contacts", on_click=_delete, disabled=workspace.read_only,
            args=(workspace, project_id, known["email"].iloc[rows].tolist() if rows else None),
        )  # fmt: skip


def _take(workspace: Workspace, project_id: int, key: str) -> None:
    from linkplanner.outreach.contacts import contacts_of_file

    file = st.session_state.get(key)
    st.session_state["contacts-round"] = st.session_state.get("contacts-round", 0) + 1
    if file is None:
        return
    try:
        add_contacts(workspace, project_id, contacts_of_file(file.getvalue(), file.name))
    except LinkplannerError as error:
        st.session_state[ERROR] = str(error)


def _add(workspace: Workspace, project_id: int, rows: pd.DataFrame) -> None:
    try:
        add_contacts(workspace, project_id, rows)
    except LinkplannerError as error:
        st.session_state[ERROR] = str(error)
    st.rerun()


def _delete(workspace: Workspace, project_id: int, emails: list[str] | None) -> None:
    try:
        delete_contacts(workspace, project_id, emails)
    except LinkplannerError as error:
        st.session_state[ERROR] = str(error)


def letters(
    workspace: Workspace, project_id: int, tasks: pd.DataFrame, prospects: pd.DataFrame, stem: str
) -> None:
    """A template, what it looks like filled, and the file for a mail program."""
    with st.expander(say.LETTERS, icon=icons.FILE):
        kept = list_letters(workspace, project_id)
        name = st.selectbox(say.TEMPLATE, list(kept), key="letter", format_func=common.stored)
        subject = st.text_input(say.SUBJECT, kept[name][0], key=f"subject-{name}")
        body = st.text_area(say.TEXT, kept[name][1], height=220, key=f"body-{name}")
        st.caption(say.placeholders(PLACEHOLDERS))
        save, merge = st.columns([1, 1])
        if save.button(say.KEEP_TEMPLATE, key="keep-letter", disabled=workspace.read_only):
            _save(workspace, project_id, name, subject, body)
        people = list_contacts(workspace, project_id)
        merge.download_button(
            say.mail_merge(len(tasks)),
            lambda: _merge_file(tasks, prospects, people, subject, body),
            f"{stem}-mail-merge.csv", "text/csv", key="mail-merge", on_click="ignore",
            icon=icons.DOWNLOAD,
            help=say.MERGE_HELP,
        )  # fmt: skip
        if len(tasks):
            _preview(tasks, prospects, people, subject, body)


def _merge_file(
    tasks: pd.DataFrame, prospects: pd.DataFrame, people: pd.DataFrame, subject: str, body: str
) -> bytes:
    from linkplanner.export.csv import safe_csv

    return safe_csv(merged(tasks, prospects, people, subject, body))


def _preview(
    tasks: pd.DataFrame, prospects: pd.DataFrame, people: pd.DataFrame, subject: str, body: str
) -> None:
    try:
        first = merged(tasks.head(1), prospects, people, subject, body).iloc[0]
    except LinkplannerError as error:
        st.error(str(error), icon=icons.WARNING)
        return
    st.caption(say.PREVIEW)
    st.code(f"{first['subject']}\n\n{first['text']}", language=None, wrap_lines=True)


def _save(workspace: Workspace, project_id: int, name: str, subject: str, body: str) -> None:
    try:
        fill(body, {})
        save_letter(workspace, project_id, name, subject, body)
    except LinkplannerError as error:
        st.session_state[ERROR] = str(error)
    st.rerun()
