"""A sitemap on the user's own network: read only once the user says that the server is theirs."""

from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st

from linkplanner.crawl.address import WHERE
from linkplanner.jobs import latest_job, start_job
from linkplanner.store.projects import Project, load_settings, save_settings
from linkplanner.ui import icons, state
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts import common

__all__ = ["own_server", "server_name"]


_HIDDEN = "_own_server_hidden"


def own_server(project: Project, closed: bool) -> bool:
    """Where the latest sitemap was refused because of its host or port: ask, and fetch it again.

    True where the question stands; it takes the place of the note that the job failed.
    """
    job = latest_job(state.workspace(), project.id)
    if job is None or job.live or job.kind != "sitemap" or WHERE not in job.error:
        return False
    if st.session_state.get(_HIDDEN) == job.id:
        return True
    url = str(job.params.get("url", ""))
    name = server_name(url)
    with st.container(border=True, key="own-server"):
        st.markdown(f"{icons.LOCK} {common.own_network(md_escape(name, 100))}")
        with st.container(horizontal=True):
            st.button(
                common.ALLOW_SERVER, key="allow-host", icon=icons.READ, disabled=closed,
                on_click=_allow, args=(project.id, name, url), type="primary",
                help=common.ALLOW_HELP,
            )  # fmt: skip
            if st.button(common.HIDE, key="own-server-hide"):
                st.session_state[_HIDDEN] = job.id
                st.rerun()
    return True


def server_name(url: str) -> str:
    """Host of an address as the list of allowed hosts takes it: with its port where it has one."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2].lower()


def _allow(project_id: int, name: str, url: str) -> None:
    workspace = state.workspace()
    settings = load_settings(workspace, project_id)
    hosts = tuple(dict.fromkeys([*settings.crawl.allow_hosts, name]))
    wanted = replace(settings, crawl=replace(settings.crawl, allow_hosts=hosts))
    save_settings(workspace, project_id, wanted)
    start_job(workspace, project_id, "sitemap", {"url": url})
