"""Which limits hold good links back, and what the next ones would bring."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal
from linkplanner.plan.first_order import Slopes, slopes_of

__all__ = ["LIMITS", "Room", "room_after", "swaps", "waiting"]

LIMITS: Final = {
    "page": "links on one page",
    "target": "links to one page",
    "sections": "links from section to section",
    "all": "links in all",
}
"""Code and words of each limit."""
NEXT: Final = 5
"""Links of which the gain of a raised limit is told."""
SWAPS: Final = 25
"""Weak links at most that are named for replacement."""


class Room:
    """What a plan left open: candidates that would still gain, and the limits that stop each."""

    def __init__(self, model: Model, links: Ints, slopes: Slopes, worth: Slopes) -> None:
        """After `links` (numbers). slopes: of the goal; worth: of w.x; both with the plan set."""
        self.model = model
        u, v, w = model.cand_source, model.cand_target, model.cand_weight
        out = np.bincount(u[links], minlength=model.pages)
        into = np.bincount(v[links], minlength=model.pages)
        gain = slopes.links(u, v, w)
        gain[links] = 0.0
        scale = 1e-9 * float(np.abs(slopes.reach).max(initial=0.0) + 1e-300)
        self.open = np.flatnonzero(gain > scale)
        self.points = worth.links(u, v, w)[self.open]
        self.goal = gain[self.open]
        self.page_full = (out >= model.source_limits())[u[self.open]]
        self.target_full = (into >= model.target_limits())[v[self.open]]
        self.group_full = np.zeros(len(self.open), dtype=bool)
        if model.cand_group is not None and model.group_limit is not None:
            taken = np.bincount(model.cand_group[links], minlength=len(model.group_limit))
            self.group_full = (taken >= model.group_limit)[model.cand_group[self.open]]
        self.spent = len(links) >= model.max_links


def room_after(
    model: Model, links: Ints, goal: Goal, after: Floats, graph: LinkGraph
) -> tuple[Room, Slopes]:
    """The room that a plan leaves, and the slopes of w.x with it. graph: before the plan; after:
    equity with it."""
    planned = graph.with_links(
        model.cand_source[links], model.cand_target[links], model.cand_weight[links]
    )
    reward = np.zeros(model.pages)
    reward[goal.targets] = goal.slope(after[goal.targets])
    worth = slopes_of(planned, after, model.priority, model.damping)
    return Room(model, links, slopes_of(planned, after, reward, model.damping), worth), worth


def waiting(room: Room, groups: pd.Series | None = None) -> pd.DataFrame:
    """[limit, what, pages, links, gain]: for each limit that holds links back, how many pages could
    give one and what the best few would bring in points, to first order.

    A link counts for the limits that are full for it alone: raising one of them sets it free,
    unless the number of links in all is spent. groups: words for each group number.
    """
    model, e = room.model, room.open
    alone = room.page_full.astype(int) + room.target_full + room.group_full
    parts = [
        _per(room, "page", room.page_full & (alone == 1), pd.Series("", index=range(len(e)))),
        _per(
            room, "target", room.target_full & (alone == 1),
            pd.Series(model.url[model.cand_target[e]]),
        ),
    ]  # fmt: skip
    if groups is not None and model.cand_group is not None:
        words = pd.Series(groups.to_numpy()[model.cand_group[e]])
        parts.append(_per(room, "sections", room.group_full & (alone == 1), words))
    if room.spent:
        parts.append(_per(room, "all", alone == 0, pd.Series("", index=range(len(e)))))
    return pd.concat(parts, ignore_index=True)


def _per(room: Room, limit: str, held: np.ndarray, what: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "what": what.to_numpy()[held],
            "page": room.model.cand_source[room.open[held]],
            "gain": np.maximum(room.points[held], 0.0),
        }
    )
    best = frame.sort_values("gain", ascending=False, kind="stable")
    single = best.drop_duplicates(["what", "page"])
    top = single.groupby("what").head(NEXT).groupby("what")["gain"].sum()
    found = frame.groupby("what").agg(pages=("page", "nunique"), links=("page", "size"))
    found = found.assign(gain=top, limit=limit).reset_index()
    found = found.sort_values("gain", ascending=False, kind="stable")
    return found[["limit", "what", "pages", "links", "gain"]]


def swaps(room: Room, worth: Slopes, content: pd.DataFrame) -> pd.DataFrame:
    """For pages whose text is full, the weak link that a better one could take the place of.

    content: links in texts [source, target (nodes), weight that would go with it, anchor]. Gives
    source, target, gone (nodes), anchor, gain (points of w.x, to first order), best first; never a
    link to a priority page, one a page.
    """
    model = room.model
    full = np.flatnonzero(room.page_full)
    order = full[np.argsort(-room.goal[full], kind="stable")]
    best = pd.DataFrame(
        {
            "source": model.cand_source[room.open[order]],
            "target": model.cand_target[room.open[order]],
            "weight": model.cand_weight[room.open[order]],
        }
    ).drop_duplicates("source")
    weak = content[model.priority[content["target"].to_numpy(dtype=np.int64)] <= 0]
    both = best.merge(weak.rename(columns={"target": "gone", "weight": "lost"}), on="source")
    both = both[both["gone"] != both["target"]]
    gain = worth.rows(
        *(both[name].to_numpy() for name in ("source", "lost", "gone", "target", "weight"))
    )
    both = both.assign(gain=gain)[gain > 0]
    both = both.sort_values("gain", ascending=False, kind="stable").drop_duplicates("source")
    columns = ["source", "target", "gone", "anchor", "gain"]
    return both[columns].head(SWAPS).reset_index(drop=True)
