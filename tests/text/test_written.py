"""Languages that markup gets wrong."""

import pandas as pd
import pytest

from linkplanner.tables import PAGES, TEXTS
from linkplanner.text.written import written_languages

ENGLISH = "We have the best of what you need for all of your work and it is here for you. " * 6
GERMAN = "Wir haben das Beste, was Sie für Ihre Arbeit brauchen, und es ist auch für Sie da. " * 6


def written(*pages: tuple[str | None, str]) -> list[str | None]:
    """Languages of pages with these declared languages and texts."""
    ids = range(len(pages))
    frame = PAGES.conform(pd.DataFrame({"page_id": ids, "language": [one for one, _ in pages]}))
    texts = TEXTS.conform(pd.DataFrame({"page_id": ids, "text": [text for _, text in pages]}))
    found = written_languages(frame, texts)
    return [None if pd.isna(code) else str(code) for code in found]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([("de", GERMAN), ("en-US", GERMAN)], ["de", "de"]),
        ([("en", ENGLISH), ("de", ENGLISH), ("de", GERMAN)], ["en", "en", "de"]),
        ([("en", GERMAN), ("en", ENGLISH)], ["en", "en"]),  # one language: nothing hangs on it
        ([("de", "A short text in English for you"), ("en", ENGLISH)], ["de", "en"]),
        ([("da", ENGLISH), ("en", ENGLISH)], ["da", "en"]),  # no words to hold it against
        ([(None, GERMAN), ("en", ENGLISH), ("de", GERMAN)], [None, "en", "de"]),
        ([("de", ENGLISH + GERMAN), ("en", ENGLISH)], ["de", "en"]),
        ([("en", ""), ("de", GERMAN)], ["en", "de"]),
    ],
)
def test_only_clear_texts_outweigh_the_markup(
    pages: list[tuple[str | None, str]], expected: list[str | None]
) -> None:
    assert written(*pages) == expected
