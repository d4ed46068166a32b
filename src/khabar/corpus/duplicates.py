"""Find the copies: one wire report printed by several outlets is one story."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from khabar.errors import KhabarError
from khabar.language.tokens import tokenize

_N_WORDS = 4
_DOCUMENTS_AT_ONCE, _PAIRS_AT_ONCE = 4_000, 50_000
_AT_MOST_COMPARED = 3_000  # texts of one chain: all of their pairs are held at once


def near_duplicates(texts: pd.Series, *, similarity: float = 0.5) -> pd.DataFrame:
    """List the pairs of documents that are near-copies of one another.

    Parameters
    ----------
    texts : Series of str, indexed by document
    similarity : float
        The least Jaccard coefficient of the two sets of four-word shingles; above 0, at most 1.

    Returns
    -------
    DataFrame
        One row a pair, in order of the index: `document_id`, `copy_id` and `similarity` (0 to 1).

    Notes
    -----
    The coefficients are exact, and no pair is missed. That all pairs need not be compared is owed
    to prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): copies
    share at least one of the rarest shingles of either.

    Examples
    --------
    >>> texts = pd.Series(["وصل الوزير إلى موسكو اليوم", "وصل الوزير إلى موسكو اليوم مساء", "خبر"])
    >>> near_duplicates(texts.set_axis(["a", "b", "c"])).round(2).values.tolist()
    [['a', 'b', 0.67]]
    """
    texts = texts.sort_index()
    shingles, text = _distinct_texts(texts)
    same = sparse.diags_array((np.diff(shingles.indptr) > 0).astype(float))
    alike = _similarities(shingles, similarity)
    has_text = sparse.coo_array((np.ones(len(text)), (np.arange(len(text)), text))).tocsr()
    pairs = sparse.triu(has_text @ (alike + alike.T + same) @ has_text.T, k=1).tocsr().tocoo()
    return pd.DataFrame(
        {
            "document_id": texts.index[pairs.row],
            "copy_id": texts.index[pairs.col],
            "similarity": pairs.data,
        }
    )


def story_ids(texts: pd.Series, *, similarity: float = 0.5) -> pd.Series:
    """Give documents that are near-copies of one another the same story.

    Parameters
    ----------
    texts : Series of str, indexed by document
    similarity : float
        As of `near_duplicates`; the documents of a story are that alike on average.

    Returns
    -------
    Series of str
        `story_id`: the first document (in order of the index) of each story.

    Notes
    -----
    The pairs of `near_duplicates` form chains, which average linkage (Sokal and Michener 1958) cuts
    into stories: market bulletins written to one pattern resemble the next day's, and so on through
    the year, without being copies. A chain of more than 3,000 different texts stays whole.

    Examples
    --------
    >>> texts = pd.Series(["وصل الوزير إلى موسكو اليوم", "وصل الوزير إلى موسكو اليوم مساء", "خبر"])
    >>> story_ids(texts.set_axis(["a", "b", "c"])).to_dict()
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    in_order = texts.sort_index()
    shingles, text = _distinct_texts(in_order)
    chain = connected_components(_similarities(shingles, similarity), directed=False)[1]
    story = pd.Series(_cut_chains(shingles, chain, similarity)[text])
    first = pd.Series(in_order.index).groupby(story).transform("first")
    return first.set_axis(in_order.index).reindex(texts.index).rename("story_id")


def _cut_chains(shingles: sparse.csr_array, chain: np.ndarray, similarity: float) -> np.ndarray:
    """Number the stories, given the number of each text's chain."""
    story = chain.copy()
    size = np.bincount(chain, minlength=1)[chain]
    long = np.flatnonzero((size > 2) & (size <= _AT_MOST_COMPARED))
    for members in pd.Series(long).groupby(chain[long]).agg(list):
        distance = squareform(1 - _jaccard_of_all(shingles[members]), checks=False)
        # The least bit more than asked: a coefficient of just .5 is one, whatever the rounding.
        part = fcluster(linkage(distance, "average"), 1 - similarity + 1e-9, "distance")
        story[members] = story.max() + part
    return story


def _jaccard_of_all(shingles: sparse.csr_array) -> np.ndarray:
    common = (shingles @ shingles.T).toarray()
    size = common.diagonal()
    return common / (size[:, None] + size - common)


def _similarities(shingles: sparse.csr_array, similarity: float) -> sparse.csr_array:
    """Return the coefficients of the pairs of rows that are alike, above the diagonal."""
    if not 0 < similarity <= 1:
        raise KhabarError(f"similarity must be above 0 and at most 1; not {similarity!r}")
    size = np.diff(shingles.indptr)
    prefixes = _rarest(shingles, similarity)
    found = [(np.empty(0), np.empty((2, 0), np.int64))]
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
            jaccard = common / (size[pair].sum(axis=0) - common)
            found.append((jaccard[jaccard >= similarity], pair[:, jaccard >= similarity]))
    jaccard, pairs = (np.concatenate(part, axis=-1) for part in zip(*found, strict=True))
    return sparse.coo_array((jaccard, tuple(pairs)), (len(size), len(size))).tocsr()


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


def _distinct_texts(texts: pd.Series) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the shingles of each distinct text, and which of them each document has."""
    shingles = _shingle_matrix(texts)
    text = _distinct_rows(shingles)
    first = pd.Series(np.arange(len(texts))).groupby(text).first().to_numpy()
    return shingles[first], text


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
