"""Text from files shows as it is, whatever it says."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.ui.markdown import md_escape


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("**bold**", r"\*\*bold\*\*"),
        (":red[x] :material/home:", r"\:red\[x\] \:material\/home\:"),
        ("$x$", r"\$x\$"),
        ("[a](javascript:x)", r"\[a\]\(javascript\:x\)"),
        ("a\n# b", r"a \# b"),
        ("https://a.test", "https\u2060\\:\\/\\/a\\.test"),
        ("me@a.test", "me\u2060\\@a\\.test"),
        ("www.a.test", "www\u2060\\.a\\.test"),
        ("\x00\u202eabc", "abc"),
    ],
)
def test_signs_are_escaped(text: str, shown: str) -> None:
    assert md_escape(text) == shown


def test_long_text_is_cut() -> None:
    assert md_escape("x" * 300, 10) == "x" * 9 + "…"


@given(st.text())
def test_every_punctuation_sign_has_its_backslash(text: str) -> None:
    escaped = md_escape(text, 10_000)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[!-/:-@\[\]^-`{-~]", escaped)


def test_no_vector_survives(shared: Callable[[str], Path]) -> None:
    lines = shared("vectors/markup_injection.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        text = json.loads(line)["text"]
        shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", md_escape(text, 10_000))
        kept = "".join(c for c in " ".join(text.split()) if c.isprintable())
        assert shown.replace("\u2060", "") == kept.replace("\u2060", "")
