"""Sentences and suggestions kept from run to run: only what an edit touches is worked out anew."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from linkplanner.settings import TextSettings
from linkplanner.text.arrays import save_arrays
from linkplanner.text.marks import hashes, page_marks
from linkplanner.text.offers import Offer, Option
from linkplanner.text.refresh import refreshed
from linkplanner.text.signals import Signals
from linkplanner.text.suggest import SUGGESTIONS, suggest_for

__all__ = ["Kept"]

VERSION: Final = 1
"""To be raised when sentences are scored otherwise: kept offers would be wrong."""
MOST_CHANGED: Final = 0.05
"""Share of the pages that may change, all runs since the last whole one together, before everything
is worked out anew: up to there the rarity of words, and with it all that is kept, moves little."""


class Kept:
    """What earlier runs found for pages that did not change, by address."""

    def __init__(self) -> None:
        self._offers: dict[tuple[str, str], Offer] = {}
        self._used: dict[tuple[str, str], Offer] = {}
        self._suggestions = pd.DataFrame()
        self._marks = pd.Series(dtype=np.uint64)
        self._drift = 0.0
        self._settings = ""
        self._url: dict[int, str] = {}
        self.changed: frozenset[int] = frozenset()
        """Pages that are new or changed since the last run, by id."""
        self.found = 0
        """Offers that had to be worked out since this was made or loaded."""

    def begin(
        self,
        tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
        keywords: Mapping[int, Sequence[str]],
        settings: TextSettings,
    ) -> None:
        """Looks which pages changed and forgets what rests on them."""
        pages = tables[0]
        self._url = dict(zip(pages["page_id"].tolist(), pages["url"].tolist(), strict=True))
        marks = page_marks(*tables, keywords)
        ids, marks.index = marks.index, pd.Index(hashes(pages["url"]))
        marks = marks[~marks.index.duplicated()]
        at = self._marks.index.get_indexer(marks.index)
        same = at >= 0
        same[same] = self._marks.to_numpy()[at[same]] == marks.to_numpy()[same]
        gone = len(self._marks.index.difference(marks.index))
        self._drift += (int((~same).sum()) + gone) / max(1, len(marks))
        known = dict(zip(marks.index.tolist(), same.tolist(), strict=True))
        fresh = [p for p, u in zip(ids, hashes(pages["url"]).tolist(), strict=True) if not known[u]]
        self.changed = frozenset(int(page) for page in fresh)
        told = json.dumps([VERSION, asdict(settings)], sort_keys=True)
        if self._drift > MOST_CHANGED or told != self._settings:
            self._offers, self._suggestions, self._drift = {}, pd.DataFrame(), 0.0
        touched = {self._url[page] for page in self.changed}
        here = set(self._url.values())
        self._offers = {
            pair: offer
            for pair, offer in self._offers.items()
            if here.issuperset(pair) and touched.isdisjoint(pair)
        }
        self._marks, self._settings = marks, told

    def offer(self, source: int, target: int) -> Offer | None:
        """What a pair was offered, where neither page changed."""
        pair = self._url.get(source, ""), self._url.get(target, "")
        found = self._offers.get(pair)
        if found is not None:
            self._used[pair] = found
            return found._replace(source=source, target=target)
        return None

    def add(self, offers: Sequence[Offer]) -> None:
        """Remembers offers."""
        self.found += len(offers)
        for offer in offers:
            pair = self._url.get(offer.source, ""), self._url.get(offer.target, "")
            self._offers[pair] = self._used[pair] = offer

    def suggest(
        self,
        signals: Signals,
        sources: Collection[int],
        per_page: int,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> pd.DataFrame:
        """`suggest` for some pages: what is kept of them, made anew as `text.refresh` says."""
        page = {url: n for n, url in self._url.items()}
        before = self._suggestions
        if len(before):
            ends = {f"{end}_id": before[f"{end}_url"].map(page) for end in ("source", "target")}
            before = before.drop(columns=["source_url", "target_url"]).assign(**ends)
            before = before[before["source_id"].isin(sources)]
            lost = set(before.loc[before["target_id"].isna(), "source_id"])
            before = before[~before["source_id"].isin(lost)]
            before = before.astype({"source_id": "int64", "target_id": "int64"})
        if len(before):
            found = refreshed(
                before[SUGGESTIONS], signals, self.changed, per_page,
                sources=sources, should_stop=should_stop,
            )  # fmt: skip
        else:
            found = suggest_for(signals, per_page, sources, should_stop=should_stop)
        urls = {f"{end}_url": found[f"{end}_id"].map(self._url) for end in ("source", "target")}
        self._suggestions = found.drop(columns=["source_id", "target_id"]).assign(**urls)
        return found

    def save(self, path: Path) -> None:
        """Writes what was used since it was made or loaded."""
        rows = [[*pair, offer.options, offer.written] for pair, offer in self._used.items()]
        packed = json.dumps([self._settings, self._drift, rows], ensure_ascii=False)
        frame = BytesIO()
        self._suggestions.to_parquet(frame, index=False)
        arrays = {
            "pages": self._marks.index.to_numpy(dtype=np.uint64),
            "marks": self._marks.to_numpy(dtype=np.uint64),
            "packed": np.frombuffer(packed.encode("utf-8", "surrogatepass"), dtype=np.uint8),
            "suggestions": np.frombuffer(frame.getvalue(), dtype=np.uint8),
        }
        save_arrays(path, arrays)

    @classmethod
    def load(cls, path: Path) -> "Kept":
        """What `save` wrote; empty where there is no such file or it cannot be read."""
        made = cls()
        try:
            with np.load(path, allow_pickle=False) as data:
                packed = data["packed"].tobytes().decode("utf-8", "surrogatepass")
                settings, drift, rows = json.loads(packed)
                offers = dict(_offer(row) for row in rows)
                suggestions = pd.read_parquet(BytesIO(data["suggestions"].tobytes()))
                marks = pd.Series(data["marks"], index=pd.Index(data["pages"]))
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
            return made
        made._settings, made._drift, made._offers = str(settings), float(drift), offers
        made._marks, made._suggestions = marks, suggestions
        return made


def _offer(row: Sequence[Any]) -> tuple[tuple[str, str], Offer]:
    source, target, options, written = row
    found = tuple(
        Option(int(a), int(b), float(score), bool(proper), tuple((int(x), int(y)) for x, y in at))
        for a, b, score, proper, at in options
    )
    return (source, target), Offer(-1, -1, found, tuple(map(str, written)))
