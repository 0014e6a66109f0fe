"""Screaming Frog SEO Spider: link and page exports of versions 6 to 23, EN, FR, ES and DE."""

from typing import Final

from linkplanner.read.cells import fold
from linkplanner.read.reports import Keep, Report, col, count, no

__all__ = ["POSITION_WORDS", "REPORTS"]

HYPERLINKS: Final = frozenset(
    fold(word)
    for word in ("HREF", "AHREF", "Hyperlink", "Hyperlien", "Hipervínculo", "Hiperenlace",
                 "Enlace", "Lien hypertexte", "Collegamento ipertestuale")
)  # fmt: skip
"""What "Type" says of a link that a visitor can follow, by version and language."""

POSITION_WORDS: Final = {
    fold(word): position
    for position, words in {
        "content": ("Content", "Contenu", "Contenido", "Inhalt", "Contenuto", "Main"),
        "breadcrumb": ("Breadcrumb", "Breadcrumbs", "Fil d'ariane", "Migas de pan",
                       "Brotkrümel"),
        "sidebar": ("Aside", "Sidebar", "Barre latérale", "Barra lateral", "Seitenleiste"),
        "navigation": ("Navigation", "Nav", "Navegación", "Navigazione", "Menu"),
        "header": ("Header", "En-tête", "Entête", "Encabezado", "Cabecera", "Kopfzeile",
                   "Intestazione"),
        "footer": ("Footer", "Pied de page", "Pie de página", "Pie", "Fußzeile", "Fusszeile",
                   "Piè di pagina"),
    }.items()
    for word in words
}  # fmt: skip
"""What "Link Position" says, by language; the rest ("Head", custom names) is unknown."""

_LINK_COLUMNS = {
    "type": col("Type", "Typ", "Tipo"),
    "source_url": col("Source", "Origen", "Quelle"),
    "target_url": col("Destination", "Destino", "Ziel"),
    "anchor": col("Anchor", "Anchor Text", "Ancrage", "Ancre", "Texte d'ancrage",
                  "Texto de anclaje", "Ancla", "Anker", "Ankertext"),
    "alt": col("Alt Text", "Texte Alt", "Texte alternatif", "Texto alternativo", "Texto Alt",
               "Alt-Text"),
    "target_status": count("Status Code", "Code de statut", "Code HTTP", "Código de respuesta",
                           "Código de estado", "Statuscode", "Status-Code"),
    "nofollow": no("Follow", "Suivre", "Suivi", "Seguir"),
    "rel": col("Rel"),
    "position": col("Link Position", "Position du lien", "Posición del enlace",
                    "Linkposition", "Link-Position"),
    "origin": col("Link Origin", "Origine du lien", "Origen del enlace"),
    "path": col("Link Path", "Chemin du lien", "Ruta del enlace", "Linkpfad", "Link-Pfad"),
    "path_type": col("Path Type", "Type de chemin"),
    "size": col("Size (Bytes)", "Taille (octets)", "Tamaño (bytes)"),
}  # fmt: skip

_LINKS = Report(
    vendor="Screaming Frog",
    name="links",
    kind="links",
    columns=_LINK_COLUMNS,
    required=("source_url", "target_url"),
    any_of=("type", "nofollow", "alt", "position"),
    keep=Keep("type", HYPERLINKS, "“{value}” is no link that a visitor can follow"),
)

_PAGE_COLUMNS = {
    "url": col("Address", "Adresse", "Dirección", "Indirizzo"),
    "content_type": col("Content Type", "Content", "Type de contenu", "Tipo de contenido",
                        "Inhaltstyp", "Content-Typ", "Content-Type"),
    "status": count("Status Code", "Code HTTP", "Code de statut", "Código de respuesta",
                    "Código de estado", "Statuscode", "Status-Code"),
    "status_text": col("Status", "Statut", "Estado"),
    "indexability": col("Indexability", "Indexabilité", "Indexabilidad", "Indexierbarkeit"),
    "indexability_status": col("Indexability Status", "Statut d'indexabilité",
                               "Estado de indexabilidad", "Status der Indexierbarkeit",
                               "Indexierbarkeitsstatus"),
    "title": col("Title 1", "Titre 1", "Título 1", "Titel 1"),
    "h1": col("H1-1"),
    "robots": col("Meta Robots 1", "Meta robots 1", "Meta-Robots 1"),
    "x_robots": col("X-Robots-Tag 1", "Balise X-Robots 1", "Etiqueta X-Robots 1"),
    "canonical": col("Canonical Link Element 1", "Élément de lien en version canonique 1",
                     "Elemento de enlace canónico 1", "Canonical-Link-Element 1",
                     "Kanonisches Linkelement 1"),
    "redirect_to": col("Redirect URL", "Redirect URI", "URL de redirection",
                       "URL de redirección", "URL de redireccionamiento", "Weiterleitungs-URL"),
    "language": col("Language", "Langue", "Idioma", "Sprache"),
    "words": count("Word Count", "Nombre de mots", "Recuento de palabras", "Wortanzahl",
                   "Anzahl der Wörter"),
    "lastmod": col("Last Modified", "Dernière modification", "Última modificación",
                   "Zuletzt geändert"),
    "out_external": count("Unique External Outlinks", "Liens sortants externes uniques",
                          "Enlaces salientes externos únicos", "Eindeutige externe Outlinks",
                          "External Outlinks", "Liens sortants externes",
                          "Enlaces salientes externos", "Externe Outlinks"),
    "inlinks": col("Inlinks", "Liens entrants", "Enlaces internos", "Unique Inlinks"),
    "depth": col("Crawl Depth", "Crawl profondeur", "Profondeur du crawl",
                 "Nivel de profundidad", "Crawl-Tiefe", "Level"),
    "encoded": col("URL Encoded Address", "Adresse codée en URL"),
}  # fmt: skip

_PAGES = Report(
    vendor="Screaming Frog",
    name="internal pages",
    kind="pages",
    columns=_PAGE_COLUMNS,
    required=("url",),
    any_of=("status", "indexability", "title", "canonical", "robots"),
)

_EXTERNAL = Report(
    vendor="Screaming Frog",
    name="external pages",
    kind="other",
    columns={
        name: _PAGE_COLUMNS[name]
        for name in ("url", "content_type", "status", "status_text", "depth", "inlinks")
    },
    required=("url", "content_type", "status", "status_text", "depth", "inlinks"),
    only=True,
    explain="It lists pages of other sites that yours links to; export Internal › All, and Bulk "
    "Export › Links › All Inlinks.",
)

_CHAINS = Report(
    vendor="Screaming Frog",
    name="redirect chains",
    kind="other",
    columns={
        "source": col("Source"),
        "url": col("Address"),
        "final": col("Final Address"),
        "chain": col("Chain Type"),
    },
    required=("url", "final", "chain"),
    explain="Its redirects stand in Internal › All too, which is what is used; export that.",
)

REPORTS = (_LINKS, _EXTERNAL, _PAGES, _CHAINS)
