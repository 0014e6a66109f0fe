"""The looks of the site screen that take the balance apart, on the sample shop."""

import numpy as np
import pandas as pd

from linkplanner.store.versions import latest_version
from linkplanner.store.workspace import Workspace
from linkplanner.ui import equity_view
from linkplanner.ui.texts import topics as topic_texts
from tests.pages.conftest import Open


def test_every_look_shows_its_table(sample: Workspace, open_app: Open) -> None:
    app = open_app(sample, "site")
    for look in equity_view.LOOKS:
        app.segmented_control(key="site-look").set_value(look).run()
        assert not app.exception, look
        assert app.segmented_control(key="site-look").value == look


def test_topics_open_or_say_what_they_wait_for(sample: Workspace, open_app: Open) -> None:
    app = open_app(sample, "site")
    app.segmented_control(key="site-look").set_value("Topics").run()
    assert not app.exception
    texts = [text.value for text in app.caption]
    assert any("Pages that belong together" in t or t == topic_texts.NOT_YET for t in texts)


def test_one_page_tells_where_its_links_stand(sample: Workspace, open_app: Open) -> None:
    app = open_app(sample, "site")
    app.segmented_control(key="site-look").set_value("One page").run()
    assert not app.exception
    assert any("Its links by place" in text.value for text in app.markdown)


def test_the_tables_of_the_sample_shop_add_up(sample: Workspace, open_app: Open) -> None:
    open_app(sample, "site")
    version = latest_version(sample, 1, "analysis")
    assert version is not None

    def stored(name: str) -> pd.DataFrame:
        return pd.read_parquet(version.folder / f"{name}.parquet")

    balance, losses, bands = stored("section_balance"), stored("losses"), stored("bands")
    leaks = ["dead_ends", "nofollow", "external", "broken", "files", "noindex"]
    into = balance["entered"] + balance["received"]
    out = balance["settled"] + balance["passed"] + balance[leaks].sum(axis=1)
    assert np.allclose(into, out)
    assert losses["url"].str.startswith("https://").all() and losses["repair"].notna().all()
    assert losses.loc[losses["cause"] == "broken", "redirect_to"].ne("").any()
    assert len(bands) == 2 and (bands["equity_low"] <= bands["equity_high"]).all()
    assert stored("hubs")["reach"].is_monotonic_decreasing
    facts = stored("page_facts")
    assert (facts["depth_entry"].fillna(99) <= facts["depth"].fillna(99)).mean() > 0.5
