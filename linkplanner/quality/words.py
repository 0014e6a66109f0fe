"""Words that tell what a linking page sells or is, by category and in several languages.

Own lists, written from what such pages say in general. An entry of several words is a phrase.
"""
# ruff: noqa: E501  (lists and tables read better unwrapped)

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

__all__ = [
    "CATEGORIES",
    "HOST_PIECES",
    "WORDS_OF_SALE",
    "WordTable",
    "categories_of",
    "host_category",
    "maybe_any",
    "words_of",
]

CATEGORIES: Final[dict[str, str]] = {
    "seo_seller": """backlink,backlinks,back link,link building,linkbuilding,link builder,seo links,
        buy links,buy backlinks,dofollow,do follow links,pbn,pbns,link farm,link exchange,seo service,
        seo services,seo agency telegram,black hat,blackhat,white hat,guest post service,
        guest posting service,guest posts for sale,paid guest post,homepage links,link pump,
        links for sale,cheap seo,rank your website,rank higher,boost your ranking,boost ranking,
        traffic bot,buy traffic,website traffic service,high da,high dr,da pa,domain authority boost,
        xrumer,gsa ser,scrapebox,money robot,tier links,mass links,hacklink,hack link,web shell,
        webshell,comprar enlaces,comprar backlinks,netlinking,acheter des liens,achat de liens,
        backlinks kaufen,linkaufbau,linkkauf,links kaufen,acquistare link,comprare backlink,
        comprar links,linki seo,pozycjonowanie,продвижение сайтов,прогон сайта,купить ссылки,
        вечные ссылки,раскрутка сайта,外链,友情链接,被リンク,백링크,jasa backlink,jasa seo,
        backlink satın al,tanıtım yazısı,seo paketi""",
    "gambling": """casino,casinos,kasino,казино,赌场,娱乐城,博彩,カジノ,카지노,poker online,online poker,
        slot,slots,slot online,slot gacor,gacor,togel,judi,judi online,bandar,bandarqq,sbobet,maxwin,
        rtp slot,scatter hitam,baccarat,roulette,blackjack,jackpot,betting,sportsbook,sports betting,
        bookmaker,bookmakers,bet365,1xbet,bahis,canlı bahis,deneme bonusu,iddaa,apuestas,
        apuestas deportivas,tragamonedas,tragaperras,paris sportifs,machines à sous,sportwetten,
        spielautomaten,scommesse,apostas,jogo do tigrinho,bukmacher,zakłady bukmacherskie,
        ставки на спорт,букмекер,игровые автоматы,คาสิโน,สล็อต,บาคาร่า,แทงบอล,nhà cái,cá cược,
        카지노사이트,토토사이트,먹튀검증,bóng đá trực tiếp,lottery result,satta,satta matka,teen patti,
        rummy,vulkan,mostbet,pin up casino""",
    "pills": """viagra,cialis,levitra,kamagra,sildenafil,tadalafil,vardenafil,pharmacy online,
        online pharmacy,canadian pharmacy,cheap pills,buy pills,no prescription,without prescription,
        xanax,tramadol,adderall,oxycodone,ambien,phentermine,modafinil,ivermectin,prednisone,
        amoxicillin,clomid,steroids for sale,anabolic steroids,buy steroids,weight loss pills,
        diet pills,keto gummies,cbd gummies,male enhancement,erectile,farmacia online,sin receta,
        pharmacie en ligne,sans ordonnance,potenzmittel,ohne rezept,farmacia senza ricetta,
        виагра,сиалис,дженерики,伟哥,バイアグラ,비아그라""",
    "adult": """porn,porno,pornos,xxx,sex video,sex videos,sexcam,sex cam,webcam sex,camgirl,camgirls,
        escort,escorts,escort service,escorte,escortes,milf,hentai,nude,nudes,onlyfans leak,
        onlyfans leaked,hookup,hookups,sex dating,adult dating,adult toys,sex toys,call girls,
        call girl,erotik,erotica,putas,prostitutas,sexe,plan cul,sexkontakte,huren,puttane,acompanhantes,
        порно,секс,проститутки,интим,成人,色情,av女優,エロ,야동,bokep,ngentot,xnxx,xvideos""",
    "loans": """payday loan,payday loans,quick loan,quick loans,instant loan,instant loans,cash advance,
        bad credit loan,bad credit loans,title loans,installment loans,loan online,online loans,
        debt relief,forex robot,forex signals,binary options,crypto signals,bitcoin doubler,
        free bitcoin,airdrop crypto,crypto casino,préstamos rápidos,créditos rápidos,minicréditos,
        crédit rapide,prêt rapide,kredit ohne schufa,sofortkredit,prestiti veloci,empréstimo rápido,
        snelle lening,chwilówki,pożyczki online,займ,займы,займ онлайн,кредит онлайн,микрозайм,
        pinjaman online,网贷""",
    "knockoffs": """replica watches,replica watch,replica rolex,fake watches,replica bags,
        replica handbags,cheap jerseys,wholesale jerseys,cheap nfl jerseys,outlet online,
        cheap outlet,fake id,fake passport,counterfeit money,essay writing service,write my essay,
        essay writer,custom essay,dissertation writing,buy essay,instagram followers,buy followers,
        buy instagram,buy likes,crack download,cracked,keygen,serial key,license key free,
        torrent download,free download crack,mod apk,iptv,iptv subscription,kopia zegarka,
        réplique montre,replicas relojes,реплика часов""",
}
"""What is sold, by category: words and phrases, folded to lower case, separated by commas."""

HOST_PIECES: Final[dict[str, str]] = {
    "seo_seller": "backlink linkbuild dofollow blackhat seolink buylink linkseo",
    "gambling": "casino kasino slotgacor gacor togel sbobet bandarq pokeronline 1xbet",
    "pills": "viagra cialis kamagra levitra tramadol",
    "adult": "porn xnxx xvideos sexcam escortgirl escortservice hentai",
    "loans": "paydayloan quickloan cashadvance forexrobot",
    "knockoffs": "replicawatch cheapjersey essaywriting writemyessay modapk",
}
"""Pieces of host names that mean the category even where words run together."""

_WORD: Final = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Lower-case words of a text."""
    return _WORD.findall(text.casefold())


class WordTable:
    """Words and phrases by category, looked for in texts word by word."""

    def __init__(self, categories: Mapping[str, str]) -> None:
        self.categories = tuple(categories)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for category, entries in categories.items():
            for entry in entries.split(","):
                words = tuple(words_of(entry))
                self._phrases.setdefault(words[0], []).append((words, category))

    def find(self, words: Sequence[str], exempt: frozenset[str] = frozenset()) -> dict[str, str]:
        """The first entry of each category that stands among the words, by category.

        exempt: words of the site itself; an entry made of them alone says nothing here.
        """
        if self._phrases.keys().isdisjoint(words):
            return {}
        found: dict[str, str] = {}
        for at, word in enumerate(words):
            for phrase, category in self._phrases.get(word, ()):
                stands = tuple(words[at : at + len(phrase)]) == phrase
                if stands and category not in found and not exempt.issuperset(phrase):
                    found[category] = " ".join(phrase)
        return found

    @property
    def pattern(self) -> str:
        """A regular expression that every ASCII text with an entry matches, and few others."""
        phrases = (words for entries in self._phrases.values() for words, _ in entries)
        plain = {"[^a-z0-9]+".join(words) for words in phrases if " ".join(words).isascii()}
        return f"(?:^|[^a-z0-9])(?:{'|'.join(sorted(plain))})(?:[^a-z0-9]|$)"


WORDS_OF_SALE: Final = WordTable(CATEGORIES)
"""All of `CATEGORIES`, to be looked up."""


def maybe_any(table: WordTable, texts: Sequence[str]) -> np.ndarray:
    """Which texts may hold an entry of the table: bool[texts]. Quick, and never misses one."""
    column = pd.Series(list(texts), dtype="str")
    seen: np.ndarray = column.str.contains(table.pattern, case=False, regex=True).to_numpy(bool)
    return seen | np.fromiter((not text.isascii() for text in texts), bool, len(texts))


def categories_of(text: str, exempt: frozenset[str] = frozenset()) -> dict[str, str]:
    """What a text offers: the first word or phrase of each category, by category."""
    return WORDS_OF_SALE.find(words_of(text), exempt)


def host_category(host_name: str, exempt: frozenset[str] = frozenset()) -> dict[str, str]:
    """As `categories_of`, for the words that run together in a host name."""
    bare = host_name.casefold().replace("-", "").rpartition(".")[0]
    return {
        category: piece
        for category, pieces in HOST_PIECES.items()
        for piece in pieces.split()
        if piece in bare and piece not in exempt
    }
