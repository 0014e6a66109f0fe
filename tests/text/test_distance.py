"""How far apart a site's pages link, learned from its links."""

import numpy as np
import pandas as pd
from scipy import sparse

from linkplanner.text.distance import Distance, address_order
from linkplanner.text.walks import cocited

SIZE = 200


def links(pairs: list[tuple[int, int]], size: int = SIZE) -> sparse.csr_array:
    ends = np.array(pairs).reshape(-1, 2)
    ones = np.ones(len(ends), dtype=np.float32)
    return sparse.csr_array((ones, (ends[:, 0], ends[:, 1])), shape=(size, size))


def test_numbers_in_addresses_are_numbers() -> None:
    urls = pd.Series(
        ["https://a.com/10", "https://a.com/9", "https://a.com/b", "https://a.com/9/x"]
    )
    assert address_order(urls).tolist() == [2, 0, 3, 1]


def test_a_site_that_links_back_in_time_has_earlier_pages_before_later_ones() -> None:
    random = np.random.default_rng(0)
    pairs = [(int(s), int(random.integers(0, s))) for s in random.integers(1, SIZE, 300)]
    odds = Distance(links(pairs), np.arange(SIZE)).of(np.array([100]), np.arange(SIZE))[0]
    assert odds[:100].min() > odds[101:].max()
    assert (odds >= 0).all()


def test_without_links_no_distance_is_better() -> None:
    odds = Distance(links([]), np.arange(SIZE)).of(np.array([100]), np.arange(SIZE))
    assert (odds == 0).all()


def test_one_link_hardly_tells_anything() -> None:
    few = Distance(links([(5, 3)]), np.arange(SIZE)).of(np.array([100]), np.arange(SIZE))
    assert np.ptp(few) < 0.25


def test_pages_linked_from_the_same_pages_are_cocited_and_hubs_are_not() -> None:
    hub = [(s, 9) for s in range(600)]
    found = cocited(links([(0, 1), (0, 2), (3, 1), (3, 2), (4, 1), *hub], 600)).toarray()
    assert found[1, 2] == found[2, 1] > 0.8
    assert found[9].sum() == 0
    assert np.diag(found).sum() == 0
