"""The block of the Data screen that reads pages: start, pause, go on, and what came of it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from linkplanner import jobs, work
from linkplanner.crawl.address import WHERE
from linkplanner.settings import CrawlSettings
from linkplanner.store.projects import create_project, list_projects, load_settings
from linkplanner.store.sources import add_source
from linkplanner.store.versions import save_version
from linkplanner.store.workspace import Workspace
from linkplanner.ui.crawl_panel import proposed_pages

Open = Callable[..., AppTest]
STANDING = "12 pages read, 1.9 a second, 40 waiting, about 21 seconds left. Reading https://x.test/"


def shown(app: AppTest) -> str:
    return " ".join(str(block.value) for kind in (app.markdown, app.caption) for block in kind)


@pytest.fixture
def project(one_file: Workspace) -> int:
    return list_projects(one_file)[0].id


def test_what_the_user_sets_starts_the_crawl(
    one_file: Workspace, project: int, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "spawn", lambda workspace, job_id: 0)  # no request leaves
    app = open_app(one_file, "data")
    app.number_input[0].set_value(77).run()
    app.selectbox(key="crawl-speed").set_value("fast").run()
    next(b for b in app.button if b.label == "Read my pages").click().run()
    assert not app.exception
    job = jobs.latest_job(one_file, project)
    assert job is not None
    assert (job.kind, job.params) == ("read_pages", {"pages": 77, "speed": "fast"})
    assert load_settings(one_file, project).crawl.pages == 77


def test_pause_keeps_the_place_and_goes_on(
    one_file: Workspace, project: int, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "spawn", lambda workspace, job_id: 0)
    job = jobs.start_job(one_file, project, "read_pages", {"pages": 50})
    work.Reporter(one_file, job.id).progress(12, 50, STANDING)
    app = open_app(one_file, "data")
    assert "1.9 a second" in shown(app).replace("\\", "")
    app.button(key="crawl-pause").click().run()
    asked = jobs.find_job(one_file, job.id)
    assert asked is not None
    assert (asked.cancel, asked.paused) == (True, True)
    work.Reporter(one_file, job.id).end("stopped", "Paused at 12 pages; go on when you like.")
    app = open_app(one_file, "data")
    app.button(key="crawl-resume").click().run()
    assert not app.exception
    resumed = jobs.find_job(one_file, job.id)
    assert resumed is not None
    assert (resumed.state, resumed.paused) == ("waiting", False)


def test_doubts_about_orphans_are_told(one_file: Workspace, project: int, open_app: Open) -> None:
    facts = {"read": 3, "doubts": ["The limit of 3 pages was reached, and there are more."],
             "messages": ["2 addresses not read: <b>robots</b>."]}  # fmt: skip
    save_version(one_file, project, "pages_read", lambda folder: folder.mkdir(exist_ok=True),
                 facts=facts)  # fmt: skip
    app = open_app(one_file, "data")
    text = shown(app).replace("\\", "")
    assert "orphan cannot be told" in text
    assert "limit of 3 pages" in text
    assert not app.exception


@pytest.mark.parametrize(
    ("kept", "listed", "proposed"),
    [
        (300, 0, 300),  # no sitemap: the usual number
        (300, 120, 300),  # a site has pages that its sitemap does not list
        (300, 1234, 1250),
        (300, 90_000, 2000),
        (77, 1234, 77),  # what the user set
    ],
)
def test_as_many_pages_are_proposed_as_the_sitemap_lists(
    kept: int, listed: int, proposed: int
) -> None:
    assert proposed_pages(CrawlSettings(pages=kept), listed) == proposed


def test_a_long_sitemap_raises_the_number_of_pages(
    empty: Workspace, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "spawn", lambda workspace, job_id: 0)
    project = create_project(empty, "Shop")
    urls = "".join(f"<url><loc>https://a.test/{n}</loc></url>" for n in range(801))
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    add_source(empty, project.id, "sitemap.xml", text.encode())
    work.run_job(empty, jobs.create_job(empty, project.id, "analyse").id)
    app = open_app(empty, "data")
    assert app.number_input[0].value == 850
    assert "Your sitemap lists 801 pages" in shown(app)
    assert load_settings(empty, project.id).crawl.pages == 300  # a proposal is nobody's wish


def test_a_refused_sitemap_asks_one_question_and_shows_no_failure(
    one_file: Workspace, project: int, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "spawn", lambda workspace, job_id: 0)
    job = jobs.start_job(one_file, project, "sitemap", {"url": "https://staging.test/s.xml"})
    work.Reporter(one_file, job.id).end("failed", "Failed", f"Refused {WHERE}.")
    app = open_app(one_file, "data")
    assert "is on your own network" in shown(app)
    assert not [b for b in app.button if b.label == "Take it up again"]
    app.button(key="own-server-hide").click().run()
    assert "is on your own network" not in shown(app)
    app = open_app(one_file, "data")
    app.button(key="allow-host").click().run()
    assert load_settings(one_file, project).crawl.allow_hosts == ("staging.test",)
