"""Pages are cut only where they would hold up the parser."""

import pytest

from linkplanner.crawl.markup import DEPTH_LIMIT, TAG_LIMIT, within_limits


@pytest.mark.parametrize(
    "piece",
    [
        "<p>text<br><img src=x>",
        "<ul><li>one<li>two</ul>",
        "<div><span>left open</div>",
        "<table><tr><td>1<td>2</table>",
        '<a href="/x"><svg viewBox="0"><path d="M0"/><use xlink:href="#a" /></svg></a>',
        "<option>x",
        "<div></section></div></p>",
        "<DIV></div>",
    ],
)
def test_ordinary_pages_stay_whole(piece: str) -> None:
    html = piece * 10_500
    assert within_limits(html) == html


@pytest.mark.parametrize("piece", ["<div>", "<div><table></div></table>", "<b><div></b>"])
def test_towers_are_cut(piece: str) -> None:
    html = piece * 60_000
    assert within_limits(html).count("<div") <= DEPTH_LIMIT + 1


def test_small_pages_are_not_looked_at() -> None:
    assert within_limits("<div>" * 9_000) == "<div>" * 9_000


def test_the_number_of_tags_is_limited() -> None:
    assert within_limits("<br>" * (TAG_LIMIT + 50)).count("<") == TAG_LIMIT + 1
