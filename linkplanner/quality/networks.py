"""Groups of linking sites that look like the work of one hand: they share titles or addresses."""

from typing import Final

import numpy as np
import pandas as pd

__all__ = ["MEMBERS", "NETWORKS", "networks"]

NETWORKS: Final = (
    "network", "sites", "backlinks", "spam", "worth", "shared", "alike", "examples"
)  # fmt: skip
MEMBERS: Final = ("network", "source_domain", "backlinks", "spam", "worth", "source_url")
LEAST_SITES: Final = 3
"""Sites that make a network: two sites with one text are often one article told twice."""
LONG_TITLE: Final = 3
"""Words from which a repeated title is no "Home" or "Blog", as for the sign "same title"."""
LONG_PATH: Final = 12
"""Letters from which a repeated address is no "/about-us", as for the sign "same path"."""
NAMED: Final = 3
"""Sites of a network that are named beside it."""
_TELLING: Final = r"\d.*\d.*\d|[-_/.][^-_/]+[-_/][^-_/]+"
_ROUNDS: Final = 100
"""Rounds of joining at most; each at least halves how far two sites of a group are apart."""


def networks(backlinks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Networks and their sites, those with most sites first: columns NETWORKS and MEMBERS.

    Two sites belong together where a live link of each stands on a page of the same title (of three
    words or more) or below the same telling address, and so on from site to site. spam is the mean
    over a network's links, worth their sum, shared the text that most of its sites share (an
    address begins with a slash), alike how many of them share it, examples the three sites with
    most links. A hint: syndicated news and translated sites look the same.
    """
    live = backlinks[~backlinks["lost"] & backlinks["source_domain"].notna()]
    ties = _ties(live)
    if ties.empty:
        return pd.DataFrame(columns=list(NETWORKS)), pd.DataFrame(columns=list(MEMBERS))
    group = _joined(ties)
    mine = live[live["source_domain"].isin(group.index)]
    mine = mine.assign(network=mine["source_domain"].map(group))
    by_site = mine.groupby(["network", "source_domain"], as_index=False).agg(
        backlinks=("source_url", "size"), spam=("spam", "max"), worth=("worth", "sum"),
        source_url=("source_url", "first"),
    )  # fmt: skip
    shared = ties.assign(network=ties["site"].map(group)).groupby(["network", "text"])["site"]
    most = shared.nunique().sort_values(ascending=False, kind="stable").reset_index()
    commonest = most.drop_duplicates("network").set_index("network")
    table = mine.groupby("network").agg(
        sites=("source_domain", "nunique"), backlinks=("source_url", "size"),
        spam=("spam", "mean"), worth=("worth", "sum"),
    )  # fmt: skip
    table = table[table["sites"] >= LEAST_SITES]
    table = table.assign(
        shared=commonest["text"].reindex(table.index),
        alike=commonest["site"].reindex(table.index),
        examples=_examples(by_site).reindex(table.index),
    )
    table = table.sort_values(["sites", "backlinks"], ascending=False, kind="stable")
    number = pd.Series(np.arange(1, len(table) + 1), index=table.index)
    by_site = by_site[by_site["network"].isin(table.index)]
    by_site = by_site.assign(network=by_site["network"].map(number))
    by_site = by_site.sort_values(["network", "backlinks"], ascending=[True, False], kind="stable")
    table = table.assign(network=number).reset_index(drop=True)[list(NETWORKS)]
    return table, by_site[list(MEMBERS)].reset_index(drop=True)


def _examples(by_site: pd.DataFrame) -> pd.Series:
    """The sites of each network with most links, a few of them in one line."""
    ordered = by_site.sort_values("backlinks", ascending=False, kind="stable")
    few = ordered.groupby("network").head(NAMED)
    return few.groupby("network")["source_domain"].agg(", ".join)


def _ties(live: pd.DataFrame) -> pd.DataFrame:
    """Texts that several sites share, one row a site and text: [site, text]."""
    title = live["source_title"].fillna("").str.casefold()
    title = title.str.replace(r"[\W\d_]+", " ", regex=True).str.strip()
    title = title.where(title.str.count(" ") + 1 >= LONG_TITLE, "")
    path = live["source_url"].str.extract(r"^https?://[^/?#]+/([^?#]*)", expand=False)
    path = path.fillna("").str.lower()
    telling = (path.str.len() >= LONG_PATH) & path.str.contains(_TELLING, regex=True)
    path = ("/" + path).where(telling, "")
    rows = pd.concat(
        [pd.DataFrame({"site": live["source_domain"], "text": text}) for text in (title, path)]
    )
    rows = rows[rows["text"] != ""].drop_duplicates()
    sharing = rows.groupby("text")["site"].transform("size")
    return rows[sharing > 1]


def _joined(ties: pd.DataFrame) -> pd.Series:
    """Site to the number of its group: the smallest label among all that ties lead to."""
    site, names = pd.factorize(ties["site"])
    text, texts = pd.factorize(ties["text"])
    label = np.arange(len(names))
    for _ in range(_ROUNDS):
        least = np.full(len(texts), len(names))
        np.minimum.at(least, text, label[site])
        new = label.copy()
        np.minimum.at(new, site, least[text])
        new = np.minimum(new, new[new])  # jump on: labels name sites
        if (new == label).all():
            break
        label = new
    return pd.Series(label, index=names)
