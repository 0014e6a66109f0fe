"""Words of existing links in a text, and what stands around them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.text.runs import cut_runs
from linkplanner.text.tokens import BREAK, STOP

IDS = st.lists(st.sampled_from([STOP, BREAK, 0, 1, 2, 255, 256, 65536]), max_size=30).map(
    lambda ids: np.array(ids, dtype=np.int32)
)


def test_the_longest_run_goes_first_and_leaves_its_surroundings() -> None:
    text = np.array([5, STOP, 1, 2, 6, BREAK, 1, 7], dtype=np.int32)
    free, around = cut_runs(text, [np.array([1]), np.array([1, 2])], [False, False])
    assert free.tolist() == [5, STOP, BREAK, BREAK, 6, BREAK, BREAK, 7]
    assert [ids[ids >= 0].tolist() for ids in around] == [[7], [5, 6]]


def test_a_run_that_must_be_a_line_is_not_cut_out_of_one() -> None:
    text = np.array([1, 2, BREAK, 1], dtype=np.int32)
    free, around = cut_runs(text, [np.array([1])], [True])
    assert free.tolist() == [1, 2, BREAK, BREAK]
    assert not len(around[0])


@given(IDS, st.lists(st.tuples(IDS, st.booleans()), max_size=4))
def test_only_words_go_and_each_run_takes_one_place(
    text: np.ndarray, runs: list[tuple[np.ndarray, bool]]
) -> None:
    words = [run for run, _ in runs]
    free, around = cut_runs(text, words, [line for _, line in runs])
    gone = (free != text).sum()
    assert len(free) == len(text)
    assert set(free[free != text].tolist()) <= {BREAK}
    assert gone <= sum(int((run >= 0).sum()) for run in words)
    assert len(around) == len(words)
