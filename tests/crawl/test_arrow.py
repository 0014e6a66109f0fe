"""Arrays built from buffers hold what was given."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.crawl.arrow import to_array

OF = {
    "str": st.text(st.characters(exclude_categories=["Cs"])),
    "Int64": st.integers(-(2**63), 2**63 - 1),
    "float64": st.floats(allow_nan=False),
    "bool": st.booleans(),
    "boolean": st.booleans(),
}


@pytest.mark.parametrize("dtype", OF)
@given(data=st.data())
def test_what_goes_in_comes_out(dtype: str, data: Any) -> None:
    values = data.draw(st.lists(st.none() | OF[dtype], max_size=40))
    found = to_array(values, dtype)
    found.validate(full=True)
    assert found.to_pylist() == values


def test_lone_surrogates_of_hostile_pages_do_no_harm() -> None:
    assert to_array(["a\ud800b"], "str").to_pylist() == ["a?b"]
