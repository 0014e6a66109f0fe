"""The links that stand in the texts already: their words, their places, whom to learn from."""

from collections import defaultdict
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.habits import Known
from linkplanner.text.phrases import CONTENT, anchor_key
from linkplanner.text.word_runs import WordRuns

__all__ = ["Standing"]

HABIT_PAGES: Final = 500
"""Source pages from which the site's habits are learned."""
LINKERS: Final = 12
"""Pages that link to a target whose sentences are looked at for it."""
LEARNED_PAGES: Final = 2500
"""Pages read to learn habits, in all."""


class Standing:
    """The text links of every page."""

    def __init__(
        self, pages: pd.DataFrame, links: pd.DataFrame, spans: pd.DataFrame | None
    ) -> None:
        """spans: [page_id, start, end, target_id where known], where the places are known."""
        self._links = _by_source(links, pages)
        self._url = pages.set_index("page_id")["url"]
        self._spans = None if spans is None else _spans(spans)

    def anchors(self, page: int) -> list[str]:
        """The words of its links."""
        return [anchor for anchor, _ in self._links.get(page, ())]

    def keys(self, page: int) -> set[str]:
        """The same as keys, see `phrases.anchor_key`."""
        return {key for anchor in self.anchors(page) if (key := anchor_key(anchor))}

    def spans(self, page: int) -> list[tuple[int, int]] | None:
        """Where its links stand in its text; None where no places are known."""
        if self._spans is None:
            return None
        return [(link.start, link.end) for link in self._spans.get(page, [])]

    def known(self, page: int, passage: WordRuns) -> list[Known]:
        """The links of a page where they stand, found by their words where no places are known."""
        if self._spans is not None:
            return self._spans.get(page, [])
        target = {anchor_key(anchor): to for anchor, to in self._links.get(page, ()) if to >= 0}
        found: list[Known] = []
        for start, end in passage.taken.tolist():
            to = target.pop(anchor_key(passage.text[start:end]), None)
            if to is not None:
                found.append(Known(start, end, to))
        return found

    def teachers(self, pairs: pd.DataFrame) -> list[int]:
        """Pages to learn habits from: sources of the pairs, spread over all of them, and pages that
        link to the targets already."""
        sources = sorted(page for page, links in self._links.items() if links)
        asked, targets = set(pairs["source_id"].tolist()), set(pairs["target_id"].tolist())
        linkers: dict[int, list[int]] = defaultdict(list)
        for page in sources:
            for target in {target for _, target in self._links[page] if target in targets}:
                linkers[target].append(page)
        chosen = {page for found in linkers.values() for page in self._spread(found, LINKERS)}
        first = self._spread([page for page in sources if page in asked], HABIT_PAGES)
        return sorted(set(self._spread(sorted(chosen), LEARNED_PAGES)) | set(first))

    def _spread(self, pages: list[int], most: int) -> list[int]:
        """At most so many of the pages, by a hash of their addresses: one page more or less changes
        one place of the choice, and the order of pages changes none."""
        if len(pages) <= most:
            return pages
        urls = self._url.reindex(pages).fillna("").to_numpy(dtype=object)
        turn = np.lexsort((urls.astype(str), pd.util.hash_array(urls, categorize=False)))
        return [pages[n] for n in turn[:most].tolist()]


def _by_source(links: pd.DataFrame, pages: pd.DataFrame) -> dict[int, list[tuple[str, int]]]:
    """Distinct anchors of the text links on each page with the page they lead to, -1 outside."""
    rows = links.loc[links["position"].isin(CONTENT), ["source_id", "target_id", "anchor"]]
    rows = rows.dropna(subset=["source_id", "anchor"]).drop_duplicates()
    node = pages.set_index("page_id")["node_id"]
    target = rows["target_id"].map(node).fillna(-1).astype("int64")
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for page, anchor, to in zip(rows["source_id"], rows["anchor"], target, strict=True):
        found[int(page)].append((anchor, int(to)))
    return dict(found)


def _spans(spans: pd.DataFrame) -> dict[int, list[Known]]:
    found: dict[int, list[Known]] = defaultdict(list)
    to = spans["target_id"] if "target_id" in spans else pd.Series(-1, index=spans.index)
    for page, start, end, target in zip(spans["page_id"], spans["start"], spans["end"], to):
        found[int(page)].append(Known(int(start), int(end), int(target)))
    return dict(found)
