"""The text of the sample: long enough, varied, the same for a seed, with mentions left unlinked."""

import re
from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser

from linkplanner.sample.articles import articles
from linkplanner.sample.catalogue import categories, products, services
from linkplanner.sample.prose import Mention, Paragraph, Prose, runs


def text_of(paragraph: Paragraph) -> str:
    return "".join(run if isinstance(run, str) else run.text for run in paragraph)


def main_paragraphs(document: str) -> list[str]:
    tree = LexborHTMLParser(document)
    return [node.text() for node in tree.css("main > article > p")]


def sentences(paragraphs: list[str]) -> list[str]:
    return [s for p in paragraphs for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", p) if s]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("plain", ("plain",)),
        ("[[a:b|C]]", (Mention("a:b", "C"),)),
        ("x [[a:b|C]], [[d:e|F]].", ("x ", Mention("a:b", "C"), ", ", Mention("d:e", "F"), ".")),
        ("half [[a:b", ("half [[a:b",)),
    ],
)
def test_runs(text: str, expected: Paragraph) -> None:
    assert runs(text) == expected


def test_same_seed_same_text() -> None:
    article = articles()[3]
    assert Prose(7, "x").article(article) == Prose(7, "x").article(article)
    assert Prose(7, "x").article(article) != Prose(8, "x").article(article)
    assert Prose(7, "x").article(article) != Prose(7, "y").article(article)


def test_sentences_are_whole() -> None:
    """Capital letter, full stop, no slot left open, no sentence twice on a page."""
    made = [Prose(7, a.slug).article(a) for a in articles()]
    made += [Prose(7, p.slug).product(p) for p in products()]
    made += [Prose(7, c.slug).category(c) for c in categories()]
    made += [Prose(7, s.slug).service(s) for s in services()]
    for sections in made:
        texts = [text_of(paragraph) for section in sections for paragraph in section.paragraphs]
        found = sentences(texts)
        assert not [t for t in found if not re.match(r"[A-Z0-9“]", t) or t[-1] not in ".!?"]
        assert not [t for t in texts if re.search(r"[{}\[\]|]|  |\.\.| [,.]", t)]
        assert max(Counter(found).values()) == 1


def test_verbs_agree() -> None:
    for product in products():
        text = " ".join(
            text_of(p) for s in Prose(7, product.slug).product(product) for p in s.paragraphs
        )
        wrong = "is|has|weighs|stands" if product.plural else "are|have|weigh|stand"
        assert not re.search(rf"{re.escape(product.name)} (?:{wrong})\b", text)


@pytest.mark.parametrize(
    ("prefix", "least", "most"),
    [("/products/", 150, 600), ("/services/b", 150, 600), ("/blog/[a-z-]+/$", 300, 600)],
)
def test_length_of_main_text(documents: dict[str, str], prefix: str, least: int, most: int) -> None:
    counts = {
        path: sum(len(p.split()) for p in main_paragraphs(document))
        for path, document in documents.items()
        if re.match(prefix, path) and "/tag/" not in path and "/page/" not in path
    }
    assert len(counts) > 1
    assert {p: n for p, n in counts.items() if not least <= n <= most} == {}


def test_variety(documents: dict[str, str]) -> None:
    found = Counter(s for d in documents.values() for s in sentences(main_paragraphs(d)))
    assert found.total() > 5000
    assert len(found) / found.total() > 0.8
    assert max(found.values()) <= 15


def test_articles_name_things_without_linking_them(documents: dict[str, str]) -> None:
    """So that a planner finds sentences in which to place links."""
    names = [p.name.lower() for p in products()] + [c.many for c in categories()]
    linked = unlinked = 0
    for article in articles():
        tree = LexborHTMLParser(documents[f"/blog/{article.slug}/"])
        text = " ".join(node.text() for node in tree.css("main > article > p")).lower()
        links = {a.text().lower() for a in tree.css("main > article > p a")}
        named = {name for name in names if name in text}
        assert len(named) >= 3, article.title
        linked += len(named & links)
        unlinked += len(named - links)
    assert unlinked > 2 * linked > 50
