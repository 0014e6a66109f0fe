"""The sections of the client's report, each from frames to markup, in reading order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from linkplanner.export import svg
from linkplanner.export.markup import (
    Html,
    address,
    join,
    literal,
    marked,
    number,
    signed,
    table,
    tag,
)

__all__ = ["Facts", "sections"]

CHART_ROWS: Final = 15
"""Bars of one chart: more are not readable on a page."""
TABLE_ROWS: Final = 40
"""Rows of a table in the report; the exports hold all."""
PLAN_ROWS: Final = 1000
"""Links of the plan in the report; the exports hold all."""
SPAM_BANDS: Final = ((0, 30, "fine"), (30, 60, "look at it"), (60, 101, "likely spam"))
"""Bands of the spam score, as quality/signals.py cuts them."""
COUNTS: Final = (
    ("pages", "pages that answer"),
    ("indexable", "of them indexable"),
    ("links", "internal links"),
    ("live_backlinks", "live backlinks"),
    ("referring_domains", "linking sites"),
    ("priorities", "priority pages"),
    ("orphans", "orphan pages"),
    ("contextual_orphans", "linked only from menus"),
)
BALANCE: Final = {
    "priority": "settles on priority pages",
    "other": "settles on other pages",
    "dead_ends": "ends on pages without links",
    "nofollow": "leaves through nofollow links",
    "external": "leaves to other sites",
    "broken": "is lost at broken addresses",
    "files": "goes to files that are no pages",
    "noindex": "stops at noindex pages",
    "evaporated": "leaves or is lost",
}
"""Parts of the balance in words; others are shown by their name."""
METHOD: Final = (
    "Links from other sites bring equity in: each counts by its authority, its relevance, the spam "
    "signs it shows, and how many links the same site sends already. All that enters the site is "
    "counted as 100 points at the first plan.",
    "Internal links carry equity on. A link in the text counts more than one in a menu or footer; "
    "what nofollow, external and broken links take leaves the site.",
    "Every proposed link is priced by solving the whole model again with it: the gain is what it "
    "brings to the priority pages, counted with their weights, on top of the links before it.",
    "These are figures of a model: modelled equity, not rankings. What a search engine makes of "
    "the links is not known to anyone outside it.",
)


@dataclass(frozen=True)
class Facts:
    """What the sections read, with missing parts as empty frames and mappings."""

    pages: pd.DataFrame
    """page_facts, with equity_before and equity_after where there is a plan."""
    backlinks: pd.DataFrame
    repairs: pd.DataFrame
    plan: pd.DataFrame
    suggestions: pd.DataFrame
    figures: Mapping[str, Any]
    """domain, counts, balance, has_links, provisional."""
    summary: Mapping[str, Any]
    """Of the plan; empty where there is none."""
    warnings: tuple[str, ...]
    origin: str
    """Scheme and host of the site, left out of addresses."""
    titles: Mapping[str, str]
    """Title by address."""

    @classmethod
    def of(
        cls,
        frames: Mapping[str, pd.DataFrame],
        figures: Mapping[str, Any],
        plan_frames: Mapping[str, pd.DataFrame],
        summary: Mapping[str, Any],
        warnings: Sequence[str],
    ) -> "Facts":
        """The facts from what the pipeline hands over."""
        none = pd.DataFrame()
        pages = plan_frames.get("pages", frames.get("page_facts", none))
        told = [*warnings, *summary.get("warnings", ())]
        titles = _columns(pages, "url", "title").dropna()
        return cls(
            pages=pages,
            backlinks=frames.get("backlinks", none),
            repairs=frames.get("repairs", none),
            plan=plan_frames.get("plan", none),
            suggestions=plan_frames.get("suggestions", none),
            figures=figures,
            summary=summary,
            warnings=tuple(dict.fromkeys(told)),
            origin=_origin(pages),
            titles=dict(zip(titles["url"], titles["title"])),
        )

    @property
    def priorities(self) -> pd.DataFrame:
        """Priority pages, most equity first."""
        if "priority" not in self.pages:
            return self.pages.head(0)
        chosen = self.pages[self.pages["priority"].fillna(0) > 0]
        return chosen.sort_values("equity", ascending=False, kind="stable")

    def page(self, url: Any, between: str = "<br>") -> Html:
        """A page by title and path, with markup between the two."""
        title = self.titles.get(url) if isinstance(url, str) else None
        return address(url, self.origin, title, between)


def sections(facts: Facts) -> list[Html]:
    """All sections that have something to say, in order."""
    written = [
        _headline(facts),
        _warnings(facts),
        _measured(facts),
        _flow(facts),
        _priorities(facts),
        _plan(facts),
        _suggestions(facts),
        _repairs(facts),
        _backlinks(facts),
        _method(),
    ]
    return [section for section in written if section]


def _headline(facts: Facts) -> Html:
    summary, links = facts.summary, len(facts.plan)
    if not facts.figures.get("has_links", True):
        text = (
            "The site's internal links are not known yet, so this report tells what the backlinks "
            "are worth and which pages fit each other; a plan with gains needs the links."
        )
    elif not links:
        text = "No new link is proposed: within the limits, none of the candidates helps."
    else:
        before, after = summary.get("points_before", 0.0), summary.get("points_after", 0.0)
        change = f" ({after / before - 1:+.0%})" if before else ""
        text = (
            f"{_many(links, 'new internal link')} would bring the priority pages from "
            f"{before:,.2f} to {after:,.2f} points of modelled equity{change}, each page "
            "counted with its weight."
        )
        if words := summary.get("certificate_words"):
            text += f" {words}"
    provisional = facts.figures.get("provisional")
    if provisional is not None:
        text += f" Provisional: {provisional:.0%} of the pages have been read."
    return tag("p", literal(text), "lead")


def _warnings(facts: Facts) -> Html:
    shown = [tag("li", literal(text)) for text in facts.warnings[:TABLE_ROWS]]
    return tag("ul", join(shown), "warnings") if shown else Html("")


def _measured(facts: Facts) -> Html:
    counts = facts.figures.get("counts", {})
    known = [(counts[name], label) for name, label in COUNTS if name in counts]
    if not known:
        return Html("")
    items = [tag("li", tag("b", number(value, 0)) + literal(label)) for value, label in known]
    return _section("What was measured", tag("ul", join(items), "figures"))


def _flow(facts: Facts) -> Html:
    balance = dict(facts.figures.get("balance") or {})
    entered = balance.pop("entered", None)
    parts = [(BALANCE.get(str(k), str(k)), float(v)) for k, v in balance.items()]
    if not facts.figures.get("has_links", True) or sum(value for _, value in parts) <= 0:
        return Html("")
    lead = "What enters the site through backlinks either settles on a page or leaves."
    if entered is not None:
        lead = f"{entered:,.1f} points enter the site; each settles on a page or leaves."
    return _section(
        "Where equity goes", _p(lead) + svg.stack(parts, "Where equity goes, in points")
    )


def _priorities(facts: Facts) -> Html:
    chosen = facts.priorities
    if chosen.empty:
        return Html("")
    if "equity_after" not in chosen or facts.plan.empty:
        known = facts.figures.get("has_links", True)
        name, column = ("Equity (points)", "equity") if known else ("Enters (points)", "seed")
        shown = chosen.head(TABLE_ROWS)
        rows = [
            [facts.page(url), number(weight), number(points)]
            for url, weight, points in zip(shown["url"], shown["priority"], shown[column])
        ]
        drawn = table(["Priority page", "Weight", name], rows, [1, 2])
        return _section("Priority pages", drawn + _rest(len(chosen), "priority pages"))
    shown = chosen.head(CHART_ROWS)
    columns = (shown["equity_before"].fillna(0.0), shown["equity_after"].fillna(0.0))
    labels = [_short(url, facts.origin) for url in shown["url"]]
    bars = list(zip(labels, *(column.tolist() for column in columns)))
    rows = [
        [
            facts.page(row.url),
            number(row.priority),
            number(row.equity_before),
            number(row.equity_after),
            signed(row.equity_after - row.equity_before),
        ]
        for row in chosen.head(TABLE_ROWS).itertuples()
    ]
    header = ["Priority page", "Weight", "Now", "With the plan", "Change"]
    chart = svg.pairs(bars, "Priority pages now (grey) and with the plan (blue), in points")
    blocked = [tag("li", facts.page(url)) for url in facts.summary.get("blocked", ())]
    held = Html("")
    if blocked:
        lead = "These priority pages are blocked: nothing reaches them, or they may not be indexed."
        held = join([_p(lead), tag("ul", join(blocked[:TABLE_ROWS]))])
    rest = _rest(len(chosen), "priority pages")
    drawn = join(
        [
            _p("In points, before they are multiplied with the weight."),
            chart,
            table(header, rows, [1, 2, 3, 4]),
            rest,
            held,
        ]
    )
    return _section("Priority pages now and with the plan", drawn)


def _plan(facts: Facts) -> Html:
    if facts.plan.empty:
        return Html("")
    plan = facts.plan.head(PLAN_ROWS)
    gains = plan["gain_cumulative"].fillna(0.0).tolist()
    groups = [
        tag("h3", "On the page " + facts.page(source, " "))
        + tag("ol", join([_link(facts, row) for row in rows.itertuples()]), "links")
        for source, rows in plan.groupby("source_url", sort=False, dropna=False)
    ]
    lead = "Grouped by the page to edit; the number is the rank by gain, so start with 1."
    drawn = svg.gain_line(gains, "Gain of the first links together, in points")
    return _section("The links to set", _p(lead) + drawn + join(groups))


def _link(facts: Facts, row: Any) -> Html:
    words = tag("b", tag("bdi", literal(row.anchor))) if _text(row.anchor) else ""
    lead = f"{number(row.rank, 0)}. Link {words} to {facts.page(row.target_url, ' ')} "
    gain = tag("span", f"{signed(row.gain)} points", "gain") if pd.notna(row.gain) else ""
    quoted = ""
    if _text(row.sentence):
        sentence = marked(row.sentence, row.anchor, row.sentence_before)
        quoted = tag("blockquote", sentence)
    action = _p(row.action) if _text(row.action) else ""
    return tag("li", lead + gain + quoted + action)


def _suggestions(facts: Facts) -> Html:
    if facts.suggestions.empty:
        return Html("")
    rows = [
        [facts.page(row.source_url), facts.page(row.target_url), number(row.relevance, 0)]
        for row in facts.suggestions.head(TABLE_ROWS).itertuples()
    ]
    drawn = table(["From page", "To page", "Relevance"], rows, [2])
    lead = (
        "These pages fit each other by title and address. Whether they are linked already, and "
        "what a link would bring, cannot be said without the internal links."
    )
    rest = _rest(len(facts.suggestions), "suggestions")
    return _section("Suggestions to check", _p(lead) + drawn + rest)


def _repairs(facts: Facts) -> Html:
    if facts.repairs.empty:
        return Html("")
    rows = [
        [
            join([literal(row.kind), tag("div", literal(_text(row.detail)), "note")]),
            facts.page(row.url),
            facts.page(row.redirect_to),
            number(row.links_in, 0),
            number(row.backlinks, 0),
            signed(row.gain),
        ]
        for row in facts.repairs.head(TABLE_ROWS).itertuples()
    ]
    header = ["What", "Address", "Lead it to", "Links in", "Backlinks", "Gain (points)"]
    rest = _rest(len(facts.repairs), "repairs")
    return _section("Repairs", table(header, rows, [3, 4, 5]) + rest)


def _backlinks(facts: Facts) -> Html:
    if facts.backlinks.empty:
        return Html("")
    live = facts.backlinks[~facts.backlinks["lost"].fillna(False).astype("bool")]
    spam = live["spam"].dropna()
    bands = [
        (f"{low} to {min(high, 101) - 1}: {name}", float(((spam >= low) & (spam < high)).sum()))
        for low, high, name in SPAM_BANDS
    ]
    sites = _many(live["source_domain"].nunique(), "site")
    lead = f"{_many(len(live), 'live backlink')} from {sites}."
    drawn = _p(lead) + _sites(live)
    if len(spam):
        drawn += _p(
            "Live backlinks by spam signs, 0 to 100. A high score is a reason to look, not a "
            "reason to disavow: search engines ignore most such links by themselves."
        ) + svg.bars(bands, "Live backlinks by spam score")
    return _section("Links from other sites", drawn)


def _sites(live: pd.DataFrame) -> Html:
    """The sites whose links are worth most, with their share of all worth."""
    worth = live.assign(worth=live["worth"].fillna(0.0)).groupby("source_domain")
    sites = worth.agg(
        links=("worth", "size"), worth=("worth", "sum"),
        authority=("authority", "max"), spam=("spam", "median"),
    ).sort_values("worth", ascending=False, kind="stable")  # fmt: skip
    total = float(sites["worth"].sum())
    if total <= 0:
        return Html("")
    rows = [
        [
            tag("bdi", literal(row.Index)),
            number(row.links, 0),
            Html(f"{row.worth / total:.1%}"),
            number(row.authority, 0),
            number(row.spam, 0),
        ]
        for row in sites.head(CHART_ROWS).itertuples()
    ]
    header = ["Site", "Links", "Share of all worth", "Authority", "Spam signs"]
    rest = _rest(len(sites), "sites", CHART_ROWS)
    lead = _p("The sites whose links are worth most:")
    return join([lead, table(header, rows, [1, 2, 3, 4]), rest])


def _method() -> Html:
    return _section("How this was worked out", join([_p(text) for text in METHOD]))


def _section(title: str, content: str) -> Html:
    return tag("section", tag("h2", literal(title)) + content)


def _p(text: str) -> Html:
    return tag("p", literal(text))


def _rest(count: int, what: str, shown: int = TABLE_ROWS) -> Html:
    if count <= shown:
        return Html("")
    return tag("p", literal(f"… and {count - shown:,} more {what} in the export."), "note")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _short(url: Any, origin: str) -> str:
    text = _text(url)
    return text[len(origin) :] if origin and text.startswith(origin + "/") else text


def _columns(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    return frame.reindex(columns=list(names))


def _origin(pages: pd.DataFrame) -> str:
    """Scheme and host that most pages share; empty where addresses are none."""
    hosts: dict[str, int] = {}
    for url in _columns(pages, "url")["url"].dropna().head(1000):
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            key = f"{parts.scheme}://{parts.netloc}"
            hosts[key] = hosts.get(key, 0) + 1
    return max(hosts, key=lambda key: hosts[key], default="")
