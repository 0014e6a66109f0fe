"""Which links of a page stand in lists and cards, and which in sentences.

Told from the page alone, by how much of a block is link text and what stands beside it: a block
with next to no words beside its links is a list entry where another one is near, where it holds
several links, where it is a heading, or where the page links the same target again nearby (title,
picture and button of a card). A link that stands alone between paragraphs stays in the content.
"""

from collections import Counter
from typing import Any, Final

from linkplanner.crawl.body import PROSE
from linkplanner.crawl.journal import Record

__all__ = ["in_lists"]

CROWD: Final = 3
"""Links in one block without words beside them from which it is a list."""
NEAR: Final = 2
"""Short blocks without a link (prices, dates) that may stand between two entries of a list."""
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def in_lists(record: Record) -> list[bool]:
    """For each link of a page's record, whether it stands in a list or card and not in prose."""
    blocks, links = record.get("b", []), record.get("l", [])
    free = [_size(block) - block[1] for block in blocks]
    entries = [block[1] > 0 and rest < PROSE for block, rest in zip(blocks, free)]
    listed = _in_runs(entries, free)
    held = Counter(link[4] for link in links if link[4] >= 0)
    for number, (block, entry) in enumerate(zip(blocks, entries)):
        if entry and (held[number] >= CROWD or block[2] in _HEADINGS):
            listed[number] = True
    bare = [link[4] < 0 or entries[link[4]] for link in links]
    targets = Counter(link[0] for link, alone in zip(links, bare) if alone)
    found = [
        _is_mark(link) or (alone and (targets[link[0]] > 1 or (link[4] >= 0 and listed[link[4]])))
        for link, alone in zip(links, bare)
    ]
    return _with_pictures(links, found)


def _is_mark(link: list[Any]) -> bool:
    """Whether the link says nothing but "...", "»" or the like: where a teaser was cut off."""
    return link[4] >= 0 and not any(character.isalnum() for character in link[1])


def _in_runs(entries: list[bool], free: list[int]) -> list[bool]:
    """Entries that have another one near, with nothing but short blocks between."""
    listed = [False] * len(entries)
    last = -1
    for number, entry in enumerate(entries):
        if entry:
            if last >= 0:
                listed[last] = listed[number] = True
            last = number
        elif free[number] >= PROSE or number - last > NEAR:
            last = -1
    return listed


def _with_pictures(links: list[Any], found: list[bool]) -> list[bool]:
    """Pictures without a text of their own go with what stands beside them."""
    result = list(found)
    for number, link in enumerate(links):
        if link[4] < 0 and not found[number]:
            beside = [n for n in (number - 1, number + 1) if 0 <= n < len(links)]
            result[number] = any(
                links[n][2] == link[2] and (found[n] or links[n][4] < 0) for n in beside
            )
    return result


def _size(block: list[Any]) -> int:
    return len(block[0]) if isinstance(block[0], str) else int(block[0])
