"""How many clusters: drawn, not decreed, and compared with documents that have no topics."""

from itertools import combinations

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from khabar.checks import require_type
from khabar.language.matrix import DocumentTermMatrix
from khabar.measures.partition import (
    Recipe,
    k_means,
    latent_space,
    shuffled,
    silhouettes,
    usable_documents,
)
from khabar.measures.stability import N_RESAMPLES, best_jaccard, resamples
from khabar.progress import progress

_SPACE = Recipe()
_N_SEEDS, _N_STARTS = 5, 5
_MOST_CLEAR, _DEFAULT = 10, 5


@threadpool_limits.wrap(limits=1)
def choose_n_clusters(
    dtm: DocumentTermMatrix,
    candidates: range = range(2, 15),
    *,
    n_resamples: int = N_RESAMPLES,
    random_state: int = 0,
) -> pd.DataFrame:
    """Silhouette, agreement and stability for several numbers of clusters.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    candidates : range of int
        Numbers larger than the documents allow (one cluster for every three) are left out.
    n_resamples : int
        How often the documents are drawn again.
    random_state : int

    Returns
    -------
    DataFrame
        `n_clusters`, `silhouette` (mean cosine silhouette, -1 to 1, exact, of the best of five
        k-means, in the latent space in which they were found), `chance` (the same for the words
        dealt out to the documents at random), `seeds` (agreement between five single starts: mean
        adjusted Rand index, at most 1), `resamples` (agreement with the partitions of documents
        drawn again, from TF-IDF on), `jaccard` (mean over clusters of how much of them comes back
        then, 0 to 1), `unstable` (clusters of which less than .60 does).

    Notes
    -----
    Silhouettes of texts are low; what counts is how far they stand above `chance`, and the shape
    of the curve. A peak inside the range is evidence for a number; a curve that climbs to its end
    is not. The reassignment is left out here: numbers are compared on k-means alone.
    """
    require_type("dtm", dtm, DocumentTermMatrix)
    dtm, usable = usable_documents(dtm)
    counts = dtm.counts[usable]
    possible = [k for k in candidates if k <= max(len(usable) // 3, 1)]
    space = latent_space(counts, _SPACE, random_state)
    noise = latent_space(shuffled(counts, random_state), _SPACE, random_state)
    draws = resamples(counts, _SPACE, n_resamples if possible else 0, random_state)
    drawn = list(progress(draws, "resamples", total=n_resamples))
    rows = []
    for k in progress(possible, "numbers of clusters"):
        labels = k_means(space, k, random_state, n_init=_N_STARTS)
        dealt = k_means(noise, k, random_state, n_init=1)
        silhouette, chance = (silhouettes(*p).mean() for p in ((space, labels), (noise, dealt)))
        again = _come_back(drawn, labels, k, random_state)
        seeds = _agreement_of_seeds(space, k, random_state)
        rows.append((k, silhouette, chance, seeds, *again))
    columns = ["n_clusters", "silhouette", "chance", "seeds", "resamples", "jaccard", "unstable"]
    return pd.DataFrame(rows, columns=columns)


def _agreement_of_seeds(space: np.ndarray, n_clusters: int, random_state: int) -> float:
    from sklearn.metrics import adjusted_rand_score

    runs = [k_means(space, n_clusters, random_state + seed, n_init=1) for seed in range(_N_SEEDS)]
    return float(np.mean([adjusted_rand_score(a, b) for a, b in combinations(runs, 2)]))


def _come_back(
    drawn: list[tuple[np.ndarray, np.ndarray]],
    labels: np.ndarray,
    n_clusters: int,
    random_state: int,
) -> tuple[float, float, int]:
    """Return agreement, mean Jaccard and number of unstable clusters over the resamples."""
    from sklearn.metrics import adjusted_rand_score

    if not drawn:
        return np.nan, np.nan, 0
    agreement, jaccard = [], []
    for rows, space in drawn:
        again = k_means(space, n_clusters, random_state, n_init=_N_STARTS)
        agreement.append(adjusted_rand_score(labels[rows], again))
        jaccard.append(best_jaccard(labels[rows], again, n_clusters))
    of_clusters = np.nanmean(jaccard, axis=0)
    return float(np.mean(agreement)), float(of_clusters.mean()), int((of_clusters < 0.60).sum())


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
