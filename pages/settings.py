"""Settings: weights with their sources, privacy, and the data folder."""

import streamlit as st

from linkplanner import shell
from linkplanner.ui import icons, screen, state
from linkplanner.ui.words import PRIVACY, SHOWS

shell.guard()

screen.heading("Settings", SHOWS["settings"], "Everything is kept on this computer.")
st.subheader("Privacy", anchor=False)
st.markdown(f"{icons.LOCK} {PRIVACY}")
st.subheader("Your data", anchor=False)
st.caption("Everything that you add, decide or type lies in this folder; copy it to keep it.")
st.code(str(state.workspace().folder), language=None)
