"""Words that announce a link."""

import numpy as np

from linkplanner.text.cues import Cues
from linkplanner.text.passages import Passage, made_ready, read_words
from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import TermSpace, count_terms


def passage(text: str, lexicon: Lexicon) -> Passage:
    words = read_words(text, "en", [], lexicon, spans=[])
    return made_ready([words], [[]], TermSpace(count_terms([])))[0]


def test_words_of_linked_sentences_announce_links() -> None:
    lexicon = Lexicon()
    text = "Compare my previous article for details. Green tea tastes bitter today."
    seen = [(passage(text, lexicon), np.array([0])) for _ in range(60)]
    new = passage("A previous article explains tents. Bitter tea today.", lexicon)
    first, second = Cues(seen).of(new)
    assert first > 0 > second


def test_little_is_learned_from_little() -> None:
    lexicon = Lexicon()
    one = passage("Compare my previous article.", lexicon)
    assert (Cues([(one, np.array([0]))]).of(one) == 0).all()
