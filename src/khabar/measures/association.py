"""How strongly two things go together: formulas on the four cells of a table.

`inside` of `n_inside` places hold the word, and `elsewhere` of `n_elsewhere` others.
"""

import numpy as np
from scipy.special import xlogy


def signed_g2(
    inside: np.ndarray, n_inside: float, elsewhere: np.ndarray, n_elsewhere: float
) -> np.ndarray:
    """Return Dunning's G2 on all four cells, negative where the word is rarer inside.

    References
    ----------
    T. Dunning (1993), Accurate methods for the statistics of surprise and coincidence, CL 19(1).

    Examples
    --------
    >>> signed_g2(np.array([10, 5, 0]), 10, np.array([0, 5, 10]), 10).round(2).tolist()
    [27.73, 0.0, -27.73]
    """
    inside, elsewhere = np.asarray(inside, float), np.asarray(elsewhere, float)
    n = n_inside + n_elsewhere
    with_word = inside + elsewhere
    g2 = np.zeros(len(inside))
    for size, observed in ((n_inside, inside), (n_elsewhere, elsewhere)):
        for total, cell in ((with_word, observed), (n - with_word, size - observed)):
            expected = total * (size / n)
            g2 += xlogy(cell, np.divide(cell, expected, out=np.ones(len(cell)), where=expected > 0))
    rarer = inside * n_elsewhere < elsewhere * n_inside
    return np.where(rarer, -2 * g2, 2 * g2) + 0.0


def log_ratio(
    inside: np.ndarray, n_inside: float, elsewhere: np.ndarray, n_elsewhere: float
) -> np.ndarray:
    """Return the binary logarithm of the ratio of the two rates: 1 is twice as often, 2 four times.

    A count of nought is taken as one half.

    References
    ----------
    A. Hardie (2014), Log Ratio: an informal introduction, CASS, Lancaster University.

    Examples
    --------
    >>> log_ratio(np.array([8, 0]), 100, np.array([2, 1]), 100).tolist()
    [2.0, -1.0]
    """
    rates = [
        np.where(np.asarray(count) > 0, count, 0.5) / n
        for count, n in ((inside, n_inside), (elsewhere, n_elsewhere))
    ]
    return np.log2(rates[0] / rates[1])


def weighted_log_odds(
    inside: np.ndarray,
    n_inside: float,
    elsewhere: np.ndarray,
    n_elsewhere: float,
    *,
    prior: np.ndarray,
    n_prior: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-odds ratio with an informative Dirichlet prior, and its z-score.

    Parameters
    ----------
    inside, elsewhere : ndarray
        Occurrences of each word on the two sides, of `n_inside` and `n_elsewhere` words.
    prior : ndarray
        Occurrences of each word in a text of `n_prior` words that is added to both sides.

    References
    ----------
    B. L. Monroe, M. P. Colaresi, K. M. Quinn (2008), Fightin' words, Political Analysis 16,
    equations 16, 19 and 22.

    Examples
    --------
    >>> delta, z = weighted_log_odds(
    ...     np.array([9]), 90, np.array([4]), 90, prior=np.array([1]), n_prior=10
    ... )
    >>> print(delta.round(3), z.round(3))
    [0.747] [1.318]
    """
    a, b = inside + prior, elsewhere + prior
    others = n_inside + n_prior - a, n_elsewhere + n_prior - b
    # A text of this one word has no odds; if both sides are such texts, they do not differ.
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.nan_to_num(np.log(a / others[0]) - np.log(b / others[1]))
        variance = 1 / a + 1 / others[0] + 1 / b + 1 / others[1]
    return delta, delta / np.sqrt(variance)


def log_dice(together: np.ndarray, first: float, second: np.ndarray) -> np.ndarray:
    """Return logDice: 14 if two words occur only together, 1 less for each halving.

    References
    ----------
    P. Rychlý (2008), A lexicographer-friendly association score, RASLAN, 6-9.

    Examples
    --------
    >>> log_dice(np.array([10, 5]), 10, np.array([10, 10])).tolist()
    [14.0, 13.0]
    """
    return 14 + np.log2(2 * np.asarray(together) / (first + np.asarray(second)))
