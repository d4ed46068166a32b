"""How sure a share or a rate can be."""

import numpy as np
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


def rate_interval(
    counts: sparse.csr_array | np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % interval of the rate of each term, as a share of the running words.

    Words come in documents: ten occurrences in one article are less evidence than one in each of
    ten. So documents, not words, are what could have been drawn otherwise.

    Parameters
    ----------
    counts : csr_array or ndarray of int, shape (n_documents, n_terms)
        Occurrences.
    lengths : ndarray of int, shape (n_documents,)
        Running words.

    Returns
    -------
    low, high : ndarray of float, shape (n_terms,)
        Missing for fewer than two documents and for terms that do not occur.

    Notes
    -----
    The variance of a ratio, n / (n - 1) * sum((f - r L)^2) / (sum L)^2, on the logarithm of the
    rate, so that no interval reaches below zero.

    References
    ----------
    W. G. Cochran (1977), Sampling Techniques, 3rd ed., chapter 6.

    Examples
    --------
    >>> low, high = rate_interval(sparse.csr_array([[1], [3]]), np.array([10, 10]))
    >>> print(low.round(3), high.round(3))
    [0.075] [0.533]
    """
    n, words = len(lengths), max(lengths.sum(), 1)
    lengths = np.asarray(lengths, float)
    rate = counts.sum(axis=0) / words
    squares = (counts * counts).sum(axis=0)
    residual = squares - 2 * rate * (counts.T @ lengths) + rate**2 * (lengths @ lengths)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.maximum(residual, 0) * n / (n - 1)) / words / rate if n > 1 else np.nan
        reach = np.exp(_Z * error) * np.where(rate > 0, 1, np.nan)
        return rate / reach, rate * reach
