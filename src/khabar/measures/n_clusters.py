"""How many clusters: drawn, not decreed, and compared with documents that have no topics."""

from itertools import combinations

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from khabar.checks import require_type, require_whole
from khabar.language.matrix import DocumentTermMatrix
from khabar.measures.partition import (
    Recipe,
    distinct_documents,
    k_means,
    latent_space,
    sample_rows,
    shuffled,
    silhouettes,
    usable_documents,
)
from khabar.measures.stability import N_RESAMPLES, best_jaccard, mean_of_known, resamples
from khabar.progress import progress

_SPACE = Recipe()
_N_SEEDS, _N_STARTS, _N_STARTS_AGAIN = 5, 10, 3
_FEWEST, _MOST_CLEAR = 3, 10
_STABLE, _GOOD = 0.75, 0.80


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
        `n_clusters`, `silhouette` (mean cosine silhouette, -1 to 1, exact, of the best of ten
        k-means, in the latent space in which they were found), `chance` (the same for the words
        dealt out to the documents at random), `seeds` (agreement between five single starts: mean
        adjusted Rand index, at most 1), `resamples` (agreement with the partitions of documents
        drawn again, from TF-IDF on), `jaccard` (mean over clusters of how much of them comes back
        then, 0 to 1), `unstable` (clusters of which less than .60 does).

    Notes
    -----
    Silhouettes of texts are low; what counts is how far they stand above `chance`, and the shape
    of the curve. A peak inside the range is evidence for a number; a curve that climbs to its end
    is not. The steps after k-means are left out here, and of a corpus of more than 6,000 documents
    a sample is looked at.
    """
    require_type("dtm", dtm, DocumentTermMatrix)
    require_whole("n_resamples", n_resamples)
    dtm, usable = usable_documents(dtm)
    counts = dtm.counts[usable[sample_rows(len(usable), random_state)]]
    most = min(max(len(usable) // 3, 1), distinct_documents(counts))
    possible = [k for k in candidates if k <= most]
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

    agreement, jaccard = [], []
    for rows, space in drawn:
        again = k_means(space, n_clusters, random_state, n_init=_N_STARTS_AGAIN)
        agreement.append(adjusted_rand_score(labels[rows], again))
        jaccard.append(best_jaccard(labels[rows], again, n_clusters))
    of_clusters = mean_of_known(jaccard)
    unstable = int((of_clusters < 0.60).sum())
    return float(np.mean(agreement)), float(np.nanmean(of_clusters)), unstable


def recommend_n_clusters(choices: pd.DataFrame) -> tuple[int | None, str]:
    """Return a number of clusters and the reason in words; no number where none is clear.

    Parameters
    ----------
    choices : DataFrame
        As `choose_n_clusters` returns it.

    Returns
    -------
    int or None
        Never less than 3: two halves are always stable, and say nothing.
    str
        Why this number; without one, how fine a cut still comes back.

    Notes
    -----
    A peak of the silhouette inside the range, at most 10, twice as high as chance reached there,
    whose clusters come back (mean Jaccard .75 or more), is a number to report. Anything else is
    not: on labelled news such a peak was the number of sections each time, and every other rule was
    off by one or two about as often as a number chosen without looking. The words then name the
    finest cut that, like every coarser one, agrees well with those of resamples (adjusted Rand
    index .80 or more, "good recovery" in D. Steinley 2004, Properties of the Hubert-Arabie adjusted
    Rand index, Psychological Methods 9).

    Examples
    --------
    >>> choices = pd.DataFrame({"n_clusters": [2, 3, 4], "silhouette": [0.1, 0.3, 0.2]})
    >>> recommend_n_clusters(choices.assign(chance=0.05, jaccard=0.9, resamples=0.9))
    (3, 'a clear peak of the silhouette at 3, and the topics come back')
    """
    choices = choices.sort_values("n_clusters")
    considered = choices[choices["n_clusters"] >= _FEWEST]
    if considered.empty:
        return None, "no number: too few documents, or candidates, for three topics"
    best = choices.loc[choices["silhouette"].idxmax()]
    k = int(best["n_clusters"])
    if best["silhouette"] <= 2 * max(best["chance"], 0):
        return None, "no stable number here: nothing beyond chance"
    inside = _FEWEST <= k <= _MOST_CLEAR and k < choices["n_clusters"].max()
    if inside and best["jaccard"] >= _STABLE:
        return k, f"a clear peak of the silhouette at {k}, and the topics come back"
    firm = considered["resamples"].ge(_GOOD).cumprod().astype(bool)
    if not firm.any():
        return None, "no stable number here: already three topics do not come back"
    finest = int(considered.loc[firm, "n_clusters"].max())
    return None, (
        f"no clear number: up to {finest} topics come back as a whole; finer cuts are a way of "
        "reading, not a finding"
    )
