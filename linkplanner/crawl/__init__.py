"""Fetch pages politely and safely, and turn them into rows: addresses, answers, markup, order."""
