"""The chart colours can be seen on both themes, and told apart by colour-blind people."""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from linkplanner.ui import palette

STYLE = Path(palette.__file__).with_name("screen.css")
CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"

# Viénot, Brettel, Mollon 1999: linear RGB of a display as a protanope and a deuteranope see it.
SEEN_AS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]
    ),
    "deuteranopia": np.array(
        [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]
    ),
}


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, definition of contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: str) -> np.ndarray:
    rgb = np.clip(SEEN_AS[vision] @ linear(colour), 0, 1)
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(matrix) @ rgb / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", SEEN_AS)
def test_categories_can_be_told_apart(vision: str) -> None:
    """A difference of 10 in CIE Lab is plain to see side by side."""
    for one, other in itertools.combinations(palette.CATEGORIES, 2):
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) > 10, (one, other)


@pytest.mark.parametrize("vision", SEEN_AS)
def test_harmless_and_suspicious_differ_most(vision: str) -> None:
    low, _, high = palette.RAMP
    assert np.linalg.norm(lab(low, vision) - lab(high, vision)) > 60


@pytest.mark.parametrize("theme", palette.BACKGROUNDS)
def test_colours_stand_out_from_the_background(theme: str) -> None:
    for colour in (*palette.CATEGORIES, palette.GREY, *palette.RAMP):
        assert contrast(colour, palette.BACKGROUNDS[theme]) > 2, colour
    for colour in (palette.BLUE, palette.VERMILION, palette.GREY):
        assert contrast(colour, palette.BACKGROUNDS[theme]) > 3, colour


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_meets_aa_on_both_themes(theme: str) -> None:
    colours = tomllib.loads(CONFIG.read_text())["theme"][theme]
    assert colours["backgroundColor"] == palette.BACKGROUNDS[theme]
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        for ink in ("textColor", "linkColor", "primaryColor", "grayTextColor"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_white_can_be_read_on_the_primary_button() -> None:
    """The style sheet gives it one colour in both themes."""
    rules = [line for line in STYLE.read_text().splitlines() if "stBaseButton-primary" in line]
    grounds = [found for line in rules for found in re.findall(r"background: (#\w+)", line)]
    assert len(grounds) == 2
    assert all(contrast("#FFFFFF", ground) >= 4.5 for ground in grounds)


def test_config_keeps_the_app_at_home() -> None:
    config = tomllib.loads(CONFIG.read_text())
    assert config["server"]["address"] == "127.0.0.1"
    assert set(config["server"]["allowedHosts"]) == {"127.0.0.1", "localhost"}
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["showEmailPrompt"] is False
    assert "http" not in CONFIG.read_text().split("[theme]")[1]


@pytest.mark.parametrize("colour", palette.DEEP)
def test_white_text_can_be_read_on_deep_colours(colour: str) -> None:
    assert contrast(colour, "#FFFFFF") >= 4.5
