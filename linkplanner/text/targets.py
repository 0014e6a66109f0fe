"""The targets that sentences are looked for: read when first asked for, some kept ready."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.documents import MAX_TEXT, TITLE_REPEATS, TextOf, fits_plan, page_heads
from linkplanner.text.phrases import page_phrases
from linkplanner.text.rows import Rows
from linkplanner.text.signals import Signals
from linkplanner.text.tokens import BREAK, Lexicon
from linkplanner.text.vectors import TermSpace, count_parts, count_terms
from linkplanner.text.wanted import Wanted, patterns

__all__ = ["Targets"]

RARITY_PAGES: Final = 1000
"""Pages looked at, beside those of the pairs, to tell how common a word is on the site."""
OPENING: Final = 600
"""Characters of a target's text that count as its first lines."""
KEPT: Final = 3000
"""Targets kept ready."""


class Targets:
    """What is looked for on behalf of each target of some pairs."""

    def __init__(
        self,
        pairs: pd.DataFrame,
        pages: pd.DataFrame,
        texts: pd.DataFrame,
        links: pd.DataFrame,
        keywords: Mapping[int, Sequence[str]],
        codes: Mapping[int, str],
        text: TextOf,
        signals: Signals | None,
    ) -> None:
        """codes: languages by page; signals: of the same tables, whose words are used where they
        are at hand; otherwise words are counted on the pairs' pages and a sample."""
        self._codes, self._text, self._keywords = codes, text, keywords
        self._signals = signals
        targets = sorted(set(pairs["target_id"].tolist()))
        self._asked = set(targets)
        read = targets
        if signals is None:
            read = sorted(set(targets) | set(pairs["source_id"].tolist()))
            others = sorted(set(pages.loc[fits_plan(pages), "page_id"].tolist()) - set(read))
            read += others[:: max(1, len(others) // RARITY_PAGES)]
        heads = page_heads(pages[pages["page_id"].isin(read)], texts, links)
        self._heads: dict[int, str] = heads.to_dict()
        self.lexicon = signals.lexicon if signals else Lexicon()
        self.space = signals.space if signals else TermSpace(count_parts(self._documents(read)))
        self._pages = len(signals.ids) if signals else len(read)
        self._phrases = page_phrases(pages, links, keywords, targets)
        self._ready: OrderedDict[int, Wanted] = OrderedDict()

    def __contains__(self, page: object) -> bool:
        return page in self._phrases

    def _documents(self, read: Sequence[int]) -> Iterator[np.ndarray]:
        for page in read:
            yield self._document(page)

    def _document(self, page: int) -> np.ndarray:
        """Words of all that is known of a page."""
        code, known = self._code(page), None if self._signals is None else self._signals.body(page)
        head, rest = [self._heads.get(page, "")], []
        if known is None:
            rest = [self._text.get(page)[:MAX_TEXT]]
        if page in self._asked and page in self._keywords:
            rest += [*self._keywords[page]] * TITLE_REPEATS
        parts = [self.lexicon.encode("\n".join(filter(None, p)), code) for p in (head, rest)]
        if known is not None:
            parts.insert(1, known)
        end = np.array([BREAK], dtype=np.int64)
        return np.concatenate([ids for part in parts if len(part) for ids in (part, end)] or [end])

    def get(self, page: int) -> Wanted:
        """What is looked for on behalf of a target."""
        if page in self._ready:
            self._ready.move_to_end(page)
            return self._ready[page]
        self.prepare([page])
        return self._ready[page]

    def prepare(self, pages: Collection[int]) -> None:
        """Makes some targets ready at once."""
        fresh = [page for page in dict.fromkeys(pages) if page not in self._ready]
        if not fresh:
            return
        said: list[np.ndarray] = []
        for page in fresh:
            code, names = self._code(page), "\n".join(p.text for p in self._phrases[page])
            opening = self._text.get(page)[:OPENING]
            said.append(self._document(page))
            said += [self.lexicon.encode(text, code) for text in (names, opening)]
        vectors = Rows.of(self.space.transform(count_terms(said)))
        for n, page in enumerate(fresh):
            phrases, code = self._phrases[page], self._code(page)
            self._ready[page] = Wanted(
                phrases=phrases,
                patterns=patterns(phrases, code, self.lexicon, self.space),
                body=vectors.row(3 * n),
                description=vectors.row(3 * n + 1),
                opening=vectors.row(3 * n + 2),
                code=code,
            )
        while len(self._ready) > max(KEPT, len(pages)):
            self._ready.popitem(last=False)

    def _code(self, page: int) -> str:
        return str(self._codes.get(page, ""))

    def holding(self, word: int) -> tuple[int, int]:
        """Pages that hold a word, and pages in all."""
        terms = self.space.terms
        at = min(int(np.searchsorted(terms, word)), len(terms) - 1)
        if at < 0 or terms[at] != word:
            return 0, self._pages
        return round((self._pages + 1) / float(np.exp(self.space.idf[at]))), self._pages
