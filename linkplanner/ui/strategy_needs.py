"""The strategy screen's form for what a page needs: the usual figure, one's own, or a rival's."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.plan.said_needs import said_needs
from linkplanner.plan.verdict import Needs, reconsidered, site_verdict
from linkplanner.settings import StrategySettings
from linkplanner.store.needs import rival_choices, set_need, set_rival, typed_needs
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons
from linkplanner.ui.plan_links import priority_pages
from linkplanner.ui.texts import charts
from linkplanner.ui.texts import strategy as say

if TYPE_CHECKING:
    from linkplanner.results import Analysis

__all__ = ["needs_form", "said", "with_needs"]

ERROR: Final = "needs-error"


def said(workspace: Workspace, project_id: int, analysis: "Analysis") -> Needs:
    """What the user said of needs so far."""
    scale = float(analysis.facts.get("points_per_worth") or 0.0)
    typed, chosen = typed_needs(workspace, project_id), rival_choices(workspace, project_id)
    return said_needs(analysis.frames.get("rival_pages"), scale, typed, chosen)


def with_needs(
    found: pd.DataFrame, told: Needs, summary: dict[str, Any], domains: int,
    settings: StrategySettings,
) -> tuple[pd.DataFrame, str]:  # fmt: skip
    """The verdicts with the needs as they are now, and the verdict on the whole site."""
    if "usual_need" not in found:  # a plan of an earlier version
        return found, str(summary["strategy"]["verdict_words"])
    now = reconsidered(found, told, settings)
    strategy = summary["strategy"]
    gain = float(summary["points_after"]) - float(summary["points_before"])
    pitch = float(strategy["best_pitch_gain"])
    _, words = site_verdict(now, gain, float(strategy["plan_hours"]), pitch, domains, settings)
    return now, words


def needs_form(
    workspace: Workspace,
    project_id: int,
    found: pd.DataFrame,
    pages: pd.DataFrame,
    analysis: "Analysis",
    *,
    disabled: bool,
) -> None:
    """Choose a page and what it is measured by; kept at once, and the verdicts follow."""
    typed, chosen = typed_needs(workspace, project_id), rival_choices(workspace, project_id)
    rivals = analysis.frames.get("rival_pages", pd.DataFrame(columns=["url"]))
    labels = priority_pages(pages).set_index("url")["label"].to_dict()
    if problem := st.session_state.pop(ERROR, ""):
        st.error(problem, icon=icons.WARNING)
    which, how, figure = st.columns([3, 3, 3], vertical_alignment="bottom")
    url = which.selectbox(
        charts.PAGE, found["url"].tolist(), format_func=lambda u: str(labels.get(u, u)),
        key=f"need-page-{project_id}",
    )  # fmt: skip
    row = found.set_index("url").loc[url]
    usual = say.usual_need(row["usual_need"], row["usual_need_from"])
    present = say.OWN if url in typed else say.RIVAL if url in chosen else say.USUAL
    ways = [say.USUAL, say.OWN, *([say.RIVAL] if len(rivals) else [])]
    way = how.radio(
        say.MEASURED_BY, ways, index=ways.index(present) if present in ways else 0,
        key=f"need-way-{project_id}-{url}", disabled=disabled, horizontal=True,
        help=say.measured_help(usual),
    )  # fmt: skip
    value: float | None = None
    rival = ""
    if way == say.OWN:
        value = figure.number_input(
            say.POINTS_NEEDED, 0.0, None, float(typed.get(url, round(row["need"], 2))),
            step=0.1, format="%.2f", key=f"need-points-{project_id}-{url}", disabled=disabled,
        )  # fmt: skip
    elif way == say.RIVAL:
        options = rivals["url"].tolist()
        rival = figure.selectbox(
            say.RIVAL_PAGE, options, key=f"need-rival-{project_id}-{url}", disabled=disabled,
            index=options.index(chosen[url]) if chosen.get(url) in options else 0,
        )  # fmt: skip
    else:
        figure.caption(say.usually(usual))

    def keep() -> None:
        try:
            set_rival(workspace, project_id, url, rival)
            set_need(workspace, project_id, url, value)
        except LinkplannerError as error:
            st.session_state[ERROR] = str(error)

    st.button(say.KEEP, on_click=keep, disabled=disabled, icon=icons.ACCEPT,
              key=f"need-keep-{project_id}")  # fmt: skip
    if not len(rivals):
        st.caption(say.ADD_RIVAL)
