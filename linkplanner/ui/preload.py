"""Lets the browser fetch what draws tables and charts while somebody reads the first screen.

Streamlit's page asks for these files, up to a megabyte each, when the first table or chart is to be
drawn, and a browser takes half a second to make sense of them. The script below holds nothing but
names of files that came with Streamlit: nothing of a project is in it, no other server is asked.
"""

from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

__all__ = ["NEEDED", "preload", "script"]

NEEDED: Final = (
    "DataFrame", "ArrowVegaLiteChart", "embed", "vega-interpreter", "EChartsChart", "Metric",
    "ButtonGroup", "Multiselect", "NumberInput",
)  # fmt: skip
"""Parts of Streamlit's page, those that take longest first."""
SCRIPT: Final = """<script>
(() => {{
  const own = document.querySelector('script[src*="static/js/"]')?.src;
  const busy = () => document.querySelector(
    '[data-testid="stApp"][data-test-script-state="running"]');
  const later = (work) => setTimeout(() => (busy() ? later(work) : work()), 200);
  const names = {names};
  const next = () => {{
    const name = names.shift();
    if (name) import(new URL(name, own)).catch(() => 0).then(() => later(next));
  }};
  if (own && !window.linkplannerLoads) {{ window.linkplannerLoads = true; next(); }}
}})();
</script>"""
"""One file after the other, once in a tab: what draws tables at once, since nearly every screen has
one; what few screens need never while a screen is drawn."""


def preload() -> None:
    """Put the script on the screen, where Streamlit has such files; it takes no room."""
    if text := script():
        with st.container(key="preload"):
            st.html(text, unsafe_allow_javascript=True)


@cache
def script(folder: Path | None = None) -> str:
    """The script for the files of the Streamlit that is installed; empty where it has none.

    folder: where its files lie.
    """
    place = folder or Path(st.__file__).parent / "static" / "static" / "js"
    names = [file.name for part in NEEDED for file in sorted(place.glob(f"{part}.*.js"))]
    plain = [
        name for name in names if name.replace(".", "").replace("-", "").replace("_", "").isalnum()
    ]
    return SCRIPT.format(names=plain) if plain else ""
