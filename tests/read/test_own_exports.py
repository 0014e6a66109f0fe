"""What linkplanner wrote as CSV is read again as it was, formulas disarmed or not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.export.csv import safe_csv
from linkplanner.read import read_bytes

RISKY = ["=HYPERLINK(1)", "+1", "-a", "@name", "'=a", "''", "'plain", "plain", "\uff1dx", " =x"]


def anchors(target: str, texts: list[str]) -> list[str]:
    source = "https://a.test/" if target.startswith("https://a") else "https://s.test/"
    frame = pd.DataFrame(
        {
            "source_url": [f"{source}{n}" for n in range(len(texts))],
            "target_url": target,
            "anchor": texts,
        }
    )
    (reading,) = read_bytes("mine.csv", safe_csv(frame))
    assert reading.rows == len(texts)
    return reading.frame["anchor"].fillna("").tolist()


@pytest.mark.parametrize("target", ["https://a.test/x", "https://b.test/"])
def test_texts_come_back(target: str) -> None:
    kind = anchors(target, RISKY)
    assert kind == [text.strip() for text in RISKY]


@given(st.lists(st.text(alphabet="'=+-@\uff1dab ", max_size=5), min_size=1, max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    assert anchors("https://b.test/", texts) == [text.strip() for text in texts]


def test_an_apostrophe_of_a_vendors_export_stays() -> None:
    header = "Target URL,Source URL,Anchor Text,SourceCitationFlow,SourceTrustFlow"
    row = "https://b.test/,https://s.test/1,'@name,1,2"
    (reading,) = read_bytes("majestic.csv", f"{header}\n{row}\n".encode())
    assert reading.recognised_as is not None
    assert reading.recognised_as.startswith("Majestic")
    assert reading.frame["anchor"].tolist() == ["'@name"]
