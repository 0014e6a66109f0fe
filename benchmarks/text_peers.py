"""Peers for ranking targets by text: TF-IDF cosine, BM25, static embeddings of wordllama."""

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from text_pages import Pages

__all__ = ["bm25", "tfidf", "wordllama"]

K1, B = 1.2, 0.75
"""The usual constants of BM25."""
QUERY_TERMS = 100
"""Terms of a source's text that BM25 is asked with, the most telling ones."""

_EMBED = """
import json, pathlib, sys
import numpy as np
import wordllama
from wordllama import WordLlama
with open(sys.argv[1], encoding="utf-8") as file:
    texts = json.load(file)
home = pathlib.Path(wordllama.__file__).parent
model = WordLlama.load(cache_dir=home, disable_download=True)
vectors = model.embed(texts, norm=True)
np.save(sys.argv[2], np.asarray(vectors, dtype=np.float32))
"""


def _documents(site: Pages, texts: pd.DataFrame) -> list[str]:
    heads = site.pages["title"].fillna("") + "\n" + site.pages["h1"].fillna("")
    body = texts.set_index("page_id")["text"].reindex(site.pages["page_id"]).fillna("")
    return [f"{head}\n{text}" for head, text in zip(heads, body)]


def _diagonal_last(scores: np.ndarray) -> np.ndarray:
    np.fill_diagonal(scores, -1.0)
    return scores


def tfidf(site: Pages, texts: pd.DataFrame, links: pd.DataFrame) -> np.ndarray:
    """Cosine of scikit-learn's TF-IDF over words and pairs of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    rows = model.fit_transform(_documents(site, texts)).astype(np.float32)
    return _diagonal_last((rows @ rows.T).toarray())


def bm25(site: Pages, texts: pd.DataFrame, links: pd.DataFrame) -> np.ndarray:
    """BM25 of every page for the most telling words of the source."""
    from scipy import sparse
    from sklearn.feature_extraction.text import CountVectorizer

    counts = CountVectorizer().fit_transform(_documents(site, texts)).tocsr().astype(np.float32)
    size = counts.shape[0]
    present = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log1p((size - present + 0.5) / (present + 0.5)).astype(np.float32)
    length = np.asarray(counts.sum(axis=1)).ravel()
    norm = K1 * (1 - B + B * length / max(1.0, length.mean()))
    row = np.repeat(np.arange(size), np.diff(counts.indptr))
    weight = counts.data * (K1 + 1) / (counts.data + norm[row]) * idf[counts.indices]
    shape = counts.shape
    documents = sparse.csr_array((weight, counts.indices, counts.indptr), shape=shape)
    telling = np.log1p(counts.data) * idf[counts.indices]
    order = np.lexsort((-telling, row))
    place = np.arange(len(row)) - counts.indptr[row[order]]
    kept = order[place < QUERY_TERMS]
    ones = np.ones(len(kept), dtype=np.float32)
    queries = sparse.csr_array((ones, (row[kept], counts.indices[kept])), shape=shape)
    return _diagonal_last((queries @ documents.T).toarray())


def wordllama(python: str) -> Callable[[Pages, pd.DataFrame, pd.DataFrame], np.ndarray] | None:
    """Cosine of embeddings made in a process of its own; None where it is not installed."""
    asked = subprocess.run([python, "-c", "import wordllama"], capture_output=True)
    if asked.returncode != 0:
        return None

    def method(site: Pages, texts: pd.DataFrame, links: pd.DataFrame) -> np.ndarray:
        with tempfile.TemporaryDirectory() as folder:
            written, made = Path(folder) / "texts.json", Path(folder) / "vectors.npy"
            written.write_text(json.dumps(_documents(site, texts)), encoding="utf-8")
            command = [python, "-c", _EMBED, str(written), str(made)]
            subprocess.run(command, check=True, capture_output=True)
            vectors = np.load(made)
        return _diagonal_last(vectors @ vectors.T)

    return method
