"""Every error a user can meet. Each is one sentence that quotes the input and says what to do.

LinkplannerError
├── InputError      a file, pattern, address or value from the user cannot be used
│   └── UrlError    a text is not a web address
├── FetchError      a page could not be fetched
│   └── FetchRefused  we would not fetch it (private address, scheme, robots, size)
└── Cancelled       the user stopped a long step
"""

__all__ = ["Cancelled", "FetchError", "FetchRefused", "InputError", "LinkplannerError", "UrlError"]


class LinkplannerError(Exception):
    """Base of all errors whose text may be shown to a user as it stands."""


class InputError(LinkplannerError):
    """What the user gave cannot be used; the text quotes it and says what to do."""


class UrlError(InputError):
    """A text that is not an http or https address."""


class FetchError(LinkplannerError):
    """A page could not be fetched: time-out, broken transfer, unreachable host."""


class FetchRefused(FetchError):
    """A request that we do not send or do not finish: address, scheme, size, redirects, robots."""


class Cancelled(LinkplannerError):
    """The user stopped a long step; what was finished by then is kept."""
