"""The help screen shows docs/ itself, and the guide speaks of every screen."""

import pytest

from linkplanner.ui import guide
from linkplanner.ui.texts import common, screens

SCREENS = list(screens.TITLES.items())


def test_every_tool_has_its_instructions() -> None:
    assert {"Ahrefs", "Semrush", "Google Search Console"} <= set(guide.tools())
    for tool in guide.tools():
        assert len(guide.about_tool(tool)) > 100


def test_documents_are_whole_and_a_missing_one_is_told() -> None:
    assert "Certificate" in guide.sections("method")
    assert guide.document("no such page") == common.DOCS_MISSING


def test_the_guide_has_the_screens_in_the_order_of_the_menu() -> None:
    assert list(guide.sections("guide")) == [title for _, title in SCREENS]


@pytest.mark.parametrize(("name", "title"), SCREENS)
def test_every_screen_has_a_picture_and_a_page_that_is_no_longer_than_one(
    name: str, title: str
) -> None:
    text = guide.sections("guide")[title]
    assert f"![{title}](images/{name}.png)" in text
    assert (guide.DOCS / "images" / f"{name}.png").is_file()
    assert 20 < len(text.split()) < 400
