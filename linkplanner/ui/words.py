"""What the terms mean, in a marketer's words: the one place for labels and help texts."""

from typing import Final

__all__ = ["COLUMNS", "GLOSSARY", "PRIVACY", "PURPOSE", "SHOWS", "TERMS", "WAITS_FOR"]

PURPOSE: Final = (
    "linkplanner tells you which links to add between the pages of your site, from which sentence "
    "and with which words, so that the pages that earn money get more of the strength that other "
    "sites' links bring you. "
    "It reads a sitemap, a backlink export from the tool you use, and your pages or a crawl "
    "export; you say which pages matter. "
    "It puts links, repairs and outreach into one list, each with what it would bring in the same "
    "unit; these are figures of a model, not promises of rankings."
)
"""What this is, in three sentences."""
PRIVACY: Final = (
    "Everything stays on this computer: nothing is sent anywhere, and the only addresses contacted "
    "are the site and sitemap you ask it to read, and pages whose links you ask it to check."
)
"""Privacy in one sentence."""

SHOWS: Final = {
    "start": "Your projects, and what this is.",
    "data": "Everything the plan rests on: your files, what was read in them, and what is missing.",
    "priorities": "The pages that earn your money. They decide the whole plan, so look here first.",
    "overview": "Your whole link situation on one page: what comes in, where it goes, what to do "
    "first.",
    "backlinks": "Links from other sites, each with authority, relevance and signs of spam, and "
    "the reasons for every figure.",
    "site": "How your pages are linked, where equity sits, and which pages hardly anybody finds.",
    "plan": "New links between your own pages, in the order in which they help your priority "
    "pages most.",
    "strategy": "Whether internal links or new backlinks help each priority page more, and what "
    "to do about it.",
    "outreach": "Which sites to write to, about which of your pages, and where each one stands.",
    "tasks": "One list of work: links to add, addresses to repair, sites to write to, most gain "
    "first.",
    "monitor": "What changed from one crawl or export to the next: new and lost links, tasks that "
    "went live.",
    "settings": "Weights and limits of this project with their sources, privacy, and where your "
    "data lie.",
    "help": "How the figures come about, what the terms mean, and how to export from each tool.",
}
"""Screen to what it shows, in one sentence: under its title, and as a hint in the navigation."""

WAITS_FOR: Final = {
    "priorities": "Waits for your files: add a sitemap on the data screen.",
    "overview": "Waits for your files: add a sitemap and an export on the data screen.",
    "backlinks": "Waits for a backlink export: add one on the data screen.",
    "site": "Waits for your files: add a sitemap or crawl on the data screen.",
    "plan": "Waits for your files: add a sitemap or crawl on the data screen.",
    "strategy": "Waits for a plan: make one on the plan screen.",
    "outreach": "Waits for a backlink export: add one on the data screen.",
    "tasks": "Waits for a plan: make one on the plan screen.",
    "monitor": "Waits for a second crawl or export to compare with the first.",
}
"""Screen to why it is dimmed in the navigation, where its data do not exist yet."""

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

COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "label": ("Topic", "Words that this topic's titles share and others lack"),
    "pillar_url": ("Pillar page", "The page that the topic's other pages link to most"),
    "links_inside": ("Links inside", "Links in texts between pages of the topic"),
    "tied": ("Tied (%)", "Share of the links between pillar page and the other pages that exist"),
    "missing": ("Missing", "Links that would tie the pillar page and the others both ways"),
    "likeness": ("Likeness", "0 nothing in common, 100 the same text"),
    "same_title": ("Same title", "Both pages have the same title"),
    "targets": ("Pages", "Pages that the same words lead to"),
    "anchors": ("Words to choose from", "Up to three link texts, the best first"),
    "second_choice": ("Second choice", "The next best sentence for the link"),
    "seed_gain": ("Brings (points)", "Points that would enter at the page you pitch"),
    "gain_per_hour": ("Points an hour", "Gain for the priority pages for an hour of work"),
    "angle": ("Angle", "Kind of page that earns links: guide, study, statistics, tool, template"),
    "anchor_kind": ("Words it lacks", "Kind of words that links to the page have too few of"),
    "competitors": ("Competitors", "How many of your competitors the site links to"),
    "found": ("Last check", "What the newest crawl, export or link check showed"),
    "found_detail": ("In detail", "What was seen, in words"),
    "url": ("Page", "Address of the page"),
    "title": ("Title", "Title of the page as found in your files"),
    "kind": ("Kind", "What sort of page or link it is, as far as the address and markup tell"),
    "section": ("Section", "First folder of the address"),
    "status": ("Answer", "HTTP status: 200 is a page, 3xx a redirect, 4xx and 5xx are broken"),
    "indexable": ("Indexable", "Whether search engines may list the page"),
    "priority": ("Weight", GLOSSARY["priority"]),
    "weight": ("Weight", GLOSSARY["priority"]),
    "seed": ("Enters (points)", GLOSSARY["seed"]),
    "equity": ("Equity (points)", GLOSSARY["equity"]),
    "equity_before": ("Now (points)", GLOSSARY["equity"]),
    "equity_after": ("With the plan (points)", GLOSSARY["equity"]),
    "equity_earlier": ("Before (points)", "Equity at the import before"),
    "change": ("Change (points)", "Since the import before"),
    "plan_change": ("Difference (points)", "Against the present plan, or with it against now"),
    "trial": ("With these limits", "Equity in points with the plan tried here"),
    "gain_alone": ("Gain alone", "Points that the link would bring were it the only new one"),
    "loss": ("Others lose", "Points of equity that other pages lose together through this link"),
    "losers": ("Who loses most", "Pages that lose most by this link alone, with their loss"),
    "minutes": ("Minutes", "Estimated work for this link"),
    "replace_url": ("Instead of", "Page that the weak link leads to"),
    "points": ("Points", "What it brings into your site"),
    "links": ("Links", "Number of links"),
    "domain": ("Site", "The site the links come from"),
    "reach": ("Reach", GLOSSARY["reach"]),
    "words": ("Verdict", "Whether internal links or links from other sites help this page more"),
    "outside": ("From other sites (points)", "What backlinks to the page itself bring it"),
    "inside": ("From your own pages (points)", "What your internal links bring it"),
    "ceiling": (
        "Most by internal links (points)",
        "The most that internal links alone can bring the page within your limits",
    ),
    "need": ("Need (points)", "The equity the page should have"),
    "need_from": ("Need measured by", "Where the figure of the need comes from"),
    "backlinks_needed": ("Good links needed", "About how many typical good links are missing"),
    "landing_url": ("Page to pitch", "The page that should receive them"),
    "linkable": ("Linkable", "A page that others like to link to: article, study, tool"),
    "value": (
        "One good link brings (points)",
        "What one typical good link to this page brings your priority pages",
    ),
    "share": ("Of the best page", "Its value as a part of the best page's"),
    "depth": ("Clicks from home", GLOSSARY["depth"]),
    "depth_entry": (
        "Clicks from an entry page",
        "Clicks from the nearest page that other sites link to; 0 where they link here",
    ),
    "links_in": ("Pages linking here", GLOSSARY["links_in"]),
    "links_in_content": ("… from text", GLOSSARY["links_in_content"]),
    "links_out": ("Links out", GLOSSARY["links_out"]),
    "links_out_content": ("… from its text", "Pages that this page links to from its text"),
    "orphan": ("Orphan", GLOSSARY["orphan"]),
    "contextual_orphan": ("Only in menus", GLOSSARY["contextual_orphan"]),
    "role": ("Role", f"hoards: {GLOSSARY['hoards']} wastes: {GLOSSARY['wastes']}"),
    "backlinks": ("Backlinks", "Live links from other sites to this page"),
    "referring_domains": ("Linking sites", GLOSSARY["referring_domains"]),
    "source_url": ("From page", "The page that carries, or is to carry, the link"),
    "source_domain": ("Site", "The site the link comes from"),
    "source_title": ("Its title", "Title of the linking page"),
    "target_url": ("To page", "The page the link leads to"),
    "anchor": ("Words of the link", GLOSSARY["anchor"]),
    "authority": ("Authority", GLOSSARY["authority"]),
    "relevance": ("Relevance", GLOSSARY["relevance"]),
    "spam": ("Spam signs", GLOSSARY["spam"]),
    "worth": ("Worth", GLOSSARY["worth"]),
    "sites": ("Linking sites", GLOSSARY["referring_domains"]),
    "shared": ("What they share", "Title or address that most pages of the group have"),
    "follow": ("Followed", "Live links of the site without nofollow, ugc or sponsored"),
    "your_decision": (
        "Your decision",
        "Keep, contact or disavow; yours alone, never set by itself",
    ),
    "note": ("Note", "What you noted, or what stands out"),
    "brand": ("Name %", "Share of linking sites that write your name"),
    "naked": ("Address %", "Share of linking sites that write an address"),
    "generic": ("“Here” %", "Share of linking sites that write words that say nothing"),
    "partial": ("Partly %", "Share of linking sites that write some of the page's words"),
    "exact": ("Exact %", "Share of linking sites that write the page's exact title or keyword"),
    "other": ("Other %", "Share of linking sites that write something else"),
    "image": ("Image %", "Share of linking sites that link a picture without words"),
    "commonest": ("Commonest words", "What most sites write"),
    "nofollow": ("Nofollow", GLOSSARY["nofollow"]),
    "lost": ("Lost", "Your export says that the link is gone"),
    "first_seen": ("First seen", "When the vendor found it"),
    "last_seen": ("Last seen", "When the vendor saw it last"),
    "live": ("Live", "Links that stand today"),
    "reasons": ("Why", "What the scores rest on"),
    "reason": ("Why", "What speaks for it, or why it was refused"),
    "vendors": ("Told by", "Tools whose exports name the link"),
    "rank": ("#", "Order to set the links in: the next one always adds most to the plan's aim"),
    "gain": ("Gain (points)", GLOSSARY["gain"]),
    "gain_cumulative": ("Gain so far", "Gain of this and all links above it, in points"),
    "sentence_before": ("Sentence today", "The sentence as it stands on the page"),
    "sentence": ("Sentence with the link", "The words in [brackets] carry the link"),
    "action": ("What to do", "The change in one line"),
    "decision": ("Status", "Where the task stands"),
    "page_url": ("Page to change", "Where somebody has to do something"),
    "instruction": ("Instruction", "What a colleague without this tool has to do"),
    "effort_minutes": ("Minutes", "Estimated effort; edit it as you know better"),
    "owner": ("Who", "Person who does it"),
    "due": ("Due", "Date until which it should be done"),
    "notes": ("Notes", "Anything you want to remember"),
    "created": ("Since", "When the plan first suggested it"),
    "chosen": ("Priority", "Tick the pages that earn money"),
    "keywords": (
        "Target keywords",
        "What people should find this page with; separate by semicolons",
    ),
    "difficulty": ("Difficulty", "Keyword difficulty 0 to 100, if you know it"),
    "origin": ("Named by", "Proposed, a pattern, a file, or typed by you"),
    "trapped": ("Trapped (points)", "Equity that ends at an address that does not answer"),
    "pages": ("Pages", "Pages that answer"),
    "entered": ("Enters (points)", GLOSSARY["seed"]),
    "received": ("From links (points)", "What links of your own pages bring, other sections' too"),
    "settled": ("Stays (points)", "What settles here and goes no further"),
    "passed": ("Passed on (points)", "What links carry on to other pages, of this section too"),
    "leaks": ("Lost (points)", "What leaves the site or ends where nobody is served"),
    "equity_low": ("From (points)", "Lower end of the band over plausible weights"),
    "equity_high": ("To (points)", "Upper end of the band over plausible weights"),
    "rank_low": ("Rank from", "Best rank among priority pages over plausible weights"),
    "rank_high": ("Rank to", "Worst rank among priority pages over plausible weights"),
    "feeds": ("Priority pages it links to", "How many priority pages it links to directly"),
    "brings": (
        "Brings (points)",
        "Points that pass through here to priority pages today: equity times reach",
    ),
    "repair": ("What frees it", "What to do about it"),
    "keep": ("Keep", "The address to redirect the others to"),
    "differs": ("Differs in", "What tells the addresses apart"),
    "redirect_to": ("Send it to", "Page that fits best as the new target"),
    "detail": ("Detail", "What is wrong"),
}
"""Column to label and help."""
