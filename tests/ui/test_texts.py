"""Every sentence stands in ui/texts: no other file of the screens spells one."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from linkplanner.plan.status import ALL_STATUSES
from linkplanner.tables import KINDS
from linkplanner.ui.texts import numbers

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    ROOT / "app.py",
    ROOT / "linkplanner" / "shell.py",
    *sorted((ROOT / "pages").glob("*.py")),
    *sorted((ROOT / "linkplanner" / "ui").glob("*.py")),
]
FILES.remove(ROOT / "linkplanner" / "ui" / "preload.py")  # a script that shows nothing
TEXTS = sorted((ROOT / "linkplanner" / "ui" / "texts").glob("*.py"))

SENTENCE = re.compile(r"[A-Z][a-z]{2}|[a-z]{2}[.,:;]? +[a-zA-Z]{2}")
"""What looks like words for people: a capital or two words in a row."""
LETTERS = re.compile(r"[A-Za-z]{2}")
SHOWN = {"label", "help", "placeholder", "text", "title", "body", "alt", "caption", "y_label"}
"""Arguments of Streamlit and Altair that are read by people, whatever they look like."""
DRAWS = re.compile(
    r"(st|kinds|places?|left|right|middle|button|buttons|name|facts|row|text|alt)(\[\d\])?\."
    r"(title|header|subheader|caption|markdown|text|metric|button|info|warning|error|success|toast|"
    r"expander|popover|selectbox|multiselect|radio|slider|toggle|checkbox|number_input|text_input|"
    r"text_area|date_input|file_uploader|data_editor|form_submit_button|download_button|pills|"
    r"segmented_control|\w+Column|tabs|spinner|progress)"
)
"""Calls whose first argument is read by people."""

NO_WORDS = re.compile(
    r"[a-z]+([A-Z][a-z]+)+"  # options of charts: itemStyle
    r"|[\w-]*\.(csv|xlsx|html|txt|ics|py|md|css|svg|linkplanner)"  # files
    r"|(text|application)/[\w.+-]+|pages/\w*(\.py)?|https?://\S*"  # media types, addresses
    r"|:(gray|material)\S*|Int64|[%\w: ,-]*%[%\w: ,-]*"  # colours, icons, types, dates
)
STORED = {*ALL_STATUSES, *KINDS, "outreach: ", ". Reading ", "last project", "add link"}
"""Words that are stored or that workers write: they are compared with, not shown."""
ALLOWED = {
    ("guide.py", "What each kind is good for"),  # headings of docs/formats.md
    ("guide.py", "What is refused, and what to do"),
    ("guide.py", "Rows"),
    ("shell.py", "A screen failed"),  # for the log
    ("charts.py", "? '"),  # a Vega expression
}
NOT_SHOWN = {"cast", "download_tables"}
"""Functions whose first argument names a type or a file."""


def parents(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def place(node: ast.AST, up: ast.AST) -> str:
    """What a node is in the one above it, where nothing in it is shown; else empty."""
    match up:
        case ast.Expr() if isinstance(node, ast.Constant):
            return "docstring"
        case ast.keyword(arg="key"):
            return "key"
        case ast.Subscript() if node is up.slice:
            return "key"
        case ast.arg() | ast.AnnAssign() if node is up.annotation:
            return "type"
        case ast.FunctionDef() if node is up.returns:
            return "type"
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return "names"
        case ast.Attribute(attr="split"):
            return "names"
        case ast.Call() if up.args and node is up.args[0]:
            called = ast.unparse(up.func).rpartition(".")[2]
            return called if called in NOT_SHOWN else ""
    return ""


def not_shown(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Docstrings, annotations, keys, names of files, types and modules."""
    while (up := above.get(node)) is not None:
        if place(node, up):
            return True
        if isinstance(up, ast.stmt):
            return False
        node = up
    return False


def read_by_people(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Whether a literal stands where anything with letters is shown."""
    up = above[node]
    if isinstance(up, ast.JoinedStr):
        node, up = up, above[up]
    if isinstance(up, ast.keyword):
        return up.arg in SHOWN
    first = isinstance(up, ast.Call) and bool(up.args) and node is up.args[0]
    return first and bool(DRAWS.fullmatch(ast.unparse(up.func)))  # type: ignore[attr-defined]


def spelled(source: str, name: str) -> Iterator[str]:
    """Literals of a file that are words for people, with their lines."""
    tree = ast.parse(source)
    above = parents(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        text = node.value
        if NO_WORDS.fullmatch(text.strip()) or text in STORED or (name, text.strip()) in ALLOWED:
            continue
        shown = SENTENCE.search(text) or (LETTERS.search(text) and read_by_people(node, above))
        if shown and not not_shown(node, above):
            yield f"{name}:{node.lineno}: {text!r}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_screen_spells_its_own_sentences(path: Path) -> None:
    assert list(spelled(path.read_text("utf-8"), path.name)) == []


@pytest.mark.parametrize(
    "line",
    [
        'st.caption("Nothing here yet.")',
        'st.caption(f"{n:,} links found")',
        'st.button("open", key="open")',
        'alt.X("sites:Q", title="sites")',
        'label = "Choose a page"',
        'place.metric("work", 3)',
        'st.button(f"Accept {n}")',
        'screen.empty("nothing here", "data", say.ADD)',
        'x = st.column_config.TextColumn("Sign")',
    ],
)
def test_the_rule_sees_sentences(line: str) -> None:
    assert list(spelled(line, "x.py"))


@pytest.mark.parametrize(
    "line",
    [
        'st.button(say.OPEN, key=f"open it {n}", type="primary")',
        'st.session_state["New project"] = 1',
        'def f() -> None:\n    """Do It now."""',
        'screen.download_tables(f"{name} link texts", frames, "link-texts")',
        'alt.X("sites:Q", title=say.SITES)',
    ],
)
def test_the_rule_lets_keys_and_names_pass(line: str) -> None:
    assert not list(spelled(line, "x.py"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_texts_know_no_screen(path: Path) -> None:
    """A translation needs neither Streamlit nor a database, and every function says what it is."""
    tree = ast.parse(path.read_text("utf-8"))
    named = [ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert not [
        n for n in named if re.search(r"streamlit|linkplanner\.(store|jobs|ui)(?!\.texts)", n)
    ]
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
    assert all(ast.get_docstring(f) or f.name.startswith("_") for f in functions)


def test_texts_are_asked_through_their_module() -> None:
    """A name that was imported could not be replaced by a translation's."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "linkplanner.ui.texts."
            ):
                raise AssertionError(f"{path.name}: {ast.unparse(node)}")


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.000"),
        (0.0001, "under 0.001"),
        (-0.0001, "above -0.001"),
        (0.0834, "0.083"),
        (0.9996, "1.00"),
        (8.899, "8.90"),
        (9.999, "10.0"),
        (98.64, "98.6"),
        (310.22, "310.2"),
        (999.7, "1,000"),
        (12345.6, "12,346"),
        (-12.34, "-12.3"),
    ],
)
def test_points_have_as_many_decimals_as_help(value: float, text: str) -> None:
    assert numbers.points(value) == text


def test_shares_changes_and_names() -> None:
    assert numbers.share(0.123) == "12%"
    assert numbers.share(0.123, 1) == "12.3%"
    assert numbers.change(-0.05) == "-5%"
    assert numbers.names(["a", "b", "c"], 2) == "a, b and 1 more"
    assert numbers.names(["a"], 2) == "a"
    assert numbers.moment(datetime(2026, 11, 2, 7, 5)) == "02 Nov 2026, 07:05"
