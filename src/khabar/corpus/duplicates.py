"""Find the copies: one wire report printed by several outlets is one story."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from khabar.errors import KhabarError
from khabar.language.tokens import tokenize

_N_WORDS = 4
_ODD = np.uint64(0x9E3779B97F4A7C15)  # a multiplier that scatters bits
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
    distinct = _texts_of(texts)
    text, n_texts = distinct.of_document, len(distinct.size)
    same = sparse.diags_array((distinct.size > 0).astype(float))
    alike = _similarities(distinct, similarity)
    has_text = sparse.coo_array(
        (np.ones(len(text)), (np.arange(len(text)), text)), (len(text), n_texts)
    ).tocsr()
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
    stories = stories_of(_texts_of(in_order), in_order.index, similarity)
    return stories.reindex(texts.index)


@dataclass(frozen=True, eq=False)
class ShingleSets:
    """The sets of four-word shingles of some documents.

    Attributes
    ----------
    document : ndarray of int32
        For each shingle of each document the position of the document.
    shingle : ndarray of uint64
        A number that the same four words have in every corpus. That any two runs of words of a
        million documents have one by chance happens once in 400 such corpora.
    size : ndarray of int32, shape (n_documents,)
        Shingles of each document.
    key : ndarray of int64, shape (n_documents,)
        A number that documents with the same shingles share.
    """

    document: np.ndarray
    shingle: np.ndarray
    size: np.ndarray
    key: np.ndarray


def shingle_sets(texts: pd.Series) -> ShingleSets:
    """Return the different shingles of each text."""
    tokens = tokenize(texts)
    document = tokens.document_positions
    start = np.arange(max(len(tokens) - _N_WORDS + 1, 0))
    start = start[document[start] == document[start + _N_WORDS - 1]]
    word = pd.util.hash_array(tokens.vocabulary.to_numpy(object), categorize=False)
    shingle = np.zeros(len(start), np.uint64)
    for distance in range(_N_WORDS):  # numbers wrap round, on purpose
        shingle = shingle * _ODD + word[tokens.codes[start + distance]]
    code, shingles = pd.factorize(shingle)
    pair = pd.unique(document[start].astype(np.int64) * max(len(shingles), 1) + code)
    document, code = np.divmod(pair, max(len(shingles), 1))
    shingle = shingles[code]
    size = np.bincount(document, minlength=len(texts))
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(_scattered(shingle))])
    ends = np.cumsum(size)
    key = (total[ends] - total[ends - size]).view(np.int64)
    return ShingleSets(document.astype(np.int32), shingle, size.astype(np.int32), key)


def _scattered(numbers: np.ndarray) -> np.ndarray:
    """Mix the bits of numbers, so that sums of them are equal only where the numbers are."""
    mixed = (numbers ^ (numbers >> np.uint64(31))) * _ODD
    return mixed ^ (mixed >> np.uint64(29))


@dataclass(frozen=True, eq=False)
class DistinctTexts:
    """The different texts of a corpus, by their shingles.

    Attributes
    ----------
    shared : csr_array of ones, shape (n_texts, n_shingles)
        The shingles that several texts have, the rarest first.
    size : ndarray, shape (n_texts,)
        Shingles of each text, also those that no other has.
    of_document : ndarray, shape (n_documents,)
        The text of each document.
    """

    shared: sparse.csr_array
    size: np.ndarray
    of_document: np.ndarray


def number_texts(key: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number the different texts, and say which document stands for each.

    Documents are in order of their index; those without shingles are like no other.
    """
    key = key.copy()
    empty = np.flatnonzero(size == 0)
    key[empty] = -1 - empty
    text = pd.factorize(key)[0]
    return text, pd.Series(np.arange(len(text))).groupby(text).first().to_numpy()


def only_shared(text: np.ndarray, shingle: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Leave out the shingles that stand in one text only."""
    code = pd.factorize(shingle)[0]
    kept = np.bincount(code)[code] > 1 if len(code) else np.zeros(0, bool)
    return text[kept], shingle[kept]


def distinct_texts(
    of_document: np.ndarray, size: np.ndarray, text: np.ndarray, shingle: np.ndarray
) -> DistinctTexts:
    """Put texts and the shingles that they share into a matrix."""
    code = pd.factorize(shingle)[0]
    n_shingles = int(code.max(initial=-1)) + 1
    rank = np.empty(n_shingles, np.int64)
    in_order = np.argsort(np.bincount(code, minlength=n_shingles), kind="stable")
    rank[in_order] = np.arange(n_shingles)
    entries = (np.ones(len(text), np.int32), (text, rank[code]))
    shared = sparse.coo_array(entries, (len(size), n_shingles)).tocsr()
    shared.sort_indices()
    return DistinctTexts(shared, size.astype(np.int64), of_document)


def _texts_of(texts: pd.Series) -> DistinctTexts:
    """Return the different ones of texts that are in order of their index."""
    sets = shingle_sets(texts)
    text, first = number_texts(sets.key, sets.size)
    of_first = np.isin(sets.document, first)
    shared = only_shared(text[sets.document[of_first]], sets.shingle[of_first])
    return distinct_texts(text, sets.size[first], *shared)


def stories_of(texts: DistinctTexts, index: pd.Index, similarity: float = 0.5) -> pd.Series:
    """Return the story of each document, as `story_ids` does; the index is in order."""
    chain = connected_components(_similarities(texts, similarity), directed=False)[1]
    story = pd.Series(_cut_chains(texts, chain, similarity)[texts.of_document])
    first = pd.Series(index).groupby(story).transform("first")
    return first.set_axis(index).rename("story_id")


def _cut_chains(texts: DistinctTexts, chain: np.ndarray, similarity: float) -> np.ndarray:
    """Number the stories, given the number of each text's chain."""
    story = chain.copy()
    size = np.bincount(chain, minlength=1)[chain]
    long = np.flatnonzero((size > 2) & (size <= _AT_MOST_COMPARED))
    for members in pd.Series(long).groupby(chain[long]).agg(list):
        distance = squareform(1 - _jaccard_of_all(texts, members), checks=False)
        # The least bit more than asked: a coefficient of just .5 is one, whatever the rounding.
        part = fcluster(linkage(distance, "average"), 1 - similarity + 1e-9, "distance")
        story[members] = story.max() + part
    return story


def _jaccard_of_all(texts: DistinctTexts, members: np.ndarray) -> np.ndarray:
    shared, size = texts.shared[members], texts.size[members]
    common = (shared @ shared.T).toarray()
    np.fill_diagonal(common, size)
    return common / (size[:, None] + size - common)


def _similarities(texts: DistinctTexts, similarity: float) -> sparse.csr_array:
    """Return the coefficients of the pairs of texts that are alike, above the diagonal."""
    if not 0 < similarity <= 1:
        raise KhabarError(f"similarity must be above 0 and at most 1; not {similarity!r}")
    shingles, size = texts.shared, texts.size
    prefixes = _rarest(texts, similarity)
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


def _rarest(texts: DistinctTexts, similarity: float) -> sparse.csr_array:
    """Keep of each text the rarest shingles, one at least of which every copy shares.

    Those that no other text has are the rarest of all, and no copy shares them.
    """
    shared, size = texts.shared, texts.size
    n_shared = np.diff(shared.indptr)
    n_kept = size - np.ceil(similarity * size).astype(np.int64) + 1
    place = np.arange(shared.nnz) - np.repeat(shared.indptr[:-1] - (size - n_shared), n_shared)
    kept = place < np.repeat(n_kept, n_shared)
    row = np.repeat(np.arange(len(size)), n_shared)[kept]
    entries = (np.ones(len(row), np.int32), (row, shared.indices[kept]))
    return sparse.coo_array(entries, shared.shape).tocsr()
