"""Ticks off tasks against a later crawl or crawl export, and outreach against a later export."""

import numpy as np
import pandas as pd

from linkplanner.follow.known import Known
from linkplanner.follow.outcomes import (
    FOUND_LIVE,
    NOFOLLOW,
    NOT_SEEN,
    NOT_YET,
    OTHER_ANCHOR,
    OTHER_PAGE,
    OTHER_PLACE,
    REMOVED,
    STILL_THERE,
    checks_frame,
)
from linkplanner.follow.verify_repairs import repair_findings
from linkplanner.plan.status import DROPPED, LIVE, is_outreach, is_review
from linkplanner.plan.tasks import REMOVAL
from linkplanner.settings import RepairSettings
from linkplanner.urls import registrable_series

__all__ = ["link_findings", "outreach_findings", "verify"]

USUAL_REPAIRS = RepairSettings()
_IN_TEXT = ("content", "unknown")
"""Positions that count as a link somebody set; menus hold links to everything anyway."""
_NEW_SITE = ("lost backlink", "link gap", "brand mention")
"""Prospects that do not link at present, so that any link of theirs is won."""


def verify(
    tasks: pd.DataFrame,
    now: Known,
    moment: pd.Timestamp,
    *,
    links: bool,
    backlinks: bool,
    before: Known | None = None,
    repairs: RepairSettings = USUAL_REPAIRS,
) -> pd.DataFrame:
    """What `now` shows of each task: CHECK_COLUMNS of follow.outcomes, `status` as it should be.

    tasks: table TASKS. before: what was known until now, to tell a new link in a sidebar from one
    that always stood there. links: `now` holds a newer crawl than the tasks knew, so links and
    repairs are checked, these by the limits in `repairs`. backlinks: it holds a newer export, so
    outreach is checked.
    """
    kind = tasks["kind"].fillna("")
    outreach = kind.map(is_outreach).astype(bool)
    wanted = ~tasks["status"].isin(DROPPED)
    repair = kind.str.startswith("repair")
    review = kind.map(is_review).astype(bool)

    def find_links(part: pd.DataFrame, known: Known) -> pd.DataFrame:
        return link_findings(part, known, before)

    def find_repairs(part: pd.DataFrame, known: Known) -> pd.DataFrame:
        return repair_findings(part, known, repairs)

    parts = [
        (links, tasks[~outreach & ~repair & ~review & wanted], find_links),
        (links, tasks[repair & wanted], find_repairs),
        (backlinks, tasks[outreach], outreach_findings),
        (backlinks, tasks[(kind == REMOVAL) & wanted], removal_findings),
    ]
    found = [checks_frame(part, find(part, now), moment) for due, part, find in parts if due]
    empty = checks_frame(tasks.iloc[:0], _findings(0), moment)
    return pd.concat([empty, *[f for f in found if len(f)]], ignore_index=True)


def _findings(rows: int, found: object = NOT_SEEN) -> pd.DataFrame:
    return pd.DataFrame(
        {"found": pd.Series([found] * rows, dtype="str"), "found_detail": "", "won": False}
    )


def link_findings(tasks: pd.DataFrame, now: Known, before: Known | None = None) -> pd.DataFrame:
    """Findings [found, found_detail, won] of tasks that set a link from page_url to target_url.

    The link counts where its address resolves to the page that was meant and it stands in the text
    (or no position is known), or elsewhere if it did not before. A page whose links the crawl does
    not have is not seen.
    """
    result = _findings(len(tasks))
    if not len(tasks):
        return result
    source = now.nodes_of(now.rows(tasks["page_url"]))
    target = now.nodes_of(now.rows(tasks["target_url"]))
    rows = now.rows(tasks["page_url"])
    links = now["links"]
    from_node = now.nodes_of(links["source_id"].to_numpy(dtype=np.int64))
    mine = (from_node >= 0) & np.isin(from_node, source[source >= 0])
    everywhere = links[mine]
    links = links[mine & links["position"].isin(_IN_TEXT).to_numpy()]
    spoke = np.unique(from_node[mine])
    read = np.isin(source, spoke)
    gone = (rows >= 0) & (source < 0)
    result["found"] = np.select([read, gone], [NOT_YET, NOT_YET], NOT_SEEN)
    result["found_detail"] = np.where(
        gone, "The page that should link does not answer any more", ""
    )
    wanted = pd.DataFrame(
        {
            "at": np.arange(len(tasks)),
            "source": source,
            "target": target,
            "words": _words(tasks["anchor"]),
        }
    )[read]
    seen = _links_seen(links, now)
    _note_other_pages(result, wanted, seen)
    _note_other_places(result, tasks, wanted, _links_seen(everywhere, now), before)
    _note_links(result, wanted, seen)
    return result


def _note_other_places(
    result: pd.DataFrame,
    tasks: pd.DataFrame,
    wanted: pd.DataFrame,
    everywhere: pd.DataFrame,
    before: Known | None,
) -> None:
    """The link stands outside the text, and was not there before (or was live already)."""
    carried = everywhere[everywhere["carries"] & (everywhere["target"] >= 0)]
    hits = wanted.merge(carried, on=["source", "target"], suffixes=("", "_seen"))
    at = hits["at"].drop_duplicates().to_numpy(dtype=np.int64)
    asked = tasks.iloc[at]
    new = (asked["status"] == LIVE).to_numpy(dtype=bool)
    if before is not None:
        new = new | ~_linked(before, asked)
    rows = result.index[at[new]]
    result.loc[rows, "found"] = OTHER_PLACE
    result.loc[rows, "found_detail"] = "In a sidebar or menu, which carries less than the text"


def _linked(known: Known, tasks: pd.DataFrame) -> np.ndarray:
    """bool: the page linked to the target, anywhere on it."""
    links = known["links"]
    pairs = pd.MultiIndex.from_arrays(
        [
            known.nodes_of(links["source_id"].to_numpy(dtype=np.int64)),
            known.nodes_of(links["target_id"].fillna(-1).to_numpy(dtype=np.int64)),
        ]
    )
    wanted = pd.MultiIndex.from_arrays(
        [
            known.nodes_of(known.rows(tasks["page_url"])),
            known.nodes_of(known.rows(tasks["target_url"])),
        ]
    )
    return np.asarray(wanted.isin(pairs))


def _links_seen(links: pd.DataFrame, now: Known) -> pd.DataFrame:
    """The links by node: source, target (-1: not a page of the site), words, anchor, carries."""
    target = links["target_id"].fillna(-1).to_numpy(dtype=np.int64)
    marked = links["nofollow"] | links["ugc"] | links["sponsored"]
    return pd.DataFrame(
        {
            "source": now.nodes_of(links["source_id"].to_numpy(dtype=np.int64)),
            "target": now.nodes_of(target),
            "words": _words(links["anchor"]),
            "anchor": links["anchor"].fillna("").to_numpy(),
            "carries": ~marked.to_numpy(dtype=bool),
            "url": now["pages"]["url"].reindex(target).to_numpy(),
        }
    )


def _note_other_pages(result: pd.DataFrame, wanted: pd.DataFrame, seen: pd.DataFrame) -> None:
    """The planned words link, but to another page."""
    named = wanted[wanted["words"] != ""]
    inside = seen[seen["target"] >= 0]
    hits = named.merge(inside, on=["source", "words"], suffixes=("", "_seen"))
    hits = hits[hits["target"] != hits["target_seen"]].drop_duplicates("at")
    at = result.index[hits["at"].to_numpy(dtype=np.int64)]
    result.loc[at, "found"] = OTHER_PAGE
    result.loc[at, "found_detail"] = ("The words link to " + hits["url"].fillna("?")).to_numpy()


def _note_links(result: pd.DataFrame, wanted: pd.DataFrame, seen: pd.DataFrame) -> None:
    """The link is there: followed before nofollow, the planned words before others."""
    hits = wanted[wanted["target"] >= 0].merge(
        seen, on=["source", "target"], suffixes=("", "_seen")
    )
    planned = (hits["words"] == hits["words_seen"]) | (hits["words"] == "")
    hits = hits.assign(planned=planned)
    hits = hits.sort_values(["at", "carries", "planned"], ascending=[True, False, False])
    hits = hits.drop_duplicates("at")
    at = result.index[hits["at"].to_numpy(dtype=np.int64)]
    words = "With the words “" + hits["anchor"] + "”"
    words = words.where(hits["anchor"] != "", "Without words")
    result.loc[at, "found"] = np.select(
        [~hits["carries"], hits["planned"]], [NOFOLLOW, FOUND_LIVE], OTHER_ANCHOR
    )
    result.loc[at, "found_detail"] = words.to_numpy()


def outreach_findings(tasks: pd.DataFrame, now: Known) -> pd.DataFrame:
    """Findings of outreach: page_url is the site's page (or the site), target_url the page pitched.

    A site that did not link counts as won by any followed link; one that links already must link to
    the page pitched, or mend the very link asked about; a link to a broken address is mended
    by the site that links, not by a redirect of ours.
    """
    result = _findings(len(tasks), NOT_YET)
    if not len(tasks):
        return result
    live = now.live
    carries = ~(live["nofollow"] | live["ugc"] | live["sponsored"]).to_numpy(dtype=bool)
    seen = pd.DataFrame(
        {
            "domain": live["source_domain"].to_numpy(),
            "page": live["source_url"].to_numpy(),
            "node": live["node"].to_numpy(),
            "url": live["target_url"].to_numpy(),
            "carries": carries,
            "good": _mended(live, carries),
            "direct": (live["page_id"].fillna(-1) == live["node"]).to_numpy(dtype=bool),
        }
    )
    wanted = pd.DataFrame(
        {
            "at": np.arange(len(tasks)),
            "sort": tasks["kind"].str.replace(r"^outreach:\s*", "", regex=True).to_numpy(),
            "domain": registrable_series(tasks["page_url"]).to_numpy(),
            "asked": tasks["page_url"].to_numpy(),
            "target": now.nodes_of(now.rows(tasks["target_url"])),
        }
    )
    hits = wanted.merge(seen, on="domain")
    _note_backlinks(result, hits)
    return result


def removal_findings(tasks: pd.DataFrame, now: Known) -> pd.DataFrame:
    """Findings of tasks that ask the site of page_url to take its links away."""
    live = now.live["source_domain"].dropna()
    sites = tasks["page_url"].str.extract(r"^https?://([^/]+)", expand=False)
    there = sites.isin(live).to_numpy(dtype=bool)
    result = _findings(len(tasks))
    result["found"] = np.where(there, STILL_THERE, REMOVED)
    result["found_detail"] = np.where(there, "", "The newest export holds no live link from it")
    return result


def _mended(live: pd.DataFrame, carries: np.ndarray) -> np.ndarray:
    """The link is followed, in the text as far as known, and has words."""
    inside = live["in_content"].fillna(True).to_numpy(dtype=bool)
    worded = ~live["is_image"].to_numpy(dtype=bool) | (live["anchor"].fillna("") != "").to_numpy()
    return carries & inside & worded


def _note_backlinks(result: pd.DataFrame, hits: pd.DataFrame) -> None:
    fresh = hits["sort"].isin(_NEW_SITE)
    pitched = (hits["node"] == hits["target"]) & (hits["node"] >= 0)
    pitched &= hits["direct"] | (hits["sort"] != "broken target")
    mending = hits["sort"].isin(("nofollow link", "weak placement", "image link"))
    same = mending & (hits["page"] == hits["asked"])
    rank = np.select(
        [
            (fresh & pitched & hits["carries"]) | (same & hits["good"]),
            ~fresh & ~mending & pitched & hits["carries"],
            pitched & ~mending & ~hits["carries"],
            fresh & hits["carries"] & (hits["node"] >= 0),
            fresh & ~hits["carries"],
        ],
        [0, 0, 1, 2, 3],
        9,
    )
    hits = hits.assign(rank=rank)[rank < 9].sort_values(["at", "rank"], kind="stable")
    best = hits.drop_duplicates("at")
    at = result.index[best["at"].to_numpy(dtype=np.int64)]
    found = best["rank"].map({0: FOUND_LIVE, 1: NOFOLLOW, 2: OTHER_PAGE, 3: NOFOLLOW})
    result.loc[at, "found"] = found.to_numpy()
    detail = best["page"].fillna(best["domain"]) + " links to " + best["url"].fillna("your site")
    result.loc[at, "found_detail"] = detail.to_numpy()
    result.loc[at, "won"] = (best["rank"] == 2).to_numpy()


def _words(texts: pd.Series) -> np.ndarray:
    """Anchors as they are compared: case, blanks and outer punctuation do not count."""
    plain = texts.fillna("").astype("str").str.casefold()
    plain = plain.str.replace(r"\s+", " ", regex=True).str.strip(" .,;:!?\"'“”„«»‘’()[]")
    return plain.to_numpy()
