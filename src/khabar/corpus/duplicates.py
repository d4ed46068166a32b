"""Find the copies: one wire report printed by several outlets is one story."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from khabar.errors import KhabarError
from khabar.language.tokens import tokenize

_N_WORDS = 4
_DOCUMENTS_AT_ONCE, _PAIRS_AT_ONCE = 4_000, 50_000


def story_ids(texts: pd.Series, *, similarity: float = 0.5) -> pd.Series:
    """Give documents that are near-copies of one another the same story.

    Two documents are copies if the Jaccard coefficient of their sets of four-word shingles reaches
    `similarity`; copies of copies are one story.

    Parameters
    ----------
    texts : Series of str, indexed by document
    similarity : float
        Above 0, at most 1.

    Returns
    -------
    Series of str
        `story_id`: the first document (in order of the index) of each story.

    Notes
    -----
    The coefficients are exact, and no pair is missed. That all pairs need not be compared is owed
    to prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): copies
    share at least one of the rarest shingles of either.

    Examples
    --------
    >>> texts = pd.Series(["وصل الوزير إلى موسكو اليوم", "وصل الوزير إلى موسكو اليوم مساء", "خبر"])
    >>> story_ids(texts.set_axis(["a", "b", "c"])).to_dict()
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    if not 0 < similarity <= 1:
        raise KhabarError(f"similarity must be above 0 and at most 1; not {similarity!r}")
    shingles = _shingle_matrix(texts)
    text = _distinct_rows(shingles)
    first = pd.Series(np.arange(len(texts))).groupby(text).first().to_numpy()
    pairs = [np.empty((2, 0), np.int64), *_copies(shingles[first], similarity)]
    a, b = np.concatenate(pairs, axis=1)
    graph = sparse.coo_array((np.ones(len(a), np.int8), (a, b)), (len(first), len(first)))
    story = connected_components(graph, directed=False)[1][text]
    ids = pd.Series(texts.index, index=texts.index).groupby(story).transform("min")
    return ids.rename("story_id")


def _copies(shingles: sparse.csr_array, similarity: float) -> Iterator[np.ndarray]:
    """Yield the pairs of rows that are alike, as arrays of two rows."""
    size = np.diff(shingles.indptr)
    prefixes = _rarest(shingles, similarity)
    for start in range(0, shingles.shape[0], _DOCUMENTS_AT_ONCE):
        met = (prefixes[start : start + _DOCUMENTS_AT_ONCE] @ prefixes.T).tocoo()
        a, b = met.row.astype(np.int64) + start, met.col.astype(np.int64)
        possible = (a < b) & (
            np.minimum(size[a], size[b]) >= similarity * np.maximum(size[a], size[b])
        )
        a, b = a[possible], b[possible]
        for i in range(0, len(a), _PAIRS_AT_ONCE):
            pair = np.stack([a[i : i + _PAIRS_AT_ONCE], b[i : i + _PAIRS_AT_ONCE]])
            common = shingles[pair[0]].multiply(shingles[pair[1]]).sum(axis=1)
            yield pair[:, common >= similarity * (size[pair].sum(axis=0) - common)]


def _rarest(shingles: sparse.csr_array, similarity: float) -> sparse.csr_array:
    """Keep of each row the rarest shingles, one at least of which every copy shares."""
    size = np.diff(shingles.indptr)
    n_kept = size - np.ceil(similarity * size).astype(np.int64) + 1
    place = np.arange(shingles.nnz) - np.repeat(shingles.indptr[:-1], size)
    frequency = np.bincount(shingles.indices, minlength=shingles.shape[1])
    kept = (place < np.repeat(n_kept, size)) & (frequency[shingles.indices] > 1)
    row = np.repeat(np.arange(len(size)), size)[kept]
    entries = (np.ones(len(row), np.int32), (row, shingles.indices[kept]))
    return sparse.coo_array(entries, shingles.shape).tocsr()


def _distinct_rows(shingles: sparse.csr_array) -> np.ndarray:
    """Number the rows so that equal ones have one number; empty rows equal none."""
    weight = np.random.default_rng(0).integers(1, 2**62, shingles.shape[1], dtype=np.int64)
    total = np.concatenate([[0], np.cumsum(weight[shingles.indices])])  # wraps round, on purpose
    key = total[shingles.indptr[1:]] - total[shingles.indptr[:-1]]
    empty = np.diff(shingles.indptr) == 0
    key[empty] = -1 - np.arange(empty.sum())
    return pd.factorize(key)[0]


def _shingle_matrix(texts: pd.Series) -> sparse.csr_array:
    """Return the documents x distinct shingles matrix of ones, the rarest shingles first."""
    tokens = tokenize(texts)
    document = tokens.document_positions
    start = np.arange(max(len(tokens) - _N_WORDS + 1, 0))
    start = start[document[start] == document[start + _N_WORDS - 1]]
    shingle = np.zeros(len(start), np.int64)
    for distance in range(_N_WORDS):
        pairs = shingle * (len(tokens.vocabulary) + 1) + tokens.codes[start + distance]
        shingle = pd.factorize(pairs)[0]
    n_shingles = int(shingle.max(initial=-1)) + 1
    pair = pd.unique(document[start].astype(np.int64) * max(n_shingles, 1) + shingle)
    row, shingle = np.divmod(pair, max(n_shingles, 1))
    rank = np.empty(n_shingles, np.int64)
    rank[np.argsort(np.bincount(shingle, minlength=n_shingles), kind="stable")] = np.arange(
        n_shingles
    )
    entries = (np.ones(len(row), np.int32), (row, rank[shingle]))
    matrix = sparse.coo_array(entries, (len(texts), n_shingles)).tocsr()
    matrix.sort_indices()
    return matrix
