"""Sentences for the sample shop: paragraphs that name products and shelves without linking them.

Facts, features and names are set in frames by a seeded generator, so the same seed gives the same
text. What could be a link is a `Mention`; `shop` decides which of them are.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linkplanner.sample import frames
from linkplanner.sample.articles import Article
from linkplanner.sample.catalogue import Category, Product, Service, categories, services
from linkplanner.sample.facts import THEMES, facts, features, service_facts

__all__ = ["Mention", "Paragraph", "Prose", "Section", "runs"]


@dataclass(frozen=True)
class Mention:
    """Words that name another page of the shop."""

    key: str
    """Kind and slug of what is named: "product:skerry-2-backpacking-tent"."""
    text: str
    """The words."""


Paragraph = tuple[str | Mention, ...]
"""A paragraph: plain text and mentions in the order of reading."""


@dataclass(frozen=True)
class Section:
    """A heading ('' for none) and what stands under it."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


_SLOT = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


def runs(text: str) -> Paragraph:
    """Text in which `[[key|words]]` marks a mention, as a paragraph."""
    parts: list[str | Mention] = []
    end = 0
    for match in _SLOT.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        parts.append(Mention(match[1], match[2]))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def _sentence(text: str) -> str:
    """The clause with a capital letter and a full stop; the capital may be inside a mention."""
    head = re.match(r"\[\[[^|\]]+\|", text)
    at = head.end() if head else 0
    stop = "" if text.endswith((".", "!", "?")) else "."
    return f"{text[:at]}{text[at].upper()}{text[at + 1 :]}{stop}"


def _weight(grams: int) -> str:
    return f"{grams} grams" if grams < 1000 else f"{grams / 1000:.2f} kilos"


class Prose:
    """Writes the text of one page. `seed` and `page` settle every choice."""

    def __init__(self, seed: int, page: str) -> None:
        self._rng = random.Random(f"prose:{seed}:{page}")
        self._used: set[str] = set()

    def article(self, article: Article) -> tuple[Section, ...]:
        """Text of an article: lead, a section a theme, a section on a second shelf, a close."""
        shelf, second = _shelf(article.category), _shelf(article.second)
        named = self._rng.sample(shelf.products, 4)
        if shelf.best_seller not in named and self._rng.random() < 0.8:
            named[0] = shelf.best_seller
        intro = [article.lead, self._aside(), self._of_shelf(shelf), self._aside()]
        sections = [Section("", (_paragraph(intro),))]
        for theme in article.themes:
            first = [*self._facts(shelf, theme, 3), self._of_product(named.pop())]
            then = [self._of_product(named.pop()), *self._facts(shelf, theme, 2), self._aside()]
            sections.append(Section(self._heading(theme, shelf), self._mixed(first, then)))
        rest = self._rng.choice([theme for theme in THEMES if theme not in article.themes])
        more = [*self._facts(shelf, rest, 3), *self._maybe_service(shelf)]
        sections.append(Section(self._heading(rest, shelf), self._mixed(more)))
        other = [
            self._of_shelf(second),
            *self._facts(second, self._rng.choice(("choose", "use")), 2),
            self._of_product(self._rng.choice((*second.products, *[second.best_seller] * 6))),
        ]
        heading = self._pick(frames.SECOND).format(many=second.many)
        close = _paragraph([self._pick_sentence(frames.CLOSING) for _ in range(2)])
        sections.append(Section(heading, (_paragraph(other), close)))
        return tuple(sections)

    def product(self, product: Product) -> tuple[Section, ...]:
        """Text of a product: what it is, how it is made, in use, care, what goes with it."""
        shelf = _shelf(product.category)
        pool = features(product.category if product.typical else None)
        made = [self._feature(f, product) for f in self._rng.sample(pool, 4)]
        opening = [
            self._set(self._pick(frames.OPENING), product=product, link=False),
            self._set(self._pick(frames.MEASURE), product=product),
            self._aside(),
        ]
        near = [_shelf(name) for name in self._rng.sample(shelf.near, min(2, len(shelf.near)))]
        match = self._rng.choice(near[0].products)
        beside = [*(self._of_shelf(n) for n in near), self._of_product(match)]
        use = [*self._facts(shelf, "use", 3), *self._facts(shelf, "choose", 1)]
        care = [*self._facts(shelf, "care", 3), *self._maybe_service(shelf)]
        return (
            Section("", (_paragraph(opening), _paragraph(made))),
            Section("In use", self._mixed(use)),
            Section("Care", self._mixed(care)),
            Section("Goes well with", self._mixed(beside)),
        )

    def category(self, category: Category) -> tuple[Section, ...]:
        """Text of a category: an opening above its products, advice below them."""
        opening = [
            self._set(self._pick(frames.SHELF_OPENING), shelf=category, link=False),
            *self._facts(category, "choose", 3),
        ]
        advice = [*self._facts(category, "choose", 2), *self._facts(category, "use", 3)]
        wary = [*self._facts(category, "avoid", 4), *self._maybe_service(category)]
        near = [_shelf(name) for name in category.near]
        beside = [self._of_shelf(shelf) for shelf in near]
        beside += [self._of_product(shelf.best_seller) for shelf in near[:2]]
        return (
            Section("", (_paragraph(opening),)),
            Section(f"How to choose {category.many}", (_paragraph(advice),)),
            Section("Worth knowing", (_paragraph(wary), *self._mixed(beside))),
        )

    def category_more(self, category: Category) -> tuple[Section, ...]:
        """A short text for the further pages of a category."""
        opening = [
            self._set(self._pick(frames.SHELF_OPENING), shelf=category, link=False),
            *self._facts(category, "care", 2),
        ]
        return (Section("", (_paragraph(opening),)),)

    def service(self, service: Service) -> tuple[Section, ...]:
        """Text of a service."""
        known = [_sentence(fact) for fact in service_facts(service.slug)]
        shelves = [_shelf(name) for name in service.near]
        named = [self._of_product(self._rng.choice(shelf.products)) for shelf in shelves]
        about = [self._of_shelf(shelf) for shelf in shelves]
        return (
            Section("", (_paragraph(known[:5]),)),
            Section("What to expect", (_paragraph([*known[5:9], self._aside()]),)),
            Section("Good to know", (_paragraph([*known[9:], *about]), _paragraph(named))),
        )

    # --- one sentence -------------------------------------------------------------------------

    def _facts(self, shelf: Category, theme: str, count: int) -> list[str]:
        free = [fact for fact in facts(shelf.slug)[theme] if fact not in self._used]
        chosen = self._rng.sample(free, min(count, len(free)))
        self._used.update(chosen)
        return [
            _sentence(fact)
            if self._rng.random() < 0.35
            else self._set(self._pick(frames.FACT), fact=fact)
            for fact in chosen
        ]

    def _feature(self, feature: str, product: Product) -> str:
        text = feature.format(m=product.model)
        if self._rng.random() < 0.5:
            return _sentence(text)
        return self._set(self._pick(frames.FEATURE), fact=text)

    def _aside(self) -> str:
        return self._pick_sentence(frames.ASIDE)

    def _of_product(self, product: Product) -> str:
        return self._set(self._pick(frames.PRODUCT), product=product)

    def _of_shelf(self, shelf: Category) -> str:
        return self._set(self._pick(frames.SHELF), shelf=shelf)

    def _maybe_service(self, shelf: Category) -> list[str]:
        known = [service for service in services() if shelf.slug in service.near]
        if not known or self._rng.random() < 0.35:
            return []
        return [self._set(self._pick(frames.SERVICE), service=self._rng.choice(known))]

    def _heading(self, theme: str, shelf: Category) -> str:
        return self._pick(frames.HEADINGS[theme]).format(many=shelf.many)

    def _pick_sentence(self, options: Sequence[str]) -> str:
        return self._set(self._pick(options))

    def _pick(self, options: Sequence[str]) -> str:
        """A frame that this page has not used yet."""
        free = [frame for frame in options if frame not in self._used] or list(options)
        frame = self._rng.choice(free)
        self._used.add(frame)
        return frame

    def _set(
        self,
        frame: str,
        *,
        fact: str = "",
        product: Product | None = None,
        shelf: Category | None = None,
        service: Service | None = None,
        link: bool = True,
    ) -> str:
        rng = self._rng
        place, elsewhere = rng.sample(frames.PLACES, 2)
        month, later = rng.sample(frames.MONTHS, 2)
        slots = {
            "f": fact,
            "place": place,
            "place2": elsewhere,
            "month": month,
            "month2": later,
            "weather": rng.choice(frames.WEATHER),
            "who": rng.choice(frames.WHO),
            "n": rng.choice(("eleven", "twenty", "thirty", "fourteen", "a dozen", "twenty-six")),
            "few": rng.choice(("two", "three", "four", "five", "six", "seven")),
            "year": str(rng.randint(1994, 2022)),
        }
        if shelf is not None:
            slots["many"] = _marked("category", shelf.slug, shelf.many, link)
        if service is not None:
            slots["service"] = _marked("service", service.slug, service.name, link)
        if product is not None:
            slots |= _product_slots(product, link)
        return _sentence(frame.format(**slots))

    def _mixed(self, *groups: Iterable[str]) -> tuple[Paragraph, ...]:
        """A paragraph for each group of sentences, in an order of chance."""
        paragraphs = []
        for group in groups:
            sentences = list(group)
            self._rng.shuffle(sentences)
            paragraphs.append(_paragraph(sentences))
        return tuple(paragraphs)


def _product_slots(product: Product, link: bool) -> dict[str, str]:
    many = product.plural
    return {
        "p": _marked("product", product.slug, product.name, link),
        "purpose": product.purpose,
        "price": str(product.price),
        "weight": _weight(product.grams),
        "is": "are" if many else "is",
        "has": "have" if many else "has",
        "s": "" if many else "s",
        "it": "them" if many else "it",
        "its": "their" if many else "its",
        "it_s": "they weigh" if many else "it weighs",
    }


def _marked(kind: str, name: str, text: str, link: bool) -> str:
    return f"[[{kind}:{name}|{text}]]" if link else text


def _paragraph(sentences: Sequence[str]) -> Paragraph:
    return runs(" ".join(sentences))


def _shelf(name: str) -> Category:
    return next(category for category in categories() if category.slug == name)
