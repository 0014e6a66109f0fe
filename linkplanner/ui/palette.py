"""Colours of the charts, chosen so that colour-blind people can tell them apart.

The categories are from Okabe and Ito, "Color Universal Design" (2008), the usual palette for that
purpose. tests/ui/test_palette.py checks contrast on both themes and distances under simulated
protanopia and deuteranopia.
"""

from typing import Final

__all__ = [
    "BACKGROUNDS",
    "BLUE",
    "CATEGORIES",
    "DEEP",
    "GREY",
    "KINDS",
    "ORANGE",
    "PARTS",
    "RAMP",
    "VERMILION",
]

BLUE: Final = "#0072B2"
ORANGE: Final = "#E69F00"
GREEN: Final = "#009E73"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
SKY: Final = "#56B4E9"
GREY: Final = "#8A94A0"

CATEGORIES: Final = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY)
"""For kinds of things, in this order."""
DEEP: Final = ("#00558A", "#00664B", "#8F3F00", "#7A3E63", "#3F5F78", "#6B5200")
"""Backgrounds for white text, 4.5 to 1 or more; neighbours differ in lightness or hue."""
RAMP: Final = ("#2C7FB8", "#B9A77A", "#D55E00")
"""From harmless to suspicious: blue over sand to vermilion, told apart by lightness of blue too."""
KINDS: Final = {
    "product": BLUE,
    "service": SKY,
    "category": GREEN,
    "article": ORANGE,
    "home": PURPLE,
    "other": GREY,
}
"""Colour of each kind of page."""
PARTS: Final = (BLUE, SKY, GREY, PURPLE, ORANGE, VERMILION, "#5B6570")
"""Parts of the balance, what leaves in the colour it has in the overview's picture: what stays in
blues, what leaks in warm colours and greys."""
BACKGROUNDS: Final = {"light": "#FFFFFF", "dark": "#12171E"}
"""Backgrounds of the two themes; as in .streamlit/config.toml."""
