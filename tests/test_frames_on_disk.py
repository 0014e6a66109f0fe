"""Frames that are read when they are asked for say the same as frames read at once."""

from pathlib import Path

import pandas as pd
import pytest

from linkplanner import frames_on_disk
from linkplanner.errors import InputError

FRAMES = {
    "pages": pd.DataFrame({"url": ["https://a.test/", "https://a.test/b"], "equity": [1.0, 0.5]}),
    "empty": pd.DataFrame({"url": pd.Series(dtype="str")}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    frames_on_disk.save(tmp_path / "analysis-1", FRAMES, {"domain": "a.test"})
    return tmp_path / "analysis-1"


def test_lazy_and_eager_agree(folder: Path) -> None:
    lazy, facts = frames_on_disk.open_lazily(folder)
    eager, same_facts = frames_on_disk.load(folder)
    assert facts == same_facts
    assert set(lazy) == set(eager)
    assert len(lazy) == len(eager)
    for name, frame in eager.items():
        pd.testing.assert_frame_equal(lazy[name], frame)
        assert lazy[name] is lazy[name]


def test_nothing_is_read_before_it_is_asked_for(folder: Path) -> None:
    lazy, _ = frames_on_disk.open_lazily(folder)
    (folder / "pages.parquet").unlink()
    assert "pages" in lazy
    assert lazy.get("empty") is not None
    assert lazy.get("nothing") is None
    with pytest.raises(InputError, match=r"analysis-1.*make it again"):
        lazy["pages"]
    with pytest.raises(KeyError):
        lazy["nothing"]


def test_a_part_has_the_columns_that_exist(folder: Path) -> None:
    lazy, _ = frames_on_disk.open_lazily(folder)
    wanted = FRAMES["pages"][["equity"]]
    pd.testing.assert_frame_equal(lazy.part("pages", ["equity", "nothing"]), wanted)
    lazy["pages"]  # now from memory
    pd.testing.assert_frame_equal(lazy.part("pages", ["equity", "nothing"]), wanted)


def test_frames_can_be_put_and_forgotten(folder: Path) -> None:
    lazy, _ = frames_on_disk.open_lazily(folder)
    lazy["more"] = FRAMES["empty"]
    assert list(lazy) == ["empty", "pages", "more"]
    del lazy["more"], lazy["pages"]
    assert list(lazy) == ["empty"]
    with pytest.raises(KeyError):
        del lazy["more"]


def test_an_incomplete_folder_is_refused(folder: Path) -> None:
    (folder / "facts.json").unlink()
    with pytest.raises(InputError, match="make it again"):
        frames_on_disk.open_lazily(folder)
