"""Source pages read for placing links: some at a time, with what is known of their links."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from linkplanner.text.cards import RepeatedLines
from linkplanner.text.documents import MAX_TEXT, TextOf, fits_plan
from linkplanner.text.passages import Passage, made_ready, read_words
from linkplanner.text.signals import Signals
from linkplanner.text.standing import Standing
from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import TermSpace
from linkplanner.text.word_runs import WordRuns

__all__ = ["Reader"]


class Reader:
    """Reads the texts of pages."""

    def __init__(
        self,
        pages: pd.DataFrame,
        text: TextOf,
        codes: Mapping[int, str],
        standing: Standing,
        words: tuple[Lexicon, TermSpace],
        signals: Signals | None,
    ) -> None:
        """codes: languages by page; words: the lexicon and terms to use; signals: of the same
        tables, so that no text is taken apart twice."""
        self._text, self._codes, self._standing = text, codes, standing
        self._lexicon, self._space = words
        self._signals = signals
        own = pages.loc[fits_plan(pages), "page_id"].tolist()
        self._repeated = RepeatedLines(text.get(page)[:MAX_TEXT] for page in own if page in text)

    def words(self, page: int) -> WordRuns | None:
        """Sentences and words of a page; None where it has no text."""
        if page not in self._text:
            return None
        return read_words(
            self._text.get(page),
            str(self._codes.get(page, "")),
            self._standing.anchors(page),
            self._lexicon,
            spans=self._standing.spans(page),
            ids=None if self._signals is None else self._signals.body(page),
        )

    def passages(self, pages: Iterable[int]) -> dict[int, Passage]:
        """The pages that have a text, ready for placing links."""
        read = {page: words for page in pages if (words := self.words(page)) is not None}
        existing: Sequence[Sequence[str]] = [self._standing.anchors(page) for page in read]
        made = made_ready(list(read.values()), existing, self._space, self._repeated.flags)
        return dict(zip(read, made, strict=True))
