"""What kind of place a backlink stands in, by simple evidence."""
# ruff: noqa: E501  (lists and tables read better unwrapped)

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.words import WordTable, words_of
from linkplanner.urls import host, registrable

__all__ = ["KINDS", "link_kind"]

KINDS: Final = (
    "image", "social", "scraper", "coupon", "forum", "directory", "comment", "media", "editorial",
    "unknown",
)  # fmt: skip
"""Kinds of links, in the order in which evidence decides."""

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
    "directory": """directory,directories,directorio,directorios,diretório,annuaire,annuaires,
        verzeichnis,webverzeichnis,branchenbuch,linkkatalog,webkatalog,webkataloge,link list,
        linklist,link directory,yellow pages,páginas amarillas,paginas amarillas,pages jaunes,
        pagine gialle,gelbe seiten,startpagina,katalog stron,katalog firm,business finder,
        business listing,business listings,empresas de,links""",
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

MANY_LINKS: Final = 300
"""External links from which a page with a bare address as link text is taken for a list of sites."""


def link_kind(backlinks: pd.DataFrame) -> pd.DataFrame:
    """Kind of each backlink and the evidence for it: frame [kind, reason]."""
    urls = backlinks["source_url"].fillna("").astype(object)
    titles = backlinks["source_title"].fillna("").astype(object)
    unique = pd.DataFrame({"url": urls, "title": titles})
    code, keys = pd.factorize(pd.MultiIndex.from_frame(unique))
    found = [_by_page(url, title) for url, title in keys]
    kind = np.array([k for k, _ in found], dtype=object)[code] if len(code) else np.empty(0, object)
    why = np.array([w for _, w in found], dtype=object)[code] if len(code) else np.empty(0, object)
    kind, why = _by_link(backlinks, kind, why)
    return pd.DataFrame(
        {"kind": pd.Series(kind, dtype="str"), "reason": pd.Series(why, dtype="str")}
    )


def _by_page(url: str, title: str) -> tuple[str, str]:
    """What title and address of the linking page tell."""
    name = host(url)
    domain = registrable(name) if name else ""
    if domain in SOCIAL or name.removeprefix("www.") in SOCIAL:
        return "social", f"stands on {domain}"
    address = words_of(url[:300])
    titled = _KINDS.find([word for word in words_of(title[:300]) if word not in _PLAIN])
    found = titled | _KINDS.find(address)
    for kind in PAGES_OF:
        if kind in found:
            return kind, f"“{found[kind]}” in title or address"
    if _COMMENTS.find(address):
        return "comment", "address of a comment or guestbook"
    return "", ""


def _by_link(
    backlinks: pd.DataFrame, kind: np.ndarray, why: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What the link itself tells where the page does not."""
    anchor = backlinks["anchor"].fillna("").astype("str").str.strip()
    many = backlinks["external_links"].astype("Float64").fillna(0).to_numpy(float) >= MANY_LINKS
    naked = (
        anchor.str.contains(".", regex=False) & ~anchor.str.contains(" ", regex=False)
    ).to_numpy()
    around = _filled(backlinks["left_context"]) | _filled(backlinks["right_context"])
    content = backlinks["in_content"].fillna(False).to_numpy(dtype=bool)
    image = backlinks["is_image"].to_numpy(dtype=bool)
    ugc = backlinks["ugc"].to_numpy(dtype=bool)
    open_ = kind == ""
    for name, reason, rows in (
        ("image", "the link is an image", image),
        ("comment", "marked as written by users", open_ & ugc),
        ("scraper", "bare address among very many links", open_ & many & naked),
        ("editorial", "stands in the text of the page", open_ & (around | content)),
    ):
        fresh = rows & ((kind == "") | (name == "image"))
        kind, why = np.where(fresh, name, kind), np.where(fresh, reason, why)
    unknown = kind == ""
    return np.where(unknown, "unknown", kind), np.where(unknown, "", why)


def _filled(column: pd.Series) -> np.ndarray:
    return (column.fillna("").astype("str").str.strip() != "").to_numpy()
