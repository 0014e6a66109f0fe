"""What the client's report is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from linkplanner.export.markup import Html, address

__all__ = ["Facts"]


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
