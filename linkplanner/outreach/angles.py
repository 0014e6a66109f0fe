"""Kinds of pages that earn links (studies, guides, tools, ...), told by address and title."""

import re
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.urls import path_words

__all__ = ["ANGLES", "angles_of", "earned_by_angle"]

ANGLES: Final = {
    "statistics": "statistics statistic stats figures numbers statistik statistiken zahlen "
    "statistiques chiffres estadísticas estadisticas cifras statistiche",
    "study": "study studies research report survey benchmark whitepaper studie umfrage bericht "
    "étude etude enquête rapport estudio informe encuesta studio ricerca",
    "tool": "tool tools calculator generator checker converter finder quiz rechner werkzeug "
    "outil calculatrice simulateur calculadora herramienta calcolatore",
    "template": "template templates checklist worksheet cheatsheet planner vorlage vorlagen "
    "checkliste modèle modele plantilla modello",
    "guide": "guide guides how-to howto tutorial handbook basics explained tips anleitung ratgeber "
    "leitfaden tipps conseils guía guia consejos guida",
    "comparison": "comparison compare versus vs best top review reviews vergleich test meilleur "
    "comparatif comparativa mejores confronto",
}
"""Words of address and title that tell the kind, strongest kind first; other pages have none."""
NONE: Final = "other"
_WORD: Final = re.compile(r"[\w-]+")


def angles_of(urls: pd.Series, titles: pd.Series) -> np.ndarray:
    """Kind of each page: a key of ANGLES, or “other”."""
    table = {word: name for name, words in reversed(ANGLES.items()) for word in words.split()}
    rank = {name: place for place, name in enumerate([*ANGLES, NONE])}

    def kind(url: str, title: str) -> str:
        words = {*path_words(url).casefold().split(), *_WORD.findall(title.casefold())}
        if "how" in words and "to" in words:
            words.add("howto")
        return min((table[w] for w in words if w in table), key=rank.__getitem__, default=NONE)

    pairs = zip(urls.fillna("").astype("str"), titles.fillna("").astype("str"), strict=True)
    return np.array([kind(url, title) for url, title in pairs], dtype=object)


def earned_by_angle(
    pages: pd.DataFrame, live: pd.DataFrame, competitors: pd.DataFrame
) -> pd.DataFrame:
    """What each kind of page earned here and with competitors.

    pages: [url, title, angle, row]; live: backlinks that stand [row, source_domain, points];
    competitors: [target_url, source_domain, competitor]. Gives angle, pages, linking_sites,
    points, points_per_page, competitor_sites, lacking (no page here, competitors earn with it).
    """
    own = live.merge(pages[["row", "angle"]], on="row")
    table = pd.DataFrame({"angle": [*ANGLES, NONE]})
    table["pages"] = table["angle"].map(pages["angle"].value_counts()).fillna(0).astype("int64")
    groups = own.groupby("angle")
    table["linking_sites"] = table["angle"].map(groups["source_domain"].nunique()).fillna(0)
    table["points"] = table["angle"].map(groups["points"].sum()).fillna(0.0)
    table["points_per_page"] = table["points"] / table["pages"].clip(lower=1)
    theirs = competitors.dropna(subset=["target_url"])
    distinct = theirs["target_url"].drop_duplicates()
    kinds = dict(zip(distinct, angles_of(distinct, pd.Series("", index=distinct.index))))
    sites = theirs.groupby(theirs["target_url"].map(kinds))["source_domain"].nunique()
    table["competitor_sites"] = table["angle"].map(sites).fillna(0)
    for column in ("linking_sites", "competitor_sites"):
        table[column] = table[column].astype("int64")
    table["lacking"] = (table["pages"] == 0) & (table["competitor_sites"] > 0)
    return table.sort_values("points_per_page", ascending=False, ignore_index=True)
