"""Help: the method, the terms, and how to export from each tool."""

import streamlit as st

from linkplanner import shell
from linkplanner.ui import guide, icons, screen
from linkplanner.ui.texts import common, terms

shell.guard()

EXPORT, TERMS_PART, METHOD, LIMITS = "Export from my tool", "Terms", "Method", "Limits and privacy"

screen.heading(
    "help",
    f"{len(guide.tools())} kinds of sources, {len(terms.GLOSSARY)} terms, and the whole method.",
)
part = st.segmented_control(
    "Part", [EXPORT, TERMS_PART, METHOD, LIMITS], default=EXPORT, key="help-part", required=True,
    bind="query-params", label_visibility="collapsed",
)  # fmt: skip

if part == EXPORT:
    tool = st.selectbox("Your tool", guide.tools(), key="help-tool", bind="query-params")
    st.markdown(guide.about_tool(str(tool)))
    with st.expander("What each kind of file is good for", icon=icons.FILE):
        st.markdown(
            guide.sections("formats").get("What each kind is good for", common.DOCS_MISSING)
        )
    with st.expander("Files that are refused, and what to do", icon=icons.WARNING):
        st.markdown(
            guide.sections("formats").get("What is refused, and what to do", common.DOCS_MISSING)
        )
elif part == TERMS_PART:
    words = st.text_input("Find a term", key="help-term", placeholder="equity, orphan, anchor …")
    needle = words.strip().casefold()
    for term, meaning in terms.GLOSSARY.items():
        name = terms.TERMS.get(term, term.replace("_", " ").capitalize())
        if needle in f"{name} {meaning}".casefold():
            st.markdown(f"**{name}**: {meaning}")
elif part == METHOD:
    st.markdown(guide.document("method"))
else:
    st.markdown(guide.document("limits-and-privacy"))

screen.next_step("begin with your files, or with the sample.", "start", "To the start screen")
