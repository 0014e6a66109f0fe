"""Tables and products made in little memory are those made plainly."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from linkplanner.text.columns import facing, largest_of
from linkplanner.text.gathered import Gathered, joined

LISTS = st.dictionaries(st.integers(0, 30), st.lists(st.sampled_from("abcd"), max_size=4))


def part(lists: dict[int, list[str]]) -> pd.DataFrame:
    rows = [(s, n, 0.5 * n, why) for s, found in lists.items() for n, why in enumerate(found, 1)]
    frame = pd.DataFrame(rows, columns=["source_id", "rank", "tfidf", "reasons"])
    kinds = {"source_id": "int64", "rank": "int64", "tfidf": "float32", "reasons": "category"}
    return frame.astype(kinds)


@given(LISTS, st.integers(1, 5))
def test_parts_come_together_in_the_order_of_sources(
    lists: dict[int, list[str]], size: int
) -> None:
    sources = np.array([40, *lists], dtype=np.int64)
    gathered = Gathered(sources, 4)
    keys = list(lists)
    parts = [{key: lists[key] for key in keys[n : n + size]} for n in range(0, len(keys), size)]
    for some in parts:
        gathered.add(part(some))
    found = gathered.frame()
    whole = part(dict(sorted(lists.items())))
    if found is None:
        assert not len(whole)
        return
    known = whole["reasons"].cat.set_categories(found["reasons"].cat.categories)
    pd.testing.assert_frame_equal(found, whole.assign(reasons=known))
    again = joined([part(some) for some in parts if any(some.values())])
    pd.testing.assert_frame_equal(found.astype({"reasons": str}), again.astype({"reasons": str}))


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 7))
def test_products_need_none_but_the_terms_of_one_side(seed: int, lines: int, targets: int) -> None:
    random = np.random.default_rng(seed)
    left = sparse.random_array((lines, 40), density=0.1, rng=random, format="csr")
    right = sparse.random_array((targets, 40), density=0.3, rng=random, format="csr")
    (mine,), (theirs,) = facing([left], [right])
    plain = (left @ right.T).toarray()
    assert ((mine @ theirs).toarray() == plain).all()
    owner = np.sort(random.integers(0, 3, lines))
    best = largest_of(mine, theirs, owner, 3)
    for row in range(3):
        of_it = plain[owner == row].astype(np.float32)
        np.testing.assert_array_equal(best[row], of_it.max(axis=0, initial=0.0))
