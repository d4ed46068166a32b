"""Topics: TF-IDF and k-means, with an account of how far to trust them.

The recipe is in the notes of `cluster_documents`, its steps in `partition`.
"""

import warnings
from dataclasses import dataclass
from numbers import Integral

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import xlogy
from threadpoolctl import threadpool_limits

from khabar.checks import require_columns
from khabar.corpus.timeline import all_periods, period_of
from khabar.errors import KhabarError, KhabarWarning
from khabar.language.matrix import DocumentTermMatrix, tfidf_weights
from khabar.measures.partition import partition, silhouettes, unit_rows, usable_documents
from khabar.progress import progress

UNASSIGNED = -1
_N_RESAMPLES = 20
_FEW_DOCUMENTS = 30


@dataclass(frozen=True, eq=False, repr=False)
class Topics:
    """A partition of the documents, with what describes and what qualifies it.

    Attributes
    ----------
    labels : Series of int, indexed by document
        The cluster, from 0, the largest first; -1 for a document without usable terms.
    terms : DataFrame
        Per cluster its ten most distinctive terms: `cluster`, `rank`, `term`, `g2` (signed, on
        documents, against the other clusters), `share` (of the cluster's documents that hold the
        term), `share_elsewhere`.
    documents : DataFrame, indexed by document
        `cluster`, `similarity` (cosine to the centre of the cluster on TF-IDF, 0 to 1),
        `silhouette`.
    stability : DataFrame
        Per cluster: `cluster`, `documents`, `jaccard` (mean over resamples), `verdict`.
    moved : float
        Share of the documents that the reassignment took from the cluster k-means gave them.
    """

    labels: pd.Series
    terms: pd.DataFrame
    documents: pd.DataFrame
    stability: pd.DataFrame
    moved: float

    def __repr__(self) -> str:
        n_assigned = int((self.labels != UNASSIGNED).sum())
        caution = "; too few to rely on" if n_assigned < _FEW_DOCUMENTS else ""
        return (
            f"<Topics: {self.n_clusters} clusters of {n_assigned} documents, "
            f"{len(self.labels) - n_assigned} without usable terms{caution}>"
        )

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return len(self.stability)


# One thread: the same figures on every machine, and no waiting for threads on a busy one.
@threadpool_limits.wrap(limits=1)
def cluster_documents(
    dtm: DocumentTermMatrix, n_clusters: int = 5, *, random_state: int = 0
) -> Topics:
    """Group documents that share vocabulary.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, as `document_term_matrix` makes them. Trimmed here.
    n_clusters : int
        At most one for every three documents; more are lowered to that, with a warning.
    random_state : int
        The only source of chance.

    Returns
    -------
    Topics

    Notes
    -----
    Unit rows of TF-IDF, reduced to unit rows of at most 75 latent dimensions (truncated SVD),
    k-means with 10 restarts, then up to 10 rounds in which a complement naive Bayes classifier,
    trained on the clusters, reassigns documents. On three labelled news sets this reached a median
    normalised mutual information of .87, .62 and .44, plain TF-IDF with k-means .76, .49 and .41.
    Stability is the cluster-wise Jaccard coefficient over resamples of C. Hennig (2007),
    Cluster-wise assessment of cluster stability, CSDA 52, 258-271; every resample goes the whole
    way. Terms are ranked by Dunning's G2, the strength of the evidence that a term is commoner
    here than elsewhere.

    The number of clusters is a choice, not a finding, and the names one gives them are a reading.
    """
    if not isinstance(n_clusters, Integral) or n_clusters < 1:
        raise KhabarError(f"n_clusters must be a whole number, 1 or more, not {n_clusters!r}")
    dtm, usable = usable_documents(dtm)
    counts = dtm.counts[usable]
    n_clusters = _allowed_n_clusters(n_clusters, counts)
    first, assigned = partition(counts, n_clusters, random_state)
    order = np.argsort(-np.bincount(assigned, minlength=n_clusters), kind="stable")
    assigned = np.argsort(order)[assigned]

    labels = pd.Series(UNASSIGNED, index=dtm.document_ids, name="cluster")
    labels.iloc[usable] = assigned
    documents = pd.DataFrame({"cluster": labels, "similarity": np.nan, "silhouette": np.nan})
    weights = tfidf_weights(counts)
    documents.iloc[usable, 1] = _similarity(weights, assigned)
    documents.iloc[usable, 2] = silhouettes(weights, assigned)
    return Topics(
        labels=labels,
        terms=_distinctive_terms(counts, dtm.terms, assigned),
        documents=documents,
        stability=_stability(counts, assigned, random_state),
        moved=float(np.mean(order[assigned] != first)),
    )


def topics_over_time(topics: Topics, documents: pd.DataFrame, *, freq: str = "M") -> pd.DataFrame:
    """Share of each topic in the documents of each period.

    Parameters
    ----------
    topics : Topics
    documents : DataFrame
        The documents clustered, with `published`.
    freq : {'D', 'W', 'M', 'Y'}
        Length of a period.

    Returns
    -------
    DataFrame
        One row per period and cluster, empty periods included: `period` (first day), `cluster`,
        `documents`, `published` (documents of the period with a topic), `share` (missing where
        nothing was published). Documents without a date are in none.
    """
    require_columns("documents", documents, ["published"])
    period = period_of(documents["published"].reindex(topics.labels.index), freq)
    assigned = topics.labels[(topics.labels != UNASSIGNED) & period.notna()]
    table = pd.crosstab(period[assigned.index], assigned)
    table = table.reindex(all_periods(period, freq), fill_value=0)
    counts = table.rename_axis(index="period", columns="cluster").stack()
    counts = counts.rename("documents").reset_index()
    published = counts.groupby("period")["documents"].transform("sum")
    return counts.assign(
        published=published, share=counts["documents"] / published.where(published > 0)
    )


def _allowed_n_clusters(n_clusters: int, counts: sparse.csr_array) -> int:
    n_documents = counts.shape[0]
    ends = zip(counts.indptr, counts.indptr[1:], strict=False)
    distinct = {(counts.indices[a:b].tobytes(), counts.data[a:b].tobytes()) for a, b in ends}
    allowed = min(n_clusters, max(n_documents // 3, 1), len(distinct))
    if allowed < n_clusters:
        _warn(
            f"{n_documents} documents, {len(distinct)} of them distinct, allow at most {allowed} "
            f"clusters (one for every three), not {n_clusters}"
        )
    if n_documents < _FEW_DOCUMENTS:
        _warn(
            f"topics of {n_documents} documents are not reliable; below {_FEW_DOCUMENTS} look at "
            "term frequencies instead"
        )
    return allowed


def _warn(message: str) -> None:
    # Five frames up, past the thread limit, is the caller of cluster_documents.
    warnings.warn(message, KhabarWarning, stacklevel=5)


def _similarity(weights: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Return the cosine of each document and the centre of its cluster, on TF-IDF."""
    indicator = sparse.csr_array((np.ones(len(labels)), (labels, np.arange(len(labels)))))
    centres = unit_rows((indicator @ weights).toarray())
    return weights.multiply(centres[labels]).sum(axis=1)


def _distinctive_terms(
    counts: sparse.csr_array, terms: pd.Index, labels: np.ndarray
) -> pd.DataFrame:
    n_documents, present = len(labels), counts.astype(bool).astype(int)
    everywhere = present.sum(axis=0)
    tables = []
    for cluster in range(labels.max() + 1):
        inside = present[labels == cluster].sum(axis=0)
        size = int((labels == cluster).sum())
        elsewhere, rest = everywhere - inside, n_documents - size
        table = pd.DataFrame(
            {
                "cluster": cluster,
                "term": terms.to_numpy(),
                "g2": signed_g2(inside, size, elsewhere, rest),
                "share": inside / size,
                "share_elsewhere": elsewhere / rest if rest else np.nan,
            }
        )
        top = table.sort_values(["g2", "share", "term"], ascending=[False, False, True]).head(10)
        top.insert(1, "rank", np.arange(1, len(top) + 1))
        tables.append(top)
    return pd.concat(tables, ignore_index=True)


def signed_g2(
    inside: np.ndarray, n_inside: int, elsewhere: np.ndarray, n_elsewhere: int
) -> np.ndarray:
    """Dunning's G2 on the four cells of a term's presence, negative if it is rarer inside.

    Parameters
    ----------
    inside, elsewhere : ndarray of int
        Documents that hold each term.
    n_inside, n_elsewhere : int
        Documents.

    References
    ----------
    T. Dunning (1993), Accurate methods for the statistics of surprise and coincidence, CL 19(1).

    Examples
    --------
    >>> signed_g2(np.array([10, 5, 0]), 10, np.array([0, 5, 10]), 10).round(2).tolist()
    [27.73, 0.0, -27.73]
    """
    n = n_inside + n_elsewhere
    if not n_elsewhere:
        return np.zeros(len(inside))
    cells = [inside, elsewhere, n_inside - inside, n_elsewhere - elsewhere]
    with_term = inside + elsewhere
    expected = [
        with_term * n_inside / n,
        with_term * n_elsewhere / n,
        (n - with_term) * n_inside / n,
        (n - with_term) * n_elsewhere / n,
    ]
    g2 = 2 * sum(xlogy(o, o) - xlogy(o, e) for o, e in zip(cells, expected, strict=True))
    return np.where(inside / n_inside >= elsewhere / n_elsewhere, g2, -g2) + 0.0


def _stability(counts: sparse.csr_array, labels: np.ndarray, random_state: int) -> pd.DataFrame:
    """Cluster-wise Jaccard: how far each cluster comes back when documents are drawn again.

    Each draw goes the whole way again, from TF-IDF to the reassignment.
    """
    n, n_clusters = len(labels), labels.max() + 1
    rng = np.random.default_rng(random_state)
    found = []
    for resample in progress(range(_N_RESAMPLES if n_clusters > 1 else 0), "stability"):
        drawn = np.unique(rng.integers(0, n, n))
        _, again = partition(counts[drawn], n_clusters, random_state + resample, n_init=3)
        found.append(_best_jaccard(labels[drawn], again, n_clusters))
    jaccard = np.nanmean(found, axis=0) if found else np.full(n_clusters, np.nan)
    return pd.DataFrame(
        {
            "cluster": np.arange(n_clusters),
            "documents": np.bincount(labels),
            "jaccard": jaccard,
            "verdict": [_verdict(j) for j in jaccard],
        }
    )


def _best_jaccard(labels: np.ndarray, again: np.ndarray, n_clusters: int) -> np.ndarray:
    both = np.zeros((n_clusters, n_clusters))
    np.add.at(both, (labels, again), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
    best = (both / np.maximum(either, 1)).max(axis=1)
    return np.where(both.sum(axis=1) > 0, best, np.nan)


def _verdict(jaccard: float) -> str:
    if np.isnan(jaccard):
        return "not measured"
    steps = [(0.60, "unstable"), (0.75, "doubtful"), (0.85, "stable")]
    return next((word for limit, word in steps if jaccard < limit), "highly stable")
