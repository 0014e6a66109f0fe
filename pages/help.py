"""Help: the method, the terms, and how to export from each tool."""

import streamlit as st

from linkplanner import shell
from linkplanner.ui import screen
from linkplanner.ui.words import GLOSSARY, SHOWS

shell.guard()

screen.heading("Help", SHOWS["help"], "Every figure here is a model's; none is a ranking promised.")
st.subheader("Terms", anchor=False)
for term, meaning in GLOSSARY.items():
    st.markdown(f"**{term.replace('_', ' ').capitalize()}**: {meaning}")
