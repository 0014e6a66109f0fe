"""Letters to sites: templates with placeholders, filled for each prospect. No mail is sent."""

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.tables import PROSPECTS
from linkplanner.urls import registrable_series

__all__ = ["PLACEHOLDERS", "STARTERS", "check_letter", "fill", "merged"]

PLACEHOLDERS: Final = {
    "name": "name of the contact, or “there” where none is known",
    "site": "domain of the site you write to",
    "their_page": "the page that links, linked or should link",
    "our_page": "the page you pitch",
    "angle": "kind of page: guide, study, tool, …",
    "words": "kind of words that your links lack",
}
"""What a template may hold, in braces."""
STARTERS: Final = {
    "lost backlink": (
        "Your link to {our_page}",
        "Hello {name},\n\nyou used to link to {our_page} from {their_page}. The link is gone, and "
        "I wonder whether that was on purpose. The page is up to date, and your readers may still "
        "find it useful.\n\nKind regards",
    ),
    "broken target": (
        "A dead link on {site}",
        "Hello {name},\n\nyour page {their_page} links to an address of ours that no longer "
        "answers. This is the page that replaced it: {our_page}\n\nKind regards",
    ),
    "link gap": (
        "A {angle} for {site}",
        "Hello {name},\n\nI read {their_page} and thought our {angle} might be of use to your "
        "readers: {our_page}\n\nKind regards",
    ),
}
"""Templates to begin with: name, subject, text."""
_MARK: Final = re.compile(r"\{([^{}]*)\}")


def check_letter(text: str) -> None:
    """Raises InputError where the text has a placeholder that does not exist."""
    for name in _MARK.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{n}}}" for n in PLACEHOLDERS)
            raise InputError(f"“{{{name}}}” is no placeholder; use {known}.")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; values are put in as they are, never read again."""
    check_letter(text)
    return _MARK.sub(lambda mark: values.get(mark.group(1), ""), text)


def merged(
    tasks: pd.DataFrame, prospects: pd.DataFrame, contacts: pd.DataFrame, subject: str, body: str
) -> pd.DataFrame:
    """One row a prospect and contact: site, name, email, subject, text, and what they rest on.

    tasks: outreach TASKS; prospects: PROSPECTS for angle and words; contacts: CONTACTS. Sites
    without a contact keep an empty address: none is invented.
    """
    rows = tasks[tasks["kind"].str.startswith("outreach")]
    rows = rows.drop(columns=["angle", "anchor_kind", "name", "domain"], errors="ignore")
    site = registrable_series(rows["page_url"])
    known = PROSPECTS.conform(prospects).drop_duplicates(["source_url", "page_url"])
    known = known.rename(columns={"source_url": "page_url", "page_url": "target_url"})
    joined = rows.assign(domain=site).merge(
        known[["page_url", "target_url", "angle", "anchor_kind"]],
        on=["page_url", "target_url"],
        how="left",
    )
    joined = joined.merge(contacts[["domain", "name", "email"]], on="domain", how="left")
    texts = [
        {
            "name": row.name_ or "there",
            "site": row.domain or "",
            "their_page": row.page_url or "",
            "our_page": row.target_url or "",
            "angle": row.angle or "page",
            "words": row.anchor_kind or "",
        }
        for row in _texts(joined).itertuples()
    ]
    return pd.DataFrame(
        {
            "site": joined["domain"],
            "name": joined["name"],
            "email": joined["email"],
            "subject": pd.Series([fill(subject, values) for values in texts], dtype="str"),
            "text": pd.Series([fill(body, values) for values in texts], dtype="str"),
            "their_page": joined["page_url"],
            "our_page": joined["target_url"],
            "status": joined["status"],
            "due": joined["due"],
        }
    )


def _texts(joined: pd.DataFrame) -> pd.DataFrame:
    """The columns that fill placeholders, as texts; missing ones are empty."""
    columns = ["name", "domain", "page_url", "target_url", "angle", "anchor_kind"]
    return joined[columns].rename(columns={"name": "name_"}).fillna("").astype("str")
