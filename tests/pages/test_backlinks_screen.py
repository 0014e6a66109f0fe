"""The backlinks screen: every view opens, decisions and names are kept, weights are shown."""

import pandas as pd
import pytest

from linkplanner.quality.signals import SIGNALS
from linkplanner.store.projects import list_projects, load_settings
from linkplanner.store.rankings import load_rankings
from linkplanner.store.reviews import disavowed, review, reviewed
from linkplanner.store.workspace import Workspace
from linkplanner.ui.backlink_profile import brands, concentration
from linkplanner.ui.backlink_quality import narrowed
from linkplanner.ui.signal_weights import changed_points, weight_table
from tests.pages.test_screens import texts

VIEWS = [
    ("Quality", "Each dot is a backlink"),
    ("Profile", "Half of it comes from"),
    ("Networks", "of three linking sites or more"),
    ("Link texts", "What other sites write"),
    ("By page of mine", "Where equity enters"),
    ("Unknown targets", "none of your files names them"),
    ("Review and disavow", "Nothing is disavowed unless you decide"),
    ("Weights", "cut at 100"),
]


def view(open_app, workspace: Workspace, name: str):
    app = open_app(workspace, "backlinks")
    app.segmented_control(key="backlinks-view").set_value(name).run()
    assert not app.exception, [e.value for e in app.exception]
    assert not app.error, [e.value for e in app.error]
    return app


@pytest.mark.parametrize(("name", "says"), VIEWS, ids=[name for name, _ in VIEWS])
def test_every_view_opens(name: str, says: str, sample: Workspace, open_app) -> None:
    assert says in texts(view(open_app, sample, name))


def test_one_backlink_shows_every_sign(sample: Workspace, open_app) -> None:
    app = open_app(sample, "backlinks")
    key = next(k for k in app.session_state.to_dict() if str(k).startswith("links-1-"))
    app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert any(f"All {len(SIGNALS)} signs" in e.label for e in app.expander)
    shown = next(d.value for d in app.dataframe if "most" in d.value)
    assert len(shown) == len(SIGNALS)
    stored = app.metric[2].value
    assert abs(min(100.0, shown["counts"].sum()) - float(stored)) <= 0.6


def test_a_decision_is_kept_and_shown_in_the_file(sample: Workspace, open_app) -> None:
    (project,) = list_projects(sample)
    app = view(open_app, sample, "Review and disavow")
    key = next(k for k in app.session_state.to_dict() if str(k).startswith("review-1-"))
    first = next(d.value for d in app.dataframe if "your_decision" in d.value)
    domain = first["source_domain"].iloc[0]
    app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    app.text_input(key="review-note").input("asked twice")
    app.button(key="review-disavow").click().run()
    assert reviewed(sample, project.id)[domain] == ("disavow", "asked twice")
    assert "used incorrectly" in texts(app)  # Google's own warning stands beside the button
    (entry,) = disavowed(sample, project.id)
    assert entry.value == domain
    review(sample, project.id, [domain], "")


def test_own_domains_stop_the_download(sample: Workspace, open_app) -> None:
    (project,) = list_projects(sample)
    review(sample, project.id, ["wordpress.com"], "disavow")
    app = open_app(sample, "backlinks")
    app.segmented_control(key="backlinks-view").set_value("Review and disavow").run()
    review(sample, project.id, ["wordpress.com"], "")
    assert "must go first" in app.error[0].value


def test_an_imported_file_is_read_and_taken_over(sample: Workspace, open_app) -> None:
    (project,) = list_projects(sample)
    app = view(open_app, sample, "Review and disavow")
    content = b"# mine\ndomain:bad.example\nnot an entry\n"
    app.file_uploader(key="disavow-file").upload("disavow.txt", content).run()
    assert "1 entry read" in texts(app)
    next(b for b in app.button if b.label == "Take its entries over").click().run()
    assert [e.line for e in disavowed(sample, project.id)] == ["domain:bad.example"]
    review(sample, project.id, ["bad.example"], "")


def test_names_of_the_site_are_kept(sample: Workspace, open_app) -> None:
    (project,) = list_projects(sample)
    app = view(open_app, sample, "Link texts")
    app.text_input(key="brand").input("Ridge & Co, ridge , Ridge & Co").run()
    assert load_settings(sample, project.id).quality.brand == ("Ridge & Co", "ridge")
    app.text_input(key="brand").input("").run()
    assert load_settings(sample, project.id).quality.brand == ()


def test_a_public_ranking_is_kept_and_forgotten(sample: Workspace, open_app) -> None:
    app = view(open_app, sample, "Weights")
    app.file_uploader(key="ranking-file").upload("top.csv", b"1,google.com\n2,a.example\n").run()
    next(b for b in app.button if b.label == "Read the ranking").click().run()
    assert "Tranco: 2 ranked domains" in texts(app)
    assert load_rankings(sample) is not None
    next(b for b in app.button if b.label == "Remove this ranking").click().run()
    assert load_rankings(sample) is None


def test_parts() -> None:
    assert brands(" A  b ,, A b,C") == ("A b", "C")
    table = weight_table({"gambling": 50.0})
    assert changed_points(table) == {"gambling": 50.0}
    table.loc[0, "points"] = 900.0
    table.loc[1, "points"] = None
    assert changed_points(table) == {table["name"][0]: 100.0}
    rows = pd.DataFrame({"spam": [0.0, 40.0, 90.0, None], "kind": ["forum", "image", "forum", "x"]})
    assert narrowed(rows, [], []).equals(rows)
    assert narrowed(rows, ["likely spam"], []).index.tolist() == [2]
    assert narrowed(rows, ["fine", "likely spam"], ["forum"]).index.tolist() == [0, 2]
    assert "from 1 site." in concentration({"half_domains": 1, "risk": "high"})
    assert "anything that counts" in concentration({"half_domains": 0, "risk": "unknown"})
