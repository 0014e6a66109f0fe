"""What kind of place a backlink stands in, by simple evidence."""
# ruff: noqa: E501  (lists and tables read better unwrapped)

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.coded import Coded
from linkplanner.quality.facts import hosts_of
from linkplanner.quality.words import WordTable, maybe_any, words_of
from linkplanner.urls import registrable

__all__ = ["KINDS", "link_kind"]

KINDS: Final = (
    "redirect", "image", "social", "scraper", "coupon", "forum", "profile", "comment",
    "resource page", "directory", "guest post", "media", "niche edit", "editorial", "unknown",
)  # fmt: skip
"""Kinds of links, in the order in which evidence decides which one is named first."""

SOCIAL: Final = frozenset(
    "facebook.com twitter.com x.com instagram.com linkedin.com pinterest.com reddit.com youtube.com "
    "youtu.be tiktok.com vk.com ok.ru threads.net bsky.app mastodon.social t.me telegram.me "
    "weibo.com quora.com flickr.com snapchat.com whatsapp.com discord.com twitch.tv vimeo.com "
    "tripadvisor.com yelp.com trustpilot.com soundcloud.com slideshare.net issuu.com about.me "
    "linktr.ee".split()
)
"""Sites on which anyone posts under an own name."""

PAGES_OF: Final[dict[str, str]] = {
    "scraper": """whois,similar sites,similar websites,sites like,alexa rank,site stats,site worth,
        site value,site info,website stats,website worth,website analysis,website value,
        most visited web pages,most visited sites,most visited websites,backlinks for,domain list,
        domain age,domain names list,expired domains,ip lookup,reverse ip,dns lookup,seo audit of""",
    "coupon": """coupon,coupons,promo code,promo codes,promocode,promocodes,discount code,
        discount codes,voucher,vouchers,voucher code,gutschein,gutscheine,gutscheincode,rabattcode,
        code promo,codes promo,code de réduction,cupón,cupones,cupon,código descuento,
        códigos descuento,código promocional,codigo promocional,codigos descuento,codice sconto,
        codici sconto,cupom,cupons,kortingscode,kortingscodes,kupon,kod rabatowy""",
    "forum": """forum,forums,foro,foros,форум,fórum,viewtopic,showthread,viewthread,thread,threads,
        phpbb,vbulletin,topic,discussion,discussions,message board,messageboard,bbs,kunena""",
    "profile": """user profile,member profile,profile page,userinfo,view profile,perfil de usuario,
        profil utilisateur,benutzerprofil""",
    "resource page": """useful links,resources,resource page,helpful links,recommended links,
        enlaces de interés,enlaces de interes,enlaces útiles,enlaces utiles,liens utiles,
        nützliche links,link utili,handige links,links úteis,links uteis,enllaços d interès""",
    "directory": """directory,directories,directorio,directorios,diretório,annuaire,annuaires,
        verzeichnis,webverzeichnis,branchenbuch,linkkatalog,webkatalog,webkataloge,link list,
        linklist,link directory,yellow pages,páginas amarillas,paginas amarillas,pages jaunes,
        pagine gialle,gelbe seiten,startpagina,katalog stron,katalog firm,business finder,
        business listing,business listings,empresas de,links""",
    "guest post": """guest post,guest posts,guest author,guest blogger,guest contributor,
        contributed post,sponsored post,write for us,artículo invitado,autor invitado,
        article invité,gastbeitrag,gastartikel,gastautor,publirreportaje,advertorial,
        paid content,promoted content,partner content""",
    "media": """news,noticias,notícias,nouvelles,nachrichten,notizie,nieuws,diario,periódico,
        periodico,journal,gazette,gazzetta,zeitung,herald,tribune,times,telegraph,courier,observer,
        presse,press,magazine,radio,новости""",
}
"""Words and phrases of titles, hosts and paths, by kind, in the order in which they decide."""
COMMENT: Final = "comment,comments,replytocom,guestbook,gästebuch,livre d or,libro de visitas"
"""Words of addresses of comments and guestbooks."""

_KINDS: Final = WordTable(PAGES_OF)
_COMMENTS: Final = WordTable({"comment": COMMENT})
_PLAIN: Final = frozenset({"topic", "thread", "threads", "links", "discussion", "discussions"})
"""Words that tell in an address only; in a title they are common words."""
_PROFILE: Final = (
    r"/(?:profiles?|users?|members?|memberlist|perfil|u)/[^/?#]+|member\.php|profile\.php"
)
"""Addresses of people's own pages on a site."""
_DATED: Final = r"/((?:19|20)\d\d)/(?:0?[1-9]|1[0-2])/"
"""Year in an address that carries the date of its article."""

MANY_LINKS: Final = 300
"""External links from which a page with a bare address as link text is taken for a list of sites."""
LATER: Final = 2
"""Years between an article's date and the link's first sighting from which it may have been added
later; crawlers find most links within a year."""


def link_kind(backlinks: pd.DataFrame) -> pd.DataFrame:
    """Kinds of each backlink and the evidence: frame [kind, reason, others].

    kind: the likeliest, "unknown" without evidence; others: further possible kinds with their
    evidence, joined by ", ", or ''.
    """
    size = len(backlinks)
    seen: dict[str, np.ndarray] = {}
    for name, reason in [*_by_page(backlinks).items(), *_by_link(backlinks).items()]:
        first = seen.get(name)
        seen[name] = reason if first is None else np.where(first == "", reason, first)
    kind = np.full(size, "unknown", dtype=object)
    why, others = np.full(size, "", dtype=object), np.full(size, "", dtype=object)
    for name in KINDS:
        if name not in seen:
            continue
        here = np.flatnonzero(seen[name] != "")
        first = kind[here] == "unknown"
        kind[here[first]] = name
        why[here[first]] = seen[name][here[first]]
        later = here[~first]
        between = np.where(others[later] == "", "", ", ")
        others[later] = others[later] + between + name + " (" + seen[name][later] + ")"
    return pd.DataFrame(
        {name: pd.Series(column, dtype="str")
         for name, column in (("kind", kind), ("reason", why), ("others", others))}
    )  # fmt: skip


def _by_page(backlinks: pd.DataFrame) -> dict[str, np.ndarray]:
    """By kind, what title, host and address of the linking page tell: object[rows], or ''."""
    urls = backlinks["source_url"].astype("str")
    address, title = Coded.of(urls), Coded.of(backlinks["source_title"])
    cut = [url[:300] for url in address.values]
    found = {name: np.full(len(backlinks), "", dtype=object) for name in PAGES_OF}
    for coded, texts, table, plain in (
        (title, [text[:300] for text in title.values], _KINDS, _PLAIN),
        (address, cut, _KINDS, frozenset[str]()),
    ):
        for name, words in _entries(table, texts, plain).items():
            fresh = words[coded.codes]
            np.copyto(found[name], fresh, where=found[name] == "")
    found["comment"] = _entries(_COMMENTS, cut, frozenset())["comment"][address.codes]
    reasons = {
        name: np.where(word == "", "", "“" + word + "” in title or address")
        for name, word in found.items()
    }
    reasons["comment"] = np.where(
        found["comment"] == "", "", "address of a comment or guestbook"
    ).astype(object)
    reasons["social"] = _social(Coded.of(hosts_of(urls)))
    people = urls.str.contains(_PROFILE, regex=True, case=False).fillna(False).to_numpy(bool)
    reasons["profile"] = np.where(
        (reasons["profile"] == "") & people, "address of a person's page", reasons["profile"]
    )
    return reasons


def _entries(table: WordTable, texts: list[str], plain: frozenset[str]) -> dict[str, np.ndarray]:
    """By kind, the entry that stands in each text: object[texts], or ''."""
    out = {name: np.full(len(texts), "", dtype=object) for name in table.categories}
    for at in np.flatnonzero(maybe_any(table, texts)):
        for name, entry in table.find(words_of(texts[at]), plain).items():
            out[name][at] = entry
    return out


def _social(host: Coded) -> np.ndarray:
    def reason(name: str) -> str:
        domain = registrable(name) if name else ""
        named = domain in SOCIAL or name.removeprefix("www.") in SOCIAL
        return f"stands on {domain}" if named else ""

    return host.map(reason)


def _by_link(backlinks: pd.DataFrame) -> dict[str, np.ndarray]:
    """By kind, what the link itself tells: object[rows], or ''."""
    anchor = backlinks["anchor"].fillna("").astype("str").str.strip()
    many = backlinks["external_links"].astype("Float64").fillna(0).to_numpy(float) >= MANY_LINKS
    naked = (
        anchor.str.contains(".", regex=False) & ~anchor.str.contains(" ", regex=False)
    ).to_numpy()
    around = _filled(backlinks["left_context"]) | _filled(backlinks["right_context"])
    content = backlinks["in_content"].fillna(False).to_numpy(dtype=bool)
    facts = (
        ("redirect", "the link goes through a redirect", _filled(backlinks["redirect_chain"])),
        ("image", "the link is an image", backlinks["is_image"].to_numpy(dtype=bool)),
        ("comment", "marked as written by users", backlinks["ugc"].to_numpy(dtype=bool)),
        ("guest post", "marked as sponsored", backlinks["sponsored"].to_numpy(dtype=bool)),
        ("scraper", "bare address among very many links", many & naked),
        ("niche edit", "the article is dated years before the link", content & _added(backlinks)),
        ("editorial", "stands in the text of the page", around | content),
    )
    return {name: np.where(rows, reason, "").astype(object) for name, reason, rows in facts}


def _added(backlinks: pd.DataFrame) -> np.ndarray:
    """Links first seen years after the date in their page's address."""
    year = backlinks["source_url"].astype("str").str.extract(_DATED, expand=False)
    found = backlinks["first_seen"].dt.year - year.astype("Float64")
    return (found >= LATER).fillna(False).to_numpy(dtype=bool)


def _filled(column: pd.Series) -> np.ndarray:
    return (column.fillna("").astype("str").str.strip() != "").to_numpy(dtype=bool)
