"""The terms with their meaning: help beside figures, and the list on the help screen."""

from typing import Final

GLOSSARY: Final = {
    "equity": "Strength of a page in this model, in points: what backlinks bring in, carried on by "
    "internal links. All that enters the site is 100 points at the first plan.",
    "seed": "Points that enter the site at this page, through links from other sites.",
    "reach": "What one point placed on this page brings to your priority pages: where a new "
    "backlink helps them most.",
    "gain": "Points that this adds to your priority pages, each counted with its weight.",
    "priority": "How much this page counts: 1 is usual, 2 counts double, 0 is no priority.",
    "authority": "How strong the linking page and site are, 0 to 100, from your export's figures.",
    "relevance": "How close the linking text is to the linked page's subject, 0 to 100.",
    "spam": "Signs of a bought or automatic link, 0 to 100. A hint, not a verdict.",
    "worth": "What the link counts in the model after authority, relevance, spam and nofollow.",
    "depth": "Clicks from the home page along the shortest way.",
    "orphan": "No page of the site links here, so visitors and search engines hardly find it.",
    "contextual_orphan": "Linked only from menus, sidebars or footers, never from a text.",
    "links_in": "Pages of the site that link here.",
    "links_in_content": "Pages that link here from their text, not from a menu or footer.",
    "links_out": "Links on this page to other pages of the site.",
    "hoards": "Gets much equity and passes little of it on: a good page to link from.",
    "wastes": "Passes much of its equity away from the site or to pages that do not answer.",
    "anchor": "The words that carry the link.",
    "nofollow": "The link asks search engines not to count it; it keeps a tenth of its worth.",
    "referring_domains": "Different sites that link here; several links from one site count "
    "little more than its best.",
}
"""Term to explanation."""

TERMS: Final = {
    "seed": "Enters (seed)",
    "priority": "Priority page and its weight",
    "spam": "Spam signs",
    "depth": "Clicks from home (depth)",
    "orphan": "Orphan page",
    "contextual_orphan": "Only in menus",
    "links_in": "Links in",
    "links_in_content": "Links in from text",
    "links_out": "Links out",
    "hoards": "Hoards equity",
    "wastes": "Wastes equity",
    "anchor": "Anchor, words of the link",
    "referring_domains": "Linking sites (referring domains)",
}
"""Terms whose name on the help screen is not simply their key."""
