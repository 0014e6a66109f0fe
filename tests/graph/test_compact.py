"""Weights stored small give the same products."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import random_array

from linkplanner.graph import compact
from linkplanner.graph.compact import CompactMatrix, choose_unit, encode


@pytest.mark.parametrize(
    ("weights", "unit"),
    [
        ([1.0, 0.1, -0.2], 0.1),
        ([0.25, 1.0], 0.05),
        ([0.01, 1.27], 0.01),
        ([1 / 3], None),
        ([], 0.1),
    ],
)
def test_the_unit_is_the_largest_that_fits(weights: list[float], unit: float | None) -> None:
    assert choose_unit(np.array(weights)) == unit


@given(st.lists(st.integers(-127, 127), max_size=20))
def test_codes_give_the_weights_back(multiples: list[int]) -> None:
    weights = np.array(multiples, dtype=float) * 0.1
    code = encode(weights, 0.1)
    assert code is not None
    assert np.abs(code * 0.1 - weights).max(initial=0) < 1e-14


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize("columns", [None, 3])
def test_products_are_those_of_scipy(
    odd: bool, columns: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact, "BLOCK", 50)
    random = np.random.default_rng(0)
    matrix = random_array((70, 40), density=0.2, format="csr", rng=random)
    matrix.data = random.random(matrix.nnz) if odd else random.choice([1.0, 0.4, -0.1], matrix.nnz)
    small = CompactMatrix.from_csr(matrix)
    assert (small.code.dtype == np.float64) is odd
    x = random.random(40 if columns is None else (40, columns))
    y = random.random(70 if columns is None else (70, columns))
    forth, back = np.ones((70, *x.shape[1:])), np.ones((40, *x.shape[1:]))
    small.times(x, forth)
    small.transposed_times(y, back)
    assert np.allclose((forth - 1) * small.unit, matrix @ x, rtol=1e-13)
    assert np.allclose((back - 1) * small.unit, matrix.T @ y, rtol=1e-13)
    assert np.array_equal(small.to_csr().indices, matrix.indices)


@pytest.mark.parametrize("rows", [[], [3], [0, 1, 5, 40, 69]])
def test_products_of_some_rows_are_those_of_scipy(
    rows: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact, "BLOCK", 20)
    random = np.random.default_rng(1)
    matrix = random_array((70, 40), density=0.2, format="csr", rng=random)
    matrix.data = random.choice([1.0, 0.4, -0.1], matrix.nnz)
    small, some = CompactMatrix.from_csr(matrix), np.array(rows, dtype=np.int64)
    y, out = random.random(len(rows)), np.ones(40)
    small.transposed_times_some(some, y, out)
    assert np.allclose((out - 1) * small.unit, matrix[some].T @ y, rtol=1e-12, atol=1e-15)
