"""What the outreach screen says: sites to write to, what earns links, contacts and letters."""

from collections.abc import Mapping
from typing import Final

from linkplanner.ui.texts.numbers import count, points

NOBODY: Final = "Your files name no site to write to yet."
NOBODY_YET: Final = (
    "Nobody to write to yet. With a backlink export this screen lists lost links worth winning "
    "back and sites worth asking; with exports of competitors, who links to them."
)
FIND_EXAMPLE: Final = "Part of an address"
CHANGE_ALL: Final = "Change all sites that are shown"
LOOK_HELP: Final = (
    "Fetches the page of every site you wrote to, politely, and marks links that are live."
)
SHEET: Final = "Outreach"
ALL_WORK: Final = "see all work in one list."
NOTHING_DUE: Final = "No link to check yet"
EARN: Final = "Pages that earn links"
E_KIND: Final = "Kind of page"
E_PAGES: Final = "Your pages"
E_EACH: Final = "Points per page"
E_RIVALS: Final = "Sites linking to competitors' pages of this kind"
E_RIVALS_HELP: Final = "From competitor exports you added"
CONTACT_COLUMNS: Final = {
    "domain": "Site",
    "name": "Name",
    "email": "E-mail address",
    "imported_from": "Added from",
}
CONTACTS_ARE: Final = (
    "Only people you add yourself; nothing is looked up. They stay on this computer, and "
    "deleting removes them from the backups too."
)
CONTACTS_FILE: Final = "A CSV file with columns domain, name and email"
C_SITE: Final = "Site"
C_NAME: Final = "Name"
C_MAIL: Final = "E-mail address"
ADD: Final = "Add"
DELETE_ALL: Final = "Delete all for good"
LETTERS: Final = "Letters and mail merge"
TEMPLATE: Final = "Template"
SUBJECT: Final = "Subject"
TEXT: Final = "Text"
KEEP_TEMPLATE: Final = "Save the template"
MERGE_HELP: Final = "The sites that are shown, with contact, subject and text. Nothing is sent."
PREVIEW: Final = "The first letter, filled in"


def sites_worth(sites: int) -> str:
    """Sites that no task names yet."""
    return (
        f"{count(sites, 'site is', 'sites are')} worth writing to; the plan turns them into tasks."
    )


def finding(sites: int, worth: float, asked: int) -> str:
    """Sites still to write to, what they would bring, and how many were written to."""
    done = f"{asked:,} under way or done." if asked else "none written to yet."
    return (
        f"{count(sites, 'site')} worth writing to, {points(worth)} points for your priority pages "
        f"if all of them link; {done}"
    )


def sites_shown(sites: int) -> str:
    """Heading of the table."""
    return (
        f"{count(sites, 'site')} shown, most gain first. Gain is what the link would add to your "
        "priority pages from the page that is pitched."
    )


def look(links: int) -> str:
    """Button that looks for links that were asked for."""
    return f"Check whether {count(links, 'link is', 'links are')} live"


def earned(kind: str, each: float, lacking: list[str]) -> str:
    """What kind of page earns most. lacking: kinds that only competitors have."""
    more = f" Competitors earn links with {', '.join(lacking)}; you have none." if lacking else ""
    page = "pages of no special kind bring" if kind == "other" else f"pages like a {kind} bring"
    return f"Here {page} most, {points(each)} points each.{more}"


def contacts(number: int) -> str:
    """Heading over the contacts."""
    return f"Contacts ({number:,})"


def delete(number: int) -> str:
    """Button for the ticked contacts."""
    return f"Delete {count(number, 'contact')} for good"


def placeholders(known: Mapping[str, str]) -> str:
    """What may stand in a letter. known: placeholder to meaning."""
    return "Placeholders: " + ", ".join(f"{{{name}}} ({text})" for name, text in known.items())


def mail_merge(sites: int) -> str:
    """Button that gives the file for a mail program."""
    return f"Mail merge for {count(sites, 'site')}"
