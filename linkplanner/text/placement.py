"""Where a link goes on its source page and with which words: sentence, anchor and what to do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.crew import Crew, until_stopped
from linkplanner.errors import Cancelled
from linkplanner.settings import TextSettings
from linkplanner.text.dealing import ADD, FIND, LINK, Dealer
from linkplanner.text.documents import TextOf
from linkplanner.text.kept import Kept
from linkplanner.text.offers import Finder, Offer, Tables, Wishes
from linkplanner.text.shared import Shared
from linkplanner.text.signals import Signals

__all__ = ["ADD", "FIND", "LINK", "place", "places"]

BLOCK: Final = 32
"""Source pages worked on at once."""
COLUMNS: Final = ["anchor", "sentence_before", "sentence", "action", "anchors", "second_choice"]


def place(
    pairs: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    keywords: Mapping[int, Sequence[str]],
    settings: TextSettings,
    spans: pd.DataFrame | None = None,
    *,
    signals: Signals | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
    crew: Crew | None = None,
    kept: Kept | None = None,
) -> pd.DataFrame:
    """Sentence and anchor for every pair, in the order given.

    pairs: [source_id, target_id]; gives [source_id, target_id, anchor, sentence_before, sentence,
    action, anchors, second_choice]. `sentence_before` is cut from the source's text as it stands,
    `sentence` marks the anchor as [anchor]. `anchors` holds one to three anchors to choose from, a
    line each, `second_choice` the next best sentence with its anchor marked. Anchors are never
    generic, never lead elsewhere from that page, and one anchor carries at most
    `settings.anchor_share` of a target's pairs (two at least). Where two pairs want the same
    sentence or anchor, the one that fits it better gets it, whatever the order of rows.
    spans: [page_id, start, end] of the links that stand in the texts, where known, and target_id
    where that is known; otherwise every place where an existing anchor's words stand on its page is
    taken for that link. signals: of the same tables, so that texts are compared only once.
    crew: processes whose state is a `text.shared.Shared` of the same tables, to share the work out
    to; the outcome is the same. kept: what earlier runs found, begun with the same tables; it takes
    up what is found now.
    Raises Cancelled when stopped.
    """
    ids = pairs[["source_id", "target_id"]].astype("int64").reset_index(drop=True)
    known = [None if kept is None else kept.offer(s, t) for s, t in ids.itertuples(index=False)]
    fresh = ids[np.array([offer is None for offer in known], dtype=bool)]
    offers: list[Offer] = []
    wishes = (ids, keywords, settings, spans)
    for some in _found(fresh, wishes, (pages, texts, links), signals, should_stop, crew):
        offers += some
        progress(len(ids) - len(fresh) + len(offers), len(ids))
    if kept is not None:
        kept.add(offers)
    rows = fresh.reset_index().groupby("source_id", sort=False)["index"].agg(list)
    at = [row for some in rows for row in some]
    whole = dict(zip(at, offers, strict=True))
    whole |= {n: offer for n, offer in enumerate(known) if offer is not None}
    urls = dict(zip(pages["page_id"].tolist(), pages["url"].tolist(), strict=True))
    dealer = Dealer(TextOf(texts), settings.anchor_share, urls)
    dealt = dealer.deal([whole[n] for n in range(len(ids))])
    return ids.join(pd.DataFrame(dealt, columns=COLUMNS, index=ids.index).astype("str"))


def _found(
    ids: pd.DataFrame,
    wishes: Wishes,
    tables: Tables,
    signals: Signals | None,
    should_stop: Callable[[], bool],
    crew: Crew | None,
) -> Iterator[list[Offer]]:
    """What these pairs could take, pairs of one source together; the site's habits are learned for
    all pairs of the wishes."""
    if not len(ids):
        return
    if crew is not None:
        crew.every(_open, wishes, should_stop)
        yield from crew.each(_offers, asked_for(ids), should_stop)
        return
    finder = Finder(*wishes, tables, signals, lambda: _check(should_stop))
    for asked in until_stopped(asked_for(ids), should_stop):
        yield finder.offers(asked)


def _check(should_stop: Callable[[], bool]) -> None:
    if should_stop():
        raise Cancelled("Stopped while looking for sentences.")


def _open(shared: Shared, wishes: Wishes) -> None:
    """Makes a process ready to look for the sentences of some pairs."""
    shared.finder = Finder(*wishes, shared.tables, shared.signals)


def _offers(shared: Shared, asked: "Asked") -> list[Offer]:
    """What some pairs could take, in a process that is ready."""
    assert shared.finder is not None
    return shared.finder.offers(asked)


Asked = list[tuple[int, list[int]]]
"""Sources with their targets."""


def asked_for(ids: pd.DataFrame) -> Iterator[Asked]:
    """The pairs by source, as many sources at a time as are worked on at once."""
    by = ids.groupby("source_id", sort=False)["target_id"].agg(list)
    found: Iterable[tuple[int, list[int]]] = ((int(s), t) for s, t in by.items())
    found = iter(found)
    while some := list(islice(found, BLOCK)):
        yield some


def places(
    pairs: pd.DataFrame,
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    keywords: Mapping[int, Sequence[str]],
    settings: TextSettings,
    spans: pd.DataFrame | None = None,
    *,
    most: int = 3,
    strict: bool = True,
) -> pd.DataFrame:
    """The best sentences for every pair, each pair by itself: first choice, second and so on.

    Gives [source_id, target_id, choice, start, end, anchor, anchor_start, anchor_end]: offsets of
    the sentence and of the anchor in the source's text; the anchor's are -1 where it would have to
    be written. Not strict: headings, cards and sentences with a link are ranked too and any
    words of the target may carry the link, for measuring.
    """
    ids = pairs[["source_id", "target_id"]].astype("int64").reset_index(drop=True)
    finder = Finder(ids, keywords, settings, spans, (pages, texts, links))
    rows = [
        (s, t, n, *row)
        for s, t in zip(ids["source_id"], ids["target_id"], strict=True)
        for n, row in enumerate(islice(finder.ranked(s, t, strict), most), start=1)
    ]
    columns = ["source_id", "target_id", "choice", "start", "end"]
    return pd.DataFrame(rows, columns=[*columns, "anchor", "anchor_start", "anchor_end"])
