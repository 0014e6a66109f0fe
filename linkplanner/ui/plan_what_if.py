"""The plan screen's what-if: other limits, another aim or weights, and what a plan would bring."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from linkplanner.settings import check_objective
from linkplanner.ui import icons, screen, tables
from linkplanner.ui.plan_links import priority_pages
from linkplanner.ui.texts import limits as of_limits
from linkplanner.ui.texts import what_if as say

if TYPE_CHECKING:
    from linkplanner.graph.link_graph import LinkGraph
    from linkplanner.graph.model import Model
    from linkplanner.results import PlanResult

__all__ = ["graph_of", "try_other_limits"]


@st.cache_resource(max_entries=2, show_spinner=False)
def graph_of(key: str, _model: "Model") -> "LinkGraph":
    """The model's link graph, built once a plan; `key` names the plan."""
    return _model.graph()


def try_other_limits(result: "PlanResult", limits: Any, key: str) -> None:
    """Sliders, and at once what a quick plan within them would bring beside the present one."""
    if not result.has_model or not len(result.plan):
        return
    opened = screen.folded(say.TRY, f"try-open-{key}", icons.SAMPLE)
    if opened is None:
        return
    from linkplanner.plan.what_if import Changed, links_of, try_limits

    model = result.model
    assert model is not None
    with opened:
        st.caption(say.TRY_IS)
        places = st.columns(4)
        links = places[0].slider(of_limits.LINKS, 1, max(500, limits.max_links),
                                 limits.max_links, key=f"try-links-{key}")  # fmt: skip
        per_page = places[1].slider(of_limits.ON_PAGE, 1, max(10, limits.per_page), limits.per_page,
                                    key=f"try-page-{key}")  # fmt: skip
        per_target = places[2].slider(of_limits.TO_PAGE, 1, max(50, limits.per_target),
                                      limits.per_target, key=f"try-target-{key}")  # fmt: skip
        least = int(limits.min_relevance)
        relevance = places[3].slider(of_limits.RELEVANCE, least, 100, least,
                                     key=f"try-relevance-{key}")  # fmt: skip
        left, middle, right = st.columns([2, 3, 2], vertical_alignment="bottom")
        aim = left.radio(
            of_limits.AIM, list(say.AIMS), list(say.AIMS).index(str(result.summary["objective"])),
            format_func=say.AIMS.__getitem__, horizontal=True, key=f"try-aim-{key}",
        )  # fmt: skip
        chosen = priority_pages(result.pages)
        labels = chosen.set_index("url")["label"].to_dict()
        page = middle.selectbox(
            say.WEIGH, ["", *labels], key=f"try-page-weight-{key}",
            format_func=lambda url: labels.get(url, say.NONE),
        )  # fmt: skip
        nodes = pd.Series(np.arange(model.pages), index=model.url.astype(str))
        weights: dict[int, float] = {}
        if page:
            node = int(nodes[page])
            weights[node] = right.number_input(
                say.WEIGHT, 0.0, 1000.0, float(model.priority[node]), step=0.5,
                key=f"try-weight-{key}-{page}",
            )  # fmt: skip
        before = result.pages["equity_before"].to_numpy(dtype=float)
        able = result.pages["indexable"].to_numpy(dtype=bool)
        wanted = Changed(links, per_page, per_target, float(relevance), check_objective(aim),
                         weights)  # fmt: skip
        present = links_of(model, result.plan)
        found = try_limits(model, wanted, before, graph_of(key, model), able, present)
        _show(result, found.priority, before, found.after, len(found.links), found.points)


def _show(
    result: "PlanResult",
    priority: np.ndarray,
    before: np.ndarray,
    after: np.ndarray,
    links: int,
    points: float,
) -> None:
    present = result.pages["equity_after"].to_numpy(dtype=float)
    now = float(priority @ (present - before))
    places = st.columns(3)
    more = links - len(result.plan)
    places[0].metric(say.NEW_LINKS, f"{links:,}", f"{more:+,}" if more else None,
                     delta_color="off", border=True, height="stretch")  # fmt: skip
    share = points / now - 1 if now > 0 else 0.0
    places[1].metric(say.GAIN, say.in_points(points),
                     f"{share:+.1%}" if abs(share) >= 5e-4 else None, border=True,
                     height="stretch", help=say.GAIN_HELP)  # fmt: skip
    places[2].metric(say.GAIN_OF_PLAN, say.in_points(now), border=True, height="stretch",
                     help=say.GAIN_OF_PLAN_HELP)  # fmt: skip
    table = result.pages.assign(trial=after, plan_change=after - present)
    table = table[priority > 0].sort_values("plan_change", key=abs, ascending=False)
    tables.show(table, ("url", "title", "equity_before", "equity_after", "trial", "plan_change"),
                key="try-table", height=240)  # fmt: skip
