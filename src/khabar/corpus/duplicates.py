"""Find the copies: one wire report printed by several outlets is one story."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from khabar.language.tokens import tokenize

_N_WORDS = 4
_COMMON_SHINGLE = 50


def story_ids(texts: pd.Series, *, similarity: float = 0.4) -> pd.Series:
    """Give documents that are near-copies of one another the same story.

    Two documents are copies if the Jaccard coefficient of their sets of four-word shingles reaches
    `similarity`; copies of copies are one story.

    Parameters
    ----------
    texts : Series of str, indexed by document
    similarity : float
        Between 0 and 1.

    Returns
    -------
    Series of str
        `story_id`: the first document (in order of the index) of each story.

    Notes
    -----
    Shingles of more than 50 documents are furniture or formulae and are left out, which keeps the
    work proportional to the number of real copies.

    Examples
    --------
    >>> texts = pd.Series(["وصل الوزير إلى موسكو اليوم", "وصل الوزير إلى موسكو اليوم مساء", "خبر"])
    >>> story_ids(texts.set_axis(["a", "b", "c"])).to_dict()
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    shingles = _shingle_matrix(texts)
    rare = shingles.sum(axis=0) <= _COMMON_SHINGLE
    shingles = shingles[:, np.flatnonzero(rare)]
    sizes = shingles.sum(axis=1)
    common = sparse.coo_array(shingles @ shingles.T)
    jaccard = common.data / (sizes[common.row] + sizes[common.col] - common.data)
    alike = jaccard >= similarity
    graph = sparse.coo_array((alike[alike], (common.row[alike], common.col[alike])), common.shape)
    story = connected_components(graph, directed=False)[1]
    first = pd.Series(texts.index, index=texts.index).groupby(story).transform("min")
    return first.rename("story_id")


def _shingle_matrix(texts: pd.Series) -> sparse.csr_array:
    """Return the documents x distinct shingles matrix of zeros and ones."""
    tokens = tokenize(texts)
    document = tokens.document_positions
    start = np.arange(max(len(tokens) - _N_WORDS + 1, 0))
    start = start[document[start] == document[start + _N_WORDS - 1]]
    shingle = np.zeros(len(start), np.int64)
    for distance in range(_N_WORDS):
        pairs = shingle * (len(tokens.vocabulary) + 1) + tokens.codes[start + distance]
        shingle = pd.factorize(pairs)[0]
    n_shingles = int(shingle.max(initial=-1)) + 1
    entries = (np.ones(len(start), np.int64), (document[start], shingle))
    counts = sparse.coo_array(entries, (len(texts), n_shingles)).tocsr()
    counts.sum_duplicates()
    return (counts > 0).astype(np.int64)
