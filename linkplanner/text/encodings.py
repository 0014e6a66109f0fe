"""Texts as word numbers, kept from run to run: only what changed is read again."""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from linkplanner.text.arrays import save_arrays
from linkplanner.text.tokens import Lexicon

__all__ = ["Encodings"]

VERSION: Final = 1
"""To be raised when folding, stemming or stop words change: kept numbers would be wrong."""
_KEY: Final = 16
ROOM: Final = 1 << 18
"""Words for which room is made at once: thousands of small arrays would lie between what is free
and keep it from the system."""


class Encodings:
    """Word numbers of texts by the hash of text and language, with the lexicon they refer to."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self._known: dict[bytes, np.ndarray] = {}
        self._used: set[bytes] = set()
        self._room, self._filled = np.empty(0, dtype=np.int32), 0
        self.read = 0
        """Texts that had to be read since this was made or loaded."""

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> list[np.ndarray]:
        """Word numbers of each text, int32[words]."""
        found = []
        for text, language in zip(texts, languages, strict=True):
            key = blake2b(f"{language}\n{text}".encode("utf-8", "replace"), digest_size=_KEY)
            found.append(self._one(key.digest(), text, language))
        return found

    def _one(self, key: bytes, text: str, language: str) -> np.ndarray:
        self._used.add(key)
        if key not in self._known:
            self.read += 1
            self._known[key] = self._put(self.lexicon.encode(text, language))
        return self._known[key]

    def _put(self, ids: np.ndarray) -> np.ndarray:
        """The same numbers behind those of the text before, int32."""
        if self._filled + len(ids) > len(self._room):
            self._room, self._filled = np.empty(max(ROOM, len(ids)), dtype=np.int32), 0
        first, self._filled = self._filled, self._filled + len(ids)
        self._room[first : self._filled] = ids
        return self._room[first : self._filled]

    def save(self, path: Path) -> None:
        """Writes what was used since it was made or loaded."""
        keys = sorted(self._used)
        ids = [self._known[key] for key in keys]
        ends = np.cumsum([0, *map(len, ids)], dtype=np.int64)
        stems = "\n".join(self.lexicon.stems()).encode("utf-8", "surrogatepass")
        arrays = {
            "version": np.array(VERSION),
            "stems": np.frombuffer(stems, dtype=np.uint8),
            "keys": np.frombuffer(b"".join(keys), dtype=np.uint8),
            "ends": ends,
            "ids": np.concatenate(ids) if ids else np.empty(0, dtype=np.int32),
        }
        save_arrays(path, arrays)

    @classmethod
    def load(cls, path: Path) -> "Encodings":
        """What `save` wrote; empty where there is no such file or it is of another version."""
        made = cls()
        try:
            with np.load(path, allow_pickle=False) as data:
                if int(data["version"]) != VERSION:
                    return made
                stems = data["stems"].tobytes().decode("utf-8", "surrogatepass")
                keys, ends, ids = data["keys"].tobytes(), data["ends"], data["ids"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return made
        for stem in stems.split("\n") if stems else []:
            made.lexicon.number(stem)
        for n in range(len(ends) - 1):
            made._known[keys[_KEY * n : _KEY * (n + 1)]] = ids[ends[n] : ends[n + 1]]
        return made
