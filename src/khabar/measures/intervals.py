"""How sure a share or a rate can be."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

_Z = 1.959964


def wilson_interval(successes: np.ndarray, trials: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % Wilson score interval of a proportion, missing where there were no trials.

    Parameters
    ----------
    successes, trials : array-like of int, same shape

    Returns
    -------
    low, high : ndarray of float
        Between 0 and 1.

    References
    ----------
    E. B. Wilson (1927), Probable inference, JASA 22, 209-212.

    Examples
    --------
    >>> low, high = wilson_interval([8], [10])
    >>> print(low.round(3), high.round(3))
    [0.49] [0.943]
    """
    n = np.where(np.asarray(trials) > 0, trials, np.nan).astype(float)
    p = np.asarray(successes) / n
    centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    reach = _Z * np.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return np.maximum(centre - reach, 0), np.minimum(centre + reach, 1)


# In a table of sums, the row of all running words, which are counted like a term.
ALL_WORDS = -1


def occurrence_sums(counts: sparse.csr_array | np.ndarray, lengths: np.ndarray) -> pd.DataFrame:
    """Sum up what the frequency, the share and the rate of each term are made from.

    The sums of two sets of documents, added, are those of both together, exactly: a corpus may be
    counted in blocks, in any order, with `add_sums`.

    Parameters
    ----------
    counts : csr_array or ndarray of int, shape (n_documents, n_terms)
        Occurrences.
    lengths : ndarray of int, shape (n_documents,)
        Running words.

    Returns
    -------
    DataFrame
        Index `term`: the column of `counts`, those that do not occur left out, and `ALL_WORDS`.
        Columns `frequency` (occurrences), `documents` (that hold it; of all words, all documents),
        `squares` (sum of squared occurrences), `by_length` (sum of occurrences times length).

    Examples
    --------
    >>> occurrence_sums(np.array([[1, 0], [3, 0]]), np.array([10, 10])).values.tolist()
    [[20, 2, 200, 200], [4, 2, 10, 40]]
    """
    counts, lengths = sparse.csr_array(counts), np.asarray(lengths, np.int64)
    n_terms, term = counts.shape[1], counts.indices
    length = np.repeat(lengths, np.diff(counts.indptr))
    occurs = counts.data.astype(float)
    # Floats hold whole numbers exactly up to 9e15: a hundred million documents.
    sums = {
        "frequency": np.bincount(term, occurs, n_terms),
        "documents": np.bincount(term, occurs > 0, n_terms),
        "squares": np.bincount(term, occurs * occurs, n_terms),
        "by_length": np.bincount(term, occurs * length, n_terms),
    }
    table = pd.DataFrame(sums, index=pd.RangeIndex(n_terms, name="term")).astype(np.int64)
    squares = int(lengths @ lengths)
    words = pd.DataFrame(
        [[int(lengths.sum()), len(lengths), squares, squares]],
        index=pd.Index([ALL_WORDS], name="term"),
        columns=table.columns,
    )
    return pd.concat([words, table[table["frequency"] > 0]])


def add_sums(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Add up the `occurrence_sums` of several sets of documents, or other sums, by their index."""
    joined = pd.concat(list(tables))
    return joined.groupby(level=list(range(joined.index.nlevels)), dropna=False).sum()


def rate_interval(sums: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % interval of the rate of each term, as a share of the running words.

    Words come in documents: ten occurrences in one article are less evidence than one in each of
    ten. So documents, not words, are what could have been drawn otherwise.

    Parameters
    ----------
    sums : DataFrame
        As `occurrence_sums` makes it.

    Returns
    -------
    low, high : ndarray of float
        For each row but that of all words. Missing for fewer than two documents and for terms that
        do not occur.

    Notes
    -----
    The variance of a ratio, n / (n - 1) * sum((f - r L)^2) / (sum L)^2, on the logarithm of the
    rate, so that no interval reaches below zero.

    References
    ----------
    W. G. Cochran (1977), Sampling Techniques, 3rd ed., chapter 6.

    Examples
    --------
    >>> low, high = rate_interval(occurrence_sums(np.array([[1], [3]]), np.array([10, 10])))
    >>> print(low.round(3), high.round(3))
    [0.075] [0.533]
    """
    every, terms = sums.loc[ALL_WORDS], sums.drop(index=ALL_WORDS)
    n, words = int(every["documents"]), max(int(every["frequency"]), 1)
    frequency, squares, by_length = (
        terms[name].to_numpy() for name in ("frequency", "squares", "by_length")
    )
    rate = frequency / words
    residual = squares - 2 * rate * by_length + rate**2 * float(every["squares"])
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.maximum(residual, 0) * n / (n - 1)) / words / rate if n > 1 else np.nan
        reach = np.exp(_Z * error) * np.where(rate > 0, 1, np.nan)
        return rate / reach, rate * reach
