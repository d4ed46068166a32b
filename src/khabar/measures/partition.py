"""Cut documents into groups: TF-IDF, latent space, k-means, reassignment.

scikit-learn is imported where it is used: it is most of the time that `import khabar` would take.
"""

import numpy as np
from scipy import sparse

from khabar.errors import KhabarError
from khabar.language.matrix import DocumentTermMatrix, tfidf_weights


def usable_documents(dtm: DocumentTermMatrix) -> tuple[DocumentTermMatrix, np.ndarray]:
    """Trim to the terms that can connect documents; return also the rows that keep any.

    Raises
    ------
    KhabarError
        If no document keeps a term.
    """
    n = len(dtm.document_ids)
    min_df = 1 if n < 10 else 2 if n < 1000 else 3
    max_df = 1.0 if n < 60 else 0.3
    trimmed = dtm.trim(min_df=min_df, max_df=max_df, max_terms=30_000)
    usable = np.flatnonzero(trimmed.counts.sum(axis=1))
    if not len(usable):
        raise KhabarError(
            f"none of the {n} documents holds a term that stands in at least {min_df} and at most "
            f"{max_df:.0%} of them: are they empty, all alike, or not in Arabic?"
        )
    return trimmed, usable


def partition(
    counts: sparse.csr_array, n_clusters: int, random_state: int, *, n_init: int = 10
) -> tuple[np.ndarray, np.ndarray]:
    """Return the labels of k-means, and the labels after reassignment."""
    space = latent_space(counts, random_state)
    first, _ = k_means(space, n_clusters, random_state, n_init=n_init)
    return first, _reassign(counts, first)


def latent_space(counts: sparse.csr_array, random_state: int) -> np.ndarray:
    """Return unit rows of at most 75 dimensions, whatever the number of clusters to come."""
    from sklearn.decomposition import TruncatedSVD

    weights = tfidf_weights(counts)
    n_dimensions = min(75, max(5, counts.shape[0] // 10), min(weights.shape) - 1)
    if n_dimensions < 1:
        return unit_rows(weights.toarray().astype(np.float64))
    with np.errstate(invalid="ignore"):  # documents all alike have no variance to explain
        svd = TruncatedSVD(n_dimensions, n_iter=6, random_state=random_state)
        return unit_rows(svd.fit_transform(weights).astype(np.float64))


def k_means(
    space: np.ndarray, n_clusters: int, random_state: int, *, n_init: int
) -> tuple[np.ndarray, float]:
    """Return the labels of the best of `n_init` starts, and its inertia."""
    from sklearn.cluster import KMeans

    fitted = KMeans(n_clusters, n_init=n_init, random_state=random_state).fit(space)
    return fitted.labels_, float(fitted.inertia_)


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Scale rows to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1)


def _reassign(counts: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Let a classifier of the clusters correct their borders, as long as none is emptied."""
    from sklearn.naive_bayes import ComplementNB

    n_clusters = labels.max() + 1
    if n_clusters < 2:
        return labels
    for _ in range(10):
        proposal = ComplementNB(alpha=0.5).fit(counts, labels).predict(counts)
        if len(np.unique(proposal)) < n_clusters:
            break
        moved = np.mean(proposal != labels)
        labels = proposal
        if moved < 0.001:
            break
    return labels


def silhouettes(rows: np.ndarray | sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Return each row's exact cosine silhouette, from cluster sums instead of all pairs.

    Parameters
    ----------
    rows : ndarray or csr_array, shape (n, d)
        Of length 1. Those of TF-IDF, not of the latent space: in few dimensions even noise falls
        into tight groups, the more so the nearer their number is to that of the dimensions.
    labels : ndarray of int, shape (n,)
        From 0, no cluster empty.

    Returns
    -------
    ndarray, shape (n,)
        Between -1 and 1; 0 in a cluster of one, and everywhere if there is one cluster.

    Notes
    -----
    With unit rows the mean distance of x to a set with sum S and size n is 1 - x.S/n, so the cost
    is O(n k d). Equal to `sklearn.metrics.silhouette_samples(metric="cosine")`.
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return np.zeros(len(labels))
    indicator = sparse.csr_array((np.ones(len(labels)), (labels, np.arange(len(labels)))))
    products = rows @ (indicator @ rows).T
    products = products.toarray() if sparse.issparse(products) else products
    own_size = sizes[labels]
    own = (np.arange(len(labels)), labels)
    within = 1 - (products[own] - 1) / np.maximum(own_size - 1, 1)
    distances = 1 - products / sizes
    distances[own] = np.inf
    nearest = distances.min(axis=1)
    scores = (nearest - within) / np.maximum(np.maximum(nearest, within), np.finfo(float).tiny)
    return np.where(own_size > 1, scores, 0)


def shuffled(counts: sparse.csr_array, random_state: int) -> sparse.csr_array:
    """Deal all occurrences out again at random: the same lengths and frequencies, no topics."""
    rows, columns = counts.tocoo().coords
    columns = np.repeat(columns, counts.data)
    np.random.default_rng(random_state).shuffle(columns)
    entries = (np.ones(len(columns), counts.dtype), (np.repeat(rows, counts.data), columns))
    dealt = sparse.coo_array(entries, counts.shape).tocsr()
    dealt.sum_duplicates()
    return dealt
