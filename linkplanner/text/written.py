"""The language that pages are really written in, where their markup says another one."""

from typing import Final

import pandas as pd

from linkplanner.text.documents import TextOf
from linkplanner.text.stopwords import STOP_WORDS
from linkplanner.text.tokens import language_code, language_scores

__all__ = ["written_languages"]

TELLING: Final = 12.0
"""Stop words of its language that a text needs before the markup is doubted. A judgement: some 30
words of running text."""
TIMES: Final = 3.0
"""Times the stop words of the declared language that they must be. A judgement."""


def written_languages(pages: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    """`language` of pages (rows 0..n-1), put right where a page's text is clearly in another.

    Templates often declare one language for a shop and another for its blog. Texts are looked at
    only where the pages declare several languages: on other sites nothing hangs on it.
    """
    declared = pages["language"].map(language_code, na_action=None)
    if declared[declared != ""].nunique() < 2:
        return pages["language"]
    languages, said = pages["language"].copy(), declared.to_list()
    main = TextOf(texts)
    for page in main:
        if said[page] not in STOP_WORDS:  # nothing to hold the text against
            continue
        scores = language_scores(main.get(page))
        found = max(sorted(scores), key=lambda code: scores[code], default="")
        most = scores.get(found, 0.0)
        if most >= max(TELLING, TIMES * scores.get(said[page], 0.0)) and found != said[page]:
            languages.iloc[page] = found
    return languages
