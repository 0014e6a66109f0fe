"""Help: the method, the terms, and how to export from each tool."""

import streamlit as st

from linkplanner import shell
from linkplanner.ui import guide, icons, screen
from linkplanner.ui.texts import common, screens, terms
from linkplanner.ui.texts import help as say

shell.guard()

screen.heading(
    "help",
    say.finding(len(guide.tools()), len(terms.GLOSSARY)),
)
part = st.segmented_control(
    common.VIEW, [say.EXPORT, say.TERMS, say.METHOD, say.LIMITS], default=say.EXPORT,
    key="help-part", required=True, bind="query-params", label_visibility="collapsed",
)  # fmt: skip

if part == say.EXPORT:
    tool = st.selectbox(say.YOUR_TOOL, guide.tools(), key="help-tool", bind="query-params")
    st.markdown(guide.about_tool(str(tool)))
    with st.expander(say.KINDS, icon=icons.FILE):
        st.markdown(guide.sections("formats").get(guide.KINDS, common.DOCS_MISSING))
    with st.expander(say.REFUSED, icon=icons.WARNING):
        st.markdown(guide.sections("formats").get(guide.REFUSED, common.DOCS_MISSING))
elif part == say.TERMS:
    words = st.text_input(say.FIND_TERM, key="help-term", placeholder=say.FIND_EXAMPLE)
    needle = words.strip().casefold()
    for term, meaning in terms.GLOSSARY.items():
        name = terms.TERMS.get(term, term.replace("_", " ").capitalize())
        if needle in f"{name} {meaning}".casefold():
            st.markdown(f"**{name}**: {meaning}")
elif part == say.METHOD:
    st.markdown(guide.document("method"))
else:
    st.markdown(guide.document("limits-and-privacy"))

screen.next_step(say.BEGIN, "start", screens.TO_START)
