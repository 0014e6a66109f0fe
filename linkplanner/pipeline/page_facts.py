"""The table of pages that every screen shows: equity, reach, depth, links, orphans, roles."""

import numpy as np
import pandas as pd

from linkplanner.graph.structure import depths, home_node, link_counts, roles
from linkplanner.plan.repairs import Flow
from linkplanner.site.assemble import Site
from linkplanner.site.kinds import sections

__all__ = ["page_facts_table"]


def page_facts_table(site: Site, backlinks: pd.DataFrame, flow: Flow) -> pd.DataFrame:
    """What every screen shows of a page: one row per page that answers."""
    nodes, graph = flow.nodes, flow.nodes.graph
    rows = site.pages.iloc[nodes.page_id]
    counts = link_counts(site.pages, site.links, nodes)
    live = backlinks[~backlinks["lost"] & backlinks["page_id"].notna()]
    target = nodes.node[live["page_id"].to_numpy(dtype=np.int64)]
    arriving = pd.DataFrame({"node": target, "domain": live["source_domain"].to_numpy()})
    arriving = arriving[arriving["node"] >= 0]
    home = home_node(site.pages, nodes)
    has_links = len(nodes.source) > 0
    depth = depths(graph, home) if has_links else np.full(nodes.pages, -1)
    entries = np.flatnonzero(np.bincount(arriving["node"], minlength=nodes.pages))
    near = depths(graph, entries) if has_links else np.full(nodes.pages, -1)
    indexable = rows["indexable"].fillna(False).to_numpy(dtype=bool)
    candidate = has_links & indexable & (np.arange(nodes.pages) != home)
    domains = arriving.groupby("node")["domain"].nunique()
    return pd.DataFrame(
        {
            "page_id": nodes.page_id,
            "url": rows["url"].to_numpy(),
            "title": rows["title"].fillna(rows["h1"]).to_numpy(),
            "kind": rows["kind"].to_numpy(),
            "section": sections(rows["url"]).to_numpy(),
            "indexable": indexable,
            "status": rows["status"].to_numpy(),
            "priority": flow.priority,
            "seed": flow.seed_rows[nodes.page_id],
            "equity": flow.equity,
            "reach": flow.reach,
            "depth": pd.Series(depth, dtype="Int64").mask(depth < 0),
            "depth_entry": pd.Series(near, dtype="Int64").mask(near < 0),
            "links_in": counts["links_in"],
            "links_in_content": counts["links_in_content"],
            "links_out": counts["links_out"],
            "links_out_content": counts["links_out_content"],
            "orphan": candidate & (counts["links_in"] == 0).to_numpy(),
            "contextual_orphan": candidate
            & ((counts["links_in"] > 0) & (counts["links_in_content"] == 0)).to_numpy(),
            "role": roles(flow.equity, graph, counts["links_out_content"].to_numpy())
            if has_links
            else "",
            "backlinks": np.bincount(arriving["node"], minlength=nodes.pages),
            "referring_domains": domains.reindex(range(nodes.pages)).fillna(0).astype("int64"),
        }
    ).reset_index(drop=True)
