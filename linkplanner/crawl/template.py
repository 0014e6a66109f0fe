"""A second look over all pages read: what repeats from page to page is template, not text.

Blocks that stand on more than 5 % of pages leave the main text, and links in content that repeat
across the site are labelled as navigation or sidebar (relevance.md: text F1 .97 to .99).
"""

from collections.abc import Collection

import pandas as pd

__all__ = ["label_repeated_links", "link_limit", "repeated_blocks", "without_blocks"]

BLOCK_SHARE = 0.05
"""Share of pages above which a block is template."""
BLOCK_PAGES = 5
"""Pages on which a block may always stand, however few pages there are."""
LINK_SHARE = 0.1
"""Share of pages above which a link with one anchor and target is not an editor's."""
LINK_PAGES = 20
"""Pages on which such a link may stand on a site of up to 200 pages."""
SMALL_SITE_SHARE = 0.6
"""On sites too small for `LINK_PAGES`: share of pages above which a link is template. A guess."""


def repeated_blocks(texts: pd.DataFrame, known: Collection[str] = ()) -> set[str]:
    """Blocks, digits masked, that stand on too many pages of TEXT_ROWS to be text.

    `known`: blocks found in an earlier look at a part of the pages.
    """
    lines = _lines(texts)
    counts = lines.drop_duplicates().groupby("block", sort=False).size()
    least = max(BLOCK_PAGES, BLOCK_SHARE * len(texts))
    return set(counts.index[counts > least]) | set(known)


def without_blocks(texts: pd.DataFrame, blocks: Collection[str]) -> pd.DataFrame:
    """TEXT_ROWS without those blocks; a page of nothing else keeps an empty text."""
    if not blocks or texts.empty:
        return texts
    lines = _lines(texts, keep_text=True)
    kept = lines[~lines["block"].isin(blocks)]
    joined = kept.groupby("row", sort=False)["line"].agg("\n".join)
    text = joined.reindex(range(len(texts)), fill_value="")
    return texts.assign(text=text.astype("str").to_numpy())


def link_limit(pages: int) -> float:
    """Most pages on which one anchor and target may stand in content, of so many pages read."""
    usual = max(LINK_PAGES, LINK_SHARE * pages)
    return min(usual, max(BLOCK_PAGES, SMALL_SITE_SHARE * pages))


def label_repeated_links(links: pd.DataFrame, pages: int) -> pd.DataFrame:
    """LINK_ROWS with repeated links in content labelled: before a page's own links navigation,
    after them sidebar. `pages`: number of pages read. Rows of a page stand in document order."""
    if links.empty:
        return links
    key = ["anchor", "target_url"]
    once = links.drop_duplicates([*key, "source_url"])
    counts = once.groupby(key, sort=False, dropna=False).size().rename("on").reset_index()
    on = links[key].merge(counts, on=key, how="left")["on"].to_numpy()
    in_content = (links["position"] == "content").to_numpy()
    repeated = in_content & (on > link_limit(pages))
    if not repeated.any():
        return links
    row = pd.Series(range(len(links)), index=links.index)
    first_own = row.where(in_content & ~repeated).groupby(links["source_url"]).transform("min")
    label = (row < first_own.fillna(len(links))).map({True: "navigation", False: "sidebar"})
    position = links["position"].mask(pd.Series(repeated, index=links.index), label.astype("str"))
    return links.assign(position=position.astype("str"))


def _lines(texts: pd.DataFrame, keep_text: bool = False) -> pd.DataFrame:
    """One row a block: `row` of its page, `block` with digits masked, its `line` if asked."""
    split = texts["text"].fillna("").reset_index(drop=True).str.split("\n").explode()
    split = split[split != ""].astype("str")
    frame = {"row": split.index, "block": split.str.replace(r"\d", "0", regex=True).to_numpy()}
    return pd.DataFrame(frame | ({"line": split.to_numpy()} if keep_text else {}))
