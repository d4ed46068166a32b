"""How many clusters: drawn, not decreed, and compared with documents that have no topics."""

import numpy as np
import pandas as pd
from scipy import sparse
from threadpoolctl import threadpool_limits

from khabar.language.matrix import DocumentTermMatrix, tfidf_weights
from khabar.measures.partition import (
    k_means,
    latent_space,
    shuffled,
    silhouettes,
    usable_documents,
)
from khabar.progress import progress

_N_SEEDS = 5
_MOST_CLEAR, _DEFAULT = 10, 5


@threadpool_limits.wrap(limits=1)
def choose_n_clusters(
    dtm: DocumentTermMatrix, candidates: range = range(2, 15), *, random_state: int = 0
) -> pd.DataFrame:
    """Silhouette and agreement between seeds for several numbers of clusters.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    candidates : range of int
        Numbers larger than the documents allow (one cluster for every three) are left out.
    random_state : int

    Returns
    -------
    DataFrame
        `n_clusters`, `silhouette` (mean cosine silhouette on TF-IDF, -1 to 1, exact, of the best
        of five k-means), `chance` (the same for the words dealt out to the documents at random),
        `agreement` (mean adjusted Rand index between the five partitions, at most 1).

    Notes
    -----
    Silhouettes of texts are low; what counts is how far they stand above `chance`, and the shape
    of the curve. A peak inside the range is evidence for a number; a curve that climbs to its end
    is not.
    """
    dtm, usable = usable_documents(dtm)
    counts = dtm.counts[usable]
    possible = [k for k in candidates if k <= max(len(usable) // 3, 1)]
    dealt = shuffled(counts, random_state)
    real = (latent_space(counts, random_state), tfidf_weights(counts))
    noise = (latent_space(dealt, random_state), tfidf_weights(dealt))
    rows = []
    for k in progress(possible, "numbers of clusters"):
        silhouette, agreement = _quality(*real, k, random_state)
        chance, _ = _quality(*noise, k, random_state)
        rows.append((k, silhouette, chance, agreement))
    return pd.DataFrame(rows, columns=["n_clusters", "silhouette", "chance", "agreement"])


def recommend_n_clusters(choices: pd.DataFrame) -> tuple[int | None, str]:
    """Return a number of clusters and the reason in words; no number where none can be had.

    Parameters
    ----------
    choices : DataFrame
        As `choose_n_clusters` returns it.

    Notes
    -----
    Only an interior peak of the silhouette up to 10, twice as high as anything chance reached, is
    called clear; on broad news the curve climbs, and 5 is then a place to start reading, not a
    result.

    Examples
    --------
    >>> silhouette = pd.DataFrame({"n_clusters": [2, 3, 4], "silhouette": [0.1, 0.3, 0.2]})
    >>> recommend_n_clusters(silhouette.assign(chance=0.05))
    (3, 'a clear peak of the silhouette at 3')
    """
    if choices.empty:
        return None, "too few documents for more than one group"
    best = choices["silhouette"].idxmax()
    k = int(choices.loc[best, "n_clusters"])
    inside = choices["n_clusters"].min() < k < choices["n_clusters"].max()
    above_chance = choices.loc[best, "silhouette"] > 2 * max(choices["chance"].max(), 0)
    if inside and above_chance and k <= _MOST_CLEAR:
        return k, f"a clear peak of the silhouette at {k}"
    default = min(_DEFAULT, int(choices["n_clusters"].max()))
    if not above_chance:
        return default, f"no topics beyond chance: {default} groups, to be read with suspicion"
    return default, f"no clear number: {default} is a place to start reading, not a finding"


def _quality(
    space: np.ndarray, weights: sparse.csr_array, n_clusters: int, random_state: int
) -> tuple[float, float]:
    from sklearn.metrics import adjusted_rand_score

    runs = [k_means(space, n_clusters, random_state + s, n_init=1) for s in range(_N_SEEDS)]
    labels = [run_labels for run_labels, _ in runs]
    best, _ = min(runs, key=lambda run: run[1])
    pairs = [adjusted_rand_score(a, b) for i, a in enumerate(labels) for b in labels[:i]]
    return float(np.mean(silhouettes(weights, best))), float(np.mean(pairs))
