"""A column of addresses in their one spelling."""

import pyarrow as pa
import pyarrow.compute as pc

from linkplanner import urls

__all__ = ["addresses"]


def addresses(texts: pa.LargeStringArray, base: str | None = None) -> pa.LargeStringArray:
    """`urls.canonical` of many texts; null for empty ones and for those that are none.

    Those that are canonical at sight are looked at as a column, only the others one by one.
    """
    plain = pc.and_(
        pc.match_substring_regex(texts, f"^{urls.PLAIN_ADDRESS}$"),
        pc.less_equal(pc.utf8_length(texts), urls.URL_LIMIT),
    )
    odd = pc.invert(pc.fill_null(plain, True))
    found = [urls.canonical_or_none(t, base) if t else None for t in texts.filter(odd).to_pylist()]
    return pc.replace_with_mask(texts, odd, pa.array(found, pa.large_string()))
