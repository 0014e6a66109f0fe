"""Backlinks: which links from other sites are worth having, and why."""

import streamlit as st

from linkplanner import shell
from linkplanner.ui import charts, findings, icons, progress, screen, tables
from linkplanner.ui.markdown import md_escape

shell.guard()

SHOWS = (
    "Links from other sites, each with authority, relevance and signs of spam, and the reasons "
    "for every figure."
)
COLUMNS = (
    "source_domain", "authority", "relevance", "spam", "worth", "anchor", "target_url", "kind",
    "nofollow", "lost", "first_seen", "source_url", "vendors",
)  # fmt: skip

project = screen.require_project("Backlinks", SHOWS)
loaded = screen.require_analysis(project.id, "Backlinks", SHOWS)
analysis = loaded.analysis
backlinks = analysis["backlinks"]
if backlinks.empty and analysis["targets"].empty:
    screen.heading("Backlinks", SHOWS)
    screen.empty(
        "No backlinks yet: add an export from Ahrefs, Semrush, Majestic, Moz or Search Console.",
        "data", "Add a backlink export",
    )  # fmt: skip

screen.heading("Backlinks", SHOWS, findings.backlinks_finding(backlinks) if len(backlinks) else "")
screen.stale_note(loaded, "these backlinks were scored")
progress.watch(project.id)

LINKS, TARGETS, UNMATCHED = "Quality", "By page of mine", "Targets that match no page"
links_tab, targets_tab, unmatched_tab = st.tabs(
    [LINKS, TARGETS, f"{UNMATCHED} ({len(analysis['unmatched']):,})"]
)

with links_tab:
    if backlinks.empty:
        st.info(
            "Your file counts backlinks by page but does not name them; they stand in the next "
            "tab. For scores, add an export that lists the links themselves.", icon=icons.NUMBERS,
        )  # fmt: skip
    else:
        show_lost = st.toggle("Show lost links too", key="show-lost")
        pool = backlinks if show_lost else backlinks[~backlinks["lost"]]
        pool = pool.sort_values("worth", ascending=False, kind="stable")
        drawn = pool.head(charts.MAX_POINTS)
        st.caption(
            "Each dot is a backlink; the larger, the more it is worth. Good links stand at the top "
            "right, suspicious ones are orange. Drag a box to see its links in the table below; "
            "double-click to clear it."
            + (
                f" Drawn are the {len(drawn):,} worth most of {len(pool):,}."
                if len(drawn) < len(pool)
                else ""
            )
        )
        event = st.altair_chart(
            charts.quality_map(drawn), on_select="rerun", key=f"map-{loaded.key}-{show_lost}",
            width="stretch",
        )  # fmt: skip
        inside = charts.in_brush(pool, event["selection"])
        shown = inside if len(inside) < len(pool) else pool
        st.markdown(
            f"**{findings.count(len(shown), 'backlink')}**"
            + (" in the box" if len(shown) < len(pool) else "")
            + " · click a row to see its reasons"
        )
        picked = tables.show(
            shown,
            COLUMNS,
            key=f"links-{loaded.key}-{len(shown)}",
            select="single",
            height=360,
            foreign=True,
        )
        for _, row in picked.iterrows():
            with st.container(border=True):
                st.markdown(f"**Why {md_escape(str(row['source_domain']))} scores as it does**")
                figures = st.columns(4)
                for place, (name, label) in zip(
                    figures,
                    (("authority", "Authority"), ("relevance", "Relevance"),
                     ("spam", "Spam signs"), ("worth", "Worth")),
                ):  # fmt: skip
                    value = row[name]
                    text = (
                        "unknown" if value != value else f"{value:,.{2 if name == 'worth' else 0}f}"
                    )
                    place.metric(label, text, help=tables.COLUMNS[name][1])
                for reason in str(row["reasons"] or "").split("; "):
                    st.text(f"• {reason}")
                st.caption("The link")
                context = " ".join(
                    str(part)
                    for part in (row["left_context"], f"[{row['anchor']}]", row["right_context"])
                    if part == part
                )
                st.text(context)
                st.code(f"{row['source_url']}\n→ {row['target_url']}", language=None)
        screen.download_tables(
            f"{project.name} backlinks", lambda: {"Backlinks": shown}, "backlinks"
        )

with targets_tab:
    pages = analysis["page_facts"]
    fed = pages[(pages["backlinks"] > 0) | (pages["seed"] > pages["seed"].median())]
    fed = fed.sort_values("seed", ascending=False)
    st.caption(
        "Where equity enters your site. Reach tells where the next backlink would help your "
        "priority pages most."
    )
    tables.show(
        fed,
        ("url", "title", "backlinks", "referring_domains", "seed", "equity", "reach", "priority"),
        key=f"targets-{loaded.key}",
        height=420,
    )
with unmatched_tab:
    unmatched = analysis["unmatched"]
    if unmatched.empty:
        st.success("Every backlink points at an address that your files know.", icon=icons.GOOD)
    else:
        st.caption(
            "Other sites link to these addresses, but none of your files names them: old pages, "
            "typing errors, or parts of the site that are missing here. What they bring is not "
            "counted until you add the pages or redirect the addresses."
        )
        tables.show(
            unmatched, ("url", "live", "backlinks", "referring_domains"),
            key=f"unmatched-{loaded.key}", height=360,
        )  # fmt: skip
        screen.download_tables(
            f"{project.name} unmatched", lambda: {"Unmatched": unmatched}, "unmatched"
        )

screen.next_step("see where this equity flows inside your site.", "site", "To the site")
