"""An Ahrefs backlink export for any site: good, middling, weak and spammy links, all invented.

Sources stand under the reserved domain .example; spam networks carry digits and a cheap ending,
because the ending is one of the signals that a score looks at.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from linkplanner.errors import InputError
from linkplanner.sample.sources import NETWORKS, SORTS, Sort, Source, make_sources, share
from linkplanner.urls import canonical, host, path_words

__all__ = ["AHREFS_COLUMNS", "EXPORTED", "TargetFacts", "write_ahrefs_backlinks"]

AHREFS_COLUMNS = (
    "Referring page title|Referring page URL|Language|Platform|Referring page HTTP code"
    "|Domain rating|UR|Domain traffic|Referring domains|Linked domains|External links|Page traffic"
    "|Keywords|Target URL|Left context|Anchor|Right context|Redirect Chain URLs"
    "|Redirect Chain status codes|Type|Is spam|Content|Nofollow|UGC|Sponsored|Rendered|Raw"
    "|Lost status|Drop reason|Discovered status|First seen|Last seen|Lost|Author|Page type"
    "|Page category|Links in group"
).split("|")
"""Header of Ahrefs' backlink export, 2026."""

EXPORTED = datetime(2026, 11, 2, 9, 30)
"""Moment at which the export pretends to have been made."""

_ODD_ANCHORS = (
    '=HYPERLINK("http://click.example";"free kit")',
    "=1+1",
    "+44 recommended",
    "-20% off with code",
    "@{brand_lower}",
    "⛺ so good 🏔️🔥",
    "👉 {brand}",
    "登山用品のおすすめ",
    "帐篷推荐",
    "  {brand}\u200b ",
)
"""Anchors that break careless readers: formulas, emoji, other scripts, invisible characters."""

_LOST = {
    "removedfromhtml": 200,
    "notfound": 404,
    "lostredirect": 301,
    "pageerror": 500,
    "noindex": 200,
    "notcanonical": 200,
}
"""Lost status and the HTTP code of the page that goes with it."""
_DROPPED = {"tooold": 0, "disallowed": 403, "nxdomain": 0}
"""Drop reason and the HTTP code that goes with it."""


@dataclass(frozen=True)
class TargetFacts:
    """What is known of the targets; all of it may be left out."""

    topics: Mapping[str, str] = field(default_factory=dict)
    """Address to what it is about, as a plural noun phrase: "backpacking tents"."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Address to its title."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Address to the address at which it ends up."""
    wanted: tuple[str, ...] = ()
    """Addresses that get two good links and one middling link each, whatever chance says."""


def write_ahrefs_backlinks(
    path: Path,
    targets: Sequence[str],
    seed: int,
    rows: int = 600,
    facts: TargetFacts | None = None,
) -> dict[str, int]:
    """Write an export of `rows` backlinks to pages of any site; the number of rows by sort.

    UTF-16LE with BOM, tabs, every cell quoted, LF, as Ahrefs' Excel flavour. Raises InputError
    where there is nothing to link to.
    """
    if not targets:
        raise InputError(
            "“targets” is empty; give at least one address that backlinks can point to."
        )
    made = _Export([canonical(target) for target in targets], seed, rows, facts or TargetFacts())
    records = made.records()
    lines = ["\t".join(_cell(name) for name in AHREFS_COLUMNS)]
    lines += ["\t".join(_cell(row.get(c, "")) for c in AHREFS_COLUMNS) for _, row in records]
    path.write_bytes(b"\xff\xfe" + ("\n".join(lines) + "\n").encode("utf-16-le"))
    sorts = [name for name, _ in records]
    return {name: sorts.count(name) for name in (*SORTS, "redirect") if name in sorts}


Record = dict[str, str]


class _Export:
    """Makes the rows of one export."""

    def __init__(self, targets: list[str], seed: int, rows: int, facts: TargetFacts) -> None:
        self._rng = random.Random(f"backlinks:{seed}:{len(targets)}:{rows}")
        self._targets = targets
        self._rows = rows
        self._facts = facts
        self._sources = make_sources(seed, rows)
        self._weights = [self._weight(target) for target in targets]
        self._bursts = {
            name: EXPORTED - timedelta(days=self._rng.randint(20, 300)) for name in NETWORKS
        }
        self._brand = _brand(targets[0])

    def records(self) -> list[tuple[str, Record]]:
        """Sort and row of every link, strongest domain first, as Ahrefs orders them."""
        jobs: list[tuple[str, str]] = []
        for target in self._facts.wanted:
            jobs += [("editorial", target), ("blog", target), ("club", target)]
        for name in SORTS:
            missing = share(name, self._rows) - sum(1 for sort, _ in jobs if sort == name)
            jobs += [(name, self._target(name)) for _ in range(missing)]
        jobs = jobs[: self._rows]
        jobs += [("redirect", self._target("redirect")) for _ in range(self._rows - len(jobs))]
        made = []
        for number, (name, target) in enumerate(jobs):
            row = self._redirect(target) if name == "redirect" else self._row(name, number, target)
            made.append((name, row))
        self._make_odd(made)
        made.sort(key=lambda item: -float(item[1]["Domain rating"]))
        return made

    # --- what is linked ------------------------------------------------------------------------

    def _weight(self, target: str) -> float:
        """Links go to few pages: the home page first, the others by chance with a long tail."""
        if not path_words(target):
            return max(4.0, len(self._targets) * 0.4)
        return min(self._rng.paretovariate(1.1), 25.0)

    def _target(self, name: str) -> str:
        if name in NETWORKS:
            return self._rng.choice(self._targets[:6])
        return self._rng.choices(self._targets, self._weights)[0]

    def _variant(self, target: str) -> str:
        """The address as somebody typed it: other scheme, with or without www, no last slash."""
        if self._rng.random() > 0.14:
            return target
        bare = re.sub(r"^https?://(?:www\.)?", "", target)
        if target.startswith(("https://www.", "http://www.")):
            spellings = [f"http://www.{bare}", f"https://{bare}", f"http://{bare}"]
        else:
            spellings = [f"http://{bare}", f"https://www.{bare}"]
        if bare.endswith("/") and bare.count("/") > 1:
            spellings.append(target.rstrip("/"))
        return self._rng.choice(spellings)

    # --- one row -------------------------------------------------------------------------------

    def _row(self, name: str, number: int, target: str) -> Record:
        rng, sort = self._rng, SORTS[name]
        pool = self._sources[name]
        source = pool[number % len(pool)] if name in NETWORKS else rng.choice(pool)
        slots = self._slots(target)
        title = _set(rng.choice(sort.titles), slots)
        dates = self._dates(name, sort)
        path = _page_path(rng, name, title, number, dates["First seen"])
        page = f"https://{source.host}/{path}"
        row = self._page_cells(source, sort, title, page) | self._link_cells(sort, slots)
        row |= self._address_cells(target) | dates
        if name in NETWORKS or (name == "scraper" and rng.random() < 0.3):
            row["Is spam"] = _flag(rng.random() < 0.8)
        return row

    def _page_cells(self, source: Source, sort: Sort, title: str, page: str) -> Record:
        """What the export says of the page that links."""
        rng = self._rng
        visits = round(source.traffic * rng.uniform(0.0, 0.04))
        return {
            "Referring page title": title,
            "Referring page URL": page,
            "Language": sort.language,
            "Platform": sort.platform,
            "Domain rating": f"{source.rating:g}",
            "UR": f"{max(0.0, round(source.rating * rng.uniform(0.15, 0.6), 1)):g}",
            "Domain traffic": str(source.traffic),
            "Referring domains": str(rng.randint(0, max(source.domains, 0))),
            "Linked domains": str(source.linked),
            "External links": str(rng.randint(*sort.external)),
            "Page traffic": str(visits),
            "Keywords": str(round(visits / 9)),
            "Is spam": "false",
            "Rendered": "false",
            "Raw": "true",
            "Discovered status": rng.choice(("pagefound", "linkfound", "linkfound")),
            "Page type": sort.page_type,
            "Links in group": str(rng.choice((1, 1, 1, 1, 2, 3, 14))),
        }

    def _link_cells(self, sort: Sort, slots: Mapping[str, str]) -> Record:
        """What the export says of the link itself."""
        rng = self._rng
        image = rng.random() < sort.image
        ugc, sponsored = rng.random() < sort.ugc, rng.random() < sort.sponsored
        anchor = _set(rng.choice(sort.anchors), slots)
        return {
            "Left context": "" if image else _set(rng.choice(sort.before), slots),
            "Anchor": rng.choice((slots["name"], slots["brand"], "")) if image else anchor,
            "Right context": "" if image else _set(rng.choice(sort.after), slots),
            "Type": "image" if image else "text",
            "Content": _flag(rng.random() < sort.content),
            "Nofollow": _flag(ugc or rng.random() < sort.nofollow),
            "UGC": _flag(ugc),
            "Sponsored": _flag(sponsored),
        }

    def _address_cells(self, target: str) -> Record:
        """Where the link leads, through the target's own redirect in two of three cases."""
        final = self._facts.redirects.get(target)
        if final is None or self._rng.random() < 0.35:
            return {"Target URL": self._variant(target)}
        return {
            "Target URL": final,
            "Redirect Chain URLs": target,
            "Redirect Chain status codes": "301",
        }

    def _redirect(self, target: str) -> Record:
        """A row of type redirect: a whole page elsewhere that forwards here."""
        source = self._rng.choice(self._sources["blog"])
        page = f"https://{source.host}/go/{self._rng.randint(10, 999)}"
        row = self._page_cells(source, SORTS["blog"], "", page)
        row |= self._dates("blog", SORTS["blog"])
        return row | {
            "Referring page HTTP code": "301",
            "Target URL": target,
            "Redirect Chain URLs": page,
            "Redirect Chain status codes": "301",
            "Type": "redirect",
            "Content": "false",
            "Nofollow": "false",
            "UGC": "false",
            "Sponsored": "false",
        }

    def _dates(self, name: str, sort: Sort) -> Record:
        """When the link was first and last seen, and how it was lost."""
        rng = self._rng
        if name in NETWORKS:
            first = self._bursts[name] + timedelta(minutes=rng.randint(0, 3 * 24 * 60))
        else:
            first = EXPORTED - timedelta(days=rng.randint(12, 2600), minutes=rng.randint(0, 1439))
        age = EXPORTED - first
        known = {"First seen": _moment(first), "Referring page HTTP code": "200"}
        if rng.random() >= sort.lost:
            recent = timedelta(
                days=min(rng.randint(0, 40), age.days // 2), minutes=rng.randint(0, 600)
            )
            return known | {"Last seen": _moment(EXPORTED - recent)}
        last = first + age * rng.uniform(0.2, 0.8)
        gone = last + (EXPORTED - last) * rng.uniform(0.1, 0.9)
        known |= {"Last seen": _moment(last), "Lost": _moment(gone)}
        if rng.random() < 0.8:
            status, code = rng.choice(sorted(_LOST.items()))
            return known | {"Lost status": status, "Referring page HTTP code": str(code)}
        reason, code = rng.choice(sorted(_DROPPED.items()))
        return known | {"Drop reason": reason, "Referring page HTTP code": str(code)}

    def _slots(self, target: str) -> dict[str, str]:
        words = path_words(self._facts.redirects.get(target, target)).split()
        plain = " ".join(words[-4:]).lower()
        topic = self._facts.topics.get(target, plain or self._brand)
        name = self._facts.names.get(target, plain.capitalize() or self._brand)
        return {
            "topic": topic,
            "Topic": topic[:1].upper() + topic[1:],
            "name": name,
            "brand": self._brand,
            "brand_lower": self._brand.lower(),
            "host": host(target),
            "url": target,
        }

    def _make_odd(self, made: list[tuple[str, Record]]) -> None:
        """Gives about one live text link in thirty an anchor that breaks careless readers."""
        slots = {"brand": self._brand, "brand_lower": self._brand.lower()}
        usual = [
            row
            for name, row in made
            if name in ("blog", "forum", "german", "club") and row["Type"] == "text"
        ]
        count = min(len(usual), max(len(_ODD_ANCHORS), self._rows // 30))
        for i, row in enumerate(self._rng.sample(usual, count)):
            row["Anchor"] = _set(_ODD_ANCHORS[i % len(_ODD_ANCHORS)], slots)


def _brand(target: str) -> str:
    """The site's name as its host tells it."""
    labels = host(target).removeprefix("www.").split(".")
    return labels[0].replace("-", " ").title() or "Site"


def _set(text: str, slots: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: slots.get(match[1], ""), text)


def _page_path(rng: random.Random, name: str, title: str, number: int, day: str) -> str:
    words = "-".join(re.findall(r"[a-z]+", title.lower())[:7])
    if name == "forum":
        return f"threads/{words or 'thread'}.{4000 + number}/"
    if name in NETWORKS or name == "scraper":
        return f"{words[:24] or 'page'}-{rng.randint(100, 99999)}.html"
    return f"{day[:4]}/{day[5:7]}/{words or 'post'}-{number}/"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M:%S")


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"'
