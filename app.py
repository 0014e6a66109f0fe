"""Starts linkplanner's screens: streamlit run app.py."""

from linkplanner import shell

shell.run()
