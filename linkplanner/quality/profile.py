"""The backlink profile as a whole: who links, how, from where, since when, and how evenly."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.quality.signals import BANDS
from linkplanner.quality.worth import diminished
from linkplanner.settings import QualitySettings

__all__ = ["Profile", "bursts", "headline", "months", "profile", "sites_where"]

COUNTRY_ENDINGS: Final = frozenset(
    "ad ae al am ar at au az ba bd be bg bo br by ca ch cl cn cr cu cy cz de dk do dz ec ee eg es "
    "fi fr gb ge gr gt hk hn hr hu id ie il in iq ir is it jo jp ke kr kw kz lb lk lt lu lv ma md "
    "mk mt mx my ng ni nl no np nz pa pe ph pk pl pt py qa ro rs ru sa se sg si sk sv th tn tr tw "
    "ua uk us uy uz ve vn za".split()
)
"""Endings that name a country; others (.io, .tv, .co, .me) are sold to everybody."""
BURST_TIMES: Final = 4.0
"""Times the usual number of new sites from which a month is a burst: where the spam sign of the
same name begins, see `quality.signals`."""
BURST_SITES: Final = 10
"""New sites that a burst has at least: four instead of one is chance."""
RECENT: Final = 3
"""Months that "now" means in the velocity."""


@dataclass(frozen=True)
class Profile:
    """The figures of a profile; shares are 0 to 1."""

    figures: dict[str, Any]
    """links, live, domains, follow_share, text_share, velocity, velocity_before, half_domains,
    top_share, effective_domains, risk."""
    kinds: pd.DataFrame
    """kind, backlinks, sites of live links."""
    countries: pd.DataFrame
    """country (ending of the linking domain, "other"), sites."""
    languages: pd.DataFrame
    """language, sites; empty where the export tells none."""
    months: pd.DataFrame
    """month, new, lost: sites first and last seen."""
    domains: pd.DataFrame
    """source_domain, backlinks, worth (with diminishing returns), share, authority, spam."""


def profile(backlinks: pd.DataFrame, settings: QualitySettings) -> Profile:
    """The profile of scored BACKLINKS. Counts are of sites where nothing else is said, so that a
    sitewide link does not outweigh everything."""
    live = backlinks[~backlinks["lost"]]
    domains = _domains(live, settings)
    by_month = months(backlinks)
    now, before = _velocity(by_month)
    figures = {
        "links": len(backlinks),
        "live": len(live),
        "domains": len(domains),
        "follow_share": _share(~(live["nofollow"] | live["ugc"] | live["sponsored"])),
        "text_share": _share(~live["is_image"]),
        "velocity": now,
        "velocity_before": before,
        **_concentration(domains["share"].to_numpy()),
    }
    return Profile(figures, _kinds(live), _countries(live), _languages(live), by_month, domains)


def headline(backlinks: pd.DataFrame, settings: QualitySettings) -> dict[str, int]:
    """The figures of the one sentence over all backlinks, kept with an analysis.

    live: links that stand; sites: from how many; half: fewest sites that bring half of the worth,
    0 where nothing counts; suspicious: live links in the highest band of spam.
    """
    live = backlinks[~backlinks["lost"]]
    site = live["source_domain"].fillna(live["source_url"])
    brings = pd.Series(diminished(live, settings.domain_decay), index=live.index)
    shares = brings.groupby(site).sum().sort_values(ascending=False)
    total = float(shares.sum())
    return {
        "live": len(live),
        "sites": int(site.nunique()),
        "half": int((shares.cumsum() < total / 2).sum()) + 1 if total > 0 else 0,
        "suspicious": int((live["spam"].fillna(0) >= max(limit for limit, _ in BANDS)).sum()),
    }


def _share(flags: pd.Series) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _kinds(live: pd.DataFrame) -> pd.DataFrame:
    groups = live.assign(kind=live["kind"].fillna("unknown")).groupby("kind")
    table = groups.agg(backlinks=("source_url", "size"), sites=("source_domain", "nunique"))
    return table.sort_values(["sites", "backlinks"], ascending=False).reset_index()


def _country(names: pd.Series) -> pd.Series:
    ending = names.str.rpartition(".")[2] if len(names) else names
    return ending.where(ending.isin(COUNTRY_ENDINGS), "other")


def _countries(live: pd.DataFrame) -> pd.DataFrame:
    country = _country(pd.Series(live["source_domain"].dropna().unique(), dtype="str"))
    return country.value_counts().rename_axis("country").reset_index(name="sites")


def _language(live: pd.DataFrame) -> pd.Series:
    code = live["language"].astype("str").str.extract(r"^\s*([A-Za-z]{2})", expand=False)
    return code.str.lower()


def _languages(live: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame({"language": _language(live), "site": live["source_domain"]}).dropna()
    return (
        rows.drop_duplicates()["language"]
        .value_counts()
        .rename_axis("language")
        .reset_index(name="sites")
    )


def months(backlinks: pd.DataFrame) -> pd.DataFrame:
    """Sites by month of first sighting, and of last sighting where all their links are lost:
    frame [month, new, lost], every month between the first and the last."""
    dated = backlinks.dropna(subset=["source_domain"])
    groups = dated.groupby("source_domain")
    sites = groups.agg(first=("first_seen", "min"), last=("last_seen", "max"), gone=("lost", "all"))
    new = sites["first"].dropna().dt.to_period("M").value_counts()
    lost = sites.loc[sites["gone"], "last"].dropna().dt.to_period("M").value_counts()
    if new.empty and lost.empty:
        return pd.DataFrame({"month": pd.Series(dtype="datetime64[us]"), "new": [], "lost": []})
    every = [*new.index, *lost.index]
    span = pd.period_range(min(every), max(every), freq="M")
    return pd.DataFrame(
        {
            "month": span.to_timestamp().astype("datetime64[us]"),
            "new": new.reindex(span, fill_value=0).to_numpy(),
            "lost": lost.reindex(span, fill_value=0).to_numpy(),
        }
    )


def bursts(by_month: pd.DataFrame) -> pd.Series:
    """bool by row of `months`: whether far more sites than usual were first seen in that month.

    Usual is the median over the months with any.
    """
    new = by_month["new"].astype("float64")
    usual = max(1.0, float(new[new > 0].median())) if (new > 0).any() else 1.0
    return (new >= BURST_SITES) & (new >= BURST_TIMES * usual)


def sites_where(backlinks: pd.DataFrame, picks: Mapping[str, Collection[str]]) -> pd.Series:
    """Linking sites (str, each once) that fit all picks; an empty pick fits every site.

    picks: any of kind, language, country and site, as `Profile` names them, over live links, and
    month (such as 2026-01) in which a site was first seen, over all links.
    """
    live = backlinks[~backlinks["lost"] & backlinks["source_domain"].notna()]
    values = {
        "kind": lambda: live["kind"].fillna("unknown"),
        "language": lambda: _language(live),
        "country": lambda: _country(live["source_domain"].astype("str")),
        "site": lambda: live["source_domain"],
        "month": lambda: live["source_domain"].map(
            backlinks.groupby("source_domain")["first_seen"].min().dt.strftime("%Y-%m")
        ),
    }
    site = pd.Series(live["source_domain"].unique(), dtype="str")
    for name, wanted in picks.items():
        if wanted:
            fit = values[name]().isin(list(wanted))
            site = site[site.isin(live.loc[fit, "source_domain"])]
    return site.reset_index(drop=True)


def _velocity(by_month: pd.DataFrame) -> tuple[float, float]:
    """New sites a month, in the last three months and in the twelve before; the newest month of
    an export is seldom whole and is left out."""
    new = by_month["new"].to_numpy(dtype=np.float64)[:-1]
    now, before = new[-RECENT:], new[-RECENT - 12 : -RECENT]
    return float(now.mean()) if len(now) else 0.0, float(before.mean()) if len(before) else 0.0


def _domains(live: pd.DataFrame, settings: QualitySettings) -> pd.DataFrame:
    counted = live.assign(worth=diminished(live, settings.domain_decay))
    groups = counted.groupby(counted["source_domain"].fillna(counted["source_url"]))
    table = groups.agg(
        backlinks=("source_url", "size"), worth=("worth", "sum"),
        authority=("authority", "max"), spam=("spam", "max"),
    )  # fmt: skip
    total = table["worth"].sum()
    table["share"] = table["worth"] / total if total > 0 else 0.0
    table = table.sort_values(["worth", "backlinks"], ascending=False)
    return table.rename_axis("source_domain").reset_index()


def _concentration(shares: np.ndarray) -> dict[str, Any]:
    """How much hangs on few sites: shares are sorted, largest first.

    half_domains: fewest sites that bring half; top_share: share of the strongest;
    effective_domains: 1 / sum of squared shares (the inverse Herfindahl index), the number of equal
    sites that would be as concentrated.
    """
    squares = float((shares**2).sum())
    if squares <= 0:
        return {"half_domains": 0, "top_share": 0.0, "effective_domains": 0.0, "risk": "unknown"}
    half = int(np.searchsorted(np.cumsum(shares), 0.5 - 1e-12) + 1)
    effective = 1.0 / squares
    risk = "high" if effective < 5 else "medium" if effective < 20 else "low"
    return {
        "half_domains": half,
        "top_share": float(shares[0]),
        "effective_domains": effective,
        "risk": risk,
    }
