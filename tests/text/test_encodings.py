"""Texts as numbers, kept from run to run."""

from pathlib import Path

import numpy as np

from linkplanner.text.encodings import Encodings
from linkplanner.text.tokens import Lexicon

TEXTS = ["Leather boots\nand tea", "東京の天気", ""]
CODES = ["en", "ja", ""]


def test_numbers_are_those_of_the_lexicon() -> None:
    kept, lexicon = Encodings(), Lexicon()
    for found, text, code in zip(kept.encode(TEXTS, CODES), TEXTS, CODES, strict=True):
        assert found.tolist() == lexicon.encode(text, code).tolist()


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    first = Encodings()
    before = first.encode(TEXTS, CODES)
    assert first.read == 3
    first.save(tmp_path / "texts.npz")
    again = Encodings.load(tmp_path / "texts.npz")
    after = again.encode([*TEXTS[:2], "Green tea"], CODES)
    assert again.read == 1
    assert all(np.array_equal(a, b) for a, b in zip(before[:2], after[:2], strict=True))
    tea = before[0][-1]
    assert after[2][-1] == tea


def test_the_language_is_part_of_the_text() -> None:
    kept = Encodings()
    kept.encode(["running"], ["en"])
    kept.encode(["running"], ["de"])
    assert kept.read == 2


def test_what_is_no_longer_used_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "texts.npz"
    first = Encodings()
    first.encode(TEXTS, CODES)
    first.save(path)
    second = Encodings.load(path)
    second.encode(TEXTS[:1], CODES[:1])
    second.save(path)
    third = Encodings.load(path)
    third.encode(TEXTS, CODES)
    assert third.read == 2


def test_a_damaged_file_costs_time_only(tmp_path: Path) -> None:
    path = tmp_path / "texts.npz"
    for damage in (b"", b"PK\x03\x04 no archive", b"x" * 100):
        path.write_bytes(damage)
        assert len(Encodings.load(path).encode(TEXTS, CODES)) == 3
    assert Encodings.load(tmp_path / "none.npz").read == 0
