"""How far a partition comes back when the documents are drawn again."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from khabar.measures.partition import Recipe, latent_space

N_RESAMPLES = 20
# A draw from a large corpus is this large at most: the judgement is then a shade too severe.
_MOST_DRAWN = 3_000
_STEPS = ((0.60, "unstable"), (0.75, "doubtful"), (0.85, "stable"))


def resamples(
    counts: sparse.csr_array, recipe: Recipe, n_resamples: int, random_state: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Draw documents with repetition; yield the distinct ones and the latent space they make."""
    rng, n = np.random.default_rng(random_state), counts.shape[0]
    for resample in range(n_resamples):
        drawn = np.unique(rng.integers(0, n, min(n, _MOST_DRAWN)))
        yield drawn, latent_space(counts[drawn], recipe, random_state + resample)


def best_jaccard(labels: np.ndarray, again: np.ndarray, n_clusters: int) -> np.ndarray:
    """Return how much of each cluster the most similar cluster of another partition has.

    Parameters
    ----------
    labels, again : ndarray of int
        Two partitions of the same documents.

    Returns
    -------
    ndarray, shape (n_clusters,)
        Documents in both over documents in either, 0 to 1; missing for a cluster without any.

    Notes
    -----
    C. Hennig (2007), Cluster-wise assessment of cluster stability, CSDA 52, 258-271.

    Examples
    --------
    >>> best_jaccard(np.array([0, 0, 0, 1]), np.array([1, 1, 0, 0]), 2).round(2).tolist()
    [0.67, 0.5]
    """
    both = np.zeros((n_clusters, max(n_clusters, again.max() + 1)))
    np.add.at(both, (labels, again), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
    best = (both / np.maximum(either, 1)).max(axis=1)
    return np.where(both.sum(axis=1) > 0, best, np.nan)


def mean_of_known(jaccard: list[np.ndarray]) -> np.ndarray:
    """Return the mean of each cluster over resamples, missing for one that was never drawn."""
    known = np.isfinite(jaccard).sum(axis=0)
    return np.nansum(jaccard, axis=0) / np.where(known, known, np.nan)


def verdict(jaccard: float) -> str:
    """Put a mean Jaccard coefficient in Hennig's words.

    >>> [verdict(j) for j in (0.59, 0.6, 0.75, 0.85, float("nan"))]
    ['unstable', 'doubtful', 'stable', 'highly stable', 'not measured']
    """
    if np.isnan(jaccard):
        return "not measured"
    return next((word for limit, word in _STEPS if jaccard < limit), "highly stable")
