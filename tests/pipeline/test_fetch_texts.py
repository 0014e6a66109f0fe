"""An export has links and no texts: only the pages of the shortlist are fetched for sentences."""

from pathlib import Path

import pytest

from linkplanner.crawl.folder import FolderFetcher
from linkplanner.pipeline import analyse, make_plan
from linkplanner.pipeline.shortlist import SHORTLIST, fetch_texts, shortlist
from linkplanner.read import read_file
from linkplanner.sample import write_sample
from linkplanner.settings import CrawlSettings, PlanLimits, Settings
from linkplanner.site.priorities import match_pattern


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shop")


def test_sentences_come_from_the_pages_of_the_shortlist_alone(place: Path) -> None:
    shop = write_sample(place)
    settings = Settings(limits=PlanLimits(max_links=20, proof_seconds=0))
    files = (shop.sitemap, shop.backlinks, shop.inlinks, shop.internal)
    readings = [reading for file in files for reading in read_file(file)]
    first = analyse(readings, None, settings)
    priorities = match_pattern("/services/*", first["pages"])
    first = analyse(readings, None, settings, priorities)
    before = make_plan(first, settings, thorough=False).plan
    assert set(before["sentence"].fillna("")) == {""}
    assert before["action"].str.startswith("Find a place on the page").all()
    wanted = shortlist(first, settings)
    assert 0 < len(wanted) <= SHORTLIST
    assert set(wanted) == set(before["source_url"])
    fetcher = FolderFetcher({shop.base_url: shop.site})
    texts = fetch_texts(first, settings, fetcher, CrawlSettings(delay=0))
    assert set(texts.texts["url"]) <= set(wanted)
    assert (len(texts.pages), len(texts.links)) == (0, 0)
    second = analyse(readings, texts, settings, priorities)
    after = make_plan(second, settings, thorough=False).plan
    found = after["sentence"].fillna("") != ""
    assert found.mean() > 0.5
    assert len(second["links"]) == len(first["links"])
