"""The compiled loops that scipy does not promise do what `@` does."""

import numpy as np
import pytest
from scipy.sparse import random_array, tril

from linkplanner.graph.kernels import add_product, add_transposed, taken_rows


@pytest.mark.parametrize("columns", [None, 1, 5])
@pytest.mark.parametrize("places", [np.int32, np.int64])
def test_products_are_added_as_by_scipy(columns: int | None, places: type) -> None:
    random = np.random.default_rng(1)
    matrix = random_array((30, 20), density=0.3, format="csr", rng=random)
    parts = matrix.indptr.astype(places), matrix.indices.astype(places), matrix.data
    x = random.random(20 if columns is None else (20, columns))
    y = random.random(30 if columns is None else (30, columns))
    forth, back = np.ones((30, *x.shape[1:])), np.ones((20, *x.shape[1:]))
    add_product(*parts, x, forth)
    add_transposed(*parts, y, back)
    assert np.allclose(forth - 1, matrix @ x, rtol=1e-13)
    assert np.allclose(back - 1, matrix.T @ y, rtol=1e-13)


def test_some_rows_of_a_matrix_are_enough() -> None:
    random = np.random.default_rng(2)
    matrix = random_array((30, 20), density=0.3, format="csr", rng=random)
    x, out = random.random(20), np.zeros(7)
    add_product(matrix.indptr[5:13], matrix.indices, matrix.data, x, out)
    assert np.allclose(out, (matrix @ x)[5:12], rtol=1e-13)


@pytest.mark.parametrize("columns", [None, 1, 7, 32])
def test_a_product_added_to_its_own_input_solves_with_the_rows_before(columns: int | None) -> None:
    random = np.random.default_rng(3)
    full = random_array((60, 60), density=0.2, format="csr", rng=random)
    lower = tril(full, -1, format="csr")
    x = random.random(60 if columns is None else (60, columns))
    exact = np.linalg.solve(np.eye(60) - lower.toarray(), x)
    for first, last in ((0, 25), (25, 60)):  # in parts, as sweeps do
        start = lower.indptr[first : last + 1]
        add_product(start, lower.indices, lower.data, x, x[first:last])
    assert np.allclose(x, exact, rtol=1e-12)


def test_whole_numbers_wrap_around_as_hashes_need() -> None:
    start, column = np.array([0, 2], dtype=np.int32), np.array([0, 1], dtype=np.int32)
    key = np.array([2**63, 3], dtype=np.uint64)
    out = np.zeros(1, dtype=np.uint64)
    add_product(start, column, key, np.array([3, 5], dtype=np.uint64), out)
    assert int(out[0]) == (3 * 2**63 + 15) % 2**64


@pytest.mark.parametrize("places", [np.int32, np.int64])
@pytest.mark.parametrize("kind", [np.int8, np.float64])
def test_rows_taken_are_those_of_scipy(places: type, kind: type) -> None:
    matrix = random_array((30, 20), density=0.3, format="csr", rng=np.random.default_rng(4))
    data = np.arange(matrix.nnz).astype(kind)
    rows = np.array([0, 7, 8, 29])
    count = np.diff(matrix.indptr)[rows]
    taken = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
    start = matrix.indptr.astype(places)
    column, value = taken_rows(start, matrix.indices, data, rows, taken)
    expected = [np.arange(matrix.indptr[row], matrix.indptr[row + 1]) for row in rows]
    assert np.array_equal(column, matrix.indices[np.concatenate(expected)])
    assert np.array_equal(value, data[np.concatenate(expected)])
