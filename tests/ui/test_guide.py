"""The help screen shows docs/ itself."""

from linkplanner.ui import guide


def test_every_tool_has_its_instructions() -> None:
    assert {"Ahrefs", "Semrush", "Google Search Console"} <= set(guide.tools())
    for tool in guide.tools():
        assert len(guide.about_tool(tool)) > 100


def test_documents_are_whole_and_a_missing_one_is_told() -> None:
    assert "Certificate" in guide.sections("method")
    assert guide.document("no such page") == guide.MISSING
