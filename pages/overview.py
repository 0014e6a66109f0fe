"""Overview: the whole link situation on one page."""

import streamlit as st

from linkplanner import shell
from linkplanner.store.follow import open_alerts
from linkplanner.store.tasks import list_tasks
from linkplanner.store.versions import facts_history
from linkplanner.ui import findings, flow_picture, icons, overview, progress, screen, state, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.words import SHOWS

shell.guard()

ACTIONS = ("rank", "kind", "page_url", "target_url", "gain", "effort_minutes")

project = screen.require_project("Overview", SHOWS["overview"])
loaded = screen.require_analysis(project.id, "Overview", SHOWS["overview"])
workspace = state.workspace()
facts = loaded.version.facts
made = state.plan(project.id)
after = overview.share_after(facts, made.plan.pages) if made and len(made.plan.plan) else None
health = overview.figures(facts_history(workspace, project.id, "analysis"))

screen.heading("Overview", SHOWS["overview"], findings.overview_finding(facts, after))
screen.stale_note(loaded, "this was worked out")
progress.watch(project.id)
if alerts := open_alerts(workspace, project.id):
    more = f" And {findings.count(len(alerts) - 1, 'more alert')}." if len(alerts) > 1 else ""
    st.warning(f"{md_escape(alerts[0].sentence, 300)}{more}", icon=icons.WARNING)
    screen.link("monitor", "See what changed")

for place, figure in zip(st.columns(len(health)), health):
    place.metric(
        figure.label, figure.text, figure.change, border=True, height="stretch", help=figure.help,
        delta_color="normal" if figure.better == "more" else "inverse",
        chart_data=list(figure.trend) if len(figure.trend) > 2 else None,
    )  # fmt: skip

if facts["has_links"]:
    st.subheader("What comes in, and where it ends", anchor=False)
    st.caption(
        f"All {facts['balance']['entered']:,.0f} points: from the links that bring them, over the "
        "pages where they enter, to the pages where your internal links leave them. The wider, "
        "the more; point at a band for its figure."
    )
    flows = flow_picture.flow_table(facts.get("flywheel"), facts["balance"])
    st.echarts_chart(
        flow_picture.flow_spec(flows), height=430, key="flow", renderer="svg",
        alt=flow_picture.flow_alt(flows),
    )  # fmt: skip
    with st.expander("The same in figures", icon=icons.NUMBERS):
        st.dataframe(
            flows, hide_index=True, key="flow-table", width="content",
            column_config={
                "from": "From", "to": "To",
                "points": st.column_config.NumberColumn("Points", format="%.2f"),
            },
        )  # fmt: skip
        screen.download_tables(f"{project.name} flow", lambda: {"Flow": flows}, "flow")
else:
    st.info(
        "Nobody knows your internal links yet, so this screen cannot show where equity goes. Read "
        "your pages or add a crawl export.", icon=icons.EMPTY,
    )  # fmt: skip

st.subheader("Which lever moves more now", anchor=False)
verdict = (made.plan.summary.get("strategy") or {}).get("verdict_words") if made else None
if verdict:
    st.markdown(md_escape(str(verdict), 1000))
    screen.link("strategy", "See it for each priority page")
else:
    st.caption("That shows once there is a plan with known links to compare new backlinks with.")

st.subheader("What to do first", anchor=False)
actions = overview.top_actions(list_tasks(workspace, project.id))
if actions.empty:
    if facts["has_links"]:
        st.caption("Nothing yet: tasks come from the plan.")
        screen.next_step("make the plan; it fills this list.", "plan", "To the plan")
    else:
        st.caption("Nothing yet: tasks come from the plan, and the plan needs your links.")
        screen.next_step("read your pages or add a crawl export.", "data", "To your files")
else:
    st.caption(
        "The open tasks that bring your priority pages most, whatever their kind. Tick one to "
        "read what to do."
    )
    picked = tables.show(actions, ACTIONS, key=f"actions-{loaded.key}", select="single", height=388)
    for instruction in picked["instruction"]:
        st.text(instruction)
    screen.download_tables(f"{project.name} first tasks", lambda: {"Tasks": actions}, "actions")
    screen.next_step("work through the whole list.", "tasks", "To the tasks")
screen.warnings(loaded.analysis.warnings)
