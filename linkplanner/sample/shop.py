"""The pages of the sample shop and what links to what, with the faults that real shops have."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from linkplanner.sample.about import HOME_TEXT, PLAIN_PAGES, PlainPage
from linkplanner.sample.articles import Article, articles
from linkplanner.sample.catalogue import (
    BASE_URL,
    SHOP,
    Category,
    Product,
    Service,
    categories,
    products,
    services,
)
from linkplanner.sample.page import (
    Banner,
    Block,
    Box,
    Card,
    Cards,
    Heading,
    Page,
    Pager,
    Run,
    Shop,
    Swatches,
    Text,
    TextLink,
)
from linkplanner.sample.prose import Mention, Prose, Section, runs

__all__ = ["GONE", "REDIRECTS", "TODAY", "build_shop"]

TODAY = date(2026, 11, 2)
"""The day on which the sample pretends to have been exported."""

REDIRECTS = {
    "/tents/": ("/shop/tents/", 301),
    "/rucksacks/": ("/shop/backpacks/", 301),  # a chain of two
    "/shop/backpacks/": ("/shop/rucksacks/", 301),
    "/boots.html": ("/shop/walking-boots/", 301),
    "/journal/": ("/blog/", 301),
    "/blog/how-to-wash-a-sleeping-bag/": ("/blog/washing-a-down-bag-at-home/", 301),
    "/products/squall-2019-waterproof/": ("/products/squall-three-layer-waterproof-jacket/", 301),
    "/services/boot-repair/": ("/services/boot-resoling/", 301),
    "/delivery/": ("/delivery-and-returns/", 302),
    "/summer-sale/": ("/", 302),
}
"""Addresses that redirect, to where, with which status."""

GONE = {
    "/products/larkrig-1-winter-tent/": ("Larkrig 1 winter tent", "tents"),
    "/products/old-fell-down-jacket/": ("Old Fell down jacket", "insulated jackets"),
    "/blog/winter-camping-guide/": ("The winter camping guide", "sleeping bags"),
    "/blog/long-distance-trails-map/": ("Map of long-distance trails", "maps and compasses"),
    "/shop/climbing/": ("Ropes and harnesses", "climbing ropes"),
    "/services/guided-walks/": ("Guided walks", "guided walks"),
    "/downloads/packing-list.pdf": ("Packing list to print", "rucksacks"),
}
"""Addresses that answer 404 although people link to them: what stood there, what about."""

_BLOCKED = ("/account/",)
_SITEMAP_REDIRECTS = ("/services/boot-repair/",)

_UNLINKED_PRODUCTS = frozenset(
    "cloudberry-short-three-quarter-air-mat hazel-shock-shock-absorbing-poles wisp-silk-bag-liner "
    "griddle-folding-frying-pan snood-merino-neck-tube".split()
)
_UNLINKED_ARTICLES = frozenset(
    "in-praise-of-the-fleece five-suppers-from-one-pan pitching-a-shelter-with-your-poles "
    "looking-after-a-hydration-bladder an-evening-under-the-stars".split()
)
_UNLINKED_SERVICES = frozenset({"down-washing"})
"""In the sitemap, with no link to them on any page: nobody added them to a list."""

_ARCHIVED = frozenset(
    "storing-your-sleep-kit-over-the-winter camping-with-a-bad-back reading-contours-like-a-story "
    "moths-shrinkage-and-other-tragedies the-perfect-hill-coffee "
    "when-is-it-time-for-new-soles".split()
)
"""Articles that only the sidebar still shows."""

_MENU_ONLY = frozenset({"maps-and-compasses", "equipment-hire", "navigation-course"})
"""Shelves and services to which menus and breadcrumbs link, but no text."""

_COLOURED = (
    "skerry-2-backpacking-tent drover-28-hillwalking-rucksack squall-three-layer-waterproof-jacket "
    "eider-down-jacket smirr-lightweight-waterproof-jacket packhorse-55-trekking-rucksack "
    "herdwick-merino-base-layer dipper-750-steel-water-bottle"
).split()
_COLOURS = ("moss", "slate")

_SHELF_PAGE = 8
"""Products on one page of a category."""
_BLOG_PAGE = 12
"""Articles on one page of the blog."""

_TAGS = {
    "winter": ("insulated", "winter", "snow", "frost", "october"),
    "first-steps": ("first", "how to", "choose", "beginner"),
}

_OLD_LINKS: tuple[tuple[str, str, str, str], ...] = (
    ("The long version is in our ", "winter camping guide", "/blog/winter-camping-guide/", "."),
    ("We first tried this with the ", "Larkrig 1", "/products/larkrig-1-winter-tent/", "."),
    ("Ropes and harnesses are on the ", "climbing shelf", "/shop/climbing/", "."),
    ("Come along on one of our ", "guided walks", "/services/guided-walks/", " in May."),
    ("All shelters are listed under ", "tents", "/tents/", "."),
    ("The full range of bags is ", "here", "/rucksacks/", "."),
    ("See also our older note on ", "wash day", "/blog/how-to-wash-a-sleeping-bag/", "."),
    ("The bench also takes ", "boot repairs", "/services/boot-repair/", " of other kinds."),
)
"""Sentences with links that have gone stale: before, anchor, path, after."""

_OUTSIDE: tuple[tuple[str, str, str, str, str], ...] = (
    ("The forecast we trust comes from the ", "mountain weather office",
     "https://weather.example/mountains/", ".", ""),
    ("In an emergency the ", "rescue teams", "https://rescue.example/call-out/",
     " explain what to say on the telephone.", ""),
    ("Rights of way are set out by the ", "paths charity", "https://paths.example/rights/",
     ".", ""),
    ("A forum thread on ", "weights and measures", "https://forum.example/t/8812",
     " goes into more detail than anyone needs.", "nofollow ugc"),
)  # fmt: skip
"""Sentences with links that leave the shop: before, anchor, address, after, rel."""


def build_shop(seed: int) -> Shop:
    """The whole shop; the same seed gives the same shop."""
    made = _Builder(seed)
    pages = (
        made.home(),
        *(page for category in categories() for page in made.category(category)),
        *(made.product(product) for product in products()),
        made.services(),
        *(made.service(service) for service in services()),
        *made.blog(),
        *(made.article(article) for article in articles()),
        *(made.tag(tag) for tag in _TAGS),
        *(made.plain(plain) for plain in PLAIN_PAGES),
    )
    return Shop(
        base_url=BASE_URL,
        name=SHOP,
        pages=pages,
        redirects=REDIRECTS,
        gone=tuple(GONE),
        blocked=_BLOCKED,
        sitemap_redirects=_SITEMAP_REDIRECTS,
        header=(
            TextLink("Search", "/search/"),
            TextLink("My account", "/account/"),
            TextLink("Basket", "/basket/"),
        ),
        menu=(
            *(TextLink(category.title, _shelf_path(category.slug)) for category in categories()),
            TextLink("Workshop and services", "/services/"),
            TextLink("Blog", "/blog/"),
        ),
        footer=_footer(),
    )


def _footer() -> tuple[Box, ...]:
    return (
        Box(
            "The shop",
            (
                TextLink("About us", "/about/"),
                TextLink("Contact", "/contact/"),
                TextLink("Size guide", "/size-guide/"),
                TextLink("Repairs promise", "/repairs-promise/"),
            ),
        ),
        Box(
            "Services",
            (
                TextLink("Boot fitting", "/services/boot-fitting/"),
                TextLink("Hire", "/services/equipment-hire/"),
                TextLink("Courses", "/services/navigation-course/"),
            ),
        ),
        Box(
            "Small print",
            (
                TextLink("Delivery and returns", "/delivery/"),
                TextLink("Privacy", "/privacy/"),
                TextLink("Terms", "/terms/"),
                TextLink("Photographs", "https://pictures.example/harrowfell", "nofollow noopener"),
            ),
        ),
    )


class _Builder:
    """Makes pages of one kind after the other; each page has a random stream of its own."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._dates = _article_dates(seed)

    # --- pages ---------------------------------------------------------------------------------

    def home(self) -> Page:
        """The home page."""
        rng = self._rng("/")
        shown = [category for category in categories() if category.slug not in _MENU_ONLY]
        best = rng.sample([product for product in products() if _listed(product)], 6)
        newest = self._listed_articles()[:4]
        blocks = (
            *self._linked(rng, _fixed(HOME_TEXT), 4, 1.0),
            Banner("/shop/waterproof-jackets/", _image("waterproof-jackets"), "Ready for the rain"),
            Heading("What we make"),
            Cards(tuple(_shelf_card(category) for category in shown)),
            Heading("Favourites this month"),
            Cards(tuple(_product_card(product) for product in best)),
            Heading("From the blog"),
            Cards(tuple(_article_card(article) for article in newest)),
        )
        return Page(
            path="/",
            kind="home",
            title="Hiking and camping kit that can be mended",
            h1="Hiking and camping kit that can be mended",
            description="Tents, boots, rucksacks and jackets made and repaired in one valley.",
            blocks=blocks,
            modified=TODAY - timedelta(days=3),
        )

    def category(self, category: Category) -> list[Page]:
        """The pages of a shelf."""
        listed = [product for product in category.products if _listed(product)]
        parts = [listed[i : i + _SHELF_PAGE] for i in range(0, len(listed), _SHELF_PAGE)]
        paths = [_series_path(_shelf_path(category.slug), i) for i in range(len(parts))]
        pager = Pager(tuple((str(i + 1), path) for i, path in enumerate(paths)))
        guides = self._guides(category.slug, paths[0], 4)
        near = tuple(_shelf_link(name) for name in category.near)
        pages = []
        for i, (path, part) in enumerate(zip(paths, parts, strict=True)):
            rng = self._rng(path)
            prose = Prose(self._seed, path)
            sections = prose.category(category) if i == 0 else prose.category_more(category)
            cards = Cards(tuple(_product_card(product) for product in part))
            text = self._linked(rng, sections, 2, 0.5)
            suffix = f", page {i + 1}" if i else ""
            pages.append(
                Page(
                    path=path,
                    kind="category",
                    title=f"{category.title}{suffix}",
                    h1=f"{category.title}{suffix}",
                    description=f"{category.title} made and mended by Harrowfell{suffix}.",
                    blocks=(text[0], cards, pager, *text[1:]),
                    crumbs=(("Home", "/"),),
                    aside=(Box("Goes well with", near), Box("Guides", guides)),
                    modified=TODAY - timedelta(days=rng.randint(5, 60)),
                    previous=paths[i - 1] if i else "",
                    next=paths[i + 1] if i + 1 < len(paths) else "",
                    in_sitemap=i == 0,
                )
            )
        return pages

    def product(self, product: Product) -> Page:
        """The page of a product."""
        path = _product_path(product)
        rng = self._rng(path)
        category = _category(product.category)
        others = [p for p in category.products if p is not product and _listed(p)]
        blocks: list[Block] = self._linked(rng, Prose(self._seed, path).product(product), 1, 0.35)
        colours = _COLOURS if product.slug in _COLOURED else ()
        if colours:
            blocks.insert(1, Swatches(tuple((c, f"{path}?color={c}") for c in colours)))
        blocks += [
            Heading("You may also like"),
            Cards(tuple(_product_card(other) for other in rng.sample(others, 3))),
        ]
        return Page(
            path=path,
            kind="product",
            title=product.name,
            h1=product.name,
            description=f"{product.name} for {product.purpose}. {product.price} pounds.",
            blocks=tuple(blocks),
            crumbs=(("Home", "/"), (category.title, _shelf_path(category.slug))),
            aside=(Box("From the blog", self._guides(category.slug, path, 3)),),
            modified=TODAY - timedelta(days=rng.randint(10, 700)),
            colours=colours,
            facts={"price": product.price, "sku": f"HF-{product.grams}-{product.price}"},
        )

    def services(self) -> Page:
        """The overview of services."""
        shown = [s for s in services() if s.slug not in _MENU_ONLY | _UNLINKED_SERVICES]
        text = (
            "The workshop has been open since before the shop. Boots get new soles, shelters get "
            "new zips, and rucksacks get new buckles on the benches behind the till. Prices are "
            "on the wall and on these pages, and an estimate costs nothing. Sleeping bags and "
            "jackets come back to life in our down washing, and those who only need a shelter "
            "once may prefer equipment hire. Whoever has lost the way more than twice is welcome "
            "on a navigation course."
        )
        cards = tuple(
            Card(f"/services/{s.slug}/", s.heading, "See what we do and what it costs.", _LOGO)
            for s in shown
        )
        return Page(
            path="/services/",
            kind="category",
            title="Workshop and services",
            h1="Workshop and services",
            description="Fitting, resoling and repair by the people who made it.",
            blocks=(Text((text,)), Cards(cards)),
            crumbs=(("Home", "/"),),
            modified=TODAY - timedelta(days=120),
        )

    def service(self, service: Service) -> Page:
        """The page of a service."""
        path = f"/services/{service.slug}/"
        rng = self._rng(path)
        guides = self._guides(service.near[0], path, 3)
        return Page(
            path=path,
            kind="service",
            title=service.heading,
            h1=service.heading,
            description=f"{service.heading} at Harrowfell.",
            blocks=tuple(self._linked(rng, Prose(self._seed, path).service(service), 1, 0.5)),
            crumbs=(("Home", "/"), ("Workshop and services", "/services/")),
            aside=(Box("Read before you come", guides),),
            modified=TODAY - timedelta(days=rng.randint(20, 400)),
            facts={"price": service.price},
        )

    def blog(self) -> list[Page]:
        """The pages that list the articles."""
        listed = self._listed_articles()
        parts = [listed[i : i + _BLOG_PAGE] for i in range(0, len(listed), _BLOG_PAGE)]
        paths = [_series_path("/blog/", i) for i in range(len(parts))]
        pager = Pager(tuple((str(i + 1), path) for i, path in enumerate(paths)))
        lead = Text(("Notes from the hill, the bench and the counter, newest first.",))
        return [
            Page(
                path=path,
                kind="category",
                title=f"Blog, page {i + 1}" if i else "Blog",
                h1="From the hill and the bench",
                description="What nine people have learnt about walking.",
                blocks=(lead, Cards(tuple(_article_card(a) for a in part)), pager),
                crumbs=(("Home", "/"),),
                modified=TODAY - timedelta(days=2),
                previous=paths[i - 1] if i else "",
                next=paths[i + 1] if i + 1 < len(paths) else "",
                in_sitemap=i == 0,
            )
            for i, (path, part) in enumerate(zip(paths, parts, strict=True))
        ]

    def article(self, article: Article) -> Page:
        """The page of an article."""
        path = _article_path(article)
        rng = self._rng(path)
        blocks: list[Block] = self._linked(rng, Prose(self._seed, path).article(article), 3, 0.4)
        blocks += self._stale(article)
        if rng.random() < 0.35:
            before, anchor, href, after, rel = rng.choice(_OUTSIDE)
            blocks.append(Text((before, TextLink(anchor, href, rel), after)))
        tags = [tag for tag in _TAGS if article in _tagged(tag)]
        if tags:
            links = [TextLink(tag.replace("-", " "), f"/blog/tag/{tag}/") for tag in tags]
            blocks.append(Text(("Filed under ", *_listing(links), ".")))
        posted = self._dates[article.slug]
        return Page(
            path=path,
            kind="article",
            title=article.title,
            h1=article.title,
            description=article.lead,
            blocks=tuple(blocks),
            crumbs=(("Home", "/"), ("Blog", "/blog/")),
            aside=(
                Box("Related posts", self._related(article, rng)),
                Box("From the archive", self._archive(article, rng)),
            ),
            modified=posted + timedelta(days=rng.randint(0, 30)),
            facts={"published": posted.isoformat()},
        )

    def tag(self, tag: str) -> Page:
        """A list of articles that is kept out of search engines."""
        cards = [_article_card(a) for a in _tagged(tag) if _in_lists(a)]
        name = tag.replace("-", " ")
        return Page(
            path=f"/blog/tag/{tag}/",
            kind="category",
            title=f"Articles on {name}",
            h1=f"Articles on {name}",
            description=f"What we wrote about {name}.",
            blocks=(Text((f"Everything that we have filed under {name}.",)), Cards(tuple(cards))),
            crumbs=(("Home", "/"), ("Blog", "/blog/")),
            noindex=True,
            in_sitemap=False,
            modified=TODAY - timedelta(days=30),
        )

    def plain(self, plain: PlainPage) -> Page:
        """A page with a fixed text."""
        return Page(
            path=plain.path,
            kind="other",
            title=plain.heading,
            h1=plain.heading,
            description=f"{plain.heading} at Harrowfell.",
            blocks=tuple(self._linked(self._rng(plain.path), _fixed(plain.text), 1, 0.5)),
            crumbs=(("Home", "/"),),
            noindex=plain.noindex,
            in_sitemap=plain.in_sitemap,
            modified=TODAY - timedelta(days=self._rng(plain.path).randint(30, 900)),
        )

    # --- links ---------------------------------------------------------------------------------

    def _linked(
        self, rng: random.Random, sections: Iterable[Section], limit: int, rate: float
    ) -> list[Block]:
        """The sections as blocks; up to `limit` of the mentions become links, each target once."""
        left = limit
        seen: set[str] = set()
        blocks: list[Block] = []
        for section in sections:
            if section.heading:
                blocks.append(Heading(section.heading))
            for paragraph in section.paragraphs:
                parts: list[Run] = []
                for run in paragraph:
                    href = _linkable(run.key) if isinstance(run, Mention) else None
                    if not isinstance(run, Mention) or href is None or href in seen or not left:
                        parts.append(run)
                    elif rng.random() < rate:
                        parts.append(TextLink(run.text, href))
                        seen.add(href)
                        left -= 1
                    else:
                        parts.append(run)
                blocks.append(Text(tuple(parts)))
        return blocks

    def _stale(self, article: Article) -> list[Block]:
        """Links of this article to addresses that are gone or have moved; most have none."""
        place = [a.slug for a in articles()].index(article.slug)
        if place % 5 != 2:
            return []
        before, anchor, href, after = _OLD_LINKS[(place // 5) % len(_OLD_LINKS)]
        return [Text((before, TextLink(anchor, href), after))]

    def _guides(self, category: str, path: str, count: int) -> tuple[TextLink, ...]:
        about = [a for a in articles() if category in (a.category, a.second) and _in_lists(a)]
        chosen = self._rng(f"guides:{path}").sample(about, min(count, len(about)))
        return tuple(TextLink(a.title, _article_path(a)) for a in chosen)

    def _related(self, article: Article, rng: random.Random) -> tuple[TextLink, ...]:
        near = [
            a
            for a in articles()
            if a is not article
            and _in_lists(a)
            and (a.category in (article.category, article.second) or a.second == article.category)
        ]
        return tuple(TextLink(a.title, _article_path(a)) for a in rng.sample(near, 4))

    def _archive(self, article: Article, rng: random.Random) -> tuple[TextLink, ...]:
        old = [a for a in articles() if a.slug in _ARCHIVED and a is not article]
        return tuple(TextLink(a.title, _article_path(a)) for a in rng.sample(old, 2))

    def _listed_articles(self) -> list[Article]:
        """Articles that the lists show, newest first."""
        listed = [article for article in articles() if _in_lists(article)]
        return sorted(listed, key=lambda a: (self._dates[a.slug], a.slug), reverse=True)

    def _rng(self, page: str) -> random.Random:
        return random.Random(f"shop:{self._seed}:{page}")


def _article_dates(seed: int) -> dict[str, date]:
    rng = random.Random(f"dates:{seed}")
    return {
        article.slug: TODAY
        - timedelta(
            days=rng.randint(2000, 2800) if article.slug in _ARCHIVED else rng.randint(4, 1900)
        )
        for article in articles()
    }


# --- names, paths and teasers ------------------------------------------------------------------

_LOGO = "/media/logo.svg"


def _fixed(text: str) -> tuple[Section, ...]:
    return (Section("", tuple(runs(line) for line in text.strip().splitlines())),)


def _listing(links: Sequence[TextLink]) -> list[Run]:
    """The links with commas between them."""
    parts: list[Run] = [links[0]]
    for link in links[1:]:
        parts += [", ", link]
    return parts


def _linkable(key: str) -> str | None:
    """The path that a mention may link to, None where the shop never links to it."""
    kind, _, name = key.partition(":")
    if name in _MENU_ONLY | _UNLINKED_PRODUCTS | _UNLINKED_SERVICES:
        return None
    folder = {"product": "products", "category": "shop", "service": "services"}[kind]
    return f"/{folder}/{name}/"


def _listed(product: Product) -> bool:
    return product.slug not in _UNLINKED_PRODUCTS


def _in_lists(article: Article) -> bool:
    return article.slug not in _UNLINKED_ARTICLES | _ARCHIVED


def _tagged(tag: str) -> list[Article]:
    return [a for a in articles() if any(word in a.title.lower() for word in _TAGS[tag])]


def _category(name: str) -> Category:
    return next(category for category in categories() if category.slug == name)


def _image(category: str) -> str:
    return f"/media/{category}.svg"


def _shelf_path(category: str) -> str:
    return f"/shop/{category}/"


def _shelf_link(category: str) -> TextLink:
    return TextLink(_category(category).title, _shelf_path(category))


def _product_path(product: Product) -> str:
    return f"/products/{product.slug}/"


def _article_path(article: Article) -> str:
    return f"/blog/{article.slug}/"


def _series_path(first: str, number: int) -> str:
    return f"{first}page/{number + 1}/" if number else first


def _shelf_card(category: Category) -> Card:
    best = category.products[0]
    line = f"{len(category.products)} to choose from, among them the {best.name}."
    return Card(_shelf_path(category.slug), category.title, line, _image(category.slug))


def _product_card(product: Product) -> Card:
    line = f"For {product.purpose} (£{product.price})"
    return Card(_product_path(product), product.name, line, _image(product.category))


def _article_card(article: Article) -> Card:
    return Card(_article_path(article), article.title, article.lead, _image(article.category))
