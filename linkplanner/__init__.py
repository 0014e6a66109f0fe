"""Plans internal links, repairs and outreach in one unit, on the user's own machine."""

__version__ = "0.1.0"
