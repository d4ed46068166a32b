"""How sure a share can be."""

import numpy as np


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
    z = 1.959964
    n = np.where(np.asarray(trials) > 0, trials, np.nan).astype(float)
    p = np.asarray(successes) / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return np.maximum(centre - reach, 0), np.minimum(centre + reach, 1)
