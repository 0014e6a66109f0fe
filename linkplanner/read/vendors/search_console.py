"""Google Search Console: the five links reports and Performance, in the interface's languages."""

from typing import Final

from linkplanner.read.reports import Report, col, count

__all__ = ["FILTERS", "REPORTS", "TABLE_CAP"]

TABLE_CAP = 1_000
"""Rows at which Search Console's tables stop (Search Console help, "About the links report")."""

LATEST_CAP = 100_000
"""Rows at which "Latest links" stops (same page)."""

_LINKING_PAGE = ("Linking page", "Page d'origine", "Verlinkende Seite", "Página de enlace",
                 "Página con enlaces", "Pagina con link")  # fmt: skip
_CRAWLED = ("Last crawled", "Dernière exploration", "Zuletzt gecrawlt", "Último rastreo",
            "Ultima scansione")  # fmt: skip
_TARGET = ("Target page", "Page cible", "Zielseite", "Página de destino", "Página objetivo",
           "Pagina di destinazione", "Top target pages", "Top linked pages",
           "Pages cibles")  # fmt: skip
_INCOMING = ("Incoming links", "Liens entrants", "Eingehende Links", "Enlaces entrantes",
             "Link in entrata")  # fmt: skip
_SITES = ("Linking sites", "Sites d'origine", "Sites référents", "Verweisende Websites",
          "Verlinkende Websites", "Sitios web de enlace", "Sitios de enlace",
          "Sitios con enlaces", "Siti con link")  # fmt: skip
_INTERNAL = ("Internal links", "Liens internes", "Interne Links", "Enlaces internos",
             "Link interni")  # fmt: skip
_PAGES = ("Top pages", "Page", "Pages", "Pages les plus populaires", "Páginas principales",
          "Página", "Páginas", "Die häufigsten Seiten", "Häufigste Seiten", "Seite", "Seiten",
          "Pagine principali", "上位のページ", "Самые популярные страницы")  # fmt: skip
_QUERIES = ("Top queries", "Query", "Queries", "Requêtes les plus fréquentes", "Requête",
            "Requêtes", "Consultas principales", "Consulta", "Consultas",
            "Häufigste Suchanfragen", "Suchanfrage", "Query principali", "上位のクエリ",
            "Популярные запросы")  # fmt: skip
_CLICKS = ("Clicks", "Clics", "Klicks", "Clic", "クリック数", "Клики")
_IMPRESSIONS = ("Impressions", "Impresiones", "Impressionen", "Impressioni", "表示回数", "Показы")
_CTR = ("CTR", "Klickrate", "Click-through rate")
_POSITION = ("Position", "Posición", "Posizione", "掲載順位", "Позиция", "Average position")

_LINKS = Report(
    vendor="Search Console",
    name="latest links",
    kind="backlinks",
    columns={"source_url": col(*_LINKING_PAGE), "last_seen": col(*_CRAWLED)},
    required=("source_url", "last_seen"),
    caps=(TABLE_CAP, LATEST_CAP),
    only=True,
    notes=(
        "Search Console does not say which page these links go to; export “Top target pages” "
        "of the external links too.",
    ),
)

_SAMPLE = Report(
    vendor="Search Console",
    name="more sample links",
    kind="backlinks",
    columns={"source_url": col(*_LINKING_PAGE)},
    required=("source_url",),
    only=True,
    caps=(TABLE_CAP, LATEST_CAP),
    notes=_LINKS.notes,
)

_SITES_REPORT = Report(
    vendor="Search Console",
    name="top linking sites",
    kind="domains",
    columns={
        "domain": col("Site", "Top linking sites", "Website", "Sitio", "Sito"),
        "backlinks": count("Linking pages", "Pages d'origine", "Verlinkende Seiten",
                           "Páginas de enlace", "Páginas con enlaces", "Pagine con link"),
        "targets": col("Target pages", "Pages cibles", "Zielseiten", "Páginas de destino",
                       "Páginas objetivo", "Pagine di destinazione"),
    },
    required=("domain", "backlinks", "targets"),
    caps=(TABLE_CAP,),
)  # fmt: skip

_TARGETS = Report(
    vendor="Search Console",
    name="top target pages (external)",
    kind="targets",
    columns={
        "url": col(*_TARGET),
        "incoming_links": count(*_INCOMING),
        "linking_sites": count(*_SITES),
    },
    required=("url", "incoming_links"),
    caps=(TABLE_CAP,),
    only=True,
)

_INTERNAL_TARGETS = Report(
    vendor="Search Console",
    name="top target pages (internal)",
    kind="other",
    columns={"url": col(*_TARGET), "links": col(*_INTERNAL)},
    required=("url", "links"),
    only=True,
    explain="It counts links inside your own site, so they are not backlinks; export “Top target "
    "pages” under External links, which has the same file name.",
)

_ANCHORS = Report(
    vendor="Search Console",
    name="top linking text",
    kind="anchors",
    columns={
        "anchor": col("Link text", "Linking text", "Top linking text", "Texte du lien",
                      "Linktext", "Texto del enlace", "Testo del link"),
        "rank": col("Rank", "Classement", "Rang", "Clasificación", "Count", "Links"),
    },
    required=("anchor",),
    only=True,
    explain="It lists link texts without saying where the links stand; export “Latest links” and "
    "“Top target pages” of the external links instead.",
)  # fmt: skip

_PERFORMANCE = {
    "clicks": count(*_CLICKS),
    "impressions": count(*_IMPRESSIONS),
    "ctr": col(*_CTR),
    "position": col(*_POSITION),
}

_PERFORMANCE_PAGES = Report(
    vendor="Search Console",
    name="performance pages",
    kind="traffic",
    columns={"url": col(*_PAGES), **_PERFORMANCE},
    required=("url", "clicks", "impressions"),
    forbidden=tuple(col(*_QUERIES).names),
    caps=(TABLE_CAP,),
)

_PERFORMANCE_BOTH = Report(
    vendor="Search Console",
    name="performance by query and page",
    kind="traffic",
    columns={"url": col(*_PAGES), "query": col(*_QUERIES), **_PERFORMANCE},
    required=("url", "query", "clicks", "impressions"),
)

_PERFORMANCE_QUERIES = Report(
    vendor="Search Console",
    name="performance queries",
    kind="other",
    columns={"query": col(*_QUERIES), **_PERFORMANCE},
    required=("query", "clicks", "impressions"),
    only=True,
    explain="It lists search queries without pages; the “Pages” table of the same export is the "
    "one that is used.",
)

_PERFORMANCE_OTHER = Report(
    vendor="Search Console",
    name="performance by country, device, date or appearance",
    kind="other",
    columns={
        "what": col(
            "Country", "Device", "Date", "Dates", "Search appearance", "Search Appearance", "Pays",
            "Appareil", "Apparence dans les résultats de recherche", "País", "Dispositivo",
            "Fecha", "Aparición en búsquedas", "Land", "Gerät", "Datum",
            "Darstellung in der Suche",
        ),
        **_PERFORMANCE,
    },
    required=("what", "clicks", "impressions"),
    explain="It has no pages; the “Pages” table of the same export is the one that is used.",
    only=True,
)  # fmt: skip

_FILTERS = Report(
    vendor="Search Console",
    name="performance filters",
    kind="other",
    columns={
        "filter": col("Filter", "Filtre", "Filtro"),
        "value": col("Value", "Valeur", "Valor", "Wert"),
    },
    required=("filter", "value"),
    only=True,
    explain="It names the filters that were set for the export; nothing is read from it.",
)

FILTERS: Final = _FILTERS.title
"""The table of an export that says how it was filtered."""

REPORTS = (
    _LINKS,
    _SAMPLE,
    _SITES_REPORT,
    _TARGETS,
    _INTERNAL_TARGETS,
    _ANCHORS,
    _PERFORMANCE_PAGES,
    _PERFORMANCE_BOTH,
    _PERFORMANCE_QUERIES,
    _PERFORMANCE_OTHER,
    _FILTERS,
)
