"""Data: files and sitemap in, what each was taken for, and reading the pages."""

import streamlit as st

from linkplanner import shell
from linkplanner.errors import LinkplannerError
from linkplanner.jobs import start_job
from linkplanner.store.sources import add_path, add_source, list_sources
from linkplanner.ui import icons, progress, screen, sources, state
from linkplanner.ui.crawl_panel import crawl_panel
from linkplanner.ui.data_report import show_data_report
from linkplanner.ui.own_server import own_server
from linkplanner.ui.texts import data as say
from linkplanner.ui.texts import findings

shell.guard()

workspace = state.workspace()
project = screen.require_project("data")
loaded = state.analysis(project.id)
stored = list_sources(workspace, project.id)
busy = progress.is_busy(project.id)
closed = busy or workspace.read_only

if loaded:
    finding = findings.data_finding(loaded.version.facts["counts"])
elif stored:
    finding = say.NOT_WORKED_OUT
else:
    finding = say.NOTHING_YET
screen.heading("data", finding)
if not own_server(project, closed):  # which tells of a refused sitemap itself
    progress.watch(project.id)

if problem := st.session_state.pop("data-error", ""):
    st.error(problem, icon=icons.WARNING)


def take_files() -> None:
    """Keep the dropped files and start reading them."""
    key = f"files-{st.session_state.get('files-round', 0)}"
    files = st.session_state.get(key) or []
    try:
        for file in files:
            add_source(workspace, project.id, file.name, file.getvalue())
        if files:
            start_job(workspace, project.id, "analyse")
    except LinkplannerError as error:
        st.session_state["data-error"] = str(error)
    st.session_state["files-round"] = st.session_state.get("files-round", 0) + 1


def run(kind: str, **params: object) -> None:
    """Start a job from a button."""
    try:
        start_job(workspace, project.id, kind, params)
    except LinkplannerError as error:
        st.session_state["data-error"] = str(error)


def read_files() -> None:
    """Read all files again."""
    run("analyse")


def take_path() -> None:
    """Keep the path that was typed and start reading."""
    try:
        add_path(workspace, project.id, st.session_state.get("file-path", ""))
    except LinkplannerError as error:
        st.session_state["data-error"] = str(error)
        return
    st.session_state["file-path"] = ""
    read_files()


def fetch_sitemap() -> None:
    """Fetch the sitemap whose address was typed."""
    url = st.session_state.get("sitemap-url", "").strip()
    if url:
        run("sitemap", url=url if "://" in url else f"https://{url}")


files_tab, path_tab, address_tab = st.tabs(
    [
        f"{icons.FILE} {say.FILES}",
        f"{icons.OPEN} {say.LARGE_FILE}",
        f"{icons.ADDRESS} {say.SITEMAP_TAB}",
    ]
)
with files_tab:
    st.file_uploader(
        say.DROP,
        accept_multiple_files=True,
        key=f"files-{st.session_state.get('files-round', 0)}",
        on_change=take_files,
        disabled=closed,
        help=say.DROP_HELP,
    )
with path_tab, st.form("path", border=False):
    st.text_input(
        say.PATH,
        key="file-path",
        placeholder=say.PATH_EXAMPLE,
        help=say.PATH_HELP,
    )
    st.form_submit_button(say.READ_FILE, on_click=take_path, disabled=closed, icon=icons.OPEN)
with address_tab, st.form("sitemap", border=False):
    st.text_input(
        say.SITEMAP,
        key="sitemap-url",
        placeholder=say.SITEMAP_EXAMPLE,
        help=say.SITEMAP_HELP,
    )
    st.form_submit_button(say.FETCH, on_click=fetch_sitemap, disabled=closed, icon=icons.UPLOAD)
if stored:
    st.subheader(say.YOUR_FILES, anchor=False)
    for source in stored:
        sources.show_source(workspace, project.id, source, read_files)
    if loaded is None or loaded.stale:
        st.button(
            say.WORK_OUT, on_click=run, args=("analyse",), disabled=closed,
            icon=icons.REFRESH, help=say.WORK_OUT_HELP,
        )  # fmt: skip

if loaded:
    crawl_panel(project, needed=not loaded.version.facts["has_links"], closed=closed)

kinds = [r.get("kind", "") for s in stored for r in s.reports or () if r.get("rows")]
if loaded:
    counts = loaded.version.facts["counts"]
    kinds += ["links"] * bool(counts["links"]) + ["texts"] * bool(counts.get("texts"))
st.subheader(say.NEEDS_HEADING, anchor=False)
st.markdown("  \n".join(sources.need_line(*need) for need in sources.missing(kinds)))

if loaded:
    show_data_report(loaded, sources.missing(kinds))
    screen.warnings(loaded.analysis.warnings)
    screen.next_step(
        say.NEXT_PRIORITIES
        if loaded.version.facts["has_links"]
        else say.NEXT_READ,
        "priorities", say.CHOOSE_PAGES,
    )  # fmt: skip
