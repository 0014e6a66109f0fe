"""The file of priority pages: a table, a list, or neither."""

from pathlib import Path

import pytest

from linkplanner.errors import InputError
from linkplanner.read import read_priorities


def written(folder: Path, text: str) -> Path:
    path = folder / "p.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("url,weight,keywords,difficulty\nhttps://a.test/,2,x,10\nhttps://a.test/b,,,\n", [2, 1]),
        ("url\nhttps://a.test/\nhttps://a.test/b\n", [1, 1]),
        ("https://a.test/\n", [1]),
        ("URL;Weight\nhttps://a.test/;0,5\n", [0.5]),
    ],
)
def test_weights(text: str, weights: list[float], tmp_path: Path) -> None:
    reading = read_priorities(written(tmp_path, text))
    assert reading.kind == "priorities"
    assert reading.frame["weight"].tolist() == weights
    assert list(reading.frame) == ["url", "weight", "keywords", "difficulty"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Source url,Target url\n"])
def test_other_files_are_refused_with_the_columns_to_write(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"“p\.csv” holds no priority pages .* url, weight"):
        read_priorities(written(tmp_path, text))
