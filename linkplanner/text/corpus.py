"""The texts of a site as word numbers and vectors, read one after the other."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.text.columns import narrowed
from linkplanner.text.documents import MAX_TEXT, TextOf, page_heads
from linkplanner.text.encodings import Encodings
from linkplanner.text.tokens import BREAK, guess_language
from linkplanner.text.vectors import (
    TERMS_PER_TEXT,
    TermSpace,
    count_parts,
    count_runs,
    count_terms,
    encode_all,
)

__all__ = ["Corpus"]

DESCRIPTION_TERMS: Final = 32
"""Heaviest terms kept of a target's description."""
COMPANY_TERMS: Final = 64
"""Heaviest terms kept of what stands around the links to a page."""
LEAST_WORDS: Final = 3
"""Words of a line that counts as a paragraph."""

OFTEN: Final = 500
"""Texts between two looks at the stop button."""


class Corpus:
    """The pages' texts: `bodies` as word numbers, `space` their terms, `vectors` a row a page.

    The columns of `vectors`, and of what `described` and `passages` give, are the terms that
    `vectors` use; others could match nothing. Texts are read and counted in parts, so that memory
    grows with the word numbers and the vectors only.
    """

    def __init__(
        self,
        pages: pd.DataFrame,
        texts: pd.DataFrame,
        ids: np.ndarray,
        codes: Sequence[str],
        encodings: Encodings,
        check: Callable[[], None],
    ) -> None:
        """ids: the pages; codes: their languages, "" where unknown; check: called between steps."""
        self._codes, self.lexicon = codes, encodings.lexicon
        self._check = check
        self.bodies: list[np.ndarray] = []
        heads = page_heads(pages, texts, None).reindex(ids).fillna("")
        said: list[np.ndarray] = []
        main = TextOf(texts)
        for page, code, head in zip(ids.tolist(), codes, heads, strict=True):
            if len(said) % OFTEN == 0:
                check()
            body = main.get(page)[:MAX_TEXT]
            code = code or guess_language(body)
            self.bodies.append(encodings.encode([body], [code])[0])
            said.append(self.lexicon.encode(head, code).astype(np.int32))
        self.space = TermSpace(count_parts(self._documents(said)))
        self._gather(said)
        del self._check

    def __getstate__(self) -> dict[str, Any]:
        """The texts as one array, which processes may share; see `linkplanner.mapped`."""
        none = np.empty(0, dtype=np.int32)
        ends = np.cumsum([0, *map(len, self.bodies)])
        return {**self.__dict__, "bodies": np.concatenate([none, *self.bodies]), "_ends": ends}

    def __setstate__(self, state: dict[str, Any]) -> None:
        flat, ends = state.pop("bodies"), state.pop("_ends").tolist()
        self.__dict__.update(state)
        self.bodies = [flat[a:b] for a, b in pairwise(ends)]

    def _documents(self, heads: list[np.ndarray]) -> Iterator[np.ndarray]:
        end = np.array([BREAK], dtype=np.int32)
        for n, (head, body) in enumerate(zip(heads, self.bodies, strict=True)):
            if n % OFTEN == 0:
                self._check()
            yield np.concatenate([head, end, body])

    def _gather(self, heads: list[np.ndarray]) -> None:
        """Makes the vectors and numbers their columns."""
        from scipy import sparse

        parts = [
            self.space.transform(counts, per_text=TERMS_PER_TEXT)
            for counts in count_parts(self._documents(heads))
        ]
        size = max(1, len(self.space.terms))
        used = np.zeros(size, dtype=bool)
        for part in parts:
            used[part.indices] = True
        self._column = np.where(used, np.cumsum(used) - 1, -1).astype(np.int32)
        self._columns = max(1, int(used.sum()))
        parts = [self._narrowed(part) for part in parts]
        empty = sparse.csr_array((0, self._columns), dtype=np.float32)
        self.vectors: Any = sparse.vstack(parts or [empty], format="csr")

    def _narrowed(self, matrix: Any) -> Any:
        """The same rows with the columns of `vectors`."""
        return narrowed(matrix, self._column, self._columns)

    def described(self, said: Sequence[str]) -> Any:
        """Vectors of what is said of each page: csr float32[pages, columns]."""
        counts = count_terms(encode_all(list(said), self._codes, self.lexicon))
        return self._narrowed(self.space.transform(counts, per_text=DESCRIPTION_TERMS))

    def around(self, said: Sequence[list[np.ndarray]]) -> Any:
        """Vectors of what stands around the links to each page: csr float32[pages, columns]."""
        none = np.empty(0, dtype=np.int32)
        joined = (np.concatenate(words) if words else none for words in said)
        counts = count_terms(joined)
        return self._narrowed(self.space.transform(counts, per_text=COMPANY_TERMS))

    def passages(self, rows: np.ndarray) -> tuple[Any, np.ndarray]:
        """Vectors of the paragraphs of some texts, and the place in `rows` of each one's text."""
        bodies = [self.bodies[row] for row in rows.tolist()]
        owner = np.repeat(np.arange(len(rows)), [len(ids) for ids in bodies])
        ids = np.concatenate(bodies) if bodies else np.empty(0, dtype=np.int32)
        opens = ids == BREAK
        opens[1:] |= owner[1:] != owner[:-1]
        line = np.cumsum(opens)
        words = np.bincount(line, ids >= 0)
        number = np.cumsum(words >= LEAST_WORDS) - 1
        kept = words[line] >= LEAST_WORDS
        ids, owner, line = ids[kept], owner[kept], number[line[kept]]
        size = int(line[-1]) + 1 if len(line) else 0
        first = np.searchsorted(line, np.arange(size))
        matrix = self.space.transform(count_runs(ids, line, size))
        return self._narrowed(matrix), owner[first]
