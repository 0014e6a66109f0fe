"""What the block "Read my pages" of the data screen says."""

from typing import Final

from linkplanner.ui.texts.numbers import count, effort

SAMPLE_HELP: Final = "The sample shop stands on no server; its pages were read from this computer."
READ_HELP: Final = (
    "Goes on where a stopped reading ended; pages that did not change are not fetched again. "
    "You can pause or stop at any time."
)
GO_ON: Final = "Go on"
SAMPLE_READ: Final = "The sample shop stands on no server, so there is nothing to read again."
READ_PLAN_PAGES: Final = "Read only the pages of the plan"
READ_PLAN_HELP: Final = (
    "Your export has links but no texts. This fetches the pages that the plan would add links "
    "to, 200 at most, to find a sentence on each."
)
PAGES: Final = "Pages at most"
SPEED: Final = "Speed"
HOSTS: Final = "Hosts on your own network"
HOSTS_LABEL: Final = "Hosts on your own network that may be read"
HOSTS_EXAMPLE: Final = "staging.local, 192.168.1.20:8080"
HOSTS_HELP: Final = "Addresses inside your network are refused unless you name the host here."
PAUSING: Final = "Pausing…"
PAUSE: Final = "Pause"
PAUSE_HELP: Final = "Ends within two seconds and keeps its place; nothing is fetched twice."
STOP_AND_USE: Final = "Stop and use what is there"
NOT_YET: Final = "Not done yet."
SPEEDS: Final = {
    "polite": "Polite: two requests at once, half a second apart",
    "fast": "Fast: for a server of your own, as much as it bears",
}
HOW: Final = (
    "Fetches pages of your site as a polite visitor: home page first, then priority pages, pages "
    "with backlinks, then the sitemap, then what these link to. It keeps to robots.txt."
)
COMPLETE: Final = "The reading is complete: a page in it without a link to it is an orphan."


def listed(pages: int, read: int, minutes: float) -> str:
    """What the sitemap lists, and how long the reading takes. minutes: 0 where nobody can say."""
    head = f"Your sitemap lists {count(pages, 'page')}"
    every = "all of them" if read >= pages else f"the first {read:,}"
    if minutes < 1:
        return f"{head}; {every} will be read."
    return f"{head}; reading {every} takes about {effort(minutes)} at this speed."


def asked(done: int, total: int) -> str:
    """How far a reading is."""
    return f"{done:,} of {total:,} addresses asked for"


def now_at(address: str) -> str:
    """The address that is read now."""
    return f"Now: {address}"


def read_on(pages: int, moment: str) -> str:
    """What the last reading gave."""
    return f"{count(pages, 'page')} read on {moment}."


def doubtful(doubts: str) -> str:
    """Orphans cannot be told. doubts: sentences that say why."""
    return f"Whether a page without links is an orphan cannot be told from this reading: {doubts}"


def messages(number: int) -> str:
    """Heading over what came up."""
    return f"What came up while reading ({number:,})"


def further(number: int) -> str:
    """Messages that are not shown."""
    return f"And {number:,} more."
